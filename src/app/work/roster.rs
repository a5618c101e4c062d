//! 名册: examiners, experts and equipment of a dossier, and the facts that follow from them.

mod bring;
mod editor;
mod lists;
mod offers;
mod printed;
mod shown;

use leptos::prelude::*;

use crate::app::part::announced::announced;
use crate::app::part::carry::unless_in_chat;
use crate::app::part::html::{El, button, el, link, live, nothing};
use crate::app::part::{banner, frame, label, memo, missing};
use crate::app::{Address, State, browser};
use crate::dossier::RosterList;

use editor::RosterEditor;

pub fn roster(state: State, id: Option<&str>) -> AnyView {
    let Some(id) = id.map(str::to_owned) else {
        if state.live {
            return missing::no_dossier(state);
        }
        let words = "名册属于一份自评档案：请先在“我的自评”里打开档案，再从那里填写名册。";
        let article = el("article").class("read").child(head()).view(frame::boot_message(state));
        return article.child(el("p").text(words)).done();
    };
    let this = id.clone();
    let found = memo::number(move |_| {
        state.open.with(|open| open.as_ref().filter(|it| it.id == this).map_or(0, |it| 1 + u64::from(it.read_only)))
    });
    live(move || match found.get() {
        0 => missing::no_dossier(state),
        1 => page(RosterEditor::new(state), &id),
        _ => still(RosterEditor::new(state), &id),
    })
}

fn head() -> El {
    el("h1").set("tabindex", "-1").text("名册")
}

/// Whose lists they are, with a link back to the dossier.
fn crumb(state: State, id: &str) -> El {
    let unit = move || state.open.with(|open| open.as_ref().map_or("", |it| label::unit(&it.dossier)).to_owned());
    let back = el("a").set("href", state.href(&Address::Dossier(Some(id.to_owned())))).words(unit);
    el("p").class("doc").text("自评档案 · ").child(back)
}

fn back(state: State, id: &str) -> El {
    el("p").class("links").child(link(state.href(&Address::Dossier(Some(id.to_owned()))), "返回档案"))
}

fn page(editor: RosterEditor, id: &str) -> AnyView {
    let state = editor.state;
    let words = "列出考评人员、专家和设备，自评表里的人数、完好率、陈旧处数就可以从这里算出来。名册只保存在本机：自评码和链接里没有，发给别人的文件里也只有勾选了才有。";
    el("article")
        .class("read roster")
        .child(crumb(state, id))
        .child(head())
        .child(back(state, id))
        .child(el("p").text(words))
        .child(banner::saved(state))
        .child(el("div").class("said").view(live(move || said(editor))))
        .child(announced(move || editor.said.get()))
        .each(RosterList::ALL.into_iter().map(|list| lists::section(editor, list)))
        .child(offers::section(editor, id))
        .child(printed::tools(editor))
        .child(printed::printed(editor))
        .done()
}

/// The lists as they print, for a dossier that can only be read.
fn still(editor: RosterEditor, id: &str) -> AnyView {
    let print = back(editor.state, id).maybe(unless_in_chat(|| button("btn small", "打印名册", browser::print)));
    el("article")
        .class("read roster still")
        .child(crumb(editor.state, id))
        .child(head())
        .child(print)
        .child(printed::printed(editor))
        .done()
}

/// What was just done, with a button to undo it.
fn said(editor: RosterEditor) -> AnyView {
    let words = editor.said.get();
    if words.is_empty() {
        return nothing();
    }
    let undo = move || {
        editor.state.undo_in(editor.of);
        editor.said.set(String::new());
    };
    el("p").text(words).child(button("link", "撤销", undo)).done()
}
