//! Laws of rubrics unlike the six annexes: for any answers to the invented edition of `kinds`.

use proptest::prelude::*;
use proptest::sample::Index;
use ziping::carrier::{By, Take, pack, unpack, write_code};
use ziping::cli::{decode_text, read_answers};
use ziping::dossier::{Dossier, Sheet};
use ziping::form::{read_form, sheet_workbook};
use ziping::plan::{Effort, Mark, Wishes, options, plan};
use ziping::rubric::{Fact, Measure, Row, Rubric, Rule};
use ziping::score::{Answers, explain, faults, score, shown, touched};

use crate::arbitrary::filled;
use crate::kinds::{edition, invented, known};

/// What is said about a row of the new kinds, right or wrong by its form: `None` leaves it unanswered.
fn said(row: &Row, by: &[Index]) -> Option<Vec<(Fact, i64)>> {
    let n = |at: usize, below: usize| by[at].index(below) as i64;
    if row.may_skip && n(0, 4) == 0 {
        return Some(vec![(Fact::NotApplicable, 1)]);
    }
    if n(0, 12) == 1 {
        return None;
    }
    Some(match &row.rule {
        Rule::Choice { levels } => {
            let at = n(1, levels.len());
            let level = &levels[at as usize];
            let (from, to) = (level.from.in_tenths(), level.to.in_tenths());
            let award = (from < to).then(|| (Fact::Award, i64::from(from) + n(2, usize::from(to - from) + 1)));
            award.into_iter().chain([(Fact::Choice, at)]).collect()
        }
        Rule::Listed { items, .. } => {
            let value = |(at, item): (usize, &ziping::rubric::ListItem)| match item.measure() {
                Measure::YesNo => n(at + 1, 2),
                Measure::Points if n(at + 1, 2) == 0 => 0,
                Measure::Points => {
                    let (from, to) = (item.from.in_tenths(), item.to.in_tenths());
                    i64::from(from) + n(at + 5, usize::from(to - from) + 1)
                }
                _ => n(at + 1, 9),
            };
            Fact::ITEMS.iter().copied().zip(items.iter().enumerate().map(value)).collect()
        }
        Rule::Quantity { of } => {
            let near = of.steps[0].bound as usize;
            match &of.counts {
                Some(_) if n(1, 3) > 0 => vec![(Fact::FirstCount, n(2, 60)), (Fact::SecondCount, n(3, 120) + 1)],
                _ => vec![(Fact::Quantity, n(1, 2 * near + 1) * 100_000_000)],
            }
        }
        _ => return Some(vec![]),
    })
}

/// Answers to a rubric of the invented edition, all of which `ziping score` takes.
fn answered() -> impl Strategy<Value = (u8, Answers)> {
    (0..edition().rubrics.len()).prop_flat_map(|at| {
        let rubric = &edition().rubrics[at];
        let by = prop::collection::vec(prop::collection::vec(any::<Index>(), 18), rubric.rows().count());
        (filled(rubric), by).prop_map(move |(mut answers, by)| {
            for (row, by) in rubric.rows().zip(&by) {
                match said(row, by) {
                    Some(facts) if facts.is_empty() => {}
                    other => {
                        answers.clear(row.number);
                        for (fact, value) in other.into_iter().flatten() {
                            answers.set(row.number, fact, Some(value));
                        }
                    }
                }
            }
            (rubric.annex, answers)
        })
    })
}

fn dossier(rubric: &Rubric, answers: &Answers) -> Dossier {
    let mut dossier = Dossier::new(String::new(), rubric.applicant, edition(), &[]);
    dossier.sheets.push(Sheet { id: 1, annex: rubric.annex, answers: answers.clone(), ..Sheet::default() });
    dossier
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn points_stay_within_bounds((annex, answers) in answered()) {
        let rubric = edition().rubric(annex).expect("it has this annex");
        prop_assert_eq!(faults(rubric, &answers), vec![]);
        let report = score(rubric, &answers);
        for row in &report.rows {
            let worth = row.row.points.unwrap_or_default();
            if let (Some(score), Some(low), Some(high)) = (row.score, row.low, row.high) {
                prop_assert!(low <= score && score <= high, "{:?}", row);
                prop_assert!(row.row.points.is_none() || high <= worth, "{:?}", row);
            }
            let sum = explain(edition(), &report, row, &answers);
            prop_assert_eq!(row.answered, !sum.arithmetic.is_empty(), "{:?}", sum);
        }
        prop_assert!(report.low <= report.base && report.base <= report.high && report.high <= rubric.total);
        for it in &report.sections {
            prop_assert!(it.low <= it.points && it.points <= it.high);
        }
        for it in &report.scales {
            prop_assert!(it.low <= it.points && it.points <= it.high);
        }
        let bands = report.bands_between(report.low, report.high);
        prop_assert!(!bands.is_empty());
    }

    /// Answering a row that was open moves nothing beyond what was said to be possible.
    #[test]
    fn what_is_still_open_was_within_the_range((annex, answers) in answered(), at in any::<Index>()) {
        let rubric = edition().rubric(annex).expect("it has this annex");
        let whole = score(rubric, &answers);
        let row = at.index(rubric.rows().count()) as u16 + 1;
        let mut without = answers.clone();
        without.clear(row);
        let open = score(rubric, &without);
        prop_assert!(open.low <= whole.base && whole.base <= open.high, "{} {:?} {:?}", row, open.low, whole.base);
    }

    #[test]
    fn codes_and_lines_and_workbooks_bring_it_back((annex, answers) in answered()) {
        let rubric = edition().rubric(annex).expect("it has this annex");
        let dossier = dossier(rubric, &answers);
        let record = pack(known(), &dossier, Take::default()).expect("a record");
        let came = unpack(known(), &record, By::Code).expect("it is whole");
        prop_assert_eq!(&came.dossier.sheets[0].answers, &answers);
        let book = sheet_workbook(edition(), &dossier, &dossier.sheets[0], None, "");
        let read = read_form(&invented().editions, &invented().rules, &book).expect("it is ours");
        prop_assert!(read.problems.is_empty(), "{:?}", read.problems);
        prop_assert_eq!(&read.dossier.sheets[0].answers, &answers);
    }

    /// A plan says what scoring says, makes nothing worse, and is not more than it takes.
    #[test]
    fn a_plan_says_what_scoring_says((annex, answers) in answered(), safe in any::<bool>(), never in any::<Index>()) {
        let rubric = edition().rubric(annex).expect("it has this annex");
        let mut wishes = Wishes { safe, ..Wishes::default() };
        let never = never.index(rubric.rows().count()) as u16 + 1;
        wishes.set_mark(Mark { row: never, effort: Effort::Never, cost: None, reach: None });
        let made = plan(rubric, &answers, &wishes).expect("there are bands");
        let laid = |without: Option<u16>| {
            let mut laid = answers.clone();
            for change in made.changes.iter().filter(|it| Some(it.row) != without) {
                laid.clear(change.row);
                change.to.iter().for_each(|(fact, value)| _ = laid.set(change.row, *fact, Some(*value)));
            }
            laid
        };
        let (before, after) = (score(rubric, &answers), score(rubric, &laid(None)));
        prop_assert_eq!((made.before, made.after), (before.base, after.base));
        prop_assert_eq!((made.low_before, made.low_after), (before.low, after.low));
        prop_assert_eq!(made.verdict_after, after.verdict());
        prop_assert!(before.base <= after.base && after.filing_vetoes.len() <= before.filing_vetoes.len());
        prop_assert_eq!(made.reached, made.why.is_none());
        prop_assert!(made.why.as_ref().is_none_or(|it| !it.words(rubric).is_empty()));
        prop_assert!(made.changes.iter().all(|it| it.row != never));
        prop_assert!(faults(rubric, &laid(None)).is_empty());
        if made.reached && after.is_complete() && !safe {
            prop_assert_eq!(after.verdict(), ziping::score::Verdict::Band(made.target));
            for change in &made.changes {
                let less = score(rubric, &laid(Some(change.row)));
                prop_assert_ne!(less.verdict(), after.verdict(), "{} is needless", change.row);
            }
        }
        for change in &made.changes {
            prop_assert!(!ziping::plan::words(rubric, change).is_empty());
        }
    }

    #[test]
    fn what_a_row_can_be_brought_to_gains_what_is_said((annex, answers) in answered()) {
        let rubric = edition().rubric(annex).expect("it has this annex");
        let before = score(rubric, &answers);
        for row in rubric.rows() {
            for option in options(rubric, &answers, &Wishes::default(), row.number) {
                let mut laid = answers.clone();
                laid.clear(row.number);
                option.to.iter().for_each(|(fact, value)| _ = laid.set(row.number, *fact, Some(*value)));
                let after = score(rubric, &laid);
                prop_assert_eq!(after.base.less(before.base), option.gain);
                prop_assert!(before.row(row.number).and_then(|it| it.score) <= after.row(row.number).and_then(|it| it.score));
            }
        }
    }

    /// Rows that a change did not touch show what they showed.
    #[test]
    fn a_change_shows_on_the_rows_that_it_touches((annex, answers) in answered(), at in any::<Index>()) {
        let rubric = edition().rubric(annex).expect("it has this annex");
        let row = at.index(rubric.rows().count()) as u16 + 1;
        let mut other = answers.clone();
        other.clear(row);
        let (one, two) = (score(rubric, &answers), score(rubric, &other));
        let found = touched((&one, &answers), (&two, &other));
        for it in rubric.rows().filter(|it| !found.contains(&it.number)) {
            prop_assert_eq!(shown(&one, it.number, &answers), shown(&two, it.number, &other));
        }
    }

    /// The line of a record is the line that is read.
    #[test]
    fn a_line_of_json_says_the_same((annex, answers) in answered()) {
        let rubric = edition().rubric(annex).expect("it has this annex");
        let record = pack(known(), &dossier(rubric, &answers), Take::default()).expect("a record");
        let mut line = Vec::new();
        decode_text(known(), &write_code(&record), &mut line).expect("memory");
        let line = String::from_utf8(line).expect("UTF-8");
        let again = read_answers(rubric, &line).expect("it is taken");
        prop_assert_eq!(again, answers, "{}", line);
    }
}
