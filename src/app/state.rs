//! What the app knows: where we are, which dossier is open, and whether it is saved.

mod beyond;
mod bin;
mod editing;
mod editions;
mod joining;
mod keeping;
mod mirroring;
mod telling;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use crate::dossier::{Base, Clash, Dossier, History, Keeper, NotSaved, Sheet, Shelf, Store};
use crate::filing::Rules;
use crate::filing::route::FilingAnswers;
use crate::rubric::Edition;

use super::address::{Address, AppPart, SheetOf};
use super::browser::{self, BookFile, Shortcut};
use super::data;

pub use beyond::{Beyond, Joining};

/// Handed to every view. Everything in it is a handle, so it copies.
#[derive(Clone, Copy)]
pub struct State {
    /// What a page that is rendered to a file shows. Live, it comes with the data.
    still: (&'static [Edition], &'static [Rules]),
    /// The path of the site's root, with a slash at its end; `../../` where a page is rendered to a file.
    pub root: &'static str,
    /// Where below it the pages of this edition lie: empty for the newest, else its id and a slash.
    folder: &'static str,
    /// False where a page is rendered to a file: no controls there.
    pub live: bool,
    pub address: RwSignal<Address>,
    pub open: RwSignal<Option<Open>>,
    /// What was answered on the guided start of a dossier that is not there yet.
    pub draft: RwSignal<FilingAnswers>,
    pub saved: RwSignal<Saved>,
    /// False where the browser keeps nothing.
    pub keeps: bool,
    /// What just happened, in words, where nothing else on the page shows it.
    pub told: RwSignal<String>,
    /// The same as a screen reader hears it: steps may be taken back faster than they are said.
    pub heard: RwSignal<String>,
    /// Takes back what `told` says was done.
    pub offered: RwSignal<Option<Undo>>,
    /// Turns with every step made, undone or done again.
    stepped: RwSignal<bool>,
    /// Goes up with every part that was fetched ahead.
    ahead: RwSignal<u64>,
    /// Turns when the list of dossiers may have changed.
    listed: RwSignal<bool>,
    /// Turns with every answer of the mirror.
    settled: RwSignal<bool>,
    kept: StoredValue<Keeping, LocalStorage>,
}

/// A dossier by a number, which copies. A page and each of its fields know for which dossier they were made, and say so with
/// every change: a browser reports the text of a field that is taken off the page, and by then another one may be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DossierKey(usize);

/// What is no signal.
struct Keeping {
    shelf: Shelf<dyn Store>,
    /// Of the mirror; idle where the browser keeps nothing.
    keeper: Rc<Keeper>,
    /// Until the window is closed; none where the browser keeps nothing.
    session: Option<Box<dyn Store>>,
    /// The saving that is to come.
    timer: Cell<Option<TimeoutHandle>>,
    /// When the first change came that is not saved yet.
    waiting: Cell<Option<u64>>,
    /// Something was just removed.
    pressed: Cell<bool>,
    /// The steps of the open dossier.
    history: RefCell<History>,
    /// A page of the app is loaded as a file: where the browser keeps nothing, the window still takes it there.
    going_on: Cell<bool>,
    /// What lies behind seams.
    beyond: Cell<Option<Beyond>>,
    /// The part that says a dossier in words is there.
    has_words: Cell<bool>,
    /// A workbook on its way to the page that reads it.
    brought: RefCell<Option<BookFile>>,
    /// The parts that are there.
    parts: RefCell<Vec<AppPart>>,
    /// The page was come to by a link, and not by loading it or going back.
    went_on: Cell<bool>,
    /// Turns with every page that is asked for: what comes late for an earlier one is let go.
    asked: Cell<u32>,
    /// The dossiers that were open on this page; a key is a place in it.
    met: RefCell<Vec<String>>,
    /// Dossiers that were left and could not be saved.
    aside: RefCell<Vec<Open>>,
    /// What two pages changed differently, until somebody chooses.
    clashes: RefCell<Vec<(DossierKey, Clash)>>,
}

/// Takes back what was just done.
pub type Undo = Arc<dyn Fn() + Send + Sync>;

/// The dossier being worked on.
#[derive(Clone)]
pub struct Open {
    pub id: String,
    /// The same for what is made for it.
    pub key: DossierKey,
    pub dossier: Dossier,
    /// Edits since the last backup file.
    pub edits: u32,
    /// One of its two records was damaged; the other one is shown.
    pub mended: bool,
    /// A newer version of this program wrote it: to be read and not changed.
    pub read_only: bool,
    /// What lay on the shelf when it was taken from there.
    base: Base,
    /// What was saved of it, latest first, with its revision.
    known: Vec<(u64, Dossier)>,
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

/// In milliseconds.
const PRESSED: u64 = 700;

impl State {
    /// For rendering a page to a file.
    pub fn still(editions: &'static [Edition], rules: &'static [Rules], root: &'static str, address: Address) -> State {
        State::new((editions, rules), root, address, [None, None], false)
    }

    /// For the browser.
    pub fn live(root: &'static str) -> State {
        let (path, query, _) = browser::here();
        let below = path.leak().strip_prefix(root).unwrap_or_default();
        let folder = editions::folder_of(below);
        let stores = [browser::local_store(), browser::session_store()];
        let address = editions::address_in(folder, below, &query);
        let state = State::new((&[], &[]), root, address, stores, true).within(folder);
        state.shelf(|it| it.empty_bin(browser::now()));
        state.enter();
        state
    }

    fn new(
        still: (&'static [Edition], &'static [Rules]),
        root: &'static str,
        address: Address,
        [store, session]: [Option<Box<dyn Store>>; 2],
        live: bool,
    ) -> State {
        let writer = if live { browser::chance() } else { 0 };
        let keeps = store.is_some();
        let (store, keeper) = mirroring::watched(store, live);
        let parts = address.part().into_iter().collect();
        State {
            still,
            root,
            folder: "",
            live,
            address: RwSignal::new(address),
            open: RwSignal::new(None),
            draft: RwSignal::new(FilingAnswers::default()),
            saved: RwSignal::new(Saved::Unchanged),
            keeps,
            listed: RwSignal::new(false),
            settled: RwSignal::new(false),
            told: RwSignal::new(String::new()),
            heard: RwSignal::new(String::new()),
            offered: RwSignal::new(None),
            stepped: RwSignal::new(false),
            ahead: RwSignal::new(0),
            kept: StoredValue::new_local(Keeping {
                shelf: Shelf { writer, store },
                keeper,
                session,
                timer: Cell::new(None),
                waiting: Cell::new(None),
                pressed: Cell::new(false),
                history: RefCell::default(),
                going_on: Cell::new(false),
                beyond: Cell::new(None),
                has_words: Cell::new(false),
                brought: RefCell::default(),
                parts: RefCell::new(parts),
                went_on: Cell::new(false),
                asked: Cell::new(0),
                met: RefCell::default(),
                aside: RefCell::default(),
                clashes: RefCell::default(),
            }),
        }
    }

    /// Follows links, the back button, other tabs, the end of the page and the keys; `save` is what Ctrl+S does.
    pub fn listen(self, save: fn(State), beyond: Beyond) {
        self.kept.with_value(|it| it.beyond.set(Some(beyond)));
        browser::on_link(self.root, move |path, query, address, shown| {
            let file = address.clone();
            self.go_to(
                editions::address_in(self.folder, path, query),
                move || shown(&address),
                move || browser::load(&file),
            )
        });
        browser::on_back(move || {
            let (path, query, _) = browser::here();
            let below = path.strip_prefix(self.root).unwrap_or_default();
            let address = editions::address_in(self.folder, below, &query);
            // within a page the browser finds its way itself
            let stays = self.address.with_untracked(|it| *it == address);
            if stays {
                // back again before the part for where it led was there
                self.turn();
            } else {
                let shows = self.go_to(address, || {}, browser::reload);
                self.kept.with_value(|it| it.went_on.set(false));
                if !shows {
                    browser::reload();
                }
            }
        });
        browser::on_leave(move || self.flush(), move || self.look_again());
        browser::before_leaving(move || {
            self.flush();
            let leaves = !self.keeps && !self.kept.with_value(|it| it.going_on.get());
            let lost = self.open.with_untracked(|open| open.as_ref().is_some_and(|it| it.unsaved || leaves));
            let lost =
                lost || self.kept.with_value(|it| !it.aside.borrow().is_empty() || !it.clashes.borrow().is_empty());
            if leaves {
                browser::hide_window();
            }
            lost
        });
        browser::help_typing(move || {
            self.look_again();
            self.flush();
        });
        browser::on_shortcut(move |shortcut| match shortcut {
            Shortcut::Save => save(self),
            Shortcut::Undo => self.undo(),
            Shortcut::Redo => self.redo(),
        });
        browser::guard_pasting(move |words| self.tell(words));
    }

    /// A sheet of the open dossier with its dossier, if it is there and of this annex.
    pub fn sheet_of(self, of: &SheetOf, annex: u8) -> Option<(Dossier, Sheet)> {
        self.open.with(|open| {
            let open = open.as_ref().filter(|it| it.id == of.dossier)?;
            let sheet = open.dossier.sheet(of.sheet).filter(|it| it.annex == annex)?;
            Some((open.dossier.clone(), sheet.clone()))
        })
    }

    /// False for the second press of a double click, which may meet what moved up under the pointer.
    pub fn once(self) -> bool {
        let first = self.kept.with_value(|it| !it.pressed.replace(true));
        browser::after(PRESSED, move || self.kept.with_value(|it| it.pressed.set(false)));
        first
    }

    /// A workbook that was chosen or dropped here is read on the page for workbooks; `false` for any other file.
    pub fn bring(self, event: &leptos::ev::Event) -> bool {
        let Some(file) = browser::book_of(event) else { return false };
        self.kept.with_value(|it| it.brought.replace(Some(file)));
        self.visit(Address::Workbook);
        true
    }

    /// The workbook that was brought, once.
    pub fn brought(self) -> Option<BookFile> {
        self.kept.with_value(|it| it.brought.take())
    }

    /// Goes there and enters it into the history.
    pub fn visit(self, address: Address) {
        let href = self.href(&address);
        let (there, file) = (href.clone(), href.clone());
        let shown = move || {
            browser::push(&there);
            browser::after(0, || browser::focus("h1"));
        };
        if !self.go_to(address, shown, move || browser::load(&file)) {
            browser::load(&href);
        }
    }

    /// False for a page that the app does not show: the browser loads its file. Else the page is shown as soon as the part
    /// for it is there, and `shown` is called; `failed` is called where the part cannot be had.
    fn go_to(self, address: Address, shown: impl FnOnce() + 'static, failed: impl FnOnce() + 'static) -> bool {
        self.kept.with_value(|it| it.went_on.set(true));
        self.flush();
        let turn = self.turn();
        let its_own = |annex: u8| self.edition().rubric(annex).is_some();
        let known = data::is_whole()
            || matches!(&address, Address::Sheet(annex, _) | Address::Form(annex, _) if its_own(*annex));
        let Some(part) = address.part() else {
            // boot.js of every page of the site takes care of the window's name; what else lies on the host has none
            self.leaves(address != Address::Missing);
            return false;
        };
        if known && self.kept.with_value(|it| it.parts.borrow().contains(&part)) {
            self.open_page(address);
            shown();
            return true;
        }
        let current = move || self.kept.with_value(|it| it.asked.get() == turn);
        let there = move || {
            self.kept.with_value(|it| it.parts.borrow_mut().push(part));
            if current() {
                // the page before was filled in meanwhile
                self.flush();
                self.open_page(address);
                shown();
            }
        };
        let not = move || {
            if current() {
                self.flush();
                self.leaves(true);
                failed();
            }
        };
        browser::fetch_part(part.name(), there, not);
        true
    }

    fn open_page(self, address: Address) {
        browser::wear_style_of(address.part().map_or("", AppPart::name));
        // what an input method has not finished yet belongs to the dossier that is still open
        browser::leave_field();
        self.flush();
        // whoever follows the store looks at it once more
        self.relist();
        self.address.set(address);
        self.enter();
    }

    /// The browser loads a file next; does the app go on there? Pages that only read have none that would empty the window's
    /// name after them.
    fn leaves(self, goes_on: bool) {
        if goes_on && !self.keeps {
            browser::show_window();
        }
        self.kept.with_value(|it| it.going_on.set(goes_on));
    }

    /// Whatever was asked for before is no longer wanted.
    fn turn(self) -> u32 {
        self.kept.with_value(|kept| {
            let turn = kept.asked.get().wrapping_add(1);
            kept.asked.set(turn);
            turn
        })
    }
}
