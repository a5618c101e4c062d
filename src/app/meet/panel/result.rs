//! The result so far: points, verdict, what is still open, each section seat by seat.

use leptos::prelude::*;

use crate::app::part::announced::announced;
use crate::app::part::html::{El, all, el, link, live};
use crate::app::part::summary;
use crate::compare::{PanelResult, RowOutcome};
use crate::rubric::RowKind;
use crate::score::{Report, in_one_sentence};

use super::super::grid;
use super::PanelBody;

pub fn result(of: PanelBody) -> El {
    el("section")
        .class("result noprint")
        .set("aria-label", "合议结果")
        .child(el("h2").text("合议结果"))
        .view(live(move || stand(of)))
        .child(announced(move || of.outcome.with(heard)))
        .view(live(move || sections(of).done()))
}

fn stand(of: PanelBody) -> AnyView {
    of.outcome.with(|outcome| {
        let report = &outcome.report;
        let open = outcome.open();
        let optional = |it: &RowOutcome<'_>| matches!(of.rubric.kind(it.row), RowKind::Bonus | RowKind::Unscored);
        let n_again = outcome.rows.iter().filter(|it| it.again && !optional(it)).count();
        let counted = format!("分 · 已定 {} / {} 项", report.n_answered() - n_again, report.n_asked());
        let class = if report.grade().fails() { "big bad" } else { "big" };
        let mut parts = vec![
            el("p").class(class).child(el("b").text(report.base.to_string())).child(el("span").text(counted)),
            el("p").class("say").text(format!("{}。", in_one_sentence(report))),
        ];
        parts.extend(summary::bonus_in_words(report).map(|it| el("p").class("bonus").text(it)));
        parts.push(if open.is_empty() {
            el("p").class("done").text("没有待合议的项。")
        } else {
            let links = open.iter().map(|row| {
                let id = of.rubric.row_id(*row);
                link(format!("#a-{id}"), id)
            });
            el("p").class("left").child(el("b").text(format!("还有 {} 项待合议：", open.len()))).each(links)
        });
        all(parts.into_iter().map(El::done).collect())
    })
}

/// What a screen reader hears of it.
fn heard(outcome: &PanelResult<'_>) -> String {
    let open = match outcome.open().len() {
        0 => "没有待合议的项".to_owned(),
        n => format!("还有 {n} 项待合议"),
    };
    format!("{}；{open}", in_one_sentence(&outcome.report))
}

fn sections(of: PanelBody) -> El {
    let names = of.names();
    let mut heads = vec!["部分".to_owned()];
    heads.extend(names.iter().cloned());
    heads.push("合议".to_owned());
    let reports = of.reports();
    let lines = of.outcome.with(|outcome| {
        let sections = outcome.report.sections.iter().enumerate().map(|(at, section)| {
            let worth = section.section.points.map_or(String::new(), |it| format!(" {it} 分"));
            let points =
                |report: &Report<'_>| report.sections.get(at).map_or(String::new(), |it| it.points.to_string());
            line(format!("{}{worth}", section.section.name), &names, &reports, &outcome.report, &points)
        });
        let total = |report: &Report<'_>| {
            let open = if report.is_complete() { "" } else { "（未评完）" };
            format!("{}{open}", report.base)
        };
        let total = line("合计".to_owned(), &names, &reports, &outcome.report, &total);
        sections.chain([total]).collect::<Vec<_>>()
    });
    grid::table("grid few", "各部分得分".to_owned(), &heads).child(grid::body().each(lines.into_iter()))
}

/// A line with the points of each seat and those agreed on.
fn line(
    about: String,
    names: &[String],
    seats: &[Report<'_>],
    own: &Report<'_>,
    points: &dyn Fn(&Report<'_>) -> String,
) -> El {
    let seats = names.iter().zip(seats).map(|(name, it)| grid::cell(name).class("num").text(points(it)));
    let own = grid::cell("合议").class("num own").text(points(own));
    grid::line().child(grid::about().text(about)).each(seats).child(own)
}
