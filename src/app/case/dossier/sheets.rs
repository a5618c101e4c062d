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
    let rules = state.rules_of(edition).filter(|it| it.has_routes());
    let filings = rules.map(|it| it.routes.route(&dossier.route).filings).unwrap_or_default();
    let mut asked = Vec::new();
    for filing in filings {
        asked.extend_from_slice(&filing.rubrics);
    }
    let mut parts = Vec::new();
    for (applicant, _) in edition.kinds() {
        let own = || edition.rubrics.iter().filter(move |it| it.applicant == applicant);
        // without rules of filing it is not known which are asked for
        let may_need = rules.is_none() && edition.may_need(dossier.applicant, applicant);
        let there = |annex: u8| asked.contains(&annex) || dossier.sheets.iter().any(|it| it.annex == annex);
        if !may_need && !own().any(|it| there(it.annex)) {
            continue;
        }
        for part in [Part::Public, Part::Occupation] {
            for rubric in own().filter(|it| it.part == part) {
                let spare = part == Part::Occupation || !asked.is_empty() && !asked.contains(&rubric.annex);
                parts.push(el("h2").text(format!("{}　{}", rubric.whose, rubric.part_name)).done());
                parts.push(of_rubric(state, id, dossier, rubric, spare));
            }
        }
    }
    all(parts)
}

/// The sheets of one rubric; one more can be added, but of a public part there is only one.
fn of_rubric(state: State, id: &str, dossier: &Dossier, rubric: &'static Rubric, removable: bool) -> AnyView {
    let mut cards = Vec::new();
    for sheet in dossier.sheets.iter().filter(|it| it.annex == rubric.annex) {
        let (of, gone) = (id.to_owned(), sheet.clone());
        let remove = removable.then(|| button("link", "删除", move || remove(state, &of, &gone)));
        cards.push(card(state, id, sheet, rubric, remove));
    }
    let of = id.to_owned();
    let add = move || {
        let mut sheet = 0;
        state.edit(state.key_of(&of), |it| sheet = it.add_sheet(rubric.annex));
        state.visit(Address::Sheet(rubric.annex, Some(SheetOf { dossier: of.clone(), sheet })));
    };
    let (name, hint) = match rubric.part {
        Part::Public => (rubric.part_name.as_str(), "还没有自评表。"),
        Part::Occupation => ("职业（工种）", "还没有职业（工种）自评表。每个申报的职业、工种或方向填一张。"),
    };
    let hint = cards.is_empty().then(|| el("p").class("hint").text(hint));
    let more = (rubric.part == Part::Occupation || cards.is_empty())
        .then(|| el("p").child(button("quiet", "添加", add).text(name).text("自评表")));
    let list = el("ul").class("sheets").each(cards.into_iter());
    el("div").child(list).maybe(hint).maybe(more).done()
}

/// Links to the printed form of every sheet.
pub fn printed(state: State, id: &str, dossier: &Dossier) -> Vec<El> {
    let edition = state.edition_of(dossier);
    let mut lines = Vec::new();
    for sheet in &dossier.sheets {
        let Some(rubric) = edition.rubric(sheet.annex) else { continue };
        let of = SheetOf { dossier: id.to_owned(), sheet: sheet.id };
        let name = format!("附件{} {}", rubric.annex, label::sheet(rubric, sheet));
        let sentence = in_one_sentence(&score(rubric, &sheet.answers));
        let name = link(state.href(&Address::Form(rubric.annex, of)), name);
        lines.push(el("li").child(el("h3").child(name)).child(el("p").text(format!("{sentence}。"))));
    }
    lines
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
