//! Rules of the invented edition that are only just right, beside those that are only just wrong, and what the words of a
//! rubric come to: which rubric needs more than adding up, what is a part of what, how far an item of a list counts.

use serde::Deserialize;
use serde_json::{Value, json};
use ziping::cli::read_answers;
use ziping::load::Loaded;
use ziping::rubric::RubricPlace::{Band, Edition, Group, Reading, Row, Rubric, Section};
use ziping::rubric::{Fact, ListItem, Points, RubricPlace};
use ziping::score::{explain, score};

use crate::kinds::{edition, with};
use crate::{none_of, read};

#[derive(Deserialize)]
struct NearCases {
    case: Vec<NearCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NearCase {
    why: String,
    file: String,
    /// Each what stands there, and what is put in its place.
    #[serde(default)]
    right: Vec<[String; 2]>,
    wrong: Vec<[String; 2]>,
    says: Vec<String>,
}

/// The invented edition with these changes of the file of one rubric.
fn changed(file: &str, edits: &[[String; 2]]) -> Loaded {
    let mut text = read(&format!("tests/kinds/site/rubrics/xuni-2099/{file}.toml"));
    for [from, to] in edits {
        assert!(text.contains(from.as_str()), "{file}.toml has no `{from}`");
        text = text.replacen(from.as_str(), to, 1);
    }
    with(file, &text)
}

#[test]
fn what_is_just_right_passes_and_what_is_just_wrong_is_told_alone() {
    let cases: NearCases = toml::from_str(&read("tests/kinds/near.toml")).expect("tests/kinds/near.toml");
    assert!(25 < cases.case.len());
    let mut problems = Vec::new();
    for NearCase { why, file, right, wrong, says } in cases.case {
        let told = changed(&file, &right).problems;
        problems.extend(told.iter().map(|it| format!("{why}: what is right is refused: {it}")));
        let told = changed(&file, &wrong).problems;
        let messages: Vec<&str> = told.iter().map(|it| it.message.as_str()).collect();
        if messages != says {
            problems.push(format!("{why}: told is\n  {}\nshould be\n  {}", messages.join("\n  "), says.join("\n  ")));
        }
        let astray = told.iter().filter(|it| it.line == 0 || !it.file.ends_with(&format!("{file}.toml")));
        problems.extend(astray.map(|it| format!("{why}: told at no line of the file: {it}")));
    }
    none_of(&problems);
}

/// Each of these alone makes a total more than a sum.
#[test]
fn one_thing_alone_makes_a_total_more_than_a_sum() {
    let changes = [
        ("nothing", "", "", false),
        ("a deduction goes on into the group", "readings  = []", "readings  = []\nfloor = \"group\"", true),
        ("in one section it does", "name   = \"通用\"", "name   = \"通用\"\nfloor = \"group\"", true),
        ("a section has a weight", "name   = \"通用\"", "name   = \"通用\"\nweight = 1", true),
        (
            "a band has a condition",
            "outcome  = \"同意备案\"",
            "outcome  = \"同意备案\"\nrequires = [{ rows = [\"4-1\"], at_least = 10 }]",
            true,
        ),
        ("a row need not apply", "key      = \"levels\"", "key      = \"levels\"\nnot_applicable = true", true),
        ("a row takes all points", "blocks = \"filing\" }", "blocks = \"filing\", zeroes = \"total\" }", true),
        (
            "there are scales",
            "[[band]]\nat_least = 24\noutcome  = \"同意备案\"\n\n[[band]]\nat_least = 18\noutcome  = \"限期补正\"",
            "[[scale]]\nname = \"全部\"\nsections = [\"通用\"]\nband = [{ at_least = 24, outcome = \"同意备案\" }]",
            true,
        ),
    ];
    for (what, from, to, special) in changes {
        let loaded = changed("common", &[[from.to_owned(), to.to_owned()]]);
        let rubric = loaded.editions[0].rubric(4).expect("the fourth");
        assert_eq!(rubric.totals.special, special, "{what}");
    }
}

/// What is said of a row of the invented edition with this answer.
fn arithmetic(annex: u8, row: u16, answer: &Value) -> String {
    let rubric = edition().rubric(annex).expect("an annex");
    let line = json!({ "rubric": annex.to_string(), "answers": { rubric.row_id(row): answer } }).to_string();
    let answers = read_answers(rubric, &line).unwrap_or_else(|error| panic!("{line}: {}", error.message));
    let report = score(rubric, &answers);
    explain(edition(), &report, report.row(row).expect("a row"), &answers).arithmetic
}

/// A row that has too few points for its deductions says that others lose them only where they do: as its section has it,
/// or else the table.
#[test]
fn only_where_a_deduction_goes_on_other_rows_lose_it() {
    let cases = [
        (1, 6, json!({ "deductions": [true, 4, false, 0] }), Some("不够扣的 4 分从其他行扣")),
        (1, 11, json!({ "defects": 9 }), None),
        (2, 5, json!({ "defects": 9 }), Some("不够扣的 16 分从其他行扣")),
        (3, 1, json!({ "quantity": 100 }), Some("不够扣的 8 分从其他行扣")),
    ];
    for (annex, row, answer, says) in cases {
        let told = arithmetic(annex, row, &answer);
        let goes_on = told.contains("从其他行扣");
        assert!(says.map_or(!goes_on, |it| told.contains(it)), "{annex}-{row}: {told}");
    }
}

fn item(unit: &str, from: u16, to: u16, at_most: Option<u16>) -> ListItem {
    ListItem {
        when: "某事".to_owned(),
        unit: unit.to_owned(),
        from: Points::tenths(from),
        to: Points::tenths(to),
        at_most: at_most.map(Points::tenths),
        all: false,
        fails: false,
        reading: None,
    }
}

/// More than this many of an item change nothing.
#[test]
fn an_item_counts_up_to_where_more_make_no_difference() {
    let cases = [
        ("每项 1 分，最多 4 分", item("项", 10, 10, Some(40)), 150, 4),
        ("每项 2 分，共 10 分", item("项", 20, 20, None), 100, 5),
        ("每项 3 分，共 10 分：第 4 项还有 1 分", item("项", 30, 30, None), 100, 4),
        ("每项 2 分，最多 5 分：第 3 项还有 1 分", item("项", 20, 20, Some(50)), 100, 3),
        ("每项 0.5 分，共 10 分", item("项", 5, 5, None), 100, 20),
        ("每项 1 分，最多 40 分，共 10 分", item("项", 10, 10, Some(400)), 100, 10),
        ("酌情 1 至 3 分，填的是分数", item("", 10, 30, None), 100, 30),
        ("有没有", item("", 20, 20, None), 100, 1),
    ];
    for (what, item, worth, most) in cases {
        assert_eq!(item.most(Points::tenths(worth)), most, "{what}");
    }
}

/// The facts of credits have their key; that a row does not apply has its own there as everywhere.
#[test]
fn a_row_of_credits_that_need_not_apply_says_so_by_the_usual_key() {
    let text = "省级奖项每项得2分，最多4分；有技术革新，酌情得1至3分；满分为止。\"\npoints   = 10";
    let loaded = changed("kinds", &[[text.to_owned(), format!("{text}\nnot_applicable = true")]]);
    let rubric = loaded.editions[0].rubric(1).expect("the first");
    let row = rubric.row(8).expect("a row of credits");
    let keys: Vec<&str> = row.facts().into_iter().map(|it| row.rule.key(it)).collect();
    assert_eq!(keys, ["credits", "credits", "credits", "not_applicable"]);
    let line = json!({ "rubric": "1", "answers": { "1-8": { "not_applicable": true } } }).to_string();
    let answers = read_answers(rubric, &line).expect("it may be said");
    assert_eq!(answers.get(8, Fact::NotApplicable), Some(1));
}

/// What can be said of a row: what its rule asks, and that it does not apply only where the document lets it be so.
#[test]
fn a_row_has_what_its_rule_asks_and_no_more() {
    let rubric = edition().rubric(1).expect("the first");
    let cases = [
        (9, Fact::Met, true),
        (9, Fact::NotApplicable, true),
        (9, Fact::Defects, false),
        (10, Fact::Met, true),
        (10, Fact::FullTimeStaff, true),
        (10, Fact::NotApplicable, false),
        (11, Fact::Defects, true),
        (11, Fact::Met, false),
        (11, Fact::NotApplicable, false),
    ];
    for (row, fact, has) in cases {
        assert_eq!(rubric.row(row).expect("a row").has(fact), has, "1-{row}: {fact:?}");
    }
}

/// Each place with all that is in it: a rubric has its bands, sections, groups and rows, and none of another rubric.
#[test]
fn a_place_holds_itself_and_what_is_in_it() {
    let all = [
        Edition,
        Reading(0),
        Reading(1),
        Rubric(1),
        Band(1, 0),
        Section(1, 0),
        Group(1, 0, 0),
        Row(1, 0, 0, 0),
        Row(1, 0, 0, 1),
        Group(1, 0, 1),
        Row(1, 0, 1, 0),
        Section(1, 1),
        Group(1, 1, 0),
        Row(1, 1, 0, 0),
        Rubric(2),
        Band(2, 0),
        Section(2, 0),
        Group(2, 0, 0),
        Row(2, 0, 0, 0),
    ];
    let holds: [(RubricPlace, &[RubricPlace]); 19] = [
        (Edition, &[Edition]),
        (Reading(0), &[Reading(0)]),
        (Reading(1), &[Reading(1)]),
        (Rubric(1), &all[3..14]),
        (Band(1, 0), &[Band(1, 0)]),
        (Section(1, 0), &all[5..11]),
        (Group(1, 0, 0), &[Group(1, 0, 0), Row(1, 0, 0, 0), Row(1, 0, 0, 1)]),
        (Row(1, 0, 0, 0), &[Row(1, 0, 0, 0)]),
        (Row(1, 0, 0, 1), &[Row(1, 0, 0, 1)]),
        (Group(1, 0, 1), &[Group(1, 0, 1), Row(1, 0, 1, 0)]),
        (Row(1, 0, 1, 0), &[Row(1, 0, 1, 0)]),
        (Section(1, 1), &[Section(1, 1), Group(1, 1, 0), Row(1, 1, 0, 0)]),
        (Group(1, 1, 0), &[Group(1, 1, 0), Row(1, 1, 0, 0)]),
        (Row(1, 1, 0, 0), &[Row(1, 1, 0, 0)]),
        (Rubric(2), &all[14..]),
        (Band(2, 0), &[Band(2, 0)]),
        (Section(2, 0), &[Section(2, 0), Group(2, 0, 0), Row(2, 0, 0, 0)]),
        (Group(2, 0, 0), &[Group(2, 0, 0), Row(2, 0, 0, 0)]),
        (Row(2, 0, 0, 0), &[Row(2, 0, 0, 0)]),
    ];
    for (place, inside) in holds {
        let found: Vec<RubricPlace> = all.into_iter().filter(|it| place.holds(*it)).collect();
        assert_eq!(found, inside, "{place:?}");
    }
}
