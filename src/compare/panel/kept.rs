//! The panel on the shelf, where dossiers are stored too: how it is loaded, and saved without writing over what another
//! page wrote.

use crate::dossier::{Damage, NotSaved, Shelf, Shelved, Sight, Single, Store};

use super::Panel;

impl Panel {
    /// The stored panel, and the text that the page has now seen.
    pub fn load<S: Store + ?Sized>(shelf: &Shelf<S>) -> (Single<Panel>, Sight) {
        shelf.load_single(Shelved::Panel, Panel::open)
    }

    /// Saves the panel over the text that the page has seen; an empty panel is removed.
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
