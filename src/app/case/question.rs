//! The controls of a question on the guided start: options, or the name of a place.

use crate::app::browser;
use crate::app::part::html::{El, Event, el};
use crate::filing::route::{Choice, Kind, Question, UNCLEAR};
use crate::letters::is_list_mark;

use super::start::Guide;

/// What stands between the places of a list.
fn is_between(it: char) -> bool {
    is_list_mark(it) || matches!(it, ' ' | '　' | '/' | '／')
}

/// `touched` is called when something is entered.
pub fn controls(guide: Guide, it: &'static Question, touched: impl Fn() + Clone + Send + 'static) -> El {
    let set = el("fieldset").class("options").set("aria-labelledby", "ask").flag("disabled", !guide.state.live);
    match it.kind {
        Kind::One | Kind::YesNo | Kind::Many => {
            set.each(it.options.iter().map(|choice| option(guide, it, choice, touched.clone())))
        }
        Kind::Place | Kind::Places => {
            let unclear = it.options.iter().find(|it| it.id == UNCLEAR);
            set.child(place(guide, it, touched.clone())).maybe(unclear.map(|it_is| option(guide, it, it_is, touched)))
        }
    }
}

/// Takes the name of a place that still stands in its field only.
pub fn take(guide: Guide, it: &'static Question) {
    if it.is_place() {
        let typed = browser::text_in("place");
        if !typed.trim().is_empty() {
            named(guide, it, &typed);
        }
    }
}

fn option(guide: Guide, it: &'static Question, choice: &'static Choice, touched: impl Fn() + 'static) -> El {
    let chosen = move || guide.answers().all(&it.id).any(|value| value == choice.id);
    let turn = move |_: Event| {
        touched();
        guide.answer(|answers| match it.kind {
            Kind::Many => answers.toggle(&it.id, &choice.id),
            Kind::One | Kind::YesNo | Kind::Place | Kind::Places => {
                let again = it.is_place() && answers.get(&it.id) == Some(&*choice.id);
                answers.set(&it.id, (!again).then_some(&*choice.id));
            }
        });
        if it.is_place() {
            browser::put("place", "");
        }
    };
    let kind = match it.kind {
        Kind::One | Kind::YesNo => "radio",
        Kind::Many | Kind::Place | Kind::Places => "checkbox",
    };
    let field = el("input").set("type", kind).set("name", it.id.as_str()).checked(chosen).on("change", turn);
    let words = el("span").child(el("b").text(choice.label.as_str()));
    let words = words.maybe(choice.hint.as_ref().map(|it| el("small").text(it.as_str())));
    let class = move || Some(if chosen() { "option on" } else { "option" }.to_owned());
    el("label").live("class", class).child(field).child(words)
}

fn place(guide: Guide, it: &'static Question, touched: impl Fn() + 'static) -> El {
    let value = move || {
        let answers = guide.answers();
        let named: Vec<&str> = answers.all(&it.id).filter(|it| *it != UNCLEAR).collect();
        named.join("、")
    };
    let write = move |event: Event| {
        touched();
        named(guide, it, &browser::text_of(&event));
    };
    let field = el("input").set("type", "text").set("id", "place").class("wide").set("autocomplete", "off");
    let field = field.set("data-own", "").value(value).on("change", write);
    el("div")
        .child(el("label").class("plain").set("for", "place").text(it.name.as_str()))
        .child(field.set("placeholder", "如：平顶山市"))
}

/// The places in a text, each once.
fn named(guide: Guide, it: &'static Question, text: &str) {
    let several = it.kind == Kind::Places;
    let mut places: Vec<&str> = Vec::new();
    for place in text.split(is_between).map(str::trim).filter(|it| !it.is_empty()) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let whole = text.trim();
    guide.answer(|answers| {
        answers.set(&it.id, None);
        if several {
            places.iter().for_each(|place| answers.toggle(&it.id, place));
        } else if !whole.is_empty() {
            answers.set(&it.id, Some(whole));
        }
    });
}
