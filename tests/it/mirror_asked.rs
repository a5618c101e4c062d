//! What a page asks its mirror and tells it, change by change: what it saved, what somebody else saved or took away
//! meanwhile, and a mirror that keeps nothing.

use std::rc::Rc;

use ziping::bytes::crc::crc32;
use ziping::dossier::{Base, Dossier, Keeper, Laid, MemoryStore, MirrorAsk, Refused, Shelf, Store, Watched};

use crate::machine::{Calls, Fault, Machine, Page, named};
use crate::{EMPLOYER, editions};

fn dossier(unit: u32) -> Dossier {
    Dossier::new(unit.to_string(), EMPLOYER, &editions()[0], &[])
}

fn save<S: Store>(shelf: &Shelf<S>, id: &str, unit: u32, base: &mut Base) {
    shelf.save(id, &dossier(unit), base, 0, 7).expect("there is room");
}

/// What is under a key of the storage.
fn text(machine: &Machine, key: &str) -> Option<String> {
    machine.texts.borrow().iter().find(|it| it.0 == key).map(|it| it.1.clone())
}

/// The text of an entry of the mirror, and the checksums.
fn entry(machine: &Machine, name: &str) -> (String, String) {
    let mirror = machine.mirror.borrow();
    let lines: Vec<&str> = mirror.iter().find(|it| it.0 == name).expect("an entry").1.splitn(3, '\n').collect();
    (lines[2].to_owned(), lines[1].to_owned())
}

fn sum(text: &str) -> String {
    crc32(text.as_bytes()).to_string()
}

fn kept() -> (Rc<Keeper>, Shelf<Watched<MemoryStore>>) {
    let (keeper, store) = Keeper::of(Box::<MemoryStore>::default());
    (keeper, Shelf { writer: 1, store: Box::new(store) })
}

#[test]
fn only_the_question_that_is_open_is_late() {
    let (keeper, shelf) = kept();
    let (_, first) = keeper.ask().expect("it is asked at once");
    assert!(!keeper.late(first + 1) && !keeper.is_alone());
    keeper.answer(&shelf, &MirrorAsk::All, &[], 7);
    keeper.done(&shelf, true);
    assert!(!keeper.late(first) && !keeper.is_alone(), "it was answered");
    save(&shelf, "x", 1, &mut Base::default());
    assert!(!keeper.is_settled());
    let (ask, second) = keeper.ask().expect("something was changed");
    assert_eq!(ask, MirrorAsk::Of(vec!["doc/x".to_owned()]));
    assert!(!keeper.late(first) && !keeper.is_alone(), "an earlier question");
    assert!(keeper.late(second) && keeper.is_alone() && keeper.is_settled());
}

#[test]
fn a_mirror_that_fails_once_is_asked_again_before_anything_is_said() {
    let (keeper, shelf) = kept();
    for alone in [false, true] {
        assert_eq!(keeper.ask().map(|it| it.0), Some(MirrorAsk::All));
        keeper.done(&shelf, false);
        assert_eq!(keeper.is_alone(), alone);
    }
    assert_eq!(keeper.ask(), None, "not before the next change");
}

/// A mirror that failed once is asked for everything. What this page saved is due there also where the storage lists nothing
/// just then.
#[test]
fn what_was_saved_is_due_whatever_the_storage_lists() {
    let saved = |store: &[(usize, Fault)]| {
        let calls = |faults: &[(usize, Fault)]| Calls { faults: faults.to_vec(), ..Calls::default() };
        let mirror_calls = calls(&[(1, Fault::Refuse)]);
        let machine = Rc::new(Machine { mirror_calls, store_calls: calls(store), ..Machine::default() });
        let mut page = Page::open(&machine, 1);
        save(&page.shelf, "x", 1, &mut Base::default());
        let before = machine.store_calls.n.get();
        page.pump();
        assert!(page.keeper.is_settled() && !page.keeper.is_alone());
        assert_eq!(Some(entry(&machine, "doc/x").0), text(&machine, "zp1/doc/x/a"));
        before
    };
    let first_listed = saved(&[]);
    saved(&[(first_listed, Fault::Refuse)]);
}

/// What was written and is not there is written three times more; then everything is compared again, once.
#[test]
fn a_mirror_that_keeps_nothing_is_given_up() {
    for first_kept in [false, true] {
        let at = if first_kept { 3 } else { 1 };
        let faults = (at..99).map(|at| (at, Fault::Forget)).collect();
        let machine = Machine { mirror_calls: Calls { faults, ..Calls::default() }, ..Machine::default() };
        let machine = Rc::new(machine);
        let mut page = Page::open(&machine, 1);
        let mut base = Base::default();
        if first_kept {
            save(&page.shelf, "x", 1, &mut base);
            page.pump();
            assert!(page.keeper.is_settled() && !page.keeper.is_alone());
        }
        save(&page.shelf, "x", 2, &mut base);
        page.pump();
        assert_eq!((machine.mirror_calls.n.get(), page.keeper.is_alone()), (at + 9, true));
    }
}

/// Whoever goes on typing saves while what was saved before is read back: that is no fault of the mirror.
#[test]
fn what_is_read_back_while_more_is_saved_counts_as_kept() {
    let (keeper, shelf) = kept();
    let mut mirror: Vec<(String, String)> = Vec::new();
    let mut base = Base::default();
    for n in 0..20 {
        let (ask, _) = keeper.ask().expect("something was changed");
        let of = MirrorAsk::Of(vec!["doc/x".to_owned()]);
        assert_eq!(ask, if n == 0 { MirrorAsk::All } else { of }, "question {n}");
        save(&shelf, "x", n, &mut base);
        let found: Vec<String> = mirror.iter().map(|it| it.1.clone()).collect();
        for (name, text) in keeper.answer(&shelf, &MirrorAsk::All, &found, 7).into_iter().map(named) {
            mirror.retain(|it| it.0 != name);
            mirror.push((name, text));
        }
        keeper.done(&shelf, true);
        assert!(!keeper.is_alone() && !keeper.is_settled());
    }
}

/// All texts that came before are known to the mirror, whether it was asked in between or not.
#[test]
fn every_text_before_is_told_once() {
    let machine = Rc::new(Machine::default());
    let mut page = Page::open(&machine, 1);
    let (mut base, mut sums) = (Base::default(), Vec::new());
    for n in 1..=5 {
        save(&page.shelf, "x", n, &mut base);
        let key = if n % 2 == 1 { "zp1/doc/x/a" } else { "zp1/doc/x/b" };
        sums.push(sum(&text(&machine, key).expect("saved")));
        assert_eq!(text(&machine, "zp1/gone/doc/x"), None, "the mirror will be told");
    }
    page.pump();
    let (latest, before) = entry(&machine, "doc/x");
    assert_eq!(Some(latest), text(&machine, "zp1/doc/x/a"));
    let mut before: Vec<String> = before.split(' ').map(str::to_owned).collect();
    assert_eq!(before.first(), sums.get(3));
    before.sort();
    sums.pop();
    sums.sort();
    assert_eq!(before, sums);
}

/// Without a mirror the texts that are written over are marked: not what was empty before, and two hundred at most.
#[test]
fn what_is_written_over_without_a_mirror_is_marked() {
    let faults = (0..9).map(|at| (at, Fault::Refuse)).collect();
    let machine = Rc::new(Machine { mirror_calls: Calls { faults, ..Calls::default() }, ..Machine::default() });
    let page = Page::open(&machine, 1);
    assert!(page.keeper.is_alone());
    let (mut base, mut over) = (Base::default(), Vec::new());
    for n in 0..205 {
        let key = if n % 2 == 0 { "zp1/doc/x/a" } else { "zp1/doc/x/b" };
        over.splice(0..0, text(&machine, key).map(|it| sum(&it)));
        save(&page.shelf, "x", n, &mut base);
        let marked = text(&machine, "zp1/gone/doc/x").unwrap_or_default();
        let marked: Vec<&str> = marked.split_whitespace().collect();
        assert_eq!(marked.len(), over.len().min(200), "after {} savings", n + 1);
        let ends = (over.first().map(String::as_str), over.last().map(String::as_str));
        assert_eq!((marked.first().copied(), marked.last().copied()), ends);
    }
}

/// The mirror has what this page saved, the storage has lost it: it comes back, as nobody removed it.
#[test]
fn what_only_the_mirror_has_comes_back_while_the_page_is_open() {
    for (keep_earlier, laid) in
        [(true, Laid { caught_up: 1, ..Laid::default() }), (false, Laid { restored: 1, ..Laid::default() })]
    {
        let machine = Rc::new(Machine::default());
        let mut page = Page::open(&machine, 1);
        let mut base = Base::default();
        save(&page.shelf, "x", 1, &mut base);
        page.pump();
        save(&page.shelf, "x", 2, &mut base);
        let saved = text(&machine, "zp1/doc/x/b").expect("the second one");
        ask_once(&machine, &page);
        assert_eq!(entry(&machine, "doc/x").0, saved);
        machine.texts.borrow_mut().retain(|it| keep_earlier && it.0 != "zp1/doc/x/b");
        page.pump();
        assert_eq!((page.laid, entry(&machine, "doc/x").0), (laid, saved.clone()));
        let back = if keep_earlier { "zp1/doc/x/b" } else { "zp1/doc/x/a" };
        assert_eq!(text(&machine, back), Some(saved));
    }
}

/// One question to a mirror that works, and no further one that reads back what was written.
fn ask_once(machine: &Machine, page: &Page) {
    let (ask, _) = page.keeper.ask().expect("something was changed");
    assert!(matches!(ask, MirrorAsk::Of(_)));
    let found: Vec<String> = machine.mirror.borrow().iter().map(|it| it.1.clone()).collect();
    for (name, text) in page.keeper.answer(&page.shelf, &MirrorAsk::All, &found, 7).into_iter().map(named) {
        machine.mirror.borrow_mut().retain(|it| it.0 != name);
        machine.mirror.borrow_mut().push((name, text));
    }
    page.keeper.done(&page.shelf, true);
}

/// Saved, and gone before the mirror had it: nobody has it but the page, and that is told.
#[test]
fn what_is_in_neither_place_is_told_as_lost() {
    let machine = Rc::new(Machine::default());
    let mut page = Page::open(&machine, 1);
    save(&page.shelf, "x", 1, &mut Base::default());
    machine.texts.borrow_mut().clear();
    page.pump();
    assert!(0 < page.laid.lost && page.told());
    assert!(machine.mirror.borrow().is_empty());
    // what was removed is not lost
    let machine = Rc::new(Machine::default());
    let mut page = Page::open(&machine, 1);
    save(&page.shelf, "x", 1, &mut Base::default());
    page.shelf.remove("x");
    page.pump();
    assert!(page.keeper.is_settled() && !page.told());
}

/// Another page went on with what this one saved, so often that it is in no slot any more.
#[test]
fn what_another_page_made_of_it_is_no_second_version() {
    let machine = Rc::new(Machine::default());
    let mut page = Page::open(&machine, 1);
    let mut base = Base::default();
    save(&page.shelf, "x", 1, &mut base);
    ask_once(&machine, &page);
    let other = Page::open(&machine, 2);
    let (mut base, before) = (base.clone(), other.laid);
    save(&other.shelf, "x", 2, &mut base);
    save(&other.shelf, "x", 3, &mut base);
    page.pump();
    assert_eq!((page.laid, before), (Laid::default(), Laid::default()));
    assert_eq!(Some(entry(&machine, "doc/x").0), text(&machine, "zp1/doc/x/a"));
    assert_eq!(page.shelf.list().len(), 1);
}

/// The storage was emptied beside both pages: what the other page made of it comes back, as nobody removed it.
#[test]
fn what_another_page_made_of_it_comes_back_into_an_emptied_storage() {
    let machine = Rc::new(Machine::default());
    let mut page = Page::open(&machine, 1);
    let mut base = Base::default();
    save(&page.shelf, "x", 1, &mut base);
    ask_once(&machine, &page);
    let mut other = Page::open(&machine, 2);
    save(&other.shelf, "x", 2, &mut base.clone());
    let saved = text(&machine, "zp1/doc/x/b").expect("the second one");
    other.pump();
    machine.texts.borrow_mut().clear();
    page.pump();
    assert_eq!(page.laid, Laid { restored: 1, ..Laid::default() });
    assert_eq!((text(&machine, "zp1/doc/x/a"), entry(&machine, "doc/x").0), (Some(saved.clone()), saved));
}

/// A full storage has no room to mark what was removed: the mirror is told all of it, so that no state of the storage from
/// before brings it back.
#[test]
fn every_text_that_was_removed_is_told() {
    let machine = Rc::new(Machine::default());
    let mut page = Page::open(&machine, 1);
    let mut base = Base::default();
    for n in 1..=2 {
        save(&page.shelf, "x", n, &mut base);
        page.pump();
    }
    save(&page.shelf, "x", 3, &mut base);
    let before = machine.texts.borrow().clone();
    machine.full.set(true);
    page.shelf.remove("x");
    assert_eq!(text(&machine, "zp1/gone/doc/x"), None);
    page.pump();
    assert_eq!(entry(&machine, "doc/x").0, "");
    machine.full.set(false);
    machine.texts.replace(before);
    let again = Page::open(&machine, 2);
    assert_eq!(again.laid, Laid { removed: 1, ..Laid::default() });
    assert!(!again.shelf.has("x"));
}

/// What is saved again into an emptied storage comes after what was there of the same dossier, and of no other.
#[test]
fn another_dossier_has_not_the_same_texts_before_it() {
    let machine = Rc::new(Machine::default());
    let mut page = Page::open(&machine, 1);
    let mut base = Base::default();
    save(&page.shelf, "x", 1, &mut base);
    page.pump();
    let first = text(&machine, "zp1/doc/x/a").expect("saved");
    machine.texts.borrow_mut().clear();
    save(&page.shelf, "y", 7, &mut Base::default());
    save(&page.shelf, "x", 2, &mut base);
    page.pump();
    assert_eq!(entry(&machine, "doc/x").1, sum(&first));
    assert_eq!(entry(&machine, "doc/y").1, "");
}

/// A storage that says no to everything.
struct Denying {
    kept: MemoryStore,
    /// And takes it all the same.
    takes: bool,
}

impl Store for Denying {
    fn get(&self, key: &str) -> Option<String> {
        self.kept.get(key)
    }

    fn set(&self, key: &str, text: &str) -> Result<(), Refused> {
        if self.takes {
            self.kept.set(key, text)?;
        }
        Err(Refused)
    }

    fn remove(&self, key: &str) {
        self.kept.remove(key);
    }

    fn keys(&self) -> Vec<String> {
        self.kept.keys()
    }
}

#[test]
fn what_was_taken_is_told_though_it_was_denied() {
    for takes in [true, false] {
        let (keeper, store) = Keeper::of(Box::new(Denying { kept: MemoryStore::default(), takes }));
        let shelf = Shelf { writer: 1, store: Box::new(store) };
        keeper.ask().expect("it is asked at once");
        keeper.answer(&shelf, &MirrorAsk::All, &[], 7);
        keeper.done(&shelf, true);
        assert!(shelf.store.set("zp1/panel", "a text").is_err());
        let told = takes.then(|| MirrorAsk::Of(vec!["panel".to_owned()]));
        assert_eq!(keeper.ask().map(|it| it.0), told);
    }
}
