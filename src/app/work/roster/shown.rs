//! Words in which the cells of an entry are shown.

use crate::dossier::{EntryCell, Roster, RosterColumn, RosterList};

pub fn words(column: RosterColumn) -> [&'static str; 2] {
    if column == RosterColumn::Qualified { ["符合", "不符合"] } else { ["有", "无"] }
}

/// A cell of an entry as it is shown and printed.
pub fn in_words(roster: &Roster, list: RosterList, at: usize, column: RosterColumn) -> String {
    match roster.cell(list, at, column) {
        Some(EntryCell::Text(text)) => text,
        Some(EntryCell::Said(Some(said))) => {
            let [yes, no] = words(column);
            if said { yes } else { no }.to_owned()
        }
        Some(EntryCell::Number(Some(number))) => number.to_string(),
        Some(EntryCell::Said(None) | EntryCell::Number(None)) | None => String::new(),
    }
}
