//! Head counts: examiners and experts of a sheet, the counts of its header, the totals of the unit.

use crate::rubric::{Blank, BlankPiece, Fact, Measure, People, Role, Row, Rubric, Rule, label};
use crate::score::typed;

use super::super::Sheet;
use super::{CasePlace, ReviewCheck, ReviewFindings, row_name, sheet_name};

pub(super) fn check(found: &mut ReviewFindings<'_>, sheet: &Sheet, rubric: &Rubric) {
    for row in rubric.rows() {
        match row.rule {
            Rule::Number { .. } => examiners(found, sheet, rubric, row),
            Rule::Experts { .. } => experts(found, sheet, rubric, row),
            _ => {}
        }
    }
    header(found, sheet, rubric);
}

fn examiners(found: &mut ReviewFindings<'_>, sheet: &Sheet, rubric: &Rubric, row: &Row) {
    let facts = sheet.answers.row(row.number);
    let (all, qualified) = (facts.get(Fact::Headcount), facts.get(Fact::QualifiedExaminers));
    let at = (sheet, rubric, row);
    let name = row_name(rubric, row);
    if let (Some(all), Some(qualified)) = (all, qualified) {
        let worst = per_person(sheet, rubric, row).max_by_key(|it| it.1);
        // more who qualify than there are is a faulty answer already
        if let Some((of, n)) = worst.filter(|it| 0 < all && qualified <= all && it.1 <= all && all - qualified < it.1) {
            let of = rubric.row_id(of.number);
            let message = format!(
                "{name}聘任 {all} 人、符合条件 {qualified} 人，{of} 却有 {n} 人不符合：不符合的不能算作符合条件，请核对人数"
            );
            found.say_of_row(ReviewCheck::DefectsQualified, at, message, &[]);
        }
    }
    if let Some(n) = all.max(qualified) {
        nobody(found, sheet, rubric, row, n);
        let total = number(&found.dossier.facts.examiners);
        more_than_total(found, CasePlace::Row(sheet.id, row.number), &name, n, "考评人员总数", total);
    }
}

fn experts(found: &mut ReviewFindings<'_>, sheet: &Sheet, rubric: &Rubric, row: &Row) {
    if let Some(n) = sheet.answers.get(row.number, Fact::Experts) {
        nobody(found, sheet, rubric, row, n);
        let total = number(&found.dossier.facts.experts);
        more_than_total(found, CasePlace::Row(sheet.id, row.number), &row_name(rubric, row), n, "专家总数", total);
    }
}

/// The rows that count defects by person among the people of `row`, and how many do not comply.
fn per_person<'r>(sheet: &'r Sheet, rubric: &'r Rubric, row: &'r Row) -> impl Iterator<Item = (&'r Row, i64)> {
    let of_these = |other: &&Row| people_of(other).is_some_and(|it| it.row == row.number);
    rubric.rows().filter(of_these).filter_map(|it| Some((it, sheet.answers.get(it.number, Fact::Defects)?)))
}

fn people_of(row: &Row) -> Option<&People> {
    if let Rule::Deduct { people, .. } = &row.rule { people.as_ref() } else { None }
}

/// More people who do not comply than there are is a faulty answer already. With nobody at all the row still scores, so
/// that is reported here.
fn nobody(found: &mut ReviewFindings<'_>, sheet: &Sheet, rubric: &Rubric, row: &Row, n: i64) {
    if n != 0 {
        return;
    }
    for (defective, defects) in per_person(sheet, rubric, row).filter(|it| 0 < it.1) {
        let (name, of) = (row_name(rubric, defective), rubric.row_id(row.number));
        let message = format!("{name}填了 {defects} 人不符合，{of} 却是 0 人，请核对人数");
        // where nobody is appointed there is nothing to assess
        let reading = people_of(defective).map(|it| it.reading.as_str());
        found.say_of_row(ReviewCheck::DefectsOfNobody, (sheet, rubric, defective), message, reading.as_slice());
    }
}

fn more_than_total(found: &mut ReviewFindings<'_>, place: CasePlace, name: &str, n: i64, of: &str, total: Option<i64>) {
    if let Some(total) = total.filter(|it| *it < n) {
        let message = format!("{name}是 {n} 人，单位的{of}只填了 {total} 人，请核对哪一处不对");
        found.say(ReviewCheck::MoreThanTotal, place, message);
    }
}

fn number(text: &str) -> Option<i64> {
    typed(Measure::Whole, text).ok().flatten()
}

/// The counts of the header, line by line.
fn header(found: &mut ReviewFindings<'_>, sheet: &Sheet, rubric: &Rubric) {
    let place = CasePlace::Header(sheet.id);
    let mut at = 0;
    for line in &rubric.header {
        let mut words = "";
        // the count before the parts, and their sum
        let (mut whole, mut parts) = (None, None);
        for piece in line {
            match piece {
                BlankPiece::Text(text) => words = text,
                BlankPiece::Blank(blank) => {
                    let text = sheet.blank(at);
                    at += 1;
                    if *blank == Blank::Text {
                        continue;
                    }
                    match typed(Measure::Whole, text) {
                        Ok(n) if *blank == Blank::Part => {
                            parts = Some(parts.unwrap_or(0_i64).saturating_add(n.unwrap_or_default()));
                        }
                        Ok(n) => whole = n.map(|it| (label(words), it)),
                        Err(why) => {
                            // a part that cannot be read is still a part
                            parts = parts.or((*blank == Blank::Part).then_some(0));
                            let (name, what) = (sheet_name(sheet, rubric), label(words));
                            let message = format!("{name}表头的{what}写的是“{}”，{why}", text.trim());
                            found.say(ReviewCheck::HeaderUnread, place, message);
                        }
                    }
                }
            }
        }
        if let (Some((what, whole)), Some(parts)) = (whole, parts) {
            let name = format!("{}表头的{what}", sheet_name(sheet, rubric));
            if whole < parts {
                let message = format!("{name}是 {whole} 人，其中各级加起来却有 {parts} 人，请核对");
                let parts = found.of_role(Role::HeaderParts);
                let readings: Vec<_> = rubric.cites.iter().filter(|it| parts == Some(it.as_str())).cloned().collect();
                found.cite(ReviewCheck::HeaderParts, place, message, String::new(), &readings);
            }
            let total = number(&found.dossier.facts.people);
            let edition = found.edition;
            more_than_total(found, place, &name, whole, &edition.kind(rubric.applicant).people, total);
        }
    }
}
