//! The six rubrics: a list, and each as the official table, blank, to read and print.

use leptos::prelude::*;

use crate::app::part::html::{el, link};
use crate::app::part::{label, table};
use crate::app::{Route, State};

pub fn rubrics(state: State) -> AnyView {
    let edition = state.edition();
    let items = edition.rubrics.iter().map(|it| {
        let name = format!("附件{} {} {}", it.annex, label::applicant(it.applicant), label::part(it.part));
        let about = format!("{}，{} 行，合计 {} 分", it.title, it.rows().count(), it.total);
        el("li").child(link(state.href(&Route::Rubric(it.annex)), name)).child(el("p").text(about))
    });
    let sub = el("p").class("sub").child(el("span").class("nw").text(edition.notice.as_str()));
    el("article")
        .class("read")
        .child(el("h1").text("技术评估要点"))
        .child(sub.text(format!(" {}", edition.title)))
        .child(el("ul").class("list").each(items))
        .done()
}

pub fn rubric(state: State, annex: u8) -> AnyView {
    let (edition, rubric) = state.rubric(annex).expect("only rubrics that exist have a route");
    let links = el("p").class("links noprint");
    let links = links.child(link(state.href(&Route::Start(rubric.applicant)), "按此表自评").class("btn small"));
    el("article")
        .class("form")
        .child(table::headline(edition, rubric))
        .child(links.child(link(state.href(&Route::Sheet(annex, None)), "逐项查看（手机适用）")))
        .child(table::header(rubric, None))
        .each(table::table(edition, rubric, None).into_iter())
        .done()
}
