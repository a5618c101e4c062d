//! The panel on the shelf, where dossiers lie too: found again, saved, and never over what somebody else wrote.

use crate::dossier::{Damage, NotSaved, Shelf, Shelved, Sight, Single, Store};

use super::Panel;

impl Panel {
    /// The panel that was kept, and what the page has seen by that.
    pub fn load<S: Store + ?Sized>(shelf: &Shelf<S>) -> (Single<Panel>, Sight) {
        shelf.load_single(Shelved::Panel, Panel::open)
    }

    /// Saves the panel over what the page has seen; an empty one is taken away.
    ///
    /// # Errors
    /// Why it was not saved.
    pub fn save<S: Store + ?Sized>(&self, shelf: &Shelf<S>, seen: &mut Sight) -> Result<(), NotSaved> {
        fn damage(text: &str) -> Result<(), Damage> {
            Panel::open(text).map(drop)
        }
        let text = (*self != Panel::default()).then(|| self.seal());
        shelf.save_single(Shelved::Panel, text.as_deref(), seen, damage)
    }
}
