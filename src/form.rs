//! 官方表格: the official tables as workbooks that are filled in with WPS, and what was filled in read back. The layout is
//! made anew for reading and compared cell by cell, so that another edition or an altered table is noticed.

mod declared;
mod entries;
mod field;
mod layout;
mod lists;
mod merge;
mod names;
mod official;
mod overview;
mod pages;
mod problem;
mod reading;
mod sign;
mod tables;

use crate::dossier::{Dossier, Sheet};
use crate::filing::Rules;
use crate::rubric::{Edition, Rubric};
use crate::spreadsheet::book;

use layout::FormSheet;
use sign::Sign;

pub use lists::list_tables;
pub use merge::merge;
pub use names::{dossier_name, file_name, workbook_name};
pub use problem::CellProblem;
pub use reading::{FormRefused, ReadForm, is_form, read_form, take_lists};

/// The version of the layout.
const LAYOUT: u16 = 1;

/// A workbook of a whole dossier: an overview, its sheets, its lists. `day` is that of the paper, counted since 1970;
/// `made_by` stands below each printed page.
pub fn workbook(edition: &Edition, rules: &Rules, dossier: &Dossier, day: Option<u32>, made_by: &str) -> Vec<u8> {
    let sign = Sign::of(edition, dossier, day, true);
    let mut sheets = vec![overview::overview(edition, Some(rules), dossier, &sign.names()).sheet];
    sheets.extend(officials(edition, dossier, &sign).into_iter().map(|it| it.sheet));
    let lists = lists::all_tables(edition, dossier, &sign.names(), declared::of_school(edition, dossier));
    sheets.extend(lists.iter().map(|(table, lines)| tables::table_sheet(table, lines)));
    sheets.push(sign.sheet());
    book(&sheets, made_by)
}

/// A workbook of the official table of one sheet, with what the dossier says about the unit.
pub fn sheet_workbook(edition: &Edition, dossier: &Dossier, sheet: &Sheet, day: Option<u32>, made_by: &str) -> Vec<u8> {
    let only = Dossier { sheets: vec![sheet.clone()], ..dossier.clone() };
    let sign = Sign::of(edition, &only, day, false);
    let mut sheets: Vec<_> = officials(edition, &only, &sign).into_iter().map(|it| it.sheet).collect();
    sheets.push(sign.sheet());
    book(&sheets, made_by)
}

/// The same with nothing filled in.
pub fn blank_workbook(edition: &Edition, rubric: &Rubric, made_by: &str) -> Vec<u8> {
    let dossier = Dossier::new(String::new(), rubric.applicant, edition, &[rubric.annex]);
    dossier.sheets.first().map_or_else(Vec::new, |it| sheet_workbook(edition, &dossier, it, None, made_by))
}

/// The official tables of a dossier that is signed so.
fn officials(edition: &Edition, dossier: &Dossier, sign: &Sign) -> Vec<FormSheet> {
    let known = sign.sheets.iter().enumerate();
    let known = known.filter_map(|(at, it)| Some((at, it, edition.rubric(it.rest.annex)?)));
    known.map(|(at, it, rubric)| official::official(edition, rubric, dossier, at, !sign.whole, &it.name)).collect()
}
