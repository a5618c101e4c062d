//! one test program
