//! What stands in words beside the rows of the invented tables and below them, as a person wrote it in `tests/kinds/words.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use ziping::cli::read_answers;
use ziping::rubric::{Fact, Rubric};
use ziping::score::{Answers, Given, explain, in_one_sentence, said, score};

use crate::kinds::{edition, full};
use crate::{editions, none_of, read};

#[derive(Deserialize)]
struct WordCases {
    case: Vec<WordCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordCase {
    why: String,
    rubric: String,
    #[serde(default)]
    answers: Map<String, Value>,
    #[serde(default)]
    without: Vec<String>,
    /// What was said, and the arithmetic.
    #[serde(default)]
    rows: BTreeMap<String, [String; 2]>,
    sentence: Option<String>,
    /// Base, low and high.
    points: Option<[f64; 3]>,
}

/// The full answers to an invented table, with these in place of theirs.
pub fn answers(rubric: &Rubric, changed: &Map<String, Value>, without: &[String]) -> Answers {
    let mut all = full(rubric.annex);
    all.extend(changed.clone());
    all.retain(|id, _| !without.contains(id));
    let line = json!({ "rubric": rubric.annex.to_string(), "answers": all }).to_string();
    read_answers(rubric, &line).unwrap_or_else(|it| panic!("{}: {}", it.path, it.message))
}

#[test]
fn rows_and_sheets_say_what_a_person_would_write() {
    let cases: WordCases = toml::from_str(&read("tests/kinds/words.toml")).expect("tests/kinds/words.toml");
    let mut problems = Vec::new();
    for WordCase { why, rubric, answers: changed, without, rows, sentence, points } in cases.case {
        let rubric = edition().rubrics.iter().find(|it| it.annex.to_string() == rubric).expect("a table");
        let answers = answers(rubric, &changed, &without);
        let report = score(rubric, &answers);
        let mut differs = |of: &str, is: String, should: &str| {
            if is != should {
                problems.push(format!("{why}: {of} is {is}, should be {should}"));
            }
        };
        for row in &report.rows {
            if let Some([facts, sum]) = rows.get(&rubric.row_id(row.row.number)) {
                let words = explain(edition(), &report, row, &answers);
                differs("what was said", words.facts, facts);
                differs("the sum", words.arithmetic, sum);
            }
        }
        if let Some(sentence) = sentence {
            differs("the sentence", in_one_sentence(&report), &sentence);
        }
        if let Some(points) = points {
            let is = [report.base, report.low, report.high].map(|it| f64::from(it.in_tenths()) / 10.0);
            differs("from low to high", format!("{is:?}"), &format!("{points:?}"));
        }
        let known = |id: &String| rubric.rows().any(|it| rubric.row_id(it.number) == *id);
        assert!(rows.keys().chain(&without).all(known), "{why}: there is no such row");
    }
    none_of(&problems);
}

/// The figures of a quantity with their unit, as a percentage, as so many to one.
#[test]
fn the_rule_of_a_quantity_says_its_figures_in_its_unit() {
    for (row, figures) in [
        (2, "建筑面积 3000 平方米以上（含）得 20 分，2000 平方米以上（含）得 12 分，不足不得分"),
        (3, "设备完好率 80%以上（含）得 10 分，不足不得分"),
        (4, "藏书 5000 册以上（含）得 10 分，每少 500 册扣 0.5 分，扣完为止"),
        (5, "师生比 1:20以内（含）得 10 分，1:25以内（含）得 6 分，超出不得分"),
    ] {
        let words = &edition().rubric(1).and_then(|it| it.row(row)).expect("a row").words;
        assert!(words.starts_with(figures), "{words}");
    }
}

/// What was said of a row that is not answered to the end.
#[test]
fn a_row_without_an_answer_says_what_it_waits_for() {
    let rubric = editions()[0].rubric(3).expect("a rubric");
    let words = |rubric: &Rubric, row: u16, facts: &[(Fact, i64)]| {
        let mut answers = Answers::default();
        facts.iter().for_each(|(fact, value)| _ = answers.set(row, *fact, Some(*value)));
        said(score(rubric, &answers).row(row).expect("a row"), &answers)
    };
    assert_eq!(words(rubric, 1, &[]), "未评");
    assert_eq!(words(rubric, 1, &[(Fact::Unsure, 1)]), "待确认");
    let staffed = edition().rubric(1).expect("a table");
    assert_eq!(words(staffed, 10, &[(Fact::Met, 1)]), "未评完");
    assert_eq!(words(staffed, 10, &[(Fact::Met, 1), (Fact::FullTimeStaff, 2)]), "符合，专职工作人员 2 人");
    assert_eq!(words(staffed, 9, &[(Fact::NotApplicable, 1)]), "不涉及");
}

/// Points that the applicant fills in where the table says only that something is deducted.
#[test]
fn points_filled_in_by_hand_are_told_as_such() {
    let rubric = editions()[0].rubric(1).expect("a rubric");
    for (tenths, facts, sum) in [(15, "自行填写 1.5 分", "得 1.5 分"), (0, "自行填写 0 分", "不得分")] {
        let answers: Answers = [Given { row: 24, fact: Fact::Score, value: tenths }].into_iter().collect();
        let report = score(rubric, &answers);
        let words = explain(&editions()[0], &report, report.row(24).expect("a row"), &answers);
        assert_eq!((words.facts.as_str(), words.arithmetic.as_str()), (facts, sum));
    }
}
