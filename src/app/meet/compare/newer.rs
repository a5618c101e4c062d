//! A record of an older edition under a newer one: which rows must be answered anew, what comes of it, and a copy to go on with.

use crate::app::data;
use crate::app::part::html::{El, button, el};
use crate::app::part::label;
use crate::app::{Address, State};
use crate::compare::{Both, ConvertedSheet, RowFate, Side, convert};
use crate::dossier::Dossier;
use crate::rubric::{Edition, RowName};
use crate::score::{in_one_sentence, score};

use super::{Chosen, CompareChoice, ComparePage};

/// Of each record of an older edition beside which a newer one was put.
pub fn newer(page: ComparePage, choice: &CompareChoice) -> Vec<El> {
    let Both { left, right } = &choice.sides;
    let chosen = [(Side::Left, left), (Side::Right, right)];
    chosen.into_iter().filter_map(|(side, of)| of_record(page.state, &choice.name(side), of.as_ref()?)).collect()
}

fn of_record(state: State, name: &str, chosen: &Chosen) -> Option<El> {
    let older = state.edition_of(&chosen.dossier);
    let beside = data::concordances();
    let rows = beside.iter().find(|it| it.older == older.id)?;
    // on the pages of the older edition it is not the first
    let newest = state.editions().iter().find(|it| it.id == rows.newer)?;
    let converted = convert(older, newest, rows, &chosen.dossier)?;
    let sheets = converted.sheets.iter().filter_map(|it| sheet(older, newest, &chosen.dossier, &converted.dossier, it));
    let sheets: Vec<El> = sheets.collect();
    let save = move || {
        if let Some(id) = state.create(vec![converted.dossier.clone()]) {
            state.visit(Address::Dossier(Some(id)));
        }
    };
    let lead = format!(
        "{name}是按 {} 填的，现在是 {}。旧的一份不变；另存的一份按新版计分，备案路径也要重新回答。",
        older.notice, newest.notice
    );
    let dropped = without_rubric(&chosen.dossier, &converted.dropped);
    Some(
        el("section")
            .class("newer")
            .child(el("h2").text("按新版另存一份"))
            .child(el("p").text(lead))
            .each(sheets.into_iter())
            .maybe(dropped)
            .child(el("p").class("links noprint").child(button("btn small", "按新版另存一份", save))),
    )
}

/// What becomes of one sheet: its result before and after, and the rows to answer.
fn sheet(
    older: &'static Edition,
    newest: &'static Edition,
    before: &Dossier,
    after: &Dossier,
    told: &ConvertedSheet,
) -> Option<El> {
    let (from, to) = (before.sheet(told.id)?, after.sheet(told.id)?);
    let (old, new) = (older.rubric(told.older)?, newest.rubric(told.newer)?);
    let sentence = |words: &str, said: String| el("p").text(format!("{words}{said}。"));
    let of = |fate: RowFate, newer: bool| {
        let rows = told.rows.iter().filter(|it| it.fate == fate);
        let names = rows.flat_map(|it| if newer { &it.newer } else { &it.older });
        names.map(RowName::to_string).collect::<Vec<_>>().join("、")
    };
    let lists = [
        ("内容有改动，要重新回答：", of(RowFate::Anew, true)),
        ("新增，要回答：", of(RowFate::New, true)),
        ("新版没有了，不再计分：", of(RowFate::Gone, false)),
    ];
    let lists = lists.into_iter().filter(|it| !it.1.is_empty()).map(|(words, rows)| sentence(words, rows));
    Some(
        el("div")
            .child(el("h3").text(label::called(old, from)))
            .child(sentence("按旧版：", in_one_sentence(&score(old, &from.answers))))
            .child(sentence("另存后：", in_one_sentence(&score(new, &to.answers))))
            .each(lists),
    )
}

fn without_rubric(dossier: &Dossier, dropped: &[u16]) -> Option<El> {
    let names: Vec<String> =
        dropped.iter().filter_map(|id| Some(format!("附件{}", dossier.sheet(*id)?.annex))).collect();
    (!names.is_empty()).then(|| el("p").text(format!("新版没有这些表，不另存：{}。", names.join("、"))))
}
