//! The controls of a question on the guided start: options, or the name of a place.

use crate::app::browser;
use crate::app::part::html::{El, Event, el};
use crate::filing::place::{Places, UNTOLD};
use crate::filing::route::{Question, QuestionKind, QuestionOption, UNCLEAR, unlisted};

use super::start::Guide;

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
        let told = |it: &&str| *it != UNCLEAR && !UNTOLD.contains(it);
        let named: Vec<&str> = answers.all(&question.id).filter(told).collect();
        named.join("、")
    };
    let wrong = move || unknown(&guide.rules.routes.known, &value());
    let write = move |event: Event| {
        touched();
        named(guide, question, &browser::text_of(&event));
    };
    let field = el("input").set("type", "text").set("id", "place").class("wide").set("autocomplete", "off");
    let field = field.set("data-own", "").set("list", "places").value(value).on("change", write);
    el("div")
        .child(el("label").class("plain").set("for", "place").text(question.name.as_str()))
        .child(field.set("placeholder", guide.rules.routes.known.example()))
        .child(listed(&guide.rules.routes.known))
        .child(el("p").class("hint").set("role", "status").words(wrong))
}

/// The names that a field for places offers while somebody types.
pub fn listed(known: &Places) -> El {
    el("datalist").set("id", "places").each(known.names().map(|it| el("option").set("value", it)))
}

/// What is to be said about the places of a text that are not on the list.
pub fn unknown(known: &Places, text: &str) -> String {
    let unlisted: Vec<String> = known.read(text).iter().filter(|it| !it.listed).map(|it| unlisted(known, it)).collect();
    unlisted.join("；")
}

/// A text with the places in it as the list has them.
pub fn complete(known: &Places, text: &str) -> String {
    known.read(text).into_iter().map(|it| it.name).collect::<Vec<_>>().join("、")
}

/// Answers with the places named in a text, each once.
fn named(guide: Guide, question: &'static Question, text: &str) {
    let several = question.kind == QuestionKind::Places;
    let places = guide.rules.routes.known.read(text);
    guide.answer(|answers| {
        answers.set(&question.id, None);
        if several {
            places.iter().for_each(|it| answers.toggle(&question.id, &it.name));
        } else if !places.is_empty() {
            let names: Vec<&str> = places.iter().map(|it| it.name.as_str()).collect();
            answers.set(&question.id, Some(&names.join("、")));
        }
    });
}
