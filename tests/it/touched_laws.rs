//! What a change of a sheet touches: a row that is left out shows what it showed, and few rows are not left out.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use ziping::rubric::{Fact, Row, Rubric, Rule};
use ziping::score::{Answers, Given, faults_of, score, shown, touched};

use crate::arbitrary::{facts, filled, rubrics};
use crate::editions;
use crate::plan_laws::small;

/// Changes of answers: which fact, and its value, or none.
type Changes = Vec<(Index, Option<i64>)>;

/// A few changes or many, to what people enter and to what no carrier accepts.
fn changes() -> impl Strategy<Value = Changes> {
    let near = vec![0, 1, 2, 3, 4, 5, 19, 20, 36, 60, 80, 3_000_000_000, -1, i64::MIN, i64::MAX];
    let change = || (any::<Index>(), prop::option::weighted(0.8, select(near.clone())));
    prop_oneof![3 => vec(change(), 1..4), 1 => vec(change(), 0..90)]
}

/// Every fact that may be said on a sheet.
fn every_fact(rubric: &Rubric) -> Vec<(u16, Fact)> {
    rubric.rows().flat_map(|it| facts(it).into_iter().map(|fact| (it.number, fact))).collect()
}

fn lay(rubric: &Rubric, answers: &mut Answers, changes: &Changes) {
    let all = every_fact(rubric);
    for (which, value) in changes {
        let (row, fact) = *which.get(&all);
        answers.set(row, fact, *value);
    }
}

/// The rows that are left out show the same. Gives those that are not.
fn left_alone(rubric: &Rubric, before: &Answers, after: &Answers) -> Result<Vec<u16>, TestCaseError> {
    let (one, other) = (score(rubric, before), score(rubric, after));
    let rows = touched((&one, before), (&other, after));
    for row in rubric.rows().filter(|it| !rows.contains(&it.number)) {
        let n = row.number;
        prop_assert_eq!(shown(&one, n, before), shown(&other, n, after), "annex {} row {}", rubric.annex, n);
        prop_assert_eq!(faults_of(row, before), faults_of(row, after), "annex {} row {}", rubric.annex, n);
        prop_assert_eq!(before.row(n), after.row(n), "annex {} row {}", rubric.annex, n);
    }
    prop_assert!(rows.is_sorted(), "{:?}", rows);
    Ok(rows)
}

fn holds(rubric: &Rubric, sheet: Answers, some: &Changes, more: &Changes) -> Result<(), TestCaseError> {
    let mut before = sheet;
    lay(rubric, &mut before, some);
    let mut after = before.clone();
    lay(rubric, &mut after, more);
    left_alone(rubric, &before, &after)?;
    left_alone(rubric, &after, &before)?;
    prop_assert_eq!(left_alone(rubric, &before, &before)?, Vec::<u16>::new());
    left_alone(rubric, &Answers::default(), &after)?;
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_row_that_no_change_touches_shows_what_it_showed(
        (rubric, sheet) in rubrics().prop_flat_map(|it| (Just(it), filled(it))), some in changes(), more in changes()
    ) {
        holds(rubric, sheet, &some, &more)?;
    }

    /// Rows that count by the people of another row, that share a cell, that are perhaps shared, in any order.
    #[test]
    fn of_any_small_rubric_too(
        (rubric, sheet) in small().prop_flat_map(|it| { let sheet = filled(&it); (Just(it), sheet) }),
        some in changes(), more in changes()
    ) {
        holds(&rubric, sheet, &some, &more)?;
    }
}

/// The other rows that a row looks at.
fn seen_by(row: &Row) -> Option<u16> {
    match &row.rule {
        Rule::Deduct { people: Some(it), .. } => Some(it.row),
        Rule::Met { perhaps_shared: Some(it), .. } => Some(it.row),
        Rule::Hazard { .. } => row.shares,
        _ => None,
    }
}

/// Every fact of all six annexes, given, changed and taken back, on an empty sheet and on one with everything answered.
#[test]
fn a_single_answer_touches_its_row_and_those_that_look_at_it() {
    let mut touched_others = 0;
    for rubric in &editions()[0].rubrics {
        let all = every_fact(rubric);
        let full: Answers = all.iter().map(|(row, fact)| Given { row: *row, fact: *fact, value: 1 }).collect();
        for (sheet, (row, fact)) in [Answers::default(), full].iter().flat_map(|it| all.iter().map(move |of| (it, *of)))
        {
            let near = |it: &Row| {
                it.number == row || seen_by(it) == Some(row) || rubric.row(row).and_then(seen_by) == Some(it.number)
            };
            let near: Vec<u16> = rubric.rows().filter(|it| near(it)).map(|it| it.number).collect();
            for value in [None, Some(0), Some(1), Some(5), Some(80)] {
                let mut changed = sheet.clone();
                changed.set(row, fact, value);
                let rows = left_alone(rubric, sheet, &changed).expect("what is left out shows the same");
                let of = format!("annex {} row {row} {fact:?} {value:?}: {rows:?}", rubric.annex);
                assert_eq!(rows.contains(&row), sheet.get(row, fact) != value, "{of}");
                assert!(rows.iter().all(|it| near.contains(it)), "{of}, and no other than {near:?}");
                touched_others += rows.len().saturating_sub(1);
            }
        }
    }
    assert_eq!(editions()[0].rubrics.len(), 6);
    assert!(0 < touched_others, "some rows look at others");
}
