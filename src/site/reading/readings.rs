//! 解读: what is printed, how it can be read, what this tool does, and the rows it touches.

use leptos::prelude::*;

use crate::app::part::html::{El, el, link};
use crate::app::part::label;
use crate::app::{Route, State};
use crate::rubric::{Edition, Reading};

pub fn readings(state: State) -> AnyView {
    let edition = state.edition();
    let lead = "原文没有写明、前后不一或有误印的地方，逐条列出：原文怎样印的，可以怎样理解，本工具怎样处理。解读不是原文的一部分。";
    el("article")
        .class("read wide")
        .child(el("h1").text("解读"))
        .child(el("p").text(lead))
        .each(edition.readings.iter().map(|it| reading(state, edition, it)))
        .done()
}

fn reading(state: State, edition: &Edition, it: &Reading) -> El {
    let head = el("h2").child(link(format!("#{}", it.id), it.id.as_str())).text(format!(" {}", it.title));
    let head = head.child(el("span").class("pts").text(label::effect(it.effect)));
    let printed = it.printed.iter().map(|it| el("li").child(el("q").text(it.as_str())));
    let ways = it.readings.iter().map(|it| el("li").text(it.as_str()));
    let listed = |name: &'static str, items: Vec<El>| {
        let there = !items.is_empty();
        let list = el("dd").child(el("ul").each(items.into_iter()));
        there.then(|| [el("dt").text(name), list]).into_iter().flatten()
    };
    let rows = edition.rubrics.iter().flat_map(|rubric| {
        let touched = rubric.rows().filter(|row| row.readings.contains(&it.id));
        touched.map(|row| {
            let id = rubric.row_id(row.number);
            link(format!("{}#{id}", state.href(&Route::Rubric(rubric.annex))), id)
        })
    });
    let rows: Vec<El> = rows.collect();
    let touched =
        (!rows.is_empty()).then(|| [el("dt").text("所涉各行"), el("dd").class("rows").each(rows.into_iter())]);
    let facts = el("dl")
        .each(listed("原文", printed.collect()))
        .each(listed("可以理解为", ways.collect()))
        .child(el("dt").text("本工具"))
        .child(el("dd").text(it.taken.as_str()))
        .each(touched.into_iter().flatten());
    el("section").class("one").set("id", it.id.as_str()).child(head).child(facts)
}
