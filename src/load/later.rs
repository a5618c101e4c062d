//! `later.toml`: documents that were issued after the edition. Nothing is scored by them; the places that they touch refer to
//! them, and what is known of each stands on the page of the register.

mod refer;

use std::fmt;

use crate::days::Day;
use crate::filing::route::Route;
use crate::filing::scope::LaterLevel;
use crate::filing::scope::levels::{NO_RANK, RANK_OF_1};
use crate::letters::narrow_digit;
use crate::rubric::{Applicant, Edition, LaterMark};

use super::edition::{kinds, word};
use super::notice::is_number;
use super::table::{Source, TomlTable};

pub use refer::later_refers;

/// A later document, as the edition's file has it.
pub struct LaterDocument {
    /// Where on the page of the register it stands: `2022-14` for 人社部发〔2022〕14号, its date where it has no number.
    pub id: String,
    pub title: String,
    /// 文号; empty where it has none, or nobody knows it.
    pub number: String,
    /// Empty where nobody knows it.
    pub issuer: String,
    pub date: LaterDate,
    pub certainty: Certainty,
    /// What is known of it, line by line.
    pub known: Vec<String>,
    /// Where it is officially published.
    pub address: Option<String>,
    pub touches: Touches,
    /// The levels that it has besides those of the edition, each with its line.
    pub levels: Vec<(usize, LaterLevel)>,
    /// The line of the file on which it begins.
    line: usize,
}

/// As far as the day is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct LaterDate {
    pub year: u16,
    /// 0 where it is not known; so is the day.
    pub month: u8,
    pub day: u8,
}

/// How surely we know what is told of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// The text of the issuer, or a public body's copy, was read, at least in part.
    Read,
    /// Several reports agree.
    Reported,
    /// One report, or only cited by others.
    Cited,
}

/// What a document touches. Levels are also those of the declaration, in its column of levels.
#[derive(Default)]
pub struct Touches {
    /// `1-13`.
    pub rows: Vec<String>,
    pub readings: Vec<String>,
    /// Headings of the declaration.
    pub columns: Vec<String>,
    pub levels: Vec<u16>,
    pub routes: Vec<Route>,
    pub applicants: Vec<Applicant>,
    /// The line of each key.
    lines: [usize; 4],
}

const CERTAINTIES: &[(&str, Certainty)] =
    &[("read", Certainty::Read), ("reported", Certainty::Reported), ("cited", Certainty::Cited)];

/// Below level 5 and above level 1.
const BEYOND: &[(&str, bool)] = &[("below", false), ("above", true)];
/// So many levels there can be on either side.
const MOST_BEYOND: u8 = 8;

impl Certainty {
    pub fn label(self) -> &'static str {
        match self {
            Certainty::Read => "发文机关网站或公共机构的文本，读过一部分",
            Certainty::Reported => "几处报道一致，原文未核对",
            Certainty::Cited => "只见一处报道或他处引用，原文未读",
        }
    }
}

impl Touches {
    pub fn is_empty(&self) -> bool {
        let Touches { rows, readings, columns, levels, routes, applicants, lines: _ } = self;
        let texts = [rows, readings, columns].iter().all(|it| it.is_empty());
        texts && levels.is_empty() && routes.is_empty() && applicants.is_empty()
    }
}

impl LaterDocument {
    /// What a place that it touches calls it.
    pub fn name(&self) -> String {
        if self.number.is_empty() { format!("《{}》", self.title) } else { self.number.clone() }
    }

    /// As it travels with the edition. `levels` is the heading of the column of levels, which everything about levels touches.
    fn mark(&self, edition: &Edition, levels: Option<&String>) -> LaterMark {
        let Touches { rows, readings, columns, routes, applicants, .. } = &self.touches;
        let applicants = applicants.iter().map(|it| edition.kind(*it).id.clone());
        let texts = rows.iter().chain(readings).chain(columns).cloned();
        let of_levels = !self.touches.levels.is_empty() || !self.levels.is_empty();
        let levels = levels.filter(|it| of_levels && !columns.contains(it)).cloned();
        let touches = texts.chain(routes.iter().map(|it| it.name().to_owned())).chain(applicants).chain(levels);
        LaterMark { id: self.id.clone(), name: self.name(), touches: touches.collect() }
    }
}

/// All of them as they travel with the edition; `columns` are the headings of the declaration.
pub fn marks(documents: &[LaterDocument], edition: &Edition, columns: &[String]) -> Vec<LaterMark> {
    documents.iter().map(|it| it.mark(edition, columns.get(3))).collect()
}

/// Reads the file of an edition, the latest document first. What is wrong with it, whatever other files hold, is told to `source`.
pub fn read_later(source: &Source<'_>, edition: &Edition) -> Vec<LaterDocument> {
    let parsed = source.parse();
    let mut table = TomlTable::document(source, parsed.get_ref());
    let mut documents: Vec<LaterDocument> = Vec::new();
    for mut entry in table.tables("document") {
        let line = entry.line;
        let mut read = document(&mut entry, edition);
        entry.end();
        let same = documents.iter().find(|it| it.name() == read.name() && !read.title.is_empty());
        if let Some(before) = same {
            let message = format!("{} 在第 {} 行已有一段，请并成一段", read.name(), before.line);
            table.say_at(line, message);
        }
        let of_id = |id: &str| documents.iter().any(|it| it.id == id);
        if let Some(n) = (2..).find(|n| !of_id(&numbered(&read.id, *n))).filter(|_| of_id(&read.id)) {
            read.id = numbered(&read.id, n);
        }
        documents.push(read);
    }
    table.end();
    ranked(&mut documents, source);
    documents.sort_by_key(|it| std::cmp::Reverse(it.date));
    documents
}

/// Another number may have the same digits.
fn numbered(id: &str, n: usize) -> String {
    format!("{id}-{n}")
}

fn document(entry: &mut TomlTable<'_>, edition: &Edition) -> LaterDocument {
    let line = entry.line;
    // the marks are put around it wherever it is shown
    let title = entry.need_filled("title");
    let bare = title.strip_prefix('《').and_then(|it| it.strip_suffix('》')).filter(|it| !it.contains(['《', '》']));
    let title = bare.map_or(title.clone(), str::to_owned);
    let number_line = entry.line_of("number");
    let number = entry.text("number").unwrap_or_default();
    if !number.is_empty() && !is_number(&number) {
        entry.say_at(
            number_line,
            format!("`number` 应为文号，如 人社部发〔2022〕14号，没有文号的不写，现在是 `{number}`"),
        );
    }
    let (date_line, dated) = (entry.line_of("date"), entry.has("date"));
    let written = entry.need_filled("date");
    let date = LaterDate::parse(&written);
    if date.is_none() && dated && !written.trim().is_empty() {
        let message = format!("`date` 应为印发的年、年月或年月日，如 2024、2022-03 或 2023-09-18，现在是 `{written}`");
        entry.say_at(date_line, message);
    }
    let certainty = word(entry, "certainty", CERTAINTIES).unwrap_or(Certainty::Cited);
    let known_line = entry.line_of("known");
    let known = entry.need_texts("known");
    if known.iter().any(|it| it.trim().is_empty()) {
        entry.say_at(known_line, "`known` 里有一句是空的，请填写或删去".to_owned());
    }
    let address_line = entry.line_of("address");
    let address = entry.text("address");
    if let Some(it) = address.as_deref().filter(|it| !is_address(it)) {
        let message =
            format!("`address` 应为官方网页的完整地址，以 https:// 或 http:// 开头，不知道的不写，现在是 `{it}`");
        entry.say_at(address_line, message);
    }
    let digits: Vec<&str> = number.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty()).collect();
    let date = date.unwrap_or_default();
    LaterDocument {
        id: if digits.is_empty() { date.iso() } else { digits.join("-") },
        title,
        number,
        issuer: entry.text("issuer").unwrap_or_default(),
        date,
        certainty,
        known,
        address,
        touches: entry.table("touches").map(|it| touches(it, edition)).unwrap_or_default(),
        levels: entry.tables("level").into_iter().map(level).collect(),
        line,
    }
}

fn touches(mut table: TomlTable<'_>, edition: &Edition) -> Touches {
    let lines = ["rows", "readings", "columns", "levels"].map(|it| table.line_of(it));
    let known: Vec<(&str, Route)> = Route::ALL.map(|it| (it.name(), it)).into();
    let levels = if table.has("levels") { table.need_wholes("levels") } else { Vec::new() };
    for level in levels.iter().filter(|it| !(1..=5).contains(*it)) {
        let message = format!("`levels` 里的 {level} 不是级别，只能是 5 至 1；此后才有的级别写 `[[document.level]]`");
        table.say_at(lines[3], message);
    }
    let touches = Touches {
        rows: table.texts("rows").unwrap_or_default(),
        readings: table.texts("readings").unwrap_or_default(),
        columns: table.texts("columns").unwrap_or_default(),
        levels,
        routes: words(&mut table, "routes", &known),
        applicants: words(&mut table, "applicants", &kinds(edition)),
        lines,
    };
    table.end();
    touches
}

/// A list of words out of a few.
fn words<T: Copy>(table: &mut TomlTable<'_>, key: &str, known: &[(&str, T)]) -> Vec<T> {
    let line = table.line_of(key);
    let mut found = Vec::new();
    let written = table.texts(key).unwrap_or_default();
    table.among(key, known.iter().map(|it| it.0));
    for written in written {
        match known.iter().find(|it| it.0 == written) {
            Some((_, it)) => found.push(*it),
            // the list of them could not be read, which is told
            None if known.is_empty() => {}
            None => {
                let all: Vec<&str> = known.iter().map(|it| it.0).collect();
                table.say_at(line, format!("`{key}` 里的 `{written}` 不认识，只能是 {}", all.join("、")));
            }
        }
    }
    found
}

/// A level whose rank is not known yet: 0 below the levels of the edition, 1 above them.
fn level(mut entry: TomlTable<'_>) -> (usize, LaterLevel) {
    let line = entry.line_of("names");
    let names = entry.need_texts("names");
    let begins = |name: &str| name.trim().chars().next().map(narrow_digit);
    if names.iter().any(|it| begins(it).is_none_or(|first| first.is_ascii_digit())) {
        entry.say_at(line, "`names` 里每个写法都应是文字，不能是空的，也不能以数字开头".to_owned());
    }
    let above = if entry.has("beyond") { word(&mut entry, "beyond", BEYOND) } else { None };
    entry.end();
    (line, LaterLevel { names, rank: above.map_or(NO_RANK, u8::from), document: String::new() })
}

/// Gives the levels their ranks, outwards from those of the edition, and the names of their documents.
fn ranked(documents: &mut [LaterDocument], source: &Source<'_>) {
    let (mut below, mut above) = (RANK_OF_1 - 4, RANK_OF_1);
    for document in documents {
        let name = document.name();
        for (line, level) in &mut document.levels {
            level.document.clone_from(&name);
            if level.rank == 0 {
                below -= 1;
                level.rank = below;
            } else if level.rank == 1 {
                above += 1;
                level.rank = above;
            }
            if above - RANK_OF_1 > MOST_BEYOND || RANK_OF_1 - 4 - below > MOST_BEYOND {
                return source.say(*line, format!("5级之下、1级之上的级别各最多写 {MOST_BEYOND} 个"));
            }
        }
    }
}

fn is_address(text: &str) -> bool {
    let after = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let odd = |letter: char| letter.is_whitespace() || "<>\"'，。".contains(letter);
    after.is_some_and(|it| it.contains('.') && !it.contains(odd))
}

impl LaterDate {
    /// Reads `2024`, `2022-03` and `2023-09-18`.
    fn parse(text: &str) -> Option<LaterDate> {
        let digits = |part: &str, n: usize| part.len() == n && part.bytes().all(|it| it.is_ascii_digit());
        let parts: Vec<&str> = text.split('-').collect();
        let shaped = parts.len() <= 3 && parts.iter().zip([4, 2, 2]).all(|(part, n)| digits(part, n));
        let part = |n: usize| parts.get(n).map_or(Some(0), |it| it.parse::<u16>().ok());
        let (year, month, day) = (part(0)?, part(1)?, part(2)?);
        // a month has a first day, and a year a first month
        let (first_month, first_day) = (if parts.len() < 2 { 1 } else { month }, if parts.len() < 3 { 1 } else { day });
        Day::parse(&format!("{year}年{first_month}月{first_day}日")).filter(|_| shaped)?;
        Some(LaterDate { year, month: u8::try_from(month).ok()?, day: u8::try_from(day).ok()? })
    }

    fn iso(self) -> String {
        let LaterDate { year, month, day } = self;
        match (month, day) {
            (0, _) => format!("{year}"),
            (_, 0) => format!("{year}-{month:02}"),
            _ => format!("{year}-{month:02}-{day:02}"),
        }
    }
}

/// `2023年9月18日`, `2022年3月`, `2024年`.
impl fmt::Display for LaterDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}年", self.year)?;
        if self.month != 0 {
            write!(f, "{}月", self.month)?;
        }
        if self.day != 0 {
            write!(f, "{}日", self.day)?;
        }
        Ok(())
    }
}
