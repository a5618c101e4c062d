//! Compares occupation sheets with the declaration, and sheets with each other.

use crate::filing::scope::{levels, plain};
use crate::rubric::{Part, Rubric};

use super::super::Sheet;
use super::super::occupations::{Occupation, paired};
use super::{CasePlace, ReviewCheck, ReviewFindings, sheet_name};

pub(super) fn check(found: &mut ReviewFindings<'_>) {
    let occupations = found.dossier.occupations(found.edition, &found.rules.scope);
    for (at, (sheet, rubric)) in found.sheets().into_iter().enumerate() {
        twice(found, at, sheet, rubric);
        if rubric.part == Part::Public {
            continue;
        }
        if sheet.blank(0).trim().is_empty() {
            let message = format!("{}还没有写职业（工种）名称，请填写", sheet_name(sheet, rubric));
            found.say(ReviewCheck::SheetUnnamed, CasePlace::Header(sheet.id), message);
        } else if !found.dossier.declared.is_empty() {
            against(found, sheet, rubric, &occupations);
        }
    }
    for occupation in &occupations {
        no_sheet(found, occupation, &occupations);
    }
}

/// Compares a sheet with what is declared under its name.
fn against(found: &mut ReviewFindings<'_>, sheet: &Sheet, rubric: &Rubric, occupations: &[Occupation]) {
    let name = sheet_name(sheet, rubric);
    let named: Vec<&Occupation> = occupations.iter().filter(|it| is_named(sheet, it)).collect();
    let Some(first) = named.first() else {
        let message = format!("{name}在申报表里没有，请在申报表补上，或删去这张表");
        return found.say(ReviewCheck::NotDeclared, CasePlace::Sheet(sheet.id), message);
    };
    let Some(declared) = named.iter().find(|it| has_code(sheet, it)) else {
        let (code, declared) = (sheet.occupation_code.trim(), &first.code);
        let message = format!("{name}的职业编码是 {code}，申报表第{}行是 {declared}，请核对", first.rows[0] + 1);
        return found.say(ReviewCheck::CodeDiffers, CasePlace::Sheet(sheet.id), message);
    };
    let own = match levels::read(&found.rules.scope.levels, &sheet.levels) {
        Ok(own) => own,
        Err(levels::LevelsMisread::Missing) => return,
        Err(levels::LevelsMisread::Unread(_) | levels::LevelsMisread::Outside(_)) => Vec::new(),
    };
    if !declared.levels.is_empty() && own != declared.levels {
        let (own, declared) = (sheet.levels.trim(), levels::print(&declared.levels));
        let message = format!("{name}的级别写的是“{own}”，申报表是 {declared} 级，请改成一致");
        found.say(ReviewCheck::LevelsDiffer, CasePlace::Sheet(sheet.id), message);
    }
}

fn no_sheet(found: &mut ReviewFindings<'_>, occupation: &Occupation, occupations: &[Occupation]) {
    // a sheet with a wrong code is reported as such
    let misfit = |sheet: &Sheet| is_named(sheet, occupation) && !occupations.iter().any(|it| is_for(sheet, it));
    if found.dossier.sheet_of(occupation).is_none() && !found.dossier.sheets.iter().any(misfit) {
        let (annex, title) = (occupation.annex, &occupation.title);
        let message = format!("申报了{title}，还没有它的评估表，请添加附件{annex}");
        found.say(ReviewCheck::NoSheet, CasePlace::Declared(occupation.rows[0]), message);
    }
}

fn twice(found: &mut ReviewFindings<'_>, at: usize, sheet: &Sheet, rubric: &Rubric) {
    let same = |other: &Sheet| {
        other.annex == sheet.annex
            && match rubric.part {
                Part::Public => true,
                Part::Occupation => same_occupation(found, sheet, other),
            }
    };
    if found.sheets()[..at].iter().any(|it| same(it.0)) {
        let message = format!("{}有两张，请删去多余的一张", sheet_name(sheet, rubric));
        found.say(ReviewCheck::SheetTwice, CasePlace::Sheet(sheet.id), message);
    }
}

/// The same name, no other code, and no other levels.
fn same_occupation(found: &ReviewFindings<'_>, sheet: &Sheet, other: &Sheet) -> bool {
    let name = paired(sheet.blank(0));
    let codes = [sheet, other].map(|it| plain::code(&it.occupation_code));
    let [own, others] =
        [sheet, other].map(|it| levels::read(&found.rules.scope.levels, &it.levels).unwrap_or_default());
    let apart = !own.is_empty() && !others.is_empty() && !own.iter().any(|it| others.contains(it));
    let codes_agree = codes[0] == codes[1] || codes.iter().any(String::is_empty);
    !name.is_empty() && name == paired(other.blank(0)) && codes_agree && !apart
}

fn is_named(sheet: &Sheet, occupation: &Occupation) -> bool {
    sheet.annex == occupation.annex && paired(sheet.blank(0)) == occupation.title
}

fn has_code(sheet: &Sheet, occupation: &Occupation) -> bool {
    let code = plain::code(&sheet.occupation_code);
    code.is_empty() || code == occupation.code
}

fn is_for(sheet: &Sheet, occupation: &Occupation) -> bool {
    is_named(sheet, occupation) && has_code(sheet, occupation)
}
