//! The address names a dossier, but this browser does not have it.

use leptos::prelude::*;

use crate::app::part::html::{el, link};
use crate::app::{Route, State};

pub fn no_dossier(state: State) -> AnyView {
    let why = "自评只保存在填写时所用的那台电脑、那个浏览器里。换了电脑或清理过浏览器数据，请用备份文件恢复。";
    let links = el("p").class("links").child(link(state.href(&Route::Mine), "我的自评"));
    el("article")
        .class("read")
        .child(el("h1").set("tabindex", "-1").text("本机没有这份自评"))
        .child(el("p").text(why))
        .child(links.child(link(state.href(&Route::Home), "新建自评")))
        .done()
}
