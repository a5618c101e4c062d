//! 新旧对照: two editions side by side, row by row, for whoever knows the older one.

use leptos::prelude::*;

use crate::app::part::html::{El, el, link};
use crate::app::{Address, State};
use crate::compare::{RevisedRows, Revision, revised};
use crate::generate::Library;
use crate::rubric::{Concordance, Edition, Row, RowName, Rubric};

pub fn changed(state: State, library: &'static Library) -> AnyView {
    let newer = state.edition();
    let pairs = library.concordances.iter().filter(|it| it.newer == newer.id);
    let sections = pairs.filter_map(|rows| {
        let older = library.editions.iter().find(|it| it.id == rows.older)?;
        Some(of_pair(older, newer, rows))
    });
    let lead = "逐行列出新版改了什么。旧版自评不会改按新版计分；要按新版备案，请打开“比对两份自评”，选旧版的那一份，\
        看哪些行要重新回答，再另存一份。";
    el("article")
        .class("read wide changed")
        .child(el("h1").text("新旧对照"))
        .child(el("p").text(lead))
        .child(el("p").class("links noprint").child(link(state.href(&Address::Compare(None)), "比对两份自评")))
        .each(sections)
        .done()
}

fn of_pair(older: &'static Edition, newer: &'static Edition, rows: &'static Concordance) -> El {
    let all = revised(older, newer, rows);
    let count = |is: fn(&Revision) -> bool| all.iter().filter(|it| is(&it.revision)).count();
    let counts = [
        ("没有改动", count(|it| *it == Revision::None)),
        ("有改动", count(|it| matches!(it, Revision::Changed { .. }))),
        ("合并或拆分", count(|it| *it == Revision::Regrouped)),
        ("删去", count(|it| *it == Revision::Gone)),
        ("新增", count(|it| *it == Revision::New)),
    ];
    let counts: Vec<String> = counts.iter().filter(|it| 0 < it.1).map(|it| format!("{} {} 处", it.0, it.1)).collect();
    let head = format!("{} 与 {}", older.notice, newer.notice);
    // what was struck out stands with the rubric that the rest of its sheet became
    let of_rubric = |rubric: &'static Rubric| {
        let lines: Vec<&RevisedRows<'static>> =
            all.iter().filter(|it| annex_of(it, rows) == Some(rubric.annex)).collect();
        (!lines.is_empty()).then(|| table(rubric, &lines))
    };
    let homeless: Vec<String> = all
        .iter()
        .filter(|it| annex_of(it, rows).is_none())
        .flat_map(|it| &it.pair.older)
        .map(RowName::to_string)
        .collect();
    el("section")
        .child(el("h2").class("of").text(head))
        .child(el("p").text(format!("{}。", counts.join("，"))))
        .each(newer.rubrics.iter().filter_map(of_rubric))
        .maybe((!homeless.is_empty()).then(|| el("p").text(format!("整张表不再有的行：{}。", homeless.join("、")))))
}

/// The number of the newer rubric under which a line stands.
fn annex_of(line: &RevisedRows<'_>, rows: &Concordance) -> Option<u8> {
    let own = line.pair.newer.first().map(|it| it.annex);
    own.or_else(|| rows.newer_annex(line.pair.older.first()?.annex))
}

fn table(rubric: &'static Rubric, lines: &[&RevisedRows<'static>]) -> El {
    let name = format!("附件{} {}{}", rubric.annex, rubric.whose, rubric.part_name);
    let same: Vec<String> = lines.iter().filter(|it| it.revision == Revision::None).map(|it| moved(it)).collect();
    let head = ["旧版", "新版", "改动"].map(|it| el("th").set("scope", "col").text(it));
    let body = lines.iter().filter(|it| it.revision != Revision::None).map(|line| {
        let RevisedRows { pair, older, newer, revision } = line;
        let change = el("td").text(revision.in_words());
        let note = Some(pair.note.as_str()).filter(|it| !it.is_empty());
        let change = change.maybe(note.map(|it| el("p").class("ed").text(it)));
        el("tr").child(cell(&pair.older, older)).child(cell(&pair.newer, newer)).child(change)
    });
    let body: Vec<El> = body.collect();
    let there = !body.is_empty();
    let table = || {
        let head = el("thead").child(el("tr").each(head.into_iter()));
        el("table").class("licensed").child(head).child(el("tbody").each(body.into_iter()))
    };
    el("section")
        .child(el("h3").text(name))
        .maybe(there.then(table))
        .maybe((!same.is_empty()).then(|| el("p").text(format!("没有改动：{}。", same.join("、")))))
}

/// 1-4, and its older number where that was another.
fn moved(line: &RevisedRows<'_>) -> String {
    let (older, newer) = (&line.pair.older[0], &line.pair.newer[0]);
    if older == newer { newer.to_string() } else { format!("{newer}（旧 {older}）") }
}

fn cell(names: &[RowName], rows: &[&'static Row]) -> El {
    let lines = names.iter().zip(rows).map(|(name, row)| {
        let points = row.points.map_or(String::new(), |it| format!("（{it} 分）"));
        let words = if row.content.is_empty() { &row.standard } else { &row.content };
        let standard =
            (!row.content.is_empty() && !row.standard.is_empty()).then(|| el("p").text(row.standard.as_str()));
        let first = el("p").child(el("b").text(format!("{name} "))).text(format!("{words}{points}"));
        el("div").child(first).maybe(standard)
    });
    let none = rows.is_empty().then(|| el("p").text("无"));
    el("td").each(lines).maybe(none)
}
