//! Bombs, masses and depths: each is answered in words, however small the file is that would become large. With
//! `cargo test --release --test it worst:: -- --ignored --nocapture` each runs in a process of its own, and what it takes in time and
//! memory is printed, the worst last.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::time::Instant;

use miniz_oxide::deflate::compress_to_vec;
use ziping::carrier::{By, pieces, read, read_one, unpack, write_link};
use ziping::cli::score_lines;
use ziping::compare::Panel;
use ziping::dossier::{RosterList, RosterTable, read_in_part};
use ziping::spreadsheet::read as read_book;

use crate::broken::told_of;
use crate::carrier_laws::known;
use crate::fuzz_targets::forged;
use crate::workbooks::{RELS, zipped};

/// What is given is made first; only the answer is measured.
type Answer = Box<dyn FnOnce() -> String>;
type Made = fn() -> Answer;

const BOOK: &str = r#"<workbook><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const LINKS: &str = r#"<Relationships><Relationship Id="rId1" Type="a/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="a/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

/// A workbook with this in its sheet and its texts.
fn book(sheet: &str, texts: &str) -> Vec<u8> {
    let parts = [
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", LINKS),
        ("xl/sharedStrings.xml", texts),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    zipped(&parts, true)
}

fn of_book(bytes: Vec<u8>) -> Answer {
    Box::new(move || match read_book(&bytes) {
        Ok(tables) => format!("{} 张表", tables.len()),
        Err(why) => why.to_string(),
    })
}

/// At a thousand times its size where it is measured.
fn bomb(sheet: &str, texts: &str) -> Answer {
    let bytes = book(sheet, texts);
    assert!(400 * bytes.len() < sheet.len() + texts.len(), "{} bytes for {}", bytes.len(), sheet.len() + texts.len());
    of_book(bytes)
}

/// The lengths that the file tells of its parts are lies: each is said to be this long.
fn lying(length: u32) -> Answer {
    let sheet = many(" ", 15 << 20);
    let mut bytes = book(&sheet, "<sst/>");
    let told = u32::try_from(sheet.len()).expect("it fits").to_le_bytes();
    for at in 0..bytes.len() - 4 {
        if bytes[at..at + 4] == told {
            bytes[at..at + 4].copy_from_slice(&length.to_le_bytes());
        }
    }
    of_book(bytes)
}

fn as_text(text: String) -> Answer {
    Box::new(move || {
        read_one(known(), &text).map_or_else(|why| why.to_string(), |it| format!("{} 份", it.records.len()))
    })
}

fn as_pile(text: String) -> Answer {
    Box::new(move || {
        let found = pieces(&text);
        let n = found.iter().filter(|it| read(known(), &it.1).is_ok()).count();
        format!("{} 条，打开 {n} 份", found.len())
    })
}

fn as_backup(text: String) -> Answer {
    Box::new(move || match read_in_part(&text) {
        Ok(all) => format!("打开 {} 份，损坏 {} 份，缺 {} 份", all.found.len(), all.lost.len(), all.missing),
        Err(why) => format!("{why:?}"),
    })
}

fn as_line(text: String) -> Answer {
    Box::new(move || {
        let mut out = Vec::new();
        score_lines(known().editions, false, text.as_bytes(), &mut out, |_| {}).expect("memory");
        String::from_utf8_lossy(&out).into_owned()
    })
}

fn as_scope(text: String) -> Answer {
    Box::new(move || {
        let scope = &known().rules[0].scope;
        format!("{} 行", scope.understood(&text).placed(scope).rows.len())
    })
}

fn as_roster(text: String) -> Answer {
    Box::new(move || format!("{} 行", RosterTable::understood(RosterList::Examiners, &text).placed().len()))
}

fn as_file(name: &'static str, text: String) -> Answer {
    Box::new(move || told_of(name, &text))
}

/// Where it is measured so many bytes; in the usual run an eighth of them.
fn many(part: &str, bytes: usize) -> String {
    let bytes = if is_measured() { bytes } else { bytes / 8 };
    part.repeat(bytes / part.len())
}

fn is_measured() -> bool {
    std::env::var_os("WORST").is_some()
}

/// What is given, and how its answer begins.
const HOSTILE: [(&str, &str, Made); 36] = [
    ("XLSX, a sheet of 16 MB of blanks in 16 KB", "1 张表", || bomb(&many(" ", 16_000_000), "<sst/>")),
    ("XLSX, a text of 16 MB in 16 KB", "电子表格太大", || {
        bomb(
            r#"<worksheet><sheetData><row><c t="s"><v>0</v></c></row></sheetData></worksheet>"#,
            &format!("<sst><si><t>{}</t></si></sst>", "a".repeat(if is_measured() { 16_000_000 } else { 5_000_000 })),
        )
    }),
    ("XLSX, 15 MB that are said to be 20 MB", "电子表格太大", || lying(20_000_000)),
    ("XLSX, 15 MB that are said to be 10 bytes", "电子表格损坏", || lying(10)),
    ("XLSX, 15 MB that are said to be 4 GB", "电子表格太大", || lying(u32::MAX)),
    ("XLSX, elements in one another, two million deep", "1 张表", || {
        of_book(book(&many("<a>", 6_000_000), "<sst/>"))
    }),
    ("XLSX, 200,001 cells", "电子表格太大", || {
        of_book(book(
            &format!("<worksheet><sheetData>{}</sheetData></worksheet>", "<row><c><v>1</v></c></row>".repeat(200_001)),
            "<sst/>",
        ))
    }),
    ("XLSX, a million empty texts", "电子表格太大", || {
        of_book(book("<worksheet/>", &format!("<sst>{}</sst>", "<si/>".repeat(1_000_000))))
    }),
    ("XLSX, an entity of entities", "电子表格损坏", || {
        of_book(book(
            "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]><worksheet><sheetData><row><c t=\"str\"><v>&c;</v></c></row></sheetData></worksheet>",
            "<sst/>",
        ))
    }),
    ("XLSX, an attribute of 8 MB", "", || {
        of_book(book(&format!("<worksheet a=\"{}\"/>", many("a", 8_000_000)), "<sst/>"))
    }),
    ("XLSX, 100,000 merged cells", "", || {
        of_book(book(
            &format!(
                "<worksheet><mergeCells>{}</mergeCells></worksheet>",
                r#"<mergeCell ref="A1:XFD1048576"/>"#.repeat(100_000)
            ),
            "<sst/>",
        ))
    }),
    ("XLSX cut off", "电子表格损坏", || of_book(book("<worksheet/>", "<sst/>")[..200].to_vec())),
    ("a record whose tail would be 4 MB", "收到", || {
        let mut body = vec![40];
        body.extend([0; 40]);
        body.extend(compress_to_vec(&vec![0; 4 << 20], 10));
        let bytes = forged(known(), 48, &body);
        Box::new(move || unpack(known(), &bytes, By::Link).map_or_else(|why| why.to_string(), |_| String::new()))
    }),
    ("a link with a record of zeros", "", || as_text(write_link("https://a/", &forged(known(), 0, &[0; 5_900])))),
    ("a code of 60,000 zeros", "收到", || as_text("0".repeat(60_000))),
    ("a link of 8 MB", "收到", || as_text(format!("https://a/#s.{}", many("A", 8 << 20)))),
    ("8 MB that begin like a file", "文件已损坏", || {
        as_text(format!(
            "{{\n  \"说明\": \"x\",\n  \"份数\": 9,\n  \"档案\": [{}",
            many("\"ZP2.1.1.1.1.4.1.AAAA\", ", 8 << 20)
        ))
    }),
    ("a file that says it has 4,000,000,000 records", "打开 0 份", || {
        as_backup("\"份数\": 4000000000, \"档案\": []".to_owned())
    }),
    ("8 MB of beginnings of records", "打开 0 份", || as_backup(many("\"ZP2.", 8 << 20))),
    ("8 MB of braces", "Foreign", || as_backup(many("{[", 8 << 20))),
    ("a pile of 2 MB of groups of letters", "", || as_pile(many("A7SA RARW GKHJ TQ6W ", 2_000_000))),
    ("a pile of 2 MB of signs of a link", "", || as_pile(many("#s.", 2_000_000))),
    ("a pile of 2 MB of lines", "", || as_pile(many("A\n", 2_000_000))),
    ("a pile of 2 MB of lines of four letters", "", || as_pile(many("A7SA\n", 2_000_000))),
    ("a pile of 2 MB of numbers of records", "", || as_pile(many("\"份数\": 1 ", 2_000_000))),
    ("a pasted table of 200,000 tabs", "", || as_scope(many("\t", 200_000))),
    ("a pasted table of 100,000 cells in a line", "", || as_scope(many("甲\t", 400_000))),
    ("a pasted table of 200,000 lines", "", || as_scope(many("\n", 200_000))),
    ("a pasted list of 200,000 tabs", "", || as_roster(many("\t", 200_000))),
    ("a panel of 2 MB", "Broken", || {
        let text = format!("ZPH2.2000000.1.{}", many("A", 2_000_000));
        Box::new(move || Panel::open(&text).map_or_else(|why| format!("{why:?}"), |_| String::new()))
    }),
    ("JSON, lists in one another, a million deep", "{", || as_line(many("[", 1_000_000))),
    ("JSON, objects in one another, 200,000 deep", "{", || as_line(many("{\"answers\":", 2_000_000))),
    ("JSON, one line of 8 MB", "{", || as_line(format!("{{\"rubric\":\"{}\"}}", many("1", 8 << 20)))),
    ("TOML, lists in one another, 100,000 deep", "site.toml:1: ", || {
        as_file("site.toml", format!("a = {}", many("[", 100_000)))
    }),
    ("TOML, a key of 100,000 parts", "site.toml:1: ", || as_file("site.toml", format!("{}a = 1", many("a.", 200_000)))),
    ("markdown, quotes, lists and brackets in one another, 50,000 deep", "content/some-2020-1.md:1: ", || {
        as_file(
            "content/some-2020-1.md",
            format!(
                "\n{}x\n\n{}x\n\n{}x\n\n{}x\n",
                many(">", 50_000),
                many("- ", 50_000),
                many("[", 50_000),
                many("*a_", 50_000)
            ),
        )
    }),
];

#[test]
fn what_is_a_bomb_is_answered_in_words() {
    let mut problems = Vec::new();
    for (what, begins, made) in HOSTILE {
        let answer = made()();
        if answer.trim().is_empty() || !answer.starts_with(begins) {
            problems.push(format!("{what}: {}", answer.chars().take(120).collect::<String>()));
        }
    }
    crate::none_of(&problems);
}

/// In MiB, what the kernel says of this process.
fn memory(what: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|it| it.strip_prefix(what)).expect("a line of its own");
    let kib: f64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
    kib / 1024.0
}

/// In a process of its own, as what others have left of their memory would be taken.
#[test]
#[ignore = "measures; called for each by the one below"]
fn one() {
    let Some(n) = std::env::var("WORST").ok().and_then(|it| it.parse::<usize>().ok()) else { return };
    let _ = (known(), read_one(known(), "0"));
    let answer = HOSTILE[n].2();
    fs::write("/proc/self/clear_refs", "5").expect("Linux");
    let (before, from) = (memory("VmRSS:"), Instant::now());
    let said = answer();
    let took = from.elapsed().as_secs_f64() * 1_000.0;
    println!("WORST\t{took:.1}\t{:.1}\t{}", memory("VmHWM:") - before, said.chars().take(40).collect::<String>());
}

#[test]
#[ignore = "measures for a minute: cargo test --release --test it worst:: -- --ignored --nocapture"]
fn every_answer_takes_no_more_than_64_mib() {
    if std::env::var_os("WORST").is_some() {
        return;
    }
    let (mut table, mut problems) = (BTreeMap::new(), Vec::new());
    for (n, (what, ..)) in HOSTILE.iter().enumerate() {
        let mut run = Command::new(std::env::current_exe().expect("this program"));
        run.args(["--exact", "worst::one", "--ignored", "--nocapture", "--test-threads=1"]).env("WORST", n.to_string());
        // what is freed is given back at once, so that it is not counted twice nor left out
        run.env("MALLOC_MMAP_THRESHOLD_", "65536").env("MALLOC_TRIM_THRESHOLD_", "65536");
        let out = String::from_utf8_lossy(&run.output().expect("it runs").stdout).into_owned();
        let found = out.lines().find_map(|it| it.split_once("WORST\t")).map(|it| it.1.split('\t').collect::<Vec<_>>());
        let Some([took, peak, said]) = found.as_deref() else {
            problems.push(format!("{what}: no answer"));
            continue;
        };
        println!("{took:>8} ms {peak:>6} MiB  {what}: {said}");
        let number = |it: &str| it.parse::<f64>().expect("a number");
        table.insert(n, (number(took), number(peak)));
        if 64.0 < number(peak) {
            problems.push(format!("{what}: {peak} MiB"));
        }
    }
    let most = |of: fn(&(f64, f64)) -> f64| table.values().map(of).fold(0.0, f64::max);
    println!(
        "{} inputs; the slowest answer took {} ms, the largest {} MiB",
        table.len(),
        most(|it| it.0),
        most(|it| it.1)
    );
    crate::none_of(&problems);
}
