//! Where a row, a band or a total of the invented tables is just reached and just missed, and answers that cannot be right.

use serde_json::{Value, json};
use ziping::rubric::{Blocks, Fact, Normalise, Points, Row, Rubric, Rule, Veto};
use ziping::score::{Answers, End, Given, Grade, Verdict, faults, fits, is_sound, score};

use crate::kinds::edition;
use crate::kinds_words::answers;

fn table(annex: u8) -> Rubric {
    edition().rubric(annex).expect("a table").clone()
}

/// The table with another row of this number.
fn with_row(mut rubric: Rubric, number: u16, change: impl Fn(&mut Row)) -> Rubric {
    let rows = rubric.sections.iter_mut().flat_map(|it| &mut it.groups).flat_map(|it| &mut it.rows);
    rows.filter(|it| it.number == number).for_each(change);
    rubric
}

/// The full sheet with these answers instead.
fn sheet(rubric: &Rubric, changed: &Value) -> Answers {
    answers(rubric, changed.as_object().expect("answers"), &[])
}

fn outcome(rubric: &Rubric, answers: &Answers) -> String {
    match score(rubric, answers).verdict() {
        Verdict::Band(band) => band.outcome.clone(),
        other => format!("{other:?}"),
    }
}

/// In tenths: to 优秀 it takes 85 points, 12 points of 1-1, and 80 % of 实施质量, whose points are another number where a row of
/// it does not apply.
#[test]
fn what_a_band_lacks_is_points_rows_and_a_share_of_a_section() {
    let rubric = table(1);
    let lacks = |changed: &Value, band: usize, end: End| score(&rubric, &sheet(&rubric, changed)).lacks(band, end);
    assert_eq!(lacks(&json!({}), 0, End::Likely), 0);
    // 60 points, as 基础条件 has none, and no point of 1-1
    let none = json!({ "1-1": { "choice": "没有场地" } });
    assert_eq!(lacks(&none, 0, End::Likely), 250 + 120);
    assert_eq!(lacks(&none, 1, End::Likely), 100);
    // 86.8 points, 78 of 100 in 实施质量; at the least 83.8 and 73
    let mut changed = json!({
        "1-8": { "credits": [false, 1, 0] }, "1-12": { "qualified_examiners": 3 }, "1-16": { "average": 25 },
        "1-17": { "award": 0 }, "1-21": { "items": 3 },
    });
    assert_eq!(lacks(&changed, 0, End::Likely), 20);
    assert_eq!(lacks(&changed, 0, End::Low), 12 + 70);
    assert_eq!(lacks(&changed, 1, End::Low), 0);
    assert_eq!(lacks(&changed, 2, End::Likely), 0, "there is no third band");
    // 85.9 points, 68 of 90
    changed["1-9"] = json!({ "not_applicable": true });
    assert_eq!(lacks(&changed, 0, End::Likely), 40);
}

/// What the scales lack is added up: 硬件 has 30 of 40, 软件 20 of 40 and of 30.
#[test]
fn of_several_scales_all_that_they_lack_counts() {
    let rubric = table(2);
    let answers = sheet(&rubric, &json!({ "2-1": { "choice": "D级" }, "2-4": { "choice": "没有" } }));
    let report = score(&rubric, &answers);
    assert_eq!([0, 1].map(|it| report.lacks(it, End::Likely)), [100 + 200, 100]);
}

#[test]
fn a_band_asks_for_a_row_only_where_the_row_applies() {
    let mut rubric = with_row(table(1), 1, |it| it.may_skip = true);
    let rented = sheet(&rubric, &json!({ "1-1": { "choice": "租用场地" } }));
    assert_eq!(outcome(&rubric, &rented), "优秀");
    rubric.bands[0].requires[0].at_least = Points::whole(15);
    assert_eq!(outcome(&rubric, &rented), "合格");
    assert_eq!(score(&rubric, &rented).lacks(0, End::Likely), 30);
    let skipped = sheet(&rubric, &json!({ "1-1": { "not_applicable": true } }));
    assert_eq!(outcome(&rubric, &skipped), "优秀");
    assert_eq!(score(&rubric, &skipped).lacks(0, End::Likely), 0);
}

#[test]
fn a_table_of_which_nothing_applies_comes_to_nothing() {
    let mut rubric = (1..=4).fold(table(3), |rubric, row| with_row(rubric, row, |it| it.may_skip = true));
    rubric.totals.normalise = Normalise::Scale;
    let answers: Answers = (1..=4).map(|row| Given { row, fact: Fact::NotApplicable, value: 1 }).collect();
    let report = score(&rubric, &answers);
    assert_eq!((report.base, report.low, report.high), (Points::ZERO, Points::ZERO, Points::ZERO));
    assert_eq!(report.skipped().collect::<Vec<_>>(), [1, 2, 3, 4]);
}

/// Whichever kind of rule prints a veto, it stands where nothing is left of what the row asks for, or where its item says so.
#[test]
fn a_veto_of_any_kind_stands_by_its_own_words() {
    let printed = |row: &mut Row| {
        row.veto = Some(Veto { phrase: String::new(), blocks: Blocks::Filing, zeroes: None });
        match &mut row.rule {
            Rule::Listed { items, .. } => items[0].fails = true,
            Rule::Combined { complies, .. } => *complies = Some("XN-01".to_owned()),
            _ => {}
        }
    };
    for (annex, row, answer, stands) in [
        (1, 2, json!({ "quantity": 2000 }), false),
        (1, 2, json!({ "quantity": 1999.9 }), true),
        (1, 6, json!({ "deductions": [false, 9, true, 3] }), false),
        (1, 6, json!({ "deductions": [true, 0, false, 0] }), true),
        (1, 6, json!({ "deductions": [true, 1, true, 1] }), true),
        (1, 12, json!({ "qualified_examiners": 3 }), false),
        (1, 12, json!({ "qualified_examiners": 2 }), true),
        (1, 20, json!({ "detailed": false, "operable": true }), false),
        (1, 20, json!({ "detailed": true, "operable": false }), true),
        (1, 20, json!({ "detailed": true, "operable": true, "met": true }), false),
        (1, 20, json!({ "detailed": true, "operable": true, "met": false }), true),
        (3, 1, json!({ "quantity": 600 }), false),
        (3, 1, json!({ "quantity": 500 }), true),
    ] {
        let rubric = with_row(table(annex), row, printed);
        let report = score(&rubric, &sheet(&rubric, &json!({ format!("{annex}-{row}"): answer })));
        let expected: &[u16] = if stands { &[row] } else { &[] };
        assert_eq!(report.filing_vetoes, expected, "{annex}-{row} {answer}");
    }
}

/// The reading for what is 酌情 is told where it decided: of the level that was chosen, of the items that there are.
#[test]
fn a_reading_is_told_where_it_decided() {
    for (row, answer, told) in [
        (6, json!({ "deductions": [false, 0, false, 0] }), None),
        (6, json!({ "deductions": [true, 3, true, 0] }), None),
        (6, json!({ "deductions": [false, 0, false, 1] }), Some("XN-01")),
        (7, json!({ "choice": "完全符合" }), None),
        (7, json!({ "choice": "基本符合", "award": 8 }), Some("XN-01")),
    ] {
        let rubric = table(1);
        let report = score(&rubric, &sheet(&rubric, &json!({ format!("1-{row}"): answer })));
        assert_eq!(report.row(row).expect("a row").doubts, [told, None], "1-{row} {answer}");
    }
}

/// A share of nothing says nothing.
#[test]
fn a_share_of_nothing_is_no_answer() {
    let rubric = table(1);
    for (row, given) in [
        (3, [(Fact::FirstCount, 0), (Fact::SecondCount, 0)]),
        (14, [(Fact::Intact, 0), (Fact::Total, 0)]),
        (14, [(Fact::Intact, 1), (Fact::Total, 0)]),
    ] {
        let mut answers = sheet(&rubric, &json!({}));
        given.iter().for_each(|(fact, value)| _ = answers.set(row, *fact, Some(*value)));
        assert_eq!(score(&rubric, &answers).unanswered, [row], "{given:?}");
    }
}

/// A row, what is said of it, and of which facts what is wrong.
type Impossible = (u16, &'static [(Fact, i64)], &'static [(Fact, &'static str)]);

#[test]
fn what_cannot_be_right_is_told_with_the_first_reason() {
    let rubric = table(1);
    let cases: &[Impossible] = &[
        (1, &[(Fact::Choice, 2)], &[]),
        (1, &[(Fact::Choice, 3)], &[(Fact::Choice, "no_such_level")]),
        (11, &[(Fact::Defects, -1)], &[(Fact::Defects, "negative")]),
        (12, &[(Fact::QualifiedExaminers, 5), (Fact::Headcount, 5)], &[]),
        (
            12,
            &[(Fact::QualifiedExaminers, 6), (Fact::Headcount, 5)],
            &[(Fact::QualifiedExaminers, "qualified_above_headcount")],
        ),
        (14, &[(Fact::Intact, 10), (Fact::Total, 10)], &[]),
        (14, &[(Fact::Intact, 11), (Fact::Total, 10)], &[(Fact::Intact, "intact_above_total")]),
        // more than nothing is not another mistake than a total of nothing
        (14, &[(Fact::Intact, 3), (Fact::Total, 0)], &[(Fact::Total, "empty_total")]),
        (17, &[(Fact::Award, 30), (Fact::Low, 30), (Fact::High, 30)], &[]),
        (17, &[(Fact::Award, 51)], &[(Fact::Award, "above_points")]),
        (17, &[(Fact::Award, 30), (Fact::Low, 31)], &[(Fact::Low, "low_above_award")]),
        (17, &[(Fact::Award, 30), (Fact::High, 29)], &[(Fact::High, "high_below_award")]),
        (17, &[(Fact::Low, 31), (Fact::High, 30)], &[(Fact::Low, "low_above_high")]),
    ];
    for (row, given, told) in cases {
        let answers: Answers = given.iter().map(|it| Given { row: *row, fact: it.0, value: it.1 }).collect();
        let found: Vec<_> = faults(&rubric, &answers).into_iter().map(|it| (it.fact, it.kind.code())).collect();
        assert_eq!(found, *told, "1-{row} {given:?}");
        assert_eq!(is_sound(rubric.rows(), &answers), told.is_empty(), "1-{row} {given:?}");
    }
}

/// Nothing is a number too, and of three words there is no fourth.
#[test]
fn a_value_fits_a_fact_or_does_not() {
    for (fact, least, most) in [
        (Fact::Defects, 0, i64::MAX),
        (Fact::Award, 0, i64::MAX),
        (Fact::Years, 0, i64::MAX),
        (Fact::Met, 0, 1),
        (Fact::Level, 0, 2),
        (Fact::Tenure, 0, 1),
    ] {
        let of = fact.measure();
        assert!(fits(of, least) && fits(of, most) && !fits(of, least - 1), "{fact:?}");
        assert!(most == i64::MAX || !fits(of, most + 1), "{fact:?}");
    }
}

/// What is open is not yet lost; of two that gain as much the one above is told first.
#[test]
fn what_to_improve_is_told_of_answered_rows_in_printed_order() {
    let rubric = table(2);
    let changed = json!({ "2-2": { "deductions": [false, 1] } });
    let open = answers(&rubric, changed.as_object().expect("answers"), &["2-5".to_owned()]);
    assert_eq!(score(&rubric, &open).to_improve(), [(2, Points::whole(3))]);
    let rubric = table(1);
    let changed =
        json!({ "1-9": { "met": false }, "1-10": { "met": false, "full_time_staff": 2 }, "1-15": { "years": 1 } });
    let found = score(&rubric, &sheet(&rubric, &changed)).to_improve();
    assert_eq!(found, [(9, Points::whole(6)), (10, Points::whole(6)), (15, Points::whole(3))]);
}

/// A row that is worth nothing has lost nothing.
#[test]
fn a_row_of_no_points_is_full_where_nothing_is_wrong() {
    let rubric = with_row(table(1), 22, |it| it.points = Some(Points::ZERO));
    let grade = |defects: u8| {
        let answers = sheet(&rubric, &json!({ "1-22": { "defects": defects, "hazard": false } }));
        score(&rubric, &answers).row(22).expect("a row").grade(answers.row(22))
    };
    assert_eq!((grade(0), grade(1)), (Grade::Full, Grade::Part));
}

/// Whoever goes from row to row finds what whoever looks for a row finds, in whichever order.
#[test]
fn facts_are_found_in_printed_order_and_in_any_other() {
    let given = |row: u16, value: i64| Given { row, fact: Fact::Defects, value };
    let answers: Answers = [given(1, 10), given(2, 20), given(3, 30), given(5, 50)].into_iter().collect();
    for order in [&[1, 2, 3, 4, 5, 6][..], &[1, 3, 5], &[2, 2, 3], &[5, 1, 1, 2], &[4, 3, 5, 5], &[6, 1]] {
        let mut in_order = answers.in_order();
        let found: Vec<_> = order.iter().map(|row| in_order.row(*row).get(Fact::Defects)).collect();
        let there = |row: &u16| [1, 2, 3, 5].contains(row).then_some(i64::from(*row) * 10);
        assert_eq!(found, order.iter().map(there).collect::<Vec<_>>(), "{order:?}");
    }
}
