//! 自评链接: the same bytes in base64url behind `#s.`, which no browser sends to a server.
//!
//! Chat programs and mail glue things on, cut, and rewrite; what can be mended without a guess is, and the check of the
//! record says whether it was.

use crate::bytes::base64url;
use crate::letters::{is_unseen, narrow};

use super::record::{MOST, SHORTEST, expected, unpack, whole};
use super::{By, Known, Record, Unreadable};

/// What stands between the site's address and the record.
const SIGN: &str = "#s.";
/// What becomes of it on the way.
const SIGNS: [&str; 3] = [SIGN, "%23s.", "%2523s."];
/// What becomes of it, or stands in the address of something else.
const WEAK: [&str; 5] = ["?s=", "&s=", "#s=", "/s.", "%23s="];
/// Above this a link is warned of.
pub const WARN: usize = 1_000;
/// Above this none is offered.
pub const TOO_LONG: usize = 2_000;

/// The link of a record on the site with this root, which ends with a slash.
pub fn write_link(root: &str, record: &[u8]) -> String {
    format!("{root}{SIGN}{}", base64url::encode(record))
}

/// Does the text hold something that was a link of ours?
pub fn is_link(text: &str) -> bool {
    // every sign has both, and most lines of a long text have not
    text.contains(['s', 'ｓ']) && text.contains(['.', '=', '．', '＝']) && payload(text).is_some()
}

/// A line cut where a further link begins: chats and cells hold several.
pub fn each(line: &str) -> Vec<&str> {
    let (mut all, mut from, mut behind) = (Vec::new(), 0, None);
    for (at, length) in signs(line) {
        // one address may have two signs, but nothing between them that ends an address
        let between = behind.and_then(|behind| Some((behind, line.get(behind..at)?)));
        let cut = between.and_then(|(behind, it)| {
            let at = it.rfind("http").or_else(|| it.find(|it: char| !it.is_ascii_graphic()))?;
            Some(behind + at)
        });
        if let Some(cut) = cut {
            all.push(&line[from..cut]);
            from = cut;
        }
        behind = Some(at + length);
    }
    all.push(&line[from..]);
    all
}

/// What stands before the address of a link and behind its record. `None` where there is no link.
pub fn around(part: &str) -> Option<(&str, &str)> {
    if !is_link(part) {
        return None;
    }
    let Some((at, length)) = signs(part).next() else { return Some(("", "")) };
    let before = part[..at].rfind("http").map_or("", |it| &part[..it]);
    let mut left = payload(part).and_then(|it| expected_of(&it)).map_or(usize::MAX, n_characters);
    let from = at + length;
    let ends = |(_, it): &(usize, char)| {
        left = if is_ours(*it) { left.saturating_sub(1) } else { left };
        left == 0 || !is_ours(*it) && !it.is_whitespace()
    };
    let behind = part[from..].char_indices().find(ends).map_or("", |(at, it)| &part[from + at + it.len_utf8()..]);
    Some((before, behind))
}

/// Where signs stand, and how long they are.
fn signs(text: &str) -> impl Iterator<Item = (usize, usize)> {
    text.match_indices(['#', '%', '?', '&', '/']).filter_map(|(at, _)| {
        let sign = SIGNS.into_iter().chain(WEAK).find(|it| text[at..].starts_with(it))?;
        Some((at, sign.len()))
    })
}

/// Reads a link, or what came of it on the way.
///
/// # Errors
/// What is missing or altered, or why it is not known here. Never another record.
pub fn read_link(known: Known<'_>, text: &str) -> Result<Record, Unreadable> {
    unpack(known, &bytes_of(text)?, By::Link)
}

/// The whole record in a link.
///
/// # Errors
/// What is missing or altered; lengths are characters behind the sign.
pub fn bytes_of(text: &str) -> Result<Vec<u8>, Unreadable> {
    let it = payload(text).ok_or(Unreadable::Nothing)?;
    let received = it.len();
    if n_characters(MOST) < received && expected_of(&it).is_none_or(|it| MOST < it) {
        return Err(Unreadable::TooLong { received });
    }
    let expected = expected_of(&it).ok_or(Unreadable::Cut { received, expected: n_characters(SHORTEST) })?;
    let length = n_characters(expected);
    // what is glued on in the same alphabet goes beyond the length that the record tells
    let Some(own) = it.get(..length) else { return Err(Unreadable::Cut { received, expected: length }) };
    let bytes = base64url::decode(own).ok_or(Unreadable::Altered { received, expected: length })?;
    whole(&bytes).map_err(|it| it.with_lengths(received, length)).map(|()| bytes)
}

/// Does what there is of a link say how long the whole is?
pub fn tells_length(text: &str) -> bool {
    payload(text).and_then(|it| expected_of(&it)).is_some()
}

fn expected_of(payload: &str) -> Option<usize> {
    expected(&base64url::decode(payload.get(..8)?)?)
}

/// How many characters a record of so many bytes has.
pub fn n_characters(bytes: usize) -> usize {
    (bytes * 4).div_ceil(3)
}

/// The record's characters: behind a sign, up to the first that is none of ours. Line breaks of mail programs (`=` at the end
/// of the line) and blanks inside are taken out. Of several signs the one with a whole record counts, else the longest.
fn payload(text: &str) -> Option<String> {
    let text = text.replace("=\r\n", "").replace("=\n", "").replace("=3D", "=");
    let narrow: String = text.chars().map(narrow).collect();
    let behind = |(at, length): (usize, usize)| {
        let behind = narrow[at + length..].chars().filter(|it| !it.is_whitespace() && !is_unseen(*it));
        let is_weak = WEAK.contains(&&narrow[at..at + length]);
        (is_weak, behind.take_while(|it| is_ours(*it)).collect::<String>())
    };
    let tells = |it: &str| expected_of(it).is_some_and(|it| (SHORTEST..=MOST).contains(&it));
    let is_whole = |it: &str| {
        let own = expected_of(it).and_then(|length| it.get(..n_characters(length)));
        own.and_then(base64url::decode).is_some_and(|it| whole(&it).is_ok())
    };
    let mut best: Option<String> = None;
    for (is_weak, it) in signs(&narrow).map(behind) {
        if is_whole(&it) {
            return Some(it);
        }
        if (!is_weak || tells(&it)) && best.as_ref().is_none_or(|best| best.len() < it.len()) {
            best = Some(it);
        }
    }
    best
}

/// Is this a character of the record in a link?
pub fn is_ours(it: char) -> bool {
    it.is_ascii_alphanumeric() || matches!(it, '-' | '_')
}
