//! What counts as the same character: full and half width, capitals, marks of every kind.
//!
//! One character goes to one or to none and never looks at its neighbours, so what is part of a text stays part of it.

use crate::letters::{is_blank, is_bracket, is_dash, is_quote, narrow};

/// The character as it is compared; `None` for what is looked over, as people leave it out: spaces, line ends, what is not
/// seen, dashes, brackets and quotation marks.
pub fn fold(letter: char) -> Option<char> {
    match narrow(letter) {
        it @ 'A'..='Z' => Some(it.to_ascii_lowercase()),
        '、' => Some(','),
        '。' | '｡' | '…' | '·' => Some('.'),
        // people write an underline where a form has a dash
        it if is_blank(it) || is_bracket(it) || is_quote(it) || is_dash(it) || it == '_' => None,
        it => Some(it),
    }
}
