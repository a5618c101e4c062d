//! What an applicant has answered so far.

/// 不清楚: the answer to a place or to yes and no that is not known. It is an answer; a question without any pair is
/// unanswered.
pub const UNCLEAR: &str = "?";

/// Pairs of question and value, sorted by question; several pairs of one question are several values, in the order in
/// which they were given. A place is written as the applicant writes it. Equal answers are equal lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilingAnswers(pub Vec<(String, String)>);

impl FilingAnswers {
    /// The first value.
    pub fn get(&self, question: &str) -> Option<&str> {
        self.0.iter().find(|it| it.0 == question).map(|it| it.1.as_str())
    }

    pub fn all<'a>(&'a self, question: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |it| it.0 == question).map(|it| it.1.as_str())
    }

    /// Answers with this value alone; `None` takes the answer back.
    pub fn set(&mut self, question: &str, value: Option<&str>) {
        self.0.retain(|it| it.0 != question);
        if let Some(value) = value {
            self.add(question, value);
        }
    }

    /// Adds this value to the others; where it is among them, takes it away.
    pub fn toggle(&mut self, question: &str, value: &str) {
        let n = self.0.len();
        self.0.retain(|it| it.0 != question || it.1 != value);
        if self.0.len() == n {
            self.add(question, value);
        }
    }

    fn add(&mut self, question: &str, value: &str) {
        let at = self.0.partition_point(|it| it.0.as_str() <= question);
        self.0.insert(at, (question.to_owned(), value.to_owned()));
    }
}
