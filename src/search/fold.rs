//! What counts as the same character: full and half width, capitals, brackets and marks of every kind.
//!
//! One character goes to one or to none and never looks at its neighbours, so what is part of a text stays part of it.

/// The character as it is compared; `None` for what is looked over: spaces, line ends, hyphens and dashes.
pub fn fold(it: char) -> Option<char> {
    let it = match it {
        // full width
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(it) - 0xfee0).unwrap_or(it),
        other => other,
    };
    Some(match it {
        'A'..='Z' => it.to_ascii_lowercase(),
        '〔' | '[' | '【' | '﹝' | '〖' | '{' => '(',
        '〕' | ']' | '】' | '﹞' | '〗' | '}' => ')',
        '〈' | '《' | '<' | '「' | '『' | '“' | '‘' | '〉' | '》' | '>' | '」' | '』' | '”' | '’' | '\'' => {
            '"'
        }
        '、' | '，' => ',',
        '。' | '｡' => '.',
        '…' | '·' => '.',
        '-' | '—' | '–' | '‐' | '‑' | '−' | '_' => return None,
        it if it.is_whitespace() || it.is_control() => return None,
        it => it,
    })
}
