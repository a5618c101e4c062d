//! A sheet: one rubric, row after row.

mod fill;

pub use fill::sheet;
