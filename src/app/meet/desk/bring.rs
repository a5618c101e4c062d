//! How records come in: pasted, dropped, or chosen as files. They are opened slice by slice, so that the page never
//! freezes.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::carry::known;
use crate::app::part::html::{El, Event, button, el, file_field, live, nothing};
use crate::carrier::is_file;
use crate::desk::Desk;
use crate::letters::PILE;

use super::DeskPage;

/// How many pieces are opened before the browser may do something else; they take some milliseconds.
const SLICE: usize = 40;

pub fn field(page: DeskPage) -> El {
    let area = el("textarea").set("id", "pile").set("rows", "4").set("data-own", "").set("spellcheck", "false");
    let typed = move || {
        let text = browser::text_in_area("pile");
        if !text.trim().is_empty() {
            browser::put_in_area("pile", "");
            take(page, "粘贴", text);
        }
    };
    let [file, label] = file_field("piles", ".json,.txt,.csv", "选择自评文件和文本文件（可以多选，也可以拖到本页）");
    let file = file.set("multiple", "");
    let busy = move || {
        let at = page.progress.get();
        if at.done == at.of {
            return nothing();
        }
        let bar = el("progress").set("max", at.of.to_string()).set("value", at.done.to_string());
        el("p")
            .class("busy")
            .child(bar.set("aria-label", "打开进度"))
            .text(format!("已打开 {} / {}", at.done, at.of))
            .done()
    };
    let undo = move || match browser_undo() {
        true => button("link", "撤销清空", move || bring_back(page)).done(),
        false => nothing(),
    };
    el("div")
        .class("pile")
        .child(
            el("label")
                .class("plain")
                .set("for", "pile")
                .text("粘贴自评码、自评链接（几百份可以一起粘贴，也可以从表格里复制）"),
        )
        .child(area)
        .child(el("p").class("links").child(button("btn small", "加入汇总", typed)).view(live(move || {
            page.turned.track();
            undo()
        })))
        .child(file.on("change", move |event| browser::read_files(&event, move |name, text| got(page, &name, text))))
        .child(label)
        // no live region: it changes many times a second, and in the end the focus goes to what came of it
        .child(el("div").view(live(busy)))
}

/// Files, or a text, that were dropped anywhere on the page.
pub fn dropped(page: DeskPage, event: &Event) {
    browser::dropped(event, move |name, text| got(page, &name, text));
}

fn got(page: DeskPage, name: &str, text: Option<String>) {
    match text {
        Some(text) if PILE < text.len() && !is_file(&text) => {
            page.state.tell(format!("“{name}”超过 2 MB，没有打开，请分成几个文件。"));
        }
        Some(text) => take(page, name, text),
        None => page.state.tell(format!("“{name}”超过 8 MB 或读不出来，没有打开。")),
    }
}

/// Adds a text to the desk and opens what waits there.
fn take(page: DeskPage, source: &str, text: String) {
    let running = page.with(|desk| {
        let at = desk.progress();
        at.done < at.of
    });
    page.desk.update_untracked(|desk| desk.put(source, text));
    CLEARED.set(None);
    if !running {
        step(page);
    }
}

/// One slice, and then the next one.
fn step(page: DeskPage) {
    let mut at = page.with(Desk::progress);
    page.desk.update_untracked(|it| at = it.step(known(page.state), SLICE));
    // the page may have been left meanwhile
    if page.progress.try_set(at).is_some() {
        return;
    }
    if at.done < at.of {
        browser::after(0, move || step(page));
    } else {
        page.turned.update(|it| *it += 1);
        browser::after(0, || browser::focus("#counted"));
    }
}

std::thread_local! {
    /// What was cleared last.
    static CLEARED: std::cell::RefCell<Option<Desk>> = const { std::cell::RefCell::new(None) };
}

/// The desk was cleared: keeps what was on it, to bring it back.
pub fn may_undo(page: DeskPage, before: Desk) {
    CLEARED.set(Some(before));
    page.turned.update(|it| *it += 1);
}

fn browser_undo() -> bool {
    CLEARED.with_borrow(Option::is_some)
}

fn bring_back(page: DeskPage) {
    if let Some(before) = CLEARED.take() {
        page.desk.set(before);
        page.turned.update(|it| *it += 1);
        // it may have been cleared before all of it was opened
        step(page);
    }
}
