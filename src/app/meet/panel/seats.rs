//! The seats: who sits there with which sheet, and the fields through which further records come in.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::announced::announced;
use crate::app::part::carry::enter;
use crate::app::part::carry::received::{keep, received};
use crate::app::part::html::{El, Event, all, button, el, live, nothing};
use crate::app::part::label;
use crate::carrier::{InPart, Record, lost_in_words};
use crate::compare::{Join, Panel, SEATS};
use crate::dossier::{Dossier, Sheet, cleaned_text};
use crate::rubric::{Measure, Points};
use crate::score::{in_one_sentence, score, typed};

use super::joining::{put, refused, sit};
use super::{PanelPage, near};

pub fn seats(page: PanelPage) -> El {
    let list = move || {
        page.turned.track();
        untrack(|| taken(page))
    };
    el("section")
        .class("seats noprint")
        .view(live(list))
        .view(live(move || done(page)))
        .child(announced(move || page.steps.with(|steps| steps.last().map(|it| it.0.clone()).unwrap_or_default())))
        .view(live(move || near::asked(page)))
        .view(live(move || coming(page)))
        .view(live(move || {
            page.turned.track();
            untrack(|| near::blank(page))
        }))
}

/// The list of the seats that are taken.
fn taken(page: PanelPage) -> AnyView {
    let rubric = page.rubric();
    let (title, seats) = page.panel.with(|panel| {
        let unit = if panel.unit.is_empty() { String::new() } else { format!("{}　", panel.unit) };
        let sheet = Sheet {
            blanks: vec![panel.subject.occupation.clone()],
            occupation_code: panel.subject.code.clone(),
            ..Sheet::default()
        };
        let called = rubric.map_or(String::new(), |(_, rubric)| label::called(rubric, &sheet));
        let n = panel.seats.len();
        let title = if n == 0 { "席位".to_owned() } else { format!("{unit}{called}　{n} 席") };
        (title, panel.seats.clone())
    });
    let items = seats.into_iter().enumerate().map(|(at, seat)| {
        let id = format!("seat-{at}");
        let write = move |event: Event| {
            if !browser::is_composing(&event) {
                let name = cleaned_text(browser::text_of(&event));
                // leaving a field reports its text once more, unchanged
                if page.panel.with_untracked(|panel| panel.seats.get(at).is_some_and(|it| it.name != name)) {
                    page.edit(|panel| {
                        if let Some(seat) = panel.seats.get_mut(at) {
                            seat.name = name;
                        }
                    });
                }
            }
        };
        let value = move || page.panel.with(|panel| panel.seats.get(at).map_or(String::new(), |it| it.name.clone()));
        let field =
            el("input").set("type", "text").set("id", id.clone()).set("autocomplete", "off").set("data-own", "");
        let field = field.value(value).on("input", write).on("change", write);
        let sentence = rubric.map_or(String::new(), |it| in_one_sentence(&score(it.1, &seat.sheet.answers)));
        let of = format!("第 {} 席“{}”", at + 1, seat.name);
        let replace = move || {
            page.replacing.set(Some(at));
            browser::after(0, || browser::focus("#seat-text"));
        };
        let gone = of.clone();
        let remove = move || {
            page.replacing.set(None);
            page.risk(format!("已移除{gone}"), |panel| {
                panel.seats.remove(at);
                if panel.seats.is_empty() && panel.agreed.is_empty() {
                    *panel = Panel::default();
                }
            });
            browser::after(0, || browser::focus("#seats"));
        };
        let links = el("p")
            .class("links")
            .child(button("link", "换一份", replace).set("aria-label", format!("{of}换一份")))
            .child(button("link danger", "移除", remove).set("aria-label", format!("移除{of}")));
        let same = page.panel.with_untracked(|it| it.same_as(at));
        let same = same.map(|it| el("p").class("wrong").text(format!("各项填写与第 {} 席完全相同。", it + 1)));
        el("li")
            .child(el("label").set("for", id).text(format!("第 {} 席", at + 1)))
            .child(field)
            .child(el("p").text(format!("{sentence}。")))
            .maybe(same)
            .child(links)
    });
    all(vec![
        el("h2").set("id", "seats").set("tabindex", "-1").text(title).done(),
        el("ol").class("seated").each(items).done(),
    ])
}

/// What was done last, with a button to undo it.
fn done(page: PanelPage) -> AnyView {
    let (n, last) = page.steps.with(|steps| (steps.n_steps(), steps.last().map(|step| step.0.clone())));
    let Some(words) = last else { return nothing() };
    let undo = move || {
        page.undo();
        browser::after(0, || browser::focus("#seats"));
    };
    let name = if n == 1 { "撤销".to_owned() } else { format!("撤销（可退 {n} 步）") };
    let undo = button("quiet", "", undo).text(name);
    el("p").class("undo").text(format!("{words}。")).child(undo).done()
}

/// The fields through which records come in.
fn coming(page: PanelPage) -> AnyView {
    page.turned.track();
    let n = page.panel.with_untracked(|it| it.seats.len());
    let replacing = page.replacing.get().filter(|it| *it < n);
    let told = el("p").set("id", "seat-told").alert(move || page.told.get());
    if replacing.is_none() && *SEATS.end() <= n {
        return all(vec![told.done(), el("p").class("hint").text(format!("已有 {n} 席，合议最多 {n} 人。")).done()]);
    }
    let title = match replacing {
        Some(at) => format!("第 {} 席换成另一份", at + 1),
        None if n == 0 => "加入第 1 席：放入一份自评，它决定这次合议哪一张表".to_owned(),
        None => format!("加入第 {} 席", n + 1),
    };
    let asked = page.asked.get();
    let asked_none = asked.is_empty();
    // what became of the last record stands above the fields for the next
    let mut parts = vec![told.done(), el("h3").text(title).done()];
    if !asked.is_empty() {
        let options = asked.into_iter().map(|record| {
            let words = named(page, &record);
            el("li").child(button("quiet", "", move || sit(page, &record)).text(words))
        });
        parts.push(el("p").text("里面有几张表，请选一张：").done());
        parts.push(el("ul").class("asked").each(options).done());
    }
    let came_in = received();
    if !came_in.is_empty() && replacing.is_none() {
        let take = move || {
            let records = received();
            keep(Vec::new());
            came(page, records);
        };
        parts.push(el("p").class("links").child(button("quiet", "加入刚打开的那份", take)).done());
    }
    let words = if replacing.is_some() { "换成这一份" } else { "加入" };
    let take = move |opened: InPart| {
        came(page, opened.records);
        page.told.update(|told| told.insert_str(0, &lost_in_words(&opened.lost)));
    };
    let field = enter::field(page.state, ["seat-text", "seat-file"], words, take);
    let stay = move || {
        page.replacing.set(None);
        browser::after(0, || browser::focus("#seats"));
    };
    if replacing.is_some() {
        parts.push(el("p").child(button("link", "不换了", stay)).done());
    }
    // once there are enough seats, the fields to add one are folded away
    let spare = replacing.is_none() && asked_none && SEATS.start() <= &n;
    let field = if spare { el("details").child(el("summary").text("再加一席")).child(field) } else { field };
    parts.push(field.done());
    all(parts)
}

/// A sheet in words, to choose by.
fn named(page: PanelPage, record: &Record) -> String {
    let edition = page.state.edition_of(&record.dossier);
    let sheet = record.dossier.sheets.first();
    let rubric = sheet.and_then(|it| Some((it, edition.rubric(it.annex)?)));
    rubric.map_or(String::new(), |(sheet, rubric)| {
        let sentence = in_one_sentence(&score(rubric, &sheet.answers));
        format!("{}（{}）：{sentence}", label::called(rubric, sheet), label::unit(&record.dossier))
    })
}

/// Records came in: one sheet of them takes a seat, if there is one that can.
fn came(page: PanelPage, records: Vec<Record>) {
    let mut each: Vec<Record> = Vec::new();
    for record in records {
        for sheet in &record.dossier.sheets {
            let dossier = Dossier { sheets: vec![sheet.clone()], ..record.dossier.clone() };
            each.push(Record { dossier, ..record.clone() });
        }
    }
    page.asked.set(Vec::new());
    page.near.set(None);
    if each.is_empty() {
        return refused(page, "里面没有自评表");
    }
    let annex = page.panel.with_untracked(|it| it.subject.annex);
    let fits: Vec<Record> = each.iter().filter(|it| may(page, it).is_taken()).cloned().collect();
    match fits.as_slice() {
        [] => {
            if let Some(record) = each.iter().find(|it| !near::names(page, it).is_empty()) {
                page.told.set(String::new());
                return page.near.set(Some(record.clone()));
            }
            // says why of the sheet that comes nearest to the panel's
            let nearest = each.iter().find(|it| it.dossier.sheets[0].annex == annex).or(each.first());
            if let Some(record) = nearest {
                refused(page, &may(page, record).to_string());
            }
        }
        [only] => sit(page, only),
        _ => page.asked.set(fits),
    }
}

/// Whether a record of one sheet may take the seat that is meant.
fn may(page: PanelPage, record: &Record) -> Join {
    let mut panel = page.panel.get_untracked();
    put(page, &mut panel, record)
}

/// The field for how far apart points may lie.
pub fn limit(page: PanelPage) -> El {
    let wrong = RwSignal::new(String::new());
    let refuse = move |why: &str| {
        let kept = page.panel.with_untracked(|it| it.limit);
        wrong.set(format!("{why}；仍按 {kept} 分"));
    };
    let take = move |event: Event| match typed(Measure::Points, &browser::text_of(&event)) {
        Ok(Some(tenths)) => {
            wrong.set(String::new());
            let limit = Points::tenths(u16::try_from(tenths).unwrap_or(u16::MAX));
            if page.panel.with_untracked(|it| it.limit != limit) {
                page.risk(format!("限值已改为 {limit} 分"), |it| it.limit = limit);
                browser::after(0, || browser::focus("#limit"));
            }
        }
        Ok(None) => refuse("请填数字"),
        Err(why) => refuse(&why.to_string()),
    };
    let limit = page.panel.with_untracked(|it| it.limit.to_string());
    let field =
        el("input").set("type", "text").set("id", "limit").set("inputmode", "decimal").set("autocomplete", "off");
    let field = field.set("data-own", "").set("aria-describedby", "limit-wrong").value(move || limit.clone());
    el("p")
        .class("limit noprint")
        .child(el("label").set("for", "limit").text("得分相差超过"))
        .child(field.on("change", take))
        .child(el("span").text("分的项需要合议"))
        .child(el("span").set("id", "limit-wrong").alert(move || wrong.get()))
}
