//! `ziping code --encode`: a line of JSON as a dossier. An assessment is checked as `ziping score` checks it, the rest
//! of a dossier key by key.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::carrier::Known;
use crate::days;
use crate::dossier::{Dossier, NOTE, Sheet, TEXT, UnitFacts, cleaned_text};
use crate::filing::route::{self, QuestionKind, Routes, UNCLEAR};
use crate::letters::plain;
use crate::rubric::{Applicant, Edition, Fact, LIST_KEYS, Measure, Part, Row, Rubric, Rule};
use crate::score::{Answers, fits};

use crate::cli::lines::LineError;
use crate::cli::route::values;
use crate::cli::scope::levels;
use crate::cli::score::{Scorer, row_number};

/// What a line says.
pub struct Said {
    pub dossier: Dossier,
    /// In days since 1970.
    pub day: Option<u32>,
}

/// Reads an assessment or a dossier. `id` is as written, to be echoed, also where the rest of the line is wrong.
///
/// # Errors
/// What is wrong with the line, and where in it.
pub fn read_said<'l>(
    known: Known<'_>,
    scorer: &Scorer<'_>,
    line: &'l [u8],
    id: &mut Option<&'l str>,
) -> Result<Said, LineError> {
    let Ok(ObjectKeys(pairs)) = serde_json::from_slice::<ObjectKeys<'_>>(line) else {
        return assessment(scorer, line, id);
    };
    if !pairs.iter().any(|it| it.0 == "sheets") {
        return assessment(scorer, line, id);
    }
    *id = pairs.iter().find(|it| it.0 == "id").map(|it| it.1.get());
    if let Some(twice) = (1..pairs.len()).find(|n| pairs[..*n].iter().any(|it| it.0 == pairs[*n].0)) {
        let key = &pairs[twice].0;
        return Err(refuse("duplicate", key, format!("`{key}` 出现了两次")));
    }
    whole_dossier(known, scorer, &pairs)
}

/// A line as `ziping score` takes it, which may name the occupation too.
fn assessment<'l>(scorer: &Scorer<'_>, line: &'l [u8], id: &mut Option<&'l str>) -> Result<Said, LineError> {
    let mut answers = Answers::default();
    let of = scorer.read(line, scorer.newest, id, &mut answers)?;
    let mut dossier = Dossier::new(String::new(), of.rubric.applicant, of.edition, &[]);
    let mut object: Map<String, Value> = serde_json::from_slice(line).unwrap_or_default();
    // other keys are ignored here, as `ziping score` ignores them
    object.retain(|key, _| OF_OCCUPATION.contains(&key.as_str()));
    dossier.sheets.push(sheet(of.rubric, 1, answers, &object)?);
    Ok(Said { dossier, day: None })
}

fn whole_dossier(known: Known<'_>, scorer: &Scorer<'_>, pairs: &[(String, &RawValue)]) -> Result<Said, LineError> {
    let value = |key: &str| {
        let raw = pairs.iter().find(|it| it.0 == key)?.1;
        serde_json::from_str::<Value>(raw.get()).ok().filter(|it| !it.is_null())
    };
    let edition = match value("edition") {
        None => scorer.newest.to_owned(),
        Some(it) => text("edition", &it, TEXT)?,
    };
    let Some(edition) = known.editions.iter().find(|it| it.id == edition) else {
        let all: Vec<&str> = known.editions.iter().map(|it| it.id.as_str()).collect();
        return Err(refuse("unknown_edition", "edition", format!("没有版本 `{edition}`，现有：{}", all.join("、"))));
    };
    let raw = pairs.iter().find(|it| it.0 == "sheets").map_or("[]", |it| it.1.get());
    let Ok(lines) = serde_json::from_str::<Vec<&RawValue>>(raw) else {
        return Err(refuse("type", "sheets", "`sheets` 应为自评表的列表".to_owned()));
    };
    let mut sheets = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let read = of_dossier(edition, scorer, line.get(), n).map_err(|it| below(&format!("sheets.{n}"), it))?;
        sheets.push(read);
    }
    let of_sheet = sheets.first().and_then(|it| edition.rubric(it.annex)).map(|it| it.applicant);
    let mut dossier = Dossier::new(String::new(), Applicant::default(), edition, &[]);
    let (mut day, mut named) = (None, None);
    for (key, _) in pairs {
        let Some(value) = value(key) else { continue };
        match key.as_str() {
            "id" | "edition" | "sheets" => {}
            "applicant" => {
                let word = text(key, &value, TEXT)?;
                let all: Vec<&str> = edition.applicants.iter().map(|it| it.id.as_str()).collect();
                let unknown = || refuse("value", key, format!("应为 {} 之一", all.join("、")));
                named = Some(edition.applicant(&word).ok_or_else(unknown)?);
            }
            "unit" => dossier.unit = text(key, &value, TEXT)?,
            "place" => dossier.facts.place = text(key, &value, TEXT)?,
            // only `ziping form` has a place for them
            "lists" => {}
            "day" => {
                let read = days::read(&text(key, &value, TEXT)?);
                let wrong =
                    || refuse("value", key, "应为 2020-01-01 至 2199-06-06 的日期，如 \"2026-11-25\"".to_owned());
                day = Some(read.filter(|it| DAYS.contains(it)).ok_or_else(wrong)?);
            }
            "route" => {
                let rules = known.rules.iter().find(|it| it.edition == edition.id);
                let routes = rules.map(|it| &it.routes);
                dossier.route = filing(routes, &value).map_err(|it| below("route", it))?;
            }
            key => match FACTS.iter().find(|it| it.0 == key) {
                Some((_, fact)) => *fact(&mut dossier.facts) = text(key, &value, TEXT)?,
                None => return Err(unknown_key(key)),
            },
        }
    }
    dossier.applicant = named.or(of_sheet).unwrap_or(dossier.applicant);
    dossier.sheets = sheets;
    Ok(Said { dossier, day })
}

/// What a unit says about itself besides its name and place: workbooks and backups have it, codes do not.
pub const FACTS: [(&str, UnitFact); 6] = [
    ("contact", |it| &mut it.contact),
    ("telephone", |it| &mut it.telephone),
    ("date", |it| &mut it.date),
    ("examiners", |it| &mut it.examiners),
    ("experts", |it| &mut it.experts),
    ("people", |it| &mut it.people),
];
/// Where it stands among the facts.
type UnitFact = fn(&mut UnitFacts) -> &mut String;

/// The days that a record can hold, in days since 1970: it has sixteen bits for them, from 2020-01-01 on.
const DAYS: std::ops::RangeInclusive<u32> = 18_262..=83_797;
const OF_OCCUPATION: [&str; 3] = ["occupation", "code", "levels"];

/// One sheet of a dossier.
fn of_dossier(edition: &Edition, scorer: &Scorer<'_>, line: &str, n: usize) -> Result<Sheet, LineError> {
    let mut answers = Answers::default();
    let of = scorer.read(line.as_bytes(), &edition.id, &mut None, &mut answers)?;
    if of.edition.id != edition.id {
        return Err(refuse("value", "edition", format!("与整份档案的版本 `{}` 不同", edition.id)));
    }
    let mut object: Map<String, Value> = serde_json::from_str(line).unwrap_or_default();
    object.retain(|key, _| !["rubric", "edition", "id", "answers"].contains(&key.as_str()));
    sheet(of.rubric, n as u16 + 1, answers, &object)
}

/// A sheet: its answers, and what the line says besides.
fn sheet(rubric: &Rubric, id: u16, answers: Answers, said: &Map<String, Value>) -> Result<Sheet, LineError> {
    let mut sheet = Sheet { id, annex: rubric.annex, answers, ..Sheet::default() };
    let first = usize::from(rubric.part == Part::Occupation);
    for (key, value) in said.iter().filter(|it| !it.1.is_null()) {
        match key.as_str() {
            "occupation" => sheet.set_blank(0, text(key, value, TEXT)?),
            "code" => sheet.occupation_code = text(key, value, TEXT)?,
            "levels" => sheet.levels = text(key, &levels(value)?.into(), TEXT)?,
            "figures" => {
                let list = value.as_array().filter(|it| first + it.len() <= rubric.blanks().count());
                let wrong = || refuse("type", key, "应为表头各空所填文字的列表，不多于所印的空".to_owned());
                for (at, figure) in list.ok_or_else(wrong)?.iter().enumerate() {
                    sheet.set_blank(first + at, text(&format!("{key}.{at}"), figure, TEXT)?);
                }
            }
            "notes" => {
                for (row, note) in rows(rubric, key, value)? {
                    sheet.set_note(row, text(&format!("{key}.{}", rubric.row_id(row)), note, NOTE)?);
                }
            }
            "partial" => {
                for (row, facts) in rows(rubric, key, value)? {
                    partial(rubric, row, facts, &mut sheet.answers)?;
                }
            }
            key => return Err(unknown_key(key)),
        }
        let of_occupation = OF_OCCUPATION.contains(&key.as_str()) && value.as_str() != Some("");
        if rubric.part == Part::Public && of_occupation {
            return Err(refuse("form", key, format!("附件{}是{}，没有职业", rubric.annex, rubric.part_name)));
        }
    }
    while sheet.blanks.last().is_some_and(String::is_empty) {
        sheet.blanks.pop();
    }
    Ok(sheet)
}

/// `{"3-1": …}` by the number of the row, each of which must be a row of the rubric.
fn rows<'v>(rubric: &Rubric, key: &str, value: &'v Value) -> Result<Vec<(u16, &'v Value)>, LineError> {
    let Value::Object(rows) = value else {
        return Err(refuse("type", key, format!("`{key}` 应为对象，以行号为键")));
    };
    let number = |id: &String| row_number(rubric, id).filter(|it| rubric.row(*it).is_some());
    let row = |(id, value): (&String, &'v Value)| match number(id) {
        Some(number) => Ok((number, value)),
        None => Err(refuse("unknown_row", &format!("{key}.{id}"), format!("附件{}没有 `{id}` 这一行", rubric.annex))),
    };
    rows.iter().map(row).collect()
}

/// The facts that can be told about a row, each once.
pub fn facts_of(row: &Row) -> Vec<Fact> {
    let mut facts = row.facts();
    facts.sort_unstable();
    facts
}

/// A row whose answer is half filled or impossible. It takes any fact that belongs to the row, if the value fits its
/// unit.
fn partial(rubric: &Rubric, number: u16, said: &Value, answers: &mut Answers) -> Result<(), LineError> {
    let id = rubric.row_id(number);
    let path = format!("partial.{id}");
    if !answers.row(number).is_empty() {
        return Err(refuse("duplicate", &path, format!("`{id}` 在 answers 里已有回答")));
    }
    let (Value::Object(said), Some(row)) = (said, rubric.row(number)) else {
        return Err(refuse("type", &path, "应为对象".to_owned()));
    };
    for (key, value) in said {
        let path = format!("{path}.{key}");
        let of_row = facts_of(row).into_iter().filter(|it| row.rule.key(*it) == key);
        let facts: Vec<Fact> = of_row.collect();
        let values: Vec<&Value> = match (&facts[..], value) {
            ([], _) => return Err(refuse("unknown_key", &path, format!("`{id}` 没有 `{key}`"))),
            ([_], one) if !LIST_KEYS.contains(&key.as_str()) => vec![one],
            (several, Value::Array(list)) if several.len() == list.len() => list.iter().collect(),
            (several, _) => return Err(refuse("type", &path, format!("应为 {} 个数的列表", several.len()))),
        };
        for (fact, value) in facts.iter().zip(values).filter(|it| !it.1.is_null()) {
            let read = value_in(&row.rule, *fact, value).filter(|it| fits(row.rule.measure(*fact), *it));
            let wrong = || refuse("value", &path, format!("`{key}` 的值不对"));
            answers.set(number, *fact, Some(read.ok_or_else(wrong)?));
        }
    }
    Ok(())
}

/// A value of a partial row; a printed level is the word of the row.
pub fn value_in(rule: &Rule, fact: Fact, value: &Value) -> Option<i64> {
    match (rule, value.as_str()) {
        (Rule::Choice { levels }, Some(word)) if fact == Fact::Choice => {
            let at = levels.iter().position(|it| it.when == word);
            at.and_then(|it| i64::try_from(it).ok()).or_else(|| value_of(Measure::Whole, value))
        }
        _ => value_of(rule.measure(fact), value),
    }
}

/// A value of a partial row. A number may be a text, so that none of its digits is lost.
pub fn value_of(measure: Measure, value: &Value) -> Option<i64> {
    let places = match (measure, value) {
        (Measure::YesNo, Value::Bool(it)) => return Some(i64::from(*it)),
        (Measure::Choice(words), Value::String(it)) => {
            return words.iter().position(|word| word == it).and_then(|it| i64::try_from(it).ok());
        }
        (Measure::YesNo | Measure::Choice(_), _) => return None,
        (Measure::Whole, _) => 0,
        (Measure::Points, _) => 1,
        (Measure::Decimal, _) => 9,
    };
    match value {
        Value::Number(it) => scaled(&it.to_string(), places),
        Value::String(it) => scaled(it, places),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A number with at most so many decimals, counted in units of the last of these `places`.
fn scaled(text: &str, places: usize) -> Option<i64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let decimals = decimals.trim_end_matches('0');
    if places < decimals.len()
        || whole.is_empty()
        || !whole.bytes().chain(decimals.bytes()).all(|it| it.is_ascii_digit())
    {
        return None;
    }
    format!("{whole}{decimals:0<places$}").parse().ok()
}

/// The answers about the filing. Unlike for `ziping route`, questions may be left open.
fn filing(routes: Option<&Routes>, said: &Value) -> Result<route::FilingAnswers, LineError> {
    let Value::Object(said) = said else {
        return Err(refuse("type", "", "应为对象，如 ziping route 的一行".to_owned()));
    };
    let mut answers = route::FilingAnswers::default();
    for (key, value) in said.iter().filter(|it| it.0 != "id") {
        let Some(question) = routes.and_then(|it| it.question(key)) else { return Err(unknown_key(key)) };
        let read = match (question.kind, value.as_str()) {
            (QuestionKind::YesNo, Some(UNCLEAR)) => vec![UNCLEAR.to_owned()],
            (QuestionKind::Place, None) if value.is_array() => {
                serde_json::from_value(value.clone()).unwrap_or_default()
            }
            (
                QuestionKind::One
                | QuestionKind::Many
                | QuestionKind::YesNo
                | QuestionKind::Place
                | QuestionKind::Places,
                _,
            ) => values(question, value)?,
        };
        for given in read {
            answers.0.push((key.clone(), text(key, &given.into(), TEXT)?));
        }
    }
    answers.0.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(answers)
}

/// A text to be kept as it is, with plain letters: one that would have to be cut or cleaned is refused.
fn text(path: &str, value: &Value, most: usize) -> Result<String, LineError> {
    let Some(text) = value.as_str() else {
        return Err(refuse("type", path, "应为文字，写在引号里".to_owned()));
    };
    let text: String = text.chars().map(plain).collect();
    if most < text.chars().count() {
        return Err(refuse("too_long", path, format!("有 {} 个字，最多 {most} 个", text.chars().count())));
    }
    if cleaned_text(text.clone()) != text {
        return Err(refuse("text", path, "含有控制符或看不见的字符，请删去".to_owned()));
    }
    Ok(text)
}

fn unknown_key(key: &str) -> LineError {
    refuse("unknown_key", key, format!("不认识的键 `{key}`，请核对拼写或删去"))
}

fn refuse(code: &'static str, path: &str, message: String) -> LineError {
    LineError { code, path: path.to_owned(), message }
}

fn below(place: &str, error: LineError) -> LineError {
    let path = if error.path.is_empty() { place.to_owned() } else { format!("{place}.{}", error.path) };
    LineError { path, ..error }
}

/// The keys and values of a JSON object in their order, also where a key comes twice.
struct ObjectKeys<'l>(Vec<(String, &'l RawValue)>);

impl<'de> Deserialize<'de> for ObjectKeys<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<ObjectKeys<'de>, D::Error> {
        struct Seen;
        impl<'de> Visitor<'de> for Seen {
            type Value = ObjectKeys<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ObjectKeys<'de>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(ObjectKeys(pairs))
            }
        }
        from.deserialize_map(Seen)
    }
}
