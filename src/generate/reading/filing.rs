//! 在哪里备案: the whole decision as a picture and in words, and the form with which the reader checks a code.

use leptos::prelude::*;

use crate::app::part::html::{El, el, link};
use crate::app::part::{decision, frame};
use crate::app::{Address, State};
use crate::filing::Rules;
use crate::filing::route::{LetterBy, Route};
use crate::rubric::Edition;

use super::later::later_line;

pub fn filing(state: State) -> AnyView {
    let article = el("article").class("read wide").child(el("h1").set("tabindex", "-1").text("在哪里备案"));
    let Some(rules) = state.rules_of(state.edition()).filter(|it| it.has_routes()) else {
        return article.child(el("p").text("现行文件没有规定备案路径。")).done();
    };
    let starts = state.edition().applicants.iter().map(|it| link(state.href(&Address::start(it)), it.label.as_str()));
    let lead = "谁到哪里备案，机构类别代码是什么，由谁监管服务，以下都是“原则上”。想知道本单位的，回答三四个问题即可：";
    let words = el("div")
        .class("scroll")
        .set("tabindex", "0")
        .set("role", "region")
        .set("aria-label", "备案路径一览，可左右滚动");
    article
        .child(el("p").text(lead))
        .child(el("p").class("links noprint").each(starts))
        .maybe(later_line("p", state, &later_places(state.edition())))
        .child(decision::picture(&rules.routes, None))
        .child(words.child(decision::in_words(&rules.routes, None)))
        .child(code(state, rules))
        .done()
}

/// Where a later document touches who files where: every way, and every kind of applicant.
fn later_places(edition: &Edition) -> Vec<&str> {
    Route::ALL.iter().map(|it| it.name()).chain(edition.applicants.iter().map(|it| it.id.as_str())).collect()
}

/// The form that checks a filed body's code, as far as the notice fixes it. What the check needs stands in attributes
/// of the list of kinds of body; the reader (app/reader/code.rs) takes it from there, and enables the form.
fn code(state: State, rules: &Rules) -> El {
    let at = |element: El, clause: &str| {
        element.set("data-clause", clause).set("data-address", rules.address(clause).unwrap_or_default())
    };
    let options = rules.routes.codes.iter().map(|code| {
        let option = el("option").set("value", code.id.as_str()).set("data-name", code.name.as_str());
        let option = option
            .set("data-letter", code.letter.as_str())
            .set("data-printed", if code.letter_by == LetterBy::Printed { "1" } else { "" });
        let option = option.set("data-tenth", code.tenth.as_deref().unwrap_or_default());
        at(option, &code.clause).text(code.name.as_str())
    });
    let elsewhere = &rules.routes.elsewhere;
    let choose = el("select").set("id", "kind").flag("disabled", true).set("data-elsewhere", elsewhere.text.as_str());
    let choose = at(choose, &elsewhere.clause).each(options);
    let field = el("input").set("type", "text").set("id", "code").set("autocomplete", "off");
    let field = field.class("wide").set("aria-describedby", "code-says").flag("disabled", true);
    let check = el("button").set("type", "button").set("id", "check").class("quiet check").flag("disabled", true);
    el("section")
        .class("noprint")
        .child(el("h2").set("id", "check-code").text("核对备案机构编码"))
        .view(frame::boot_message(state))
        .child(el("label").class("plain").set("for", "kind").text("机构类别"))
        .child(choose)
        .child(el("label").class("plain").set("for", "code").text("编码"))
        .child(field)
        .child(el("p").child(check.text("核对")))
        .child(el("div").set("id", "code-says").set("role", "status"))
}
