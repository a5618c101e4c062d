//! 汇总台.

use leptos::prelude::*;

use crate::app::State;
use crate::app::part::frame;
use crate::app::part::html::el;

pub fn desk(state: State) -> AnyView {
    let head = el("article").class("read wide").child(el("h1").set("tabindex", "-1").text("汇总台"));
    head.view(frame::boot_message(state)).done()
}
