//! The words for kinds of things, as the documents have them.

use crate::dossier::{Dossier, Sheet};
use crate::rubric::{Applicant, Effect, Group, Part, Row, Rubric};

pub fn applicant(it: Applicant) -> &'static str {
    it.label()
}

pub fn part(it: Part) -> &'static str {
    it.label()
}

pub fn effect(it: Effect) -> &'static str {
    match it {
        Effect::Score => "改变得分",
        Effect::Verdict => "改变结论",
        Effect::Route => "路径",
        Effect::Display => "仅显示",
    }
}

/// What a row goes by: its content, or its group where content and standard are one cell.
pub fn row<'r>(group: &'r Group, row: &'r Row) -> &'r str {
    if row.content.is_empty() { &group.name } else { &row.content }
}

pub fn unit(dossier: &Dossier) -> &str {
    if dossier.unit.is_empty() { "未填单位" } else { &dossier.unit }
}

/// What a sheet is called in lists.
pub fn sheet<'s>(rubric: &Rubric, sheet: &'s Sheet) -> &'s str {
    match sheet.occupation(rubric) {
        None => part(rubric.part),
        Some("") => "未填职业名称",
        Some(name) => name,
    }
}

/// 附件2 车工: a sheet among those of all annexes.
pub fn called(rubric: &Rubric, it: &Sheet) -> String {
    let name = match sheet(rubric, it) {
        "未填职业名称" if !it.occupation_code.is_empty() => format!("职业编码 {}", it.occupation_code),
        other => other.to_owned(),
    };
    format!("附件{} {name}", rubric.annex)
}
