//! Codes and links at their edges: the longest, one letter more, two in one text, words right beside them, a long text part
//! by part.

use serde_json::Value;
use ziping::bytes::base64url;
use ziping::bytes::crc::crc24;
use ziping::carrier::{
    Take, Unreadable, first_pieces, pack, parts, pieces, read, read_code, read_link, read_one, read_plain, taken,
    write_code, write_link,
};
use ziping::dossier::{About, Dossier, write_backup};

use crate::carrier_laws::known;
use crate::{EMPLOYER, editions};

const ROOT: &str = "https://a.example/open/";
const ALL: Take = Take { unit: true, notes: true, day: None };
/// 档案-公共与三个职业 of tests/vectors, as it is printed.
const PRINTED: [&str; 3] =
    ["A7SA RARW GKHJ TQ6W 135T SVM5 7TCF T26F", "FPR0 J4M3 BCWG 3R25 2GN7 7W1Q 7GJ5 EBDR", "X5QH 1BMH"];
/// 三年人数, on one line.
const SHORT: &str = "05Z6 045D QAT8 C55F 5N01 3HPG 0GX";

fn record(n: usize) -> Vec<u8> {
    let dossier = Dossier::new(String::new(), EMPLOYER, &editions()[0], &vec![1; n]);
    pack(known(), &dossier, Take::default()).expect("a record")
}

fn link(n: usize) -> String {
    write_link(ROOT, &record(n))
}

fn backup(units: &[&str]) -> String {
    let about = || About { title: String::new(), lines: Vec::new() };
    let dossier = |unit: &&str| (Dossier::new((*unit).to_owned(), EMPLOYER, &editions()[0], &[1]), about());
    write_backup(&units.iter().map(dossier).collect::<Vec<_>>(), "2026年11月26日", 1_790_000_000, "")
}

/// The code of a vector, as it is printed.
fn printed(name: &str) -> String {
    let vectors = crate::read("tests/vectors/v1.jsonl");
    let mut vectors = vectors.lines().map(|it| serde_json::from_str::<Value>(it).expect("JSON"));
    let vector = vectors.find(|it| it["name"] == name).expect(name);
    let lines = vector["code"].as_str().expect("a code").as_bytes().chunks(40).map(String::from_utf8_lossy);
    lines.map(|it| it.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Bytes that say they are so many, with a right mark and check, and no dossier in them.
fn sealed(n: usize) -> Vec<u8> {
    let mut bytes = record(1)[..3].to_vec();
    bytes.extend([(n & 127 | 128) as u8, (n >> 7) as u8]);
    bytes.resize(n - 3, 7);
    let sum = crc24(&bytes).to_le_bytes();
    bytes.extend(&sum[..3]);
    bytes
}

/// The records of a text, as the desk reads it; 0 for what does not open.
fn sheets(text: &str) -> Vec<(usize, usize)> {
    pieces(text)
        .iter()
        .map(|(line, it)| (*line, read(known(), it).map_or(0, |it| it[0].dossier.sheets.len())))
        .collect()
}

#[test]
fn a_code_on_one_line_is_read_at_once_only_as_it_is_written() {
    for vector in crate::read("tests/vectors/v1.jsonl").lines() {
        let vector: Value = serde_json::from_str(vector).expect("JSON");
        let code = vector["code"].as_str().expect("a code");
        let opened = read_plain(known(), code);
        assert_eq!(opened, read_code(known(), code).ok());
        assert!(opened.is_some(), "{code}");
        for other in [
            format!("{code} "),
            format!(" {code}"),
            code.replace(' ', ""),
            code.replacen(' ', "", 1),
            code.replacen(' ', "  ", 1),
            code.replacen(' ', "-", 1),
            code.replacen(' ', "7", 1),
            code.to_lowercase(),
            code[..code.len() - 1].to_owned(),
            code.replacen(|it: char| it.is_ascii_digit(), "U", 1),
        ] {
            assert_eq!(read_plain(known(), &other), None, "{other}");
        }
        // the last letter is the check of its line, and nothing else has a part in it
        let last = if code.ends_with('7') { "8" } else { "7" };
        assert_eq!(read_plain(known(), &format!("{}{last}", &code[..code.len() - 1])), None, "{code}");
    }
}

#[test]
fn the_longest_code_is_read_and_one_letter_more_is_not() {
    let longest = write_code(&sealed(6_000)).replace('\n', " ");
    assert_eq!(longest.chars().filter(|it| *it != ' ').count(), 9_910);
    assert_eq!(read_code(known(), &longest), Err(Unreadable::Altered { received: 6_000, expected: 6_000 }));
    let longer = format!("{longest}7");
    assert_eq!(read_code(known(), &longer), Err(Unreadable::TooLong { received: longer.len() }));
    // a number behind it is no letter of it
    assert_eq!(pieces(&format!("{longest} 12")), [(1, longest)]);
}

#[test]
fn a_text_of_64_kib_is_read_and_one_byte_more_is_not() {
    let code = PRINTED.join("\n");
    for (text, alone) in [(code.clone(), true), (format!("您好：\n{code}\n谢谢"), false)] {
        let just = format!("{text}{}", " ".repeat((64 << 10) - text.len()));
        assert_eq!(read_one(known(), &just).map(|it| it.records.len()), Ok(1));
        assert_eq!(read(known(), &just).is_ok(), alone);
        let more = format!("{just} ");
        let too_long = Unreadable::TooLong { received: more.chars().count() };
        assert_eq!(read_one(known(), &more), Err(too_long));
        assert_eq!(read(known(), &more), Err(too_long));
    }
}

/// A link that is no record tells how long it is and should be; it is too long only where nothing in it is a length.
#[test]
fn a_damaged_link_tells_its_length_up_to_the_longest() {
    let said = |says: usize, n: usize| {
        let begins = base64url::encode(&[1, 0, 0, (says & 127 | 128) as u8, (says >> 7) as u8, 0]);
        read_link(known(), &format!("{ROOT}#s.{begins}{}", "A".repeat(n - begins.len()))).expect_err("damaged")
    };
    assert_eq!(said(6_000, 8_001), Unreadable::Altered { received: 8_001, expected: 8_000 });
    assert_eq!(said(6_000, 7_999), Unreadable::Cut { received: 7_999, expected: 8_000 });
    assert_eq!(said(300, 9_000), Unreadable::Altered { received: 9_000, expected: 400 });
    for says in [6_001, 16_000] {
        assert_eq!(said(says, 9_000), Unreadable::TooLong { received: 9_000 });
        assert_eq!(said(says, 8_001), Unreadable::TooLong { received: 8_001 });
    }
    // nobody knows how many there were
    assert_eq!(said(16_000, 8_000), Unreadable::Altered { received: 8_000, expected: 8_000 });
    assert_eq!(said(6_001, 10), Unreadable::Altered { received: 10, expected: 10 });
    assert_eq!(said(6_001, 9), Unreadable::Cut { received: 9, expected: 10 });
    for says in [0, 6] {
        assert_eq!(said(says, 58).code(), "damaged", "{says}");
    }
    let whole = Unreadable::Altered { received: 10, expected: 10 }.to_string();
    assert!(whole.contains("收到 10 个字符，内容有改动") && !whole.contains("应为"), "{whole}");
    let more = Unreadable::Altered { received: 10, expected: 8 }.to_string();
    assert!(more.contains("收到 10 个字符，应为 8 个"), "{more}");
}

/// Of several links in one text the whole one counts, else the longest, and of two as long the first.
#[test]
fn of_damaged_links_the_longest_counts() {
    let cut = |n: usize, left: usize| link(n)[..ROOT.len() + 3 + left].to_owned();
    let why = |text: String| read_link(known(), &text).expect_err("damaged");
    let length = |n: usize| (record(n).len() * 4).div_ceil(3);
    let of_50 = Unreadable::Cut { received: 20, expected: length(50) };
    assert_eq!(why(format!("{}，{}", cut(1, 9), cut(50, 20))), of_50);
    assert_eq!(why(format!("{}，{}", cut(50, 20), cut(1, 9))), of_50);
    assert_eq!(why(format!("{}，{}", cut(1, 9), cut(50, 9))), Unreadable::Cut { received: 9, expected: length(1) });
    let opened = read_link(known(), &format!("{}，{}", link(1), cut(50, 40))).map(|it| it.dossier.sheets.len());
    assert_eq!(opened, Ok(1));
}

#[test]
fn what_stands_right_beside_a_code_or_link_is_told_from_it() {
    let code = PRINTED.join(" ");
    let glued = code.replace(' ', "");
    let cut = &link(2)[..link(2).len() - 3];
    for (text, found) in [
        (format!("{} {SHORT}", link(50)), vec![(1, 50), (1, 1)]),
        (format!("{} {}", link(3), write_code(&record(1))), vec![(1, 3), (1, 1)]),
        (format!("{}{SHORT}", link(50)), vec![(1, 50), (1, 1)]),
        (format!("{cut}，{SHORT}"), vec![(1, 0), (1, 1)]),
        (format!("{cut}，{}", PRINTED[0]), vec![(1, 0), (1, 0)]),
        // a link broken within its sign goes on in the next line, an address does not
        (format!("请打开 {ROOT}\n{code}"), vec![(2, 4)]),
        (format!("请打开 {ROOT}#\n{code}"), vec![(2, 4)]),
        // behind the stroke of an address a code begins, within a word of one it does not
        (format!("{ROOT}{glued}"), vec![(1, 4)]),
        (format!("{ROOT}w{glued}"), vec![]),
        // nor is it put together across other words
        (format!("{}（甲厂）\n{}", &code[..4], &code[5..]), vec![(2, 0)]),
        // no more than half of it in groups of four, a letter alone in a number, small and capital letters in turn
        ("KTV9 37561".to_owned(), vec![]),
        ("KTV9 3756".to_owned(), vec![(1, 0)]),
        ("1234 5678 901X".to_owned(), vec![]),
        ("1234 5678 90XY".to_owned(), vec![(1, 0)]),
        ("A7SA rarw GKHJ tq6w".to_owned(), vec![(1, 0)]),
        ("A7SA rarw GKHJ tq6w 135T".to_owned(), vec![]),
    ] {
        assert_eq!(sheets(&text), found, "{text}");
    }
    assert_eq!(pieces(&format!("{ROOT}{glued}")), [(1, glued)]);
}

/// Numbers of its lines, as it is printed, keep no code of many lines from being found, nor do lines of another width.
#[test]
fn a_long_code_with_numbered_lines_is_found_among_words() {
    let code = printed("备注-很多");
    let numbered: Vec<String> = (1..).zip(code.lines()).map(|(n, line)| format!("{n} {line}")).collect();
    assert_eq!(numbered.len(), 14);
    assert_eq!(sheets(&format!("我们的自评码\n{}\n请查收", numbered.join("\n"))), [(2, 1)]);
    // however long, and whatever the numbers look like to the search: one in five was not found once
    for seed in 0..300 {
        let letters = (0..120 + seed).filter_map(|at| char::from_u32(0x4e00 + (at * 7_919 + seed * 104_729) % 20_000));
        let mut dossier = Dossier::new(String::new(), EMPLOYER, &editions()[0], &[1]);
        dossier.sheets[0].set_note(1, letters.collect());
        let record = pack(known(), &dossier, ALL).expect("a record");
        let code = write_code(&record);
        let numbered: Vec<String> = (1..).zip(code.lines()).map(|(n, line)| format!("{n} {line}")).collect();
        let found = pieces(&format!("我们的自评码\n{}\n请查收", numbered.join("\n")));
        let opened: Vec<_> =
            found.into_iter().map(|it| (it.0, read_code(known(), &it.1).map(|it| it.dossier.sheets))).collect();
        let sheets = taken(known(), &dossier, ALL).expect("it goes along").sheets;
        assert_eq!(opened, [(2, Ok(sheets))], "{seed}: {} lines", numbered.len());
    }
    // damaged it is one piece too, whatever the width
    let wide = "A7SARARWGKHJTQ6W135TSVM57TCFT26FFPR0J4M3\nB7WG3R252GN77W1Q7GJ5EBDRX5QH1BMH";
    assert_eq!(parts(wide), [(1, wide.to_owned())]);
}

/// Where one record is wanted, what is wrong is told by the line of the text that was pasted.
#[test]
fn what_is_wrong_is_told_by_its_line_of_what_was_pasted() {
    let [first, second, third] = PRINTED;
    let why = |text: String| read_one(known(), &text).expect_err("damaged");
    let short = second.replacen('C', "", 1);
    let length = |line| Unreadable::LineLength { line, received: 31, expected: 32 };
    assert_eq!(why(format!("{first}\n{short}\n{third}")), length(2));
    assert_eq!(why(format!("您好\n\n请查收\n{first}\n{short}\n{third}")), length(5));
    let strange = first.replacen("A ", "U ", 1);
    let letter = |line| Unreadable::Letter { line, at: 4, letter: 'U' };
    assert_eq!(why(format!("{strange}\n{second}\n{third}")), letter(1));
    assert_eq!(why(format!("您好\n\n{strange}\n{second}\n{third}")), letter(3));
    // whichever line it is in
    let later = second.replacen("C", "U", 1);
    assert_eq!(why(format!("{first}\n{later}\n{third}")), Unreadable::Letter { line: 2, at: 10, letter: 'U' });
    assert_eq!(
        why(format!("您好\n{first}\n{later}\n{third}\n谢谢")),
        Unreadable::Letter { line: 3, at: 10, letter: 'U' }
    );
    // the numbers of printed lines are no letters of them
    let wrong = second.replacen('C', "7", 1);
    let group = |line| Unreadable::Line { line, group: Some(3) };
    assert_eq!(why(format!("1 {first}\n2 {wrong}\n3 {third}")), group(2));
    // of two codes the damaged one is told
    assert_eq!(why(format!("{SHORT}\n{first}\n{wrong}\n{third}")), group(3));
    // few letters alone are the beginning of a code
    assert_eq!(why("A7SA".to_owned()), Unreadable::Line { line: 1, group: None });
}

#[test]
fn a_file_is_read_without_what_is_not_seen_and_whatever_stands_beside_it() {
    let text = backup(&["甲\u{200b}\u{202e}厂"]);
    let units = |text: &str| -> Vec<String> {
        read(known(), text).expect("a file").into_iter().map(|it| it.dossier.unit).collect()
    };
    assert_eq!(units(&text), ["甲厂"]);
    // a record taken from a file, behind a link, is the same as that file
    let line = text.lines().find(|it| it.contains("\"ZP2.")).expect("a record").trim();
    let both = format!("{} {line}\n{text}", link(2));
    assert_eq!(read_one(known(), &both).map(|it| it.records[0].dossier.unit.clone()), Ok("甲厂".to_owned()));
}

/// The places of several are 说不清 or places, never both, and only names go along with the unit's.
#[test]
fn places_go_along_as_they_were_told() {
    let places = |given: &[&str], unit: bool| -> Vec<String> {
        let mut dossier = Dossier::new("某集团".to_owned(), EMPLOYER, &editions()[0], &[1]);
        dossier.route.0 = given.iter().map(|it| ("insured_in".to_owned(), (*it).to_owned())).collect();
        let take = Take { unit, ..Take::default() };
        taken(known(), &dossier, take).expect("a known edition").route.0.into_iter().map(|it| it.1).collect()
    };
    for unit in [false, true] {
        assert_eq!(places(&["?"], unit), ["?"]);
        assert_eq!(places(&[""], unit), [""; 0]);
    }
    assert_eq!(places(&["平顶山市", "?", "", "洛阳市"], true), ["平顶山市", "洛阳市"]);
    assert_eq!(places(&["平顶山市", "?", ""], false), ["当地"]);
}

/// 48 KiB are looked at, and 32 more for what begins in them; the next part begins with the last of it, or with the line
/// there.
#[test]
fn a_long_text_goes_on_where_its_part_ends() {
    let code = printed("六十张表");
    // a line of 1,024 bytes in which nothing is
    let words = format!("{}\n", "字".repeat(341));
    assert_eq!(words.len(), 1_024);
    let whole = |text: &str| assert_eq!(first_pieces(text), (pieces(text), text.len(), 0));
    // what is short, a file, or one line
    whole(&format!("{code}\n{}{SHORT}\n", words.repeat(60)));
    whole(&format!("{}\n{SHORT}", "字".repeat(30_000)));
    whole(&backup(&["甲厂"; 900]));
    let long = words.repeat(100);
    assert_eq!(first_pieces(&long), (Vec::new(), 48 << 10, 48));
    assert_eq!(first_pieces(&format!("{SHORT}\n{long}")), (vec![(1, SHORT.to_owned())], 48 * 1_024 - 990, 48));
    // one code in the part, and one that begins in it
    let text = format!("{words}{SHORT}\n{}{}\n{code}\n{long}", words.repeat(46), "字".repeat(200));
    let begins = text.find(&code).expect("the code");
    assert!(begins < 48 << 10 && 48 << 10 < begins + code.len(), "{begins}");
    assert_eq!(first_pieces(&text), (vec![(2, SHORT.to_owned())], begins, 49));
    assert_eq!(first_pieces(&text[begins..]).0, [(1, code.clone())]);
    // what begins behind the part is left to the next one
    let text = format!("{words}{SHORT}\n{}{code}\n{long}", words.repeat(55));
    assert_eq!(first_pieces(&text), (Vec::new(), 1_024, 1));
    let text = format!("{}{SHORT}\n{long}", words.repeat(30));
    assert_eq!(first_pieces(&text), (Vec::new(), 30 << 10, 30));
}
