//! A sheet: one rubric, row after row.

mod bar;
mod fill;
mod pieces;

pub use fill::sheet;
