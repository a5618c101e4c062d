//! The lines of a pasted list as entries of the roster, and what is told about each. No line is lost without a word.

use crate::filing::scope::{is_serial, plain};
use crate::letters::{begins_formula, is_blank, is_bracket, narrow};

use super::cells::{PiecesState, Tick, condition, pieces, tick};
use super::columns::RosterColumn;
use super::paste::{RosterTable, filled};
use super::{Equipment, Examiner, Expert, MOST_LISTED, Roster, RosterList};

/// What became of the lines of a pasted list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RosterPlaced {
    /// Only the list in question has entries.
    pub roster: Roster,
    /// Lines that are no entries: their number from 1, their text, and why.
    pub left: Vec<(usize, String, Left)>,
    pub notes: Vec<RosterCell>,
}

/// Why a line is no entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// It stands above the headings, or is none of the table.
    Around,
    Sum,
    NoName,
    /// 类别 says that it belongs to another list.
    Other,
    /// There is no room for it.
    Beyond,
}

/// A cell that a person should look at.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterCell {
    /// From 1.
    pub line: usize,
    pub column: RosterColumn,
    pub note: RosterNote,
}

#[derive(Clone, Debug, PartialEq)]
pub enum RosterNote {
    /// It was empty, and has what stands above it.
    Carried(String),
    /// Nobody knows what it means; the entry says nothing there.
    Unread(String),
    /// It says more than yes, or a state where a number is asked for.
    Shortened(String),
    /// More pieces are intact or worn than there are.
    TooMany(String),
}

impl RosterPlaced {
    pub fn len(&self) -> usize {
        RosterList::ALL.iter().map(|it| self.roster.len(*it)).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Left {
    pub fn words(self) -> &'static str {
        match self {
            Left::Around => "表格以外的文字",
            Left::Sum => "合计行",
            Left::NoName => "没有姓名或名称",
            Left::Other => "类别是另一份名册的",
            Left::Beyond => "名册已满",
        }
    }
}

impl RosterTable {
    /// Is there nothing that a person has to look at? Sums and the words around a table are expected.
    pub fn is_plain(&self) -> bool {
        let placed = self.placed();
        !self.headings.is_empty()
            && self.unused().is_empty()
            && !self.has_empty_ticks()
            && placed.notes.is_empty()
            && placed.left.iter().all(|it| matches!(it.2, Left::Sum))
    }

    /// The entries, by what the columns are said to hold now.
    pub fn placed(&self) -> RosterPlaced {
        let mut placed = RosterPlaced::default();
        let mut above = String::new();
        for (at, line) in self.cells.iter().enumerate() {
            if self.is_passed_over(at, line) {
                continue;
            }
            match self.why_left(at, line) {
                Some(why) => placed.left.push((at + 1, told(line), why)),
                None if placed.len() == MOST_LISTED => placed.left.push((at + 1, told(line), Left::Beyond)),
                None => Line { table: self, cells: line, number: at + 1 }.put(&mut placed, &mut above),
            }
        }
        placed
    }

    /// Blank lines, headings wherever they are repeated, numbering below headings, and lines with nothing but a number.
    fn is_passed_over(&self, at: usize, line: &[String]) -> bool {
        let same = |other: &usize| *other == at || self.cells.get(*other).is_some_and(|it| it.as_slice() == line);
        let numbering = || {
            let mut numbers = line.iter().filter(|it| !it.is_empty()).zip(1_u32..);
            at == self.first() && 2 < filled(line) && numbers.all(|(cell, n)| cell.parse() == Ok(n))
        };
        let only_number = |n: usize| self.columns[n] == RosterColumn::Serial && is_serial(&line[n]);
        self.headings.iter().any(same)
            || (0..line.len()).filter(|n| !line[*n].is_empty()).all(only_number)
            || numbering()
    }

    fn why_left(&self, at: usize, line: &[String]) -> Option<Left> {
        if self.headings.first().is_some_and(|it| at < *it) {
            return Some(Left::Around);
        }
        let first = line.iter().enumerate().find(|it| !it.1.is_empty());
        let bare: String =
            first.map_or("", |it| it.1).chars().filter(|it| !is_blank(*it) && !is_bracket(*it)).collect();
        let begins = |words: &[&str]| words.iter().any(|it| bare.starts_with(it));
        if begins(&["合计", "总计", "小计", "共计", "累计", "总人数"]) {
            return Some(Left::Sum);
        }
        let colon = bare.chars().take(8).any(|it| narrow(it) == ':');
        if colon || begins(&["注", "填表", "制表", "审核", "说明", "备注", "单位盖章", "负责人签", "日期"])
        {
            return Some(Left::Around);
        }
        let name = self.text(line, RosterColumn::Name);
        if matches!(plain::name(name).as_str(), "合计" | "总计" | "小计" | "共计") {
            return Some(Left::Sum);
        }
        if name.is_empty() {
            return Some(Left::NoName);
        }
        let category = self.text(line, RosterColumn::Category);
        let (expert, examiner) = (category.contains("专家"), category.contains("考评"));
        let other = match self.list {
            RosterList::Examiners => expert && !examiner,
            RosterList::Experts => examiner && !expert,
            RosterList::Equipment => false,
        };
        other.then_some(Left::Other)
    }

    /// The text of a line in the column with a meaning.
    fn text<'l>(&self, line: &'l [String], column: RosterColumn) -> &'l str {
        let at = self.columns.iter().position(|it| *it == column);
        let cell = at.and_then(|at| line.get(at)).map_or("", String::as_str);
        // without the `'` that keeps a spreadsheet from computing what a stranger wrote
        cell.strip_prefix('\'').filter(|it| it.starts_with(begins_formula)).unwrap_or(cell)
    }
}

fn told(line: &[String]) -> String {
    let cells: Vec<&str> = line.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
    cells.join(" ")
}

/// A line that is an entry.
struct Line<'t> {
    table: &'t RosterTable,
    cells: &'t [String],
    number: usize,
}

impl Line<'_> {
    fn put(&self, placed: &mut RosterPlaced, above: &mut String) {
        use RosterColumn::{Agreement, Appointment, Certificate, Count, Name, Occupation, Qualified, Title, Worn};
        let name = self.table.text(self.cells, Name).to_owned();
        let mut occupation = self.table.text(self.cells, Occupation).to_owned();
        let notes = &mut placed.notes;
        if occupation.is_empty() && self.table.carry && !above.is_empty() {
            occupation.clone_from(above);
            self.note(notes, Occupation, RosterNote::Carried(occupation.clone()));
        }
        above.clone_from(&occupation);
        let title = self.table.text(self.cells, Title).to_owned();
        match self.table.list {
            RosterList::Examiners => {
                let (agreement, appointment) = self.both(notes, [Agreement, Appointment]);
                let (qualified, certificate) = (self.said(notes, Qualified), self.said(notes, Certificate));
                let listed = Examiner { name, occupation, agreement, appointment, qualified, certificate };
                placed.roster.examiners.push(listed);
            }
            RosterList::Experts => {
                let qualified = self.said(notes, Qualified);
                let (agreement, appointment) = self.both(notes, [Agreement, Appointment]);
                placed.roster.experts.push(Expert { name, occupation, title, qualified, agreement, appointment });
            }
            RosterList::Equipment => {
                let count = self.number(notes, Count);
                let mut listed = Equipment { name, occupation, count, intact: None, worn: self.number(notes, Worn) };
                self.intact(notes, &mut listed);
                let more = |n: Option<u64>| matches!((n, count), (Some(n), Some(count)) if count < n);
                for (column, n) in [(RosterColumn::Intact, listed.intact), (Worn, listed.worn)] {
                    if column == RosterColumn::Intact && more(n) {
                        self.note(notes, column, RosterNote::TooMany(n.unwrap_or_default().to_string()));
                    }
                }
                placed.roster.equipment.push(listed);
            }
        }
    }

    fn note(&self, notes: &mut Vec<RosterCell>, column: RosterColumn, note: RosterNote) {
        notes.push(RosterCell { line: self.number, column, note });
    }

    /// 聘用协议 and 聘书, which may stand in one column.
    fn both(&self, notes: &mut Vec<RosterCell>, columns: [RosterColumn; 2]) -> (Option<bool>, Option<bool>) {
        let both = self.said(notes, RosterColumn::Both);
        let [agreement, appointment] = columns.map(|it| self.said(notes, it));
        (agreement.or(both), appointment.or(both))
    }

    fn said(&self, notes: &mut Vec<RosterCell>, column: RosterColumn) -> Option<bool> {
        let there = self.table.columns.contains(&column);
        let cell = self.table.text(self.cells, column);
        match tick(cell) {
            Tick::Said(said) => Some(said),
            Tick::AsYes => {
                self.note(notes, column, RosterNote::Shortened(cell.to_owned()));
                Some(true)
            }
            Tick::Empty if there && cell.is_empty() && self.table.empty_is_no => Some(false),
            Tick::Empty => None,
            Tick::Unread => {
                self.note(notes, column, RosterNote::Unread(cell.to_owned()));
                None
            }
        }
    }

    fn number(&self, notes: &mut Vec<RosterCell>, column: RosterColumn) -> Option<u64> {
        let cell = self.table.text(self.cells, column);
        let number = pieces(cell);
        if number.is_none() && !plain::name(cell).is_empty() {
            self.note(notes, column, RosterNote::Unread(cell.to_owned()));
        }
        number
    }

    /// 完好 as a number, or as a word or tick about all pieces of the line.
    fn intact(&self, notes: &mut Vec<RosterCell>, listed: &mut Equipment) {
        let column = RosterColumn::Intact;
        let cell = self.table.text(self.cells, column);
        let zero = |worn: &mut Option<u64>| *worn = worn.or(Some(0));
        let number = pieces(cell).filter(|_| !matches!(cell, "×" | "无" | "没有"));
        match (number, condition(cell), tick(cell)) {
            (Some(number), _, _) => return listed.intact = Some(number),
            (None, _, Tick::Empty) => return,
            (None, Some(PiecesState::Good), _) => {
                listed.intact = listed.count;
                zero(&mut listed.worn);
            }
            (None, Some(PiecesState::Worn), _) => listed.worn = listed.worn.or(listed.count),
            (None, Some(PiecesState::Broken), _) | (None, None, Tick::Said(false)) => listed.intact = Some(0),
            (None, None, Tick::Said(true)) => listed.intact = listed.count,
            (None, None, Tick::AsYes | Tick::Unread) => {
                return self.note(notes, column, RosterNote::Unread(cell.to_owned()));
            }
        }
        self.note(notes, column, RosterNote::Shortened(cell.to_owned()));
    }
}
