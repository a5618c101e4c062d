//! `ziping score`: one sheet a line in, one result a line out, in the same order, however long the file.

mod answer;
mod input;
mod output;
mod quick;

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use crate::rubric::{Edition, Rubric};
use crate::score::{Answers, score};

use super::json::id_of;
use super::lines::{Answering, LineError, Tally, answer_lines, refuse};

pub use answer::read_answers;
pub(super) use answer::{in_measure, in_rule, is_whole};
pub(super) use input::AnswerValue;
use input::{AnswerEntry, SheetIn};
use output::Writer;
pub(super) use output::digits;
use quick::{QuickLine, is_meant};

/// Scores every line of `input`, a sheet each. `progress` is told the bytes read so far.
///
/// # Errors
/// Reading or writing fails. A line that breaks a rule is no error: its result says so, and the others are scored.
pub fn score_lines(
    editions: &[Edition],
    explain: bool,
    input: impl Read,
    output: impl Write,
    progress: impl FnMut(u64),
) -> io::Result<Tally> {
    answer_lines(None, input, output, progress, Scorer::new(editions, explain).worker())
}

/// The rubrics, prepared for many sheets.
pub(super) struct Scorer<'r> {
    rubrics: BTreeMap<(&'r str, u8), Writer<'r>>,
    pub newest: &'r str,
    explain: bool,
}

impl<'r> Scorer<'r> {
    pub fn new(editions: &'r [Edition], explain: bool) -> Scorer<'r> {
        let all = editions.iter().flat_map(|edition| edition.rubrics.iter().map(move |rubric| (edition, rubric)));
        let rubrics = all.map(|(edition, rubric)| ((edition.id.as_str(), rubric.annex), Writer::new(edition, rubric)));
        Scorer { rubrics: rubrics.collect(), newest: editions.first().map_or("", |it| &it.id), explain }
    }

    /// What answers lines one after the other.
    pub fn worker<'s>(&'s self) -> impl Fn() -> Answering<'s> + Sync {
        move || {
            let mut answers = Answers::default();
            Box::new(move |line, place, out| {
                let mut id = None;
                match self.line(line, &mut id, &mut answers, out) {
                    Ok(()) => Tally::ANSWERED,
                    Err(error) => refuse(out, place, id.or_else(|| id_of(line)), &error),
                }
            })
        }
    }

    fn line<'l>(
        &self,
        line: &'l [u8],
        id: &mut Option<&'l str>,
        answers: &mut Answers,
        out: &mut Vec<u8>,
    ) -> Result<(), LineError> {
        let writer = match self.quick(line, id, answers) {
            Some(writer) => writer,
            None => {
                *id = None;
                self.read(line, self.newest, id, answers)?
            }
        };
        let report = score(writer.rubric, answers);
        writer.write(out, *id, &report, self.explain.then_some(answers));
        Ok(())
    }

    /// Reads a sheet that is written in the usual way and breaks no rule.
    fn quick<'l>(&self, line: &'l [u8], id: &mut Option<&'l str>, answers: &mut Answers) -> Option<&Writer<'r>> {
        let (mut line, head) = QuickLine::read(line)?;
        let writer = self.rubrics.values().find(|it| is_meant(it.edition, it.rubric, &head, self.newest))?;
        *id = head.id;
        answers.reset();
        writer.quick.read(&mut line, answers)?;
        line.end()?;
        Some(writer)
    }

    /// Reads a sheet; `edition` is meant where the line names none.
    ///
    /// # Errors
    /// What is wrong with the line.
    pub fn read<'l>(
        &self,
        line: &'l [u8],
        edition: &str,
        id: &mut Option<&'l str>,
        answers: &mut Answers,
    ) -> Result<&Writer<'r>, LineError> {
        let mut entries: Vec<AnswerEntry<'_>> = Vec::with_capacity(64);
        let sheet = SheetIn::read(line, id, &mut entries)?;
        let writer = self.find(&sheet, edition)?;
        answers.reset();
        answer::fill(writer.rubric, &entries, answers)?;
        Ok(writer)
    }

    fn find(&self, sheet: &SheetIn<'_>, edition: &str) -> Result<&Writer<'r>, LineError> {
        let edition = sheet.edition.as_deref().unwrap_or(edition);
        if !self.rubrics.keys().any(|(id, _)| *id == edition) {
            let message = format!("没有版本 `{edition}`，现有：{}", self.known(|it| it.0.to_owned()));
            return Err(LineError { code: "unknown_edition", path: "edition".to_owned(), message });
        }
        let annex = sheet.rubric.parse().ok().filter(|it: &u8| it.to_string() == sheet.rubric);
        let found = self.rubrics.iter().find(|((id, it), _)| *id == edition && Some(*it) == annex);
        found.map(|(_, writer)| writer).ok_or_else(|| LineError {
            code: "unknown_rubric",
            path: "rubric".to_owned(),
            message: format!("没有附件 `{}`，现有：{}", sheet.rubric, self.known(|it| it.1.to_string())),
        })
    }

    fn known(&self, name: impl Fn(&(&str, u8)) -> String) -> String {
        let mut names: Vec<_> = self.rubrics.keys().map(name).collect();
        names.dedup();
        names.join("、")
    }
}

/// The number in the id of a row: 4 for `2-4` in annex 2. `None` for an id of another annex.
pub(super) fn row_number(rubric: &Rubric, id: &str) -> Option<u16> {
    let (annex, number) = id.split_once('-')?;
    let number: u16 = number.parse().ok().filter(|_| !number.starts_with(['0', '+']))?;
    (annex.parse() == Ok(rubric.annex) && annex.len() == 1).then_some(number)
}
