//! 核对备案机构编码, on the page of who files where. The page is rendered to a file with the form and, in attributes, what
//! the notice says of each kind of body; this program checks what somebody types against that.

use leptos::prelude::*;

use crate::app::browser::{self, ListKey};
use crate::app::part::clause;
use crate::app::part::html::{El, el, live, nothing};
use crate::filing::code::{CodeFinding, Fits, check_code};
use crate::filing::route::{Code, Elsewhere, LetterBy, Routes};

/// The ids of the choice of the kind of body, of the field and the button, and of the element that shows the findings.
const KIND: &str = "kind";
const CODE: &str = "code";
const CHECK: &str = "check";
const SAYS: &str = "code-says";

/// Enables the form and listens to it, where the page has one.
pub fn listen(root: &'static str) {
    let typed = RwSignal::new((String::new(), String::new()));
    if !browser::mount_in(SAYS, move || live(move || typed.with(|(kind, text)| said(root, kind, text)))) {
        return;
    }
    let look = move || typed.set((browser::text_in(KIND), browser::text_in(CODE)));
    browser::on_change(KIND, look);
    browser::on_change(CODE, look);
    browser::on_key(CODE, move |key| {
        if key == ListKey::Enter {
            look();
        }
        false
    });
    browser::on_button(CHECK, move |_| {
        look();
        None
    });
    for id in [KIND, CODE, CHECK] {
        browser::set_attribute(id, "disabled", "");
    }
}

/// Checks a code of this kind of body against the notice.
fn said(root: &str, kind: &str, text: &str) -> AnyView {
    let routes = of_page();
    let Some(code) = routes.code(kind).filter(|_| !text.is_empty()) else { return nothing() };
    let findings = check_code(&routes, code, text);
    el("ul").class("findings").each(findings.iter().map(|it| line(root, it))).done()
}

/// The rules for codes, read from the attributes of the form.
fn of_page() -> Routes {
    let form = |name| browser::attribute("#kind", name);
    let elsewhere = Elsewhere { text: form("data-elsewhere"), clause: form("data-clause"), readings: Vec::new() };
    let mut routes = Routes { elsewhere, ..Routes::default() };
    for at in 1..=browser::count("#kind option") {
        let option = format!("#kind option:nth-child({at})");
        let of = |name| browser::attribute(&option, name);
        routes.codes.push(Code {
            id: of("value"),
            name: of("data-name"),
            letter: of("data-letter"),
            letter_by: if of("data-printed").is_empty() { LetterBy::Inferred } else { LetterBy::Printed },
            tenth: Some(of("data-tenth")).filter(|it| !it.is_empty()),
            clause: of("data-clause"),
            readings: Vec::new(),
        });
    }
    routes
}

fn line(root: &str, finding: &CodeFinding) -> El {
    let (class, word) = match finding.fits {
        Fits::Right => ("ok", "符合"),
        Fits::Wrong => ("reject", "不符合"),
        Fits::Outside => ("outside", "原文未规定"),
    };
    let address = browser::attribute(&format!("[data-clause=\"{}\"]", finding.clause), "data-address");
    el("li")
        .class(class)
        .child(el("b").text(word))
        .child(el("span").text(finding.message.as_str()))
        .child(el("small").child(clause::at(root, &finding.clause, &address)))
}
