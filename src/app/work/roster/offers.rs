//! What follows from the roster for each sheet, with the names behind each number; taking one is one press.

use leptos::prelude::*;

use crate::app::address::SheetOf;
use crate::app::part::html::{El, all, button, el, link, live, nothing};
use crate::app::part::label;
use crate::app::{Address, browser};
use crate::dossier::{Dossier, RosterOffer, RosterTotals, Sheet, roster_offers, roster_totals};
use crate::rubric::{Part, Rubric};
use crate::score::said;

use super::editor::RosterEditor;

/// So many names are shown at once; more are folded away.
const NAMES: usize = 12;

pub fn section(editor: RosterEditor, id: &str) -> El {
    let id = id.to_owned();
    let body = move || {
        editor.settled.get();
        untrack(|| editor.dossier(Clone::clone).map_or_else(nothing, |it| follows(editor, &id, &it)))
    };
    el("section")
        .class("follows")
        .child(el("h2").set("id", "follows").set("tabindex", "-1").text("由名册得出"))
        .view(live(body))
}

fn follows(editor: RosterEditor, id: &str, dossier: &Dossier) -> AnyView {
    if dossier.roster.is_empty() {
        let words = "名册填好以后，这里列出各张职业自评表相应的人数和数量，点“采用”就填进自评表。";
        return el("p").class("hint").text(words).done();
    }
    let edition = editor.state.edition_of(dossier);
    let known = dossier.sheets.iter().filter_map(|it| Some((it, edition.rubric(it.annex)?)));
    let mut parts = vec![totals(editor, dossier)];
    let mut any = false;
    for (sheet, rubric) in known.filter(|it| it.1.part == Part::Occupation) {
        any = true;
        parts.push(of_sheet(editor, (id, dossier), sheet, rubric));
    }
    if !any {
        parts.push(el("p").text("还没有职业（工种）的自评表，名册先存着，加了自评表以后从这里采用。").done());
    }
    all(parts)
}

/// 考评人员总数 and 专家总数, where they are not the ones of the lists.
fn totals(editor: RosterEditor, dossier: &Dossier) -> AnyView {
    let RosterTotals { examiners, experts } = roster_totals(&dossier.roster);
    let facts = &dossier.facts;
    let each = [("考评人员总数", &facts.examiners, examiners), ("专家总数", &facts.experts, experts)];
    let open: Vec<_> = each.into_iter().filter(|it| 0 < it.2 && it.1.trim() != it.2.to_string()).collect();
    if open.is_empty() {
        return nothing();
    }
    let items = open.into_iter().map(|(what, now, n)| {
        let take = move || {
            editor.edit_dossier(format!("{what}已填为 {n} 人。"), |dossier| {
                let facts = &mut dossier.facts;
                let to = if what.starts_with('专') { &mut facts.experts } else { &mut facts.examiners };
                *to = n.to_string();
            });
            go_to("#follows".to_owned());
        };
        let now = if now.is_empty() { "现在没有填".to_owned() } else { format!("现在填的是“{now}”") };
        el("li")
            .child(el("span").class("what").text(format!("{what}：{n} 人")))
            .child(el("span").class("now").text(now))
            .child(button("btn small", "采用", take).set("aria-label", format!("采用{what} {n} 人")))
    });
    el("div").child(el("h3").text("单位情况")).child(el("ul").class("offers").each(items)).done()
}

fn of_sheet(editor: RosterEditor, (id, dossier): (&str, &Dossier), sheet: &Sheet, rubric: &'static Rubric) -> AnyView {
    let offers = roster_offers(rubric, &dossier.roster, sheet);
    let of = SheetOf { dossier: id.to_owned(), sheet: sheet.id };
    let page = editor.state.href(&Address::Sheet(rubric.annex, Some(of)));
    let open: Vec<RosterOffer> =
        offers.iter().filter(|it| !it.facts.is_empty() && !it.is_answered(sheet)).cloned().collect();
    let n = open.len();
    let sheet_id = sheet.id;
    let take_all = move || {
        let open = open.clone();
        editor.edit_dossier(format!("已采用 {n} 项。"), move |dossier| {
            if let Some(sheet) = dossier.sheet_mut(sheet_id) {
                open.iter().for_each(|it| it.take(sheet));
            }
        });
        go_to(format!("#of-{sheet_id}"));
    };
    let all = (1 < n).then(|| button("btn small", "全部采用", take_all).text(format!("（{n} 项）")));
    let items = offers.iter().map(|it| item(editor, &page, sheet, rubric, it));
    let head = el("h3").set("id", format!("of-{sheet_id}")).set("tabindex", "-1");
    let head = head.child(link(page.clone(), label::called(rubric, sheet)));
    let none = offers.is_empty().then(|| el("p").class("hint").text("名册里没有与这张表有关的内容。"));
    el("div")
        .child(head)
        .maybe(all.map(|it| el("p").child(it)))
        .maybe(none)
        .child(el("ul").class("offers").each(items))
        .done()
}

fn item(editor: RosterEditor, page: &str, sheet: &Sheet, rubric: &'static Rubric, offer: &RosterOffer) -> El {
    let id = rubric.row_id(offer.row);
    let Some(row) = rubric.row(offer.row) else { return el("li") };
    let name = if row.content.is_empty() { &row.standard } else { &row.content };
    let to = link(format!("{page}#{id}"), id.as_str());
    let name = el("span").class("name").text(format!(" {name}"));
    let line_id = format!("offer-{}-{id}", sheet.id);
    let mut line = el("li").set("id", line_id.clone()).set("tabindex", "-1");
    line = line.child(el("span").class("of").child(to).child(name));
    if offer.facts.is_empty() {
        line = line.child(el("span").class("what open").text("待补"));
        let unnamed = sheet.blank(0).trim().is_empty() && sheet.occupation_code.trim().is_empty();
        return line.child(match (offer.nobody, unnamed) {
            (true, true) => names("自评表还没有填职业名称，不知道名册里哪些算这一张。", &[]),
            (true, false) => names("名册里没有列入这一职业的；职业要与自评表的名称或编码写得一样，空着算各职业。", &[]),
            (false, _) => names("还没有说明：", &offer.missing),
        });
    }
    let report = crate::score::score(rubric, &sheet.answers);
    let now = report.row(offer.row).map(|it| said(it, &sheet.answers)).unwrap_or_default();
    line = line.child(el("span").class("what").text(offer.says.as_str()));
    line = if offer.is_answered(sheet) {
        line.child(el("span").class("now").text("与自评表一致"))
    } else {
        let (taken, sheet_id, words) = (offer.clone(), sheet.id, format!("{id} 已填为“{}”。", offer.says));
        let take = move || {
            editor.edit_dossier(words.clone(), |dossier| {
                if let Some(sheet) = dossier.sheet_mut(sheet_id) {
                    taken.take(sheet);
                }
            });
            go_to(format!("#{line_id}"));
        };
        let button = button("btn small", "采用", take).set("aria-label", format!("采用 {id} {}", offer.says));
        let class = if offer.differs(sheet) { "now differs" } else { "now" };
        line.child(el("span").class(class).text(format!("自评表：{now}"))).child(button)
    };
    if offer.behind.is_empty() { line } else { line.child(names("", &offer.behind)) }
}

/// What was pressed is made anew: whoever works by the keyboard goes on from what came of it.
fn go_to(place: String) {
    browser::after(0, move || browser::focus(&place));
}

/// Who is behind a number.
fn names(words: &str, names: &[String]) -> El {
    if names.len() <= NAMES {
        return el("p").class("names").text(format!("{words}{}", names.join("、")));
    }
    let summary = el("summary").text(format!("{words}{}等 {} 个", names[..3].join("、"), names.len()));
    el("details").class("names").child(summary).child(el("p").text(names.join("、")))
}
