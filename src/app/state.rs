//! What the app knows: where we are, which dossier is open, and whether it is saved.

use std::cell::Cell;
use std::sync::Arc;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use crate::dossier::{Dossier, Found, MemoryStore, NotSaved, Sheet, Shelf, Store};
use crate::filing::Rules;
use crate::rubric::{Edition, Rubric};

use super::browser;
use super::route::{Of, Program, Route};

/// Handed to every view. Everything in it is a handle, so it copies.
#[derive(Clone, Copy)]
pub struct State {
    /// Newest first.
    pub editions: &'static [Edition],
    /// The filing rules of each edition; none where a single sheet is filled in.
    pub rules: &'static [Rules],
    /// The path of the site's root, with a slash at its end; `../../` where a page is rendered to a file.
    pub root: &'static str,
    /// False where a page is rendered to a file: no controls there.
    pub live: bool,
    /// What runs here: pages of the other program are loaded as files.
    program: Program,
    pub route: RwSignal<Route>,
    pub open: RwSignal<Option<Open>>,
    pub saved: RwSignal<Saved>,
    /// False where the browser keeps nothing.
    pub keeps: bool,
    /// Turns when the list of dossiers may have changed.
    listed: RwSignal<bool>,
    kept: StoredValue<Kept, LocalStorage>,
}

/// What is no signal.
struct Kept {
    shelf: Shelf<dyn Store>,
    /// The saving that is to come.
    timer: Cell<Option<TimeoutHandle>>,
}

/// Takes back what was just done.
pub type Undo = Arc<dyn Fn() + Send + Sync>;

/// The dossier being worked on.
#[derive(Clone, PartialEq)]
pub struct Open {
    pub id: String,
    pub dossier: Dossier,
    /// The revision on the shelf that this one comes from.
    revision: u64,
    unsaved: bool,
}

/// How it stands with saving.
#[derive(Clone, PartialEq)]
pub enum Saved {
    /// Nothing was changed yet.
    Unchanged,
    Saving,
    /// Written and read back at this time of day.
    At(String),
    Not(NotSaved),
}

/// From a change to its saving: short enough to lose nothing, long enough not to save every letter.
const PAUSE: u64 = 300;

impl State {
    /// For rendering a page to a file.
    pub fn still(editions: &'static [Edition], rules: &'static [Rules], root: &'static str, route: Route) -> State {
        let program = route.program().unwrap_or(Program::Case);
        State::new(program, editions, rules, root, route, None, false)
    }

    /// For the browser.
    pub fn live(program: Program, editions: &'static [Edition], rules: &'static [Rules], root: &'static str) -> State {
        let (path, query, _) = browser::here();
        let route = Route::parse(path.strip_prefix(root).unwrap_or_default(), &query);
        let store = browser::local_store().map(|it| Box::new(it) as Box<dyn Store>);
        let state = State::new(program, editions, rules, root, route, store, true);
        state.enter();
        state
    }

    fn new(
        program: Program,
        editions: &'static [Edition],
        rules: &'static [Rules],
        root: &'static str,
        route: Route,
        store: Option<Box<dyn Store>>,
        live: bool,
    ) -> State {
        let keeps = store.is_some();
        let store = store.unwrap_or_else(|| Box::new(MemoryStore::default()));
        State {
            editions,
            rules,
            root,
            live,
            program,
            route: RwSignal::new(route),
            open: RwSignal::new(None),
            saved: RwSignal::new(Saved::Unchanged),
            keeps,
            listed: RwSignal::new(false),
            kept: StoredValue::new_local(Kept { shelf: Shelf(store), timer: Cell::new(None) }),
        }
    }

    /// Follows links, the back button, other tabs and the end of the page.
    pub fn listen(self) {
        browser::on_link(self.root, move |path, query| self.go_to(Route::parse(path, query)));
        browser::on_back(move || {
            let (path, query, _) = browser::here();
            if !self.go_to(Route::parse(path.strip_prefix(self.root).unwrap_or_default(), &query)) {
                browser::reload();
            }
        });
        browser::on_leave(move || self.flush(), move || self.look_again());
        browser::before_leaving(move || {
            self.flush();
            self.open.with_untracked(|it| it.as_ref().is_some_and(|it| it.unsaved || !self.keeps))
        });
        Effect::new(move |_| browser::set_title(&super::title(self.edition(), &self.route.get())));
    }

    /// The newest edition.
    pub fn edition(self) -> &'static Edition {
        self.editions.first().expect("a site has an edition")
    }

    pub fn edition_of(self, dossier: &Dossier) -> &'static Edition {
        self.editions.iter().find(|it| it.id == dossier.edition).unwrap_or_else(|| self.edition())
    }

    /// The rubric by which the open dossier is scored, or the newest.
    pub fn rubric(self, annex: u8) -> Option<(&'static Edition, &'static Rubric)> {
        let edition = self
            .open
            .with_untracked(|it| it.as_ref().map_or_else(|| self.edition(), |it| self.edition_of(&it.dossier)));
        edition.rubric(annex).map(|it| (edition, it))
    }

    /// A sheet of the open dossier with its unit, if it is there and of this annex.
    pub fn sheet_of(self, of: &Of, annex: u8) -> Option<(String, Sheet)> {
        self.open.with(|it| {
            let open = it.as_ref().filter(|it| it.id == of.dossier)?;
            let sheet = open.dossier.sheet(of.sheet).filter(|it| it.annex == annex)?;
            Some((open.dossier.unit.clone(), sheet.clone()))
        })
    }

    /// The address of a route for a link.
    pub fn href(self, route: &Route) -> String {
        format!("{}{}", self.root, route.address())
    }

    /// Goes there and enters it into the history.
    pub fn visit(self, route: Route) {
        let address = self.href(&route);
        if self.go_to(route) {
            browser::push(&address);
            browser::after(0, || browser::focus("h1"));
        } else {
            browser::load(&address);
        }
    }

    /// False for a page that the app does not show: the browser loads its file.
    fn go_to(self, route: Route) -> bool {
        let loaded = match &route {
            Route::Sheet(annex, _) | Route::Form(annex, _) => self.edition().rubric(*annex).is_some(),
            _ => true,
        };
        let loaded = loaded && route.program() == Some(self.program);
        if !loaded {
            return false;
        }
        self.flush();
        self.route.set(route);
        self.enter();
        true
    }

    /// Opens the dossier that the address names.
    fn enter(self) {
        let id = self.route.with_untracked(|it| it.dossier().map(str::to_owned));
        let Some(id) = id else { return };
        if self.open.with_untracked(|it| it.as_ref().is_some_and(|it| it.id == id)) {
            return;
        }
        self.load(id);
    }

    fn load(self, id: String) {
        let found = self.shelf(|it| it.load(&id));
        self.saved.set(Saved::Unchanged);
        self.open.set(found.map(|it| Open { id, dossier: it.dossier, revision: it.revision, unsaved: false }));
    }

    /// Another tab may have saved meanwhile. Unsaved work stays; the next save will tell.
    fn look_again(self) {
        let stale = self.open.with_untracked(|it| {
            let open = it.as_ref().filter(|it| !it.unsaved)?;
            let stored = self.shelf(|it| it.load(&open.id))?;
            (open.revision < stored.revision).then(|| open.id.clone())
        });
        if let Some(id) = stale {
            self.load(id);
        }
        self.relist();
    }

    /// All dossiers on this machine, latest first.
    pub fn list(self) -> Vec<Found> {
        self.listed.track();
        self.shelf(|it| it.list())
    }

    fn relist(self) {
        self.listed.set(!self.listed.get_untracked());
    }

    fn shelf<T>(self, with: impl FnOnce(&Shelf<dyn Store>) -> T) -> T {
        self.kept.with_value(|it| with(&it.shelf))
    }

    /// Puts a new dossier on the shelf and returns its id.
    pub fn create(self, dossier: Dossier) -> String {
        self.flush();
        let id = browser::new_id();
        self.open.set(Some(Open { id: id.clone(), dossier, revision: 0, unsaved: true }));
        self.flush();
        self.relist();
        id
    }

    /// Changes the open dossier; it is saved within half a second.
    pub fn edit(self, change: impl FnOnce(&mut Dossier)) {
        self.open.update(|it| {
            if let Some(open) = it {
                change(&mut open.dossier);
                open.unsaved = true;
            }
        });
        self.saved.set(Saved::Saving);
        self.kept.with_value(|it| {
            let next = browser::after(PAUSE, move || self.flush());
            if let Some(running) = it.timer.replace(next) {
                running.clear();
            }
        });
    }

    /// Saves now what is not saved yet.
    pub fn flush(self) {
        let Some(open) = self.open.get_untracked().filter(|it| it.unsaved) else { return };
        let saved = self.shelf(|it| it.save(&open.id, &open.dossier, open.revision, browser::now()));
        match saved {
            Ok(revision) => {
                self.open.update_untracked(|it| {
                    if let Some(open) = it {
                        (open.revision, open.unsaved) = (revision, false);
                    }
                });
                self.saved.set(Saved::At(browser::clock()));
            }
            Err(why) => self.saved.set(Saved::Not(why)),
        }
    }

    /// Two tabs changed the same dossier: take what the other saved, giving up what is unsaved here.
    pub fn take_theirs(self) {
        if let Some(id) = self.open.with_untracked(|it| it.as_ref().map(|it| it.id.clone())) {
            self.load(id);
        }
    }

    /// Two tabs changed the same dossier: keep both, this one under a new name.
    pub fn keep_both(self) {
        let id = browser::new_id();
        self.open.update(|it| {
            if let Some(open) = it {
                open.id.clone_from(&id);
                open.revision = 0;
                open.dossier.unit.push_str("（副本）");
            }
        });
        self.flush();
        let route = self.route.with_untracked(|it| match it.clone() {
            Route::Dossier(_) => Route::Dossier(Some(id)),
            Route::Sheet(annex, Some(of)) => Route::Sheet(annex, Some(Of { dossier: id, ..of })),
            Route::Form(annex, of) => Route::Form(annex, Of { dossier: id, ..of }),
            other => other,
        });
        self.visit(route);
    }

    /// Puts a dossier into the bin, or takes it out.
    pub fn bin(self, id: &str, binned: bool) {
        self.flush();
        let changed = self.shelf(|shelf| {
            let mut found = shelf.load(id)?;
            found.dossier.binned = binned.then(browser::now);
            shelf.save(id, &found.dossier, found.revision, browser::now()).ok()
        });
        if changed.is_none() {
            self.saved.set(Saved::Not(NotSaved::Refused));
        }
        self.open.update(|it| {
            it.take_if(|it| it.id == id);
        });
        self.relist();
    }

    /// Removes a dossier for good.
    pub fn remove(self, id: &str) {
        self.shelf(|it| it.remove(id));
        self.open.update(|it| {
            it.take_if(|it| it.id == id);
        });
        self.relist();
    }
}
