//! `ziping scope`: a declared row as JSON, and the findings about it. Names and shapes are a promise.

use serde_json::{Map, Value, json};

use crate::filing::Rules;
use crate::filing::scope::{Checked, ClassType, DeclaredRow, Major, Ruling, School, Standard, Tri};
use crate::letters::plain_text;
use crate::rubric::{Applicant, Edition, Measure};
use crate::score::{Misread, typed};

use super::lines::LineError;

/// Answers one line.
///
/// # Errors
/// What is wrong with the line: a key nobody knows, a value of another kind, a word that does not exist.
pub fn scope_json(edition: &Edition, rules: &Rules, line: &Map<String, Value>) -> Result<Value, LineError> {
    let (applicant, row) = scope_row(edition, line)?;
    Ok(written(&rules.scope.check(edition.kind(applicant), &row)))
}

pub(super) const STANDARDS: &[(&str, Standard)] =
    &[("national", Standard::National), ("enterprise", Standard::Enterprise)];
pub(super) const CLASS_TYPES: &[(&str, ClassType)] = &[
    ("intermediate", ClassType::Intermediate),
    ("advanced", ClassType::Advanced),
    ("pre_technician", ClassType::PreTechnician),
    ("other", ClassType::Other),
];
pub(super) const MAJORS: &[(&str, Major)] = &[("main", Major::Main), ("minor", Major::Minor)];
pub(super) const AUDIENCES: &[(&str, Audience)] =
    &[("own_students", Audience::OwnStudents), ("public", Audience::Public), ("other", Audience::Other)];

/// What section 二 asks of a school.
pub(super) const OF_SCHOOL: &[&str] = &[
    "enrolled_years",
    "has_scale",
    "small_major",
    "national_standard",
    "graduating_year",
    "staged",
    "earlier_certificate",
    "compound",
    "class_type",
    "major",
];

/// Whom a school assesses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    OwnStudents,
    Public,
    Other,
}

/// The row of a line, and who declares it: the first kind of the edition where the line does not say.
///
/// # Errors
/// What is wrong with the line.
pub fn scope_row(edition: &Edition, line: &Map<String, Value>) -> Result<(Applicant, DeclaredRow), LineError> {
    let (mut applicant, mut row, mut school) = (Applicant::default(), DeclaredRow::default(), School::default());
    let kinds: Vec<(&str, Applicant)> = edition.kinds().map(|it| (it.1.id.as_str(), it.0)).collect();
    let mut audience: Option<Vec<Audience>> = None;
    let mut of_school: Option<&str> = None;
    // null is as good as absent
    for (key, value) in line.iter().filter(|it| !it.1.is_null()) {
        match key.as_str() {
            "id" => {}
            "applicant" => applicant = word(key, value, &kinds)?,
            "code" => row.code = text(key, value)?,
            "name" => row.name = text(key, value)?,
            "trade" => row.trade = text(key, value)?,
            "levels" => row.levels = levels(value)?,
            "standard" => row.standard = word(key, value, STANDARDS)?,
            "standard_year" => row.standard_year = Some(year(key, value)?),
            "standard_name" => row.standard_name = text(key, value)?,
            "dictionary_name" => row.dictionary_name = text(key, value)?,
            "name_checked" => row.name_checked = Some(yes_no(key, value)?),
            "restricted" => row.restricted = Some(tri(key, value)?),
            "near_professional" => row.near_professional = Some(yes_no(key, value)?),
            "audience" => audience = Some(audiences(key, value)?),
            key => {
                fact(&mut school, key, value)?;
                of_school = of_school.or(Some(key));
            }
        }
    }
    let schools_only = of_school.or(audience.is_some().then_some("audience"));
    if let (Some(key), None) = (schools_only, &edition.kind(applicant).others) {
        return Err(refuse("form", key, not_of(edition, key)));
    }
    // whoever states such facts speaks of the school's own students, unless another audience is named
    let own = audience.map_or(of_school.is_some(), |it| it.contains(&Audience::OwnStudents));
    row.school = own.then_some(school);
    Ok((applicant, row))
}

/// Why a fact about an applicant's own people is none of this applicant.
fn not_of(edition: &Edition, key: &str) -> String {
    let kinds = edition.applicants.iter().filter(|it| it.others.is_some());
    let (labels, ids): (Vec<&str>, Vec<&str>) = kinds.map(|it| (it.label.as_str(), it.id.as_str())).unzip();
    if ids.is_empty() {
        return format!("`{key}` 不适用：这个版本的各类申请单位都不分本单位的人和其他人");
    }
    format!("`{key}` 只适用于{}，`applicant` 应为 {}", labels.join("、"), ids.join("、"))
}

/// A fact that section 二 asks of a school.
fn fact(school: &mut School, key: &str, value: &Value) -> Result<(), LineError> {
    match key {
        "enrolled_years" => school.enrolled_years = Some(years(key, value)?),
        "has_scale" => school.has_scale = Some(yes_no(key, value)?),
        "small_major" => school.small_major = Some(yes_no(key, value)?),
        "national_standard" => school.national_standard = Some(yes_no(key, value)?),
        "graduating_year" => school.graduating_year = Some(yes_no(key, value)?),
        "staged" => school.staged = Some(yes_no(key, value)?),
        "earlier_certificate" => school.earlier_certificate = Some(yes_no(key, value)?),
        "compound" => school.compound = Some(yes_no(key, value)?),
        "class_type" => school.class_type = Some(word(key, value, CLASS_TYPES)?),
        "major" => school.major = Some(word(key, value, MAJORS)?),
        _ => return Err(refuse("unknown_key", key, format!("不认识的键 `{key}`，请核对拼写或删去"))),
    }
    Ok(())
}

fn refuse(code: &'static str, path: &str, message: impl Into<String>) -> LineError {
    LineError { code, path: path.to_owned(), message: message.into() }
}

fn text(key: &str, value: &Value) -> Result<String, LineError> {
    value.as_str().map(plain_text).ok_or_else(|| refuse("type", key, format!("`{key}` 应为文字，写在引号里")))
}

fn yes_no(key: &str, value: &Value) -> Result<bool, LineError> {
    value.as_bool().ok_or_else(|| refuse("type", key, format!("`{key}` 应为 true 或 false")))
}

fn tri(key: &str, value: &Value) -> Result<Tri, LineError> {
    let expected = || format!("`{key}` 应为 true、false 或 \"unsure\"");
    match value {
        Value::Bool(true) => Ok(Tri::Yes),
        Value::Bool(false) => Ok(Tri::No),
        Value::String(it) if it == "unsure" => Ok(Tri::Unsure),
        Value::String(_) => Err(refuse("value", key, expected())),
        _ => Err(refuse("type", key, expected())),
    }
}

fn word<T: Copy>(key: &str, value: &Value, words: &[(&str, T)]) -> Result<T, LineError> {
    let written = text(key, value)?;
    words.iter().find(|it| it.0 == written).map(|it| it.1).ok_or_else(|| {
        let known: Vec<_> = words.iter().map(|it| it.0).collect();
        refuse("value", key, format!("`{key}` 不能是 `{written}`，应为 {} 之一", known.join("、")))
    })
}

fn audiences(key: &str, value: &Value) -> Result<Vec<Audience>, LineError> {
    match value {
        Value::Array(list) => list.iter().map(|it| word(key, it, AUDIENCES)).collect(),
        one => Ok(vec![word(key, one, AUDIENCES)?]),
    }
}

/// `"4、3"`, `[4, 3]` or `4`.
pub(super) fn levels(value: &Value) -> Result<String, LineError> {
    let number = |item: &Value| whole(item).map(|it| it.to_string());
    let list = match value {
        Value::String(it) => Some(plain_text(it)),
        Value::Array(list) => list.iter().map(number).collect::<Option<Vec<_>>>().map(|it| it.join("、")),
        one => number(one),
    };
    list.ok_or_else(|| refuse("type", "levels", "`levels` 应为文字，如 \"4、3\"，或整数的列表，如 [4, 3]"))
}

/// A whole number, also one that is written 5.0.
fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_f64().filter(|it| it.fract() == 0.0).map(|it| it as i64))
}

fn year(key: &str, value: &Value) -> Result<u16, LineError> {
    let wrong = |code, what: &str| refuse(code, key, format!("`{key}` 应为{what}"));
    match whole(value) {
        Some(year) => u16::try_from(year)
            .ok()
            .filter(|it| (1900..2200).contains(it))
            .ok_or_else(|| wrong("value", "四位数的年份，如 2019")),
        None if value.is_number() => Err(wrong("whole", "整数")),
        None => Err(wrong("type", "数字，如 2019")),
    }
}

/// Years in billionths, cut and never rounded.
fn years(key: &str, value: &Value) -> Result<i64, LineError> {
    let wrong = |code, what: String| refuse(code, key, format!("`{key}` {what}"));
    let Value::Number(number) = value else { return Err(wrong("type", "应为数字".to_owned())) };
    match typed(Measure::Decimal, &number.to_string()) {
        Ok(years) => Ok(years.unwrap_or_default()),
        Err(Misread::Negative) => Err(wrong("negative", "不能是负数".to_owned())),
        Err(why) if number.as_f64().is_some_and(|it| it < 0.0) => Err(wrong("negative", why.to_string())),
        Err(why) => Err(wrong("value", why.to_string())),
    }
}

fn written(checked: &Checked) -> Value {
    let reasons: Vec<_> = checked
        .reasons
        .iter()
        .map(|it| json!({ "result": outcome(it.result), "clause": it.clause, "message": it.message }))
        .collect();
    let suggest = checked.suggest.as_ref().map(|it| json!({ "name": it.name, "trade": it.trade }));
    json!({
        "result": outcome(checked.result),
        "levels": checked.levels,
        "trade": checked.trade,
        "reasons": reasons,
        "suggest": suggest,
        "readings": checked.readings,
    })
}

pub(super) fn outcome(ruling: Ruling) -> &'static str {
    match ruling {
        Ruling::Ok => "ok",
        Ruling::Warn => "warn",
        Ruling::Confirm => "confirm",
        Ruling::Hold => "hold",
        Ruling::Reject => "reject",
    }
}
