//! A worksheet of a form while it is laid out: what stands fixed, what is shown, what is to be filled in.

use crate::order;
use crate::rubric::Fact;
use crate::spreadsheet::{Allowed, BookCell, BookSheet, Cell, CellRange, Look};

use super::field::{InputKind, InputValue};

/// What of a dossier an input cell holds. Sheets are named by their place in the dossier.
#[derive(Clone, Debug, PartialEq)]
pub enum FormField {
    Unit,
    Place,
    Contact,
    Telephone,
    Date,
    Examiners,
    Experts,
    People,
    /// The answer to a question on filing, by its id.
    Route(String),
    /// A blank of the printed header.
    Blank(usize, usize),
    Code(usize),
    Levels(usize),
    Answer(usize, u16, Fact),
    Note(usize, u16),
}

/// A cell to fill in.
#[derive(Clone, Debug, PartialEq)]
pub struct FormInput {
    pub row: u32,
    pub column: u32,
    pub field: FormField,
    pub kind: InputKind,
    /// The row of the rubric to which it belongs.
    pub of: Option<u16>,
}

/// A cell that must stand as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct FixedCell {
    pub row: u32,
    pub column: u32,
    pub text: String,
    /// The row of the rubric that is not read where it does not.
    pub of: Option<u16>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormSheet {
    pub sheet: BookSheet,
    pub inputs: Vec<FormInput>,
    pub fixed: Vec<FixedCell>,
}

/// What of a cell is compared when it comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Nothing: it follows from what is filled in.
    No,
    Yes,
    /// And the row of the rubric is not read where it differs.
    Of(u16),
}

impl FormSheet {
    /// A cell, or several merged.
    pub fn put(&mut self, rows: (u32, u32), columns: (u32, u32), value: Cell, look: Look, kept: Kept) {
        if kept != Kept::No {
            let text = match &value {
                Cell::Text(text) => text.clone(),
                Cell::Whole(number) => number.to_string(),
                Cell::Tenths(tenths) => crate::spreadsheet::decimal(*tenths),
                Cell::Empty | Cell::Day(_) => String::new(),
            };
            let of = if let Kept::Of(row) = kept { Some(row) } else { None };
            self.fixed.push(FixedCell { row: rows.0, column: columns.0, text, of });
        }
        for row in rows.0..=rows.1 {
            for column in columns.0..=columns.1 {
                let first = (row, column) == (rows.0, columns.0);
                let value = if first { value.clone() } else { Cell::Empty };
                self.sheet.cells.push(BookCell { row, column, value, look });
            }
        }
        if rows.0 < rows.1 || columns.0 < columns.1 {
            self.sheet.merged.push(CellRange { rows, columns });
        }
    }

    /// A text in one cell.
    pub fn text(&mut self, row: u32, column: u32, text: &str, look: Look, kept: Kept) {
        self.put((row, row), (column, column), Cell::Text(text.to_owned()), look, kept);
    }

    /// A cell to fill in, one or several merged.
    pub fn input(&mut self, rows: (u32, u32), columns: (u32, u32), input: FormInput, value: Option<&InputValue>) {
        let look = match (&input.field, &input.kind) {
            (FormField::Note(..), _) => Look::InputNote,
            (_, InputKind::Text) => Look::InputText,
            (_, InputKind::Choice(_) | InputKind::Number(..) | InputKind::Count) => Look::Input,
        };
        self.put(rows, columns, input.kind.written(value), look, Kept::No);
        let range = CellRange { rows: (rows.0, rows.0), columns: (columns.0, columns.0) };
        self.sheet.allowed.push(Allowed { range, kind: input.kind.allowed(), hint: input.kind.hint() });
        self.inputs.push(input);
    }

    /// In the order in which it is written.
    pub fn done(mut self) -> FormSheet {
        order::sort_by_key(&mut self.sheet.cells, |it| (it.row, it.column));
        order::sort_by_key(&mut self.fixed, |it| (it.row, it.column));
        self
    }
}
