//! 解读: what is printed, how it can be read, what this tool does, and the clauses and rows it touches; by document, with
//! an index by what each changes.

use leptos::prelude::*;

use crate::app::part::html::{El, el, link};
use crate::app::part::label;
use crate::app::{Address, State};
use crate::generate::Library;
use crate::generate::library::rows_of;
use crate::notice::named;
use crate::rubric::{Edition, Effect, Reading};

use super::later::{later_line, later_page};

const EFFECTS: [Effect; 4] = [Effect::Score, Effect::Verdict, Effect::Route, Effect::Display];

pub fn readings(state: State, library: &'static Library) -> AnyView {
    let edition = state.edition();
    let lead = "原文没有写明、前后不一或有误印的地方，逐条列出：原文怎样印的，可以怎样理解，本工具怎样处理。解读不是原文的一部分。";
    let groups = by_document(library, edition);
    let jumps = groups.iter().enumerate().map(|(at, (name, all))| {
        el("li").child(link(format!("#doc-{}", at + 1), format!("{name}（{} 条）", all.len())))
    });
    let effects = EFFECTS.into_iter().map(|effect| {
        let of = edition.readings.iter().filter(|it| it.effect == effect);
        let links: Vec<El> =
            of.map(|it| link(format!("#{}", it.id), it.id.as_str()).set("title", it.title.as_str())).collect();
        let name = el("summary").text(format!("{}（{} 条）", label::effect(effect), links.len()));
        el("details").child(name).child(el("p").class("rows").each(links.into_iter()))
    });
    let index = el("div")
        .class("index noprint")
        .child(el("section").child(el("h2").text("按文件")).child(el("ul").each(jumps)))
        .child(el("section").child(el("h2").text("按作用")).each(effects));
    let sections = groups.into_iter().enumerate().map(|(at, (name, all))| {
        let head = el("h2").class("of").set("id", format!("doc-{}", at + 1)).text(name);
        el("section").child(head).each(all.into_iter().map(|it| reading(state, library, it)))
    });
    el("article")
        .class("read wide readings")
        .child(el("h1").text("解读"))
        .child(el("p").text(lead))
        .maybe(later_page(state, "此后文件：后来印发的文件涉及哪些地方").map(|it| el("p").child(it)))
        .child(index)
        .each(sections)
        .done()
}

/// Each reading under the one document that it touches, or under several.
fn by_document(library: &'static Library, edition: &'static Edition) -> Vec<(String, Vec<&'static Reading>)> {
    let mut groups: Vec<(String, Vec<&Reading>)> = vec![("几份文件".to_owned(), Vec::new())];
    groups.extend(edition.rubrics.iter().map(|it| (annex(edition, it.annex), Vec::new())));
    groups.extend(library.by_date().into_iter().map(|it| (it.cited_as(), Vec::new())));
    for reading in &edition.readings {
        let mut names: Vec<String> =
            rows_of(edition, reading).into_iter().map(|(rubric, _)| annex(edition, rubric.annex)).collect();
        let whole = edition.rubrics.iter().filter(|rubric| rubric.cites.contains(&reading.id));
        names.extend(whole.map(|it| annex(edition, it.annex)));
        names.extend(reading.clauses.iter().filter_map(|clause| Some(named(library.notices, clause)?.0.cited_as())));
        names.sort();
        names.dedup();
        let name = if let [only] = &names[..] { only } else { "几份文件" };
        if let Some(group) = groups.iter_mut().find(|group| group.0 == name) {
            group.1.push(reading);
        }
    }
    groups.retain(|it| !it.1.is_empty());
    groups
}

fn annex(edition: &Edition, annex: u8) -> String {
    format!("{} 附件{annex}", edition.notice)
}

fn reading(state: State, library: &'static Library, reading: &'static Reading) -> El {
    let head =
        el("h3").child(link(format!("#{}", reading.id), reading.id.as_str())).text(format!(" {}", reading.title));
    let head = head.text(" ").child(el("span").class("pts").text(label::effect(reading.effect)));
    let printed = reading.printed.iter().map(|it| el("li").child(el("q").text(it.as_str())));
    let ways = reading.readings.iter().map(|it| el("li").text(it.as_str()));
    let listed = |name: &'static str, items: Vec<El>| {
        let there = !items.is_empty();
        let list = el("dd").child(el("ul").each(items.into_iter()));
        there.then(|| [el("dt").text(name), list]).into_iter().flatten()
    };
    let links = |name: &'static str, links: Vec<El>| {
        let there = !links.is_empty();
        let list = el("dd").class("rows").each(links.into_iter());
        there.then(|| [el("dt").text(name), list]).into_iter().flatten()
    };
    let clauses = reading.clauses.iter().filter_map(|clause| {
        let (notice, at) = named(library.notices, clause)?;
        let id = at.map_or(String::new(), |it| format!("#{}", it.id()));
        Some(link(format!("{}{id}", state.href(&Address::Notice(notice.slug.clone()))), clause.as_str()))
    });
    let rows = rows_of(state.edition(), reading).into_iter().map(|(rubric, row)| {
        let id = rubric.row_id(row.number);
        link(format!("{}#{id}", state.href(&Address::Rubric(rubric.annex))), id)
    });
    let facts = el("dl")
        .each(listed("原文", printed.collect()))
        .each(listed("可以理解为", ways.collect()))
        .child(el("dt").text("本工具"))
        .child(el("dd").text(reading.taken.as_str()))
        .each(links("所涉条款", clauses.collect()))
        .each(links("所涉各行", rows.collect()));
    let later = later_line("p", state, &[&reading.id]);
    el("section").class("explained").set("id", reading.id.as_str()).child(head).child(facts).maybe(later)
}
