//! 自评表 in the bin: deleted, put back, and kept apart from dossiers.

use std::cell::RefCell;
use std::rc::Rc;

use ziping::dossier::{Base, Dossier, Listed, NotSaved, Store, taken_from};

use crate::shelf::{Fate, shelf, sound};
use crate::{EMPLOYER, editions};

fn dossier(unit: &str) -> Dossier {
    Dossier::new(unit.to_owned(), EMPLOYER, &editions()[0], &[1])
}

/// A sheet that was deleted goes back where it was, under its own number, as long as nothing else has it.
#[test]
fn a_deleted_sheet_comes_back() {
    let (kept, shelf) = sound();
    let mut whole = dossier("甲");
    let turner = whole.add_sheet(2);
    whole.sheet_mut(turner).expect("there").levels = "4、3".to_owned();
    let fitter = whole.add_sheet(2);
    let (of, mut base) = ("x", Base::default());
    let without = |gone: u16| {
        let mut left = whole.clone();
        left.sheets.retain(|it| it.id != gone);
        left
    };
    let bin =
        |gone: u16, own: &str| shelf.bin_sheet(of, &whole, whole.sheet(gone).expect("there"), own, 7).expect("room");
    shelf.save(of, &without(turner), &mut base, 3, 7).expect("saved");
    let in_bin = bin(turner, "n1");
    assert_eq!((taken_from(&in_bin), taken_from(of)), (Some(of), None));
    // an earlier version of the program sees a dossier in the bin
    let record = |id: &str| match shelf.load(id) {
        Some(Listed::Good { envelope, .. }) => envelope,
        other => panic!("{other:?}"),
    };
    let binned = record(&in_bin).dossier;
    assert_eq!((binned.binned, binned.unit.as_str(), binned.sheets.len()), (Some(7), "甲", 1));
    assert_eq!(shelf.latest().map(|it| it.0).as_deref(), Some(of));
    assert_eq!(shelf.put_back(&in_bin, 8), Ok(of.to_owned()));
    assert_eq!((record(of).dossier, record(of).edits, shelf.has(&in_bin)), (whole.clone(), 4, false));

    // deleted, undone by a step back, deleted again: the bin has it once
    let (first, second) = (bin(turner, "n3"), bin(turner, "n4"));
    assert_eq!((shelf.has(&first), shelf.has(&second)), (false, true));
    shelf.remove(&second);

    // its number went to another sheet meanwhile
    let mut other = without(fitter);
    assert_eq!(other.add_sheet(2), fitter);
    other.sheet_mut(fitter).expect("there").levels = "5".to_owned();
    let mut base = Base::default();
    shelf.save("y", &other, &mut base, 0, 9).expect("saved");
    let in_bin = shelf.bin_sheet("y", &whole, whole.sheet(fitter).expect("there"), "n2", 9).expect("room");
    shelf.put_back(&in_bin, 9).expect("put back");
    let ids: Vec<u16> = record("y").dossier.sheets.iter().map(|it| it.id).collect();
    assert_eq!(ids, [1, turner, fitter, fitter + 1]);

    // nothing is taken twice; where the dossier is gone, the sheet is one of its own
    let mut twice = whole.clone();
    twice.take_in(whole.sheet(turner).expect("there").clone());
    assert_eq!(twice, whole);
    let (third, fourth) = (bin(turner, "n3"), bin(fitter, "n4"));
    let mut base = match shelf.load(of) {
        Some(Listed::Good { base, .. }) => base,
        other => panic!("{other:?}"),
    };
    shelf.save(of, &Dossier { binned: Some(9), ..whole.clone() }, &mut base, 0, 9).expect("saved");
    assert_eq!(shelf.put_back(&third, 9), Ok(third.clone()));
    shelf.remove(of);
    assert_eq!(shelf.put_back(&fourth, 9), Ok(fourth.clone()));
    assert_eq!((record(&third).dossier.binned, record(&fourth).dossier.sheets.len()), (None, 1));
    assert!(kept.keys().iter().all(|it| it.starts_with("zp1/")));
    assert_eq!(shelf.put_back("nothing", 9), Err(NotSaved::Refused));
}

/// Deleted sheets leave by themselves and take no room from dossiers. A full store is told before anything is deleted.
#[test]
fn deleted_sheets_take_no_dossiers_room() {
    let (kept, first) = sound();
    let whole = dossier("甲");
    for i in 0..49 {
        first.save(&format!("x{i}"), &whole, &mut Base::default(), 0, 7).expect("saved");
        first.bin_sheet("x1", &whole, &whole.sheets[0], &format!("n{i}"), 7).expect("room");
    }
    assert_eq!((first.room_for(1), first.room_for(2)), (Ok(()), Err(NotSaved::NoRoom)));
    let full = shelf(&kept, &Rc::new(RefCell::new(vec![Fate::Refused; 4])), 1);
    assert_eq!(full.bin_sheet("x1", &whole, &whole.sheets[0], "full", 7), Err(NotSaved::Refused));
    assert!(!full.has("x1.full"));
}
