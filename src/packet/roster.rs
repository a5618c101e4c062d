//! 名册 as tables, numbered, with the columns that the documents ask about.

use crate::dossier::{EntryCell, Roster, RosterColumn, RosterList};
use crate::spreadsheet::{Cell, Column, Table};

/// 考评人员, 专家 and 设备, a table each.
pub fn roster_tables(roster: &Roster) -> [Table; 3] {
    RosterList::ALL.map(|list| table(roster, list))
}

/// What the list is called on paper.
pub fn roster_title(list: RosterList) -> &'static str {
    match list {
        RosterList::Examiners => "考评人员名册",
        RosterList::Experts => "专家名册",
        RosterList::Equipment => "设备清单",
    }
}

fn table(roster: &Roster, list: RosterList) -> Table {
    let width = |column: RosterColumn| match column {
        RosterColumn::Name if list == RosterList::Equipment => 28,
        RosterColumn::Occupation | RosterColumn::Title | RosterColumn::Certificate => 20,
        _ => 12,
    };
    let number = Column { title: "序号".to_owned(), width: 6 };
    let columns = list.columns().iter().map(|it| Column { title: it.label(list).to_owned(), width: width(*it) });
    let columns = [number].into_iter().chain(columns).collect();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for at in 0..roster.len(list) {
        let cells: Vec<Cell> = list.columns().iter().map(|it| cell(roster.cell(list, at, *it), *it)).collect();
        // an entry that says nothing is none
        if cells.iter().any(|it| *it != Cell::Empty) {
            let number = Cell::Whole(rows.len() as i64 + 1);
            rows.push([number].into_iter().chain(cells).collect());
        }
    }
    Table { name: roster_title(list).to_owned(), columns, rows }
}

fn cell(entry: Option<EntryCell>, column: RosterColumn) -> Cell {
    match entry {
        Some(EntryCell::Text(text)) if !text.is_empty() => Cell::Text(text),
        Some(EntryCell::Said(Some(said))) => {
            let words = if column == RosterColumn::Qualified { ["符合", "不符合"] } else { ["有", "无"] };
            Cell::Text(words[usize::from(!said)].to_owned())
        }
        Some(EntryCell::Number(Some(number))) => Cell::Whole(i64::try_from(number).unwrap_or(i64::MAX)),
        _ => Cell::Empty,
    }
}
