//! What applicants, parts, rows, units and sheets are called, in the documents' words.

use crate::dossier::{Dossier, Sheet};
use crate::rubric::{Applicant, Edition, Effect, Group, Row, Rubric};
use crate::score::Grade;

/// A dossier may be of an edition that this site does not have.
pub fn applicant(edition: &Edition, applicant: Applicant) -> &str {
    let label = &edition.kind(applicant).label;
    if label.is_empty() { "申请单位" } else { label }
}

pub fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Score => "改变得分",
        Effect::Verdict => "改变结论",
        Effect::Route => "路径",
        Effect::Display => "仅显示",
    }
}

/// The class by which styles tell how a sheet or a row stands.
pub fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Open => "",
        Grade::Full => "good",
        Grade::Part => "part",
        Grade::Nothing => "zero",
        Grade::Vetoed => "bad",
    }
}

/// What a row is called: its content, or its group where content and standard are one cell.
pub fn row<'r>(group: &'r Group, row: &'r Row) -> &'r str {
    if row.content.is_empty() { &group.name } else { &row.content }
}

pub fn unit(dossier: &Dossier) -> &str {
    if dossier.unit.is_empty() { "未填单位" } else { &dossier.unit }
}

/// What a sheet is called in lists.
pub fn sheet<'s>(rubric: &'s Rubric, sheet: &'s Sheet) -> &'s str {
    match sheet.occupation(rubric) {
        None => &rubric.part_name,
        Some("") => "未填职业名称",
        Some(name) => name,
    }
}

/// 附件2 车工: what a sheet is called among those of all annexes.
pub fn called(rubric: &Rubric, sheet: &Sheet) -> String {
    let name = match self::sheet(rubric, sheet) {
        "未填职业名称" if !sheet.occupation_code.is_empty() => format!("职业编码 {}", sheet.occupation_code),
        other => other.to_owned(),
    };
    format!("附件{} {name}", rubric.annex)
}
