//! The official table: merged cells as printed, every row with its number and an address of its own.

use leptos::prelude::*;

use crate::dossier::Sheet;
use crate::rubric::{Edition, Group, Piece, Points, Rubric, Row, Section};
use crate::score::{Report, explain, score};

use super::label;

/// The table of a rubric; with a sheet, 得分 and 备注 are filled in.
pub fn table(edition: &'static Edition, rubric: &'static Rubric, sheet: Option<&Sheet>) -> AnyView {
    let report = sheet.map(|it| score(rubric, &it.answers));
    let heads = edition.columns.iter().map(|it| view! { <th scope="col">{it.as_str()}</th> }).collect_view();
    let bodies: Vec<AnyView> = rubric
        .sections
        .iter()
        .flat_map(|section| blocks(section).map(move |groups| (section, groups)))
        .map(|(section, groups)| body(edition, rubric, section, groups, sheet.zip(report.as_ref())))
        .collect();
    let total = report.as_ref().map(|it| if it.is_complete() { it.base.to_string() } else { format!("{}（未评完）", it.base) });
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="评估要点表，可左右滚动">
            <table class="official">
                <caption>{rubric.title.as_str()}</caption>
                <thead><tr>{heads}</tr></thead>
                {bodies}
                <tfoot>
                    <tr>
                        <th scope="row" colspan="4">"合计"</th>
                        <td class="num">{rubric.total.to_string()}</td>
                        <td></td>
                        <td class="num">{total}</td>
                        <td></td>
                    </tr>
                </tfoot>
            </table>
        </div>
        <div class="note">{rubric.note.iter().map(|it| view! { <p>{it.as_str()}</p> }).collect_view()}</div>
    }
    .into_any()
}

/// The lines printed above the table, filled as far as the sheet says.
pub fn header(rubric: &'static Rubric, sheet: Option<&Sheet>) -> AnyView {
    let mut at = 0;
    let lines: Vec<_> = rubric
        .header
        .iter()
        .map(|line| {
            let pieces: Vec<_> = line
                .iter()
                .map(|piece| match piece {
                    Piece::Text(text) => view! { {text.as_str()} }.into_any(),
                    Piece::Blank(_) => {
                        let filled = sheet.map_or("", |it| it.blank(at)).to_owned();
                        at += 1;
                        let shown = if filled.is_empty() { "＿＿＿＿".to_owned() } else { filled };
                        view! { <span class="blank">{shown}</span> }.into_any()
                    }
                })
                .collect();
            view! { <p>{pieces}</p> }
        })
        .collect();
    view! { <div class="lines">{lines}</div> }.into_any()
}

/// Groups that a shared cell holds together stand in one block; a block is never torn over two printed pages.
fn blocks(section: &'static Section) -> impl Iterator<Item = &'static [Group]> {
    section.groups.chunk_by(|_, next| next.rows.first().is_some_and(|it| it.shares.is_some()))
}

fn body(
    edition: &'static Edition,
    rubric: &'static Rubric,
    section: &'static Section,
    groups: &'static [Group],
    filled: Option<(&Sheet, &Report<'static>)>,
) -> AnyView {
    let n_rows: usize = groups.iter().map(|it| it.rows.len()).sum();
    let rows = || groups.iter().flat_map(|it| &it.rows);
    let mut lines = Vec::new();
    let mut at = 0;
    for group in groups {
        for (i, row) in group.rows.iter().enumerate() {
            let section_cell = (at == 0).then(|| {
                view! { <th scope="rowgroup" rowspan=span(n_rows)>{named(&section.name, section.points)}</th> }
            });
            let group_cell = (i == 0).then(|| {
                view! { <th scope="rowgroup" rowspan=span(group.rows.len())>{named(&group.name, group.points)}</th> }
            });
            let shared = 1 + rows().skip(at + 1).take_while(|it| it.shares == Some(row.number)).count();
            let methods = 1 + rows().skip(at + 1).take_while(|it| it.methods_merged).count();
            let methods_cell = (at == 0 || !row.methods_merged).then(|| {
                let each = row.methods.iter().map(|it| view! { <span class="method">{it.as_str()}</span> }).collect_view();
                view! { <td class="methods" rowspan=span(methods)>{each}</td> }
            });
            let merged = row.content.is_empty();
            let content = (!merged).then(|| view! { <td>{address(rubric, row)}{row.content.as_str()}</td> });
            let standard = row.shares.is_none().then(|| {
                let number = merged.then(|| address(rubric, row));
                let columns = merged.then_some("2");
                view! { <td rowspan=span(shared) colspan=columns>{number}{standard(row)}</td> }
            });
            let points = row.shares.is_none().then(|| {
                let printed = row.points.map(|it| it.to_string());
                view! { <td class="num" rowspan=span(shared)>{printed}</td> }
            });
            let (score, note) = filled.map(|it| result(edition, it.0, it.1, row)).unwrap_or_default();
            let name = format!("{} {}", rubric.row_id(row.number), label::row(group, row));
            lines.push(view! {
                <tr id=rubric.row_id(row.number) aria-label=name>
                    {section_cell}{group_cell}{content}{standard}{points}{methods_cell}
                    <td class="num">{score}</td>
                    <td class="remark">{note}</td>
                </tr>
            });
            at += 1;
        }
    }
    view! { <tbody>{lines}</tbody> }.into_any()
}

/// 得分 and 备注 of a row.
fn result(edition: &'static Edition, sheet: &Sheet, report: &Report<'static>, row: &Row) -> (String, String) {
    let note = sheet.note(row.number).to_owned();
    let Some(it) = report.row(row.number) else { return (String::new(), note) };
    let score = match it.score {
        Some(points) => points.to_string(),
        None if !it.answered => "未评".to_owned(),
        None => String::new(),
    };
    let sum = explain(edition, report, it, &sheet.answers);
    let remark = [if it.vetoed { sum.arithmetic } else { sum.facts }, note].into_iter().filter(|it| !it.is_empty());
    (score, remark.collect::<Vec<_>>().join("；"))
}

/// The row's number, which is a link to itself.
fn address(rubric: &'static Rubric, row: &Row) -> AnyView {
    let id = rubric.row_id(row.number);
    view! { <a class="no" href=format!("#{id}")>{id.clone()}</a> }.into_any()
}

/// 评估标准, with the veto's words standing out.
pub fn standard(row: &'static Row) -> AnyView {
    let phrase = row.veto.as_ref().map_or("", |it| it.phrase.as_str());
    match row.standard.split_once(phrase).filter(|_| !phrase.is_empty()) {
        Some((before, after)) => view! { {before}<em class="veto">{phrase}</em>{after} }.into_any(),
        None => view! { {row.standard.as_str()} }.into_any(),
    }
}

/// 实施方案 65分.
fn named(name: &'static str, points: Option<Points>) -> AnyView {
    let points = points.map(|it| view! { " "<span class="nw">{it.to_string()}" 分"</span> });
    view! { {name}{points} }.into_any()
}

fn span(n: usize) -> Option<String> {
    (1 < n).then(|| n.to_string())
}

/// A page's head: which annex, of whom, which part.
pub fn headline(edition: &'static Edition, rubric: &'static Rubric, unit: Option<String>) -> AnyView {
    view! {
        <header class="head">
            <p class="doc"><span class="nw">{edition.notice.as_str()}</span>" 附件"{rubric.annex.to_string()}</p>
            <h1 tabindex="-1">{label::applicant(rubric.applicant)}" "<span class="nw">{label::part(rubric.part)}</span></h1>
            <p class="sub">{rubric.title.as_str()}</p>
            {unit.map(|it| view! { <p class="unit">{it}</p> })}
        </header>
    }
    .into_any()
}
