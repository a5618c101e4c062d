//! Where the pages of an official table end on A4. Chinese letters are all as wide as they are high and the lines on paper
//! have a fixed height, so this follows from the texts alone: no browser has to measure, a page rendered to a file has the
//! same pages as one that is filled in, and the oldest kernel prints like the newest. The widths and heights are those of
//! style/6-print.css. All lengths are tenths of a point.

use crate::rubric::{BlankPiece, Rubric};

/// What A4 leaves between the margins, less 2 % for what fonts and browsers do differently.
const PAGE: u32 = 7300;
pub const LINE: u32 = 126;
const LETTER: u32 = 90;
/// The padding above and below a cell with its border, and beside it.
const AROUND: u32 = 42;
const BESIDE: u32 = 66;
const TABLE: u32 = 5210;
/// The heads of the columns, and the line that says which page it is.
const HEADS: u32 = 2 * (LINE + AROUND);
/// A page that is full to so many percent is full enough.
const ENOUGH: u32 = 85;
/// So many rows are on the last page at least.
const LAST: usize = 5;

/// The columns of a form, in tenths of a percent of its width: blank, and filled in, where 备注 needs room.
pub const BLANK: [u32; 8] = [88, 95, 255, 275, 52, 100, 60, 75];
pub const FILLED: [u32; 8] = [88, 90, 208, 233, 52, 95, 64, 170];

/// What stands in some rows of a column.
pub struct LeafCell {
    pub from: usize,
    pub to: usize,
    pub height: u32,
}

/// Whole pages, one after the other.
#[derive(Clone)]
struct Filling {
    /// The first row of each, and of the page after them.
    starts: Vec<usize>,
    /// How full the emptiest is, in percent, as far as that counts.
    least: u32,
    /// How many end with a group.
    groups: u32,
}

impl Filling {
    fn is_worse_than(&self, other: &Filling) -> bool {
        let rank = |it: &Filling| (usize::MAX - it.starts.len(), it.least, it.groups);
        rank(self) < rank(other)
    }
}

/// A table as it is put on pages.
#[derive(Default)]
pub struct Leaves {
    /// Of each row by itself.
    pub rows: Vec<u32>,
    /// Rows that share a cell with the row above, which is never cut.
    pub joined: Vec<bool>,
    /// Rows that begin a group; a page would rather end before one.
    pub begins: Vec<bool>,
    /// Cells over several rows, the inner before the outer.
    pub cells: Vec<LeafCell>,
}

impl Leaves {
    /// The table of a rubric, with what stands in 备注 where it is filled in.
    pub fn of(rubric: &Rubric, remarks: Option<&[&str]>) -> Leaves {
        let columns = if remarks.is_some() { &FILLED } else { &BLANK };
        let mut all = Leaves::default();
        // merged cells, the inner ones first
        let (mut methods, mut groups, mut sections): (Vec<LeafCell>, Vec<_>, Vec<_>) =
            (Vec::new(), Vec::new(), Vec::new());
        for section in &rubric.sections {
            let from = all.rows.len();
            for group in &section.groups {
                let first = all.rows.len();
                for (i, row) in group.rows.iter().enumerate() {
                    let at = all.rows.len();
                    let content = cell(&format!("{} {}", rubric.row_id(row.number), row.content), columns[2]);
                    let remark = remarks.and_then(|it| it.get(at)).map_or(0, |it| cell(it, columns[7]));
                    all.rows.push(if row.content.is_empty() { remark } else { content.max(remark) });
                    all.joined.push(row.shares.is_some());
                    all.begins.push(i == 0);
                    let column = columns[3] + if row.content.is_empty() { columns[2] } else { 0 };
                    let standard = cell(&row.standard, column) + if row.content.is_empty() { LINE } else { 0 };
                    match (row.shares.is_none(), all.cells.last_mut()) {
                        (false, Some(last)) => last.to = at + 1,
                        _ => all.cells.push(LeafCell { from: at, to: at + 1, height: standard }),
                    }
                    match (row.methods_merged, methods.last_mut()) {
                        (true, Some(last)) => last.to = at + 1,
                        _ => {
                            let lines: u32 = row.methods.iter().map(|it| lines(it, columns[5])).sum();
                            methods.push(LeafCell { from: at, to: at + 1, height: lines * LINE + AROUND });
                        }
                    }
                }
                groups.push(LeafCell { from: first, to: all.rows.len(), height: heading(&group.name, columns[1]) });
            }
            sections.push(LeafCell { from, to: all.rows.len(), height: heading(&section.name, columns[0]) });
        }
        for cells in [methods, groups, sections] {
            all.cells.extend(cells);
        }
        all
    }

    /// The first row of each page. Above the table of the first page and below that of the last one, something else takes
    /// room. As few pages as possible; of those, first the fullest: what counts is the emptiest of all but the last one,
    /// and after that how many of them end with a group.
    pub fn begin(&self, above: u32, below: u32) -> Vec<usize> {
        let n = self.rows.len();
        let above = |from: usize| if from == 0 { above } else { 0 };
        // the best way to fill whole pages with the rows before this one; `None` where there is none
        let mut best: Vec<Option<Filling>> = vec![None; n];
        best[0] = Some(Filling { starts: vec![0], least: ENOUGH, groups: 0 });
        for from in 0..n {
            let Some(until) = best[from].clone() else { continue };
            let page = room(above(from));
            for (to, known) in best.iter_mut().enumerate().skip(from + 1) {
                // a page takes one row at least
                if to != from + 1 && page < self.height(from, to) {
                    break;
                }
                if self.joined[to] {
                    continue;
                }
                let mut next = until.clone();
                next.starts.push(to);
                next.least = next.least.min(self.filling(from, to, above(from)));
                next.groups += u32::from(self.begins[to]);
                if known.as_ref().is_none_or(|it| it.is_worse_than(&next)) {
                    *known = Some(next);
                }
            }
        }
        let last = |below: u32| {
            let fits = |from: &usize| self.height(*from, n) + below <= room(above(*from));
            let ends = (0..n).filter(|from| *from == 0 || from + LAST <= n).filter(fits);
            let better = |one: Filling, other: Filling| if one.is_worse_than(&other) { other } else { one };
            ends.filter_map(|from| best[from].clone()).reduce(better)
        };
        // what stands below may need a page of its own
        last(below).or_else(|| last(0)).map_or_else(|| vec![0], |it| it.starts)
    }

    /// How much of a page these rows fill, in percent.
    pub fn filling(&self, from: usize, to: usize, above: u32) -> u32 {
        (self.height(from, to) + above + HEADS) * 100 / PAGE
    }

    /// Of some rows, with the cells over several of them.
    fn height(&self, from: usize, to: usize) -> u32 {
        let mut rows = self.rows[from..to].to_vec();
        for cell in &self.cells {
            let (first, after) = (cell.from.max(from), cell.to.min(to));
            if first < after {
                let own: u32 = rows[first - from..after - from].iter().sum();
                rows[after - from - 1] += cell.height.saturating_sub(own);
            }
        }
        rows.iter().sum()
    }
}

/// What stands above the table on its first page: which annex, whose, the lines above the table, the title.
pub fn above(rubric: &Rubric) -> u32 {
    let of_line = |line: &Vec<BlankPiece>| {
        let words = line.iter().map(|piece| match piece {
            BlankPiece::Text(text) => text.as_str(),
            BlankPiece::Blank(_) => "＿＿＿＿＿＿",
        });
        // in larger letters than the table
        lines(&words.collect::<String>(), 850) * 2 * LINE
    };
    1150 + rubric.header.iter().map(of_line).sum::<u32>()
}

/// A heading with its points, and that it goes on.
fn heading(name: &str, column: u32) -> u32 {
    cell(name, column) + 2 * LINE
}

/// For rows, below what stands above the table.
fn room(above: u32) -> u32 {
    PAGE.saturating_sub(HEADS + above)
}

/// The height of a cell with this text in a column of so many tenths of a percent.
pub fn cell(text: &str, column: u32) -> u32 {
    lines(text, column) * LINE + AROUND
}

/// As browsers break lines: anywhere between Chinese letters, but not before a mark that closes, nor within a word of others.
pub fn lines(text: &str, column: u32) -> u32 {
    let width = (TABLE * column / 1000).saturating_sub(BESIDE);
    let (mut lines, mut at, mut word) = (1, 0, 0);
    for letter in text.chars() {
        if letter == '\n' {
            (lines, at, word) = (lines + 1, 0, 0);
            continue;
        }
        let wide = if letter.is_ascii() { LETTER * 6 / 10 } else { LETTER };
        let goes_along = letter.is_ascii_alphanumeric() || "，。；、：？！）”》〉%-".contains(letter);
        at += wide;
        word = if goes_along { word + wide } else { wide };
        if width < at {
            lines += 1;
            // a word longer than the line is cut
            at = if word <= width { word } else { wide };
            word = at;
        }
    }
    lines
}
