//! What holds for every carrier, for any dossier and any damage.

use std::sync::OnceLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use ziping::carrier::{
    By, Known, Marks, Record, Take, marks, pack, pieces, read, read_code, read_link, taken, unpack, write_code,
    write_link,
};
use ziping::dossier::{Dossier, Sheet};
use ziping::rubric::{Part, Rubric};
use ziping::score::Answers;

use crate::arbitrary::{anything, sheet};
use crate::fuzz_targets::forged;
use crate::{EMPLOYER, editions, site};

const ROOT: &str = "https://ziping.example/pingdingshan/";

pub fn known() -> Known<'static> {
    static MARKS: OnceLock<Vec<Marks>> = OnceLock::new();
    let marks = MARKS.get_or_init(|| marks(editions(), &site().rules));
    Known { editions: editions(), rules: &site().rules, marks }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_goes_along_comes_back(dossier in dossier(), take in takes()) {
        let sent = taken(known(), &dossier, take).expect("a known edition");
        let record = pack(known(), &dossier, take);
        prop_assume!(record.is_some());
        let record = record.expect("a record");
        let came = |by| Record { dossier: sent.clone(), day: take.day, by };
        prop_assert_eq!(unpack(known(), &record, By::Link), Ok(came(By::Link)));
        prop_assert_eq!(read_code(known(), &write_code(&record)), Ok(came(By::Code)));
        prop_assert_eq!(read_link(known(), &write_link(ROOT, &record)), Ok(came(By::Link)));
        prop_assert_eq!(read(known(), &write_code(&record)), Ok(vec![came(By::Code)]));
        prop_assert_eq!(pack(known(), &sent, take), Some(record), "one record, one text");
    }

    #[test]
    fn one_wrong_letter_is_noticed_or_means_the_same(
        dossier in dossier(), take in takes(), at in any::<Index>(), other in any::<char>(), plain in select(LETTERS.to_vec()), near in any::<bool>(),
    ) {
        let record = pack(known(), &dossier, take);
        prop_assume!(record.is_some());
        let record = record.expect("a record");
        let new = if near { char::from(plain) } else { other };
        for text in [write_code(&record), write_link(ROOT, &record)] {
            let mut characters: Vec<char> = text.chars().collect();
            let at = at.index(characters.len());
            characters[at] = new;
            let changed: String = characters.into_iter().collect();
            if let Ok(all) = read(known(), &changed) {
                prop_assert_eq!(all[0].dossier.clone(), taken(known(), &dossier, take).expect("known"), "{}", changed);
            }
        }
    }

    #[test]
    fn letters_that_changed_places_are_noticed(dossier in dossier(), at in any::<Index>()) {
        let record = pack(known(), &dossier, Take::default()).expect("a record");
        let mut letters: Vec<char> = write_code(&record).chars().filter(|it| !it.is_whitespace()).collect();
        let at = at.index(letters.len() - 1);
        prop_assume!(letters[at] != letters[at + 1]);
        letters.swap(at, at + 1);
        let swapped: String = letters.into_iter().collect();
        prop_assert!(read_code(known(), &swapped).is_err(), "{}", swapped);
    }

    #[test]
    fn what_is_cut_off_is_missed(dossier in dossier(), take in takes(), at in any::<Index>()) {
        let record = pack(known(), &dossier, take);
        prop_assume!(record.is_some());
        let record = record.expect("a record");
        let link = write_link(ROOT, &record);
        let from = ROOT.len() + "#s.".len();
        let cut = &link[..from + at.index(link.len() - from)];
        prop_assert!(read_link(known(), cut).is_err(), "{}", cut);
        let code = write_code(&record);
        let cut = &code[..at.index(code.len())];
        prop_assert!(read_code(known(), cut).is_err(), "{}", cut);
    }

    #[test]
    fn a_code_is_forgiven_how_it_is_written(dossier in dossier(), how in vec(0..6_u8, 400)) {
        let record = pack(known(), &dossier, Take::default()).expect("a record");
        let code = write_code(&record);
        let write = |(it, how): (char, u8)| match (it, how) {
            ('0', 0) => "O".to_owned(),
            ('0', 1) => "o".to_owned(),
            ('1', 0) => "I".to_owned(),
            ('1', 1) => "l".to_owned(),
            (it, 2) => it.to_lowercase().to_string(),
            ('0'..='9' | 'A'..='Z', 3) => char::from_u32(u32::from(it) + 0xfee0).expect("full width").to_string(),
            (' ', 4) => "-".to_owned(),
            (' ', 5) => "\u{3000}".to_owned(),
            (it, _) => it.to_string(),
        };
        let typed: String = code.chars().zip(how.into_iter().cycle()).map(write).collect();
        prop_assert_eq!(read_code(known(), &typed), read_code(known(), &code), "{}", typed);
        prop_assert!(read_code(known(), &typed.replace('\n', " ")).is_ok());
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>(), cells in vec(prop_oneof![any::<String>(), "[0-9A-Z ]{10,40}", "#s\\.[A-Za-z0-9_-]{0,90}"], 0..8)) {
        let _ = read(known(), &text);
        let pasted = cells.join("\n");
        for (_, it) in pieces(&pasted) {
            let _ = read(known(), &it);
        }
    }

    #[test]
    fn any_bytes_are_unpacked_or_refused(mut bytes in vec(any::<u8>(), 0..400), sealed in any::<bool>(), head in any::<u8>()) {
        if sealed {
            bytes = forged(known(), head, &bytes);
        }
        if let Ok(it) = unpack(known(), &bytes, By::Link) {
            let take = Take { unit: true, notes: true, day: it.day };
            prop_assert_eq!(taken(known(), &it.dossier, take), Some(it.dossier), "what comes in can go out again");
        }
    }

    #[test]
    fn records_in_one_text_are_told_apart(dossiers in vec(dossier(), 1..5), as_links in vec(any::<bool>(), 5), words in any::<bool>()) {
        let mut text = String::new();
        for (dossier, link) in dossiers.iter().zip(as_links) {
            let record = pack(known(), dossier, Take::default()).expect("a record");
            if words {
                text.push_str("自评 87 分，具备备案条件（单位自评）\n");
            }
            text.push_str(&if link { write_link(ROOT, &record) } else { write_code(&record) });
            text.push('\n');
        }
        let found = pieces(&text);
        prop_assert_eq!(found.len(), dossiers.len(), "{}", text);
        for ((_, piece), dossier) in found.iter().zip(&dossiers) {
            let came = read(known(), piece).map_err(|it| TestCaseError::fail(format!("{it}\n{piece}\nof\n{text}")))?;
            prop_assert_eq!(&came[0].dossier, &taken(known(), dossier, Take::default()).expect("known"));
        }
    }

    /// Codes and links are found whatever words, numbers and dates are around them, and however many are on one line.
    #[test]
    fn records_among_words_are_found(dossiers in vec(dossier(), 1..5), as_links in vec(any::<bool>(), 5), before in vec(select(BEFORE), 5), behind in vec(select(BEHIND), 5), between in vec(select(BETWEEN), 5)) {
        let mut text = String::new();
        for (n, dossier) in dossiers.iter().enumerate() {
            let record = pack(known(), dossier, Take::default()).expect("a record");
            let own = if as_links[n] { write_link(ROOT, &record) } else { write_code(&record) };
            // a code of several lines has its lines to itself, with words before the first and after the last
            let (before, behind, between) = if own.contains('\n') { ("甲公司：", "，请查收", "\n") } else { (before[n], behind[n], between[n]) };
            if own.contains('\n') && !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&format!("{before}{own}{behind}{between}"));
        }
        let mut opened = Vec::new();
        for (_, piece) in pieces(&text) {
            opened.extend(read(known(), &piece).map_err(|it| TestCaseError::fail(format!("{it}\n{piece}\nof\n{text}")))?);
        }
        let all: Vec<_> = dossiers.iter().map(|it| taken(known(), it, Take::default()).expect("known")).collect();
        let came: Vec<_> = opened.into_iter().map(|it| it.dossier).collect();
        prop_assert_eq!(came, all, "{}", text);
    }
}

const BEFORE: &[&str] =
    &["", "甲公司：", "第二机械公司 ", "3. ", "（2）", "2026-11-10,", "10,", "ABC公司 ", "电话0375-2978838；"];
const BEHIND: &[&str] = &["", "，请查收", " 谢谢", ",2026-11-10", "。", "；身份证号410401197001011234"];
const BETWEEN: &[&str] = &["\n", "\r\n", "；", "，", " 和 ", "\t", "、"];
const LETTERS: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghijklmnopqrstuvwxyz-_OILU";

pub fn takes() -> impl Strategy<Value = Take> {
    (any::<bool>(), any::<bool>(), prop::option::of(18_262..83_797_u32)).prop_map(|(unit, notes, day)| Take {
        unit,
        notes,
        day,
    })
}

/// A case with public and occupation sheets, as people fill them in and as nobody does.
pub fn dossier() -> impl Strategy<Value = Dossier> {
    let whole = sheet().prop_map(|(rubric, answers)| (rubric, answers));
    let absurd = anything().prop_map(|(rubric, given)| {
        (
            rubric,
            given
                .into_iter()
                .filter(|it| 0 <= it.value && ziping::score::fits(it.fact.measure(), it.value))
                .collect::<Answers>(),
        )
    });
    let text = prop_oneof![3 => Just(String::new()), 1 => "[车工焊接（）a-z\"0-9]{0,12}", 1 => any::<String>()];
    let code = prop_oneof![
        Just(String::new()),
        "[1-8]-[0-9]{2}-[0-9]{2}-[0-9]{2}",
        Just("6-18-01-01".to_owned()),
        any::<String>()
    ];
    let levels = prop_oneof![Just(String::new()), Just("4、3、2、1".to_owned()), "[1-5、]{0,5}"];
    let notes = vec((1..50_u16, "[\\PC\n]{0,20}"), 0..4);
    let one = (prop_oneof![3 => whole, 1 => absurd], text.clone(), vec(text.clone(), 0..5), code, levels, notes);
    let place =
        prop_oneof![Just("?".to_owned()), Just("平顶山市".to_owned()), Just("当地".to_owned()), any::<String>()];
    let route =
        (select(vec!["", "employer", "technical_school"]), select(vec!["", "other_enterprise", "x"]), vec(place, 0..3));
    (vec(one, 0..5), text, route).prop_map(|(sheets, unit, (applicant, ownership, places))| {
        let mut dossier = Dossier::new(unit, EMPLOYER, &editions()[0], &[]);
        for ((rubric, answers), name, figures, code, levels, notes) in sheets {
            add(&mut dossier, rubric, answers, [name].into_iter().chain(figures).collect(), (code, levels), notes);
        }
        let said = [("applicant", applicant), ("ownership", ownership)];
        for (question, value) in said.into_iter().filter(|it| !it.1.is_empty()) {
            dossier.route.set(question, Some(value));
        }
        places.iter().for_each(|it| dossier.route.toggle("insured_in", it));
        dossier
    })
}

fn add(
    dossier: &mut Dossier,
    rubric: &Rubric,
    answers: Answers,
    blanks: Vec<String>,
    of: (String, String),
    notes: Vec<(u16, String)>,
) {
    let id = dossier.add_sheet(rubric.annex);
    let it: &mut Sheet = dossier.sheet_mut(id).expect("just added");
    it.answers = answers;
    if rubric.part == Part::Occupation {
        (it.occupation_code, it.levels) = of;
    }
    it.blanks = blanks;
    notes.into_iter().for_each(|(row, note)| it.set_note(row, note));
}
