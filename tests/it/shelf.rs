//! The promise of saving: what was reported as saved can be loaded again, whatever the store does and whoever else
//! writes.

use std::cell::RefCell;
use std::rc::Rc;

use proptest::collection::vec;
use proptest::prelude::*;
use ziping::dossier::{Base, Dossier, Listed, MemoryStore, NotSaved, Refused, Shelf, Store};

use crate::{EMPLOYER, editions, read};

/// What a store may do with a text that it should store.
#[derive(Clone, Copy, Debug)]
pub enum Fate {
    Kept,
    /// It is refused, and the text before it is unchanged, as in browsers.
    Refused,
    /// It is reported as stored, but was not.
    Forgotten,
    /// It is reported as stored, but only its beginning was.
    Cut,
    /// The browser ends at this point: nothing is stored from here on.
    Ends,
}

/// A store that treats each write as the list says, and after the end of the list stores everything.
pub struct FaultyStore {
    kept: Rc<MemoryStore>,
    fates: Rc<RefCell<Vec<Fate>>>,
    ended: RefCell<bool>,
}

impl Store for FaultyStore {
    fn get(&self, key: &str) -> Option<String> {
        self.kept.get(key)
    }

    fn set(&self, key: &str, text: &str) -> Result<(), Refused> {
        let fate = self.fates.borrow_mut().pop().unwrap_or(Fate::Kept);
        if *self.ended.borrow() {
            return Err(Refused);
        }
        match fate {
            Fate::Kept => self.kept.set(key, text),
            Fate::Refused => Err(Refused),
            Fate::Forgotten => Ok(()),
            Fate::Cut => self.kept.set(key, &text[..text.len() / 2]),
            Fate::Ends => {
                *self.ended.borrow_mut() = true;
                Err(Refused)
            }
        }
    }

    fn remove(&self, key: &str) {
        self.kept.remove(key);
    }

    fn keys(&self) -> Vec<String> {
        self.kept.keys()
    }
}

pub fn shelf(kept: &Rc<MemoryStore>, fates: &Rc<RefCell<Vec<Fate>>>, writer: u32) -> Shelf<FaultyStore> {
    let store = FaultyStore { kept: kept.clone(), fates: fates.clone(), ended: RefCell::new(false) };
    Shelf { writer, store: Box::new(store) }
}

pub fn sound() -> (Rc<MemoryStore>, Shelf<FaultyStore>) {
    let kept = Rc::new(MemoryStore::default());
    let shelf = shelf(&kept, &Rc::default(), 1);
    (kept, shelf)
}

fn dossier(unit: &str) -> Dossier {
    Dossier::new(unit.to_owned(), EMPLOYER, &editions()[0], &[1])
}

fn good(found: Option<Listed>) -> (String, Base, bool) {
    match found {
        Some(Listed::Good { envelope, base, mended, .. }) => (envelope.dossier.unit, base, mended),
        other => panic!("not good: {other:?}"),
    }
}

/// Saves a few revisions, `甲1` the first.
fn saved(shelf: &Shelf<FaultyStore>, n: u32) -> Base {
    let mut base = Base::default();
    for i in 1..=n {
        shelf.save("x", &dossier(&format!("甲{i}")), &mut base, 0, 7).expect("saved");
    }
    base
}

#[derive(Clone, Debug)]
enum Act {
    Save,
    /// The browser is closed or killed and opened again.
    Reopen,
}

proptest! {
    /// The last revision that was reported as saved is always recovered, or a later one of the same page that was not
    /// reported.
    #[test]
    fn what_was_acknowledged_is_recovered(
        acts in vec(prop_oneof![4 => Just(Act::Save), 1 => Just(Act::Reopen)], 1..40),
        fates in vec(
            prop_oneof![
                6 => Just(Fate::Kept), 2 => Just(Fate::Refused), 1 => Just(Fate::Forgotten), 2 => Just(Fate::Cut),
                1 => Just(Fate::Ends),
            ],
            0..60,
        ),
    ) {
        let (kept, fates) = (Rc::new(MemoryStore::default()), Rc::new(RefCell::new(fates)));
        let (mut page, mut writer) = (shelf(&kept, &fates, 0), 0);
        let (mut base, mut edits, mut acknowledged) = (Base::default(), 0_u32, 0_u32);
        for act in acts {
            match act {
                Act::Save => {
                    edits += 1;
                    if page.save("x", &dossier(&edits.to_string()), &mut base, 0, 7).is_ok() {
                        acknowledged = edits;
                    }
                }
                Act::Reopen => {
                    writer += 1;
                    page = shelf(&kept, &fates, writer);
                    match page.load("x") {
                        Some(Listed::Good { envelope, base: loaded, .. }) => {
                            let unit: u32 = envelope.dossier.unit.parse().expect("a number");
                            prop_assert!(acknowledged <= unit && unit <= edits, "{unit}, not {acknowledged}");
                            base = loaded;
                            // from now on, what is shown to the person must not be lost
                            acknowledged = unit;
                        }
                        // nothing was reported as saved, so nothing is lost
                        Some(Listed::Damaged { .. }) | None => {
                            prop_assert_eq!(acknowledged, 0);
                            base = Base::default();
                        }
                        Some(Listed::Newer { .. }) => prop_assert!(false, "nobody wrote a newer one"),
                    }
                }
            }
        }
    }

    /// Two pages: a page whose save succeeds had seen what was stored before. Nothing that was reported as saved is
    /// overwritten unseen.
    #[test]
    fn pages_never_write_over_each_other(acts in vec((0..2_usize, 0..4_u8), 1..60)) {
        let (kept, fates) = (Rc::new(MemoryStore::default()), Rc::default());
        let pages = [shelf(&kept, &fates, 1), shelf(&kept, &fates, 2)];
        let mut bases = [Base::default(), Base::default()];
        let mut seen = [0_u32, 0];
        let (mut edits, mut lies_there) = (0, 0);
        for (page, act) in acts {
            if act == 0 {
                let Some(Listed::Good { envelope, base, .. }) = pages[page].load("x") else { continue };
                seen[page] = envelope.dossier.unit.parse().expect("a number");
                prop_assert_eq!(seen[page], lies_there);
                bases[page] = base;
            } else {
                edits += 1;
                let saved = pages[page].save("x", &dossier(&edits.to_string()), &mut bases[page], 0, 7);
                if seen[page] == lies_there {
                    prop_assert_eq!(saved, Ok(()));
                    (seen[page], lies_there) = (edits, edits);
                } else {
                    prop_assert_eq!(saved, Err(NotSaved::ChangedElsewhere));
                }
            }
        }
    }

    /// Where one slot is damaged in any way, the other revision is loaded, the damaged text is in quarantine, and
    /// saving still works.
    #[test]
    fn a_damaged_slot_costs_one_revision(n in 2..9_u32, slot in prop::sample::select(vec!["a", "b"]), noise in ".{0,40}") {
        let (kept, shelf) = sound();
        saved(&shelf, n);
        let key = format!("zp1/doc/x/{slot}");
        kept.set(&key, &noise).expect("memory takes it");
        let (unit, mut base, mended) = good(shelf.load("x"));
        let one_of = [format!("甲{n}"), format!("甲{}", n - 1)];
        prop_assert!(mended && one_of.contains(&unit));
        prop_assert_eq!(shelf.quarantined().into_iter().map(|it| it.1).collect::<Vec<_>>(), [noise.clone()]);
        shelf.save("x", &dossier("乙"), &mut base, 0, 7).expect("saved");
        let (again, _, mended) = good(shelf.load("x"));
        prop_assert_eq!((again.as_str(), mended), ("乙", false));
        prop_assert_eq!(shelf.quarantined().len(), 1);
    }
}

#[test]
fn both_slots_damaged_leave_everything_where_it_is() {
    let (kept, shelf) = sound();
    saved(&shelf, 3);
    for slot in ["a", "b"] {
        kept.set(&format!("zp1/doc/x/{slot}"), &format!("ZP2.oops {slot}")).expect("memory takes it");
    }
    let before = everything(&kept);
    assert_eq!(shelf.load("x"), Some(Listed::Damaged { id: "x".into(), raw: "ZP2.oops a\nZP2.oops b".into() }));
    assert_eq!(everything(&kept), before);
}

#[test]
fn a_newer_record_is_never_written_over() {
    let (kept, shelf) = sound();
    let mut base = saved(&shelf, 2);
    kept.set("zp1/doc/x/a", "ZP9.9.9.9.9.4.7.AAAA").expect("memory takes it");
    let before = everything(&kept);
    assert_eq!(shelf.save("x", &dossier("乙"), &mut base, 0, 7), Err(NotSaved::NewerProgram));
    let Some(Listed::Newer { older: Some(older), .. }) = shelf.load("x") else { panic!("{:?}", shelf.load("x")) };
    assert_eq!(older.dossier.unit, "甲2");
    assert_eq!(everything(&kept), before);
}

#[test]
fn a_full_store_keeps_the_old_value_and_says_so() {
    let (kept, fates) = (Rc::new(MemoryStore::default()), Rc::new(RefCell::new(Vec::new())));
    let shelf = shelf(&kept, &fates, 1);
    let mut base = saved(&shelf, 2);
    let before = everything(&kept);
    *fates.borrow_mut() = vec![Fate::Refused, Fate::Refused];
    assert_eq!(shelf.save("x", &dossier("乙"), &mut base, 0, 7), Err(NotSaved::Refused));
    assert_eq!(everything(&kept), before);
    // a write that is refused only once is tried again at once
    *fates.borrow_mut() = vec![Fate::Refused];
    assert_eq!(shelf.save("x", &dossier("丙"), &mut base, 0, 7), Ok(()));
    assert_eq!(good(shelf.load("x")).0, "丙");
}

#[test]
fn a_damaged_original_that_cannot_be_set_aside_is_not_written_over() {
    let (kept, fates) = (Rc::new(MemoryStore::default()), Rc::new(RefCell::new(Vec::new())));
    let shelf = shelf(&kept, &fates, 1);
    let mut base = saved(&shelf, 2);
    kept.set("zp1/doc/x/a", "oops").expect("memory takes it");
    for fate in [Fate::Refused, Fate::Forgotten, Fate::Cut] {
        *fates.borrow_mut() = vec![fate];
        assert_eq!(shelf.save("x", &dossier("乙"), &mut base, 0, 7), Err(NotSaved::Refused), "{fate:?}");
        assert_eq!(kept.get("zp1/doc/x/a").as_deref(), Some("oops"));
    }
    assert_eq!(shelf.save("x", &dossier("乙"), &mut base, 0, 7), Ok(()));
}

#[test]
fn an_emptied_store_is_filled_again_from_memory() {
    let (kept, shelf) = sound();
    let mut base = saved(&shelf, 3);
    for key in kept.keys() {
        kept.remove(&key);
    }
    shelf.save("x", &dossier("乙"), &mut base, 0, 7).expect("saved");
    let (unit, again, _) = good(shelf.load("x"));
    assert_eq!((unit.as_str(), again.latest.revision), ("乙", 4));
}

/// Both pages took the same revision for the latest and wrote at the same moment: the page whose record was overwritten
/// is told.
#[test]
fn a_race_is_noticed_by_whoever_lost_it() {
    let (kept, fates) = (Rc::new(MemoryStore::default()), Rc::default());
    let pages = [shelf(&kept, &fates, 1), shelf(&kept, &fates, 2)];
    let first = saved(&pages[0], 2);
    let (mut mine, mut theirs) = (first.clone(), good(pages[1].load("x")).1);
    let slot = kept.get("zp1/doc/x/a");
    pages[0].save("x", &dossier("我"), &mut mine, 0, 7).expect("saved");
    kept.set("zp1/doc/x/a", &slot.expect("a record")).expect("memory takes it");
    pages[1].save("x", &dossier("他"), &mut theirs, 0, 7).expect("saved");
    let now = good(pages[0].load("x")).1;
    assert!(mine.overwritten(&now) && !theirs.overwritten(&now) && !first.overwritten(&now));
    // what was saved after it says nothing of that moment
    for n in 0..2 {
        pages[1].save("x", &dossier(&n.to_string()), &mut theirs, 0, 7).expect("saved");
    }
    assert!(!mine.overwritten(&good(pages[0].load("x")).1));
}

#[test]
fn the_first_record_of_this_version_keeps_the_last_of_the_earlier_one() {
    let (kept, shelf) = sound();
    let old = read("tests/records/v1/employer.txt");
    kept.set("zp1/doc/x/a", &old).expect("memory takes it");
    let Some(Listed::Good { envelope, mut base, .. }) = shelf.load("x") else { panic!("not good") };
    for _ in 0..3 {
        shelf.save("x", &envelope.dossier, &mut base, 0, 7).expect("saved");
    }
    assert_eq!(kept.get("zp1/earlier/x"), Some(old));
    assert!(!kept.get("zp1/doc/x/a").expect("a record").starts_with("ZP1"));
}

#[test]
fn nothing_outside_our_names_is_touched() {
    let (kept, shelf) = sound();
    for key in ["other", "zp", "zp2/doc/x/a", "doc/x/a"] {
        kept.set(key, "theirs").expect("memory takes it");
    }
    saved(&shelf, 3);
    shelf.release("other");
    shelf.release("zp1/doc/x/a");
    shelf.remove("x");
    let left: Vec<_> = everything(&kept);
    assert_eq!(left.len(), 4);
    assert!(left.iter().all(|it| it.1 == "theirs"));
    assert!(shelf.list().is_empty() && shelf.used() == 0);
}

#[test]
fn there_is_room_for_fifty() {
    let (_, shelf) = sound();
    for i in 0..50 {
        assert_eq!(shelf.room_for(1), Ok(()), "{i}");
        shelf.save(&format!("x{i}"), &dossier(""), &mut Base::default(), 0, 7).expect("saved");
    }
    assert_eq!(shelf.room_for(1), Err(NotSaved::NoRoom));
    shelf.remove("x7");
    assert_eq!((shelf.room_for(1), shelf.room_for(2)), (Ok(()), Err(NotSaved::NoRoom)));
}

/// The latest comes first; where the clock was set back, the revision decides.
#[test]
fn the_clock_decides_nothing() {
    let (_, shelf) = sound();
    let mut base = Base::default();
    shelf.save("x", &dossier("早"), &mut base, 0, 2_000_000_000).expect("saved");
    shelf.save("x", &dossier("晚"), &mut base, 0, 1).expect("saved");
    assert_eq!(good(shelf.load("x")).0, "晚");
}

pub fn everything(kept: &MemoryStore) -> Vec<(String, String)> {
    let mut all: Vec<_> = kept.keys().into_iter().map(|key| (key.clone(), kept.get(&key).expect("there"))).collect();
    all.sort();
    all
}

#[test]
fn a_damaged_text_that_is_deleted_does_not_come_back() {
    let (kept, shelf) = sound();
    saved(&shelf, 2);
    kept.set("zp1/doc/x/b", "{}").expect("memory takes it");
    let good = kept.get("zp1/doc/x/a");
    shelf.load("x");
    let (name, text) = shelf.quarantined().pop().expect("it is set aside");
    assert_eq!(text, "{}");
    shelf.release(&name);
    assert!(matches!(shelf.load("x"), Some(Listed::Good { mended: false, .. })));
    assert_eq!(everything(&kept), [("zp1/doc/x/a".to_owned(), good.expect("a record"))]);
}

/// Which dossier the home page continues with, among dossiers in the bin, damaged ones and those of a newer version.
#[test]
fn the_latest_is_whole_and_not_in_the_bin() {
    let (kept, shelf) = sound();
    let save = |id: &str, dossier: &Dossier, at| {
        shelf.save(id, dossier, &mut Base::default(), 0, at).expect("saved");
    };
    assert_eq!(shelf.latest(), None);
    save("x", &dossier("甲"), 1);
    save("y", &dossier("乙"), 2);
    save("binned", &Dossier { binned: Some(3), ..dossier("丙") }, 3);
    save("damaged", &dossier("丁"), 4);
    kept.set("zp1/doc/damaged/a", "{}").expect("memory takes it");
    save("newer", &dossier("戊"), 5);
    kept.set("zp1/doc/newer/b", "ZP9.1").expect("memory takes it");
    assert_eq!(shelf.latest().map(|it| it.0).as_deref(), Some("y"));
    shelf.remove("y");
    assert_eq!(shelf.latest().map(|it| it.0).as_deref(), Some("x"));
}

/// It is one line, whatever the name contains; where the store is full it is removed rather than left outdated; and it
/// does not appear in the list of dossiers.
#[test]
fn the_line_for_the_home_page_is_one_short_line() {
    let (kept, shelf) = sound();
    let line = || kept.get("zp1/last");
    shelf.note_last(Some(("dossier/?of=x", "某\t厂\n二")));
    assert_eq!(line().as_deref(), Some("dossier/?of=x 某 厂 二"));
    shelf.note_last(Some(("dossier/?of=x", &"𠀀".repeat(300))));
    assert_eq!(line(), Some(format!("dossier/?of=x {}", "𠀀".repeat(100))));
    assert!(shelf.list().is_empty() && 0 < shelf.used());
    shelf.note_last(None);
    assert_eq!((line().as_deref(), shelf.is_bare()), (Some(""), false));
    shelf.note_last(Some(("dossier/?of=x", "甲")));
    let full = self::shelf(&kept, &Rc::new(RefCell::new(vec![Fate::Refused])), 1);
    full.note_last(Some(("dossier/?of=y", "乙")));
    assert_eq!(line(), None);
    // an unchanged line is not written again
    shelf.note_last(Some(("dossier/?of=x", "甲")));
    let full = self::shelf(&kept, &Rc::new(RefCell::new(vec![Fate::Refused])), 1);
    full.note_last(Some(("dossier/?of=x", "甲")));
    assert_eq!(line().as_deref(), Some("dossier/?of=x 甲"));
}
