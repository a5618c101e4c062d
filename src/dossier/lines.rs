//! The declared rows under keys that stay with them, so that a change of one row is found as a change of one, and only that
//! one is checked again.

use std::mem::take;

use crate::filing::scope::{Checked, DeclaredCell, DeclaredRow, Scope};
use crate::rubric::ApplicantKind;

use super::{Declares, Shared};

/// The rows of a declaration as a page shows them, in their order. There is always one: where none is declared, a blank one.
#[derive(Debug)]
pub struct DeclaredLines {
    scope: &'static Scope,
    kind: &'static ApplicantKind,
    lines: Vec<DeclaredLine>,
    /// The next key.
    next: usize,
    /// How often a row was checked.
    checks: usize,
    /// How often was looked at what a row declares.
    looks: usize,
}

#[derive(Debug)]
struct DeclaredLine {
    key: usize,
    row: Shared<DeclaredRow>,
    /// What is found in it, once that was asked for.
    found: Option<Shared<RowFound>>,
    /// What it declares, once that was asked for.
    declares: Option<Shared<Declares>>,
}

/// What is found in a row: by the checks, and which cells of the official table are empty.
#[derive(Clone, Debug, PartialEq)]
pub struct RowFound {
    pub checked: Checked,
    pub unfilled: Vec<DeclaredCell>,
}

/// What became of the rows.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct LinesChanged {
    /// The keys of the rows in which something else stands now.
    pub rows: Vec<usize>,
    /// Rows came, went or moved.
    pub order: bool,
}

impl RowFound {
    pub fn of(scope: &Scope, kind: &ApplicantKind, row: &DeclaredRow) -> RowFound {
        let checked = scope.check(kind, row);
        let mut unfilled = scope.unfilled(row);
        // what the check says about an empty cell is enough
        unfilled.retain(|cell| checked.reasons.iter().all(|it| it.cell != *cell));
        RowFound { checked, unfilled }
    }
}

impl DeclaredLines {
    /// The keys are the positions at first.
    pub fn new(scope: &'static Scope, kind: &'static ApplicantKind, rows: &[Shared<DeclaredRow>]) -> DeclaredLines {
        let mut lines = DeclaredLines { scope, kind, lines: Vec::new(), next: 0, checks: 0, looks: 0 };
        lines.follow(rows);
        lines
    }

    pub fn keys(&self) -> impl Iterator<Item = usize> {
        self.lines.iter().map(|it| it.key)
    }

    /// Where the row of a key stands.
    pub fn at(&self, key: usize) -> Option<usize> {
        self.lines.iter().position(|it| it.key == key)
    }

    pub fn key(&self, at: usize) -> Option<usize> {
        self.lines.get(at).map(|it| it.key)
    }

    pub fn row(&self, key: usize) -> Option<&Shared<DeclaredRow>> {
        self.lines.iter().find(|it| it.key == key).map(|it| &it.row)
    }

    /// What is found in a row; it is checked when this is asked for the first time after a change of the row.
    pub fn found(&mut self, key: usize) -> Option<Shared<RowFound>> {
        let DeclaredLines { scope, kind, checks, lines, .. } = self;
        let line = lines.iter_mut().find(|it| it.key == key)?;
        Some(line.found_by(scope, kind, checks))
    }

    /// The rows, each with its key and what is found in it.
    pub fn all_found(&mut self) -> impl Iterator<Item = (usize, &Shared<DeclaredRow>, Shared<RowFound>)> {
        let DeclaredLines { scope, kind, checks, lines, .. } = self;
        lines.iter_mut().map(|line| {
            let found = line.found_by(scope, kind, checks);
            (line.key, &line.row, found)
        })
    }

    /// What each row declares.
    pub fn declares(&mut self) -> Vec<Shared<Declares>> {
        let DeclaredLines { scope, lines, looks, .. } = self;
        let of = |line: &mut DeclaredLine| {
            let row = &line.row;
            let look = || {
                *looks += 1;
                Declares::of(scope, row).into()
            };
            line.declares.get_or_insert_with(look).clone()
        };
        lines.iter_mut().map(of).collect()
    }

    /// How often was looked at what a row declares so far.
    pub fn n_looks(&self) -> usize {
        self.looks
    }

    /// How often a row was checked so far.
    pub fn n_checks(&self) -> usize {
        self.checks
    }

    /// Follows a change of the dossier. A row that only moved keeps its key, also one in which something else stands now,
    /// as far as that can be known.
    pub fn follow(&mut self, rows: &[Shared<DeclaredRow>]) -> LinesChanged {
        let blank;
        let rows = if rows.is_empty() {
            blank = [Shared::default()];
            &blank
        } else {
            rows
        };
        let same = |line: &DeclaredLine, row: &Shared<DeclaredRow>| line.row == *row;
        let (old, new) = (self.lines.len(), rows.len());
        let before = self.lines.iter().zip(rows).take_while(|it| same(it.0, it.1)).count();
        let most = old.min(new) - before;
        let behind =
            self.lines.iter().rev().zip(rows.iter().rev()).take(most).take_while(|it| same(it.0, it.1)).count();
        let mut changed = LinesChanged { rows: Vec::new(), order: old != new };
        if before == old && old == new {
            return changed;
        }
        let mut all = take(&mut self.lines);
        let tail = all.split_off(old - behind);
        let mut left: Vec<Option<DeclaredLine>> = all.split_off(before).into_iter().map(Some).collect();
        let middle = &rows[before..new - behind];
        // those that only moved first, so that none of them is taken for another that changed
        let moved: Vec<Option<(usize, DeclaredLine)>> = middle
            .iter()
            .map(|row| {
                let from = left.iter().position(|line| line.as_ref().is_some_and(|it| it.row.is(row)))?;
                Some((from, left[from].take()?))
            })
            .collect();
        let mut rest = left.into_iter().enumerate().filter_map(|(from, line)| Some((from, line?)));
        for (at, (row, moved)) in middle.iter().zip(moved).enumerate() {
            let line = match moved {
                Some((from, line)) => {
                    changed.order |= from != at;
                    line
                }
                None => match rest.next() {
                    Some((from, line)) => {
                        changed.order |= from != at;
                        changed.rows.push(line.key);
                        DeclaredLine { key: line.key, row: row.clone(), found: None, declares: None }
                    }
                    None => {
                        let key = self.next;
                        self.next += 1;
                        changed.order = true;
                        DeclaredLine { key, row: row.clone(), found: None, declares: None }
                    }
                },
            };
            all.push(line);
        }
        all.extend(tail);
        self.lines = all;
        changed
    }
}

impl DeclaredLine {
    fn found_by(&mut self, scope: &Scope, kind: &ApplicantKind, checks: &mut usize) -> Shared<RowFound> {
        let row = &self.row;
        let check = || {
            *checks += 1;
            RowFound::of(scope, kind, row).into()
        };
        self.found.get_or_insert_with(check).clone()
    }
}
