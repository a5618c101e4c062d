//! 名册 out of a workbook: its worksheets as grids of strings, which are understood like a table that was pasted.

use crate::days;
use crate::dossier::{RosterList, RosterTable};
use crate::spreadsheet::{ReadTable, ReadValue};

/// The worksheet that is probably the list asked for, and the names of the others that have a list.
pub fn roster_of_book(list: RosterList, tables: &[ReadTable]) -> (RosterTable, Vec<String>) {
    let mut found: Vec<(&str, RosterTable, usize)> = Vec::new();
    for table in tables.iter().filter(|it| !it.hidden) {
        let named = [("专家", RosterList::Experts), ("考评", RosterList::Examiners), ("设备", RosterList::Equipment)];
        let named = named.into_iter().find(|it| table.name.contains(it.0)).map(|it| it.1);
        let understood = match named {
            Some(list) => RosterTable::of_list(list, grid(table)),
            None => RosterTable::of_cells(list, grid(table)),
        };
        let n = understood.placed().len();
        found.push((&table.name, understood, n));
    }
    let rank = |it: &(&str, RosterTable, usize)| (it.1.list == list && 0 < it.2, it.2);
    let best = (0..found.len()).rev().max_by_key(|at| rank(&found[*at]));
    let others = (0..found.len()).filter(|at| Some(*at) != best && 0 < found[*at].2);
    let others = others.map(|at| found[at].0.to_owned()).collect();
    (best.map(|at| found.swap_remove(at).1).unwrap_or_default(), others)
}

/// More columns than any list has; a stray cell far to the right would make every line that long.
const MOST_COLUMNS: u32 = 60;

fn grid(table: &ReadTable) -> Vec<Vec<String>> {
    let mut lines: Vec<Vec<String>> = Vec::new();
    let mut row = None;
    for cell in table.cells.iter().filter(|it| it.column < MOST_COLUMNS) {
        // blank lines say nothing, wherever they stand
        if row != Some(cell.row) {
            row = Some(cell.row);
            lines.push(Vec::new());
        }
        let Some(line) = lines.last_mut() else { continue };
        line.resize(line.len().max(cell.column as usize + 1), String::new());
        line[cell.column as usize] = text(&cell.value);
    }
    lines
}

fn text(value: &ReadValue) -> String {
    match value {
        ReadValue::Text(text) | ReadValue::Number(text) | ReadValue::Fault(text) => text.clone(),
        ReadValue::YesNo(yes) => if *yes { "是" } else { "否" }.to_owned(),
        ReadValue::Day(day) => days::print(*day),
        // its value is never taken; the preview says that this is not understood
        ReadValue::Formula => "（公式）".to_owned(),
    }
}
