//! Records, version 1: a dossier in as few bytes as it needs. What this version wrote is read for ever.
//!
//! ```text
//! 1 byte    version in the low three bits; flags: 8 it has a day, 16 a tail, 32 the tail is compressed,
//!           64 an occupation of the printed table, 128 an answer on filing
//! 2 bytes   mark of the edition's rubrics, and of the table and the questions where the record depends on them
//! 1–2 bytes length of the record in bytes, the check included
//! 2 bytes   days since 2020-01-01, if there is a day
//! n bytes   the number that holds all digits, with its length before it if there is a tail
//! …         the tail
//! 3 bytes   checksum of everything before it
//! ```

use crate::bytes::crc::crc24;
use crate::bytes::wire::{Bytes, Wire};
use crate::dossier::{Dossier, Overlong, Roster, Sheet, UnitFacts, Work, capped, cleaned, overlong};
use crate::filing::route::Routes;
use crate::rubric::{Applicant, Edition, Part, Rubric};
use crate::score::{Given, fits};

use super::mark::Leans;
use super::number::{Digits, Limbs};
use super::sheets::{read_sheet, write_sheet};
use super::tail::{expand, squeeze};
use super::{By, Known, Record, Take, Unreadable, route};

pub const VERSION: u8 = 1;
const DAY: u8 = 8;
const TAIL: u8 = 16;
const SQUEEZED: u8 = 32;
const TABLE: u8 = 64;
const QUESTIONS: u8 = 128;
/// 2020-01-01 in days since 1970.
const EPOCH: u32 = 18_262;
/// The bytes of the check.
const CHECK: usize = 3;
/// The most bytes of a record: as a link that is 8,000 characters, four times the longest link that is offered.
pub const MOST: usize = 6_000;
/// Head, mark, length and check.
pub const SHORTEST: usize = 7;
const MOST_SHEETS: usize = 60;
/// The most bytes of the number: the digits of [`MOST_SHEETS`] sheets take fewer. There is a limit because the time to
/// read a number grows with the square of its length.
const MOST_NUMBER: usize = 1_200;

/// The part of a dossier that is passed on, as it will arrive: the answers, and what else the sender chose.
pub fn taken(known: Known<'_>, dossier: &Dossier, take: Take) -> Option<Dossier> {
    selected(known, dossier, take).map(capped)
}

/// The texts of that part that are too long for a code or a link, which takes along their beginnings.
pub fn cut(known: Known<'_>, dossier: &Dossier, take: Take) -> Vec<Overlong> {
    selected(known, dossier, take).map_or(Vec::new(), |it| overlong(&it))
}

fn selected(known: Known<'_>, dossier: &Dossier, take: Take) -> Option<Dossier> {
    let (edition, rules) = known.edition(&dossier.edition)?;
    let dossier = cleaned(dossier.clone());
    let sheets = dossier.sheets.iter().filter_map(|it| Some((edition.rubric(it.annex)?, it)));
    let sheets = sheets.zip(1..).map(|((rubric, it), id)| taken_sheet(rubric, it, id, take)).collect();
    let (unit, place) = if take.unit { (dossier.unit, dossier.facts.place) } else { Default::default() };
    Some(Dossier {
        unit,
        applicant: dossier.applicant,
        edition: dossier.edition,
        sheets,
        binned: None,
        route: route::taken(rules.map_or(&Routes::default(), |it| &it.routes), &dossier.route, take.unit),
        facts: UnitFacts { place, ..UnitFacts::default() },
        declared: Vec::new(),
        roster: Roster::default(),
    })
}

fn taken_sheet(rubric: &Rubric, sheet: &Sheet, id: u16, take: Take) -> Sheet {
    // both are in printed order: one pass finds all rows
    let mut rows = rubric.rows().peekable();
    let mut of_row = |given: &Given| {
        while rows.next_if(|row| row.number < given.row).is_some() {}
        let row = rows.peek().filter(|row| row.number == given.row);
        row.is_some_and(|row| row.has(given.fact))
    };
    let has = |it: &&Given| of_row(it) && fits(it.fact.measure(), it.value);
    let occupation = rubric.part == Part::Occupation;
    // the first blank is the occupation's name, the others are figures of the unit
    let n_blanks = if take.unit { rubric.blanks().count() } else { usize::from(occupation) };
    let mut blanks: Vec<String> = sheet.blanks.iter().take(n_blanks).cloned().collect();
    while blanks.last().is_some_and(String::is_empty) {
        blanks.pop();
    }
    let text = |it: &String| if occupation { it.clone() } else { String::new() };
    let noted = |it: &&(u16, String)| take.notes && !it.1.is_empty() && rubric.row(it.0).is_some();
    Sheet {
        id,
        annex: sheet.annex,
        blanks,
        occupation_code: text(&sheet.occupation_code),
        levels: text(&sheet.levels),
        answers: sheet.answers.iter().filter(has).copied().collect(),
        notes: sheet.notes.iter().filter(noted).cloned().collect(),
        work: Work::default(),
    }
}

/// A dossier as the bytes of a record. `None` where it has more than 60 sheets, more than a record holds, or belongs to
/// an edition that is not known.
pub fn pack(known: Known<'_>, dossier: &Dossier, take: Take) -> Option<Vec<u8>> {
    let leaving = taken(known, dossier, take).filter(|it| it.sheets.len() <= MOST_SHEETS)?;
    let (edition, rules) = known.edition(&leaving.edition)?;
    let (mut digits, mut tail) = (Digits::default(), Vec::new());
    let (at, n_kinds) = (u32::from(leaving.applicant.0), n_kinds(edition));
    digits.push(Some(at).filter(|it| *it < n_kinds)?, n_kinds);
    let n_rubrics = edition.rubrics.len() as u32;
    let mut leans = Leans { table: false, questions: !leaving.route.0.is_empty() };
    for sheet in &leaving.sheets {
        let at = edition.rubrics.iter().position(|it| it.annex == sheet.annex)?;
        digits.push(at as u32 + 1, n_rubrics + 1);
        let (rubric, states, scope) = (&edition.rubrics[at], known.states(edition, at), rules.map(|it| &it.scope));
        leans.table |= write_sheet(rubric, states, scope, sheet, &mut digits, &mut tail);
    }
    digits.push(0, n_rubrics + 1);
    for text in [&leaving.unit, &leaving.facts.place] {
        write_text(text, &mut digits, &mut tail);
    }
    if let Some(rules) = rules.filter(|_| leans.questions) {
        route::write(&rules.routes, &leaving.route, &mut digits, &mut tail);
    }
    let squeezed = squeeze(&tail);
    let mut head = VERSION;
    let mut body = Vec::new();
    if let Some(day) = take.day {
        head |= DAY;
        let days = day.saturating_sub(EPOCH).min(u32::from(u16::MAX)) as u16;
        body.extend(days.to_le_bytes());
    }
    let number = Some(digits.into_bytes()).filter(|it| it.len() <= MOST_NUMBER)?;
    if tail.is_empty() {
        body.extend(number);
    } else {
        head |= if squeezed.is_some() { TAIL | SQUEEZED } else { TAIL };
        (number.len() as u64).write(&mut body);
        body.extend(number);
        body.extend(squeezed.unwrap_or(tail));
    }
    head |= if leans.table { TABLE } else { 0 } | if leans.questions { QUESTIONS } else { 0 };
    let mut record = vec![head];
    record.extend(known.mark(edition, leans).to_le_bytes());
    let length = body.len() + record.len() + CHECK;
    let length = if length + 1 < 128 { length + 1 } else { length + 2 };
    (length as u64).write(&mut record);
    record.extend(body);
    record.extend(check(&record));
    (record.len() <= MOST).then_some(record)
}

/// Reads the bytes of a whole record.
///
/// # Errors
/// It is cut or altered, of a newer version, or of an edition that is not known.
pub fn unpack(known: Known<'_>, bytes: &[u8], by: By) -> Result<Record, Unreadable> {
    whole(bytes)?;
    let altered = Unreadable::Altered { received: bytes.len(), expected: bytes.len() };
    let (head, marked) = (bytes[0], u16::from_le_bytes([bytes[1], bytes[2]]));
    let leans = Leans { table: head & TABLE != 0, questions: head & QUESTIONS != 0 };
    let edition = known.marked(marked, leans).ok_or(Unreadable::UnknownEdition)?;
    let mut from = &bytes[if bytes[3] < 128 { 4 } else { 5 }..bytes.len() - CHECK];
    let mut day = None;
    if head & DAY != 0 {
        let (two, rest) = from.split_first_chunk().ok_or(altered)?;
        day = Some(EPOCH + u32::from(u16::from_le_bytes(*two)));
        from = rest;
    }
    let (number, tail) = if head & TAIL == 0 {
        (from, Vec::new())
    } else {
        let (length, rest) = length(from).ok_or(altered)?;
        let (number, tail) = rest.split_at_checked(length).ok_or(altered)?;
        (number, if head & SQUEEZED == 0 { tail.to_vec() } else { expand(tail).ok_or(altered)? })
    };
    let dossier = read_dossier(known, edition, leans, number, &tail).ok_or(altered)?;
    // its texts are made harmless, and nothing is in it that could not be passed on again
    let dossier = taken(known, &dossier, Take { unit: true, notes: true, day: None }).ok_or(altered)?;
    Ok(Record { dossier, day, by })
}

/// The length that a record which begins with these bytes gives for itself. `None` where they are too few to say so, and
/// for a length that no record has.
pub fn expected(bytes: &[u8]) -> Option<usize> {
    Some(length(bytes.get(3..)?)?.0).filter(|it| (SHORTEST..=MOST).contains(it))
}

/// Is the record complete and unchanged?
///
/// # Errors
/// What is wrong with it; lengths are in bytes.
pub fn whole(bytes: &[u8]) -> Result<(), Unreadable> {
    let received = bytes.len();
    if MOST < received {
        return Err(Unreadable::TooLong { received });
    }
    let told = expected(bytes);
    // where its length was altered, nobody knows what it was
    let expected = told.unwrap_or(received.max(SHORTEST));
    if received < expected {
        return Err(Unreadable::Cut { received, expected });
    }
    let is_right = |(body, found): (&[u8], &[u8; CHECK])| told == Some(received) && check(body) == *found;
    if !bytes.split_last_chunk().is_some_and(is_right) {
        return Err(Unreadable::Altered { received, expected });
    }
    match bytes[0] & 7 {
        // "squeezed" without a tail is a combination that is reserved for later versions
        VERSION if bytes[0] & (TAIL | SQUEEZED) != SQUEEZED => Ok(()),
        0 => Err(Unreadable::Altered { received, expected }),
        _ => Err(Unreadable::Newer),
    }
}

/// Reads a length of one byte or two. Two bytes are valid only where one is too few, so that a record has only one
/// form.
fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    match *bytes {
        [low, ref rest @ ..] if low < 128 => Some((usize::from(low), rest)),
        [low, high, ref rest @ ..] if 0 < high && high < 128 => {
            Some((usize::from(low & 127) | usize::from(high) << 7, rest))
        }
        _ => None,
    }
}

/// The CRC-24 of the bytes, lowest byte first.
fn check(bytes: &[u8]) -> [u8; CHECK] {
    let [low, middle, high, _] = crc24(bytes).to_le_bytes();
    [low, middle, high]
}

/// `None` where the bytes cannot be a dossier.
fn read_dossier(known: Known<'_>, edition: &Edition, leans: Leans, number: &[u8], tail: &[u8]) -> Option<Dossier> {
    let rules = known.rules.iter().find(|it| it.edition == edition.id);
    let scope = rules.filter(|_| leans.table).map(|it| &it.scope);
    if MOST_NUMBER < number.len() {
        return None;
    }
    let (mut number, mut tail) = (Limbs::from_bytes(number), Bytes::of(tail));
    let applicant = Applicant(number.take(n_kinds(edition)) as u8);
    let mut sheets = Vec::new();
    loop {
        let at = number.take(edition.rubrics.len() as u32 + 1) as usize;
        let Some((at, rubric)) = at.checked_sub(1).and_then(|at| Some((at, edition.rubrics.get(at)?))) else { break };
        if sheets.len() == MOST_SHEETS {
            return None;
        }
        let id = sheets.len() as u16 + 1;
        sheets.push(read_sheet(rubric, known.states(edition, at), scope, id, &mut number, &mut tail));
    }
    let (unit, place) = (read_text(&mut number, &mut tail), read_text(&mut number, &mut tail));
    let rules = rules.filter(|_| leans.questions);
    let route = rules.map(|it| route::read(&it.routes, &mut number, &mut tail)).unwrap_or_default();
    let dossier = Dossier {
        unit,
        applicant,
        edition: edition.id.clone(),
        sheets,
        binned: None,
        route,
        facts: UnitFacts { place, ..UnitFacts::default() },
        declared: Vec::new(),
        roster: Roster::default(),
    };
    (number.is_spent() && tail.is_spent()).then_some(dossier)
}

fn n_kinds(edition: &Edition) -> u32 {
    edition.applicants.len().max(1) as u32
}

fn write_text(text: &str, digits: &mut Digits, tail: &mut Vec<u8>) {
    digits.push(u32::from(!text.is_empty()), 2);
    if !text.is_empty() {
        text.to_owned().write(tail);
    }
}

fn read_text(number: &mut Limbs, tail: &mut Bytes<'_>) -> String {
    if number.take(2) == 1 { String::read(tail) } else { String::new() }
}
