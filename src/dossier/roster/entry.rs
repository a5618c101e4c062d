//! The entries of a list by their columns, for a page or a file that shows all lists in one way.

use super::columns::RosterColumn;
use super::{Equipment, Examiner, Expert, MOST_LISTED, Roster, RosterList};

/// What a column of an entry holds.
#[derive(Clone, Debug, PartialEq)]
pub enum EntryCell {
    Text(String),
    Said(Option<bool>),
    Number(Option<u64>),
}

use RosterColumn::{Agreement, Appointment, Certificate, Count, Intact, Name, Occupation, Qualified, Title, Worn};

impl Roster {
    /// `None` where there is no such entry, or its list has no such column.
    pub fn cell(&self, list: RosterList, at: usize, column: RosterColumn) -> Option<EntryCell> {
        let mut copy = match list {
            RosterList::Examiners => OneEntry::Examiner(self.examiners.get(at)?.clone()),
            RosterList::Experts => OneEntry::Expert(self.experts.get(at)?.clone()),
            RosterList::Equipment => OneEntry::Equipment(self.equipment.get(at)?.clone()),
        };
        Some(match copy.place(column)? {
            EntryPlace::Text(it) => EntryCell::Text(it.clone()),
            EntryPlace::Said(it) => EntryCell::Said(*it),
            EntryPlace::Number(it) => EntryCell::Number(*it),
        })
    }

    /// Writes a cell; a list that is too short gets entries that say nothing.
    pub fn set_cell(&mut self, list: RosterList, at: usize, column: RosterColumn, cell: EntryCell) {
        while self.len(list) <= at.min(MOST_LISTED - 1) {
            self.add(list);
        }
        let place = match list {
            RosterList::Examiners => self.examiners.get_mut(at).and_then(|it| examiner(it, column)),
            RosterList::Experts => self.experts.get_mut(at).and_then(|it| expert(it, column)),
            RosterList::Equipment => self.equipment.get_mut(at).and_then(|it| equipment(it, column)),
        };
        match (place, cell) {
            (Some(EntryPlace::Text(it)), EntryCell::Text(text)) => *it = text,
            (Some(EntryPlace::Said(it)), EntryCell::Said(said)) => *it = said,
            (Some(EntryPlace::Number(it)), EntryCell::Number(number)) => *it = number,
            _ => {}
        }
    }

    /// Adds an entry that says nothing.
    pub fn add(&mut self, list: RosterList) {
        match list {
            RosterList::Examiners => self.examiners.push(Examiner::default()),
            RosterList::Experts => self.experts.push(Expert::default()),
            RosterList::Equipment => self.equipment.push(Equipment::default()),
        }
    }

    pub fn remove(&mut self, list: RosterList, at: usize) {
        if at < self.len(list) {
            match list {
                RosterList::Examiners => drop(self.examiners.remove(at)),
                RosterList::Experts => drop(self.experts.remove(at)),
                RosterList::Equipment => drop(self.equipment.remove(at)),
            }
        }
    }

    /// Takes all of another roster at the end, as far as there is room.
    pub fn append(&mut self, other: Roster) {
        self.examiners.extend(other.examiners);
        self.experts.extend(other.experts);
        self.equipment.extend(other.equipment);
        self.examiners.truncate(MOST_LISTED);
        self.experts.truncate(MOST_LISTED);
        self.equipment.truncate(MOST_LISTED);
    }

    pub fn clear(&mut self, list: RosterList) {
        match list {
            RosterList::Examiners => self.examiners.clear(),
            RosterList::Experts => self.experts.clear(),
            RosterList::Equipment => self.equipment.clear(),
        }
    }
}

enum OneEntry {
    Examiner(Examiner),
    Expert(Expert),
    Equipment(Equipment),
}

enum EntryPlace<'e> {
    Text(&'e mut String),
    Said(&'e mut Option<bool>),
    Number(&'e mut Option<u64>),
}

impl OneEntry {
    fn place(&mut self, column: RosterColumn) -> Option<EntryPlace<'_>> {
        match self {
            OneEntry::Examiner(it) => examiner(it, column),
            OneEntry::Expert(it) => expert(it, column),
            OneEntry::Equipment(it) => equipment(it, column),
        }
    }
}

fn examiner(entry: &mut Examiner, column: RosterColumn) -> Option<EntryPlace<'_>> {
    Some(match column {
        Name => EntryPlace::Text(&mut entry.name),
        Occupation => EntryPlace::Text(&mut entry.occupation),
        Agreement => EntryPlace::Said(&mut entry.agreement),
        Appointment => EntryPlace::Said(&mut entry.appointment),
        Qualified => EntryPlace::Said(&mut entry.qualified),
        Certificate => EntryPlace::Said(&mut entry.certificate),
        _ => return None,
    })
}

fn expert(entry: &mut Expert, column: RosterColumn) -> Option<EntryPlace<'_>> {
    Some(match column {
        Name => EntryPlace::Text(&mut entry.name),
        Occupation => EntryPlace::Text(&mut entry.occupation),
        Title => EntryPlace::Text(&mut entry.title),
        Qualified => EntryPlace::Said(&mut entry.qualified),
        Agreement => EntryPlace::Said(&mut entry.agreement),
        Appointment => EntryPlace::Said(&mut entry.appointment),
        _ => return None,
    })
}

fn equipment(entry: &mut Equipment, column: RosterColumn) -> Option<EntryPlace<'_>> {
    Some(match column {
        Name => EntryPlace::Text(&mut entry.name),
        Occupation => EntryPlace::Text(&mut entry.occupation),
        Count => EntryPlace::Number(&mut entry.count),
        Intact => EntryPlace::Number(&mut entry.intact),
        Worn => EntryPlace::Number(&mut entry.worn),
        _ => return None,
    })
}
