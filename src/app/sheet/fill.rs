//! 自评表: one row after the other, grouped as printed, the result always in view.

use leptos::prelude::*;

use crate::app::address::SheetOf;
use crate::app::part::html::{El, Event, all, button, el, link, live as follow};
use crate::app::part::row;
use crate::app::part::sheet_editor::{HEAD, SheetEditor};
use crate::app::part::{banner, frame, label, memo, missing, room, summary, table};
use crate::app::state::Open;
use crate::app::{Address, AppPart, State, browser};
use crate::dossier::{Sheet, TEXT};
use crate::rubric::{Blank, BlankPiece, Edition, Group, Measure, Part, Rubric};
use crate::score::{Answers, Report, score, typed};

use super::{bar, pieces};

/// Under this name is kept that a person wants all rows unfolded.
const UNFOLDED: &str = "zp1/unfolded";

pub fn sheet(state: State, annex: u8, of: Option<&SheetOf>) -> AnyView {
    let Some((edition, rubric)) = state.rubric(annex) else { return missing::no_dossier(state) };
    let Some(of) = of.cloned() else { return still(state, edition, rubric) };
    let there = of.clone();
    let found = memo::number(move |_| {
        let known = |open: &Option<Open>| {
            let open = open.as_ref().filter(|it| it.id == there.dossier)?;
            open.dossier.sheet(there.sheet).filter(|it| it.annex == annex)?;
            Some(1 + u64::from(open.read_only))
        };
        state.open.with(known).unwrap_or_default()
    });
    follow(move || match found.get() {
        0 => missing::no_dossier(state),
        1 => live(state, edition, rubric, &of),
        _ => read_only(state, edition, rubric, &of),
    })
}

/// A sheet saved by a newer version of the program is not filled in here; its printed form can be looked at.
fn read_only(state: State, edition: &Edition, rubric: &'static Rubric, of: &SheetOf) -> AnyView {
    let form = link(state.href(&Address::Form(rubric.annex, of.clone())), "打印评估表");
    el("article").child(table::headline(edition, rubric)).child(el("p").class("links").child(form)).done()
}

/// The sheet as text: what the page's file holds before the app is loaded, and all there is without the app.
fn still(state: State, edition: &'static Edition, rubric: &'static Rubric) -> AnyView {
    let hint = el("p").class("hint").text("这里是评估内容。要填写，请先");
    let hint = hint.child(link(state.href(&Address::start(edition.kind(rubric.applicant))), "新建一份自评"));
    let hint = hint.text("，或从").child(link(state.href(&Address::Mine), "我的自评")).text("打开。");
    let article = el("article").child(table::headline(edition, rubric)).view(frame::boot_message(state)).child(hint);
    let mut article = article.child(table::header(rubric, None));
    for (_, group) in rubric.groups() {
        let mut section = el("section").class("group").child(heading(group));
        for row in &group.rows {
            section = section.child(row::still(state, (edition, rubric), group, row));
        }
        article = article.child(section);
    }
    el("div").class("sheet").child(article.child(table::note(rubric))).done()
}

fn live(state: State, edition: &'static Edition, rubric: &'static Rubric, of: &SheetOf) -> AnyView {
    let sheet = of.sheet;
    let report = Memo::new(move |_| {
        let scored = state.open.with(|open| Some(score(rubric, &open.as_ref()?.dossier.sheet(sheet)?.answers)));
        scored.unwrap_or_else(|| score(rubric, &Answers::default()))
    });
    let unfolded = RwSignal::new(state.shelf(|shelf| shelf.store.get(UNFOLDED).is_some_and(|it| !it.is_empty())));
    let editor = SheetEditor::new(state, (edition, rubric), sheet, report, None);
    let home = state.href(&Address::Dossier(Some(of.dossier.clone())));
    let unit = move || state.open.with(|open| open.as_ref().map_or("", |it| label::unit(&it.dossier)).to_owned());
    let crumb = el("p").class("crumb").child(el("a").set("href", home.clone()).words(unit));
    let unfold = button("quiet unfold", "全部展开", move || {
        let all = !unfolded.get_untracked();
        unfolded.set(all);
        // where nothing can be kept, it is as the person wants it on this page only
        let _ = state.shelf(|it| it.store.set(UNFOLDED, if all { "1" } else { "" }));
    });
    let unfold = unfold.live("aria-pressed", move || Some(unfolded.get().to_string()));
    let head = el("div").class("tops").child(crumb).child(unfold);
    let mut article = el("article").child(head).child(table::headline(edition, rubric)).maybe(blanks(editor));
    let drawn = pieces::pieces(state, rubric);
    for (n, (_, group)) in rubric.groups().enumerate() {
        let rows = move || all(group.rows.iter().map(|it| row::row(editor, group, it, unfolded).done()).collect());
        let section = el("section").class("group").set("id", bar::group_id(group)).child(heading(group));
        article = article.child(section.view(drawn.piece(n, rows)));
    }
    // what stands beside rows that count people and equipment
    if state.open.with_untracked(|open| open.as_ref().is_some_and(|it| !it.dossier.roster.is_empty())) {
        state.fetch_ahead(AppPart::Roster);
    }
    // what Ctrl+P prints
    state.fetch_ahead(AppPart::Form);
    let backup = banner::backup(state, move || report.with(Report::is_complete));
    let form = state.href(&Address::Form(rubric.annex, of.clone()));
    let share = state.href(&Address::Share(Some(of.dossier.clone()), Some(of.sheet)));
    let links = el("p").class("links").child(link(form, "打印评估表")).child(link(share, "分享"));
    let versions = state.href(&Address::Versions(Some(of.clone())));
    let links = links.child(link(state.href(&Address::Plan(Some(of.clone()))), "整改清单"));
    let links = links.child(link(versions, "历次版本")).child(link(home, "返回档案"));
    el("div")
        .class("sheet")
        .child(article.child(table::note(rubric)))
        .child(summary::summary(report, links, backup, drawn.last()))
        .child(bar::bar(editor))
        .done()
}

fn heading(group: &Group) -> El {
    let points = group.points.map(|it| el("span").class("pts").text(format!("{it} 分")));
    el("h2").text(group.name.as_str()).maybe(points)
}

/// The printed header's blanks, and for an occupation its code and levels.
fn blanks(editor: SheetEditor) -> Option<El> {
    if editor.rubric.part == Part::Public {
        return None;
    }
    let mut at = 0;
    let lines = editor.rubric.header.iter().map(|line| {
        let mut label = "";
        line.iter().fold(el("p"), |all, piece| match piece {
            BlankPiece::Text(text) => {
                label = text;
                all.child(el("span").text(text.as_str()))
            }
            BlankPiece::Blank(kind) => {
                at += 1;
                let name = label.trim_start_matches(['人', '，', '、']).trim_end_matches([':', '：']);
                all.each(blank(editor, at - 1, *kind, name).into_iter())
            }
        })
    });
    let code = text(editor, HEADER, "职业编码", "6-18-01-01", |it| &mut it.occupation_code);
    let levels = text(editor, HEADER + 1, "级别", "5、4、3", |it| &mut it.levels);
    Some(el("div").class("lines fill").each(lines).child(el("p").child(code).child(levels)))
}

/// The number of the header's first field for undoing; fields of rows have lower numbers.
const HEADER: u32 = 1 << 31;

/// A field for a text on the sheet.
fn text(
    editor: SheetEditor,
    field: u32,
    name: &'static str,
    hint: &'static str,
    of: fn(&mut Sheet) -> &mut String,
) -> El {
    let value = move || editor.read_of(HEAD, |it| of(&mut it.clone()).clone()).unwrap_or_default();
    let write = move |event: Event| {
        if !browser::is_composing(&event) {
            let text = browser::text_of(&event);
            editor.type_in(field, |it| *of(it) = text);
        }
    };
    let input = el("input").set("type", "text").set("autocomplete", "off").set("placeholder", hint).value(value);
    let input = input.on("input", write).on("change", write);
    el("label").class("plain").text(name).child(input).child(room::counted(TEXT, value))
}

/// A blank of the printed header.
fn blank(editor: SheetEditor, at: usize, kind: Blank, name: &str) -> [El; 2] {
    let wrong = RwSignal::new(String::new());
    let take = move |event: Event| {
        if browser::is_composing(&event) {
            return;
        }
        let text = browser::text_of(&event);
        let refused = match kind {
            Blank::Text => None,
            Blank::Count | Blank::Part => typed(Measure::Whole, &text).err(),
        };
        wrong.set(refused.map_or(String::new(), |it| it.to_string()));
        if refused.is_none() {
            editor.type_in(HEADER + 2 + at as u32, |it| it.set_blank(at, text));
        }
    };
    let (class, mode) = match kind {
        Blank::Text => ("name", "text"),
        Blank::Count | Blank::Part => ("head", "numeric"),
    };
    let field = el("input").set("type", "text").class(class).set("inputmode", mode).set("autocomplete", "off");
    let field = field.set("aria-label", name).value(move || editor.text_of(HEAD, |it| it.blank(at)));
    let field = field.live("aria-invalid", move || wrong.with(|it| !it.is_empty()).then(|| "true".to_owned()));
    let told = el("span").alert(move || wrong.get());
    let told = el("span").child(told).child(room::counted(TEXT, move || editor.text_of(HEAD, |it| it.blank(at))));
    [field.on("input", take).on("change", take), told]
}
