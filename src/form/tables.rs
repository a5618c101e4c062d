//! The lists of a dossier as worksheets, a line an entry: what is declared, mended, proved, who and what there is.

use crate::spreadsheet::{Allowed, BookSheet, Cell, CellRange, Look, ReadTable, ReadValue, cell_name, lines};

use super::field::{InputKind, InputValue};
use super::layout::{FormSheet, Kept};
use super::problem::CellProblem;

/// A list: its worksheet and the columns of it.
pub struct EntryTable {
    pub name: &'static str,
    pub columns: Vec<(&'static str, u16, InputKind)>,
}

/// What one line of a list says, a value a column.
pub type LineValues = Vec<Option<InputValue>>;

/// To how many lines of a list the limits on what is typed reach.
const LINES: u32 = 500;

/// A list as a worksheet, which is not protected, so that lines can be added.
pub fn table_sheet(table: &EntryTable, lines_of: &[LineValues]) -> BookSheet {
    let widths: Vec<u16> = table.columns.iter().map(|it| it.1).collect();
    let sheet = BookSheet { name: table.name.to_owned(), widths, head: 1, landscape: true, ..BookSheet::default() };
    let mut form = FormSheet { sheet, ..FormSheet::default() };
    form.sheet.heights.push(28);
    for (column, (title, _, kind)) in (0..).zip(&table.columns) {
        form.text(0, column, title, Look::Head, Kept::No);
        let range = CellRange { rows: (1, LINES), columns: (column, column) };
        if *kind != InputKind::Text {
            form.sheet.allowed.push(Allowed { range, kind: kind.allowed(), hint: kind.hint() });
        }
    }
    for (row, entry) in (1..).zip(lines_of) {
        let mut height = 1;
        for (column, ((_, width, kind), value)) in (0..).zip(table.columns.iter().zip(entry)) {
            let cell = kind.written(value.as_ref());
            if let Cell::Text(text) = &cell {
                height = height.max(lines(text, usize::from(*width) - 1));
            }
            let look = if matches!(kind, InputKind::Text) { Look::InputText } else { Look::Input };
            form.put((row, row), (column, column), cell, look, Kept::No);
        }
        form.sheet.heights.push(u16::try_from((height * 12 + 6).min(400)).unwrap_or_default());
    }
    // some empty lines to fill in
    let n = u32::try_from(lines_of.len()).unwrap_or_default();
    for row in n + 1..n + 11 {
        for (column, (_, _, kind)) in (0..).zip(&table.columns) {
            let look = if matches!(kind, InputKind::Text) { Look::InputText } else { Look::Input };
            form.put((row, row), (column, column), Cell::Empty, look, Kept::No);
        }
    }
    form.done().sheet
}

/// The lines of a list, each with the row of the worksheet in which it stands. Empty lines are passed over.
pub fn table_read(table: &EntryTable, found: &ReadTable, problems: &mut Vec<CellProblem>) -> Vec<(u32, LineValues)> {
    for (column, (title, ..)) in (0..).zip(&table.columns) {
        let there = found.get(0, column).map(ReadValue::text).unwrap_or_default();
        if there.trim() != *title {
            let message = format!("这一列应为“{title}”，现在是“{there}”；列的次序和名称不能改，这张表没有读入");
            problems.push(CellProblem { sheet: table.name.to_owned(), cell: cell_name(0, column), message });
            return Vec::new();
        }
    }
    let mut entries: Vec<(u32, LineValues)> = Vec::new();
    for cell in found.cells.iter().filter(|it| 0 < it.row) {
        let refused = |message: String| CellProblem { sheet: table.name.to_owned(), cell: cell.name(), message };
        let Some((_, _, kind)) = table.columns.get(cell.column as usize) else {
            if !cell.value.text().trim().is_empty() || cell.value == ReadValue::Formula {
                problems.push(refused("这一列不是表里的，没有读入".to_owned()));
            }
            continue;
        };
        match kind.read(&cell.value) {
            Ok(None) => {}
            Ok(Some(value)) => {
                if entries.last().is_none_or(|it| it.0 != cell.row) {
                    entries.push((cell.row, vec![None; table.columns.len()]));
                }
                if let Some((_, entry)) = entries.last_mut() {
                    entry[cell.column as usize] = Some(value);
                }
            }
            Err(message) => problems.push(refused(message)),
        }
    }
    entries
}
