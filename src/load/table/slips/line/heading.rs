//! The line that begins a block.

use super::super::says::Slipped;
use super::is_key_char;
use crate::letters::{is_han, narrow};

/// A heading as it should be, and what is wrong with it as it is.
pub fn heading(line: &str, all: &[&str]) -> (String, Option<Slipped>) {
    let (head, comment) = line.split_once('#').map_or((line, None), |it| (it.0, Some(it.1)));
    let is_open = |it: char| matches!(it, '[' | '［' | '【' | '〔');
    let is_close = |it: char| matches!(it, ']' | '］' | '】' | '〕');
    let n = |is: &dyn Fn(char) -> bool| head.chars().filter(|it| is(*it)).count();
    let (n_open, n_close) = (n(&is_open), n(&is_close));
    let head = head.trim_end();
    let bare = head.trim_end_matches([',', '，', ';', '；', '。']);
    // something stands behind the last bracket
    let end = bare.rfind(is_close).map_or(bare.len(), |at| at + bare[at..].chars().next().map_or(0, char::len_utf8));
    let (bare, behind) = bare.split_at(end);
    let name: String = bare.chars().filter(|it| !is_open(*it) && !is_close(*it) && !it.is_whitespace()).collect();
    let name: String = name.chars().map(|it| if "。,，、".contains(it) { '.' } else { narrow(it) }).collect();
    if !name.is_empty()
        && behind.trim().is_empty()
        && name.chars().all(|it| is_han(it) || is_key_char(it))
        && name.contains(is_han)
    {
        return (format!("[[\"{name}\"]]"), Some(Slipped::HeadingName(name)));
    }
    if name.is_empty() || !name.chars().all(is_key_char) {
        return (line.to_owned(), None);
    }
    let (one, two) = (format!("[{name}]"), format!("[[{name}]]"));
    let elsewhere = all.iter().filter(|it| it.trim() == two).count();
    let single = all.iter().filter(|it| it.trim() == one).count();
    let should = if single <= elsewhere && (1 < n_open.max(n_close) || 0 < elsewhere) { two } else { one };
    let mended = comment.map_or(should.clone(), |it| format!("{should} #{it}"));
    let wide: Vec<char> = head.chars().filter(|it| !it.is_ascii() && (is_open(*it) || is_close(*it))).collect();
    let said = match head.trim() {
        it if it == should => None,
        _ if !wide.is_empty() => Some(Slipped::Wide(wide)),
        _ if !behind.trim().is_empty() => Some(Slipped::BehindHeading(behind.trim().to_owned())),
        _ => Some(Slipped::Heading(should)),
    };
    (mended, said)
}
