//! The best plan found by trying every set of changes, for comparison: it knows nothing of how a plan is made, and scores each
//! sheet as a whole.

use ziping::plan::{Effort, Mend, MendPlan, Wishes};
use ziping::rubric::{Blocks, Fact, Points, Row, Rubric, Rule};
use ziping::score::{Answers, RowFacts, RowReport, faults, score};

/// The most combinations that are tried for one sheet.
const MOST: usize = 3000;

/// The facts of one row.
type Answer = Vec<(Fact, i64)>;

/// What a set of changes takes, from what counts most to what counts least.
pub type Price = (u64, usize, u64, Vec<u16>);

/// One way to leave the sheet, found by trying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    pub reached: bool,
    pub vetoes: usize,
    pub points: u16,
    pub price: Price,
}

impl Tried {
    /// Those that reach the band first, the cheapest first; of the others, those with fewest vetoes, then most points.
    fn key(&self) -> (bool, usize, u16, Price) {
        let rank = if self.reached { (0, 0) } else { (self.vetoes, u16::MAX - self.points) };
        (!self.reached, rank.0, rank.1, self.price.clone())
    }
}

/// The points that count for the band.
pub fn counted(rubric: &Rubric, answers: &Answers, safe: bool) -> Points {
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
    let of_row = |(row, low): (&RowReport<'_>, &RowReport<'_>)| match &row.row.rule {
        Rule::Bonus { .. } => Points::ZERO,
        rule if is_judged(rule) => low.score.unwrap_or_default(),
        _ if row.score.is_some() => row.low.unwrap_or_default(),
        _ => Points::ZERO,
    };
    report.rows.iter().zip(&lowest.rows).map(of_row).sum()
}

/// Vetoes that block filing; an unanswered one stands.
pub fn filing_vetoes(rubric: &Rubric, answers: &Answers) -> Vec<u16> {
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
fn better(rubric: &Rubric, row: &Row, answers: &Answers, wishes: &Wishes) -> Vec<Answer> {
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
    // as many people as there are defects, if nobody was there and defects were counted all the same
    let people = |enough: i64| {
        let counts = |it: &&Row| matches!(&it.rule, Rule::Deduct { people: Some(it), .. } if it.row == row.number);
        let defects = rubric.rows().filter(counts).filter_map(|it| answers.get(it.number, Fact::Defects));
        defects.fold(enough.max(4), i64::max)
    };
    let mut all: Vec<Answer> = match &row.rule {
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
            let most = people(i64::from(bands[0].at_least));
            not_less(Fact::QualifiedExaminers, most)
                .map(|it| {
                    let all = facts.get(Fact::Headcount).map(|all| (Fact::Headcount, all.max(it)));
                    [(Fact::QualifiedExaminers, it)].into_iter().chain(all).collect()
                })
                .collect()
        }
        Rule::Experts { at_least, .. } => {
            not_less(Fact::Experts, people(i64::from(*at_least))).map(|it| vec![(Fact::Experts, it)]).collect()
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
        // `kinds` has laws for these
        Rule::Choice { .. } | Rule::Listed { .. } | Rule::Quantity { .. } | Rule::Bonus { .. } | Rule::None => vec![],
    };
    all.iter_mut().for_each(|it| it.sort_unstable());
    let now: Vec<_> = facts.given().iter().map(|it| (it.fact, it.value)).collect();
    all.retain(|it| *it != now);
    all
}

pub fn lay(answers: &mut Answers, row: u16, facts: &[(Fact, i64)]) {
    answers.clear(row);
    for (fact, value) in facts {
        answers.set(row, *fact, Some(*value));
    }
}

/// A row with every answer of it that is tried.
type RowTried<'r> = (&'r Row, Vec<Vec<(Fact, i64)>>);

/// The best of all, by trying every combination. `None` where there are too many.
pub fn best_of_all(rubric: &Rubric, answers: &Answers, wishes: &Wishes) -> Option<Tried> {
    let rows: Vec<RowTried<'_>> =
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

pub fn laid_over(answers: &Answers, changes: &[Mend]) -> Answers {
    let mut laid = answers.clone();
    changes.iter().for_each(|it| lay(&mut laid, it.row, &it.to));
    laid
}

/// What a plan comes to, in the words of [`Tried`].
pub fn as_tried(rubric: &Rubric, answers: &Answers, wishes: &Wishes, made: &MendPlan<'_>) -> Tried {
    let laid = laid_over(answers, &made.changes);
    let units = made.changes.iter().map(|it| it.units).sum();
    Tried {
        reached: made.reached,
        vetoes: filing_vetoes(rubric, &laid).len(),
        points: counted(rubric, &laid, wishes.safe).in_tenths(),
        price: (made.cost, made.changes.len(), units, made.changes.iter().map(|it| it.row).collect()),
    }
}
