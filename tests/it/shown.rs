//! What a page asks of a result: whether it is another one, which bands it may come to, what stands beside a row.

use proptest::prelude::*;
use proptest::sample::Index;
use ziping::rubric::{Band, Points};
use ziping::score::{Answers, explain, faults_of, score, shown};

use crate::arbitrary::{facts, sheet};
use crate::editions;

/// Where each band begins, highest first, of every total between two, one after the other.
fn bands_of_each(bands: &[Band], low: Points, high: Points) -> Vec<Option<Points>> {
    let of = |tenths: u16| bands.iter().map(|it| it.at_least).find(|it| *it <= Points::tenths(tenths));
    let mut all: Vec<Option<Points>> = (low.in_tenths()..=high.in_tenths()).rev().map(of).collect();
    all.dedup();
    all
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_bands_between_two_totals_are_those_of_each_total((rubric, answers) in sheet(), from in 0u16..1100, more in 0u16..400) {
        let report = score(rubric, &answers);
        let (low, high) = (Points::tenths(from), Points::tenths(from + more));
        let found: Vec<Option<Points>> = report.bands_between(low, high).iter().map(|it| it.map(|it| it.at_least)).collect();
        prop_assert_eq!(found, bands_of_each(&rubric.bands, low, high), "{} to {}", low, high);
    }

    /// A page is drawn anew where two results differ: so must those that show something else.
    #[test]
    fn two_results_are_equal_where_nothing_differs((rubric, answers) in sheet(), which in any::<Index>()) {
        let report = score(rubric, &answers);
        prop_assert!(report == score(rubric, &answers));
        let said: Vec<u16> = rubric.rows().map(|it| it.number).filter(|it| !answers.row(*it).is_empty()).collect();
        if said.is_empty() {
            return Ok(());
        }
        let row = *which.get(&said);
        let mut other: Answers = answers.clone();
        other.clear(row);
        let without = score(rubric, &other);
        let values = |of: &ziping::score::RowReport<'_>| (of.answered, of.unsure, of.score, of.low, of.high, of.vetoed);
        let same = report.rows.iter().zip(&without.rows).all(|it| values(it.0) == values(it.1) && it.0.estimated == it.1.estimated);
        if !same {
            prop_assert!(report != without, "row {}", row);
        }
        for (one, next) in report.rows.iter().zip(report.rows.iter().skip(1)) {
            prop_assert!(one != next, "{} and {} are two rows", one.row.number, next.row.number);
        }
    }

    #[test]
    fn what_stands_beside_a_row_is_what_the_result_says((rubric, answers) in sheet()) {
        let report = score(rubric, &answers);
        for of in &report.rows {
            let row = of.row.number;
            let beside = shown(&report, row, &answers).expect("a row of the rubric");
            prop_assert_eq!((beside.answered, beside.unsure), (of.answered, of.unsure));
            prop_assert_eq!(beside.grade, of.grade(answers.row(row)));
            prop_assert_eq!(beside.arithmetic, explain(&editions()[0], &report, of, &answers).arithmetic);
            prop_assert_eq!(beside.fault, faults_of(of.row, &answers).into_iter().next().map(|it| it.kind));
            let range = beside.doubt.map(|it| (Some(it.low), Some(it.high), it.readings));
            let readings: Vec<String> = of.doubts.into_iter().flatten().map(str::to_owned).collect();
            let doubtful = of.answered && of.low.unwrap_or_default() != of.high.unwrap_or_default();
            prop_assert_eq!(range, doubtful.then_some((of.low, of.high, readings)), "row {}", row);
        }
        prop_assert_eq!(shown(&report, u16::MAX, &answers), None);
    }

    /// In whichever order facts are given, changed and taken back, a row has what was said of it last.
    #[test]
    fn answers_are_those_that_were_given_last((rubric, answers) in sheet(), order in prop::collection::vec((any::<Index>(), any::<Index>(), prop::option::of(0i64..9)), 0..60)) {
        let rows: Vec<_> = rubric.rows().collect();
        let mut given = answers.clone();
        let mut plain: std::collections::BTreeMap<_, _> = answers.iter().map(|it| ((it.row, it.fact), it.value)).collect();
        for (row, fact, value) in order {
            let row = *row.get(&rows);
            let fact = *fact.get(&facts(row));
            let before = given.set(row.number, fact, value);
            let plainly = match value {
                Some(value) => plain.insert((row.number, fact), value),
                None => plain.remove(&(row.number, fact)),
            };
            prop_assert_eq!(before, plainly);
        }
        let all: Vec<_> = given.iter().map(|it| ((it.row, it.fact), it.value)).collect();
        prop_assert_eq!(all, plain.iter().map(|it| (*it.0, *it.1)).collect::<Vec<_>>());
        for row in rows {
            let of_row = plain.iter().filter(|it| it.0.0 == row.number).count();
            prop_assert_eq!(given.row(row.number).is_empty(), of_row == 0);
            for fact in facts(row) {
                prop_assert_eq!(given.get(row.number, fact), plain.get(&(row.number, fact)).copied());
            }
        }
    }
}
