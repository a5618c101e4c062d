//! The bin keeps for a week of visits, and no single reading of a clock empties it.

use ziping::dossier::{Base, Dossier, Store};

use crate::shelf::sound;
use crate::{EMPLOYER, editions};

const DAY: u64 = 24 * 60 * 60;
const TODAY: u64 = 1_795_000_000;

/// Was it there after these visits? It is put into the bin at the first number of seconds.
fn stays(binned: u64, visits: impl IntoIterator<Item = u64>) -> bool {
    let (_, shelf) = sound();
    let mut dossier = Dossier::new("某厂".to_owned(), EMPLOYER, &editions()[0], &[1]);
    dossier.binned = Some(binned);
    shelf.save("x", &dossier, &mut Base::default(), 0, binned).expect("saved");
    visits.into_iter().for_each(|now| shelf.empty_bin(now));
    shelf.has("x")
}

#[test]
fn no_single_reading_of_a_clock_empties_the_bin() {
    // years behind when it was put there, and set right; years ahead on one visit; to and fro within an hour
    assert!(stays(TODAY - 3000 * DAY, [TODAY, TODAY + 60]));
    assert!(stays(TODAY, [TODAY, TODAY + 3000 * DAY, TODAY + 60]));
    assert!(stays(TODAY, [TODAY, TODAY + 3000 * DAY, TODAY, TODAY + 3000 * DAY, TODAY, TODAY + 9 * DAY]));
    // put there by a clock that is ahead: not before that time is there
    assert!(stays(TODAY + 100 * DAY, (0..30).map(|day| TODAY + day * DAY)));
    // three days ahead: a week after that time
    assert!(stays(TODAY + 3 * DAY, (0..10).map(|day| TODAY + day * DAY)));
    assert!(!stays(TODAY + 3 * DAY, (0..11).map(|day| TODAY + day * DAY)));
}

#[test]
fn a_week_of_visits_empties_it_and_what_is_left_is_told() {
    assert!(stays(TODAY, (0..7).map(|day| TODAY + day * DAY)));
    assert!(!stays(TODAY, (0..8).map(|day| TODAY + day * DAY)));
    // of a month without a visit one day counts
    assert!(stays(TODAY, [0, 30, 60, 90, 120, 150, 180].map(|day| TODAY + day * DAY)));
    let (kept, shelf) = sound();
    let mut dossier = Dossier::new("某厂".to_owned(), EMPLOYER, &editions()[0], &[1]);
    dossier.binned = Some(TODAY);
    shelf.save("x", &dossier, &mut Base::default(), 0, TODAY).expect("saved");
    assert_eq!(shelf.days_in_bin("x"), 7);
    (0..3).for_each(|day| shelf.empty_bin(TODAY + day * DAY));
    assert_eq!(shelf.days_in_bin("x"), 5);
    shelf.remove("x");
    shelf.empty_bin(TODAY + 3 * DAY);
    assert!(kept.keys().is_empty());
    // a line that somebody else planted counts nothing
    kept.set("zp1/bin", "x 99999999999 a\u{0} y").expect("memory takes it");
    assert_eq!(shelf.days_in_bin("x"), 7);
}
