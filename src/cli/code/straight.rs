//! `ziping code`: the line of one whole sheet, written straight into the buffer: nearly every record is one.

use crate::carrier::{Known, Record};
use crate::cli::lines::quoted;
use crate::cli::score::{digits, is_whole};
use crate::rubric::{Fact, Measure, Part, Rubric, Rule};
use crate::score::{Answers, BILLIONTHS, Given, decimal, is_sound};

/// The digits that every number in JSON keeps, 999 999 999.
const KEPT: i64 = 1_000_000_000;

/// Writes the record where it is one sheet and nothing else, whole and possible, with values that are usual. `None` where
/// it is not, and then nothing is written.
pub fn write_sheet(known: Known<'_>, record: &Record, out: &mut Vec<u8>) -> Option<()> {
    let dossier = &record.dossier;
    let [sheet] = &dossier.sheets[..] else { return None };
    let rubric = known.editions.iter().find(|it| it.id == dossier.edition)?.rubric(sheet.annex)?;
    let is_occupation = rubric.part == Part::Occupation;
    let is_more = dossier.applicant != rubric.applicant
        || !dossier.unit.is_empty()
        || !dossier.place().is_empty()
        || !dossier.route.0.is_empty()
        || record.day.is_some()
        || usize::from(is_occupation) < sheet.blanks.len()
        || !sheet.notes.is_empty();
    if is_more || !is_sound(rubric.rows(), &sheet.answers) {
        return None;
    }
    let start = out.len();
    out.extend_from_slice(b"{\"rubric\":\"");
    digits(out, rubric.annex.into());
    out.extend_from_slice(b"\",\"edition\":");
    out.extend_from_slice(quoted(&dossier.edition).as_bytes());
    if is_occupation {
        let texts = [("occupation", sheet.blank(0)), ("code", &sheet.occupation_code), ("levels", &sheet.levels)];
        for (key, text) in texts.into_iter().filter(|it| !it.1.is_empty()) {
            out.extend_from_slice(format!(",\"{key}\":{}", quoted(text)).as_bytes());
        }
    }
    out.extend_from_slice(b",\"answers\":{");
    let written = write_answers(rubric, &sheet.answers, out);
    out.extend_from_slice(b"}}");
    if written.is_none() {
        out.truncate(start);
    }
    written
}

fn write_answers(rubric: &Rubric, answers: &Answers, out: &mut Vec<u8>) -> Option<()> {
    let mut left = answers.iter().count();
    let mut in_order = answers.in_order();
    for row in rubric.rows() {
        let facts = in_order.row(row.number);
        let Some(last) = facts.given().last() else { continue };
        let usual = !matches!(row.rule, Rule::Choice { .. } | Rule::Listed { .. } | Rule::Quantity { .. });
        if !usual || !is_whole(&row.rule, facts) {
            return None;
        }
        out.extend_from_slice(b"\"");
        digits(out, rubric.annex.into());
        out.push(b'-');
        digits(out, row.number);
        out.extend_from_slice(b"\":{");
        for given in facts.given() {
            match given.fact {
                Fact::FirstYear => out.extend_from_slice(b"\"yearly\":["),
                Fact::SecondYear | Fact::ThirdYear => {}
                other => {
                    out.push(b'"');
                    out.extend_from_slice(other.name().as_bytes());
                    out.extend_from_slice(b"\":");
                }
            }
            write_value(given, out)?;
            if given.fact == Fact::ThirdYear {
                out.push(b']');
            }
            if given != last {
                out.push(b',');
            }
        }
        out.extend_from_slice(b"},");
        left -= facts.given().len();
    }
    if out.last() == Some(&b',') {
        out.pop();
    }
    (left == 0).then_some(())
}

fn write_value(given: &Given, out: &mut Vec<u8>) -> Option<()> {
    let value = given.value;
    match given.fact.measure() {
        Measure::YesNo => out.extend_from_slice(if value == 0 { b"false" } else { b"true" }),
        Measure::Choice(words) => {
            out.push(b'"');
            out.extend_from_slice(words.get(usize::try_from(value).ok()?)?.as_bytes());
            out.push(b'"');
        }
        Measure::Whole => whole(value, out)?,
        Measure::Points => {
            whole(value / 10, out)?;
            if value % 10 != 0 {
                out.extend_from_slice(&[b'.', b'0' + (value % 10) as u8]);
            }
        }
        Measure::Decimal if value % BILLIONTHS == 0 => whole(value / BILLIONTHS, out)?,
        // JSON writes what is below one in another way
        Measure::Decimal if (BILLIONTHS..KEPT * 1_000_000).contains(&value) => {
            out.extend_from_slice(decimal(value).as_bytes());
        }
        Measure::Decimal => return None,
    }
    Some(())
}

fn whole(value: i64, out: &mut Vec<u8>) -> Option<()> {
    match u16::try_from(value) {
        Ok(it) => digits(out, it),
        Err(_) if (0..KEPT).contains(&value) => out.extend_from_slice(value.to_string().as_bytes()),
        Err(_) => return None,
    }
    Some(())
}
