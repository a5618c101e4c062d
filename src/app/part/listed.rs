//! What the roster of the dossier says about a row of a sheet, with a button that takes it. It belongs to the part of the
//! roster's page.

use leptos::prelude::*;

use crate::app::State;
use crate::dossier::{roster_facts, take_facts};
use crate::rubric::{Fact, Row};
use crate::score::{Answers, Given, facts_in_words};

use super::html::{button, el, live, nothing};
use super::memo;

/// Nothing where the roster says nothing, or what the row says already.
pub fn listed((state, sheet): (State, u16), row: &Row) -> AnyView {
    let (number, of) = (row.number, state.of_open());
    let of_sheet = state.open.with_untracked(|open| open.as_ref()?.dossier.sheet(sheet).map(|it| it.annex));
    let known = of_sheet.and_then(|annex| state.rubric(annex)?.1.row(number));
    let Some(row) = known else { return nothing() };
    let says = move || -> Option<Vec<(Fact, i64)>> {
        state.open.with(|open| {
            let dossier = &open.as_ref()?.dossier;
            let sheet = dossier.sheet(sheet)?;
            let facts = roster_facts(&dossier.roster, sheet, row);
            facts.iter().any(|it| sheet.answers.get(number, it.0) != Some(it.1)).then_some(facts)
        })
    };
    let turn = memo::turns(move |_| Some(says()));
    live(move || {
        turn.get();
        let Some(facts) = untrack(says) else { return nothing() };
        let answers: Answers = facts.iter().map(|it| Given { row: number, fact: it.0, value: it.1 }).collect();
        let words = facts_in_words(&row.rule, answers.row(number));
        let take = move || {
            state.edit(of, |dossier| {
                if let Some(sheet) = dossier.sheet_mut(sheet) {
                    take_facts(sheet, number, &facts);
                }
            });
        };
        el("p").class("listed").text(format!("名册：{words}")).child(button("link", "采用", take)).done()
    })
}
