//! Reading XLSX as WPS, Excel, LibreOffice and programs write it. What stands in a cell counts, never how it looks; a
//! formula is told apart and its value never taken.

mod number;
mod sheet;
mod unzip;
mod xml;

use std::fmt;

use sheet::{Budget, CellContext, worksheet};
use unzip::Archive;
use xml::{Xml, XmlReader};

use super::xlsx::cell_name;

/// One worksheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadTable {
    pub name: String,
    /// Nobody sees it in the program.
    pub hidden: bool,
    /// The cells that hold something, row by row.
    pub cells: Vec<ReadCell>,
    /// Merged cells.
    pub merged: Vec<CellRange>,
}

/// Rows and columns count from 0.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadCell {
    pub row: u32,
    pub column: u32,
    pub value: ReadValue,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ReadValue {
    Text(String),
    /// With up to fifteen digits and no exponent: `-3.2`.
    Number(String),
    YesNo(bool),
    /// In days since 1970.
    Day(u32),
    /// `#DIV/0!`.
    Fault(String),
    /// Whatever it gave when somebody last saw it.
    Formula,
}

/// From one corner to the other, both included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellRange {
    pub rows: (u32, u32),
    pub columns: (u32, u32),
}

/// Why a file is not read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// No workbook.
    Foreign,
    /// A workbook of the old kind, or one with a password.
    OldOrLocked,
    Damaged,
    TooLarge,
}

/// The most cells that are read of one file, and the most texts and styles.
const MOST_CELLS: usize = 200_000;

/// All worksheets of a file, in their order.
///
/// # Errors
/// Why it is not read; `Display` says it in words.
pub fn read(bytes: &[u8]) -> Result<Vec<ReadTable>, NotRead> {
    let mut archive = Archive::open(bytes)?;
    let book = find_book(&mut archive)?;
    let folder = book.rsplit_once('/').map_or("", |it| it.0).to_owned();
    let links = links(&mut archive, &book)?;
    let part = |archive: &mut Archive<'_>, kind: &str| -> Result<String, NotRead> {
        let Some(link) = links.iter().find(|it| it.kind == kind) else { return Ok(String::new()) };
        Ok(archive.text(&target(&folder, &link.to))?.unwrap_or_default())
    };
    let texts = shared_texts(&part(&mut archive, "sharedStrings")?)?;
    let days = day_styles(&part(&mut archive, "styles")?)?;
    let text = archive.text(&book)?.ok_or(NotRead::Foreign)?;
    let (mut tables, mut since_1904, mut budget) = (Vec::new(), false, Budget::default());
    let mut reader = XmlReader::new(&text);
    while let Some(xml) = reader.next()? {
        let Xml::Start(name, attributes) = xml else { continue };
        if name == "workbookPr" {
            since_1904 = attributes.get("date1904").is_some_and(|it| it == "1" || it == "true");
        }
        if name != "sheet" {
            continue;
        }
        let link = attributes.get("id").and_then(|id| links.iter().find(|it| it.id == id));
        let Some(link) = link.filter(|it| it.kind == "worksheet") else { continue };
        let text = archive.text(&target(&folder, &link.to))?.ok_or(NotRead::Damaged)?;
        let known = CellContext { texts: &texts, days: &days, since_1904 };
        let mut table = worksheet(&text, &known, &mut budget)?;
        table.name = attributes.get("name").unwrap_or_default();
        table.hidden = attributes.get("state").is_some_and(|it| it != "visible");
        tables.push(table);
    }
    if tables.is_empty() { Err(NotRead::Foreign) } else { Ok(tables) }
}

/// What one part says of another.
struct Link {
    id: String,
    /// The last word of its type: `worksheet`.
    kind: String,
    to: String,
}

fn find_book(archive: &mut Archive<'_>) -> Result<String, NotRead> {
    let found = links(archive, "")?.into_iter().find(|it| it.kind == "officeDocument");
    Ok(target("", &found.ok_or(NotRead::Foreign)?.to))
}

/// The links of a part: those of `xl/workbook.xml` stand in `xl/_rels/workbook.xml.rels`.
fn links(archive: &mut Archive<'_>, of: &str) -> Result<Vec<Link>, NotRead> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let name = format!("{folder}{}_rels/{name}.rels", if folder.is_empty() { "" } else { "/" });
    let text = archive.text(&name)?.ok_or(NotRead::Foreign)?;
    let mut links = Vec::new();
    let mut reader = XmlReader::new(&text);
    while let Some(xml) = reader.next()? {
        if let Xml::Start("Relationship", it) = xml
            && let (Some(id), Some(kind), Some(to)) = (it.get("Id"), it.get("Type"), it.get("Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            links.push(Link { id, kind, to });
        }
    }
    Ok(links)
}

/// The name of a part that a link leads to.
fn target(folder: &str, to: &str) -> String {
    match to.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None if folder.is_empty() => to.to_owned(),
        None => format!("{folder}/{to}"),
    }
}

/// The list of texts to which cells refer. How a text is pronounced is left out.
fn shared_texts(text: &str) -> Result<Vec<String>, NotRead> {
    let (mut texts, mut reader) = (Vec::new(), XmlReader::new(text));
    while let Some(xml) = reader.next()? {
        if let Xml::Start("si", _) = xml {
            if texts.len() == MOST_CELLS {
                return Err(NotRead::TooLarge);
            }
            texts.push(rich_text(&mut reader, "si")?);
        }
    }
    Ok(texts)
}

/// All of a text up to the end of its element.
fn rich_text(reader: &mut XmlReader<'_>, end: &str) -> Result<String, NotRead> {
    let (mut out, mut inside, mut spoken) = (String::new(), false, false);
    loop {
        match reader.next()?.ok_or(NotRead::Damaged)? {
            Xml::Start("rPh", _) => spoken = true,
            Xml::End("rPh") => spoken = false,
            Xml::Start("t", _) => inside = !spoken,
            Xml::End("t") => inside = false,
            Xml::Text(text) if inside => out.push_str(&text),
            Xml::End(name) if name == end => return Ok(decoded(&out)),
            Xml::Start(..) | Xml::End(_) | Xml::Text(_) => {}
        }
    }
}

/// A text with its `_x000D_` as the characters that they stand for.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|it| it == b'_') {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| {
            let bytes = &rest.as_bytes()[at..];
            bytes.get(1) == Some(&b'x') && bytes.get(6) == Some(&b'_')
        });
        let character = code.and_then(|it| u32::from_str_radix(it, 16).ok()).and_then(char::from_u32);
        match character {
            Some(character) => {
                out.push(character);
                rest = &rest[at + 7..];
            }
            None => {
                out.push('_');
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    // a carriage return before a line end, as Excel for Windows writes it
    out.split("\r\n").collect::<Vec<_>>().join("\n")
}

/// For each style of cells, whether a number in it is a day.
fn day_styles(text: &str) -> Result<Vec<bool>, NotRead> {
    let (mut codes, mut styles, mut inside) = (Vec::new(), Vec::new(), false);
    let mut reader = XmlReader::new(text);
    while let Some(xml) = reader.next()? {
        match xml {
            Xml::Start("numFmt", it) if codes.len() < MOST_CELLS => {
                let id = it.get("numFmtId").and_then(|it| it.parse::<u32>().ok());
                codes.extend(id.zip(it.get("formatCode")));
            }
            Xml::Start("cellXfs", _) => inside = true,
            Xml::End("cellXfs") => inside = false,
            Xml::Start("xf", it) if inside && styles.len() < MOST_CELLS => {
                let id = it.get("numFmtId").and_then(|it| it.parse().ok()).unwrap_or_default();
                let code = codes.iter().find(|it| it.0 == id).map(|it| it.1.as_str());
                styles.push(number::is_day(id, code));
            }
            Xml::Start(..) | Xml::End(_) | Xml::Text(_) => {}
        }
    }
    Ok(styles)
}

impl CellRange {
    pub fn has(&self, row: u32, column: u32) -> bool {
        (self.rows.0..=self.rows.1).contains(&row) && (self.columns.0..=self.columns.1).contains(&column)
    }
}

impl ReadCell {
    /// `C12`.
    pub fn name(&self) -> String {
        cell_name(self.row, self.column)
    }
}

impl ReadTable {
    /// What stands in a cell.
    pub fn get(&self, row: u32, column: u32) -> Option<&ReadValue> {
        let at = self.cells.partition_point(|it| (it.row, it.column) < (row, column));
        self.cells.get(at).filter(|it| (it.row, it.column) == (row, column)).map(|it| &it.value)
    }

    /// All rows as texts, as somebody would copy them: empty ones left out, what is merged in its first cell. A cell with a
    /// formula is empty here; [`ReadTable::formulas`] names them.
    pub fn texts(&self) -> Vec<Vec<String>> {
        let mut rows: Vec<(u32, Vec<String>)> = Vec::new();
        // a column far to the right is not worth a thousand empty cells in every row
        for cell in self.cells.iter().filter(|it| it.column < 256) {
            if rows.last().is_none_or(|it| it.0 != cell.row) {
                rows.push((cell.row, Vec::new()));
            }
            let Some((_, row)) = rows.last_mut() else { continue };
            row.resize(cell.column as usize, String::new());
            row.push(cell.value.text());
        }
        rows.into_iter().map(|it| it.1).collect()
    }

    /// The names of the cells that have a formula.
    pub fn formulas(&self) -> Vec<String> {
        self.cells.iter().filter(|it| it.value == ReadValue::Formula).map(ReadCell::name).collect()
    }
}

impl ReadValue {
    /// As it would be copied; nothing of a formula.
    pub fn text(&self) -> String {
        match self {
            ReadValue::Text(text) | ReadValue::Number(text) | ReadValue::Fault(text) => text.clone(),
            ReadValue::YesNo(it) => if *it { "是" } else { "否" }.to_owned(),
            ReadValue::Day(day) => crate::days::print(*day),
            ReadValue::Formula => String::new(),
        }
    }
}

impl fmt::Display for NotRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NotRead::Foreign => "这不是 XLSX 电子表格",
            NotRead::OldOrLocked => "这是旧式的 .xls、.et 表格，或加了密码，请另存为不加密码的 .xlsx 再读入",
            NotRead::Damaged => "电子表格损坏或不完整，请重新复制一份",
            NotRead::TooLarge => "电子表格太大，读不了",
        })
    }
}
