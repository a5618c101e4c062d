//! Workbooks that other programs wrote, read; and files that are none.

use miniz_oxide::deflate::compress_to_vec;
use proptest::prelude::*;
use ziping::spreadsheet::{Cell, Column, NotRead, ReadTable, ReadValue, Table, read, xlsx};

/// A file as programs write it: parts by their names, deflated or not.
pub fn zipped(parts: &[(&str, &str)], deflated: bool) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    let long = |n: usize| u32::try_from(n).expect("a small file").to_le_bytes();
    for (name, text) in parts {
        let packed = if deflated { compress_to_vec(text.as_bytes(), 6) } else { text.as_bytes().to_vec() };
        let mut head = vec![20, 0, 0, 0, if deflated { 8 } else { 0 }, 0, 0, 0, 0, 0];
        head.extend(ziping::bytes::crc::crc32(text.as_bytes()).to_le_bytes());
        head.extend([long(packed.len()), long(text.len()), long(name.len())].concat());
        let at = long(out.len());
        out.extend([b"PK\x03\x04", &head[..], name.as_bytes(), &packed].concat());
        directory.extend([b"PK\x01\x02\x14\0", &head[..], &[0; 10], &at, name.as_bytes()].concat());
    }
    let n = u8::try_from(parts.len()).expect("few parts");
    let end = [&[n, 0, n, 0][..], &long(directory.len()), &long(out.len()), &[0, 0]].concat();
    out.extend(&directory);
    out.extend([b"PK\x05\x06\0\0\0\0", &end[..]].concat());
    out
}

pub const RELS: &str = r#"<Relationships xmlns="x"><Relationship Id="rId1" Type="a/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><x:workbook xmlns:x="m" xmlns:r="o"><x:sheets><x:sheet name="表 &amp; 1" sheetId="1" r:id="rId1"/></x:sheets></x:workbook>"#;
const BOOK_RELS: &str = r#"<Relationships><Relationship Id="rId1" Type="a/worksheet" Target="/xl/worksheets/sheet1.xml"/><Relationship Id="rId2" Type="a/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="a/styles" Target='styles.xml'/></Relationships>"#;
const STRINGS: &str = r#"<sst><si><t>车工</t></si><si><r><t>数控</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 车床</t></r><rPh sb="0" eb="1"><t>shu</t></rPh></si><si><t>一_x000D_
二&#x41;</t></si></sst>"#;
const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="31"/></cellXfs></styleSheet>"#;

fn one(cells: &str) -> Result<ReadTable, NotRead> {
    let sheet = format!("<worksheet>{cells}</worksheet>");
    let parts = [
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
        ("xl/sharedStrings.xml", STRINGS),
        ("xl/styles.xml", STYLES),
        ("xl/worksheets/sheet1.xml", &sheet),
    ];
    let found = [true, false].map(|deflated| read(&zipped(&parts, deflated)));
    assert_eq!(found[0], found[1]);
    found[0].clone().map(|mut it| it.remove(0))
}

#[test]
fn every_kind_of_cell_is_read() {
    let text = |it: &str| Some(ReadValue::Text(it.to_owned()));
    let number = |it: &str| Some(ReadValue::Number(it.to_owned()));
    let day = ziping::days::read("2026-11-28").map(ReadValue::Day);
    for (cell, value) in [
        (r#"<c r="B3" t="s"><v>0</v></c>"#, text("车工")),
        (r#"<c r="B3" t="s"><v>1</v></c>"#, text("数控 车床")),
        (r#"<c r="B3" t="s"><v>2</v></c>"#, text("一\n二A")),
        (r#"<c r="B3" t="inlineStr"><is><t>&lt;甲&gt;</t></is></c>"#, text("<甲>")),
        (r#"<c r="B3" t="str"><v>=1+1</v></c>"#, text("=1+1")),
        (r#"<c r="B3"><v>5.7999999999999998</v></c>"#, number("5.8")),
        (r#"<x:c r="B3" t="n"><x:v>12</x:v></x:c>"#, number("12")),
        (r#"<c r="B3" t="b"><v>1</v></c>"#, Some(ReadValue::YesNo(true))),
        (r#"<c r="B3" s="1"><v>46354.75</v></c>"#, day.clone()),
        (r#"<c r="B3" s="2"><v>46354</v></c>"#, day.clone()),
        (r#"<c r="B3" t="d"><v>2026-11-28T08:00:00</v></c>"#, day),
        (r#"<c r="B3" t="e"><v>#DIV/0!</v></c>"#, Some(ReadValue::Fault("#DIV/0!".to_owned()))),
        (r#"<c r="B3"><f>1+1</f><v>2</v></c>"#, Some(ReadValue::Formula)),
        (r#"<c r="B3" t="str"><f t="shared" si="0"/><v>甲</v></c>"#, Some(ReadValue::Formula)),
        (r#"<c r="A3"><f t="array" ref="A3:B3">C1:D1</f><v>2</v></c><c r="B3"><v>3</v></c>"#, Some(ReadValue::Formula)),
        (r#"<c r="B3" s="2"/>"#, None),
        (r#"<c r="B3" t="s"></c>"#, None),
        // without their names, cells count on
        (r#"<c/><c><v>7</v></c>"#, number("7")),
    ] {
        let table = one(&format!(r#"<sheetData><row r="3">{cell}</row></sheetData>"#)).expect(cell);
        assert_eq!(table.get(2, 1), value.as_ref(), "{cell}");
        assert_eq!(table.name, "表 & 1");
    }
}

#[test]
fn merged_cells_and_empty_rows_are_told() {
    let cells = r#"<sheetData><row r="2"><c r="A2" t="str"><v>甲</v></c><c r="C2"><v>2</v></c></row><row r="9"><c r="B9"><f>A1</f></c></row></sheetData><mergeCells><mergeCell ref="A2:B4"/></mergeCells>"#;
    let table = one(cells).expect("it is read");
    assert_eq!((table.merged[0].rows, table.merged[0].columns), ((1, 3), (0, 1)));
    assert_eq!(table.texts(), [vec!["甲", "", "2"], vec!["", ""]]);
    assert_eq!(table.formulas(), ["B9"]);
}

#[test]
fn what_is_no_workbook_is_refused_in_words() {
    let whole = xlsx(&[table("表", "甲")], "");
    let cut = &whole[..whole.len() - 30];
    let mut bent = whole.clone();
    let at = whole.windows(3).position(|it| it == "甲".as_bytes()).expect("the text is stored");
    bent[at] ^= 1;
    for (bytes, why) in [
        (&b""[..], NotRead::Foreign),
        (b"{\"ziping\": 1}", NotRead::Foreign),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", NotRead::OldOrLocked),
        (b"PK\x03\x04 and no more", NotRead::Damaged),
        (cut, NotRead::Damaged),
        (&bent, NotRead::Damaged),
        (&zipped(&[("word/document.xml", "<w/>")], true), NotRead::Foreign),
        (&zipped(&[("_rels/.rels", RELS), ("xl/workbook.xml", "<workbook/>")], true), NotRead::Foreign),
    ] {
        assert_eq!(read(bytes), Err(why), "{why}");
    }
    let entity = r#"<!DOCTYPE x [<!ENTITY a "aaaa">]>"#;
    assert_eq!(one(entity), Err(NotRead::Damaged));
    assert_eq!(one("<sheetData><row r=\"1\"><c r=\"A1\"><v>&nosuch;</v></c></row></sheetData>"), Err(NotRead::Damaged));
}

/// A file of some KB that would become gigabytes.
#[test]
fn a_small_file_does_not_become_a_large_one() {
    let many = format!("<sheetData>{}</sheetData>", "<row><c><v>1</v></c></row>".repeat(200_001));
    assert_eq!(one(&many), Err(NotRead::TooLarge));
    assert_eq!(one(&" ".repeat(17 << 20)), Err(NotRead::TooLarge));
    let cell = r#"<c t="s"><v>0</v></c>"#.repeat(1_000);
    let sheet = format!("<worksheet><sheetData><row>{cell}</row></sheetData></worksheet>");
    let long = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(100_000));
    let parts = [
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
        ("xl/sharedStrings.xml", &long),
        ("xl/worksheets/sheet1.xml", &sheet),
    ];
    assert_eq!(read(&zipped(&parts, true)), Err(NotRead::TooLarge));
    assert_eq!(
        one(r#"<sheetData><row r="9999999"><c r="A9999999"><v>1</v></c></row></sheetData>"#),
        Err(NotRead::Damaged)
    );
}

fn table(name: &str, text: &str) -> Table {
    let columns = vec![Column { title: "列".to_owned(), width: 10 }];
    Table { name: name.to_owned(), columns, rows: vec![vec![Cell::Text(text.to_owned())]] }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever happens to a file on its way, it is read or refused; and what is read is what was written.
    #[test]
    fn a_damaged_file_never_stops_the_program(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = xlsx(&[table("表", "甲"), table("二", "_x0041_ 乙\n=1")], "");
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let _ = read(&bytes);
    }

    #[test]
    fn texts_come_back(text in "\\PC{0,40}") {
        let tables = read(&xlsx(&[table("表", &text)], "")).expect("it is read");
        let found = tables[0].get(1, 0).map(ReadValue::text).unwrap_or_default();
        prop_assert_eq!(found, text.replace(['\u{fffe}', '\u{ffff}'], ""));
    }
}
