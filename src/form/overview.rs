//! The first worksheet of a dossier: the unit, where it files, and how its sheets stand.

use crate::dossier::Dossier;
use crate::filing::Rules;
use crate::filing::route::{Question, QuestionKind, UNCLEAR};
use crate::rubric::Edition;
use crate::score::{in_one_sentence, score};
use crate::spreadsheet::{BookSheet, Cell, CellRange, Look, lines};

use super::field::{InputKind, InputValue};
use super::layout::{FormField, FormInput, FormSheet, Kept};

pub const OVERVIEW: &str = "概览";
/// What stands between several answers to one question.
pub const BETWEEN: &str = "、";
const NOT_CLEAR: &str = "说不清";
const WIDTHS: [u16; 3] = [24, 50, 50];

type UnitField = (String, FormField, InputKind, String);

/// The first `n` things that a unit says about itself.
pub fn unit_fields(edition: &Edition, dossier: &Dossier, n: usize) -> Vec<UnitField> {
    let facts = &dossier.facts;
    let people = edition.people_in_words();
    let all = [
        ("申请单位", FormField::Unit, &dossier.unit, false),
        ("所在地", FormField::Place, &facts.place, false),
        ("联系人", FormField::Contact, &facts.contact, false),
        ("联系电话", FormField::Telephone, &facts.telephone, false),
        ("自评日期", FormField::Date, &facts.date, false),
        ("考评人员总数", FormField::Examiners, &facts.examiners, true),
        ("专家总数", FormField::Experts, &facts.experts, true),
        (&people, FormField::People, &facts.people, true),
    ];
    let fields = all.into_iter().take(n).map(|(label, field, said, counts)| {
        (label.to_owned(), field, if counts { InputKind::Count } else { InputKind::Text }, said.clone())
    });
    fields.collect()
}

/// The overview of a dossier whose sheets have these names.
pub fn overview(edition: &Edition, rules: Option<&Rules>, dossier: &Dossier, names: &[String]) -> FormSheet {
    let sheet = BookSheet { name: OVERVIEW.to_owned(), widths: WIDTHS.into(), locked: true, ..BookSheet::default() };
    let mut form = FormSheet { sheet, ..FormSheet::default() };
    form.put((0, 0), (0, 2), Cell::Text("备案自评".to_owned()), Look::Title, Kept::No);
    let about = format!("{}　{}　{}", edition.kind(dossier.applicant).label, edition.title, edition.notice);
    form.put((1, 1), (0, 2), Cell::Text(about), Look::Line, Kept::No);
    form.put(
        (2, 2),
        (0, 2),
        Cell::Text("黄色的格子可以填；得分和结论由自评工具读入后计算。".to_owned()),
        Look::Hint,
        Kept::No,
    );
    form.sheet.heights = vec![28, 16, 16];
    let mut row = 3;
    let questions = rules.map_or(&[][..], |it| &it.routes.questions);
    let routes = questions
        .iter()
        .map(|it| (it.name.clone(), FormField::Route(it.id.clone()), InputKind::Text, answered(it, dossier)));
    for (label, field, kind, said) in unit_fields(edition, dossier, usize::MAX).into_iter().chain(routes) {
        form.text(row, 0, &label, Look::Label, Kept::Yes);
        let input = FormInput { row, column: 1, field, kind, of: None };
        form.input((row, row), (1, 1), input, Some(&InputValue::Text(said)));
        let hint = questions.iter().find(|it| it.name == label).map_or(String::new(), hint);
        form.text(row, 2, &hint, Look::Hint, Kept::No);
        form.sheet.heights.push(height(&hint, 2));
        row += 1;
    }
    row += 1;
    form.sheet.heights.push(8);
    for (column, title) in (0..).zip(["自评表", "现状", "自评表的名称"]) {
        form.text(row, column, title, Look::Head, Kept::No);
    }
    form.sheet.heights.push(18);
    for (sheet, name) in dossier.sheets.iter().zip(names) {
        row += 1;
        let Some(rubric) = edition.rubric(sheet.annex) else { continue };
        let stands = in_one_sentence(&score(rubric, &sheet.answers));
        form.text(row, 0, name, Look::Text, Kept::No);
        form.text(row, 1, &stands, Look::Text, Kept::No);
        form.text(row, 2, &rubric.title, Look::Text, Kept::No);
        form.sheet.heights.push(height(&stands, 1).max(height(&rubric.title, 2)));
    }
    form.sheet.printed = Some(CellRange { rows: (0, row), columns: (0, 2) });
    form.done()
}

fn height(text: &str, column: usize) -> u16 {
    u16::try_from(lines(text, usize::from(WIDTHS[column]) - 1) * 12 + 6).unwrap_or(400).min(400)
}

fn hint(question: &Question) -> String {
    let options: Vec<&str> = question.options.iter().map(|it| it.label.as_str()).collect();
    match question.kind {
        QuestionKind::One => format!("填：{}", options.join(BETWEEN)),
        QuestionKind::Many => format!("填（可填几项，用顿号隔开）：{}", options.join(BETWEEN)),
        QuestionKind::YesNo => format!("填：是、否、{NOT_CLEAR}"),
        QuestionKind::Place => "填地点".to_owned(),
        QuestionKind::Places => "填地点，几个地点用顿号隔开".to_owned(),
    }
}

/// The answers to a question in words.
fn answered(question: &Question, dossier: &Dossier) -> String {
    let word = |value: &str| match (value, question.kind) {
        (UNCLEAR, _) => NOT_CLEAR.to_owned(),
        ("true", QuestionKind::YesNo) => "是".to_owned(),
        ("false", QuestionKind::YesNo) => "否".to_owned(),
        _ => question.options.iter().find(|it| it.id == value).map_or(value, |it| &it.label).to_owned(),
    };
    let all: Vec<String> = dossier.route.all(&question.id).map(word).collect();
    all.join(BETWEEN)
}

/// The answers that these words stand for.
///
/// # Errors
/// A word that is no answer to the question.
pub fn route_values(question: &Question, said: &str) -> Result<Vec<String>, String> {
    let several = matches!(question.kind, QuestionKind::Many | QuestionKind::Place | QuestionKind::Places);
    let words: Vec<&str> = if several { said.split(BETWEEN).collect() } else { vec![said] };
    let value = |word: &str| {
        let option = question.options.iter().find(|it| it.label == word || it.id == word);
        match (word, question.kind, option) {
            (NOT_CLEAR, ..) => Ok(UNCLEAR.to_owned()),
            (_, _, Some(option)) => Ok(option.id.clone()),
            ("是", QuestionKind::YesNo, None) => Ok("true".to_owned()),
            ("否", QuestionKind::YesNo, None) => Ok("false".to_owned()),
            (_, QuestionKind::Place | QuestionKind::Places, None) => Ok(word.to_owned()),
            (_, QuestionKind::One | QuestionKind::Many | QuestionKind::YesNo, None) => {
                Err(format!("“{word}”不在可填的之内，请{}", hint(question)))
            }
        }
    };
    words.iter().map(|it| it.trim()).filter(|it| !it.is_empty()).map(value).collect()
}
