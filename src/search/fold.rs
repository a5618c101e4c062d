//! What counts as the same character: full and half width, capitals, marks of every kind,
//! letters and what looks like them.
//!
//! Each character becomes one character or none, whatever stands beside it. So what is part of a text is still part of
//! it when both are folded.

use crate::letters::{is_blank, is_bracket, is_dash, is_quote, narrow, plain};

/// The character as it is compared; `None` for what is ignored because people leave it out: spaces, line ends, unseen
/// characters, dashes, brackets and quotation marks.
pub fn fold(letter: char) -> Option<char> {
    match narrow(letter) {
        it @ 'A'..='Z' => Some(it.to_ascii_lowercase()),
        '、' => Some(','),
        '。' | '｡' | '…' | '·' => Some('.'),
        // people write an underline where a form has a dash
        it if is_blank(it) || is_bracket(it) || is_quote(it) || is_dash(it) || it == '_' => None,
        it => Some(plain(it)),
    }
}
