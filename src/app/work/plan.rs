//! 整改清单: what to change so that a sheet reaches a band, who does it and until when.

use leptos::prelude::*;

use crate::app::State;
use crate::app::address::SheetOf;
use crate::app::part::html::el;
use crate::app::part::{frame, missing};

pub fn plan(state: State, of: Option<&SheetOf>) -> AnyView {
    let head = el("article").class("read").child(el("h1").set("tabindex", "-1").text("整改清单"));
    match of {
        None if !state.live => head.view(frame::boot_message(state)).done(),
        None => missing::no_dossier(state),
        Some(_) => head.done(),
    }
}
