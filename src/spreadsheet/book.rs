//! XLSX laid out cell by cell: merged cells, cells to fill in with what may stand in them, protection, pages for paper. No
//! cell is ever a formula.

use std::fmt::Write;

use super::xlsx::{HEAD, MAIN, OFFICE, PACKAGE, TYPE, cell_name, escaped, foot, letters, sheet_name};
use super::zip::packed;
use super::{Cell, CellRange, decimal, looks};

pub use looks::Look;

/// A worksheet. Rows and columns count from 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BookSheet {
    /// At most 31 characters; each of a workbook has one of its own.
    pub name: String,
    /// For programs, not for people.
    pub hidden: bool,
    /// In digits of the standard font.
    pub widths: Vec<u16>,
    /// In points; rows without a height have the usual one.
    pub heights: Vec<u16>,
    /// In the order of the rows, within a row of the columns.
    pub cells: Vec<BookCell>,
    pub merged: Vec<CellRange>,
    /// So many rows stay in view, and the last of them is repeated on each page.
    pub head: u32,
    /// What is printed; `None` for all.
    pub printed: Option<CellRange>,
    pub landscape: bool,
    /// The rows with which pages begin, but the first.
    pub pages: Vec<u32>,
    /// Only cells with an input's look can be changed, until somebody takes the protection off: it has no password.
    pub locked: bool,
    pub allowed: Vec<Allowed>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct BookCell {
    pub row: u32,
    pub column: u32,
    pub value: Cell,
    pub look: Look,
}

/// What may be typed into some cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Allowed {
    pub range: CellRange,
    pub kind: AllowedKind,
    /// Shown beside the cell while it is being filled in, and where something else is typed.
    pub hint: String,
}

#[derive(Clone, Debug, PartialEq)]
pub enum AllowedKind {
    /// Anything.
    Text,
    /// One of these words, none with a comma.
    OneOf(Vec<String>),
    Whole,
    /// From 0 to so many tenths.
    Tenths(i64),
    /// From 0.
    Decimal,
}

/// The most characters of a hint, as the format has it.
const MOST_HINT: usize = 250;
/// The most characters that all words of a list may have together.
const MOST_WORDS: usize = 250;
const MOST_NUMBER: i64 = 999_999;

/// A file with these worksheets, at least one of them not hidden. Equal ones give equal files. `made_by` stands at the foot of
/// each printed page.
pub fn book(all: &[BookSheet], made_by: &str) -> Vec<u8> {
    let (mut types, mut sheets, mut names, mut links) = (String::new(), String::new(), String::new(), String::new());
    let mut parts = Vec::new();
    let first = all.iter().position(|it| !it.hidden).unwrap_or_default();
    for (n, sheet) in (1..).zip(all) {
        let name = sheet_name(&sheet.name);
        let _ =
            write!(types, r#"<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPE}.worksheet+xml"/>"#);
        let state = if sheet.hidden { " state=\"veryHidden\"" } else { "" };
        let _ = write!(sheets, r#"<sheet name="{}" sheetId="{n}"{state} r:id="rId{n}"/>"#, escaped(&name));
        let quoted = escaped(&name.replace('\'', "''"));
        if let Some(range) = sheet.printed {
            let corner = |row: u32, column: u32| format!("${}${}", letters(column as usize + 1), u64::from(row) + 1);
            let (from, to) = (corner(range.rows.0, range.columns.0), corner(range.rows.1, range.columns.1));
            let _ = write!(
                names,
                "<definedName name=\"_xlnm.Print_Area\" localSheetId=\"{}\">'{quoted}'!{from}:{to}</definedName>",
                n - 1
            );
        }
        if 0 < sheet.head {
            let _ = write!(
                names,
                "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{}\">'{quoted}'!${1}:${1}</definedName>",
                n - 1,
                sheet.head
            );
        }
        let _ =
            write!(links, r#"<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>"#);
        parts.push((format!("xl/worksheets/sheet{n}.xml"), worksheet(sheet, n == first + 1, made_by)));
    }
    let styled = all.len() + 1;
    let types = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{TYPE}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{TYPE}.styles+xml\"/>{types}</Types>"
    );
    let root = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
         Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let names = if names.is_empty() { names } else { format!("<definedNames>{names}</definedNames>") };
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><bookViews><workbookView activeTab=\"{first}\"/></bookViews>\
         <sheets>{sheets}</sheets>{names}</workbook>"
    );
    let links = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\">{links}<Relationship Id=\"rId{styled}\" \
         Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    let fixed = [
        ("[Content_Types].xml", types),
        ("_rels/.rels", root),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", links),
        ("xl/styles.xml", looks::styles()),
    ];
    let fixed = fixed.into_iter().map(|(name, xml)| (name.to_owned(), format!("{HEAD}{xml}")));
    packed(&fixed.chain(parts).collect::<Vec<_>>())
}

fn worksheet(sheet: &BookSheet, selected: bool, made_by: &str) -> String {
    let mut xml = String::with_capacity(100 * sheet.cells.len() + 2_000);
    let _ = write!(
        xml,
        "{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView{} \
         showGridLines=\"0\" workbookViewId=\"0\">",
        if selected { " tabSelected=\"1\"" } else { "" },
    );
    if 0 < sheet.head {
        let _ = write!(
            xml,
            "<pane ySplit=\"{}\" topLeftCell=\"A{}\" activePane=\"bottomLeft\" state=\"frozen\"/>\
             <selection pane=\"bottomLeft\"/>",
            sheet.head,
            sheet.head + 1
        );
    }
    xml.push_str("</sheetView></sheetViews><cols>");
    for (n, width) in (1..).zip(&sheet.widths) {
        let _ = write!(xml, "<col min=\"{n}\" max=\"{n}\" width=\"{width}\" customWidth=\"1\"/>");
    }
    xml.push_str("</cols><sheetData>");
    let mut rest = &sheet.cells[..];
    let last = rest.last().map_or(0, |it| it.row as usize + 1).max(sheet.heights.len());
    for (row, n) in (0..).zip(1..=last) {
        let (cells, after) = rest.split_at(rest.iter().take_while(|it| it.row == row).count());
        rest = after;
        let height = sheet.heights.get(n - 1).copied().unwrap_or_default();
        if cells.is_empty() && height == 0 {
            continue;
        }
        let _ = write!(xml, "<row r=\"{n}\"");
        if 0 < height {
            let _ = write!(xml, " ht=\"{height}\" customHeight=\"1\"");
        }
        xml.push('>');
        cells.iter().for_each(|it| push(&mut xml, it));
        xml.push_str("</row>");
    }
    xml.push_str("</sheetData>");
    if sheet.locked {
        xml.push_str("<sheetProtection sheet=\"1\" formatColumns=\"0\" formatRows=\"0\"/>");
    }
    if !sheet.merged.is_empty() {
        let _ = write!(xml, "<mergeCells count=\"{}\">", sheet.merged.len());
        for range in &sheet.merged {
            let _ = write!(xml, "<mergeCell ref=\"{}\"/>", named(*range));
        }
        xml.push_str("</mergeCells>");
    }
    if !sheet.allowed.is_empty() {
        let _ = write!(xml, "<dataValidations count=\"{}\">", sheet.allowed.len());
        sheet.allowed.iter().for_each(|it| validation(&mut xml, it));
        xml.push_str("</dataValidations>");
    }
    let way = if sheet.landscape { "landscape" } else { "portrait" };
    let _ = write!(
        xml,
        "<printOptions horizontalCentered=\"1\"/><pageMargins left=\"0.4\" right=\"0.4\" top=\"0.6\" bottom=\"0.6\" \
         header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"{way}\" fitToWidth=\"1\" fitToHeight=\"0\"/>\
         <headerFooter><oddFooter>{}</oddFooter></headerFooter>",
        foot(made_by)
    );
    if !sheet.pages.is_empty() {
        let n = sheet.pages.len();
        let _ = write!(xml, "<rowBreaks count=\"{n}\" manualBreakCount=\"{n}\">");
        for row in &sheet.pages {
            let _ = write!(xml, "<brk id=\"{row}\" max=\"16383\" man=\"1\"/>");
        }
        xml.push_str("</rowBreaks>");
    }
    xml.push_str("</worksheet>");
    xml
}

/// `A1:C3`.
fn named(range: CellRange) -> String {
    let from = cell_name(range.rows.0, range.columns.0);
    let to = cell_name(range.rows.1, range.columns.1);
    if from == to { from } else { format!("{from}:{to}") }
}

fn validation(xml: &mut String, allowed: &Allowed) {
    let cut: String = allowed.hint.chars().take(MOST_HINT).collect();
    let hint = escaped(&cut);
    let listed = |words: &[String]| words.join(",");
    let (kind, limits) = match &allowed.kind {
        AllowedKind::OneOf(words) if listed(words).chars().count() <= MOST_WORDS => {
            ("type=\"list\"", format!("<formula1>\"{}\"</formula1>", escaped(&listed(words))))
        }
        AllowedKind::Text | AllowedKind::OneOf(_) => ("", String::new()),
        AllowedKind::Whole => ("type=\"whole\"", limits(&MOST_NUMBER.to_string())),
        AllowedKind::Tenths(most) => ("type=\"decimal\"", limits(&decimal(*most))),
        AllowedKind::Decimal => ("type=\"decimal\"", limits(&MOST_NUMBER.to_string())),
    };
    let error = if kind.is_empty() { String::new() } else { format!(" showErrorMessage=\"1\" error=\"{hint}\"") };
    let _ = write!(
        xml,
        "<dataValidation {kind} allowBlank=\"1\" showInputMessage=\"1\"{error} prompt=\"{hint}\" sqref=\"{}\">{limits}\
         </dataValidation>",
        named(allowed.range),
    );
}

fn limits(most: &str) -> String {
    format!("<formula1>0</formula1><formula2>{most}</formula2>")
}

fn push(xml: &mut String, cell: &BookCell) {
    let (name, style) = (cell_name(cell.row, cell.column), cell.look as usize);
    let number = match &cell.value {
        Cell::Empty => {
            let _ = write!(xml, "<c r=\"{name}\" s=\"{style}\"/>");
            return;
        }
        Cell::Text(text) => {
            let text = escaped(text);
            let _ = write!(
                xml,
                "<c r=\"{name}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
            );
            return;
        }
        Cell::Whole(number) => number.to_string(),
        Cell::Tenths(tenths) => decimal(*tenths),
        // every day of these workbooks is typed text
        Cell::Day(day) => day.to_string(),
    };
    let _ = write!(xml, "<c r=\"{name}\" s=\"{style}\"><v>{number}</v></c>");
}

/// How many lines a text takes where a line has room for so many halves of a letter. A Chinese letter is as wide as it is
/// high, others half of that.
pub fn lines(text: &str, halves: usize) -> usize {
    let of_line = |line: &str| {
        let wide: usize = line.chars().map(|it| if it.is_ascii() { 1 } else { 2 }).sum();
        wide.div_ceil(halves.max(2)).max(1)
    };
    text.split('\n').map(of_line).sum()
}
