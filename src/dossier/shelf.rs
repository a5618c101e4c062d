//! Where dossiers are stored: in two slots each, so that a write that fails or is cut off leaves the last good record.
//! The panel is stored beside them, in a slot of its own.

mod bin;
mod mirror;
mod sheets;
mod single;
mod slots;

mod last;

use std::cell::RefCell;
use std::sync::Arc;

use super::envelope::{is_older, seal_dossier};
use super::{Damage, Dossier, Envelope, Stamp, open};

pub use mirror::{Keeper, Laid, MirrorAsk, Watched};
pub use sheets::taken_from;
pub use single::{Sight, Single};
pub use slots::Shelved;
use slots::{DOSSIERS, Whose};

/// A place that keeps text by name: the browser's storage, or memory where that is blocked.
pub trait Store {
    fn get(&self, key: &str) -> Option<String>;
    /// # Errors
    /// The place is full or blocked; the text that was there before is unchanged.
    fn set(&self, key: &str, text: &str) -> Result<(), Refused>;
    fn remove(&self, key: &str);
    /// What is under this key now was made of this text, which has gone from there meanwhile.
    fn made_of(&self, _key: &str, _gone: &str) {}
    /// All names in the store, also those that are not ours.
    fn keys(&self) -> Vec<String>;
}

/// The store did not accept the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// Why a dossier was not saved. It is still in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSaved {
    /// Full, blocked, or it did not read back as written.
    Refused,
    /// Another page saved in the meantime.
    ChangedElsewhere,
    /// A newer version of this program wrote it.
    NewerProgram,
    /// This site does not have the edition of the dossier.
    NoEdition,
    /// There are so many dossiers, or so much text, that a browser might refuse the next one.
    NoRoom,
}

/// One dossier of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Listed {
    Good {
        id: String,
        envelope: Envelope,
        base: Base,
        /// One of its slots was damaged: the other one is shown, the damaged text lies in quarantine.
        mended: bool,
    },
    /// No slot can be read. The text is kept as it is.
    Damaged { id: String, raw: String },
    /// A newer version of this program wrote it: shown as far as it can be read, never written over.
    Newer { id: String, raw: String, older: Option<Envelope> },
}

impl Listed {
    fn written(&self) -> u64 {
        match self {
            Listed::Good { envelope, .. } => envelope.written,
            Listed::Damaged { .. } | Listed::Newer { .. } => 0,
        }
    }
}

/// What a page knows of a dossier's slots. Anything else in them was written by another page and is not written over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Base {
    /// The stamp of the save last loaded or made; revision 0 for a new dossier.
    pub latest: Stamp,
    /// The stamps of all records that were in the slots then.
    seen: Vec<Stamp>,
    /// The records themselves: what still lies there letter by letter is not taken apart again with every save.
    texts: Vec<(Arc<str>, Stamp)>,
}

impl Base {
    /// Did another page write the same revision over ours at the same moment?
    pub fn overwritten(&self, now: &Base) -> bool {
        let same = now.seen.iter().any(|it| it.revision == self.latest.revision);
        same && !now.seen.contains(&self.latest)
    }
}

/// Dossiers by id and the panel, in a store. Touches nothing outside its own names.
pub struct Shelf<S: ?Sized> {
    /// A random number chosen when the page was loaded, so that no two saves have the same stamp.
    pub writer: u32,
    pub store: Box<S>,
}

/// Damaged texts are kept under these names until the person saves or deletes them.
const QUARANTINE: &str = "zp1/quar/";
/// The last record that an earlier version of this program wrote is kept under this name.
const EARLIER: &str = "zp1/earlier/";
const OURS: &str = "zp1/";
/// A further dossier is refused, so that there is still room to save the existing ones.
const MOST_DOSSIERS: usize = 50;
/// In UTF-16 units. Browsers allow 5 million for everything of one host.
const MOST_TEXT: usize = 2_000_000;

type Slot = Option<(String, Result<Envelope, Damage>)>;

impl<S: Store + ?Sized> Shelf<S> {
    /// Every dossier, latest first.
    pub fn list(&self) -> Vec<Listed> {
        let mut ids: Vec<String> = Vec::new();
        for key in self.store.keys() {
            if let Some((id, _)) = key.strip_prefix(DOSSIERS).and_then(|slot| slot.split_once('/'))
                && !ids.iter().any(|known| known == id)
            {
                ids.push(id.to_owned());
            }
        }
        let mut found: Vec<Listed> = Vec::new();
        for one in ids.into_iter().filter_map(|id| self.load(&id)) {
            let at = found.iter().position(|other| other.written() < one.written()).unwrap_or(found.len());
            found.insert(at, one);
        }
        found
    }

    /// What is stored under this id: the latest good revision, if there is one. A damaged slot beside it is copied into
    /// quarantine.
    pub fn load(&self, id: &str) -> Option<Listed> {
        let slots = self.slots(id);
        let texts: Vec<&str> = slots.iter().flatten().map(|it| it.0.as_str()).collect();
        if texts.is_empty() {
            return None;
        }
        let (id, raw) = (id.to_owned(), texts.join("\n"));
        let mended = slots.iter().flatten().any(|it| is(&it.1, Damage::Broken));
        let newer = slots.iter().flatten().any(|it| is(&it.1, Damage::Newer));
        let seen: Vec<Stamp> = good(&slots).map(|it| it.stamp).collect();
        let latest = good(&slots).max_by_key(|it| it.stamp.revision).cloned();
        Some(match latest {
            older if newer => Listed::Newer { id, raw, older },
            None => Listed::Damaged { id, raw },
            Some(envelope) => {
                for (text, _) in slots.iter().flatten().filter(|it| is(&it.1, Damage::Broken)) {
                    // if the store is full, the text stays in its slot and nothing is written over it: see `save`
                    let _ = self.set_aside(Shelved::Dossier(&id), text);
                }
                let records = slots.iter().flatten().filter_map(|(text, it)| Some((&**text, it.as_ref().ok()?.stamp)));
                let texts = records.map(|(text, stamp)| (Arc::from(text), stamp)).collect();
                let base = Base { latest: envelope.stamp, seen, texts };
                Listed::Good { id, envelope, base, mended }
            }
        })
    }

    /// Saves into the slot with the older record and reads it back; `base` then knows the new record. `edits` are those
    /// since the last backup file, `now` is in seconds since 1970.
    ///
    /// # Errors
    /// Why it was not saved. The last good revision is still stored, and `base` is unchanged.
    pub fn save(&self, id: &str, dossier: &Dossier, base: &mut Base, edits: u32, now: u64) -> Result<(), NotSaved> {
        let slots = self.stamps(id, base);
        // what this very page wrote is its own, even where reading it back failed at the time
        let ours = |stamp: &Stamp| stamp.writer == self.writer || base.seen.contains(stamp);
        let whose = |opened: &Result<Stamp, Damage>| match opened {
            Ok(stamp) if ours(stamp) => Whose::Ours,
            Ok(_) => Whose::Theirs,
            Err(Damage::Broken) => Whose::Broken,
            Err(Damage::Newer) => Whose::Newer,
        };
        let lying: Vec<_> = slots.iter().flatten().map(|(text, opened)| (text.as_str(), whose(opened))).collect();
        self.make_way(Shelved::Dossier(id), &lying)?;
        let revisions = slots.each_ref().map(|slot| match slot {
            Some((_, Ok(stamp))) => stamp.revision,
            _ => 0,
        });
        let [a, b] = revisions;
        let older = usize::from(b < a);
        if let Some((text, _)) = slots[1 - older].as_ref().filter(|it| is_older(&it.0)) {
            // a copy for whoever goes back to the earlier version; if there is no room for it, the other slot still has
            // it for now
            let _ = self.store.set(&format!("{EARLIER}{id}"), text);
        }
        // a store that was emptied in the meantime is filled again from memory
        let emptied = slots.iter().all(Option::is_none);
        let stamp = Stamp { revision: base.latest.revision.max(a).max(b) + 1, writer: self.writer };
        let sealed = seal_dossier(stamp, now, edits, dossier);
        let key = &Shelved::Dossier(id).slots()[older];
        self.put(key, Some(&sealed))?;
        if let Some((gone, _)) = base.texts.iter().find(|it| emptied && it.1 == base.latest) {
            self.store.made_of(key, gone);
        }
        let good = slots.into_iter().flatten().filter_map(|(text, opened)| Some((Arc::from(text), opened.ok()?)));
        let other = good.into_iter().find(|it: &(Arc<str>, Stamp)| it.1.revision == revisions[1 - older]);
        let texts: Vec<_> = other.into_iter().chain([(Arc::from(sealed), stamp)]).collect();
        *base = Base { latest: stamp, seen: texts.iter().map(|it| it.1).collect(), texts };
        Ok(())
    }

    /// Is anything stored under this id?
    pub fn has(&self, id: &str) -> bool {
        Shelved::Dossier(id).slots().iter().any(|slot| self.store.get(slot).is_some())
    }

    /// Removes the dossier permanently.
    pub fn remove(&self, id: &str) {
        for slot in Shelved::Dossier(id).slots() {
            self.store.remove(&slot);
        }
        self.store.remove(&format!("{EARLIER}{id}"));
    }

    /// Damaged texts that were set aside, by name.
    pub fn quarantined(&self) -> Vec<(String, String)> {
        let keys = self.store.keys().into_iter().filter(|it| it.starts_with(QUARANTINE));
        keys.filter_map(|key| self.store.get(&key).map(|text| (key, text))).collect()
    }

    /// Deletes a text that was set aside, and also from the slot it came from, or it would be set aside again. Touches
    /// nothing else, whatever the name is.
    pub fn release(&self, name: &str) {
        let Some((of, _)) = name.strip_prefix(QUARANTINE).and_then(|it| it.rsplit_once('-')) else { return };
        let text = self.store.get(name);
        self.store.remove(name);
        for slot in Shelved::named(of).slots() {
            if text.is_some() && self.store.get(&slot) == text {
                self.store.remove(&slot);
            }
        }
    }

    /// How much of the browser's storage is ours, in UTF-16 units.
    pub fn used(&self) -> usize {
        let units = |text: &str| text.encode_utf16().count();
        let ours = self.store.keys().into_iter().filter(|it| it.starts_with(OURS));
        ours.map(|key| units(&key) + self.store.get(&key).map_or(0, |it| units(&it))).sum()
    }

    /// Is there room for `n` more dossiers?
    ///
    /// # Errors
    /// There is not.
    pub fn room_for(&self, n: usize) -> Result<(), NotSaved> {
        let roomy = n <= self.free() && self.used() <= MOST_TEXT;
        roomy.then_some(()).ok_or(NotSaved::NoRoom)
    }

    /// How many more dossiers there may be.
    pub fn free(&self) -> usize {
        // deleted sheets leave by themselves
        let whole = |it: &Listed| matches!(it, Listed::Good { id, .. } if taken_from(id).is_none());
        let others = |it: &Listed| matches!(it, Listed::Damaged { .. } | Listed::Newer { .. });
        MOST_DOSSIERS.saturating_sub(self.list().iter().filter(|it| whole(it) || others(it)).count())
    }

    /// What lies in the slots, as far as a save has to know it.
    fn stamps(&self, id: &str, base: &Base) -> [Option<(String, Result<Stamp, Damage>)>; 2] {
        let slots = Shelved::Dossier(id).slots();
        [&slots[0], &slots[1]].map(|slot| {
            let text = self.store.get(slot)?;
            let known = base.texts.iter().find(|it| *it.0 == *text).map(|it| it.1);
            let opened = known.map_or_else(|| open(&text).map(|it| it.stamp), Ok);
            Some((text, opened))
        })
    }

    fn slots(&self, id: &str) -> [Slot; 2] {
        let slots = Shelved::Dossier(id).slots();
        [&slots[0], &slots[1]].map(|slot| {
            let text = self.store.get(slot)?;
            let opened = open(&text);
            Some((text, opened))
        })
    }
}

/// Written as a match, because `==` would also compare every field of the dossier.
fn is(opened: &Result<Envelope, Damage>, damage: Damage) -> bool {
    opened.as_ref().is_err_and(|it| *it == damage)
}

fn good(slots: &[Slot; 2]) -> impl Iterator<Item = &Envelope> {
    slots.iter().flatten().filter_map(|it| it.1.as_ref().ok())
}

/// A store in memory, for a browser that stores nothing.
#[derive(Default)]
pub struct MemoryStore(RefCell<Vec<(String, String)>>);

impl Store for MemoryStore {
    fn get(&self, key: &str) -> Option<String> {
        self.0.borrow().iter().find(|it| it.0 == key).map(|it| it.1.clone())
    }

    fn set(&self, key: &str, text: &str) -> Result<(), Refused> {
        self.remove(key);
        self.0.borrow_mut().push((key.to_owned(), text.to_owned()));
        Ok(())
    }

    fn remove(&self, key: &str) {
        self.0.borrow_mut().retain(|it| it.0 != key);
    }

    fn keys(&self) -> Vec<String> {
        self.0.borrow().iter().map(|it| it.0.clone()).collect()
    }
}
