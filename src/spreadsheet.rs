//! Tables as files that a spreadsheet program opens, CSV and XLSX, made in memory, and XLSX read. No cell is ever a
//! formula.

mod csv;
mod read;
mod xlsx;
mod zip;

pub use csv::csv;
pub use read::{CellRange, NotRead, ReadCell, ReadTable, ReadValue, read};
pub use xlsx::{cell_name, xlsx};

/// A table with one line of titles.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The name of its sheet, at most 31 characters.
    pub name: String,
    pub columns: Vec<Column>,
    /// Each row has as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub title: String,
    /// The width in digits of the standard font; a Chinese character takes two.
    pub width: u16,
}

/// What is in a cell. A number is written as a number, not as text.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Empty,
    /// May have several lines. Whatever somebody typed, it stays text and never becomes a formula.
    Text(String),
    Whole(i64),
    /// A number in tenths: 815 is 81.5.
    Tenths(i64),
    /// In days since 1970, up to [`crate::days::LAST`].
    Day(u32),
}

/// `81.5`, `-0.5`, `100`.
pub fn decimal(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    if tenth == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{tenth}") }
}
