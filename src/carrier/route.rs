//! What was said about who files where, as digits. The name of a place goes along only where the unit's name does.

use crate::bytes::wire::{Bytes, Wire};
use crate::filing::route::{Answers, Kind, Question, Routes, UNCLEAR};
use crate::order;

use super::number::{Digits, Number};

/// Stand for one place and for a second one, where their names stay at home.
const UNTOLD: [&str; 2] = ["当地", "外地"];
/// A question takes no more places than this along.
const MOST_PLACES: usize = 8;

/// The values of a question in the order of their digits, from 1.
pub fn values(question: &Question) -> Vec<&str> {
    match question.kind {
        Kind::One | Kind::Many => question.options.iter().map(|it| it.id.as_str()).collect(),
        Kind::YesNo => vec!["true", "false", UNCLEAR],
        Kind::Place | Kind::Places => vec![UNCLEAR, UNTOLD[0], UNTOLD[1]],
    }
}

/// The answers as they go along: known questions and values, options in the order of the rules, places by name or not.
pub fn taken(routes: &Routes, answers: &Answers, names: bool) -> Answers {
    let mut taken = Vec::new();
    for question in &routes.questions {
        let given: Vec<&str> = answers.all(&question.id).collect();
        let all: Vec<&str> = match question.kind {
            Kind::One | Kind::YesNo => {
                given.iter().copied().filter(|it| values(question).contains(it)).take(1).collect()
            }
            Kind::Many => values(question).into_iter().filter(|it| given.contains(it)).collect(),
            Kind::Place | Kind::Places if given == [UNCLEAR] => vec![UNCLEAR],
            Kind::Place | Kind::Places => {
                let named: Vec<&str> = given.into_iter().filter(|it| !it.is_empty() && *it != UNCLEAR).collect();
                if names {
                    named.into_iter().take(MOST_PLACES).collect()
                } else {
                    UNTOLD.into_iter().take(named.len()).collect()
                }
            }
        };
        taken.extend(all.into_iter().map(|it| (question.id.clone(), it.to_owned())));
    }
    order::sort_by(&mut taken, |a, b| a.0.cmp(&b.0));
    Answers(taken)
}

/// Writes answers that were [`taken`].
pub fn write(routes: &Routes, answers: &Answers, digits: &mut Digits, tail: &mut Vec<u8>) {
    for question in &routes.questions {
        let values = values(question);
        let given: Vec<&str> = answers.all(&question.id).collect();
        let at = |value: &str| values.iter().position(|it| *it == value).and_then(|it| u32::try_from(it).ok());
        match question.kind {
            Kind::One | Kind::YesNo => {
                digits.push(given.first().and_then(|it| at(it)).map_or(0, |it| it + 1), values.len() as u32 + 1);
            }
            Kind::Many => values.iter().for_each(|it| digits.push(u32::from(given.contains(it)), 2)),
            Kind::Place | Kind::Places => {
                let digit = match given[..] {
                    [] => 0,
                    [only] if only == UNCLEAR => 1,
                    [only] if only == UNTOLD[0] => 2,
                    [first, second] if [first, second] == UNTOLD => 3,
                    _ => 4,
                };
                digits.push(digit, 5);
                if digit == 4 {
                    (given.len() as u64).write(tail);
                    given.iter().for_each(|it| (*it).to_owned().write(tail));
                }
            }
        }
    }
}

/// Reads what [`write`] wrote.
pub fn read(routes: &Routes, number: &mut Number, tail: &mut Bytes<'_>) -> Answers {
    let mut answers = Vec::new();
    for question in &routes.questions {
        let values = values(question);
        let mut say = |value: &str| answers.push((question.id.clone(), value.to_owned()));
        match question.kind {
            Kind::One | Kind::YesNo => {
                let digit = number.take(values.len() as u32 + 1) as usize;
                digit.checked_sub(1).and_then(|at| values.get(at)).into_iter().for_each(|it| say(it));
            }
            Kind::Many => values.iter().filter(|_| number.take(2) == 1).for_each(|it| say(it)),
            Kind::Place | Kind::Places => match number.take(5) {
                0 => {}
                1 => say(UNCLEAR),
                2 => say(UNTOLD[0]),
                3 => UNTOLD.iter().for_each(|it| say(it)),
                _ => {
                    let n = tail.number();
                    if MOST_PLACES as u64 <= n.saturating_sub(1) {
                        tail.refuse();
                    }
                    for _ in 0..n.min(MOST_PLACES as u64) {
                        say(&String::read(tail));
                    }
                }
            },
        }
    }
    order::sort_by(&mut answers, |a, b| a.0.cmp(&b.0));
    Answers(answers)
}
