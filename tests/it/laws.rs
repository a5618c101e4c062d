//! What always holds for scoring, for all six rubrics and any answers, even absurd ones.

use std::io::Read;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value};
use ziping::cli::{read_answers, score_lines};
use ziping::rubric::{Fact, Measure, Points};
use ziping::score::{Answers, Given, Report, SectionReport, Verdict, explain, faults, is_sound, score, shown};

use crate::arbitrary::{Pieces, anything, each_line, json, lines_and_noise, sheet};
use crate::{editions, scored};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn scoring_never_fails_and_stays_in_range((rubric, given) in anything()) {
        let answers: Answers = given.into_iter().collect();
        let report = score(rubric, &answers);
        for it in &report.rows {
            prop_assert!(it.low <= it.high, "{it:?}");
            if let Some(score) = it.score {
                prop_assert!(it.low <= Some(score) && Some(score) <= it.high, "{it:?}");
            }
            explain(&editions()[0], &report, it, &answers);
        }
        for it in &report.sections {
            prop_assert!(it.low <= it.points && it.points <= it.high, "{it:?}");
            prop_assert!(it.high <= it.section.points.expect("only sections with points are reported"), "{it:?}");
        }
        let sum = |of: fn(&SectionReport<'_>) -> Points| report.sections.iter().map(of).sum::<Points>();
        prop_assert_eq!((report.low, report.base, report.high), (sum(|it| it.low), sum(|it| it.points), sum(|it| it.high)));
        prop_assert!(report.low <= report.base && report.base <= report.high && report.high <= rubric.total);
        faults(rubric, &answers);
    }

    #[test]
    fn the_order_of_answers_leaves_no_trace((rubric, given) in anything(), by in vec(any::<Index>(), 0..40)) {
        let mut shuffled = given.clone();
        for at in by.iter().filter(|_| !given.is_empty()) {
            let it = shuffled.remove(at.index(given.len()));
            shuffled.push(it);
        }
        let (one, other): (Answers, Answers) = (given.into_iter().collect(), shuffled.into_iter().collect());
        prop_assert_eq!(&one, &other);
        prop_assert_eq!(score(rubric, &one), score(rubric, &other));
    }

    /// Whoever goes from row to row, in printed order or in any other, finds what a search finds.
    #[test]
    fn every_row_is_found_in_any_order((_, given) in anything(), rows in vec(0..60_u16, 0..60)) {
        let answers: Answers = given.into_iter().collect();
        let mut in_order = answers.in_order();
        for row in rows {
            let all: Vec<Given> = answers.iter().filter(|it| it.row == row).copied().collect();
            prop_assert_eq!(in_order.row(row).given(), &all);
            prop_assert_eq!(answers.row(row).given(), &all);
        }
    }

    #[test]
    fn a_better_answer_never_costs_points((rubric, answers) in sheet(), which in any::<Index>(), value in 0..90_i64) {
        prop_assume!(!answers.is_empty());
        let given = *which.get(&answers.iter().copied().collect::<Vec<_>>());
        let value = match given.fact.measure() {
            Measure::YesNo => value % 2,
            Measure::Choice(words) => value % i64::try_from(words.len()).expect("few words"),
            Measure::Points | Measure::Whole => value.max(i64::from(given.fact == Fact::Total)),
            Measure::Decimal => value * 500_000_000,
        };
        let mut changed = answers.clone();
        changed.set(given.row, given.fact, Some(value));
        let less_is_better = matches!(given.fact, Fact::Defects | Fact::Hazard | Fact::Total);
        let (worse, better) = if (given.value < value) == less_is_better { (changed, answers) } else { (answers, changed) };
        let (worse, better) = (score(rubric, &worse), score(rubric, &better));
        let figures = |it: &Report<'_>| [it.base, it.low, it.high, it.bonus];
        for (worse, better) in figures(&worse).into_iter().zip(figures(&better)) {
            prop_assert!(worse <= better, "{given:?} {value}");
        }
        for (worse, better) in worse.rows.iter().zip(&better.rows) {
            prop_assert!(worse.score <= better.score || !better.answered, "{worse:?} {better:?}");
            prop_assert!(worse.low <= better.low && worse.high <= better.high, "{worse:?} {better:?}");
        }
        prop_assert!(better.filing_vetoes.iter().all(|it| worse.filing_vetoes.contains(it)));
        prop_assert!(better.work_vetoes.iter().all(|it| worse.work_vetoes.contains(it)));
    }

    /// Whatever the applicant estimates, the assessor may decide otherwise.
    #[test]
    fn an_estimate_does_not_move_its_range((rubric, answers) in sheet(), tenths in vec(0..200_i64, 50)) {
        let mut changed = answers.clone();
        for (given, tenths) in answers.iter().filter(|it| it.fact == Fact::Award).zip(tenths) {
            let worth = rubric.row(given.row).and_then(|it| it.points).unwrap_or_default().in_tenths();
            changed.set(given.row, given.fact, Some(tenths.min(worth.into())));
        }
        let (one, other) = (score(rubric, &answers), score(rubric, &changed));
        prop_assert_eq!((one.low, one.high), (other.low, other.high));
    }

    /// A lowest and a highest estimate are told beside the result and move nothing of it. What they come to is what scoring the
    /// sheet gives with every award at its lowest, and at its highest.
    #[test]
    fn estimates_stand_beside_the_result((rubric, answers) in sheet()) {
        let with = |fact: Option<Fact>| {
            let mut other = answers.clone();
            for given in answers.iter().filter(|it| it.fact == Fact::Award) {
                let value = fact.and_then(|fact| answers.get(given.row, fact)).unwrap_or(given.value);
                other.set(given.row, Fact::Award, Some(value));
            }
            for given in answers.iter().filter(|it| matches!(it.fact, Fact::Low | Fact::High)) {
                other.set(given.row, given.fact, None);
            }
            score(rubric, &other)
        };
        let (report, bare, low, high) = (score(rubric, &answers), with(None), with(Some(Fact::Low)), with(Some(Fact::High)));
        prop_assert_eq!((report.base, report.low, report.high, report.verdict()), (bare.base, bare.low, bare.high, bare.verdict()));
        prop_assert_eq!(bare.estimated(), None);
        let given = answers.iter().any(|it| matches!(it.fact, Fact::Low | Fact::High));
        prop_assert_eq!(report.estimated().is_some(), given);
        let Some(estimated) = report.estimated() else { return Ok(()) };
        prop_assert_eq!((estimated.low, estimated.high), (low.base, high.base));
        // a row decides exactly where the two ends have different verdicts
        let differ = low.verdict() != high.verdict();
        prop_assert_eq!(estimated.deciding.is_empty(), !differ, "{:?}", &estimated);
    }

    /// With the rows that decide at their lowest and the others as they are, the verdict is another one; or at their highest.
    #[test]
    fn the_rows_that_decide_change_the_verdict((rubric, answers) in sheet(), all in any::<bool>()) {
        // nearly every sheet of chance is vetoed or far below: the award of the rest is what matters
        let mut answers = answers;
        for row in rubric.rows().filter(|row| row.rule.forms().iter().any(|it| it.contains(&Fact::Low))) {
            let worth = i64::from(row.points.unwrap_or_default().in_tenths());
            answers.clear(row.number);
            let level = row.rule.forms()[0].iter().find(|it| matches!(it, Fact::Level | Fact::Tenure));
            level.into_iter().for_each(|fact| _ = answers.set(row.number, *fact, Some(1)));
            answers.set(row.number, Fact::Award, Some(worth / 2));
            answers.set(row.number, Fact::Low, Some(if all { 0 } else { worth / 3 }));
            answers.set(row.number, Fact::High, Some(worth));
        }
        let mut low = rubric.clone();
        // thresholds where the points are
        let report = score(rubric, &answers);
        let middle = report.base.in_tenths();
        for (at, band) in (0..).zip(&mut low.bands) {
            band.at_least = Points::tenths(middle.saturating_sub(20 * at) + 10);
        }
        let report = score(&low, &answers);
        // nothing in annex 1 is judged
        let Some(estimated) = report.estimated() else { return Ok(()) };
        let at = |fact: Fact, rows: &[u16]| {
            let mut other = answers.clone();
            for row in rows {
                other.set(*row, Fact::Award, answers.get(*row, fact));
            }
            score(&low, &other).base
        };
        let changes = |rows: &[u16]| {
            [Fact::Low, Fact::High].iter().any(|fact| report.verdict_for(at(*fact, rows)) != report.verdict())
        };
        if report.is_complete() && report.filing_vetoes.is_empty() {
            prop_assert_eq!(changes(&estimated.deciding), !estimated.deciding.is_empty(), "{:?}", &estimated);
            let all: Vec<u16> = rubric.rows().map(|it| it.number).filter(|it| answers.get(*it, Fact::Low).is_some()).collect();
            prop_assert_eq!(changes(&all), !estimated.deciding.is_empty());
            // whoever changes it alone is among them
            for row in all.iter().filter(|row| changes(&[**row])) {
                prop_assert!(estimated.deciding.contains(row), "{row} {:?}", &estimated);
            }
        } else {
            prop_assert_eq!(estimated.deciding, Vec::<u16>::new());
        }
    }

    #[test]
    fn a_sheet_is_sound_where_no_fault_is_listed((rubric, given) in anything()) {
        let answers: Answers = given.into_iter().collect();
        prop_assert_eq!(is_sound(rubric.rows(), &answers), faults(rubric, &answers).is_empty());
    }

    #[test]
    fn a_filing_veto_decides_whatever_the_points((rubric, given) in anything()) {
        let report = score(rubric, &given.into_iter().collect());
        for (verdict, points) in [(report.verdict(), report.base), (report.verdict_with_bonus(), report.total_with_bonus())] {
            prop_assert_eq!(verdict == Verdict::Pending, !report.is_complete());
            if report.is_complete() {
                prop_assert_eq!(verdict == Verdict::FilingVetoed, !report.filing_vetoes.is_empty());
            }
            if let Verdict::Band(band) = verdict {
                prop_assert!(band.at_least <= points);
            }
        }
        prop_assert_eq!(report.may_start_work(), report.is_complete().then_some(report.work_vetoes.is_empty()));
        prop_assert_eq!(report.n_answered() + report.unanswered.len(), report.n_asked());
    }

    #[test]
    fn numbers_in_json_are_exact((rubric, answers) in sheet()) {
        let report = score(rubric, &answers);
        let line = &scored(&json(rubric, &answers).to_string(), false)[0];
        let written = |it: &Value| it.to_string();
        prop_assert_eq!(written(&line["base_total"]), report.base.to_string());
        prop_assert_eq!(written(&line["total_with_bonus"]), report.total_with_bonus().to_string());
        prop_assert_eq!([written(&line["low"]), written(&line["high"])], [report.low.to_string(), report.high.to_string()]);
        let sections = line["sections"].as_object().expect("sections");
        prop_assert!(report.sections.iter().all(|it| written(&sections[&it.section.name]) == it.points.to_string()));
        for it in &report.rows {
            let row = &line["rows"][rubric.row_id(it.row.number)];
            let or_null = |it: Option<Points>| it.map_or("null".to_owned(), |it| it.to_string());
            prop_assert_eq!(written(&row["score"]), or_null(it.score));
            prop_assert_eq!([written(&row["low"]), written(&row["high"])], [or_null(it.low), or_null(it.high)]);
        }
    }

    #[test]
    fn answers_survive_json((rubric, answers) in sheet()) {
        let line = json(rubric, &answers).to_string();
        prop_assert_eq!(read_answers(rubric, &line), Ok(answers), "{}", line);
    }

    #[test]
    fn any_bytes_give_a_line_of_json_for_every_line(bytes in lines_and_noise(), explain in any::<bool>()) {
        let mut out = Vec::new();
        let tally = score_lines(editions(), explain, &*bytes, &mut out, |_| {}).expect("memory can be written");
        let lines = each_line(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes));
        let n = lines.into_iter().filter(|it| !it.trim_ascii().is_empty()).count();
        let results: Vec<Map<String, Value>> =
            String::from_utf8(out).expect("UTF-8").lines().map(|it| serde_json::from_str(it).expect(it)).collect();
        prop_assert_eq!((results.len(), tally.lines), (n, n as u64));
        prop_assert_eq!(results.iter().filter(|it| it.contains_key("error")).count() as u64, tally.refused);
    }

    #[test]
    fn it_does_not_matter_how_the_input_is_cut(bytes in lines_and_noise(), sizes in vec(1..40_usize, 1..9)) {
        let run = |input: &mut dyn Read| {
            let mut out = Vec::new();
            score_lines(editions(), false, input, &mut out, |_| {}).expect("memory can be written");
            out
        };
        let pieces = &mut Pieces { rest: &bytes, sizes: sizes.into_iter().cycle() };
        prop_assert_eq!(run(&mut &*bytes), run(pieces));
    }
}

/// A byte order mark in the second line is not skipped, even where the first line arrived alone.
#[test]
fn a_byte_order_mark_stands_at_the_start_only() {
    let run = |pieces: &[usize]| {
        let mut out = Vec::new();
        let mut input = Pieces { rest: b"\n\xef\xbb\xbf{}\n", sizes: pieces.iter().copied().cycle() };
        score_lines(editions(), false, &mut input, &mut out, |_| {}).expect("memory can be written");
        out
    };
    assert_eq!(run(&[100]), run(&[1]));
    assert!(!run(&[1]).is_empty());
}

/// With several threads and several blocks every line is still answered, in order.
#[test]
fn long_input_keeps_its_order() {
    let lines: String = (0..9000)
        .map(|id| format!("{{\"id\":{id},\"rubric\":\"{}\",\"answers\":{{}}}}{}\n", id % 7, " ".repeat(600)))
        .collect();
    let results = scored(&lines, false);
    assert_eq!(results.len(), 9000);
    for (id, result) in results.iter().enumerate() {
        assert_eq!(result["id"], id);
        assert_eq!(result.get("error").is_some(), id % 7 == 0, "line {id}");
    }
}

#[test]
fn full_marks_are_exactly_the_total() {
    for rubric in &editions()[0].rubrics {
        let mut answers = Answers::default();
        for row in rubric.rows() {
            let form = row.rule.forms()[0].iter().filter(|it| !matches!(it, Fact::Months));
            for fact in form {
                let best = match fact {
                    Fact::Defects | Fact::Hazard => 0,
                    Fact::Award | Fact::Score => i64::from(row.points.unwrap_or_default().in_tenths()),
                    Fact::Level => 2,
                    Fact::Years => 100 * 1_000_000_000,
                    it if it.measure() == Measure::YesNo || *it == Fact::Tenure => 1,
                    _ => 100,
                };
                answers.set(row.number, *fact, Some(best));
            }
        }
        let report = score(rubric, &answers);
        assert_eq!(
            (report.base, report.high, rubric.total),
            (Points::whole(100), Points::whole(100), Points::whole(100))
        );
        assert!(report.is_complete() && report.filing_vetoes.is_empty() && report.work_vetoes.is_empty());
    }
}

/// What a row shows may depend on another row: once 2-4 says that there is nobody, 2-3 says so too, though its points
/// and its answer have not changed.
#[test]
fn a_row_shows_what_another_row_makes_of_it() {
    let rubric = editions()[0].rubric(2).expect("a rubric");
    let mut answers: Answers =
        [(1, 1), (3, 2)].map(|(row, value)| Given { row, fact: Fact::Defects, value }).into_iter().collect();
    let row_3 = |answers: &Answers| {
        let report = score(rubric, answers);
        let of = report.row(3).expect("a row");
        ((of.answered, of.score, of.low, of.high, of.vetoed), shown(&report, 3, answers).expect("a row"))
    };
    let (points, before) = row_3(&answers);
    assert_eq!(before.arithmetic, "4 − 2 × 2 = 0 分");
    answers.set(4, Fact::QualifiedExaminers, Some(0));
    let (same, after) = row_3(&answers);
    assert_eq!(after.arithmetic, "未聘任人员，按 0 分计");
    assert_eq!(points, same);
    assert_ne!(before, after);
    // and an answer that has become impossible because of another one
    answers.set(4, Fact::QualifiedExaminers, Some(1));
    assert_eq!(row_3(&answers).1.fault.map(|it| it.to_string()), Some("不符合的人数不能多于总人数 1".to_owned()));
}
