//! The rows of a pair: what each side said, and in what they differ, in words and not by colour alone.

use leptos::prelude::*;

use crate::app::part::html::{El, button, el};
use crate::app::part::{label, table};
use crate::compare::{Both, Comparison, Flip, RowPair, RowSide, Side};
use crate::rubric::{Group, RowKind, Rubric};

use super::super::grid;
use super::{CompareChoice, ComparePage};

pub fn rows(page: ComparePage, choice: &CompareChoice, comparison: &Comparison<'_>, names: Both<&str>) -> Vec<AnyView> {
    let differs = |it: &RowPair<'_>| it.differs.in_anything();
    let (n, of) = (comparison.rows.iter().filter(|it| differs(it)).count(), comparison.rows.len());
    let turn = |words: String, on: bool, all: bool| {
        let id = if all { "show-all" } else { "show-differing" };
        button(if on { "quick on" } else { "quick" }, "", move || page.look(id.to_owned(), &|it| it.all = all))
            .text(words)
            .set("id", id)
            .set("aria-pressed", on.to_string())
    };
    let veto = el("input").set("type", "checkbox").set("id", "vetoes").flag("checked", choice.vetoes);
    let veto = veto.on("change", move |_| page.look("vetoes".to_owned(), &|it| it.vetoes = !it.vetoes));
    let switch = el("div")
        .class("switch noprint")
        .set("role", "group")
        .set("aria-label", "显示哪些项")
        .child(turn(format!("只看不同（{n}）"), !choice.all, false))
        .child(turn(format!("全部（{of}）"), choice.all, true))
        .child(el("label").class("tick").child(veto).text("只看否决项"));
    let shown = |it: &RowPair<'_>| (choice.all || differs(it)) && (!choice.vetoes || it.row.veto.is_some());
    let mut lines = Vec::new();
    for (_, group) in comparison.rubric.groups() {
        for row in &group.rows {
            let pair = comparison.rows.iter().find(|it| it.row.number == row.number).filter(|it| shown(it));
            lines.extend(pair.map(|pair| line(comparison, group, pair, names)));
        }
    }
    if lines.is_empty() {
        let words = match (choice.vetoes, comparison.head.is_empty(), comparison.n_head_differing()) {
            (true, _, _) => "没有这样的否决项。".to_owned(),
            (false, true, _) => "各项的填写、得分和备注都相同。".to_owned(),
            (false, false, 0) => "表头相同，各项的填写、得分和备注都相同。".to_owned(),
            (false, false, n) => format!("表头有 {n} 处不同；各项的填写、得分和备注都相同。"),
        };
        return vec![switch.done(), el("p").class("hint").text(words).done()];
    }
    let what = if choice.all { "全部各项" } else { "不同的各项" };
    let heads = ["评估内容", names.left, names.right, "不同在哪里"].map(str::to_owned);
    let grid = grid::table("grid pairs", format!("{what}（{}）", lines.len()), &heads);
    vec![switch.done(), grid.child(grid::body().each(lines.into_iter())).done()]
}

fn line(comparison: &Comparison<'_>, group: &Group, pair: &RowPair<'_>, names: Both<&str>) -> El {
    let id = comparison.rubric.row_id(pair.row.number);
    let points = pair.row.points.map(|it| el("small").text(format!("{it} 分")));
    let standard = el("details").child(el("summary").text("评估标准"));
    let standard = (!pair.row.standard.is_empty() && pair.row.shares.is_none())
        .then(|| standard.child(table::standard(el("p"), pair.row)));
    let about = grid::about()
        .child(el("span").class("no").text(id.clone()))
        .child(el("span").text(label::row(group, pair.row)))
        .maybe(points)
        .maybe(standard);
    let side = |at: Side| said(comparison.rubric, pair, pair.sides.of(at), grid::cell(names.of(at)));
    grid::line()
        .set("id", format!("r-{id}"))
        .child(about)
        .child(side(Side::Left))
        .child(side(Side::Right))
        .child(differing(comparison, pair, names))
}

/// One side of a row: its points, the facts, the note.
fn said(rubric: &Rubric, pair: &RowPair<'_>, side: &RowSide<'_>, cell: El) -> El {
    let report = &side.report;
    let (low, high) = (report.low.unwrap_or_default(), report.high.unwrap_or_default());
    let optional = matches!(rubric.kind(pair.row), RowKind::Bonus | RowKind::Unscored);
    let points = match report.score {
        Some(points) => grid::ranged(points, low, high),
        None if !report.answered && !optional && low != high => format!("（可能 {low}～{high} 分）"),
        None => String::new(),
    };
    let words = if optional && !report.answered { "未填" } else { &side.said };
    let veto = report.vetoed.then(|| el("em").class("veto").text("触发否决"));
    let note = (!side.note.trim().is_empty()).then(|| el("p").class("noted").text(format!("备注：{}", side.note)));
    let class = if report.answered || optional { "" } else { "none" };
    cell.child(el("b").text(points)).child(el("span").class(class).text(words)).maybe(veto).maybe(note)
}

/// In what the sides differ, and whether it is this row that changed the verdict.
fn differing(comparison: &Comparison<'_>, pair: &RowPair<'_>, names: Both<&str>) -> El {
    let cell = grid::cell("不同在哪里");
    let differs = pair.differs;
    if !differs.in_anything() {
        return cell.child(el("span").class("same").text("相同"));
    }
    let mut marks = Vec::new();
    let (left, right) = (&pair.sides.left.report, &pair.sides.right.report);
    let unanswered = |name: &str| format!("{name}未评");
    match (left.answered, right.answered) {
        (false, true) => marks.push(unanswered(names.left)),
        (true, false) => marks.push(unanswered(names.right)),
        _ if differs.facts => marks.push("填写不同".to_owned()),
        _ => {}
    }
    match pair.difference() {
        Some(0) | None => {}
        Some(tenths) => {
            let apart = if pair.is_outside_total() { "（不计入总分）" } else { "" };
            marks.push(format!("差 {} 分{apart}", grid::signed(tenths)));
        }
    }
    if differs.veto {
        let on = if left.vetoed { names.left } else { names.right };
        marks.push(format!("否决只在{on}成立"));
    }
    if differs.estimate {
        marks.push("估计不同".to_owned());
    }
    if differs.note {
        marks.push("备注不同".to_owned());
    }
    if marks.is_empty() {
        marks.push("可能的得分不同".to_owned());
    }
    let class = if differs.in_assessment() { "mark" } else { "mark slight" };
    let marks = marks.into_iter().map(|it| el("span").class(class).text(it));
    let turns =
        comparison.told().first().filter(|(_, flip)| flip.rows().contains(&pair.row.number)).map(|(side, flip)| {
            let words = match flip {
                Flip::Each(_) => "只改这一项，结论即相同",
                Flip::Together(_) => "与另几项一起改，结论即相同",
            };
            el("span").class("mark turn").text(format!("{}{words}", names.of(*side)))
        });
    cell.each(marks).maybe(turns)
}
