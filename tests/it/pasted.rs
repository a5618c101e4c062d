//! Files and texts as WPS, PDF readers, chats and Windows make them, given to the real program: other encodings, look-alikes of
//! letters, characters that nobody sees, files that are no text.

use std::fs;
use std::path::Path;
use std::process::Command;

use encoding_rs::GB18030;
use serde_json::{Value, json};
use ziping::carrier::{NoTextFile, Take, Unreadable, pack, pieces, read, write_code, write_link};
use ziping::dossier::Dossier;
use ziping::search::fold;

use crate::authoring::site_with;
use crate::carrier_laws::known;
use crate::cli::{text, ziping};
use crate::{EMPLOYER, editions};

const ROW: &str = r#"{"id": "⼀", "applicant": "employer", "code": "6-18-01-01", "name": "车工", "trade": "数控车床", "levels": "四级、中级工"}"#;

/// One text in every encoding that is read.
fn encoded(text: &str) -> Vec<Vec<u8>> {
    let utf_16 = |text: &str, order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let marked = format!("\u{feff}{text}");
    vec![
        text.as_bytes().to_vec(),
        marked.as_bytes().to_vec(),
        GB18030.encode(text).0.into_owned(),
        utf_16(text, u16::to_le_bytes),
        utf_16(text, u16::to_be_bytes),
        utf_16(&marked, u16::to_le_bytes),
        utf_16(&marked, u16::to_be_bytes),
    ]
}

#[test]
fn every_command_reads_what_windows_writes() {
    let route =
        r#"{"id": "甲公司", "applicant": "employer", "ownership": "other_enterprise", "insured_in": "平顶山市"}"#;
    let sheet = r#"{"id": "甲公司", "rubric": "3", "answers": {"3-1": {"met": true}}}"#;
    let dossier = r#"{"unit": "某某机械公司", "sheets": [{"rubric": "3", "answers": {}}]}"#;
    let code = text(&ziping(&["code", "--encode", "--unit"], dossier.as_bytes()).stdout);
    let chat = format!("2026-11-20 14:03:22 张三(12345678)\r\n自评码：{code}\r\n好的\r\n");
    for (command, input) in [
        (&["score"][..], sheet),
        (&["route"], route),
        (&["scope"], ROW),
        (&["code", "--encode", "--unit"], dossier),
        (&["code"], code.as_str()),
        (&["desk", "-"], chat.as_str()),
    ] {
        let all: Vec<_> = encoded(&format!("{input}\r\n")).iter().map(|it| ziping(command, it)).collect();
        for run in &all {
            assert_eq!((run.status.code(), text(&run.stdout)), (Some(0), text(&all[0].stdout)), "{command:?}");
        }
    }
}

#[test]
fn what_is_no_text_is_named_in_one_sentence() {
    let files: [(&[u8], &str); 7] = [
        (b"\x1f\x8b\x08\0\0\0\0\0", "压缩"),
        (b"PK\x03\x04\x14\0\0\0", "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "Excel"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "图片"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "图片"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "压缩"),
    ];
    for (bytes, what) in files {
        for command in [&["score"][..], &["route"], &["scope"], &["code"], &["code", "--encode"]] {
            let run = ziping(command, bytes);
            let told = text(&run.stderr);
            assert!(run.status.code() == Some(1) && told.contains(what) && told.lines().count() == 1, "{told}");
            assert_eq!(text(&run.stdout), "");
        }
        let told = text(&ziping(&["desk", "-"], bytes).stderr);
        assert!(told.contains(what), "{told}");
    }
    // as a page gets it, which reads UTF-8 first and then GB18030
    let page = |bytes: &[u8]| read(known(), &GB18030.decode_without_bom_handling(bytes).0).map(|_| ());
    assert_eq!(page(b"\x1f\x8b\x08\0"), Err(Unreadable::NoText(NoTextFile::Packed)));
    assert_eq!(page(b"PK\x03\x04\x14\0"), Err(Unreadable::NoText(NoTextFile::Workbook)));
    assert_eq!(page(b"%PDF-1.7\n"), Err(Unreadable::NoText(NoTextFile::Pdf)));
}

#[test]
fn look_alikes_and_unseen_characters_count_as_what_is_seen() {
    let answer = |row: Value| {
        serde_json::from_str::<Value>(&text(&ziping(&["scope"], row.to_string().as_bytes()).stdout)).expect("JSON")
    };
    let row = |code: &str, name: &str, trade: &str, levels: &str| {
        answer(json!({"applicant": "employer", "code": code, "name": name, "trade": trade, "levels": levels}))
    };
    let plain = row("6-18-01-01", "车工", "数控车床", "四级、中级工、高级技师");
    assert_eq!(plain["result"], "ok");
    for other in [
        row("6-18-01-01", "车⼯", "数控车床", "四级、中级⼯、⾼级技师"),
        row("6-18-01-01", "⻋⼯", "数控⻋床", "四级、中级⼯、⾼级技师"),
        row("6-18-01-01", "車工".replace('車', "\u{2ecb}").as_str(), "数控车床", "四级、中级工、高级技师"),
        row("6-18-01\u{ad}-01", "车\u{200b}工", "数控\u{fe0f}车床", "四级、中\u{3164}级工、高级\u{2060}技师"),
        row(
            "\u{202a}6-18-01-01\u{202c}",
            "\u{feff}车工\u{180e}",
            "\u{e0041}数控车床\u{115f}",
            "四级\u{200d}、中级工、高级技师",
        ),
    ] {
        assert_eq!(other, plain);
    }
    let route = |place: &str| {
        let facts = json!({"applicant": "employer", "ownership": "other_enterprise", "insured_in": place});
        text(&ziping(&["route"], facts.to_string().as_bytes()).stdout)
    };
    assert_eq!(route("平顶⼭\u{ad}市"), route("平顶山市"));
    // in the line that is echoed nothing changes
    assert_eq!(answer(serde_json::from_str(ROW).expect("JSON"))["id"], "⼀");
    let line = json!({"unit": "平顶⼭市⻋辆⼚", "sheets": [{"rubric": "3", "answers": {}, "notes": {"3-1": "⻅⾯"}}]})
        .to_string();
    let code = ziping(&["code", "--encode", "--unit", "--notes"], line.as_bytes()).stdout;
    let back = text(&ziping(&["code"], &code).stdout);
    assert!(back.contains("平顶山市车辆厂") && back.contains("见面"), "{back}");
    let searched = |it: &str| it.chars().filter_map(fold).collect::<String>();
    assert_eq!(searched("⻋⼯（⼀级）\u{fe0f}"), searched("车工一级"));
}

/// A record written when such letters were kept is opened with plain ones.
#[test]
fn records_hold_plain_letters() {
    let old = Dossier::new("平顶⼭市\u{ad}⻋⼯".to_owned(), EMPLOYER, &editions()[0], &[1]);
    let record = pack(known(), &old, Take { unit: true, ..Take::default() }).expect("a record");
    for text in [write_code(&record), write_link("https://a.example/", &record)] {
        assert_eq!(read(known(), &text).map(|it| it[0].dossier.unit.clone()), Ok("平顶山市车工".to_owned()));
        assert_eq!(pieces(&text).len(), 1);
    }
}

const NOTICE: &str = "+++\nnumber = \"某鉴〔2026〕3号\"\nissuer = \"某中心\"\ntitle = \"通知\"\nissued = \"2026年3月5日\"\n+++\n\n正文。\n";

/// Each file in another encoding is a problem beside the others, and what can be read of it is read.
#[test]
fn an_editor_is_told_of_other_encodings_and_letters_everywhere() {
    let site = site_with(NOTICE);
    let file = |name: &str| site.path().join(name);
    let change = |name: &str, change: &dyn Fn(String) -> Vec<u8>| {
        let text = fs::read_to_string(file(name)).expect(name);
        fs::write(file(name), change(text)).expect(name);
    };
    let gbk = |it: String| GB18030.encode(&it).0.into_owned();
    change("rubrics/henan-2021/readings.toml", &gbk);
    change("rubrics/henan-2021/scope.toml", &|it| it.encode_utf16().flat_map(u16::to_le_bytes).collect());
    change("rubrics/henan-2021/edition.toml", &|it| format!("# 车⼯\n{it}").into_bytes());
    change("site.toml", &|it| gbk(format!("# 网站的地址\n{it}")));
    let style = fs::read_dir(file("style")).expect("a folder").filter_map(|it| Some(it.ok()?.path()));
    let style = style.filter(|it| it.extension().is_some_and(|it| it == "css")).min().expect("a style sheet");
    let name = format!("style/{}", style.file_name().expect("a name").to_string_lossy());
    change(&name, &|it| gbk(format!("/* 纸张 */\n{it}")));
    let told = check(site.path());
    for (file, what) in [
        ("rubrics/henan-2021/readings.toml", "不是 UTF-8 编码，请在编辑器里另存为 UTF-8"),
        ("rubrics/henan-2021/scope.toml", "不是 UTF-8 编码，请在编辑器里另存为 UTF-8"),
        ("rubrics/henan-2021/edition.toml:1", "部首字符（看着像汉字，搜索时找不到） U+2F2F"),
        ("site.toml", "不是 UTF-8 编码，请在编辑器里另存为 UTF-8"),
        (name.as_str(), "不是 UTF-8 编码，请在编辑器里另存为 UTF-8"),
    ] {
        assert!(told.lines().any(|it| it.starts_with(file) && it.contains(what)), "{file} {what} in\n{told}");
    }
    assert_eq!(told.lines().count(), 5, "{told}");
}

fn check(site: &Path) -> String {
    let run =
        Command::new(env!("CARGO_BIN_EXE_ziping")).arg("--site").arg(site).arg("check").output().expect("it runs");
    text(&run.stdout)
}

/// A mark at the beginning of one style sheet, which stands in the middle of the whole, took the first rule from it.
#[test]
fn a_style_sheet_loses_nothing_to_its_byte_order_mark() {
    let site = site_with(NOTICE);
    let sheets = || fs::read_dir(site.path().join("style")).expect("a folder").filter_map(|it| Some(it.ok()?.path()));
    let joined = |it: &Path| ziping::load::folder::style(it, "").expect("style sheets");
    let before = joined(site.path());
    for sheet in sheets().filter(|it| it.extension().is_some_and(|it| it == "css")) {
        let text = fs::read_to_string(&sheet).expect("a style sheet");
        fs::write(&sheet, format!("\u{feff}{text}")).expect("it can be written");
    }
    assert_eq!(joined(site.path()), before);
    assert_eq!(check(site.path()), "");
}
