//! A record of a single slot: it has no revisions, so a page knows it by the very text that it saw.

use super::{Damage, NotSaved, Shelf, Shelved, Store, Whose};

/// What a page saw in the slot last, or wrote there. Anything else is somebody else's and is not written over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight(Option<String>);

/// What lies in the slot.
#[derive(Clone, Debug, PartialEq)]
pub enum Single<T> {
    Nothing,
    Good(T),
    /// Nobody can read it. A copy lies in quarantine.
    SetAside,
    /// The same, and there was no room for the copy: nothing is written over it before there is.
    Stuck,
    /// A newer version of this program wrote it: never written over.
    Newer,
}

/// How a record is opened: the record itself, or only whether it is one.
pub type Open<T> = fn(&str) -> Result<T, Damage>;

impl<S: Store + ?Sized> Shelf<S> {
    /// What lies there, and what the page has seen by that.
    pub fn load_single<T>(&self, of: Shelved<'_>, open: Open<T>) -> (Single<T>, Sight) {
        let text = self.text_of(of);
        let found = match text.as_deref() {
            None => Single::Nothing,
            Some(text) => match open(text) {
                Ok(record) => Single::Good(record),
                Err(Damage::Newer) => Single::Newer,
                Err(Damage::Broken) if self.set_aside(of, text).is_ok() => Single::SetAside,
                Err(Damage::Broken) => Single::Stuck,
            },
        };
        (found, Sight(text))
    }

    /// What lies there now, seen without being opened.
    pub fn sight(&self, of: Shelved<'_>) -> Sight {
        Sight(self.text_of(of))
    }

    /// Saves a sealed text, or takes away what lies there, and reads back; the page has then seen what lies there.
    ///
    /// # Errors
    /// Why it was not saved. What lay there still lies there, but for a store that took only a part.
    pub fn save_single(
        &self,
        of: Shelved<'_>,
        text: Option<&str>,
        seen: &mut Sight,
        open: Open<()>,
    ) -> Result<(), NotSaved> {
        let there = self.text_of(of);
        let whose = match there.as_deref().map(open) {
            Some(Err(Damage::Newer)) => Whose::Newer,
            // also where it was taken away
            _ if seen.0 != there => Whose::Theirs,
            Some(Err(Damage::Broken)) => Whose::Broken,
            Some(Ok(())) | None => Whose::Ours,
        };
        self.make_way(of, &[(there.as_deref().unwrap_or_default(), whose)])?;
        let saved = of.slots().iter().try_for_each(|slot| self.put(slot, text));
        // what did not read back is still this page's own
        *seen = self.sight(of);
        saved
    }

    fn text_of(&self, of: Shelved<'_>) -> Option<String> {
        of.slots().iter().find_map(|slot| self.store.get(slot))
    }
}
