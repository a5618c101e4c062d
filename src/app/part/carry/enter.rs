//! The fields to type a code, paste a link or choose a file, on every page that takes a record.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::part::html::{El, button, el, file_field};
use crate::app::{State, browser};
use crate::carrier::{InPart, Unreadable, read_one};

use super::known;

/// `area` and `file` are the names of the two fields on their page.
pub fn field(
    state: State,
    [area, file]: [&'static str; 2],
    words: &'static str,
    take: impl Fn(InPart) + 'static,
) -> El {
    boxed(state, [area, file], words, Rc::new(take))
}

fn boxed(state: State, [area, file]: [&'static str; 2], words: &'static str, take: Rc<dyn Fn(InPart)>) -> El {
    let wrong = RwSignal::new(String::new());
    let take: Rc<dyn Fn(&str)> = Rc::new(move |text| match read_one(known(state), text) {
        Ok(opened) => {
            browser::put_in_area(area, "");
            let _ = wrong.try_set(String::new());
            take(opened);
        }
        Err(why) => {
            wrong.set(format!("没有打开：{why}。"));
            if let Unreadable::Line { line, .. }
            | Unreadable::LineLength { line, .. }
            | Unreadable::Letter { line, .. } = why
            {
                browser::select_line(area, line);
            } else {
                browser::focus(&format!("#{area}"));
            }
        }
    });
    let typed = {
        let take = take.clone();
        move || take(&browser::text_in_area(area))
    };
    let read_file = move |event| {
        if state.bring(&event) {
            return;
        }
        let take = take.clone();
        browser::read_file(&event, move |text| match text {
            Some(text) => take(&text),
            None => wrong.set("没有打开：文件超过 8 MB 或读不出来。".to_owned()),
        });
    };
    let (told, hinted) = (format!("{area}-wrong"), format!("{area}-hint"));
    let text = el("textarea").set("id", area).set("rows", "5").set("autocomplete", "off").set("spellcheck", "false");
    let text = text.set("data-own", "").set("aria-describedby", format!("{hinted} {told}"));
    let hint = "照着纸上输入时一行一行输入；大小写、空格、全角半角都可以，O 和 0、I 和 1 不必分清。";
    let [chosen, label] = file_field(file, ".json,.txt,.xlsx", "或打开自评文件");
    el("div")
        .class("enter")
        .child(el("label").class("plain").set("for", area).text("粘贴或输入自评码、自评链接"))
        .child(text)
        .child(el("p").class("hint").set("id", hinted).text(hint))
        .child(el("p").set("id", told).alert(move || wrong.get()))
        .child(el("p").class("links").child(button("btn small", words, typed)))
        .child(chosen.on("change", read_file))
        .child(label)
}
