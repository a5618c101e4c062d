//! Head counts: examiners and experts of a sheet, the counts of its header, the totals of the unit.

use crate::rubric::{Blank, Fact, Measure, Piece, Row, Rubric, Rule};
use crate::score::typed;

use super::super::Sheet;
use super::unit::people_name;
use super::{Check, Findings, Place, row_name, sheet_name};

/// Nobody appointed leaves nothing to assess.
const NOBODY: &str = "AMB-43";
/// The parts of a head count need not be the whole.
const PARTS: &str = "AMB-60";
/// After this word the header prints the parts of the count before it.
const OF_WHICH: &str = "其中";

pub(super) fn check(found: &mut Findings<'_>, sheet: &Sheet, rubric: &Rubric) {
    for row in rubric.rows() {
        match row.rule {
            Rule::Number { .. } => examiners(found, sheet, rubric, row),
            Rule::Experts { .. } => experts(found, sheet, rubric, row),
            _ => {}
        }
    }
    header(found, sheet, rubric);
}

fn examiners(found: &mut Findings<'_>, sheet: &Sheet, rubric: &Rubric, row: &Row) {
    let facts = sheet.answers.row(row.number);
    let (all, qualified) = (facts.get(Fact::Headcount), facts.get(Fact::QualifiedExaminers));
    let at = (sheet, rubric, row);
    let name = row_name(rubric, row);
    if let (Some(all), Some(qualified)) = (all, qualified) {
        let worst = per_person(sheet, rubric, row).max_by_key(|it| it.1);
        match worst {
            _ if all < qualified => {
                let message = format!("{name}聘任 {all} 人，符合条件的却有 {qualified} 人，请核对人数");
                found.say_of_row(Check::MoreQualified, at, message, &[]);
            }
            Some((of, n)) if 0 < all && n <= all && all.saturating_sub(qualified) < n => {
                let of = rubric.row_id(of.number);
                let message = format!(
                    "{name}聘任 {all} 人、符合条件 {qualified} 人，{of} 却有 {n} 人不符合：不符合的不能算作符合条件，请核对人数"
                );
                found.say_of_row(Check::DefectsQualified, at, message, &[]);
            }
            _ => {}
        }
    }
    if let Some(n) = all.max(qualified) {
        nobody(found, sheet, rubric, row, n);
        let total = number(&found.dossier.facts.examiners);
        more_than_total(found, Place::Row(sheet.id, row.number), &name, n, "考评人员总数", total);
    }
}

fn experts(found: &mut Findings<'_>, sheet: &Sheet, rubric: &Rubric, row: &Row) {
    if let Some(n) = sheet.answers.get(row.number, Fact::Experts) {
        nobody(found, sheet, rubric, row, n);
        let total = number(&found.dossier.facts.experts);
        more_than_total(found, Place::Row(sheet.id, row.number), &row_name(rubric, row), n, "专家总数", total);
    }
}

/// The rows that count persons among those of `row`, and how many do not comply.
fn per_person<'r>(sheet: &'r Sheet, rubric: &'r Rubric, row: &'r Row) -> impl Iterator<Item = (&'r Row, i64)> {
    let of_these = |it: &&Row| matches!(&it.rule, Rule::Deduct { people: Some(it), .. } if it.row == row.number);
    rubric.rows().filter(of_these).filter_map(|it| Some((it, sheet.answers.get(it.number, Fact::Defects)?)))
}

/// More than there are is a faulty answer; some of nobody still scores, so it is told here.
fn nobody(found: &mut Findings<'_>, sheet: &Sheet, rubric: &Rubric, row: &Row, n: i64) {
    if n != 0 {
        return;
    }
    for (it, defects) in per_person(sheet, rubric, row).filter(|it| 0 < it.1) {
        let (name, of) = (row_name(rubric, it), rubric.row_id(row.number));
        let message = format!("{name}填了 {defects} 人不符合，{of} 却是 0 人，请核对人数");
        found.say_of_row(Check::DefectsOfNobody, (sheet, rubric, it), message, &[NOBODY]);
    }
}

fn more_than_total(found: &mut Findings<'_>, place: Place, name: &str, n: i64, of: &str, total: Option<i64>) {
    if let Some(total) = total.filter(|it| *it < n) {
        let message = format!("{name}是 {n} 人，单位的{of}只填了 {total} 人，请核对哪一处不对");
        found.say(Check::MoreThanTotal, place, message);
    }
}

fn number(text: &str) -> Option<i64> {
    typed(Measure::Whole, text).ok().flatten()
}

/// The counts of the header, line by line.
fn header(found: &mut Findings<'_>, sheet: &Sheet, rubric: &Rubric) {
    let place = Place::Header(sheet.id);
    let mut at = 0;
    for line in &rubric.header {
        let mut label = "";
        // the count before 其中, and those after it
        let (mut last, mut whole, mut parts) = (None, None, None);
        for piece in line {
            match piece {
                Piece::Text(text) => {
                    label = text;
                    if crate::filing::scope::plain::position(text, OF_WHICH).is_some() {
                        (whole, parts) = (last, Some(0_i64));
                    }
                }
                Piece::Blank(blank) => {
                    let text = sheet.blank(at);
                    at += 1;
                    if *blank == Blank::Text {
                        continue;
                    }
                    match typed(Measure::Whole, text) {
                        Ok(n) => {
                            last = n.map(|it| (what(label), it));
                            parts = parts.map(|it| it.saturating_add(n.unwrap_or_default()));
                        }
                        Err(why) => {
                            let (name, what) = (sheet_name(sheet, rubric), what(label));
                            let message = format!("{name}表头的{what}写的是“{}”，{why}", text.trim());
                            found.say(Check::HeaderUnread, place, message);
                        }
                    }
                }
            }
        }
        if let (Some((what, whole)), Some(parts)) = (whole, parts) {
            let name = format!("{}表头的{what}", sheet_name(sheet, rubric));
            if whole < parts {
                let message = format!("{name}是 {whole} 人，其中各级加起来却有 {parts} 人，请核对");
                let readings: Vec<_> = rubric.cites.iter().filter(|it| *it == PARTS).cloned().collect();
                found.cite(Check::HeaderParts, place, message, String::new(), &readings);
            }
            let total = number(&found.dossier.facts.people);
            more_than_total(found, place, &name, whole, people_name(rubric.applicant), total);
        }
    }
}

/// 初级工 of 人，其中初级工: what the blank after the text counts.
fn what(text: &str) -> &str {
    let last = text.rsplit(['，', '、', '：', ':']).next().unwrap_or(text);
    last.strip_prefix(OF_WHICH).unwrap_or(last)
}
