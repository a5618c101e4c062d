//! What the rows of the declaration read and change: the open dossier, which cell is being typed in, and what was just
//! done.

use leptos::prelude::*;

use crate::app::part::memo;
use crate::app::state::Open;
use crate::app::{State, browser};
use crate::dossier::{Dossier, title};
use crate::filing::scope::{Checked, DeclaredRow, Ruling, Scope};
use crate::rubric::{Applicant, Edition};

#[derive(Clone, Copy)]
pub struct ScopeEditor {
    pub state: State,
    pub edition: &'static Edition,
    pub scope: &'static Scope,
    pub applicant: Applicant,
    /// The cell being typed in, by its key; 0 for none. What was found in its row is not shown until the cell is left.
    typing: RwSignal<usize>,
    /// The row added last, by its number above the bits of the cells, and a bit for each of its cells that was left: a
    /// cell in which nobody has been yet is not called missing.
    fresh: RwSignal<usize>,
    /// What was just done, and the dossier as it was then.
    said: RwSignal<String>,
    said_of: RwSignal<Option<Open>>,
    /// Can it be taken back?
    pub taken_back: RwSignal<bool>,
    /// Goes up with every change of the dossier, once the cell is left.
    pub all: Memo<u64>,
}

/// The number of keys that a row has for its cells.
const CELLS: usize = 16;

/// The numbers by which undoing knows the cells begin here, far above those of the sheets' fields.
const FIELDS: u64 = u64::MAX / 2;

fn key(at: usize, cell: usize) -> usize {
    (at + 1) * CELLS + cell
}

impl ScopeEditor {
    /// `None` where the edition of the open dossier has no rules.
    pub fn new(state: State) -> Option<ScopeEditor> {
        let (edition, applicant, empty) = state.open.with_untracked(|open| {
            let dossier = &open.as_ref()?.dossier;
            Some((state.edition_of(dossier), dossier.applicant, dossier.declared.is_empty()))
        })?;
        let scope = &state.rules().iter().find(|it| it.edition == edition.id)?.scope;
        let typing = RwSignal::new(0);
        let all = memo::turns(move |first| {
            let typed = !first && typing.get() != 0;
            (!typed).then(|| state.open.with(|open| open.as_ref().map(|it| it.dossier.clone())))
        });
        Some(ScopeEditor {
            state,
            edition,
            scope,
            applicant,
            typing,
            fresh: RwSignal::new(if empty { 1 << CELLS } else { 0 }),
            said: RwSignal::new(String::new()),
            said_of: RwSignal::new(None),
            taken_back: RwSignal::new(false),
            all,
        })
    }

    /// How many rows the table shows. Where none is declared it begins with a blank one, which becomes part of the
    /// dossier once something is typed into it.
    pub fn count(self) -> usize {
        self.state.open.with(|open| open.as_ref().map_or(0, |it| it.dossier.declared.len())).max(1)
    }

    pub fn row(self, at: usize) -> DeclaredRow {
        self.state.open.with(|open| open.as_ref()?.dossier.declared.get(at).cloned()).unwrap_or_default()
    }

    /// Changes with the row, but not while somebody types in it.
    pub fn settled(self, at: usize) -> Memo<u64> {
        memo::turns(move |first| {
            let typed = !first && self.typing.get() / CELLS == at + 1;
            (!typed).then(|| (self.row(at), self.fresh.get()))
        })
    }

    pub fn is_typing(self, at: usize, cell: usize) -> bool {
        self.typing.get() == key(at, cell)
    }

    /// What the check finds in a row; `None` where the row is blank, or not filled in enough to say that all is well.
    pub fn checked(self, at: usize) -> Option<Checked> {
        let row = self.row(at);
        if row.is_blank() {
            return None;
        }
        let mut checked = self.scope.check(self.applicant, &row);
        let fresh = self.fresh.get_untracked();
        if fresh >> CELLS != at + 1 {
            return Some(checked);
        }
        let n = checked.reasons.len();
        checked.reasons.retain(|it| fresh & 1 << it.cell as usize != 0);
        checked.result = checked.reasons.first().map_or(Ruling::Ok, |it| it.result);
        (checked.result != Ruling::Ok || n == 0).then_some(checked)
    }

    /// A change of the dossier. `field` is the number of a field being typed in.
    #[inline(never)]
    fn change(self, field: Option<u64>, change: Box<dyn FnOnce(&mut Dossier)>) {
        match field {
            Some(field) => self.state.type_in(field, change),
            None => self.state.edit(change),
        }
    }

    pub fn edit(self, change: impl FnOnce(&mut Dossier) + 'static) {
        self.typing.set(0);
        self.change(None, Box::new(change));
    }

    pub fn edit_row(self, at: usize, change: impl FnOnce(&mut DeclaredRow) + 'static) {
        self.edit_row_boxed(at, Box::new(change));
    }

    #[inline(never)]
    fn edit_row_boxed(self, at: usize, change: Box<dyn FnOnce(&mut DeclaredRow)>) {
        self.edit(move |it| change(self.row_mut(it, at)));
    }

    /// A text of a row is being typed.
    pub fn type_in(self, at: usize, cell: usize, of: fn(&mut DeclaredRow) -> &mut String, text: String) {
        let key = key(at, cell);
        if self.typing.get_untracked() != key {
            self.typing.set(key);
        }
        self.change(Some(FIELDS + key as u64), Box::new(move |it| *of(self.row_mut(it, at)) = text));
    }

    /// A cell is left. This is noted a moment later: at once, a button under the pointer would move away before it is
    /// pressed.
    pub fn leave(self, at: usize, cell: usize) {
        browser::after(250, move || {
            // the page may have been left meanwhile
            let (Some(fresh), Some(typing)) = (self.fresh.try_get_untracked(), self.typing.try_get_untracked()) else {
                return;
            };
            if fresh >> CELLS == at + 1 && fresh & 1 << cell == 0 {
                self.fresh.set(fresh | 1 << cell);
            }
            if typing == key(at, cell) {
                self.typing.set(0);
            }
        });
    }

    fn row_mut(self, dossier: &mut Dossier, at: usize) -> &mut DeclaredRow {
        while dossier.declared.len() <= at {
            let row = self.blank(dossier);
            dossier.declared.push(row);
        }
        &mut dossier.declared[at]
    }

    /// A new row. A school that is assessed for its own students declares for them, until it says otherwise.
    fn blank(self, dossier: &Dossier) -> DeclaredRow {
        let own = |annex| self.edition.rubric(annex).is_some_and(|it| it.applicant == Applicant::TechnicalSchool);
        let own = match dossier.declared.last() {
            Some(above) => above.school.is_some(),
            None => dossier.sheets.iter().any(|it| own(it.annex)),
        };
        let school = (own && self.applicant == Applicant::TechnicalSchool).then(Default::default);
        DeclaredRow { school, ..DeclaredRow::default() }
    }

    /// Adds a row, unless the last one is still to be filled in, and goes there.
    pub fn add(self) {
        let last = untrack(|| self.count()) - 1;
        let at = if untrack(|| self.row(last)).is_blank() { last } else { last + 1 };
        self.edit_if(last < at, move |dossier| {
            self.row_mut(dossier, at);
        });
        self.fresh.set((at + 1) << CELLS);
        browser::after(0, move || browser::focus(&format!("#d-{at}-0")));
    }

    fn edit_if(self, really: bool, change: impl FnOnce(&mut Dossier) + 'static) {
        if really {
            self.edit(change);
        }
    }

    /// Puts rows below a row, or in its place where it is blank.
    pub fn place(self, at: usize, rows: Vec<DeclaredRow>) {
        let n = rows.len();
        self.edit(move |dossier| {
            let school = self.blank(dossier).school;
            let end = dossier.declared.len();
            let taken = dossier.declared.get(at).is_some_and(DeclaredRow::is_blank);
            let from = if taken { at } else { end.min(at + 1) };
            let rows = rows.into_iter().map(|row| DeclaredRow { school: school.clone(), ..row });
            dossier.declared.splice(from..from + usize::from(taken), rows);
        });
        self.fresh.set(0);
        self.say(format!("已加入 {n} 行。"), true);
    }

    /// One row up or down; the focus goes with it.
    pub fn shift(self, at: usize, to: usize) {
        let count = untrack(|| self.count());
        if count <= to {
            return;
        }
        self.edit(move |dossier| {
            if at.max(to) < dossier.declared.len() {
                dossier.declared.swap(at, to);
            }
        });
        self.fresh.set(0);
        // the first and the last row can only move the other way
        let up = if to == 0 { false } else { to < at || to + 1 == count };
        let button = if up { "up" } else { "down" };
        browser::after(0, move || browser::focus(&format!("#{button}-{to}")));
    }

    pub fn remove(self, at: usize) {
        // the blank row that the table begins with is not in the dossier yet
        if self.state.open.with_untracked(|open| open.as_ref().is_none_or(|it| it.dossier.declared.len() <= at)) {
            return;
        }
        let name = title(self.scope, &untrack(|| self.row(at)));
        self.edit(move |dossier| {
            dossier.declared.remove(at);
        });
        self.fresh.set(0);
        self.say(format!("已删除第 {} 行{}{name}。", at + 1, if name.is_empty() { "" } else { "：" }), true);
        browser::after(0, || browser::focus("#undo"));
    }

    pub fn copy(self) {
        let rows = self.rows();
        let words = if rows.is_empty() {
            "申报表还是空的，没有复制。".to_owned()
        } else if browser::copy(&self.scope.table_text(&rows)) {
            format!("已复制 {} 行，可以粘贴到 Excel 或 WPS。", rows.len())
        } else {
            "浏览器不让复制，请在选中的文字上按 Ctrl+C。".to_owned()
        };
        self.say(words, false);
    }

    /// The rows that are not blank.
    pub fn rows(self) -> Vec<DeclaredRow> {
        let rows = self.state.open.with(|open| open.as_ref().map(|it| it.dossier.declared.clone()));
        rows.unwrap_or_default().into_iter().filter(|it| !it.is_blank()).collect()
    }

    pub fn say(self, words: String, taken_back: bool) {
        self.typing.set(0);
        self.said.set(words);
        self.taken_back.set(taken_back);
        self.said_of.set(self.state.open.get_untracked());
    }

    /// What was just done, while the dossier is still as it was then; empty otherwise.
    pub fn said(self) -> String {
        self.all.get();
        let is_same = |then: &Option<Open>, now: &Option<Open>| match (then, now) {
            (Some(then), Some(now)) => then.dossier == now.dossier,
            (Some(_), None) | (None, _) => false,
        };
        let same = self.said_of.with(|then| self.state.open.with_untracked(|now| is_same(then, now)));
        if same { self.said.get() } else { String::new() }
    }
}
