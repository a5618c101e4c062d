//! Records and backup files of every version must always be readable; and what happens to damaged ones.

use proptest::prelude::*;
use ziping::dossier::{
    About, BackupBeside, Damage, Declaration, Dossier, Envelope, NotOpened, Shared, Sheet, Stamp, UnitFacts, beside,
    capped, cleaned, open, overlong, read_backup, read_in_part, seal, write_backup,
};
use ziping::filing::scope::{ClassType, DeclaredRow, Major, School, Standard, Tri};
use ziping::rubric::{Applicant, Fact};
use ziping::score::{Answers, Given};

use crate::arbitrary::dossier;
use crate::every_field::full;
use crate::{EMPLOYER, SCHOOL, SOCIAL, files, path, read};

/// The content of the records in `tests/records`. These files are never rewritten.
pub fn employer() -> Dossier {
    let public = [
        (1, Fact::Met, 1),
        (2, Fact::Met, 0),
        (3, Fact::Met, 1),
        (3, Fact::FullTimeStaff, 2),
        (4, Fact::Defects, 3),
        (9, Fact::Detailed, 1),
        (9, Fact::Operable, 0),
        (24, Fact::Score, 15),
        (31, Fact::Items, 2),
        (48, Fact::Has, 1),
    ];
    let turner = [
        (1, Fact::Defects, 1),
        (4, Fact::QualifiedExaminers, 4),
        (4, Fact::Headcount, 5),
        (7, Fact::Experts, 2),
        (8, Fact::Award, 75),
        (11, Fact::Tenure, 0),
        (11, Fact::Months, 36),
        (13, Fact::Intact, 80),
        (13, Fact::Total, 81),
        (16, Fact::Years, 3_500_000_000),
        (19, Fact::Hazard, 1),
        (17, Fact::Level, 1),
        (18, Fact::FirstYear, 20),
        (18, Fact::SecondYear, 30),
        (18, Fact::ThirdYear, 39),
        (15, Fact::Average, 29_670_000_000),
    ];
    let mut dossier = blank("平顶山市某机械有限公司", EMPLOYER);
    dossier.sheets = vec![
        Sheet {
            id: 1,
            annex: 1,
            answers: answers(&public),
            notes: vec![(4, "缺\"应急预案\"\n另附".to_owned())],
            ..Sheet::default()
        },
        Sheet {
            id: 3,
            annex: 2,
            blanks: ["车工（数控车床）", "40", "", "12"].map(str::to_owned).into(),
            occupation_code: "6-18-01-01".to_owned(),
            levels: "4、3".to_owned(),
            answers: answers(&turner),
            ..Sheet::default()
        },
    ];
    dossier
}

fn binned() -> Dossier {
    Dossier { binned: Some(1_790_000_000), ..blank("", SOCIAL) }
}

fn school() -> Dossier {
    let sheets = vec![Sheet { id: 1, annex: 3, ..Sheet::default() }, Sheet { id: 2, annex: 5, ..Sheet::default() }];
    Dossier { sheets, ..blank("某技师学院", SCHOOL) }
}

fn blank(unit: &str, applicant: Applicant) -> Dossier {
    Dossier::new(unit.to_owned(), applicant, &crate::editions()[0], &[])
}

fn answers(given: &[(u16, Fact, i64)]) -> Answers {
    given.iter().map(|(row, fact, value)| Given { row: *row, fact: *fact, value: *value }).collect()
}

#[test]
fn records_of_version_1_are_read() {
    let opened = |name: &str| open(&read(&format!("tests/records/v1/{name}.txt"))).expect(name);
    for (name, revision, dossier) in [("employer", 1, employer()), ("binned", 12345, binned()), ("school", 7, school())]
    {
        let stamp = Stamp { revision, writer: 0 };
        assert_eq!(opened(name), Envelope { stamp, written: 1_790_000_000 + revision, edits: 0, dossier }, "{name}");
    }
    let found = read_backup(&read("tests/records/v1/backup.json")).expect("the backup opens");
    assert_eq!(found.into_iter().map(|it| it.dossier).collect::<Vec<_>>(), [employer(), binned(), school()]);
}

/// Whatever is longer than codes and links take along is kept, and told with its length.
#[test]
fn nothing_is_cut_when_a_backup_is_restored() {
    let mut long = employer();
    long.unit = "某".repeat(206);
    long.facts.contact = "联".repeat(300);
    long.sheets[0].set_note(4, "备".repeat(704));
    long.sheets[1].set_blank(0, "车".repeat(201));
    long.declared = vec![DeclaredRow { name: "工".repeat(250), ..DeclaredRow::default() }.into(); 600];
    let about = About { title: String::new(), lines: Vec::new() };
    let text = write_backup(&[(long.clone(), about)], "", 0, "");
    let found = read_backup(&text).expect("it opens").remove(0);
    let restored = cleaned(found.dossier);
    assert_eq!(restored, long);
    let told: Vec<_> = overlong(&restored).into_iter().map(|it| (it.what, it.most, it.by)).collect();
    let told: Vec<_> = told.iter().map(|it| (it.0.as_str(), it.1, it.2)).collect();
    assert_eq!(told, [("单位名称", 200, 6), ("1-4 备注", 500, 204), ("附件2 表头", 200, 1)]);
    assert_eq!(overlong(&capped(restored)), []);
    assert_eq!(overlong(&employer()), []);
}

#[test]
fn what_is_in_a_file_is_compared_with_what_is_here() {
    let at = |written, dossier: Dossier| Envelope { stamp: Stamp::default(), written, edits: 0, dossier };
    let here = [at(100, employer()), at(50, school())];
    let changed = || {
        let mut changed = employer();
        changed.sheets[0].set_note(4, String::new());
        changed
    };
    assert_eq!(beside(&here, &at(90, employer())), BackupBeside::Same);
    assert_eq!(beside(&here, &at(90, Dossier { binned: Some(7), ..employer() })), BackupBeside::Same);
    assert_eq!(beside(&here, &at(90, changed())), BackupBeside::Older);
    assert_eq!(beside(&here, &at(110, changed())), BackupBeside::Newer);
    assert_eq!(beside(&here, &at(110, blank("另一家", EMPLOYER))), BackupBeside::New);
    // without a name nobody knows whose it is
    let mut nameless = blank("", SOCIAL);
    nameless.add_sheet(5);
    assert_eq!(beside(&[at(100, binned())], &at(110, nameless)), BackupBeside::New);
    assert_eq!(beside(&[], &at(110, employer())), BackupBeside::New);
}

/// A school that files for both has two declarations, also out of records written before.
#[test]
fn a_school_that_files_for_both_has_two_declarations() {
    let mut school = whole();
    assert_eq!(school.declarations(&crate::editions()[0]), [Declaration::OwnStudents, Declaration::Public]);
    let public: Shared<DeclaredRow> = DeclaredRow { name: "钳工".to_owned(), ..DeclaredRow::default() }.into();
    school.declared = vec![public.clone(), school.declared[0].clone(), public];
    assert_eq!(school.rows_of(Declaration::OwnStudents), [1]);
    assert_eq!(school.rows_of(Declaration::Public), [0, 2]);
    assert_eq!(school.line_in_words(&crate::editions()[0], 2), "（社会人员）第2行");
    assert_eq!(school.line_in_words(&crate::editions()[0], 1), "（注册学籍的本校学生）第1行");
    school.route.toggle("audience", "public");
    // the rows alone say so too
    assert_eq!(school.declarations(&crate::editions()[0]).len(), 2);
    school.declared.truncate(1);
    assert_eq!(school.declarations(&crate::editions()[0]), [Declaration::Whole]);
    assert_eq!(school.line_in_words(&crate::editions()[0], 0), "第1行");
    assert_eq!(Dossier { applicant: EMPLOYER, ..whole() }.declarations(&crate::editions()[0]), [Declaration::Whole]);
}

/// A complete case: answers on filing, facts, two declared rows.
fn whole() -> Dossier {
    let mut dossier = Dossier { applicant: SCHOOL, ..employer() };
    for (question, value) in [
        ("applicant", "technical_school"),
        ("audience", "own_students"),
        ("audience", "public"),
        ("directly_under_province", "false"),
        ("place", "平顶山市"),
    ] {
        dossier.route.toggle(question, value);
    }
    dossier.facts = UnitFacts {
        place: "新华区".to_owned(),
        contact: "联系人".to_owned(),
        telephone: "0375-1234567".to_owned(),
        date: "2026年11月25日".to_owned(),
        examiners: "12".to_owned(),
        experts: "3".to_owned(),
        people: "1800".to_owned(),
    };
    dossier.declared = declared();
    dossier
}

/// A declared row with all its facts, and one with none.
pub fn declared() -> Vec<Shared<DeclaredRow>> {
    let school = School {
        enrolled_years: Some(3_500_000_000),
        has_scale: Some(false),
        small_major: Some(true),
        national_standard: Some(true),
        graduating_year: Some(true),
        staged: Some(true),
        earlier_certificate: Some(false),
        compound: Some(true),
        class_type: Some(ClassType::Advanced),
        major: Some(Major::Minor),
    };
    vec![
        DeclaredRow {
            code: "6-18-01-01".to_owned(),
            name: "车工".to_owned(),
            trade: "数控车床".to_owned(),
            levels: "四级".to_owned(),
            standard: Standard::National,
            standard_year: Some(2018),
            standard_name: "车工".to_owned(),
            dictionary_name: "车工".to_owned(),
            name_checked: Some(true),
            restricted: Some(Tri::Unsure),
            near_professional: Some(false),
            school: Some(school),
        }
        .into(),
        Shared::default(),
    ]
}

#[test]
fn records_of_version_2_are_read() {
    let stamp = Stamp { revision: 41, writer: 2_718_281_828 };
    let envelope = Envelope { stamp, written: 1_790_000_041, edits: 17, dossier: whole() };
    assert_eq!(open(&read("tests/records/v2/school.txt")), Ok(envelope.clone()));
    // and the current version writes exactly this where nothing is said that version 2 could not say
    assert_eq!(seal(&envelope), read("tests/records/v2/school.txt").trim());
    let found = read_backup(&read("tests/records/v2/backup.json")).expect("the backup opens");
    assert_eq!(found.into_iter().map(|it| it.dossier).collect::<Vec<_>>(), [whole(), binned()]);
}

#[test]
fn records_of_version_3_are_read() {
    let stamp = Stamp { revision: 42, writer: 3_141_592_653 };
    let envelope = Envelope { stamp, written: 1_795_000_042, edits: 3, dossier: full() };
    assert_eq!(open(&read("tests/records/v3/employer.txt")), Ok(envelope.clone()));
    // and the current version writes exactly this, until there is a version 4
    assert_eq!(seal(&envelope), read("tests/records/v3/employer.txt").trim());
}

#[test]
fn every_kept_record_is_read_by_this_version() {
    let kept = files(&path("tests/records"), ".txt");
    assert!(3 <= kept.len());
    for file in kept {
        let text = std::fs::read_to_string(&file).expect("a record");
        assert!(open(&text).is_ok(), "{}", file.display());
    }
}

#[test]
fn a_newer_record_is_known_as_one() {
    for text in ["ZP4.9", "ZP4.1.2.3.4.5.6.AAAA", "ZP4000000000."] {
        assert_eq!(open(text), Err(Damage::Newer), "{text}");
    }
    for text in ["", "ZP", "ZP.", "ZP0.1", "ZP-1.2", "ZPx.1", "ZP99999999999.1", "PZ1.1.1.1"] {
        assert_eq!(open(text), Err(Damage::Broken), "{text}");
    }
}

#[test]
fn a_backup_tells_a_person_what_is_in_it() {
    let about =
        About { title: "甲\"公司\\".to_owned(), lines: vec!["1-4 不符合 3 项；备注：缺\n表".to_owned()] };
    let text = write_backup(&[(employer(), about)], "2026-11-25 10:00", 7, "");
    let document: serde_json::Value = serde_json::from_str(&text).expect("the file is JSON");
    assert_eq!(document["内容"][0]["单位"], "甲\"公司\\");
    assert_eq!(document["内容"][0]["填写"][0], "1-4 不符合 3 项；备注：缺\n表");
    assert_eq!((&document["份数"], &document["日期"]), (&1.into(), &"2026-11-25 10:00".into()));
    assert_eq!(read_backup(&text).expect("it opens")[0].dossier, employer());
}

#[test]
fn what_is_no_whole_backup_is_refused_with_the_reason() {
    let about = || About { title: String::new(), lines: Vec::new() };
    let text = write_backup(&[(employer(), about()), (school(), about())], "", 0, "");
    let refused = |text: &str| read_backup(text).expect_err("it is refused");
    for foreign in ["", "{}", "{\"type\": \"excalidraw\"}", "ZP", "说明", "PK\u{3}\u{4}"] {
        assert_eq!(refused(foreign), NotOpened::Foreign, "{foreign}");
    }
    let cut = &text[..text.rfind("ZP2").expect("a second record") - 1];
    assert_eq!(refused(cut), NotOpened::Damaged { whole: 1, of: 2 });
    let cut_inside = &text[..text.len() - 60];
    assert_eq!(refused(cut_inside), NotOpened::Damaged { whole: 1, of: 2 });
    assert_eq!(refused(&text.replacen("ZP2.", "ZP7.", 1)), NotOpened::Newer);
    assert_eq!(refused(&text[..text.rfind("档案").expect("records")]), NotOpened::Damaged { whole: 0, of: 2 });
    // without its head the end still says how many there were; in files of earlier versions nothing does
    let tail = &text[text.rfind("ZP2").expect("a second record") - 1..];
    assert_eq!(refused(tail), NotOpened::Damaged { whole: 1, of: 2 });
    let older = text.replace(",\n  \"合计\": 2", "");
    assert_eq!(read_backup(&older).map(|it| it.len()), Ok(2));
    assert_eq!(refused(&older[older.rfind("ZP2").expect("a second record") - 1..]), NotOpened::Headless);
    // what an editor or a mail program changes around the records does no harm
    assert!(read_backup(&text.replace('\n', "\r\n").replace("  ", "\t")).is_ok());
}

/// One that does not open costs no other, and is named.
#[test]
fn a_backup_opens_record_by_record() {
    let about =
        |title: &str| About { title: title.to_owned(), lines: vec!["备注：ZP3.1.2 不是记录".to_owned()] };
    let text = write_backup(&[(employer(), about("甲\"公司")), (school(), about("乙校"))], "", 0, "");
    let whole = read_in_part(&text).expect("a file");
    assert_eq!((whole.found.len(), whole.lost_in_words()), (2, Vec::new()));
    let at = text.rfind("ZP2").expect("a second record") + 60;
    let wrong = |at: usize| {
        let other = if &text[at..=at] == "A" { "B" } else { "A" };
        read_in_part(&[&text[..at], other, &text[at + 1..]].concat()).expect("a file")
    };
    let second = wrong(at);
    assert_eq!(second.found[0].dossier, employer());
    assert_eq!(second.lost_in_words(), ["第 2 份（乙校）已损坏"]);
    let first = wrong(text.find("\"ZP2").expect("a record") + 60);
    assert_eq!(first.found[0].dossier, school());
    assert_eq!(first.lost_in_words(), ["第 1 份（甲\"公司）已损坏"]);
    let newer = read_in_part(&text.replacen("\"ZP2.", "\"ZP7.", 1)).expect("a file");
    assert_eq!(newer.lost_in_words(), ["第 1 份（甲\"公司）由较新版本的程序保存，更新后再打开"]);
    let cut = read_in_part(&text[..at]).expect("a file");
    assert_eq!((cut.found.len(), cut.lost_in_words()), (1, vec!["第 2 份（乙校）已损坏".to_owned()]));
    let cut = read_in_part(&text[..text.rfind("ZP2").expect("a record")]).expect("a file");
    assert_eq!((cut.found.len(), cut.lost_in_words()), (1, vec!["文件不完整，缺 1 份".to_owned()]));
    let tail = read_in_part(&text[text.rfind("ZP2").expect("a record") - 1..]).expect("a file");
    assert_eq!((tail.found.len(), tail.lost_in_words()), (1, vec!["文件不完整，缺 1 份".to_owned()]));
}

#[test]
fn text_from_elsewhere_is_made_harmless() {
    let mut from = employer();
    from.unit = format!("\u{202e}甲\u{0}\u{200b}乙{}", "丙".repeat(1000));
    from.sheets[0].notes = vec![(4, format!("一\n二\u{7}\u{2066}{}", "三".repeat(1000)))];
    let clean = cleaned(from);
    // nothing is cut
    assert_eq!(clean.unit, format!("甲乙{}", "丙".repeat(1000)));
    assert_eq!(clean.sheets[0].note(4), format!("一\n二{}", "三".repeat(1000)));
    assert_eq!(cleaned(employer()), employer());
}

proptest! {
    #[test]
    fn what_is_sealed_is_opened(dossier in dossier(), revision: u64, writer: u32, written: u64, edits: u32) {
        let envelope = Envelope { stamp: Stamp { revision, writer }, written, edits, dossier };
        prop_assert_eq!(open(&seal(&envelope)), Ok(envelope));
    }

    /// An altered record is never opened: a single changed character anywhere is noticed.
    #[test]
    fn one_changed_character_is_noticed(dossier in dossier(), at: prop::sample::Index, other in "[!-~]") {
        let sealed = seal(&Envelope { stamp: Stamp { revision: 41, writer: 5 }, written: 7, edits: 3, dossier });
        let at = at.index(sealed.len());
        let altered = format!("{}{other}{}", &sealed[..at], &sealed[at + 1..]);
        if altered != sealed {
            prop_assert!(open(&altered).is_err(), "{}", altered);
        }
    }

    #[test]
    fn a_cut_record_is_noticed(dossier in dossier(), at: prop::sample::Index) {
        let sealed = seal(&Envelope { stamp: Stamp { revision: 1, writer: 5 }, written: 7, edits: 3, dossier });
        prop_assert!(open(&sealed[..at.index(sealed.len())]).is_err());
    }

    #[test]
    fn no_text_makes_the_reader_stumble(text in ".{0,300}", head in "ZP[0-9.]{0,30}") {
        let _ = open(&text);
        let _ = open(&format!("{head}{text}"));
        let _ = read_backup(&format!("{text} {head} {text}"));
    }
}
