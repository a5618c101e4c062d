//! What a person must know about saving, in words, where it cannot be missed.

use leptos::prelude::*;

use crate::app::State;
use crate::app::state::Saved;
use crate::dossier::NotSaved;

use super::files;
use super::html::{El, button, el, live, nothing};

/// A band below the header while the browser keeps nothing, or did not keep the last change.
pub fn storage(state: State) -> AnyView {
    let message = move || {
        if !state.live {
            return nothing();
        }
        let why = match state.saved.get() {
            _ if !state.keeps => "浏览器禁止保存，关闭页面即丢失。可以继续填写，离开前请下载备份。",
            Saved::Not(NotSaved::Refused) => {
                "未保存：浏览器空间已满或拒绝写入。填写内容仍在本页，请先下载备份，再清理空间。"
            }
            Saved::Not(NotSaved::ChangedElsewhere) => {
                "未保存：另一个标签页已修改这份自评。两份都不会丢，请选择保留哪一份。"
            }
            Saved::Not(NotSaved::NewerProgram) => "未保存：这份自评由较新版本的程序保存。请刷新页面后再试。",
            Saved::Unchanged | Saved::Saving | Saved::At(_) => return nothing(),
        };
        let conflict = matches!(state.saved.get(), Saved::Not(NotSaved::ChangedElsewhere));
        band(state, why, conflict).done()
    };
    el("div").set("role", "alert").view(live(message)).done()
}

fn band(state: State, message: &'static str, conflict: bool) -> El {
    let mut line = el("p").class("wrap").child(el("b").text(message));
    if conflict {
        line = line.child(button("", "载入另一页的", move || state.take_theirs()));
        line = line.child(button("", "本页另存为副本", move || state.keep_both()));
    }
    if state.open.with(Option::is_some) {
        line = line.child(button("", "下载备份", move || files::download_open(state)));
    }
    el("div").class("band").child(line)
}

/// 已保存 14:05, only after reading back.
pub fn saved(state: State) -> El {
    let words = move || match state.saved.get() {
        _ if !state.keeps => "未保存（浏览器禁止保存）".to_owned(),
        Saved::Unchanged => "修改后自动保存".to_owned(),
        Saved::Saving => "正在保存".to_owned(),
        Saved::At(clock) => format!("已保存 {clock}"),
        Saved::Not(_) => "未保存".to_owned(),
    };
    let class = move || {
        let class = match state.saved.get() {
            _ if !state.keeps => "saved bad",
            Saved::Not(_) => "saved bad",
            Saved::At(_) => "saved good",
            Saved::Unchanged | Saved::Saving => "saved",
        };
        Some(class.to_owned())
    };
    let state_of_saving = el("span").class("state").words(words);
    el("p")
        .live("class", class)
        .child(state_of_saving)
        .child(button("link", "下载备份", move || files::download_open(state)))
}
