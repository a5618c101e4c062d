//! 在哪里备案: the whole decision as a picture and in words, and what the notice says of a code.

use leptos::prelude::*;

use crate::app::part::html::{El, Event, button, el, link, live, nothing};
use crate::app::part::{clause, decision, frame, label};
use crate::app::route::At;
use crate::app::{Route, State, browser};
use crate::filing::Rules;
use crate::filing::code::{CodeFinding, Fits, check_code};
use crate::rubric::Applicant;

pub fn filing(state: State) -> AnyView {
    let article = el("article").class("read wide").child(el("h1").set("tabindex", "-1").text("在哪里备案"));
    let Some(rules) = state.rules_of(state.edition()) else {
        return article.child(el("p").text("现行文件没有规定备案路径。")).done();
    };
    let kinds = [Applicant::Employer, Applicant::TechnicalSchool, Applicant::SocialOrganisation];
    let starts = kinds.into_iter().map(|it| link(state.href(&Route::Start(it, At::default())), label::applicant(it)));
    let lead = "谁到哪里备案，机构类别代码是什么，由谁监管服务，以下都是“原则上”。想知道本单位的，回答三四个问题即可：";
    let picture = el("div")
        .class("scroll")
        .set("tabindex", "0")
        .set("role", "region")
        .set("aria-label", "备案路径图，可左右滚动");
    let words = el("div")
        .class("scroll")
        .set("tabindex", "0")
        .set("role", "region")
        .set("aria-label", "备案路径一览，可左右滚动");
    article
        .child(el("p").text(lead))
        .child(el("p").class("links noprint").each(starts))
        .child(picture.child(decision::picture(&rules.routes, None)))
        .child(words.child(decision::in_words(&rules.routes, None)))
        .child(code(state, rules))
        .done()
}

/// The check of a filed body's code, as far as the notice fixes it.
fn code(state: State, rules: &'static Rules) -> El {
    // the position of the kind of body among the codes, and what was typed
    let (kind, typed) = (RwSignal::new("0".to_owned()), RwSignal::new(String::new()));
    let options = rules.routes.codes.iter().enumerate().map(|(at, it)| {
        let this = at.to_string();
        el("option").set("value", this).text(it.name.as_str())
    });
    let choose = el("select").set("id", "kind").flag("disabled", !state.live).each(options);
    let choose = choose.on("change", move |event: Event| kind.set(browser::text_of(&event)));
    let look = move || typed.set(browser::text_in("code"));
    let enter = move |event: Event| {
        if browser::is_enter(&event) {
            look();
        }
    };
    let field = el("input").set("type", "text").set("id", "code").set("data-own", "").set("autocomplete", "off");
    let field = field.class("wide").set("aria-describedby", "code-says").flag("disabled", !state.live);
    let said = move || {
        let text = typed.get();
        let code = kind.with(|it| it.parse().ok().and_then(|it: usize| rules.routes.codes.get(it)));
        let Some(code) = code.filter(|_| !text.is_empty()) else { return nothing() };
        let findings = check_code(&rules.routes, code, &text).into_iter().map(|it| finding(state, rules, &it));
        el("ul").class("findings").each(findings).done()
    };
    el("section")
        .class("noprint")
        .child(el("h2").set("id", "check-code").text("核对备案机构编码"))
        .view(frame::boot_message(state))
        .child(el("label").class("plain").set("for", "kind").text("机构类别"))
        .child(choose)
        .child(el("label").class("plain").set("for", "code").text("编码"))
        .child(field.on("change", move |_| look()).on("keydown", enter))
        .child(el("p").child(button("quiet", "核对", look).flag("disabled", !state.live)))
        .child(el("div").set("id", "code-says").set("role", "status").view(live(said)))
}

fn finding(state: State, rules: &'static Rules, it: &CodeFinding) -> El {
    let (class, word) = match it.fits {
        Fits::Right => ("ok", "符合"),
        Fits::Wrong => ("reject", "不符合"),
        Fits::Outside => ("outside", "原文未规定"),
    };
    let words = el("span").text(it.message.as_str());
    el("li")
        .class(class)
        .child(el("b").text(word))
        .child(words)
        .child(el("small").child(clause::clause(state, rules, &it.clause)))
}
