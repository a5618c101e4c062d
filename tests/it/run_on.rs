//! Where a code, a link or a file ends among the lines of a chat: what belongs to it, what stands behind it, and what is
//! something else.

use ziping::carrier::{NoTextFile, is_file, no_text, pieces, read};
use ziping::dossier::{About, Dossier, write_backup};

use crate::carrier_laws::known;
use crate::{EMPLOYER, editions};

/// The lines of the code of 档案-公共与三个职业 (tests/vectors), and its link.
const LINES: [&str; 3] =
    ["A7SA RARW GKHJ TQ6W 135T SVM5 7TCF T26F", "FPR0 J4M3 BCWG 3R25 2GN7 7W1Q 7GJ5 EBDR", "X5QH 1BMH"];
const LINK: &str = "https://ziping.example/#s.UfKsKxyE4y1c3AjLrO6FPpj9CM-2ASJQa2cgPAiihU5-BueEiuW3pbxCug";
/// The code of 三年人数, which has one line.
const SHORT: &str = "05Z6 045D QAT8 C55F 5N01 3HPG 0GX";

/// The pieces of a text, with their lines, and whether each is a record.
fn found(text: &str) -> Vec<(usize, String, bool)> {
    pieces(text).into_iter().map(|(line, it)| (line, it.clone(), read(known(), &it).is_ok())).collect()
}

fn assert_found(text: &str, all: &[(usize, &str, bool)]) {
    let all: Vec<_> = all.iter().map(|it| (it.0, it.1.to_owned(), it.2)).collect();
    assert_eq!(found(text), all, "{text}");
}

fn bare(code: &str) -> String {
    code.replace(' ', "")
}

#[test]
fn a_link_ends_where_it_says() {
    let [l0, l1, l2] = LINES;
    let code = format!("{l0}\n{l1}\n{l2}");
    let (short, one) = (bare(SHORT), bare(&LINES.concat()));
    let (first, rest) = LINK.split_at(60);
    let whole = format!("{first}\n{rest}");
    // words, letters or a code stand behind it on its last line, or on the next
    for behind in ["", "。", "abc", "，请查收", " 谢谢\n"] {
        assert_found(&format!("{first}\n{rest}{behind}"), &[(1, &whole, true)]);
    }
    assert_found(&format!("{first}\n{rest}；{short}"), &[(1, &whole, true), (2, &short, true)]);
    assert_found(&format!("{first}\n{rest}\n{SHORT}"), &[(1, &whole, true), (3, SHORT, true)]);
    assert_found(&format!("{first}\n{rest}\n{code}"), &[(1, &whole, true), (3, &code, true)]);
    // two groups on a line of their own may be what is left of a code
    assert_found(&format!("{first}\n{rest}\nAB12 CD34"), &[(1, &whole, true), (3, "AB12 CD34", false)]);
    // a code on the next line is no part of a link that was cut off
    let cut = &LINK[..40];
    assert_found(&format!("{cut}\n{short}"), &[(1, cut, false), (2, &short, true)]);
    assert_found(&format!("{cut}\n{one}"), &[(1, cut, false), (2, &one, true)]);
}

#[test]
fn a_code_is_found_however_narrow_its_lines_are() {
    let [l0, l1, l2] = LINES;
    let code = format!("{l0}\n{l1}\n{l2}");
    let opens = |text: &str| {
        let found = found(text);
        assert_eq!(found.len(), 1, "{found:?}");
        found[0].2 && bare(&found[0].1).replace('\n', "") == bare(&code).replace('\n', "")
    };
    let words = "谢谢 Wang 王工";
    // one group on a line, with words behind it
    assert!(opens(&format!("{}\nSVM5 {words}\n7TCF T26F\n{l1}\n{l2}", &l0[..24])));
    assert!(opens(&format!("{}\nSVM5 7TCF {words}\nT26F\n{l1}\n{l2}", &l0[..24])));
    // the rest of a printed line, with words behind it
    assert!(opens(&format!("{}\n6F {words}\n{l1}\n{l2}", &l0[..37])));
    // the first letters at the end of a line of words
    assert!(opens(&format!("自评码是 A7S\nA{}\n{l1}\n{l2}", &l0[4..])));
    // another code right behind it
    let short = bare(SHORT);
    assert_found(&format!("{short}；{short}"), &[(1, &short, true), (1, &short, true)]);
    // words before a printed line
    assert!(opens(&format!("{l0}\n第2行 {l1}\n第3行 {l2}")));
    // a few letters among words are something else
    let few = format!("{}\n5T {words}\nSVM5 7TCF T26F\n{l1}\n{l2}", &l0[..22]);
    assert!(found(&few).iter().all(|it| !it.2), "{:?}", found(&few));
    // nor does a code go on behind a line of words
    let words = format!("{l0}\n谢谢\n{l1}\n{l2}");
    assert!(found(&words).iter().all(|it| !it.2), "{:?}", found(&words));
}

/// A code with a wrong letter takes the lines that its length and its checks claim, and leaves the others.
#[test]
fn a_damaged_code_takes_no_line_of_others() {
    let [l0, l1, l2] = LINES;
    let wrong = l1.replacen("J4M3", "J7M3", 1);
    let damaged = format!("{l0}\n{wrong}\n{l2}");
    let code = format!("{l0}\n{l1}\n{l2}");
    let (one, other) = (damaged.as_str(), SHORT);
    assert_found(one, &[(1, one, false)]);
    assert_found(&format!("{one}\n{other}"), &[(1, one, false), (4, other, true)]);
    assert_found(&format!("{one}\nB"), &[(1, one, false)]);
    assert_found(&format!("{one}\n谢谢"), &[(1, one, false)]);
    // one letter too many
    let longer = format!("{one}7");
    assert_found(&longer, &[(1, &longer, false)]);
    assert_found(&format!("{longer}\n谢谢"), &[(1, &longer, false)]);
    // without its last line: what follows is longer than that, is another code, or is words
    let cut = format!("{l0}\n{wrong}");
    assert_found(&format!("{cut}\n13800138000 0375 2978838"), &[(1, &cut, false)]);
    assert_found(&format!("{l0}\n谢谢"), &[(1, l0, false)]);
    assert_found(&format!("{l0}\n{code}"), &[(1, l0, false), (2, &code, true)]);
    // with a wrong letter in the first line only the checks tell, and only of a line that is there as a whole
    let first = l0.replacen("TQ6W", "T76W", 1);
    assert_found(&format!("{first}\n{l1}\n{l2}"), &[(1, &format!("{first}\n{l1}\n{l2}"), false)]);
    assert_found(&format!("{first}\n13800138000 0375 2978838"), &[(1, &first, false)]);
    let part = "A7SA 0000 GKHJ TQ6W 135T";
    assert_found(&format!("{part}\n{l1}"), &[(1, part, false), (2, l1, false)]);
    // two on a line
    let (a, b) = (SHORT.replacen('Q', "7", 1), SHORT.replacen('T', "7", 1));
    assert_found(&format!("甲 {a}；乙 {b}"), &[(1, &a, false), (1, &b, false)]);
}

#[test]
fn what_is_like_a_code_is_told_from_what_is_not() {
    // one in eight may be wrong
    assert_eq!(found("AB12 C§34 EF56 GH§8 JK").len(), 1);
    assert_eq!(found("AB12 C§34 EF56 GH§8 J"), []);
    assert_eq!(found("AB12 C§34 EF§6 GH§8"), []);
    // numbers of units and people have 18 letters without a gap
    assert_eq!(found("7A3B9C1D7E5F3G1H9J"), []);
    assert_eq!(found("7A3B9C1D7E5F3G1H9J2").len(), 1);
    assert_eq!(found("7A3B9C1D7E5F3G1H9J2K").len(), 1);
}

/// Four digits and a dot at the beginning of a line are a group of the code, fewer are the number of the line.
#[test]
fn four_digits_at_the_beginning_of_a_line_are_letters() {
    let before = "25Z6 0BR9 ETA1 9B0H PAX5 60G3 24M1 G7GA\nS6W1 12F0 R5M1 H2M0 J04C QG18 H3R9 G05C";
    for last in ["1430 A1JA 6W25 GG0", "1430.A1JA.6W25.GG0", "3. 1430 A1JA 6W25 GG0", "003）1430 A1JA 6W25 GG0"] {
        let opened = read(known(), &format!("{before}\n{last}"));
        assert_eq!(opened.map(|it| it[0].dossier.sheets.len()), Ok(2), "{last}");
    }
}

fn backup() -> String {
    let about = About { title: "某公司".to_owned(), lines: Vec::new() };
    let dossier = Dossier::new("某公司".to_owned(), EMPLOYER, &editions()[0], &[1]);
    write_backup(&[(dossier, about)], "2026年11月30日", 1_790_000_000, "")
}

#[test]
fn a_file_among_words_is_taken_from_brace_to_brace() {
    let file = backup();
    let own = file.trim();
    assert!(own.starts_with('{') && own.ends_with('}'), "{own}");
    assert_found(&format!("您好，这是文件\n{own}\n请查收"), &[(2, own, true)]);
    let n = own.lines().count();
    assert_found(&format!("{own} {own}"), &[(1, own, true), (n, own, true)]);
}

#[test]
fn a_file_is_known_by_its_records_or_by_what_stands_around_them() {
    let file = backup();
    let records = file.find("\"档案\"").expect("records");
    // cut off before its records, and without its beginning
    assert!(is_file(&file[..records]) && is_file(&file[file.find("\"份数\"").expect("a number")..records + 12]));
    for words in ["ZP12 是型号", "ZP.", "\"ZP12\"", "\"ZP.\"", "\"份数\": 3", "\"档案\"、\"说明\""] {
        assert!(!is_file(words), "{words}");
    }
}

/// What is no text, read as text; a few odd characters are in texts too.
#[test]
fn a_file_that_is_no_text_is_known_by_its_beginning_or_by_many_odd_characters() {
    let odd = |n: usize, of: usize| format!("{}{}", "\0".repeat(n), "a".repeat(of - n));
    for (text, what) in [
        ("PK\u{3}\u{4}".to_owned(), Some(NoTextFile::Workbook)),
        ("7z集".to_owned(), Some(NoTextFile::Packed)),
        ("%PDF-1.7".to_owned(), Some(NoTextFile::Pdf)),
        ("\u{fffd}PNG\r\n".to_owned(), Some(NoTextFile::Picture)),
        ("\u{fffd}\u{fffd}\u{fffd}\u{fffd}\0\u{10}JFIF".to_owned(), Some(NoTextFile::Picture)),
        ("JFIF 是一种图片".to_owned(), None),
        ("\u{fffd} 自评码".to_owned(), None),
        (odd(3, 48), None),
        (odd(4, 79), Some(NoTextFile::Other)),
        (odd(4, 80), None),
        ("\u{fffd}".repeat(20), None),
    ] {
        assert_eq!(no_text(&text), what, "{text:?}");
    }
}
