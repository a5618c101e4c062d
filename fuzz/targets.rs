//! What must hold for any bytes that come in as a code, a link, a backup file or a record from the browser. These are
//! ordinary functions: the fuzzer runs them, and so do the tests, with everything the fuzzer found.
//!
//! A fuzzer hardly ever guesses a right checksum. So the first byte of the data says how the others are used: as the
//! text itself, or as the content of something whose lengths and checks are right.

use std::sync::OnceLock;

use ziping::bytes::base64url;
use ziping::bytes::crc::{crc24, crc32};
use ziping::carrier::{
    By, Known, Record, Take, Unreadable, pack, parts, pieces, read, read_code, read_in_part, read_link, unpack,
    write_code, write_link,
};
use ziping::dossier::{Dossier, Sheet, open, read_backup, seal};
use ziping::rubric::Applicant;

const ROOT: &str = "https://ziping.example/pingdingshan/";

/// A code, as text or as the record in it, perhaps with one letter changed.
pub fn code(known: Known<'_>, data: &[u8]) {
    carrier(known, data, write_code, |it| read_code(known, it));
}

/// A link, as text or as the record in it, perhaps with one letter changed.
pub fn link(known: Known<'_>, data: &[u8]) {
    carrier(known, data, |it| write_link(ROOT, it), |it| read_link(known, it));
}

/// A backup file, as text or as the dossiers in it.
pub fn backup(known: Known<'_>, data: &[u8]) {
    let Some((how, rest)) = data.split_first() else { return };
    let text = if how % 2 == 0 {
        String::from_utf8_lossy(rest).into_owned()
    } else {
        let records: Vec<String> = rest.split(|it| *it == 0xfe).map(sealed).collect();
        format!("{{\n  \"份数\": {},\n  \"档案\": [\"{}\"]\n}}\n", records.len(), records.join("\",\n\""))
    };
    let opened = read_backup(&text);
    if let Ok(all) = &opened {
        assert!(!all.is_empty(), "opened and empty");
        all.iter().for_each(|it| assert_eq!(open(&seal(it)).as_ref(), Ok(it)));
    }
    if let Ok(all) = read(known, &text) {
        assert!(all.iter().all(|it| it.by != By::File || opened.is_ok()));
    }
    // the whole ones of a damaged file are those of the file read record by record, and nothing is lost without a word
    if let (Ok(all), Ok(parts)) = (read_in_part(known, &text), ziping::dossier::read_in_part(&text)) {
        let n = parts.found.len() + parts.lost.len();
        assert!(all.records.len() <= n && (all.records.len() == n || !all.lost.is_empty()), "{text}");
    }
}

/// A record as a browser keeps it, as text or as the dossier in it.
pub fn envelope(_: Known<'_>, data: &[u8]) {
    let Some((how, rest)) = data.split_first() else { return };
    let text = if how % 2 == 0 { String::from_utf8_lossy(rest).into_owned() } else { sealed(rest) };
    if let Ok(it) = open(&text) {
        assert_eq!(open(&seal(&it)), Ok(it));
    }
}

fn carrier(
    known: Known<'_>,
    data: &[u8],
    write: impl Fn(&[u8]) -> String,
    read_one: impl Fn(&str) -> Result<Record, Unreadable>,
) {
    let Some((how, rest)) = data.split_first() else { return };
    if how % 4 == 0 {
        let text = String::from_utf8_lossy(rest);
        let _ = read(known, &text);
        let mut n = 1;
        for (line, part) in parts(&text) {
            assert!(n <= line && !part.trim().is_empty(), "{line}: {part}");
            n = line;
            if let Ok(it) = read_one(&part) {
                comes_back(known, &it);
            }
        }
        assert!(pieces(&text).len() <= text.len());
        return;
    }
    let bytes = forged(known, *how, rest);
    let text = write(&bytes);
    let came = read_one(&text);
    assert_eq!(came.clone().map(|it| it.dossier), unpack(known, &bytes, By::Code).map(|it| it.dossier));
    let Ok(came) = came else { return };
    comes_back(known, &came);
    // one letter, chosen by what the record holds, becomes another one
    if how % 4 == 3 {
        let sum = crc32(rest) as usize;
        let mut letters: Vec<char> = text.chars().collect();
        let at = sum % letters.len();
        letters[at] = char::from(b"0123456789ABCDEFGHJKMNPQRSTVWXYZabcxyz-_ #."[sum / letters.len() % 42]);
        let changed: String = letters.into_iter().collect();
        if let Ok(it) = read_one(&changed) {
            assert_eq!((it.dossier, it.day), (came.dossier, came.day), "{changed}");
        }
    }
}

/// What was opened can be passed on, and comes back the same.
fn comes_back(known: Known<'_>, record: &Record) {
    let take = Take { unit: true, notes: true, day: record.day };
    if let Some(bytes) = pack(known, &record.dossier, take) {
        let again = unpack(known, &bytes, record.by);
        assert_eq!(again.as_ref(), Ok(record));
        assert_eq!(read_code(known, &write_code(&bytes)).map(|it| it.dossier), Ok(record.dossier.clone()));
    }
}

/// A record with a right head, mark, length and check around any other bytes. The high bits of `how` become those of
/// the head.
pub fn forged(known: Known<'_>, how: u8, body: &[u8]) -> Vec<u8> {
    let head = how & 0b1111_1000 | 1;
    let mut bytes = vec![head];
    bytes.extend(marks(known)[usize::from(head >> 6)]);
    let body = &body[..body.len().min(5_900)];
    let length = bytes.len() + body.len() + 3;
    let length = if length + 1 < 128 { length + 1 } else { length + 2 };
    if length < 128 {
        bytes.push(length as u8);
    } else {
        bytes.extend([(length & 127 | 128) as u8, (length >> 7) as u8]);
    }
    bytes.extend(body);
    let crc = crc24(&bytes);
    bytes.extend(&crc.to_le_bytes()[..3]);
    bytes
}

/// The marks of records that depend on nothing else, on the printed table, on the questions, and on both.
fn marks(known: Known<'_>) -> [[u8; 2]; 4] {
    static MARKS: OnceLock<[[u8; 2]; 4]> = OnceLock::new();
    *MARKS.get_or_init(|| {
        [(false, false), (true, false), (false, true), (true, true)].map(|(table, questions)| {
            let mut dossier = Dossier::new(String::new(), Applicant::default(), &known.editions[0], &[]);
            if table {
                let code = known.rules[0].scope.examples[0].code.clone();
                dossier.sheets.push(Sheet { id: 1, annex: 2, occupation_code: code, ..Sheet::default() });
            }
            if questions {
                dossier.route.set("applicant", Some("employer"));
            }
            let record = pack(known, &dossier, Take::default()).expect("a small record");
            [record[1], record[2]]
        })
    })
}

/// An envelope around these bytes whose lengths and checks are right. The first two bytes are its version and its
/// numbers.
pub fn sealed(bytes: &[u8]) -> String {
    let (head, payload) = bytes.split_at(bytes.len().min(2));
    let (version, n) = (head.first().map_or(2, |it| it % 3 + 1), head.get(1).copied().unwrap_or_default());
    let payload = base64url::encode(payload);
    if version == 1 {
        return format!("ZP1.{n}.{n}.{}.{}.{payload}", payload.len(), crc32(payload.as_bytes()));
    }
    let head = format!("{n}.{n}.1790000041.{n}.{}", payload.len());
    format!("ZP{version}.{head}.{}.{payload}", crc32(format!("{head}.{payload}").as_bytes()))
}
