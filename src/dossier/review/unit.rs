//! The unit itself: its name, what it says about itself once, and where it files.

use crate::filing::route::Route;
use crate::rubric::{Measure, Part};
use crate::score::typed;

use super::{CasePlace, ReviewCheck, ReviewFindings, sheet_name};

pub(super) fn check(found: &mut ReviewFindings<'_>) {
    if found.dossier.unit.trim().is_empty() {
        found.say(ReviewCheck::UnitMissing, CasePlace::Unit, "还没有填写申请单位，请填写单位全称".to_owned());
    }
    facts_missing(found);
    totals_unread(found);
    if !found.rules.has_routes() {
        return;
    }
    match found.rules.routes.next(&found.dossier.route) {
        Some(question) => {
            let message = format!("在哪里备案还没有答完，下一题是“{}”", question.name);
            found.cite(ReviewCheck::RouteOpen, CasePlace::Route, message, question.clause.clone(), &[]);
        }
        None => route(found),
    }
}

fn facts_missing(found: &mut ReviewFindings<'_>) {
    let facts = &found.dossier.facts;
    let mut missing = Vec::new();
    for (name, text) in [("联系人", &facts.contact), ("联系电话", &facts.telephone), ("自评日期", &facts.date)]
    {
        if text.trim().is_empty() {
            missing.push(name);
        }
    }
    if !missing.is_empty() {
        let message = format!("还没有填写{}，打印之前请补上", missing.join("、"));
        found.say(ReviewCheck::FactsMissing, CasePlace::Facts, message);
    }
}

fn totals_unread(found: &mut ReviewFindings<'_>) {
    let facts = &found.dossier.facts;
    let edition = found.edition;
    let people = edition.kind(found.dossier.applicant).people.as_str();
    for (name, text) in [("考评人员总数", &facts.examiners), ("专家总数", &facts.experts), (people, &facts.people)]
    {
        if let Err(why) = typed(Measure::Whole, text) {
            found.say(ReviewCheck::TotalUnread, CasePlace::Facts, format!("{name}写的是“{}”，{why}", text.trim()));
        }
    }
}

/// What is to be filled in follows from where the unit files.
fn route(found: &mut ReviewFindings<'_>) {
    let outcome = found.rules.routes.route(&found.dossier.route);
    let mut asked: Vec<u8> = Vec::new();
    for filing in &outcome.filings {
        asked.extend(&filing.rubrics);
        // the first step of such a filing says what is unclear and whom to ask
        if let (Route::Unclear, Some(step)) = (filing.route, filing.steps.first()) {
            let clause = step.clause.clone().unwrap_or_default();
            let row = &found.rules.routes.rows[filing.row];
            found.cite(ReviewCheck::RouteUnclear, CasePlace::Route, step.text.clone(), clause, &row.readings);
        }
    }
    // where the text names no rubric at all, no sheet can be the wrong one
    if asked.is_empty() {
        return;
    }
    for rubric in found.edition.rubrics.iter().filter(|it| it.part == Part::Public && asked.contains(&it.annex)) {
        if !found.dossier.sheets.iter().any(|it| it.annex == rubric.annex) {
            let message = format!("按备案的评价对象应填附件{}，现在没有这张表，请添加", rubric.annex);
            found.say(ReviewCheck::PublicMissing, CasePlace::Route, message);
        }
    }
    if !found.dossier.declared.is_empty() {
        occupations(found, &asked);
    }
    for (sheet, rubric) in found.sheets() {
        if !asked.contains(&sheet.annex) {
            let asked: Vec<_> = asked.iter().map(|it| format!("附件{it}")).collect();
            let (name, asked) = (sheet_name(sheet, rubric), asked.join("、"));
            let message = format!("{name}不是这次备案要填的，应填{asked}，请核对备案路径，或删去这张表");
            found.say(ReviewCheck::SheetForeign, CasePlace::Sheet(sheet.id), message);
        }
    }
}

/// Each filing has its own occupations: what is declared for one does not count for the other.
fn occupations(found: &mut ReviewFindings<'_>, asked: &[u8]) {
    let declared = found.dossier.occupations(found.edition, &found.rules.scope);
    for rubric in found.edition.rubrics.iter().filter(|it| it.part == Part::Occupation && asked.contains(&it.annex)) {
        let annex = rubric.annex;
        let has = |annex| found.dossier.sheets.iter().any(|it| it.annex == annex);
        // without its public sheet the whole filing is reported as missing
        let begun = found.edition.counterpart(rubric).is_some_and(|it| has(it.annex));
        if begun && !has(annex) && !declared.iter().any(|it| it.annex == annex) {
            let message = format!("备案还要填附件{annex}，申报表里没有用附件{annex}评价的职业，请按评价对象另加一行");
            found.say(ReviewCheck::OccupationMissing, CasePlace::Declared(0), message);
        }
    }
}
