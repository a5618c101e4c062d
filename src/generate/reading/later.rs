//! 此后文件: what was issued after the edition, how surely that is known, and what each document touches. Other
//! pages refer to it in one line.

use leptos::prelude::*;

use crate::app::part::html::{El, el, link};
use crate::app::{Address, State};
use crate::filing::route::{Person, Route};
use crate::generate::Library;
use crate::load::SiteSettings;
use crate::load::later::LaterDocument;

/// The link to the page of all of them; none where there are none, and no page.
pub fn later_page(state: State, words: &str) -> Option<El> {
    let some = !state.edition().later.is_empty();
    some.then(|| link(state.href(&Address::Later), words))
}

/// 此后另有文件, with a link for each document that touches one of the places.
pub fn later_line(tag: &'static str, state: State, places: &[&str]) -> Option<El> {
    let page = state.href(&Address::Later);
    let links = state.edition().later_at(places).map(|it| link(format!("{page}#{}", it.id), it.name.as_str()));
    let mut line = el(tag).class("later");
    let mut before = "此后另有文件：";
    for link in links {
        line = line.text(before).child(link);
        before = "、";
    }
    (before == "、").then_some(line)
}

pub fn later(state: State, library: &'static Library) -> AnyView {
    let lead = "下面是之后印发的文件，逐份写明已知什么、有多大把握、涉及哪些地方。这些话是编者写的，不是原文。得分、结论和备案路径都不按它们计算；\
        备案以现行规定为准，动手之前请先问联系人。";
    let documents = library.later();
    let jumps = documents.iter().map(|document| {
        let LaterDocument { id, title, number, date, .. } = document;
        let title = if number.is_empty() { String::new() } else { format!(" {title}") };
        el("li").child(link(format!("#{id}"), document.name())).text(format!("{title}（{date}）"))
    });
    let (touching, others): (Vec<_>, Vec<_>) =
        documents.iter().partition(|it| !it.touches.is_empty() || !it.levels.is_empty());
    let listed = |head: &'static str, documents: Vec<&'static LaterDocument>| {
        let head = (!documents.is_empty()).then(|| el("h2").class("of").text(head));
        head.into_iter().chain(documents.into_iter().map(|it| document(state, library, it)))
    };
    el("article")
        .class("read wide readings")
        .child(el("h1").text("此后文件"))
        .child(el("p").text(format!("{}。", state.edition().as_of)))
        .child(el("p").text(lead))
        .child(el("ul").each(jumps))
        .each(contacts(state, library.settings))
        .each(listed("涉及各处的，新的在前", touching))
        .each(listed("没有列出涉及哪里的", others))
        .done()
}

/// The people whom the host names, and those whom the notices print, to be asked.
fn contacts(state: State, settings: &'static SiteSettings) -> impl Iterator<Item = El> {
    let own = (!settings.contacts.is_empty()).then(|| {
        let name = if settings.name.is_empty() { "本站" } else { &settings.name };
        people(el("li").text(format!("{name}：")), settings.contacts.iter())
    });
    let contacts = state.rules_of(state.edition()).map_or(&[][..], |it| &it.routes.contacts);
    let lines = contacts.iter().map(|contact| {
        let line = people(el("li").text(format!("{}：", contact.name)), contact.people.iter());
        line.text(format!("（{}，{}）", contact.clause, contact.as_of))
    });
    let some = own.is_some() || !contacts.is_empty();
    let list = [el("h2").text("联系人"), el("ul").each(own.into_iter().chain(lines))];
    list.into_iter().filter(move |_| some)
}

/// People with their telephone numbers, which a phone can dial.
pub fn people<'p>(line: El, people: impl Iterator<Item = &'p Person>) -> El {
    let mut people = people.peekable();
    let mut line = line;
    while let Some(person) = people.next() {
        let digits: String = person.phone.chars().filter(char::is_ascii_digit).collect();
        let dialled = link(format!("tel:{digits}"), person.phone.as_str());
        let person = el("span").class("nw").text(format!("{} ", person.name)).child(dialled);
        line = line.child(if people.peek().is_some() { person.text("，") } else { person });
    }
    line
}

fn document(state: State, library: &'static Library, document: &'static LaterDocument) -> El {
    let edition = library.edition().expect("a site has an edition");
    let touches = &document.touches;
    let name =
        if document.number.is_empty() { document.name() } else { format!("{} {}", document.number, document.title) };
    let said = |name: &'static str, text: String| {
        let there = !text.is_empty();
        there.then(|| [el("dt").text(name), el("dd").text(text)]).into_iter().flatten()
    };
    let links = |name: &'static str, links: Vec<El>| {
        let there = !links.is_empty();
        there.then(|| [el("dt").text(name), el("dd").class("rows").each(links.into_iter())]).into_iter().flatten()
    };
    let row = |id: &String| {
        let rubric =
            edition.rubrics.iter().find(|it| id.split_once('-').is_some_and(|id| id.0 == it.annex.to_string()))?;
        Some(link(format!("{}#{id}", state.href(&Address::Rubric(rubric.annex))), id.as_str()))
    };
    let reading = |id: &String| link(format!("{}#{id}", state.href(&Address::Readings)), id.as_str());
    let route = |it: &Route| link(state.href(&Address::Filing), it.label());
    let levels: Vec<String> = touches.levels.iter().map(|it| format!("{it}级")).collect();
    let new: Vec<&str> = document.levels.iter().filter_map(|it| it.1.names.first()).map(String::as_str).collect();
    let applicants: Vec<&str> = touches.applicants.iter().map(|it| edition.kind(*it).label.as_str()).collect();
    let address = document.address.as_ref().map(|it| link(it.clone(), it.as_str()));
    let facts = el("dl")
        .each(said("发文机关", document.issuer.clone()))
        .each(said("印发", document.date.to_string()))
        .each(said("有多大把握", document.certainty.label().to_owned()))
        .child(el("dt").text("已知"))
        .child(el("dd").child(el("ul").each(document.known.iter().map(|it| el("li").text(it.as_str())))))
        .each(links("官方网页", address.into_iter().collect()))
        .each(said("新的级别", new.join("、")))
        .each(links("所涉各行", touches.rows.iter().filter_map(row).collect()))
        .each(said("所涉级别", levels.join("、")))
        .each(said("所涉申报表各栏", touches.columns.join("、")))
        .each(links("所涉备案路径", touches.routes.iter().map(route).collect()))
        .each(said("所涉申请单位", applicants.join("、")))
        .each(links("所涉解读", touches.readings.iter().map(reading).collect()));
    let head = el("h3").child(link(format!("#{}", document.id), name));
    el("section").class("explained").set("id", document.id.as_str()).child(head).child(facts)
}
