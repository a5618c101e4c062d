//! The official table of a sheet in one piece: for the clipboard, from which WPS, Word and Excel take it as a table, and flat
//! for CSV.

use crate::dossier::{Dossier, Sheet};
use crate::letters::begins_formula;
use crate::rubric::{Edition, Group, Points, Row, Rubric};
use crate::score::{Report, score};
use crate::spreadsheet::{Cell, Column, Table};

use super::outline::header;
use super::printed::printed_row;

/// A line break within a cell, for Excel and WPS as well.
const BREAK: &str = "<br style=\"mso-data-placement:same-cell\">";
/// So that 2-4 does not become a day.
const AS_TEXT: &str = " style=\"mso-number-format:'\\@'\"";
const TABLE: &str = "<table border=\"1\" cellspacing=\"0\" cellpadding=\"3\" style=\"border-collapse:collapse;\
                     font-family:SimSun,serif;font-size:10.5pt\">";
const COLUMNS: [(&str, u16); 8] = [
    ("编号", 8),
    ("项目", 14),
    ("项目分解", 14),
    ("评估内容", 36),
    ("评估标准", 60),
    ("分值", 8),
    ("得分", 8),
    ("备注", 30),
];

/// A line a row, each with everything that it has: 编号, 项目, 项目分解, 评估内容, 评估标准, 分值, 得分, 备注.
pub fn flat_table(edition: &Edition, rubric: &Rubric, sheet: &Sheet) -> Table {
    let report = score(rubric, &sheet.answers);
    let columns = COLUMNS.into_iter().map(|(title, width)| Column { title: title.to_owned(), width }).collect();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut shared = "";
    for (section, group, row) in all_rows(rubric) {
        if row.shares.is_none() {
            shared = &row.standard;
        }
        let said = RowSaid::of(edition, sheet, &report, row);
        let points = row.points.filter(|_| row.shares.is_none());
        rows.push(vec![
            text(&rubric.row_id(row.number)),
            text(section),
            text(&group.name),
            text(&row.content),
            text(shared),
            points.map_or(Cell::Empty, |it| Cell::Tenths(it.in_tenths().into())),
            said.points.map_or_else(|| text(&said.score), |it| Cell::Tenths(it.in_tenths().into())),
            text(&said.remark),
        ]);
    }
    let mut total = vec![text("合计")];
    total.extend((0..4).map(|_| Cell::Empty));
    total.push(Cell::Tenths(rubric.total.in_tenths().into()));
    total.push(Cell::Tenths(report.base.in_tenths().into()));
    total.push(if report.is_complete() { Cell::Empty } else { text("未评完") });
    rows.push(total);
    Table { name: format!("附件{}", rubric.annex), columns, rows }
}

/// The same for CSV. A mark behind each number keeps programs from taking 2-4 for a day.
pub fn csv_table(edition: &Edition, rubric: &Rubric, sheet: &Sheet) -> Table {
    let mut table = flat_table(edition, rubric, sheet);
    for row in &mut table.rows {
        if let Some(Cell::Text(id)) = row.first_mut()
            && id.contains('-')
        {
            id.push('\t');
        }
    }
    table
}

/// What goes to the clipboard: as HTML, with merged cells as printed, and as lines with tabs.
pub fn copied(edition: &Edition, rubric: &Rubric, dossier: &Dossier, sheet: &Sheet) -> [String; 2] {
    [html(edition, rubric, dossier, sheet), lines(&flat_table(edition, rubric, sheet))]
}

/// 得分 and 备注 of a row.
struct RowSaid {
    points: Option<Points>,
    score: String,
    remark: String,
}

impl RowSaid {
    fn of(edition: &Edition, sheet: &Sheet, report: &Report<'_>, row: &Row) -> RowSaid {
        let printed = printed_row(edition, sheet, report, row);
        let both = !printed.fact.is_empty() && !printed.note.is_empty();
        let remark = [printed.fact, printed.note].join(if both { "；" } else { "" });
        RowSaid { points: report.row(row.number).and_then(|it| it.score), score: printed.score, remark }
    }
}

fn all_rows(rubric: &Rubric) -> impl Iterator<Item = (&str, &Group, &Row)> {
    let groups = rubric.groups();
    groups.flat_map(|(section, group)| group.rows.iter().map(move |row| (section.name.as_str(), group, row)))
}

fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

fn lines(table: &Table) -> String {
    let titles = table.columns.iter().map(|it| Cell::Text(it.title.clone())).collect();
    let mut out = String::new();
    for row in [&titles].into_iter().chain(&table.rows) {
        for (at, cell) in row.iter().enumerate() {
            if 0 < at {
                out.push('\t');
            }
            match cell {
                Cell::Text(text) => out.push_str(&guarded(text).replace(['\t', '\r', '\n'], " ")),
                Cell::Tenths(tenths) => out.push_str(&crate::spreadsheet::decimal(*tenths)),
                Cell::Whole(number) => out.push_str(&number.to_string()),
                Cell::Empty | Cell::Day(_) => {}
            }
        }
        out.push_str("\r\n");
    }
    out
}

/// No program makes a formula of it.
fn guarded(text: &str) -> String {
    if text.starts_with(begins_formula) { format!("'{text}") } else { text.to_owned() }
}

fn html(edition: &Edition, rubric: &Rubric, dossier: &Dossier, sheet: &Sheet) -> String {
    let report = score(rubric, &sheet.answers);
    let mut out = format!("<meta charset=\"utf-8\">{TABLE}");
    out.push_str(&format!("<tr><th colspan=\"8\"><big>{}</big></th></tr>", escaped(&rubric.title)));
    let facts = &dossier.facts;
    let said = [&dossier.unit, dossier.place(), &facts.contact, &facts.telephone];
    let whose = ["申请单位", "所在地", "联系人", "联系电话"].into_iter().zip(said);
    let whose: Vec<String> =
        whose.map(|(name, said)| format!("{name}：{}", if said.is_empty() { "＿＿＿＿" } else { said })).collect();
    for line in [whose.join("　")].into_iter().chain(header(rubric, sheet)) {
        out.push_str(&format!("<tr><td colspan=\"8\">{}</td></tr>", escaped(&line)));
    }
    let heads = edition.columns.iter().map(|it| format!("<th>{}</th>", escaped(it)));
    out.push_str(&format!("<tr>{}</tr>", heads.collect::<String>()));
    for section in &rubric.sections {
        let rows: Vec<(&Group, &Row)> =
            section.groups.iter().flat_map(|group| group.rows.iter().map(move |row| (group, row))).collect();
        for (at, (group, row)) in rows.iter().enumerate() {
            let after = &rows[at + 1..];
            out.push_str("<tr>");
            if at == 0 {
                cell(&mut out, (1, rows.len()), &named(&section.name, section.points));
            }
            if group.rows.first().is_some_and(|it| it.number == row.number) {
                cell(&mut out, (1, group.rows.len()), &named(&group.name, group.points));
            }
            let id = rubric.row_id(row.number);
            let shared = 1 + after.iter().take_while(|it| it.1.shares == Some(row.number)).count();
            if row.content.is_empty() {
                cell(&mut out, (2, shared), &format!("{id} {}", row.standard));
            } else {
                cell(&mut out, (1, 1), &format!("{id} {}", row.content));
                if row.shares.is_none() {
                    cell(&mut out, (1, shared), &row.standard);
                }
            }
            if row.shares.is_none() {
                number(&mut out, shared, &row.points.map_or(String::new(), |it| it.to_string()));
            }
            if at == 0 || !row.methods_merged {
                let merged = 1 + after.iter().take_while(|it| it.1.methods_merged).count();
                cell(&mut out, (1, merged), &row.methods.join("\n"));
            }
            let said = RowSaid::of(edition, sheet, &report, row);
            number(&mut out, 1, &said.score);
            cell(&mut out, (1, 1), &said.remark);
            out.push_str("</tr>");
        }
    }
    out.push_str("<tr>");
    cell(&mut out, (4, 1), "合计");
    number(&mut out, 1, &rubric.total.to_string());
    cell(&mut out, (1, 1), &rubric.total_label);
    number(&mut out, 1, &report.base.to_string());
    cell(&mut out, (1, 1), if report.is_complete() { "" } else { "未评完" });
    out.push_str("</tr>");
    for line in &rubric.note {
        out.push_str(&format!("<tr><td colspan=\"8\">{}</td></tr>", escaped(line)));
    }
    out.push_str("</table>");
    out
}

fn named(name: &str, points: Option<Points>) -> String {
    points.map_or_else(|| name.to_owned(), |it| format!("{name}\n{it}分"))
}

fn cell(out: &mut String, (columns, rows): (usize, usize), text: &str) {
    out.push_str(&format!("<td{}{}{AS_TEXT}>{}</td>", span("col", columns), span("row", rows), escaped(text)));
}

/// 分值 and 得分 stay numbers.
fn number(out: &mut String, rows: usize, text: &str) {
    out.push_str(&format!("<td align=\"center\"{}>{}</td>", span("row", rows), escaped(text)));
}

fn span(which: &str, n: usize) -> String {
    if 1 < n { format!(" {which}span=\"{n}\"") } else { String::new() }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in guarded(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str(BREAK),
            other => out.push(other),
        }
    }
    out
}
