//! 合议.

use leptos::prelude::*;

use crate::app::State;
use crate::app::part::frame;
use crate::app::part::html::el;

pub fn panel(state: State) -> AnyView {
    let head = el("article").class("read wide").child(el("h1").set("tabindex", "-1").text("合议"));
    head.view(frame::boot_message(state)).done()
}
