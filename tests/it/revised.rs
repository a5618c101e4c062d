//! 新旧对照: two editions side by side from a file that is checked to be whole, and what becomes of a record under the newer
//! one. The older record itself is never scored by other rules.

use std::path::Path;

use proptest::prelude::*;
use serde::Deserialize;
use tempfile::TempDir;
use ziping::compare::{Converted, Revision, RowFate, convert, revised};
use ziping::dossier::{Dossier, Evidence};
use ziping::load::{Loaded, load};
use ziping::rubric::{Applicant, Blocks, Concordance, Edition, Fact, Points, Row, RowName, RowsPaired};
use ziping::score::{Answers, Given, score};

use crate::arbitrary::sheet;
use crate::built::{build, files_of, page};
use crate::markup::Element;
use crate::tables::{Case, cases};
use crate::{editions, files, none_of, path};

/// A copy of `tests/site` with a newer edition beside the one that it has.
pub fn two_editions() -> TempDir {
    let site = tempfile::tempdir().expect("a folder");
    let copy = |from: &Path, below: &Path, to: &Path| {
        let to = to.join(from.strip_prefix(below).expect("below it"));
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        std::fs::copy(from, to).expect("a copy");
    };
    let (old, new) = (path("tests/site"), path("tests/revised/tiny-2030"));
    files(&old, "").iter().for_each(|it| copy(it, &old, site.path()));
    files(&new, "").iter().for_each(|it| copy(it, &new, &site.path().join("rubrics/tiny-2030")));
    let notice = "+++\nnumber = \"某鉴〔2030〕1号\"\nissuer = \"某省鉴定中心\"\ntitle = \"关于公布新评估要点的通知\"\n\
        issued = \"未印日期\"\n+++\n\n现将评估要点公布如下。\n";
    std::fs::write(site.path().join("content/some-2030-1.md"), notice).expect("it can be written");
    let about = site.path().join("rubrics/tiny/edition.toml");
    let text = std::fs::read_to_string(&about).expect("it was copied");
    std::fs::write(&about, format!("place = \"某省\"\nfrom = \"2020-01-01\"\n{text}")).expect("it can be written");
    site
}

fn loaded() -> Loaded {
    let loaded = load(two_editions().path()).expect("the site can be read");
    none_of(&loaded.problems.iter().map(ToString::to_string).collect::<Vec<_>>());
    loaded
}

fn pair(loaded: &Loaded) -> (&Edition, &Edition, &Concordance) {
    let of = |id: &str| loaded.editions.iter().find(|it| it.id == id).expect("it was copied");
    (of("tiny"), of("tiny-2030"), &loaded.concordances[0])
}

/// What is wrong with the file of the newer edition, and what is said about it.
#[derive(Deserialize)]
struct Mistake {
    find: String,
    put: String,
    says: Vec<String>,
}

#[test]
fn every_mistake_in_a_concordance_is_told_at_its_line() {
    let mut problems = Vec::new();
    for Case { at, is: Mistake { find, put, says }, .. } in cases::<Mistake>("tests/revised/mistakes.toml") {
        let site = two_editions();
        let file = site.path().join("rubrics/tiny-2030/from-tiny.toml");
        let text = std::fs::read_to_string(&file).expect("it was copied");
        assert_eq!(text.matches(&find).count(), 1, "{at}: {find}");
        std::fs::write(&file, text.replace(&find, &put)).expect("it can be written");
        let told: Vec<String> =
            load(site.path()).expect("it can be read").problems.iter().map(ToString::to_string).collect();
        if told != says {
            problems.push(format!("{at}:\n  told {told:#?}\n  expected {says:#?}"));
        }
    }
    none_of(&problems);
}

#[test]
fn a_concordance_is_about_another_edition_of_the_site() {
    let site = two_editions();
    let folder = site.path().join("rubrics/tiny-2030");
    for name in ["from-tiny-2030.toml", "from-other.toml"] {
        std::fs::rename(folder.join("from-tiny.toml"), folder.join(name)).expect("it is renamed");
        let told: Vec<String> =
            load(site.path()).expect("it can be read").problems.iter().map(ToString::to_string).collect();
        let id = &name["from-".len()..name.len() - ".toml".len()];
        let expected = format!(
            "rubrics/tiny-2030/{name}:1: 文件名里的 `{id}` 不是本站的另一个版本，对照表应叫 from-旧版的文件夹名.toml"
        );
        assert_eq!(told, [expected]);
        std::fs::rename(folder.join(name), folder.join("from-tiny.toml")).expect("it is renamed");
    }
}

#[test]
fn a_concordance_in_the_folder_of_the_older_edition_is_told() {
    let site = two_editions();
    let rubrics = site.path().join("rubrics");
    std::fs::rename(rubrics.join("tiny-2030/from-tiny.toml"), rubrics.join("tiny/from-tiny-2030.toml"))
        .expect("it moves");
    let told: Vec<String> = load(site.path()).expect("it is read").problems.iter().map(ToString::to_string).collect();
    let expected = "rubrics/tiny/from-tiny-2030.toml:1: 对照表放在新版的文件夹里：`tiny-2030` 比 `tiny` 晚施行，请移到 \
        rubrics/tiny-2030/from-tiny.toml";
    assert_eq!(told, [expected]);
}

#[test]
fn what_was_changed_is_told_row_by_row() {
    let loaded = loaded();
    let (older, newer, rows) = pair(&loaded);
    let told: Vec<String> = revised(older, newer, rows).iter().map(|it| it.revision.in_words()).collect();
    assert_eq!(told, ["分值有改动", "文字有改动", "分值有改动", "删去", "新增"]);
    let whole = identity(editions()[0].clone());
    let same = revised(&editions()[0], &whole.0, &whole.1);
    assert!(same.iter().all(|it| it.revision == Revision::None));
    assert_eq!(same.len(), editions()[0].rubrics.iter().map(|it| it.rows().count()).sum::<usize>());
}

/// Rows that differ in one thing are told to differ in that, and in nothing else.
#[test]
fn each_change_of_a_row_is_told_as_what_it_is() {
    let loaded = loaded();
    let older = pair(&loaded).0;
    let (newer, rows) = identity(older.clone());
    let told = |change: fn(&mut Row)| {
        let mut newer = newer.clone();
        change(&mut newer.rubrics[0].sections[0].groups[0].rows[1]);
        revised(older, &newer, &rows)[1].revision.in_words()
    };
    assert!(older.rubrics[0].row(2).is_some_and(|it| it.veto.is_some()));
    for (change, words) in [
        ((|_| {}) as fn(&mut Row), "没有改动"),
        (|row| row.content.push('新'), "文字有改动"),
        (|row| row.standard.push('新'), "文字有改动"),
        (|row| row.points = Some(Points::whole(1)), "分值有改动"),
        (|row| row.methods.push("查看台账".to_owned()), "评估方式有改动"),
        (|row| row.veto = None, "否决有改动"),
        (|row| row.veto.iter_mut().for_each(|it| it.phrase.push('新')), "否决有改动"),
        (|row| row.veto.iter_mut().for_each(|it| it.blocks = Blocks::Work), "否决有改动"),
        (|row| (row.content, row.points) = (String::new(), None), "文字有改动"),
        (|row| (row.content, row.points) = (String::new(), Some(Points::whole(1))), "文字、分值有改动"),
    ] {
        assert_eq!(told(change), words);
    }
}

#[test]
fn the_page_shows_both_where_they_differ() {
    let site = two_editions();
    let out = site.path().join("dist");
    let run = build(site.path(), &out);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let built = files_of(&out);
    let shown = page(&built, "changed/").text();
    let expected = [
        "某鉴〔2020〕1号 与 某鉴〔2030〕1号",
        "有改动 3 处，删去 1 处，新增 1 处。",
        "依法设立并在有效期内。",
        "依法设立。",
        "少 1 分",
        "台账（2 分）",
    ];
    let lacking: Vec<String> = expected.iter().filter(|it| !shown.contains(**it)).map(|it| (*it).to_owned()).collect();
    none_of(&lacking);
    assert!(!shown.contains("整张表不再有的行"), "{shown}");
    // what was struck out stands with the rest of its sheet
    let changed = page(&built, "changed/");
    let lines = changed.all().into_iter().filter(|it| it.tag == "tr");
    let lines = lines.map(|it| it.all().into_iter().filter(|it| it.tag == "td").map(Element::text).collect::<Vec<_>>());
    assert!(
        lines.filter(|it| it.len() == 3).any(|it| it[0].starts_with("1-4 设施") && it[1..] == ["无", "删去"]),
        "{shown}"
    );
    assert!(page(&built, "rubric/").all().iter().any(|it| it.attribute("href") == Some("../changed/")));
    // where nothing is put beside the edition there is no such page, and nothing leads to it
    std::fs::remove_file(site.path().join("rubrics/tiny-2030/from-tiny.toml")).expect("it was copied");
    assert!(build(site.path(), &out).status.success());
    let built = files_of(&out);
    assert!(!built.contains_key("changed/index.html"));
    assert!(page(&built, "rubric/").all().iter().all(|it| it.attribute("href") != Some("../changed/")));
}

/// A dossier of the older edition with every row answered.
fn filled(older: &Edition) -> Dossier {
    let mut dossier = Dossier::new("某公司".to_owned(), Applicant(0), older, &[1]);
    let sheet = &mut dossier.sheets[0];
    let given = [(1, Fact::Defects, 1), (2, Fact::Met, 1), (3, Fact::Defects, 1), (3, Fact::Hazard, 0)];
    let shared = [(4, Fact::Defects, 0), (4, Fact::Hazard, 0)];
    sheet.answers =
        given.into_iter().chain(shared).map(|(row, fact, value)| Given { row, fact, value }).collect::<Answers>();
    sheet.set_note(1, "缺一项".to_owned());
    sheet.set_note(2, "执照".to_owned());
    sheet.work.evidence.push(Evidence { row: 1, paper: "方案".to_owned(), ..Evidence::default() });
    sheet.blanks = vec!["某公司".to_owned()];
    dossier.route.0.push(("ownership".to_owned(), "other".to_owned()));
    dossier
}

fn fates(converted: &Converted) -> Vec<(String, RowFate)> {
    let name = |names: &[RowName]| names.iter().map(RowName::to_string).collect::<Vec<_>>().join("+");
    let rows = converted.sheets.iter().flat_map(|it| &it.rows);
    rows.map(|it| (format!("{}→{}", name(&it.older), name(&it.newer)), it.fate)).collect()
}

#[test]
fn a_record_is_copied_with_what_still_counts() {
    let loaded = loaded();
    let (older, newer, rows) = pair(&loaded);
    let dossier = filled(older);
    let before = score(older.rubric(1).expect("it has one"), &dossier.sheets[0].answers);
    assert_eq!((before.base.to_string().as_str(), before.is_complete()), ("7", true));
    let converted = convert(older, newer, rows, &dossier).expect("its rubric became another");
    let expected = [
        ("1-1→1-2", RowFate::Kept),
        ("1-2→1-3", RowFate::Anew),
        ("1-3→1-4", RowFate::Kept),
        ("1-4→", RowFate::Gone),
        ("→1-1", RowFate::New),
    ];
    assert_eq!(fates(&converted), expected.map(|(names, fate)| (names.to_owned(), fate)));
    let copy = &converted.dossier;
    assert_eq!((copy.edition.as_str(), copy.unit.as_str(), copy.route.0.len()), ("tiny-2030", "某公司", 0));
    // its kind has another place in the newer list
    assert_eq!((dossier.applicant, copy.applicant), (Applicant(0), Applicant(1)));
    let sheet = &copy.sheets[0];
    assert_eq!((sheet.note(2), sheet.note(3), sheet.blank(0)), ("缺一项", "执照", "某公司"));
    assert_eq!(sheet.work.evidence[0].row, 2);
    let after = score(newer.rubric(1).expect("it has one"), &sheet.answers);
    // 5 - 2 and 3 - 1; the veto row and the new one are to be answered
    assert_eq!((after.base.to_string().as_str(), &after.unanswered[..]), ("5", &[1, 3][..]));
}

#[test]
fn what_an_editor_says_keeps_its_answer_is_kept() {
    let loaded = loaded();
    let (older, newer, rows) = pair(&loaded);
    let mut rows = rows.clone();
    rows.rows[1].keeps = true;
    let converted = convert(older, newer, &rows, &filled(older)).expect("its rubric became another");
    assert_eq!(fates(&converted)[1], ("1-2→1-3".to_owned(), RowFate::Kept));
}

/// The same edition under another name, with every row beside itself.
fn identity(edition: Edition) -> (Edition, Concordance) {
    let older = edition.id.clone();
    let newer = Edition { id: "xuni-2099".to_owned(), ..edition };
    let name = |annex: u8, number: u16| vec![RowName { annex, number }];
    let row = |annex: u8, number: u16| RowsPaired {
        older: name(annex, number),
        newer: name(annex, number),
        keeps: true,
        ..RowsPaired::default()
    };
    let rows = newer.rubrics.iter().flat_map(|it| it.rows().map(|of| row(it.annex, of.number))).collect();
    let concordance = Concordance { older, newer: newer.id.clone(), rows };
    (newer, concordance)
}

#[test]
fn points_of_an_estimate_count_only_where_the_row_has_as_many() {
    let older = &editions()[0];
    let (mut newer, rows) = identity(older.clone());
    let judged = |rubric: &ziping::rubric::Rubric| {
        rubric.rows().find(|it| it.facts().contains(&Fact::Award) && it.points.is_some()).map(|it| it.number)
    };
    let (annex, number) = older.rubrics.iter().find_map(|it| Some((it.annex, judged(it)?))).expect("some row is 酌情");
    let rubric = newer.rubrics.iter_mut().find(|it| it.annex == annex).expect("it has the annex");
    let row = rubric.sections.iter_mut().flat_map(|it| &mut it.groups).flat_map(|it| &mut it.rows);
    let row = row.into_iter().find(|it| it.number == number).expect("it has the row");
    row.points = row.points.map(|it| it.times(2));
    let mut dossier = Dossier::new(String::new(), Applicant(0), older, &[annex]);
    dossier.sheets[0].answers.set(number, Fact::Award, Some(10));
    let converted = convert(older, &newer, &rows, &dossier).expect("it has the rubric");
    let fate = converted.sheets[0].rows.iter().find(|it| it.older[0].number == number).map(|it| it.fate);
    assert_eq!((fate, converted.dossier.sheets[0].answers.is_empty()), (Some(RowFate::Anew), true));
}

proptest! {
    /// Where nothing was changed, nothing is asked anew and every point stays.
    #[test]
    fn an_edition_that_changes_nothing_keeps_everything((rubric, answers) in sheet()) {
        let older = &editions()[0];
        let (newer, rows) = identity(older.clone());
        let mut dossier = Dossier::new(String::new(), rubric.applicant, older, &[rubric.annex]);
        dossier.sheets[0].answers = answers.clone();
        let converted = convert(older, &newer, &rows, &dossier).expect("it has the rubric");
        prop_assert_eq!(&converted.dossier.sheets[0].answers, &answers);
        prop_assert!(converted.sheets[0].rows.iter().all(|it| !it.fate.asks()));
    }
}
