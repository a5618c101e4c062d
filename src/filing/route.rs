//! Who files where: questions, a decision table, and what follows from the answers.

mod answers;
mod check;
mod judge;
mod walk;
mod wire;

use super::place::Places;

pub use answers::{FilingAnswers, UNCLEAR};
pub use check::{RoutesPlace, check};
pub use judge::{Filing, Routing, unlisted};
pub use walk::{Case, Path, cases};

/// The most questions that a path asks.
pub const MOST_QUESTIONS: usize = 4;

/// `filing.toml`: 备案和监管服务 as data. The first question is the 申请单位.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Routes {
    /// Every clause that anything below cites, in the order of the documents.
    pub clauses: Vec<String>,
    pub questions: Vec<Question>,
    /// 备案: where, as what, with which papers. Exactly one row holds for every path.
    pub rows: Vec<Branch>,
    /// 监管服务: by whom. Exactly one holds for every path.
    pub supervisors: Vec<Supervisor>,
    pub codes: Vec<Code>,
    pub steps: Vec<FilingStep>,
    pub contacts: Vec<Contact>,
    pub places: Vec<NotedPlace>,
    pub always: Always,
    pub elsewhere: Elsewhere,
    /// `places.toml`.
    pub known: Places,
}

/// A question on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The fact's name in `ziping route`.
    pub id: String,
    pub kind: QuestionKind,
    /// The short word for what is asked: 单位社保登记地.
    pub name: String,
    pub text: String,
    pub hint: Option<String>,
    pub clause: String,
    /// Asked where one of these holds; always, where there is none.
    pub asked: Vec<When>,
    /// What can be answered. For a place: whether it is one, several, or not clear.
    pub options: Vec<QuestionOption>,
    /// Readings that concern the question.
    pub readings: Vec<String>,
    /// Readings that are added to an outcome where more than one option is chosen.
    pub together: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionKind {
    /// One of the options.
    One,
    /// Any of the options; the table is looked up once for each.
    Many,
    /// `true`, `false` or `?`.
    YesNo,
    /// A place in the applicant's words, or `?`.
    Place,
    /// One or more places, or `?`.
    Places,
}

/// One answer to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionOption {
    pub id: String,
    pub label: String,
    pub hint: Option<String>,
}

/// Holds where all of these conditions hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct When(pub Vec<Condition>);

/// The question is answered with one of the options.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    pub question: String,
    pub options: Vec<String>,
}

/// 备案: one row of the decision table.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    pub id: String,
    pub when: When,
    pub route: Route,
    /// Only with [`Route::Unclear`].
    pub unclear: Option<Unclear>,
    /// What it may be: names of routes, or `{question}` for the places that were named.
    pub candidates: Vec<String>,
    pub filed_as: Option<FiledAs>,
    /// Id of a [`Code`]; none where the text assigns none.
    pub code: Option<String>,
    /// Numbers of the annexes to fill in.
    pub rubrics: Vec<u8>,
    pub contacts: Vec<String>,
    pub steps: Vec<String>,
    pub clauses: Vec<String>,
    pub readings: Vec<String>,
}

/// The questions for places whose answers say where a unit is.
pub const SEATS: [&str; 2] = ["place", "insured_in"];

/// The question that the home page asks: who applies.
pub const APPLICANT: &str = "applicant";

/// 备案路径.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Route {
    Provincial,
    Local,
    /// A provincial filing too, never a local one.
    ProvincialOnLocalRecommendation,
    Unclear,
}

impl Route {
    pub const ALL: [Route; 4] =
        [Route::Provincial, Route::ProvincialOnLocalRecommendation, Route::Local, Route::Unclear];

    /// The word for programs.
    pub fn name(self) -> &'static str {
        match self {
            Route::Provincial => "provincial",
            Route::Local => "local",
            Route::ProvincialOnLocalRecommendation => "provincial_on_local_recommendation",
            Route::Unclear => "unclear",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Route::Provincial => "省级备案",
            Route::Local => "属地备案",
            Route::ProvincialOnLocalRecommendation => "属地审核推荐的省级备案",
            Route::Unclear => "待确认",
        }
    }
}

/// What a body is filed as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FiledAs {
    /// The word for programs.
    pub id: String,
    /// In the words of the document.
    pub label: String,
}

/// 待确认: what the text leaves open, and who can say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unclear {
    pub say: String,
    pub ask: String,
}

/// 监管服务: by whom a filed body is supervised.
#[derive(Clone, Debug, PartialEq)]
pub struct Supervisor {
    pub id: String,
    pub when: When,
    /// None where the text does not say.
    pub by: Option<String>,
    pub clauses: Vec<String>,
    pub readings: Vec<String>,
}

/// 赋码, as far as the notice fixes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    pub id: String,
    /// For whom.
    pub name: String,
    /// 机构类别代码.
    pub letter: String,
    pub letter_by: LetterBy,
    /// 编码第10位: `9`, or `0-8` for a range; none where the text does not say.
    pub tenth: Option<String>,
    pub clause: String,
    pub readings: Vec<String>,
}

/// How we know a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterBy {
    /// 原文所印.
    Printed,
    /// 推定.
    Inferred,
}

/// Something to do or to wait for.
#[derive(Clone, Debug, PartialEq)]
pub struct FilingStep {
    pub id: String,
    pub text: String,
    pub clause: Option<String>,
    pub readings: Vec<String>,
}

/// 联系人, as printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Contact {
    pub id: String,
    pub name: String,
    /// When the list was printed.
    pub as_of: String,
    pub clause: String,
    pub people: Vec<Person>,
    /// The 省辖市 or 省直管县（市） whose people they are; none for those of the province, whom rows name.
    pub place: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub name: String,
    pub phone: String,
}

/// A place about which there is something to say wherever an outcome names it.
#[derive(Clone, Debug, PartialEq)]
pub struct NotedPlace {
    pub names: Vec<String>,
    pub readings: Vec<String>,
}

/// What is added to every outcome.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Always {
    pub clauses: Vec<String>,
    pub readings: Vec<String>,
    /// Steps after those of the row.
    pub steps: Vec<String>,
}

/// What the document says nothing about, for the check of a code.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Elsewhere {
    pub text: String,
    pub clause: String,
    pub readings: Vec<String>,
}

impl Routes {
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|it| it.id == id)
    }

    pub fn code(&self, id: &str) -> Option<&Code> {
        self.codes.iter().find(|it| it.id == id)
    }

    pub fn contact(&self, id: &str) -> Option<&Contact> {
        self.contacts.iter().find(|it| it.id == id)
    }
}

impl Question {
    pub fn option(&self, id: &str) -> Option<&QuestionOption> {
        self.options.iter().find(|it| it.id == id)
    }

    /// Is it answered with names of places?
    pub fn is_place(&self) -> bool {
        match self.kind {
            QuestionKind::Place | QuestionKind::Places => true,
            QuestionKind::One | QuestionKind::Many | QuestionKind::YesNo => false,
        }
    }
}
