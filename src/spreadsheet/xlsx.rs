//! XLSX: one worksheet per table, with bold titles that stay in view, a filter, and landscape A4 for printing.

use std::fmt::Write;

use crate::days;
use crate::letters::in_xml;

use super::zip::stored;
use super::{Cell, Column, Table, decimal};

/// The most characters that a cell can hold.
const MOST: usize = 32_767;
/// 1970-01-01 as spreadsheet programs count days.
const DAY_ZERO: u32 = 25_569;

pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
pub(super) const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub(super) const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
pub(super) const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Positions in `cellXfs` below, of the first table; each table has as many of its own.
const TITLE: usize = 1;
const TEXT: usize = 2;
const NUMBER: usize = 3;
const DAY: usize = 4;

/// Before and behind the fonts and the formats of the tables.
const COLOURS: &str = concat!(
    r#"<fills count="3"><fill><patternFill patternType="none"/></fill>"#,
    r#"<fill><patternFill patternType="gray125"/></fill>"#,
    r#"<fill><patternFill patternType="solid"><fgColor rgb="FFE7EBF0"/><bgColor indexed="64"/></patternFill></fill>"#,
    r#"</fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>"#,
    r#"<left style="thin"><color rgb="FFB0B8C0"/></left><right style="thin"><color rgb="FFB0B8C0"/></right>"#,
    r#"<top style="thin"><color rgb="FFB0B8C0"/></top><bottom style="thin"><color rgb="FFB0B8C0"/></bottom>"#,
    r#"<diagonal/></border></borders>"#,
    r#"<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>"#,
);

/// A worksheet and how it is printed.
struct PrintedTable<'t> {
    table: &'t Table,
    /// Added to the positions in `cellXfs`.
    style: usize,
    /// The size of its letters in points.
    size: usize,
}

/// The letters of each table are as large as is needed for 10 points on paper, where the table is made as wide as the page.
/// `quotePrefix`: a text stays text even after somebody has edited its cell.
fn styles(sheets: &[PrintedTable<'_>]) -> String {
    let mut fonts = String::from("<font><sz val=\"11\"/><name val=\"宋体\"/></font>");
    let mut formats = String::from("<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>");
    for (n, PrintedTable { size, .. }) in sheets.iter().enumerate() {
        let (plain, bold) = (2 * n + 1, 2 * n + 2);
        let _ = write!(
            fonts,
            "<font><sz val=\"{size}\"/><name val=\"宋体\"/></font>\
             <font><b/><sz val=\"{size}\"/><name val=\"宋体\"/></font>"
        );
        let _ = write!(
            formats,
            "<xf numFmtId=\"49\" fontId=\"{bold}\" fillId=\"2\" borderId=\"1\" xfId=\"0\" applyNumberFormat=\"1\" \
             applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment horizontal=\"center\" \
             vertical=\"center\" wrapText=\"1\"/></xf>"
        );
        let top = "applyFont=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\"";
        let of = format!("fontId=\"{plain}\" fillId=\"0\" borderId=\"1\" xfId=\"0\"");
        let _ = write!(
            formats,
            "<xf numFmtId=\"0\" {of} quotePrefix=\"1\" {top} wrapText=\"1\"/></xf><xf numFmtId=\"0\" {of} {top}/></xf>\
             <xf numFmtId=\"164\" {of} applyNumberFormat=\"1\" {top}/></xf>"
        );
    }
    let n = sheets.len();
    format!(
        "<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>\
         <fonts count=\"{}\">{fonts}</fonts>{COLOURS}<cellXfs count=\"{}\">{formats}</cellXfs>\
         <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>",
        2 * n + 1,
        DAY * n + 1,
    )
}

/// A file with the tables, at least one, each with a name of its own. `made_by`, version and hash of the program, stands at
/// the foot of each printed page.
pub fn xlsx(tables: &[Table], made_by: &str) -> Vec<u8> {
    let (mut types, mut sheets, mut names, mut links) = (String::new(), String::new(), String::new(), String::new());
    let mut parts = Vec::new();
    let all: Vec<PrintedTable<'_>> = tables.iter().enumerate().map(|(n, table)| PrintedTable::of(table, n)).collect();
    for (n, sheet) in (1..).zip(&all) {
        let table = sheet.table;
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
        parts.push((format!("xl/worksheets/sheet{n}.xml"), worksheet(sheet, n == 1, made_by)));
    }
    let styled = tables.len() + 1;
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
                "<Relationships xmlns=\"{PACKAGE}/relationships\">{links}<Relationship Id=\"rId{styled}\" \
                 Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        ("xl/styles.xml", styles(&all)),
    ];
    let fixed = fixed.into_iter().map(|(name, xml)| (name.to_owned(), format!("{HEAD}{xml}")));
    stored(&fixed.chain(parts).collect::<Vec<_>>())
}

fn worksheet(sheet: &PrintedTable<'_>, selected: bool, made_by: &str) -> String {
    let table = sheet.table;
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
    let titles: Vec<Cell> = table.columns.iter().map(|it| Cell::Text(it.title.clone())).collect();
    let _ = write!(xml, "</cols><sheetData><row r=\"1\" ht=\"{}\" customHeight=\"1\">", sheet.height(&titles));
    let letters: Vec<_> = (1..=table.columns.len()).map(letters).collect();
    for (letters, column) in letters.iter().zip(&table.columns) {
        push_text(&mut xml, letters, 1, sheet.style + TITLE, &column.title);
    }
    xml.push_str("</row>");
    for (n, row) in (2..).zip(&table.rows) {
        let _ = write!(xml, "<row r=\"{n}\" ht=\"{}\" customHeight=\"1\">", sheet.height(row));
        for (letters, cell) in letters.iter().zip(row) {
            push_cell(&mut xml, letters, n, sheet.style, cell);
        }
        xml.push_str("</row>");
    }
    let _ = write!(
        xml,
        "</sheetData><autoFilter ref=\"{all}\"/><printOptions horizontalCentered=\"1\"/>\
         <pageMargins left=\"0.25\" right=\"0.25\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
         <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/>\
         <headerFooter><oddFooter>{}</oddFooter></headerFooter></worksheet>",
        foot(made_by)
    );
    xml
}

/// Below each printed page: which it is, and in small letters at its end what made it.
pub(super) fn foot(made_by: &str) -> String {
    format!("&amp;C&amp;A　第 &amp;P 页，共 &amp;N 页&amp;R&amp;8{}", escaped(made_by))
}

/// In pixels of 96 to an inch: what an A4 page has across between its margins, and the margin within a cell.
const PAGE: usize = 1070;
const INSIDE: usize = 5;
/// A digit of the standard font, by which columns are measured.
const DIGIT: usize = 8;
/// In points: what can be read on paper, and the sizes between which letters stay.
const READABLE: usize = 10;
const SIZES: [usize; 2] = [11, 16];
/// The highest that a row can be, in points.
const HIGHEST: usize = 409;

impl PrintedTable<'_> {
    fn of(table: &Table, n: usize) -> PrintedTable<'_> {
        let wide: usize = table.columns.iter().map(|it| usize::from(it.width) * DIGIT + INSIDE).sum();
        let size = (READABLE * wide).div_ceil(PAGE).clamp(SIZES[0], SIZES[1]);
        PrintedTable { table, style: DAY * n, size }
    }

    /// The height of a row in points, so that all lines of its texts are seen: programs only find it themselves for rows
    /// that somebody edits.
    fn height(&self, row: &[Cell]) -> usize {
        let lines = row.iter().zip(&self.table.columns).map(|(cell, column)| match cell {
            Cell::Text(text) => text.split('\n').map(|it| self.lines(it, column)).sum(),
            Cell::Empty | Cell::Whole(_) | Cell::Tenths(_) | Cell::Day(_) => 1,
        });
        let lines: usize = lines.max().unwrap_or(1).max(1);
        (lines * (self.size * 4).div_ceil(3) + 4).min(HIGHEST)
    }

    /// How many lines a text takes in its column. A Chinese character is as wide as it is high, others half of that; words
    /// are not cut, so a little less than all of a line is used.
    fn lines(&self, text: &str, column: &Column) -> usize {
        let halves: usize = text.chars().map(|it| if it.is_ascii() { 1 } else { 2 }).sum();
        let wide = usize::from(column.width) * DIGIT - INSIDE;
        let a_line = (wide * 3 * 2 / (self.size * 4)).saturating_sub(1).max(1);
        halves.div_ceil(a_line).max(1)
    }
}

fn push_cell(xml: &mut String, letters: &str, n: usize, first: usize, cell: &Cell) {
    let (style, number) = match cell {
        Cell::Text(text) => return push_text(xml, letters, n, first + TEXT, text),
        Cell::Empty => {
            let _ = write!(xml, "<c r=\"{letters}{n}\" s=\"{}\"/>", first + TEXT);
            return;
        }
        Cell::Whole(number) => (NUMBER, number.to_string()),
        Cell::Tenths(tenths) => (NUMBER, decimal(*tenths)),
        Cell::Day(it) => (DAY, (*it).min(days::LAST).saturating_add(DAY_ZERO).to_string()),
    };
    let _ = write!(xml, "<c r=\"{letters}{n}\" s=\"{}\"><v>{number}</v></c>", first + style);
}

/// Writes a text into its cell (`inlineStr`), so that no separate list of texts is needed; never a formula (`f`).
fn push_text(xml: &mut String, letters: &str, n: usize, style: usize, text: &str) {
    let text = escaped(text);
    let _ = write!(
        xml,
        "<c r=\"{letters}{n}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
    );
}

/// The text as XML and a cell can hold it: not too long, and with no `_x000D_`, which this format reads as a character.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, character) in text.char_indices().take(MOST) {
        match character {
            '_' if is_code(&text[at..]) => out.push_str("_x005F_"),
            character => out.push(character),
        }
    }
    in_xml(&out)
}

/// `_x000D_…`
fn is_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() > 6 && bytes[1] == b'x' && bytes[6] == b'_' && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
}

/// Turns a name into one that a worksheet may have.
pub(super) fn sheet_name(name: &str) -> String {
    let name: String = name.chars().filter(|it| !it.is_control() && !"[]:*?/\\".contains(*it)).take(31).collect();
    if name.is_empty() { "1".to_owned() } else { name }
}

/// `C12` for the row 11 and the column 2: both count from 0.
pub fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", letters(column as usize + 1), u64::from(row) + 1)
}

/// `A` for 1, `AA` for 27.
pub(super) fn letters(mut n: usize) -> String {
    let mut letters = Vec::new();
    while 0 < n {
        n -= 1;
        letters.push(char::from(b'A' + u8::try_from(n % 26).unwrap_or_default()));
        n /= 26;
    }
    letters.iter().rev().collect()
}
