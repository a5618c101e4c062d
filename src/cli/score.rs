//! `ziping score`: one sheet a line in, one result a line out, in the same order, however long the file.

mod answer;
mod input;
mod output;

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::thread;

use crate::rubric::{Edition, Rubric};
use crate::score::{Answers, score};

use super::lines::{LineError, Tally};

pub use answer::read_answers;
pub(super) use answer::{in_measure, is_whole};
pub(super) use input::Value as AnswerValue;
use input::{Entry, SheetIn};
use output::Writer;
pub(super) use output::write_error;

/// As much as is read before the next results are written.
const BLOCK: usize = 4 << 20;
/// Below this a second thread costs more than it brings.
const SHARE: usize = 128 << 10;

/// Scores every line of `input`; blank lines are skipped. `progress` is told the bytes read so far.
///
/// # Errors
/// Reading or writing fails. A line that breaks a rule is no error: its result says so, and the others are scored.
pub fn score_lines(
    editions: &[Edition],
    explain: bool,
    mut input: impl Read,
    mut output: impl Write,
    mut progress: impl FnMut(u64),
) -> io::Result<Tally> {
    let scorer = Scorer::new(editions, explain);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let (mut tally, mut read, mut at_start) = (Tally::default(), 0, true);
    let mut pending = Vec::new();
    let mut block = vec![0; BLOCK];
    loop {
        let n = match input.read(&mut block) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        pending.extend_from_slice(&block[..n]);
        read += n as u64;
        if at_start {
            // a mark of three bytes may come in pieces, and stands at the start or nowhere
            if pending.len() < 3 && n != 0 {
                continue;
            }
            at_start = false;
            if pending.starts_with(b"\xef\xbb\xbf") {
                pending.drain(..3);
            }
        }
        let whole =
            if n == 0 { pending.len() } else { pending.iter().rposition(|it| *it == b'\n').map_or(0, |it| it + 1) };
        for (out, part) in scorer.in_parallel(&pending[..whole], threads) {
            output.write_all(&out)?;
            tally.lines += part.lines;
            tally.refused += part.refused;
        }
        output.flush()?;
        pending.drain(..whole);
        progress(read);
        if n == 0 {
            return Ok(tally);
        }
    }
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

    /// Scores whole lines, in pieces side by side; the pieces come back in order.
    fn in_parallel(&self, lines: &[u8], threads: usize) -> Vec<(Vec<u8>, Tally)> {
        let share = (lines.len() / threads).max(SHARE);
        let mut pieces = Vec::new();
        let mut rest = lines;
        while share < rest.len() {
            let Some(end) = rest[share..].iter().position(|it| *it == b'\n') else { break };
            let (piece, after) = rest.split_at(share + end + 1);
            pieces.push(piece);
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(rest);
        }
        if let [only] = pieces[..] {
            return vec![self.piece(only)];
        }
        thread::scope(|scope| {
            let running: Vec<_> = pieces.into_iter().map(|it| scope.spawn(move || self.piece(it))).collect();
            running.into_iter().map(|it| it.join().expect("scoring does not panic")).collect()
        })
    }

    fn piece(&self, lines: &[u8]) -> (Vec<u8>, Tally) {
        let mut out = Vec::with_capacity(lines.len() * 2);
        let (mut tally, mut answers) = (Tally::default(), Answers::default());
        for line in lines.split(|it| *it == b'\n').filter(|it| !it.trim_ascii().is_empty()) {
            tally.lines += 1;
            let mut id = None;
            if let Err(error) = self.line(line, &mut id, &mut answers, &mut out) {
                tally.refused += 1;
                write_error(&mut out, id, &error);
            }
        }
        (out, tally)
    }

    fn line<'l>(
        &self,
        line: &'l [u8],
        id: &mut Option<&'l str>,
        answers: &mut Answers,
        out: &mut Vec<u8>,
    ) -> Result<(), LineError> {
        let writer = self.read(line, self.newest, id, answers)?;
        let report = score(writer.rubric, answers);
        writer.write(out, *id, &report, self.explain.then_some(answers));
        Ok(())
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
        let mut entries: Vec<Entry<'_>> = Vec::with_capacity(64);
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

/// The row of a rubric by `2-4`.
pub(super) fn row_number(rubric: &Rubric, id: &str) -> Option<u16> {
    let (annex, number) = id.split_once('-')?;
    let number: u16 = number.parse().ok().filter(|_| !number.starts_with(['0', '+']))?;
    (annex.parse() == Ok(rubric.annex) && annex.len() == 1).then_some(number)
}
