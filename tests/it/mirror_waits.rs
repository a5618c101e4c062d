//! What a page asks who keeps its mirror: whether to wait before saving, whether this was the first thing worth keeping,
//! whether what it shows is another now; and what is marked of a long time without a mirror.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ziping::dossier::{Base, Dossier, Keeper, Laid, Listed, MemoryStore, MirrorAsk, Shelf};

use crate::machine::{Calls, Fault, Machine, Page};
use crate::{EMPLOYER, editions};

fn dossier(unit: usize) -> Dossier {
    Dossier::new(unit.to_string(), EMPLOYER, &editions()[0], &[])
}

/// The units of all dossiers that are there, copies in the bin too.
fn units(page: &Page) -> Vec<String> {
    let good = page.shelf.list().into_iter().filter_map(|found| match found {
        Listed::Good { envelope, .. } => Some(envelope.dossier.unit),
        _ => None,
    });
    good.collect()
}

#[test]
fn what_waits_for_the_first_comparison_is_saved_once_after_it() {
    let (keeper, store) = Keeper::of(Box::new(MemoryStore::default()));
    let shelf = Shelf { writer: 1, store: Box::new(store) };
    assert!(!keeper.was_waited_for(), "nobody waits");
    assert!(keeper.is_waited_for(), "the mirror may have something later");
    assert!(!keeper.was_waited_for(), "nothing is compared");
    let (ask, _) = keeper.ask().expect("it is asked at once");
    assert_eq!(ask, MirrorAsk::All);
    assert!(keeper.is_waited_for());
    keeper.answer(&shelf, &MirrorAsk::All, &[], 7);
    keeper.done(&shelf, true);
    assert!(keeper.was_waited_for(), "now it can be saved");
    assert!(!keeper.was_waited_for(), "only once");
    assert!(!keeper.is_waited_for());
    assert!(!keeper.was_waited_for());
}

#[test]
fn nobody_waits_for_a_mirror_that_does_not_answer() {
    let (keeper, _) = Keeper::of(Box::new(MemoryStore::default()));
    let (_, turn) = keeper.ask().expect("it is asked at once");
    assert!(keeper.is_waited_for());
    assert!(keeper.late(turn));
    assert_eq!((keeper.was_waited_for(), keeper.is_waited_for()), (true, false));
}

/// A database that is closed while it writes never answers. The page asks anew with the next change, and what it says then
/// is on disk; what comes late to the last question counts.
#[test]
fn a_mirror_that_never_answered_is_asked_anew() {
    let machine =
        Machine { mirror_calls: Calls { faults: vec![(2, Fault::Stall)], ..Calls::default() }, ..Machine::default() };
    let machine = Rc::new(machine);
    let mut page = Page::open(&machine, 1);
    let mut base = Base::default();
    let mut alone = Vec::new();
    for n in 1..=4 {
        page.shelf.save("x", &dossier(n), &mut base, 0, 7).expect("there is room");
        page.pump();
        alone.push(page.keeper.is_alone());
    }
    assert_eq!(alone, [true, false, false, false]);
    machine.texts.borrow_mut().clear();
    assert_eq!(units(&Page::open(&machine, 2)), ["4"]);

    let (keeper, store) = Keeper::of(Box::new(MemoryStore::default()));
    let shelf = Shelf { writer: 1, store: Box::new(store) };
    let (_, first) = keeper.ask().expect("it is asked at once");
    assert!(keeper.late(first) && keeper.ask().is_none(), "nothing is new");
    shelf.save("x", &dossier(1), &mut Base::default(), 0, 7).expect("there is room");
    let (ask, second) = keeper.ask().expect("something is");
    assert_eq!(ask, MirrorAsk::All);
    assert!(!keeper.late(first) && keeper.late(second));
    let found = keeper.answer(&shelf, &MirrorAsk::All, &[], 7);
    keeper.done(&shelf, true);
    keeper.ask().expect("it is read back");
    keeper.answer(&shelf, &MirrorAsk::All, &found, 7);
    keeper.done(&shelf, true);
    assert!(!keeper.is_alone() && keeper.is_settled(), "late is not never");
}

/// The browser is asked once to keep what is there for good: when something comes into a mirror that had nothing.
#[test]
fn the_first_thing_worth_keeping_is_known_once() {
    let machine = Rc::new(Machine::default());
    let mut page = Page::open(&machine, 1);
    assert!(!page.keeper.is_first(), "nothing is written");
    page.shelf.save("x", &dossier(1), &mut Base::default(), 0, 7).expect("there is room");
    page.pump();
    assert!(page.keeper.is_first());
    assert!(!page.keeper.is_first(), "only once");
    let mut page = Page::open(&machine, 2);
    page.shelf.save("y", &dossier(2), &mut Base::default(), 0, 7).expect("there is room");
    page.pump();
    assert!(!page.keeper.is_first(), "the mirror has had something");
}

/// A page shows again what it shows where the store has other texts than before, not where only the mirror had a fault.
#[test]
fn the_store_is_another_where_texts_were_put_or_taken() {
    for which in 0..16 {
        let of = |at: u32| which >> at & 1;
        let laid = Laid { restored: of(0), caught_up: of(1), removed: of(2), apart: of(3), ..Laid::default() };
        assert_eq!(laid.changed(), which != 0, "{laid:?}");
    }
    assert!(!Laid { damaged: 1, lost: 2, stuck: 3, ..Laid::default() }.changed());
}

/// A mirror fails while one thing is changed hundreds of times. Of all the texts that came before, the first are marked,
/// one of which the mirror has, and the latest, one of which it may have got without saying so.
#[test]
fn a_long_time_without_a_mirror_makes_no_second_version() {
    for silent in [false, true] {
        let machine = Rc::new(Machine::default());
        let mut page = Page::open(&machine, 1);
        page.shelf.save("x", &dossier(1), &mut Base::default(), 0, 7).expect("there is room");
        page.pump();
        // it is asked twice when a page opens, and once for each change
        let refused = (0..500).filter(|at| !silent || *at != 300).map(|at| (at, Fault::Refuse));
        let faults = refused.chain([(300, Fault::Silent)]).collect();
        let mirror_calls = Calls { n: Cell::new(0), faults };
        let before = machine.mirror.borrow().clone();
        let (texts, mirror) = (machine.texts.clone(), machine.mirror.clone());
        let machine = Rc::new(Machine { texts, mirror, mirror_calls, ..Machine::default() });
        let mut page = Page::open(&machine, 2);
        let Some(Listed::Good { mut base, .. }) = page.shelf.load("x") else { panic!("it is there") };
        for n in 2..=304 {
            page.shelf.save("x", &dossier(n), &mut base, 0, 7).expect("there is room");
            page.pump();
        }
        assert!(page.keeper.is_alone());
        assert_eq!(*machine.mirror.borrow() != before, silent, "what never answered was written");
        let (texts, mirror) = (machine.texts.borrow().clone(), machine.mirror.borrow().clone());
        let again = Machine { texts: RefCell::new(texts), mirror: RefCell::new(mirror), ..Machine::default() };
        let page = Page::open(&Rc::new(again), 3);
        assert_eq!((units(&page), page.laid), (vec!["304".to_owned()], Laid::default()));
    }
}
