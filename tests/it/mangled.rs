//! Links and codes as they arrive in practice (tests/carrier/*.toml): each gives the same record, or an error that says
//! what was received and what was expected. A few of them are also tested with every possible small damage.

use serde::Deserialize;
use serde_json::Value;
use ziping::carrier::{
    Record, Take, Unreadable, pack, parts, pieces, read, read_code, read_link, read_one, write_code, write_link,
};
use ziping::dossier::{About, Dossier, write_backup};

use crate::carrier_laws::known;
use crate::{EMPLOYER, editions, none_of, read as read_file};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// A vector of tests/vectors/v1.jsonl.
    of: String,
    #[serde(default)]
    link: Vec<Mangled>,
    #[serde(default)]
    code: Vec<Mangled>,
}

/// A case. `why` explains it to people; without an error the record must be the same.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mangled {
    why: String,
    text: String,
    error: Option<String>,
    says: Option<String>,
}

#[test]
fn mangled_links_and_codes_are_the_same_record_or_a_named_error() {
    let mut problems = Vec::new();
    for name in ["links", "codes", "short"] {
        let table: Table = toml::from_str(&read_file(&format!("tests/carrier/{name}.toml"))).expect(name);
        let record = vector(&table.of).0.dossier;
        for it in table.link.iter().chain(&table.code) {
            let problem = match (read(known(), &it.text), &it.error) {
                (Ok(all), None) if all[0].dossier == record => continue,
                (Ok(_), _) => "is opened as something".to_owned(),
                (Err(why), error) => {
                    let says = it.says.as_deref().unwrap_or_default();
                    if error.as_deref() == Some(why.code()) && why.to_string().contains(says) {
                        continue;
                    }
                    format!("{}: {why}", why.code())
                }
            };
            problems.push(format!("tests/carrier/{name}.toml, {}: {problem}", it.why));
        }
    }
    none_of(&problems);
}

/// The record of a vector, its code with line breaks, and its link.
fn vector(name: &str) -> (Record, String, String) {
    let text = read_file("tests/vectors/v1.jsonl");
    let mut vectors = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let vector = vectors.find(|vector| vector["name"] == name).expect(name);
    let text = |key: &str| vector[key].as_str().expect("a text").to_owned();
    let letters: Vec<char> = text("code").chars().filter(|it| *it != ' ').collect();
    let groups = |line: &[char]| line.chunks(4).map(|it| it.iter().collect()).collect::<Vec<String>>().join(" ");
    let code = letters.chunks(32).map(groups).collect::<Vec<_>>().join("\n");
    (read_code(known(), &code).expect(name), code, text("link"))
}

const FEW: [&str; 5] = ["用人单位公共-空", "技工院校职业-满分", "社评组织公共-案例", "档案-公共与三个职业", "备注-短"];

/// Replaces every character of a code by every letter and digit.
#[test]
fn no_wrong_letter_makes_another_record() {
    let (mut tried, mut same) = (0, 0);
    for name in FEW {
        let (record, code, link) = vector(name);
        for (text, letters) in [(code, CODE_LETTERS), (link.clone(), LINK_LETTERS)] {
            let is_link = text == link;
            for at in (0..text.len()).filter(|at| !matches!(text.as_bytes()[*at], b' ' | b'\n')) {
                for letter in letters.bytes().filter(|it| *it != text.as_bytes()[at]) {
                    let mut changed = text.clone().into_bytes();
                    changed[at] = letter;
                    let changed = String::from_utf8(changed).expect("ASCII");
                    tried += 1;
                    let opened = if is_link { read_link(known(), &changed) } else { read_code(known(), &changed) };
                    if let Ok(it) = opened {
                        assert_eq!(it.dossier, record.dossier, "{changed}");
                        same += 1;
                    }
                }
            }
        }
    }
    assert!(15_000 < tried, "{tried} tried, {same} are the same record");
}

const CODE_LETTERS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LINK_LETTERS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

#[test]
fn no_cut_and_no_swap_makes_another_record() {
    for name in FEW {
        let (record, code, link) = vector(name);
        let sign = link.find("#s.").expect("a link") + 3;
        let n = link.len() - sign;
        for at in 0..code.len() {
            assert!(read_code(known(), &code[..at]).is_err(), "{}", &code[..at]);
        }
        for at in 0..link.len() {
            let why = read(known(), &link[..at]).expect_err("it is cut");
            let says = why.to_string();
            if sign + 8 <= at {
                assert_eq!(why.code(), "cut", "{}", &link[..at]);
                assert!(says.contains(&format!("收到 {} 个字符，应为 {n} 个", at - sign)), "{says}");
            }
        }
        let letters: Vec<char> = code.chars().filter(|it| it.is_alphanumeric()).collect();
        for at in 0..letters.len() - 1 {
            let mut swapped = letters.clone();
            swapped.swap(at, at + 1);
            let swapped: String = swapped.into_iter().collect();
            match read_code(known(), &swapped) {
                Ok(it) => assert!(letters[at] == letters[at + 1] && it == record, "{swapped}"),
                // the letters that give the length may be among them
                Err(why) => assert!(at <= 8 || why.code() == "line", "{swapped}: {why}"),
            }
        }
        let link: Vec<char> = link.chars().collect();
        for at in sign..link.len() - 1 {
            let mut swapped = link.clone();
            swapped.swap(at, at + 1);
            let swapped: String = swapped.into_iter().collect();
            if let Ok(it) = read_link(known(), &swapped) {
                assert_eq!(it.dossier, record.dossier, "{swapped}");
            }
        }
    }
}

/// A code of several lines is one part, however one of its lines was damaged, so that a code gives only one error.
#[test]
fn a_damaged_code_is_one_part() {
    let (_, code, _) = vector("档案-公共与三个职业");
    let (other, next, _) = vector("备注-短");
    let lines: Vec<&str> = code.lines().collect();
    let wrong = |line: usize| {
        let mut lines: Vec<String> = lines.iter().map(|it| (*it).to_owned()).collect();
        let other = if &lines[line][6..7] == "7" { "8" } else { "7" };
        lines[line].replace_range(6..7, other);
        lines.join("\n")
    };
    let short = [&lines[0][..lines[0].len() - 1], lines[1], lines[2]].join("\n");
    let middle = [lines[0], &lines[1][1..], lines[2]].join("\n");
    for damaged in [wrong(0), wrong(1), wrong(2), short, middle, [lines[0], lines[1]].join("\n")] {
        let text = format!("{damaged}\n{next}\n");
        let found = parts(&text);
        assert_eq!(found.len(), 2, "{found:#?}");
        assert!(read(known(), &found[0].1).is_err());
        assert_eq!(read(known(), &found[1].1).map(|it| it[0].clone()), Ok(other.clone()), "{text}");
    }
}

/// Chats and tables have several records on one line, with words around them.
#[test]
fn records_are_found_among_words() {
    let record = |n: usize| {
        let dossier = Dossier::new(String::new(), EMPLOYER, &editions()[0], &vec![1; n]);
        pack(known(), &dossier, Take::default()).expect("a record")
    };
    let (code, link) = (|n| write_code(&record(n)), |n| write_link("https://a.example/open/", &record(n)));
    let [c1, c2, c9] = [1, 2, 50].map(code);
    let [l1, l2, l3] = [1, 2, 3].map(link);
    assert!(c9.contains('\n') && !c2.contains('\n'));
    let bare = |it: &str| it.replace(' ', "");
    for (text, lines, sheets) in [
        (format!("甲：{l1}；乙：{l2}"), vec![1, 1], vec![1, 2]),
        (format!("{l1} {l2} {l3}"), vec![1, 1, 1], vec![1, 2, 3]),
        (format!("{l1}、{l2},{l3}"), vec![1, 1, 1], vec![1, 2, 3]),
        (format!("{l1}{l2}"), vec![1, 1], vec![1, 2]),
        (format!("甲\t{l1}\t{l2}\n乙\t{l3}"), vec![1, 1, 2], vec![1, 2, 3]),
        (format!("https://a.example/s.html{}", &l2[23..]), vec![1], vec![2]),
        (format!("第二机械公司：{c2}，请查收"), vec![1], vec![2]),
        (format!("{c2} 谢谢\n第二机械公司 {c1}"), vec![1, 2], vec![2, 1]),
        (format!("1. {c1}\n2. {c2}\n（3）{c2}\n4、{c1}"), vec![1, 2, 3, 4], vec![1, 2, 2, 1]),
        (format!("ABC公司 {c2}（已核对）"), vec![1], vec![2]),
        (format!("您好\n\n第9号：{c9}。请查收\n谢谢"), vec![3], vec![50]),
        (format!("自评码 {}", bare(&c1)), vec![1], vec![1]),
        (format!("甲公司 {c1}，乙公司 {c2}；丙 {c1}"), vec![1, 1, 1], vec![1, 2, 1]),
        (format!("{}/{}", bare(&c1), c2), vec![1, 1], vec![1, 2]),
        (format!("单位,{c1}\n10,{c1},2026-11-10\nA01,{c2}\nABC Ltd,{}", bare(&c2)), vec![1, 2, 3, 4], vec![1, 1, 2, 2]),
        (format!("{c2} 或 {l1}，也可以输入 {c1}"), vec![1, 1, 1], vec![2, 1, 1]),
        (format!("{l1}&s=1 {l2}?s=20"), vec![1, 1], vec![1, 2]),
        (format!("{l3}/s.html\nhttps://s.weibo.com/x https://google.com/?s=hello"), vec![1], vec![3]),
        (format!("{l1}\n请打开 https://a.example/open/ 输入 {c2}"), vec![1, 2], vec![1, 2]),
    ] {
        let found = pieces(&text);
        assert_eq!(found.iter().map(|it| it.0).collect::<Vec<_>>(), lines, "{text}");
        let opened: Vec<_> = found.iter().map(|it| read(known(), &it.1).map(|it| it[0].dossier.sheets.len())).collect();
        assert_eq!(opened, sheets.into_iter().map(Ok).collect::<Vec<_>>(), "{text}");
    }
    for words in [
        "联系电话：0375-2978838，13800138000",
        "统一社会信用代码：91410400MA12345678",
        "身份证号 410401197001011234",
        "https://www.example.com/abcdefghijklmnopqrstvwxyz0123456789",
        "zhangsan19900101@example.com",
        "2026-11-25 10:31:05",
        "IMG_20261125_103105_0123456789.jpg",
    ] {
        assert_eq!(pieces(words), [], "{words}");
    }
}

/// Damaged records are listed beside undamaged ones; a code that is cut off or has a wrong character is recognised as a
/// code.
#[test]
fn what_is_damaged_among_words_is_not_passed_over() {
    let record = |n: usize| {
        let dossier = Dossier::new(String::new(), EMPLOYER, &editions()[0], &vec![1; n]);
        pack(known(), &dossier, Take::default()).expect("a record")
    };
    let (c1, c2) = (write_code(&record(1)), write_code(&record(2)));
    let wrong = c1.replacen(&c1[c1.len() - 1..], if c1.ends_with('7') { "8" } else { "7" }, 1);
    for (text, opened) in [
        (format!("甲 {wrong}，乙 {c2}"), vec![false, true]),
        (format!("甲 {wrong} 谢谢"), vec![false]),
        (c1[..9].to_owned(), vec![false]),
        (c1.replacen('0', "§", 1), vec![false]),
        (format!("10,{wrong},2026-11-10"), vec![false]),
    ] {
        let found: Vec<_> = pieces(&text).iter().map(|it| read(known(), &it.1).is_ok()).collect();
        assert_eq!(found, opened, "{text}");
    }
}

/// A backup file is recognised by its records or its beginning, not by words that look similar; other records beside it
/// are found too, and a second file that is cut off counts as damaged by itself.
#[test]
fn files_are_told_from_what_stands_beside_them() {
    let dossier = |n: usize| Dossier::new(format!("单位{n}"), EMPLOYER, &editions()[0], &vec![1; n]);
    let about = |n: usize| About { title: format!("单位{n}"), lines: vec!["“档案”：\"ZP\"".to_owned()] };
    let backup = |all: &[usize]| {
        let all: Vec<_> = all.iter().map(|n| (dossier(*n), about(*n))).collect();
        write_backup(&all, "2026年11月26日", 1_790_000_000, "")
    };
    let code = write_code(&pack(known(), &dossier(1), Take::default()).expect("a record"));
    let whole = backup(&[1, 2]);
    let cut = &whole[..whole.rfind("\"ZP2.").expect("two records")];
    let n_of = |text: &str| -> Vec<_> {
        pieces(text).iter().map(|(line, it)| (*line, read(known(), it).map_or(0, |it| it.len()))).collect()
    };
    let lines = whole.lines().count();
    assert_eq!(n_of(&whole), [(1, 2)]);
    assert_eq!(n_of(cut), [(1, 0)]);
    assert_eq!(n_of(&format!("{code}\n{whole}{code}，请查收\n")), [(1, 1), (2, 2), (2 + lines, 1)]);
    assert_eq!(n_of(&format!("{whole}\n{cut}")), [(1, 2), (2 + lines, 0)]);
    assert_eq!(n_of(&format!("{cut}\n{whole}")), [(1, 0), (1 + cut.lines().count(), 2)]);
    assert_eq!(n_of(&format!("\"ZPMC重工\",\"{code}\"\n\"档案\",{code}")), [(1, 1), (2, 1)]);
    // a single record taken from a file is a piece of its own
    let sealed = whole.lines().find(|it| it.contains("\"ZP2.")).expect("a record");
    assert_eq!(n_of(sealed), [(1, 1)]);
    assert_eq!(n_of(sealed.trim().trim_matches(['"', ','])), [(1, 1)]);
}

/// Where one record is wanted, words may stand around it, an error names the line of the pasted text, and two records
/// are refused.
#[test]
fn one_record_is_read_out_of_what_was_pasted() {
    let record = |n: usize| {
        let dossier = Dossier::new(String::new(), EMPLOYER, &editions()[0], &vec![1; n]);
        pack(known(), &dossier, Take::default()).expect("a record")
    };
    let link = |n| write_link("https://a.example/open/", &record(n));
    let sheets = |text: &str| read_one(known(), text).map(|it| it.records[0].dossier.sheets.len());
    let code = write_code(&record(50));
    assert_eq!(sheets(&format!("您好：\n请打开 {}，谢谢", link(2))), Ok(2));
    assert_eq!(sheets(&format!("我们的自评码\n{code}\n请查收")), Ok(50));
    assert_eq!(sheets(&format!("{}\n{}", link(1), link(2))), Err(Unreadable::Several { several: 2 }));
    // the code and the link of one record count as one record; where one of two records is damaged, the other one is
    // not opened instead
    assert_eq!(sheets(&format!("{}\n{}", write_code(&record(1)), link(1))), Ok(1));
    let cut = &link(2)[..link(2).len() - 3];
    assert!(matches!(sheets(&format!("{cut}\n{}", link(1))), Err(Unreadable::Cut { .. })));
    assert!(matches!(sheets(&format!("{}\n{cut}", link(1))), Err(Unreadable::Cut { .. })));
    let typo = code.replacen(char::from(code.as_bytes()[40]), "7", 1);
    assert_ne!(typo, code);
    let line_of = |text: &str| match sheets(text) {
        Err(Unreadable::Line { line, .. }) => line,
        other => panic!("{other:?} of {text}"),
    };
    let wrong = line_of(&typo);
    assert_eq!(line_of(&format!("您好\n\n{typo}")), wrong + 2);
    // a code as printed, with line numbers, and as a phone wraps it, with a wrong letter
    let numbered: Vec<String> = (1..).zip(code.lines()).map(|(n, line)| format!("{n} {line}")).collect();
    assert_eq!(sheets(&numbered.join("\n")), Ok(50));
    let groups: Vec<&str> = typo.split_whitespace().collect();
    let wrapped: Vec<String> = groups.chunks(5).map(|it| it.join(" ")).collect();
    assert_eq!(line_of(&wrapped.join("\n")), wrong);
    for words in ["您好", "今天天气很好，hello", "{\"a\":1}"] {
        assert_eq!(sheets(words), Err(Unreadable::Nothing), "{words}");
    }
    assert!(matches!(sheets("ABCD 1234"), Err(Unreadable::Line { .. } | Unreadable::Cut { .. })));
}
