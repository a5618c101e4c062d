//! What was changed in the browser's storage and is not in the mirror yet.

use std::cell::{Cell, RefCell};

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
    pub fn note(&self, name: &str, sums: &[u32], removed: bool) {
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
    pub fn add_before(&self, name: &str, sum: u32) {
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
