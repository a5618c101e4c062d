//! The list of papers to tick. What cannot be made yet says why, and leads to where it is filled in.

use leptos::prelude::*;

use crate::app::address::SheetOf;
use crate::app::part::html::{El, Event, el, link, live};
use crate::app::{Address, State};
use crate::dossier::Dossier;
use crate::filing::Rules;
use crate::packet::PacketPaper;

use super::{Ticked, of};

pub fn choice(state: State, id: &str, ticked: Ticked) -> El {
    let id = id.to_owned();
    let lines = live(move || {
        let lacking =
            |paper| state.open.with(|open| open.as_ref().and_then(|it| of(state, &it.dossier).lacking(paper)));
        let has = |it: &Dossier| of(state, it).rules.is_some_and(Rules::has_scope);
        let may_declare = state.open.with(|open| open.as_ref().is_some_and(|it| has(&it.dossier)));
        let leads = |paper| may_declare || paper != PacketPaper::Declaration;
        let lines = PacketPaper::ALL.into_iter();
        let lines = lines.map(|paper| line(state, &id, ticked, paper, lacking(paper), leads(paper)));
        el("ul").class("plain ticks").each(lines).done()
    });
    el("fieldset").child(el("legend").text("交哪些材料")).view(lines)
}

/// `lacking` is why it cannot be made yet, `leads` whether there is a page on which it is filled in.
fn line(state: State, id: &str, ticked: Ticked, paper: PacketPaper, lacking: Option<&'static str>, leads: bool) -> El {
    let field = el("input").set("type", "checkbox").set("id", format!("paper-{}", paper as usize));
    let field = field.flag("disabled", lacking.is_some());
    let field = field.checked(move || lacking.is_none() && ticked.has(paper));
    let field = field.on("change", move |_: Event| ticked.turn(paper));
    let label = el("label").class("tick").child(field).child(el("span").text(paper.label()));
    let line = el("li").child(label);
    let Some(why) = lacking else { return line };
    let words = if paper == PacketPaper::Versions { "去保存" } else { "去填写" };
    let first = state.open.with(|open| open.as_ref()?.dossier.sheets.first().map(|it| it.id));
    let to = where_filled(id, first, paper).filter(|_| leads).map(|it| link(state.href(&it), words));
    line.child(el("small").text(format!("{why}。")).maybe(to))
}

/// The page on which a paper is filled in; what each sheet has of its own begins with the first.
fn where_filled(id: &str, first: Option<u16>, paper: PacketPaper) -> Option<Address> {
    let of = Some(id.to_owned());
    let of_sheet = first.map(|sheet| SheetOf { dossier: id.to_owned(), sheet });
    match paper {
        PacketPaper::Declaration => Some(Address::Scope(of)),
        PacketPaper::Evidence => Some(Address::Evidence(of)),
        PacketPaper::Roster => Some(Address::Roster(of)),
        PacketPaper::Plan if first.is_some() => Some(Address::Plan(of_sheet)),
        PacketPaper::Versions if first.is_some() => Some(Address::Versions(of_sheet)),
        PacketPaper::Forms | PacketPaper::Plan | PacketPaper::Versions => Some(Address::Dossier(of)),
        PacketPaper::Cover | PacketPaper::Contents | PacketPaper::Verdicts | PacketPaper::Scheme => None,
    }
}
