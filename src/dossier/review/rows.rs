//! The rows of one sheet: answers that cannot be right, vetoes, 酌情 points without a reason, what is unanswered.

use crate::rubric::{Blocks, Fact, Part, Points, Role, Row, Rubric, Rule};
use crate::score::{Grade, Report, faults, level_of, score, written};

use super::super::Sheet;
use super::{CasePlace, ReviewCheck, ReviewFindings, row_name, sheet_name};

/// The readings that make a veto 待确认: those that decided where this unit files, and the one on the reform of
/// schools.
pub(super) fn unsettled(found: &ReviewFindings<'_>) -> Vec<String> {
    let mut readings = found.rules.routes.route(&found.dossier.route).readings;
    if found.edition.kind(found.dossier.applicant).others.is_some() {
        readings.extend(found.of_role(Role::SchoolReform).map(str::to_owned));
    }
    readings
}

pub(super) fn check(found: &mut ReviewFindings<'_>, sheet: &Sheet, rubric: &Rubric, unsettled: &[String]) {
    let report = score(rubric, &sheet.answers);
    faulty(found, sheet, rubric);
    vetoes(found, sheet, &report, unsettled);
    for row in rubric.rows() {
        note_missing(found, sheet, rubric, row);
    }
    unanswered(found, sheet, &report);
    points_lost(found, sheet, &report);
}

fn faulty(found: &mut ReviewFindings<'_>, sheet: &Sheet, rubric: &Rubric) {
    for fault in faults(rubric, &sheet.answers) {
        let Some(row) = rubric.row(fault.row) else { continue };
        let value = sheet.answers.get(fault.row, fault.fact).unwrap_or_default();
        let message =
            format!("{}填了 {}：{}", row_name(rubric, row), written(row.rule.measure(fault.fact), value), fault.kind);
        found.say_of_row(ReviewCheck::Faulty, (sheet, rubric, row), message, &[]);
    }
}

/// Each veto that stands, once for a shared cell.
fn vetoes(found: &mut ReviewFindings<'_>, sheet: &Sheet, report: &Report<'_>, unsettled: &[String]) {
    let rubric = report.rubric;
    let mut told: Vec<u16> = Vec::new();
    for vetoed in report.rows.iter().filter(|it| it.vetoed) {
        let owner = rubric.owner(vetoed.row);
        let Some(veto) = vetoed.row.veto.as_ref().or(owner.veto.as_ref()).filter(|_| !told.contains(&owner.number))
        else {
            continue;
        };
        told.push(owner.number);
        let at = (sheet, rubric, vetoed.row);
        let name = row_name(rubric, vetoed.row);
        let doubt = vetoed.row.readings.iter().find(|id| unsettled.contains(id));
        match (veto.blocks, doubt) {
            (Blocks::Work, _) => {
                let message = format!("{name}没有满足：{}，备案后不得开展工作", veto.phrase);
                found.say_of_row(ReviewCheck::WorkVeto, at, message, &[]);
            }
            (Blocks::Filing, Some(id)) => {
                let note = found.edition.reading(id).map_or("", |it| it.note.trim_end_matches('。'));
                let noted = !sheet.note(vetoed.row.number).trim().is_empty();
                let check = if noted { ReviewCheck::VetoNoted } else { ReviewCheck::VetoUnsettled };
                let todo = if noted { "" } else { "；确认后请在备注里写明" };
                found.say_of_row(check, at, format!("{name}填了不符合，待确认：{note}{todo}"), &[id]);
            }
            (Blocks::Filing, None) => {
                let message = match rubric.part {
                    Part::Public => format!("{name}没有满足：{}，满足之前不能备案", veto.phrase),
                    Part::Occupation => format!("{name}没有满足：{}，满足之前这个职业不能纳入评价范围", veto.phrase),
                };
                found.say_of_row(ReviewCheck::FilingVeto, at, message, &[]);
            }
        }
        let score = report.row(owner.number).and_then(|it| it.score).filter(|it| Points::ZERO < *it);
        if let Some(full) = score.filter(|it| Some(*it) == owner.points) {
            let message = format!("{name}触发了否决项，却没有扣分（{full} 分），请核对这两处");
            found.say_of_row(ReviewCheck::VetoFullPoints, at, message, &[]);
        }
    }
}

/// An estimate below the full points is a judgement, and whoever assesses will ask for the reason.
fn note_missing(found: &mut ReviewFindings<'_>, sheet: &Sheet, rubric: &Rubric, row: &Row) {
    let facts = sheet.answers.row(row.number);
    let (fact, reading) = match &row.rule {
        Rule::Judged { reading } | Rule::Tiers { reading } => (Fact::Award, reading),
        // a leased site earns nothing here, whatever was estimated
        Rule::Lease { term: None, .. } if facts.yes(Fact::Tenure) == Some(false) => return,
        Rule::Lease { reading, .. } => (Fact::Award, reading),
        Rule::Deduct { by_hand: Some(reading), .. } => (Fact::Score, reading),
        Rule::Choice { levels } => match level_of(levels, facts).and_then(|it| it.reading.as_ref()) {
            Some(reading) => (Fact::Award, reading),
            None => return,
        },
        Rule::Met { .. }
        | Rule::Staffed { .. }
        | Rule::Deduct { by_hand: None, .. }
        | Rule::Hazard { .. }
        | Rule::Credit { .. }
        | Rule::Combined { .. }
        | Rule::Number { .. }
        | Rule::Experts { .. }
        | Rule::Rate { .. }
        | Rule::Years { .. }
        | Rule::Average { .. }
        | Rule::Bonus { .. }
        | Rule::Listed { .. }
        | Rule::Quantity { .. }
        | Rule::None => return,
    };
    // 满足 and 不能满足 leave nothing to be judged
    let settled = facts.get(Fact::Level).is_some_and(|it| it != 1);
    let Some(award) = facts.get(fact).filter(|_| !settled) else { return };
    let worth = row.points.unwrap_or_default();
    if award < i64::from(worth.in_tenths()) && sheet.note(row.number).trim().is_empty() {
        let award = written(row.rule.measure(fact), award);
        let name = row_name(rubric, row);
        let message = format!("{name}自估 {award} 分，满分 {worth} 分，备注里没有写理由，请写明为什么");
        found.say_of_row(ReviewCheck::NoteMissing, (sheet, rubric, row), message, &[reading]);
    }
}

fn unanswered(found: &mut ReviewFindings<'_>, sheet: &Sheet, report: &Report<'_>) {
    let rubric = report.rubric;
    for row in report.unsure().filter_map(|it| rubric.row(it)) {
        let Rule::Met { unsure: Some(id), .. } = &row.rule else { continue };
        let note = found.edition.reading(id).map_or("", |it| it.note.trim_end_matches('。'));
        let message = format!("{}选了待确认：{note}；确认后请改选符合或不符合", row_name(rubric, row));
        found.say_of_row(ReviewCheck::RowUnsure, (sheet, rubric, row), message, &[id]);
    }
    let n = report.unanswered.len() - report.unsure().count();
    if let Some(row) = report.next_unanswered().filter(|_| 0 < n).and_then(|it| rubric.row(it)) {
        let (name, first) = (sheet_name(sheet, rubric), row_name(rubric, row));
        let message = format!("{name}还有 {n} 项没有填，第一处是 {first}");
        found.say(ReviewCheck::Unanswered, CasePlace::Row(sheet.id, row.number), message);
    }
}

/// What would improve a sheet that does not reach the highest band. A veto that stands is told by itself.
fn points_lost(found: &mut ReviewFindings<'_>, sheet: &Sheet, report: &Report<'_>) {
    let rubric = report.rubric;
    let Some((short, band)) = report.short_of() else { return };
    let check = if report.grade() == Grade::Nothing { ReviewCheck::BelowAll } else { ReviewCheck::PointsLost };
    let rows: Vec<(u16, Points)> = report.to_improve().into_iter().filter(|it| it.1 != Points::ZERO).collect();
    let name =
        |(number, gain): &(u16, Points)| Some(format!("{}可多得 {gain} 分", row_name(rubric, rubric.row(*number)?)));
    let first: Vec<String> = rows.iter().take(3).filter_map(name).collect();
    let message = format!(
        "{}得 {} 分，距 {} 分还差 {short} 分，可以先改进：{}",
        sheet_name(sheet, rubric),
        report.base,
        band.at_least,
        first.join("，")
    );
    let place = rows.first().map_or(CasePlace::Sheet(sheet.id), |it| CasePlace::Row(sheet.id, it.0));
    found.say(check, place, message);
}
