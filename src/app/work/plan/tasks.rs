//! 整改清单: what was decided to be mended, who does it, until when, how far it is; what is done proposes the new answer.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::announced::announced;
use crate::app::part::html::{El, Event, all, button, el, live, nothing};
use crate::app::part::{label, memo, room};
use crate::days::{self, Day};
use crate::dossier::{Sheet, TEXT, Task, TaskState};
use crate::order;
use crate::packet::{TaskOutcome, task_outcome, what_to_do, with_tasks};
use crate::rubric::{Blocks, Row};
use crate::score::{Answers, faults_of, score, verdict_in_words};

use super::PlanPage;

/// The numbers of a task's fields for undoing; no fact has them.
const WHO: u32 = 252;
const DUE: u32 = 253;

/// What the list is ordered by first.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TaskOrder {
    Veto,
    Due,
    Row,
    State,
    Who,
}

impl TaskOrder {
    const ALL: [(TaskOrder, &'static str); 5] = [
        (TaskOrder::Veto, "否决项在先"),
        (TaskOrder::Due, "按期限"),
        (TaskOrder::Row, "按编号"),
        (TaskOrder::State, "按状态"),
        (TaskOrder::Who, "按责任人"),
    ];
}

pub fn tasks(page: PlanPage) -> El {
    let editor = page.editor;
    let rows = move || editor.read(|it| it.work.tasks.iter().map(|task| task.row).collect::<Vec<_>>());
    // while somebody types a date the lines stay where they are
    let turns = memo::turns(move |_| Some((rows(), page.order.get(), page.sorted.get())));
    let list = move || {
        turns.get();
        let ordered = untrack(|| ordered(page));
        if ordered.is_empty() {
            let words = "还没有。采用上面的一份方案，或在“试一试”里改好再列入。";
            return el("p").class("hint").text(words).done();
        }
        let lines: Vec<AnyView> = ordered.into_iter().filter_map(|it| line(page, it)).map(El::done).collect();
        all(lines)
    };
    let none = move || editor.read(|it| it.work.tasks.is_empty()).unwrap_or(true);
    let sum = move || if none() { nothing() } else { sum(page) };
    el("section")
        .class("noprint tasks")
        .child(el("h2").set("id", "tasks").set("tabindex", "-1").text("四、整改清单"))
        .view(live(sum))
        .child(el("p").class("orders").live("hidden", move || none().then(String::new)).each(orders(page)))
        .view(live(list))
}

fn orders(page: PlanPage) -> impl Iterator<Item = El> {
    let choose = move |event: Event| {
        let at: usize = browser::text_of(&event).parse().unwrap_or_default();
        if let Some((order, _)) = TaskOrder::ALL.get(at) {
            page.order.set(*order);
        }
    };
    let options =
        TaskOrder::ALL.iter().enumerate().map(|(at, it)| el("option").set("value", at.to_string()).text(it.1));
    let field = el("select").set("id", "task-order").on("change", choose).each(options);
    let again = move || page.sorted.update(|it| *it = !*it);
    let label = el("label").set("for", "task-order").text("排列 ");
    [label, field, button("link", "重新排列", again)].into_iter()
}

/// The rows of the tasks in the order that is chosen; what is equal goes by veto, date and row.
pub fn ordered(page: PlanPage) -> Vec<u16> {
    let rubric = page.editor.rubric;
    let by = page.order.get();
    let of = |task: &Task| {
        let veto = rubric.row(task.row).map_or(2, |it| veto_rank(rubric.owner(it)));
        let due = day(&task.due).unwrap_or(u32::MAX);
        let first = match by {
            TaskOrder::Veto => (u32::from(veto), String::new()),
            TaskOrder::Due => (due, String::new()),
            TaskOrder::Row => (u32::from(task.row), String::new()),
            TaskOrder::State => (task.state as u32, String::new()),
            TaskOrder::Who => (u32::from(task.who.is_empty()), task.who.clone()),
        };
        (first, veto, due, task.row)
    };
    let mut tasks = page.editor.read(|it| it.work.tasks.clone()).unwrap_or_default();
    order::sort_by_key(&mut tasks, of);
    tasks.into_iter().map(|it| it.row).collect()
}

fn veto_rank(row: &Row) -> u8 {
    match row.veto.as_ref().map(|it| it.blocks) {
        Some(Blocks::Filing) => 0,
        Some(Blocks::Work) => 1,
        None => 2,
    }
}

/// A date in the ways in which people type one: 2026年12月10日, 2026-12-10, 2026.12.10, 2026/12/10.
pub fn day(text: &str) -> Option<u32> {
    let plain: String = text.chars().filter(|it| !it.is_whitespace()).collect();
    if let Some(day) = Day::parse(&plain) {
        return days::read(&day.iso());
    }
    let mut parts = plain.split(['-', '.', '/']).map(str::parse::<u32>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    if parts.next().is_some() {
        return None;
    }
    days::read(&format!("{year:04}-{month:02}-{day:02}"))
}

/// How many are done, and where the sheet stands once all are.
fn sum(page: PlanPage) -> AnyView {
    let rubric = page.editor.rubric;
    let words = page.editor.read(|sheet| {
        let tasks = &sheet.work.tasks;
        let n = |state| tasks.iter().filter(|it| it.state == state).count();
        let (now, then) = (score(rubric, &sheet.answers), score(rubric, &with_tasks(&sheet.answers, tasks)));
        let counts = format!(
            "共 {} 项：已办 {}，进行中 {}，未开始 {}。",
            tasks.len(),
            n(TaskState::Done),
            n(TaskState::Doing),
            n(TaskState::Open)
        );
        let vetoes = super::veto_words(&then);
        let vetoes = if vetoes.is_empty() { String::new() } else { format!("，{vetoes}") };
        format!(
            "{counts}全部办完并写入后：{} → {} 分，{}{vetoes}。",
            now.base,
            then.base,
            verdict_in_words(&then, then.settled())
        )
    });
    el("p").class("say").text(words.unwrap_or_default()).done()
}

/// Reads something of one task.
fn read<T>(page: PlanPage, row: u16, of: impl FnOnce(&Task) -> T) -> Option<T> {
    page.editor.read(|sheet| task(sheet, row).map(of)).flatten()
}

fn task(sheet: &Sheet, row: u16) -> Option<&Task> {
    sheet.work.tasks.iter().find(|it| it.row == row)
}

/// Changes one task.
fn change(sheet: &mut Sheet, row: u16, change: impl FnOnce(&mut Task)) {
    if let Some(task) = sheet.work.tasks.iter_mut().find(|it| it.row == row) {
        change(task);
    }
}

fn line(page: PlanPage, number: u16) -> Option<El> {
    let editor = page.editor;
    let rubric = editor.rubric;
    let mut all = rubric.groups().flat_map(|(_, group)| group.rows.iter().map(move |row| (group, row)));
    let (group, row) = all.find(|it| it.1.number == number)?;
    let id = rubric.row_id(number);
    let class = move || {
        let state = read(page, number, |it| it.state).unwrap_or_default();
        let class = match state {
            TaskState::Open => "row task",
            TaskState::Doing => "row task part",
            TaskState::Done => "row task good",
        };
        Some(class.to_owned())
    };
    // what the task says and what the sheet says, not who does it
    let turns = memo::turns(move |_| Some((editor.answers(), read(page, number, |it| (it.to.clone(), it.state)))));
    let told = move || {
        turns.get();
        untrack(|| editor.read(|sheet| told(page, sheet, number))).flatten().map_or_else(nothing, El::done)
    };
    let legend = el("legend")
        .child(el("span").class("no").text(id.as_str()))
        .child(el("span").class("name").text(label::row(group, row)));
    let legend = legend.maybe(row.points.map(|it| el("span").class("pts").text(format!("{it} 分"))));
    let gone = move || {
        if editor.state.once() {
            let rows = untrack(|| ordered(page));
            let next = rows.iter().skip_while(|it| **it != number).nth(1).copied();
            editor.edit(|sheet| sheet.work.tasks.retain(|it| it.row != number));
            go_to(next);
            editor.state.tell(format!("已从清单中删去 {}，可以撤销。", editor.rubric.row_id(number)));
        }
    };
    let who = text(page, number, (WHO, "责任人", ""), |it| &it.who, |it| &mut it.who);
    let due = text(page, number, (DUE, "完成期限", "如：2026年12月10日"), |it| &it.due, |it| &mut it.due);
    let wrong = move || {
        let due = read(page, number, |it| it.due.clone()).unwrap_or_default();
        let read = due.trim().is_empty() || day(&due).is_some();
        if read { String::new() } else { "看不出是哪一天，照样保存；排列时放在后面".to_owned() }
    };
    let due = due.child(el("span").class("hint").words(wrong)).child(announced(wrong));
    let remove = button("link", "删去", gone).set("aria-label", format!("从清单中删去 {id}"));
    Some(
        el("fieldset")
            .live("class", class)
            .set("id", format!("task-{number}"))
            .set("tabindex", "-1")
            .child(legend)
            .view(live(told))
            .child(el("div").class("ask").child(who).child(due).child(states(page, number)).child(remove))
            .view(live(move || {
                turns.get();
                untrack(|| editor.read(|sheet| proposal(page, sheet, number))).unwrap_or_else(nothing)
            })),
    )
}

/// What was pressed is gone: whoever works by the keyboard goes on with this task, or with the list.
fn go_to(row: Option<u16>) {
    let to = row.map_or("#tasks".to_owned(), |it| format!("#task-{it}"));
    browser::after(0, move || browser::focus(&to));
}

fn states(page: PlanPage, number: u16) -> El {
    let editor = page.editor;
    let now = move || read(page, number, |it| it.state).unwrap_or_default();
    let radios = TaskState::ALL.into_iter().map(|state| {
        let chosen = move || now() == state;
        let choose = move |_| editor.edit(|sheet| change(sheet, number, |it| it.state = state));
        let radio = el("input").set("type", "radio").set("name", format!("state-{number}")).checked(chosen);
        el("label")
            .live("class", move || chosen().then(|| "on".to_owned()))
            .child(radio.on("change", choose))
            .text(state.label())
    });
    let name = format!("{} 状态", editor.rubric.row_id(number));
    el("span").class("seg").set("role", "radiogroup").set("aria-label", name).each(radios)
}

fn text(
    page: PlanPage,
    number: u16,
    (field, name, hint): (u32, &'static str, &'static str),
    shown: fn(&Task) -> &String,
    write: fn(&mut Task) -> &mut String,
) -> El {
    let editor = page.editor;
    let value = move || read(page, number, |it| shown(it).clone()).unwrap_or_default();
    let typed = move |event: Event| {
        if !browser::is_composing(&event) {
            let text = browser::text_of(&event);
            editor.type_in(u32::from(number) << 8 | field, |sheet| change(sheet, number, |it| *write(it) = text));
        }
    };
    let input = el("input")
        .set("type", "text")
        .set("autocomplete", "off")
        .set("placeholder", hint)
        .set("aria-label", format!("{} {name}", editor.rubric.row_id(number)));
    let input = input.value(value).on("input", typed).on("change", typed);
    let label = el("label").class("count").text(format!("{name} ")).child(input);
    el("span").class("field").child(label).child(room::counted(TEXT, value))
}

/// What is to be done, and from what to what.
fn told(page: PlanPage, sheet: &Sheet, number: u16) -> Option<El> {
    let rubric = page.editor.rubric;
    let task = task(sheet, number)?;
    let outcome = task_outcome(rubric, &sheet.answers, task)?;
    let what = what_to_do(rubric, sheet, task).map(|it| el("p").class("what").child(el("b").text(it)));
    let from = format!("自评表现在：{}；办成后：{}。", outcome.now, outcome.then);
    Some(el("div").class("told-task").maybe(what).child(el("p").text(from)))
}

/// Once a task is done: the new answer for the sheet, and what became of the sheet's own in the meantime.
fn proposal(page: PlanPage, sheet: &Sheet, number: u16) -> AnyView {
    let rubric = page.editor.rubric;
    let Some(task) = task(sheet, number).filter(|it| it.state == TaskState::Done) else { return nothing() };
    let Some(outcome) = task_outcome(rubric, &sheet.answers, task) else { return nothing() };
    if outcome.written {
        return el("p").class("done").text("自评表里已经是办成后的填写。").done();
    }
    let after = with_tasks(&sheet.answers, [task]);
    let wrong = rubric.row(number).and_then(|row| fault(row, &after));
    let less = less(&outcome);
    let may = wrong.is_none();
    let write = move || {
        let task = untrack(|| read(page, number, Task::clone));
        if let Some(task) = task {
            page.editor.edit(|sheet| sheet.answers = with_tasks(&sheet.answers, [&task]));
            page.editor.state.tell(format!("{} 已写入自评表，可以撤销。", page.editor.rubric.row_id(number)));
            go_to(Some(number));
        }
    };
    let words = format!("把“{}”", outcome.then);
    let press = button("btn small", "写入自评表", write).flag("disabled", !may);
    let line = el("p").class("propose").text(words).child(press);
    all(vec![
        line.done(),
        less.map_or_else(nothing, |it| el("p").class("doubt").text(it).done()),
        wrong.map_or_else(nothing, |it| el("p").class("wrong").text(it).done()),
    ])
}

/// Why the answer cannot be right.
fn fault(row: &'static Row, after: &Answers) -> Option<String> {
    faults_of(row, after).first().map(|it| format!("写入不了：{}。", it.kind))
}

fn less(outcome: &TaskOutcome) -> Option<String> {
    (outcome.total_then < outcome.total_now).then(|| {
        let points = outcome.total_now.less(outcome.total_then);
        format!("列入清单以后自评表又改过，现在是“{}”；写入会少 {points} 分。", outcome.now)
    })
}
