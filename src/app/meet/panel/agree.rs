//! The rows to talk about, a card each: what every seat says, and the place for what the panel agrees on.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::control::control;
use crate::app::part::html::{El, Event, all, button, el, live};
use crate::app::part::sheet_editor::SheetEditor;
use crate::app::part::{label, room, table};
use crate::compare::{Agreed, Taken};
use crate::dossier::NOTE;
use crate::rubric::{Group, Row};
use crate::score::{clause, explain, said};

use super::super::grid;
use super::{PanelBody, rows};

pub fn agree(of: PanelBody) -> El {
    let report = Memo::new(move |_| of.outcome.with(|it| it.report.clone()));
    let (state, edition, rubric, apart) = (of.page.state, of.edition, of.rubric, Some(of.page.draft));
    let editor = SheetEditor::new(state, (edition, rubric), 1, report, apart);
    let mut cards = Vec::new();
    for (_, group) in rubric.groups() {
        for row in &group.rows {
            let disputed = of.outcome.with_untracked(|outcome| {
                let agreed = of.page.panel.with_untracked(|panel| panel.agreed(row.number).cloned());
                outcome.row(row.number).is_some_and(|it| rows::is_disputed(it, agreed.as_ref()))
            });
            if disputed {
                cards.push(card(of, editor, group, row));
            }
        }
    }
    let section = el("section").class("agree noprint");
    if cards.is_empty() {
        let words = "各席的得分都在限值以内，没有需要合议的项。";
        return section.child(el("h2").text("需要合议的项")).child(el("p").class("hint").text(words));
    }
    section
        .child(el("h2").text(format!("需要合议的项（{}）", cards.len())))
        .child(el("p").class("hint").text("每项选用一席的填写，或者另行填写；写上由谁提出、什么理由，才算数。"))
        .each(cards.into_iter())
}

fn card(of: PanelBody, editor: SheetEditor, group: &'static Group, row: &'static Row) -> El {
    let (page, number) = (of.page, row.number);
    let id = of.rubric.row_id(number);
    let points = row.points.map(|it| el("span").class("pts").text(format!("{it} 分")));
    let agreed = move || page.panel.with(|it| it.agreed(number).cloned()).unwrap_or_default();
    let why = move || {
        of.outcome.with(|outcome| outcome.row(number).map_or(String::new(), |it| format!("{}。", rows::why(it))))
    };
    let class = move || {
        let done =
            of.outcome.with(|outcome| outcome.row(number).is_some_and(|it| it.taken == Taken::Agreed && !it.again));
        Some(if done { "row good" } else { "row" }.to_owned())
    };
    let legend = el("legend")
        .child(el("span").class("no").text(id.clone()))
        .child(el("span").class("name").text(label::row(group, row)))
        .maybe(points);
    let text = |name: &'static str, key: &str, most: Option<usize>, of: fn(&mut Agreed) -> &mut String| {
        let field = format!("{key}-{number}");
        let write = move |event: Event| {
            if !browser::is_composing(&event) {
                let text = browser::text_of(&event);
                // leaving a field reports its text once more, unchanged
                if *of(&mut untrack(agreed)) != text {
                    page.agree(number, |it| *of(it) = text);
                }
            }
        };
        let input = el("input").set("type", "text").set("id", field.clone());
        let input = input.set("autocomplete", "off").set("data-own", "").value(move || of(&mut agreed()).clone());
        el("p")
            .class("signed")
            .child(el("label").set("for", field).text(name))
            .child(input.on("input", write).on("change", write))
            .maybe(most.map(|most| room::counted(most, move || of(&mut agreed()).clone())))
    };
    let ask = el("div").class("ask").set("role", "group").set("aria-label", format!("{id} 合议的填写"));
    el("fieldset")
        .live("class", class)
        .set("id", format!("a-{id}"))
        .set("tabindex", "-1")
        .child(legend)
        .child(table::standard(el("blockquote"), row))
        .child(el("p").class("why").words(why))
        .child(el("p").class("basis").text(format!("{}。（{}）", row.words, clause(of.edition, of.rubric, row))))
        .view(live(move || said_by(of, row).done()))
        .child(el("h3").text("合议的填写"))
        .child(ask.each(control(editor, row).into_iter()))
        .child(text("谁提出", "who", None, |it| &mut it.who))
        .child(text("理由", "why", Some(NOTE), |it| &mut it.why))
        .view(live(move || stand(of, row, &agreed())))
}

/// What every seat says about a row.
fn said_by(of: PanelBody, row: &'static Row) -> El {
    let heads = ["评估人员", "得分", "填写", "备注", "选用"].map(str::to_owned);
    let names = of.names();
    let number = row.number;
    let seats = of.page.panel.with_untracked(|it| it.seats.clone());
    let lines = of.outcome.with_untracked(|outcome| {
        let reports = outcome.row(number).map(|it| it.seats.clone()).unwrap_or_default();
        let lines = seats.iter().zip(reports).zip(&names).enumerate().map(|(at, ((seat, report), name))| {
            let points = rows::points(of.rubric, &report, &seat.sheet.answers);
            let points = if report.score.is_some() { format!("{points} 分") } else { "—".to_owned() };
            let veto = report.vetoed.then(|| el("em").class("veto").text("触发否决"));
            let words = said(&report, &seat.sheet.answers);
            let class = if report.answered { "" } else { "none" };
            let take = button("quiet", "选用", move || take(of, number, at)).flag("disabled", !report.answered);
            grid::line()
                .child(grid::about().text(name.as_str()))
                .child(grid::cell("得分").class("num").text(points))
                .child(grid::cell("填写").child(el("span").class(class).text(words)).maybe(veto))
                .child(grid::cell("备注").text(seat.sheet.note(number)))
                .child(grid::cell("选用").child(take.set("aria-label", format!("选用{name}的填写"))))
        });
        lines.collect::<Vec<_>>()
    });
    grid::table("grid said", format!("{} 各席的填写", of.rubric.row_id(number)), &heads)
        .child(grid::body().each(lines.into_iter()))
}

/// Takes over what a seat says, without its estimates. Whoever proposed the answer agreed on last is named again, for the person to change.
fn take(of: PanelBody, row: u16, at: usize) {
    let page = of.page;
    let given = page.panel.with_untracked(|panel| {
        panel.seats.get(at).map(|it| it.sheet.answers.row(row).without_estimates().given().to_vec())
    });
    page.draft.update(|draft| {
        draft.answers.clear(row);
        for given in given.unwrap_or_default() {
            draft.answers.set(row, given.fact, Some(given.value));
        }
    });
    let last = page
        .panel
        .with_untracked(|panel| panel.agreed.iter().rev().find(|it| !it.who.is_empty()).map(|it| it.who.clone()));
    let named =
        page.panel.with_untracked(|panel| panel.agreed(row).is_some_and(|it| !it.who.is_empty())) || last.is_some();
    if let Some(last) = last {
        page.agree(row, |agreed| {
            if agreed.who.is_empty() {
                agreed.who = last;
            }
        });
    }
    browser::after(0, move || browser::focus(&if named { format!("#why-{row}") } else { format!("#who-{row}") }));
}

/// What is still missing until the row counts as agreed on, or the points it comes to.
fn stand(of: PanelBody, row: &'static Row, agreed: &Agreed) -> AnyView {
    let (page, number) = (of.page, row.number);
    let done = of.outcome.with(|outcome| {
        let found = outcome.row(number).filter(|it| it.taken == Taken::Agreed)?;
        let report = outcome.report.row(found.row.number)?;
        Some((explain(of.edition, &outcome.report, report, &outcome.answers).arithmetic, found.again))
    });
    let card = move || browser::after(0, move || browser::focus(&format!("#a-{}", of.rubric.row_id(number))));
    let back = move || {
        page.risk(format!("已撤回 {} 的合议", of.rubric.row_id(number)), |it| it.take_back(number));
        card();
    };
    let stands = move || {
        page.agree(number, |_| ());
        card();
    };
    let stands = done.as_ref().is_some_and(|it| it.1).then(|| button("quiet", "仍按合议的计", stands));
    let back = (!agreed.is_empty()).then(|| button("link", "撤回本项合议", back));
    let (class, words) = match done {
        Some((sum, true)) => ("out none", format!("已合议：{sum}；{}", rows::AGAIN)),
        Some((sum, false)) => ("out good", format!("已合议：{sum}")),
        None if agreed.is_empty() => ("out none", "还没有合议".to_owned()),
        None => {
            let facts = if agreed.facts.is_empty() { Some("填写") } else { None };
            let who = agreed.who.trim().is_empty().then_some("谁提出");
            let why = agreed.why.trim().is_empty().then_some("理由");
            let missing: Vec<&str> = [facts, who, why].into_iter().flatten().collect();
            let missing = if missing.is_empty() { "其余各格".to_owned() } else { missing.join("、") };
            ("out none", format!("还缺{missing}，补上才算数"))
        }
    };
    let words = el("output").class(class).set("aria-live", "off").text(words);
    all(vec![el("p").class("stand").child(words).maybe(stands).maybe(back).done()])
}
