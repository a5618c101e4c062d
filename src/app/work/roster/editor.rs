//! What the page of the roster reads and changes.

use leptos::prelude::*;

use crate::app::State;
use crate::app::part::memo;
use crate::app::state::DossierKey;
use crate::dossier::{Dossier, EntryCell, Roster, RosterColumn, RosterList, RosterTable};

#[derive(Clone, Copy)]
pub struct RosterEditor {
    pub state: State,
    pub of: DossierKey,
    /// The roster as the fields of the page show it. They follow nothing while somebody types in them: with 200 people
    /// every letter would go through a thousand of them.
    fields: RwSignal<Roster>,
    /// Somebody is typing: what follows from the roster waits until the field is left.
    typing: RwSignal<bool>,
    /// Goes up when the fields have to be made anew.
    pub turn: Memo<u64>,
    /// Goes up with every change of the dossier, once the field is left.
    pub settled: Memo<u64>,
    /// What was just done, and can be undone.
    pub said: RwSignal<String>,
    /// The list that was pasted and is looked at, and the section into which it was pasted.
    pub looked: RwSignal<RosterTable>,
    pub into: RwSignal<RosterList>,
    /// What else the file holds from which the list came, or why it was not read.
    pub beside: RwSignal<String>,
    /// How many lines of a list are shown to be filled in.
    pub lines: RwSignal<usize>,
    /// The list that is being printed alone.
    pub alone: RwSignal<Option<RosterList>>,
}

/// The numbers by which undoing knows the fields begin here; a sheet's have its id above 32 bits, the declaration's are
/// larger.
const FIELDS: u64 = 1 << 56;
/// How many lines of a list are shown at first.
const LINES: usize = 60;

impl RosterEditor {
    pub fn new(state: State) -> RosterEditor {
        let fields = RwSignal::new(Roster::default());
        let typing = RwSignal::new(false);
        let turn = memo::number(move |before| {
            let now = state.open.with(|open| open.as_ref().map(|it| it.dossier.roster.clone())).unwrap_or_default();
            if before.is_some() && fields.with_untracked(|it| *it == now) {
                return before.unwrap_or_default();
            }
            fields.update_untracked(|it| *it = now);
            before.unwrap_or_default() + 1
        });
        let settled = memo::turns(move |first| {
            let typed = !first && typing.get();
            (!typed).then(|| state.open.with(|open| open.as_ref().map(|it| it.dossier.clone())))
        });
        RosterEditor {
            state,
            of: state.of_open(),
            fields,
            typing,
            turn,
            settled,
            said: RwSignal::new(String::new()),
            looked: RwSignal::new(RosterTable::default()),
            into: RwSignal::new(RosterList::default()),
            beside: RwSignal::new(String::new()),
            lines: RwSignal::new(LINES),
            alone: RwSignal::new(None),
        }
    }

    pub fn roster(self) -> Roster {
        self.dossier(|it| it.roster.clone()).unwrap_or_default()
    }

    pub fn dossier<T>(self, of: impl FnOnce(&Dossier) -> T) -> Option<T> {
        self.state.open.with_untracked(|open| open.as_ref().map(|it| of(&it.dossier)))
    }

    /// A field shows this already.
    pub fn type_in(self, list: RosterList, at: usize, column: RosterColumn, cell: EntryCell) {
        if !self.typing.get_untracked() {
            self.typing.set(true);
        }
        self.said.set(String::new());
        let mut roster = self.roster();
        roster.set_cell(list, at, column, cell);
        self.fields.update_untracked(|it| it.clone_from(&roster));
        let field = FIELDS + ((at as u64) << 8 | (list as u64) << 6 | column as u64);
        self.state.type_in(self.of, field, move |it| it.roster = roster);
    }

    /// The field is left.
    pub fn leave(self) {
        if self.typing.get_untracked() {
            self.typing.set(false);
        }
    }

    /// A change that the fields are made anew for.
    pub fn edit(self, words: String, change: impl FnOnce(&mut Roster)) {
        self.leave();
        self.state.edit(self.of, |it| change(&mut it.roster));
        self.said.set(words);
    }

    /// A change of something else in the dossier.
    pub fn edit_dossier(self, words: String, change: impl FnOnce(&mut Dossier)) {
        self.leave();
        self.state.edit(self.of, change);
        self.said.set(words);
    }
}
