//! However mails, chats and word processors wrap, quote and end the lines of codes and links: what was whole is found.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use ziping::carrier::{Take, pack, parts, pieces, read, read_one, taken, write_code, write_link};

use crate::carrier_laws::{dossier, known};

#[derive(Clone, Copy, Debug)]
enum Wrap {
    /// At every so many characters.
    Hard(usize),
    /// At blanks, and within what is longer than a line.
    Soft(usize),
    /// As quoted-printable text.
    Marked(usize),
}

fn wrapped(text: &str, how: Wrap) -> Vec<String> {
    let width = match how {
        Wrap::Hard(it) | Wrap::Soft(it) | Wrap::Marked(it) => it,
    };
    let mut all = Vec::new();
    let mut rest: Vec<char> = text.chars().collect();
    while width < rest.len() {
        let blank = rest[..=width].iter().rposition(|it| *it == ' ').filter(|at| 0 < *at);
        let at = if let Wrap::Soft(_) = how { blank.unwrap_or(width) } else { width };
        let mut line: String = rest.drain(..at).collect();
        match how {
            Wrap::Soft(_) if rest[0] == ' ' => drop(rest.remove(0)),
            Wrap::Marked(_) => line.push('='),
            Wrap::Soft(_) | Wrap::Hard(_) => {}
        }
        all.push(line);
    }
    all.push(rest.into_iter().collect());
    all
}

fn wrap() -> impl Strategy<Value = Wrap> {
    let width = 40..=120_usize;
    prop_oneof![width.clone().prop_map(Wrap::Hard), width.clone().prop_map(Wrap::Soft), width.prop_map(Wrap::Marked)]
}

const BEFORE: &[&str] = &[
    "",
    "甲公司：",
    "第3家 ",
    "第3家：",
    "3. ",
    "3、",
    "（3）",
    "(3) ",
    "ABC公司 ",
    "自评码：",
    "2026-11-20 14:03:22 张三(12345678)\n",
    "2026-11-20 14:03:22 ",
    "[14:03] 李四：",
    "张三 2026/11/20 14:03:22\n",
    "王工：您好，我们单位的自评已经填好，自评码或链接在下面，请查收 ",
    "单位公共部分自评87分，",
    "No.3 ",
    "账号6222021234567890123，",
];
const BEHIND: &[&str] =
    &["", "，请查收", " 谢谢", "。", "；身份证号410401197001011234", "\n谢谢！", " 2026-11-20", "（已核对）"];
const ENDS: &[&str] = &["\n", "\r\n", "\r", "\u{2028}", "\u{85}", "\u{c}", "\n\n", "\r\n\r\n", "\r\n \r\n"];
const PREFIXES: &[&str] = &["", "> ", ">", ">> ", "> > ", "| ", "    ", "\u{3000}\u{3000}", "\u{feff}"];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_record_is_found_however_it_is_wrapped(
        dossiers in vec(dossier(), 1..4), forms in vec(0..3_u8, 4), before in vec(select(BEFORE), 4), behind in vec(select(BEHIND), 4),
        how in wrap(), end in select(ENDS), prefix in select(PREFIXES), notes in any::<bool>(),
    ) {
        let take = Take { unit: true, notes, day: Some(20_000) };
        let (mut lines, mut sent) = (Vec::new(), Vec::new());
        for (n, dossier) in dossiers.iter().enumerate() {
            let Some(record) = pack(known(), dossier, take) else { continue };
            let own = match forms[n] {
                0 => write_link("https://rsj.pds.example.gov.cn/ziping/open/", &record),
                1 => write_code(&record).replace('\n', " "),
                _ => write_code(&record),
            };
            for line in format!("{}{own}{}", before[n], behind[n]).lines() {
                lines.extend(wrapped(line, how));
            }
            sent.push(taken(known(), dossier, take).expect("known"));
        }
        let text: String = lines.iter().map(|it| format!("{prefix}{it}{end}")).collect();
        let opened = |found: Vec<(usize, String)>| -> Vec<_> {
            found.iter().map(|it| read(known(), &it.1).map(|it| it[0].dossier.clone()).map_err(|why| (why, it.1.clone()))).collect()
        };
        let all: Vec<_> = sent.iter().cloned().map(Ok).collect();
        prop_assert_eq!(opened(pieces(&text)), all.clone(), "{:?} {}", how, text);
        let whole: Vec<_> = opened(parts(&text)).into_iter().filter(Result::is_ok).collect();
        prop_assert_eq!(whole, all, "{:?} {}", how, text);
        if let [one] = &sent[..] {
            prop_assert_eq!(read_one(known(), &text).map(|it| it.records[0].dossier.clone()), Ok(one.clone()), "{}", text);
        }
    }
}

/// What nobody wrote as a code is not listed as a damaged one.
#[test]
fn what_is_none_of_ours_is_passed_over() {
    for words in [
        "账号 6222021234567890123",
        "6222 0212 3456 7890 123",
        "卡号：6217 0025 4000 1234 567",
        "0375 2978838",
        "1380 1380 0001",
        "13800138000 13900139000",
        "身份证号 4104 0119 7001 0112 34",
        "41040119700101123X",
        "4104 0119 7001 0112 3X",
        "统一社会信用代码：9141 0400 MA12 3456 78",
        "91410400MA12345678",
        "550e8400-e29b-41d4-a716-446655440000",
        "550E8400-E29B-41D4-A716-446655440000",
        "550e8400e29b41d4a716446655440000",
        "d41d8cd98f00b204e9800998ecf8427e",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "DA39 A3EE 5E6B 4B0D 3255 BFEF 9560 1890 AFD8 0709",
        "订单号 JD2026112014032212345678",
        "SF1234567890123456789",
        "WX202611201403221234567890",
        "internationalization characteristics",
        "INTERNATIONALIZATION",
        "Dear Wang",
        "this text says that they have been here with some more",
        "2026 1120",
        "00:1A:2B:3C:4D:5E",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
    ] {
        assert_eq!(pieces(words), [], "{words}");
    }
}
