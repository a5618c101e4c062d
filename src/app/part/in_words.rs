//! A dossier in words, for the backup file, and a copy without words of the person. It is a part of the app of its own, which
//! is fetched ahead of time.

use crate::app::{State, browser};
use crate::dossier::{self, About, Dossier, Evidence, Sheet, Task, Version, Work};
use crate::filing::Rules;
use crate::packet::task_in_words;
use crate::rubric::{Edition, Rubric};
use crate::score::{in_one_sentence, said, score};

use super::files::sheets_in_words;
use super::label;

/// As the file has it.
pub fn in_words(edition: &'static Edition, dossier: &Dossier) -> About {
    about(edition, dossier, |it| browser::date(Some(it)))
}

/// 脱敏副本.
pub fn masked(state: State, dossier: &Dossier) -> Dossier {
    let edition = state.edition_of(dossier);
    match state.rules_of(edition) {
        Some(rules) => dossier::masked(edition, rules, dossier),
        None => dossier::masked(edition, &Rules::default(), dossier),
    }
}

/// A dossier in words, answer by answer, with what it says of the unit and of the way to the filing: whoever has only the file
/// can read what was in it. `date` says a time, in seconds since 1970, as people here write it.
pub fn about(edition: &Edition, dossier: &Dossier, date: fn(u64) -> String) -> About {
    let facts = &dossier.facts;
    let told = [&facts.place, &facts.contact, &facts.telephone, &facts.date];
    let numbers = [&facts.examiners, &facts.experts, &facts.people];
    let mut lines =
        vec![line("单位", &told.map(String::as_str)), line("考评员、专家、人数", &numbers.map(String::as_str))];
    for row in &dossier.declared {
        lines.push(format!("申报：{} {} {} {}级", row.code, row.name, row.trade, row.levels));
    }
    lines.extend(dossier.roster.in_lines());
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
        lines.extend(planned(rubric, sheet));
        lines.extend(sheet.work.evidence.iter().map(|it| proof(rubric, it)));
        lines.extend(sheet.work.versions.iter().map(|it| version(rubric, it, date)));
    }
    lines.retain(|it| !it.is_empty());
    About { title: title(edition, dossier), lines }
}

/// 单位：某市，联系人甲. Nothing where nothing is said.
fn line(head: &str, said: &[&str]) -> String {
    let said: Vec<&str> = said.iter().copied().filter(|it| !it.is_empty()).collect();
    if said.is_empty() { String::new() } else { format!("{head}：{}", said.join("，")) }
}

/// 佐证材料 1-1 营业执照：已备，档案室，某某，第 7-9 页.
fn proof(rubric: &Rubric, proof: &Evidence) -> String {
    let Evidence { row, paper, place, who, ready, pages } = proof;
    let ready = if *ready { "已备" } else { "未备" };
    let mut line = format!("佐证材料：{} {paper}，{ready}", rubric.row_id(*row));
    for (before, text) in [("，存放处：", place), ("，责任人：", who), ("，页码：", pages)] {
        if !text.is_empty() {
            line.push_str(&format!("{before}{text}"));
        }
    }
    line
}

/// 版本：初评 2026-11-25 09:30，得 87 分，….
fn version(rubric: &Rubric, version: &Version, date: fn(u64) -> String) -> String {
    let Version { name, made, answers, notes: _ } = version;
    let name = if name.is_empty() { "评完时" } else { name };
    format!("版本：{name} {}，{}", date(*made), in_one_sentence(&score(rubric, answers)))
}

/// What is to be mended and what was said about it, a line each.
fn planned(rubric: &Rubric, sheet: &Sheet) -> Vec<String> {
    let Work { wishes, tasks, evidence: _, versions: _ } = &sheet.work;
    let aim = wishes.target.map(|it| format!("目标 {it} 分"));
    let aim = aim.into_iter().chain(wishes.safe.then(|| "稳妥方案".to_owned()));
    let aim: Vec<String> = aim.map(|it| format!("整改{it}")).collect();
    let marks = wishes.marks.iter().map(|it| format!("{} {}", rubric.row_id(it.row), it.in_words()));
    let tasks = tasks.iter().map(|task| {
        let Task { row, to: _, who, due, state } = task;
        let what = task_in_words(rubric, sheet, task).replace('\n', "；");
        format!("整改 {} {what}；责任人：{who}；完成期限：{due}；{}", rubric.row_id(*row), state.label())
    });
    aim.into_iter().chain(marks).chain(tasks).collect()
}

/// 某公司，甲类单位，按 某职鉴〔2020〕16号.
fn title(edition: &Edition, dossier: &Dossier) -> String {
    format!("{}，{}，按{}", label::unit(dossier), label::applicant(edition, dossier.applicant), edition.notice)
}
