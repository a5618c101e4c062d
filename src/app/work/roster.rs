//! 名册: examiners, experts and equipment of a dossier, and the facts that follow from them.

use leptos::prelude::*;

use crate::app::State;
use crate::app::part::html::el;
use crate::app::part::{frame, missing};

pub fn roster(state: State, id: Option<&str>) -> AnyView {
    let head = el("article").class("read").child(el("h1").set("tabindex", "-1").text("名册"));
    match id {
        None if !state.live => head.view(frame::boot_message(state)).done(),
        None => missing::no_dossier(state),
        Some(_) => head.done(),
    }
}
