//! The declaration as text with tabs between the cells, the way Excel and WPS put tables on the clipboard and take them
//! from there.

use crate::letters::{begins_formula, plain_text};

use super::{DeclaredRow, Scope, Standard, levels, plain};

/// More rows than anybody declares; what follows is left out.
const MOST_ROWS: usize = 500;

impl Scope {
    /// The rows of a pasted table. Headings, a column of numbers before the code and columns that the printed table
    /// does not have are left out; a merged code and name hold for the rows below too.
    pub fn pasted(&self, text: &str) -> Vec<DeclaredRow> {
        let lines = cells(&plain_text(text));
        let heading = |line: &[String]| {
            let columns =
                self.columns.iter().map(|name| line.iter().position(|it| plain::name(it) == plain::name(name)));
            columns.collect::<Vec<_>>()
        };
        let is_heading = |line: &[String]| 2 <= heading(line).iter().flatten().count();
        let mut columns = match lines.iter().find(|it| is_heading(it)) {
            Some(it) => heading(it),
            None => (0..5).map(|it| Some(it + usize::from(numbered(&lines)))).collect(),
        };
        columns.resize(5, None);
        let mut rows: Vec<DeclaredRow> = Vec::new();
        for line in lines.iter().filter(|it| !is_heading(it)) {
            let cell = |n: usize| {
                let text = columns[n].and_then(|it| line.get(it)).map_or("", |it| it.as_str());
                unguarded(text.trim()).to_owned()
            };
            let mut row = DeclaredRow {
                code: cell(0),
                name: cell(1),
                trade: cell(2),
                levels: cell(3),
                standard: self.standard(&cell(4)),
                ..DeclaredRow::default()
            };
            if row.code.is_empty() && row.name.is_empty() {
                if row.trade.is_empty() && row.levels.is_empty() {
                    continue;
                }
                if let Some(above) = rows.last() {
                    row.code.clone_from(&above.code);
                    row.name.clone_from(&above.name);
                }
            }
            rows.push(row);
            if rows.len() == MOST_ROWS {
                break;
            }
        }
        rows
    }

    /// The rows under the printed heading, as they are to be written: codes, names and levels in their plain form.
    pub fn table_text(&self, rows: &[DeclaredRow]) -> String {
        let mut text = String::new();
        line(&mut text, &self.columns);
        for row in rows {
            line(&mut text, &self.printed(row));
        }
        text
    }

    /// The five cells of a row as they are to be written.
    pub fn printed(&self, row: &DeclaredRow) -> [String; 5] {
        let levels = levels::read(&self.levels, &row.levels);
        let standard = match row.standard {
            Standard::Unsaid => "",
            Standard::National => &self.standards.national,
            Standard::Enterprise => &self.standards.enterprise,
        };
        [
            plain::code(&row.code),
            plain::name(&row.name),
            self.trade(&row.trade),
            levels.map_or_else(|_| row.levels.trim().to_owned(), |it| levels::print(&it)),
            standard.to_owned(),
        ]
    }

    fn standard(&self, cell: &str) -> Standard {
        let cell = plain::name(cell);
        let says = |word: &str| plain::position(&cell, word).is_some();
        if says(&self.standards.enterprise) {
            Standard::Enterprise
        } else if self.standards.titles.iter().any(|it| says(it)) || says(&self.standards.national) {
            Standard::National
        } else {
            Standard::Unsaid
        }
    }
}

/// Is there a column of running numbers before the codes?
fn numbered(lines: &[Vec<String>]) -> bool {
    let number = |cell: &str| cell.len() <= 3 && cell.bytes().all(|it| it.is_ascii_digit());
    let first = |line: &Vec<String>| line.first().is_none_or(|it| number(it.trim()));
    let code = |cell: &String| {
        let code = plain::code(cell);
        code.contains('-') && code.starts_with(|it: char| it.is_ascii_digit())
    };
    lines.iter().all(first) && lines.iter().any(|it| it.get(1).is_some_and(code))
}

/// Cells by line. A cell in quotes may hold tabs, ends of lines and doubled quotes.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut lines = vec![Vec::new()];
    let mut rest = text;
    loop {
        let (cell, after) = match quoted(rest) {
            Some(it) => it,
            None => {
                let end = rest.find(['\t', '\n', '\r']).unwrap_or(rest.len());
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        if let Some(line) = lines.last_mut() {
            line.push(cell);
        }
        rest = match after.chars().next() {
            None => return lines,
            Some('\t') => &after[1..],
            Some(_) => {
                lines.push(Vec::new());
                after.strip_prefix("\r\n").unwrap_or(&after[1..])
            }
        };
    }
}

/// A cell in quotes and what follows it. A quote that is never closed, or closed inside a cell, is a quote.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut cell = String::new();
    loop {
        let (before, after) = rest.split_once('"')?;
        cell.push_str(before);
        match after.strip_prefix('"') {
            Some(after) => {
                cell.push('"');
                rest = after;
            }
            None if after.is_empty() || after.starts_with(['\t', '\n', '\r']) => {
                let cell = cell.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
                return Some((cell, after));
            }
            None => return None,
        }
    }
}

fn line(text: &mut String, cells: &[String]) {
    for (n, cell) in cells.iter().enumerate() {
        if 0 < n {
            text.push('\t');
        }
        let guard = if cell.starts_with(begins_formula) { "'" } else { "" };
        if cell.contains(['\t', '\n', '\r', '"']) {
            text.push('"');
            text.push_str(guard);
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(guard);
            text.push_str(cell);
        }
    }
    text.push('\n');
}

/// Without the `'` that keeps a spreadsheet from computing what a stranger wrote.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|it| it.starts_with(begins_formula)).unwrap_or(cell)
}
