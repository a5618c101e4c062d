//! The choice of the left and the right record: saved on this machine, received, or pasted here.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::carry::enter;
use crate::app::part::html::{El, Event, el, live, nothing};
use crate::carrier::{InPart, lost_in_words};
use crate::compare::Side;
use crate::days;
use crate::dossier::{Dossier, Listed};

use super::{Chosen, ComparePage, RESULT, names};

pub fn choose(page: ComparePage) -> El {
    el("div").class("sides noprint").child(side(page, Side::Left)).child(side(page, Side::Right))
}

fn side(page: ComparePage, side: Side) -> El {
    let (title, name, list, fields) = match side {
        Side::Left => ("左边一份", "left-name", "left-from", ["left-text", "left-file"]),
        Side::Right => ("右边一份", "right-name", "right-from", ["right-text", "right-file"]),
    };
    let take = move |InPart { records, lost }: InPart| {
        let (n, at) = (records.len(), page.taken_in(records));
        page.refused.set(lost_in_words(&lost));
        page.choose(side, &format!("r{at}"));
        page.choice
            .update(|choice| choice.sides.of_mut(side).iter_mut().for_each(|it| it.n_beside = n.saturating_sub(1)));
        page.offered.update(|it| *it = !*it);
        // the field in which it was opened is folded away now, so the focus moves on
        let both = page.choice.with_untracked(|it| it.sides.left.is_some() && it.sides.right.is_some());
        browser::after(0, move || browser::focus(&format!("#{}", if both { RESULT } else { list })));
    };
    let write = move |event: Event| {
        if !browser::is_composing(&event) {
            let text = browser::text_of(&event);
            // leaving a field reports its text once more, unchanged; nothing may be rebuilt then, while the button
            // for which it was left is being pressed
            if page.choice.with_untracked(|it| it.name(side) != text) {
                page.choice.update(|it| *it.names.of_mut(side) = Some(text));
            }
        }
    };
    let named = move || page.choice.with(|it| it.name(side));
    let field = el("input").set("type", "text").set("id", name).set("autocomplete", "off").set("data-own", "");
    // once there is a record, the fields to paste or open one are folded away
    let empty = move || page.choice.with(|it| it.sides.of(side).is_none()).then(String::new);
    let paste = el("details").live("open", empty);
    el("fieldset")
        .class("side")
        .child(el("legend").text(title))
        .child(el("label").class("plain").set("for", name).text("怎么称呼"))
        .child(field.value(named).on("input", write).on("change", write))
        .child(el("label").class("plain").set("for", list).text("选择一份"))
        .view(live(move || from(page, side, list).done()))
        .view(live(move || {
            page.choice.with(|choice| choice.sides.of(side).as_ref().map_or_else(nothing, |it| about(page, it).done()))
        }))
        .child(
            paste
                .child(el("summary").text("粘贴自评码、链接，或打开文件"))
                .child(enter::field(page.state, fields, "打开", take)),
        )
}

/// The list of all there is to choose from. It is rebuilt when there is more, not when something was chosen.
fn from(page: ComparePage, side: Side, id: &'static str) -> El {
    page.offered.track();
    let in_short = |it: &Dossier, day: Option<&str>| names::record(page.state.edition_of(it), it, day);
    let mut options = vec![(String::new(), "请选择".to_owned())];
    page.choice.with_untracked(|choice| {
        for (at, record) in choice.pool.iter().enumerate() {
            let day = record.day.map(days::print);
            options.push((format!("r{at}"), format!("收到的：{}", in_short(&record.dossier, day.as_deref()))));
        }
    });
    for found in page.state.list() {
        if let Listed::Good { id, envelope, .. } = found
            && envelope.dossier.binned.is_none()
        {
            let written = browser::date(Some(envelope.written));
            options.push((format!("d{id}"), format!("本机：{}", in_short(&envelope.dossier, Some(&written)))));
        }
    }
    for at in (1..options.len()).rev() {
        let n = options[..at].iter().filter(|it| it.1 == options[at].1).count();
        if 0 < n {
            options[at].1.push_str(&format!("，第 {} 份", n + 1));
        }
    }
    let chosen = page.choice.with_untracked(|choice| choice.sides.of(side).as_ref().map(|it| it.value.clone()));
    let chosen = chosen.unwrap_or_default();
    let options = options
        .into_iter()
        .map(|(value, words)| el("option").flag("selected", value == chosen).set("value", value).text(words));
    el("select").set("id", id).each(options).on("change", move |event| page.choose(side, &browser::text_of(&event)))
}

fn about(page: ComparePage, chosen: &Chosen) -> El {
    let beside = match chosen.n_beside {
        0 => String::new(),
        n => format!("。一起打开的还有 {n} 份，可以在“选择一份”里换"),
    };
    el("p").class("chosen").text(format!("{}{beside}", chosen.in_words(page.state.edition_of(&chosen.dossier))))
}
