//! What was changed in the browser's storage and is not in the mirror yet.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::dossier::{Refused, Store};

use super::{GONE, Keeper, MOST_BEFORE, sum_of, sums, sums_text, unit_of};

/// The units that were changed.
#[derive(Default)]
pub struct Noted {
    pub units: RefCell<Vec<NotedUnit>>,
    /// How many changes there were.
    pub count: Cell<u32>,
    /// The mirror fails or does not answer: what it does not get to know is marked in the store.
    pub alone: Cell<bool>,
}

pub struct NotedUnit {
    pub name: String,
    /// The checksums of the texts that were written over, removed or written, latest first.
    pub before: Vec<u32>,
    /// The number of its last change.
    last: u32,
    /// That change took something away.
    pub removed: bool,
}

impl Noted {
    fn note(&self, name: &str, sums: &[u32], removed: bool) {
        let last = self.count.get() + 1;
        self.count.set(last);
        let mut units = self.units.borrow_mut();
        let at = units.iter().position(|it| it.name == name).unwrap_or_else(|| {
            units.push(NotedUnit { name: name.to_owned(), before: Vec::new(), last, removed });
            units.len() - 1
        });
        (units[at].last, units[at].removed) = (last, removed);
        for sum in sums {
            units[at].before.insert(0, *sum);
        }
    }

    /// A text that came before what was written last, though it was not there any more.
    fn add_before(&self, name: &str, sum: u32) {
        for unit in self.units.borrow_mut().iter_mut().filter(|it| it.name == name && !it.before.contains(&sum)) {
            unit.before.push(sum);
        }
    }

    pub fn names(&self) -> Vec<String> {
        self.units.borrow().iter().map(|it| it.name.clone()).collect()
    }

    /// The mirror has everything up to this change.
    pub fn settle(&self, count: u32) {
        self.units.borrow_mut().retain(|it| count < it.last);
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
