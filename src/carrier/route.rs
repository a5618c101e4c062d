//! The answers to the questions on filing, as digits. Names of places are passed on only together with the unit's name.

use crate::bytes::wire::{Bytes, Wire};
use crate::filing::place::UNTOLD;
use crate::filing::route::{FilingAnswers, Question, QuestionKind, Routes, UNCLEAR};
use crate::order;

use super::number::{Digits, Limbs};

/// The most places that are passed on for one question.
const MOST_PLACES: usize = 8;

/// The values of a question in the order of their digits, from 1.
pub fn values(question: &Question) -> Vec<&str> {
    match question.kind {
        QuestionKind::One | QuestionKind::Many => question.options.iter().map(|it| it.id.as_str()).collect(),
        QuestionKind::YesNo => vec!["true", "false", UNCLEAR],
        QuestionKind::Place | QuestionKind::Places => vec![UNCLEAR, UNTOLD[0], UNTOLD[1]],
    }
}

/// The answers as they are passed on: known questions and values, options in the order of the rules, places with their
/// names or without.
pub fn taken(routes: &Routes, answers: &FilingAnswers, names: bool) -> FilingAnswers {
    let mut taken = Vec::new();
    for question in &routes.questions {
        let given: Vec<&str> = answers.all(&question.id).collect();
        let all: Vec<&str> = match question.kind {
            QuestionKind::One | QuestionKind::YesNo => {
                given.iter().copied().filter(|it| values(question).contains(it)).take(1).collect()
            }
            QuestionKind::Many => values(question).into_iter().filter(|it| given.contains(it)).collect(),
            QuestionKind::Place | QuestionKind::Places if given == [UNCLEAR] => vec![UNCLEAR],
            QuestionKind::Place | QuestionKind::Places => {
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
    FilingAnswers(taken)
}

/// Writes answers that come from [`taken`].
pub fn write(routes: &Routes, answers: &FilingAnswers, digits: &mut Digits, tail: &mut Vec<u8>) {
    for question in &routes.questions {
        let values = values(question);
        let given: Vec<&str> = answers.all(&question.id).collect();
        let at = |value: &str| values.iter().position(|it| *it == value).and_then(|it| u32::try_from(it).ok());
        match question.kind {
            QuestionKind::One | QuestionKind::YesNo => {
                digits.push(given.first().and_then(|it| at(it)).map_or(0, |it| it + 1), values.len() as u32 + 1);
            }
            QuestionKind::Many => values.iter().for_each(|it| digits.push(u32::from(given.contains(it)), 2)),
            QuestionKind::Place | QuestionKind::Places => {
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
pub fn read(routes: &Routes, number: &mut Limbs, tail: &mut Bytes<'_>) -> FilingAnswers {
    let mut answers = Vec::new();
    for question in &routes.questions {
        let values = values(question);
        let mut say = |value: &str| answers.push((question.id.clone(), value.to_owned()));
        match question.kind {
            QuestionKind::One | QuestionKind::YesNo => {
                let digit = number.take(values.len() as u32 + 1) as usize;
                digit.checked_sub(1).and_then(|at| values.get(at)).into_iter().for_each(|it| say(it));
            }
            QuestionKind::Many => values.iter().filter(|_| number.take(2) == 1).for_each(|it| say(it)),
            QuestionKind::Place | QuestionKind::Places => match number.take(5) {
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
    FilingAnswers(answers)
}
