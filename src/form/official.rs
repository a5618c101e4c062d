//! The official table as a worksheet: as printed on the left, and beside each row what is to be filled in.

use crate::dossier::{Dossier, Sheet};
use crate::rubric::{Blank, BlankPiece, Edition, Part, Row, RowKind, Rubric, label as blank_label};
use crate::score::{Report, RowReport, score};
use crate::spreadsheet::{BookSheet, Cell, CellRange, Look, lines};

use super::field::{InputKind, InputValue, facts_of, label};
use super::layout::{FormField, FormInput, FormSheet, Kept};
use super::overview::unit_fields;
use super::pages::{HIGHEST, LINE, LaidRows, NOTE, WIDTHS, parts};

/// Where the columns for filling in begin, behind the eight of the table and a gap.
const NUMBER: u32 = 9;
const ASKED: u32 = 10;
const FILLED: u32 = 11;
const MAY: u32 = 12;
const HEADS: [&str; 4] = ["编号", "要填的内容", "填写", "可以填的"];

/// Where the points of a row stand, and those it has.
const POINTS: u32 = 4;
const SCORE: u32 = 6;

/// The official table of a sheet of the dossier. `alone`: the workbook has no other, so the unit is asked for here.
pub fn official(
    edition: &Edition,
    rubric: &Rubric,
    dossier: &Dossier,
    at: usize,
    alone: bool,
    name: &str,
) -> FormSheet {
    let empty = Sheet::default();
    let sheet = dossier.sheets.get(at).unwrap_or(&empty);
    let report = score(rubric, &sheet.answers);
    let mut form = FormSheet {
        sheet: BookSheet { name: name.to_owned(), widths: WIDTHS.into(), locked: true, ..BookSheet::default() },
        ..FormSheet::default()
    };
    let head = head(&mut form, edition, rubric, dossier, sheet);
    let asked = asked(edition, rubric, dossier, sheet, at, alone);
    for (n, (label, field, kind, value)) in (0..).zip(&asked) {
        let (row, column) = (1 + n / 2, ASKED + n % 2 * 2);
        form.text(row, column, label, Look::Label, Kept::Yes);
        let input = FormInput { row, column: column + 1, field: field.clone(), kind: kind.clone(), of: None };
        form.input((row, row), (column + 1, column + 1), input, Some(&InputValue::Text(value.clone())));
    }
    let n_asked = u32::try_from(asked.len().div_ceil(2)).unwrap_or_default();
    let heads = head.max(1 + n_asked);
    form.text(0, NUMBER, "黄色的格子和备注可以填；得分由自评工具读入后计算。", Look::Line, Kept::No);
    form.sheet.heights.resize(heads as usize + 1, 16);
    form.sheet.heights[1] = 40;
    form.sheet.heights[heads as usize] = 28;
    for (column, title) in (0..).zip(edition.columns.iter().map(String::as_str)) {
        form.text(heads, column, title, Look::Head, Kept::Yes);
    }
    for (column, title) in (NUMBER..).zip(HEADS) {
        form.text(heads, column, title, Look::Head, Kept::Yes);
    }
    form.sheet.head = heads + 1;
    let laid = LaidRows::of(rubric, heads + 1);
    laid.raise(&mut form.sheet.heights, sheet);
    let last = foot(&mut form, rubric, &report, dossier, laid.end());
    form.sheet.pages = laid.pages(&form.sheet.heights);
    table(&mut form, rubric, (sheet, at), &report, &laid);
    form.sheet.printed = Some(CellRange { rows: (0, last), columns: (0, NOTE) });
    form.done()
}

/// What stands above the table; gives the row of the columns' names.
fn head(form: &mut FormSheet, edition: &Edition, rubric: &Rubric, dossier: &Dossier, sheet: &Sheet) -> u32 {
    let line = |form: &mut FormSheet, row: u32, text: String, look, kept| {
        form.put((row, row), (0, NOTE), Cell::Text(text), look, kept);
    };
    line(form, 0, format!("{} 附件{}", edition.notice, rubric.annex), Look::Line, Kept::Yes);
    let dash = rubric.title.char_indices().find(|it| it.1 == '—').map_or(rubric.title.len(), |it| it.0);
    let (whole, part) = rubric.title.split_at_checked(dash).unwrap_or((&rubric.title, ""));
    let title = if part.is_empty() { whole.to_owned() } else { format!("{whole}\n{part}") };
    line(form, 1, title, Look::Title, Kept::Yes);
    let said = [&dossier.unit, dossier.place(), &dossier.facts.contact, &dossier.facts.telephone];
    let names = ["申请单位", "所在地", "联系人", "联系电话"].into_iter().zip(said);
    let whose: Vec<String> = names.map(|(name, said)| format!("{name}：{}", filled(said))).collect();
    line(form, 2, whose.join("　"), Look::Line, Kept::No);
    let mut row = 3;
    let mut at = 0;
    for printed in &rubric.header {
        let mut text = String::new();
        for piece in printed {
            match piece {
                BlankPiece::Text(words) => text.push_str(words),
                BlankPiece::Blank(_) => {
                    text.push_str(filled(sheet.blank(at)));
                    at += 1;
                }
            }
        }
        line(form, row, text, Look::Line, Kept::No);
        row += 1;
    }
    if rubric.part == Part::Occupation {
        let text = format!("职业编码：{}　级别：{}", filled(&sheet.occupation_code), filled(&sheet.levels));
        line(form, row, text, Look::Line, Kept::No);
        row += 1;
    }
    row
}

fn filled(said: &str) -> &str {
    if said.is_empty() { "＿＿＿＿" } else { said }
}

type AskedField = (String, FormField, InputKind, String);

/// What is asked for besides the rows.
fn asked(
    edition: &Edition,
    rubric: &Rubric,
    dossier: &Dossier,
    sheet: &Sheet,
    at: usize,
    alone: bool,
) -> Vec<AskedField> {
    let mut asked = if alone { unit_fields(edition, dossier, 5) } else { Vec::new() };
    let (mut before, mut n) = ("", 0);
    for piece in rubric.header.iter().flatten() {
        match piece {
            BlankPiece::Text(text) => before = text,
            BlankPiece::Blank(blank) => {
                let kind = if *blank == Blank::Text { InputKind::Text } else { InputKind::Count };
                asked.push((blank_label(before).to_owned(), FormField::Blank(at, n), kind, sheet.blank(n).to_owned()));
                n += 1;
            }
        }
    }
    if rubric.part == Part::Occupation {
        asked.push(("职业编码".to_owned(), FormField::Code(at), InputKind::Text, sheet.occupation_code.clone()));
        asked.push(("级别".to_owned(), FormField::Levels(at), InputKind::Text, sheet.levels.clone()));
    }
    asked
}

/// The rows of the table.
fn table(form: &mut FormSheet, rubric: &Rubric, of: (&Sheet, usize), report: &Report<'_>, laid: &LaidRows<'_>) {
    for side in &laid.sides {
        let on_pages = parts(laid.span(side.first, side.n), &form.sheet.pages);
        for (n, lines) in on_pages.into_iter().enumerate() {
            let kept = if n == 0 { Kept::Yes } else { Kept::No };
            form.put(lines, (side.column, side.column), Cell::Text(side.text.clone()), Look::Middle, kept);
        }
    }
    for (at, row) in laid.rows.iter().enumerate() {
        let kept = Kept::Of(row.number);
        let (one, shared) = (laid.span(at, 1), laid.span(at, laid.shared(at)));
        let text = |text: &str| Cell::Text(text.to_owned());
        if row.content.is_empty() {
            form.put(shared, (2, 3), text(&row.standard), Look::Text, kept);
        } else {
            form.put(one, (2, 2), text(&row.content), Look::Text, kept);
            if row.shares.is_none() {
                form.put(shared, (3, 3), text(&row.standard), Look::Text, kept);
            }
        }
        if row.shares.is_none() {
            let points = row.points.map_or(Cell::Empty, |it| Cell::Tenths(it.in_tenths().into()));
            form.put(shared, (POINTS, POINTS), points, Look::Middle, kept);
        }
        let score = report.row(row.number).map_or(Cell::Empty, |it| awarded(report, it));
        form.put(one, (SCORE, SCORE), score, Look::Middle, Kept::No);
        beside(form, rubric, row, of, one);
    }
}

/// What is to be filled in about a row, and its note.
fn beside(form: &mut FormSheet, rubric: &Rubric, row: &Row, (sheet, at): (&Sheet, usize), lines: (u32, u32)) {
    let kept = Kept::Of(row.number);
    let of = Some(row.number);
    form.put(lines, (NUMBER, NUMBER), Cell::Text(rubric.row_id(row.number)), Look::Label, kept);
    for (line, fact) in (lines.0..).zip(facts_of(row)) {
        form.text(line, ASKED, &label(row, fact), Look::Label, kept);
        let kind = InputKind::of(row, fact);
        form.text(line, MAY, &kind.hint(), Look::Hint, Kept::No);
        let value = sheet.answers.get(row.number, fact).map(InputValue::Number);
        let field = FormField::Answer(at, row.number, fact);
        form.input(
            (line, line),
            (FILLED, FILLED),
            FormInput { row: line, column: FILLED, field, kind, of },
            value.as_ref(),
        );
    }
    let (field, kind) = (FormField::Note(at, row.number), InputKind::Text);
    let note = InputValue::Text(sheet.note(row.number).to_owned());
    form.input(lines, (NOTE, NOTE), FormInput { row: lines.0, column: NOTE, field, kind, of }, Some(&note));
}

/// 得分, as on the printed form.
fn awarded(report: &Report<'_>, reported: &RowReport<'_>) -> Cell {
    let open = matches!(report.rubric.kind(reported.row), RowKind::Bonus | RowKind::Unscored);
    match reported.score {
        Some(points) => Cell::Tenths(points.in_tenths().into()),
        None if reported.unsure => Cell::Text("待确认".to_owned()),
        None if !open && !reported.answered && report.rows.iter().any(|it| it.answered) => {
            Cell::Text("未评".to_owned())
        }
        None => Cell::Empty,
    }
}

/// 合计, 注 and who signs; gives the last row.
fn foot(form: &mut FormSheet, rubric: &Rubric, report: &Report<'_>, dossier: &Dossier, from: u32) -> u32 {
    let at = (from, from);
    form.put(at, (0, 3), Cell::Text("合计".to_owned()), Look::Head, Kept::Yes);
    form.put(at, (POINTS, POINTS), Cell::Tenths(rubric.total.in_tenths().into()), Look::Middle, Kept::Yes);
    form.text(from, POINTS + 1, &rubric.total_label, Look::Middle, Kept::No);
    let begun = report.rows.iter().any(|it| it.answered);
    let total = if begun { Cell::Tenths(report.base.in_tenths().into()) } else { Cell::Empty };
    form.put(at, (SCORE, SCORE), total, Look::Middle, Kept::No);
    let open = if begun && !report.is_complete() { Cell::Text("未评完".to_owned()) } else { Cell::Empty };
    form.put(at, (NOTE, NOTE), open, Look::Middle, Kept::No);
    let mut height = |height: usize| form.sheet.heights.push(u16::try_from(height.min(HIGHEST)).unwrap_or_default());
    height(20);
    let date = if dossier.facts.date.is_empty() { "＿＿＿＿年＿＿月＿＿日" } else { &dossier.facts.date };
    let signs = ["申请单位（盖章）", "负责人（签字）", "填表人（签字）"].map(|it| format!("{it}：＿＿＿＿＿＿"));
    let signs = format!("{}　日期：{date}", signs.join("　"));
    let texts: Vec<&str> = rubric.note.iter().map(String::as_str).chain([signs.as_str()]).collect();
    let wide: u16 = WIDTHS[..8].iter().sum();
    for text in &texts {
        height(lines(text, usize::from(wide) - 2) * LINE + 8);
    }
    for (row, text) in (from + 1..).zip(&texts) {
        form.put((row, row), (0, NOTE), Cell::Text((*text).to_owned()), Look::Line, Kept::No);
    }
    from + u32::try_from(texts.len()).unwrap_or_default()
}
