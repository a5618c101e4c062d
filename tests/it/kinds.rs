//! Tables unlike those of the six annexes: an invented edition with a row of every kind of rule and every way from rows to a
//! verdict, worked by hand.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use ziping::bytes::wire::{from_bytes, to_bytes};
use ziping::carrier::{Known, Marks, marks};
use ziping::cli::{read_answers, score_lines};
use ziping::load::{Loaded, load};
use ziping::rubric::{Edition, Points, Rubric, Rule, Totals};
use ziping::score::{Answers, score};

use crate::cli::{text, ziping};
use crate::{editions, none_of, path, read};

/// The invented edition, as a site of its own.
pub fn invented() -> &'static Loaded {
    static SITE: OnceLock<Loaded> = OnceLock::new();
    SITE.get_or_init(|| load(&path("tests/kinds/site")).expect("the folder can be read"))
}

pub fn edition() -> &'static Edition {
    &invented().editions[0]
}

pub fn known() -> Known<'static> {
    static MARKS: OnceLock<Vec<Marks>> = OnceLock::new();
    let all = MARKS.get_or_init(|| marks(&invented().editions, &invented().rules));
    invented().known(all)
}

fn result(line: &Value) -> Value {
    let mut out = Vec::new();
    score_lines(&invented().editions, true, line.to_string().as_bytes(), &mut out, |_| {}).expect("memory");
    serde_json::from_slice(&out).expect("one line of JSON")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    full: Map<String, Value>,
    case: Vec<KindCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindCase {
    why: String,
    rubric: String,
    #[serde(default)]
    answers: Map<String, Value>,
    #[serde(default)]
    expect: Map<String, Value>,
    /// Score, low and high.
    #[serde(default)]
    rows: Map<String, Value>,
    /// Code and path.
    error: Option<[String; 2]>,
}

fn cases() -> Cases {
    toml::from_str(&read("tests/kinds/cases.toml")).expect("tests/kinds/cases.toml")
}

/// The answers with full points to an invented table.
pub fn full(annex: u8) -> Map<String, Value> {
    cases().full[&annex.to_string()].as_object().expect("answers by row").clone()
}

/// 20 and 20.0 are one number.
fn plain(value: &Value) -> Value {
    match value {
        Value::Number(it) => json!(it.as_f64()),
        Value::Array(all) => all.iter().map(plain).collect(),
        Value::Object(all) => all.iter().map(|(key, it)| (key.clone(), plain(it))).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_invented_edition_is_sound() {
    let problems: Vec<String> = invented().problems.iter().map(ToString::to_string).collect();
    none_of(&problems);
}

#[test]
fn every_kind_of_rule_and_every_way_to_a_verdict_is_in_it() {
    let rows = || edition().rubrics.iter().flat_map(Rubric::rows);
    let kinds: BTreeSet<&str> = rows().map(|it| it.rule.kind()).collect();
    assert_eq!(kinds.len(), 20, "{kinds:?}");
    let rules = rows().filter_map(|it| if let Rule::Quantity { of } = &it.rule { Some(of) } else { None });
    let ways: BTreeSet<String> = rules
        .map(|it| format!("{:?} {} {}", it.counts.as_ref().map(|it| it.is_ratio), it.limits, it.missing.is_some()))
        .collect();
    assert_eq!(ways.len(), 5, "{ways:?}");
    let rubrics = || edition().rubrics.iter();
    let totals: BTreeSet<String> = rubrics().map(|it| format!("{:?}", it.totals.normalise)).collect();
    assert_eq!(totals.len(), 3, "{totals:?}");
    let floors = rubrics().flat_map(|it| it.sections.iter().map(|section| section.floor.unwrap_or(it.totals.floor)));
    assert_eq!(floors.map(|it| format!("{it:?}")).collect::<BTreeSet<_>>().len(), 4);
    let zeroes = rows().filter_map(|it| it.veto.as_ref()?.zeroes).map(|it| format!("{it:?}"));
    assert_eq!(zeroes.collect::<BTreeSet<_>>().len(), 3);
    assert!(rubrics().any(|it| it.totals.scales.len() == 2));
    assert!(rubrics().any(|it| it.sections.iter().all(|it| it.weight.is_some())));
    let conditions = rubrics().flat_map(|it| &it.bands).flat_map(|it| &it.requires);
    assert_eq!(conditions.map(|it| it.section.is_some()).collect::<BTreeSet<_>>().len(), 2);
}

#[test]
fn every_case_comes_out_as_worked_by_hand() {
    let Cases { full, case } = cases();
    let mut problems = Vec::new();
    for KindCase { why, rubric, answers, expect, rows, error } in case {
        let mut all = full[&rubric].as_object().expect("answers by row").clone();
        all.extend(answers);
        let is = result(&json!({ "rubric": rubric, "answers": all }));
        let mut differs = |key: &str, is: &Value, should: &Value| {
            if plain(is) != plain(should) {
                problems.push(format!("{why}: `{key}` is {is}, should be {should}"));
            }
        };
        if let Some([code, path]) = &error {
            differs("error.code", &is["error"]["code"], &json!(code));
            differs("error.path", &is["error"]["path"], &json!(path));
        } else {
            differs("status", &is["status"], &json!("complete"));
        }
        for (key, should) in &expect {
            differs(key, &is[key], should);
        }
        for (id, should) in &rows {
            let row = &is["rows"][id];
            differs(id, &json!([row["score"], row["low"], row["high"]]), should);
        }
    }
    none_of(&problems);
}

/// What a row would bring to the total: by its weight, by the scale of what applies, and with what it takes from others.
#[test]
fn what_there_is_to_gain_is_told_in_points_of_the_total() {
    let full = cases().full;
    for (annex, changed, expected) in [
        ("1", json!({}), &[][..]),
        // 8 points by 0.4, 5 points by 0.6
        ("1", json!({ "1-1": { "choice": "租用场地" }, "1-17": { "award": 0 } }), &[(1, 32), (17, 30)]),
        // of 94 points that apply 90.8 are 96.5, without the row that costs 3.2 all 100
        ("1", json!({ "1-1": { "choice": "租用场地" }, "1-9": { "not_applicable": true } }), &[(1, 35)]),
        // 10 points of its own, and 4 that it takes from others
        ("3", json!({ "3-1": { "quantity": 300 }, "3-4": { "quantity": 2 } }), &[(1, 140), (4, 60)]),
        // with the row that takes all points the whole total is back, and before that no other row brings anything
        ("2", json!({ "2-3": { "met": false }, "2-1": { "choice": "D级" } }), &[(3, 800)]),
    ] {
        let mut answers = full[annex].as_object().expect("answers by row").clone();
        answers.extend(changed.as_object().expect("answers by row").clone());
        let rubric = edition().rubric(annex.parse().expect("a number")).expect("an annex");
        let answers = read_answers(rubric, &json!({ "rubric": annex, "answers": answers }).to_string()).expect("sound");
        let told: Vec<(u16, u16)> =
            score(rubric, &answers).to_improve().into_iter().map(|it| (it.0, it.1.in_tenths())).collect();
        assert_eq!(told, expected, "{changed}");
    }
}

/// Who rates others as well needs their tables beside its own; nobody else does.
#[test]
fn a_kind_needs_its_own_tables_and_those_for_others() {
    let kind = |id: &str| edition().applicant(id).expect("a kind");
    let ids = ["company", "college", "academy", "guild"];
    let needed = |id: &str| ids.into_iter().filter(|of| edition().may_need(kind(id), kind(of))).collect::<Vec<_>>();
    assert_eq!(ids.map(needed), [vec!["company"], vec!["college", "academy"], vec!["academy"], vec!["guild"]]);
}

/// What the generator writes for the app is read there as it was, with all that the real and the invented tables have.
#[test]
fn an_edition_comes_to_the_app_as_it_was() {
    let all = || editions().iter().chain(&invented().editions);
    assert!(all().flat_map(|it| &it.rubrics).any(|it| !it.header.is_empty()));
    for edition in all() {
        assert_eq!(from_bytes::<Edition>(&to_bytes(edition)).as_ref(), Some(edition));
    }
}

/// What leads from rows to the verdict is said in sentences below the table.
#[test]
fn the_way_to_the_total_is_said_in_words() {
    let words: Vec<&str> = edition().rubrics.iter().flat_map(|it| &it.totals.words).map(String::as_str).collect();
    let expected = [
        "本工具的算法：总分是各项目得分加权之和：基础条件 × 0.4，实施质量 × 0.6。",
        "本工具的算法：选“不涉及”的行不计入，其余按比例折算成 100 分，小数第二位起舍去。",
        "本工具的算法：“基础条件”里一行不够扣的分，从同一项目分解的其他行扣。",
        "本工具的算法：“优秀”除 85 分以外还要：1-1 至少得 12 分，“实施质量”至少得 80%。",
        "本工具的算法：选“不涉及”的行按满分计。",
        "本工具的算法：一行不够扣的分，从全表的其他行扣。",
        "本工具的算法：结论取各部分中最差的一个：硬件（设备）40 分以上合格，25 分以上基本合格；软件（管理）40 分以上合格，30 分以上基本合格。",
        "本工具的算法：选“不涉及”的行不计分。",
        "本工具的算法：一行不够扣的分，从同一项目的其他行扣。",
    ];
    assert_eq!(words, expected);
    assert!(editions()[0].rubrics.iter().all(|it| it.totals == Totals::default()));
}

/// A validator takes what the program takes and gives, and refuses what it refuses.
#[test]
fn the_schemas_know_the_new_answers() {
    let site = path("tests/kinds/site");
    let schema = |name: &str| {
        let run = ziping(&["schema", name, "--site", site.to_str().expect("plain letters")], b"");
        let schema: Value = serde_json::from_slice(&run.stdout).unwrap_or_else(|_| panic!("{}", text(&run.stderr)));
        jsonschema::options().with_draft(jsonschema::Draft::Draft202012).build(&schema).expect("a sound schema")
    };
    let (input, output) = (schema("score-input"), schema("score-output"));
    let Cases { full, case } = cases();
    for KindCase { why, rubric, answers, error, .. } in case {
        let mut all = full[&rubric].as_object().expect("answers by row").clone();
        all.extend(answers);
        let line = json!({ "rubric": rubric, "answers": all });
        let is = result(&line);
        assert!(error.is_some() || output.is_valid(&is), "{why}: {is}");
        // what depends on two values at once stands in a comment
        let beyond = error.is_some_and(|it| it[0] == "outside_range");
        assert!(beyond || input.is_valid(&line) == is["error"].is_null(), "{why}: {line}");
    }
    let rubrics = ziping::cli::rubrics_json(edition());
    assert!(schema("rubrics").is_valid(&rubrics), "{rubrics}");
    assert_eq!(rubrics["rubrics"][0]["rows"][0]["veto"]["zeroes"], "section");
    let quantity = json!({
        "kind": "quantity", "of": "藏书", "unit": "册", "at_least": 5000, "step": 500, "each": 0.5,
    });
    assert_eq!(rubrics["rubrics"][0]["rows"][3]["rule"], quantity);
}

#[test]
fn an_empty_sheet_may_become_anything() {
    for rubric in &edition().rubrics {
        let report = score(rubric, &Answers::default());
        assert_eq!((report.base, report.low, report.high), (Points::ZERO, Points::ZERO, rubric.total));
        assert_eq!(report.n_answered(), 0);
    }
}

#[derive(Deserialize)]
struct RefusedCases {
    case: Vec<RefusedCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RefusedCase {
    file: String,
    from: String,
    to: String,
    says: String,
}

/// The invented edition where the file of one rubric has another text.
pub fn with(file: &str, text: &str) -> Loaded {
    let folder = tempfile::tempdir().expect("a folder");
    let home = path("tests/kinds/site/rubrics/xuni-2099");
    let there = folder.path().join("rubrics/xuni-2099");
    std::fs::create_dir_all(&there).expect("a folder");
    std::fs::create_dir_all(folder.path().join("content")).expect("a folder");
    for name in ["edition", "readings", "kinds", "scales", "floors", "common", "guild"] {
        let name = format!("{name}.toml");
        std::fs::copy(home.join(&name), there.join(&name)).expect("a copy");
    }
    std::fs::write(there.join(format!("{file}.toml")), text).expect("a file");
    load(folder.path()).expect("it can be read")
}

#[test]
fn nonsense_is_refused_with_the_line_of_its_file() {
    let cases: RefusedCases = toml::from_str(&read("tests/kinds/refused.toml")).expect("tests/kinds/refused.toml");
    assert!(40 < cases.case.len());
    let mut problems = Vec::new();
    for RefusedCase { file, from, to, says } in cases.case {
        let text = read(&format!("tests/kinds/site/rubrics/xuni-2099/{file}.toml"));
        assert!(text.contains(&from), "{file}.toml has no `{from}`");
        let found = with(&file, &text.replacen(&from, &to, 1)).problems;
        let told = found.iter().find(|it| it.message.contains(&says));
        match told {
            None => problems.push(format!("`{says}` is not told, but {found:?}")),
            Some(it) if !it.file.ends_with(&format!("{file}.toml")) || it.line == 0 => {
                problems.push(format!("`{says}` is told of {it}"));
            }
            Some(_) => {}
        }
    }
    none_of(&problems);
}

#[derive(Deserialize)]
struct Written {
    row: Vec<WrittenRow>,
}

#[derive(Deserialize)]
struct WrittenRow {
    of: String,
    standard: String,
    #[serde(rename = "try")]
    tries: Vec<(Value, f64)>,
}

/// Rows as other documents have them are written in the rules there are, load, are sound and score as expected.
#[test]
fn rows_of_other_documents_fit_the_rules() {
    const FILE: &str = "tests/kinds/rows.toml";
    const SHOWN: [&str; 6] = ["standard", "points", "not_applicable", "rule", "readings", "veto"];
    let text = read(FILE);
    let written: Written = toml::from_str(&text).expect(FILE);
    assert!(60 <= written.row.len());
    let kinds: BTreeSet<&str> = written.row.iter().map(|it| it.of.as_str()).collect();
    assert_eq!(kinds.len(), 6, "{kinds:?}");
    // each row is a rubric of its own in the place of the invented one, with the very lines of the file
    let mut problems = Vec::new();
    let mut table = String::from(
        "annex = 3\napplicant = \"college\"\npart = \"occupation\"\ntitle = \"虚构\"\nreadings = []\nnormalise = \"full\"\n",
    );
    let (mut rows, mut total) = (String::new(), 0.0);
    for (block, (number, row)) in text.split("[[row]]").skip(1).zip((1..).zip(&written.row)) {
        let lines = block.lines().filter(|line| SHOWN.iter().any(|it| line.starts_with(it)));
        rows.push_str(&format!("\n[[section.group.row]]\nid = \"3-{number}\"\ncontent = \"第{number}行\"\n"));
        lines.for_each(|line| rows.push_str(&format!("{line}\n")));
        let points = block.lines().find_map(|it| it.strip_prefix("points   = ")).expect("points");
        total += points.parse::<f64>().unwrap_or_else(|error| panic!("{}: {error}", row.standard));
    }
    table.push_str(&format!(
        "total = {total}\nnote = [\"{total}分为达标\"]\n\n[[band]]\nat_least = {total}\noutcome = \"达标\"\n"
    ));
    table.push_str("\n[[section]]\nname = \"各行\"\n\n[[section.group]]\nname = \"各行\"\n");
    let loaded = with("floors", &(table + &rows));
    problems.extend(loaded.problems.iter().map(ToString::to_string));
    let rubric = loaded.editions[0].rubric(3).expect("the third");
    for (number, row) in (1..).zip(&written.row) {
        for (answer, expected) in &row.tries {
            let line = json!({ "rubric": "3", "answers": { format!("3-{number}"): answer } }).to_string();
            match read_answers(rubric, &line) {
                Err(error) => problems.push(format!("{}: {answer}: {}", row.standard, error.message)),
                Ok(answers) => {
                    let report = score(rubric, &answers);
                    let is = report.row(number).and_then(|it| it.score).map(|it| f64::from(it.in_tenths()) / 10.0);
                    if is != Some(*expected) {
                        problems.push(format!("{}: {answer} comes to {is:?}, should be {expected}", row.standard));
                    }
                }
            }
        }
    }
    none_of(&problems);
}

/// CONTRIBUTING shows every kind with the lines of a row of the invented tables.
#[test]
fn every_kind_is_shown_with_a_row_of_the_invented_table() {
    let papers = read("CONTRIBUTING.md");
    let shown = papers.split("**各种规则的写法。**").nth(1).expect("the part is there");
    let shown = shown.split("**总分不只是相加的。**").next().expect("its end");
    let table = read("tests/kinds/site/rubrics/xuni-2099/kinds.toml");
    let mut problems = Vec::new();
    let mut kinds = BTreeSet::new();
    for example in
        shown.split("```toml\n").skip(1).filter_map(|it| it.split("```").next()).flat_map(|it| it.split("\n\n"))
    {
        // a row may have keys between those that are shown
        let is_of = |row: &&str| example.trim().lines().all(|line| row.lines().any(|it| it == line));
        match table.split("[[section.group.row]]").find(is_of) {
            Some(row) => {
                kinds.extend(row.split("kind = \"").nth(1).and_then(|it| it.split('"').next()));
            }
            None => problems.push(format!("no row of the invented table has these lines:\n{example}")),
        }
    }
    let all: BTreeSet<&str> = edition().rubrics.iter().flat_map(Rubric::rows).map(|it| it.rule.kind()).collect();
    problems.extend(all.difference(&kinds).map(|it| format!("`{it}` is not shown")));
    none_of(&problems);
}
