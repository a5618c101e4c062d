//! Tables as files that a spreadsheet program opens, CSV and XLSX, made where there is no disk. No cell is ever a formula.

mod csv;
mod xlsx;
mod zip;

pub use csv::csv;
pub use xlsx::xlsx;

/// A table with one line of titles.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What its sheet is called, within 31 characters.
    pub name: String,
    pub columns: Vec<Column>,
    /// Each with as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub title: String,
    /// In digits of the standard font; a Chinese character takes two.
    pub width: u16,
}

/// What stands in a cell. A number goes out as a number.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Empty,
    /// May have lines. Whoever wrote it, it stays a text.
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
