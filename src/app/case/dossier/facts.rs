//! What a unit says about itself once: printed with every sheet and compared with the numbers on them.

use leptos::prelude::*;

use crate::app::case::question;
use crate::app::part::html::{El, Event, el};
use crate::app::part::room;
use crate::app::{State, browser};
use crate::dossier::{Dossier, TEXT};
use crate::filing::Rules;
use crate::filing::place::Places;
use crate::rubric::{ApplicantKind, Measure};
use crate::score::typed;

/// A fact: its name and kind, a hint, what is shown, and where it is written.
type Asked = (&'static str, FactKind, &'static str, fn(&Dossier) -> &str, fn(&mut Dossier) -> &mut String);

#[derive(Clone, Copy, PartialEq)]
enum FactKind {
    Text,
    /// A place of the list, if there is one.
    Place,
    /// A number of people.
    Number,
}

pub fn facts(state: State, rules: Option<&'static Rules>, kind: &'static ApplicantKind) -> El {
    use FactKind::{Number, Place, Text};
    let once = "各职业合计，同一人只算一次";
    let asked: [Asked; 7] = [
        // the guided start may have asked for it already
        ("所在地", Place, "", |it| it.place(), |it| &mut it.facts.place),
        ("联系人", Text, "", |it| &it.facts.contact, |it| &mut it.facts.contact),
        ("联系电话", Text, "", |it| &it.facts.telephone, |it| &mut it.facts.telephone),
        ("自评日期", Text, "如：2026年11月25日", |it| &it.facts.date, |it| &mut it.facts.date),
        (&kind.people, Number, "", |it| &it.facts.people, |it| &mut it.facts.people),
        ("考评人员总数", Number, once, |it| &it.facts.examiners, |it| &mut it.facts.examiners),
        ("专家总数", Number, once, |it| &it.facts.experts, |it| &mut it.facts.experts),
    ];
    let known = rules.map(|it| &it.routes.known);
    let fields = (1..).zip(asked).map(|(field, it)| fact(state, known, field, it));
    el("div").class("facts").each(fields).maybe(known.map(question::listed))
}

fn fact(state: State, known: Option<&'static Places>, field: u64, (name, kind, hint, shown, of): Asked) -> El {
    let this = state.of_open();
    let value = move || state.open.with(|open| open.as_ref().map_or(String::new(), |it| shown(&it.dossier).to_owned()));
    // a place is not judged, and nobody told of it, letter by letter
    let typing = RwSignal::new(false);
    // text that is not a number stays as it was typed; the field says so, and so does a finding
    let wrong = move || match kind {
        FactKind::Text => String::new(),
        // the only one that goes along with codes and links
        FactKind::Place => room::beyond(&value(), TEXT)
            .or_else(|| known.filter(|_| !typing.get()).map(|it| question::unknown(it, &value())))
            .unwrap_or_default(),
        FactKind::Number => typed(Measure::Whole, &value()).err().map_or(String::new(), |it| it.to_string()),
    };
    // a place is completed once its field is left, and not while somebody is typing
    let known = known.filter(|_| kind == FactKind::Place);
    let write = move |left: bool| {
        move |event: Event| {
            if !browser::is_composing(&event) {
                let text = browser::text_of(&event);
                let text = known.filter(|_| left).map_or(text.clone(), |it| question::complete(it, &text));
                typing.set(!left);
                state.type_in(this, field, |it| *of(it) = text);
            }
        }
    };
    let (id, told) = (format!("fact-{field}"), format!("fact-{field}-e"));
    let unit = if kind == FactKind::Number { "（人）" } else { "" };
    let input = el("input").set("type", "text").set("id", id.clone()).set("autocomplete", "off");
    let input = input
        .set("inputmode", if kind == FactKind::Number { "numeric" } else { "text" })
        .set("placeholder", known.map_or(hint.to_owned(), Places::example))
        .set("data-kept", "")
        .set("aria-describedby", told.clone())
        .live("list", move || known.map(|_| "places".to_owned()))
        .live("aria-invalid", move || (!wrong().is_empty()).then(|| "true".to_owned()));
    el("div")
        .child(el("label").class("plain").set("for", id).text(name).text(unit))
        .child(input.value(value).on("input", write(false)).on("change", write(true)))
        .child(el("span").set("id", told).alert(wrong))
}
