//! A workbook whose hidden worksheet was lost, as where somebody copied a worksheet into a new file: the tables are known by
//! their printed titles and texts.

use crate::dossier::{Dossier, Sheet};
use crate::form::LAYOUT;
use crate::form::layout::{FixedCell, FormSheet};
use crate::form::official::official;
use crate::form::sign::{Sign, SignedSheet};
use crate::rubric::{Edition, Rubric};
use crate::spreadsheet::{ReadTable, ReadValue};

use super::{FormRefused, same};

/// Where the title of a table stands.
const TITLE: (u32, u32) = (1, 0);

/// The sign that the workbook had, as far as it can be found out.
///
/// # Errors
/// Nothing in it is a table of ours, or one was altered too much.
pub fn lost_sign(editions: &[Edition], tables: &[ReadTable]) -> Result<Sign, FormRefused> {
    let mut best: Option<(usize, Sign)> = None;
    let mut like = None;
    for edition in editions {
        let whose = |rubric: &Rubric| &edition.kind(rubric.applicant).id;
        for whole in [false, true] {
            let mut of: Option<(usize, Sign)> = None;
            for table in tables.iter().filter(|it| !it.hidden) {
                let Some(rubric) = edition.rubrics.iter().find(|it| has_title(edition, it, table)) else { continue };
                like = Some(rubric.annex);
                let form = laid(edition, rubric, &table.name, !whole);
                let texts: Vec<&FixedCell> = form.fixed.iter().filter(|it| !it.text.is_empty()).collect();
                let there = texts.iter().filter(|it| stands(table, it)).count();
                // three quarters, as a standard or two may have been altered, which is told cell by cell
                if there * 4 < texts.len() * 3 {
                    continue;
                }
                let (found, sign) = of.get_or_insert_with(|| {
                    let (edition, applicant) = (edition.id.clone(), whose(rubric).clone());
                    (0, Sign { layout: LAYOUT, edition, applicant, whole, day: None, sheets: Vec::new() })
                });
                if sign.applicant == *whose(rubric) {
                    *found += there;
                    let id = u16::try_from(sign.sheets.len() + 1).unwrap_or(u16::MAX);
                    let rest = Sheet { id, annex: rubric.annex, ..Sheet::default() };
                    sign.sheets.push(SignedSheet { name: table.name.clone(), rest });
                }
            }
            // among equals the newest edition
            if let Some(of) = of.filter(|of| best.as_ref().is_none_or(|it| it.0 < of.0)) {
                best = Some(of);
            }
        }
    }
    match (best, like) {
        (Some((_, sign)), _) => Ok(sign),
        (None, Some(annex)) => Err(FormRefused::Altered(annex)),
        (None, None) => Err(FormRefused::Foreign),
    }
}

/// The blank table of a rubric.
fn laid(edition: &Edition, rubric: &Rubric, name: &str, alone: bool) -> FormSheet {
    let dossier = Dossier::new(String::new(), rubric.applicant, edition, &[rubric.annex]);
    official(edition, rubric, &dossier, 0, alone, name)
}

/// Does the title of the rubric stand anywhere in the worksheet?
fn has_title(edition: &Edition, rubric: &Rubric, table: &ReadTable) -> bool {
    let form = laid(edition, rubric, &table.name, true);
    let title = form.fixed.iter().find(|it| (it.row, it.column) == TITLE);
    title.is_some_and(|title| table.cells.iter().any(|it| same(&it.value.text(), &title.text)))
}

fn stands(table: &ReadTable, fixed: &FixedCell) -> bool {
    same(&table.get(fixed.row, fixed.column).map(ReadValue::text).unwrap_or_default(), &fixed.text)
}
