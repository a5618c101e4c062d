//! The same for whatever else comes in from elsewhere: piles of codes, workbooks, pasted tables, panels, lines of JSON and the
//! files of a site. None may panic, and nothing may be lost without a word.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::{env, fs, io, process};

use ziping::bytes::crc::crc32;
use ziping::carrier::{Known, parts, pieces, read_one};
use ziping::cli::{decode_text, score_lines};
use ziping::compare::Panel;
use ziping::desk::Desk;
use ziping::dossier::{RosterList, RosterTable};
use ziping::form::read_form;
use ziping::load::load;
use ziping::spreadsheet::read;

/// What somebody pastes where records are wanted: every piece is opened or told, whichever way it is looked at.
pub fn pile(known: Known<'_>, data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let found = pieces(&text);
    assert!(found.is_sorted_by_key(|it| it.0), "the lines are in order");
    let _ = (parts(&text), read_one(known, &text));
    let mut desk = Desk::default();
    let n = desk.add("粘贴", &text);
    assert_eq!(n, found.len().max(1));
    while desk.progress().done < n {
        desk.step(known, 7);
    }
    decode_text(known, &text, io::sink()).expect("nothing is written");
}

/// A workbook: as it is, or with the data as the cells of its only worksheet.
pub fn workbook(known: Known<'_>, data: &[u8]) {
    let Some((how, rest)) = data.split_first() else { return };
    let bytes = match how % 4 {
        0 => rest.to_vec(),
        1 => zipped(&[BOOK, ("xl/worksheets/sheet1.xml", rest)]),
        2 => zipped(&[BOOK, ("xl/worksheets/sheet1.xml", SHEET), ("xl/sharedStrings.xml", rest)]),
        _ => zipped(&[("xl/workbook.xml", rest), ("xl/worksheets/sheet1.xml", SHEET)]),
    };
    if let Ok(tables) = read(&bytes) {
        assert!(tables.len() <= 1_000);
    }
    let _ = read_form(known.editions, known.rules, &bytes);
}

pub const BOOK: (&str, &[u8]) =
    ("xl/workbook.xml", br#"<workbook><sheets><sheet name="ziping" sheetId="1" r:id="rId1"/></sheets></workbook>"#);
const SHEET: &[u8] = br#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>"#;
const LINKS: &[u8] = br#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const TYPES: &[u8] = br#"<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const TOP: &[u8] =
    br#"<Relationships><Relationship Id="rId1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// A ZIP file that only stores.
pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let always = [("[Content_Types].xml", TYPES), ("_rels/.rels", TOP), ("xl/_rels/workbook.xml.rels", LINKS)];
    let (mut bytes, mut directory) = (Vec::<u8>::new(), Vec::<u8>::new());
    let all = always.iter().chain(parts);
    let n = all.clone().count() as u16;
    for (name, content) in all {
        let at = bytes.len() as u32;
        let mut about: Vec<u8> = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        about.extend(crc32(content).to_le_bytes());
        about.extend((content.len() as u32).to_le_bytes());
        about.extend((content.len() as u32).to_le_bytes());
        about.extend((name.len() as u16).to_le_bytes());
        about.extend([0_u8, 0]);
        bytes.extend(*b"PK\x03\x04");
        bytes.extend(&about);
        bytes.extend(name.bytes());
        bytes.extend(*content);
        directory.extend(*b"PK\x01\x02\x14\x00");
        directory.extend(&about);
        directory.extend([0_u8; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.bytes());
    }
    let at = bytes.len() as u32;
    bytes.extend(&directory);
    bytes.extend(*b"PK\x05\x06\0\0\0\0");
    bytes.extend(n.to_le_bytes());
    bytes.extend(n.to_le_bytes());
    bytes.extend((directory.len() as u32).to_le_bytes());
    bytes.extend(at.to_le_bytes());
    bytes.extend([0_u8, 0]);
    bytes
}

/// A table from the clipboard, in the declaration and in each list of the roster: every line becomes a row or is told.
pub fn pasted(known: Known<'_>, data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let scope = &known.rules[0].scope;
    let table = scope.understood(&text);
    let placed = table.placed(scope);
    assert!(placed.rows.len() <= table.cells.len());
    for list in [RosterList::Examiners, RosterList::Experts, RosterList::Equipment] {
        let table = RosterTable::understood(list, &text);
        let placed = table.placed();
        assert!(placed.len() + placed.left.len() <= table.cells.len().max(1) * 2);
    }
}

/// A panel as a browser keeps it, as text or as the bytes in it.
pub fn panel(_: Known<'_>, data: &[u8]) {
    let Some((how, rest)) = data.split_first() else { return };
    let text = if how % 2 == 0 {
        String::from_utf8_lossy(rest).into_owned()
    } else {
        let payload = ziping::bytes::base64url::encode(rest);
        let head = payload.len().to_string();
        format!("ZPH{}.{head}.{}.{payload}", how % 3 + 1, crc32(format!("{head}.{payload}").as_bytes()))
    };
    if let Ok(it) = Panel::open(&text) {
        assert_eq!(Panel::open(&it.seal()), Ok(it));
    }
}

/// Lines of JSON for `ziping score`: an answer for each that is not blank.
pub fn lines(known: Known<'_>, data: &[u8]) {
    let mut out = Vec::new();
    score_lines(known.editions, true, data, &mut out, |_| {}).expect("memory is written");
    let text = String::from_utf8(out).expect("answers are UTF-8");
    assert!(text.is_empty() || text.ends_with('\n'));
}

/// A site of which one file is the data: TOML, or markdown. It is read, or what is wrong with it is told.
pub fn site(_: Known<'_>, data: &[u8]) {
    static COPY: OnceLock<PathBuf> = OnceLock::new();
    let copy = COPY.get_or_init(|| {
        let folder = option_env!("CARGO_TARGET_TMPDIR").map_or_else(env::temp_dir, PathBuf::from);
        let copy = folder.join(format!("ziping-fuzz-{}", process::id()));
        // from the repository, and from the fuzzer's own folder in it
        let froms = ["tests/site", "../tests/site"].map(|it| Path::new(env!("CARGO_MANIFEST_DIR")).join(it));
        let from = froms.iter().find(|it| it.is_dir()).expect("there is a small site");
        copied(from, &copy).expect("the small site can be copied");
        copy
    });
    let Some((how, rest)) = data.split_first() else { return };
    let file = copy.join(FILES[usize::from(*how) % FILES.len()]);
    let before = fs::read(&file).expect("it is a file of the small site");
    // in whole, or behind what stands there
    let changed = if how & 128 == 0 { rest.to_vec() } else { [&before[..], rest].concat() };
    fs::write(&file, changed).expect("it can be written");
    let loaded = load(copy);
    fs::write(&file, before).expect("it can be written");
    if let Err(why) = loaded {
        assert!(!why.to_string().is_empty(), "refused without a word");
    }
}

const FILES: [&str; 7] = [
    "content/some-2020-1.md",
    "rubrics/tiny/rubric.toml",
    "rubrics/tiny/filing.toml",
    "rubrics/tiny/scope.toml",
    "rubrics/tiny/readings.toml",
    "rubrics/tiny/edition.toml",
    "site.toml",
];

fn copied(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copied(&entry.path(), &name)?;
        } else {
            fs::copy(entry.path(), name)?;
        }
    }
    Ok(())
}
