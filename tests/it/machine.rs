//! A browser in memory whose storage and mirror fail at calls that a test chooses, and which ends.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ziping::dossier::{Keeper, Laid, MirrorAsk, Refused, Shelf, Store, Watched};

/// What a call may do instead of what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It says no, and nothing was done.
    Refuse,
    /// It says yes, and nothing was done.
    Forget,
    /// It says yes, and half was done.
    Cut,
    /// It did it and says no.
    Throw,
    /// It never answers.
    Stall,
    /// It did it and never answers.
    Silent,
    /// The browser ends before it.
    End,
    /// The browser ends after it.
    EndAfter,
}

/// The kinds that a store can have that answers at once, and those of one that answers later.
pub const OF_STORE: [Fault; 6] = [Fault::Refuse, Fault::Forget, Fault::Cut, Fault::Throw, Fault::End, Fault::EndAfter];
pub const OF_MIRROR: [Fault; 8] =
    [Fault::Refuse, Fault::Forget, Fault::Cut, Fault::Throw, Fault::Stall, Fault::Silent, Fault::End, Fault::EndAfter];

pub type Texts = Vec<(String, String)>;

fn text_of(texts: &Texts, key: &str) -> Option<String> {
    texts.iter().find(|it| it.0 == key).map(|it| it.1.clone())
}

/// The calls of one side, counted, with the faults that some of them have.
#[derive(Default)]
pub struct Calls {
    pub n: Cell<usize>,
    pub faults: Vec<(usize, Fault)>,
}

impl Calls {
    fn next(&self) -> Option<Fault> {
        let n = self.n.replace(self.n.get() + 1);
        self.faults.iter().find(|it| it.0 == n).map(|it| it.1)
    }
}

/// A browser: what its storage holds, every earlier state of that since the browser began, and the mirror on its disk.
#[derive(Default)]
pub struct Machine {
    pub texts: RefCell<Texts>,
    pub earlier: RefCell<Vec<Texts>>,
    pub mirror: RefCell<Texts>,
    pub store_calls: Calls,
    pub mirror_calls: Calls,
    pub ended: Cell<bool>,
    /// Its storage takes nothing more.
    pub full: Cell<bool>,
}

/// Its storage, as a page has it.
#[derive(Clone)]
pub struct Local(Rc<Machine>);

impl Local {
    fn call<T>(&self, as_it_should: impl Fn() -> T, cut: impl Fn() -> T, no: T, yes: T) -> T {
        if self.0.ended.get() {
            return no;
        }
        match self.0.store_calls.next() {
            None => as_it_should(),
            Some(Fault::Refuse | Fault::Stall) => no,
            Some(Fault::Forget) => yes,
            Some(Fault::Cut) => cut(),
            Some(Fault::Throw | Fault::Silent) => {
                as_it_should();
                no
            }
            Some(Fault::End) => {
                self.0.ended.set(true);
                no
            }
            Some(Fault::EndAfter) => {
                as_it_should();
                self.0.ended.set(true);
                no
            }
        }
    }

    fn put(&self, key: &str, text: Option<&str>) {
        let mut texts = self.0.texts.borrow_mut();
        self.0.earlier.borrow_mut().push(texts.clone());
        texts.retain(|it| it.0 != key);
        texts.extend(text.map(|it| (key.to_owned(), it.to_owned())));
    }
}

impl Store for Local {
    fn get(&self, key: &str) -> Option<String> {
        let there = || text_of(&self.0.texts.borrow(), key);
        self.call(there, || there().map(|it| it[..it.len() / 2].to_owned()), None, None)
    }

    fn set(&self, key: &str, text: &str) -> Result<(), Refused> {
        let set = |text: &str| {
            self.put(key, Some(text));
            Ok(())
        };
        if self.0.full.get() {
            return Err(Refused);
        }
        self.call(|| set(text), || set(&text[..text.len() / 2]), Err(Refused), Ok(()))
    }

    fn remove(&self, key: &str) {
        self.call(|| self.put(key, None), || (), (), ());
    }

    fn keys(&self) -> Vec<String> {
        let all = || self.0.texts.borrow().iter().map(|it| it.0.clone()).collect::<Vec<_>>();
        self.call(all, || all().split_off(all().len() / 2), Vec::new(), Vec::new())
    }
}

/// A page of the app.
pub struct Page {
    machine: Rc<Machine>,
    pub shelf: Shelf<Watched<Local>>,
    pub keeper: Rc<Keeper>,
    /// What was done about what did not agree since the page was opened.
    pub laid: Laid,
    emptied: bool,
    /// A question was never answered.
    stalled: bool,
}

/// An entry under its name.
pub fn named(entry: String) -> (String, String) {
    (entry.split('\n').next().unwrap_or_default().to_owned(), entry)
}

impl Page {
    pub fn open(machine: &Rc<Machine>, writer: u32) -> Page {
        let (keeper, store) = Keeper::of(Box::new(Local(machine.clone())));
        let shelf = Shelf { writer, store: Box::new(store) };
        let mut page =
            Page { machine: machine.clone(), shelf, keeper, laid: Laid::default(), emptied: false, stalled: false };
        page.shelf.list();
        page.pump();
        page
    }

    /// Asks the mirror until there is nothing to ask.
    pub fn pump(&mut self) {
        while let Some((ask, turn)) = self.keeper.ask() {
            if !self.asked(&ask) {
                self.stalled = true;
                self.keeper.late(turn);
            }
        }
    }

    /// False where it is never answered.
    fn asked(&mut self, ask: &MirrorAsk) -> bool {
        let machine = self.machine.clone();
        if machine.ended.get() {
            return false;
        }
        let fault = machine.mirror_calls.next();
        let answered = |texts: &Texts| {
            let found: Vec<String> = match ask {
                MirrorAsk::All => texts.iter().map(|it| it.1.clone()).collect(),
                MirrorAsk::Of(names) => names.iter().filter_map(|it| text_of(texts, it)).collect(),
            };
            self.keeper.answer(&self.shelf, ask, &found, 7).into_iter().map(named).collect()
        };
        let write = |written: Texts, cut: bool| {
            let mut texts = machine.mirror.borrow_mut();
            for (name, text) in written {
                texts.retain(|it| it.0 != name);
                let text = if cut { text[..text.len() / 2].to_owned() } else { text };
                texts.push((name, text));
            }
        };
        let ok = match fault {
            None => {
                let written = answered(&machine.mirror.borrow().clone());
                write(written, false);
                true
            }
            Some(Fault::Refuse) => false,
            Some(Fault::Throw) => {
                answered(&machine.mirror.borrow().clone());
                false
            }
            Some(Fault::Forget) => {
                answered(&machine.mirror.borrow().clone());
                true
            }
            Some(Fault::Cut) => {
                let written = answered(&machine.mirror.borrow().clone());
                write(written, true);
                true
            }
            Some(Fault::Stall) => return false,
            Some(Fault::Silent) => {
                let written = answered(&machine.mirror.borrow().clone());
                write(written, false);
                return false;
            }
            Some(Fault::End) => {
                machine.ended.set(true);
                return false;
            }
            Some(Fault::EndAfter) => {
                let written = answered(&machine.mirror.borrow().clone());
                if !machine.ended.get() {
                    write(written, false);
                }
                machine.ended.set(true);
                return false;
            }
        };
        if machine.ended.get() {
            return false;
        }
        let laid = self.keeper.done(&self.shelf, ok);
        self.emptied |= self.keeper.was_emptied();
        let all = &mut self.laid;
        all.restored += laid.restored;
        all.caught_up += laid.caught_up;
        all.removed += laid.removed;
        all.apart += laid.apart;
        all.damaged += laid.damaged;
        all.lost += laid.lost;
        all.stuck += laid.stuck;
        true
    }

    /// Was the person told that something was wrong with what was kept?
    pub fn told(&self) -> bool {
        self.laid != Laid { caught_up: self.laid.caught_up, removed: self.laid.removed, ..Laid::default() }
            || self.emptied
    }
}
