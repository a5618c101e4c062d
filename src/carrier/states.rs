//! How a row is usually answered: in which forms, and for each fact the usual values with their weights. The likelier
//! the answer, the shorter the code.
//!
//! Unanswered is a state of its own. Answers in none of the usual forms are the last state and are written out in full,
//! so every possible answer can be passed on. Forms and weights must never change: codes on paper depend on them.

use crate::bytes::wire::{Bytes, Wire};
use crate::rubric::{Fact, ListItem, Measure, Points, Row, Rubric, Rule};
use crate::score::{Answers, Given, fits};

use super::number::{Digits, Limbs};

/// Facts that are given together, and how likely this form is.
pub struct Form {
    pub weight: u32,
    pub facts: Vec<(Fact, Values)>,
}

/// The values a fact mostly has, in the unit of its measure.
pub enum Values {
    /// From `first` on in steps of `step`, each with its weight.
    Listed { first: i64, step: i64, weights: Vec<u32> },
    /// From the value of an earlier fact on.
    After { fact: Fact, step: i64, weights: Vec<u32> },
    /// Any number below 2³⁰ times `unit`.
    Any { unit: i64 },
}

/// How full a sheet is: it decides how likely a row is to be unanswered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filled {
    Mostly,
    Hardly,
}

/// The forms in which a row is usually answered.
pub fn forms(rubric: &Rubric, row: &Row) -> Vec<Form> {
    let mut forms = of_rule(rubric, row);
    if row.may_skip {
        forms.push(form(1, vec![(Fact::NotApplicable, only(1))]));
    }
    forms
}

fn of_rule(rubric: &Rubric, row: &Row) -> Vec<Form> {
    let worth = rubric.owner(row).points.unwrap_or_default();
    let award = || award(Fact::Award, worth);
    let defects = |each: Points| {
        (Fact::Defects, Values::Listed { first: 0, step: 1, weights: fading(8, steps(worth, each) + 2) })
    };
    match &row.rule {
        Rule::Met { .. } | Rule::None => vec![form(4, vec![mostly_yes(Fact::Met)])],
        Rule::Staffed { at_least } => {
            vec![form(4, vec![mostly_yes(Fact::Met), (Fact::FullTimeStaff, around(i64::from(*at_least), 12))])]
        }
        Rule::Deduct { each, by_hand: None, .. } => vec![form(4, vec![defects(*each)])],
        Rule::Deduct { each, by_hand: Some(_), .. } => {
            vec![form(3, vec![defects(*each)]), form(1, vec![self::award(Fact::Score, worth)])]
        }
        Rule::Hazard { each, .. } => vec![form(4, vec![defects(*each), mostly_no(Fact::Hazard)])],
        Rule::Credit { each, .. } => {
            let full = steps(worth, *each);
            let weights = (0..=full + 3).map(|it| if it == full { 8 } else { 2 }).collect();
            vec![form(4, vec![(Fact::Items, Values::Listed { first: 0, step: 1, weights })])]
        }
        Rule::Combined { .. } => vec![form(4, vec![mostly_yes(Fact::Detailed), mostly_yes(Fact::Operable)])],
        Rule::Number { bands } => {
            let full = bands.first().map_or(0, |it| i64::from(it.at_least));
            let qualified = || (Fact::QualifiedExaminers, around(full, 24));
            let headcount = Values::After { fact: Fact::QualifiedExaminers, step: 1, weights: fading(8, 12) };
            vec![form(2, vec![qualified()]), form(2, vec![qualified(), (Fact::Headcount, headcount)])]
        }
        Rule::Experts { at_least, .. } => vec![form(4, vec![(Fact::Experts, around(i64::from(*at_least), 12))])],
        Rule::Rate { .. } => {
            let intact = Values::After { fact: Fact::Total, step: -1, weights: fading(8, 24) };
            vec![form(4, vec![(Fact::Total, Values::Any { unit: 1 }), (Fact::Intact, intact)])]
        }
        Rule::Years { at_least } => vec![
            form(3, vec![(Fact::Years, around_in(i64::from(*at_least), 21, BILLION))]),
            form(1, vec![mostly_yes(Fact::Met)]),
        ],
        Rule::Average { .. } => {
            let any = |fact| (fact, Values::Any { unit: 1 });
            vec![
                form(3, vec![any(Fact::FirstYear), any(Fact::SecondYear), any(Fact::ThirdYear)]),
                form(1, vec![(Fact::Average, Values::Any { unit: BILLION })]),
            ]
        }
        Rule::Judged { .. } => vec![form(4, vec![award()])],
        Rule::Tiers { .. } => {
            let level = |at| (Fact::Level, only(at));
            vec![
                form(5, vec![level(2)]),
                form(3, vec![level(1), award()]),
                form(1, vec![level(0)]),
                form(1, vec![award()]),
            ]
        }
        Rule::Lease { term, .. } => {
            let tenure = |at| (Fact::Tenure, only(at));
            let mut forms = vec![form(5, vec![tenure(1), award()])];
            if term.is_some() {
                let weights = (0..=20).map(|it| if it % 2 == 0 { 3 } else { 1 }).collect();
                let months = Values::Listed { first: 0, step: 6, weights };
                forms.push(form(3, vec![tenure(0), award(), (Fact::Months, months)]));
            } else {
                forms.extend([form(2, vec![tenure(0)]), form(1, vec![tenure(0), award()])]);
            }
            forms
        }
        Rule::Bonus { .. } => vec![form(4, vec![mostly_no(Fact::Has)])],
        Rule::Choice { levels } => {
            let of_level = |(at, level): (usize, &ListItem)| {
                let mut facts = vec![(Fact::Choice, only(at as i64))];
                if level.is_judged() {
                    facts.push(self::award(Fact::Award, level.to));
                }
                form(if at == 0 { 5 } else { 2 }, facts)
            };
            levels.iter().enumerate().map(of_level).collect()
        }
        Rule::Listed { adds, items } => {
            let of_item = |(item, fact): (&ListItem, &Fact)| match (item.measure(), *adds) {
                (Measure::YesNo, true) => mostly_yes(*fact),
                (Measure::YesNo, false) => mostly_no(*fact),
                (Measure::Points, _) => {
                    let n = u32::from(item.to.in_tenths()) / 5;
                    (*fact, Values::Listed { first: 0, step: 5, weights: fading(8, n + 1) })
                }
                _ => (*fact, Values::Listed { first: 0, step: 1, weights: fading(8, item.most(worth) as u32 + 2) }),
            };
            vec![form(4, items.iter().zip(Fact::ITEMS).map(of_item).collect())]
        }
        Rule::Quantity { of } => {
            let direct = |weight| form(weight, vec![(Fact::Quantity, Values::Any { unit: BILLION })]);
            match of.counts {
                Some(_) => {
                    let counts = [Fact::FirstCount, Fact::SecondCount].map(|it| (it, Values::Any { unit: 1 }));
                    vec![form(3, counts.into()), direct(1)]
                }
                None => vec![direct(4)],
            }
        }
    }
}

const BILLION: i64 = 1_000_000_000;

fn form(weight: u32, facts: Vec<(Fact, Values)>) -> Form {
    Form { weight, facts }
}

fn mostly_yes(fact: Fact) -> (Fact, Values) {
    (fact, Values::Listed { first: 0, step: 1, weights: vec![1, 7] })
}

fn mostly_no(fact: Fact) -> (Fact, Values) {
    (fact, Values::Listed { first: 0, step: 1, weights: vec![7, 1] })
}

fn only(value: i64) -> Values {
    Values::Listed { first: value, step: 1, weights: vec![1] }
}

/// Weights that begin with `first` and are halved from one value to the next, down to 1.
fn fading(first: u32, n: u32) -> Vec<u32> {
    (0..n).map(|it| (first >> it.min(31)).max(1)).collect()
}

/// The values from 0 to `n`; the figure of the document and the next ones above it are likelier.
fn around(figure: i64, n: i64) -> Values {
    around_in(figure, n, 1)
}

fn around_in(figure: i64, n: i64, unit: i64) -> Values {
    let weight = |value: i64| match value - figure {
        0 => 6,
        1 | 2 => 3,
        3 | 4 => 2,
        _ => 1,
    };
    Values::Listed { first: 0, step: unit, weights: (0..=n).map(weight).collect() }
}

/// From nothing to the row's points, in half points; full points and whole points are likelier.
fn award(fact: Fact, worth: Points) -> (Fact, Values) {
    let n = u32::from(worth.in_tenths()) / 5;
    let weight = |halves: u32| match halves {
        halves if halves == n => 6,
        halves if halves % 2 == 0 && n < 2 * halves => 4,
        halves if n < 2 * halves => 2,
        _ => 1,
    };
    (fact, Values::Listed { first: 0, step: 5, weights: (0..=n).map(weight).collect() })
}

/// After this many there is nothing left to deduct, or to add.
fn steps(worth: Points, each: Points) -> u32 {
    u32::from(worth.in_tenths()).div_ceil(u32::from(each.in_tenths()).max(1))
}

/// The states of a row, made once for all records.
pub struct States {
    forms: Vec<Form>,
    mostly: Vec<u32>,
    hardly: Vec<u32>,
}

impl States {
    pub fn of(rubric: &Rubric, row: &Row) -> States {
        let forms = forms(rubric, row);
        let (mostly, hardly) = (weights(row, &forms, Filled::Mostly), weights(row, &forms, Filled::Hardly));
        States { forms, mostly, hardly }
    }

    fn weights(&self, filled: Filled) -> &[u32] {
        match filled {
            Filled::Mostly => &self.mostly,
            Filled::Hardly => &self.hardly,
        }
    }
}

/// The weights of the states of a row: unanswered, each form, and any other answer.
fn weights(row: &Row, forms: &[Form], filled: Filled) -> Vec<u32> {
    let optional = matches!(row.rule, Rule::Bonus { .. } | Rule::None);
    let unanswered = match filled {
        Filled::Mostly if optional => 8,
        Filled::Mostly => 1,
        Filled::Hardly => 240,
    };
    let each = if filled == Filled::Mostly { 12 } else { 4 };
    let answered = forms.iter().map(|it| it.weight * each);
    [unanswered].into_iter().chain(answered).chain([1]).collect()
}

/// Writes the facts given about a row.
pub fn write(states: &States, row: &Row, filled: Filled, answers: &Answers, digits: &mut Digits, tail: &mut Vec<u8>) {
    let (forms, states) = (&states.forms, states.weights(filled));
    let given: &[Given] = answers.row(row.number).given();
    if given.is_empty() {
        return digits.push_weighed(0, states);
    }
    for (at, form) in forms.iter().enumerate().filter(|it| it.1.facts.len() == given.len()) {
        let mut own = Digits::default();
        let usual =
            form.facts.iter().all(|(fact, values)| write_value(row, *fact, values, answers, &mut own).is_some());
        if usual {
            digits.push_weighed(at + 1, states);
            return digits.append(own);
        }
    }
    digits.push_weighed(forms.len() + 1, states);
    (given.len() as u64).write(tail);
    for answer in given {
        answer.fact.write(tail);
        answer.value.unsigned_abs().write(tail);
    }
}

fn write_value(row: &Row, fact: Fact, values: &Values, answers: &Answers, digits: &mut Digits) -> Option<()> {
    let value = answers.get(row.number, fact)?;
    let (first, step, weights) = match values {
        Values::Listed { first, step, weights } => (*first, *step, weights),
        Values::After { fact, step, weights } => (answers.get(row.number, *fact)?, *step, weights),
        Values::Any { unit } => {
            let n = u32::try_from(value / unit).ok().filter(|it| value % unit == 0 && it >> LENGTHS == 0)?;
            let length = u32::BITS - n.leading_zeros();
            digits.push_weighed(length as usize, &lengths());
            digits.push(n & !(1 << length >> 1), (1 << length >> 1).max(1));
            return Some(());
        }
    };
    let from_first = value.checked_sub(first)?;
    let at = usize::try_from(from_first.checked_div(step)?).ok().filter(|_| from_first % step == 0)?;
    (at < weights.len()).then(|| digits.push_weighed(at, weights))
}

/// The most binary digits of a number in [`Values::Any`].
const LENGTHS: usize = 30;

/// How likely each number of binary digits is: people are counted in tens and hundreds.
fn lengths() -> [u32; LENGTHS + 1] {
    let mut weights = [1; LENGTHS + 1];
    weights[3..=8].copy_from_slice(&[4, 8, 12, 12, 8, 4]);
    weights
}

/// Reads what [`write`] wrote. Values that the row cannot have are refused.
pub fn read(
    states: &States,
    row: &Row,
    filled: Filled,
    number: &mut Limbs,
    tail: &mut Bytes<'_>,
    answers: &mut Answers,
) {
    let state = number.take_weighed(states.weights(filled));
    let Some(at) = state.checked_sub(1) else { return };
    let Some(form) = states.forms.get(at) else { return read_rest(row, tail, answers) };
    for (fact, values) in &form.facts {
        let value = match values {
            Values::Listed { first, step, weights } => first + number.take_weighed(weights) as i64 * step,
            Values::After { fact, step, weights } => {
                let before = answers.get(row.number, *fact).unwrap_or_default();
                before + number.take_weighed(weights) as i64 * step
            }
            Values::Any { unit } => {
                let top = 1 << number.take_weighed(&lengths()) >> 1;
                i64::from(top | number.take(top.max(1))) * unit
            }
        };
        if !fits(fact.measure(), value) {
            return tail.refuse();
        }
        answers.set(row.number, *fact, Some(value));
    }
}

fn read_rest(row: &Row, tail: &mut Bytes<'_>, answers: &mut Answers) {
    for _ in 0..tail.number() {
        let (fact, value) = (Fact::read(tail), i64::try_from(tail.number()));
        let has = row.has(fact);
        match value {
            Ok(value) if tail.is_good() && has && fits(fact.measure(), value) => {
                answers.set(row.number, fact, Some(value));
            }
            Ok(_) | Err(_) => return tail.refuse(),
        }
    }
}
