//! Laws of the plan: it is the best one of all, found by trying every one; it says what scoring says; nothing is made worse.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use ziping::plan::{Change, Effort, Mark, Plan, Wishes, options, plan};
use ziping::rubric::{
    Applicant, Band, Blocks, Fact, Group, Part, People, PerhapsShared, Points, Row, Rubric, Rule, Section, Term, Tier,
    Veto,
};
use ziping::score::{Answers, Given, RowFacts, Verdict, faults, score};

use crate::arbitrary::{anything, sheet};

/// The most combinations that are tried for one sheet.
const MOST: usize = 3000;

/// What a set of changes takes, from what counts most to what counts least.
type Price = (u64, usize, u64, Vec<u16>);

/// One way to leave the sheet, found by trying.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Tried {
    reached: bool,
    vetoes: usize,
    points: u16,
    price: Price,
}

impl Tried {
    /// Those that reach the band first, the cheapest first; of the others, those with fewest vetoes, then most points.
    fn key(&self) -> (bool, usize, u16, Price) {
        let rank = if self.reached { (0, 0) } else { (self.vetoes, u16::MAX - self.points) };
        (!self.reached, rank.0, rank.1, self.price.clone())
    }
}

/// The points that count for the band.
fn counted(rubric: &Rubric, answers: &Answers, safe: bool) -> Points {
    let report = score(rubric, answers);
    if !safe {
        return report.base;
    }
    let is_judged = |rule: &Rule| matches!(rule, Rule::Judged { .. } | Rule::Tiers { .. } | Rule::Lease { .. });
    let mut lowest = answers.clone();
    for row in rubric.rows().filter(|it| is_judged(&it.rule)) {
        let facts = answers.row(row.number);
        if let (Some(low), Some(award)) = (facts.get(Fact::Low), facts.get(Fact::Award)) {
            lowest.set(row.number, Fact::Award, Some(low.min(award)));
        }
        if let Rule::Lease { term: Some(term), .. } = &row.rule
            && facts.get(Fact::Months) == Some(term.months())
        {
            lowest.set(row.number, Fact::Months, Some(term.months() - 1));
        }
    }
    let lowest = score(rubric, &lowest);
    let of_row = |(row, low): (&ziping::score::RowReport<'_>, &ziping::score::RowReport<'_>)| match &row.row.rule {
        Rule::Bonus { .. } => Points::ZERO,
        rule if is_judged(rule) => low.score.unwrap_or_default(),
        _ if row.score.is_some() => row.low.unwrap_or_default(),
        _ => Points::ZERO,
    };
    report.rows.iter().zip(&lowest.rows).map(of_row).sum()
}

/// Vetoes that block filing; an unanswered one stands.
fn filing_vetoes(rubric: &Rubric, answers: &Answers) -> Vec<u16> {
    let report = score(rubric, answers);
    let mut all = report.filing_vetoes.clone();
    for row in report.rows.iter().filter(|it| !it.answered) {
        if row.row.veto.as_ref().is_some_and(|it| it.blocks == Blocks::Filing) {
            all.push(row.row.shares.unwrap_or(row.row.number));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// By how much the count of a row changes.
fn units(rubric: &Rubric, row: &Row, from: RowFacts<'_>, to: &[(Fact, i64)]) -> u64 {
    let worth = i64::from(rubric.owner(row).points.unwrap_or_default().in_tenths());
    let counts = [Fact::Defects, Fact::Items, Fact::QualifiedExaminers, Fact::Experts, Fact::FullTimeStaff];
    let Some((fact, after)) = to.iter().find(|it| counts.contains(&it.0)) else { return 1 };
    if from.get(Fact::Score).is_some() {
        return 1;
    }
    let before = from.get(*fact).unwrap_or_else(|| match &row.rule {
        Rule::Deduct { each, .. } | Rule::Hazard { each, .. } => {
            let each = i64::from(each.in_tenths());
            (worth + each - 1) / each
        }
        _ => 0,
    });
    before.abs_diff(*after).max(1)
}

/// Every answer that is no worse, as somebody would think of them who does not know how the plan is made.
fn better(rubric: &Rubric, row: &Row, answers: &Answers, wishes: &Wishes) -> Vec<Vec<(Fact, i64)>> {
    let facts = answers.row(row.number);
    let mark = wishes.mark(row.number);
    let worth = rubric.owner(row).points.unwrap_or_default();
    let tenths = i64::from(worth.in_tenths());
    let reach = i64::from(mark.reach.unwrap_or(worth).in_tenths());
    if mark.effort == Effort::Never {
        return vec![];
    }
    let not_less = |fact: Fact, most: i64| facts.get(fact).unwrap_or(0)..=most.max(facts.get(fact).unwrap_or(0));
    let defects = |each: Points| {
        let all = (tenths + i64::from(each.in_tenths()) - 1) / i64::from(each.in_tenths());
        0..=facts.get(Fact::Defects).unwrap_or(all)
    };
    // from the present award in a few steps to the most that can be reached
    let awards = || {
        let now = facts.get(Fact::Award);
        let mut all = vec![reach, reach - 5, now.map_or(0, |it| it + 5)];
        all.retain(|it| now.is_none_or(|now| now < *it) && 0 <= *it && *it <= reach);
        all
    };
    let estimated = |award: i64| {
        let low = facts.get(Fact::Low).map(|it| (Fact::Low, it));
        let high = facts.get(Fact::High).map(|it| (Fact::High, it.max(award)));
        [(Fact::Award, award)].into_iter().chain(low).chain(high)
    };
    let mut all: Vec<Vec<(Fact, i64)>> = match &row.rule {
        Rule::Met { .. } => vec![vec![(Fact::Met, 1)]],
        Rule::Staffed { at_least } => not_less(Fact::FullTimeStaff, i64::from(*at_least))
            .map(|it| vec![(Fact::Met, 1), (Fact::FullTimeStaff, it)])
            .collect(),
        Rule::Deduct { .. } if facts.get(Fact::Score).is_some() => {
            vec![vec![(Fact::Score, tenths)], vec![(Fact::Defects, 0)]]
        }
        Rule::Deduct { each, .. } => defects(*each).map(|it| vec![(Fact::Defects, it)]).collect(),
        Rule::Hazard { each, .. } => defects(*each).map(|it| vec![(Fact::Defects, it), (Fact::Hazard, 0)]).collect(),
        Rule::Credit { each, .. } => {
            not_less(Fact::Items, tenths / i64::from(each.in_tenths()) + 1).map(|it| vec![(Fact::Items, it)]).collect()
        }
        Rule::Combined { .. } => {
            let keep = |fact| facts.yes(fact) == Some(true);
            let mut all = Vec::new();
            for (detailed, operable) in [(true, true), (true, false), (false, true)] {
                if (keep(Fact::Detailed) && !detailed) || (keep(Fact::Operable) && !operable) {
                    continue;
                }
                let complies = facts.get(Fact::Met).map(|_| (Fact::Met, 1));
                let both = [(Fact::Detailed, i64::from(detailed)), (Fact::Operable, i64::from(operable))];
                all.push(complies.into_iter().chain(both).collect());
            }
            all
        }
        Rule::Number { bands } => {
            let most = bands[0].at_least.max(4).into();
            not_less(Fact::QualifiedExaminers, most)
                .map(|it| {
                    let all = facts.get(Fact::Headcount).map(|all| (Fact::Headcount, all.max(it)));
                    [(Fact::QualifiedExaminers, it)].into_iter().chain(all).collect()
                })
                .collect()
        }
        Rule::Experts { at_least, .. } => {
            not_less(Fact::Experts, (*at_least).max(4).into()).map(|it| vec![(Fact::Experts, it)]).collect()
        }
        Rule::Rate { .. } => match facts.get(Fact::Total) {
            Some(total) => {
                not_less(Fact::Intact, total).map(|it| vec![(Fact::Intact, it), (Fact::Total, total)]).collect()
            }
            None => vec![vec![(Fact::Intact, 10), (Fact::Total, 10)]],
        },
        Rule::Years { .. } => vec![vec![(Fact::Years, facts.get(Fact::Years).unwrap_or(0).max(9_000_000_000))]],
        Rule::Average { above, .. } => {
            let now = facts.get(Fact::Average).unwrap_or(0);
            [i64::from(*above) + 1, 70].iter().map(|it| vec![(Fact::Average, now.max(it * 1_000_000_000))]).collect()
        }
        Rule::Judged { .. } => awards().into_iter().map(|it| estimated(it).collect()).collect(),
        Rule::Tiers { .. } => {
            let basic = facts.get(Fact::Level) != Some(2);
            let with_level = |award| {
                let level = (Fact::Level, 1);
                let (award, rest): (Vec<_>, Vec<_>) = estimated(award).partition(|it| it.0 == Fact::Award);
                award.into_iter().chain([level]).chain(rest).collect::<Vec<_>>()
            };
            let mut all: Vec<_> = awards().into_iter().filter(|_| basic).map(with_level).collect();
            if reach == tenths {
                all.push(vec![(Fact::Level, 2)]);
            }
            all
        }
        Rule::Lease { term, .. } => {
            let beside = match (facts.yes(Fact::Tenure) == Some(false), term) {
                (true, None) => return vec![],
                (true, Some(_)) => vec![(Fact::Tenure, 0), (Fact::Months, facts.get(Fact::Months).unwrap_or(0))],
                (false, _) => vec![(Fact::Tenure, 1)],
            };
            awards().into_iter().map(|it| estimated(it).chain(beside.iter().copied()).collect()).collect()
        }
        Rule::Bonus { .. } | Rule::None => vec![],
    };
    all.iter_mut().for_each(|it| it.sort_unstable());
    let now: Vec<_> = facts.given().iter().map(|it| (it.fact, it.value)).collect();
    all.retain(|it| *it != now);
    all
}

fn lay(answers: &mut Answers, row: u16, facts: &[(Fact, i64)]) {
    answers.clear(row);
    facts.iter().for_each(|it| drop_value(answers.set(row, it.0, Some(it.1))));
}

fn drop_value(_: Option<i64>) {}

/// The best of all, by trying every combination. `None` where there are too many.
fn best_of_all(rubric: &Rubric, answers: &Answers, wishes: &Wishes) -> Option<Tried> {
    let rows: Vec<(&Row, Vec<Vec<(Fact, i64)>>)> =
        rubric.rows().map(|row| (row, better(rubric, row, answers, wishes))).filter(|it| !it.1.is_empty()).collect();
    let n = rows.iter().try_fold(1_usize, |n, it| n.checked_mul(it.1.len() + 1))?;
    if MOST < n {
        return None;
    }
    let enough = wishes.target.unwrap_or(rubric.bands[0].at_least);
    let n_faults = faults(rubric, answers).len();
    let mut best: Option<Tried> = None;
    for mut which in 0..n {
        let mut laid = answers.clone();
        let mut price: Price = (0, 0, 0, Vec::new());
        for (row, options) in &rows {
            let at = which % (options.len() + 1);
            which /= options.len() + 1;
            let Some(facts) = at.checked_sub(1).map(|it| &options[it]) else { continue };
            let mark = wishes.mark(row.number);
            let units = units(rubric, row, answers.row(row.number), facts);
            let each = mark.cost.unwrap_or(if mark.effort == Effort::Money { 10 } else { 0 });
            price.0 += each * units;
            price.1 += 1;
            price.2 += units;
            price.3.push(row.number);
            lay(&mut laid, row.number, facts);
        }
        if n_faults < faults(rubric, &laid).len() {
            continue;
        }
        let (vetoes, points) = (filing_vetoes(rubric, &laid).len(), counted(rubric, &laid, wishes.safe));
        let tried = Tried { reached: vetoes == 0 && enough <= points, vetoes, points: points.in_tenths(), price };
        if best.as_ref().is_none_or(|it| tried.key() < it.key()) {
            best = Some(tried);
        }
    }
    best
}

fn laid_over(answers: &Answers, changes: &[Change]) -> Answers {
    let mut laid = answers.clone();
    changes.iter().for_each(|it| lay(&mut laid, it.row, &it.to));
    laid
}

/// What a plan comes to, in the words of [`Tried`].
fn as_tried(rubric: &Rubric, answers: &Answers, wishes: &Wishes, made: &Plan<'_>) -> Tried {
    let laid = laid_over(answers, &made.changes);
    let units = made.changes.iter().map(|it| it.units).sum();
    Tried {
        reached: made.reached,
        vetoes: filing_vetoes(rubric, &laid).len(),
        points: counted(rubric, &laid, wishes.safe).in_tenths(),
        price: (made.cost, made.changes.len(), units, made.changes.iter().map(|it| it.row).collect()),
    }
}

/// What holds for every plan.
fn holds(rubric: &Rubric, answers: &Answers, wishes: &Wishes, made: &Plan<'_>) -> Result<(), TestCaseError> {
    let laid = laid_over(answers, &made.changes);
    let (before, after) = (score(rubric, answers), score(rubric, &laid));
    prop_assert_eq!(made.before, before.base);
    prop_assert_eq!(made.after, after.base);
    prop_assert_eq!(made.low_before, counted(rubric, answers, true));
    prop_assert_eq!(made.low_after, counted(rubric, &laid, true));
    prop_assert_eq!(made.verdict_after, after.verdict());
    prop_assert_eq!(&made.filing_vetoes, &filing_vetoes(rubric, &laid));
    let counted = if wishes.safe { made.low_after } else { made.after };
    prop_assert_eq!(made.reached, made.filing_vetoes.is_empty() && made.target.at_least <= counted);
    prop_assert_eq!(made.reached, made.why.is_none());
    prop_assert_eq!(made.cost, made.changes.iter().map(|it| it.cost).sum::<u64>());
    let gains: Points = made.changes.iter().map(|it| it.gain).sum();
    prop_assert_eq!(made.before + gains, made.after);
    if let Some(why) = &made.why {
        prop_assert!(!why.words(rubric).is_empty());
    }
    // no fault that was not there before: `ziping score` takes the sheet
    prop_assert!(faults(rubric, &laid).len() <= faults(rubric, answers).len());
    for (change, next) in made.changes.iter().zip(made.changes.iter().skip(1)) {
        prop_assert!(change.row < next.row);
    }
    for change in &made.changes {
        let mark = wishes.mark(change.row);
        prop_assert_ne!(mark.effort, Effort::Never);
        prop_assert_eq!(change.effort, mark.effort);
        prop_assert_ne!(&change.from, &change.to);
        prop_assert!(change.to.is_sorted());
        let award = change.to.iter().find(|it| it.0 == Fact::Award).map(|it| it.1);
        let reach = mark.reach.map_or(i64::MAX, |it| it.in_tenths().into());
        prop_assert!(award.is_none_or(|it| it <= reach), "beyond its reach: {:?}", change);
    }
    for (before, after) in before.rows.iter().zip(&after.rows) {
        prop_assert!(before.score.unwrap_or_default() <= after.score.unwrap_or_default());
        prop_assert!(!after.vetoed || before.vetoed || !before.answered);
        let changed = made.changes.iter().any(|it| it.row == before.row.number);
        let same = answers.row(before.row.number).given() == laid.row(before.row.number).given();
        prop_assert_eq!(changed, !same);
    }
    Ok(())
}

/// What is wished for, for the rows of a rubric; rows that are not among `some` are left as they are.
fn wishes(rubric: &Rubric, some: Option<Vec<u16>>) -> impl Strategy<Value = Wishes> + use<> {
    let bands: Vec<Option<Points>> = rubric.bands.iter().map(|it| Some(it.at_least)).chain([None]).collect();
    let of_row = |row: &Row| {
        let (number, worth) = (row.number, row.points.unwrap_or_default().in_tenths());
        let judged = matches!(row.rule, Rule::Judged { .. } | Rule::Tiers { .. } | Rule::Lease { .. });
        let effort = select(vec![Effort::Now, Effort::Now, Effort::Money, Effort::Money, Effort::Never]);
        let never = some.as_ref().is_some_and(|it| !it.contains(&number));
        let cost = prop::option::of(select(vec![0_u64, 5, 10, 35]));
        (effort, cost, prop::option::of(0..=worth)).prop_map(move |(effort, cost, reach)| Mark {
            row: number,
            effort: if never { Effort::Never } else { effort },
            cost,
            reach: reach.map(Points::tenths).filter(|_| judged),
        })
    };
    let marks: Vec<_> = rubric.rows().map(of_row).collect();
    (select(bands), any::<bool>(), marks).prop_map(|(target, safe, marks)| {
        let mut wishes = Wishes { target, safe, ..Wishes::default() };
        marks.into_iter().for_each(|it| wishes.set_mark(it));
        wishes
    })
}

fn real() -> impl Strategy<Value = (&'static Rubric, Answers, Wishes)> {
    sheet().prop_flat_map(|(rubric, answers)| wishes(rubric, None).prop_map(move |it| (rubric, answers.clone(), it)))
}

/// A real sheet of which few rows can be changed.
fn nearly_fixed() -> impl Strategy<Value = (&'static Rubric, Answers, Wishes)> {
    (sheet(), vec(any::<prop::sample::Index>(), 2..5)).prop_flat_map(|((rubric, answers), some)| {
        let numbers: Vec<u16> = rubric.rows().map(|it| it.number).collect();
        let some = some.iter().map(|it| *it.get(&numbers)).collect();
        wishes(rubric, Some(some)).prop_map(move |it| (rubric, answers.clone(), it))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_says_what_scoring_says((rubric, answers, wishes) in real()) {
        let made = plan(rubric, &answers, &wishes).expect("there are bands");
        holds(rubric, &answers, &wishes, &made)?;
    }

    #[test]
    fn a_plan_of_a_real_sheet_is_the_best_of_all((rubric, answers, wishes) in nearly_fixed()) {
        let made = plan(rubric, &answers, &wishes).expect("there are bands");
        if let Some(best) = best_of_all(rubric, &answers, &wishes) {
            let found = as_tried(rubric, &answers, &wishes, &made);
            let same = if best.reached { Tried { points: found.points, ..best } } else { best };
            prop_assert_eq!(found, same);
        }
    }

    #[test]
    fn whoever_did_what_is_planned_has_nothing_left_to_do((rubric, answers, wishes) in real()) {
        let made = plan(rubric, &answers, &wishes).expect("there are bands");
        let laid = laid_over(&answers, &made.changes);
        let again = plan(rubric, &laid, &wishes).expect("there are bands");
        prop_assert_eq!(again.changes, vec![]);
        prop_assert_eq!(again.reached, made.reached);
    }

    /// Whatever stands in the answers, also what no carrier accepts.
    #[test]
    fn no_answers_stop_a_plan((rubric, given) in anything()) {
        let answers: Answers = given.into_iter().collect();
        let made = plan(rubric, &answers, &Wishes::default()).expect("there are bands");
        prop_assert!(made.before <= made.after);
    }

    #[test]
    fn what_a_row_can_be_brought_to_gains_what_is_said((rubric, answers, wishes) in real()) {
        let before = score(rubric, &answers);
        for row in rubric.rows() {
            for option in options(rubric, &answers, &wishes, row.number) {
                let mut laid = answers.clone();
                lay(&mut laid, row.number, &option.to);
                let after = score(rubric, &laid);
                prop_assert_eq!(before.base + option.gain, after.base);
                prop_assert!(after.filing_vetoes.len() <= before.filing_vetoes.len() || before.row(row.number).is_some_and(|it| !it.answered));
                prop_assert!(1 <= option.units);
            }
        }
    }
}
