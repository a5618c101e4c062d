//! The declaration as a table in text: what people paste out of Excel, WPS, CSV or a document, understood column by
//! column; and the way back.

mod grid;
mod meaning;
mod place;

use crate::letters::{begins_formula, plain_text};

use super::{DeclaredRow, Scope, Standard, levels, plain};

pub use meaning::{ColumnMeaning, PasteWords, is_serial};
pub use place::{CellNotes, Placed, PlacedNote, PlacedRow};

/// More rows than anybody declares. A declaration takes no more, and says so.
pub const MOST_ROWS: usize = 500;

/// A pasted table and how it is understood. A person may say otherwise before its rows are taken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PastedTable {
    /// All cells, line by line, as they were pasted.
    pub cells: Vec<Vec<String>>,
    /// What each column means.
    pub columns: Vec<ColumnMeaning>,
    /// The heading of each column; empty where it has none.
    pub titles: Vec<String>,
    /// The lines that are headings, from 0.
    pub headings: Vec<usize>,
    /// An empty cell of 级别 or 评价标准 is part of a merged one and has what stands above it.
    pub carry_levels: bool,
    pub carry_standard: bool,
}

impl Scope {
    /// A table as it is probably meant.
    pub fn understood(&self, text: &str) -> PastedTable {
        let mut cells = grid::cells(&plain_text(text), &self.levels);
        let width = cells.iter().map(Vec::len).max().unwrap_or_default();
        for line in &mut cells {
            // full-width blanks and the like are no text
            line.iter_mut().filter(|cell| cell.chars().all(crate::letters::is_blank)).for_each(String::clear);
        }
        let mut table = match meaning::headed(self, &cells) {
            Some(found) => PastedTable {
                columns: found.columns,
                titles: found.words,
                headings: found.lines,
                cells,
                ..PastedTable::default()
            },
            None => PastedTable {
                columns: meaning::guessed(self, &cells),
                titles: vec![String::new(); width],
                cells,
                ..PastedTable::default()
            },
        };
        table.carry_levels = true;
        table.carry_standard = place::stands_once(&table);
        table
    }

    /// The rows of a pasted table, as it is probably meant.
    pub fn pasted(&self, text: &str) -> Vec<DeclaredRow> {
        self.understood(text).placed(self).rows.into_iter().map(|it| it.row).collect()
    }

    /// The rows under the printed heading, as they are to be written: codes, names and levels in their plain form.
    pub fn table_text(&self, rows: &[DeclaredRow]) -> String {
        let mut text = String::new();
        line(&mut text, &self.columns);
        for row in rows {
            line(&mut text, &self.printed(row));
        }
        text
    }

    /// The five cells of a row as they are to be written.
    pub fn printed(&self, row: &DeclaredRow) -> [String; 5] {
        let standard = match row.standard {
            Standard::Unsaid => "",
            Standard::National => &self.standards.national,
            Standard::Enterprise => &self.standards.enterprise,
        };
        [
            plain::code(&row.code),
            plain::name(&row.name),
            self.trade(&row.trade),
            levels::tidied(&self.levels, &row.levels).unwrap_or_else(|| row.levels.trim().to_owned()),
            standard.to_owned(),
        ]
    }
}

fn line(text: &mut String, cells: &[String]) {
    for (n, cell) in cells.iter().enumerate() {
        if 0 < n {
            text.push('\t');
        }
        let guard = if cell.starts_with(begins_formula) { "'" } else { "" };
        if cell.contains(['\t', '\n', '\r', '"']) {
            text.push('"');
            text.push_str(guard);
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(guard);
            text.push_str(cell);
        }
    }
    text.push('\n');
}

/// Without the `'` that keeps a spreadsheet from computing what a stranger wrote.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|it| it.starts_with(begins_formula)).unwrap_or(cell)
}
