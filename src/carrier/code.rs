//! 自评码: the bytes of a record in letters for paper. Lines of eight groups of four; the last letter of each line
//! checks the others, so a typing error is found in its line.
//!
//! The alphabet has ten digits and all letters but I, L, O and U (Crockford's base 32): whoever reads O for 0, or I or
//! l for 1, is understood, and so are small and full-width letters, blanks and dashes.

use crate::bytes::bits::{cut, join};
use crate::letters::{is_dash, is_unseen, narrow, split_lines};

use super::record::{MOST, VERSION, expected, unpack, whole};
use super::{By, Known, Record, Unreadable};

const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The bits of each letter.
const BITS: u32 = 5;
/// This many letters say how long the code is.
pub const TELLS: usize = 8;
/// Letters of a group.
pub const GROUP: usize = 4;
/// Letters of a line, the check included.
pub const LINE: usize = 32;
const DATA: usize = LINE - 1;

/// The code of a record, with line breaks.
pub fn write_code(record: &[u8]) -> String {
    let mut text = String::new();
    for (line, letters) in cut(record, BITS).chunks(DATA).enumerate() {
        if 0 < line {
            text.push('\n');
        }
        for (at, letter) in letters.iter().copied().chain([check(line, letters)]).enumerate() {
            if 0 < at && at % GROUP == 0 {
                text.push(' ');
            }
            text.push(char::from(LETTERS[usize::from(letter)]));
        }
    }
    text
}

/// Reads a code, as printed, copied or typed.
///
/// # Errors
/// Which line is wrong, what is missing, or why it cannot be opened here. Never a different record.
pub fn read_code(known: Known<'_>, text: &str) -> Result<Record, Unreadable> {
    unpack(known, &bytes_of(text)?, By::Code)
}

/// Reads a code that stands on one line exactly as [`write_code`] writes it, with blanks in place of the line breaks.
/// `None` for any other text, also where [`super::read`] would find a code in it.
pub fn read_plain(known: Known<'_>, line: &str) -> Option<Record> {
    let mut all = Vec::with_capacity(line.len());
    for (at, byte) in line.bytes().enumerate() {
        match at % (GROUP + 1) {
            GROUP if byte == b' ' => {}
            GROUP => return None,
            _ => all.push(value(char::from(byte)).filter(|it| LETTERS[usize::from(*it)] == byte)?),
        }
    }
    let is_right =
        |(line, letters): (usize, &[u8])| split(letters).is_some_and(|(data, last)| check(line, data) == last);
    if line.ends_with(' ') || !all.chunks(LINE).enumerate().all(is_right) {
        return None;
    }
    let bytes = data_of(&all).filter(|it| n_letters(it.len()) == all.len())?;
    unpack(known, &bytes, By::Code).ok()
}

/// The bytes of the record in a code.
///
/// # Errors
/// Which line is wrong, or what is missing.
pub fn bytes_of(text: &str) -> Result<Vec<u8>, Unreadable> {
    read_bytes(text, one_wrong)
}

/// Does it hold a whole record? Does not look for the wrong letter, which would take a thousand attempts.
///
/// # Errors
/// As [`bytes_of`], without naming the group.
pub fn is_whole(text: &str) -> Result<(), Unreadable> {
    read_bytes(text, |_, _| None).map(|_| ())
}

fn read_bytes(text: &str, group: fn(&[u8], usize) -> Option<usize>) -> Result<Vec<u8>, Unreadable> {
    let lines = typed(text)?;
    let all: Vec<u8> = lines.concat();
    let received = all.len();
    let wrong = |line: usize, letters: &[u8]| split(letters).is_none_or(|(data, last)| check(line, data) != last);
    let first_bad = all.chunks(LINE).enumerate().find(|(line, letters)| wrong(*line, letters)).map(|it| it.0);
    // the first letters say how long the code should be; they are trusted where the check of their line is right
    let said = begins(&all);
    let Some(bad) = first_bad else {
        if let Some(expected) = said.filter(|it| received < *it) {
            return Err(Unreadable::Cut { received, expected });
        }
        let expected = said.unwrap_or(received);
        let bytes = data_of(&all).ok_or(Unreadable::Altered { received, expected })?;
        return whole(&bytes).map_err(|it| it.with_lengths(received, expected)).map(|()| bytes);
    };
    let should = said.filter(|_| 0 < bad || received < LINE);
    // a code whose lines were wrapped at another width has lines of one other length throughout
    let first_ones = || lines.iter().rev().skip(1);
    let is_wrapped = should == Some(received) && first_ones().all(|it| it.len() != LINE && it.len() == lines[0].len());
    if 1 < lines.len()
        && !is_wrapped
        && first_ones().filter(|it| it.len() != LINE).count() <= 1
        && let Some(off) = lines.iter().position(|it| it.len() != LINE)
        && off <= bad
    {
        let of_last = should.map_or(LINE, |it| (it - 1) % LINE + 1);
        let is_last = off + 1 == lines.len() && should.is_none_or(|it| it.div_ceil(LINE) == lines.len());
        let expected = if is_last { of_last } else { LINE };
        if lines[off].len() != expected {
            return Err(Unreadable::LineLength { line: off + 1, received: lines[off].len(), expected });
        }
    }
    // a short code with a wrong check is cut off, or has a wrong letter among those that give the length
    let one = if received < LINE { group(&all, bad) } else { None };
    match should {
        Some(_) if one.is_some() => Err(Unreadable::Line { line: bad + 1, group: one }),
        Some(expected) if received < expected => Err(Unreadable::Cut { received, expected }),
        Some(expected) if expected < received => {
            let (line, of_line) = (expected.div_ceil(LINE), (expected - 1) % LINE + 1);
            let extra = received - expected;
            Err(Unreadable::LineLength { line, received: of_line + extra, expected: of_line })
        }
        _ => Err(Unreadable::Line { line: bad + 1, group: group(&all, bad) }),
    }
}

/// How many letters the code of a record of this many bytes has.
pub fn n_letters(bytes: usize) -> usize {
    let data = (bytes * 8).div_ceil(5);
    data + data.div_ceil(DATA)
}

/// The letters in one line as their values. `None` where there is another character among them.
pub fn letters(line: &str) -> Option<Vec<u8>> {
    line.chars().filter(|it| !is_between(*it)).take(n_letters(MOST) + 1).map(value).collect()
}

/// Is the check of these letters right, as those of the line with this number, from 0? Letters beyond a line are
/// ignored in the first line only.
pub fn is_line(number: usize, letters: &[u8]) -> bool {
    let line = &letters[..letters.len().min(LINE)];
    (number == 0 || letters.len() <= LINE) && split(line).is_some_and(|(data, last)| check(number, data) == last)
}

/// How many letters a code has that begins with these, as the first letters say.
pub fn begins(letters: &[u8]) -> Option<usize> {
    let bytes = letters.get(..TELLS).and_then(|it| join(it, BITS));
    bytes.and_then(|it| expected(&it)).map(n_letters)
}

/// Where in a line a code may begin: wherever a length follows that codes have, and where too few letters follow to say.
pub fn beginnings(line: &str) -> impl Iterator<Item = usize> {
    // the letters of an address are many, and no code begins within a word of one
    let in_words = !line.contains("://");
    line.char_indices().filter(|it| is_letter(it.1)).map(|it| it.0).filter(move |at| {
        let written = || line[*at..].chars().filter(|it| !is_between(*it));
        // the version stands in the low bits of the first byte
        if written().nth(1).and_then(value).is_some_and(|it| it >> 2 != VERSION) {
            return false;
        }
        let own: Vec<u8> = written().take(TELLS).map_while(value).collect();
        let is_first = || !line[..*at].ends_with(is_letter);
        match own.len() {
            TELLS => begins(&own).is_some() && (in_words || is_first()),
            few => written().nth(few).is_none() && is_first(),
        }
    })
}

/// Are the checks right of the lines that these letters complete, beyond the first `before` of them?
pub fn are_lines(letters: &[u8], before: usize) -> bool {
    let mut whole = letters.chunks(LINE).enumerate().skip(before / LINE).filter(|it| it.1.len() == LINE);
    whole.all(|(line, it)| is_line(line, it))
}

/// The same, where the check of their line is right or still to come.
pub fn tells_length(letters: &[u8]) -> Option<usize> {
    begins(letters).filter(|_| letters.len() < LINE || is_line(0, letters))
}

/// The beginning of a text up to this many letters of a code, or up to the last before another character.
pub fn first_letters(text: &str, n: usize) -> &str {
    let letters = text.char_indices().take_while(|it| is_of_code(it.1)).filter(|it| is_letter(it.1));
    letters.take(n).last().map_or("", |(at, it)| &text[..at + it.len_utf8()])
}

/// Is this a letter of a code, or one that is read as such?
pub fn is_letter(it: char) -> bool {
    value(it).is_some()
}

/// Is this a character of codes, or one that may stand between their groups?
pub fn is_of_code(it: char) -> bool {
    value(it).is_some() || is_between(it)
}

/// Is most of the text in groups of four, as codes are printed?
pub fn has_groups(text: &str) -> bool {
    let groups = || text.split(is_between).filter(|it| !it.is_empty());
    groups().count() < 2 * groups().filter(|it| it.chars().count() == GROUP).count()
}

/// The values of the letters, line by line as they were typed.
fn typed(text: &str) -> Result<Vec<Vec<u8>>, Unreadable> {
    let mut lines = Vec::new();
    let mut received = 0;
    for line in split_lines(text) {
        let mut letters = Vec::new();
        for letter in line.chars().filter(|it| !is_between(*it)) {
            received += 1;
            if n_letters(MOST) < received {
                return Err(Unreadable::TooLong { received: text.chars().count() });
            }
            let at = letters.len() + 1;
            letters.push(value(letter).ok_or(Unreadable::Letter { line: lines.len() + 1, at, letter })?);
        }
        if !letters.is_empty() {
            lines.push(letters);
        }
    }
    if lines.is_empty() { Err(Unreadable::Nothing) } else { Ok(lines) }
}

/// May it stand between the groups of a code?
pub fn is_between(it: char) -> bool {
    // control characters are not skipped: they are a sign that this is not text
    it.is_whitespace() || is_unseen(it) || is_dash(it) || matches!(narrow(it), '.' | '·')
}

/// The value of a letter; letters that look the same are accepted for one another.
fn value(letter: char) -> Option<u8> {
    let plain = u8::try_from(narrow(letter)).ok()?.to_ascii_uppercase();
    match plain {
        b'0'..=b'9' => Some(plain - b'0'),
        b'O' => Some(0),
        b'I' | b'L' => Some(1),
        b'U' => None,
        // the alphabet goes on behind each letter that it lacks
        b'A'..=b'Z' => Some(plain - b'A' + 10 - b"ILOU".iter().filter(|it| **it < plain).count() as u8),
        _ => None,
    }
}

fn split(line: &[u8]) -> Option<(&[u8], u8)> {
    let (last, data) = line.split_last()?;
    Some((data, *last))
}

/// The bytes of all lines, without the check letters.
fn data_of(all: &[u8]) -> Option<Vec<u8>> {
    let data: Vec<u8> = all.chunks(LINE).filter_map(split).flat_map(|it| it.0).copied().collect();
    join(&data, BITS)
}

/// Each letter times a power of 2 in the field of 32, so that a wrong letter and two swapped letters are noticed. The
/// number of the line is added, so that swapped lines are noticed too.
fn check(line: usize, data: &[u8]) -> u8 {
    let sum = data.iter().rev().fold(0, |sum, letter| times(sum, 1) ^ letter);
    sum ^ (line % 32) as u8
}

/// Times 2 to the power of `n`, modulo x⁵ + x² + 1.
fn times(letter: u8, n: usize) -> u8 {
    (0..n).fold(letter, |it, _| if it & 16 == 0 { it << 1 } else { (it << 1 ^ 0b10_0101) & 31 })
}

/// The group of the only letter whose change makes the check of the line right and the record whole.
fn one_wrong(all: &[u8], line: usize) -> Option<usize> {
    let start = line * LINE;
    let end = all.len().min(start + LINE);
    let (data, last) = split(all.get(start..end)?)?;
    let off = check(line, data) ^ last;
    let mut tried = all.to_vec();
    let mut found = None;
    for at in start..end {
        // the change that this letter would need; the last letter is the check itself
        let change = |it: &u8| if at + 1 == end { *it == off } else { times(*it, at - start) == off };
        let Some(change) = (1..32).find(change) else { continue };
        tried[at] ^= change;
        if data_of(&tried).is_some_and(|it| whole(&it).is_ok()) {
            if found.is_some() {
                return None;
            }
            found = Some((at - start) / GROUP + 1);
        }
        tried[at] = all[at];
    }
    found
}
