//! The versions of a sheet: what is kept when, which one goes, and going back to one.

use ziping::cli::read_answers;
use ziping::dossier::{Dossier, Envelope, History, Sheet, Stamp, VERSIONS, open, seal};

use ziping::rubric::Fact;
use ziping::score::Answers;

use crate::{EMPLOYER, cases, editions};

const NOW: u64 = 1_790_000_000;
const DAY: u64 = 24 * 60 * 60;

/// The answers with full marks.
fn full(annex: u8) -> Answers {
    let rubric = editions()[0].rubric(annex).expect("an annex");
    let line = serde_json::json!({ "rubric": annex.to_string(), "answers": cases::full(rubric) }).to_string();
    read_answers(rubric, &line).expect("sound answers")
}

fn names(sheet: &Sheet) -> Vec<&str> {
    sheet.work.versions.iter().map(|it| it.name.as_str()).collect()
}

#[test]
fn of_too_many_versions_the_oldest_without_a_name_goes_then_the_oldest() {
    let mut sheet = Sheet::default();
    for n in 0..VERSIONS {
        let name = if n == 3 || n == 7 { String::new() } else { format!("第{n}版") };
        sheet.keep_version(name, NOW + n as u64);
    }
    sheet.keep_version("甲".to_owned(), NOW);
    assert_eq!(sheet.work.versions.len(), VERSIONS);
    assert_eq!(names(&sheet).iter().filter(|it| it.is_empty()).count(), 1);
    assert!(names(&sheet)[..4].contains(&"第4版") && names(&sheet)[0] == "第0版");
    sheet.keep_version("乙".to_owned(), NOW);
    assert!(!names(&sheet).contains(&""));
    sheet.keep_version("丙".to_owned(), NOW);
    assert_eq!((names(&sheet)[0], names(&sheet)[VERSIONS - 1]), ("第1版", "丙"));
}

/// A dossier whose public sheet is answered but for 2-… its last row.
fn nearly() -> (Dossier, Dossier) {
    let edition = &editions()[0];
    let mut done = Dossier::new("某厂".to_owned(), EMPLOYER, edition, &[1]);
    done.sheets[0].answers = full(1);
    let mut before = done.clone();
    before.sheets[0].answers.clear(9);
    (before, done)
}

#[test]
fn a_sheet_that_is_completed_is_kept_once_a_day() {
    let edition = &editions()[0];
    let (before, mut now) = nearly();
    now.keep_completed(&before, edition, NOW);
    let kept =
        |it: &Dossier| it.sheets[0].work.versions.iter().map(|it| (it.name.clone(), it.made)).collect::<Vec<_>>();
    assert_eq!(kept(&now), [(String::new(), NOW)]);
    assert_eq!(now.sheets[0].work.versions[0].answers, now.sheets[0].answers);
    // the last answer is still being typed
    let typed = now.clone();
    now.sheets[0].answers.set(9, Fact::FullTimeStaff, Some(12));
    now.keep_completed(&typed, edition, NOW + 5);
    assert_eq!((kept(&now).len(), now.sheets[0].work.versions[0].answers == now.sheets[0].answers), (1, true));
    // a later edit is no completion
    let later = now.clone();
    now.sheets[0].answers.set(9, Fact::FullTimeStaff, Some(3));
    now.keep_completed(&later, edition, NOW + 500);
    assert_ne!(now.sheets[0].work.versions[0].answers, now.sheets[0].answers);
    // completed again the same day: the version of the day; the next day: another one
    let complete = now.clone();
    for (at, n) in [(NOW + 1000, 1), (NOW + 2 * DAY, 2)] {
        let mut before = now.clone();
        before.sheets[0].answers.clear(9);
        now.sheets[0].answers.set(9, Fact::FullTimeStaff, Some(n + 20));
        now.keep_completed(&before, edition, at);
        assert_eq!(kept(&now).len(), n as usize);
    }
    // a state that is kept already is not kept twice
    let mut back = complete.clone();
    back.sheets[0].answers.clear(9);
    now.sheets[0].answers.set(9, Fact::FullTimeStaff, Some(21));
    now.keep_completed(&back, edition, NOW + 9 * DAY);
    assert_eq!(kept(&now).len(), 2);
}

/// The version goes on with the sheet for less than two minutes, and is the version of the day for less than a day.
#[test]
fn two_minutes_later_and_a_day_later_the_version_stays_as_it_is() {
    let edition = &editions()[0];
    let (before, mut kept) = nearly();
    kept.keep_completed(&before, edition, NOW);
    let edited = |then: u64, first: &Dossier| {
        let mut now = kept.clone();
        now.sheets[0].answers.set(9, Fact::FullTimeStaff, Some(12));
        now.keep_completed(first, edition, then);
        let versions = &now.sheets[0].work.versions;
        (versions.len(), versions[0].answers == now.sheets[0].answers)
    };
    for (then, is_in_it) in [(NOW + 119, true), (NOW + 120, false), (NOW + 121, false)] {
        assert_eq!(edited(then, &kept), (1, is_in_it), "typed on at {then}");
    }
    for (then, n, is_in_it) in [(NOW + DAY - 1, 1, true), (NOW + DAY, 2, false), (NOW + DAY + 1, 2, false)] {
        assert_eq!(edited(then, &before), (n, is_in_it), "completed again at {then}");
    }
}

#[test]
fn what_is_not_complete_is_not_kept() {
    let edition = &editions()[0];
    let (mut now, _) = nearly();
    let before = Dossier::new("某厂".to_owned(), EMPLOYER, edition, &[1]);
    now.keep_completed(&before, edition, NOW);
    assert!(now.sheets[0].work.versions.is_empty());
}

#[test]
fn going_back_keeps_what_was_there_and_is_one_step() {
    let (before, mut now) = nearly();
    let sheet = &mut now.sheets[0];
    sheet.set_note(3, "旧备注".to_owned());
    sheet.keep_version("初评".to_owned(), NOW);
    sheet.answers = before.sheets[0].answers.clone();
    sheet.set_note(3, "新备注".to_owned());
    let mut history = History::default();
    let was = now.clone();
    now.sheets[0].go_back(0, "回到“初评”之前".to_owned(), NOW + 9);
    history.before(was.clone(), None, NOW + 9);
    assert_eq!(names(&now.sheets[0]), ["初评", "回到“初评”之前"]);
    assert_eq!((&now.sheets[0].answers, now.sheets[0].note(3)), (&full(1), "旧备注"));
    // what is kept already is not kept again
    let twice = now.clone();
    now.sheets[0].go_back(1, "再回".to_owned(), NOW + 10);
    assert_eq!(now.sheets[0].answers, was.sheets[0].answers);
    assert_eq!(names(&now.sheets[0]), names(&twice.sheets[0]));
    assert_eq!(history.undo(&twice), Some(was));
}

/// A note alone is something to be kept as well, but not a sheet that says nothing.
#[test]
fn going_back_from_a_sheet_with_notes_alone_keeps_them() {
    for (note, kept) in [("新备注", &["初评", "之前"][..]), ("", &["初评"])] {
        let mut sheet = Sheet { answers: full(1), ..Sheet::default() };
        sheet.keep_version("初评".to_owned(), NOW);
        sheet.answers = Answers::default();
        sheet.set_note(3, note.to_owned());
        sheet.go_back(0, "之前".to_owned(), NOW + 9);
        assert_eq!(names(&sheet), kept);
        assert_eq!((&sheet.answers, sheet.note(3)), (&full(1), ""));
    }
}

/// Twenty versions of ten full sheets, each with five notes of 100 letters.
#[test]
fn the_largest_dossier_is_saved_and_undone() {
    let edition = &editions()[0];
    let annexes = [[1].as_slice(), [2; 9].as_slice()].concat();
    let mut dossier = Dossier::new("某厂".to_owned(), EMPLOYER, edition, &annexes);
    for sheet in &mut dossier.sheets {
        sheet.answers = full(sheet.annex);
        (1..=5).for_each(|row| sheet.set_note(row, "备注".repeat(50)));
        (0..VERSIONS as u64).for_each(|n| sheet.keep_version(format!("第{n}版"), NOW + n));
    }
    let stamp = Stamp { revision: 1, writer: 2 };
    let envelope = Envelope { stamp, written: NOW, edits: 0, dossier };
    let record = seal(&envelope);
    // two slots of it and the steps of undoing have room in the five megabytes of a browser
    assert!((400_000..500_000).contains(&record.len()), "{} bytes", record.len());
    assert_eq!(open(&record).as_ref(), Ok(&envelope));
}
