//! Text from the clipboard as lines of cells: tabs as Excel and WPS write them, commas and semicolons of CSV, and words
//! with blanks between them as a PDF gives them.

use crate::letters::{BYTE_ORDER_MARK, is_blank, separated};

use super::meaning::{code_in, is_code, is_serial};
use crate::filing::scope::{Levels, levels, plain};

/// What separates the cells of a text that has no tabs, in the order in which they are tried.
const MARKS: [char; 5] = [',', ';', '，', '；', '|'];

/// The cells of a text, line by line.
pub fn cells(text: &str, words: &Levels) -> Vec<Vec<String>> {
    let text = text.trim_start_matches(BYTE_ORDER_MARK);
    if text.contains('\t') {
        return separated(text, '\t');
    }
    // the mark by which most lines have a code in a cell of its own
    let mut best = (0, Vec::new());
    for mark in MARKS {
        let lines = separated(text, mark);
        let n = lines.iter().filter(|line| 1 < line.len() && line.iter().any(|cell| is_code(cell))).count();
        if best.0 < n {
            best = (n, lines);
        }
    }
    if 0 < best.0 {
        return best.1;
    }
    let lines: Vec<Vec<String>> = separated(text, '\t').into_iter().map(|line| spaced(line, words)).collect();
    if lines.iter().any(|line| 1 < line.len()) {
        return lines;
    }
    // headings without a code below them
    let commas = separated(text, ',');
    if 1 < commas.iter().filter(|line| 2 < line.len()).count() { commas } else { lines }
}

/// A line without marks: its words in the order of the printed table, if they begin with a code. Empty cells cannot be
/// seen in it, so the words say by themselves what they are.
fn spaced(line: Vec<String>, words: &Levels) -> Vec<String> {
    let text = line.concat();
    let mut pieces = text.split(is_blank).filter(|piece| !piece.is_empty()).peekable();
    if pieces.peek().is_some_and(|piece| is_serial(piece) && !is_code(piece)) {
        pieces.next();
    }
    let Some((code, name)) = pieces.next().and_then(code_in) else { return line };
    let mut cells = vec![code, name, String::new(), String::new()];
    let mut standard = String::new();
    for piece in pieces {
        let is_level = levels::read(words, piece).is_ok()
            || piece.chars().all(|letter| plain::name(&letter.to_string()).is_empty());
        let at = match () {
            () if !standard.is_empty() => None,
            () if is_level && !cells[1].is_empty() => Some(3),
            () if !cells[3].is_empty() => None,
            () if cells[1].is_empty() => Some(1),
            () if cells[2].is_empty() => Some(2),
            () => None,
        };
        let cell = at.map_or(&mut standard, |at| &mut cells[at]);
        if !cell.is_empty() {
            cell.push(' ');
        }
        cell.push_str(piece);
    }
    cells.push(standard);
    cells
}
