//! What counts as the same character: full and half width, capitals, marks of every kind.
//!
//! One character goes to one or to none and never looks at its neighbours, so what is part of a text stays part of it.

/// Brackets and quotation marks.
const AROUND: &str = "()[]{}〔〕【】﹝﹞〖〗<>〈〉《》「」『』“”‘’\"'";
const DASHES: &str = "-—–‐‑−_";

/// The character as it is compared; `None` for what is looked over, as people leave it out: spaces, line ends, dashes,
/// brackets and quotation marks.
pub fn fold(it: char) -> Option<char> {
    let it = match it {
        // full width
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(it) - 0xfee0).unwrap_or(it),
        other => other,
    };
    match it {
        'A'..='Z' => Some(it.to_ascii_lowercase()),
        '、' => Some(','),
        '。' | '｡' | '…' | '·' => Some('.'),
        it if it.is_whitespace() || it.is_control() || AROUND.contains(it) || DASHES.contains(it) => None,
        it => Some(it),
    }
}
