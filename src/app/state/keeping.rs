//! Reading from the shelf and saving to it: which dossier is open, when it is saved, what another tab did meanwhile,
//! the bin.

use leptos::prelude::*;

use crate::app::address::{Address, AppPart};
use crate::app::browser;
use crate::app::part::label;
use crate::dossier::{Base, Dossier, History, Listed, NotSaved, Shelf, Store};

use super::beyond::Joining;
use super::{Open, Saved, State};

/// Begins the key under which the window's session storage holds the undo steps of a dossier.
const STEPS: &str = "zp1/steps/";
/// So many saved states of the open dossier are known: from one of them another page began.
const KNOWN: usize = 4;

impl State {
    /// Opens the dossier that the address names.
    pub(super) fn enter(self) {
        let id = self.address.with_untracked(|it| it.dossier().map(str::to_owned));
        let Some(id) = id else { return };
        if self.open.with_untracked(|open| open.as_ref().is_some_and(|it| it.id == id)) {
            return;
        }
        self.put_aside();
        self.load(id);
    }

    /// What could not be saved is kept in memory, for when there is room and for whoever comes back to it.
    fn put_aside(self) {
        if let Some(open) = self.open.get_untracked().filter(|it| it.unsaved && !it.read_only) {
            self.kept.with_value(|it| it.aside.borrow_mut().push(open));
        }
    }

    pub(super) fn load(self, id: String) {
        let aside = self.kept.with_value(|kept| {
            let mut aside = kept.aside.borrow_mut();
            let at = aside.iter().position(|it| it.id == id);
            at.map(|at| aside.swap_remove(at))
        });
        if let Some(open) = aside {
            self.recall(None);
            self.open.set(Some(open));
            self.step();
            return self.flush();
        }
        let found = self.shelf(|it| it.load(&id));
        self.saved.set(Saved::Unchanged);
        let open = found.and_then(|found| match found {
            Listed::Good { id, envelope, base, mended } => {
                let (dossier, edits) = (envelope.dossier, envelope.edits);
                let read_only = self.lacks(&dossier);
                if read_only {
                    self.saved.set(Saved::Not(NotSaved::NoEdition));
                }
                let known = vec![(base.latest.revision, dossier.clone())];
                Some(Open { key: self.key_of(&id), id, dossier, edits, mended, read_only, base, known, unsaved: false })
            }
            Listed::Newer { id, older, .. } => {
                self.saved.set(Saved::Not(NotSaved::NewerProgram));
                let dossier = older?.dossier;
                let base = Base::default();
                Some(Open {
                    key: self.key_of(&id),
                    id,
                    dossier,
                    edits: 0,
                    mended: false,
                    read_only: true,
                    base,
                    known: Vec::new(),
                    unsaved: false,
                })
            }
            Listed::Damaged { .. } => None,
        });
        self.recall(open.as_ref());
        self.open.set(open);
        self.step();
    }

    /// Opens a dossier from another page and changes it: one step to undo. False where it cannot be changed.
    pub fn edit_in(self, id: &str, change: impl FnOnce(&mut Dossier)) -> bool {
        if self.open.with_untracked(|open| open.as_ref().is_none_or(|it| it.id != id)) {
            self.flush();
            self.put_aside();
            self.load(id.to_owned());
        }
        let can = self.open.with_untracked(|open| open.as_ref().is_some_and(|it| it.id == id && !it.read_only));
        if can {
            self.edit(self.of_open(), change);
        }
        can
    }

    /// What the shelf has under an id, also where it cannot be opened.
    pub fn found(self, id: &str) -> Option<Listed> {
        self.shelf(|it| it.load(id))
    }

    /// Another tab may have saved meanwhile. Unsaved work stays; the next save will find the conflict.
    pub(super) fn look_again(self) {
        self.kept.with_value(|it| it.going_on.set(false));
        if browser::is_amid_word() {
            // putting something else into a field would throw away what an input method has not finished
            return;
        }
        let Some(open) = self.open.get_untracked().filter(|it| !it.unsaved) else { return self.relist() };
        match self.found(&open.id) {
            Some(Listed::Good { base, .. }) if open.base.overwritten(&base) => {
                self.open.update_untracked(|open| {
                    if let Some(open) = open {
                        open.unsaved = true;
                    }
                });
                self.flush();
            }
            Some(Listed::Good { base, .. }) if base.latest != open.base.latest => match self.steps() {
                (false, false) => self.load(open.id),
                // what this page did can still be taken back, and nothing else with it
                _ => self.join(),
            },
            Some(Listed::Newer { .. }) if !open.read_only => self.load(open.id),
            // the data were cleared, or another page emptied the window's name when it left
            None => self.flush(),
            Some(_) => {}
        }
        self.relist();
    }

    /// All dossiers on this machine, latest first.
    pub fn list(self) -> Vec<Listed> {
        self.listed.track();
        self.shelf(|it| it.list())
    }

    /// Follows whatever may have changed what the browser keeps: another tab, a page that comes back.
    pub fn follow_store(self) {
        self.listed.track();
    }

    pub fn relist(self) {
        self.listed.set(!self.listed.get_untracked());
    }

    pub fn shelf<T>(self, with: impl FnOnce(&Shelf<dyn Store>) -> T) -> T {
        let done = self.kept.with_value(|it| with(&it.shelf));
        self.mirror();
        done
    }

    /// Puts new dossiers on the shelf; returns the id of the last. `None` where there is no room, which a banner then
    /// says.
    pub fn create(self, dossiers: Vec<Dossier>) -> Option<String> {
        self.create_all(dossiers).1
    }

    /// The same, and how many of them are really saved: the first that finds no room ends it.
    pub fn create_all(self, dossiers: Vec<Dossier>) -> (usize, Option<String>) {
        self.flush();
        let wanted = dossiers.len();
        if let Err(why) = self.shelf(|it| it.room_for(dossiers.len())) {
            self.saved.set(Saved::Not(why));
            return (0, None);
        }
        let (mut n, mut last) = (0, None);
        for dossier in dossiers {
            let id = self.fresh_id();
            if let Err(why) = self.shelf(|it| it.save(&id, &dossier, &mut Base::default(), 0, browser::now())) {
                self.saved.set(Saved::Not(why));
                break;
            }
            self.note_last(Some((&id, &dossier)));
            last = Some(id);
            n += 1;
        }
        if let Some(id) = last.clone().filter(|_| n == wanted) {
            self.put_aside();
            self.load(id);
            self.saved.set(Saved::At(browser::clock()));
        }
        self.relist();
        (n, last)
    }

    /// What is in memory only.
    pub fn unsaved(self) -> Vec<(String, Dossier)> {
        let open = self.open.get_untracked().filter(|it| it.unsaved);
        let aside = self.kept.with_value(|it| it.aside.borrow().clone());
        aside.into_iter().chain(open).map(|it| (it.id, it.dossier)).collect()
    }

    /// An id that nothing has.
    pub(super) fn fresh_id(self) -> String {
        loop {
            let id = browser::new_id();
            if !self.shelf(|it| it.has(&id)) {
                return id;
            }
        }
    }

    /// Is nothing of ours in the store but the open dossier, which this page may have written again? Then the data were
    /// cleared, and nobody removed anything on purpose.
    pub fn is_cleared(self) -> bool {
        let open = self.open.with_untracked(|open| open.as_ref().map(|it| it.id.clone())).unwrap_or_default();
        // by bytes: what searches texts fast is 2 KB
        let names_it = |key: &str| key.as_bytes().windows(open.len().max(1)).any(|it| it == open.as_bytes());
        let own = |key: &str| names_it(key) || key == "zp1/last";
        self.shelf(|it| it.store.keys()).iter().all(|it| !it.starts_with("zp1/") || own(it))
    }

    /// Saves now what is not saved yet, and what was saved and is gone: the browser's data may have been cleared.
    pub fn flush(self) {
        self.kept.with_value(|kept| {
            kept.aside
                .borrow_mut()
                .retain_mut(|it| kept.shelf.save(&it.id, &it.dossier, &mut it.base, it.edits, browser::now()).is_err());
        });
        let Some(open) = self.open.get_untracked().filter(|it| !it.read_only) else { return };
        let Open { id, dossier, edits, mut base, unsaved, .. } = open;
        let gone = base.latest.revision != 0 && !self.shelf(|it| it.has(&id));
        if gone && dossier.binned.is_some() {
            // somebody removed it for good
            return self.close(&id);
        }
        if !unsaved && !gone {
            return;
        }
        self.kept.with_value(|it| it.waiting.set(None));
        match self.shelf(|it| it.save(&id, &dossier, &mut base, edits, browser::now())) {
            Ok(()) => {
                if gone && self.keeps {
                    self.tell("浏览器里的数据被清理过，这份自评已按本页的内容重新保存。".to_owned());
                }
                if dossier.binned.is_none() {
                    self.note_last(Some((&id, &dossier)));
                }
                self.remember(&id, &base, &dossier);
                self.open.update_untracked(|open| {
                    if let Some(open) = open {
                        open.known.insert(0, (base.latest.revision, dossier));
                        open.known.truncate(KNOWN);
                        (open.base, open.unsaved) = (base, false);
                    }
                });
                let saved =
                    if self.clashes() { Saved::Not(NotSaved::ChangedElsewhere) } else { Saved::At(browser::clock()) };
                self.saved.set(saved);
            }
            Err(NotSaved::ChangedElsewhere) => self.join(),
            Err(why) => self.saved.set(Saved::Not(why)),
        }
    }

    /// Another page changed the open dossier too: both are put together, once the part that can do it is there.
    fn join(self) {
        if browser::is_amid_word() {
            // tried again when the word is there
            return;
        }
        let join = move || {
            if let Some(beyond) = self.beyond() {
                let _ = (beyond.join)(self, &Joining::Merge);
            }
        };
        if self.has_part(AppPart::Join) {
            return join();
        }
        self.saved.set(Saved::Saving);
        let there = move || {
            self.kept.with_value(|it| it.parts.borrow_mut().push(AppPart::Join));
            join();
        };
        browser::fetch_part(AppPart::Join.name(), there, move || {
            self.saved.set(Saved::Not(NotSaved::ChangedElsewhere));
        });
    }

    /// Is there something of the open dossier that two pages changed differently, and nobody has chosen?
    pub(super) fn clashes(self) -> bool {
        let of = self.of_open();
        self.kept.with_value(|kept| kept.clashes.borrow().iter().any(|it| it.0 == of))
    }

    /// Notes for the home page which dossier is the latest, after one went into the bin, came out of it, or was
    /// removed.
    pub(super) fn note_latest(self) {
        let latest = self.shelf(|it| it.latest());
        self.note_last(latest.as_ref().map(|(id, dossier)| (&**id, dossier)));
    }

    fn note_last(self, last: Option<(&str, &Dossier)>) {
        let last = last.map(|(id, dossier)| (Address::Dossier(Some(id.to_owned())).below_root(), label::unit(dossier)));
        self.shelf(|it| it.note_last(last.as_ref().map(|(address, name)| (&**address, *name))));
    }

    pub(super) fn close(self, id: &str) {
        self.open.update(|open| {
            open.take_if(|it| it.id == id);
        });
        self.relist();
    }

    /// A backup file of these dossiers was made: their edits are counted from 0 again.
    pub fn backed_up(self, ids: &[String]) {
        for id in ids {
            let open = self.open.with_untracked(|open| open.as_ref().is_some_and(|it| it.id == *id));
            if open {
                self.open.update(|open| {
                    if let Some(open) = open.as_mut().filter(|it| 0 < it.edits) {
                        (open.edits, open.unsaved) = (0, true);
                    }
                });
                self.flush();
            } else {
                self.shelf(|shelf| {
                    if let Some(Listed::Good { envelope, mut base, .. }) = shelf.load(id)
                        && 0 < envelope.edits
                    {
                        // this is only a count: where it cannot be saved, the reminder comes again
                        let _ = shelf.save(id, &envelope.dossier, &mut base, 0, envelope.written);
                    }
                });
            }
        }
    }

    /// The undo steps go with the person from page to page, as long as nothing else changes the dossier.
    pub(super) fn remember(self, id: &str, base: &Base, dossier: &Dossier) {
        self.kept.with_value(|kept| {
            if let Some(session) = &kept.session {
                // where there is no room, only the undo steps are lost
                let _ = session.set(&format!("{STEPS}{id}"), &kept.history.borrow().text(base.latest, dossier));
            }
        });
    }

    pub(super) fn recall(self, open: Option<&Open>) {
        self.kept.with_value(|kept| {
            let steps = open.filter(|it| !it.read_only).zip(kept.session.as_ref()).and_then(|(open, session)| {
                History::recall(&session.get(&format!("{STEPS}{}", open.id))?, open.base.latest, &open.dossier)
            });
            kept.history.replace(steps.unwrap_or_default());
        });
    }
}
