//! 汇总台: hundreds of records in one table, for a centre that receives them. Nothing of it is saved.

mod bring;
mod failing;
mod list;
mod one;

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::part::carry::{in_chat, known, unless_in_chat};
use crate::app::part::frame;
use crate::app::part::html::{El, Event, all, button, el, link, live, nothing};
use crate::app::{State, browser};
use crate::desk::{Desk, DeskColumn, Filter, Progress};
use crate::spreadsheet::{csv, xlsx};

/// The records on the desk and how they are shown. Everything in it is a handle, so it can be copied.
#[derive(Clone, Copy)]
struct DeskPage {
    state: State,
    desk: RwSignal<Desk>,
    /// Goes up when records were opened and the table is rebuilt, which is not after every slice.
    turned: RwSignal<u32>,
    progress: RwSignal<Progress>,
    filter: RwSignal<Filter>,
    /// The column by which the table is ordered, and whether from the largest down.
    order: RwSignal<(DeskColumn, bool)>,
    /// How many lines are shown.
    lines: RwSignal<usize>,
    /// The next table is drawn at once: somebody goes back to a line of it, or prints it.
    at_once: StoredValue<bool>,
    /// A file is being made.
    making: RwSignal<bool>,
    /// The sheet that is shown in place of the table.
    opened: RwSignal<Option<usize>>,
    /// The entries that are shown, and by what: the table and what stands below it ask one after the other.
    kept: StoredValue<Option<(ShownBy, Arc<Vec<usize>>)>>,
}

/// How many entries there are and how often the desk was turned, the filter and the order.
type ShownBy = ((usize, u32), Filter, (DeskColumn, bool));

/// How many lines are shown at first; each press of the button brings five times as many more.
const LINES: usize = 200;

pub fn desk(state: State) -> AnyView {
    let head = el("article").class("read wide desk").child(el("h1").set("tabindex", "-1").text("汇总台"));
    let lead = "把收到的自评码、自评链接、自评文件粘贴或拖到这里，汇成一张表。只在本页计算，不上传，离开本页即清空，请导出表格保存。";
    let head = head.child(el("p").class("sub").text(lead));
    if !state.live {
        return head.view(frame::boot_message(state)).done();
    }
    let page = DeskPage {
        state,
        desk: RwSignal::new(Desk::default()),
        turned: RwSignal::new(0),
        progress: RwSignal::new(Progress { done: 0, of: 0 }),
        filter: RwSignal::new(Filter::default()),
        order: RwSignal::new((DeskColumn::From, false)),
        lines: RwSignal::new(LINES),
        at_once: StoredValue::new(false),
        making: RwSignal::new(false),
        opened: RwSignal::new(None),
        kept: StoredValue::new(None),
    };
    one::follow(page);
    let head = head.on("dragover", |event: Event| event.prevent_default());
    let head = head.on("drop", move |event| bring::dropped(page, &event));
    let away = move || page.opened.get().map(|_| String::new());
    let table = move || page.opened.get().and_then(|at| one::one(page, at)).unwrap_or_else(|| body(page));
    head.child(bring::field(page).live("hidden", away)).view(live(table)).done()
}

impl DeskPage {
    fn with<T>(self, of: impl FnOnce(&Desk) -> T) -> T {
        self.desk.with_untracked(of)
    }

    /// The entries that are shown, in their order.
    fn shown(self) -> Arc<Vec<usize>> {
        let by = ((self.with(|it| it.entries.len()), self.turned.get()), self.filter.get(), self.order.get());
        let same = |(before, shown): &(ShownBy, Arc<Vec<usize>>)| (*before == by).then(|| Arc::clone(shown));
        let kept = self.kept.with_value(|it| it.as_ref().and_then(same));
        kept.unwrap_or_else(|| {
            let (_, filter, (column, falling)) = &by;
            let shown = Arc::new(self.with(|desk| {
                let mut shown = desk.shown(filter);
                desk.sort(&mut shown, *column, *falling);
                shown
            }));
            self.kept.set_value(Some((by, Arc::clone(&shown))));
            shown
        })
    }
}

/// What is on the desk, once something is.
fn body(page: DeskPage) -> AnyView {
    page.turned.track();
    let (n_records, n_sheets, n_bad) = page.with(|it| (it.n_records, it.entries.len(), it.unopened.len()));
    if n_records + n_bad == 0 {
        return nothing();
    }
    let counted = el("b").text(format!("{n_records} 份自评，{n_sheets} 张自评表，"));
    let bad = format!("{n_bad} 份未能打开");
    let counted = if n_bad == 0 { counted.text(bad) } else { counted.child(link("#unopened".to_owned(), bad)) };
    // in steps, between which the browser does what else there is to do
    let save_xlsx = move || {
        page.making.set(true);
        browser::after(0, move || {
            let tables = page.with(|it| it.tables(known(page.state), &page.shown()));
            browser::after(0, move || {
                let bytes = xlsx(&tables, &browser::made_by());
                browser::after(0, move || {
                    browser::download_bytes(&name("xlsx"), &bytes);
                    page.making.try_set(false);
                });
            });
        });
    };
    let save_csv = move || {
        let shown = page.shown();
        browser::download(&name("csv"), &page.with(|it| csv(&it.summary_table(&shown))));
    };
    let making = move || match page.making.get() {
        true => el("p").class("busy").text("正在生成表格文件").done(),
        false => nothing(),
    };
    let clear = move || {
        let before = page.desk.with_untracked(Clone::clone);
        page.desk.set(Desk::default());
        page.filter.set(Filter::default());
        page.lines.set(LINES);
        bring::may_undo(page, before);
    };
    let links = el("p").class("links noprint");
    let links = links.maybe(unless_in_chat(|| button("btn small", "导出 XLSX", save_xlsx)));
    let links = links.maybe(unless_in_chat(|| button("quiet", "导出 CSV", save_csv)));
    // paper has no button for more lines
    let print = move || {
        page.at_once.set_value(true);
        page.lines.set(usize::MAX);
        browser::after(0, browser::print);
    };
    let links = links.maybe(unless_in_chat(|| button("link", "打印", print)));
    all(vec![
        el("div").maybe(in_chat()).done(),
        el("p").set("id", "counted").child(counted.text("。")).done(),
        links.child(button("link", "清空", clear)).done(),
        el("div").set("role", "status").view(live(making)).done(),
        // nothing to filter where nothing was opened: what was not opened says why
        if n_sheets == 0 { nothing() } else { sheets(page) },
        unopened(page),
    ])
}

/// The sheets that were opened, and how they are chosen from.
fn sheets(page: DeskPage) -> AnyView {
    // which rows fail is counted once the table is there
    let failing = move || {
        page.turned.track();
        page.filter.track();
        let is_time = RwSignal::new(false);
        browser::after(0, move || {
            let _left = is_time.try_set(true);
        });
        live(move || if is_time.get() { failing::failing(page) } else { nothing() })
    };
    all(vec![list::filters(page).done(), live(move || list::list(page)), live(failing)])
}

/// `自评汇总-20261125.xlsx`.
fn name(ending: &str) -> String {
    format!("自评汇总-{}.{ending}", browser::date(None))
}

/// What could not be opened, and why.
fn unopened(page: DeskPage) -> AnyView {
    page.with(|desk| {
        if desk.unopened.is_empty() {
            return nothing();
        }
        let line = |unopened: &crate::desk::Unopened| {
            el("li")
                .child(el("b").text(format!("{} {}", unopened.from.source, unopened.from)))
                .text(format!("：{}。", unopened.reason))
                .child(el("code").text(unopened.beginning.as_str()))
        };
        let list = el("ul").class("unopened").each(desk.unopened.iter().take(LINES).map(line));
        let rest = desk.unopened.len().saturating_sub(LINES);
        let more = (0 < rest).then(|| el("p").class("hint").text(format!("还有 {rest} 条，导出的 XLSX 里全部都有。")));
        el("section")
            .child(
                el("h2")
                    .set("id", "unopened")
                    .set("tabindex", "-1")
                    .text(format!("未能打开（{}）", desk.unopened.len())),
            )
            .child(list)
            .maybe(more)
            .done()
    })
}

/// The head of a column, with a button that orders the table by it.
fn heading(page: DeskPage, column: DeskColumn) -> El {
    let sorted = move || {
        let (by, falling) = page.order.get();
        let word = if falling { "descending" } else { "ascending" };
        (by == column).then(|| word.to_owned())
    };
    let press = move || {
        page.order.update(|(by, falling)| {
            *falling = *by == column && !*falling;
            *by = column;
        });
    };
    // on paper a text in the head is repeated on each page, a button is not
    let on_paper = el("span").class("paper").text(column.title());
    el("th").set("scope", "col").live("aria-sort", sorted).child(button("link", column.title(), press)).child(on_paper)
}
