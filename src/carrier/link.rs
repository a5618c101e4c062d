//! 自评链接: the same bytes in base64url after `#s.`, a part of the address that no browser sends to a server.
//!
//! Chat programs and mail add characters, cut off and rewrite. What can be repaired without guessing is repaired; the
//! check of the record tells whether that worked.

use crate::bytes::base64url;
use crate::letters::{is_unseen, narrow};

use super::record::{MOST, SHORTEST, expected, unpack, whole};
use super::{By, Known, Record, Unreadable};

/// The sign between the site's address and the record.
const SIGN: &str = "#s.";
/// The sign, and what it may be rewritten to on the way.
const SIGNS: [&str; 3] = [SIGN, "%23s.", "%2523s."];
/// The sign may be rewritten to these too, but they also occur in other addresses.
const WEAK: [&str; 5] = ["?s=", "&s=", "#s=", "/s.", "%23s="];
/// This many characters of a record say how long it is.
const TELLS: usize = 8;
/// A longer link is offered with a warning.
pub const WARN: usize = 1_000;
/// A longer link is not offered.
pub const TOO_LONG: usize = 2_000;

/// The link of a record on the site with this root, which ends with a slash.
pub fn write_link(root: &str, record: &[u8]) -> String {
    format!("{root}{SIGN}{}", base64url::encode(record))
}

/// The part of a link that holds the record, taken out of a text once.
pub struct Payload {
    /// The record's characters, and any that follow them in the same alphabet.
    text: String,
    /// The bytes of the record, where it is complete and its check is right.
    record: Option<Vec<u8>>,
}

/// Finds a link of ours in the text, even if it was changed on the way.
pub fn find(text: &str) -> Option<Payload> {
    // every sign contains both, and most lines of a long text do not
    let likely = text.contains(['s', 'ｓ']) && text.contains(['.', '=', '．', '＝']);
    if likely { payload(text) } else { None }
}

/// Splits a line where a further link begins: lines of chats and cells may have several.
pub fn each(line: &str) -> Vec<&str> {
    let (mut all, mut from, mut behind) = (Vec::new(), 0, None);
    for (at, length) in signs(line) {
        // one address may have two signs, but then nothing between them ends an address
        let between = behind.and_then(|behind| Some((behind, line.get(behind..at)?)));
        let cut = between.and_then(|(behind, between)| {
            let at = between.rfind("http").or_else(|| between.find(|it: char| !it.is_ascii_graphic()))?;
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

/// The link in a part of a line, and what stands before its address and after its record. `None` where there is no
/// link.
pub fn around(part: &str) -> Option<(Payload, &str, &str)> {
    let found = find(part)?;
    let Some((at, length)) = signs(part).next() else { return Some((found, "", "")) };
    let before = part[..at].rfind("http").map_or("", |it| &part[..it]);
    let mut left = n_told(&found.text).unwrap_or(usize::MAX);
    let from = at + length;
    let ends = |(_, character): &(usize, char)| {
        left = if is_ours(*character) { left.saturating_sub(1) } else { left };
        left == 0 || !is_ours(*character) && !character.is_whitespace()
    };
    let behind = part[from..].char_indices().find(ends).map_or("", |(at, it)| &part[from + at + it.len_utf8()..]);
    Some((found, before, behind))
}

/// The positions of signs, and their lengths.
fn signs(text: &str) -> impl Iterator<Item = (usize, usize)> {
    text.match_indices(['#', '%', '?', '&', '/']).filter_map(|(at, _)| {
        let sign = SIGNS.into_iter().chain(WEAK).find(|it| text[at..].starts_with(it))?;
        Some((at, sign.len()))
    })
}

/// Reads a link, even if it was changed on the way.
///
/// # Errors
/// What is missing or altered, or why it cannot be opened here. Never a different record.
pub fn read_link(known: Known<'_>, text: &str) -> Result<Record, Unreadable> {
    payload(text).ok_or(Unreadable::Nothing)?.read(known)
}

/// The bytes of the record in a link.
///
/// # Errors
/// What is missing or altered; lengths are characters behind the sign.
pub fn bytes_of(text: &str) -> Result<Vec<u8>, Unreadable> {
    payload(text).ok_or(Unreadable::Nothing)?.bytes()
}

impl Payload {
    pub fn is_whole(&self) -> bool {
        self.record.is_some()
    }

    /// # Errors
    /// As [`read_link`].
    pub fn read(self, known: Known<'_>) -> Result<Record, Unreadable> {
        unpack(known, &self.bytes()?, By::Link)
    }

    fn bytes(self) -> Result<Vec<u8>, Unreadable> {
        if let Some(record) = self.record {
            return Ok(record);
        }
        let text = self.text;
        let received = text.len();
        let told = n_told(&text);
        if n_characters(MOST) < received && told.is_none() {
            return Err(Unreadable::TooLong { received });
        }
        // a length that no record has was altered, and nobody knows how many there were
        let length = told.unwrap_or(received.max(n_characters(SHORTEST)));
        // characters beyond the length that the record gives were added on the way
        let Some(own) = text.get(..length) else { return Err(Unreadable::Cut { received, expected: length }) };
        let bytes = base64url::decode(own).ok_or(Unreadable::Altered { received, expected: length })?;
        whole(&bytes).map_err(|it| it.with_lengths(received, length)).map(|()| bytes)
    }
}

/// How many characters of a record are there, and how many it has, where enough of them are there to say so. `None`
/// where that cannot be.
pub fn lengths(text: &str) -> Option<(usize, Option<usize>)> {
    let text = payload(text)?.text;
    let total = n_told(&text);
    (text.len() < TELLS || total.is_some()).then_some((text.len(), total))
}

/// How many characters the record says that it has, where one can have so many.
fn n_told(payload: &str) -> Option<usize> {
    expected(&base64url::decode(payload.get(..TELLS)?)?).map(n_characters)
}

/// How many characters a record of this many bytes has.
pub fn n_characters(bytes: usize) -> usize {
    (bytes * 4).div_ceil(3)
}

/// The record's characters: after a sign, up to the first character that cannot be in a record. Line breaks of mail
/// programs (`=` at the end of the line) and blanks inside are taken out. Of several signs the one with a whole record
/// counts, else the longest.
fn payload(text: &str) -> Option<Payload> {
    let text = text.replace("=\r\n", "").replace("=\n", "").replace("=3D", "=");
    let narrow: String = text.chars().map(narrow).collect();
    let behind = |(at, length): (usize, usize)| {
        let behind = narrow[at + length..].chars().filter(|it| !it.is_whitespace() && !is_unseen(*it));
        let is_weak = WEAK.contains(&&narrow[at..at + length]);
        (is_weak, behind.take_while(|it| is_ours(*it)).collect::<String>())
    };
    let whole_in = |text: &str| {
        let own = n_told(text).and_then(|length| text.get(..length));
        own.and_then(base64url::decode).filter(|bytes| whole(bytes).is_ok())
    };
    let mut best: Option<String> = None;
    for (is_weak, text) in signs(&narrow).map(behind) {
        if let Some(record) = whole_in(&text) {
            return Some(Payload { text, record: Some(record) });
        }
        if (!is_weak || n_told(&text).is_some()) && best.as_ref().is_none_or(|best| best.len() < text.len()) {
            best = Some(text);
        }
    }
    best.map(|text| Payload { text, record: None })
}

/// Is this a character of the record in a link?
pub fn is_ours(it: char) -> bool {
    it.is_ascii_alphanumeric() || matches!(it, '-' | '_')
}
