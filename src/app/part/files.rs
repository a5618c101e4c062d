//! Hands out backup files: of one dossier or all of them, with every answer in words beside the records.

use leptos::prelude::*;

use crate::app::{State, browser};
use crate::dossier::{About, Dossier, Listed, without_names, write_backup};
use crate::form::file_name;
use crate::rubric::Edition;
use crate::score::{in_one_sentence, score};

use super::label;

/// What Ctrl+S saves: the open dossier, or all where none is open.
pub fn download_here(state: State) {
    if state.address.with_untracked(|it| it.dossier().is_some()) { download_open(state) } else { download_all(state) }
}

/// Hands the open dossier over as a file.
pub fn download_open(state: State) {
    state.flush();
    if let Some(open) = state.open.get_untracked() {
        download(state, vec![(open.id, open.dossier)]);
    }
}

/// Hands the open dossier over to be sent to somebody: names of people go along only if the sender says so. What went
/// without them is no backup.
pub fn download_to_send(state: State, with_names: bool) {
    state.flush();
    let Some(open) = state.open.get_untracked() else { return };
    let bare = without_names(&open.dossier);
    if with_names || bare == open.dossier {
        download_open(state);
    } else {
        write(state, "自评文件", vec![bare], move |name| {
            state.tell(format!("已下载自评文件“{name}”，没有带名册和责任人。备份请用“下载备份”。"));
        });
    }
}

/// Hands over a copy of the open dossier without words of the person, for whoever reports a fault or teaches.
pub fn download_masked(state: State) {
    state.flush();
    let Some(open) = state.open.get_untracked() else { return };
    // the same part makes it as says it in words
    state.with_words(move |_| match state.masked(&open.dossier) {
        Some(masked) => write(state, "脱敏副本", vec![masked], move |name| {
            state.tell(format!("已下载脱敏副本“{name}”，没有您写的文字。它不是备份。"));
        }),
        None => state.tell("没有下载：程序的一部分没有取到，请联网后再试。".to_owned()),
    });
}

/// Hands all dossiers that can be read over as one file, those in the bin and those that could not be saved included.
pub fn download_all(state: State) {
    state.flush();
    let mut all = state.unsaved();
    for listed in state.shelf(|it| it.list()) {
        if let Listed::Good { id, envelope, .. } = listed
            && all.iter().all(|other| other.0 != id)
        {
            all.push((id, envelope.dossier));
        }
    }
    if !all.is_empty() {
        download(state, all);
    }
}

/// `自评备份-<单位>-<日期>.json`.
fn download(state: State, dossiers: Vec<(String, Dossier)>) {
    let (ids, dossiers): (Vec<_>, Vec<_>) = dossiers.into_iter().unzip();
    write(state, "自评备份", dossiers, move |name| {
        state.tell(format!("已下载备份文件“{name}”，请保存到 U 盘或单位的共享文件夹。"));
        state.backed_up(&ids);
    });
}

/// Writes dossiers into one file, with their words where the part that knows them can be had: the records are complete without.
/// `done` is told the file's name, where there is one.
fn write(state: State, what: &'static str, dossiers: Vec<Dossier>, done: impl FnOnce(&str) + 'static) {
    if browser::in_chat() {
        let words = "聊天软件里不能下载：请到“分享”里复制链接或自评码，在浏览器里打开。";
        return state.tell(words.to_owned());
    }
    state.with_words(move |in_words| {
        let unit = match &dossiers[..] {
            [only] => label::unit(only),
            _ => "全部",
        };
        let name = format!("{what}-{}-{}.json", file_name(unit), browser::date(None));
        let mut with_words = Vec::new();
        for dossier in dossiers {
            let bare = || About { title: label::unit(&dossier).to_owned(), lines: Vec::new() };
            let about = in_words.map_or_else(bare, |it| it(state.edition_of(&dossier), &dossier));
            with_words.push((dossier, about));
        }
        let now = browser::now();
        let text = write_backup(&with_words, &browser::date(Some(now)), now, &browser::made_by());
        browser::download(&name, &text);
        done(&name);
    });
}

/// The result of each sheet so far, a line each.
pub fn sheets_in_words(edition: &Edition, dossier: &Dossier) -> Vec<String> {
    let mut lines = Vec::new();
    for sheet in &dossier.sheets {
        let Some(rubric) = edition.rubric(sheet.annex) else { continue };
        let sentence = in_one_sentence(&score(rubric, &sheet.answers));
        lines.push(format!("附件{} {}：{sentence}", sheet.annex, label::sheet(rubric, sheet)));
    }
    lines
}
