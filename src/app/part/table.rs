//! The official table: merged cells as printed, every row with its number and an address of its own.

use crate::dossier::Sheet;
use crate::rubric::{BlankPiece, Edition, Group, Points, Row, RowKind, Rubric, Section};
use crate::score::{Report, explain, score};

use super::html::{El, el, link};
use super::label;

/// What an editor adds to a row, below its 评估内容.
pub type Beside<'b> = &'b dyn Fn(&Row) -> Option<El>;

/// The table of a rubric; with a sheet, 得分 and 备注 are filled in.
pub fn table(edition: &Edition, rubric: &Rubric, sheet: Option<&Sheet>, beside: Beside<'_>) -> [El; 2] {
    let report = sheet.map(|it| score(rubric, &it.answers));
    let heads = edition.columns.iter().map(|it| el("th").set("scope", "col").text(it.as_str()));
    let mut table = el("table").class("official").child(el("caption").text(rubric.title.as_str()));
    table = table.child(el("thead").child(el("tr").each(heads)));
    for section in &rubric.sections {
        for groups in blocks(section) {
            table = table.child(body(edition, rubric, groups, (section, beside), sheet.zip(report.as_ref())));
        }
    }
    let total = report.map_or(String::new(), |report| {
        if report.is_complete() { report.base.to_string() } else { format!("{}（未评完）", report.base) }
    });
    let foot = el("tr")
        .child(el("th").set("scope", "row").set("colspan", "4").text("合计"))
        .child(el("td").class("num").text(rubric.total.to_string()))
        .child(el("td"))
        .child(el("td").class("num").text(total))
        .child(el("td"));
    let scroll = el("div").class("scroll").set("tabindex", "0").set("role", "region");
    let scroll = scroll
        .set("aria-label", format!("附件{}评估要点表，可左右滚动", rubric.annex))
        .child(table.child(el("tfoot").child(foot)));
    [scroll, note(rubric)]
}

/// 注 or 说明.
pub fn note(rubric: &Rubric) -> El {
    el("div").class("note").each(rubric.note.iter().map(|it| el("p").text(it.as_str())))
}

/// The head of a page: which annex it is, for which applicant, which part.
pub fn headline(edition: &Edition, rubric: &Rubric) -> El {
    let doc = el("p").class("doc").child(el("span").class("nw").text(edition.notice.as_str()));
    let h1 = el("h1").set("tabindex", "-1").text(format!("{}　", label::applicant(rubric.applicant)));
    el("header")
        .class("head")
        .child(doc.text(format!(" 附件{}", rubric.annex)))
        .child(h1.child(el("span").class("nw").text(label::part(rubric.part))))
        .child(el("p").class("sub").text(rubric.title.as_str()))
}

/// The lines printed above the table, their blanks filled in as far as the sheet says.
pub fn header(rubric: &Rubric, sheet: Option<&Sheet>) -> El {
    let mut at = 0;
    let lines = rubric.header.iter().map(|line| {
        line.iter().fold(el("p"), |all, piece| match piece {
            BlankPiece::Text(text) => all.text(text.as_str()),
            BlankPiece::Blank(_) => {
                let filled = sheet.map_or("", |it| it.blank(at));
                at += 1;
                all.child(el("span").class("blank").text(if filled.is_empty() { "＿＿＿＿" } else { filled }))
            }
        })
    });
    el("div").class("lines").each(lines)
}

/// 评估标准, with the words of the veto emphasised.
pub fn standard(into: El, row: &Row) -> El {
    let phrase = row.veto.as_ref().map_or("", |it| &it.phrase);
    let standard = row.standard.as_str();
    // a search of its own: the standard library's would add 2 KB to the module for this one place
    let from = (0..standard.len()).find(|at| standard.get(*at..).is_some_and(|it| it.starts_with(phrase)));
    let parts = from.and_then(|at| standard.split_at_checked(at)).zip(Some(phrase.len()));
    match parts.and_then(|((before, rest), n)| Some((before, rest.split_at_checked(n)?.1))) {
        Some((before, after)) if !phrase.is_empty() => {
            into.text(before).child(el("em").class("veto").text(phrase)).text(after)
        }
        _ => into.text(standard),
    }
}

/// Groups that share a cell stand in one block; a block is never split over two printed pages.
fn blocks(section: &Section) -> impl Iterator<Item = &[Group]> {
    section.groups.chunk_by(|_, next| next.rows.first().is_some_and(|it| it.shares.is_some()))
}

fn body(
    edition: &Edition,
    rubric: &Rubric,
    groups: &[Group],
    (section, beside): (&Section, Beside<'_>),
    filled: Option<(&Sheet, &Report<'_>)>,
) -> El {
    let rows: Vec<&Row> = groups.iter().flat_map(|it| &it.rows).collect();
    let mut body = el("tbody");
    let mut at = 0;
    for group in groups {
        for (i, row) in group.rows.iter().enumerate() {
            let (after, first) = (&rows[at + 1..], at == 0);
            let id = rubric.row_id(row.number);
            let mut line = el("tr").set("id", id.clone());
            if first {
                line = line.child(named(spanning("th", rows.len()), &section.name, section.points));
            }
            if i == 0 {
                line = line.child(named(spanning("th", group.rows.len()), &group.name, group.points));
            }
            let number = link(format!("#{id}"), id).class("no");
            let shared = 1 + after.iter().take_while(|it| it.shares == Some(row.number)).count();
            if row.content.is_empty() {
                let cell = spanning("td", shared).set("colspan", "2").child(number);
                line = line.child(standard(cell, row).maybe(beside(row)));
            } else {
                line = line.child(el("td").child(number).text(row.content.as_str()).maybe(beside(row)));
                if row.shares.is_none() {
                    line = line.child(standard(spanning("td", shared), row));
                }
            }
            if row.shares.is_none() {
                let printed = row.points.map_or(String::new(), |it| it.to_string());
                line = line.child(spanning("td", shared).class("num").text(printed));
            }
            if first || !row.methods_merged {
                let merged = 1 + after.iter().take_while(|it| it.methods_merged).count();
                line = line.child(methods(spanning("td", merged).class("methods"), row));
            }
            let (score, remark) = filled.map(|it| result(edition, it.0, it.1, row)).unwrap_or_default();
            line = line.child(el("td").class("num").text(score)).child(el("td").class("note").text(remark));
            body = body.child(line);
            at += 1;
        }
    }
    body
}

/// 评估方式.
pub fn methods(into: El, row: &Row) -> El {
    into.each(row.methods.iter().map(|it| el("span").class("method").text(it.as_str())))
}

/// 得分 and 备注 of a row.
fn result(edition: &Edition, sheet: &Sheet, report: &Report<'_>, row: &Row) -> (String, String) {
    let note = sheet.note(row.number).to_owned();
    let Some(reported) = report.row(row.number) else { return (String::new(), note) };
    let score = match reported.score {
        Some(points) => points.to_string(),
        None if matches!(report.rubric.kind(row), RowKind::Bonus | RowKind::Unscored) && !reported.answered => {
            "未填".to_owned()
        }
        None if reported.unsure => "待确认".to_owned(),
        None if !reported.answered => "未评".to_owned(),
        None => String::new(),
    };
    let sum = explain(edition, report, reported, &sheet.answers);
    let fact = if reported.vetoed { sum.arithmetic } else { sum.facts };
    let both = !fact.is_empty() && !note.is_empty();
    (score, [fact, note].join(if both { "；" } else { "" }))
}

/// 实施方案 65分.
fn named(head: El, name: &str, points: Option<Points>) -> El {
    let points = points.map(|it| el("span").class("nw").text(format!(" {it}分")));
    head.set("scope", "rowgroup").text(name).maybe(points)
}

fn spanning(tag: &'static str, n: usize) -> El {
    if 1 < n { el(tag).set("rowspan", n.to_string()) } else { el(tag) }
}
