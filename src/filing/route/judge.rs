//! What follows from the answers. Never fails: where a fact is missing, less is said.

use crate::filing::place::{NamedPlace, Places};

use super::walk::{authorities, cases, places};
use super::{Branch, Case, FiledAs, FilingAnswers, FilingStep, LetterBy, Path, Question, Route, Routes, Supervisor};

/// What the rules say about an applicant. There is no filing while a question that must be answered is open; a place
/// that is left open counts as unclear.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Routing {
    /// One for each 评价对象, in the order of the options; one for everybody else.
    pub filings: Vec<Filing>,
    /// In the order of the documents.
    pub clauses: Vec<String>,
    /// Those that touched this outcome, ascending.
    pub readings: Vec<String>,
    /// What an unclear filing may be: names of routes, or places.
    pub candidates: Vec<String>,
}

/// 备案: one filing.
#[derive(Clone, Debug, PartialEq)]
pub struct Filing {
    /// Which of [`Routes::rows`] holds.
    pub row: usize,
    /// Which of [`Routes::supervisors`] holds.
    pub supervised: Option<usize>,
    pub route: Route,
    pub filed_as: Option<FiledAs>,
    /// 机构类别代码.
    pub class_code: Option<String>,
    /// Does it stand in the text? It is 推定 otherwise.
    pub class_code_printed: bool,
    /// 编码第10位; none where the text does not say.
    pub tenth_digit: Option<String>,
    /// None where the text does not say.
    pub supervisor: Option<String>,
    pub rubrics: Vec<u8>,
    /// Ids of contacts.
    pub contacts: Vec<String>,
    /// Ids of the contacts of the 省辖市 or 省直管县（市） that were named.
    pub local_contacts: Vec<String>,
    pub steps: Vec<FilingStep>,
}

impl Filing {
    /// One line: 省级备案，备案为某类机构，监管服务：省鉴定中心.
    pub fn in_a_line(&self) -> String {
        let mut words = self.route.label().to_owned();
        if let Some(it) = &self.filed_as {
            words.push_str(&format!("，备案为{}", it.label));
        }
        if let Some(it) = &self.supervisor {
            words.push_str(&format!("，监管服务：{it}"));
        }
        words
    }
}

impl Routes {
    /// What follows from the answers.
    pub fn route(&self, answers: &FilingAnswers) -> Routing {
        let path = self.path(answers);
        let mut found = OpenRouting { routes: self, answers, path: &path, outcome: Routing::default() };
        // a path with an open question at its end has no cases; one without questions has an empty case, which is none
        for case in cases(&path).iter().filter(|it| !it.is_empty()) {
            if let Some(row) = self.row_of(case) {
                found.file(row, self.supervisor_of(case));
            }
        }
        found.done()
    }

    /// The row that holds; the first, should there be several.
    pub fn row_of(&self, case: &Case<'_>) -> Option<usize> {
        self.rows.iter().position(|it| it.when.holds(case))
    }

    pub fn supervisor_of(&self, case: &Case<'_>) -> Option<usize> {
        self.supervisors.iter().position(|it| it.when.holds(case))
    }

    /// The text with the names of places in it; where none is named, with the word for what was asked.
    pub fn fill(&self, text: &str, answers: &FilingAnswers) -> String {
        let mut filled = text.to_owned();
        for question in self.questions.iter().filter(|it| it.is_place()) {
            let slot = format!("{{{}}}", question.id);
            if filled.contains(&slot) {
                let named = authorities(&places(&self.known, question, answers)).join("、");
                filled = filled.replace(&slot, if named.is_empty() { &question.name } else { &named });
            }
        }
        filled
    }
}

/// An outcome being put together.
struct OpenRouting<'r> {
    routes: &'r Routes,
    answers: &'r FilingAnswers,
    path: &'r Path<'r>,
    outcome: Routing,
}

impl OpenRouting<'_> {
    fn file(&mut self, at: usize, supervised: Option<usize>) {
        let (routes, row) = (self.routes, &self.routes.rows[at]);
        let by = supervised.map(|it| &routes.supervisors[it]);
        let code = row.code.as_ref().and_then(|it| routes.code(it));
        self.cite(&row.clauses, &row.readings);
        if let Some(it) = code {
            self.cite(std::slice::from_ref(&it.clause), &it.readings);
        }
        if let Some(it) = by {
            self.cite(&it.clauses, &it.readings);
        }
        let filing = Filing {
            row: at,
            supervised,
            route: row.route,
            filed_as: row.filed_as.clone(),
            class_code: code.map(|it| it.letter.clone()),
            class_code_printed: code.is_some_and(|it| it.letter_by == LetterBy::Printed),
            tenth_digit: code.and_then(|it| it.tenth.clone()),
            supervisor: by.and_then(|it: &Supervisor| it.by.as_ref()).map(|it| self.fill(it)),
            rubrics: row.rubrics.clone(),
            contacts: row.contacts.clone(),
            local_contacts: self.local_contacts(),
            steps: self.steps(row),
        };
        self.outcome.filings.push(filing);
        for candidate in &row.candidates {
            self.candidates(candidate);
        }
    }

    fn steps(&mut self, row: &Branch) -> Vec<FilingStep> {
        let routes = self.routes;
        let mut steps = Vec::new();
        if let Some(it) = &row.unclear {
            let text = format!("待确认：{}，请向{}确认", it.say, it.ask);
            steps.push(FilingStep {
                id: String::new(),
                text,
                clause: row.clauses.first().cloned(),
                readings: Vec::new(),
            });
        }
        steps.extend(self.unlisted());
        for id in row.steps.iter().chain(&routes.always.steps) {
            let Some(step) = routes.steps.iter().find(|it| it.id == *id) else { continue };
            self.cite(step.clause.as_slice(), &step.readings);
            steps.push(FilingStep { text: self.fill(&step.text), ..step.clone() });
        }
        steps
    }

    /// The questions for a place on the path.
    fn asked_places(&self) -> impl Iterator<Item = &Question> {
        self.path.iter().map(|it| it.0).filter(|it| it.is_place())
    }

    /// A place that the list does not have counts as it was typed, which the person should know.
    fn unlisted(&self) -> Vec<FilingStep> {
        let asked = self.asked_places().flat_map(|question| {
            let named = places(&self.routes.known, question, self.answers).into_iter();
            named.filter(|it| !it.listed).map(move |place| FilingStep {
                id: String::new(),
                text: unlisted(&self.routes.known, &place),
                clause: Some(question.clause.clone()),
                readings: Vec::new(),
            })
        });
        asked.collect()
    }

    fn local_contacts(&self) -> Vec<String> {
        let (routes, answers) = (self.routes, self.answers);
        let named: Vec<_> = self.asked_places().flat_map(|it| places(&routes.known, it, answers)).collect();
        let here = |place: &String| named.iter().any(|it| it.authority == *place);
        let local = routes.contacts.iter().filter(|it| it.place.as_ref().is_some_and(here));
        local.map(|it| it.id.clone()).collect()
    }

    /// `{insured_in}` stands for all places that were named.
    fn candidates(&mut self, candidate: &str) {
        let (routes, answers) = (self.routes, self.answers);
        let question = routes.questions.iter().find(|it| it.is_place() && format!("{{{}}}", it.id) == candidate);
        match question {
            Some(question) => {
                self.fill(candidate);
                let named = places(&routes.known, question, answers);
                self.outcome.candidates.extend(authorities(&named).into_iter().map(str::to_owned));
            }
            None => self.outcome.candidates.push(candidate.to_owned()),
        }
    }

    /// Fills the text, and cites what is to be said about the places that it names.
    fn fill(&mut self, text: &str) -> String {
        for question in self.routes.questions.iter().filter(|it| text.contains(&format!("{{{}}}", it.id))) {
            let named = places(&self.routes.known, question, self.answers);
            let named = authorities(&named);
            let noted =
                self.routes.places.iter().filter(|place| place.names.iter().any(|it| named.contains(&it.as_str())));
            for place in noted.collect::<Vec<_>>() {
                self.cite(&[], &place.readings);
            }
        }
        self.routes.fill(text, self.answers)
    }

    fn cite(&mut self, clauses: &[String], readings: &[String]) {
        self.outcome.clauses.extend_from_slice(clauses);
        self.outcome.readings.extend_from_slice(readings);
    }

    fn done(mut self) -> Routing {
        if self.outcome.filings.is_empty() {
            return self.outcome;
        }
        let routes = self.routes;
        self.cite(&routes.always.clauses, &routes.always.readings);
        for (question, _) in self.path.iter().filter(|it| 1 < it.1.len()) {
            self.cite(&[], &question.together);
        }
        let cited = &self.outcome.clauses;
        let clauses = routes.clauses.iter().filter(|it| cited.contains(it)).cloned().collect();
        let mut readings: Vec<String> = Vec::new();
        for reading in self.outcome.readings {
            let at = readings.partition_point(|other| *other < reading);
            if readings.get(at) != Some(&reading) {
                readings.insert(at, reading);
            }
        }
        Routing { clauses, readings, ..self.outcome }
    }
}

/// What to do about a place that the list does not have.
pub fn unlisted(known: &Places, place: &NamedPlace) -> String {
    let NamedPlace { name, authority, .. } = place;
    if authority.is_empty() {
        format!("“{name}”不是省辖市或省直管县（市），按不明确处理，请核对")
    } else if authority == name {
        format!("“{name}”不在{}的地名名单上，请核对", known.region())
    } else {
        format!("“{name}”不在{}的地名名单上，按{authority}处理，请核对", known.region())
    }
}
