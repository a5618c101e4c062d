//! A list as people paste it or as a workbook has it: which line is the heading, and what each column holds.

use crate::filing::scope::is_serial;
use crate::letters::is_han;

use super::RosterList;
use super::cells::{Tick, is_mark, pieces, tick};
use super::columns::{HeadingLikeness, RosterColumn, SAME, means};
use super::grid::{grid, tidied};

/// A pasted list and how it is understood. A person may say otherwise before its lines are taken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RosterTable {
    pub list: RosterList,
    /// All cells, line by line, as they were pasted.
    pub cells: Vec<Vec<String>>,
    /// What each column holds.
    pub columns: Vec<RosterColumn>,
    /// The heading of each column; empty where it has none.
    pub titles: Vec<String>,
    /// The lines that are headings, from 0.
    pub headings: Vec<usize>,
    /// An empty cell of the occupation is part of a merged one and has what stands above it.
    pub carry: bool,
    /// An empty cell of a column with ticks means no.
    pub empty_is_no: bool,
}

impl RosterTable {
    /// A text as it is probably meant. `list` is the list into which it was pasted; headings that plainly belong to
    /// another one say so.
    pub fn understood(list: RosterList, text: &str) -> RosterTable {
        RosterTable::of_cells(list, grid(text))
    }

    /// The same of cells, as a workbook has them.
    pub fn of_cells(list: RosterList, cells: Vec<Vec<String>>) -> RosterTable {
        let cells = tidied(cells);
        RosterTable::of_list(meant(list, &cells), cells)
    }

    /// Cells of this list and no other.
    pub fn of_list(list: RosterList, cells: Vec<Vec<String>>) -> RosterTable {
        let width = cells.iter().map(Vec::len).max().unwrap_or_default();
        let found = headed(list, &cells).unwrap_or_else(|| HeadedList {
            lines: Vec::new(),
            words: vec![String::new(); width],
            columns: guessed(list, &cells, width),
        });
        let mut table = RosterTable {
            list,
            cells,
            columns: found.columns,
            titles: found.words,
            headings: found.lines,
            carry: false,
            empty_is_no: false,
        };
        table.carry = table.is_merged();
        table
    }

    /// What stands in a column below its heading.
    pub fn samples(&self, at: usize) -> Vec<&str> {
        let cells = self.cells.iter().skip(self.first()).filter_map(|line| line.get(at));
        cells.map(String::as_str).filter(|cell| !cell.is_empty()).collect()
    }

    /// Columns that hold texts and go nowhere, by their positions.
    pub fn unused(&self) -> Vec<usize> {
        let unused = |at: &usize| self.columns[*at] == RosterColumn::Unused && !self.samples(*at).is_empty();
        (0..self.columns.len()).filter(unused).collect()
    }

    /// The columns that hold ticks of which some cells are empty.
    pub fn has_empty_ticks(&self) -> bool {
        let data = || self.cells.iter().skip(self.first());
        let some = |at: usize| data().any(|line| line.get(at).is_some_and(|cell| tick(cell) == Tick::Said(true)));
        let none = |at: usize| data().any(|line| 1 < filled(line) && line.get(at).is_none_or(String::is_empty));
        (0..self.columns.len()).any(|at| is_tick(self.columns[at]) && some(at) && none(at))
    }

    /// The first line below the headings.
    pub(super) fn first(&self) -> usize {
        self.headings.last().map_or(0, |it| it + 1)
    }

    /// The occupation stands in the first line of a group only, as a cell merged over several lines.
    fn is_merged(&self) -> bool {
        let Some(at) = self.columns.iter().position(|it| *it == RosterColumn::Occupation) else { return false };
        let mut cells = self.cells.iter().skip(self.first()).filter(|line| 1 < filled(line)).map(|line| line.get(at));
        let has_text = |cell: Option<&String>| cell.is_some_and(|it| !it.is_empty());
        cells.next().is_some_and(has_text) && cells.any(|cell| !has_text(cell))
    }
}

pub(super) fn is_tick(column: RosterColumn) -> bool {
    use RosterColumn::{Agreement, Appointment, Both, Certificate, Qualified};
    matches!(column, Agreement | Appointment | Both | Qualified | Certificate)
}

/// The list that the headings speak of: pieces are no people, and examiners and experts are told apart only where one of
/// the two words stands in or above the headings.
fn meant(list: RosterList, cells: &[Vec<String>]) -> RosterList {
    let known = |list| headed(list, cells).map_or(0, |head| head.columns.iter().filter(|it| is_own(**it)).count());
    let people = if list == RosterList::Equipment { RosterList::Examiners } else { list };
    let (of_people, of_pieces) = (known(people), known(RosterList::Equipment));
    let is_people = if list == RosterList::Equipment { of_pieces < of_people } else { of_pieces <= of_people };
    if !is_people {
        return RosterList::Equipment;
    }
    let end = headed(people, cells).map_or(0, |head| head.lines.last().map_or(0, |it| it + 1));
    let says = |word: &str| cells[..end.min(cells.len())].iter().flatten().any(|it| it.contains(word));
    match (says("专家"), says("考评")) {
        (true, false) => RosterList::Experts,
        (false, true) => RosterList::Examiners,
        _ => people,
    }
}

fn is_own(column: RosterColumn) -> bool {
    !matches!(column, RosterColumn::Unused | RosterColumn::Serial | RosterColumn::Occupation)
}

pub(super) fn filled(line: &[String]) -> usize {
    line.iter().filter(|cell| !cell.is_empty()).count()
}

struct HeadedList {
    lines: Vec<usize>,
    words: Vec<String>,
    columns: Vec<RosterColumn>,
}

/// Looks for headings, which may have two lines. `None` where there are none.
fn headed(list: RosterList, lines: &[Vec<String>]) -> Option<HeadedList> {
    let first = lines.iter().position(|line| is_heading(list, line))?;
    let top = &lines[first];
    let below = lines.get(first + 1).filter(|line| is_second(list, top, line));
    let width = lines.iter().map(Vec::len).max().unwrap_or_default();
    let mut words = Vec::new();
    let mut found: Vec<(RosterColumn, HeadingLikeness)> = Vec::new();
    let mut merged = "";
    for at in 0..width {
        let own = top.get(at).map_or("", String::as_str);
        let sub = below.and_then(|line| line.get(at)).map_or("", String::as_str);
        // a heading over several columns stands over the first of them only
        if !own.is_empty() || sub.is_empty() {
            merged = own;
        }
        let by_sub = means(list, sub);
        let both = [merged, sub].concat();
        found.push(if 0 < by_sub.1 { by_sub } else { means(list, &both) });
        words.push(both);
    }
    let mut columns: Vec<RosterColumn> = found.iter().map(|it| it.0).collect();
    // two columns of one meaning: the one that says it best
    for at in 0..columns.len() {
        let (meaning, sure) = found[at];
        let better = |(other, (its, how)): (usize, &(RosterColumn, HeadingLikeness))| {
            *its == meaning && (sure < *how || sure == *how && other < at)
        };
        let once = !matches!(meaning, RosterColumn::Unused | RosterColumn::Serial);
        if once && found.iter().enumerate().any(better) {
            columns[at] = RosterColumn::Unused;
        }
    }
    // a column without a heading that only counts
    let n_lines = 1 + usize::from(below.is_some());
    let data = &lines[(first + n_lines).min(lines.len())..];
    for at in 0..width {
        if words[at].is_empty() && counts(data, at) {
            columns[at] = RosterColumn::Serial;
        }
    }
    Some(HeadedList { lines: (first..first + n_lines).collect(), words, columns })
}

fn is_heading(list: RosterList, line: &[String]) -> bool {
    let all: Vec<(RosterColumn, HeadingLikeness)> = line.iter().map(|cell| means(list, cell)).collect();
    let n = all.iter().filter(|it| 0 < it.1).count();
    let own = all.iter().any(|it| 0 < it.1 && is_own(it.0));
    let ticks = line.iter().any(|it| is_mark(it) || pieces(it).is_some());
    own && !ticks && (1 < n && all.iter().any(|it| SAME <= it.1) || line.len() == 1 && SAME <= all[0].1)
}

/// Is it the second line of the headings, under those that stand over several columns?
fn is_second(list: RosterList, top: &[String], line: &[String]) -> bool {
    let under = |at: usize| top.get(at).is_none_or(String::is_empty) || top.get(at + 1).is_some_and(String::is_empty);
    let known = |(at, cell): (usize, &String)| cell.is_empty() || under(at) && 0 < means(list, cell).1;
    0 < filled(line) && line.iter().enumerate().all(known) && !line.iter().any(|it| pieces(it).is_some())
}

/// Does a column number the lines?
fn counts(data: &[Vec<String>], at: usize) -> bool {
    let mut cells = data.iter().filter_map(|line| line.get(at)).filter(|it| !it.is_empty()).peekable();
    cells.peek().is_some_and(|it| matches!(it.as_str(), "1" | "01" | "一" | "001")) && cells.all(|it| is_serial(it))
}

/// The meanings of columns without headings: by what stands in them, in the order of the page's own list.
fn guessed(list: RosterList, lines: &[Vec<String>], width: usize) -> Vec<RosterColumn> {
    let mut columns = vec![RosterColumn::Unused; width];
    let all = || lines.iter().filter(|line| width < 2 || 1 < filled(line));
    let most = |at: usize, is: &dyn Fn(&str) -> bool| {
        let cells = || all().filter_map(|line| line.get(at)).filter(|it| !it.is_empty());
        0 < cells().count() && cells().count() < 2 * cells().filter(|it| is(it)).count()
    };
    let ticked = |it: &str| matches!(tick(it), Tick::Said(_));
    let mut ticks = list.columns().iter().filter(|it| is_tick(**it));
    let mut numbers = [RosterColumn::Count, RosterColumn::Intact, RosterColumn::Worn].iter();
    let is_text =
        |it: &&RosterColumn| matches!(it, RosterColumn::Name | RosterColumn::Occupation | RosterColumn::Title);
    let mut texts = list.columns().iter().filter(is_text);
    for (at, column) in columns.iter_mut().enumerate() {
        let counting = at == 0 && 1 < width && counts(lines, at);
        let next = match () {
            () if counting => Some(&RosterColumn::Serial),
            () if list == RosterList::Equipment && most(at, &|it| pieces(it).is_some()) => numbers.next(),
            () if list != RosterList::Equipment && most(at, &ticked) => ticks.next(),
            () if most(at, &|it| it.chars().any(is_han)) => texts.next(),
            () => None,
        };
        *column = next.copied().unwrap_or(RosterColumn::Unused);
    }
    columns
}
