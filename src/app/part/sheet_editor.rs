//! What the rows of one sheet work on: the sheet in the open dossier or apart from it, read and changed fact by fact.

use std::cell::RefCell;

use leptos::prelude::*;

use crate::app::State;
use crate::app::state::{DossierKey, Open};
use crate::dossier::Sheet;
use crate::rubric::{Edition, Fact, Rubric};
use crate::score::{Answers, Report, touched};

/// Reads and changes one sheet for the controls of its rows.
#[derive(Clone, Copy)]
pub struct SheetEditor {
    pub state: State,
    pub edition: &'static Edition,
    pub rubric: &'static Rubric,
    /// The dossier that the sheet is in.
    of: DossierKey,
    /// Id of the sheet in that dossier.
    pub sheet: u16,
    pub report: Memo<Report<'static>>,
    /// A sheet that is no part of a dossier and takes the place of the one in the open dossier.
    pub apart: Option<RwSignal<Sheet>>,
    /// What tells of a change of a row, by its number; the first is that of the header.
    turns: StoredValue<Vec<ArcTrigger>>,
}

/// The number under which the header is followed.
pub const HEAD: u16 = 0;

impl SheetEditor {
    pub fn new(
        state: State,
        of: (&'static Edition, &'static Rubric),
        sheet: u16,
        report: Memo<Report<'static>>,
        apart: Option<RwSignal<Sheet>>,
    ) -> SheetEditor {
        let (edition, rubric) = of;
        let turns = (0..=rubric.rows().count()).map(|_| ArcTrigger::new()).collect();
        let (of, turns) = (state.of_open(), StoredValue::new(turns));
        let editor = SheetEditor { state, edition, rubric, of, sheet, report, apart, turns };
        editor.follow();
        editor
    }

    /// With every change of the sheet, tells what follows the rows that it touched. Each control of each row would look at
    /// the sheet otherwise, hundreds of them, and nearly all in vain.
    fn follow(self) {
        let now = move || {
            let (answers, notes) = self.read(|it| (it.answers.clone(), it.notes.clone()))?;
            Some((self.report.get_untracked(), answers, notes))
        };
        // what the rows are about to show, and not what the effect finds once it runs
        let last = RefCell::new(untrack(now));
        Effect::new(move |_| {
            let Some(now) = now() else { return };
            let mut rows = Vec::new();
            if let Some(last) = &*last.borrow() {
                rows = touched((&last.0, &last.1), (&now.0, &now.1));
                noted(&mut rows, &last.2, &now.2);
                noted(&mut rows, &now.2, &last.2);
            }
            last.replace(Some(now));
            // what stands in the header is little and follows everything
            rows.push(HEAD);
            self.turns.with_value(|turns| {
                for turn in rows.iter().filter_map(|it| turns.get(usize::from(*it))) {
                    turn.notify();
                }
            });
        });
    }

    /// Follows a row: its answers, its note, its result and all that it shows.
    pub fn follow_row(self, row: u16) {
        let turn = self.turns.try_with_value(|turns| turns.get(usize::from(row)).cloned()).flatten();
        if let Some(turn) = turn {
            turn.track();
        }
    }

    /// Reads something of a row, and follows no other one.
    pub fn read_of<T>(self, row: u16, read: impl FnOnce(&Sheet) -> T) -> Option<T> {
        self.follow_row(row);
        if let Some(apart) = self.apart {
            return Some(apart.with_untracked(read));
        }
        self.state.open.with_untracked(|open| self.here(open).map(read))
    }

    /// A text that belongs to a row.
    pub fn text_of(self, row: u16, read: impl FnOnce(&Sheet) -> &str) -> String {
        self.read_of(row, |it| read(it).to_owned()).unwrap_or_default()
    }

    pub fn get(self, row: u16, fact: Fact) -> Option<i64> {
        self.read_of(row, |it| it.answers.get(row, fact))?
    }

    /// Gives or takes back a fact; it is saved like every change.
    pub fn set(self, row: u16, fact: Fact, value: Option<i64>) {
        if untrack(|| self.get(row, fact)) != value {
            self.edit(|sheet| {
                sheet.answers.set(row, Fact::NotApplicable, None);
                // 符合, 不符合 and 不适用/待确认 take the place of one another
                match fact {
                    Fact::Met => _ = sheet.answers.set(row, Fact::Unsure, None),
                    Fact::Unsure => _ = sheet.answers.set(row, Fact::Met, None),
                    // it stands alone; that it does apply says every other answer
                    Fact::NotApplicable => _ = sheet.answers.clear(row),
                    _ => {}
                }
                sheet.answers.set(row, fact, value.filter(|it| fact != Fact::NotApplicable || *it != 0));
            });
        }
    }

    /// The same from a field being typed in.
    pub fn type_fact(self, row: u16, fact: Fact, value: Option<i64>) {
        if untrack(|| self.get(row, fact)) != value {
            self.type_in(u32::from(row) << 8 | fact as u32, |sheet| {
                sheet.answers.set(row, Fact::NotApplicable, None);
                sheet.answers.set(row, fact, value);
            });
        }
    }

    pub fn edit(self, change: impl FnOnce(&mut Sheet)) {
        if let Some(apart) = self.apart {
            return apart.update(change);
        }
        self.state.edit(self.of, |dossier| {
            if let Some(sheet) = dossier.sheet_mut(self.sheet) {
                change(sheet);
            }
        });
    }

    /// The same from a field being typed in; `field` is its number on the sheet.
    pub fn type_in(self, field: u32, change: impl FnOnce(&mut Sheet)) {
        if let Some(apart) = self.apart {
            return apart.update(change);
        }
        let field = u64::from(self.sheet) << 32 | u64::from(field);
        self.state.type_in(self.of, field, |dossier| {
            if let Some(sheet) = dossier.sheet_mut(self.sheet) {
                change(sheet);
            }
        });
    }

    /// Reads something of the sheet; `None` where it is not open.
    pub fn read<T>(self, read: impl FnOnce(&Sheet) -> T) -> Option<T> {
        if let Some(apart) = self.apart {
            return Some(apart.with(read));
        }
        self.state.open.with(|open| self.here(open).map(read))
    }

    /// The sheet, if its dossier is the open one.
    fn here(self, open: &Option<Open>) -> Option<&Sheet> {
        open.as_ref().filter(|it| it.key == self.of)?.dossier.sheet(self.sheet)
    }

    pub fn answers(self) -> Answers {
        self.read(|it| it.answers.clone()).unwrap_or_default()
    }
}

/// Adds the rows whose notes in `one` are not in `other`.
fn noted(rows: &mut Vec<u16>, one: &[(u16, String)], other: &[(u16, String)]) {
    for note in one {
        if !other.contains(note) {
            rows.push(note.0);
        }
    }
}
