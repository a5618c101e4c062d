//! Text from the clipboard or a file as lines of cells: tabs as Excel and WPS write them, CSV, and words with blanks
//! between them.

use crate::letters::{BYTE_ORDER_MARK, is_blank, plain_text, separated, split_lines};

/// What separates the cells of a text that has no tabs, in the order in which they are tried.
const MARKS: [char; 4] = [',', ';', '，', '|'];

pub fn grid(text: &str) -> Vec<Vec<String>> {
    let text = plain_text(text.trim_start_matches(BYTE_ORDER_MARK));
    let lines = if text.contains('\t') { separated(&text, '\t') } else { marked(&text) };
    tidied(lines)
}

/// Blanks of every width are no text, and lines without any are none.
pub fn tidied(mut lines: Vec<Vec<String>>) -> Vec<Vec<String>> {
    for cell in lines.iter_mut().flatten() {
        *cell = cell.trim_matches(is_blank).to_owned();
    }
    while lines.last().is_some_and(|line| line.iter().all(String::is_empty)) {
        lines.pop();
    }
    lines
}

fn marked(text: &str) -> Vec<Vec<String>> {
    for mark in MARKS {
        let lines = separated(text, mark);
        // most lines have it, as often as the others
        let n = lines.first().map_or(0, Vec::len);
        let alike = lines.iter().filter(|it| it.len() == n).count();
        if 1 < n && lines.len() <= 2 * alike {
            return lines;
        }
    }
    let words = |line: &str| line.split(is_blank).filter(|it| !it.is_empty()).map(str::to_owned).collect();
    let or_empty = |line: Vec<String>| if line.is_empty() { vec![String::new()] } else { line };
    split_lines(text).map(words).map(or_empty).collect()
}
