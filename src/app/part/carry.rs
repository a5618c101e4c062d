//! What the pages that send or receive records have in common.

pub mod carriers;
pub mod choice;
pub mod enter;
pub mod received;

use std::cell::OnceCell;

use crate::app::{State, browser};
use crate::carrier::{Known, Marks, marks};

use super::html::{El, el};

/// The editions and rules that records are read with.
pub fn known(state: State) -> Known<'static> {
    thread_local! {
        static MARKS: OnceCell<&'static [Marks]> = const { OnceCell::new() };
    }
    let (editions, rules) = (state.editions(), state.rules());
    // both live as long as the program
    let marks = MARKS.with(|it| *it.get_or_init(|| marks(editions, rules).leak()));
    Known { editions, rules, marks }
}

/// Says that WeChat, QQ and DingTalk neither download files nor print, where this page was opened in one of them.
pub fn in_chat() -> Option<El> {
    browser::in_chat().then(|| {
        let words = "您在聊天软件里打开了本页，这里不能下载和打印：请点右上角“…”，选择“在浏览器打开”。复制链接、复制自评码、长按二维码保存图片可以使用。";
        el("p").class("hint chat").text(words)
    })
}

/// A part of the page that would do nothing in a chat program; `None` in one.
pub fn unless_in_chat(part: impl FnOnce() -> El) -> Option<El> {
    (!browser::in_chat()).then(part)
}
