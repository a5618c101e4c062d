//! Where what is kept ends: what no record may hold, what a file says of many, in which order sheets, notes and dossiers
//! stand, how much the storage has.

use serde_json::Value;
use ziping::dossier::{
    About, Backup, BackupBeside, Base, Damage, Dossier, Envelope, Evidence, Listed, LostDossier, MemoryStore,
    NotOpened, PaperCount, Sheet, Shelf, Stamp, Store, Task, Version, beside, open, read_in_part, seal, write_backup,
};
use ziping::rubric::Fact;
use ziping::score::{Answers, Given};

use crate::{EMPLOYER, editions, read};

fn dossier(unit: &str, annexes: &[u8]) -> Dossier {
    Dossier::new(unit.to_owned(), EMPLOYER, &editions()[0], annexes)
}

fn envelope(dossier: Dossier) -> Envelope {
    Envelope { stamp: Stamp { revision: 3, writer: 4 }, written: 100, edits: 0, dossier }
}

/// 是否符合 is yes or no, nothing else.
fn met(value: i64) -> Answers {
    [Given { row: 1, fact: Fact::Met, value }].into_iter().collect()
}

/// What no page does to a sheet.
type Forgery = (&'static str, fn(&mut Sheet));

#[test]
fn a_record_that_no_page_can_have_written_is_damaged() {
    let edits: [Forgery; 4] = [
        ("a number that is there twice", |it| it.id = 1),
        ("an answer", |it| it.answers = met(2)),
        ("an answer of an earlier version", |it| {
            it.work.versions.push(Version { answers: met(2), ..Version::default() });
        }),
        ("an answer that a task leads to", |it| {
            it.work.tasks.push(Task { to: vec![(Fact::Met, 2)], ..Task::default() });
        }),
    ];
    let mut sound = dossier("某厂", &[1, 2]);
    sound.sheets[1].answers = met(1);
    sound.sheets[1].work.versions.push(Version { answers: met(0), ..Version::default() });
    sound.sheets[1].work.tasks.push(Task { to: vec![(Fact::Met, 1)], ..Task::default() });
    assert_eq!(open(&seal(&envelope(sound.clone()))), Ok(envelope(sound.clone())));
    for (what, edit) in edits {
        let mut wrong = sound.clone();
        edit(&mut wrong.sheets[1]);
        assert_eq!(open(&seal(&envelope(wrong))), Err(Damage::Broken), "{what}");
    }
}

#[test]
fn there_is_no_version_0_of_a_record() {
    let mut with_task = dossier("某厂", &[1]);
    with_task.sheets[0].work.tasks.push(Task::default());
    let sealed = seal(&envelope(with_task));
    let (_, rest) = sealed.split_once('.').expect("a version");
    assert!(open(&format!("ZP3.{rest}")).is_ok());
    assert_eq!(open(&format!("ZP0.{rest}")), Err(Damage::Broken));
}

/// Version 1 had the same length and the same checksum, of the payload alone.
#[test]
fn one_wrong_letter_of_version_1_is_noticed() {
    let old = read("tests/records/v1/employer.txt");
    let old = old.trim();
    let (head, payload) = old.rsplit_once('.').expect("a payload");
    assert!(open(old).is_ok());
    for at in 0..payload.len() {
        let other = if &payload[at..=at] == "A" { "B" } else { "A" };
        let wrong = format!("{head}.{}{other}{}", &payload[..at], &payload[at + 1..]);
        assert_eq!(open(&wrong), Err(Damage::Broken), "letter {at}");
    }
    assert_eq!(open(&old.replacen(".300.", ".301.", 1)), Err(Damage::Broken), "another length");
}

/// What two dossiers say in several lines is one list each, and nothing that somebody typed breaks it.
#[test]
fn the_words_of_a_backup_are_lists_of_lines() {
    let lines = ["1-1 符合", "备注：\t见\u{7}附件\"一\"", "1-2 不符合"].map(str::to_owned);
    let all =
        ["甲厂", "乙校"].map(|unit| (dossier(unit, &[1]), About { title: unit.to_owned(), lines: lines.to_vec() }));
    let text = write_backup(&all, "2026-11-25 10:00", 7, "");
    let document: Value = serde_json::from_str(&text).expect("the file is JSON");
    for (at, unit) in ["甲厂", "乙校"].into_iter().enumerate() {
        let of = &document["内容"][at];
        assert_eq!(of["单位"], unit);
        assert_eq!(of["填写"], serde_json::json!(["1-1 符合", "备注： 见 附件\"一\"", "1-2 不符合"]));
    }
    assert_eq!(document["档案"].as_array().map(Vec::len), Some(2));
}

#[test]
fn of_many_records_that_do_not_open_fifty_are_named() {
    let lost = |n: u32| {
        let one = |number| LostDossier { number, name: "".into(), why: Damage::Broken };
        Backup { lost: (1..=n).map(one).collect(), ..Backup::default() }.lost_in_words()
    };
    assert_eq!((lost(49).len(), lost(50).len()), (49, 50));
    assert_eq!(lost(50)[49], "第 50 份已损坏");
    for (n, more) in [(51, "另有 1 份也打不开"), (52, "另有 2 份也打不开")] {
        assert_eq!(lost(n).len(), 51);
        assert_eq!(lost(n)[50], more);
    }
}

/// A record begins with its version, a number: other words that begin like one are none.
#[test]
fn what_only_begins_like_a_record_is_none() {
    for text in ["ZP.1.2", "ZPx.1", "见 ZP-2.1 号文", "ZP2a.1"] {
        assert_eq!(read_in_part(text), Err(NotOpened::Foreign), "{text}");
    }
    assert_eq!(read_in_part("ZP2.1").map(|it| it.lost.len()), Ok(1));
}

/// A file of the very second in which what is here was saved is no older than that.
#[test]
fn a_file_is_older_only_where_something_was_saved_after_it() {
    let at = |written, annexes: &[u8]| Envelope { written, ..envelope(dossier("某厂", annexes)) };
    for (written, stands) in [(99, BackupBeside::Older), (100, BackupBeside::Newer), (101, BackupBeside::Newer)] {
        assert_eq!(beside(&[at(100, &[1])], &at(written, &[2])), stands, "{written}");
    }
}

#[test]
fn notes_stand_in_the_order_of_their_rows() {
    let mut sheet = Sheet::default();
    for row in [5, 2, 8, 5, 3] {
        sheet.set_note(row, format!("第{row}行"));
    }
    assert_eq!(sheet.notes.iter().map(|it| it.0).collect::<Vec<_>>(), [2, 3, 5, 8]);
}

/// A paper that proves several rows is kept at one place by one person; another paper is not.
#[test]
fn only_the_same_paper_is_kept_at_the_same_place() {
    let mut sheet = Sheet::default();
    let kept =
        |paper: &str| Evidence { row: 1, paper: paper.to_owned(), place: "档案室".into(), ..Evidence::default() };
    sheet.work.evidence = vec![kept(""), kept("营业执照")];
    for (paper, place) in [("营业执照", "档案室"), ("章程", ""), ("", "")] {
        let at = sheet.add_paper(7, paper);
        assert_eq!(sheet.work.evidence[at].place, place, "{paper}");
    }
}

#[test]
fn the_papers_of_two_sheets_are_counted_together() {
    let one = PaperCount { papers: 2, ready: 1, entries: 3, bare: vec![4] };
    let other = PaperCount { papers: 7, ready: 5, entries: 11, bare: vec![4, 6] };
    assert_eq!(one.with(other), PaperCount { papers: 9, ready: 6, entries: 14, bare: vec![4, 4, 6] });
}

/// What somebody removed leaves a line for the home page, and what an earlier version kept has none: only a storage with
/// neither is bare.
#[test]
fn a_storage_without_dossiers_and_without_a_line_is_bare() {
    let shelf = Shelf { writer: 1, store: Box::<MemoryStore>::default() };
    assert!(shelf.is_bare());
    shelf.save("x", &dossier("某厂", &[1]), &mut Base::default(), 0, 7).expect("saved");
    assert!(!shelf.is_bare());
    shelf.remove("x");
    assert!(shelf.is_bare());
    shelf.note_last(None);
    assert!(!shelf.is_bare());
}

/// Names and texts are counted as browsers count them.
#[test]
fn what_is_ours_is_measured_in_the_units_of_browsers() {
    let shelf = Shelf { writer: 1, store: Box::<MemoryStore>::default() };
    for (key, text) in [("zp1/last", "甲𠀀"), ("zp1/bin", ""), ("other", "theirs")] {
        shelf.store.set(key, text).expect("memory takes it");
    }
    assert_eq!(shelf.used(), 8 + 3 + 7);
}

#[test]
fn what_was_saved_in_the_same_second_stays_in_the_order_of_the_storage() {
    let shelf = Shelf { writer: 1, store: Box::<MemoryStore>::default() };
    for (id, now) in [("a", 7), ("b", 7), ("c", 9), ("d", 7)] {
        shelf.save(id, &dossier("某厂", &[1]), &mut Base::default(), 0, now).expect("saved");
    }
    let ids: Vec<String> = shelf.list().into_iter().map(id_of).collect();
    assert_eq!(ids, ["c", "a", "b", "d"]);
}

fn id_of(listed: Listed) -> String {
    match listed {
        Listed::Good { id, .. } | Listed::Damaged { id, .. } | Listed::Newer { id, .. } => id,
    }
}
