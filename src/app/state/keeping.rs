//! Reading from the shelf and saving to it: which dossier is open, when it is saved, what another tab did meanwhile,
//! the bin.

use leptos::prelude::*;

use crate::app::address::{Address, SheetOf};
use crate::app::browser;
use crate::app::part::label;
use crate::dossier::{BIN_DAYS, Base, Dossier, History, Listed, NotSaved, Sheet, Shelf, Store};

use super::{Open, Saved, State};

const DAY: u64 = 24 * 60 * 60;
/// Begins the key under which the window's session storage holds the undo steps of a dossier.
const STEPS: &str = "zp1/steps/";

impl State {
    /// Opens the dossier that the address names.
    pub(super) fn enter(self) {
        let id = self.address.with_untracked(|it| it.dossier().map(str::to_owned));
        let Some(id) = id else { return };
        if self.open.with_untracked(|open| open.as_ref().is_some_and(|it| it.id == id)) {
            return;
        }
        self.load(id);
    }

    fn load(self, id: String) {
        let found = self.shelf(|it| it.load(&id));
        self.saved.set(Saved::Unchanged);
        let open = found.and_then(|found| match found {
            Listed::Good { id, envelope, base, mended } => {
                let (dossier, edits) = (envelope.dossier, envelope.edits);
                Some(Open { id, dossier, edits, mended, read_only: false, base, unsaved: false })
            }
            Listed::Newer { id, older, .. } => {
                self.saved.set(Saved::Not(NotSaved::NewerProgram));
                let dossier = older?.dossier;
                let base = Base::default();
                Some(Open { id, dossier, edits: 0, mended: false, read_only: true, base, unsaved: false })
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
            self.load(id.to_owned());
        }
        let can = self.open.with_untracked(|open| open.as_ref().is_some_and(|it| it.id == id && !it.read_only));
        if can {
            self.edit(change);
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
        let Some(open) = self.open.get_untracked().filter(|it| !it.unsaved) else { return self.relist() };
        match self.found(&open.id) {
            Some(Listed::Good { base, .. }) if open.base.overwritten(&base) => {
                self.open.update(|open| {
                    if let Some(open) = open {
                        open.unsaved = true;
                    }
                });
                self.saved.set(Saved::Not(NotSaved::ChangedElsewhere));
            }
            Some(Listed::Good { base, .. }) if base.latest != open.base.latest => self.load(open.id),
            Some(Listed::Newer { .. }) if !open.read_only => self.load(open.id),
            // another page emptied the window's name when it left
            None if !self.keeps => {
                self.open.update_untracked(|open| {
                    if let Some(open) = open {
                        open.unsaved = true;
                    }
                });
                self.flush();
            }
            Some(_) | None => {}
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
        self.kept.with_value(|it| with(&it.shelf))
    }

    /// Puts new dossiers on the shelf; returns the id of the last. `None` where there is no room, which a banner then
    /// says.
    pub fn create(self, dossiers: Vec<Dossier>) -> Option<String> {
        self.create_all(dossiers).1
    }

    /// The same, and how many of them are really saved.
    pub fn create_all(self, dossiers: Vec<Dossier>) -> (usize, Option<String>) {
        self.flush();
        if let Err(why) = self.shelf(|it| it.room_for(dossiers.len())) {
            self.saved.set(Saved::Not(why));
            return (0, None);
        }
        let (mut n, mut last) = (0, None);
        for dossier in dossiers {
            let id = browser::new_id();
            self.kept.with_value(|it| it.history.take());
            self.open.set(Some(Open {
                id: id.clone(),
                dossier,
                edits: 0,
                mended: false,
                read_only: false,
                base: Base::default(),
                unsaved: true,
            }));
            self.flush();
            last = Some(id);
            n += usize::from(self.open.with_untracked(|open| open.as_ref().is_some_and(|it| !it.unsaved)));
        }
        self.relist();
        (n, last)
    }

    /// Saves now what is not saved yet.
    pub fn flush(self) {
        let Some(open) = self.open.get_untracked().filter(|it| it.unsaved && !it.read_only) else { return };
        self.kept.with_value(|it| it.waiting.set(None));
        let Open { id, dossier, edits, mut base, .. } = open;
        let gone = base.latest.revision != 0 && self.keeps && !self.shelf(|it| it.has(&id));
        match self.shelf(|it| it.save(&id, &dossier, &mut base, edits, browser::now())) {
            Ok(()) => {
                if gone {
                    self.tell("浏览器里的数据被清理过，这份自评已按本页的内容重新保存。".to_owned());
                }
                if dossier.binned.is_none() {
                    self.note_last(Some((&id, &dossier)));
                }
                self.remember(&id, &base);
                self.open.update_untracked(|open| {
                    if let Some(open) = open {
                        (open.base, open.unsaved) = (base, false);
                    }
                });
                self.saved.set(Saved::At(browser::clock()));
            }
            Err(why) => self.saved.set(Saved::Not(why)),
        }
    }

    /// Two tabs changed the same dossier: take what the other saved. What is unsaved here goes into the bin, as a copy.
    pub fn take_theirs(self) {
        let Some(open) = self.open.get_untracked() else { return };
        if open.unsaved {
            let mut mine = Dossier { binned: Some(browser::now()), ..open.dossier };
            mine.unit.push_str("（未采用的一份）");
            let id = browser::new_id();
            if let Err(why) = self.shelf(|it| it.save(&id, &mine, &mut Base::default(), 0, browser::now())) {
                // what is here is not given up before it is saved somewhere else
                return self.saved.set(Saved::Not(why));
            }
            self.tell("本页没有采用的修改在“我的自评”的回收站里，保留 7 天。".to_owned());
        }
        self.load(open.id);
    }

    /// Two tabs changed the same dossier: keep both, this one under a new name.
    pub fn keep_both(self) {
        let id = browser::new_id();
        self.open.update(|open| {
            if let Some(open) = open {
                open.id.clone_from(&id);
                open.base = Base::default();
                open.dossier.unit.push_str("（副本）");
            }
        });
        self.flush();
        let route = self.address.with_untracked(|route| match route.clone() {
            Address::Dossier(_) => Address::Dossier(Some(id)),
            Address::Scope(_) => Address::Scope(Some(id)),
            Address::Papers(_) => Address::Papers(Some(id)),
            Address::Compare(_) => Address::Compare(Some(id)),
            Address::Roster(_) => Address::Roster(Some(id)),
            Address::Evidence(_) => Address::Evidence(Some(id)),
            Address::Packet(_) => Address::Packet(Some(id)),
            Address::Share(_, sheet) => Address::Share(Some(id), sheet),
            Address::Sheet(annex, Some(of)) => Address::Sheet(annex, Some(SheetOf { dossier: id, ..of })),
            Address::Form(annex, of) => Address::Form(annex, SheetOf { dossier: id, ..of }),
            Address::Plan(Some(of)) => Address::Plan(Some(SheetOf { dossier: id, ..of })),
            Address::Versions(Some(of)) => Address::Versions(Some(SheetOf { dossier: id, ..of })),
            other => other,
        });
        self.visit(route);
    }

    /// Puts a dossier into the bin, or takes it out.
    pub fn bin(self, id: &str, binned: bool) {
        self.flush();
        let binned = binned.then(browser::now);
        let changed = self.shelf(|shelf| match shelf.load(id) {
            Some(Listed::Good { envelope, mut base, .. }) => {
                let dossier = Dossier { binned, ..envelope.dossier };
                shelf.save(id, &dossier, &mut base, envelope.edits, browser::now())
            }
            Some(Listed::Damaged { .. } | Listed::Newer { .. }) | None => Err(NotSaved::Refused),
        });
        if let Err(why) = changed {
            self.saved.set(Saved::Not(why));
        }
        self.note_latest();
        self.close(id);
    }

    /// Puts a copy of a sheet of the open dossier into the bin; returns the id of its record. `None` where there is no
    /// room.
    pub fn bin_sheet(self, sheet: &Sheet) -> Option<String> {
        let open = self.open.get_untracked()?;
        let (own, now) = (browser::new_id(), browser::now());
        self.shelf(|it| it.bin_sheet(&open.id, &open.dossier, sheet, &own, now)).ok()
    }

    /// Takes a deleted sheet out of the bin; returns the id of the dossier that has it now.
    pub fn put_back(self, id: &str) -> Option<String> {
        self.flush();
        match self.shelf(|it| it.put_back(id, browser::now())) {
            Ok(there) => {
                self.note_latest();
                self.close(&there);
                Some(there)
            }
            Err(why) => {
                self.saved.set(Saved::Not(why));
                None
            }
        }
    }

    /// Removes a dossier for good.
    pub fn remove(self, id: &str) {
        self.shelf(|it| it.remove(id));
        self.note_latest();
        self.close(id);
    }

    /// Notes for the home page which dossier is the latest, after one went into the bin, came out of it, or was
    /// removed.
    fn note_latest(self) {
        let latest = self.shelf(|it| it.latest());
        self.note_last(latest.as_ref().map(|(id, dossier)| (&**id, dossier)));
    }

    fn note_last(self, last: Option<(&str, &Dossier)>) {
        let last = last.map(|(id, dossier)| (Address::Dossier(Some(id.to_owned())).below_root(), label::unit(dossier)));
        self.shelf(|it| it.note_last(last.as_ref().map(|(address, name)| (&**address, *name))));
    }

    fn close(self, id: &str) {
        self.open.update(|open| {
            open.take_if(|it| it.id == id);
        });
        self.relist();
    }

    /// Removes what was in the bin for more than `BIN_DAYS`.
    pub(super) fn empty_bin(self) {
        for found in self.shelf(|it| it.list()) {
            if let Listed::Good { id, envelope, .. } = found
                && envelope.dossier.binned.is_some_and(|at| at + BIN_DAYS * DAY < browser::now())
            {
                self.shelf(|it| it.remove(&id));
            }
        }
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
    fn remember(self, id: &str, base: &Base) {
        self.kept.with_value(|kept| {
            if let Some(session) = &kept.session {
                // where there is no room, only the undo steps are lost
                let _ = session.set(&format!("{STEPS}{id}"), &kept.history.borrow().text(base.latest));
            }
        });
    }

    fn recall(self, open: Option<&Open>) {
        self.kept.with_value(|kept| {
            let steps = open.filter(|it| !it.read_only).zip(kept.session.as_ref()).and_then(|(open, session)| {
                History::recall(&session.get(&format!("{STEPS}{}", open.id))?, open.base.latest)
            });
            kept.history.replace(steps.unwrap_or_default());
        });
    }
}
