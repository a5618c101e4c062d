//! By what a workbook of ours is known: a worksheet that nobody sees, with the edition, the layout and which worksheet is
//! which table. What of a sheet has no cell, as its earlier
//! versions, rests there as well.

use crate::bytes::base64url;
use crate::bytes::wire::{from_bytes, to_bytes};
use crate::days;
use crate::dossier::{Dossier, Sheet, Work};
use crate::rubric::{Edition, Part};
use crate::spreadsheet::{BookSheet, Cell, Look, ReadTable, ReadValue};

use super::LAYOUT;
use super::field::facts_of;
use super::layout::{FormSheet, Kept};
use super::names::sheet_names;

/// The name of the worksheet.
pub const SIGN: &str = "ziping";
/// The most characters of one cell.
const CELL: usize = 30_000;

#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    pub layout: u16,
    pub edition: String,
    /// The kind of applicant, as programs call it.
    pub applicant: String,
    /// A whole dossier; otherwise one sheet.
    pub whole: bool,
    pub day: Option<u32>,
    pub sheets: Vec<SignedSheet>,
}

/// Which worksheet is a sheet's table.
#[derive(Clone, Debug, PartialEq)]
pub struct SignedSheet {
    pub name: String,
    /// The sheet with everything that has no cell in the workbook, and nothing that has one.
    pub rest: Sheet,
}

impl Sign {
    pub fn of(edition: &Edition, dossier: &Dossier, day: Option<u32>, whole: bool) -> Sign {
        let names = sheet_names(&dossier.sheets, |sheet| {
            let rubric = edition.rubric(sheet.annex).filter(|it| it.part == Part::Occupation);
            rubric.and_then(|it| sheet.occupation(it)).unwrap_or_default().to_owned()
        });
        let sheets = dossier.sheets.iter().zip(names).map(|(sheet, name)| {
            let mut rest = rest(edition, sheet);
            if !whole {
                rest.work = Work::default();
            }
            SignedSheet { name, rest }
        });
        let (applicant, edition) = (edition.kind(dossier.applicant).id.clone(), dossier.edition.clone());
        Sign { layout: LAYOUT, edition, applicant, whole, day, sheets: sheets.collect() }
    }

    pub fn names(&self) -> Vec<String> {
        self.sheets.iter().map(|it| it.name.clone()).collect()
    }

    pub fn sheet(&self) -> BookSheet {
        let sheet = BookSheet { name: SIGN.to_owned(), hidden: true, ..BookSheet::default() };
        let mut form = FormSheet { sheet, ..FormSheet::default() };
        let day = self.day.map(days::print).unwrap_or_default();
        let whole = if self.whole { "dossier" } else { "sheet" };
        let layout = self.layout.to_string();
        let mut lines = vec![vec![SIGN, &layout, &self.edition, &self.applicant, whole, &day]];
        let kept = |sheet: &SignedSheet| [sheet.name.clone(), base64url::encode(&to_bytes(&sheet.rest))];
        let said: Vec<[String; 2]> = self.sheets.iter().map(kept).collect();
        for [name, kept] in &said {
            let mut line = vec![name.as_str()];
            let mut rest = kept.as_str();
            while !rest.is_empty() {
                let (part, after) = rest.split_at(CELL.min(rest.len()));
                line.push(part);
                rest = after;
            }
            lines.push(line);
        }
        for (row, line) in (0..).zip(&lines) {
            for (column, text) in (0..).zip(line) {
                form.put((row, row), (column, column), Cell::Text((*text).to_owned()), Look::Title, Kept::No);
            }
        }
        form.done().sheet
    }

    /// `None` where the worksheet is not ours, or was altered.
    pub fn read(found: &ReadTable) -> Option<Sign> {
        let text = |row: u32, column: u32| found.get(row, column).map(ReadValue::text).unwrap_or_default();
        if text(0, 0) != SIGN {
            return None;
        }
        let mut sheets = Vec::new();
        for row in 1.. {
            let name = text(row, 0);
            if name.is_empty() {
                break;
            }
            let kept: String = (1..).map(|column| text(row, column)).take_while(|it| !it.is_empty()).collect();
            sheets.push(SignedSheet { name, rest: from_bytes(&base64url::decode(&kept)?)? });
        }
        Some(Sign {
            layout: text(0, 1).parse().ok()?,
            edition: text(0, 2),
            applicant: text(0, 3),
            whole: text(0, 4) == "dossier",
            day: days::read(&text(0, 5)),
            sheets,
        })
    }
}

fn rest(edition: &Edition, sheet: &Sheet) -> Sheet {
    let mut rest = sheet.clone();
    let Work { wishes, tasks, evidence, versions: _ } = &mut rest.work;
    wishes.marks.clear();
    tasks.clear();
    evidence.clear();
    let Some(rubric) = edition.rubric(sheet.annex) else { return rest };
    for blank in rest.blanks.iter_mut().take(rubric.blanks().count()) {
        blank.clear();
    }
    while rest.blanks.last().is_some_and(String::is_empty) {
        rest.blanks.pop();
    }
    if rubric.part == Part::Occupation {
        rest.occupation_code.clear();
        rest.levels.clear();
    }
    let has_cell = |row: u16, fact| rubric.row(row).is_some_and(|it| facts_of(it).contains(&fact));
    rest.answers = sheet.answers.iter().filter(|it| !has_cell(it.row, it.fact)).copied().collect();
    rest.notes.retain(|it| rubric.row(it.0).is_none());
    rest
}
