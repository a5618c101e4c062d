//! Codes and names without what typing and copying bring along: full-width digits, blanks, all kinds of dashes,
//! punctuation at the end (reading SCO-13).

use crate::letters::{is_blank, is_stop, is_stroke, narrow_digit, plain};

/// `6-18-01-01` for 6－18－01－01 and 6 — 18 — 01 — 01.
pub fn code(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.chars().filter(|it| !is_blank(*it)).map(narrow_digit) {
        match letter {
            _ if is_stroke(letter) => {
                if !plain.ends_with('-') {
                    plain.push('-');
                }
            }
            _ => plain.push(letter),
        }
    }
    plain.truncate(plain.trim_end_matches(is_stop).len());
    plain
}

/// A name without blanks, without punctuation at its end, and without look-alikes of letters.
pub fn name(text: &str) -> String {
    let mut name: String = text.chars().filter(|it| !is_blank(*it)).map(plain).collect();
    name.truncate(name.trim_end_matches(is_stop).len());
    name
}

/// Where a word stands in a short text. A loop, because the search of the standard library is a kilobyte of WASM.
pub fn position(text: &str, word: &str) -> Option<usize> {
    let mut starts = text.char_indices().map(|it| it.0);
    starts.find(|at| !word.is_empty() && text[*at..].starts_with(word))
}
