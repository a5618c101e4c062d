//! A record in a single slot: it has no revisions, so a page recognises it by the exact text that it saw.

use super::{Damage, NotSaved, Shelf, Shelved, Store, Whose};

/// The text that a page last saw in the slot or wrote there. Any other text was written by another page and is not
/// written over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight(Option<String>);

/// What is in the slot.
#[derive(Clone, Debug, PartialEq)]
pub enum Single<T> {
    Nothing,
    Good(T),
    /// Nobody can read it. A copy lies in quarantine.
    SetAside,
    /// The same, but there was no room for the copy: nothing is written over it until there is.
    Stuck,
    /// A newer version of this program wrote it: never written over.
    Newer,
}

/// Opens a record: gives the record itself, or `()` where only the check is wanted.
pub type OpenRecord<T> = fn(&str) -> Result<T, Damage>;

impl<S: Store + ?Sized> Shelf<S> {
    /// What is in the slot, and the text that the page has now seen.
    pub fn load_single<T>(&self, of: Shelved<'_>, open: OpenRecord<T>) -> (Single<T>, Sight) {
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

    /// The text that is in the slot now, without opening it.
    pub fn sight(&self, of: Shelved<'_>) -> Sight {
        Sight(self.text_of(of))
    }

    /// Saves a sealed text, or removes what is in the slot, and reads it back; the page has then seen what is in the
    /// slot.
    ///
    /// # Errors
    /// Why it was not saved. The old text is still in the slot, unless the store took only a part of the new one.
    pub fn save_single(
        &self,
        of: Shelved<'_>,
        text: Option<&str>,
        seen: &mut Sight,
        open: OpenRecord<()>,
    ) -> Result<(), NotSaved> {
        let there = self.text_of(of);
        let whose = match there.as_deref().map(open) {
            Some(Err(Damage::Newer)) => Whose::Newer,
            // also where another page removed it
            _ if seen.0 != there => Whose::Theirs,
            Some(Err(Damage::Broken)) => Whose::Broken,
            Some(Ok(())) | None => Whose::Ours,
        };
        self.make_way(of, &[(there.as_deref().unwrap_or_default(), whose)])?;
        let saved = of.slots().iter().try_for_each(|slot| self.put(slot, text));
        // also where reading back failed, what is there now was written by this page
        *seen = self.sight(of);
        saved
    }

    /// What is in the slot now was made of what the page had seen there, and which was gone when it was saved.
    pub fn made_of(&self, of: Shelved<'_>, seen: &Sight) {
        if let Some(gone) = &seen.0 {
            of.slots().iter().for_each(|slot| self.store.made_of(slot, gone));
        }
    }

    fn text_of(&self, of: Shelved<'_>) -> Option<String> {
        of.slots().iter().find_map(|slot| self.store.get(slot))
    }
}
