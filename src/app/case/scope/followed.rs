//! What a change of the dossier changes in its declaration: only that is checked and shown again.

use std::cell::Cell;

use leptos::prelude::*;

use crate::dossier::{Declaration, DeclaredLines, Declares, RowFound, Shared};
use crate::filing::scope::{DeclaredCell, DeclaredRow, Ruling};

use super::editor::{CELLS, ScopeEditor};

/// With more rows than these the table is long: what nobody looks at is made when it is wanted.
const FEW: usize = 40;

/// The rows, for each that something on the page follows, what tells of a change, and which table has which rows.
#[derive(Debug)]
pub struct Followed {
    pub lines: DeclaredLines,
    turns: Vec<(usize, ArcTrigger)>,
    places: Vec<(Declaration, usize)>,
    /// The rows that changed, one after the other.
    changed: Vec<usize>,
}

impl Followed {
    pub fn new(lines: DeclaredLines) -> Followed {
        Followed { lines, turns: Vec::new(), places: Vec::new(), changed: Vec::new() }
    }
}

impl ScopeEditor {
    /// Finds out what a change of the dossier has changed, and tells what follows that.
    pub(super) fn follow(self) {
        let now = self.state.open.with_untracked(|open| {
            let dossier = &open.as_ref()?.dossier;
            Some((dossier.declared.clone(), dossier.declarations(self.edition)))
        });
        let Some((declared, declarations)) = now else { return };
        let told = self.lines.try_update_value(|followed| {
            let changed = followed.lines.follow(&declared);
            let mut places: Vec<(Declaration, usize)> = Vec::with_capacity(followed.places.len());
            for (at, key) in followed.lines.keys().enumerate() {
                let of = |declaration: &&Declaration| declared.get(at).is_none_or(|row| declaration.holds(row));
                places.extend(declarations.iter().find(of).map(|it| (*it, key)));
            }
            let order = followed.places != places;
            followed.places = places;
            let there = &followed.places;
            followed.turns.retain(|turn| there.iter().any(|it| it.1 == turn.0));
            let turns = followed.turns.iter().filter(|turn| changed.rows.contains(&turn.0)).map(|turn| turn.1.clone());
            let turns: Vec<_> = turns.collect();
            followed.changed.extend(&changed.rows);
            (turns, order, !changed.rows.is_empty())
        });
        let Some((turns, order, changed)) = told else { return };
        turns.into_iter().for_each(|it| it.notify());
        if changed {
            self.changes.update(|it| *it += 1);
        }
        if order {
            self.order.update(|it| *it += 1);
        }
    }

    /// The row of a key, followed.
    pub fn row(self, key: usize) -> Shared<DeclaredRow> {
        let found = self.lines.try_update_value(|followed| {
            let row = followed.lines.row(key)?.clone();
            let turn = match followed.turns.iter().find(|turn| turn.0 == key) {
                Some((_, turn)) => turn.clone(),
                None => {
                    let turn = ArcTrigger::new();
                    followed.turns.push((key, turn.clone()));
                    turn
                }
            };
            Some((row, turn))
        });
        let Some((row, turn)) = found.flatten() else { return Shared::default() };
        turn.track();
        row
    }

    /// The row of a key as it is now.
    pub fn line(self, key: usize) -> Shared<DeclaredRow> {
        self.lines.with_value(|it| it.lines.row(key).cloned()).unwrap_or_default()
    }

    /// Keys of the rows that the table of a declaration shows, followed.
    pub fn followed(self, declaration: Declaration) -> Vec<usize> {
        self.order.track();
        self.shown(declaration)
    }

    /// Keys of the rows that changed since this was asked for with the same cell, followed.
    pub fn changed_since(self, seen: &Cell<usize>) -> Vec<usize> {
        self.changes.track();
        self.lines.with_value(|followed| {
            let from = seen.replace(followed.changed.len());
            followed.changed[from..].to_vec()
        })
    }

    /// Where the row of a key stands in the dossier now.
    pub fn at(self, key: usize) -> usize {
        self.lines.with_value(|it| it.lines.at(key)).unwrap_or_else(|| self.n_declared())
    }

    /// Has it more rows than can all be shown with their controls? Followed.
    pub fn is_long(self) -> bool {
        self.order.track();
        self.lines.with_value(|it| FEW < it.places.len())
    }

    /// What the check finds in a row; `None` where the row is blank, or not filled in enough to say that all is well.
    pub fn checked(self, key: usize) -> Option<Shared<RowFound>> {
        let found = self.lines.try_update_value(|followed| {
            let blank = followed.lines.row(key)?.is_blank();
            followed.lines.found(key).filter(|_| !blank)
        });
        let mut found = found.flatten()?;
        let fresh = self.fresh.get_untracked();
        if fresh >> CELLS != key + 1 {
            return Some(found);
        }
        let left = |cell: DeclaredCell| fresh & 1 << cell as usize != 0;
        let RowFound { checked, unfilled } = &mut *found;
        let n = checked.reasons.len() + unfilled.len();
        checked.reasons.retain(|it| left(it.cell));
        checked.result = checked.reasons.first().map_or(Ruling::Ok, |it| it.result);
        unfilled.retain(|it| left(*it));
        (checked.result != Ruling::Ok || !unfilled.is_empty() || n == 0).then_some(found)
    }

    /// Keys of the rows that the table of a declaration shows. Where none is declared the only table begins with a blank
    /// one, which becomes part of the dossier once something is typed into it.
    pub fn shown(self, declaration: Declaration) -> Vec<usize> {
        self.lines
            .with_value(|followed| followed.places.iter().filter(|it| it.0 == declaration).map(|it| it.1).collect())
    }

    /// The table in which a row stands.
    pub fn declaration_of(self, key: usize) -> Declaration {
        self.lines
            .with_value(|followed| followed.places.iter().find(|it| it.1 == key).map_or(Declaration::Whole, |it| it.0))
    }

    /// The number of a row in its own table, from 1, and how many rows that has; followed.
    pub fn place_of(self, key: usize) -> (usize, usize) {
        self.order.track();
        self.lines.with_value(|followed| {
            let of = followed.places.iter().find(|it| it.1 == key).map(|it| it.0);
            let its = || followed.places.iter().filter(|it| Some(it.0) == of);
            (its().position(|it| it.1 == key).map_or(0, |it| it + 1), its().count())
        })
    }

    /// What each row declares.
    pub fn declares(self) -> Vec<Shared<Declares>> {
        self.lines.try_update_value(|followed| followed.lines.declares()).unwrap_or_default()
    }

    /// The rows of a declaration that are not blank, and what is found in each.
    pub fn rows_found(self, declaration: Declaration) -> Vec<(Shared<DeclaredRow>, Shared<RowFound>)> {
        let found = self.lines.try_update_value(|followed| {
            let all = followed.lines.all_found().filter(|it| !it.1.is_blank() && declaration.holds(it.1));
            all.map(|(_, row, found)| (row.clone(), found)).collect()
        });
        found.unwrap_or_default()
    }
}
