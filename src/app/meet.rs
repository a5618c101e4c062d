//! The part for several records at once: two of them compared, a panel of assessors, the desk of a centre.

pub mod compare;
pub mod desk;
mod grid;
pub mod panel;
