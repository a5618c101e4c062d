//! What the rows of the declaration read and change: the open dossier, which cell is being typed in, and what was just
//! done.

use leptos::prelude::*;

use crate::app::part::memo;
use crate::app::state::Open;
use crate::app::{State, browser};
use crate::dossier::{Declaration, Dossier, title};
use crate::filing::scope::{Checked, DeclaredCell, DeclaredRow, MOST_ROWS, PastedTable, Ruling, Scope};
use crate::rubric::{Applicant, Edition};

use super::preview::Looked;

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
    /// The table that was pasted and is looked at before its rows are taken.
    pub looked: Looked,
    /// The declaration to which rows from elsewhere go, where there are two.
    pub into: RwSignal<Declaration>,
    /// The declaration that is being printed alone.
    pub alone: RwSignal<Option<Declaration>>,
    /// Rows that may not be declared are left out on paper.
    pub left_out: RwSignal<bool>,
}

/// What is found in a row: by the checks, and which cells of the official table are empty.
#[derive(Clone, Debug, PartialEq)]
pub struct RowFound {
    pub checked: Checked,
    pub unfilled: Vec<DeclaredCell>,
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
            looked: Looked { table: RwSignal::new(PastedTable::default()), at: RwSignal::new(None) },
            into: RwSignal::new(Declaration::OwnStudents),
            alone: RwSignal::new(None),
            left_out: RwSignal::new(false),
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
    pub fn checked(self, at: usize) -> Option<RowFound> {
        let row = self.row(at);
        if row.is_blank() {
            return None;
        }
        let mut found = self.found_in(&row);
        let fresh = self.fresh.get_untracked();
        if fresh >> CELLS != at + 1 {
            return Some(found);
        }
        let left = |cell: DeclaredCell| fresh & 1 << cell as usize != 0;
        let RowFound { checked, unfilled } = &mut found;
        let n = checked.reasons.len() + unfilled.len();
        checked.reasons.retain(|it| left(it.cell));
        checked.result = checked.reasons.first().map_or(Ruling::Ok, |it| it.result);
        unfilled.retain(|it| left(*it));
        (checked.result != Ruling::Ok || !unfilled.is_empty() || n == 0).then_some(found)
    }

    /// What is found in a row that nobody is typing in.
    pub fn found_in(self, row: &DeclaredRow) -> RowFound {
        let checked = self.scope.check(self.applicant, row);
        let mut unfilled = self.scope.unfilled(row);
        // what the check says about an empty cell is enough
        unfilled.retain(|cell| checked.reasons.iter().all(|it| it.cell != *cell));
        RowFound { checked, unfilled }
    }

    /// The declarations, each with a table of its own.
    pub fn declarations(self) -> &'static [Declaration] {
        self.state.open.with(|open| open.as_ref().map_or(&[Declaration::Whole][..], |it| it.dossier.declarations()))
    }

    /// Positions of the rows that the table of a declaration shows.
    pub fn shown(self, declaration: Declaration) -> Vec<usize> {
        match declaration {
            Declaration::Whole => (0..self.count()).collect(),
            Declaration::OwnStudents | Declaration::Public => {
                self.state.open.with(|open| open.as_ref().map_or(Vec::new(), |it| it.dossier.rows_of(declaration)))
            }
        }
    }

    /// The table in which a row stands, and the last row of it.
    pub fn last_of(self, at: usize) -> (Declaration, Option<usize>) {
        let declaration = self.state.open.with(|open| open.as_ref().map(|it| it.dossier.line_of(at).0));
        let declaration = declaration.unwrap_or(Declaration::Whole);
        (declaration, self.shown(declaration).last().copied())
    }

    /// The number of a row in its own table.
    pub fn number(self, at: usize) -> usize {
        self.state.open.with_untracked(|open| open.as_ref().map_or(at + 1, |it| it.dossier.line_of(at).1))
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
        if dossier.declarations().len() == 2 {
            return self.blank_of(self.into.get_untracked());
        }
        let own = |annex| self.edition.rubric(annex).is_some_and(|it| it.applicant == Applicant::TechnicalSchool);
        let own = match dossier.declared.last() {
            Some(above) => above.school.is_some(),
            None => dossier.sheets.iter().any(|it| own(it.annex)),
        };
        let school = (own && self.applicant == Applicant::TechnicalSchool).then(Default::default);
        DeclaredRow { school, ..DeclaredRow::default() }
    }

    fn blank_of(self, declaration: Declaration) -> DeclaredRow {
        let school = (declaration == Declaration::OwnStudents).then(Default::default);
        DeclaredRow { school, ..DeclaredRow::default() }
    }

    /// Adds a row to a declaration, unless its last one is still to be filled in, and goes there.
    pub fn add(self, declaration: Declaration) {
        if self.is_full() {
            return self.say(format!("申报表最多 {MOST_ROWS} 行，已经满了。"), false);
        }
        let last = untrack(|| self.shown(declaration)).last().copied();
        let blank = last.filter(|last| untrack(|| self.row(*last)).is_blank());
        let at = blank.unwrap_or_else(|| last.map_or_else(|| self.n_declared(), |last| last + 1));
        self.edit_if(blank.is_none(), move |dossier| {
            let row = match declaration {
                Declaration::Whole => self.blank(dossier),
                Declaration::OwnStudents | Declaration::Public => self.blank_of(declaration),
            };
            while dossier.declared.len() < at {
                dossier.declared.push(row.clone());
            }
            dossier.declared.insert(at, row);
        });
        self.fresh.set((at + 1) << CELLS);
        browser::after(0, move || browser::focus(&format!("#d-{at}-0")));
    }

    fn edit_if(self, really: bool, change: impl FnOnce(&mut Dossier) + 'static) {
        if really {
            self.edit(change);
        }
    }

    fn n_declared(self) -> usize {
        self.state.open.with_untracked(|open| open.as_ref().map_or(0, |it| it.dossier.declared.len()))
    }

    fn is_full(self) -> bool {
        MOST_ROWS <= self.n_declared()
    }

    /// Puts rows below a row, or in its place where it is blank. A declaration that is full takes none of them.
    pub fn place(self, at: usize, rows: Vec<DeclaredRow>) -> bool {
        let (n, room) = (rows.len(), MOST_ROWS.saturating_sub(self.n_declared()));
        if room < n {
            let words =
                format!("申报表最多 {MOST_ROWS} 行，还能加 {room} 行，这里有 {n} 行，没有加入。请分次或删去一些再加。");
            self.say(words, false);
            return false;
        }
        self.edit(move |dossier| {
            let school = match dossier.declared.get(at).filter(|_| dossier.declarations().len() == 2) {
                Some(row) => row.school.as_ref().map(|_| Default::default()),
                None => self.blank(dossier).school,
            };
            let end = dossier.declared.len();
            let taken = dossier.declared.get(at).is_some_and(DeclaredRow::is_blank);
            let from = if taken { at } else { end.min(at + 1) };
            let rows = rows.into_iter().map(|row| DeclaredRow { school: school.clone(), ..row });
            dossier.declared.splice(from..from + usize::from(taken), rows);
        });
        self.fresh.set(0);
        self.say(format!("已加入 {n} 行。"), true);
        true
    }

    /// One row up or down among those of its table; the focus goes with it.
    /// At the end of the table the button for the way back gets it.
    pub fn shift(self, at: usize, to: Option<usize>, end: bool) {
        let Some(to) = to else { return };
        self.edit(move |dossier| {
            if at.max(to) < dossier.declared.len() {
                dossier.declared.swap(at, to);
            }
        });
        self.fresh.set(0);
        let up = (to < at) != end;
        let button = if up { "up" } else { "down" };
        browser::after(0, move || browser::focus(&format!("#{button}-{to}")));
    }

    pub fn remove(self, at: usize) {
        // the blank row that the table begins with is not in the dossier yet
        if self.state.open.with_untracked(|open| open.as_ref().is_none_or(|it| it.dossier.declared.len() <= at)) {
            return;
        }
        let (name, number) = (title(self.scope, &untrack(|| self.row(at))), self.number(at));
        self.edit(move |dossier| {
            dossier.declared.remove(at);
        });
        self.fresh.set(0);
        self.say(format!("已删除第 {number} 行{}{name}。", if name.is_empty() { "" } else { "：" }), true);
        browser::after(0, || browser::focus("#undo"));
    }

    pub fn copy(self, declaration: Declaration) {
        let rows = self.rows(declaration);
        let barred = rows.iter().filter(|row| Ruling::Hold <= self.found_in(row).checked.result).count();
        let barred = if 0 < barred { format!("其中 {barred} 行不得申报。") } else { String::new() };
        let words = if rows.is_empty() {
            "申报表还是空的，没有复制。".to_owned()
        } else if browser::copy(&self.scope.table_text(&rows)) {
            format!("已复制 {} 行，可以粘贴到 Excel 或 WPS。{barred}", rows.len())
        } else {
            "浏览器不让复制，请在选中的文字上按 Ctrl+C。".to_owned()
        };
        self.say(words, false);
    }

    /// The rows of a declaration that are not blank.
    pub fn rows(self, declaration: Declaration) -> Vec<DeclaredRow> {
        let rows = self.state.open.with(|open| open.as_ref().map(|it| it.dossier.declared.clone()));
        rows.unwrap_or_default().into_iter().filter(|it| !it.is_blank() && declaration.holds(it)).collect()
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
