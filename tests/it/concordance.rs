//! 新旧对照 over rules of every kind: two invented editions side by side. What an answer stands for in the older one is what it
//! stands for in the newer one, or it is not taken over.

use std::path::Path;

use tempfile::TempDir;
use ziping::compare::{Converted, RowFate, convert};
use ziping::dossier::{Dossier, Task};
use ziping::load::{Loaded, load};
use ziping::plan::Mark;
use ziping::rubric::{Applicant, Concordance, Edition, Fact, Points, RowName, RowsPaired, Rule};

use crate::built::{build, files_of, page};
use crate::kinds::edition;
use crate::markup::Element;
use crate::{files, none_of, path};

/// The file of the newer edition that puts both side by side.
const PAIRS: &str = "from-xuni-2099.toml";

/// The invented edition and a newer one, in which every row stands beside itself, but for these changes of the newer one's
/// files: what stands there once, and what is put in its place.
fn site(changes: &[(&str, &str, &str)]) -> TempDir {
    let site = tempfile::tempdir().expect("a folder");
    let own = path("tests/kinds/site");
    let copy = |from: &Path, to: &str| {
        let to = site.path().join(to);
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        std::fs::copy(from, to).expect("a copy");
    };
    copy(&path("tests/site/site.toml"), "site.toml");
    for file in files(&own, "") {
        let name = file.strip_prefix(&own).expect("below it").to_str().expect("a name");
        copy(&file, name);
        copy(&file, &name.replace("rubrics/xuni-2099", "rubrics/xuni-2100"));
    }
    let newer = site.path().join("rubrics/xuni-2100");
    for (id, from) in [("xuni-2099", "2020-06-01"), ("xuni-2100", "2030-06-01")] {
        let keys = format!("id    = \"{id}\"\nplace = \"虚构省\"\nfrom  = \"{from}\"");
        change(&site.path().join("rubrics").join(id).join("edition.toml"), "id       = \"xuni-2099\"", &keys);
    }
    let rows = edition().rubrics.iter().flat_map(|it| it.rows().map(|row| it.row_id(row.number)));
    let pairs: String = rows.map(|it| pair(&[&it], &[&it])).collect();
    std::fs::write(newer.join(PAIRS), pairs).expect("it can be written");
    for (name, find, put) in changes {
        change(&newer.join(name), find, put);
    }
    site
}

fn change(file: &Path, find: &str, put: &str) {
    let text = std::fs::read_to_string(file).expect("it was copied");
    assert_eq!(text.matches(find).count(), 1, "{}: {find}", file.display());
    std::fs::write(file, text.replace(find, put)).expect("it can be written");
}

fn pair(older: &[&str], newer: &[&str]) -> String {
    format!("[[row]]\nolder = {older:?}\nnewer = {newer:?}\n")
}

fn told(site: &TempDir) -> Vec<String> {
    load(site.path()).expect("it can be read").problems.iter().map(ToString::to_string).collect()
}

/// Both editions, the older first, and what puts them side by side.
fn both(loaded: &Loaded) -> (&Edition, &Edition, &Concordance) {
    none_of(&loaded.problems.iter().map(ToString::to_string).collect::<Vec<_>>());
    let of = |id: &str| loaded.editions.iter().find(|it| it.id == id).expect("it was copied");
    (of("xuni-2099"), of("xuni-2100"), &loaded.concordances[0])
}

/// A dossier with a sheet of each of these annexes.
fn dossier(older: &Edition, annexes: &[u8]) -> Dossier {
    let mut dossier = Dossier::new("虚构单位".to_owned(), Applicant(0), older, annexes);
    dossier.edition.clone_from(&older.id);
    dossier
}

/// What became of a row of the first sheet, and its answer.
fn became(converted: &Converted, number: u16) -> (RowFate, Vec<(Fact, i64)>) {
    let told = converted.sheets[0].rows.iter().find(|it| it.older.iter().any(|it| it.number == number));
    let given = converted.dossier.sheets[0].answers.row(number).given().iter().map(|it| (it.fact, it.value)).collect();
    (told.expect("it is told").fate, given)
}

/// The number of a row, what stands there in its rule, what the newer edition has instead, and an answer.
type ReadOtherwise = (u16, &'static str, &'static str, &'static [(Fact, i64)]);

/// The words of each row are the same, and the rule was read otherwise: levels and items are known by their places, quantities by
/// their units.
const READ_OTHERWISE: [ReadOtherwise; 8] = [
    (1, "{ name = \"租用场地\", points = 12 }, ", "", &[(Fact::Choice, 1)]),
    (
        2,
        "of = \"建筑面积\", unit = \"平方米\"",
        "of = \"面积\", unit = \"平方米\"",
        &[(Fact::Quantity, 2_000_000_000_000)],
    ),
    (2, "unit = \"平方米\"", "unit = \"米\"", &[(Fact::Quantity, 2_000_000_000_000)]),
    (
        5,
        "ratio = [\"教师\", \"学生\"]",
        "ratio = [\"学生\", \"教师\"]",
        &[(Fact::FirstCount, 4), (Fact::SecondCount, 80)],
    ),
    (
        6,
        "{ when = \"无管理制度\", all = true }, { when = \"制度不健全\", each = 1, unit = \"项\", at_most = 4 }, { when = \"档案不全\", points = 2 }",
        "{ when = \"档案不全\", points = 2 }, { when = \"制度不健全\", each = 1, unit = \"项\", at_most = 4 }, { when = \"无管理制度\", all = true }",
        &[(Fact::Item1, 0), (Fact::Item2, 1), (Fact::Item3, 1), (Fact::Item4, 0)],
    ),
    (7, "from = 5, to = 12", "from = 12, to = 15", &[(Fact::Award, 80), (Fact::Choice, 1)]),
    (
        8,
        "有技术革新\", from = 1, to = 3",
        "有技术革新\", from = 1, to = 2",
        &[(Fact::Item1, 0), (Fact::Item2, 1), (Fact::Item3, 30)],
    ),
    (8, "kind = \"credits\"", "kind = \"deductions\"", &[(Fact::Item1, 0), (Fact::Item2, 1), (Fact::Item3, 30)]),
];

#[test]
fn an_answer_stands_for_the_same_in_both_or_is_asked_anew() {
    for (row, find, put, given) in READ_OTHERWISE {
        for (changes, fate) in [(vec![], RowFate::Kept), (vec![("kinds.toml", find, put)], RowFate::Anew)] {
            let loaded = load(site(&changes).path()).expect("it can be read");
            let (older, newer, rows) = both(&loaded);
            let mut dossier = dossier(older, &[1]);
            for (fact, value) in given {
                dossier.sheets[0].answers.set(row, *fact, Some(*value));
            }
            let converted = convert(older, newer, rows, &dossier).expect("it has the rubric");
            let kept = if fate == RowFate::Kept { given.to_vec() } else { Vec::new() };
            assert_eq!(became(&converted, row), (fate, kept), "1-{row}: {put}");
        }
    }
}

#[test]
fn nobody_can_say_that_it_is_kept_then() {
    for (row, find, put, _) in READ_OTHERWISE {
        let own = pair(&[&format!("1-{row}")], &[&format!("1-{row}")]);
        let keeps = format!("{own}keeps = true\n");
        let site = site(&[("kinds.toml", find, put), (PAIRS, &own, &keeps)]);
        let line = usize::from(row) * 3 + 1;
        let expected = format!(
            "rubrics/xuni-2100/{PAIRS}:{line}: 1-{row} 和 1-{row} 问的不是同样的事，旧的回答放不进新的一行，请删去 `keeps`"
        );
        assert_eq!(told(&site), [expected]);
    }
}

#[test]
fn a_sheet_becomes_one_sheet() {
    let swapped = [
        (PAIRS, &*pair(&["2-2"], &["2-2"]), &*pair(&["2-2"], &["3-2"])),
        (PAIRS, &pair(&["3-2"], &["3-2"]), &pair(&["3-2"], &["2-2"])),
    ];
    let line = |of: &str| {
        3 * edition()
            .rubrics
            .iter()
            .flat_map(|it| it.rows().map(|row| it.row_id(row.number)))
            .position(|it| it == of)
            .expect("a row")
            + 2
    };
    let expected = [("2", "2-2", "3-2"), ("3", "3-2", "2-2")].map(|(annex, from, to)| {
        let line = line(from);
        format!(
            "rubrics/xuni-2100/{PAIRS}:{line}: 附件{annex} 的其他行对照到附件{annex}，{from} 却对照到 {to}：一张表只能变成一张表"
        )
    });
    assert_eq!(told(&site(&swapped)), expected);
}

/// Rows that changed places, that were joined, and an annex of which nothing is left.
fn regrouped() -> TempDir {
    let rows = [
        ("1-23", "优先", "有省级基地加2分。", "{ kind = \"bonus\", add = 2 }"),
        ("1-24", "其他", "有工作总结。", "{ kind = \"none\" }"),
    ];
    let printed = |id: &str, at: usize| {
        let (_, content, standard, rule) = rows[at];
        format!(
            "[[section.group.row]]\nid       = \"{id}\"\ncontent  = \"{content}\"\nstandard = \"{standard}\"\nrule     = {rule}\nreadings = []\n"
        )
    };
    let order = |first: usize, second: usize| format!("{}\n{}", printed("1-23", first), printed("1-24", second));
    let same = |id: &str| pair(&[id], &[id]);
    let gone = |id: &str| format!("[[row]]\nolder = [\"{id}\"]\n[[row]]\nnewer = [\"{id}\"]\n");
    let site = site(&[
        ("kinds.toml", &order(0, 1), &order(1, 0)),
        (PAIRS, &same("1-23"), &pair(&["1-23"], &["1-24"])),
        (PAIRS, &same("1-24"), &pair(&["1-24"], &["1-23"])),
        (PAIRS, &same("1-12"), &format!("{}note = \"两行合一\"\n", pair(&["1-12", "1-13"], &["1-12"]))),
        (PAIRS, &same("1-13"), "[[row]]\nnewer = [\"1-13\"]\n"),
        (PAIRS, &same("5-1"), &gone("5-1")),
        (PAIRS, &same("5-2"), &gone("5-2")),
    ]);
    // the older one may say as well what became of the newer one: that is another page
    let back: String = edition()
        .rubrics
        .iter()
        .flat_map(|it| it.rows().map(|row| it.row_id(row.number)))
        .map(|it| same(&it))
        .collect();
    std::fs::write(site.path().join("rubrics/xuni-2099/from-xuni-2100.toml"), back).expect("it can be written");
    site
}

#[test]
fn the_page_tells_what_was_moved_joined_and_struck_out() {
    let site = regrouped();
    let out = site.path().join("dist");
    let run = build(site.path(), &out);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let built = files_of(&out);
    let shown = page(&built, "changed/");
    let words = shown.text();
    for expected in [
        "没有改动 34 处，合并或拆分 1 处，删去 2 处，新增 3 处。",
        "1-23（旧 1-24）",
        "1-24（旧 1-23）",
        "没有改动：2-1、2-2、2-3、2-4、2-5。",
        "整张表不再有的行：5-1、5-2。",
    ] {
        assert!(words.contains(expected), "{expected}: {words}");
    }
    let lines: Vec<[String; 3]> = shown
        .all()
        .into_iter()
        .filter(|it| it.tag == "tr")
        .filter_map(|it| {
            let cells: Vec<String> = it.all().into_iter().filter(|it| it.tag == "td").map(Element::text).collect();
            cells.try_into().ok()
        })
        .collect();
    let line = |older: &str, newer: &str, change: &str| [older, newer, change].map(str::to_owned);
    assert_eq!(
        lines,
        [
            line(
                "1-12 考评人员（5 分）考评人员5人以上得5分，3人以上得3分，不足不得分。1-13 专家（5 分）专家不少于2人，每少1人扣2分。",
                "1-12 考评人员（5 分）考评人员5人以上得5分，3人以上得3分，不足不得分。",
                "合并或拆分两行合一"
            ),
            line("无", "1-13 专家（5 分）专家不少于2人，每少1人扣2分。", "新增"),
            line("无", "5-1 申报的级别（4 分）申报的级别与实际相符，得4分，否则不得分。", "新增"),
            line("无", "5-2 会员名册（6 分）会员名册每缺1项扣2分，扣完为止。", "新增"),
        ]
    );
    assert_eq!(shown.all().into_iter().filter(|it| it.tag == "h2").count(), 1, "one older edition");
}

#[test]
fn what_was_joined_is_answered_anew_and_what_is_new_is_of_its_sheet() {
    let loaded = load(regrouped().path()).expect("it can be read");
    none_of(&loaded.problems.iter().map(ToString::to_string).collect::<Vec<_>>());
    let of = |id: &str| loaded.editions.iter().find(|it| it.id == id).expect("it was copied");
    let (older, newer) = (of("xuni-2099"), of("xuni-2100"));
    let rows = loaded.concordances.iter().find(|it| it.newer == newer.id).expect("it was read");
    let mut dossier = dossier(older, &[1]);
    let sheet = &mut dossier.sheets[0];
    sheet.answers.set(12, Fact::QualifiedExaminers, Some(5));
    sheet.answers.set(13, Fact::Experts, Some(2));
    sheet.answers.set(23, Fact::Has, Some(1));
    sheet.set_note(12, "五人".to_owned());
    let converted = convert(older, newer, rows, &dossier).expect("it has the rubric");
    assert_eq!(became(&converted, 12), (RowFate::Anew, Vec::new()));
    assert_eq!(became(&converted, 11), (RowFate::Unanswered, Vec::new()));
    let copy = &converted.dossier.sheets[0];
    let given: Vec<_> = copy.answers.iter().map(|it| (it.row, it.fact, it.value)).collect();
    assert_eq!((given, copy.note(12)), (vec![(24, Fact::Has, 1)], ""));
    // those of another annex are not asked here
    let new: Vec<_> = converted.sheets[0]
        .rows
        .iter()
        .filter(|it| it.fate == RowFate::New)
        .map(|it| it.newer[0].to_string())
        .collect();
    assert_eq!(new, ["1-13"]);
    assert!(RowFate::New.asks() && RowFate::Anew.asks() && !RowFate::Unanswered.asks() && !RowFate::Gone.asks());
    // nothing is left of a guild's only sheet
    let mut guild = Dossier::new(String::new(), Applicant(3), older, &[5]);
    guild.sheets[0].answers.set(1, Fact::Met, Some(1));
    assert_eq!(convert(older, newer, rows, &guild), None);
}

#[test]
fn what_the_newer_edition_has_no_place_for_stays_behind() {
    let loaded = load(site(&[]).path()).expect("it can be read");
    let (older, newer, rows) = both(&loaded);
    let mut whole = dossier(older, &[4, 1]);
    whole.route.0.push(("applicant".to_owned(), "company".to_owned()));
    whole.route.set("place", Some("甲子市甲东区"));
    whole.sheets[0].blanks = vec!["虚构单位".to_owned()];
    let work = &mut whole.sheets[1].work;
    work.wishes.marks.push(Mark { row: 2, ..Mark::default() });
    work.tasks.push(Task { row: 2, ..Task::default() });
    let all = convert(older, newer, rows, &whole).expect("it has both");
    // who files where is asked anew, where the unit is stays known
    assert_eq!((all.dossier.route.0.len(), all.dossier.facts.place.as_str()), (0, "甲子市甲东区"));
    assert_eq!((all.dossier.sheets.len(), all.dropped.len(), all.dossier.sheets[0].blank(0)), (2, 0, "虚构单位"));
    // a plan is made of rows and bands, which are others now
    assert_eq!(all.dossier.sheets[1].work, Default::default());
    let mut without = newer.clone();
    without.rubrics.iter_mut().find(|it| it.annex == 4).expect("it has it").header.clear();
    without.rubrics.iter_mut().find(|it| it.annex == 1).expect("it has it").applicant = Applicant(3);
    let some = convert(older, &without, rows, &whole).expect("it has one");
    assert_eq!((some.dropped, some.dossier.sheets.len(), some.sheets.len()), (vec![whole.sheets[1].id], 1, 1));
    assert_eq!(some.dossier.sheets[0].blanks, [""; 0]);
    without.rubrics.retain(|it| it.annex != 4);
    assert_eq!(convert(older, &without, rows, &whole), None, "nothing that it fills in");
    let nobody = Edition { applicants: newer.applicants[1..].to_vec(), ..newer.clone() };
    assert_eq!(convert(older, &nobody, rows, &whole), None, "nobody of its kind");
}

/// Whatever a file says, an answer that the newer row cannot have is not taken over, nor a part of one.
#[test]
fn an_answer_goes_along_whole_or_not_at_all() {
    let loaded = load(site(&[]).path()).expect("it can be read");
    let (older, newer, _) = both(&loaded);
    let row = |newer: &mut Edition, number: u16, rule: Rule, points: u16| {
        let rows = newer.rubrics[0].sections.iter_mut().flat_map(|it| &mut it.groups).flat_map(|it| &mut it.rows);
        let row = rows.into_iter().find(|it| it.number == number).expect("it has the row");
        (row.rule, row.points) = (rule, Some(Points::whole(points)));
    };
    let only = |number: u16| {
        let name = vec![RowName { annex: 1, number }];
        let pair = RowsPaired { older: name.clone(), newer: name, keeps: true, note: String::new() };
        Concordance { older: older.id.clone(), newer: newer.id.clone(), rows: vec![pair] }
    };
    let deduct = Rule::Deduct { each: Points::whole(2), unit: "处".to_owned(), people: None, by_hand: None };
    let Some(Rule::Listed { adds, items }) = older.rubric(1).and_then(|it| it.row(8)).map(|it| it.rule.clone()) else {
        panic!("a list")
    };
    let turned = Rule::Listed { adds, items: items.into_iter().rev().collect() };
    let judged = Rule::Judged { reading: "XN-01".to_owned() };
    for (number, given, rule, points) in [
        (22, vec![(Fact::Defects, 0), (Fact::Hazard, 0)], deduct, 5),
        (8, vec![(Fact::Item1, 1), (Fact::Item2, 2), (Fact::Item3, 10)], turned, 10),
        (17, vec![(Fact::Award, 40)], judged, 4),
    ] {
        let mut dossier = dossier(older, &[1]);
        for (fact, value) in &given {
            dossier.sheets[0].answers.set(number, *fact, Some(*value));
        }
        let kept = convert(older, newer, &only(number), &dossier).expect("it has the rubric");
        assert_eq!(became(&kept, number), (RowFate::Kept, given), "1-{number}");
        let mut other = newer.clone();
        row(&mut other, number, rule, points);
        let anew = convert(older, &other, &only(number), &dossier).expect("it has the rubric");
        assert_eq!(became(&anew, number), (RowFate::Anew, Vec::new()), "1-{number}");
    }
}
