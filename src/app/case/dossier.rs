//! 自评档案: the whole case on one page, and what is still to be done. The verdicts are never merged into one number.

mod checks;
mod facts;
mod sheets;

use leptos::prelude::*;

use crate::app::address::StartStep;
use crate::app::part::html::{El, Event, el, link, live, nothing};
use crate::app::part::{banner, frame, label, memo, missing, room};
use crate::app::{Address, State, browser};
use crate::dossier::{Dossier, PaperCount, Sheet, TEXT};
use crate::filing::Rules;
use crate::score::score;

use super::start;

pub fn dossier(state: State, id: Option<&str>) -> AnyView {
    let Some(id) = id.map(str::to_owned) else {
        let head = el("article").class("read").child(el("h1").set("tabindex", "-1").text("自评档案"));
        return if state.live { missing::no_dossier(state) } else { head.view(frame::boot_message(state)).done() };
    };
    let this = id.clone();
    let found = memo::number(move |_| {
        state.open.with(|open| open.as_ref().filter(|it| it.id == this).map_or(0, |it| 1 + u64::from(it.read_only)))
    });
    live(move || match found.get() {
        0 => missing::no_dossier(state),
        1 => overview(state, &id),
        _ => still(state, &id),
    })
}

fn overview(state: State, id: &str) -> AnyView {
    let unit = move || state.open.with(|open| open.as_ref().map_or(String::new(), |it| it.dossier.unit.clone()));
    let head =
        move || state.open.with(|open| open.as_ref().map_or(String::new(), |it| label::unit(&it.dossier).to_owned()));
    let about = |it: &Dossier| (state.edition_of(it).kind(it.applicant), rules(state, it));
    let Some((kind, rules)) = state.open.with_untracked(|open| open.as_ref().map(|it| about(&it.dossier))) else {
        return nothing();
    };
    let this = state.of_open();
    let write = move |event: Event| {
        if !browser::is_composing(&event) {
            let text = browser::text_of(&event);
            state.type_in(this, 0, |it| it.unit = text);
        }
    };
    let follow = move |part: fn(State, &str, &Dossier) -> AnyView| {
        let id = id.to_owned();
        live(move || state.open.with(|open| open.as_ref().map_or_else(nothing, |it| part(state, &id, &it.dossier))))
    };
    let found = checks::found(state);
    let (next_of, findings_of) = (id.to_owned(), id.to_owned());
    let field = el("input").set("type", "text").set("id", "unit").class("wide").set("autocomplete", "organization");
    let share = link(state.href(&Address::Share(Some(id.to_owned()), None)), "分享：自评码、链接、文件");
    let compare = link(state.href(&Address::Compare(Some(id.to_owned()))), "与另一份比对");
    let packet = link(state.href(&Address::Packet(Some(id.to_owned()))), "申报材料");
    let print = link(format!("{}#now", state.href(&Address::Papers(Some(id.to_owned())))), "全部打印");
    let apart = "各表分别得出结论，文件没有规定如何合并，本工具不合并计算。";
    el("article")
        .class("read wide case")
        .child(el("p").class("doc").text(format!("自评档案 · {}", kind.label)))
        .child(el("h1").set("tabindex", "-1").words(head))
        .child(banner::saved(state))
        .view(live(move || checks::next(state, &next_of, found)))
        .view(banner::backup(state, move || {
            state.open.with(|open| open.as_ref().is_some_and(|it| complete(state, &it.dossier)))
        }))
        .child(el("label").class("plain").set("for", "unit").text("申请单位名称"))
        .child(field.value(unit).on("input", write).on("change", write))
        .child(room::counted(TEXT, unit))
        .view(follow(filing))
        .view(follow(sheets::sheets))
        .child(el("p").class("hint").text(apart))
        .child(el("p").class("links").child(packet).child(print).child(share).child(compare))
        .view(follow(declared))
        .view(follow(listed))
        .view(follow(proofs))
        .child(el("h2").set("id", "facts").text("单位情况（只填一次，各表共用）"))
        .child(facts::facts(state, rules, kind))
        .view(live(move || checks::findings(state, &findings_of, found)))
        .done()
}

/// A dossier saved by a newer version of the program: it can only be read and printed.
fn still(state: State, id: &str) -> AnyView {
    let Some(dossier) = state.open.get_untracked().map(|it| it.dossier) else { return nothing() };
    if state.lacks(&dossier) {
        return missing::no_dossier(state);
    }
    el("article")
        .class("read wide")
        .child(el("h1").set("tabindex", "-1").text(label::unit(&dossier)))
        .child(el("p").text("这里是较旧的一份，只能看和打印。刷新页面后仍是这样的，请联系网站管理人员。"))
        .child(el("p").class("links").child(link(state.href(&Address::Papers(Some(id.to_owned()))), "全部打印")))
        .child(el("h2").text("评估表"))
        .child(el("ul").class("sheets").each(sheets::printed(state, id, &dossier).into_iter()))
        .done()
}

/// 备案路径, in a line for each filing.
fn filing(state: State, id: &str, dossier: &Dossier) -> AnyView {
    let Some(rules) = rules(state, dossier).filter(|it| it.has_routes()) else { return nothing() };
    let kind = state.edition_of(dossier).kind(dossier.applicant);
    let to = |step| state.href(&Address::start_at(kind, StartStep { step, dossier: Some(id.to_owned()) }));
    let whole = rules.routes.next(&dossier.route).is_none();
    let filings = if whole { rules.routes.route(&dossier.route).filings } else { Vec::new() };
    let lines = filings.iter().map(|it| el("li").text(it.in_a_line()));
    let (words, address) = if filings.is_empty() {
        ("回答几个问题", to(0))
    } else {
        ("查看步骤、编码和联系人", to(start::DONE))
    };
    let open = filings.is_empty().then(|| el("p").class("hint").text("还没有答完在哪里备案。"));
    let change = (!filings.is_empty()).then(|| link(to(0), "修改回答"));
    section("filing", "备案路径（原则上）")
        .maybe(open)
        .child(el("ul").class("plain").each(lines))
        .child(el("p").class("links").child(link(address, words)).maybe(change))
        .done()
}

/// 评价范围: how many rows are declared, with a link to them.
fn declared(state: State, id: &str, dossier: &Dossier) -> AnyView {
    if !rules(state, dossier).is_some_and(Rules::has_scope) {
        return nothing();
    }
    let n = dossier.declared.len();
    let words = if n == 0 { "还没有填写。".to_owned() } else { format!("已填写 {n} 行。") };
    let to = link(state.href(&Address::Scope(Some(id.to_owned()))), "填写、核对和打印申报表");
    section("scope", "评价范围申报表").child(el("p").text(words)).child(el("p").class("links").child(to)).done()
}

/// 名册: how many are listed, with a link to them.
fn listed(state: State, id: &str, dossier: &Dossier) -> AnyView {
    let roster = &dossier.roster;
    let n = [("考评人员", roster.examiners.len()), ("专家", roster.experts.len()), ("设备", roster.equipment.len())];
    let counts = n.map(|(what, n)| format!("{what} {n}")).join("，");
    let words = if roster.is_empty() { "人数、完好率可以从名册算出来。".to_owned() } else { counts };
    let to = link(state.href(&Address::Roster(Some(id.to_owned()))), "填写、采用和打印名册");
    section("roster", "名册").child(el("p").text(words)).child(el("p").class("links").child(to)).done()
}

/// 佐证材料: how many are listed and missing, with a link to them.
fn proofs(state: State, id: &str, dossier: &Dossier) -> AnyView {
    let edition = state.edition_of(dossier);
    let mut all = PaperCount::default();
    for sheet in &dossier.sheets {
        if let Some(rubric) = edition.rubric(sheet.annex) {
            all = all.with(sheet.count_papers(rubric));
        }
    }
    let words = match all.papers {
        0 => "还没有列出。".to_owned(),
        n => format!("已列出 {n} 份，备齐 {} 份，缺 {} 份。", all.ready, all.missing()),
    };
    let to = link(state.href(&Address::Evidence(Some(id.to_owned()))), "填写和打印佐证材料清单");
    section("proofs", "佐证材料").child(el("p").text(words)).child(el("p").class("links").child(to)).done()
}

/// Is every sheet answered?
fn complete(state: State, dossier: &Dossier) -> bool {
    let edition = state.edition_of(dossier);
    let is = |it: &Sheet| edition.rubric(it.annex).is_none_or(|rubric| score(rubric, &it.answers).is_complete());
    !dossier.sheets.is_empty() && dossier.sheets.iter().all(is)
}

fn rules(state: State, dossier: &Dossier) -> Option<&'static Rules> {
    state.rules_of(state.edition_of(dossier))
}

/// A part of the page with its heading, to which an address can lead.
fn section(id: &'static str, title: &'static str) -> El {
    el("section").child(el("h2").set("id", id).text(title))
}
