//! Answers as rows of CSV that Excel and WPS open by a double click: a byte order mark, CRLF, and never a formula.

use csv::{Terminator, WriterBuilder};
use serde_json::{Value, json};

use super::columns::{Columns, Heading};
use crate::letters::{BYTE_ORDER_MARK, begins_formula};

/// The columns of the answers.
pub struct Flat {
    names: Vec<String>,
    /// Each of these becomes a row of its own, with the other columns repeated.
    each: Option<&'static str>,
}

const OF_SCORE: [&str; 19] = [
    "rubric",
    "edition",
    "status",
    "base_total",
    "bonus",
    "total_with_bonus",
    "low",
    "high",
    "verdict",
    "verdict_with_bonus",
    "may_start_work",
    "unanswered",
    "filing_vetoes",
    "work_vetoes",
    "unsure",
    "readings",
    "estimated.low",
    "estimated.high",
    "deciding",
];
const OF_PLAN: [&str; 23] = [
    "rubric",
    "edition",
    "target.label",
    "target.min",
    "reached",
    "why",
    "cost",
    "total_before",
    "total_after",
    "low_before",
    "low_after",
    "verdict_after",
    "filing_vetoes_after",
    "work_vetoes_after",
    "change.row",
    "change.from",
    "change.to",
    "change.points",
    "change.units",
    "change.effort",
    "change.cost",
    "change.clears_veto",
    "change.words",
];
const OF_ROUTE: [&str; 12] = [
    "route",
    "filed_as",
    "class_code",
    "class_code_printed",
    "tenth_digit",
    "supervisor",
    "rubrics",
    "contacts",
    "steps",
    "clauses",
    "readings",
    "candidates",
];
const OF_SCOPE: [&str; 8] =
    ["result", "levels", "trade", "reasons", "clauses", "suggest.name", "suggest.trade", "readings"];
const OF_ERROR: [&str; 4] = ["line", "error.code", "error.path", "error.message"];

impl Flat {
    /// With the rows of all rubrics, or of those that a heading names; with the names of files where there are several.
    pub fn new(columns: Columns<'_>, heading: Option<&Heading>, several: bool) -> Flat {
        let (of_answer, each): (&[&str], _) = match columns {
            Columns::Score { .. } => (&OF_SCORE, None),
            Columns::Plan => (&OF_PLAN, Some("changes")),
            Columns::Route(_) => (&OF_ROUTE, Some("filings")),
            Columns::Scope => (&OF_SCOPE, None),
        };
        let file = several.then_some("file");
        let fixed = ["id"].into_iter().chain(of_answer.iter().copied()).chain(file).chain(OF_ERROR);
        let mut names: Vec<String> = fixed.map(str::to_owned).collect();
        if let Columns::Score { rubrics, explain } = columns {
            let annexes = heading.map(Heading::annexes).filter(|it| !it.is_empty());
            let named = |annex: u8| annexes.as_ref().is_none_or(|all| all.contains(&&*annex.to_string()));
            for rubric in rubrics.iter().filter(|it| named(it.annex)) {
                for row in rubric.rows() {
                    let id = rubric.row_id(row.number);
                    names.push(format!("{id}.score"));
                    names.extend(explain.then(|| format!("{id}.calculation")));
                }
            }
        }
        Flat { names, each }
    }

    pub fn heading(&self) -> Vec<u8> {
        let mut out = BYTE_ORDER_MARK.to_string().into_bytes();
        out.extend(row(self.names.iter().map(String::as_str)));
        out
    }

    /// Lays out lines of JSON that a command made.
    pub fn write(&self, json: &[u8], out: &mut Vec<u8>) {
        for line in json.split(|it| *it == b'\n').filter(|it| !it.is_empty()) {
            let answer: Value = serde_json::from_slice(line).expect("a command writes JSON");
            let parts = self.each.and_then(|key| answer.get(key)?.as_array()).filter(|it| !it.is_empty());
            match parts {
                None => out.extend(self.row(&answer, &Value::Null)),
                // a change has a cost, and so has the whole: it is named apart
                Some(parts) if self.each == Some("changes") => {
                    parts.iter().for_each(|part| out.extend(self.row(&answer, &json!({ "change": part }))));
                }
                Some(parts) => parts.iter().for_each(|part| out.extend(self.row(&answer, part))),
            }
        }
    }

    fn row(&self, answer: &Value, part: &Value) -> Vec<u8> {
        let cells: Vec<String> = self.names.iter().map(|name| cell(name, answer, part)).collect();
        row(cells.iter().map(String::as_str))
    }
}

fn row<'c>(cells: impl Iterator<Item = &'c str>) -> Vec<u8> {
    let mut csv = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    csv.write_record(cells).expect("memory can be written");
    csv.into_inner().expect("memory can be written")
}

fn cell(name: &str, answer: &Value, part: &Value) -> String {
    let own = part.get(name).or_else(|| answer.get(name));
    let value = match name.rsplit_once('.') {
        _ if own.is_some() && name != "reasons" => own,
        Some(("error", "path")) => {
            let path = answer["error"]["path"].as_str().unwrap_or_default();
            return text(path.strip_prefix("answers.").unwrap_or(path));
        }
        Some((id, "score")) => answer["rows"].get(id).and_then(|it| it.get("score")),
        Some((id, "calculation")) => {
            let of_row = answer["rows"].get(id).map(|it| &it["calculation"]);
            let words = ["facts", "arithmetic"].iter().filter_map(|it| of_row?.get(it)?.as_str());
            return text(&words.filter(|it| !it.is_empty()).collect::<Vec<_>>().join("；"));
        }
        Some((before, key)) => part.get(before).or_else(|| answer.get(before)).and_then(|it| it.get(key)),
        None => {
            let key = match name {
                "reasons" => "message",
                "clauses" => "clause",
                _ => return String::new(),
            };
            let reasons = answer["reasons"].as_array().map(Vec::as_slice).unwrap_or_default();
            let words: Vec<&str> = reasons.iter().filter_map(|it| it[key].as_str()).collect();
            return text(&words.join("；"));
        }
    };
    match value {
        Some(Value::Object(_)) if name.starts_with("change.") => text(&value.map(Value::to_string).unwrap_or_default()),
        None | Some(Value::Null | Value::Object(_)) => String::new(),
        Some(Value::String(it)) if name == "change.row" => format!("第 {it} 项"),
        Some(Value::String(it)) => text(it),
        Some(Value::Array(list)) => {
            let items: Vec<String> =
                list.iter().map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned)).collect();
            match name {
                // a number of a row alone would be taken for a date
                "unanswered"
                | "filing_vetoes"
                | "work_vetoes"
                | "unsure"
                | "deciding"
                | "filing_vetoes_after"
                | "work_vetoes_after"
                    if !items.is_empty() =>
                {
                    format!("第 {} 项", items.join("、"))
                }
                "steps" => items.join("；"),
                _ => text(&items.join("、")),
            }
        }
        Some(Value::Bool(it)) => it.to_string(),
        Some(Value::Number(it)) => it.to_string(),
    }
}

/// A text that a program could take for a formula gets a `'` before it.
fn text(text: &str) -> String {
    let is_formula = text.starts_with(|it| begins_formula(it) || matches!(it, '\t' | '\r' | '\n'));
    if is_formula { format!("'{text}") } else { text.to_owned() }
}
