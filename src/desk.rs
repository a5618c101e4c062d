//! 汇总: the records of many units in one table, for a county centre. What cannot be opened is listed beside it.
//!
//! Every piece that came in ends up as entries or among the unopened; none is lost. The same texts in the same order
//! give the same desk.

mod column;
mod entry;
mod failing;
mod filter;
mod repeats;
mod tables;

use std::collections::VecDeque;
use std::fmt;

use crate::carrier::{InPart, Known, Record, Unreadable, first_pieces, no_text, pieces, read_in_part};
use crate::dossier::cleaned_text;

pub use column::DeskColumn;
pub use entry::{Entry, Standing, route_in_words};
pub use failing::{Failing, RowResult};
pub use filter::Filter;
use repeats::KeptRepeats;
pub use repeats::{Age, Repeat, Repeated};

/// The desk: what was opened, what could not be, and what is still waiting.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Desk {
    /// One for each sheet of each record, in the order in which they came.
    pub entries: Vec<Entry>,
    pub unopened: Vec<Unopened>,
    /// How many records were opened.
    pub n_records: usize,
    unread: VecDeque<Unread>,
    waiting: VecDeque<Waiting>,
    n_pieces: usize,
    kept: KeptRepeats,
}

/// A piece that is still to be opened.
#[derive(Clone, Debug, PartialEq)]
struct Waiting {
    from: Origin,
    text: String,
    /// It looks like a code, a link or a file.
    is_ours: bool,
}

/// A text that is not looked at yet, or not all of it.
#[derive(Clone, Debug, PartialEq)]
struct Unread {
    /// Its source, and how many pieces and lines of it are behind us.
    from: Origin,
    text: String,
    at: usize,
}

/// Where something came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Name of the file, or the page's name for a text that was pasted.
    pub source: String,
    /// Which code, link or file of the source, from 1.
    pub piece: usize,
    /// The line on which it begins, from 1.
    pub line: usize,
}

/// A piece, or a sheet of one, that did not become an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Unopened {
    pub from: Origin,
    /// How the text begins, on one line; the unit, where that much is known.
    pub beginning: String,
    pub reason: WhyUnopened,
}

/// Why something did not become an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyUnopened {
    Unreadable(Unreadable),
    /// The file was opened, but for this.
    OfFile(String),
    /// A whole record in which no sheet was begun.
    NoSheet,
    /// A sheet of an annex that its edition does not have.
    NoRubric {
        annex: u8,
    },
    /// The desk is full.
    Full,
}

/// How many pieces of what was added have been opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub of: usize,
}

/// The most sheets on a desk: more than a province has, and no more than a browser can still show.
pub const MOST: usize = 20_000;
/// How many characters of an unopened text are shown.
const BEGINNING: usize = 40;

impl Desk {
    /// Adds a text, which [`Desk::step`] will open. Returns how many pieces it has; a text without any code, link or
    /// file counts as one piece, which cannot be opened.
    pub fn add(&mut self, source: &str, text: &str) -> usize {
        let source = cleaned_text(source.to_owned());
        let mut pieces = pieces(text);
        let is_ours = !pieces.is_empty();
        if !is_ours {
            pieces.push((1, text.to_owned()));
        }
        let n_pieces = pieces.len();
        for (n, (line, text)) in (1..).zip(pieces) {
            self.waiting.push_back(Waiting { from: Origin { source: source.clone(), piece: n, line }, text, is_ours });
        }
        self.n_pieces += n_pieces;
        n_pieces
    }

    /// The same for a text that may be long: [`Desk::step`] looks at it too, part by part.
    pub fn put(&mut self, source: &str, text: String) {
        let source = cleaned_text(source.to_owned());
        self.unread.push_back(Unread { from: Origin { source, piece: 0, line: 0 }, text, at: 0 });
    }

    /// Looks at the next part of what was [`put`](Desk::put).
    fn read_on(&mut self) {
        let Some(unread) = self.unread.front_mut() else { return };
        let (mut found, n, lines) = first_pieces(&unread.text[unread.at..]);
        let is_ours = !found.is_empty();
        let all = unread.at + n == unread.text.len();
        if all && !is_ours && unread.from.piece == 0 {
            found.push((1, std::mem::take(&mut unread.text)));
        }
        for (line, text) in found {
            unread.from.piece += 1;
            self.n_pieces += 1;
            let from = Origin { line: unread.from.line + line, ..unread.from.clone() };
            self.waiting.push_back(Waiting { from, text, is_ours });
        }
        unread.at += n;
        unread.from.line += lines;
        if all {
            self.unread.pop_front();
        }
    }

    /// Opens the next pieces, at most `most` of them, or fewer if they have many sheets. `known` is the same at every
    /// step.
    pub fn step(&mut self, known: Known<'_>, most: usize) -> Progress {
        if self.waiting.is_empty() {
            self.read_on();
            return self.progress();
        }
        let before = self.entries.len();
        for _ in 0..most.min(self.waiting.len()) {
            if most < self.entries.len() - before {
                break;
            }
            let Some(Waiting { from, text, is_ours }) = self.waiting.pop_front() else { break };
            let is_read = is_ours || no_text(&text).is_some();
            match if is_read { read_in_part(known, &text) } else { Err(Unreadable::Nothing) } {
                Ok(InPart { records, lost }) => {
                    self.n_records += records.len();
                    if records.is_empty() {
                        self.refuse(&from, &text, WhyUnopened::Unreadable(Unreadable::Nothing));
                    }
                    records.iter().for_each(|it| self.enter(known, &from, &text, it));
                    lost.into_iter().for_each(|it| self.refuse(&from, "", WhyUnopened::OfFile(it)));
                }
                Err(unreadable) => self.refuse(&from, &text, WhyUnopened::Unreadable(unreadable)),
            }
        }
        self.progress()
    }

    pub fn progress(&self) -> Progress {
        Progress { done: self.n_pieces - self.waiting.len(), of: self.n_pieces + self.unread.len() }
    }

    fn enter(&mut self, known: Known<'_>, from: &Origin, text: &str, record: &Record) {
        let dossier = &record.dossier;
        let Some(edition) = known.editions.iter().find(|it| it.id == dossier.edition) else {
            return self.refuse(from, text, WhyUnopened::Unreadable(Unreadable::UnknownEdition));
        };
        // one of many records in a file is best recognised by its unit
        let named = if dossier.unit.trim().is_empty() { text } else { &dossier.unit };
        if dossier.sheets.is_empty() {
            return self.refuse(from, named, WhyUnopened::NoSheet);
        }
        if MOST < self.entries.len() + dossier.sheets.len() {
            return self.refuse(from, named, WhyUnopened::Full);
        }
        let rules = known.rules.iter().find(|it| it.edition == edition.id);
        let route = rules.and_then(|it| route_in_words(it, dossier));
        for sheet in &dossier.sheets {
            match edition.rubric(sheet.annex) {
                Some(rubric) => {
                    let entry = Entry::new(from, record, rubric, sheet, rules);
                    self.kept = KeptRepeats::default();
                    self.entries.push(Entry { route: route.clone(), ..entry });
                }
                None => self.refuse(from, named, WhyUnopened::NoRubric { annex: sheet.annex }),
            }
        }
    }

    fn refuse(&mut self, from: &Origin, text: &str, reason: WhyUnopened) {
        let one_line = text.split_whitespace().flat_map(|it| [" ", it]).skip(1).flat_map(str::chars);
        // twice as many characters are taken, because control characters are removed from them; of a binary file
        // nothing is shown
        let one_line = one_line.take(if no_text(text).is_some() { 0 } else { 2 * BEGINNING });
        let mut beginning = cleaned_text(one_line.collect());
        if let Some((cut, _)) = beginning.char_indices().nth(BEGINNING) {
            beginning.truncate(cut);
            beginning.push('…');
        }
        self.unopened.push(Unopened { from: from.clone(), beginning, reason });
    }
}

/// 第 3 条（第 12 行）.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第 {} 条（第 {} 行）", self.piece, self.line)
    }
}

/// For a person: what is wrong, or what is missing.
impl fmt::Display for WhyUnopened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WhyUnopened::Unreadable(it) => it.fmt(f),
            WhyUnopened::OfFile(it) => write!(f, "{it}，其余已打开"),
            WhyUnopened::NoSheet => write!(f, "记录完好，但里面没有自评表，请对方填写后重新发送"),
            WhyUnopened::Full => write!(f, "一张汇总表最多 {MOST} 张自评表，这份放不下，请分几次汇总"),
            WhyUnopened::NoRubric { annex } => write!(f, "其中一张自评表用的附件 {annex} 不在这个版本里，没有列入"),
        }
    }
}
