//! What the rows of the declaration read and change: the open dossier, which cell is being typed in, and what was just
//! done.

use leptos::prelude::*;

use crate::app::part::memo;
use crate::app::state::{DossierKey, Open};
use crate::app::{State, browser};
use crate::dossier::{Declaration, DeclaredLines, Dossier, title};
use crate::filing::scope::{DeclaredRow, MOST_ROWS, PastedTable, Ruling, Scope};
use crate::rubric::{ApplicantKind, Edition};

use super::followed::Followed;
use super::preview::Looked;

#[derive(Clone, Copy)]
pub struct ScopeEditor {
    pub state: State,
    pub of: DossierKey,
    pub edition: &'static Edition,
    pub scope: &'static Scope,
    pub kind: &'static ApplicantKind,
    /// The rows under their keys, and what follows each of them.
    pub(super) lines: StoredValue<Followed>,
    /// Goes up when rows come, go or move.
    pub(super) order: RwSignal<u64>,
    /// Goes up with every change of a row.
    pub(super) changes: RwSignal<u64>,
    /// The cell being typed in, by its key; 0 for none. What was found in its row is not shown until the cell is left.
    typing: RwSignal<usize>,
    /// The row added last, by its number above the bits of the cells, and a bit for each of its cells that was left: a
    /// cell in which nobody has been yet is not called missing.
    pub(super) fresh: RwSignal<usize>,
    /// What was just done, and the dossier as it was then.
    said: RwSignal<String>,
    said_of: RwSignal<Option<Open>>,
    /// The row, by its key, that became another one last, if since then nothing was done to several.
    pub(super) heard: RwSignal<Option<usize>>,
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

/// The number of keys that a row has for its cells.
pub(super) const CELLS: usize = 16;

/// The numbers by which undoing knows the cells begin here, far above those of the sheets' fields.
const FIELDS: u64 = u64::MAX / 2;

fn cell_key(row: usize, cell: usize) -> usize {
    (row + 1) * CELLS + cell
}

impl ScopeEditor {
    /// `None` where the edition of the open dossier has no rules.
    pub fn new(state: State) -> Option<ScopeEditor> {
        let (edition, kind, declared) = state.open.with_untracked(|open| {
            let dossier = &open.as_ref()?.dossier;
            let edition = state.edition_of(dossier);
            Some((edition, edition.kind(dossier.applicant), dossier.declared.clone()))
        })?;
        let empty = declared.is_empty();
        let scope = &state.rules_of(edition).filter(|it| it.has_scope())?.scope;
        let typing = RwSignal::new(0);
        let all = memo::turns(move |first| {
            let typed = !first && typing.get() != 0;
            (!typed).then(|| state.open.with(|open| open.as_ref().map(|it| it.dossier.clone())))
        });
        let lines = DeclaredLines::new(scope, kind, &declared);
        let editor = ScopeEditor {
            lines: StoredValue::new(Followed::new(lines)),
            order: RwSignal::new(0),
            changes: RwSignal::new(0),
            state,
            of: state.of_open(),
            edition,
            scope,
            kind,
            typing,
            fresh: RwSignal::new(if empty { 1 << CELLS } else { 0 }),
            said: RwSignal::new(String::new()),
            said_of: RwSignal::new(None),
            heard: RwSignal::new(None),
            taken_back: RwSignal::new(false),
            looked: Looked { table: RwSignal::new(PastedTable::default()), at: RwSignal::new(None) },
            into: RwSignal::new(Declaration::OwnStudents),
            alone: RwSignal::new(None),
            left_out: RwSignal::new(false),
            all,
        };
        editor.follow();
        Effect::new(move |_| {
            state.open.track();
            editor.follow();
        });
        Some(editor)
    }

    /// Changes with the row, but not while somebody types in it.
    pub fn settled(self, key: usize) -> Memo<u64> {
        memo::turns(move |first| {
            let typed = !first && self.typing.get() / CELLS == key + 1;
            // a row that was added later is another one's
            let fresh = || Some(self.fresh.get()).filter(|it| it >> CELLS == key + 1);
            (!typed).then(|| (self.row(key), fresh()))
        })
    }

    pub fn is_typing(self, key: usize, cell: usize) -> bool {
        self.typing.get() == cell_key(key, cell)
    }

    /// The declarations, each with a table of its own.
    pub fn declarations(self) -> &'static [Declaration] {
        self.state
            .open
            .with(|open| open.as_ref().map_or(&[Declaration::Whole][..], |it| it.dossier.declarations(self.edition)))
    }

    /// A change of the dossier. `field` is the number of a field being typed in.
    #[inline(never)]
    fn change(self, field: Option<u64>, change: Box<dyn FnOnce(&mut Dossier)>) {
        match field {
            Some(field) => self.state.type_in(self.of, field, change),
            None => self.state.edit(self.of, change),
        }
        self.follow();
    }

    pub fn edit(self, change: impl FnOnce(&mut Dossier) + 'static) {
        self.typing.set(0);
        self.change(None, Box::new(change));
    }

    pub fn edit_row(self, key: usize, change: impl FnOnce(&mut DeclaredRow) + 'static) {
        self.edit_row_boxed(key, Box::new(change));
    }

    #[inline(never)]
    fn edit_row_boxed(self, key: usize, change: Box<dyn FnOnce(&mut DeclaredRow)>) {
        let at = self.at(key);
        self.edit(move |it| change(self.row_mut(it, at)));
    }

    /// A text of a row is being typed.
    pub fn type_in(self, row: usize, cell: usize, of: fn(&mut DeclaredRow) -> &mut String, text: String) {
        let (key, at) = (cell_key(row, cell), self.at(row));
        if self.typing.get_untracked() != key {
            self.typing.set(key);
        }
        self.change(Some(FIELDS + key as u64), Box::new(move |it| *of(self.row_mut(it, at)) = text));
    }

    /// A cell is left. This is noted a moment later: at once, a button under the pointer would move away before it is
    /// pressed.
    pub fn leave(self, key: usize, cell: usize) {
        browser::after(250, move || {
            // the page may have been left meanwhile
            let (Some(fresh), Some(typing)) = (self.fresh.try_get_untracked(), self.typing.try_get_untracked()) else {
                return;
            };
            if fresh >> CELLS == key + 1 && fresh & 1 << cell == 0 {
                self.fresh.set(fresh | 1 << cell);
            }
            if typing == cell_key(key, cell) {
                self.typing.set(0);
            }
        });
    }

    fn row_mut(self, dossier: &mut Dossier, at: usize) -> &mut DeclaredRow {
        while dossier.declared.len() <= at {
            let row = self.blank(dossier);
            dossier.declared.push(row.into());
        }
        &mut dossier.declared[at]
    }

    /// A new row. A school that is assessed for its own students declares for them, until it says otherwise.
    fn blank(self, dossier: &Dossier) -> DeclaredRow {
        if dossier.declarations(self.edition).len() == 2 {
            return self.blank_of(self.into.get_untracked());
        }
        let own = |annex| self.edition.rubric(annex).is_some_and(|it| it.applicant == dossier.applicant);
        let own = match dossier.declared.last() {
            Some(above) => above.school.is_some(),
            None => dossier.sheets.iter().any(|it| own(it.annex)),
        };
        let school = (own && self.kind.others.is_some()).then(Default::default);
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
        let last = self.shown(declaration).last().copied();
        let blank = last.is_some_and(|last| untrack(|| self.row(last)).is_blank());
        let at = last.map_or_else(|| self.n_declared(), |last| self.at(last) + usize::from(!blank));
        self.edit_if(!blank, move |dossier| {
            let row = match declaration {
                Declaration::Whole => self.blank(dossier),
                Declaration::OwnStudents | Declaration::Public => self.blank_of(declaration),
            };
            while dossier.declared.len() < at {
                dossier.declared.push(row.clone().into());
            }
            dossier.declared.insert(at, row.into());
        });
        let Some(key) = self.lines.with_value(|it| it.lines.key(at)) else { return };
        self.fresh.set((key + 1) << CELLS);
        browser::after(0, move || browser::focus(&format!("#d-{key}-0")));
    }

    fn edit_if(self, really: bool, change: impl FnOnce(&mut Dossier) + 'static) {
        if really {
            self.edit(change);
        }
    }

    pub(super) fn n_declared(self) -> usize {
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
            let school = match dossier.declared.get(at).filter(|_| dossier.declarations(self.edition).len() == 2) {
                Some(row) => row.school.as_ref().map(|_| Default::default()),
                None => self.blank(dossier).school,
            };
            let end = dossier.declared.len();
            let taken = dossier.declared.get(at).is_some_and(|it| it.is_blank());
            let from = if taken { at } else { end.min(at + 1) };
            let rows = rows.into_iter().map(|row| DeclaredRow { school: school.clone(), ..row }.into());
            dossier.declared.splice(from..from + usize::from(taken), rows);
        });
        self.fresh.set(0);
        self.say(format!("已加入 {n} 行。"), true);
        true
    }

    /// One row up or down among those of its table; the focus goes with it.
    /// At the end of the table the button for the way back gets it.
    pub fn shift(self, key: usize, up: bool) {
        let shown = self.shown(self.declaration_of(key));
        let Some(n) = shown.iter().position(|it| *it == key) else { return };
        let to = if up { n.checked_sub(1) } else { Some(n + 1) };
        let Some(other) = to.and_then(|to| shown.get(to)) else { return };
        let (at, there) = (self.at(key), self.at(*other));
        self.edit(move |dossier| {
            if at.max(there) < dossier.declared.len() {
                dossier.declared.swap(at, there);
            }
        });
        self.fresh.set(0);
        let end = to == Some(if up { 0 } else { shown.len() - 1 });
        let button = if up != end { "up" } else { "down" };
        browser::after(0, move || browser::focus(&format!("#{button}-{key}")));
    }

    pub fn remove(self, key: usize) {
        let at = self.at(key);
        // the blank row that the table begins with is not in the dossier yet
        if self.n_declared() <= at {
            return;
        }
        let (name, (number, _)) = untrack(|| (title(self.scope, &self.row(key)), self.place_of(key)));
        self.edit(move |dossier| {
            dossier.declared.remove(at);
        });
        self.fresh.set(0);
        self.say(format!("已删除第 {number} 行{}{name}。", if name.is_empty() { "" } else { "：" }), true);
        browser::after(0, || browser::focus("#undo"));
    }

    pub fn copy(self, declaration: Declaration) {
        let found = self.rows_found(declaration);
        let barred = found.iter().filter(|it| Ruling::Hold <= it.1.checked.result).count();
        let barred = if 0 < barred { format!("其中 {barred} 行不得申报。") } else { String::new() };
        let rows: Vec<DeclaredRow> = found.into_iter().map(|it| it.0.into_inner()).collect();
        let words = if rows.is_empty() {
            "申报表还是空的，没有复制。".to_owned()
        } else if browser::copy(&self.scope.table_text(&rows)) {
            format!("已复制 {} 行，可以粘贴到 Excel 或 WPS。{barred}", rows.len())
        } else {
            "浏览器不让复制，请在选中的文字上按 Ctrl+C。".to_owned()
        };
        self.say(words, false);
    }

    pub fn say(self, words: String, taken_back: bool) {
        self.typing.set(0);
        self.heard.set(None);
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
