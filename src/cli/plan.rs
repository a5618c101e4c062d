//! `ziping plan`: one sheet and what its applicant wishes a line in, what to change a line out. Names and shapes are a
//! promise.

mod input;

use std::io::{self, Read, Write};

use serde_json::{Map, Number, Value, json};

use crate::plan::{Effort, Mend, MendPlan, plan, words};
use crate::rubric::{Edition, Fact, Measure, Row, Rubric};
use crate::score::{Answers, Given, Verdict};

use super::code::row_json;
use super::json::id_of;
use super::lines::{Answering, LineError, Tally, answer_lines, refuse, write_id};
use super::rubrics::number;
use super::score::Scorer;
pub use input::DEAREST;
use input::read_wishes;

/// Plans every line of `input`, a sheet each. `progress` is told the bytes read so far.
///
/// # Errors
/// Reading or writing fails. A line that breaks a rule is no error: its result says so, and the others are planned.
pub fn plan_lines(
    editions: &[Edition],
    input: impl Read,
    output: impl Write,
    progress: impl FnMut(u64),
) -> io::Result<Tally> {
    answer_lines(None, input, output, progress, Planner::new(editions).worker())
}

pub(super) struct Planner<'r> {
    scorer: Scorer<'r>,
}

impl<'r> Planner<'r> {
    pub fn new(editions: &'r [Edition]) -> Planner<'r> {
        Planner { scorer: Scorer::new(editions, false) }
    }

    /// What answers lines one after the other.
    pub fn worker<'s>(&'s self) -> impl Fn() -> Answering<'s> + Sync {
        move || {
            let mut answers = Answers::default();
            Box::new(move |line, place, out| {
                let mut id = None;
                match self.line(line, &mut id, &mut answers) {
                    Ok(made) => {
                        out.push(b'{');
                        write_id(out, id);
                        // without its brace, as the id comes first
                        out.extend_from_slice(&made.to_string().as_bytes()[1..]);
                        out.push(b'\n');
                        Tally::ANSWERED
                    }
                    Err(error) => refuse(out, place, id.or_else(|| id_of(line)), &error),
                }
            })
        }
    }

    fn line<'l>(&self, line: &'l [u8], id: &mut Option<&'l str>, answers: &mut Answers) -> Result<Value, LineError> {
        let writer = self.scorer.read(line, self.scorer.newest, id, answers)?;
        let wishes = read_wishes(writer.rubric, line)?;
        let made = plan(writer.rubric, answers, &wishes).ok_or_else(|| LineError {
            code: "unknown_target",
            path: "target".to_owned(),
            message: "这份评估要点没有分数线".to_owned(),
        })?;
        Ok(plan_json(writer.edition, writer.rubric, &made))
    }
}

/// The words of `effort`.
pub(super) const EFFORTS: &[(&str, Effort)] =
    &[("now", Effort::Now), ("money", Effort::Money), ("never", Effort::Never)];

fn plan_json(edition: &Edition, rubric: &Rubric, plan: &MendPlan<'_>) -> Value {
    let ids = |rows: &[u16]| rows.iter().map(|it| rubric.row_id(*it)).collect::<Vec<_>>();
    json!({
        "rubric": rubric.annex.to_string(),
        "edition": edition.id,
        "target": { "label": plan.target.outcome, "min": number(plan.target.at_least) },
        "reached": plan.reached,
        "why": plan.why.as_ref().map(|why| why.words(rubric)),
        "changes": plan.changes.iter().map(|it| change_json(rubric, it)).collect::<Vec<_>>(),
        "cost": tenths(plan.cost),
        "total_before": number(plan.before),
        "total_after": number(plan.after),
        "low_before": number(plan.low_before),
        "low_after": number(plan.low_after),
        "verdict_after": match plan.verdict_after {
            Verdict::Pending => Value::Null,
            Verdict::FilingVetoed => "filing_vetoed".into(),
            Verdict::Band(band) => band.outcome.as_str().into(),
            Verdict::BelowAllThresholds => "below_all_thresholds".into(),
        },
        "filing_vetoes_after": ids(&plan.filing_vetoes),
        "work_vetoes_after": ids(&plan.work_vetoes),
    })
}

fn change_json(rubric: &Rubric, change: &Mend) -> Value {
    let row = rubric.row(change.row);
    let answer = |facts: &[(Fact, i64)]| row.map_or(Value::Null, |row| answer_json(row, facts));
    json!({
        "row": rubric.row_id(change.row),
        "from": if change.from.is_empty() { Value::Null } else { answer(&change.from) },
        "to": answer(&change.to),
        "points": number(change.gain),
        "units": change.units,
        "effort": EFFORTS.iter().find(|it| it.1 == change.effort).map(|it| it.0),
        "cost": tenths(change.cost),
        "clears_veto": change.clears_veto,
        "words": words(rubric, change),
    })
}

/// Facts about a row as `ziping score` takes them.
fn answer_json(row: &Row, facts: &[(Fact, i64)]) -> Value {
    let given = facts.iter().map(|(fact, value)| Given { row: row.number, fact: *fact, value: *value });
    let answers: Answers = given.collect();
    row_json(row, answers.row(row.number)).unwrap_or_else(|| Value::Object(Map::new()))
}

/// A number of tenths with all its digits.
fn tenths(tenths: u64) -> Number {
    let (whole, tenth) = (tenths / 10, tenths % 10);
    if tenth == 0 {
        return whole.into();
    }
    serde_json::from_str(&format!("{whole}.{tenth}")).expect("digits are a number")
}

/// The measure in which a cost is written: tenths, as points are.
pub(super) const COST: Measure = Measure::Points;
