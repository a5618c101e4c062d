//! What people read of a result is true: the verdict in a sentence, what would improve it, what a reading offers.

use serde_json::{Map, Value, json};
use ziping::cli::read_answers;
use ziping::rubric::{Edition, Fact, Reading, Row, Rubric, Rule};
use ziping::score::{Answers, Given, Grade, Report, in_one_sentence, score};

use crate::cases::full;
use crate::{editions, none_of};

fn edition() -> &'static Edition {
    &editions()[0]
}

/// The full sheet with these answers instead.
fn answers(annex: u8, changed: &Value) -> (&'static Rubric, Answers) {
    let rubric = edition().rubric(annex).expect("a rubric");
    let mut all: Map<String, Value> = full(rubric);
    all.extend(changed.as_object().expect("answers").clone());
    all.retain(|_, it| !it.is_null());
    let line = json!({ "rubric": annex.to_string(), "answers": all }).to_string();
    (rubric, read_answers(rubric, &line).unwrap_or_else(|it| panic!("{}: {}", it.path, it.message)))
}

fn reported(annex: u8, changed: &Value) -> Report<'static> {
    let (rubric, answers) = answers(annex, changed);
    score(rubric, &answers)
}

#[test]
fn the_sentence_says_what_the_points_are_worth_and_what_is_missing() {
    let below = "未达到文件公布的分数线";
    for (annex, changed, grade, says) in [
        (1, json!({}), Grade::Full, "已得 100 分，达到 85 分，"),
        (
            1,
            json!({
                "1-4": { "defects": 4 }, "1-12": { "defects": 1 }, "1-23": { "defects": 1 },
                "1-14": { "detailed": false, "operable": true },
            }),
            Grade::Part,
            "；距 85 分还差 1 分",
        ),
        (
            2,
            json!({ "2-8": { "award": 0 }, "2-12": { "award": 0 }, "2-14": { "defects": 1 } }),
            Grade::Nothing,
            "；距 85 分还差 1 分；最低 68 分，最高 98 分",
        ),
        (2, json!({ "2-8": { "award": 0 }, "2-12": { "award": 0 }, "2-14": { "defects": 1 } }), Grade::Nothing, below),
        (
            2,
            json!({ "2-8": { "award": 0.1 }, "2-12": { "award": 0 }, "2-14": { "defects": 1 } }),
            Grade::Nothing,
            "；距 85 分还差 0.9 分",
        ),
        (3, json!({ "3-1": { "unsure": true } }), Grade::Open, "；未评 1 项（其中待确认 1 项）；结论待定"),
        (1, json!({ "1-1": { "met": false } }), Grade::Vetoed, "触发否决项 1-1，不论得分；已得 100 分"),
        (1, json!({ "1-20": { "met": false } }), Grade::Part, "；1-20 未满足，备案后不得开展工作"),
        (1, json!({ "1-5": null }), Grade::Open, "最高 100 分；未评 1 项；结论待定"),
    ] {
        let report = reported(annex, &changed);
        let sentence = in_one_sentence(&report);
        assert!(sentence.contains(says), "{sentence} does not say {says}");
        assert_eq!(report.grade(), grade, "{sentence}");
    }
}

#[test]
fn a_row_stands_by_its_points() {
    for (annex, row, answer, grade) in [
        (2, 1, json!({ "defects": 0 }), Grade::Full),
        (2, 1, json!({ "defects": 1 }), Grade::Part),
        (2, 1, json!({ "defects": 2 }), Grade::Nothing),
        (2, 4, json!({ "qualified_examiners": 4 }), Grade::Part),
        (2, 4, json!({ "qualified_examiners": 2 }), Grade::Vetoed),
        (2, 11, json!({ "met": true }), Grade::Full),
        (2, 19, json!({ "defects": 1, "hazard": false }), Grade::Part),
        (2, 20, json!({ "defects": 1, "hazard": false }), Grade::Part),
        (2, 20, json!({ "defects": 0, "hazard": false }), Grade::Full),
        (2, 20, json!({ "defects": 0, "hazard": true }), Grade::Vetoed),
        (2, 22, json!({ "has": false }), Grade::Open),
        (2, 22, json!({ "has": true }), Grade::Full),
        (1, 2, json!({ "met": false }), Grade::Nothing),
        (1, 14, json!({ "detailed": true, "operable": true, "met": false }), Grade::Nothing),
        (3, 1, json!({ "unsure": true }), Grade::Open),
    ] {
        let (rubric, answers) = answers(annex, &json!({ format!("{annex}-{row}"): answer }));
        let report = score(rubric, &answers);
        let found = report.row(row).expect("a row").grade(answers.row(row));
        assert_eq!(found, grade, "{annex}-{row} {answer}");
    }
}

/// The reasons add up to the ends, and name each row once.
#[test]
fn what_is_unsettled_adds_up() {
    let changed = json!({ "5-17": { "met": false }, "5-11": { "award": 2 }, "5-2": null, "5-14": null });
    let report = reported(5, &changed);
    let all = report.unsettled();
    let rows: Vec<_> = all.iter().map(|it| (it.why.label(), it.rows.clone())).collect();
    assert_eq!(rows[0], ("未评", vec![2, 14]));
    assert_eq!(rows[1].0, "酌情");
    assert!(rows[1].1.contains(&11));
    assert_eq!(rows[2], ("解读", vec![18]));
    let (below, above) =
        all.iter().fold((0, 0), |sum, it| (sum.0 + it.below.in_tenths(), sum.1 + it.above.in_tenths()));
    assert_eq!(report.base.in_tenths() - below, report.low.in_tenths());
    assert_eq!(report.base.in_tenths() + above, report.high.in_tenths());
}

#[test]
fn vetoes_are_improved_first_then_what_lacks_most() {
    let changed = json!({
        "1-4": { "defects": 1 }, "1-3": { "met": false }, "1-20": { "met": false }, "1-14": { "detailed": false, "operable": true },
        "1-48": { "has": false },
    });
    let rows: Vec<u16> = reported(1, &changed).to_improve().iter().map(|it| it.0).collect();
    assert_eq!(rows, [3, 20, 14, 4]);
}

/// A requirement without points is met or not; what cannot be filed as it is fails.
#[test]
fn a_row_without_points_is_graded_by_whether_it_is_met() {
    let of = |met: bool| {
        let (rubric, answers) = answers(1, &json!({ "1-2": { "met": met } }));
        let report = score(rubric, &answers);
        report.row(2).expect("a row").grade(answers.row(2))
    };
    assert_eq!((of(true), of(false)), (Grade::Full, Grade::Nothing));
    let fails = [Grade::Open, Grade::Full, Grade::Part, Grade::Nothing, Grade::Vetoed].map(Grade::fails);
    assert_eq!(fails, [false, false, false, true, true]);
}

/// That the first of three requirements is met was asked later: with and without it the same is told, where the two others
/// are answered.
#[test]
fn of_three_requirements_the_first_tells_something_only_where_it_is_not_met() {
    let rubric = edition().rubric(1).expect("a rubric");
    let rule = &rubric.row(14).expect("a row").rule;
    let told = |facts: &[(Fact, i64)]| {
        let answers: Answers = facts.iter().map(|it| Given { row: 14, fact: it.0, value: it.1 }).collect();
        answers.row(14).telling(rule).given().iter().map(|it| (it.fact, it.value)).collect::<Vec<_>>()
    };
    let rest = [(Fact::Detailed, 1), (Fact::Operable, 0)];
    assert_eq!(told(&[(Fact::Met, 1), rest[0], rest[1]]), rest);
    assert_eq!(told(&rest), rest);
    for whole in [&[(Fact::Met, 0), rest[0], rest[1]][..], &[(Fact::Met, 1), rest[0]], &[(Fact::Met, 1), rest[1]]] {
        let mut sorted = whole.to_vec();
        sorted.sort_unstable();
        assert_eq!(told(whole), sorted);
    }
}

/// Words by which a reading offers a choice, and whether a row has it.
type Offer = (&'static str, fn(&Row) -> bool);
const OFFERS: &[Offer] = &[
    ("待确认", |row| row.rule.forms().iter().any(|it| it.contains(&Fact::Unsure))),
    ("直接填写该项得分", |row| row.rule.forms().iter().any(|it| it.contains(&Fact::Score))),
    ("单独询问是否符合文件要求", |row| {
        !matches!(row.rule, Rule::Combined { .. }) || row.rule.forms().iter().any(|it| it.contains(&Fact::Met))
    }),
    ("先选满足、基本满足或不能满足", |row| matches!(row.rule, Rule::Tiers { .. })),
    ("判断有没有隐患", |row| matches!(row.rule, Rule::Hazard { .. })),
    ("只填有或无", |row| matches!(row.rule, Rule::Bonus { .. })),
    ("租期按月填写", |row| matches!(row.rule, Rule::Lease { term: Some(_), .. })),
    ("逐年填写人数", |row| matches!(row.rule, Rule::Average { .. })),
    ("可按0.5分填写", |row| row.rule.forms().iter().any(|it| it.contains(&Fact::Award))),
];

#[test]
fn what_a_reading_offers_can_be_chosen() {
    let mut problems = Vec::new();
    for (words, has) in OFFERS {
        let offers = |it: &&Reading| it.id.starts_with("AMB") && (it.taken.contains(words) || it.note.contains(words));
        let mut n = 0;
        for reading in edition().readings.iter().filter(offers) {
            for rubric in &edition().rubrics {
                for row in rubric.rows().filter(|it| it.readings.contains(&reading.id)) {
                    n += 1;
                    if !has(row) {
                        let id = rubric.row_id(row.number);
                        problems.push(format!("{} says {words}, and {id} cannot", reading.id));
                    }
                }
            }
        }
        if n == 0 {
            problems.push(format!("nothing offers {words}"));
        }
    }
    // and the other way round: what can be left open is offered in words
    for rubric in &edition().rubrics {
        for row in rubric.rows().filter(|it| OFFERS[0].1(it)) {
            if !edition().readings_on(row).any(|it| it.note.contains("不适用/待确认")) {
                problems.push(format!("{} can be left open and no reading says so", rubric.row_id(row.number)));
            }
        }
    }
    none_of(&problems);
}

/// A reading about one kind of veto stands only where that kind is printed.
#[test]
fn what_a_note_quotes_of_vetoes_is_printed_there() {
    let mut problems = Vec::new();
    for rubric in &edition().rubrics {
        for row in rubric.rows() {
            for reading in edition().readings_on(row) {
                let of_work = reading.note.starts_with("原文为“此项为开展评价（认定）工作的否决项”");
                if of_work && !row.standard.contains("此项为开展") {
                    problems.push(format!("{} in {}", reading.id, rubric.row_id(row.number)));
                }
            }
        }
    }
    none_of(&problems);
}
