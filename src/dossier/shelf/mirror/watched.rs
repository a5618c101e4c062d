//! The store that tells the keeper of the mirror what is changed in it.

use std::rc::Rc;

use crate::dossier::{Refused, Store};

use super::keeper::Keeper;
use super::{GONE, MOST_BEFORE, sum_of, sums, sums_text, unit_of};

impl Keeper {
    /// A keeper, and the store that tells it what is changed.
    pub fn of<S: Store + ?Sized>(store: Box<S>) -> (Rc<Keeper>, Watched<S>) {
        let keeper: Rc<Keeper> = Rc::default();
        (keeper.clone(), Watched { keeper, store })
    }
}

/// A store that notes what is changed in it.
pub struct Watched<S: ?Sized> {
    pub keeper: Rc<Keeper>,
    pub store: Box<S>,
}

impl<S: Store + ?Sized> Store for Watched<S> {
    fn get(&self, key: &str) -> Option<String> {
        self.store.get(key)
    }

    fn set(&self, key: &str, text: &str) -> Result<(), Refused> {
        let unit = unit_of(key);
        let old = unit.map(|_| sum_of(self.store.get(key).as_deref()));
        let done = self.store.set(key, text);
        // where it was refused too: a store may say so and have taken it
        let changed = |old: &u32| done.is_ok() || sum_of(self.store.get(key).as_deref()) != *old;
        if let Some((unit, old)) = unit.zip(old.filter(changed)) {
            self.keeper.noted.note(unit, &[old, sum_of(Some(text))], false);
            if self.keeper.noted.alone.get() && old != 0 {
                self.mark(unit, old);
            }
        }
        done
    }

    fn remove(&self, key: &str) {
        let old = self.store.get(key).map(|it| sum_of(Some(&it)));
        self.store.remove(key);
        if let Some(unit) = unit_of(key) {
            self.keeper.noted.note(unit, old.as_slice(), true);
            if let Some(old) = old {
                self.mark(unit, old);
            }
        }
    }

    fn made_of(&self, key: &str, gone: &str) {
        if let Some(unit) = unit_of(key) {
            self.keeper.noted.add_before(unit, sum_of(Some(gone)));
        }
    }

    fn keys(&self) -> Vec<String> {
        self.store.keys()
    }
}

impl<S: Store + ?Sized> Watched<S> {
    /// Marks a text as one that came before what is there now, for the page that next has a mirror. The first of them are
    /// kept, as the mirror may have one of those, and the latest.
    fn mark(&self, unit: &str, sum: u32) {
        let mark = format!("{GONE}{unit}");
        let mut before = self.store.get(&mark).map(|it| sums(&it)).unwrap_or_default();
        before.insert(0, sum);
        if MOST_BEFORE < before.len() {
            before.remove(MOST_BEFORE / 2);
        }
        // where there is no room for the mark, this page still tells the mirror
        let _ = self.store.set(&mark, &sums_text(&before));
    }
}
