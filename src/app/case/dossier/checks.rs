//! 检查一遍 and 下一步: what contradicts what across the dossier, each with a way there, and the one most useful thing to do.

use leptos::prelude::*;

use crate::app::part::files;
use crate::app::part::html::{El, all, button, el, link, nothing};
use crate::app::route::{At, Of};
use crate::app::{Route, State};
use crate::dossier::{Dossier, Finding, Next, Place, Weight, next_step, review};

use super::super::scope::row_id;
use super::rules;

/// The one most useful thing.
pub fn next(state: State, id: &str, dossier: &Dossier) -> AnyView {
    let Some(rules) = rules(state, dossier) else { return nothing() };
    let edition = state.edition_of(dossier);
    let found = review(edition, rules, dossier);
    let edits = state.open.with_untracked(|it| it.as_ref().map_or(0, |it| it.edits));
    let step = next_step(edition, rules, dossier, edits);
    let line =
        el("p").class("next-step").child(el("b").text("下一步：")).text(format!("{}。", step.words(edition, dossier)));
    let to = |place: &Place, words: &'static str| {
        address(state, id, dossier, place).map(|it| link(it, words).class("btn small"))
    };
    let act = match &step {
        Next::Backup => Some(button("btn small", "下载备份", move || files::download_open(state))),
        Next::AddSheets(_) | Next::Declare => to(&Place::Declared(0), "去填申报表"),
        Next::Print => None,
        Next::AnswerRoute => to(&Place::Route, "回答问题"),
        Next::NameUnit => to(&Place::Unit, "去填写"),
        Next::Facts => to(&Place::Facts, "去填写"),
        Next::Fill { sheet, row } => to(&Place::Row(*sheet, *row), "去填写"),
        Next::Mend(it) | Next::Settle(it) => to(&it.place, "去看看"),
    };
    let n = |weight| found.iter().filter(|it| it.weight == weight).count();
    let weights = [Weight::Blocks, Weight::Contradiction, Weight::Missing].map(|it| (it.label(), n(it)));
    let counts: Vec<String> = weights.iter().filter(|it| 0 < it.1).map(|(word, n)| format!("{word} {n} 处")).collect();
    let list = link("#checks".to_owned(), counts.join(" · "));
    let counts = (!counts.is_empty()).then(|| el("p").class("counts").child(list));
    all(vec![line.maybe(act).done(), counts.map_or_else(nothing, El::done)])
}

/// Everything that was found, the gravest first.
pub fn findings(state: State, id: &str, dossier: &Dossier) -> AnyView {
    let Some(rules) = rules(state, dossier) else { return nothing() };
    let found = review(state.edition_of(dossier), rules, dossier);
    let section = super::section("checks", "检查一遍");
    if found.is_empty() {
        return section.child(el("p").class("say").text("没有发现互相矛盾或没有填完的地方。")).done();
    }
    let line = |it: &Finding| {
        let class = match it.weight {
            Weight::Blocks => "reject",
            Weight::Contradiction => "hold",
            Weight::Missing => "confirm",
            Weight::Hint => "warn",
        };
        let word = it.weight.label();
        let words = el("span").text(format!("{} ", it.message));
        let way = address(state, id, dossier, &it.place).map(|it| link(it, "去看看"));
        el("li").class(class).child(el("b").text(word)).child(words).maybe(way)
    };
    let intro = format!("共 {} 处，点“去看看”到那一项。", found.len());
    section
        .child(el("p").class("sub").text(intro))
        .child(el("ul").class("findings").each(found.iter().map(line)))
        .done()
}

/// Where a finding can be mended.
fn address(state: State, id: &str, dossier: &Dossier, place: &Place) -> Option<String> {
    let of = |sheet: u16| {
        let annex = dossier.sheet(sheet)?.annex;
        Some((annex, state.href(&Route::Sheet(annex, Some(Of { dossier: id.to_owned(), sheet })))))
    };
    match place {
        Place::Unit => Some("#unit".to_owned()),
        Place::Facts => Some("#facts".to_owned()),
        Place::Route => {
            Some(state.href(&Route::Start(dossier.applicant, At { step: 0, dossier: Some(id.to_owned()) })))
        }
        Place::Declared(row) => Some(format!("{}#{}", state.href(&Route::Scope(Some(id.to_owned()))), row_id(*row))),
        Place::Sheet(sheet) | Place::Header(sheet) => of(*sheet).map(|it| it.1),
        Place::Row(sheet, row) => of(*sheet).map(|(annex, page)| format!("{page}#{annex}-{row}")),
    }
}
