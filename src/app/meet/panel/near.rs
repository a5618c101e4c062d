//! Records that may be the panel's under another name: both names side by side, and the choice to take them for one; and
//! an empty sheet of the panel's subject for an assessor who has none yet.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::carry::choice::{Sending, besides, carried};
use crate::app::part::html::{El, all, button, el, live, nothing};
use crate::carrier::Record;
use crate::compare::NearName;
use crate::dossier::Dossier;

use super::{PanelPage, seats};

/// The names of a record that differ a little from the panel's.
pub fn names(page: PanelPage, record: &Record) -> Vec<NearName> {
    let edition = page.state.edition_of(&record.dossier);
    let sheet = record.dossier.sheets.first();
    sheet.map_or_else(Vec::new, |it| page.panel.with_untracked(|panel| panel.near(edition, &record.dossier, it)))
}

/// Asks whether the record that came in is about the same.
pub fn asked(page: PanelPage) -> AnyView {
    let Some(record) = page.near.get() else { return nothing() };
    let lines = names(page, &record).into_iter().map(|NearName { what, ours, theirs }| {
        let cells = [ours, theirs].map(|name| el("td").text(name));
        el("tr").child(el("th").set("scope", "row").text(what)).each(cells.into_iter())
    });
    let heads = ["", "合议的", "这一份的"].map(|it| el(if it.is_empty() { "td" } else { "th" }).text(it));
    let table = el("table").class("near").child(el("thead").child(el("tr").each(heads.into_iter())));
    let join = move || {
        page.near.set(None);
        let mut record = record.clone();
        page.panel.with_untracked(|it| it.adopt(&mut record.dossier));
        seats::sit(page, &record);
    };
    let not = move || {
        page.near.set(None);
        browser::after(0, || browser::focus("#seat-text"));
    };
    let links = el("p").class("links").child(button("btn small", "是同一个，加入", join));
    let question = "名称差一点，是不是同一个？加入后都写合议的名称。";
    el("div")
        .class("alert")
        .set("role", "alert")
        .child(el("p").child(el("b").text(question)))
        .child(table.child(el("tbody").each(lines)))
        .child(links.child(button("quiet", "不是，不加入", not)))
        .done()
}

const WHOSE: [&str; 2] = ["空白自评表", "空白表"];

/// Code and link of an empty sheet with the head of the panel's.
pub fn blank(page: PanelPage) -> AnyView {
    let Some((edition, rubric)) = page.rubric().filter(|_| page.panel.with_untracked(|it| !it.seats.is_empty())) else {
        return nothing();
    };
    let shown = RwSignal::new(false);
    let choice = Sending {
        sheets: RwSignal::new(vec![1]),
        unit: RwSignal::new(true),
        notes: RwSignal::new(false),
        whose: WHOSE,
    };
    let carriers = move || {
        if !shown.get() {
            return nothing();
        }
        let dossier = page.panel.with_untracked(|panel| {
            let mut dossier = Dossier::new(panel.unit.clone(), rubric.applicant, edition, &[]);
            dossier.sheets.push(panel.head(rubric));
            dossier
        });
        let besides = besides(page.state, &dossier, choice);
        all(vec![besides.done(), live(move || carried(page.state, &dossier, choice))])
    };
    let hint = "表头已填好。评估人员打开后选“另存为我的自评”，逐项填写，再把自评码、链接或文件交回来。";
    let turn = el("summary").text("给评估人员一张空白表").on("click", move |_| shown.set(true));
    let details: El = el("details").class("noprint").child(turn).child(el("p").class("hint").text(hint));
    details.view(live(carriers)).done()
}
