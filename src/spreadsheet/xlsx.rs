//! XLSX: one worksheet per table, with bold titles that stay in view, a filter, and landscape A4 for printing.

use std::fmt::Write;

use crate::days;

use super::zip::stored;
use super::{Cell, Column, Table, decimal};

/// The most characters that a cell can hold.
const MOST: usize = 32_767;
/// 1970-01-01 as spreadsheet programs count days.
const DAY_ZERO: u32 = 25_569;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Positions in `cellXfs` below.
const TITLE: u8 = 1;
const TEXT: u8 = 2;
const NUMBER: u8 = 3;
const DAY: u8 = 4;

/// `quotePrefix`: a text stays text even after somebody has edited its cell.
const STYLES: &str = concat!(
    r#"<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>"#,
    r#"<fonts count="2"><font><sz val="11"/><name val="宋体"/></font>"#,
    r#"<font><b/><sz val="11"/><name val="宋体"/></font></fonts>"#,
    r#"<fills count="3"><fill><patternFill patternType="none"/></fill>"#,
    r#"<fill><patternFill patternType="gray125"/></fill>"#,
    r#"<fill><patternFill patternType="solid"><fgColor rgb="FFE7EBF0"/><bgColor indexed="64"/></patternFill></fill>"#,
    r#"</fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>"#,
    r#"<left style="thin"><color rgb="FFB0B8C0"/></left><right style="thin"><color rgb="FFB0B8C0"/></right>"#,
    r#"<top style="thin"><color rgb="FFB0B8C0"/></top><bottom style="thin"><color rgb="FFB0B8C0"/></bottom>"#,
    r#"<diagonal/></border></borders>"#,
    r#"<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>"#,
    r#"<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>"#,
    r#"<xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" "#,
    r#"applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" "#,
    r#"wrapText="1"/></xf>"#,
    r#"<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" quotePrefix="1" applyBorder="1" "#,
    r#"applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>"#,
    r#"<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1" applyAlignment="1">"#,
    r#"<alignment vertical="top"/></xf>"#,
    r#"<xf numFmtId="164" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" "#,
    r#"applyAlignment="1"><alignment vertical="top"/></xf></cellXfs>"#,
    r#"<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>"#,
);

/// A file with the tables, at least one, each with a name of its own.
pub fn xlsx(tables: &[Table]) -> Vec<u8> {
    let (mut types, mut sheets, mut names, mut links) = (String::new(), String::new(), String::new(), String::new());
    let mut parts = Vec::new();
    for (n, table) in (1..).zip(tables) {
        let name = sheet_name(&table.name);
        let _ =
            write!(types, r#"<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPE}.worksheet+xml"/>"#);
        let _ = write!(sheets, r#"<sheet name="{}" sheetId="{n}" r:id="rId{n}"/>"#, escaped(&name));
        let quoted = escaped(&name.replace('\'', "''"));
        let last = letters(table.columns.len());
        let _ = write!(
            names,
            "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{}\" hidden=\"1\">'{quoted}'!$A$1:${last}${}</definedName>\
             <definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{0}\">'{quoted}'!$1:$1</definedName>",
            n - 1,
            table.rows.len() + 1,
        );
        let _ =
            write!(links, r#"<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>"#);
        parts.push((format!("xl/worksheets/sheet{n}.xml"), worksheet(table, n == 1)));
    }
    let styles = tables.len() + 1;
    let fixed = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
                 ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
                 <Override PartName=\"/xl/workbook.xml\" ContentType=\"{TYPE}.sheet.main+xml\"/>\
                 <Override PartName=\"/xl/styles.xml\" ContentType=\"{TYPE}.styles+xml\"/>{types}</Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
                 Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{sheets}</sheets>\
                 <definedNames>{names}</definedNames></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\">{links}<Relationship Id=\"rId{styles}\" \
                 Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        ("xl/styles.xml", format!("<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>")),
    ];
    let fixed = fixed.into_iter().map(|(name, xml)| (name.to_owned(), format!("{HEAD}{xml}")));
    stored(&fixed.chain(parts).collect::<Vec<_>>())
}

fn worksheet(table: &Table, selected: bool) -> String {
    let n_rows = table.rows.len() + 1;
    let all = format!("A1:{}{n_rows}", letters(table.columns.len()));
    let mut xml = String::with_capacity(64 * table.columns.len() * n_rows + 2_000);
    let _ = write!(
        xml,
        "{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><dimension ref=\"{all}\"/>\
         <sheetViews><sheetView{} workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" \
         state=\"frozen\"/><selection pane=\"bottomLeft\"/></sheetView></sheetViews><cols>",
        if selected { " tabSelected=\"1\"" } else { "" },
    );
    for (n, Column { width, .. }) in (1..).zip(&table.columns) {
        let _ = write!(xml, "<col min=\"{n}\" max=\"{n}\" width=\"{width}\" customWidth=\"1\"/>");
    }
    xml.push_str("</cols><sheetData><row r=\"1\">");
    let letters: Vec<_> = (1..=table.columns.len()).map(letters).collect();
    for (letters, column) in letters.iter().zip(&table.columns) {
        push_text(&mut xml, letters, 1, TITLE, &column.title);
    }
    xml.push_str("</row>");
    for (n, row) in (2..).zip(&table.rows) {
        let _ = write!(xml, "<row r=\"{n}\">");
        for (letters, cell) in letters.iter().zip(row) {
            push_cell(&mut xml, letters, n, cell);
        }
        xml.push_str("</row>");
    }
    let _ = write!(
        xml,
        "</sheetData><autoFilter ref=\"{all}\"/><printOptions horizontalCentered=\"1\"/>\
         <pageMargins left=\"0.4\" right=\"0.4\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
         <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/>\
         <headerFooter><oddFooter>&amp;C&amp;A　第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>"
    );
    xml
}

fn push_cell(xml: &mut String, letters: &str, n: usize, cell: &Cell) {
    let (style, number) = match cell {
        Cell::Text(text) => return push_text(xml, letters, n, TEXT, text),
        Cell::Empty => {
            let _ = write!(xml, "<c r=\"{letters}{n}\" s=\"{TEXT}\"/>");
            return;
        }
        Cell::Whole(number) => (NUMBER, number.to_string()),
        Cell::Tenths(tenths) => (NUMBER, decimal(*tenths)),
        Cell::Day(it) => (DAY, (*it).min(days::LAST).saturating_add(DAY_ZERO).to_string()),
    };
    let _ = write!(xml, "<c r=\"{letters}{n}\" s=\"{style}\"><v>{number}</v></c>");
}

/// Writes a text into its cell (`inlineStr`), so that no separate list of texts is needed; never a formula (`f`).
fn push_text(xml: &mut String, letters: &str, n: usize, style: u8, text: &str) {
    let text = escaped(text);
    let _ = write!(
        xml,
        "<c r=\"{letters}{n}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
    );
}

/// The text as XML and a cell can hold it: without control characters, line ends as `\n`, not too long.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = '\0';
    for (at, character) in text.char_indices().take(MOST) {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push(' '),
            '\n' if before == '\r' => {}
            '\r' | '\n' => out.push('\n'),
            '\u{fffe}' | '\u{ffff}' => {}
            character if character.is_control() => {}
            // this format reads `_x000D_` as an escaped character
            '_' if is_code(&text[at..]) => out.push_str("_x005F_"),
            character => out.push(character),
        }
        before = character;
    }
    out
}

/// `_x000D_…`
fn is_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() > 6 && bytes[1] == b'x' && bytes[6] == b'_' && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
}

/// Turns a name into one that a worksheet may have.
fn sheet_name(name: &str) -> String {
    let name: String = name.chars().filter(|it| !it.is_control() && !"[]:*?/\\".contains(*it)).take(31).collect();
    if name.is_empty() { "1".to_owned() } else { name }
}

/// `A` for 1, `AA` for 27.
fn letters(mut n: usize) -> String {
    let mut letters = Vec::new();
    while 0 < n {
        n -= 1;
        letters.push(char::from(b'A' + u8::try_from(n % 26).unwrap_or_default()));
        n /= 26;
    }
    letters.iter().rev().collect()
}
