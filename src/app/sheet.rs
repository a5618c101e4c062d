//! A sheet: one rubric, row after row.

mod bar;
mod fill;

pub use fill::sheet;
