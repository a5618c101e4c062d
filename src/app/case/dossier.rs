//! 自评档案: the public sheet, every occupation sheet, and where each stands. The verdicts are never made into one number.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::part::html::{El, Event, all, button, el, link, live, nothing};
use crate::app::part::{frame, label, missing, notice};
use crate::app::route::Of;
use crate::app::state::Undo;
use crate::app::{Route, State, browser};
use crate::dossier::{Dossier, Sheet};
use crate::rubric::{Part, Rubric};
use crate::score::{in_one_sentence, score};

pub fn dossier(state: State, id: Option<&str>) -> AnyView {
    let Some(id) = id.map(str::to_owned) else {
        let head = el("article").class("read").child(el("h1").set("tabindex", "-1").text("自评档案"));
        return if state.live { missing::no_dossier(state) } else { head.view(frame::boot_message(state)).done() };
    };
    let this = id.clone();
    let found = Memo::new(move |_| u64::from(state.open.with(|it| it.as_ref().is_some_and(|it| it.id == this))));
    live(move || if found.get() == 1 { overview(state, id.clone()) } else { missing::no_dossier(state) })
}

fn overview(state: State, id: String) -> AnyView {
    let unit = move || state.open.with(|it| it.as_ref().map_or(String::new(), |it| it.dossier.unit.clone()));
    let head =
        move || state.open.with(|it| it.as_ref().map_or(String::new(), |it| label::unit(&it.dossier).to_owned()));
    let kind = state.open.with_untracked(|it| it.as_ref().map_or("", |it| label::applicant(it.dossier.applicant)));
    let write = move |event: Event| {
        if !browser::is_composing(&event) {
            let text = browser::text_of(&event);
            state.edit(|it| it.unit = text);
        }
    };
    let back = RwSignal::new(None::<Undo>);
    let shown =
        move || state.open.with(|it| it.as_ref().map_or_else(nothing, |it| parts(state, &id, &it.dossier, back)));
    let undo = move || {
        if let Some(undo) = back.get_untracked() {
            undo();
            back.set(None);
        }
    };
    let again = move || {
        if back.with(Option::is_none) {
            return nothing();
        }
        el("p")
            .class("boot")
            .set("role", "status")
            .text("已删除一张自评表。")
            .child(button("link", "撤销", undo))
            .done()
    };
    let field = el("input").set("type", "text").set("id", "unit").class("wide").set("autocomplete", "organization");
    el("article")
        .class("read wide")
        .child(el("p").class("doc").text(format!("自评档案 · {kind}")))
        .child(el("h1").set("tabindex", "-1").words(head))
        .child(notice::saved(state))
        .child(el("label").class("plain").set("for", "unit").text("申请单位名称"))
        .child(field.value(unit).on("input", write).on("change", write))
        .view(live(again))
        .view(live(shown))
        .child(
            el("p")
                .class("hint")
                .text("公共部分与各职业（工种）分别得出结论，文件没有规定如何合并，本工具不合并计算。"),
        )
        .done()
}

/// The sheets by rubric: the public one, then the occupations below it.
fn parts(state: State, id: &str, dossier: &Dossier, back: RwSignal<Option<Undo>>) -> AnyView {
    let edition = state.edition_of(dossier);
    let mut parts = Vec::new();
    for public in &dossier.sheets {
        let Some(rubric) = edition.rubric(public.annex).filter(|it| it.part == Part::Public) else { continue };
        let Some(occupation) = edition.counterpart(rubric) else { continue };
        let mine = dossier.sheets.iter().enumerate().filter(|it| it.1.annex == occupation.annex);
        let mut cards = Vec::new();
        for (at, sheet) in mine {
            let remove = move || remove(state, at, back);
            cards.push(card(state, id, sheet, occupation, Some(button("link", "删除", remove))));
        }
        let empty = "还没有职业（工种）自评表。每个申报的职业、工种或方向填一张。";
        let empty = cards.is_empty().then(|| el("p").class("hint").text(empty));
        let of = id.to_owned();
        let add = move || {
            let mut sheet = 0;
            state.edit(|it| sheet = it.add_sheet(occupation.annex));
            state.visit(Route::Sheet(occupation.annex, Some(Of { dossier: of.clone(), sheet })));
        };
        let head = |part| el("h2").text(format!("{}　{}", label::applicant(rubric.applicant), label::part(part)));
        let section = el("section")
            .child(head(Part::Public))
            .child(el("ul").class("sheets").child(card(state, id, public, rubric, None)))
            .child(head(Part::Occupation))
            .child(el("ul").class("sheets").each(cards.into_iter()))
            .maybe(empty)
            .child(el("p").child(button("quiet", "添加职业（工种）自评表", add)));
        parts.push(section.done());
    }
    all(parts)
}

fn remove(state: State, at: usize, back: RwSignal<Option<Undo>>) {
    state.edit(|it| {
        let sheet = it.sheets.remove(at);
        back.set(Some(Arc::new(move || state.edit(|it| it.sheets.insert(at.min(it.sheets.len()), sheet.clone())))));
    });
}

fn card(state: State, id: &str, sheet: &Sheet, rubric: &'static Rubric, remove: Option<El>) -> El {
    let report = score(rubric, &sheet.answers);
    let of = Of { dossier: id.to_owned(), sheet: sheet.id };
    let class = match (report.filing_vetoes.is_empty(), report.is_complete()) {
        (false, _) => "bad",
        (true, true) => "good",
        (true, false) => "",
    };
    let fill = state.href(&Route::Sheet(rubric.annex, Some(of.clone())));
    let name = link(fill.clone(), format!("附件{} {}", rubric.annex, label::sheet(rubric, sheet)));
    let facts = format!("{} {}", sheet.occupation_code, sheet.levels);
    let links = el("p").class("links").child(link(fill, "填写"));
    let links = links.child(link(state.href(&Route::Form(rubric.annex, of)), "打印评估表")).maybe(remove);
    el("li")
        .class(class)
        .child(el("h3").child(name).child(el("small").text(facts)))
        .child(el("p").text(format!("{}。", in_one_sentence(&report))))
        .child(links)
}
