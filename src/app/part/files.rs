//! Hands out backup files: of one dossier or all of them, with every answer in words beside the records.

use leptos::prelude::*;

use crate::app::{State, browser};
use crate::dossier::{About, Dossier, Listed, Sheet, write_backup};
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
    if browser::in_chat() {
        let words = "聊天软件里不能下载：请到“分享”里复制链接或自评码，在浏览器里打开。";
        return state.tell(words.to_owned());
    }
    let unit = match &dossiers[..] {
        [(_, only)] => label::unit(only),
        _ => "全部",
    };
    let name = format!("自评备份-{}-{}.json", file_name(unit), browser::date(None));
    let (ids, dossiers): (Vec<_>, Vec<_>) = dossiers.into_iter().unzip();
    let with_words = dossiers.into_iter().map(|dossier| {
        let about = about(state.edition_of(&dossier), &dossier);
        (dossier, about)
    });
    let text = write_backup(&with_words.collect::<Vec<_>>(), &browser::date(Some(browser::now())), browser::now());
    browser::download(&name, &text);
    state.tell(format!("已下载备份文件“{name}”，请保存到 U 盘或单位的共享文件夹。"));
    state.backed_up(&ids);
}

/// Without what Windows does not allow in a file's name.
fn file_name(text: &str) -> String {
    let refused = |it: char| it.is_control() || matches!(it, '\\' | '/' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    text.chars().map(|it| if refused(it) { '_' } else { it }).collect()
}

/// A dossier in words, answer by answer, with what it says of the unit and of the way to the filing: whoever has only the file
/// can read what was in it.
pub fn about(edition: &Edition, dossier: &Dossier) -> About {
    let facts = &dossier.facts;
    let told = [&facts.place, &facts.contact, &facts.telephone, &facts.date];
    let numbers = [&facts.examiners, &facts.experts, &facts.people];
    let mut lines =
        vec![line("单位", &told.map(String::as_str)), line("考评员、专家、人数", &numbers.map(String::as_str))];
    let roster = &dossier.roster;
    lines.extend(roster.examiners.iter().map(|it| line("考评人员", &[&it.name, &it.occupation])));
    lines.extend(roster.experts.iter().map(|it| line("专家", &[&it.name, &it.occupation, &it.title])));
    lines.extend(roster.equipment.iter().map(|it| line("设备", &[&it.name, &it.occupation])));
    for row in &dossier.declared {
        lines.push(format!("申报：{} {} {} {}级", row.code, row.name, row.trade, row.levels));
    }
    lines.extend(sheets_in_words(edition, dossier));
    for sheet in &dossier.sheets {
        let Some(rubric) = edition.rubric(sheet.annex) else { continue };
        let report = score(rubric, &sheet.answers);
        lines.push(format!("附件{} {} 各项：", sheet.annex, label::sheet(rubric, sheet)));
        lines.push(line("职业编码、级别", &[&sheet.occupation_code, &sheet.levels]));
        for reported in &report.rows {
            let number = reported.row.number;
            let (id, note) = (rubric.row_id(number), sheet.note(number));
            if reported.answered || !note.is_empty() {
                let said = said(reported, &sheet.answers);
                let note = if note.is_empty() { String::new() } else { format!("；备注：{note}") };
                lines.push(format!("{id} {said}{note}"));
            }
        }
        let work = &sheet.work;
        let id = |row| rubric.row_id(row);
        lines.extend(work.tasks.iter().map(|it| line("整改", &[&id(it.row), &it.who, &it.due])));
        lines.extend(
            work.evidence.iter().map(|it| line("佐证", &[&id(it.row), &it.paper, &it.place, &it.who, &it.pages])),
        );
        lines.extend(work.versions.iter().map(|it| line("历次版本", &[&it.name])));
    }
    lines.retain(|it| !it.is_empty());
    About { title: title(edition, dossier), lines }
}

/// 设备：车床，车工. Nothing where nothing is said.
fn line(head: &str, said: &[&str]) -> String {
    let mut words = String::new();
    for part in said.iter().filter(|it| !it.is_empty()) {
        words.push_str(if words.is_empty() { head } else { "，" });
        words.push_str(if words.len() == head.len() { "：" } else { "" });
        words.push_str(part);
    }
    words
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
