//! Any two versions row by row: what changed, and why the verdict did.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, all, el, live, nothing};
use crate::app::part::label;
use crate::compare::{Both, Comparison, RowSide, change_in_words, compare};
use crate::dossier::{Sheet, Version};
use crate::rubric::Rubric;

use super::{VersionsPage, day};

pub fn two(page: VersionsPage) -> El {
    el("section").view(live(move || {
        let pair = page.pair.get();
        page.read(|sheet| of(page, sheet, pair)).flatten().unwrap_or_else(nothing)
    }))
}

/// The two sheets of a pair, past the last version what is there now. At first the last version and now.
fn of(page: VersionsPage, sheet: &Sheet, [left, right]: [usize; 2]) -> Option<AnyView> {
    let states = page.states(sheet);
    let now = states.len() - 1;
    if now == 0 {
        return None;
    }
    let right = right.min(now);
    let left = if now < left { now - 1 } else { left };
    let at = |at: usize| sheet.work.versions.get(at).map_or_else(|| sheet.clone(), |it| earlier(sheet, it));
    let choice = |side: usize, id: &'static str, words: &'static str, chosen: usize| {
        let options = states.iter().enumerate().rev().map(|(at, state)| {
            let words = format!("{}　{}　{} 分", state.name, day(state), state.report.base);
            el("option").flag("selected", at == chosen).set("value", at.to_string()).text(words)
        });
        let take = move |event| {
            if let Ok(at) = browser::text_of(&event).parse() {
                page.pair.update(|pair| {
                    // what is shown for the other side stays
                    *pair = [left, right];
                    pair[side] = at;
                });
                browser::after(0, move || browser::focus(&format!("#{id}")));
            }
        };
        let list = el("select").set("id", id).each(options.collect::<Vec<_>>().into_iter()).on("change", take);
        el("div").child(el("label").class("plain").set("for", id).text(words)).child(list)
    };
    let names = Both { left: states[left].name.clone(), right: states[right].name.clone() };
    let names = match names.left == names.right {
        true => Both {
            left: format!("{} {}", names.left, day(&states[left])),
            right: format!("{} {}", names.right, day(&states[right])),
        },
        false => names,
    };
    let comparison = compare(page.rubric, &at(left), &at(right));
    let words = change_in_words(&comparison, Both { left: &names.left, right: &names.right });
    Some(all(vec![
        el("h2").set("id", "two").set("tabindex", "-1").text("两个版本逐项对照").done(),
        el("div")
            .class("pair noprint")
            .child(choice(0, "left", "前一个", left))
            .child(choice(1, "right", "后一个", right))
            .done(),
        el("p").class("say").text(format!("{words}。")).done(),
        rows(page.rubric, &comparison, &names).done(),
    ]))
}

fn earlier(sheet: &Sheet, version: &Version) -> Sheet {
    Sheet { answers: version.answers.clone(), notes: version.notes.clone(), ..sheet.clone() }
}

/// The rows that are not the same.
fn rows(rubric: &'static Rubric, comparison: &Comparison<'_>, names: &Both<String>) -> El {
    let changed: Vec<_> = comparison.rows.iter().filter(|it| it.differs.in_assessment() || it.differs.note).collect();
    if changed.is_empty() {
        return el("p").class("hint").text("各项的填写、得分和备注都相同。");
    }
    let heads = ["评估内容", &names.left, &names.right];
    let heads = heads.map(|it| el("th").set("scope", "col").set("role", "columnheader").text(it));
    let lines = changed.iter().map(|pair| {
        let group = rubric.groups().map(|it| it.1).find(|it| it.rows.iter().any(|row| row.number == pair.row.number));
        let name = group.map_or("", |it| label::row(it, pair.row)).to_owned();
        let about = el("th").set("scope", "row").set("role", "rowheader");
        let about =
            about.child(el("span").class("no").text(rubric.row_id(pair.row.number))).child(el("span").text(name));
        el("tr")
            .set("role", "row")
            .child(about)
            .child(side(&names.left, &pair.sides.left))
            .child(side(&names.right, &pair.sides.right))
    });
    el("table")
        .class("grid")
        .set("role", "table")
        .child(el("caption").text(format!("不同的各项（{}）", changed.len())))
        .child(el("thead").set("role", "rowgroup").child(el("tr").set("role", "row").each(heads.into_iter())))
        .child(el("tbody").set("role", "rowgroup").each(lines.collect::<Vec<_>>().into_iter()))
}

fn side(name: &str, side: &RowSide<'_>) -> El {
    let points = side.report.score.map(|it| el("b").text(format!("{it} 分 ")));
    let veto = side.report.vetoed.then(|| el("em").class("veto").text("触发否决"));
    let note = (!side.note.trim().is_empty()).then(|| el("p").class("noted").text(format!("备注：{}", side.note)));
    let cell = el("td").set("role", "cell").set("data-head", name);
    cell.child(el("div").maybe(points).child(el("span").text(side.said.as_str())).maybe(veto).maybe(note))
}
