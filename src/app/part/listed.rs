//! What the roster of the dossier says about a row of a sheet, with a button that takes it.

use leptos::prelude::*;

use crate::dossier::{is_of_roster, roster_facts, take_facts};
use crate::rubric::{Fact, Row};
use crate::score::{Answers, Given, facts_in_words};

use super::html::{button, el, live, nothing};
use super::memo;
use super::sheet_editor::SheetEditor;

/// Nothing where the roster says nothing, or what the row says already.
pub fn listed(editor: SheetEditor, row: &'static Row) -> AnyView {
    if editor.apart.is_some() || !is_of_roster(row) {
        return nothing();
    }
    let number = row.number;
    let says = move || -> Option<Vec<(Fact, i64)>> {
        editor.state.open.with(|open| {
            let dossier = &open.as_ref()?.dossier;
            let sheet = dossier.sheet(editor.sheet)?;
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
        let take = move || editor.edit(|sheet| take_facts(sheet, number, &facts));
        el("p").class("listed").text(format!("名册：{words}")).child(button("link", "采用", take)).done()
    })
}
