//! What the rows of one sheet work on: the sheet in the open dossier or apart from it, read and changed fact by fact.

use leptos::prelude::*;

use crate::app::State;
use crate::dossier::Sheet;
use crate::rubric::{Edition, Fact, Rubric};
use crate::score::{Answers, Report};

/// Reads and changes one sheet for the controls of its rows.
#[derive(Clone, Copy)]
pub struct SheetEditor {
    pub state: State,
    pub edition: &'static Edition,
    pub rubric: &'static Rubric,
    /// Id of the sheet in the open dossier.
    pub sheet: u16,
    pub report: Memo<Report<'static>>,
    /// A sheet that is no part of a dossier and takes the place of the one in the open dossier.
    pub apart: Option<RwSignal<Sheet>>,
}

impl SheetEditor {
    pub fn get(self, row: u16, fact: Fact) -> Option<i64> {
        self.read(|it| it.answers.get(row, fact))?
    }

    /// Gives or takes back a fact; it is saved like every change.
    pub fn set(self, row: u16, fact: Fact, value: Option<i64>) {
        if untrack(|| self.get(row, fact)) != value {
            self.edit(|sheet| {
                // 符合, 不符合 and 不适用/待确认 take the place of one another
                match fact {
                    Fact::Met => _ = sheet.answers.set(row, Fact::Unsure, None),
                    Fact::Unsure => _ = sheet.answers.set(row, Fact::Met, None),
                    _ => {}
                }
                sheet.answers.set(row, fact, value);
            });
        }
    }

    /// The same from a field being typed in.
    pub fn type_fact(self, row: u16, fact: Fact, value: Option<i64>) {
        if untrack(|| self.get(row, fact)) != value {
            self.type_in(u32::from(row) << 8 | fact as u32, |sheet| {
                sheet.answers.set(row, fact, value);
            });
        }
    }

    pub fn edit(self, change: impl FnOnce(&mut Sheet)) {
        if let Some(apart) = self.apart {
            return apart.update(change);
        }
        self.state.edit(|dossier| {
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
        self.state.type_in(field, |dossier| {
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
        self.state.open.with(|open| open.as_ref()?.dossier.sheet(self.sheet).map(read))
    }

    /// A text on the sheet.
    pub fn text(self, read: impl FnOnce(&Sheet) -> &str) -> String {
        self.read(|it| read(it).to_owned()).unwrap_or_default()
    }

    pub fn answers(self) -> Answers {
        self.read(|it| it.answers.clone()).unwrap_or_default()
    }
}
