//! Hostile input that is too long is refused before any work is done, and never unpacks to more than a record holds.

use miniz_oxide::deflate::compress_to_vec;
use ziping::carrier::{By, Take, Unreadable, pack, pieces, read, unpack, write_code, write_link};
use ziping::dossier::{Damage, Dossier, Envelope, Stamp, open, seal};

use crate::carrier_laws::known;
use crate::fuzz_targets::forged;
use crate::{EMPLOYER, editions};

const TAIL: u8 = 16;
const SQUEEZED: u8 = 32;

#[test]
fn what_is_longer_than_any_record_is_not_looked_at() {
    for text in ["0".repeat(70_000), "#s.".repeat(30_000), "\u{3000}".repeat(30_000), "＃ｓ．".repeat(8_000)] {
        assert_eq!(read(known(), &text), Err(Unreadable::TooLong { received: text.chars().count() }));
    }
    // a shorter text that has more letters than any code
    assert!(matches!(read(known(), &"0".repeat(60_000)), Err(Unreadable::TooLong { .. })));
    assert!(read(known(), &format!("#s.{}", "A".repeat(60_000))).is_err());
    let long = forged(known(), 0, &[7; 5_900]);
    assert!(long.len() < 6_000);
    let too_long = [&long[..3], &[0xff, 0x7f], &long[5..], &long[..]].concat();
    assert_eq!(unpack(known(), &too_long, By::Link), Err(Unreadable::TooLong { received: too_long.len() }));
}

#[test]
fn a_tail_unpacks_to_no_more_than_64_kib_and_a_number_is_no_longer_than_1200_bytes() {
    let with_tail = |number: &[u8], tail: &[u8]| {
        let length = number.len();
        let mut body = if length < 128 { vec![length as u8] } else { vec![length as u8 | 128, (length >> 7) as u8] };
        body.extend(number);
        body.extend(tail);
        unpack(known(), &forged(known(), TAIL | SQUEEZED, &body), By::Link)
    };
    let bomb = compress_to_vec(&vec![0; 4 << 20], 10);
    assert!(bomb.len() < 5_000);
    assert!(matches!(with_tail(&[0; 40], &bomb), Err(Unreadable::Altered { .. })));
    assert!(matches!(with_tail(&[255; 1_201], &[3, 0]), Err(Unreadable::Altered { .. })));
    assert!(matches!(with_tail(&[255; 1_200], &compress_to_vec(&[1; 60_000], 10)), Err(Unreadable::Altered { .. })));
}

/// Any first bytes, even those that give a length beyond the limit.
#[test]
fn short_records_are_refused() {
    for head in 0..=255 {
        for length in 0..12_u8 {
            for high in [None, Some(0), Some(1), Some(127), Some(128)] {
                let mut bytes = vec![head, 0, 0, length | if high.is_some() { 128 } else { 0 }];
                bytes.extend(high);
                bytes.resize(usize::from(length).max(bytes.len()), 0);
                assert!(unpack(known(), &bytes, By::Link).is_err());
            }
        }
    }
}

/// Sixty sheets are the limit; they are written and read completely.
#[test]
fn the_largest_dossier_goes_along() {
    let dossier = |n: usize| Dossier::new(String::new(), EMPLOYER, &editions()[0], &vec![1; n]);
    let record = pack(known(), &dossier(60), Take::default()).expect("a record");
    assert_eq!(read(known(), &write_code(&record)).map(|it| it[0].dossier.sheets.len()), Ok(60));
    assert_eq!(read(known(), &write_link("https://a/", &record)).map(|it| it[0].dossier.sheets.len()), Ok(60));
    assert_eq!(pack(known(), &dossier(61), Take::default()), None);
}

/// Every line is read at most twice, whatever came before it, so the time does not explode.
#[test]
fn a_long_text_is_taken_apart_in_one_pass() {
    let cut = write_link("https://a/", &forged(known(), 0, &[7; 5_000]));
    let text = format!("{}\n{}", &cut[..40], "A\n".repeat(100_000));
    assert!(pieces(&text).len() <= 100_001);
    let code = write_code(&forged(known(), 0, &[7; 5_000]));
    let text = format!("{}\n{}", code.lines().next().unwrap_or_default(), "0\n".repeat(100_000));
    assert!(!pieces(&text).is_empty());
}

/// Endless lists in an undamaged file are refused because of their length, before memory runs out.
#[test]
fn a_file_claims_no_more_than_a_list_of_ours_holds() {
    let sealed = |n| {
        let dossier = Dossier::new(String::new(), EMPLOYER, &editions()[0], &vec![1; n]);
        seal(&Envelope { stamp: Stamp { revision: 1, writer: 0 }, written: 1, edits: 0, dossier })
    };
    assert_eq!(open(&sealed(10_000)).map(|it| it.dossier.sheets.len()), Ok(10_000));
    assert_eq!(open(&sealed(10_001)), Err(Damage::Broken));
}
