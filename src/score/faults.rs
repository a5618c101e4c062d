//! Answers that cannot be right: more defects than people, an award above the row's points. They are scored all the
//! same, and reported.

use std::fmt;

use crate::rubric::{Fact, Measure, Points, Row, Rubric, Rule};

use super::judge::{level_of, n_people, points};
use super::{Answers, RowFacts};

/// An answer that cannot be right, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub row: u16,
    pub fact: Fact,
    pub kind: FaultKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    Negative,
    MoreThanTheRow(Points),
    MoreIntactThanTotal,
    NothingInTotal,
    /// 酌情 points that are not between those printed.
    OutsideRange(Points, Points),
    NoSuchLevel,
    MoreDefectsThanPeople(i64),
    MoreQualifiedThanAll(i64),
    /// The lowest estimate lies above the likely one, or the highest below it.
    LowAboveAward(Points),
    HighBelowAward(Points),
    LowAboveHigh(Points),
}

/// All answers of a sheet that cannot be right, in the order of the rows.
pub fn faults(rubric: &Rubric, answers: &Answers) -> Vec<Fault> {
    rubric.rows().flat_map(|row| faults_of(row, answers)).collect()
}

/// Has none of these rows a fault? Told without listing them.
pub fn is_sound<'r>(mut rows: impl Iterator<Item = &'r Row>, answers: &Answers) -> bool {
    let mut in_order = answers.in_order();
    rows.all(|row| {
        let facts = in_order.row(row.number);
        facts.given().iter().all(|it| fault(row, it.fact, it.value, facts, answers).is_none())
    })
}

/// The faults of one row.
pub fn faults_of(row: &Row, answers: &Answers) -> Vec<Fault> {
    let mut found = Vec::new();
    let facts = answers.row(row.number);
    if facts.is_empty() {
        return found;
    }
    for fact in row.rule.forms().iter().flat_map(|it| it.iter().copied()) {
        // a fact that several forms share is reported once
        if found.iter().any(|it: &Fault| it.fact == fact) {
            continue;
        }
        if let Some(kind) = facts.get(fact).and_then(|value| fault(row, fact, value, facts, answers)) {
            found.push(Fault { row: row.number, fact, kind });
        }
    }
    found
}

fn fault(row: &Row, fact: Fact, value: i64, facts: RowFacts<'_>, answers: &Answers) -> Option<FaultKind> {
    if value < 0 {
        return Some(FaultKind::Negative);
    }
    match (fact, &row.rule) {
        (Fact::Choice, Rule::Choice { levels }) if (levels.len() as i64) <= value => Some(FaultKind::NoSuchLevel),
        (Fact::Award, Rule::Choice { levels }) => {
            let level = level_of(levels, facts).filter(|it| it.is_judged())?;
            outside(value, level.from, level.to)
        }
        (Fact::SecondCount, Rule::Quantity { of }) if value == 0 => {
            of.counts.as_ref().filter(|it| !it.is_ratio).map(|_| FaultKind::NothingInTotal)
        }
        (_, Rule::Listed { .. }) => {
            let item = row.rule.item(fact).filter(|it| 0 < value && it.is_judged())?;
            outside(value, item.from, item.to)
        }
        (Fact::Award | Fact::Score | Fact::Low | Fact::High, _) => {
            let worth = row.points.unwrap_or_default();
            if worth < points(value) {
                return Some(FaultKind::MoreThanTheRow(worth));
            }
            let other =
                |fact, is_wrong: fn(&i64, &i64) -> bool| facts.get(fact).filter(|it| is_wrong(&value, it)).map(points);
            match fact {
                Fact::Low => other(Fact::Award, i64::gt)
                    .map(FaultKind::LowAboveAward)
                    .or_else(|| other(Fact::High, i64::gt).map(FaultKind::LowAboveHigh)),
                Fact::High => other(Fact::Award, i64::lt).map(FaultKind::HighBelowAward),
                _ => None,
            }
        }
        (Fact::Total, _) if value == 0 => Some(FaultKind::NothingInTotal),
        (Fact::Intact, _) if facts.get(Fact::Total).is_some_and(|total| 0 < total && total < value) => {
            Some(FaultKind::MoreIntactThanTotal)
        }
        (Fact::QualifiedExaminers, _) => {
            facts.get(Fact::Headcount).filter(|all| *all < value).map(FaultKind::MoreQualifiedThanAll)
        }
        (Fact::Defects, Rule::Deduct { people: Some(people), .. }) => {
            // with nobody at all the row scores 0 whatever is entered, so only a head count above 0 can be exceeded
            let n = n_people(answers.row(people.row)).filter(|n| 0 < *n && *n < value)?;
            Some(FaultKind::MoreDefectsThanPeople(n))
        }
        _ => None,
    }
}

fn outside(value: i64, from: Points, to: Points) -> Option<FaultKind> {
    let is_inside = (from..=to).contains(&points(value));
    (!is_inside).then_some(FaultKind::OutsideRange(from, to))
}

impl FaultKind {
    /// A word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            FaultKind::Negative => "negative",
            FaultKind::MoreThanTheRow(_) => "above_points",
            FaultKind::MoreIntactThanTotal => "intact_above_total",
            FaultKind::NothingInTotal => "empty_total",
            FaultKind::OutsideRange(..) => "outside_range",
            FaultKind::NoSuchLevel => "no_such_level",
            FaultKind::MoreDefectsThanPeople(_) => "defects_above_people",
            FaultKind::MoreQualifiedThanAll(_) => "qualified_above_headcount",
            FaultKind::LowAboveAward(_) => "low_above_award",
            FaultKind::HighBelowAward(_) => "high_below_award",
            FaultKind::LowAboveHigh(_) => "low_above_high",
        }
    }
}

/// For a person: what is wrong and what would be right.
impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FaultKind::Negative => write!(f, "不能是负数"),
            FaultKind::MoreThanTheRow(points) => write!(f, "不能超过本项分值 {points} 分"),
            FaultKind::MoreIntactThanTotal => write!(f, "完好数不能多于总数"),
            FaultKind::NothingInTotal => write!(f, "总数应大于 0"),
            FaultKind::OutsideRange(from, to) => write!(f, "应在 {from} 至 {to} 分之间"),
            FaultKind::NoSuchLevel => write!(f, "没有这一档"),
            FaultKind::MoreDefectsThanPeople(n) => write!(f, "不符合的人数不能多于总人数 {n}"),
            FaultKind::MoreQualifiedThanAll(n) => write!(f, "符合条件的人数不能多于聘任总数 {n}"),
            FaultKind::LowAboveAward(award) => write!(f, "最低估计不能高于自估的 {award} 分"),
            FaultKind::HighBelowAward(award) => write!(f, "最高估计不能低于自估的 {award} 分"),
            FaultKind::LowAboveHigh(high) => write!(f, "最低估计不能高于最高估计 {high} 分"),
        }
    }
}

/// Can a fact of this measure have this value at all?
pub fn fits(measure: Measure, value: i64) -> bool {
    match measure {
        Measure::YesNo => matches!(value, 0 | 1),
        Measure::Whole | Measure::Points | Measure::Decimal => 0 <= value,
        Measure::Choice(words) => usize::try_from(value).is_ok_and(|it| it < words.len()),
    }
}
