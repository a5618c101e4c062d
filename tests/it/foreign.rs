//! Each payload of tests/foreign in every text field of a dossier at once, and out on every way there is: nothing becomes a
//! formula, an element or a broken file, and what comes back is harmless. The browser types the same ones
//! (tests/browser/foreign.test.mjs).

use calamine::{Reader, Xlsx};
use serde::Deserialize;
use std::io::Cursor;
use ziping::app::part::in_words::about;
use ziping::carrier::{pack, read_code, read_in_part, read_link, write_code, write_link};
use ziping::cli::decode_text;
use ziping::desk::{Desk, Filter};
use ziping::docx::docx;
use ziping::dossier::{Dossier, capped, cleaned, read_backup, write_backup};
use ziping::form::workbook;
use ziping::packet::{Packet, PacketPaper};
use ziping::spreadsheet::{csv, read as read_book, xlsx};

use crate::carrier_laws::known;
use crate::every_field::{EVERYTHING, full, texts};
use crate::unpacked::parts;
use crate::{editions, none_of, read};

/// A text, or units of UTF-16 that are none, which only a browser can be given.
#[derive(Deserialize)]
struct Payload {
    name: String,
    text: Option<String>,
}

pub fn payloads() -> Vec<(String, String)> {
    let all: Vec<Payload> = serde_json::from_str(&read("tests/foreign/payloads.json")).expect("JSON");
    assert!(60 < all.len());
    all.into_iter().filter_map(|it| Some((it.name, it.text?))).collect()
}

fn filled_with(payload: &str) -> Dossier {
    let mut dossier = full();
    let all = texts(&mut dossier);
    assert!(40 < all.len(), "{} fields", all.len());
    all.into_iter().for_each(|it| payload.clone_into(it));
    dossier
}

/// What no file may have anywhere: an element that was typed, or a character that XML forbids.
pub fn wrong_in_markup(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    if ["<img", "<script", "<svg", "<b>\u{2066}", "<!entity", "<%="].iter().any(|it| lower.contains(it)) {
        return Some("an element");
    }
    let forbidden = |it: char| it.is_control() && !matches!(it, '\n' | '\r' | '\t' | '\u{7f}'..='\u{9f}');
    text.contains(|it| forbidden(it) || matches!(it, '\u{fffe}' | '\u{ffff}')).then_some("a character that XML forbids")
}

pub fn wrong_in_workbook(bytes: &[u8]) -> Option<String> {
    for (name, text) in parts(bytes) {
        if let Some(wrong) = wrong_in_markup(&text) {
            return Some(format!("{name} has {wrong}"));
        }
        if text.contains("<f>") || text.contains("<f ") {
            return Some(format!("{name} has a formula"));
        }
    }
    if let Err(why) = read_book(bytes) {
        return Some(why.to_string());
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    book.sheet_names().into_iter().find_map(|it| book.worksheet_range(&it).err().map(|why| why.to_string()))
}

/// No cell of it is taken for a formula; a number is one.
pub fn wrong_in_csv(table: &str) -> Option<String> {
    let begins = |it: &str| it.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let table = table.trim_start_matches('\u{feff}').as_bytes();
    let cells = csv::ReaderBuilder::new().has_headers(false).from_reader(table).into_records();
    cells.into_iter().find_map(|record| match record {
        Ok(record) if record.iter().any(|it| begins(it) && it.parse::<f64>().is_err()) => Some("a formula".to_owned()),
        Ok(_) => None,
        Err(why) => Some(why.to_string()),
    })
}

#[test]
fn nothing_that_is_typed_becomes_anything_else_on_any_way_out() {
    let (edition, rules) = (&editions()[0], &crate::site().rules[0]);
    let mut problems = Vec::new();
    for (name, payload) in payloads() {
        let mut tell = |way: &str, what: &str| problems.push(format!("{name}: {way}: {what}"));
        let dossier = filled_with(&payload);
        let file =
            write_backup(&[(dossier.clone(), about(edition, &dossier, |it| it.to_string()))], &payload, 7, &payload);
        if serde_json::from_str::<serde_json::Value>(&file).is_err() {
            tell("backup", "not JSON");
        }
        match read_backup(&file) {
            Ok(all) if all.len() == 1 && all[0].dossier == dossier => {}
            other => tell("backup", &format!("{:?}", other.map(|it| it.len()))),
        }
        let opened = read_in_part(known(), &file).map(|it| (it.records.len(), it.records[0].dossier.clone(), it.lost));
        if opened != Ok((1, cleaned(dossier.clone()), Vec::new())) {
            tell("backup", "opened otherwise");
        }
        // what goes along is told at home, so it is what the sender could see of it
        match pack(known(), &capped(cleaned(dossier.clone())), EVERYTHING) {
            None => tell("code", "no record"),
            Some(record) => {
                let (code, link) = (write_code(&record), write_link("https://ziping.example/", &record));
                let mut out = Vec::new();
                let tally = decode_text(known(), &code, &mut out).expect("memory");
                let line = String::from_utf8(out).expect("UTF-8");
                if tally.refused != 0 || line.lines().any(|it| serde_json::from_str::<serde_json::Value>(it).is_err()) {
                    tell("ziping code", &line);
                }
                let came = [read_code(known(), &code), read_link(known(), &link)];
                for came in came.map(|it| it.expect("it opens").dossier) {
                    if cleaned(came.clone()) != came {
                        tell("code", "what came is not clean");
                    }
                }
            }
        }
        let mut desk = Desk::default();
        desk.add(&payload, &file);
        desk.step(known(), usize::MAX);
        let shown = desk.shown(&Filter::default());
        if (desk.n_records, desk.unopened.len()) != (1, 0) {
            tell("desk", "not opened");
        }
        if let Some(what) = wrong_in_csv(&csv(&desk.summary_table(&shown))) {
            tell("CSV", &what);
        }
        for (way, bytes) in [
            ("desk.xlsx", xlsx(&desk.tables(known(), &shown), &payload)),
            ("form.xlsx", workbook(edition, rules, &dossier, None, &payload)),
        ] {
            if let Some(what) = wrong_in_workbook(&bytes) {
                tell(way, &what);
            }
        }
        let packet = Packet { edition, rules: Some(rules), dossier: &dossier };
        for (part, text) in parts(&docx(&packet.document(&PacketPaper::ALL, &payload))) {
            if let Some(what) = wrong_in_markup(&text) {
                tell(&part, what);
            }
        }
    }
    none_of(&problems);
}
