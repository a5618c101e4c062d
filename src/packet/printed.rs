//! 得分 and 备注 of a row, as the official form has them.

use crate::dossier::Sheet;
use crate::rubric::{Edition, Row, RowKind};
use crate::score::{Report, explain};

/// What a filled form says about a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PrintedRow {
    /// A number, or why there is none.
    pub score: String,
    /// What was said, or how a veto came about.
    pub fact: String,
    /// What the applicant noted.
    pub note: String,
}

pub fn printed_row(edition: &Edition, sheet: &Sheet, report: &Report<'_>, row: &Row) -> PrintedRow {
    let note = sheet.note(row.number).to_owned();
    let Some(reported) = report.row(row.number) else { return PrintedRow { note, ..PrintedRow::default() } };
    let score = match reported.score {
        Some(points) => points.to_string(),
        None if matches!(report.rubric.kind(row), RowKind::Bonus | RowKind::Unscored) && !reported.answered => {
            "未填".to_owned()
        }
        None if reported.unsure => "待确认".to_owned(),
        None if !reported.answered => "未评".to_owned(),
        None => String::new(),
    };
    let sum = explain(edition, report, reported, &sheet.answers);
    PrintedRow { score, fact: if reported.vetoed { sum.arithmetic } else { sum.facts }, note }
}
