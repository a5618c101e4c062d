//! `ziping route`: facts about an applicant as JSON, and its filings. Names and shapes are a promise.

use serde_json::{Map, Value, json};

use crate::filing::Rules;
use crate::filing::route::{Filing, FilingAnswers, Question, QuestionKind, QuestionOption, Routes, UNCLEAR};

use crate::letters::plain_text;

use super::lines::LineError;

/// # Errors
/// What is wrong with the facts.
pub fn route_json(rules: &Rules, line: &Map<String, Value>) -> Result<Value, LineError> {
    let answers = read_facts(&rules.routes, line)?;
    let outcome = rules.routes.route(&answers);
    Ok(json!({
        "filings": outcome.filings.iter().map(filing).collect::<Vec<_>>(),
        "clauses": outcome.clauses,
        "readings": outcome.readings,
        "candidates": outcome.candidates,
    }))
}

fn filing(filing: &Filing) -> Value {
    json!({
        "route": filing.route.name(),
        "filed_as": filing.filed_as.as_ref().map(|it| &it.id),
        "class_code": filing.class_code,
        "class_code_printed": filing.class_code_printed,
        "tenth_digit": filing.tenth_digit,
        "supervisor": filing.supervisor,
        "rubrics": filing.rubrics.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "contacts": filing.contacts,
        "steps": filing.steps.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(),
    })
}

/// The facts of one line as answers.
///
/// # Errors
/// What is wrong with them.
pub fn read_facts(routes: &Routes, line: &Map<String, Value>) -> Result<FilingAnswers, LineError> {
    let Some(first) = routes.questions.first() else {
        return Err(refuse("no_rules", "", "这个版本没有备案规则（filing.toml）".to_owned()));
    };
    let Some(value) = line.get(&first.id) else { return Err(missing(first)) };
    let applicant = text(first, value)?;
    if first.option(applicant).is_none() {
        return Err(refuse("unknown_applicant", &first.id, format!("不认识的 `{applicant}`，{}", one_of(first))));
    }
    let of_applicant: Vec<_> = routes.questions.iter().filter(|it| concerns(it, first, applicant)).collect();
    let mut answers = FilingAnswers::default();
    for (key, value) in line.iter().filter(|it| it.0 != "id") {
        let Some(question) = of_applicant.iter().find(|it| it.id == *key) else {
            let known: Vec<_> = of_applicant.iter().map(|it| it.id.as_str()).collect();
            let message = format!("`{applicant}` 没有 `{key}` 这一项，可以写的有 {}", known.join("、"));
            return Err(refuse("unknown_fact", key, message));
        };
        for given in values(question, value)? {
            answers.0.push((question.id.clone(), given));
        }
    }
    // a stable sort: places stay in the order of the line
    answers.0.sort_by(|a, b| a.0.cmp(&b.0));
    let open = |it: &&Question| it.option(UNCLEAR).is_none() && answers.get(&it.id).is_none();
    match of_applicant.into_iter().find(open) {
        Some(question) => Err(missing(question)),
        None => Ok(answers),
    }
}

/// Can the question come up for this applicant?
pub(super) fn concerns(question: &Question, first: &Question, applicant: &str) -> bool {
    let may = |when: &crate::filing::route::When| {
        when.0.iter().all(|condition| {
            condition.question != first.id || condition.options.iter().any(|option| option == applicant)
        })
    };
    question.asked.is_empty() || question.asked.iter().any(may)
}

pub(super) fn values(question: &Question, value: &Value) -> Result<Vec<String>, LineError> {
    let wrong = |message: &str| Err(refuse("type", &question.id, format!("`{}` 应为{message}", question.id)));
    let texts = |list: &[Value]| list.iter().map(|it| it.as_str().map(plain_text)).collect::<Option<Vec<_>>>();
    match (question.kind, value) {
        // null means not known, as if the key were absent
        (QuestionKind::YesNo | QuestionKind::Place | QuestionKind::Places, Value::Null) => Ok(Vec::new()),
        (QuestionKind::YesNo, Value::Bool(it)) => Ok(vec![it.to_string()]),
        (QuestionKind::YesNo, _) => wrong(" true 或 false"),
        (QuestionKind::Place, Value::String(it)) => Ok(vec![plain_text(it)]),
        (QuestionKind::Place, _) => wrong("地点的文字，或 null"),
        (QuestionKind::Places, Value::String(it)) => Ok(vec![plain_text(it)]),
        (QuestionKind::Places, Value::Array(list)) => {
            texts(list).map_or_else(|| wrong("地点的文字、文字的列表，或 null"), Ok)
        }
        (QuestionKind::Places, _) => wrong("地点的文字、文字的列表，或 null"),
        (QuestionKind::One, _) => Ok(vec![option(question, text(question, value)?)?]),
        (QuestionKind::Many, Value::Array(list)) => {
            let Some(list) = texts(list) else { return wrong("文字的列表") };
            if list.is_empty() {
                return Err(refuse("missing", &question.id, format!("`{}` 是空的，至少写一项", question.id)));
            }
            for (i, id) in list.iter().enumerate() {
                option(question, id)?;
                if list[..i].contains(id) {
                    return Err(refuse("duplicate", &question.id, format!("`{id}` 出现了两次")));
                }
            }
            Ok(list)
        }
        (QuestionKind::Many, _) => wrong("文字的列表"),
    }
}

fn text<'v>(question: &Question, value: &'v Value) -> Result<&'v str, LineError> {
    value
        .as_str()
        .ok_or_else(|| refuse("type", &question.id, format!("`{}` 应为文字，{}", question.id, one_of(question))))
}

fn option(question: &Question, value: &str) -> Result<String, LineError> {
    match question.option(value) {
        Some(it) => Ok(it.id.clone()),
        None => Err(refuse("value", &question.id, format!("不认识的 `{value}`，{}", one_of(question)))),
    }
}

fn one_of(question: &Question) -> String {
    let ids: Vec<_> = question.options.iter().map(|it: &QuestionOption| it.id.as_str()).collect();
    format!("应为 {} 之一", ids.join("、"))
}

fn missing(question: &Question) -> LineError {
    refuse("missing", &question.id, format!("缺少 `{}`（{}），请补上", question.id, question.name))
}

fn refuse(code: &'static str, path: &str, message: String) -> LineError {
    LineError { code, path: path.to_owned(), message }
}
