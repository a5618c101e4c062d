//! What other programs open: files for `cargo xtask test --office`, and files that they have saved.

use std::fs;
use std::path::Path;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};
use ziping::docx::{TextBlock, docx};
use ziping::dossier::{Dossier, cleaned};
use ziping::form::{read_form, workbook};
use ziping::packet::{Packet, PacketPaper};
use ziping::rubric::Fact;
use ziping::spreadsheet::read;

use crate::form::rules;
use crate::{arbitrary, editions, every_field};

/// A dossier with every field, none of them impossible.
pub fn sound() -> Dossier {
    let mut dossier = every_field::full();
    for sheet in dossier.sheets.iter_mut().filter(|it| it.annex == 2) {
        sheet.answers.set(8, Fact::Award, Some(55));
    }
    dossier
}

/// The files that `tests/office/check.py` opens, beside what they say.
#[test]
fn files_for_other_programs_are_written() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("office");
    fs::create_dir_all(&folder).expect("a folder");
    let (edition, dossier) = (&editions()[0], sound());
    let bytes = workbook(edition, &rules()[0], &dossier, ziping::days::read("2026-11-28"), "");
    let tables = read(&bytes).expect("it is read");
    let cells = |it: &ziping::spreadsheet::ReadTable| -> Map<String, Value> {
        it.cells.iter().map(|cell| (cell.name(), json!(cell.value.text()))).collect()
    };
    let said: Map<String, Value> = tables.iter().map(|it| (it.name.clone(), Value::Object(cells(it)))).collect();
    assert!(10 <= said.len(), "{:?}", said.keys());
    let mut filed = dossier.clone();
    filed.route.0.push(("applicant".to_owned(), "employer".to_owned()));
    let packet = Packet { edition, rules: rules().first(), dossier: &filed };
    let document = packet.document(&PacketPaper::ALL, "");
    let blocks = document.sections.iter().flat_map(|it| &it.blocks);
    let headings: Vec<&str> =
        blocks.filter_map(|it| if let TextBlock::Heading(it) = it { Some(it.text.as_str()) } else { None }).collect();
    assert!(10 <= headings.len());
    let words = json!({ "headings": headings, "typed": crate::packet::TYPED.as_slice() });
    let files = [
        ("full.xlsx", bytes),
        ("full.json", Value::Object(said).to_string().into_bytes()),
        ("full.docx", docx(&document)),
        ("words.json", words.to_string().into_bytes()),
    ];
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).expect("it can be written");
    }
    // any dossiers, the same each time
    let mut runner = TestRunner::deterministic();
    for n in 1..=2 {
        let mut any = (0..20).map(|_| arbitrary::dossier().new_tree(&mut runner).expect("a dossier").current());
        let dossier = cleaned(any.find(|it| 2 <= it.sheets.len()).expect("one with sheets"));
        let bytes = workbook(edition, &rules()[0], &dossier, None, "");
        fs::write(folder.join(format!("any-{n}.xlsx")), bytes).expect("it can be written");
    }
}

/// Two dossiers made at random, each as we wrote it and as LibreOffice saved that.
#[test]
fn what_libreoffice_saved_says_the_same() {
    for n in 1..=2 {
        let of = |name: String| {
            let bytes = fs::read(crate::path(&format!("tests/forms/{name}"))).expect("the file is there");
            read_form(editions(), rules(), &bytes).expect("it is ours")
        };
        let (ours, theirs) = (of(format!("any-{n}.xlsx")), of(format!("libreoffice-any-{n}.xlsx")));
        assert!(2 <= ours.dossier.sheets.len() && ours.dossier.sheets.iter().any(|it| !it.answers.is_empty()));
        assert_eq!(ours, theirs);
    }
}
