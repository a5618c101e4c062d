//! Files say which version and which hash made them, where their format has a place for it. Their records do not, and are read as
//! before.

use std::fs;

use proptest::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};
use ziping::carrier::pieces;
use ziping::docx::docx;
use ziping::dossier::{About, Dossier, read_backup, write_backup};
use ziping::form::{blank_workbook, read_form, sheet_workbook};
use ziping::packet::{Packet, PacketPaper};
use ziping::spreadsheet::{Cell, Column, Table, xlsx};

use crate::cli::{text, ziping};
use crate::unpacked::parts;
use crate::{EMPLOYER, editions};

const MADE_BY: &str = "版本 0.1.0 · 1a2b3c4d5e6f";
const FOOT: &str = "&amp;R&amp;8版本 0.1.0 · 1a2b3c4d5e6f</oddFooter>";

fn dossier() -> Dossier {
    Dossier::new("某厂".to_owned(), EMPLOYER, &editions()[0], &[1, 2])
}

/// All parts of a zip file with this ending, as one text.
fn text_of(bytes: &[u8], ending: &str) -> String {
    parts(bytes).into_iter().filter(|it| it.0.ends_with(ending)).map(|it| it.1).collect()
}

#[test]
fn a_backup_says_what_made_it_and_opens_as_before() {
    let backup = |made_by: &str| {
        let about = About { title: "某厂".to_owned(), lines: Vec::new() };
        write_backup(&[(dossier(), about)], "2026-11-28 10:00", 7, made_by)
    };
    let told: Value = serde_json::from_str(&backup(MADE_BY)).expect("JSON");
    assert_eq!(told["程序"], MADE_BY);
    let opened = read_backup(&backup(MADE_BY)).expect("it opens");
    assert_eq!(opened, read_backup(&backup("")).expect("it opens"));
    let records = |text: &str| serde_json::from_str::<Value>(text).expect("JSON")["档案"].clone();
    assert_eq!(records(&backup(MADE_BY)), records(&backup("")), "the records are the same");
}

#[test]
fn workbooks_say_it_at_the_foot_of_their_pages() {
    let column = Column { title: "甲".to_owned(), width: 8 };
    let table = Table { name: "表".to_owned(), columns: vec![column], rows: vec![vec![Cell::Whole(1)]] };
    let edition = &editions()[0];
    let sheet = &dossier().sheets[0];
    for book in [
        xlsx(&[table], MADE_BY),
        blank_workbook(edition, &edition.rubrics[0], MADE_BY),
        sheet_workbook(edition, &dossier(), sheet, None, MADE_BY),
    ] {
        assert!(text_of(&book, "sheet1.xml").contains(FOOT));
    }
    let read = |made_by: &str| {
        let book = sheet_workbook(edition, &dossier(), sheet, None, made_by);
        read_form(editions(), &crate::site().rules, &book).expect("it is ours").dossier
    };
    assert_eq!(read(MADE_BY), read(""));
}

#[test]
fn a_document_says_it_in_its_properties_and_in_its_last_line() {
    let packet = |made_by: &str| {
        let packet = Packet { edition: &editions()[0], rules: None, dossier: &dossier() };
        docx(&packet.document(&PacketPaper::ALL, made_by))
    };
    let (with, without) = (packet(MADE_BY), packet(""));
    assert!(text_of(&with, "core.xml").contains(&format!("<dc:description>{MADE_BY}</dc:description>")));
    let body = text_of(&with, "document.xml");
    assert_eq!(body.matches(MADE_BY).count(), 1);
    assert!(body.rfind(MADE_BY) > body.rfind("</w:tbl>"), "it stands behind everything else");
    assert!(!text_of(&without, "document.xml").contains("版本 0"));
}

/// A hash has the letters of a code: in a file it is not taken for one.
#[test]
fn a_backup_is_one_piece_and_its_hash_none() {
    proptest!(|(hash in "[0-9a-f]{12}")| {
        let about = About { title: "某厂".to_owned(), lines: Vec::new() };
        let text = write_backup(&[(dossier(), about)], "", 0, &format!("版本 0.1.0 · {hash}"));
        prop_assert_eq!(pieces(&text).len(), 1);
    });
}

#[test]
fn the_program_says_its_version_and_the_hash_of_its_file() {
    let run = ziping(&["--version"], b"");
    assert_eq!(run.status.code(), Some(0));
    let file = fs::read(env!("CARGO_BIN_EXE_ziping")).expect("the program");
    let hash: String = Sha256::digest(file).iter().map(|it| format!("{it:02x}")).collect();
    let told = text(&run.stdout);
    let begins = format!("ziping {}\nSHA-256 {hash}\nhenan-2021 ", env!("CARGO_PKG_VERSION"));
    assert!(told.starts_with(&begins), "{told}");
    assert_eq!(text(&ziping(&["version"], b"").stdout), told);

    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().to_str().expect("a path");
    assert_eq!(ziping(&["form", "--out", out, "--blank"], b"").status.code(), Some(0));
    let blank = fs::read(folder.path().join("附件1-空白表.xlsx")).expect("it was written");
    let words = format!("&amp;R&amp;8ziping 版本 {} · {}</oddFooter>", env!("CARGO_PKG_VERSION"), &hash[..12]);
    assert!(text_of(&blank, "sheet1.xml").contains(&words));
}
