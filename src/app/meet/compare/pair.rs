//! One pair of sheets: both verdicts, what changed them, sections, vetoes, then the rows.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, all, button, el};
use crate::app::part::{label, summary, table};
use crate::compare::{Both, Comparison, Side, change_in_words, compare};
use crate::rubric::{Blocks, Rubric};
use crate::score::{Report, in_one_sentence};

use super::super::grid;
use super::{Chosen, CompareChoice, ComparePage, Offered, RESULT, rows};

/// One of `n` pairs that can be looked at.
pub fn pair(page: ComparePage, choice: &CompareChoice, rubric: &'static Rubric, of: &Offered, n: usize) -> AnyView {
    let comparison = compare(rubric, &of.sheets.left, &of.sheets.right);
    let names = Both { left: choice.name(Side::Left), right: choice.name(Side::Right) };
    let names = Both { left: named(&names.left, "左边"), right: named(&names.right, "右边") };
    let change = change_in_words(&comparison, names);
    let same = comparison.change.is_none();
    let told = |side: Side| {
        let in_words = |it: &Chosen| it.in_words(page.state.edition_of(&it.dossier));
        choice.sides.of(side).as_ref().map_or(String::new(), in_words)
    };
    let verdicts = el("div")
        .class("sides")
        .child(verdict(names.left, &comparison.reports.left, told(Side::Left)))
        .child(verdict(names.right, &comparison.reports.right, told(Side::Right)));
    let print = el("p").class("links noprint").child(button("btn small nochat", "打印", browser::print));
    let sign = "比对人（签字）：＿＿＿＿＿＿　　日期：＿＿＿＿年＿＿月＿＿日";
    let mut parts = vec![
        el("h2").set("id", RESULT).set("tabindex", "-1").text(of.words.as_str()).done(),
        el("p").class("doc").text(rubric.title.as_str()).done(),
    ];
    if 1 < n {
        let words = format!("两份自评共有 {n} 张表可以比对，这里打印的是其中一张。");
        parts.push(el("p").class("onpaper").text(words).done());
    }
    parts.extend([
        verdicts.done(),
        el("p").class(if same { "verdict same" } else { "verdict" }).text(format!("{change}。")).done(),
        print.done(),
    ]);
    parts.extend(head(&comparison, names).map(El::done));
    parts.push(sections(&comparison, names).done());
    parts.extend(vetoes(&comparison, names).map(El::done));
    parts.extend(rows::rows(page, choice, &comparison, names));
    parts.push(table::note(rubric).done());
    parts.push(el("p").class("sign").text(sign).done());
    parts.push(el("p").class("hint").text("比对结果，仅供参考，非官方结论。").done());
    all(parts)
}

/// The name of a side, or another word where it was left empty.
fn named<'n>(name: &'n str, otherwise: &'n str) -> &'n str {
    if name.trim().is_empty() { otherwise } else { name.trim() }
}

/// `told` is what of the record is said: whose it is and from when.
fn verdict(name: &str, report: &Report<'_>, told: String) -> El {
    let counted = format!("分 · 已评 {} / {} 项", report.n_answered(), report.n_asked());
    el("section")
        .class(if report.grade().fails() { "side bad" } else { "side" })
        .child(el("h3").text(name))
        .child(el("p").class("big").child(el("b").text(report.base.to_string())).child(el("span").text(counted)))
        .child(el("p").class("say").text(format!("{}。", in_one_sentence(report))))
        .maybe(summary::bonus_in_words(report).map(|it| el("p").class("bonus").text(it)))
        .child(el("p").class("doc").text(told))
}

/// The lines printed above the official table, and which of them differ.
fn head(comparison: &Comparison<'_>, names: Both<&str>) -> Option<El> {
    let heads = ["表头", names.left, names.right, "对照"].map(str::to_owned);
    let lines = comparison.head.iter().map(|field| {
        let of = |side: Side| match field.sides.of(side).as_str() {
            "" => grid::cell(names.of(side)).class("none").text("没有"),
            said => grid::cell(names.of(side)).text(said),
        };
        let differs = grid::cell("对照").class(if field.differs { "num differs" } else { "num" });
        grid::line()
            .child(grid::about().text(field.name))
            .child(of(Side::Left))
            .child(of(Side::Right))
            .child(differs.text(if field.differs { "不同" } else { "相同" }))
    });
    let caption = match comparison.n_head_differing() {
        0 => "表头相同".to_owned(),
        n => format!("表头（{n} 处不同）"),
    };
    (!comparison.head.is_empty()).then(|| grid::table("grid few", caption, &heads).child(grid::body().each(lines)))
}

fn sections(comparison: &Comparison<'_>, names: Both<&str>) -> El {
    let heads = ["部分", names.left, names.right, "差"].map(str::to_owned);
    let lines = comparison.sections.iter().map(|section| {
        let points = section.section.points.map_or(String::new(), |it| format!(" {it} 分"));
        let of = |side: Side| {
            let report = section.reports.of(side);
            grid::cell(names.of(side)).text(grid::ranged(report.points, report.low, report.high))
        };
        let difference = section.difference();
        let differs = grid::cell("差").class(if difference == 0 { "num" } else { "num differs" });
        grid::line()
            .child(grid::about().text(format!("{}{points}", section.section.name)))
            .child(of(Side::Left))
            .child(of(Side::Right))
            .child(differs.text(grid::signed(difference)))
    });
    grid::table("grid few", "各部分得分".to_owned(), &heads).child(grid::body().each(lines))
}

/// 否决项 that apply on one side only.
fn vetoes(comparison: &Comparison<'_>, names: Both<&str>) -> Option<El> {
    if comparison.vetoes.is_empty() {
        return None;
    }
    let lines = comparison.vetoes.iter().map(|veto| {
        let what = match veto.blocks {
            Blocks::Filing => "否决项",
            Blocks::Work => "备案后不得开展工作",
        };
        let name = comparison.rubric.groups().find_map(|(_, group)| {
            let row = group.rows.iter().find(|it| it.number == veto.row)?;
            Some(label::row(group, row))
        });
        let words = format!("{} {}", comparison.rubric.row_id(veto.row), name.unwrap_or_default());
        el("li").text(format!("{words}（{what}）：只在{}成立", names.of(veto.on)))
    });
    let head = el("b").text(format!("只在一边成立的否决项（{}）", comparison.vetoes.len()));
    Some(el("div").class("alert").child(head).child(el("ul").each(lines)))
}
