//! What lies in parts of the app that are fetched: the pages, a dossier in words, what the roster says about a row.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;

use crate::app::address::{Address, AppPart};
use crate::app::browser;
use crate::dossier::{About, Dossier};
use crate::rubric::{Edition, Row};

use super::State;

/// Says a dossier in words, for a backup file.
pub type InWords = fn(&'static Edition, &Dossier) -> About;

/// What the roster says about a row of a sheet, which is named by its number in the open dossier.
pub type InRoster = fn((State, u16), &Row) -> AnyView;

/// What is done where two pages changed one dossier.
#[derive(Clone, Copy)]
pub enum Joining {
    /// Puts both together and saves that; shows nothing.
    Merge,
    /// Shows what both changed differently, to be chosen.
    Ask,
}

/// What lies in parts of the app that are fetched: good as soon as the part is there.
#[derive(Clone, Copy)]
pub struct Beyond {
    /// Each page by its own part.
    pub page: fn(State, &Address) -> AnyView,
    /// In a part of its own.
    pub words: InWords,
    /// In the same part: a copy without words of the person.
    pub masked: fn(State, &Dossier) -> Dossier,
    /// In the part of the roster's page.
    pub listed: InRoster,
    /// In a part of its own.
    pub join: fn(State, &Joining) -> AnyView,
}

/// The part that says a dossier in words.
const WORDS: &str = "words";
/// After a page is there, what may be wanted next is fetched.
const AHEAD: u64 = 100;

impl State {
    /// Was the page loaded, or is somebody back on it? Then the browser scrolls to where it was.
    pub fn came_back(self) -> bool {
        self.kept.with_value(|it| !it.went_on.get())
    }

    /// A sheet that is being filled in is printed as its form, as soon as the part that shows it is there.
    pub fn print_forms(self, page: fn(State, &Address) -> AnyView) {
        let asked = move || -> Option<browser::OnPaper> {
            let Address::Sheet(annex, Some(of)) = self.address.get_untracked() else { return None };
            let form = Address::Form(annex, of);
            self.kept.with_value(|it| it.parts.borrow().contains(&AppPart::Form)).then(|| -> browser::OnPaper {
                browser::wear_style_of(AppPart::Form.name());
                Box::new(move || page(self, &form))
            })
        };
        let part = move || self.address.with_untracked(|it| it.part().map_or("", AppPart::name));
        browser::on_print(asked, move || browser::wear_style_of(part()));
    }

    /// Fetches a part ahead of time, so that it can be shown without waiting, or without a network.
    pub fn fetch_ahead(self, part: AppPart) {
        if !self.live || self.has_part(part) {
            return;
        }
        browser::after(AHEAD, move || {
            browser::fetch_part_quietly(part.name(), move || {
                self.kept.with_value(|it| it.parts.borrow_mut().push(part));
                self.ahead.update(|it| *it += 1);
            });
        });
    }

    /// What the roster says about a row, once the part that knows it is there.
    pub fn listed(self) -> Option<InRoster> {
        self.ahead.track();
        self.beyond().filter(|_| self.has_part(AppPart::Roster)).map(|it| it.listed)
    }

    pub(super) fn has_part(self, part: AppPart) -> bool {
        self.kept.with_value(|it| it.parts.borrow().contains(&part))
    }

    /// What two pages changed differently, to be chosen; once the part that shows it is there.
    pub fn ask(self) -> Option<AnyView> {
        let beyond = self.beyond().filter(|_| self.asks())?;
        Some((beyond.join)(self, &Joining::Ask))
    }

    pub fn asks(self) -> bool {
        self.has_part(AppPart::Join) && self.clashes()
    }

    pub(super) fn beyond(self) -> Option<Beyond> {
        self.kept.with_value(|it| it.beyond.get())
    }

    /// Fetches what says a dossier in words, so that a backup has them without a network too.
    pub fn fetch_words(self) {
        if self.live && !self.kept.with_value(|it| it.has_words.get()) {
            let there = move || self.kept.with_value(|it| it.has_words.set(true));
            browser::after(AHEAD, move || browser::fetch_part_quietly(WORDS, there));
        }
    }

    /// A copy without words of the person, once [`State::with_words`] has the part that makes it.
    pub fn masked(self, dossier: &Dossier) -> Option<Dossier> {
        self.beyond().filter(|_| self.kept.with_value(|it| it.has_words.get())).map(|it| (it.masked)(self, dossier))
    }

    /// Calls with what says a dossier in words, or with `None` where its part cannot be had.
    pub fn with_words(self, then: impl FnOnce(Option<InWords>) + 'static) {
        if self.kept.with_value(|it| it.has_words.get()) {
            return then(self.beyond().map(|it| it.words));
        }
        let then = Rc::new(Cell::new(Some(then)));
        let other = then.clone();
        let there = move || {
            self.kept.with_value(|it| it.has_words.set(true));
            if let Some(then) = then.take() {
                then(self.beyond().map(|it| it.words));
            }
        };
        let not = move || {
            if let Some(then) = other.take() {
                then(None);
            }
        };
        browser::fetch_part(WORDS, there, not);
    }
}
