//! The table of the desk: what is shown of it, in which order.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, Event, all, button, el, live, nothing};
use crate::days;
use crate::desk::{Desk, DeskColumn, Entry, Filter, Repeated, Standing};
use crate::spreadsheet::{Cell, decimal};

use super::{DeskPage, LINES, heading, one};

/// So many lines are drawn before the browser may do something else.
const AT_ONCE: usize = 25;

/// The columns that a screen has room for; the exported files have all.
const COLUMNS: [DeskColumn; 11] = [
    DeskColumn::Unit,
    DeskColumn::Annex,
    DeskColumn::Occupation,
    DeskColumn::Points,
    DeskColumn::Low,
    DeskColumn::High,
    DeskColumn::FilingVetoes,
    DeskColumn::WorkVetoes,
    DeskColumn::Verdict,
    DeskColumn::Route,
    DeskColumn::Repeated,
];

/// The fields that filter the lines. They are rebuilt with every batch, and show the filter that applies.
pub fn filters(page: DeskPage) -> El {
    let now = page.filter.get_untracked();
    let change = move |how: &dyn Fn(&mut Filter)| {
        let mut filter = page.filter.get_untracked();
        how(&mut filter);
        // leaving a field reports its text once more, unchanged
        if page.filter.with_untracked(|it| *it != filter) {
            page.lines.set(LINES);
            page.filter.set(filter);
        }
    };
    let write = move |event: Event| {
        if !browser::is_composing(&event) {
            let text = browser::text_of(&event);
            change(&|it| it.text.clone_from(&text));
        }
    };
    let words = "单位、地点、职业或编码";
    let text = el("input").set("type", "search").set("id", "of").set("data-own", "").set("placeholder", words);
    let text = text.set("aria-label", format!("筛选：{words}")).set("value", now.text.clone());
    let text = text.on("input", write).on("change", write);
    let annexes: Vec<u8> = page.state.edition().rubrics.iter().map(|it| it.annex).collect();
    let of_annex = [("全部附件".to_owned(), String::new())]
        .into_iter()
        .chain(annexes.into_iter().map(|it| (format!("附件{it}"), it.to_string())));
    let chosen = now.annex.map_or(String::new(), |it| it.to_string());
    let annex = select("附件", of_annex, &chosen, move |value| change(&|it| it.annex = value.parse().ok()));
    let of_standing = [("全部结论".to_owned(), String::new())]
        .into_iter()
        .chain(Standing::ALL.iter().zip(1..).map(|(it, n)| (it.label().to_owned(), n.to_string())));
    let chosen = now.standing.and_then(|it| Standing::ALL.iter().position(|known| *known == it));
    let chosen = chosen.map_or(String::new(), |at| (at + 1).to_string());
    let standing = select("结论", of_standing, &chosen, move |value| {
        let at = value.parse::<usize>().ok().and_then(|it| it.checked_sub(1));
        change(&|it| it.standing = at.and_then(|at| Standing::ALL.get(at)).copied());
    });
    let tick = |words: &'static str, on: bool, turn: fn(&mut Filter)| {
        let field = el("input").set("type", "checkbox").flag("checked", on).on("change", move |_| change(&turn));
        el("label").class("tick").child(field).text(words)
    };
    el("div")
        .class("filters noprint")
        .set("role", "search")
        .set("aria-label", "筛选汇总表")
        .child(text)
        .child(annex)
        .child(standing)
        .child(tick("每份只留最新", now.newest, |it| it.newest = !it.newest))
        .child(tick("只看有否决项的", now.vetoed, |it| it.vetoed = !it.vetoed))
        .child(tick("只看重复的", now.repeated, |it| it.repeated = !it.repeated))
}

fn select(
    name: &'static str,
    of: impl Iterator<Item = (String, String)>,
    now: &str,
    chosen: impl Fn(String) + 'static,
) -> El {
    let options = of.map(|(words, value)| {
        let is_chosen = value == now;
        el("option").set("value", value).flag("selected", is_chosen).text(words)
    });
    el("select").set("aria-label", name).each(options).on("change", move |event| chosen(browser::text_of(&event)))
}

pub fn list(page: DeskPage) -> AnyView {
    let shown = page.shown();
    let lines = page.lines.get();
    let (n, rest) = (shown.len(), shown.len().saturating_sub(lines));
    let head = el("thead").child(el("tr").each(COLUMNS.into_iter().map(|it| heading(page, it))));
    if n == 0 {
        return el("p").text("没有符合筛选条件的自评表。").done();
    }
    let counted =
        if rest == 0 { format!("{n} 张自评表") } else { format!("{n} 张自评表中的前 {lines} 张") };
    let standings = page.with(|it| it.standings(&shown));
    let of_each = Standing::ALL.iter().zip(standings).map(|(it, n)| format!("{} {n}", it.label()));
    let of_each = el("p").class("standings").text(format!("按结论：{}。", of_each.collect::<Vec<_>>().join("，")));
    let caption = el("caption").text(format!("汇总表，显示 {counted}"));
    let grid = drawn(page, &shown[..n - rest], el("table").class("pile").child(caption).child(head));
    let scroll = el("div").class("scroll").set("tabindex", "0").set("role", "region");
    let scroll = scroll.set("aria-label", "汇总表，可左右滚动").child(grid);
    let more = move || page.lines.update(|it| *it += 5 * LINES);
    let more = (0 < rest).then(|| {
        el("p").class("links noprint").text(format!("还有 {rest} 行，导出的表格里全部都有。")).child(button(
            "quiet",
            "再显示一些",
            more,
        ))
    });
    all(vec![of_each.done(), scroll.done(), el("div").maybe(more).done()])
}

/// The table with these lines: some, and then the others, so that the page never stands still.
fn drawn(page: DeskPage, shown: &[usize], table: El) -> El {
    let whole = page.at_once.try_update_value(std::mem::take).unwrap_or_default();
    let mut parts = shown.chunks(if whole { shown.len() } else { AT_ONCE });
    let table = table.child(part(page, parts.next().unwrap_or_default()));
    let mut waiting = Vec::new();
    let table = parts.fold(table, |table, lines| {
        let (is_time, lines) = (RwSignal::new(false), lines.to_vec());
        waiting.push(is_time);
        table.view(live(move || if is_time.get() { part(page, &lines).done() } else { nothing() }))
    });
    draw(waiting.into_iter());
    table
}

/// The next part, where the table is still there.
fn draw(mut waiting: std::vec::IntoIter<RwSignal<bool>>) {
    let Some(next) = waiting.next() else { return };
    browser::after(0, move || {
        if next.try_set(true).is_none() {
            draw(waiting);
        }
    });
}

fn part(page: DeskPage, lines: &[usize]) -> El {
    page.with(|desk| {
        let repeated = desk.repeated();
        let line = |at: &usize| line(desk, *at, repeated.get(*at).copied().unwrap_or_default());
        el("tbody").each(lines.iter().filter_map(line).collect::<Vec<_>>().into_iter())
    })
}

fn line(desk: &Desk, at: usize, repeated: Repeated) -> Option<El> {
    let entry: &Entry = desk.entries.get(at)?;
    let class = match entry.standing {
        Standing::Reached => "good",
        Standing::Vetoed => "bad",
        Standing::Below => "low",
        Standing::Incomplete => "",
    };
    let cells = COLUMNS.into_iter().map(|column| match column.cell(entry, repeated) {
        Cell::Text(unit) if column == DeskColumn::Unit => el("td").child(one::open(at, unit)),
        Cell::Empty => el("td"),
        Cell::Text(text) => el("td").text(text),
        Cell::Whole(n) => el("td").class("num").text(n.to_string()),
        Cell::Tenths(n) => el("td").class("num").text(decimal(n)),
        Cell::Day(n) => el("td").text(days::print(n)),
    });
    Some(el("tr").class(class).each(cells))
}
