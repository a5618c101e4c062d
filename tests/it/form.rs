//! Official tables as workbooks, read back.

use miniz_oxide::inflate::decompress_to_vec;
use ziping::dossier::{Dossier, Envelope, Sheet, Stamp, open, seal};
use ziping::filing::Rules;
use ziping::form::{FormRefused, blank_workbook, read_form, sheet_workbook, workbook};
use ziping::spreadsheet::{NotRead, read};

use crate::workbooks::{RELS, zipped};
use crate::{EMPLOYER, editions, every_field, site};

pub fn rules() -> &'static [Rules] {
    &site().rules
}

fn day() -> Option<u32> {
    ziping::days::read("2026-11-28")
}

/// A dossier as it is kept where nothing is filled in: without empty blanks at the end
/// and lines in which nothing is declared.
pub fn plain(mut dossier: Dossier) -> Dossier {
    dossier.declared.retain(|it| !it.is_blank() || it.school.is_some());
    for sheet in &mut dossier.sheets {
        while sheet.blanks.last().is_some_and(String::is_empty) {
            sheet.blanks.pop();
        }
    }
    dossier
}

#[test]
fn every_field_of_a_dossier_comes_back() {
    let dossier = every_field::full();
    let bytes = workbook(&editions()[0], &rules()[0], &dossier, day(), "");
    let read = read_form(editions(), rules(), &bytes).expect("it is ours");
    // 7.5 of 6 points are told and kept as they were typed
    let says: Vec<String> = read.problems.iter().map(|it| it.message.clone()).collect();
    assert_eq!(says, ["2-8：不能超过本项分值 6 分"]);
    assert_eq!((read.whole, read.day), (true, day()));
    assert_eq!(read.dossier, plain(dossier.clone()));
    assert_eq!(bytes, workbook(&editions()[0], &rules()[0], &dossier, day(), ""), "equal dossiers give equal files");
}

/// Numbers of sheets that only a stranger gives leave none for the next one, or make two sheets one: they are given anew,
/// whichever way the dossier came in.
#[test]
fn there_is_a_number_for_the_next_sheet_whoever_numbered_the_others() {
    for forged in [[1, 65_535], [65_534, 65_535], [40_000, 50_000], [7, 7]] {
        let mut dossier = Dossier::new("甲".to_owned(), EMPLOYER, &editions()[0], &[1, 2]);
        dossier.sheets.iter_mut().zip(forged).for_each(|(it, id)| it.id = id);
        let bytes = workbook(&editions()[0], &rules()[0], &dossier, day(), "");
        let form = read_form(editions(), rules(), &bytes).expect("it is ours").dossier;
        let sealed = |dossier: &Dossier| {
            let stamp = Stamp { revision: 1, writer: 1 };
            open(&seal(&Envelope { stamp, written: 7, edits: 0, dossier: dossier.clone() })).map(|it| it.dossier)
        };
        let both = if forged == [7, 7] { vec![form] } else { vec![form, sealed(&dossier).expect("each once")] };
        for mut taken in both {
            let ids = |it: &Dossier| it.sheets.iter().map(|it| it.id).collect::<Vec<_>>();
            assert_eq!((ids(&taken), taken.add_sheet(2)), (vec![1, 2], 3), "{forged:?}");
            taken.take_in(Sheet { id: 3, annex: 1, ..Sheet::default() });
            assert_eq!(sealed(&taken).map(|it| ids(&it)), Ok(vec![1, 2, 3, 4]), "{forged:?}");
        }
    }
}

#[test]
fn a_sheet_by_itself_comes_back() {
    let dossier = every_field::full();
    for sheet in &dossier.sheets {
        let bytes = sheet_workbook(&editions()[0], &dossier, sheet, day(), "");
        let read = read_form(editions(), rules(), &bytes).expect("it is ours");
        assert!(!read.whole && read.problems.len() == usize::from(sheet.annex == 2), "{:?}", read.problems);
        let back = &read.dossier.sheets[0];
        assert_eq!((&back.answers, &back.notes, &back.blanks), (&sheet.answers, &sheet.notes, &sheet.blanks));
        assert_eq!((&back.occupation_code, &back.levels), (&sheet.occupation_code, &sheet.levels));
        assert_eq!((&read.dossier.unit, &read.dossier.facts.contact), (&dossier.unit, &dossier.facts.contact));
    }
}

#[test]
fn blank_tables_have_every_row_as_printed_and_nothing_filled_in() {
    for rubric in &editions()[0].rubrics {
        let bytes = blank_workbook(&editions()[0], rubric, "");
        let tables = read(&bytes).expect("it is read");
        let texts: Vec<String> = tables[0].cells.iter().map(|it| it.value.text()).collect();
        for row in rubric.rows() {
            assert!(texts.contains(&row.standard), "{}", rubric.row_id(row.number));
            assert!(texts.contains(&rubric.row_id(row.number)));
        }
        assert!(tables[0].formulas().is_empty() && tables[1].hidden);
        let read = read_form(editions(), rules(), &bytes).expect("it is ours");
        assert_eq!((read.problems.len(), &read.dossier.sheets[0].answers), (0, &ziping::score::Answers::default()));
        println!("附件{}: {} bytes, {} cells", rubric.annex, bytes.len(), tables[0].cells.len());
    }
}

/// The parts of a workbook of ours, by name.
fn parts_of(bytes: &[u8]) -> Vec<(String, String)> {
    let (mut parts, mut rest) = (Vec::new(), bytes);
    while rest.starts_with(b"PK\x03\x04") {
        let long = |at: usize| u32::from_le_bytes(rest[at..at + 4].try_into().expect("four bytes")) as usize;
        let (packed, named) = (long(18), usize::from(rest[26]));
        let name = String::from_utf8(rest[30..30 + named].to_vec()).expect("a name");
        let text = decompress_to_vec(&rest[30 + named..30 + named + packed]).expect("our own file");
        parts.push((name, String::from_utf8(text).expect("it is text")));
        rest = &rest[30 + named + packed..];
    }
    parts
}

/// A workbook of ours with one of its texts replaced, as a program or a person would have done it.
pub fn altered(bytes: &[u8], find: &str, put: &str) -> Vec<u8> {
    let mut parts = parts_of(bytes);
    let found: usize = parts.iter().map(|it| it.1.matches(find).count()).sum();
    assert_eq!(found, 1, "{find} stands in the workbook once");
    parts.iter_mut().for_each(|it| it.1 = it.1.replace(find, put));
    let parts: Vec<(&str, &str)> = parts.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    zipped(&parts, true)
}

/// The input of a fact in the blank table of annex 2, as it stands in the file: `2-4` has lines 16 and 17.
fn blank_2() -> Vec<u8> {
    let edition = &editions()[0];
    blank_workbook(edition, edition.rubric(2).expect("annex 2"), "")
}

/// The cell in which a fact of annex 2 is filled in, and its style.
fn place_of(id: &str, label: &str) -> (String, u32) {
    let table = &read(&blank_2()).expect("it is read")[0];
    let row = table.cells.iter().find(|it| it.column == 9 && it.value.text() == id).expect("the number").row;
    let line = (row..).find(|row| table.get(*row, 10).is_some_and(|it| it.text() == label)).expect("the label");
    (format!("L{}", line + 1), line)
}

#[test]
fn cells_filled_in_by_hand_are_read_or_refused_in_words() {
    let fixed = "填";
    for (id, label, cell, says) in [
        ("2-4", "符合条件（人）", "<v>4</v>", ""),
        ("2-4", "符合条件（人）", "<is><t>４</t></is>", ""),
        ("2-1", "不符合（名）", "<v>1.5</v>", "不能读入（请填整数），请填整数"),
        ("2-1", "不符合（名）", "<v>-1</v>", "不能是负数"),
        ("2-1", "不符合（名）", "<is><t>没有</t></is>", "请填整数"),
        ("2-1", "不符合（名）", "<f>1+1</f><v>2</v>", "这里是公式，公式不读入"),
        ("2-1", "不符合（名）", "<v>1e3000</v>", "请填整数"),
        ("2-8", "估计得分", "<v>99</v>", "不能超过本项分值"),
        ("2-8", "估计得分", "<v>3.25</v>", "最多填一位小数"),
        ("2-8", "估计得分", "<v>3.5</v>", ""),
    ] {
        let (name, line) = place_of(id, label);
        let style = if cell.contains("<is>") { " t=\"inlineStr\"" } else { "" };
        let bytes =
            altered(&blank_2(), &format!("<c r=\"{name}\" s=\"9\"/>"), &format!("<c r=\"{name}\"{style}>{cell}</c>"));
        let found = read_form(editions(), rules(), &bytes).expect("it is ours");
        match says {
            "" => assert_eq!(
                (found.problems.len(), found.dossier.sheets[0].answers.is_empty()),
                (0, false),
                "{cell} {fixed}"
            ),
            says => {
                assert_eq!(found.problems.len(), 1, "{cell}: {:?}", found.problems);
                assert_eq!(found.problems[0].path(), format!("附件2!{name}"), "{line}");
                assert!(found.problems[0].message.contains(says), "{cell}: {}", found.problems[0].message);
            }
        }
    }
}

#[test]
fn an_altered_table_is_told_cell_by_cell_and_the_rest_is_read() {
    let edition = &editions()[0];
    let mut dossier = every_field::full();
    dossier.sheets.truncate(1);
    let bytes = sheet_workbook(edition, &dossier, &dossier.sheets[0], day(), "");
    let standard = &edition.rubrics[0].row(2).expect("1-2").standard;
    let words: String = standard.chars().take(30).collect();
    let bytes = altered(&bytes, &words, "另写的标准");
    let found = read_form(editions(), rules(), &bytes).expect("it is ours");
    let paths: Vec<String> = found.problems.iter().map(|it| it.path()).collect();
    assert!(paths.iter().all(|it| it.starts_with("附件1!")) && !paths.is_empty(), "{paths:?}");
    assert!(found.problems[0].message.contains("另写的标准") && found.problems[0].message.contains("应为"));
    let answers = |row: u16| found.dossier.sheets[0].answers.row(row).given().to_vec();
    assert!(answers(2).is_empty(), "nothing of the row is taken");
    assert_eq!(answers(1), dossier.sheets[0].answers.row(1).given(), "the others are");
}

#[test]
fn what_is_none_of_ours_is_refused_in_words() {
    let foreign = ziping::spreadsheet::xlsx(&[], "");
    assert_eq!(read_form(editions(), rules(), b"no workbook"), Err(FormRefused::NotRead(NotRead::Foreign)));
    assert!(read_form(editions(), rules(), &foreign).is_err());
    let table = zipped(&[], true);
    assert!(read_form(editions(), rules(), &table).is_err());
    let other = altered(&blank_2(), ">henan-2021<", ">henan-2031<");
    assert_eq!(read_form(editions(), rules(), &other), Err(FormRefused::Edition("henan-2031".to_owned())));
}

/// The worksheets of a workbook without the hidden one, as where somebody copied them into a new file.
fn copied(bytes: &[u8]) -> Vec<u8> {
    altered(bytes, "name=\"ziping\"", "name=\"other\"")
}

#[test]
fn a_worksheet_copied_into_a_new_file_is_known_by_what_is_printed_in_it() {
    let (edition, dossier) = (&editions()[0], every_field::full());
    for sheet in &dossier.sheets {
        let signed = sheet_workbook(edition, &dossier, sheet, None, "");
        let of = |bytes: &[u8]| read_form(editions(), rules(), bytes).expect("it is ours");
        let (there, lost) = (of(&signed), of(&copied(&signed)));
        assert_eq!((there.assumed, lost.assumed, lost.whole), (false, true, false));
        assert_eq!((&lost.dossier.edition, lost.dossier.applicant), (&edition.id, dossier.applicant));
        let [there, lost] =
            [&there, &lost].map(|it| (it.dossier.unit.clone(), it.problems.clone(), it.dossier.sheets[0].clone()));
        assert_eq!((&there.0, &there.1), (&lost.0, &lost.1));
        assert_eq!((&there.2.notes, &there.2.blanks), (&lost.2.notes, &lost.2.blanks));
        // what has no cell in the table was in the hidden worksheet only
        let said = |it: &&ziping::score::Given| there.2.answers.get(it.row, it.fact) == Some(it.value);
        let n = lost.2.answers.iter().filter(said).count();
        assert_eq!(n, lost.2.answers.iter().count());
        assert!(3 < n);
    }
    let whole = read_form(editions(), rules(), &copied(&workbook(edition, &rules()[0], &dossier, None, "")))
        .expect("it is ours");
    assert!(whole.whole && whole.assumed && whole.dossier.sheets.len() == dossier.sheets.len());
    assert_eq!((&whole.dossier.roster, &whole.dossier.facts), (&dossier.roster, &dossier.facts));
    for rubric in &edition.rubrics {
        let blank = read_form(editions(), rules(), &copied(&blank_workbook(edition, rubric, ""))).expect("it is ours");
        assert_eq!((blank.dossier.sheets[0].annex, blank.problems.len()), (rubric.annex, 0));
    }
}

#[test]
fn a_copy_with_one_standard_altered_is_read_but_for_that_row_and_one_with_other_rows_is_refused() {
    let edition = &editions()[0];
    let standard = &edition.rubric(2).expect("annex 2").row(4).expect("2-4").standard;
    let words: String = standard.chars().take(12).collect();
    let bytes = copied(&altered(&blank_2(), &words, "另写的标准"));
    let found = read_form(editions(), rules(), &bytes).expect("it is known all the same");
    assert!(found.assumed && found.problems.iter().any(|it| it.message.contains("另写的标准")), "{:?}", found.problems);
    // only the title is left
    let title = "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>";
    let bare = read(&blank_2()).expect("it is read")[0].get(1, 0).expect("the title").text();
    let sheet = format!("<worksheet><sheetData>{title}{bare}</t></is></c></row></sheetData></worksheet>");
    let book = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Sheet1\" r:id=\"rId1\"/></sheets></workbook>";
    let links = "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    let parts = [
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", links),
        ("xl/worksheets/sheet1.xml", sheet.as_str()),
    ];
    assert_eq!(read_form(editions(), rules(), &zipped(&parts, true)), Err(FormRefused::Altered(2)));
    let says = FormRefused::Altered(2).to_string();
    assert!(says.contains("像是附件2的表") && says.contains("重新下载空白表"), "{says}");
}

/// The blank table of annex 2, filled in by openpyxl and saved, and then once more by LibreOffice (tests/office/check.py).
#[test]
fn what_other_programs_saved_is_read() {
    let of = |name: &str| {
        let bytes = std::fs::read(crate::path(&format!("tests/forms/{name}"))).expect("the file is there");
        let read = read_form(editions(), rules(), &bytes).expect("it is ours");
        assert_eq!(read.problems, [], "{name}");
        read.dossier
    };
    let [python, office] = ["openpyxl-2.xlsx", "libreoffice-2.xlsx"].map(of);
    assert_eq!(python, office);
    let answers = &python.sheets[0].answers;
    assert_eq!(answers.iter().count(), 44);
    assert_eq!(answers.get(4, ziping::rubric::Fact::QualifiedExaminers), Some(1));
}

/// What stands in each of these attributes, in their order.
fn attributes<'x>(xml: &'x str, before: &'x str) -> impl Iterator<Item = &'x str> {
    xml.split(before).skip(1).filter_map(|it| it.split('"').next())
}

#[test]
fn no_row_is_cut_where_a_page_ends() {
    let edition = &editions()[0];
    let full = every_field::full();
    let mut tables: Vec<Vec<u8>> = edition.rubrics.iter().map(|it| blank_workbook(edition, it, "")).collect();
    tables.extend(full.sheets.iter().map(|it| sheet_workbook(edition, &full, it, day(), "")));
    let mut noted = full.sheets[0].clone();
    (1..40).for_each(|row| noted.set_note(row, "备注".repeat(usize::from(row) * 2)));
    tables.push(sheet_workbook(edition, &full, &noted, day(), ""));
    let mut pages = Vec::new();
    for bytes in &tables {
        let parts = parts_of(bytes);
        let (_, xml) = parts.iter().find(|it| it.0.ends_with("/sheet1.xml")).expect("a worksheet");
        let number = |it: &str| it.parse::<usize>().expect("a number");
        let heights: Vec<usize> = attributes(xml, " ht=\"").map(number).collect();
        let starts: Vec<usize> = attributes(xml, "<brk id=\"").map(number).collect();
        assert!(starts.is_sorted_by(|one, other| one < other) && !starts.is_empty());
        for merged in attributes(xml, "<mergeCell ref=\"") {
            let rows = merged.split(':').map(|it| number(it.trim_start_matches(char::is_alphabetic)));
            let rows: Vec<usize> = rows.collect();
            assert!(!starts.iter().any(|it| rows[0] <= *it && *it < rows[1]), "{merged} is cut: {starts:?}");
        }
        let ends = starts.iter().copied().chain([heights.len()]);
        for (n, (from, to)) in std::iter::once(0).chain(starts.iter().copied()).zip(ends).enumerate() {
            let high: usize = heights[from..to].iter().sum();
            // A4 between the margins has 755 points, and the heads are repeated
            assert!((180..=if n == 0 { 740 } else { 712 }).contains(&high), "page {}: {high}: {starts:?}", n + 1);
        }
        pages.push(starts.len() + 1);
    }
    assert_eq!(pages[..6], [3, 2, 3, 2, 3, 2]);
}
