//! Who are you? Each kind of applicant to its rubrics. Above them going.js puts a link to the dossier that was
//! saved last.

use leptos::prelude::*;

use crate::app::part::frame;
use crate::app::part::html::{El, el, link};
use crate::app::{Address, State};
use crate::filing::Rules;
use crate::filing::route::{Contact, When};
use crate::generate::Library;
use crate::rubric::ApplicantKind;

use super::chooser::chooser;
use super::later::{later_page, people};

pub fn home(state: State, library: &'static Library) -> AnyView {
    let edition = state.edition();
    // whom the host names, in place of those whom the notice prints for each kind
    let own = &library.settings.contacts;
    let cards = edition.kinds().map(|(applicant, kind)| {
        let annexes = edition.rubrics.iter().filter(|rubric| rubric.applicant == applicant).map(|rubric| {
            link(state.href(&Address::Rubric(rubric.annex)), format!("附件{} {}", rubric.annex, rubric.part_name))
        });
        el("li")
            .class("card")
            .child(el("h2").text(kind.label.as_str()))
            .child(el("p").text(kind.about.as_str()))
            .child(el("p").class("annexes unstretched").each(annexes))
            .child(link(state.href(&Address::start(kind)), "开始自评").class("btn"))
            .maybe(if own.is_empty() { ask(state, kind) } else { None })
    });
    let has_routes = state.rules_of(edition).is_some_and(Rules::has_routes);
    let lead = el("p").class("lead").text("按").child(el("span").class("nw").text(edition.notice.as_str()));
    let lead = lead.text("的技术评估要点逐项填写，随时看到得分、否决项和结论。您是哪一类申请单位？");
    el("div")
        .class("home")
        .child(el("h1").set("tabindex", "-1").text("备案前，先自己评一评"))
        .child(lead)
        .maybe(chooser(state, library))
        .maybe(before(state))
        .maybe((!own.is_empty()).then(|| people(el("p").class("whom").text("先问："), own.iter())))
        .view(frame::without_script())
        .child(el("p").class("going noprint").set("id", "going"))
        .child(el("ul").class("cards").each(cards))
        .child(
            el("p")
                .class("links")
                .maybe(has_routes.then(|| link(state.href(&Address::Filing), "谁到哪里备案：一张图看清")))
                .child(link(state.href(&Address::Received), "打开收到的自评")),
        )
        .each(edition.applicants.iter().filter_map(others))
        .done()
}

/// What somebody has to know before beginning: of when the documents are, and that there are later ones.
fn before(state: State) -> Option<El> {
    let words = el("p").class("hint before").text(format!("{}。", state.edition().as_of));
    let later = later_page(state, "此后另有文件")?;
    Some(words.child(later).text("，得分和结论不按它们计算。备案以现行规定为准，动手之前请先问联系人。"))
}

/// Whom to ask: the people whom the notice prints for this kind of applicant, and when it did.
fn ask(state: State, kind: &ApplicantKind) -> Option<El> {
    later_page(state, "")?;
    let routes = &state.rules_of(state.edition())?.routes;
    let question = routes.questions.first()?;
    let of_kind = |when: &When| when.0.iter().any(|it| it.question == question.id && it.options.contains(&kind.id));
    let mut contacts: Vec<&Contact> = Vec::new();
    for id in routes.rows.iter().filter(|it| of_kind(&it.when)).flat_map(|it| &it.contacts) {
        contacts.extend(routes.contact(id).filter(|it| contacts.iter().all(|other| other.id != it.id)));
    }
    let mut printed: Vec<&str> = contacts.iter().map(|it| it.as_of.as_str()).collect();
    printed.dedup();
    let line = people(el("p").class("whom").text("先问："), contacts.iter().flat_map(|it| &it.people));
    (!printed.is_empty()).then(|| line.text(format!("（{}）", printed.join("、"))))
}

/// What an applicant is filed as that assesses not only its own people, in the notice's own words.
fn others(kind: &'static ApplicantKind) -> Option<El> {
    let quote = Some(&kind.others.as_ref()?.quote).filter(|it| !it.text.is_empty())?;
    let words = el("p").class("hint").text(format!("{}备案为哪一类，看评价对象：", kind.label));
    let words = words.child(el("q").text(quote.text.as_str()));
    Some(words.child(el("span").class("nw").text(format!("（{}）", quote.clause))))
}
