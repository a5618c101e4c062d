//! The sheets of a dossier by rubric: the public one, then the occupations below it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::address::SheetOf;
use crate::app::part::html::{El, all, button, el, link};
use crate::app::part::label;
use crate::app::{Address, State};
use crate::dossier::{Dossier, Sheet};
use crate::rubric::{Part, Rubric};
use crate::score::{in_one_sentence, score};

pub fn sheets(state: State, id: &str, dossier: &Dossier) -> AnyView {
    let edition = state.edition_of(dossier);
    // the annexes by which the filings are assessed; none while the route is open
    let filings = state.rules_of(edition).map(|it| it.routes.route(&dossier.route).filings).unwrap_or_default();
    let asked: Vec<u8> = filings.into_iter().flat_map(|it| it.rubrics).collect();
    let mut parts = Vec::new();
    for public in edition.rubrics.iter().filter(|it| it.part == Part::Public) {
        let Some(occupation) = edition.counterpart(public) else { continue };
        let there = dossier.sheets.iter().any(|it| it.annex == public.annex || it.annex == occupation.annex);
        if there || asked.contains(&public.annex) {
            let spare = !asked.is_empty() && !asked.contains(&public.annex);
            let head = |of: &Rubric| el("h2").text(format!("{}　{}", of.whose, of.part_name));
            parts.push(head(public).done());
            parts.push(of_rubric(state, id, dossier, public, spare));
            parts.push(head(occupation).done());
            parts.push(of_rubric(state, id, dossier, occupation, true));
        }
    }
    all(parts)
}

/// The sheets of one rubric; one more can be added, but of a public part there is only one.
fn of_rubric(state: State, id: &str, dossier: &Dossier, rubric: &'static Rubric, removable: bool) -> AnyView {
    let mine = dossier.sheets.iter().filter(|it| it.annex == rubric.annex);
    let cards: Vec<El> = mine
        .map(|sheet| {
            let (of, gone) = (id.to_owned(), sheet.clone());
            let remove = removable.then(|| button("link", "删除", move || remove(state, &of, &gone)));
            card(state, id, sheet, rubric, remove)
        })
        .collect();
    let of = id.to_owned();
    let add = move || {
        let mut sheet = 0;
        state.edit(state.key_of(&of), |it| sheet = it.add_sheet(rubric.annex));
        state.visit(Address::Sheet(rubric.annex, Some(SheetOf { dossier: of.clone(), sheet })));
    };
    let (words, hint) = match rubric.part {
        Part::Public => ("添加公共部分自评表", "还没有公共部分自评表。"),
        Part::Occupation => ("添加职业（工种）自评表", "还没有职业（工种）自评表。每个申报的职业、工种或方向填一张。"),
    };
    let hint = cards.is_empty().then(|| el("p").class("hint").text(hint));
    let more =
        (rubric.part == Part::Occupation || cards.is_empty()).then(|| el("p").child(button("quiet", words, add)));
    let list = el("ul").class("sheets").each(cards.into_iter());
    el("div").child(list).maybe(hint).maybe(more).done()
}

/// Links to the printed form of every sheet.
pub fn printed(state: State, id: &str, dossier: &Dossier) -> Vec<El> {
    let edition = state.edition_of(dossier);
    let known = dossier.sheets.iter().filter_map(|it| Some((it, edition.rubric(it.annex)?)));
    let line = |(sheet, rubric): (&Sheet, &Rubric)| {
        let of = SheetOf { dossier: id.to_owned(), sheet: sheet.id };
        let name = format!("附件{} {}", rubric.annex, label::sheet(rubric, sheet));
        let sentence = in_one_sentence(&score(rubric, &sheet.answers));
        let name = link(state.href(&Address::Form(rubric.annex, of)), name);
        el("li").child(el("h3").child(name)).child(el("p").text(format!("{sentence}。")))
    };
    known.map(line).collect()
}

/// Deletes a sheet. A copy of it goes into the bin first; where there is no room for that, the sheet stays.
fn remove(state: State, id: &str, sheet: &Sheet) {
    let key = state.key_of(id);
    if !state.once() || state.of_open() != key {
        return;
    }
    let Some(kept) = state.bin_sheet(sheet) else {
        return state.tell("没有删除：浏览器没有空间放进回收站。请先下载备份，再清理空间。".to_owned());
    };
    let gone = sheet.id;
    state.edit(key, |dossier| dossier.sheets.retain(|it| it.id != gone));
    let sheet = sheet.clone();
    let undo = move || {
        if state.open.with_untracked(|open| open.as_ref().is_some_and(|it| it.key == key && !it.read_only)) {
            state.edit(key, |dossier| dossier.take_in(sheet.clone()));
            state.flush();
            state.remove(&kept);
        } else {
            state.put_back(&kept);
        }
    };
    let words = "已删除一张自评表，放在“我的自评”的回收站里，保留 7 天。";
    state.tell_with(words.to_owned(), Arc::new(undo));
}

fn card(state: State, id: &str, sheet: &Sheet, rubric: &'static Rubric, remove: Option<El>) -> El {
    let report = score(rubric, &sheet.answers);
    let of = SheetOf { dossier: id.to_owned(), sheet: sheet.id };
    let fill = state.href(&Address::Sheet(rubric.annex, Some(of.clone())));
    let name = link(fill.clone(), format!("附件{} {}", rubric.annex, label::sheet(rubric, sheet)));
    let facts = format!("{} {}", sheet.occupation_code, sheet.levels);
    let links = el("p").class("links").child(link(fill, "填写"));
    let share = Address::Share(Some(of.dossier.clone()), Some(of.sheet));
    let kept = sheet.work.versions.len();
    let versions = Address::Versions(Some(of.clone()));
    let versions = (0 < kept).then(|| link(state.href(&versions), format!("历次版本（{kept}）")));
    let plan = link(state.href(&Address::Plan(Some(of.clone()))), "整改清单");
    let form = link(state.href(&Address::Form(rubric.annex, of)), "打印评估表");
    let links = links.child(plan).child(form).maybe(versions);
    let links = links.child(link(state.href(&share), "分享")).maybe(remove);
    el("li")
        .class(label::grade(report.grade()))
        .child(el("h3").child(name).child(el("small").text(facts)))
        .child(el("p").text(format!("{}。", in_one_sentence(&report))))
        .child(links)
}
