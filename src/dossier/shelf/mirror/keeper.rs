//! When the mirror is asked, what it is asked, and what can be said of saving meanwhile. The mirror itself is beyond this:
//! whoever has it asks with `ask`, gives what comes to `answer` within one transaction, writes what that returns, and
//! says with `done` how it ended.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::dossier::shelf::{Shelf, Store};

use super::laid::{in_store, lay, rank_of};
use super::noted::Noted;
use super::{GONE, Laid, Mirrored, add_once, sums, unit_of};

/// What to read in the mirror.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MirrorAsk {
    /// Every entry.
    All,
    /// The entries of these names.
    Of(Vec<String>),
}

/// What can be asked now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum MirrorPhase {
    /// Everything is to be compared first.
    #[default]
    New,
    /// An answer is to come.
    Busy,
    Ready,
    /// It failed twice, or did not answer in time: it is asked again with the next change.
    Failed,
}

/// Keeps the mirror up to date.
#[derive(Default)]
pub struct Keeper {
    /// What was changed and is not in the mirror yet.
    pub(super) noted: Noted,
    phase: Cell<MirrorPhase>,
    /// The number of the last question.
    turn: Cell<u32>,
    /// Everything was compared once, or will not be soon.
    begun: Cell<bool>,
    /// Something is to be saved once that is so.
    waited: Cell<bool>,
    failures: Cell<u32>,
    /// Changes that were there when it was asked, and those that are written.
    covered: Cell<u32>,
    written: Cell<u32>,
    /// The units that were written and not read back yet, with the checksums of their texts.
    unread: RefCell<Vec<(String, u32)>>,
    /// How often in a row something that was written was not there.
    missed: Cell<u32>,
    /// The marks that what is being written makes superfluous, with their texts.
    marks: Cell<Vec<(String, String)>>,
    laid: Cell<Laid>,
    /// The mirror had nothing when everything was compared.
    empty: Cell<bool>,
    /// It has been emptied since it was written.
    emptied: Cell<bool>,
}

/// What was written so often and is not there is not kept there.
const MOST_MISSED: u32 = 3;
/// The checksum of no text, for what is not to be written before it is there again.
const NEVER: u32 = 1;
/// Says that the mirror had something once.
const MIRRORED: &str = "zp1/mirror";

impl Keeper {
    /// For a browser that keeps nothing: asks nothing, and nothing is to be expected of it.
    pub fn idle() -> Rc<Keeper> {
        let keeper: Rc<Keeper> = Rc::default();
        keeper.phase.set(MirrorPhase::Ready);
        keeper.begun.set(true);
        keeper
    }

    /// What is to be asked now, if anything, and the number of the question.
    pub fn ask(&self) -> Option<(MirrorAsk, u32)> {
        let mut names = self.noted.names();
        for (name, _) in self.unread.borrow().iter() {
            add_once(&mut names, name);
        }
        let ask = match self.phase.get() {
            MirrorPhase::Busy => return None,
            MirrorPhase::New => MirrorAsk::All,
            MirrorPhase::Ready | MirrorPhase::Failed if names.is_empty() => return None,
            // what failed is tried again with the next change
            MirrorPhase::Failed if self.noted.count.get() == self.covered.get() => return None,
            MirrorPhase::Failed => MirrorAsk::All,
            MirrorPhase::Ready => MirrorAsk::Of(names),
        };
        self.phase.set(MirrorPhase::Busy);
        self.turn.set(self.turn.get() + 1);
        self.covered.set(self.noted.count.get());
        Some((ask, self.turn.get()))
    }

    /// Takes the entries that were found when this was asked; returns those to be written in the same transaction. The name
    /// of an entry is its first line.
    pub fn answer<S: Store + ?Sized>(
        &self,
        shelf: &Shelf<S>,
        ask: &MirrorAsk,
        found: &[String],
        now: u64,
    ) -> Vec<String> {
        let (mut entries, mut laid) = (Vec::new(), Laid::default());
        for one in found {
            match Mirrored::read(one) {
                Some(entry) => entries.push(entry),
                None => laid.damaged += 1,
            }
        }
        let (mut writes, mut unread, mut marks, mut missed) = (Vec::new(), Vec::new(), Vec::new(), false);
        for (name, sum) in self.unread.take() {
            // is there what was written, or something that came after it?
            missed |= !entries.iter().any(|it| it.0 == name && it.1.knows(sum));
        }
        self.missed.set(if missed { self.missed.get() + 1 } else { 0 });
        for name in self.names(shelf, ask, &entries) {
            let kept = entries.iter().find(|it| it.0 == name).map(|it| &it.1);
            let (mut ours, lies) = in_store(shelf, &name);
            if let Some(noted) = self.noted.units.borrow().iter().find(|it| it.name == name) {
                let (removed, last) = (noted.removed, noted.before.first().copied().unwrap_or_default());
                let here = ours.knows(last);
                if !removed && !here && !kept.is_some_and(|it| it.knows(last)) {
                    // saved and gone, but nobody removed it: only the page that saved it has it
                    laid.lost += 1;
                    unread.push((name, NEVER));
                    continue;
                }
                if let Some(kept) = kept.filter(|_| removed && ours.text.is_none()) {
                    // what the mirror has of it was removed, whatever that is
                    ours.before.push(kept.sum());
                }
                // where only the mirror has what was saved last, or what another page made of it, the store has lost it
                if removed || here || rank_of(&name, kept) <= rank_of(&name, Some(&ours)) {
                    ours.before.extend_from_slice(&noted.before);
                }
            }
            let mark = format!("{GONE}{name}");
            if let Some(text) = shelf.store.get(&mark) {
                // what lies there and cannot be read was not removed
                if ours.text.is_some() || !lies {
                    ours.before.extend_from_slice(&sums(&text));
                }
                marks.push((mark, text));
            }
            if lay(shelf, &name, &ours, kept, now, &mut laid) {
                let unit = ours.after(kept);
                writes.push(unit.entry(&name));
                unread.push((name, unit.sum()));
            }
        }
        self.unread.replace(unread);
        self.marks.set(marks);
        self.laid.set(laid);
        writes
    }

    /// The units to be compared: those that were asked for, or all that are anywhere.
    fn names<S: Store + ?Sized>(
        &self,
        shelf: &Shelf<S>,
        ask: &MirrorAsk,
        entries: &[(String, Mirrored)],
    ) -> Vec<String> {
        if let MirrorAsk::Of(names) = ask {
            return names.clone();
        }
        if entries.is_empty() {
            self.empty.set(true);
            if shelf.store.get(MIRRORED).is_some() {
                self.emptied.set(true);
            }
        }
        // a store that once lists nothing still has what this page wrote
        let mut names = self.noted.names();
        for key in shelf.store.keys() {
            let marked = key.strip_prefix(GONE).filter(|it| !it.as_bytes().contains(&b'\n'));
            if let Some(name) = marked.or_else(|| unit_of(&key)) {
                add_once(&mut names, name);
            }
        }
        for (name, _) in entries {
            add_once(&mut names, name);
        }
        names
    }

    /// The transaction ended: `ok` where all was written. Returns what was done to the store.
    pub fn done<S: Store + ?Sized>(&self, shelf: &Shelf<S>, ok: bool) -> Laid {
        self.begun.set(true);
        // what was written counts once it is read back, and what is gone once it is there again
        let unread = !self.unread.borrow().is_empty();
        if !ok || MOST_MISSED < self.missed.get() {
            self.missed.set(0);
            let again = self.failures.get() == 0;
            self.failures.set(self.failures.get() + 1);
            self.phase.set(if again { MirrorPhase::New } else { MirrorPhase::Failed });
            self.noted.alone.set(!again || self.noted.alone.get());
            return self.laid.take();
        }
        self.phase.set(MirrorPhase::Ready);
        if unread {
            return self.laid.take();
        }
        self.failures.set(0);
        self.noted.alone.set(false);
        self.noted.settle(self.covered.get());
        self.written.set(self.covered.get());
        for (mark, text) in self.marks.take() {
            if shelf.store.get(&mark).as_ref() == Some(&text) {
                shelf.store.remove(&mark);
            }
        }
        // a mirror that never had anything is not missed
        if shelf.store.get(MIRRORED).is_none() && shelf.store.keys().iter().any(|it| unit_of(it).is_some()) {
            // where there is no room for it, only losing the mirror is not noticed
            let _ = shelf.store.set(MIRRORED, "1");
        }
        self.laid.take()
    }

    /// The question of this number was not answered in time, and may never be: a database that is closed while it writes says
    /// nothing. With the next change everything is asked anew; what comes before that still counts.
    pub fn late(&self, turn: u32) -> bool {
        let late = self.phase.get() == MirrorPhase::Busy && self.turn.get() == turn;
        if late {
            self.noted.alone.set(true);
            self.begun.set(true);
            self.phase.set(MirrorPhase::Failed);
        }
        late
    }

    /// Is everything in the mirror, or nothing to be expected of it?
    pub fn is_settled(&self) -> bool {
        self.noted.alone.get() || self.written.get() == self.noted.count.get()
    }

    /// Does the mirror fail, or not answer?
    pub fn is_alone(&self) -> bool {
        self.noted.alone.get()
    }

    /// Asked by whoever has something to save: is everything still to be compared? What can wait should be saved after that.
    pub fn is_waited_for(&self) -> bool {
        self.waited.set(!self.begun.get());
        self.waited.get()
    }

    /// Once: is that over which somebody waited for?
    pub fn was_waited_for(&self) -> bool {
        self.begun.get() && self.waited.take()
    }

    /// Once: the mirror had something and was found empty.
    pub fn was_emptied(&self) -> bool {
        self.emptied.take()
    }

    /// Once: the first thing worth keeping was written.
    pub fn is_first(&self) -> bool {
        self.written.get() != 0 && self.empty.take()
    }
}
