//! The slots that sealed texts lie in, whatever record they hold: what must not be written over, what is set aside
//! first, and writing with a check that it was stored.

use crate::bytes::crc::crc32;

use super::{NotSaved, QUARANTINE, Refused, Shelf, Store};

/// What the shelf holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelved<'n> {
    /// A dossier by its id, in two slots.
    Dossier(&'n str),
    /// The one panel, in a single slot.
    Panel,
}

/// Dossiers by id, each with its slots.
pub const DOSSIERS: &str = "zp1/doc/";
/// Names of the panel: its slot, and in quarantine. No dossier has so short an id.
const PANEL_SLOT: &str = "zp1/panel";
pub const PANEL: &str = "panel";
const SLOTS: [&str; 2] = ["a", "b"];

impl<'n> Shelved<'n> {
    /// Finds it by its name in quarantine.
    pub fn named(name: &'n str) -> Shelved<'n> {
        if name == PANEL { Shelved::Panel } else { Shelved::Dossier(name) }
    }

    fn name(self) -> &'n str {
        match self {
            Shelved::Dossier(id) => id,
            Shelved::Panel => PANEL,
        }
    }

    /// The names of its slots.
    pub fn slots(self) -> Vec<String> {
        match self {
            Shelved::Dossier(id) => SLOTS.map(|slot| format!("{DOSSIERS}{id}/{slot}")).into(),
            Shelved::Panel => vec![PANEL_SLOT.to_owned()],
        }
    }
}

/// Who wrote the text in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// This page has seen it or written it.
    Ours,
    /// Another page wrote it in the meantime.
    Theirs,
    /// Nobody can read it.
    Broken,
    /// A newer version of this program wrote it.
    Newer,
}

impl<S: Store + ?Sized> Shelf<S> {
    /// Prepares the slots for a write: it is refused if a newer program or another page wrote there, and damaged texts
    /// are set aside.
    pub(super) fn make_way(&self, of: Shelved<'_>, lying: &[(&str, Whose)]) -> Result<(), NotSaved> {
        let any = |whose: Whose| lying.iter().any(|slot| slot.1 == whose);
        if any(Whose::Newer) {
            return Err(NotSaved::NewerProgram);
        }
        if any(Whose::Theirs) {
            return Err(NotSaved::ChangedElsewhere);
        }
        let mut broken = lying.iter().filter(|slot| slot.1 == Whose::Broken);
        broken.try_for_each(|(text, _)| self.set_aside(of, text)).map_err(|Refused| NotSaved::Refused)
    }

    /// Writes a text, or removes what is there, and checks the result.
    pub(super) fn put(&self, slot: &str, text: Option<&str>) -> Result<(), NotSaved> {
        let write = || match text {
            Some(text) => self.store.set(slot, text).is_ok(),
            None => {
                self.store.remove(slot);
                true
            }
        };
        // a store that refuses once may accept the next attempt
        let kept = (0..2).any(|_| write() && self.store.get(slot).as_deref() == text);
        if kept { Ok(()) } else { Err(NotSaved::Refused) }
    }

    /// Copies a damaged text to a name of its own, once.
    pub(super) fn set_aside(&self, of: Shelved<'_>, text: &str) -> Result<(), Refused> {
        let key = format!("{QUARANTINE}{}-{}", of.name(), crc32(text.as_bytes()));
        let lies_there = || self.store.get(&key).as_deref() == Some(text);
        if !lies_there() {
            self.store.set(&key, text)?;
        }
        if lies_there() { Ok(()) } else { Err(Refused) }
    }
}
