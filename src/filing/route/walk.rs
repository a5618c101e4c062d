//! The way through the questions: which are asked, and every way there is.

use crate::filing::place::{NamedPlace, Places};

use super::{FilingAnswers, MOST_QUESTIONS, Question, QuestionKind, QuestionOption, Routes, UNCLEAR, When};

/// What was answered on a path, each question with one option: what a row's conditions look at.
pub type Case<'r> = Vec<(&'r Question, &'r QuestionOption)>;

/// A whole path: its questions in order, each with the options chosen.
pub type Path<'r> = Vec<(&'r Question, Vec<&'r QuestionOption>)>;

impl Routes {
    /// The questions on this path in order: the answered ones and the first that is not.
    pub fn asked(&self, answers: &FilingAnswers) -> Vec<&Question> {
        self.walk(answers, false).into_iter().map(|it| it.0).collect()
    }

    /// The first unanswered question that matters.
    pub fn next(&self, answers: &FilingAnswers) -> Option<&Question> {
        self.walk(answers, false).pop().filter(|it| it.1.is_empty()).map(|it| it.0)
    }

    /// The path of these answers as far as something follows from it: a place or yes and no left open is unclear. The
    /// last question has no options where it must be answered and is not.
    pub fn path(&self, answers: &FilingAnswers) -> Path<'_> {
        self.walk(answers, true)
    }

    /// The path of these answers. The last question has no options where it is unanswered. `as_unclear` goes on past
    /// questions that may stay open. Answers to what is not asked on the path change nothing.
    fn walk(&self, answers: &FilingAnswers, as_unclear: bool) -> Path<'_> {
        let mut path = Path::new();
        for question in &self.questions {
            if !is_asked(question, &path) {
                continue;
            }
            let mut given = chosen(&self.known, question, answers);
            if given.is_empty() && as_unclear {
                given.extend(question.option(UNCLEAR));
            }
            let unanswered = given.is_empty();
            path.push((question, given));
            if unanswered {
                break;
            }
        }
        path
    }

    /// Every path with one option a question, and those where all options of a question for many are chosen. Too long a
    /// path is cut after its first question too many.
    pub fn paths(&self) -> Vec<Path<'_>> {
        let mut whole = Vec::new();
        let mut open = vec![(Path::new(), 0)];
        while let Some((path, from)) = open.pop() {
            let next = self.questions.iter().enumerate().skip(from).find(|it| is_asked(it.1, &path));
            let Some((at, question)) = next.filter(|_| path.len() <= MOST_QUESTIONS) else {
                whole.push(path);
                continue;
            };
            let with = |choices: Vec<_>| {
                let mut path = path.clone();
                path.push((question, choices));
                (path, at + 1)
            };
            // taken from the end, so the last goes in first
            if question.kind == QuestionKind::Many && 1 < question.options.len() {
                open.push(with(question.options.iter().collect()));
            }
            open.extend(question.options.iter().rev().map(|it| with(vec![it])));
        }
        whole
    }
}

/// The cases of a path: the table is looked up once for each option of a question for many.
pub fn cases<'r>(path: &Path<'r>) -> Vec<Case<'r>> {
    path.iter().fold(vec![Case::new()], |cases, (question, choices)| {
        let with = |case: &Case<'r>, choice| case.iter().copied().chain([(*question, choice)]).collect();
        cases.iter().flat_map(|case| choices.iter().map(|choice| with(case, *choice)).collect::<Vec<_>>()).collect()
    })
}

impl When {
    pub fn holds(&self, case: &Case<'_>) -> bool {
        self.0.iter().all(|condition| {
            case.iter()
                .any(|(question, choice)| question.id == condition.question && condition.options.contains(&choice.id))
        })
    }
}

fn is_asked(question: &Question, path: &Path<'_>) -> bool {
    question.asked.is_empty() || cases(path).iter().any(|case| question.asked.iter().any(|it| it.holds(case)))
}

/// The options that the answers choose, in the order of the options.
fn chosen<'r>(known: &Places, question: &'r Question, answers: &FilingAnswers) -> Vec<&'r QuestionOption> {
    let of = |id: &str| question.option(id).into_iter().collect();
    match question.kind {
        QuestionKind::One | QuestionKind::YesNo => answers.get(&question.id).map_or(Vec::new(), of),
        QuestionKind::Many => {
            question.options.iter().filter(|option| answers.all(&question.id).any(|it| it == option.id)).collect()
        }
        QuestionKind::Place | QuestionKind::Places => {
            let places = places(known, question, answers);
            match authorities(&places)[..] {
                _ if answers.get(&question.id).is_none() => Vec::new(),
                _ if answers.all(&question.id).any(is_unclear) => of(UNCLEAR),
                // the province as a whole is none of those asked for
                _ if places.iter().any(|it| it.authority.is_empty()) => of(UNCLEAR),
                [_] => of("one"),
                [..] if question.kind == QuestionKind::Places => of("several"),
                [..] => of(UNCLEAR),
            }
        }
    }
}

/// The places that were named, as they are understood.
pub(super) fn places(known: &Places, question: &Question, answers: &FilingAnswers) -> Vec<NamedPlace> {
    answers.all(&question.id).filter(|it| !is_unclear(it)).flat_map(|it| known.read(it)).collect()
}

/// The 省辖市 and 省直管县（市） of places, each once: two districts of a city are one.
pub(super) fn authorities(places: &[NamedPlace]) -> Vec<&str> {
    let mut authorities = Vec::new();
    for authority in places.iter().map(|it| it.authority.as_str()).filter(|it| !it.is_empty()) {
        if !authorities.contains(&authority) {
            authorities.push(authority);
        }
    }
    authorities
}

fn is_unclear(place: &str) -> bool {
    matches!(place.trim(), "" | UNCLEAR)
}
