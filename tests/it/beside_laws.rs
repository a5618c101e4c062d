//! Whatever stands before and behind a code on its line: the code is found, and nothing else becomes one.

use ziping::carrier::{Take, pieces, read, read_one, write_code};
use ziping::dossier::{Dossier, Sheet};

use crate::carrier_laws::known;
use crate::{EMPLOYER, editions};

/// What people and programs put before a code on its line.
const BEFORE: &[&str] = &[
    "",
    "13800138000 ",
    "13800138000",
    "0375-2978838 ",
    "0375-2978838",
    "0375 2978838 ",
    "（0375）2978838 ",
    "电话0375-2978838，自评码",
    "+86 138 0013 8000 ",
    "91410400MA12345678 ",
    "91410400MA12345678",
    "91410400MA12345678，",
    "统一社会信用代码91410400MA12345678　",
    "9141 0400 MA12 3456 78 ",
    "41040119700101123X ",
    "2026-11-20 14:03:22 ",
    "2026-11-20 14:03:22",
    "2026/11/20 14:03 ",
    "2026.11.20 14.03 ",
    "2026-11-20T14:03:22Z ",
    "20261120 140322 ",
    "2026年11月20日14时03分 ",
    "14:03 ",
    "A.",
    "A. ",
    "A、",
    "a) ",
    "(b) ",
    "B ",
    "NO. 12 ",
    "NO. 12",
    "NO.12 ",
    "No.12：",
    "no 12 ",
    "№12 ",
    "# 12 ",
    "#12 ",
    "12",
    "12 ",
    "12. ",
    "12.",
    "12)",
    "12-",
    "12-1 ",
    "1.2.3 ",
    "①",
    "① ",
    "⑴",
    "Ⅳ. ",
    "iv. ",
    "一、",
    "第12号 ",
    "第 12 号",
    "- ",
    "-- ",
    "—— ",
    "* ",
    "• ",
    "→ ",
    "=> ",
    "=",
    "[x] ",
    "\"",
    "'",
    "`",
    "“",
    "『",
    "【自评码】",
    "<b>",
    "<td>",
    "&nbsp;",
    "code:",
    "CODE ",
    "Code=",
    "ZIPING ",
    "Dear Mr Wang ",
    "ABC Company Ltd. ",
    "AB12 ",
    "AB12 CD34 ",
    "豫A12345 ",
    "GB/T 9704-2012 ",
    "6-18-01-01 ",
    "4-02-02-01 ",
    "www.example.com ",
    "http://www.example.com/a?b=c ",
    "wang@example.com ",
    "C:\\Users\\w\\码.txt ",
    "￥1,234.56 ",
    "99.5% ",
    "3/8 ",
    "\0",
    "\u{1}",
    "\u{7}",
    "\u{8}",
    "\u{1b}[1m",
    "\u{7f}",
    "\u{9f}",
    "\u{feff}",
    "\u{200b}",
    "\u{202e}",
    "\u{2066}",
    "\u{fffd}",
    "\u{fffc}",
    "\u{e000}",
    "😀",
    "é ",
    "Å",
    "王",
    "王\u{20000}",
    "中国石化12345 ",
    ",",
    ";",
    "；",
    "|",
    "｜ ",
    "~",
    "!",
    "?",
    "$",
    "^",
    "_",
    "__",
    "/",
    "\\",
];
const BEHIND: &[&str] = &[
    "",
    " 13800138000",
    "13800138000",
    " 0375-2978838",
    "，0375-2978838",
    " 91410400MA12345678",
    "；91410400MA12345678",
    " 41040119700101123X",
    " 2026-11-20 14:03:22",
    "2026-11-20",
    " 14:03",
    " NO. 12",
    " NO 12",
    " 12",
    "12",
    " A.",
    " B",
    " (1)",
    "（1）",
    "①",
    "。",
    ".",
    "…",
    ",",
    "；",
    "\"",
    "”",
    "』",
    "】",
    "</td>",
    "<br>",
    "&nbsp;",
    " END",
    " ok",
    " THANKS",
    "谢谢",
    " 谢谢",
    " ABCD EFGH",
    " www.example.com",
    " wang@example.com",
    "\0",
    "\u{1}",
    "\u{1b}[0m",
    "\u{7f}",
    "\u{fffd}",
    "\u{200b}",
    "\u{202c}",
    "😀",
    "é",
    "|",
    "\\",
    "_",
    "=",
];

/// A code of one line, one that ends with its second line, one of many lines, as they are printed.
fn codes() -> Vec<(Dossier, String)> {
    let edition = &editions()[0];
    let sheets = |n: u16| {
        let sheet = |id| Sheet {
            id,
            annex: 2,
            blanks: vec![format!("职业{id}")],
            occupation_code: format!("6-{id:02}-01-01"),
            ..Sheet::default()
        };
        let mut dossier = Dossier::new(String::new(), EMPLOYER, edition, &[]);
        dossier.sheets = (1..=n).map(sheet).collect();
        dossier
    };
    let of = |dossier| {
        let take = Take { unit: false, notes: false, day: Some(20_000) };
        let record = ziping::carrier::pack(known(), &dossier, take).expect("a small record");
        let sent = ziping::carrier::taken(known(), &dossier, take).expect("known");
        (sent, write_code(&record))
    };
    [0, 2, 12].into_iter().map(|n| of(sheets(n))).collect()
}

fn opened(text: &str) -> Vec<Result<Dossier, String>> {
    let dossier = |text: &str| match read(known(), text) {
        Ok(mut all) => Ok(all.remove(0).dossier),
        Err(why) => Err(format!("{why}: {text}")),
    };
    pieces(text).iter().map(|it| dossier(&it.1)).collect()
}

#[test]
fn what_stands_beside_a_code_never_hides_it() {
    let mut problems = Vec::new();
    let mut tell = |what: &str, text: &str, came: &dyn std::fmt::Debug| {
        problems.push(format!("{what} {text:?}\n      {came:?}"));
    };
    for (dossier, code) in codes() {
        for (at, before) in BEFORE.iter().enumerate() {
            // each before with each behind would take minutes, and shows no more
            let few = [BEHIND[0], BEHIND[at % BEHIND.len()], BEHIND[(at * 7 + 3) % BEHIND.len()]];
            for behind in few {
                let text = format!("{before}{code}{behind}");
                let all = opened(&text);
                if all != [Ok(dossier.clone())] {
                    tell("pieces", &text, &all);
                }
                let one = read_one(known(), &text);
                if !one.as_ref().is_ok_and(|it| it.records[0].dossier == dossier) {
                    tell("one", &text, &one.map(|_| "another"));
                }
            }
        }
        for behind in BEHIND {
            let text = format!("自评码 {code}{behind}");
            if opened(&text) != [Ok(dossier.clone())] {
                tell("pieces", &text, &opened(&text));
            }
        }
    }
    crate::none_of(&problems);
}

/// In a pile one line with a control character, or with a number before its code, costs no other.
#[test]
fn in_a_pile_every_code_is_found() {
    let all = codes();
    let (mut text, mut sent) = (String::new(), Vec::new());
    for (at, before) in BEFORE.iter().enumerate() {
        let (dossier, code) = &all[at % 2];
        text.push_str(&format!("{before}{code}{}\n", BEHIND[at * 5 % BEHIND.len()]));
        sent.push(Ok(dossier.clone()));
    }
    let came = opened(&text);
    let wrong: Vec<_> = came.iter().filter_map(|it| it.as_ref().err()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(came.len(), sent.len());
    assert_eq!(came, sent);
}

/// Alone, nothing of all that is taken for a code.
#[test]
fn what_stands_beside_codes_is_none() {
    // two groups alone may be what is left of a code
    for words in BEFORE.iter().chain(BEHIND).filter(|it| it.trim() != "AB12 CD34") {
        assert_eq!(pieces(words), [], "{words:?}");
    }
    let joined: String = BEFORE.iter().flat_map(|it| [*it, " 与 "]).filter(|it| !it.contains('\0')).collect();
    assert_eq!(pieces(&joined), []);
}
