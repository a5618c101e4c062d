//! Hands out backup files: of one dossier or all of them, with every answer in words beside the records.

use leptos::prelude::*;

use crate::app::{State, browser};
use crate::dossier::{About, Dossier, Listed, Sheet, without_names, write_backup};
use crate::rubric::{Edition, Rubric};
use crate::score::{in_one_sentence, said, score};

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
    } else if let Some(name) = write(state, "自评文件", vec![bare]) {
        state.tell(format!("已下载自评文件“{name}”，没有带名册和责任人。备份请用“下载备份”。"));
    }
}

/// Hands all dossiers that can be read over as one file, those in the bin included.
pub fn download_all(state: State) {
    state.flush();
    let good = state.shelf(|it| it.list()).into_iter().filter_map(|listed| match listed {
        Listed::Good { id, envelope, .. } => Some((id, envelope.dossier)),
        Listed::Damaged { .. } | Listed::Newer { .. } => None,
    });
    let all: Vec<_> = good.collect();
    if !all.is_empty() {
        download(state, all);
    }
}

/// `自评备份-<单位>-<日期>.json`.
fn download(state: State, dossiers: Vec<(String, Dossier)>) {
    let (ids, dossiers): (Vec<_>, Vec<_>) = dossiers.into_iter().unzip();
    if let Some(name) = write(state, "自评备份", dossiers) {
        state.tell(format!("已下载备份文件“{name}”，请保存到 U 盘或单位的共享文件夹。"));
        state.backed_up(&ids);
    }
}

/// Writes dossiers into one file and returns its name; `None` where nothing can be downloaded.
fn write(state: State, what: &str, dossiers: Vec<Dossier>) -> Option<String> {
    if browser::in_chat() {
        let words = "聊天软件里不能下载：请到“分享”里复制链接或自评码，在浏览器里打开。";
        state.tell(words.to_owned());
        return None;
    }
    let unit = match &dossiers[..] {
        [only] => label::unit(only),
        _ => "全部",
    };
    let name = format!("{what}-{}-{}.json", file_name(unit), browser::date(None));
    let with_words = dossiers.into_iter().map(|dossier| {
        let about = about(state, &dossier);
        (dossier, about)
    });
    let text = write_backup(&with_words.collect::<Vec<_>>(), &browser::date(Some(browser::now())), browser::now());
    browser::download(&name, &text);
    Some(name)
}

/// Without what Windows does not allow in a file's name.
fn file_name(text: &str) -> String {
    let refused = |it: char| it.is_control() || matches!(it, '\\' | '/' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    text.chars().map(|it| if refused(it) { '_' } else { it }).collect()
}

/// A dossier in words, answer by answer.
fn about(state: State, dossier: &Dossier) -> About {
    let edition = state.edition_of(dossier);
    let mut lines = Vec::new();
    for row in &dossier.declared {
        lines.push(format!("申报：{} {} {} {}级", row.code, row.name, row.trade, row.levels));
    }
    lines.extend(dossier.roster.in_lines());
    lines.extend(sheets_in_words(edition, dossier));
    for sheet in &dossier.sheets {
        let Some(rubric) = edition.rubric(sheet.annex) else { continue };
        let report = score(rubric, &sheet.answers);
        lines.push(format!("附件{} {} 各项：", sheet.annex, label::sheet(rubric, sheet)));
        for reported in &report.rows {
            let number = reported.row.number;
            let (id, note) = (rubric.row_id(number), sheet.note(number));
            if reported.answered || !note.is_empty() {
                let said = said(reported, &sheet.answers);
                let note = if note.is_empty() { String::new() } else { format!("；备注：{note}") };
                lines.push(format!("{id} {said}{note}"));
            }
        }
    }
    About { title: title(edition, dossier), lines }
}

/// The result of each sheet so far, a line each.
pub fn sheets_in_words(edition: &Edition, dossier: &Dossier) -> Vec<String> {
    let known = dossier.sheets.iter().filter_map(|it| Some((it, edition.rubric(it.annex)?)));
    let line = |(sheet, rubric): (&Sheet, &Rubric)| {
        let sentence = in_one_sentence(&score(rubric, &sheet.answers));
        format!("附件{} {}：{sentence}", sheet.annex, label::sheet(rubric, sheet))
    };
    known.map(line).collect()
}

/// 某公司，用人单位，按 豫职鉴〔2020〕16号.
fn title(edition: &Edition, dossier: &Dossier) -> String {
    format!("{}，{}，按{}", label::unit(dossier), label::applicant(dossier.applicant), edition.notice)
}
