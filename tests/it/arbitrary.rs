//! Generates answers for the laws: sheets as people fill them in, impossible values, lines that are no sheets.

use std::collections::BTreeMap;
use std::io::{self, Read};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};
use ziping::dossier::{Dossier, Sheet};
use ziping::rubric::{Fact, Measure, Points, Row, Rubric};
use ziping::score::{Answers, FaultKind, Given, RowFacts, decimal, faults, fits};

use crate::{EMPLOYER, SCHOOL, SOCIAL, editions};

pub fn rubrics() -> impl Strategy<Value = &'static Rubric> {
    select(editions()[0].rubrics.iter().collect::<Vec<_>>())
}

pub fn facts(row: &Row) -> Vec<Fact> {
    let mut facts = row.rule.forms().concat();
    facts.sort_unstable();
    facts.dedup();
    facts
}

/// Any subset of the facts of a rubric, each with any value: around every threshold, or one that no carrier accepts.
pub fn anything() -> impl Strategy<Value = (&'static Rubric, Vec<Given>)> {
    let near =
        [0, 1, 2, 3, 4, 5, 10, 19, 20, 21, 30, 35, 36, 37, 59, 60, 61, 79, 80, 100, 3_000_000_000, 20_000_000_000];
    let value = prop_oneof![6 => select(near.to_vec()), 1 => any::<i64>(), 1 => select(vec![-1, i64::MIN, i64::MAX])];
    let said = vec(prop::bool::weighted(0.85), 150);
    (rubrics(), vec(value, 150), said, any::<bool>()).prop_map(|(rubric, values, said, all)| {
        let facts = rubric.rows().flat_map(|row| facts(row).into_iter().map(|fact| (row.number, fact)));
        let some = facts.zip(values).zip(said).filter(|(_, said)| all || *said);
        (rubric, some.map(|(((row, fact), value), _)| Given { row, fact, value }).collect())
    })
}

/// A sheet as the command line accepts it: complete answers to most rows, none of them impossible.
pub fn sheet() -> impl Strategy<Value = (&'static Rubric, Answers)> {
    rubrics().prop_flat_map(|rubric| (Just(rubric), filled(rubric)))
}

/// Complete answers to most rows of a rubric, none of them impossible.
pub fn filled(rubric: &Rubric) -> impl Strategy<Value = Answers> + use<> {
    let rows: Vec<_> = rubric.rows().map(|row| (Just(row.number), prop::option::weighted(0.95, answer(row)))).collect();
    let rubric = rubric.clone();
    rows.prop_map(move |rows| {
        let given = rows
            .into_iter()
            .flat_map(|(row, facts)| facts.into_iter().flatten().map(move |(fact, value)| Given { row, fact, value }));
        let mut answers: Answers = given.collect();
        while let Some(it) = faults(&rubric, &answers).first() {
            match it.kind {
                FaultKind::OutsideRange(..) | FaultKind::NoSuchLevel => _ = answers.clear(it.row),
                _ => {
                    let least = matches!(it.fact, Fact::Total | Fact::SecondCount);
                    answers.set(it.row, it.fact, Some(i64::from(least)));
                }
            }
        }
        answers
    })
}

/// One complete answer to a row.
fn answer(row: &Row) -> impl Strategy<Value = Vec<(Fact, i64)>> + use<> {
    let worth = i64::from(row.points.unwrap_or_default().in_tenths());
    let value = move |fact: Fact| match fact.measure() {
        Measure::YesNo => (0..=1_i64).boxed(),
        Measure::Choice(words) => (0..i64::try_from(words.len()).expect("few words")).boxed(),
        Measure::Points => (0..=worth).boxed(),
        Measure::Decimal => (0..=70_i64).prop_map(|it| it * 500_000_000).boxed(),
        Measure::Whole => prop_oneof![0..=6_i64, 18..=40_i64, 58..=82_i64].boxed(),
    };
    let values: Vec<_> = facts(row).into_iter().map(|fact| (Just(fact), value(fact))).collect();
    (select(row.rule.forms()), values).prop_map(|(form, mut values)| {
        values.retain(|(fact, _)| form.contains(fact));
        let is = |fact, value| values.contains(&(fact, value));
        // an award is given only with 基本满足, a term only with a lease
        let (settled, owned) = (is(Fact::Level, 0) || is(Fact::Level, 2), is(Fact::Tenure, 1));
        let leased = is(Fact::Tenure, 0) && !form.contains(&Fact::Months);
        let estimate = |fact: Fact| matches!(fact, Fact::Low | Fact::High);
        values.retain(|(fact, _)| {
            let needless = settled && (*fact == Fact::Award || estimate(*fact)) || leased && estimate(*fact);
            !(needless || owned && *fact == Fact::Months)
        });
        // the lowest is not above the likely award, nor the highest below it; of two in a wrong order one is left out
        let award = values.iter().find(|it| it.0 == Fact::Award).map(|it| it.1);
        values.retain(|(fact, value)| match (fact, award) {
            (Fact::Low, Some(award)) => *value <= award,
            (Fact::High, Some(award)) => award <= *value,
            _ => true,
        });
        values
    })
}

/// A sheet as a line of JSON.
pub fn json(rubric: &Rubric, answers: &Answers) -> Value {
    let number = |written: String| serde_json::from_str(&written).expect("a number");
    let of_fact = |facts: RowFacts<'_>, fact: Fact| {
        let value = facts.get(fact)?;
        Some(match fact.measure() {
            Measure::YesNo => Value::Bool(value == 1),
            Measure::Whole => value.into(),
            Measure::Points => number(Points::tenths(u16::try_from(value).expect("few points")).to_string()),
            Measure::Decimal => number(decimal(value)),
            Measure::Choice(words) => words[usize::try_from(value).expect("a position")].into(),
        })
    };
    let of_row = |row: &Row| {
        let mut answer: BTreeMap<_, Vec<Value>> = BTreeMap::new();
        for fact in facts(row) {
            answer.entry(fact.name()).or_default().extend(of_fact(answers.row(row.number), fact));
        }
        let said = answer.into_iter().filter(|it| !it.1.is_empty());
        let said =
            said.map(|(name, mut it)| (name.to_owned(), if name == "yearly" { it.into() } else { it.remove(0) }));
        said.collect::<Map<_, _>>()
    };
    let rows = rubric.rows().map(|row| (rubric.row_id(row.number), of_row(row))).filter(|it| !it.1.is_empty());
    json!({ "rubric": rubric.annex.to_string(), "answers": rows.collect::<BTreeMap<_, _>>() })
}

/// Sheets, broken sheets and noise, line after line.
pub fn lines_and_noise() -> impl Strategy<Value = Vec<u8>> {
    let damage = prop::option::of((any::<Index>(), vec(any::<u8>(), 0..4)));
    let sheet = (sheet(), any::<Option<u16>>(), damage).prop_map(|((rubric, answers), id, damage)| {
        let sheet = json(rubric, &answers).to_string();
        // as most programs write it, so that it is read in the shorter way too
        let id = id.map_or(String::new(), |it| format!("\"id\":{it},"));
        let mut line = format!("{{{id}{}", &sheet[1..]).into_bytes();
        if let Some((at, noise)) = damage {
            let at = at.index(line.len());
            line.splice(at..(at + noise.len() / 2).min(line.len()), noise);
        }
        line
    });
    let words = select(vec![
        "\u{feff}",
        "",
        " \t",
        "{}",
        "[]",
        "null",
        "\r",
        r#"{"rubric":"1","answers":{"1-1":[1]}}"#,
        r#"{"rubric":1}"#,
    ]);
    let line = prop_oneof![2 => sheet, 1 => vec(any::<u8>(), 0..30), 1 => words.prop_map(|it| it.as_bytes().to_vec())];
    let end = select(vec!["\n", "\r\n", "\n\n", ""]);
    vec((line, end), 0..6)
        .prop_map(|lines| lines.into_iter().flat_map(|(line, end)| [line, end.into()].concat()).collect())
}

/// The lines of a file as an editor shows them, whichever of LF, CR LF and CR ends each.
pub fn each_line(bytes: &[u8]) -> Vec<&[u8]> {
    let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    let last = lines.pop();
    let ended = lines.into_iter().map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    ended.chain(last).flat_map(|line| line.split(|byte| *byte == b'\r')).collect()
}

/// A dossier with anything that people and programs may put into one.
pub fn dossier() -> impl Strategy<Value = Dossier> {
    let sheets = vec((anything(), vec(".{0,9}", 0..4), vec((0..60_u16, "\\PC{1,12}"), 0..3)), 0..4);
    let applicant = select(vec![EMPLOYER, SCHOOL, SOCIAL]);
    (".{0,20}", applicant, sheets, any::<Option<u64>>(), vec((".{0,9}", ".{0,9}"), 0..4), ".{0,9}").prop_map(
        |(unit, applicant, sheets, binned, route, text)| {
            let mut dossier = Dossier::new(unit, applicant, &editions()[0], &[]);
            for (n, ((rubric, given), blanks, notes)) in (1..).zip(sheets) {
                let given = given.into_iter().filter(|it| fits(it.fact.measure(), it.value));
                let mut sheet = Sheet { id: n, annex: rubric.annex, blanks, levels: text.clone(), ..Sheet::default() };
                sheet.answers = given.collect();
                notes.into_iter().for_each(|(row, note)| sheet.set_note(row, note));
                dossier.sheets.push(sheet);
            }
            dossier.route.0 = route;
            dossier.facts.contact = text;
            Dossier { binned, ..dossier }
        },
    )
}

/// A reader that hands out a few bytes at a time.
pub struct Pieces<'b, S> {
    pub rest: &'b [u8],
    pub sizes: S,
}

impl<S: Iterator<Item = usize>> Read for Pieces<'_, S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.sizes.next().expect("there is always a next size").min(buffer.len());
        self.rest.read(&mut buffer[..n])
    }
}
