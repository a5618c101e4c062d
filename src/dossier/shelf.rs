//! Where dossiers are laid up: two slots each, so that a write that fails or is cut off leaves the last good one.

use std::cell::RefCell;

use super::{Damage, Dossier, Envelope, open, seal};

/// A place that keeps text by name: the browser's storage, or memory where that is blocked.
pub trait Store {
    fn get(&self, key: &str) -> Option<String>;
    /// # Errors
    /// The place is full or blocked; what stood there before still stands.
    fn set(&self, key: &str, text: &str) -> Result<(), Refused>;
    fn remove(&self, key: &str);
    /// All names, also those of others.
    fn keys(&self) -> Vec<String>;
}

/// The store did not take it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// Why a dossier was not saved. It is still in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSaved {
    /// Full, blocked, or it did not read back as written.
    Refused,
    /// Somebody else saved a later revision meanwhile.
    ChangedElsewhere,
    /// A newer version of this program wrote it.
    NewerProgram,
}

/// One dossier of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    Good {
        id: String,
        envelope: Envelope,
    },
    /// Both slots unreadable. The text is kept as it is.
    Damaged {
        id: String,
        raw: String,
    },
}

impl Found {
    fn written(&self) -> u64 {
        match self {
            Found::Good { envelope, .. } => envelope.written,
            Found::Damaged { .. } => 0,
        }
    }
}

/// Dossiers by id in a store. Touches nothing outside its own names.
pub struct Shelf<S: ?Sized>(pub Box<S>);

const PREFIX: &str = "zp1/doc/";
const SLOTS: [&str; 2] = ["a", "b"];

impl<S: Store + ?Sized> Shelf<S> {
    /// Every dossier, latest first.
    pub fn list(&self) -> Vec<Found> {
        let mut ids: Vec<String> = Vec::new();
        for key in self.0.keys() {
            if let Some((id, _)) = key.strip_prefix(PREFIX).and_then(|it| it.split_once('/'))
                && !ids.iter().any(|it| it == id)
            {
                ids.push(id.to_owned());
            }
        }
        let mut found: Vec<Found> = Vec::new();
        for id in ids {
            let it = match self.load(&id) {
                Some(envelope) => Found::Good { id, envelope },
                None => {
                    let raw: Vec<_> = self.slots(&id).into_iter().flatten().collect();
                    Found::Damaged { id, raw: raw.join("\n") }
                }
            };
            let at = found.iter().position(|other| other.written() < it.written()).unwrap_or(found.len());
            found.insert(at, it);
        }
        found
    }

    /// The latest good revision.
    pub fn load(&self, id: &str) -> Option<Envelope> {
        self.slots(id).into_iter().flatten().filter_map(|it| open(&it).ok()).max_by_key(|it| it.revision)
    }

    /// Saves over the older slot and reads back; returns the new revision. `base` is the revision last loaded or saved, 0
    /// for a new dossier; `now` is in seconds since 1970.
    ///
    /// # Errors
    /// Why it was not saved. The last good revision still stands.
    pub fn save(&self, id: &str, dossier: &Dossier, base: u64, now: u64) -> Result<u64, NotSaved> {
        let slots = self.slots(id).map(|it| it.map(|it| open(&it)));
        let revision = |slot: &Option<Result<Envelope, Damage>>| match slot {
            Some(Ok(envelope)) => envelope.revision,
            Some(Err(_)) | None => 0,
        };
        if slots.iter().any(|it| matches!(it, Some(Err(Damage::Newer)))) {
            return Err(NotSaved::NewerProgram);
        }
        let [a, b] = [revision(&slots[0]), revision(&slots[1])];
        let latest = a.max(b);
        // a store that was emptied meanwhile is filled again from memory
        if base < latest {
            return Err(NotSaved::ChangedElsewhere);
        }
        let older = if a <= b { SLOTS[0] } else { SLOTS[1] };
        let next = base + 1;
        let sealed = seal(&Envelope { revision: next, written: now, dossier: dossier.clone() });
        let key = format!("{PREFIX}{id}/{older}");
        self.0.set(&key, &sealed).map_err(|Refused| NotSaved::Refused)?;
        if self.0.get(&key).as_deref() == Some(&*sealed) { Ok(next) } else { Err(NotSaved::Refused) }
    }

    /// For good.
    pub fn remove(&self, id: &str) {
        for slot in SLOTS {
            self.0.remove(&format!("{PREFIX}{id}/{slot}"));
        }
    }

    fn slots(&self, id: &str) -> [Option<String>; 2] {
        SLOTS.map(|slot| self.0.get(&format!("{PREFIX}{id}/{slot}")))
    }
}

/// Memory, for a browser that keeps nothing.
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
