//! Checks 评价范围申报 by itself, and against 评价等级 of the public part.

use crate::filing::scope::{DeclaredRow, Ruling, levels};
use crate::order;
use crate::rubric::{Fact, Part, Role, RowKey, Rubric};

use super::super::{Sheet, title};
use super::{CasePlace, ReviewCheck, ReviewFindings, row_name};

pub(super) fn check(found: &mut ReviewFindings<'_>) {
    let scope = &found.rules.scope;
    // an edition without rules for it has no such table
    if !found.rules.has_scope() {
        return;
    }
    if found.dossier.declared.is_empty() {
        let message = "还没有填写评价范围申报表，请写明申报哪些职业和级别".to_owned();
        return found.cite(ReviewCheck::NothingDeclared, CasePlace::Declared(0), message, scope.clause.clone(), &[]);
    }
    let dossier = found.dossier;
    let meant: Vec<Meant> = dossier.declared.iter().map(|row| Meant::of(found, row)).collect();
    for (at, row) in dossier.declared.iter().enumerate() {
        scope_of(found, at, row);
        twice(found, at, &meant);
    }
    for (sheet, rubric) in found.sheets() {
        if rubric.part == Part::Public {
            levels_of(found, sheet, rubric);
        }
    }
}

fn scope_of(found: &mut ReviewFindings<'_>, at: usize, row: &DeclaredRow) {
    let kind = found.edition.kind(found.dossier.applicant);
    for reason in found.rules.scope.check(kind, row).reasons {
        let check = match reason.result {
            Ruling::Reject => ReviewCheck::Rejected,
            Ruling::Hold => ReviewCheck::Held,
            Ruling::Confirm => ReviewCheck::Unconfirmed,
            Ruling::Warn => ReviewCheck::Noted,
            Ruling::Ok => continue,
        };
        let message = format!("申报表{}：{}", found.dossier.line_in_words(found.edition, at), reason.message);
        found.cite(check, CasePlace::Declared(at), message, reason.clause, &reason.readings);
    }
}

/// What a row declares, for comparing it with all the others.
struct Meant {
    name: String,
    annex: Option<u8>,
    levels: Vec<u8>,
}

impl Meant {
    fn of(found: &ReviewFindings<'_>, row: &DeclaredRow) -> Meant {
        let annex = found.dossier.occupation_annex(found.edition, row);
        Meant { name: title(&found.rules.scope, row), annex, levels: levels_in(found, row) }
    }
}

fn twice(found: &mut ReviewFindings<'_>, at: usize, meant: &[Meant]) {
    let (this, dossier) = (&meant[at], found.dossier);
    if this.name.is_empty() {
        return;
    }
    for (before, other) in meant[..at].iter().enumerate() {
        if other.name != this.name || other.annex != this.annex {
            continue;
        }
        let both: Vec<u8> = other.levels.iter().copied().filter(|it| this.levels.contains(it)).collect();
        if !both.is_empty() {
            let [first, second] = [before, at].map(|it| dossier.line_in_words(found.edition, it));
            let (name, both) = (&this.name, levels::print(&both));
            let message = format!("申报表{first}和{second}都申报了{name} {both}级，请删去重复的");
            return found.say(ReviewCheck::DeclaredTwice, CasePlace::Declared(at), message);
        }
    }
}

fn levels_in(found: &ReviewFindings<'_>, row: &DeclaredRow) -> Vec<u8> {
    levels::read(&found.rules.scope.levels, &row.levels).unwrap_or_default()
}

/// Compares the declared levels with what the public part says about levels.
fn levels_of(found: &mut ReviewFindings<'_>, sheet: &Sheet, rubric: &Rubric) {
    let Some(row) = rubric.keyed(RowKey::Levels) else { return };
    let (edition, scope, dossier) = (found.edition, &found.rules.scope, found.dossier);
    let by = edition.counterpart(rubric).map(|it| it.annex);
    let of_part = |it: &&DeclaredRow| by.is_some() && dossier.occupation_annex(edition, it) == by;
    let mut declared: Vec<u8> =
        dossier.declared.iter().map(|it| &**it).filter(of_part).flat_map(|it| levels_in(found, it)).collect();
    order::sort_by(&mut declared, |a, b| b.cmp(a));
    declared.dedup();
    if declared.is_empty() {
        return;
    }
    let (name, printed) = (row_name(rubric, row), levels::print(&declared));
    let (at, range) = ((sheet, rubric, row), found.of_role(Role::LevelRange));
    match sheet.answers.row(row.number).yes(Fact::Met) {
        Some(false) => {
            let message = format!("申报表写了 {printed} 级，{name}却填了不符合，请核对申报的级别或这一项");
            found.say_of_row(ReviewCheck::LevelsUnmet, at, message, range.as_slice());
        }
        // a sheet that nobody has begun is reported as a whole
        None if !sheet.answers.is_empty() => {
            let message = format!("申报表写了 {printed} 级，{name}还没有填，请对照申报的级别填写");
            found.say_of_row(ReviewCheck::LevelsOpen, at, message, range.as_slice());
        }
        Some(true) if edition.kind(rubric.applicant).others.is_some() => {
            let allowed = scope.highest.figure..=scope.lowest.figure;
            declared.retain(|it| !allowed.contains(&u16::from(*it)));
            if !declared.is_empty() {
                let (beyond, printed) = (levels::print(&declared), &scope.highest.printed);
                let message = format!("申报表写了 {beyond} 级，超出 {printed}，{name}却填了符合，请核对");
                found.say_of_row(ReviewCheck::LevelsBeyond, at, message, range.as_slice());
            }
        }
        Some(true) | None => {}
    }
}
