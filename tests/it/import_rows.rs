//! Rules proposed from the words of a row, compared with what a person reads in them.

use toml::{Table, Value};
use ziping::import::{PrintedNumber, Proposal, WordedRow, propose, spelled_rule};

use crate::read;

/// A row and what came of it.
struct Tried {
    row: WordedRow,
    proposal: Proposal,
    rule: String,
    is_same: bool,
}

impl Tried {
    fn is_marked(&self) -> bool {
        !self.proposal.doubts.is_empty()
    }
}

fn tried(file: &str) -> Vec<Tried> {
    let table: Table = toml::from_str(&read(file)).expect("a table");
    let rows = table["row"].as_array().expect("rows");
    rows.iter().map(|it| it.as_table().expect("a row")).map(try_row).collect()
}

fn try_row(case: &Table) -> Tried {
    let text = |key: &str| case.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let row = WordedRow {
        group: text("group"),
        content: text("content"),
        standard: text("standard"),
        points: case.get("points").and_then(|it| PrintedNumber::read(&it.to_string())),
        levels: Vec::new(),
    };
    let proposal = propose(&row);
    let rule = spelled_rule(&proposal);
    let written: Table = toml::from_str(&format!("rule = {rule}")).expect("what is proposed is TOML");
    names_are_printed(&row, &written["rule"]);
    let veto = proposal.veto.as_ref().map_or("", |it| if it.blocks_work { "work" } else { "filing" });
    let expected = case.get("rule").expect("an expected rule");
    let is_same = same(expected, &written["rule"]) && veto == text("veto");
    let asks = case.get("doubt").and_then(Value::as_bool);
    assert!(asks != Some(false) || proposal.doubts.is_empty(), "marked for nothing: {row:?} {:?}", proposal.doubts);
    let is_same = is_same && (asks != Some(true) || !proposal.doubts.is_empty());
    Tried { row, proposal, rule, is_same }
}

/// Names of levels and conditions are words of the row.
fn names_are_printed(row: &WordedRow, rule: &Value) {
    let printed = [row.content.as_str(), &row.standard, &row.group];
    let lists = ["levels", "items"].into_iter().filter_map(|key| rule.get(key)?.as_array());
    for name in lists.flatten().filter_map(|it| it.get("name").or(it.get("when"))?.as_str()) {
        assert!(printed.iter().any(|it| it.contains(name)), "`{name}` is not printed in {row:?}");
    }
}

/// Figures, units and kinds; what names and readings say is not compared.
pub fn same(expected: &Value, found: &Value) -> bool {
    let left_out = ["name", "when", "of", "percent", "ratio", "reading", "fails", "exactly"];
    match (expected, found) {
        (Value::Table(expected), Value::Table(found)) => {
            let keys =
                |it: &Table| it.keys().filter(|it| !left_out.contains(&it.as_str())).cloned().collect::<Vec<_>>();
            let (mut a, mut b) = (keys(expected), keys(found));
            a.sort();
            b.sort();
            a == b && a.iter().all(|key| same(&expected[key], &found[key]))
        }
        (Value::Array(expected), Value::Array(found)) => {
            expected.len() == found.len() && expected.iter().zip(found).all(|(a, b)| same(a, b))
        }
        (Value::Integer(a), Value::Float(b)) | (Value::Float(b), Value::Integer(a)) => *a as f64 == *b,
        (a, b) => a == b,
    }
}

/// How many are right; each that is not has to be marked.
fn compared(file: &str) -> (usize, usize) {
    let all = tried(file);
    let mut unmarked = Vec::new();
    for it in all.iter().filter(|it| !it.is_same) {
        let said = format!(
            "{} | {} | {}\n    {}\n    {:?}",
            it.row.content,
            it.row.standard,
            it.is_marked(),
            it.rule,
            it.proposal.doubts
        );
        println!("{said}");
        if !it.is_marked() {
            unmarked.push(said);
        }
    }
    let right = all.iter().filter(|it| it.is_same).count();
    let marked = all.iter().filter(|it| it.is_marked()).count();
    println!("{file}: {right} of {} as a person reads them, {marked} marked", all.len());
    assert!(unmarked.is_empty(), "wrong and not marked:\n{}", unmarked.join("\n"));
    (right, all.len())
}

#[test]
fn rows_with_which_the_proposals_were_made() {
    let (right, all) = compared("tests/import/known.toml");
    assert!(95 * all <= 100 * right, "{right} of {all}");
}

/// They were set aside before the proposals were made, and looked at when they were finished.
#[test]
fn rows_that_nobody_had_looked_at() {
    let (right, all) = compared("tests/import/unseen.toml");
    assert!(80 * all <= 100 * right, "{right} of {all}");
}
