//! The states that a row can be brought to, from the smallest change to the largest: never a worse one, and each with
//! the number of units that it takes.

mod listed;

use crate::rubric::{Fact, Points, Row, Rubric, Rule};
use crate::score::{Answers, BILLIONTHS, RowFacts};

use super::Wishes;

/// One answer that a row can be brought to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RowState {
    /// All facts of the row, sorted.
    pub facts: Vec<(Fact, i64)>,
    /// By how much the count of the row changes, one 项, 名, 处 or 人 each, at least 1; 1 for a row that counts nothing.
    /// An unanswered row has no points, so it lacks as many units as its points take.
    pub units: u64,
}

impl RowState {
    fn one(facts: &[(Fact, i64)]) -> RowState {
        RowState { facts: facts.to_vec(), units: 1 }
    }

    fn counted(facts: &[(Fact, i64)], units: i64) -> RowState {
        RowState { facts: facts.to_vec(), units: units.max(1).unsigned_abs() }
    }
}

/// What a row can be brought to; nothing where it is as good as it can be or earns no part of the total, for 优先项目, and
/// for a lease that earns no points at all.
///
/// A 酌情 row has only its highest state here, its reach: the cost is that of the row, and a plan takes back afterwards
/// what is not needed, in tenths. A lease stays a lease of the same term. Estimates stay as they are.
pub(super) fn states(rubric: &Rubric, row: &Row, answers: &Answers, wishes: &Wishes) -> Vec<RowState> {
    let facts = answers.row(row.number);
    let worth = rubric.owner(row).points.unwrap_or_default();
    if facts.yes(Fact::NotApplicable) == Some(true) {
        return vec![];
    }
    match &row.rule {
        Rule::Met { .. } if facts.yes(Fact::Met) == Some(true) => vec![],
        Rule::Met { .. } => vec![RowState::one(&[(Fact::Met, 1)])],
        Rule::Staffed { at_least } => {
            let (staff, enough) = (facts.get(Fact::FullTimeStaff).unwrap_or(0), i64::from(*at_least));
            if facts.yes(Fact::Met) == Some(true) && enough <= staff {
                return vec![];
            }
            vec![RowState::counted(
                &[(Fact::Met, 1), (Fact::FullTimeStaff, staff.max(enough))],
                enough.saturating_sub(staff),
            )]
        }
        Rule::Deduct { each, people, .. } => {
            if let Some(score) = facts.get(Fact::Score).filter(|_| facts.get(Fact::Defects).is_none()) {
                // without defects the points are certain
                let most = i64::from(worth.in_tenths());
                let more = Some(RowState::one(&[(Fact::Score, most)])).filter(|_| score < most);
                return more.into_iter().chain([RowState::one(&[(Fact::Defects, 0)])]).collect();
            }
            let all = steps(*each, worth);
            let defects = facts.get(Fact::Defects).unwrap_or(all);
            let mut fewer: Vec<i64> = (0..all.min(defects)).rev().collect();
            // the points are the same, but there cannot be more defects than people
            for n in people.iter().flat_map(|it| head_counts(rubric, it.row, answers)) {
                if all <= n && n < defects && !fewer.contains(&n) {
                    fewer.insert(0, n);
                }
            }
            let to = |n: i64| RowState::counted(&[(Fact::Defects, n)], defects.saturating_sub(n));
            fewer.into_iter().map(to).collect()
        }
        Rule::Hazard { each, .. } => {
            let all = steps(*each, worth);
            let defects = facts.get(Fact::Defects).unwrap_or(all);
            let safe = facts.yes(Fact::Hazard) == Some(false) && facts.get(Fact::Defects).is_some();
            let same = (!safe).then_some(defects);
            let fewer = (0..all.min(defects)).rev();
            let to = |n: i64| RowState::counted(&[(Fact::Defects, n), (Fact::Hazard, 0)], defects.saturating_sub(n));
            same.into_iter().chain(fewer).map(to).collect()
        }
        Rule::Credit { each, .. } => {
            let items = facts.get(Fact::Items).unwrap_or(0).max(0);
            let to = |n: i64| RowState::counted(&[(Fact::Items, n)], n - items);
            (items.saturating_add(1)..=steps(*each, worth)).map(to).collect()
        }
        Rule::Combined { .. } => combined(facts),
        Rule::Number { .. } => {
            let qualified = facts.get(Fact::QualifiedExaminers).unwrap_or(0);
            let to = |n: i64| {
                let mut all = vec![(Fact::QualifiedExaminers, n)];
                all.extend(facts.get(Fact::Headcount).map(|it| (Fact::Headcount, it.max(n))));
                RowState::counted(&all, n.saturating_sub(qualified))
            };
            head_counts(rubric, row.number, answers).into_iter().map(to).collect()
        }
        Rule::Experts { .. } => {
            let experts = facts.get(Fact::Experts).unwrap_or(0);
            let to = |n: i64| RowState::counted(&[(Fact::Experts, n)], n.saturating_sub(experts));
            head_counts(rubric, row.number, answers).into_iter().map(to).collect()
        }
        Rule::Rate { at_least } => {
            let at_least = i64::from(*at_least);
            // of an unknown number of pieces, the percentage itself
            let total = facts.get(Fact::Total).filter(|it| 0 < *it).unwrap_or(100);
            let intact = facts.get(Fact::Intact).filter(|_| facts.get(Fact::Total).is_some_and(|it| 0 < it));
            let enough = total.saturating_mul(at_least).saturating_add(99) / 100;
            if intact.is_some_and(|it| enough <= it) {
                return vec![];
            }
            vec![RowState::one(&[(Fact::Intact, enough.min(total)), (Fact::Total, total)])]
        }
        Rule::Years { at_least } => years(facts, i64::from(*at_least) * BILLIONTHS),
        Rule::Average { full, above, .. } => average(facts, i64::from(*full), i64::from(*above)),
        Rule::Judged { .. } => judged(row, facts, worth, wishes, &[]),
        Rule::Tiers { .. } => tiers(row, facts, worth, wishes),
        Rule::Lease { term, .. } => match (facts.yes(Fact::Tenure) == Some(false), term) {
            (false, _) => judged(row, facts, worth, wishes, &[(Fact::Tenure, 1)]),
            (true, None) => vec![],
            (true, Some(_)) => {
                let months = facts.get(Fact::Months).unwrap_or(0);
                judged(row, facts, worth, wishes, &[(Fact::Tenure, 0), (Fact::Months, months)])
            }
        },
        Rule::Choice { .. } | Rule::Listed { .. } | Rule::Quantity { .. } => listed::states(row, facts, worth),
        Rule::Bonus { .. } | Rule::None => vec![],
    }
}

/// How many units of `each` take all points.
fn steps(each: Points, worth: Points) -> i64 {
    let each = i64::from(each.in_tenths()).max(1);
    (i64::from(worth.in_tenths()) + each - 1) / each
}

/// The head counts worth having in a row of people, beyond the present one: up to the highest number that earns more there
/// or in a row that looks at it, and as many as the defects that such a row has.
fn head_counts(rubric: &Rubric, leader: u16, answers: &Answers) -> Vec<i64> {
    let Some(row) = rubric.row(leader) else { return vec![] };
    let facts = answers.row(leader);
    let (present, most) = match &row.rule {
        Rule::Number { bands } => (facts.get(Fact::QualifiedExaminers), bands.first().map_or(0, |it| it.at_least)),
        Rule::Experts { at_least, .. } => (facts.get(Fact::Experts), *at_least),
        _ => return vec![],
    };
    let (present, mut most, mut beyond) = (present.unwrap_or(0).max(0), i64::from(most), Vec::new());
    for follower in rubric.rows() {
        if let Rule::Deduct { each, people: Some(people), .. } = &follower.rule
            && people.row == leader
        {
            most = most.max(steps(*each, follower.points.unwrap_or_default()) - 1).max(1);
            beyond.extend(answers.get(follower.number, Fact::Defects));
        }
    }
    let mut all: Vec<i64> = (present.saturating_add(1)..=most).collect();
    for n in beyond {
        let at = all.partition_point(|it| *it < n);
        if present < n && all.get(at) != Some(&n) {
            all.insert(at, n);
        }
    }
    all
}

fn combined(facts: RowFacts<'_>) -> Vec<RowState> {
    let (detailed, operable) = (facts.yes(Fact::Detailed), facts.yes(Fact::Operable));
    let complies = facts.yes(Fact::Met);
    let with = |detailed: bool| {
        let mut all = Vec::with_capacity(3);
        all.extend(complies.map(|_| (Fact::Met, 1)));
        all.extend([(Fact::Detailed, i64::from(detailed)), (Fact::Operable, 1)]);
        RowState::one(&all)
    };
    if (detailed, operable) == (Some(true), Some(true)) && complies != Some(false) {
        return vec![];
    }
    let undetailed = operable != Some(true) || complies == Some(false) || detailed.is_none();
    let mut all = Vec::with_capacity(2);
    if detailed != Some(true) && undetailed {
        all.push(with(false));
    }
    all.push(with(true));
    all
}

fn years(facts: RowFacts<'_>, enough: i64) -> Vec<RowState> {
    match (facts.get(Fact::Years), facts.yes(Fact::Met)) {
        (Some(years), _) if enough <= years => vec![],
        (None, Some(true)) => vec![],
        (None, Some(false)) => vec![RowState::one(&[(Fact::Met, 1)])],
        _ => vec![RowState::one(&[(Fact::Years, enough)])],
    }
}

/// Above the lower number by one person in all, and the full number; of three years, the last one has to bring it.
fn average(facts: RowFacts<'_>, full: i64, above: i64) -> Vec<RowState> {
    let years = [Fact::FirstYear, Fact::SecondYear, Fact::ThirdYear].map(|it| facts.get(it));
    let (reached, ends): (i64, [i64; 2]) = match years {
        [Some(first), Some(second), Some(third)] => {
            (first.saturating_add(second).saturating_add(third), [above * 3 + 1, full * 3])
        }
        _ => (facts.get(Fact::Average).unwrap_or(-1), [(above + 1) * BILLIONTHS, full * BILLIONTHS]),
    };
    // more than the lower number earns as much as one more than it
    let part = match years {
        [Some(_), Some(_), Some(_)] => above * 3,
        _ => above * BILLIONTHS,
    };
    let to = |end: i64| match years {
        [Some(first), Some(second), Some(third)] => RowState::one(&[
            (Fact::FirstYear, first),
            (Fact::SecondYear, second),
            (Fact::ThirdYear, third.saturating_add(end.saturating_sub(reached))),
        ]),
        _ => RowState::one(&[(Fact::Average, end)]),
    };
    let [lower, higher] = ends;
    let mut all = Vec::with_capacity(2);
    if reached <= part && lower < higher {
        all.push(to(lower));
    }
    if reached < higher {
        all.push(to(higher));
    }
    all
}

/// The award that the row can be brought to, with the other facts that it needs.
fn judged(row: &Row, facts: RowFacts<'_>, worth: Points, wishes: &Wishes, beside: &[(Fact, i64)]) -> Vec<RowState> {
    let most = reach(row, worth, wishes);
    match facts.get(Fact::Award) {
        Some(award) if most <= award => vec![],
        _ => vec![RowState::one(&awarded(facts, most, beside))],
    }
}

fn tiers(row: &Row, facts: RowFacts<'_>, worth: Points, wishes: &Wishes) -> Vec<RowState> {
    let (most, level) = (reach(row, worth, wishes), facts.get(Fact::Level));
    let (award, full) = (facts.get(Fact::Award), most == i64::from(worth.in_tenths()));
    let plain = level.is_none() && award.is_some();
    if level == Some(FULL) {
        return vec![];
    }
    let mut all = Vec::with_capacity(2);
    if plain || !full {
        let beside = if plain { &[] } else { BASIC };
        all.extend(Some(RowState::one(&awarded(facts, most, beside))).filter(|_| award.is_none_or(|it| it < most)));
    }
    if full {
        all.push(RowState::one(&[(Fact::Level, FULL)]));
    }
    all
}

/// 满足 and 基本满足 in the list of levels.
pub(super) const FULL: i64 = 2;
pub(super) const BASIC: &[(Fact, i64)] = &[(Fact::Level, 1)];

/// In tenths: the most that a 酌情 row can be brought to.
fn reach(row: &Row, worth: Points, wishes: &Wishes) -> i64 {
    i64::from(wishes.mark(row.number).reach.unwrap_or(worth).min(worth).in_tenths())
}

/// The facts of a 酌情 row with another award. The lowest estimate stays, as nobody made another one; the highest is not
/// below the award.
pub(super) fn awarded(facts: RowFacts<'_>, award: i64, beside: &[(Fact, i64)]) -> Vec<(Fact, i64)> {
    let low = facts.get(Fact::Low).map(|it| (Fact::Low, it.min(award)));
    let high = facts.get(Fact::High).map(|it| (Fact::High, it.max(award)));
    let mut all: Vec<(Fact, i64)> = [(Fact::Award, award)].into_iter().chain(low).chain(high).collect();
    for fact in beside {
        let at = all.partition_point(|it| it.0 < fact.0);
        all.insert(at, *fact);
    }
    all
}
