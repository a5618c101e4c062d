//! One worksheet of a workbook: its cells, its merged cells.

use super::number;
use super::xml::{Attributes, Xml, XmlReader};
use super::{CellRange, MOST_CELLS, NotRead, ReadCell, ReadTable, ReadValue, decoded, rich_text};

/// The most letters that are read of one file, in bytes.
const MOST_LETTERS: usize = 4 << 20;
/// What a worksheet can have.
const MOST_ROWS: u32 = 1 << 20;
const MOST_COLUMNS: u32 = 1 << 14;

/// What is left of the limits.
pub(super) struct Budget {
    cells: usize,
    letters: usize,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { cells: MOST_CELLS, letters: MOST_LETTERS }
    }
}

impl Budget {
    fn spend(&mut self, letters: usize) -> Result<(), NotRead> {
        self.cells = self.cells.checked_sub(1).ok_or(NotRead::TooLarge)?;
        self.letters = self.letters.checked_sub(letters).ok_or(NotRead::TooLarge)?;
        Ok(())
    }
}

/// What cells refer to.
pub(super) struct CellContext<'k> {
    pub texts: &'k [String],
    pub days: &'k [bool],
    pub since_1904: bool,
}

pub(super) fn worksheet(text: &str, known: &CellContext<'_>, budget: &mut Budget) -> Result<ReadTable, NotRead> {
    let (mut table, mut reader) = (ReadTable::default(), XmlReader::new(text));
    let (mut row, mut column): (u32, u32) = (0, 0);
    // formulas that fill several cells stand in the first of them only
    let mut spills: Vec<CellRange> = Vec::new();
    while let Some(xml) = reader.next()? {
        match xml {
            Xml::Start("row", it) => {
                let said = it.get("r").and_then(|it| it.parse::<u32>().ok()).and_then(|it| it.checked_sub(1));
                row = said.unwrap_or(row);
                column = 0;
            }
            Xml::End("row") => row = row.saturating_add(1),
            Xml::Start("c", it) => {
                let said = it.get("r").and_then(|it| place(&it));
                (row, column) = said.unwrap_or((row, column));
                if MOST_ROWS <= row || MOST_COLUMNS <= column {
                    return Err(NotRead::Damaged);
                }
                if let Some(value) = cell(&mut reader, it, known, &mut spills)? {
                    budget.spend(if let ReadValue::Text(text) = &value { text.len() } else { 0 })?;
                    table.cells.push(ReadCell { row, column, value });
                }
                column += 1;
            }
            Xml::Start("mergeCell", it) => {
                if MOST_CELLS <= table.merged.len() {
                    return Err(NotRead::TooLarge);
                }
                table.merged.extend(it.get("ref").and_then(|it| range(&it)));
            }
            Xml::Start(..) | Xml::End(_) | Xml::Text(_) => {}
        }
    }
    if !spills.is_empty() {
        let filled = |it: &&mut ReadCell| spills.iter().any(|range| range.has(it.row, it.column));
        table.cells.iter_mut().filter(filled).for_each(|it| it.value = ReadValue::Formula);
    }
    crate::order::sort_by_key(&mut table.cells, |it| (it.row, it.column));
    Ok(table)
}

/// The value of a cell; `None` where it is empty.
fn cell(
    reader: &mut XmlReader<'_>,
    attributes: Attributes<'_>,
    known: &CellContext<'_>,
    spills: &mut Vec<CellRange>,
) -> Result<Option<ReadValue>, NotRead> {
    let kind = attributes.get("t").unwrap_or_default();
    let style: usize = attributes.get("s").and_then(|it| it.parse().ok()).unwrap_or_default();
    let (mut value, mut inline, mut inside, mut formula) = (String::new(), None, false, false);
    loop {
        match reader.next()?.ok_or(NotRead::Damaged)? {
            Xml::Start("f", it) => {
                formula = true;
                let filled = it.get("ref").filter(|_| it.get("t").is_some_and(|it| it == "array"));
                if spills.len() < 1_000 {
                    spills.extend(filled.and_then(|it| range(&it)));
                }
            }
            Xml::Start("v", _) => inside = true,
            Xml::End("v") => inside = false,
            Xml::Start("is", _) => inline = Some(rich_text(reader, "is")?),
            Xml::Text(text) if inside => value.push_str(&text),
            Xml::End("c") => break,
            Xml::Start(..) | Xml::End(_) | Xml::Text(_) => {}
        }
    }
    if formula {
        return Ok(Some(ReadValue::Formula));
    }
    let text = |text: String| Some(ReadValue::Text(text)).filter(|it| *it != ReadValue::Text(String::new()));
    if let Some(inline) = inline {
        return Ok(text(inline));
    }
    if value.is_empty() {
        return Ok(None);
    }
    Ok(match &*kind {
        "s" => {
            let at: usize = value.trim().parse().map_err(|_| NotRead::Damaged)?;
            text(known.texts.get(at).ok_or(NotRead::Damaged)?.clone())
        }
        "str" | "inlineStr" => text(decoded(&value)),
        "b" => Some(ReadValue::YesNo(matches!(value.trim(), "1" | "true"))),
        "e" => Some(ReadValue::Fault(value)),
        "d" => {
            let day = value.get(..10).and_then(crate::days::read);
            day.map_or_else(|| text(value), |it| Some(ReadValue::Day(it)))
        }
        _ => {
            let Some(number) = number::number(&value) else { return Ok(text(value)) };
            let is_day = known.days.get(style).copied().unwrap_or_default();
            let day = number::day(&number, known.since_1904).filter(|_| is_day);
            Some(day.map_or(ReadValue::Number(number), ReadValue::Day))
        }
    })
}

/// `A1:C3`, or a single cell.
fn range(written: &str) -> Option<CellRange> {
    let (from, to) = written.split_once(':').unwrap_or((written, written));
    let ((top, left), (bottom, right)) = (place(from)?, place(to)?);
    Some(CellRange { rows: (top.min(bottom), top.max(bottom)), columns: (left.min(right), left.max(right)) })
}

/// Row and column of `C12`.
fn place(name: &str) -> Option<(u32, u32)> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = name.get(letters..)?;
    if letters == 0 || 3 < letters || digits.is_empty() || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let column = name.bytes().take(letters).fold(0, |sum, it| sum * 26 + u32::from(it.to_ascii_uppercase() - b'A') + 1);
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column - 1))
}
