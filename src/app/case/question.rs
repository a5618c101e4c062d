//! The controls of a question on the guided start: options, or the name of a place.

use crate::app::browser;
use crate::app::part::html::{El, Event, el};
use crate::filing::route::{Question, QuestionKind, QuestionOption, UNCLEAR};
use crate::letters::is_list_mark;

use super::start::Guide;

/// Does the character separate the places of a list?
fn is_between(letter: char) -> bool {
    is_list_mark(letter) || matches!(letter, ' ' | '　' | '/' | '／')
}

/// `touched` is called when something is entered.
pub fn controls(guide: Guide, question: &'static Question, touched: impl Fn() + Clone + Send + 'static) -> El {
    let set = el("fieldset").class("options").set("aria-labelledby", "ask").flag("disabled", !guide.state.live);
    match question.kind {
        QuestionKind::One | QuestionKind::YesNo | QuestionKind::Many => {
            set.each(question.options.iter().map(|choice| option(guide, question, choice, touched.clone())))
        }
        QuestionKind::Place | QuestionKind::Places => {
            let unclear = question.options.iter().find(|it| it.id == UNCLEAR);
            set.child(place(guide, question, touched.clone()))
                .maybe(unclear.map(|it| option(guide, question, it, touched)))
        }
    }
}

/// Takes the name of a place that was typed into its field but is not an answer yet.
pub fn take(guide: Guide, question: &'static Question) {
    if question.is_place() {
        let typed = browser::text_in("place");
        if !typed.trim().is_empty() {
            named(guide, question, &typed);
        }
    }
}

fn option(
    guide: Guide,
    question: &'static Question,
    choice: &'static QuestionOption,
    touched: impl Fn() + 'static,
) -> El {
    let chosen = move || guide.answers().all(&question.id).any(|value| value == choice.id);
    let turn = move |_: Event| {
        touched();
        guide.answer(|answers| match question.kind {
            QuestionKind::Many => answers.toggle(&question.id, &choice.id),
            QuestionKind::One | QuestionKind::YesNo | QuestionKind::Place | QuestionKind::Places => {
                let again = question.is_place() && answers.get(&question.id) == Some(&*choice.id);
                answers.set(&question.id, (!again).then_some(&*choice.id));
            }
        });
        if question.is_place() {
            browser::put("place", "");
        }
    };
    let kind = match question.kind {
        QuestionKind::One | QuestionKind::YesNo => "radio",
        QuestionKind::Many | QuestionKind::Place | QuestionKind::Places => "checkbox",
    };
    let field = el("input").set("type", kind).set("name", question.id.as_str()).checked(chosen).on("change", turn);
    let words = el("span").child(el("b").text(choice.label.as_str()));
    let words = words.maybe(choice.hint.as_ref().map(|it| el("small").text(it.as_str())));
    let class = move || Some(if chosen() { "option on" } else { "option" }.to_owned());
    el("label").live("class", class).child(field).child(words)
}

fn place(guide: Guide, question: &'static Question, touched: impl Fn() + 'static) -> El {
    let value = move || {
        let answers = guide.answers();
        let named: Vec<&str> = answers.all(&question.id).filter(|it| *it != UNCLEAR).collect();
        named.join("、")
    };
    let write = move |event: Event| {
        touched();
        named(guide, question, &browser::text_of(&event));
    };
    let field = el("input").set("type", "text").set("id", "place").class("wide").set("autocomplete", "off");
    let field = field.set("data-own", "").value(value).on("change", write);
    el("div")
        .child(el("label").class("plain").set("for", "place").text(question.name.as_str()))
        .child(field.set("placeholder", "如：平顶山市"))
}

/// Answers with the places named in a text, each once.
fn named(guide: Guide, question: &'static Question, text: &str) {
    let several = question.kind == QuestionKind::Places;
    let mut places: Vec<&str> = Vec::new();
    for place in text.split(is_between).map(str::trim).filter(|it| !it.is_empty()) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let whole = text.trim();
    guide.answer(|answers| {
        answers.set(&question.id, None);
        if several {
            places.iter().for_each(|place| answers.toggle(&question.id, place));
        } else if !whole.is_empty() {
            answers.set(&question.id, Some(whole));
        }
    });
}
