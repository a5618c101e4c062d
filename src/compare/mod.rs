//! Records of several people side by side: two sheets row by row, and what a panel of assessors agrees on.
