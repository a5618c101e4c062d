//! The promise of saving for the panel, which is stored in a single slot.

use std::cell::RefCell;
use std::rc::Rc;

use proptest::collection::vec;
use proptest::prelude::*;
use ziping::compare::Panel;
use ziping::dossier::{MemoryStore, NotSaved, Shelved, Sight, Single, Store};

use crate::read;
use crate::shelf::{Fate, everything, shelf, sound};

const SLOT: &str = "zp1/panel";

fn panel(unit: impl ToString) -> Panel {
    Panel { unit: unit.to_string(), ..Panel::default() }
}

fn number(panel: &Panel) -> u32 {
    panel.unit.parse().expect("a number")
}

proptest! {
    /// The last panel that was reported as saved is recovered, or a later one of the same page that was not reported.
    /// As there is only one slot, a store that keeps half of a text would lose it; browsers store all of a text or
    /// nothing.
    #[test]
    fn what_was_acknowledged_is_recovered(
        acts in vec(prop_oneof![4 => Just(true), 1 => Just(false)], 1..40),
        fates in vec(
            prop_oneof![
                6 => Just(Fate::Kept), 2 => Just(Fate::Refused), 2 => Just(Fate::Forgotten), 1 => Just(Fate::Ends),
            ],
            0..60,
        ),
    ) {
        let (kept, fates) = (Rc::new(MemoryStore::default()), Rc::new(RefCell::new(fates)));
        let mut page = shelf(&kept, &fates, 0);
        let (mut seen, mut edits, mut acknowledged) = (Sight::default(), 0, 0);
        for is_edit in acts {
            if is_edit {
                edits += 1;
                if panel(edits).save(&page, &mut seen).is_ok() {
                    acknowledged = edits;
                }
                continue;
            }
            page = shelf(&kept, &fates, 0);
            let (found, sight) = Panel::load(&page);
            match found {
                Single::Good(panel) => prop_assert_eq!(number(&panel), acknowledged),
                Single::Nothing => prop_assert_eq!(acknowledged, 0),
                Single::SetAside | Single::Stuck | Single::Newer => prop_assert!(false, "{found:?}"),
            }
            seen = sight;
        }
    }

    /// It is noticed when a store kept only half of a text, and that half is set aside before the slot is used again.
    #[test]
    fn half_a_text_is_never_taken_for_a_panel(fates in vec(prop_oneof![Just(Fate::Kept), Just(Fate::Cut)], 0..20)) {
        let (kept, fates) = (Rc::new(MemoryStore::default()), Rc::new(RefCell::new(fates)));
        let page = shelf(&kept, &fates, 0);
        let mut seen = Sight::default();
        for edits in 1..12_u32 {
            let saved = panel(edits).save(&page, &mut seen);
            let (found, _) = Panel::load(&shelf(&kept, &Rc::default(), 0));
            match saved {
                Ok(()) => prop_assert_eq!(found, Single::Good(panel(edits))),
                Err(why) => prop_assert_eq!(why, NotSaved::Refused),
            }
        }
    }

    /// Two pages: a page whose save succeeds had seen what was stored before, also where that was nothing.
    #[test]
    fn pages_never_write_over_each_other(acts in vec((0..2_usize, 0..5_u8), 1..60)) {
        let (kept, fates) = (Rc::new(MemoryStore::default()), Rc::default());
        let pages = [shelf(&kept, &fates, 1), shelf(&kept, &fates, 2)];
        let mut sights = [Sight::default(), Sight::default()];
        // 0 stands for no panel
        let (mut seen, mut edits, mut lies_there) = ([0_u32, 0], 0, 0);
        for (page, act) in acts {
            if act == 0 {
                let (found, sight) = Panel::load(&pages[page]);
                seen[page] = if let Single::Good(panel) = &found { number(panel) } else { 0 };
                prop_assert_eq!(seen[page], lies_there);
                sights[page] = sight;
                continue;
            }
            let new = if act == 1 { Panel::default() } else { edits += 1; panel(edits) };
            let saved = new.save(&pages[page], &mut sights[page]);
            if seen[page] == lies_there {
                prop_assert_eq!(saved, Ok(()));
                lies_there = if act == 1 { 0 } else { edits };
                seen[page] = lies_there;
            } else {
                prop_assert_eq!(saved, Err(NotSaved::ChangedElsewhere));
            }
        }
    }
}

#[test]
fn the_line_of_version_1_is_found_and_gives_way_to_this_version() {
    let (kept, shelf) = sound();
    let line = read("tests/records/panel-v1.line");
    kept.set(SLOT, &line).expect("memory takes it");
    let (Single::Good(panel), mut seen) = Panel::load(&shelf) else { panic!("not found") };
    assert_eq!(panel, Panel::open(&line).expect("it opens"));
    panel.save(&shelf, &mut seen).expect("saved");
    assert_eq!(everything(&kept), [(SLOT.to_owned(), panel.seal())]);
}

#[test]
fn an_empty_panel_is_taken_away() {
    let (kept, shelf) = sound();
    let mut seen = Sight::default();
    panel(1).save(&shelf, &mut seen).expect("saved");
    Panel::default().save(&shelf, &mut seen).expect("taken away");
    assert!(everything(&kept).is_empty());
    panel(2).save(&shelf, &mut seen).expect("saved");
    assert_eq!(Panel::load(&shelf).0, Single::Good(panel(2)));
}

#[test]
fn a_newer_panel_is_never_written_over() {
    let (kept, shelf) = sound();
    for newer in ["ZPH3.4.7.AAAA", "ZPH99.whatever"] {
        kept.set(SLOT, newer).expect("memory takes it");
        let (found, mut seen) = Panel::load(&shelf);
        assert_eq!(found, Single::Newer);
        // neither by a page that has seen it, nor by one that was told of it and tries again
        assert_eq!(panel(1).save(&shelf, &mut seen), Err(NotSaved::NewerProgram));
        assert_eq!(panel(1).save(&shelf, &mut shelf.sight(Shelved::Panel)), Err(NotSaved::NewerProgram));
        assert_eq!(panel(1).save(&shelf, &mut Sight::default()), Err(NotSaved::NewerProgram));
        assert_eq!(everything(&kept), [(SLOT.to_owned(), newer.to_owned())]);
    }
}

#[test]
fn a_damaged_panel_is_set_aside_once_and_does_not_come_back_when_it_is_deleted() {
    let (kept, shelf) = sound();
    kept.set(SLOT, "ZPH2.oops").expect("memory takes it");
    assert_eq!(Panel::load(&shelf).0, Single::SetAside);
    let (found, mut seen) = Panel::load(&shelf);
    assert_eq!(found, Single::SetAside);
    let aside = shelf.quarantined();
    assert_eq!(aside.iter().map(|it| it.1.as_str()).collect::<Vec<_>>(), ["ZPH2.oops"]);
    assert!(aside[0].0.starts_with("zp1/quar/panel-"), "{aside:?}");
    shelf.release(&aside[0].0);
    assert!(everything(&kept).is_empty());
    // and where the copy in quarantine is not deleted, saving still works
    kept.set(SLOT, "ZPH2.oops").expect("memory takes it");
    panel(1).save(&shelf, &mut seen).expect("saved");
    assert_eq!((Panel::load(&shelf).0, shelf.quarantined()), (Single::Good(panel(1)), aside));
}

#[test]
fn a_damaged_panel_that_cannot_be_set_aside_is_not_written_over() {
    let (kept, fates) = (Rc::new(MemoryStore::default()), Rc::new(RefCell::new(Vec::new())));
    let shelf = shelf(&kept, &fates, 1);
    kept.set(SLOT, "oops").expect("memory takes it");
    *fates.borrow_mut() = vec![Fate::Refused];
    let (found, mut seen) = Panel::load(&shelf);
    assert_eq!(found, Single::Stuck);
    for fate in [Fate::Refused, Fate::Forgotten, Fate::Cut] {
        *fates.borrow_mut() = vec![fate];
        assert_eq!(panel(1).save(&shelf, &mut seen), Err(NotSaved::Refused), "{fate:?}");
        assert_eq!(kept.get(SLOT).as_deref(), Some("oops"));
    }
    // once there is room again it is saved
    assert_eq!(panel(1).save(&shelf, &mut seen), Ok(()));
    assert_eq!(shelf.quarantined().len(), 1);
}

#[test]
fn a_full_store_keeps_the_old_panel_and_says_so() {
    let (kept, fates) = (Rc::new(MemoryStore::default()), Rc::new(RefCell::new(Vec::new())));
    let shelf = shelf(&kept, &fates, 1);
    let mut seen = Sight::default();
    panel(1).save(&shelf, &mut seen).expect("saved");
    *fates.borrow_mut() = vec![Fate::Refused, Fate::Refused];
    assert_eq!(panel(2).save(&shelf, &mut seen), Err(NotSaved::Refused));
    assert_eq!(Panel::load(&shelf).0, Single::Good(panel(1)));
    // a write that is refused only once is tried again at once
    *fates.borrow_mut() = vec![Fate::Refused];
    assert_eq!(panel(3).save(&shelf, &mut seen), Ok(()));
}
