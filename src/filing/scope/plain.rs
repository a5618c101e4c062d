//! Codes and names without what typing and copying bring along: full-width digits, blanks, all kinds of dashes,
//! punctuation at the end (reading SCO-13).

/// `6-18-01-01` for 6－18－01－01 and 6 — 18 — 01 — 01.
pub fn code(text: &str) -> String {
    let mut plain = String::new();
    for it in text.chars().filter(|it| !is_blank(*it)).map(half_width) {
        match it {
            it if is_dash(it) => {
                if !plain.ends_with('-') {
                    plain.push('-');
                }
            }
            it => plain.push(it),
        }
    }
    plain.truncate(plain.trim_end_matches(is_stop).len());
    plain
}

/// A name without blanks, and without punctuation at its end.
pub fn name(text: &str) -> String {
    let mut plain: String = text.chars().filter(|it| !is_blank(*it)).collect();
    plain.truncate(plain.trim_end_matches(is_stop).len());
    plain
}

/// Where a word stands in a short text. A loop, because the search of the standard library is a kilobyte of WASM.
pub fn position(text: &str, word: &str) -> Option<usize> {
    let mut starts = text.char_indices().map(|it| it.0);
    starts.find(|at| !word.is_empty() && text[*at..].starts_with(word))
}

pub fn half_width(it: char) -> char {
    match it {
        '０'..='９' => char::from(b'0' + (u32::from(it) - u32::from('０')) as u8),
        other => other,
    }
}

/// Hyphens, dashes, minus signs and tildes, as keyboards and word processors make them.
pub fn is_dash(it: char) -> bool {
    matches!(it, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{fe63}' | '－' | 'ー' | '~' | '～' | '〜')
}

fn is_blank(it: char) -> bool {
    it.is_whitespace() || it.is_control() || matches!(it, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// What stands at the end of a name without belonging to it, also the stroke for an empty cell.
fn is_stop(it: char) -> bool {
    is_dash(it) || "。．.，,、；;：:！!？?·/／".contains(it)
}
