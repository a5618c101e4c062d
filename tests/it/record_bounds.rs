//! Records at their bounds: the shortest and the longest, and those whose length and check are right although nobody ever
//! wrote them.

use std::collections::BTreeSet;

use ziping::bytes::crc::crc24;
use ziping::carrier::{By, Take, Unreadable, pack, unpack};
use ziping::dossier::Dossier;
use ziping::rubric::{Applicant, Fact, Measure};

use crate::carrier_laws::known;
use crate::{EMPLOYER, editions, kinds};

const ALL: Take = Take { unit: true, notes: true, day: None };
/// Bits of the first byte of a record.
const TAIL: u8 = 16;
const SQUEEZED: u8 = 32;
/// Head, mark, a length of one byte, and check.
const AROUND: usize = 7;

fn empty() -> Dossier {
    Dossier::new(String::new(), EMPLOYER, &editions()[0], &[])
}

fn packed(dossier: &Dossier) -> Vec<u8> {
    pack(known(), dossier, ALL).expect("a record")
}

/// The record with this head and this content, its length and its check.
fn sealed(head: u8, content: &[u8]) -> Vec<u8> {
    let mark = &packed(&empty())[1..3];
    let (one, two) = (AROUND + content.len(), AROUND + content.len() + 1);
    let length = if one < 128 { vec![one as u8] } else { vec![(two & 127 | 128) as u8, (two >> 7) as u8] };
    let mut bytes = [&[head], mark, &length, content].concat();
    let sum = crc24(&bytes).to_le_bytes();
    bytes.extend(&sum[..3]);
    bytes
}

fn opened(bytes: &[u8]) -> Result<Dossier, Unreadable> {
    unpack(known(), bytes, By::Link).map(|it| it.dossier)
}

fn altered(bytes: &[u8]) -> Result<Dossier, Unreadable> {
    Err(Unreadable::Altered { received: bytes.len(), expected: bytes.len() })
}

#[test]
fn a_record_of_nothing_has_seven_bytes() {
    let record = packed(&empty());
    assert_eq!((record.len(), &record), (AROUND, &sealed(1, &[])));
    assert_eq!(opened(&record), Ok(empty()));
    assert_eq!(opened(&record[..6]), Err(Unreadable::Cut { received: 6, expected: 7 }));
    let longer = [&record[..], &[0]].concat();
    assert_eq!(opened(&longer), Err(Unreadable::Altered { received: 8, expected: 7 }));
}

/// A record of 127 bytes says its length in one byte, a longer one in two, and then has at least 129.
#[test]
fn a_length_of_one_byte_and_one_of_two_are_read() {
    let mut lengths = BTreeSet::new();
    for (n, more) in (20..60).flat_map(|n| (0..3).map(move |more| (n, more))) {
        let letters = (0..n).filter_map(|at| char::from_u32(0x4e00 + at * 7_919 % 20_000));
        let unit: String = letters.chain("甲ab".chars().rev().take(more)).collect();
        let dossier = Dossier::new(unit, EMPLOYER, &editions()[0], &[]);
        let record = packed(&dossier);
        assert_eq!(opened(&record), Ok(dossier), "{} bytes", record.len());
        lengths.insert(record.len());
    }
    let near: Vec<usize> = lengths.range(126..131).copied().collect();
    assert_eq!(near, [126, 127, 129, 130]);
}

/// So that a record has one form only, two bytes give no length that one could, and none gives more than two can.
#[test]
fn a_length_in_any_other_form_is_none() {
    for high in [0, 128] {
        let bytes = [1, 0, 0, 128 | 8, high, 0, 0, 0];
        assert_eq!(opened(&bytes), altered(&bytes), "{high}");
        assert_eq!(opened(&bytes[..6]), Err(Unreadable::Cut { received: 6, expected: AROUND }), "{high}");
    }
    let bytes = [1, 0, 0, 128 | 8, 127, 0, 0, 0];
    assert_eq!(opened(&bytes), altered(&bytes), "no record has that many");
}

#[test]
fn what_is_longer_than_any_record_is_not_looked_at() {
    assert_eq!(opened(&[1; 6_000]), altered(&[1; 6_000]), "no record has one byte");
    assert_eq!(opened(&[1; 6_001]), Err(Unreadable::TooLong { received: 6_001 }));
}

#[test]
fn compressed_texts_without_texts_are_left_to_later_versions() {
    let record = packed(&empty());
    assert_eq!(opened(&sealed(record[0] | SQUEEZED, &[])), Err(Unreadable::Newer));
}

/// Whatever is left when all is read was not written by this program.
#[test]
fn a_record_with_more_in_it_than_it_says_is_refused() {
    let edition = &editions()[0];
    // all digits of a record of nothing: the applicant, no further sheet, no name, no place
    let all = u8::try_from(edition.applicants.len() * (edition.rubrics.len() + 1) * 2 * 2).expect("a byte");
    let more = sealed(1, &[all]);
    assert_eq!(opened(&more), altered(&more));
    let named = Dossier::new("某公司".to_owned(), EMPLOYER, edition, &[]);
    let record = packed(&named);
    assert_eq!(record[0] & (TAIL | SQUEEZED), TAIL);
    let content = &record[4..record.len() - 3];
    assert_eq!(opened(&sealed(record[0], content)), Ok(named));
    let more = sealed(record[0], &[content, &[0]].concat());
    assert_eq!(opened(&more), altered(&more));
}

/// The time to read a number grows with the square of its length. Zeros behind it say nothing.
#[test]
fn a_number_of_more_than_1200_bytes_is_not_read() {
    assert_eq!(opened(&sealed(1, &[0; 1_200])), Ok(empty()));
    let longer = sealed(1, &[0; 1_201]);
    assert_eq!(opened(&longer), altered(&longer));
}

#[test]
fn an_applicant_that_the_edition_does_not_have_has_no_record() {
    let n = u8::try_from(editions()[0].applicants.len()).expect("few");
    let of = |kind: u8| pack(known(), &Dossier { applicant: Applicant(kind), ..empty() }, ALL);
    assert!(of(n - 1).is_some());
    assert_eq!(of(n), None);
}

/// An unusual answer is written with its fact. A record that gives a row a fact of other rows is refused as a whole.
#[test]
fn a_fact_that_its_row_does_not_have_is_refused() {
    let mut dossier = Dossier::new(String::new(), EMPLOYER, &editions()[0], &[1]);
    dossier.sheets[0].answers.set(4, Fact::Defects, Some(100));
    let record = packed(&dossier);
    assert_eq!((record[0] & (TAIL | SQUEEZED), opened(&record)), (TAIL, Ok(dossier)));
    let content = &record[4..record.len() - 3];
    let (start, tail) = content.split_at(content.len() - 3);
    assert_eq!(tail, [1, Fact::Defects as u8, 100]);
    for tail in [[1, Fact::Hazard as u8, 1], [1, Fact::Hazard as u8, 2], [1, u8::MAX, 1]] {
        let other = sealed(record[0], &[start, &tail].concat());
        assert_eq!(opened(&other), altered(&other), "{tail:?}");
    }
}

/// A text is compressed where that is shorter, and only there.
#[test]
fn texts_are_compressed_where_that_is_shorter() {
    let with_note = |note: &str| {
        let mut dossier = Dossier::new(String::new(), EMPLOYER, &editions()[0], &[1]);
        dossier.sheets[0].set_note(1, note.to_owned());
        let record = packed(&dossier);
        assert_eq!(opened(&record), Ok(dossier), "{note}");
        (record[0] & SQUEEZED != 0, record.len())
    };
    let plain = with_note("ab").1 - 2;
    let mut ways = BTreeSet::new();
    for note in (1..100).map(|n| "abcdefg abcde abcd abc".repeat(5)[..n].to_owned()) {
        let (squeezed, length) = with_note(&note);
        assert!(length <= plain + note.len() && squeezed == (length < plain + note.len()), "{note}");
        ways.insert(squeezed);
    }
    assert_eq!(ways.len(), 2);
    assert!(with_note(&"备".repeat(300)).1 < 50);
}

/// The codes of a site's own tables are on paper too: how their answers are written is never changed. Every choice and every
/// item of a list is answered in both ways that count. The mark and the check follow the words of the table and are left out.
#[test]
fn answers_of_other_kinds_are_written_as_ever() {
    let edition = kinds::edition();
    let content = |annex: u8, value: i64| {
        let mut dossier = Dossier::new(String::new(), Applicant(0), edition, &[annex]);
        for row in edition.rubric(annex).expect("an annex").rows() {
            let facts = row.rule.forms()[0];
            // only the second of the levels has points that a panel finds
            let is_given = |fact: Fact| fact != Fact::Award || !facts.contains(&Fact::Choice) || value == 1;
            for fact in facts.iter().copied().filter(|it| is_given(*it)) {
                let unit = match fact.measure() {
                    Measure::YesNo | Measure::Whole | Measure::Choice(_) => 1,
                    Measure::Points => 10,
                    Measure::Decimal => 1_000_000_000,
                };
                dossier.sheets[0].answers.set(row.number, fact, Some(value * unit));
            }
        }
        let record = pack(kinds::known(), &dossier, Take::default()).expect("a record");
        record[4..record.len() - 3].iter().map(|it| format!("{it:02x}")).collect::<String>()
    };
    assert_eq!(
        [content(1, 0), content(1, 1), content(2, 0), content(2, 1)],
        [
            "14842d22719d94f312053415a02b00b550a408e70e0211001200",
            "1404d172aac6dcbeb707b241b4e694bae4fabd127f6391675460546454626494626486b09905b98419451801",
            "88570d",
            "05880b1daa01011a01",
        ]
    );
}
