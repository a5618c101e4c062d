//! How high the rows of an official table are and where its pages end on A4, so that every text is seen and no row is cut:
//! for merged cells programs find neither.

use crate::dossier::Sheet;
use crate::rubric::{Points, Row, Rubric};
use crate::spreadsheet::lines;

use super::field::facts_of;

/// In halves of a letter: the eight columns as wide as A4 allows, as on the printed form, then those for filling in.
pub const WIDTHS: [u16; 14] = [10, 11, 25, 28, 6, 11, 8, 20, 2, 7, 24, 13, 26, 13];
/// In points, for each line and around them.
pub const LINE: usize = 12;
pub const AROUND: usize = 4;
/// No row can be higher.
pub const HIGHEST: usize = 400;
/// Where it stands how a row is judged, and its note.
pub const METHODS: u32 = 5;
pub const NOTE: u32 = 7;
/// What a page has room for, in points, a little less than A4 has between the margins: programs round heights.
const PAGE: u32 = 740;
/// A page that ends with a group is at least so full; the last page too, in parts of a page.
const FULL: u32 = PAGE / 4 * 3;
const STUB: u32 = PAGE / 4;

/// A cell beside several rows of the rubric. Where a page ends within it, it goes on with the same words.
pub struct SideCell {
    pub column: u32,
    /// Rows of the rubric, counted from 0: the first, and how many.
    pub first: usize,
    pub n: usize,
    pub text: String,
}

/// Where the rows of a rubric stand in the worksheet.
pub struct LaidRows<'r> {
    pub rows: Vec<&'r Row>,
    /// The first line of each row, then the line after the table: each fact of a row has a line of its own.
    pub begins: Vec<u32>,
    pub sides: Vec<SideCell>,
}

impl<'r> LaidRows<'r> {
    pub fn of(rubric: &'r Rubric, from: u32) -> LaidRows<'r> {
        let rows: Vec<&Row> = rubric.rows().collect();
        let mut begins = vec![from];
        for row in &rows {
            let n = u32::try_from(facts_of(row).len()).unwrap_or(1).max(1);
            begins.push(begins[begins.len() - 1] + n);
        }
        let sides = sides(rubric, &rows);
        LaidRows { rows, begins, sides }
    }

    /// The first and the last line of so many rows.
    pub fn span(&self, first: usize, n: usize) -> (u32, u32) {
        (self.begins[first], self.begins[first + n] - 1)
    }

    pub fn end(&self) -> u32 {
        self.begins[self.begins.len() - 1]
    }

    /// How many rows from this one on share a cell with it.
    pub fn shared(&self, at: usize) -> usize {
        1 + self.rows[at + 1..].iter().take_while(|it| it.shares == Some(self.rows[at].number)).count()
    }

    /// Makes every row so high that all of its texts are seen.
    pub fn raise(&self, heights: &mut Vec<u16>, sheet: &Sheet) {
        heights.resize(self.end() as usize, 0);
        let mut raise = |from: usize, n: usize, height: usize| {
            let lines = &mut heights[self.begins[from] as usize..self.begins[from + n] as usize];
            let had: usize = lines.iter().map(|it| usize::from(*it)).sum();
            let more = height.saturating_sub(had).div_ceil(lines.len());
            for line in lines {
                *line = u16::try_from((usize::from(*line) + more).min(HIGHEST)).unwrap_or_default();
            }
        };
        for (at, row) in self.rows.iter().enumerate() {
            let n_lines = (self.begins[at + 1] - self.begins[at]) as usize;
            raise(at, 1, n_lines * (LINE + AROUND));
            let standard = if row.content.is_empty() { tall(&row.standard, 2, 1) } else { tall(&row.content, 2, 0) };
            raise(at, 1, standard.max(tall(sheet.note(row.number), NOTE, 0)));
            if row.shares.is_none() {
                raise(at, self.shared(at), tall(&row.standard, 3, 0));
            }
        }
        // those of few rows first
        for column in [METHODS, 1, 0] {
            for side in self.sides.iter().filter(|it| it.column == column) {
                raise(side.first, side.n, tall(&side.text, column, 0));
            }
        }
    }

    /// The lines with which a page begins but the first, where all lines of the worksheet have these heights.
    pub fn pages(&self, heights: &[u16]) -> Vec<u32> {
        let high =
            |from: u32, to: u32| -> u32 { heights[from as usize..to as usize].iter().map(|it| u32::from(*it)).sum() };
        let end = u32::try_from(heights.len()).unwrap_or_default();
        let head = high(self.begins[0] - 1, self.begins[0]);
        let may = |at: &usize| {
            let cut = |side: &&SideCell| side.first < *at && *at < side.first + side.n;
            let room = |side: &SideCell| {
                let (first, last) = self.span(side.first, side.n);
                let least = u32::try_from(tall(&side.text, side.column, 0)).unwrap_or_default();
                least <= high(first, self.begins[*at]) && least <= high(self.begins[*at], last + 1)
            };
            self.rows[*at].shares.is_none() && self.sides.iter().filter(cut).all(room)
        };
        let ends_group = |at: &usize| self.sides.iter().any(|it| it.column == 1 && it.first == *at);
        let places: Vec<usize> = (1..self.rows.len()).filter(may).collect();
        let mut starts = Vec::new();
        let (mut from, mut above) = (0, 0);
        while PAGE < above + high(from, end) {
            let filled = |at: usize| above + high(from, self.begins[at]);
            let after = |it: &&usize| from < self.begins[**it];
            let fit = || places.iter().filter(after).filter(|it| filled(**it) <= PAGE).rev();
            let best = fit().find(|it| ends_group(it) && FULL <= filled(**it)).or_else(|| fit().next());
            // a row that is higher than a page has one of its own
            let Some(at) = best.or_else(|| places.iter().find(after)) else { break };
            from = self.begins[*at];
            above = head;
            starts.push(from);
        }
        // who signs does not stand alone on the last page
        if let Some(last) = starts.pop() {
            let before = starts.last().copied().unwrap_or_default();
            let enough = |it: &&usize| before < self.begins[**it] && STUB <= high(self.begins[**it], end);
            let earlier = || places.iter().rev().filter(enough).filter(|it| self.begins[**it] < last);
            let moved = if high(last, end) < STUB {
                earlier().find(|it| ends_group(it)).or_else(|| earlier().next())
            } else {
                None
            };
            starts.push(moved.map_or(last, |it| self.begins[*it]));
        }
        starts
    }
}

/// The parts of some lines on each page, the first and the last line of each part.
pub fn parts((first, last): (u32, u32), starts: &[u32]) -> Vec<(u32, u32)> {
    let mut parts = Vec::new();
    let mut from = first;
    for start in starts.iter().filter(|it| first < **it && **it <= last) {
        parts.push((from, start - 1));
        from = *start;
    }
    parts.push((from, last));
    parts
}

fn sides(rubric: &Rubric, rows: &[&Row]) -> Vec<SideCell> {
    let mut sides = Vec::new();
    let mut first = 0;
    for section in &rubric.sections {
        let n: usize = section.groups.iter().map(|it| it.rows.len()).sum();
        sides.push(SideCell { column: 0, first, n, text: named(&section.name, section.points) });
        let mut from = first;
        for group in &section.groups {
            let n = group.rows.len();
            sides.push(SideCell { column: 1, first: from, n, text: named(&group.name, group.points) });
            from += n;
        }
        for row in (first..first + n).filter(|it| *it == first || !rows[*it].methods_merged) {
            let n = 1 + rows[row + 1..first + n].iter().take_while(|it| it.methods_merged).count();
            sides.push(SideCell { column: METHODS, first: row, n, text: rows[row].methods.join("\n") });
        }
        first += n;
    }
    sides
}

/// How high a text of this column is, and so many columns that are merged with it.
fn tall(text: &str, column: u32, also: u32) -> usize {
    let wide: u16 = WIDTHS[column as usize..=(column + also) as usize].iter().sum();
    lines(text, usize::from(wide) - 1) * LINE + AROUND
}

fn named(name: &str, points: Option<Points>) -> String {
    points.map_or_else(|| name.to_owned(), |it| format!("{name}\n{it}分"))
}
