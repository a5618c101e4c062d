//! `ziping desk`, run as the real program.

use std::fs;

use ziping::carrier::{Take, pack, write_code, write_link};
use ziping::dossier::{Dossier, Sheet};
use ziping::rubric::Fact;

use crate::carrier_laws::known;
use crate::cli::{text, ziping};
use crate::desk::backup;
use crate::{EMPLOYER, editions};

#[test]
fn a_table_goes_to_standard_output_and_its_summary_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    fs::write(file("甲.json"), format!("\u{feff}{}", record("甲公司", 1))).expect("it can be written");
    fs::write(file("乙.json"), record("=乙公司", 2)).expect("it can be written");
    let run = ziping(&["desk", &file("甲.json"), "-", &file("乙.json")], record("甲公司", 1).as_bytes());
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let summary = text(&run.stderr);
    assert_eq!(summary, "3 份记录，3 张自评表；相同的 1 组，另有版本的 0 组；未能打开 0 条\n");
    let table = text(&run.stdout);
    let lines: Vec<_> = table.split("\r\n").collect();
    assert_eq!(lines.len(), 5, "{table}");
    assert!(lines[0].starts_with("\u{feff}单位,所在地,自评表,"));
    assert!(lines[1].starts_with("甲公司,,附件1 用人单位 公共部分,") && lines[1].contains("甲.json 第 1 条"));
    assert!(lines[2].contains("标准输入 第 1 条（第 1 行）") && lines[2].ends_with(",另有完全相同的一份"));
    assert!(lines[3].starts_with("'=乙公司,"));
}

#[test]
fn a_refused_piece_ends_with_2_and_the_others_are_in_the_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    // a file that is neither text nor a workbook
    fs::write(file("照片.jpg"), [0xff, 0xd8, 0xff, 0, 1, 2]).expect("it can be written");
    let run = ziping(&["desk", &file("照片.jpg"), "-"], record("甲公司", 1).as_bytes());
    assert_eq!(run.status.code(), Some(2));
    assert!(text(&run.stdout).contains("甲公司"));
    let summary = text(&run.stderr);
    assert!(summary.starts_with("1 份记录，1 张自评表；") && summary.contains("未能打开 1 条\n"), "{summary}");
    assert!(summary.contains("  照片.jpg 第 1 条（第 1 行）：这不是文本文件，请用自评文件或文本文件\n"), "{summary}");
}

#[test]
fn codes_and_links_of_one_file_are_told_by_their_lines() {
    let sent = |defects, day| {
        let take = Take { unit: true, day: Some(day), ..Take::default() };
        pack(known(), &dossier("甲公司", defects), take).expect("a record")
    };
    let (code, link) = (write_code(&sent(1, 20_000)), write_link("https://ziping.example/", &sent(2, 20_001)));
    let lines = code.lines().count();
    let wrong = code.replacen(|it: char| it.is_ascii_digit(), "M", 1);
    let mail = format!("各单位的自评码：\n\n{code}\n{link}\n{wrong}\n{code}\n");
    let run = ziping(&["desk", "-"], mail.as_bytes());
    let (table, summary) = (text(&run.stdout), text(&run.stderr));
    assert_eq!(run.status.code(), Some(2), "{summary}");
    assert!(summary.starts_with("3 份记录，3 张自评表；相同的 1 组，另有版本的 1 组；未能打开 1 条\n"), "{summary}");
    assert!(summary.contains(&format!("标准输入 第 3 条（第 {} 行）：", 4 + lines)), "{summary}");
    for (day, how, piece, line, repeated) in [
        ("04", "自评码", 1, 3, "另有完全相同的一份；另有其他版本，这份较旧"),
        ("05", "自评链接", 2, 3 + lines, "另有其他版本，这份最新"),
        ("04", "自评码", 4, 4 + 2 * lines, "另有完全相同的一份；另有其他版本，这份较旧"),
    ] {
        let words = format!(",2024-10-{day},{how},标准输入 第 {piece} 条（第 {line} 行）,{repeated}\r\n");
        assert!(table.contains(&words), "{words} is not in\n{table}");
    }
}

/// Text files in the encoding of Windows in China and in its Unicode encoding, and a workbook, which cannot be read as
/// text.
#[test]
fn files_of_windows_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let record = pack(known(), &dossier("第二机械公司", 1), Take { unit: true, ..Take::default() }).expect("a record");
    let mail = format!("第二机械公司：{}，请查收\r\n", write_code(&record));
    fs::write(file("国标.txt"), encoding_rs::GB18030.encode(&mail).0).expect("it can be written");
    let wide = mail.encode_utf16().flat_map(u16::to_le_bytes);
    fs::write(file("统一码.txt"), [0xff, 0xfe].into_iter().chain(wide).collect::<Vec<u8>>())
        .expect("it can be written");
    let run = ziping(&["desk", &file("国标.txt"), &file("统一码.txt"), "--out", &file("汇总.xlsx")], b"");
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    assert!(text(&run.stderr).starts_with("2 份记录，2 张自评表；相同的 1 组"), "{}", text(&run.stderr));
    let run = ziping(&["desk", &file("汇总.xlsx")], b"");
    assert!(
        text(&run.stderr).contains("这是 Excel、WPS 的文件，请打开它，复制其中的单元格粘贴过来\n"),
        "{}",
        text(&run.stderr)
    );
}

#[test]
fn the_ending_of_the_file_says_what_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let input = record("甲公司", 1);
    for name in ["汇总.csv", "汇总.xlsx", "汇总.XLSX"] {
        let run = ziping(&["desk", "-", "--out", &out(name)], input.as_bytes());
        assert_eq!((run.status.code(), run.stdout.len()), (Some(0), 0), "{}", text(&run.stderr));
        let start: &[u8] = if name.ends_with("csv") { b"\xef\xbb\xbf" } else { b"PK\x03\x04" };
        assert!(fs::read(out(name)).expect("it is there").starts_with(start), "{name}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 3, "nothing else is left there");
    for wrong in ["汇总.xls", "汇总"] {
        let run = ziping(&["desk", "-", "--out", &out(wrong)], input.as_bytes());
        assert_eq!((run.status.code(), run.stdout.len()), (Some(2), 0));
        assert!(text(&run.stderr).contains(".csv 或 .xlsx"), "{}", text(&run.stderr));
        assert!(!folder.path().join(wrong).exists());
    }
    // an input file is never overwritten
    let run = ziping(&["desk", &out("汇总.csv"), "--out", &out("汇总.csv")], b"");
    assert_eq!(run.status.code(), Some(2));
}

#[test]
fn only_the_newest_of_each_is_kept_where_asked_for() {
    let sent = |defects, day| {
        let take = Take { unit: true, day: Some(day), ..Take::default() };
        write_link("https://ziping.example/", &pack(known(), &dossier("甲公司", defects), take).expect("a record"))
    };
    let all = format!("{}\n{}\n{}\n", sent(1, 20_000), sent(2, 20_001), sent(1, 20_000));
    let lines = |arguments: &[&str]| text(&ziping(arguments, all.as_bytes()).stdout).trim().lines().count() - 1;
    assert_eq!((lines(&["desk", "-"]), lines(&["desk", "--newest", "-"])), (3, 1));
}

#[test]
fn what_cannot_be_read_or_written_ends_with_1() {
    let folder = tempfile::tempdir().expect("a folder");
    let nowhere = folder.path().join("没有/汇总.xlsx").to_string_lossy().into_owned();
    for arguments in [&["desk", "没有这个文件.txt"][..], &["desk", "-", "--out", &nowhere]] {
        let run = ziping(arguments, record("甲公司", 1).as_bytes());
        assert_eq!((run.status.code(), run.stdout.len()), (Some(1), 0), "{arguments:?}");
        assert!(text(&run.stderr).starts_with("ziping: "), "{}", text(&run.stderr));
    }
    assert_eq!(ziping(&["desk"], b"").status.code(), Some(2), "at least one file");
}

#[test]
fn help_says_how_it_ends() {
    let help = text(&ziping(&["desk", "--help"], b"").stdout);
    for words in ["示例：", "退出状态：", "  0  ", "  1  ", "  2  ", "汇总.xlsx", "标准输入"] {
        assert!(help.contains(words), "`{words}` is not in\n{help}");
    }
}

fn record(unit: &str, defects: i64) -> String {
    backup(&dossier(unit, defects), 20_000)
}

fn dossier(unit: &str, defects: i64) -> Dossier {
    let mut sheet = Sheet { id: 1, annex: 1, ..Sheet::default() };
    sheet.answers.set(4, Fact::Defects, Some(defects));
    let mut dossier = Dossier::new(unit.to_owned(), EMPLOYER, &editions()[0], &[]);
    dossier.sheets.push(sheet);
    dossier
}
