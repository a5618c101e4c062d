//! Taking the result along, as a code or a link or as a dossier of one's own; and the button that clears the panel.

use leptos::prelude::*;

use crate::app::Address;
use crate::app::part::carry::choice::{Sending, besides, carried as carriers};
use crate::app::part::html::{El, all, button, el, live, nothing};
use crate::dossier::Dossier;

use super::{PanelBody, clear};

const WHOSE: [&str; 2] = ["合议", "合议结果"];

pub fn take(of: PanelBody) -> El {
    let state = of.page.state;
    let shown = RwSignal::new(false);
    let choice = Sending {
        sheets: RwSignal::new(vec![1]),
        unit: RwSignal::new(false),
        notes: RwSignal::new(false),
        whose: WHOSE,
    };
    let keep = move || {
        let mut dossier = result(of);
        dossier.unit.push_str("（合议）");
        if let Some(id) = state.create(vec![dossier]) {
            state.visit(Address::Dossier(Some(id)));
        }
    };
    let turn =
        el("button").set("type", "button").class("quiet").live("aria-expanded", move || Some(shown.get().to_string()));
    let turn = turn.text("分享合议结果：自评码、链接").on("click", move |_| shown.update(|it| *it = !*it));
    let carried = move || {
        if !shown.get() {
            return nothing();
        }
        of.outcome.track();
        let dossier = untrack(|| result(of));
        let besides = besides(state, &dossier, choice);
        all(vec![besides.done(), live(move || carriers(state, &dossier, choice))])
    };
    el("section")
        .class("share noprint")
        .child(el("h2").text("带走合议结果"))
        .child(el("p").text("待合议的项在结果里是未评，只有合议后席位有变的仍按合议的填写。由谁提出、什么理由作为备注，另存时一并带上；各席自己写的备注不带走。"))
        .child(el("p").class("links").child(turn).child(button("quiet", "另存为我的自评", keep)).child(clear(of.page)))
        .view(live(carried))
}

/// The agreed sheet as a dossier of its own.
fn result(of: PanelBody) -> Dossier {
    of.page.panel.with_untracked(|panel| {
        let mut dossier = Dossier::new(panel.unit.clone(), of.rubric.applicant, of.edition, &[]);
        dossier.sheets.push(panel.sheet(of.rubric));
        dossier
    })
}
