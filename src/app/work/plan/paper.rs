//! The list on paper and as files: whose it is, what is mended, who signs.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::carry::{in_chat, unless_in_chat};
use crate::app::part::html::{El, all, button, el, nothing};
use crate::app::part::{label, table};
use crate::form::file_name;
use crate::packet::{aim, plan_table, with_tasks};
use crate::score::{in_one_sentence, score, verdict_in_words};
use crate::spreadsheet::{Cell, Table, csv, decimal, xlsx};

use super::PlanPage;
use super::tasks::ordered;

/// The columns of the table that paper has room for, with their widths in percent.
const ON_PAPER: [(usize, u8); 8] = [(0, 7), (1, 24), (2, 27), (3, 7), (4, 7), (6, 8), (8, 9), (9, 11)];

/// Buttons on the screen, and what is printed; nothing while there is no task.
pub fn paper(page: PlanPage) -> AnyView {
    let editor = page.editor;
    if editor.read(|it| it.work.tasks.is_empty()).unwrap_or(true) {
        return nothing();
    }
    let save_xlsx = move || {
        browser::download_bytes(
            &name(page, "xlsx"),
            &xlsx(&listed(page).into_iter().collect::<Vec<_>>(), &browser::made_by()),
        )
    };
    let save_csv = move || browser::download(&name(page, "csv"), &listed(page).map_or_else(String::new, |it| csv(&it)));
    let links = el("p")
        .class("links noprint")
        .maybe(unless_in_chat(|| button("btn small", "打印整改清单", browser::print)))
        .maybe(unless_in_chat(|| button("quiet", "导出 XLSX", save_xlsx)))
        .maybe(unless_in_chat(|| button("quiet", "导出 CSV", save_csv)));
    all(vec![
        el("div").class("noprint").maybe(in_chat()).done(),
        links.done(),
        printed(page).map_or_else(nothing, El::done),
    ])
}

/// The list in the order of the screen, with what is to be done in words.
fn listed(page: PlanPage) -> Option<Table> {
    let editor = page.editor;
    let order = ordered(page);
    editor.read(|sheet| {
        let mut sheet = sheet.clone();
        let tasks = order.iter().filter_map(|row| sheet.work.tasks.iter().find(|it| it.row == *row).cloned());
        sheet.work.tasks = tasks.collect();
        plan_table(editor.rubric, &sheet)
    })
}

/// `整改清单-附件2 车工-20261128.xlsx`.
fn name(page: PlanPage, ending: &str) -> String {
    let editor = page.editor;
    let sheet = untrack(|| editor.read(|it| label::called(editor.rubric, it))).unwrap_or_default();
    format!("整改清单-{}-{}.{ending}", file_name(&sheet), browser::date(None))
}

fn printed(page: PlanPage) -> Option<El> {
    let editor = page.editor;
    let rubric = editor.rubric;
    let whole = listed(page)?;
    let n = editor.read(|it| it.work.tasks.len())?;
    let widths = ON_PAPER.iter().map(|it| el("col").set("width", format!("{}%", it.1)));
    let titles = ON_PAPER.iter().map(|it| el("th").set("scope", "col").text(whole.columns[it.0].title.as_str()));
    let state =
        |cells: &[Cell]| el("td").child(el("span").text(shown(&cells[9]))).child(el("br")).text(shown(&cells[10]));
    let rows = whole.rows.iter().take(n).map(|cells| {
        let plain = ON_PAPER.iter().take(ON_PAPER.len() - 1).map(|it| el("td").text(shown(&cells[it.0])));
        el("tr").each(plain).child(state(cells))
    });
    let table = el("table").class("official plan-table").child(el("colgroup").each(widths));
    let table = table.child(el("thead").child(el("tr").each(titles))).child(el("tbody").each(rows));
    let (unit, date) = editor.state.open.with(|open| {
        let dossier = &open.as_ref()?.dossier;
        Some((label::unit(dossier).to_owned(), dossier.facts.date.clone()))
    })?;
    let (called, now, then, aim) = editor.read(|sheet| {
        let then = score(rubric, &with_tasks(&sheet.answers, &sheet.work.tasks));
        let words = format!("全部办完后：{} 分，{}。", then.base, verdict_in_words(&then, then.settled()));
        let now = format!("目前：{}。", in_one_sentence(&score(rubric, &sheet.answers)));
        (label::called(rubric, sheet), now, words, aim(rubric, sheet))
    })?;
    let aim = aim.map(|it| el("p").text(format!("{it}。")));
    let paper = el("section")
        .class("plan-paper")
        .child(el("h1").text("整改清单"))
        .child(el("p").class("unit whose").text(format!("申请单位：{unit}　　{called}　　{}", rubric.title)))
        .child(el("p").text(now))
        .maybe(aim)
        .child(table)
        .child(el("p").text(then))
        .child(el("p").text("自评结果，仅供参考，非官方结论。"));
    Some(paper.child(table::signs(&date)))
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Whole(n) => n.to_string(),
        Cell::Tenths(n) => decimal(*n),
        Cell::Day(day) => crate::days::print(*day),
    }
}
