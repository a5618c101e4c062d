//! The sheets of a dossier by rubric: the public one, then the occupations below it.

use leptos::prelude::*;

use crate::app::part::html::{El, all, button, el, link};
use crate::app::part::label;
use crate::app::route::Of;
use crate::app::{Route, State};
use crate::dossier::{Dossier, Sheet};
use crate::rubric::{Part, Rubric};
use crate::score::{in_one_sentence, score};

pub fn sheets(state: State, id: &str, dossier: &Dossier) -> AnyView {
    let edition = state.edition_of(dossier);
    let mut parts = Vec::new();
    for public in &dossier.sheets {
        let Some(rubric) = edition.rubric(public.annex).filter(|it| it.part == Part::Public) else { continue };
        let Some(occupation) = edition.counterpart(rubric) else { continue };
        let mine = dossier.sheets.iter().enumerate().filter(|it| it.1.annex == occupation.annex);
        let mut cards = Vec::new();
        for (at, sheet) in mine {
            let remove = move || remove(state, at);
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

/// Links to the printed form of every sheet.
pub fn printed(state: State, id: &str, dossier: &Dossier) -> Vec<El> {
    let edition = state.edition_of(dossier);
    let known = dossier.sheets.iter().filter_map(|it| Some((it, edition.rubric(it.annex)?)));
    let line = |(sheet, rubric): (&Sheet, &Rubric)| {
        let of = Of { dossier: id.to_owned(), sheet: sheet.id };
        let name = format!("附件{} {}", rubric.annex, label::sheet(rubric, sheet));
        let sentence = in_one_sentence(&score(rubric, &sheet.answers));
        let name = link(state.href(&Route::Form(rubric.annex, of)), name);
        el("li").child(el("h3").child(name)).child(el("p").text(format!("{sentence}。")))
    };
    known.map(line).collect()
}

fn remove(state: State, at: usize) {
    state.edit(|it| {
        it.sheets.remove(at);
    });
    state.told.set("已删除一张自评表，可以撤销。".to_owned());
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
