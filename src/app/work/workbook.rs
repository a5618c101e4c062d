//! A workbook that was filled in elsewhere: what is in it, and what could not be read.

use leptos::prelude::*;

use crate::app::State;
use crate::app::part::frame;
use crate::app::part::html::el;

pub fn workbook(state: State) -> AnyView {
    let head = el("article").class("read").child(el("h1").set("tabindex", "-1").text("读入电子表格"));
    head.view(frame::boot_message(state)).done()
}
