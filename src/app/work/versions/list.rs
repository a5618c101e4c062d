//! The versions in a table, the latest first, with what can be done with each.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, Event, button, el, live};
use crate::app::part::memo;
use crate::score::verdict_in_words;

use super::{SheetState, VersionsPage, day, unnamed};

pub fn list(page: VersionsPage, may_edit: bool) -> El {
    // a name being typed leaves the table as it is
    let turned = memo::turns(move |_| {
        page.read(|sheet| {
            let kept = sheet.work.versions.iter().map(|it| (it.made, it.answers.clone()));
            (sheet.answers.clone(), kept.collect::<Vec<_>>())
        })
    });
    el("div").view(live(move || {
        turned.get();
        let states = untrack(|| page.read(|it| page.states(it))).unwrap_or_default();
        table(page, &states, may_edit).done()
    }))
}

fn table(page: VersionsPage, states: &[SheetState], may_edit: bool) -> El {
    let heads = ["版本", "保存时间", "得分", "结论", "已评"]
        .map(|it| el("th").set("scope", "col").set("role", "columnheader").text(it));
    let line = el("tr").set("role", "row").each(heads.into_iter());
    let line = if may_edit {
        line.child(el("th").set("scope", "col").set("role", "columnheader").class("noprint").text("操作"))
    } else {
        line
    };
    let now = states.len().saturating_sub(1);
    let lines = states.iter().enumerate().rev().map(|(at, state)| row(page, at, state, may_edit, at == now));
    el("table")
        .class("grid kept")
        .set("role", "table")
        .child(el("caption").text("各版本的得分和结论，最近的在前"))
        .child(el("thead").set("role", "rowgroup").child(line))
        .child(el("tbody").set("role", "rowgroup").each(lines.collect::<Vec<_>>().into_iter()))
}

fn row(page: VersionsPage, at: usize, state: &SheetState, may_edit: bool, now: bool) -> El {
    let report = &state.report;
    let cell =
        |head: &str, text: String| el("td").set("role", "cell").set("data-head", head).child(el("span").text(text));
    let about = el("th").set("scope", "row").set("role", "rowheader");
    let about = if now || !may_edit {
        about.text(state.name.as_str())
    } else {
        about.each(named(page, at, &state.name).into_iter())
    };
    let line = el("tr")
        .set("role", "row")
        .child(about)
        .child(cell("保存时间", day(state)))
        .child(cell("得分", format!("{} 分", report.base)))
        .child(cell("结论", verdict_in_words(report, report.settled())))
        .child(cell("已评", format!("{} / {} 项", report.n_answered(), report.n_asked())));
    match may_edit {
        true if now => line.child(el("td").set("role", "cell").class("noprint empty")),
        true => line.child(acts(page, at, state)),
        false => line,
    }
}

/// The name as a field: a version is renamed where it stands.
fn named(page: VersionsPage, at: usize, name: &str) -> [El; 2] {
    let value = move || {
        let name = page.read(|sheet| sheet.work.versions.get(at).map(|it| it.name.clone()));
        name.flatten().unwrap_or_default()
    };
    let write = move |event: Event| {
        if !browser::is_composing(&event) {
            let text = browser::text_of(&event);
            // beyond the numbers of the fields on the sheet itself
            let field = u64::from(page.sheet) << 32 | 1 << 29 | at as u64;
            page.state.type_in(page.of, field, |dossier| {
                let version = dossier.sheet_mut(page.sheet).and_then(|it| it.work.versions.get_mut(at));
                version.into_iter().for_each(|it| it.name.clone_from(&text));
            });
        }
    };
    let field = el("input")
        .set("type", "text")
        .set("id", format!("v-{at}"))
        .set("autocomplete", "off")
        .set("aria-label", format!("版本名称：{name}"))
        .set("placeholder", unnamed())
        .value(value)
        .on("input", write)
        .on("change", write);
    // a field without a name would be empty on paper
    let on_paper =
        el("span").class("named").words(move || Some(value()).filter(|it| !it.is_empty()).unwrap_or_else(unnamed));
    [field, on_paper]
}

fn acts(page: VersionsPage, at: usize, state: &SheetState) -> El {
    let name = format!("{} {}", state.name, day(state));
    let before = format!("回到“{}”之前", state.name);
    let told = format!("已回到“{}”，原来的填写保存为“{before}”。", state.name);
    let back = move || {
        if page.state.once() {
            page.edit(|it| it.go_back(at, before.clone(), browser::now()));
            page.state.tell_with(told.clone(), Arc::new(move || page.state.undo_in(page.of)));
        }
    };
    let remove = move || {
        if page.state.once() {
            page.edit(|sheet| {
                if at < sheet.work.versions.len() {
                    sheet.work.versions.remove(at);
                }
            });
            page.state.tell_with("已删除一个版本。".to_owned(), Arc::new(move || page.state.undo_in(page.of)));
        }
    };
    let compare = move || {
        page.pair.set([at, usize::MAX]);
        browser::after(0, || browser::focus("#two"));
    };
    el("td")
        .set("role", "cell")
        .class("noprint acts")
        .child(button("link", "与现在比对", compare).set("aria-label", format!("与现在比对：{name}")))
        .child(button("link", "回到这一版", back).set("aria-label", format!("回到这一版：{name}")))
        .child(button("link", "删除", remove).set("aria-label", format!("删除：{name}")))
}
