//! What a person must know about saving, in words, where it cannot be missed.

use leptos::prelude::*;

use crate::app::state::Saved;
use crate::app::{State, browser};
use crate::dossier::{Dossier, NotSaved, write_backup};

use super::label;

/// A band below the header while the browser keeps nothing, or did not keep the last change.
pub fn storage(state: State) -> AnyView {
    let message = move || {
        if !state.live {
            return None;
        }
        if !state.keeps.get() {
            return Some(band(state, "浏览器禁止保存，关闭页面即丢失。可以继续填写，离开前请下载备份。", false));
        }
        match state.saved.get() {
            Saved::Not(NotSaved::Refused) => {
                Some(band(state, "未保存：浏览器空间已满或拒绝写入。填写内容仍在本页，请先下载备份，再清理空间。", false))
            }
            Saved::Not(NotSaved::ChangedElsewhere) => {
                Some(band(state, "未保存：另一个标签页已修改这份自评。两份都不会丢，请选择保留哪一份。", true))
            }
            Saved::Not(NotSaved::NewerProgram) => {
                Some(band(state, "未保存：这份自评由较新版本的程序保存。请刷新页面后再试。", false))
            }
            Saved::Unchanged | Saved::Saving | Saved::At(_) => None,
        }
    };
    view! { <div role="alert">{message}</div> }.into_any()
}

fn band(state: State, message: &'static str, conflict: bool) -> AnyView {
    let choices = conflict.then(|| {
        view! {
            <button type="button" on:click=move |_| state.take_theirs()>"载入另一页的"</button>
            <button type="button" on:click=move |_| state.keep_both()>"本页另存为副本"</button>
        }
    });
    let file = move || {
        state.open.with(Option::is_some).then(|| {
            view! { <button type="button" on:click=move |_| download(state)>"下载备份"</button> }
        })
    };
    view! { <div class="band"><p class="wrap"><b>{message}</b>{choices}{file}</p></div> }.into_any()
}

/// 已保存 14:05, only after reading back.
pub fn saved(state: State) -> AnyView {
    let words = move || {
        if !state.keeps.get() {
            return "未保存（浏览器禁止保存）".to_owned();
        }
        match state.saved.get() {
            Saved::Unchanged => "修改后自动保存".to_owned(),
            Saved::Saving => "正在保存".to_owned(),
            Saved::At(clock) => format!("已保存 {clock}"),
            Saved::Not(_) => "未保存".to_owned(),
        }
    };
    let class = move || match state.saved.get() {
        _ if !state.keeps.get() => "saved bad",
        Saved::Not(_) => "saved bad",
        Saved::At(_) => "saved good",
        Saved::Unchanged | Saved::Saving => "saved",
    };
    view! {
        <p class=class>
            <span class="state">{words}</span>
            <button type="button" class="link" on:click=move |_| download(state)>"下载备份"</button>
        </p>
    }
    .into_any()
}

/// Hands the open dossier over as a file.
pub fn download(state: State) {
    state.flush();
    if let Some(open) = state.open.get_untracked() {
        download_all(state, &[open.dossier]);
    }
}

pub fn download_all(state: State, dossiers: &[Dossier]) {
    let unit = match dossiers {
        [only] if !only.unit.is_empty() => only.unit.as_str(),
        [_] => "未填单位",
        _ => "全部",
    };
    let name: String = unit.chars().map(|it| if r#"\/:*?"<>|"#.contains(it) { '_' } else { it }).collect();
    let text = write_backup(dossiers, |it| about(state, it), browser::now());
    browser::download(&format!("自评备份-{name}-{}.json", browser::date(None)), &text);
}

/// One line about a dossier.
pub fn about(state: State, dossier: &Dossier) -> String {
    let edition = state.edition_of(dossier);
    let mut parts = vec![if dossier.unit.is_empty() { "未填单位".to_owned() } else { dossier.unit.clone() }];
    parts.push(label::applicant(dossier.applicant).to_owned());
    for sheet in &dossier.sheets {
        let Some(rubric) = edition.rubric(sheet.annex) else { continue };
        let report = crate::score::score(rubric, &sheet.answers);
        let name = sheet.occupation(rubric).unwrap_or(label::part(rubric.part));
        parts.push(format!("附件{} {name}：{}", sheet.annex, crate::score::in_one_sentence(&report)));
    }
    parts.join("；")
}
