//! What stands around an equals sign and is no plain key or value: a key in quotes, a number sign, a word for true.

use super::super::says::Slipped;
use super::{Last, Scan, key_of, opens};
use crate::letters::narrow;

impl Scan<'_> {
    /// A number sign where a value should be: that of a colour, which stands in quotes, or of a comment.
    pub(super) fn number_sign(&mut self) {
        let rest = self.rest();
        let word = rest.split([' ', '\t', '"', '”']).next().unwrap_or_default();
        let digits: String = word.chars().skip(1).map(narrow).collect();
        if [3, 6].contains(&digits.len()) && digits.chars().all(|it| it.is_ascii_hexdigit()) {
            self.said.push(Slipped::Colour(format!("#{digits}")));
            self.out.push_str(&format!("\"#{digits}\" # "));
            self.at = self.chars.len();
        } else {
            let key = key_of(&self.out).unwrap_or_default();
            self.said.push(Slipped::NoValue(key));
            self.out.push_str("\"\" ");
            self.comment('#');
        }
        self.last = Last::Value;
    }

    /// A key in quotes, as names of places are, and the equals sign. Else what is wrong with the line.
    pub(super) fn quoted_key(&mut self, rest: &str) -> Result<bool, Slipped> {
        let open = rest.chars().next().expect("it begins with a quote");
        let inner = &rest[open.len_utf8()..];
        let Some(end) = inner.find(opens) else { return Err(Slipped::Stray) };
        let (key, after) = inner.split_at(end);
        let close = after.chars().next().expect("it was found");
        let after = &after[close.len_utf8()..];
        let gap = after.len() - after.trim_start().len();
        let Some(mark) = after.trim_start().chars().next().filter(|it| "=＝:：".contains(*it)) else {
            return Err(if key.contains(['=', '＝']) { Slipped::Unpaired } else { Slipped::Stray });
        };
        let wide: Vec<char> = [open, close].into_iter().filter(|it| *it != '"').collect();
        if !wide.is_empty() && (open, close) != ('\'', '\'') {
            self.said.push(Slipped::Wide(wide));
        }
        if matches!(mark, ':' | '：') {
            self.said.push(Slipped::Colon);
        } else {
            self.wide(mark);
        }
        self.out.push_str(&format!("\"{key}\"{}=", " ".repeat(gap.min(1))));
        let read = &rest[..rest.len() - after.len() + gap + mark.len_utf8()];
        self.at += read.chars().count();
        self.last = Last::Key;
        Ok(true)
    }
}

/// What somebody means who writes 是 or True.
pub(super) fn truth(word: &str) -> Option<bool> {
    match word.to_lowercase().as_str() {
        "true" | "yes" | "是" | "对" | "有" => Some(true),
        "false" | "no" | "否" | "不" | "无" => Some(false),
        _ => None,
    }
}
