//! 比对两份自评.

use leptos::prelude::*;

use crate::app::State;
use crate::app::part::frame;
use crate::app::part::html::el;

pub fn compare(state: State, _dossier: Option<&str>) -> AnyView {
    let head = el("article").class("read wide").child(el("h1").set("tabindex", "-1").text("比对两份自评"));
    head.view(frame::boot_message(state)).done()
}
