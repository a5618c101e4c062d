//! The official table as a worksheet: as printed on the left, and beside each row what is to be filled in.

use crate::dossier::{Dossier, Sheet};
use crate::rubric::{Blank, BlankPiece, Edition, Part, Points, Row, RowKind, Rubric, label as blank_label};
use crate::score::{Report, RowReport, score};
use crate::spreadsheet::{BookSheet, Cell, CellRange, Look, lines};

use super::field::{InputKind, InputValue, facts_of, label};
use super::layout::{FormField, FormInput, FormSheet, Kept};
use super::overview::unit_fields;

/// Where the columns for filling in begin, behind the eight of the table and a gap.
const NUMBER: u32 = 9;
const ASKED: u32 = 10;
const FILLED: u32 = 11;
const MAY: u32 = 12;
/// In halves of a letter: the eight columns as wide as A4 allows, as on the printed form, then those for filling in.
const WIDTHS: [u16; 14] = [10, 11, 25, 28, 6, 11, 8, 20, 2, 7, 24, 13, 26, 13];
/// In points, for each line and around them.
const LINE: usize = 12;
const AROUND: usize = 4;
/// No row can be higher.
const HIGHEST: usize = 400;
const HEADS: [&str; 4] = ["编号", "要填的内容", "填写", "可以填的"];

/// Where the points of a row stand and its note.
const POINTS: u32 = 4;
const SCORE: u32 = 6;
const NOTE: u32 = 7;

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
    let asked = asked(rubric, dossier, sheet, at, alone);
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
    let last = table(&mut form, rubric, (sheet, at), &report, heads + 1);
    let last = foot(&mut form, rubric, &report, dossier, last);
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
fn asked(rubric: &Rubric, dossier: &Dossier, sheet: &Sheet, at: usize, alone: bool) -> Vec<AskedField> {
    let mut asked = if alone { unit_fields(dossier, 5) } else { Vec::new() };
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

/// The rows of the table, from the row `from` of the worksheet; gives the row after them.
fn table(form: &mut FormSheet, rubric: &Rubric, (sheet, at): (&Sheet, usize), report: &Report<'_>, from: u32) -> u32 {
    // each fact of a row has a line of its own, so that one column is filled in from top to bottom
    let rows: Vec<&Row> = rubric.rows().collect();
    let facts: Vec<_> = rows.iter().map(|it| facts_of(it)).collect();
    let mut begins = vec![from];
    for facts in &facts {
        let n = u32::try_from(facts.len()).unwrap_or(1).max(1);
        begins.push(begins[begins.len() - 1] + n);
    }
    let span = |first: usize, n: usize| (begins[first], begins[first + n] - 1);
    let mut first = 0;
    for section in &rubric.sections {
        let n: usize = section.groups.iter().map(|it| it.rows.len()).sum();
        form.put(span(first, n), (0, 0), named(&section.name, section.points), Look::Middle, Kept::Yes);
        let mut group_first = first;
        for group in &section.groups {
            let n = group.rows.len();
            form.put(span(group_first, n), (1, 1), named(&group.name, group.points), Look::Middle, Kept::Yes);
            group_first += n;
        }
        for row in first..first + n {
            let after = &rows[row + 1..first + n];
            let kept = Kept::Of(rows[row].number);
            let shared = 1 + after.iter().take_while(|it| it.shares == Some(rows[row].number)).count();
            let text = |text: &str| Cell::Text(text.to_owned());
            if rows[row].content.is_empty() {
                form.put(span(row, shared), (2, 3), text(&rows[row].standard), Look::Text, kept);
            } else {
                form.put(span(row, 1), (2, 2), text(&rows[row].content), Look::Text, kept);
                if rows[row].shares.is_none() {
                    form.put(span(row, shared), (3, 3), text(&rows[row].standard), Look::Text, kept);
                }
            }
            if rows[row].shares.is_none() {
                let points = rows[row].points.map_or(Cell::Empty, |it| Cell::Tenths(it.in_tenths().into()));
                form.put(span(row, shared), (POINTS, POINTS), points, Look::Middle, kept);
            }
            if row == first || !rows[row].methods_merged {
                let merged = 1 + after.iter().take_while(|it| it.methods_merged).count();
                let methods = rows[row].methods.join("\n");
                form.put(span(row, merged), (POINTS + 1, POINTS + 1), text(&methods), Look::Middle, Kept::Yes);
            }
            if let Some(reported) = report.row(rows[row].number) {
                form.put(span(row, 1), (SCORE, SCORE), awarded(report, reported), Look::Middle, Kept::No);
            } else {
                form.put(span(row, 1), (SCORE, SCORE), Cell::Empty, Look::Middle, Kept::No);
            }
            beside(form, rubric, rows[row], (sheet, at), span(row, 1));
        }
        first += n;
    }
    heights(form, rubric, &rows, &begins, sheet);
    begins[begins.len() - 1]
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

/// Makes every row so high that all of its texts are seen: programs do not find it themselves for merged cells.
fn heights(form: &mut FormSheet, rubric: &Rubric, rows: &[&Row], begins: &[u32], sheet: &Sheet) {
    let tall = |text: &str, column: u32, also: u32| {
        let wide: u16 = WIDTHS[column as usize..=(column + also) as usize].iter().sum();
        lines(text, usize::from(wide) - 1) * LINE + AROUND
    };
    form.sheet.heights.resize(begins[begins.len() - 1] as usize, 0);
    let heights = &mut form.sheet.heights;
    let mut raise = |from: usize, n: usize, height: usize| {
        let lines = &mut heights[begins[from] as usize..begins[from + n] as usize];
        let had: usize = lines.iter().map(|it| usize::from(*it)).sum();
        let more = height.saturating_sub(had).div_ceil(lines.len());
        for line in lines {
            *line = u16::try_from((usize::from(*line) + more).min(HIGHEST)).unwrap_or_default();
        }
    };
    for (at, row) in rows.iter().enumerate() {
        let n_lines = (begins[at + 1] - begins[at]) as usize;
        raise(at, 1, n_lines * (LINE + AROUND));
        let methods = if row.methods_merged { 0 } else { row.methods.iter().map(|it| tall(it, 5, 0) - AROUND).sum() };
        let note = tall(sheet.note(row.number), NOTE, 0);
        let standard = if row.content.is_empty() { tall(&row.standard, 2, 1) } else { tall(&row.content, 2, 0) };
        raise(at, 1, note.max(standard));
        let shared = 1 + rows[at + 1..].iter().take_while(|it| it.shares == Some(row.number)).count();
        if row.shares.is_none() {
            raise(at, shared, tall(&row.standard, 3, 0));
        }
        let merged = 1 + rows[at + 1..].iter().take_while(|it| it.methods_merged).count();
        raise(at, merged, methods + AROUND);
    }
    let mut first = 0;
    for (section, group) in rubric.groups() {
        raise(first, group.rows.len(), tall(&said(&group.name, group.points), 1, 0));
        let whole: usize = section.groups.iter().map(|it| it.rows.len()).sum();
        if section.groups.first().is_some_and(|it| std::ptr::eq(it, group)) {
            raise(first, whole, tall(&said(&section.name, section.points), 0, 0));
        }
        first += group.rows.len();
    }
}

fn said(name: &str, points: Option<Points>) -> String {
    points.map_or_else(|| name.to_owned(), |it| format!("{name}\n{it}分"))
}

fn named(name: &str, points: Option<Points>) -> Cell {
    Cell::Text(said(name, points))
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
