//! Applies a row's rule to the facts given about it.

mod listed;

use crate::rubric::{Fact, Normalise, Points, Row, Rubric, Rule};

use super::{Answers, RowFacts, RowReport};
pub use listed::{amount, level_of};

/// [`Fact::Years`] and [`Fact::Average`] are counted in billionths.
pub const BILLIONTHS: i64 = 1_000_000_000;

/// What a rule awards for a full answer.
struct Award<'r> {
    score: Points,
    low: Points,
    high: Points,
    /// The condition of the veto is fulfilled, if the row prints one.
    fails: bool,
    doubts: [Option<&'r str>; 2],
    /// Deductions beyond the row's points.
    over: [Points; 3],
}

impl<'r> Award<'r> {
    fn fixed(score: Points) -> Award<'r> {
        Award { score, low: score, high: score, fails: false, doubts: [None; 2], over: [Points::ZERO; 3] }
    }

    fn less(worth: Points, deduction: Points) -> Award<'r> {
        Award { over: [deduction.less(worth); 3], ..Award::fixed(worth.less(deduction)) }
    }

    fn all_or_nothing(met: bool, worth: Points) -> Award<'r> {
        Award { fails: !met, ..Award::fixed(if met { worth } else { Points::ZERO }) }
    }

    /// The same score, but the text leaves it open between `low` and `high` as well.
    fn open(self, low: Points, high: Points, reading: &'r str) -> Award<'r> {
        let doubts = [Some(reading), self.doubts[0]];
        Award { low: low.min(self.low), high: high.max(self.high), doubts, ..self }
    }
}

/// A row by itself.
pub(super) fn judge<'r>(rubric: &'r Rubric, row: &'r Row, facts: RowFacts<'_>, answers: &Answers) -> RowReport<'r> {
    let bonus = if let Rule::Bonus { add } = row.rule { Some(add) } else { None };
    let worth = bonus.or(row.points).filter(|it| Points::ZERO < *it);
    let award = award(&row.rule, worth.unwrap_or_default(), facts, answers);
    debug_assert!(rubric.rows().any(|it| std::ptr::eq(it, row)), "a row of another rubric");
    match award {
        None => RowReport {
            row,
            answered: false,
            unsure: facts.yes(Fact::Unsure) == Some(true),
            score: None,
            low: worth.map(|_| Points::ZERO),
            high: worth,
            estimated: None,
            over: [Points::ZERO, spills(&row.rule), Points::ZERO],
            skipped: false,
            vetoed: false,
            doubts: [None; 2],
        },
        Some(award) => RowReport {
            row,
            answered: true,
            unsure: false,
            score: worth.map(|_| award.score),
            low: worth.map(|_| award.low),
            high: worth.map(|_| award.high),
            estimated: estimated(&row.rule, award.score, worth.unwrap_or_default(), facts, answers),
            over: award.over,
            skipped: false,
            vetoed: award.fails && row.veto.is_some(),
            doubts: award.doubts,
        },
    }
}

/// How much more than its points an unanswered row may lose.
fn spills(rule: &Rule) -> Points {
    match rule {
        Rule::Deduct { .. } | Rule::Listed { adds: false, .. } => Points::tenths(u16::MAX),
        Rule::Quantity { of } if of.missing.is_some() => Points::tenths(u16::MAX),
        _ => Points::ZERO,
    }
}

/// A row that does not apply.
pub(super) fn skipped<'r>(rubric: &'r Rubric, row: &'r Row) -> RowReport<'r> {
    let score = match rubric.totals.normalise {
        Normalise::Nothing => row.points.map(|_| Points::ZERO),
        Normalise::Full => row.points,
        Normalise::Scale => None,
    };
    RowReport {
        row,
        answered: true,
        unsure: false,
        skipped: true,
        score,
        low: score,
        high: score,
        estimated: None,
        over: [Points::ZERO; 3],
        vetoed: false,
        doubts: [None; 2],
    }
}

/// A row of 安全文明: one cell of points over several rows, scored under the first.
pub(super) fn judge_shared<'r>(rubric: &'r Rubric, row: &'r Row, answers: &Answers) -> RowReport<'r> {
    let said = |number| {
        let facts = answers.row(number);
        facts.get(Fact::Defects).zip(facts.yes(Fact::Hazard))
    };
    let own = said(row.number);
    let vetoed = row.veto.is_some() && answers.row(row.number).yes(Fact::Hazard) == Some(true);
    let blank = RowReport {
        row,
        answered: own.is_some(),
        unsure: false,
        score: None,
        low: None,
        high: None,
        estimated: None,
        over: [Points::ZERO; 3],
        skipped: false,
        vetoed,
        doubts: [None; 2],
    };
    let (Rule::Hazard { each, .. }, Some(worth)) = (&row.rule, row.points) else { return blank };
    let (mut defects, mut all_answered) = (0_i64, true);
    for in_cell in rubric.rows().filter(|it| it.number == row.number || it.shares == Some(row.number)) {
        match said(in_cell.number) {
            Some((n, _)) => defects = defects.saturating_add(n),
            None => all_answered = false,
        }
    }
    let left = worth.less(each.times(defects));
    let low = if all_answered { left } else { Points::ZERO };
    RowReport { score: all_answered.then_some(left), low: Some(low), high: Some(left), ..blank }
}

/// `None` while a fact the rule needs is missing.
fn award<'r>(rule: &'r Rule, worth: Points, facts: RowFacts<'_>, answers: &Answers) -> Option<Award<'r>> {
    let judged = |award: i64, reading| Award::fixed(points(award).min(worth)).open(Points::ZERO, worth, reading);
    Some(match rule {
        Rule::Met { perhaps_shared, .. } => {
            let met = facts.yes(Fact::Met)?;
            let award = Award::all_or_nothing(met, worth);
            match perhaps_shared {
                Some(it) if met && answers.row(it.row).yes(Fact::Met) == Some(false) => {
                    award.open(Points::ZERO, worth, &it.reading)
                }
                _ => award,
            }
        }
        Rule::Staffed { at_least } => {
            let (met, staff) = (facts.yes(Fact::Met)?, facts.get(Fact::FullTimeStaff)?);
            Award::all_or_nothing(met && i64::from(*at_least) <= staff, worth)
        }
        Rule::Deduct { each, people, by_hand, .. } => {
            if let (Some(reading), Some(score)) = (by_hand, facts.get(Fact::Score)) {
                return Some(judged(score, reading));
            }
            let defects = facts.get(Fact::Defects)?;
            if let Some(people) = people.as_ref().filter(|it| n_people(answers.row(it.row)) == Some(0)) {
                return Some(Award::fixed(Points::ZERO).open(Points::ZERO, Points::ZERO, &people.reading));
            }
            let award = Award::less(worth, each.times(defects));
            match by_hand {
                Some(reading) if 0 < defects => award.open(Points::ZERO, worth, reading),
                _ => award,
            }
        }
        Rule::Credit { each, .. } => Award::fixed(each.times(facts.get(Fact::Items)?).min(worth)),
        Rule::Combined { undetailed, complies } => {
            let (detailed, operable) = (facts.yes(Fact::Detailed)?, facts.yes(Fact::Operable)?);
            let award = match (operable, detailed) {
                (false, _) => Award { fails: true, ..Award::fixed(Points::ZERO) },
                (true, false) => Award::fixed(worth.less(*undetailed)),
                (true, true) => Award::fixed(worth),
            };
            match complies {
                // no deduction is printed for it: perhaps there is none
                Some(reading) if facts.yes(Fact::Met) == Some(false) => {
                    Award { fails: true, ..Award::fixed(Points::ZERO) }.open(Points::ZERO, award.score, reading)
                }
                _ => award,
            }
        }
        Rule::Number { bands } => {
            let n = facts.get(Fact::QualifiedExaminers)?;
            match bands.iter().find(|it| i64::from(it.at_least) <= n) {
                Some(step) => Award::fixed(step.points),
                None => Award { fails: true, ..Award::fixed(Points::ZERO) },
            }
        }
        Rule::Experts { at_least, each } => {
            let missing = i64::from(*at_least).saturating_sub(facts.get(Fact::Experts)?);
            Award::fixed(worth.less(each.times(missing)))
        }
        Rule::Rate { at_least } => {
            let (intact, total) = (facts.get(Fact::Intact)?, facts.get(Fact::Total).filter(|it| 0 < *it)?);
            let enough = total.saturating_mul(i64::from(*at_least)) <= intact.saturating_mul(100);
            Award::all_or_nothing(enough, worth)
        }
        Rule::Years { at_least } => {
            let met = match facts.get(Fact::Years) {
                Some(years) => i64::from(*at_least) * BILLIONTHS <= years,
                None => facts.yes(Fact::Met)?,
            };
            Award::all_or_nothing(met, worth)
        }
        Rule::Average { full, above, part, exactly } => {
            let (sum, n) = trained(facts)?;
            let reaches = |people: u16| sum.cmp(&(i64::from(people) * n));
            if reaches(*full).is_ge() {
                Award::fixed(worth)
            } else if reaches(*above).is_gt() {
                Award::fixed(*part)
            } else if reaches(*above).is_eq() {
                Award::fixed(Points::ZERO).open(Points::ZERO, *part, exactly)
            } else {
                Award::fixed(Points::ZERO)
            }
        }
        Rule::Judged { reading } => judged(facts.get(Fact::Award)?, reading),
        Rule::Tiers { reading } => match facts.get(Fact::Level) {
            Some(0) => Award::fixed(Points::ZERO),
            Some(1) | None => judged(facts.get(Fact::Award)?, reading),
            Some(_) => Award::fixed(worth),
        },
        Rule::Lease { reading, term } => match (facts.yes(Fact::Tenure)?, term) {
            (true, _) => judged(facts.get(Fact::Award)?, reading),
            (false, None) => Award::fixed(Points::ZERO),
            (false, Some(term)) => {
                let (award, months) = (points(facts.get(Fact::Award)?).min(worth), facts.get(Fact::Months)?);
                let off = if months < term.months() { term.shorter } else { term.deduct };
                let award = Award::fixed(award.less(off)).open(Points::ZERO, worth.less(off), reading);
                if months == term.months() { award.open(Points::ZERO, Points::ZERO, &term.exactly) } else { award }
            }
        },
        Rule::Bonus { add } => Award::all_or_nothing(facts.yes(Fact::Has)?, *add),
        Rule::Choice { levels } => listed::chosen(levels, facts)?,
        Rule::Listed { adds, items } => listed::listed(*adds, items, worth, facts)?,
        Rule::Quantity { of } => listed::reached(of, worth, facts)?,
        Rule::None => Award::all_or_nothing(facts.yes(Fact::Met)?, worth),
        Rule::Hazard { .. } => unreachable!("rows of a shared cell are judged together"),
    })
}

/// The points of an answered row at its lowest and at its highest estimate: the rule is applied to them in place of the award,
/// so that a lease is deducted from them too. An estimate that is absent is as likely as the award. `None` where there is
/// none, or none that counts: 满足, 不能满足 and a lease that earns nothing leave nothing to estimate.
fn estimated(
    rule: &Rule,
    score: Points,
    worth: Points,
    facts: RowFacts<'_>,
    answers: &Answers,
) -> Option<(Points, Points)> {
    let counts = match rule {
        Rule::Judged { .. } => true,
        Rule::Tiers { .. } => !matches!(facts.get(Fact::Level), Some(0 | 2)),
        Rule::Lease { term, .. } => term.is_some() || facts.yes(Fact::Tenure) == Some(true),
        _ => false,
    };
    if !counts {
        return None;
    }
    let at = |fact| {
        let estimate = facts.get(fact)?;
        let mut other: Answers = facts.given().iter().copied().collect();
        let row = facts.given().first()?.row;
        other.set(row, Fact::Award, Some(estimate));
        award(rule, worth, other.row(row), answers).map(|it| it.score)
    };
    match (at(Fact::Low), at(Fact::High)) {
        (None, None) => None,
        // what cannot be right is told as a fault; here the order holds whatever was typed
        (low, high) => Some((low.unwrap_or(score).min(score), high.unwrap_or(score).max(score))),
    }
}

/// The head count that a row of people gives, qualified or not.
pub(super) fn n_people(facts: RowFacts<'_>) -> Option<i64> {
    [Fact::Headcount, Fact::QualifiedExaminers, Fact::Experts].into_iter().find_map(|it| facts.get(it))
}

/// The average as a sum and the number by which it is to be divided, so that nothing is rounded.
fn trained(facts: RowFacts<'_>) -> Option<(i64, i64)> {
    match [Fact::FirstYear, Fact::SecondYear, Fact::ThirdYear].map(|it| facts.get(it)) {
        [Some(first), Some(second), Some(third)] => Some((first.saturating_add(second).saturating_add(third), 3)),
        _ => Some((facts.get(Fact::Average)?, BILLIONTHS)),
    }
}

/// A value in tenths as points.
pub(super) fn points(tenths: i64) -> Points {
    Points::tenths(u16::try_from(tenths.max(0)).unwrap_or(u16::MAX))
}
