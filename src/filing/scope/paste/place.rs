//! A pasted table whose columns are understood, as rows of the declaration. Whatever does not become part of a row is told.

use crate::filing::scope::{DeclaredCell, DeclaredRow, Scope, Standard, levels, plain};
use crate::letters::{is_blank, is_bracket, narrow};

use super::meaning::{ColumnMeaning, code_in, is_code, is_numbering, is_partial_code, is_serial};
use super::{MOST_ROWS, PastedTable, unguarded};

/// What became of a pasted table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placed {
    pub rows: Vec<PlacedRow>,
    /// Lines that are no rows: their numbers from 1, and their texts.
    pub left: Vec<(usize, String)>,
    /// How many rows there are above the most that a declaration has.
    pub beyond: usize,
}

/// A line that became a row.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedRow {
    /// Its number from 1.
    pub line: usize,
    pub row: DeclaredRow,
    /// What a person should look at.
    pub notes: CellNotes,
}

/// What a person should look at, by cell.
pub type CellNotes = Vec<(DeclaredCell, PlacedNote)>;

/// What was done to a cell beyond copying it.
#[derive(Clone, Debug, PartialEq)]
pub enum PlacedNote {
    /// It was empty, as merged cells are, and has what stands above it.
    Carried,
    /// 工种 or name stood with another cell.
    Apart,
    /// This text is no standard that a row can have, and was left out.
    Unread(String),
    /// This text was taken as one of the two kinds of standard.
    Shortened(String),
}

impl PastedTable {
    /// The rows of the table, by what its columns are said to mean now.
    pub fn placed(&self, scope: &Scope) -> Placed {
        let mut placed = Placed::default();
        for (at, line) in self.cells.iter().enumerate() {
            let text = || {
                let cells: Vec<&str> = line.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
                (at + 1, cells.join(" "))
            };
            if self.is_passed_over(at, line) {
                continue;
            }
            if self.is_around(scope, at, line) {
                placed.left.push(text());
                continue;
            }
            let before = placed.rows.last().map(|above| &above.row);
            match self.row(scope, line, before) {
                None => placed.left.push(text()),
                Some(_) if placed.rows.len() == MOST_ROWS => placed.beyond += 1,
                Some((row, notes)) => placed.rows.push(PlacedRow { line: at + 1, row, notes }),
            }
        }
        placed
    }

    /// Columns that hold texts and go nowhere, by their positions.
    pub fn unused(&self) -> Vec<usize> {
        let unused = |at: &usize| self.columns[*at] == ColumnMeaning::Unused && !self.samples(*at).is_empty();
        (0..self.columns.len()).filter(unused).collect()
    }

    /// What stands in a column below its heading.
    pub fn samples(&self, at: usize) -> Vec<&str> {
        let first = self.headings.last().map_or(0, |it| it + 1);
        let cells = self.cells.iter().skip(first).filter_map(|line| line.get(at));
        cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect()
    }

    /// Blank lines, headings wherever they are repeated, and lines with nothing but their number.
    fn is_passed_over(&self, at: usize, line: &[String]) -> bool {
        let heading = |other: &usize| *other == at || self.cells.get(*other).is_some_and(|it| it.as_slice() == line);
        let mut filled = (0..line.len()).filter(|n| !line[*n].trim().is_empty());
        self.headings.iter().any(heading)
            || filled.all(|n| self.columns[n] == ColumnMeaning::Serial && is_serial(&line[n]))
    }

    /// Titles, signatures, sums and notes above and below the table.
    fn is_around(&self, scope: &Scope, at: usize, line: &[String]) -> bool {
        if line.iter().any(|cell| is_partial_code(cell) || code_in(cell).is_some()) {
            return false;
        }
        if self.headings.first().is_some_and(|it| at < *it) || is_numbering(line) {
            return true;
        }
        let mut filled = line.iter().enumerate().filter(|it| !it.1.trim().is_empty());
        let Some((first, cell)) = filled.next() else { return false };
        let bare: String = cell.chars().filter(|it| !is_blank(*it) && !is_bracket(*it)).collect();
        let said = scope.pasted.around.iter().any(|word| bare.starts_with(word.as_str()));
        let colon = bare.chars().take(12).any(|it| narrow(it) == ':');
        // alone in a line, a text is part of the table only where a merged cell may stand beside it
        let alone = filled.next().is_none()
            && matches!(self.columns[first], ColumnMeaning::Code | ColumnMeaning::Serial | ColumnMeaning::Unused);
        said || colon || alone
    }

    /// A line as a row; `None` where it says nothing that a row has.
    fn row(&self, scope: &Scope, line: &[String], above: Option<&DeclaredRow>) -> Option<(DeclaredRow, CellNotes)> {
        let cell = |meaning: ColumnMeaning| {
            let at = self.columns.iter().position(|it| *it == meaning)?;
            line.get(at).map(|cell| unguarded(cell.trim()))
        };
        let text = |meaning| cell(meaning).unwrap_or_default().to_owned();
        let mut notes = Vec::new();
        let mut row = DeclaredRow {
            code: text(ColumnMeaning::Code),
            name: text(ColumnMeaning::Name),
            trade: text(ColumnMeaning::Trade),
            levels: text(ColumnMeaning::Levels),
            ..DeclaredRow::default()
        };
        if row.levels.is_empty() {
            row.levels = self.marked(line);
        }
        let standard = text(ColumnMeaning::Standard);
        if [&row.code, &row.name, &row.trade, &row.levels, &standard].iter().all(|it| it.is_empty()) {
            return None;
        }
        apart(&mut row, &mut notes);
        scope.read_standard(&standard, &mut row, &mut notes);
        let Some(above) = above else { return Some((row, notes)) };
        let mut carry = |cell: DeclaredCell, own: &mut String, from: &String| {
            if own.is_empty() && !from.is_empty() {
                own.clone_from(from);
                notes.push((cell, PlacedNote::Carried));
            }
        };
        let same_name = !row.name.is_empty() && plain::name(&row.name) == plain::name(&above.name);
        let same_code = !row.code.is_empty() && plain::code(&row.code) == plain::code(&above.code);
        if row.code.is_empty() && (row.name.is_empty() || same_name) {
            carry(DeclaredCell::Code, &mut row.code, &above.code);
            carry(DeclaredCell::Name, &mut row.name, &above.name);
        } else if same_code {
            carry(DeclaredCell::Name, &mut row.name, &above.name);
        }
        // a line that ends before the column has no cell there, merged or not
        if self.carry_levels && cell(ColumnMeaning::Levels).is_some() {
            carry(DeclaredCell::Levels, &mut row.levels, &above.levels);
        }
        let empty = standard.is_empty() && cell(ColumnMeaning::Standard).is_some();
        if self.carry_standard && empty && above.standard != Standard::Unsaid {
            row.standard = above.standard;
            row.standard_year = above.standard_year;
            notes.push((DeclaredCell::Standard, PlacedNote::Carried));
        }
        Some((row, notes))
    }

    /// The levels whose columns have a mark in this line.
    fn marked(&self, line: &[String]) -> String {
        let yes = |at: usize| {
            let cell = plain::name(line.get(at).map_or("", String::as_str));
            !cell.is_empty()
                && !matches!(cell.as_str(), "×" | "✕" | "✗" | "✘" | "x" | "X" | "否" | "无" | "0" | "□" | "☐")
        };
        let declared = self.columns.iter().enumerate().filter_map(|(at, meaning)| match meaning {
            ColumnMeaning::Level(level) if yes(at) => Some(*level),
            _ => None,
        });
        levels::print(&levels::falling(&declared.collect::<Vec<u8>>()))
    }
}

/// Takes apart what people write into one cell: 6-18-01-01车工, 车工（数控车床）.
fn apart(row: &mut DeclaredRow, notes: &mut CellNotes) {
    if row.name.is_empty()
        && !is_code(&row.code)
        && let Some((code, name)) = code_in(&row.code).filter(|it| !it.1.is_empty())
    {
        (row.code, row.name) = (code, name);
        notes.push((DeclaredCell::Name, PlacedNote::Apart));
    }
    let close = row.name.chars().last().filter(|it| matches!(it, '）' | ')'));
    let open = row.name.find(['（', '(']).filter(|at| 0 < *at);
    if let (Some(close), Some(open), true) = (close, open, row.trade.is_empty()) {
        let inside = &row.name[open..row.name.len() - close.len_utf8()];
        let trade = inside.chars().skip(1).collect::<String>().trim().to_owned();
        if !trade.is_empty() && !trade.contains(['（', '(']) {
            row.name.truncate(open);
            row.trade = trade;
            notes.push((DeclaredCell::Trade, PlacedNote::Apart));
        }
    }
}

impl Placed {
    /// Every line became a row as it stands; there is nothing that a person has to look at.
    pub fn is_plain(&self) -> bool {
        self.left.is_empty() && self.beyond == 0 && self.rows.iter().all(|it| it.notes.is_empty())
    }
}

impl Scope {
    /// What a cell says about 评价标准: its kind, and the title and year of a national one.
    fn read_standard(&self, cell: &str, row: &mut DeclaredRow, notes: &mut CellNotes) {
        row.standard = self.standard_of(cell);
        let digits = |it: &str| it.len() == 4 && (it.starts_with("19") || it.starts_with("20"));
        let narrow: String = cell.chars().map(narrow).collect();
        let year = narrow.split(|it: char| !it.is_ascii_digit()).find(|it| digits(it));
        let rest = narrow.chars().any(|it| it.is_ascii_alphabetic());
        match row.standard {
            Standard::Unsaid if plain::name(cell).is_empty() => {}
            Standard::Unsaid => notes.push((DeclaredCell::Standard, PlacedNote::Unread(cell.to_owned()))),
            Standard::National => {
                row.standard_year = year.and_then(|it| it.parse().ok());
                if !self.titled(cell).is_empty() {
                    row.standard_name = cell.to_owned();
                } else if rest {
                    notes.push((DeclaredCell::Standard, PlacedNote::Shortened(cell.to_owned())));
                }
            }
            Standard::Enterprise => {
                if year.is_some() || rest || cell.contains('《') {
                    notes.push((DeclaredCell::Standard, PlacedNote::Shortened(cell.to_owned())));
                }
            }
        }
    }

    /// Does a cell say which standard it is?
    pub(super) fn is_standard(&self, cell: &str) -> bool {
        self.standard_of(cell) != Standard::Unsaid
    }

    fn standard_of(&self, cell: &str) -> Standard {
        let cell = plain::name(cell);
        let says = |word: &String| plain::position(&cell, word).is_some();
        let (words, printed) = (&self.pasted, &self.standards);
        if says(&printed.enterprise) || words.enterprise.iter().any(says) {
            Standard::Enterprise
        } else if says(&printed.national) || printed.titles.iter().any(says) || words.national.iter().any(says) {
            Standard::National
        } else {
            Standard::Unsaid
        }
    }
}

/// Does 评价标准 stand in the first row only, as a cell merged over all rows?
pub(super) fn stands_once(table: &PastedTable) -> bool {
    let Some(at) = table.columns.iter().position(|it| *it == ColumnMeaning::Standard) else { return false };
    let lines = table.cells.iter().filter(|line| line.iter().any(|cell| is_code(cell)));
    let mut cells = lines.map(|line| line.get(at).map_or("", |cell| cell.trim()));
    let Some(top) = cells.next().filter(|cell| !cell.is_empty()) else { return false };
    cells.all(|cell| cell.is_empty() || cell == top)
}
