//! The official table: merged cells as printed, every row with its number and an address of its own.

use std::ops::Range;

use crate::dossier::Sheet;
use crate::packet::{PrintedRow, printed_row};
use crate::rubric::{BlankPiece, Edition, Group, Points, Row, Rubric, Section};
use crate::score::{Report, score};

use super::html::{El, el, link};
use super::leaves::{self, Leaves};

/// What an editor adds to a row, below its 评估内容.
pub type Beside<'b> = &'b dyn Fn(&Row) -> Option<El>;

/// A sheet to fill the table in with, and whose it is, as each of its pages says.
pub type FilledSheet<'f> = (&'f Sheet, &'f str);

/// Below the table, in tenths of a point: 注 and who signs, with a sheet also its verdict and its record.
const BELOW: u32 = 950;
const BELOW_FILLED: u32 = 2950;
/// A note of more lines in its column stands below the table.
const NOTE_LINES: u32 = 7;
/// The height of a line of it there.
const NOTE_LINE: u32 = 140;
const SEE_BELOW: &str = "备注见表后";

/// The table of a rubric; with a sheet, 得分 and 备注 are filled in.
pub fn table(edition: &Edition, rubric: &Rubric, filled: Option<FilledSheet<'_>>, beside: Beside<'_>) -> Vec<El> {
    let report = filled.map(|it| score(rubric, &it.0.answers));
    let results: Vec<RowPrint> = filled.zip(report.as_ref()).map_or_else(Vec::new, |((sheet, _), report)| {
        rubric.rows().map(|row| result(edition, sheet, report, row)).collect()
    });
    let heads = edition.columns.iter().map(|it| el("th").set("scope", "col").text(it.as_str()));
    let class = if filled.is_some() { "official filled" } else { "official" };
    let mut table = el("table").class(class).child(el("caption").each(title(rubric)));
    let columns = if filled.is_some() { leaves::FILLED } else { leaves::BLANK };
    let columns = columns.into_iter().map(|it| el("col").set("width", format!("{}.{}%", it / 10, it % 10)));
    table = table.child(el("colgroup").each(columns)).child(el("thead").child(el("tr").each(heads)));
    let remarks: Vec<&str> = results.iter().map(|it| it.remark.as_str()).collect();
    let leaves = Leaves::of(rubric, filled.map(|_| &remarks[..]));
    // occupation code and levels, and which of several papers it is
    let above = leaves::above(rubric) + if filled.is_some() { 360 } else { 0 };
    let long = results.iter().filter(|it| !it.below.is_empty());
    let long: u32 = long.map(|it| leaves::lines(&it.below, 950) * NOTE_LINE).sum();
    // notes that are as much as half a page may go on to another one
    let long = if NOTE_LINE * 20 < long { 0 } else { long };
    let starts = leaves.begin(above, if filled.is_some() { BELOW_FILLED + long } else { BELOW });
    let whose = filled.map_or("", |it| it.1);
    for (page, from) in starts.iter().enumerate() {
        let to = starts.get(page + 1).copied().unwrap_or(leaves.rows.len());
        let said = format!("附件{}　{whose}　第 {} 页，共 {} 页", rubric.annex, page + 1, starts.len());
        let said = el("td").set("colspan", "8").text(said);
        let class = if page == 0 { "leaf" } else { "leaf next-leaf" };
        if 1 < starts.len() {
            table = table.child(el("tbody").class(class).child(el("tr").child(said)));
        }
        let mut first = 0;
        for section in &rubric.sections {
            let n: usize = section.groups.iter().map(|it| it.rows.len()).sum();
            let on_page = first.max(*from)..(first + n).min(to);
            if !on_page.is_empty() {
                table = table.child(body(rubric, (section, first), on_page, &results, beside));
            }
            first += n;
        }
    }
    let total = report.as_ref().map_or(String::new(), |report| {
        if report.is_complete() { report.base.to_string() } else { format!("{}（未评完）", report.base) }
    });
    let foot = el("tr")
        .child(el("th").set("scope", "row").set("colspan", "4").text("合计"))
        .child(el("td").class("num").text(rubric.total.to_string()))
        .child(el("td").class("methods").text(rubric.total_label.as_str()))
        .child(el("td").class("num").text(total))
        .child(el("td"));
    let scroll = el("div").class("scroll").set("tabindex", "0").set("role", "region");
    let scroll = scroll
        .set("aria-label", format!("附件{}评估要点表，可左右滚动", rubric.annex))
        .child(table.child(el("tfoot").child(foot)));
    let mut parts = vec![scroll];
    if results.iter().any(|it| !it.below.is_empty()) {
        let long = results.iter().filter(|it| !it.below.is_empty());
        let long = long.map(|it| el("p").child(el("b").text(it.id.as_str())).text(format!(" {}", it.below)));
        parts.push(el("div").class("notes").child(el("b").text("备注（接表内）")).each(long));
    }
    parts.push(note(rubric));
    parts
}

/// The title, its part on a line of its own, as printed.
fn title(rubric: &Rubric) -> impl Iterator<Item = El> + '_ {
    let dash = rubric.title.char_indices().find(|it| it.1 == '—').map_or(rubric.title.len(), |it| it.0);
    let (whole, part) = rubric.title.split_at_checked(dash).unwrap_or((&rubric.title, ""));
    [whole, part].into_iter().map(|it| el("span").text(it))
}

/// 注 or 说明.
pub fn note(rubric: &Rubric) -> El {
    el("div").class("note").each(rubric.note.iter().chain(&rubric.totals.words).map(|it| el("p").text(it.as_str())))
}

/// The head of a page: which annex it is, for which applicant, which part.
pub fn headline(edition: &Edition, rubric: &Rubric) -> El {
    let doc = el("p").class("doc").child(el("span").class("nw").text(edition.notice.as_str()));
    let h1 = el("h1").set("tabindex", "-1").text(format!("{}　", rubric.whose));
    el("header")
        .class("head")
        .child(doc.text(format!(" 附件{}", rubric.annex)))
        .child(h1.child(el("span").class("nw").text(rubric.part_name.as_str())))
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

/// Whose form it is: 申请单位, 所在地, 联系人, 联系电话, with room to write where nothing is said.
pub fn unit(said: &[&str; 4]) -> El {
    let names = ["申请单位", "所在地", "联系人", "联系电话"].into_iter().zip(said);
    el("p").class("unit whose").each(names.map(|(name, said)| {
        el("span").text(format!("{name}：{}", if said.is_empty() { "＿＿＿＿＿＿＿＿" } else { said }))
    }))
}

/// Who signs and seals, the same on blank and filled forms.
pub fn signs(date: &str) -> El {
    let blank = |name: &str| el("span").text(format!("{name}：＿＿＿＿＿＿＿＿"));
    let date = if date.is_empty() { "＿＿＿＿年＿＿月＿＿日" } else { date };
    let who = ["申请单位（盖章）", "负责人（签字）", "填表人（签字）"].into_iter().map(blank);
    el("p").class("sign signs").each(who).child(el("span").text(format!("日期：{date}")))
}

/// What of a section stands on one page. Its heading, and those of its groups, stand there once; they are marked as continued
/// where they began on the page before.
fn body(
    rubric: &Rubric,
    (section, begins): (&Section, usize),
    page: Range<usize>,
    results: &[RowPrint],
    beside: Beside<'_>,
) -> El {
    let rows: Vec<(&Group, &Row)> =
        section.groups.iter().flat_map(|it| it.rows.iter().map(move |row| (it, row))).collect();
    let rows = rows.get(page.start - begins..page.end - begins).unwrap_or_default();
    let mut body = el("tbody");
    for (at, (group, row)) in rows.iter().enumerate() {
        let (after, first) = (&rows[at + 1..], at == 0);
        let id = rubric.row_id(row.number);
        let mut line = el("tr").set("id", id.clone());
        if first {
            let cell = spanning("th", rows.len());
            line = line.child(named(cell, &section.name, section.points, begins < page.start));
        }
        let is_first = group.rows.first().is_some_and(|it| it.number == row.number);
        if first || is_first {
            let n = 1 + after.iter().take_while(|it| std::ptr::eq(it.0, *group)).count();
            line = line.child(named(spanning("th", n), &group.name, group.points, !is_first));
        }
        let number = link(format!("#{id}"), id).class("no");
        let shared = 1 + after.iter().take_while(|it| it.1.shares == Some(row.number)).count();
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
            let merged = 1 + after.iter().take_while(|it| it.1.methods_merged).count();
            let class = if row.methods_merged { "methods cont" } else { "methods" };
            line = line.child(methods(spanning("td", merged).class(class), row));
        }
        let (score, remark) = results.get(page.start + at).map_or(("", ""), |it| (&it.score, &it.remark));
        body = body.child(line.child(el("td").class("num").text(score)).child(el("td").class("note").text(remark)));
    }
    body
}

/// 评估方式.
pub fn methods(into: El, row: &Row) -> El {
    into.each(row.methods.iter().map(|it| el("span").class("method").text(it.as_str())))
}

/// 得分 and 备注 of a row.
struct RowPrint {
    id: String,
    score: String,
    remark: String,
    /// A note that is too long for its column.
    below: String,
}

fn result(edition: &Edition, sheet: &Sheet, report: &Report<'_>, row: &Row) -> RowPrint {
    let id = report.rubric.row_id(row.number);
    let PrintedRow { score, fact, note } = printed_row(edition, sheet, report, row);
    let long = NOTE_LINES < leaves::lines(&note, leaves::FILLED[7]);
    let (note, below) = if long { (SEE_BELOW.to_owned(), note) } else { (note, String::new()) };
    let both = !fact.is_empty() && !note.is_empty();
    RowPrint { id, score, remark: [fact, note].join(if both { "；" } else { "" }), below }
}

/// 实施方案 65分.
fn named(head: El, name: &str, points: Option<Points>, again: bool) -> El {
    let points = points.map(|it| el("span").class("nw").text(format!(" {it}分")));
    let head = head.set("scope", "rowgroup").text(name).maybe(points);
    head.maybe(again.then(|| el("span").class("nw cont").text("（续）")))
}

fn spanning(tag: &'static str, n: usize) -> El {
    if 1 < n { el(tag).set("rowspan", n.to_string()) } else { el(tag) }
}
