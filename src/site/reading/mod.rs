//! Pages that only read: nothing in them needs the app, so the browser never compiles them.

mod about;
mod readings;
mod rubric;

use leptos::prelude::*;

use crate::app::part::html::{el, link};
use crate::app::{Route, State, page};

/// Any page of the site as it stands in its file.
pub fn any_page(state: State, route: &Route) -> AnyView {
    match route {
        Route::Rubrics => rubric::rubrics(state),
        Route::Rubric(annex) => rubric::rubric(state, *annex),
        Route::Readings => readings::readings(state),
        Route::About => about::about(state),
        Route::Missing => missing(state),
        Route::Home | Route::Start(_) | Route::Mine | Route::Dossier(_) | Route::Sheet(..) | Route::Form(..) => {
            page(state, route)
        }
    }
}

fn missing(state: State) -> AnyView {
    let links = el("p").class("links").child(link(state.href(&Route::Home), "回首页"));
    el("article")
        .class("read")
        .child(el("h1").text("没有这个页面"))
        .child(el("p").text("地址可能不完整或已经改变。"))
        .child(links.child(link(state.href(&Route::Rubrics), "评估要点")))
        .done()
}
