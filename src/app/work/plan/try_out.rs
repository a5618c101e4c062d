//! 试一试: a copy of the sheet in which rows are changed, or the total is dragged to a band, to see what would follow.
//! Nothing of it is kept until it is taken over.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::announced::announced;
use crate::app::part::control::control;
use crate::app::part::html::{El, Event, all, button, el, live, nothing};
use crate::app::part::sheet_editor::SheetEditor;
use crate::app::part::{label, memo};
use crate::dossier::{Sheet, Task};
use crate::packet::{facts_of, with_tasks};
use crate::plan::{Wishes, plan};
use crate::rubric::{Fact, Group, Points, Row};
use crate::score::{Answers, Report, faults, said, score, verdict_in_words};

use super::PlanPage;
use super::changes::{adopt, band_at, cost};

/// The slider's name.
const TOTAL: &str = "try-total";

pub fn try_out(page: PlanPage) -> El {
    let rubric = page.editor.rubric;
    let tried = page.tried;
    let report = Memo::new(move |_| tried.with(|it| score(rubric, &it.answers)));
    let editor = {
        let SheetEditor { state, edition, sheet, .. } = page.editor;
        SheetEditor::new(state, (edition, rubric), sheet, report, Some(tried))
    };
    // why the band cannot be reached to which the total was dragged, or what it would cost
    let told = RwSignal::new(String::new());
    // rows that are shown to be changed by hand
    let shown = RwSignal::new(Vec::<u16>::new());
    let again = move || {
        tried.set(untrack(|| page.editor.read(Sheet::clone)).unwrap_or_default());
        told.set(String::new());
    };
    // the sheet was changed: what is tried out begins from there
    let changed = memo::turns(move |_| Some(page.editor.answers()));
    Effect::new(move |before: Option<()>| {
        changed.get();
        if before.is_some() {
            untrack(again);
        }
    });
    let rows = move || {
        let cards = shown.get().into_iter().filter_map(|it| rubric.row(it)).map(|it| card(editor, it, shown).done());
        all(cards.collect())
    };
    let hint =
        "改几项看看结果，或把总分拖到一条分数线，看最省的办法。这里的改动不保存，自评表不变；合适的再列入整改清单。";
    el("section")
        .set("id", "try")
        .class("try")
        .child(el("h2").text("三、试一试"))
        .child(el("p").class("hint").text(hint))
        .child(slider(page, told))
        .child(el("p").words(move || told.get()))
        .child(pick(page, shown))
        .view(live(rows))
        .view(live(move || outcome(page, editor, again)))
        .child(announced(move || heard(page, editor, told)))
}

/// What a screen reader hears of it: why or how a band is reached, and where the points and the verdict end up.
fn heard(page: PlanPage, tried: SheetEditor, told: RwSignal<String>) -> String {
    let told = told.get();
    if page.editor.answers() == tried.answers() {
        return told;
    }
    let rubric = tried.rubric;
    let wrong = faults(rubric, &tried.answers()).into_iter().next();
    let wrong = wrong.map_or(String::new(), |it| format!("；{} {}", rubric.row_id(it.row), it.kind));
    let before = page.editor.report.with(|it| it.base);
    tried.report.with(|it| format!("{told}{before} → {} 分，{}{wrong}", it.base, verdict_in_words(it, it.settled())))
}

/// The total, to be dragged to a band; each band has a button too.
fn slider(page: PlanPage, told: RwSignal<String>) -> El {
    let rubric = page.editor.rubric;
    let bands: &'static [_] = rubric.outcomes();
    let to = move |points: Points| {
        let base = page.editor.report.with_untracked(|it| it.base);
        match band_at(bands, points).filter(|_| base < points) {
            Some(band) => reach(page, band.at_least, told),
            None => {
                page.tried.set(untrack(|| page.editor.read(Sheet::clone)).unwrap_or_default());
                told.set(String::new());
            }
        }
    };
    let total = move || page.tried.with(|it| score(rubric, &it.answers).base);
    let whole = move || u32::from(total().in_tenths() / 10);
    let most = rubric.total.in_tenths() / 10;
    let change = move |event: Event| {
        let value = browser::text_of(&event).parse().unwrap_or_default();
        to(Points::whole(value));
    };
    let marks = bands.iter().map(|it| el("option").set("value", (it.at_least.in_tenths() / 10).to_string()));
    let range = el("input")
        .set("type", "range")
        .set("id", TOTAL)
        .set("min", "0")
        .set("max", most.to_string())
        .set("step", "1")
        .set("list", "bands")
        .set("data-own", "")
        .live("aria-valuetext", move || Some(format!("{} 分", total())))
        .value(move || whole().to_string())
        .on("change", change);
    let buttons = bands.iter().rev().map(|band| {
        let words = format!("{} 分", band.at_least);
        el("button").set("type", "button").class("quiet").text(words).on("click", move |_| to(band.at_least))
    });
    el("div")
        .class("slide")
        .child(el("label").set("for", TOTAL).text("总分拖到"))
        .child(range)
        .child(el("datalist").set("id", "bands").each(marks))
        .child(el("span").class("bands").each(buttons))
}

/// Lays the cheapest way to a band over the sheet.
fn reach(page: PlanPage, target: Points, told: RwSignal<String>) {
    let rubric = page.editor.rubric;
    let Some(sheet) = untrack(|| page.editor.read(Sheet::clone)) else { return };
    let wishes = Wishes { target: Some(target), safe: false, ..sheet.work.wishes.clone() };
    let Some(plan) = plan(rubric, &sheet.answers, &wishes) else { return };
    let tasks: Vec<Task> =
        plan.changes.iter().map(|it| Task { row: it.row, to: it.to.clone(), ..Task::default() }).collect();
    let answers = with_tasks(&sheet.answers, &tasks);
    page.tried.set(Sheet { answers, ..sheet });
    told.set(match &plan.why {
        Some(why) => format!("达不到 {target} 分：{}最多到 {} 分。", why.words(rubric), plan.after),
        None => format!("最省的办法改 {} 项，{}。", tasks.len(), cost(plan.cost)),
    });
}

/// Chooses a row to be changed by hand.
fn pick(page: PlanPage, shown: RwSignal<Vec<u16>>) -> El {
    let rubric = page.editor.rubric;
    let rows = rubric.groups().flat_map(|(_, group)| group.rows.iter().map(move |row| (group, row)));
    let option = |(group, row): (&Group, &Row)| {
        let words = format!("{} {}", rubric.row_id(row.number), label::row(group, row));
        el("option").set("value", row.number.to_string()).text(words)
    };
    let choose = move |event: Event| {
        let number: u16 = browser::text_of(&event).parse().unwrap_or_default();
        if 0 < number {
            shown.update(|rows| {
                rows.retain(|it| *it != number);
                rows.push(number);
            });
        }
    };
    let field = el("select").set("id", "try-row").on("change", choose);
    let field = field.child(el("option").set("value", "0").text("选一项来改…")).each(rows.map(option));
    el("p").class("pick-row").child(el("label").set("for", "try-row").text("改一项看看 ")).child(field)
}

/// A row with its own control.
fn card(editor: SheetEditor, row: &'static Row, shown: RwSignal<Vec<u16>>) -> El {
    let number = row.number;
    let id = editor.rubric.row_id(number);
    let name = if row.content.is_empty() { &row.standard } else { &row.content };
    let points = move || {
        let score = editor.report.with(|report| report.row(number)?.score);
        score.map_or(String::new(), |it| format!("{it} 分"))
    };
    let away = move || shown.update(|rows| rows.retain(|it| *it != number));
    let legend = el("legend")
        .child(el("span").class("no").text(id.as_str()))
        .child(el("span").class("name").text(name.as_str()))
        .child(el("span").class("pts").words(points));
    el("fieldset")
        .class("row trying")
        .child(legend)
        .child(el("div").class("ask").each(control(editor, row).into_iter()))
        .child(button("link", "收起", away).set("aria-label", format!("收起 {id}")))
}

/// What is changed, and what would follow from it.
fn outcome(page: PlanPage, editor: SheetEditor, again: impl Fn() + Copy + 'static) -> AnyView {
    let rubric = page.editor.rubric;
    let (now, then) = (page.editor.answers(), editor.answers());
    let rows = differing(rubric.rows().map(|it| it.number), &now, &then);
    if rows.is_empty() {
        return el("p").class("hint").text("还没有改动。").done();
    }
    let (before, after) = (score(rubric, &now), score(rubric, &then));
    let line = |number: &u16| {
        let words = |report: &Report<'_>, answers| report.row(*number).map(|it| said(it, answers));
        let (from, to) = (words(&before, &now).unwrap_or_default(), words(&after, &then).unwrap_or_default());
        el("li").child(el("b").text(rubric.row_id(*number))).text(format!(" {from} → {to}"))
    };
    let list = el("ul").class("changed").each(rows.iter().map(line));
    let vetoes = super::veto_words(&after);
    let vetoes = if vetoes.is_empty() { "没有否决项".to_owned() } else { vetoes };
    let verdict = verdict_in_words(&after, after.settled());
    let total = el("p").class("totals").child(el("b").text(format!("{} → {} 分", before.base, after.base)));
    let wrong = faults(rubric, &then).into_iter().find(|it| rows.contains(&it.row));
    let wrong = wrong.map(|it| el("p").class("wrong").text(format!("{} {}", rubric.row_id(it.row), it.kind)));
    let may = wrong.is_none();
    let to: Vec<(u16, Vec<(Fact, i64)>)> =
        rows.iter().map(|it| (*it, facts_of(&then, *it))).filter(|it| !it.1.is_empty()).collect();
    let take = move || {
        adopt(page, to.clone(), None);
        again();
    };
    let links = el("p")
        .class("links")
        .child(button("btn small", "列入整改清单", take).flag("disabled", !may))
        .child(button("quiet", "不要了", again));
    let body = vec![
        total.done(),
        el("p").text(format!("{verdict}；{vetoes}{}。", super::far(&after))).done(),
        list.done(),
        wrong.map_or_else(nothing, El::done),
        links.done(),
    ];
    el("div").class("tried").view(all(body)).done()
}

/// The rows of which the two say something else.
fn differing(rows: impl Iterator<Item = u16>, now: &Answers, then: &Answers) -> Vec<u16> {
    rows.filter(|it| now.row(*it).given() != then.row(*it).given()).collect()
}
