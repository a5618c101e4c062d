//! Are the rules of filing sound? Everything that is cited must be there, and every path must come to exactly one row.

use std::collections::BTreeSet;

use crate::rubric::{Edition, Unsound};

use super::walk::cases;
use super::{APPLICANT, Case, MOST_QUESTIONS, Question, QuestionKind, Route, Routes, SEATS, UNCLEAR, When};

/// A place in the file; things are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoutesPlace {
    File,
    Always,
    Elsewhere,
    Question(usize),
    Row(usize),
    Supervisor(usize),
    Code(usize),
    Step(usize),
    Place(usize),
    Contact(usize),
}

/// All that is wrong; nothing where the rules are sound. What only follows from a name that does not exist is not told.
pub fn check(routes: &Routes, edition: &Edition) -> Vec<Unsound<RoutesPlace>> {
    let mut found = RoutesChecker { routes, edition, found: Vec::new() };
    found.names();
    found.questions();
    found.table();
    found.rest();
    if found.found.is_empty() {
        found.paths();
    }
    found.found
}

struct RoutesChecker<'r> {
    routes: &'r Routes,
    edition: &'r Edition,
    found: Vec<Unsound<RoutesPlace>>,
}

impl<'r> RoutesChecker<'r> {
    fn say(&mut self, place: RoutesPlace, message: String) {
        self.found.push(Unsound { place, message });
    }

    /// Every name is given once.
    fn names(&mut self) {
        let routes = self.routes;
        self.once(RoutesPlace::Question, routes.questions.iter().map(|it| &it.id));
        self.once(RoutesPlace::Row, routes.rows.iter().map(|it| &it.id));
        self.once(RoutesPlace::Supervisor, routes.supervisors.iter().map(|it| &it.id));
        self.once(RoutesPlace::Code, routes.codes.iter().map(|it| &it.id));
        self.once(RoutesPlace::Step, routes.steps.iter().map(|it| &it.id));
        self.once(RoutesPlace::Contact, routes.contacts.iter().map(|it| &it.id));
    }

    fn once(&mut self, at: fn(usize) -> RoutesPlace, ids: impl Iterator<Item = &'r String>) {
        let mut seen = BTreeSet::new();
        for (i, id) in ids.enumerate() {
            if !seen.insert(id) {
                self.say(at(i), format!("`{id}` 出现了两次，每个编号只能用一次"));
            }
        }
    }

    fn questions(&mut self) {
        let routes = self.routes;
        for (i, question) in routes.questions.iter().enumerate() {
            let at = RoutesPlace::Question(i);
            let mut seen = BTreeSet::new();
            for option in question.options.iter().filter(|it| !seen.insert(&it.id)) {
                self.say(at, format!("`{}` 的选项 `{}` 出现了两次", question.id, option.id));
            }
            let needed: &[&str] = match question.kind {
                QuestionKind::One | QuestionKind::Many => &[],
                QuestionKind::YesNo => &["true", "false", UNCLEAR],
                QuestionKind::Place => &["one", UNCLEAR],
                QuestionKind::Places => &["one", "several", UNCLEAR],
            };
            if question.options.is_empty() || !needed.is_empty() && seen.iter().ne(BTreeSet::from_iter(needed)) {
                let needed =
                    if needed.is_empty() { "至少一个".to_owned() } else { format!(" {}", needed.join("、")) };
                self.say(at, format!("问题 `{}` 的选项应为{needed}", question.id));
            }
            if i == 0 && (question.kind != QuestionKind::One || !question.asked.is_empty()) {
                self.say(at, format!("第一个问题 `{}` 应是单选题 one，不写 `asked`", question.id));
            } else if i == 0 {
                self.applicants(at, question);
            }
            if question.is_place() && !SEATS.contains(&question.id.as_str()) {
                let message = format!(
                    "地点题的 `id` 只能是 {}，单位的所在地由它得出，现在是 `{}`",
                    SEATS.join("、"),
                    question.id
                );
                self.say(at, message);
            }
            for when in &question.asked {
                self.condition(at, when, &routes.questions[..i]);
            }
            self.clause(at, &question.clause);
            self.readings(at, question.readings.iter().chain(&question.together));
        }
    }

    /// The first question is who applies, which the home page asks: its options are the kinds of the edition.
    fn applicants(&mut self, at: RoutesPlace, question: &Question) {
        if question.id != APPLICANT {
            return self
                .say(at, format!("第一个问题的 `id` 应是 {APPLICANT}：是哪一类申请单位，现在是 `{}`", question.id));
        }
        let kinds = &self.edition.applicants;
        for kind in kinds.iter().filter(|it| question.option(&it.id).is_none()) {
            let message = format!("问题 `{APPLICANT}` 缺少选项 `{}`：edition.toml 列了{}，请补上", kind.id, kind.label);
            self.say(at, message);
        }
        for option in question.options.iter().filter(|it| self.edition.applicant(&it.id).is_none()) {
            let known: Vec<&str> = kinds.iter().map(|it| it.id.as_str()).collect();
            let message = format!(
                "问题 `{APPLICANT}` 的选项 `{}` 不是 edition.toml 列出的申请单位，只能是 {}",
                option.id,
                known.join("、")
            );
            self.found.push(Unsound { place: at, message });
        }
    }

    /// A condition must name a question that stands before this place, and options that the question has.
    fn condition(&mut self, at: RoutesPlace, when: &When, before: &[Question]) {
        for condition in &when.0 {
            let Some(question) = before.iter().find(|other| other.id == condition.question) else {
                self.say(at, format!("条件里的 `{}` 不是前面的任何一个问题，请核对", condition.question));
                continue;
            };
            for id in condition.options.iter().filter(|id| question.option(id).is_none()) {
                self.say(at, format!("条件里的 `{id}` 不是问题 `{}` 的选项，请核对", question.id));
            }
        }
    }

    fn table(&mut self) {
        let routes = self.routes;
        for (i, row) in routes.rows.iter().enumerate() {
            let at = RoutesPlace::Row(i);
            self.condition(at, &row.when, &routes.questions);
            match (row.route, &row.unclear) {
                (Route::Unclear, None) => {
                    self.say(at, format!("`{}` 是待确认，请用 `unclear` 写明什么待确认、向谁确认", row.id));
                }
                (Route::Provincial | Route::Local | Route::ProvincialOnLocalRecommendation, Some(_)) => {
                    self.say(at, format!("`{}` 不是待确认，不应写 `unclear`", row.id));
                }
                (Route::Unclear, Some(_)) | (_, None) => {}
            }
            for candidate in &row.candidates {
                if candidate.starts_with('{') {
                    self.slots(at, candidate);
                } else if !Route::ALL.iter().any(|route| route.name() == candidate) {
                    self.say(at, format!("`candidates` 里的 `{candidate}` 不是备案路径，也不是花括号里的地点题"));
                }
            }
            if let Some(id) = row.code.as_ref().filter(|id| routes.code(id).is_none()) {
                self.say(at, format!("没有 `{id}` 这一种赋码，请核对 `code`"));
            }
            for annex in &row.rubrics {
                if !self.edition.rubrics.iter().any(|it| it.annex == *annex) {
                    self.say(at, format!("没有附件{annex}的评估要点，请核对 `rubrics`"));
                }
            }
            for id in row.contacts.iter().filter(|id| routes.contact(id).is_none()) {
                self.say(at, format!("没有 `{id}` 这一组联系人，请核对 `contacts`"));
            }
            self.steps(at, &row.steps);
            self.clauses(at, &row.clauses);
            self.readings(at, row.readings.iter());
        }
        for (i, supervisor) in routes.supervisors.iter().enumerate() {
            let at = RoutesPlace::Supervisor(i);
            self.condition(at, &supervisor.when, &routes.questions);
            self.slots(at, supervisor.by.as_deref().unwrap_or_default());
            self.clauses(at, &supervisor.clauses);
            self.readings(at, supervisor.readings.iter());
        }
    }

    fn rest(&mut self) {
        let routes = self.routes;
        self.steps(RoutesPlace::Always, &routes.always.steps);
        self.clauses(RoutesPlace::Always, &routes.always.clauses);
        self.readings(RoutesPlace::Always, routes.always.readings.iter());
        self.clause(RoutesPlace::Elsewhere, &routes.elsewhere.clause);
        self.readings(RoutesPlace::Elsewhere, routes.elsewhere.readings.iter());
        for (i, code) in routes.codes.iter().enumerate() {
            if code.letter.len() != 1 || !code.letter.bytes().all(|it| it.is_ascii_uppercase()) {
                self.say(RoutesPlace::Code(i), format!("`letter` 应为一个大写字母，现在是 `{}`", code.letter));
            }
            if code.tenth.is_some() && code.tenth_range().is_none() {
                self.say(RoutesPlace::Code(i), "`tenth` 应为一个数字或一段，如 9、0-8".to_owned());
            }
            self.clause(RoutesPlace::Code(i), &code.clause);
            self.readings(RoutesPlace::Code(i), code.readings.iter());
        }
        for (i, step) in routes.steps.iter().enumerate() {
            self.slots(RoutesPlace::Step(i), &step.text);
            self.clauses(RoutesPlace::Step(i), step.clause.as_slice());
            self.readings(RoutesPlace::Step(i), step.readings.iter());
        }
        for (i, place) in routes.places.iter().enumerate() {
            self.readings(RoutesPlace::Place(i), place.readings.iter());
        }
        for (i, contact) in routes.contacts.iter().enumerate() {
            self.clause(RoutesPlace::Contact(i), &contact.clause);
            let named = contact.place.iter().find(|it| !routes.known.has_authority(it));
            if let Some(place) = named {
                let message = format!("`place` 写的 `{place}` 不是 places.toml 里的省辖市、省直管县（市），请核对");
                self.say(RoutesPlace::Contact(i), message);
            }
        }
    }

    /// What stands in braces is a question for a place.
    fn slots(&mut self, at: RoutesPlace, text: &str) {
        for piece in text.split('{').skip(1) {
            let id = piece.split('}').next().unwrap_or_default();
            if !self.routes.question(id).is_some_and(Question::is_place) {
                self.say(at, format!("花括号里的 `{id}` 不是地点题，请核对"));
            }
        }
    }

    fn steps(&mut self, at: RoutesPlace, ids: &[String]) {
        for id in ids.iter().filter(|id| !self.routes.steps.iter().any(|it| it.id == **id)) {
            self.say(at, format!("没有 `{id}` 这一个步骤，请核对 `steps`"));
        }
    }

    fn clauses(&mut self, at: RoutesPlace, clauses: &[String]) {
        clauses.iter().for_each(|it| self.clause(at, it));
    }

    fn clause(&mut self, at: RoutesPlace, clause: &String) {
        if !self.routes.clauses.contains(clause) {
            self.say(at, format!("条款 `{clause}` 不在文件开头的 `clauses` 里，请核对，或按先后补上"));
        }
    }

    fn readings<'i>(&mut self, at: RoutesPlace, ids: impl Iterator<Item = &'i String>) {
        for id in ids {
            if !self.edition.readings.iter().any(|it| it.id == *id) {
                self.say(at, format!("没有解读 `{id}`，请核对编号，或在 readings.toml 里补上"));
            }
        }
    }

    /// Every question is asked on some path, no path is too long, and each case comes to one row.
    fn paths(&mut self) {
        let routes = self.routes;
        let paths = routes.paths();
        if let Some(path) = paths.iter().find(|it| MOST_QUESTIONS < it.len()) {
            let names: Vec<_> = path.iter().map(|it| it.0.id.as_str()).collect();
            let at = routes.questions.iter().position(|question| Some(&question.id) == path.last().map(|it| &it.0.id));
            let message =
                format!("一条路径最多问 {MOST_QUESTIONS} 个问题，这里已有 {}：{}", path.len(), names.join("、"));
            return self.say(RoutesPlace::Question(at.unwrap_or_default()), message);
        }
        for (i, question) in routes.questions.iter().enumerate() {
            if !paths.iter().any(|path| path.iter().any(|it| it.0.id == question.id)) {
                self.say(RoutesPlace::Question(i), format!("没有哪条路径会问到 `{}`，请核对 `asked`", question.id));
            }
        }
        let single = paths.iter().filter(|path| path.iter().all(|it| it.1.len() == 1));
        let all: Vec<_> = single.flat_map(cases).collect();
        let rows: Vec<_> = routes.rows.iter().map(|it| (&it.id, &it.when)).collect();
        self.one_row_each(&all, &rows, RoutesPlace::Row);
        let supervisors: Vec<_> = routes.supervisors.iter().map(|it| (&it.id, &it.when)).collect();
        self.one_row_each(&all, &supervisors, RoutesPlace::Supervisor);
    }

    fn one_row_each(&mut self, all: &[Case<'_>], rows: &[(&String, &When)], at: fn(usize) -> RoutesPlace) {
        for case in all.iter().filter(|case| !rows.iter().any(|row| row.1.holds(case))) {
            let said: Vec<_> = case.iter().map(|it| format!("{} = {}", it.0.id, it.1.id)).collect();
            // a row that is missing has no line: this is told where the table begins
            self.say(at(0), format!("这张表里没有哪一行符合这样的回答：{}，请补上", said.join("，")));
        }
        for (i, (id, when)) in rows.iter().enumerate() {
            let mine: Vec<_> = all.iter().filter(|case| when.holds(case)).collect();
            let earlier = |case: &&Case<'_>| rows[..i].iter().find(|row| row.1.holds(case)).map(|row| row.0);
            let taken: Vec<_> = mine.iter().filter_map(earlier).collect();
            if mine.is_empty() {
                self.say(at(i), format!("没有哪种回答会到 `{id}` 这一行，请核对条件"));
            } else if taken.len() == mine.len() {
                self.say(at(i), format!("到不了 `{id}` 这一行，前面的 `{}` 已包括它的全部情形", taken[0]));
            } else if let Some(other) = taken.first() {
                self.say(at(i), format!("`{id}` 和 `{other}` 两行有相同的情形，请把条件分开"));
            }
        }
    }
}
