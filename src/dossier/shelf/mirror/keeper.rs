//! When the mirror is asked, what it is asked, and what can be said of saving meanwhile. The mirror itself is beyond this:
//! whoever has it asks with `ask`, gives what comes to `answer` within one transaction, writes what that returns, and
//! says with `done` how it ended.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::dossier::shelf::{Shelf, Store};

use super::laid::{in_store, lay, lies, rank_of};
use super::noted::Noted;
use super::{GONE, Laid, Mirrored, Watched, sums, unit_of};

/// What to read in the mirror.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MirrorAsk {
    /// Every entry.
    All,
    /// The entries of these names.
    Of(Vec<String>),
}

/// What can be asked now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MirrorPhase {
    /// Everything is to be compared first.
    New,
    /// An answer is to come.
    Busy,
    Ready,
    /// It failed twice, or did not answer in time: it is asked again with the next change.
    Failed,
}

/// Keeps the mirror up to date.
pub struct Keeper {
    noted: Rc<Noted>,
    phase: Cell<MirrorPhase>,
    /// What was asked last.
    asked: RefCell<MirrorAsk>,
    /// The number of that question.
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
    marks: RefCell<Vec<(String, String)>>,
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
    /// A keeper, and the store that tells it what is changed.
    pub fn of<S: Store + ?Sized>(store: Box<S>) -> (Keeper, Watched<S>) {
        let noted: Rc<Noted> = Rc::default();
        let keeper = Keeper {
            noted: noted.clone(),
            phase: Cell::new(MirrorPhase::New),
            asked: RefCell::new(MirrorAsk::All),
            turn: Cell::new(0),
            begun: Cell::new(false),
            waited: Cell::new(false),
            failures: Cell::new(0),
            covered: Cell::new(0),
            written: Cell::new(0),
            unread: RefCell::default(),
            missed: Cell::new(0),
            marks: RefCell::default(),
            laid: Cell::new(Laid::default()),
            empty: Cell::new(false),
            emptied: Cell::new(false),
        };
        (keeper, Watched { noted, store })
    }

    /// What is to be asked now, if anything, and the number of the question.
    pub fn ask(&self) -> Option<(MirrorAsk, u32)> {
        let mut names: Vec<String> = self.unread.borrow().iter().map(|it| it.0.clone()).collect();
        for name in self.noted.names() {
            if !names.contains(&name) {
                names.push(name);
            }
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
        self.asked.replace(ask.clone());
        Some((ask, self.turn.get()))
    }

    /// Takes the entries that were found; returns names and texts to be written in the same transaction.
    pub fn answer<S: Store + ?Sized>(&self, shelf: &Shelf<S>, found: &[String], now: u64) -> Vec<(String, String)> {
        let n_found = found.len();
        let mut found: Vec<Mirrored> = found.iter().filter_map(|it| Mirrored::read(it)).collect();
        let n_unread = u32::try_from(n_found - found.len()).unwrap_or(u32::MAX);
        // is there what was written, or something that came after it?
        let there = |(name, sum): &(String, u32)| {
            found.iter().any(|it| it.name == *name && (it.sum() == *sum || it.before.contains(sum)))
        };
        let missed = !self.unread.borrow().iter().all(there);
        self.missed.set(if missed { self.missed.get() + 1 } else { 0 });
        let keys = shelf.store.keys();
        let marks = keys.iter().filter_map(|key| Some((key.strip_prefix(GONE)?.to_owned(), shelf.store.get(key)?)));
        let mut marks: Vec<(String, String)> = marks.collect();
        let asked = self.asked.borrow().clone();
        let names = if let MirrorAsk::Of(names) = asked {
            names
        } else {
            self.empty.set(self.empty.get() || found.is_empty());
            self.emptied.set(self.emptied.get() || found.is_empty() && shelf.store.get(MIRRORED).is_some());
            let here = keys.iter().filter_map(|it| unit_of(it)).map(str::to_owned);
            let there = marks.iter().map(|it| it.0.clone()).chain(found.iter().map(|it| it.name.clone()));
            // a store that once lists nothing still has what this page wrote
            let mut names = self.noted.names();
            for name in here.chain(there) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            names
        };
        marks.retain(|it| names.contains(&it.0));
        let mut laid = Laid { damaged: n_unread, ..Laid::default() };
        let (mut texts, mut unread) = (Vec::new(), Vec::new());
        for name in names {
            let kept = found.iter().position(|it| it.name == name).map(|at| found.swap_remove(at));
            let mut ours = in_store(shelf, &name);
            let noted = self.noted.before(&name);
            if let Some((before, removed)) = noted {
                let last = before.first().copied().unwrap_or_default();
                let here = ours.sum() == last || ours.before.contains(&last);
                let there = kept.as_ref().is_some_and(|it| it.sum() == last || it.before.contains(&last));
                if !removed && !here && !there {
                    // saved and gone, but nobody removed it: only the page that saved it has it
                    laid.lost += 1;
                    unread.push((name, NEVER));
                    continue;
                }
                if removed && ours.text.is_none() {
                    // what the mirror has of it was removed, whatever that is
                    ours.before.extend(kept.as_ref().map(Mirrored::sum));
                }
                // where only the mirror has what was saved last, or what another page made of it, the store has lost it
                if removed || here || rank_of(kept.as_ref()) <= rank_of(Some(&ours)) {
                    ours.before.extend(before);
                }
            }
            // what lies there and cannot be read was not removed
            let counts = ours.text.is_some() || !lies(shelf, &name);
            let its = marks.iter().filter(|it| counts && it.0 == name);
            ours.before.extend(its.flat_map(|it| sums(&it.1)));
            if let Some(entry) = lay(shelf, ours, kept, now, &mut laid) {
                unread.push((entry.name.clone(), entry.sum()));
                texts.push((entry.name.clone(), entry.write()));
            }
        }
        self.unread.replace(unread);
        self.marks.replace(marks);
        self.laid.set(laid);
        texts
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
        for (name, text) in self.marks.take() {
            let mark = format!("{GONE}{name}");
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

    /// Is the question of this number the last one? What comes to an earlier one is no answer any more.
    pub fn awaits(&self, turn: u32) -> bool {
        self.turn.get() == turn
    }

    /// The question of this number was not answered in time, and may never be: a database that is closed while it writes says
    /// nothing. With the next change everything is asked anew; what comes before that still counts.
    pub fn late(&self, turn: u32) -> bool {
        let late = self.phase.get() == MirrorPhase::Busy && self.awaits(turn);
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
