//! Each payload of tests/foreign on the ways in: as a cell of a table that is pasted or read out of a file, and as a text of
//! a site. It is taken harmless or refused in words; nothing becomes markup, a formula or a broken file.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ziping::docx::docx;
use ziping::dossier::{Dossier, Roster, RosterList, RosterTable};
use ziping::form::{read_form, workbook};
use ziping::load::load;
use ziping::packet::{Packet, PacketPaper, roster_of_book, roster_tables};
use ziping::spreadsheet::{Cell, Column, Table, csv, read as read_book, xlsx};

use crate::broken::{small_site, told};
use crate::built::{build, files_of};
use crate::every_field::full;
use crate::foreign::{payloads, wrong_in_csv, wrong_in_markup, wrong_in_workbook};
use crate::form::rules;
use crate::markup::parse;
use crate::scope::scope;
use crate::unpacked::parts;
use crate::{editions, files, none_of};

const OCCUPATIONS: [&str; 5] = ["职业编码", "职业名称", "工种", "级别", "标准"];
const ROSTER: [&str; 4] = ["姓名", "职业", "职称", "聘书"];

/// A heading, and lines in which each cell in turn is the payload; the last one has nothing else.
fn lines<const N: usize>(heads: [&str; N], plain: [&str; N], payload: &str) -> Vec<Vec<String>> {
    let line = |at: usize| plain.iter().enumerate().map(move |(n, it)| if n == at { payload } else { *it }.to_owned());
    let all = [payload; N].map(str::to_owned).to_vec();
    let heads = heads.map(str::to_owned).to_vec();
    [heads].into_iter().chain((0..N).map(|at| line(at).collect())).chain([all]).collect()
}

/// As a spreadsheet copies it, with quotes around what needs them, or as it stands.
fn joined(lines: &[Vec<String>], separator: &str, quotes: bool) -> String {
    let cell = |it: &String| if quotes { format!("\"{}\"", it.replace('"', "\"\"")) } else { it.clone() };
    let line = |it: &Vec<String>| it.iter().map(cell).collect::<Vec<_>>().join(separator);
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The same as a workbook.
fn booked(lines: &[Vec<String>]) -> Vec<u8> {
    let column = |it: &String| Column { title: it.clone(), width: 12 };
    let row = |it: &Vec<String>| it.iter().cloned().map(Cell::Text).collect::<Vec<_>>();
    let (columns, rows) = (lines[0].iter().map(column).collect(), lines[1..].iter().map(row).collect());
    xlsx(&[Table { name: "名册".to_owned(), columns, rows }], "")
}

/// All that is made of a dossier, as far as anything in it is wrong.
fn wrong_outside(dossier: &Dossier) -> Vec<String> {
    let (edition, rules) = (&editions()[0], &rules()[0]);
    let form = workbook(edition, rules, dossier, None, "");
    let mut wrong: Vec<String> = wrong_in_workbook(&form).into_iter().collect();
    wrong.extend(read_form(editions(), self::rules(), &form).err().map(|why| why.to_string()));
    let lists = roster_tables(&dossier.roster);
    wrong.extend(wrong_in_workbook(&xlsx(&lists, "")));
    wrong.extend(lists.iter().filter_map(|it| wrong_in_csv(&csv(it))));
    let packet = Packet { edition, rules: Some(rules), dossier };
    let document = docx(&packet.document(&PacketPaper::ALL, ""));
    wrong.extend(parts(&document).into_iter().filter_map(|it| wrong_in_markup(&it.1).map(str::to_owned)));
    let rows: Vec<_> = dossier.declared.iter().map(|it| (**it).clone()).collect();
    // what is copied goes into a spreadsheet
    let copied = scope().table_text(&rows);
    let formula = |it: &str| it.trim_start_matches('"').starts_with(['=', '+', '@', '＝', '＋', '＠']);
    wrong.extend(copied.split(['\t', '\n']).find(|it| formula(it)).map(|it| format!("copied as a formula: {it}")));
    wrong
}

#[test]
fn no_cell_of_a_table_becomes_anything_else() {
    let (mut problems, mut taken) = (Vec::new(), BTreeSet::new());
    for (name, payload) in payloads() {
        let mut dossier = full();
        let declared = lines(OCCUPATIONS, ["6-18-01-01", "车工", "数控车床", "四级", "国家"], &payload);
        let listed = lines(ROSTER, ["张一", "车工", "高级技师", "有"], &payload);
        let mut put = |it: Roster| {
            dossier.roster.examiners.extend(it.examiners);
            dossier.roster.experts.extend(it.experts);
            dossier.roster.equipment.extend(it.equipment);
        };
        // pasted, pasted as it is, and CSV
        for (separator, quotes) in [("\t", true), ("\t", false), (",", true)] {
            let rows = scope().pasted(&joined(&declared, separator, quotes));
            taken.extend(rows.iter().any(|it| it.name.contains(payload.trim())).then(|| name.clone()));
            dossier.declared.extend(rows.into_iter().map(Into::into));
            let text = joined(&listed, separator, quotes);
            RosterList::ALL.into_iter().for_each(|it| put(RosterTable::understood(it, &text).placed().roster));
        }
        match read_book(&booked(&listed)) {
            Err(why) => problems.push(format!("{name}: workbook: {why}")),
            Ok(tables) => {
                RosterList::ALL.into_iter().for_each(|it| put(roster_of_book(it, &tables).0.placed().roster));
            }
        }
        problems.extend(wrong_outside(&dossier).into_iter().map(|it| format!("{name}: {it}")));
    }
    assert!(40 < taken.len(), "only {} of them came in: {taken:?}", taken.len());
    none_of(&problems);
}

/// Where a text stands in a TOML file: from the quote that opens it to the one that closes it.
fn places(text: &str) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('"').map(|it| at + it) {
        let Some(end) = text[open + 1..].find('"').map(|it| open + 1 + it + 1) else { break };
        all.push((open, end));
        at = end;
    }
    all
}

/// Puts a text into a file of the site if the site is then right. What is refused is refused in words, at a file.
fn taken(site: &Path, file: &str, text: &str, problems: &mut Vec<String>) -> bool {
    let path = site.join(file);
    let before = fs::read(&path).expect("it is there");
    fs::write(&path, text).expect("it can be written");
    let says = match load(site) {
        Ok(_) => told(site),
        Err(why) => why.to_string(),
    };
    if says.is_empty() {
        return true;
    }
    if !["content/", "rubrics/", "site.toml"].iter().any(|it| says.starts_with(it)) {
        problems.push(format!("{file} is refused without saying where: {says}"));
    }
    fs::write(&path, before).expect("it can be written");
    false
}

/// What of a built file is wrong.
fn wrong_in_file(name: &str, bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    if name.ends_with(".xlsx") {
        return wrong_in_workbook(bytes);
    }
    if name.ends_with(".xml") {
        return wrong_in_markup(text).map(str::to_owned);
    }
    if name.ends_with(".json") {
        return serde_json::from_str::<serde_json::Value>(text).err().map(|it| it.to_string());
    }
    if !name.ends_with("index.html") {
        return None;
    }
    if text.contains(|it: char| it.is_control() && !matches!(it, '\n' | '\t' | '\u{7f}'..='\u{9f}')) {
        return Some("a control character".to_owned());
    }
    parse(text).all().into_iter().find_map(|it| {
        let handler = ["onerror", "onload", "onfocus"].into_iter().find(|name| it.attribute(name).is_some());
        let goes = ["href", "src"].into_iter().filter_map(|name| it.attribute(name)).find(|to| {
            let to = to.trim().to_lowercase();
            to.starts_with("javascript:") || to.starts_with("data:")
        });
        let script = it.tag == "script" && it.text().contains("taken()");
        let planted = ["img", "iframe", "object"].contains(&it.tag.as_str());
        let wrong = handler.or(goes).or(script.then_some("a script")).or(planted.then_some("an element"));
        wrong.map(|what| format!("<{}> has {what}", it.tag))
    })
}

#[test]
fn no_text_of_a_site_becomes_anything_else() {
    let all = payloads();
    let site = small_site("tests/site");
    let mut problems = Vec::new();
    let (mut n, mut values) = (0, BTreeSet::new());
    for file in files(site.path(), ".toml").into_iter().chain(files(site.path(), ".md")) {
        let name = file.strip_prefix(site.path()).expect("below it").to_string_lossy().replace('\\', "/");
        // from the last place to the first, so that those before stay where they are
        let head =
            |text: &str| if name.ends_with(".md") { text[3..].find("+++").map_or(0, |it| it + 3) } else { text.len() };
        let text = fs::read_to_string(&file).expect("it is there");
        for (from, to) in places(&text[..head(&text)]).into_iter().rev() {
            // a place that takes none of three is no free text
            for _ in 0..3 {
                let now = fs::read_to_string(&file).expect("it is there");
                let (payload, put) = (&all[n % all.len()], toml::Value::String(all[n % all.len()].1.clone()));
                n += 1;
                let text = format!("{}{put}{}", &now[..from], &now[to..]);
                if taken(site.path(), &name, &text, &mut problems) {
                    values.insert(payload.0.clone());
                    break;
                }
            }
        }
    }
    let mut words = BTreeSet::new();
    let file = "content/town-2021-2.md";
    for (name, payload) in &all {
        for (way, put) in [
            ("a paragraph", format!("\n\n{payload}\n")),
            ("amid one", format!("\n\n甲{payload}乙\n")),
            ("a heading", format!("\n\n## 二、{payload}\n")),
            ("a line of a list", format!("\n\n1. {payload}\n")),
            ("a cell", format!("\n\n| 甲 | 乙 |\n| --- | --- |\n| {payload} | 丙 |\n")),
            ("a quotation", format!("\n\n> {payload}\n")),
            ("a link", format!("\n\n[甲]({payload})\n")),
        ] {
            let now = fs::read_to_string(site.path().join(file)).expect("it is there");
            if taken(site.path(), file, &format!("{}{put}", now.trim_end()), &mut problems) {
                words.insert(format!("{way}: {name}"));
            }
        }
    }
    assert!(30 < values.len() && 60 < words.len(), "{n} tried; values {values:?}, words {words:?}");
    let out = site.path().join("dist");
    let run = build(site.path(), &out);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let built = files_of(&out);
    let shown = built.iter().filter(|it| String::from_utf8_lossy(it.1).contains("taken()")).count();
    assert!(0 < shown, "nothing of it is shown");
    problems.extend(built.iter().filter_map(|(name, bytes)| Some(format!("{name}: {}", wrong_in_file(name, bytes)?))));
    none_of(&problems);
}

/// What ends the lines of a text stands in the file as it is.
#[test]
fn an_escape_in_a_text_of_several_lines_makes_no_return_one() {
    let site = small_site("tests/site");
    let file = site.path().join("rubrics/tiny/readings.toml");
    let text = fs::read_to_string(&file).expect("it is there");
    let lines = text.replacen("note     = \"每处算一项。\"", "note     = \"\"\"\n每处\\\"算\\\"\n一项。\"\"\"", 1);
    assert_ne!(lines, text);
    fs::write(&file, lines.replace('\n', "\r\n")).expect("it can be written");
    assert_eq!(told(site.path()), "");
}
