//! The dated versions of a sheet: how it went, any two compared, and going back to one.

use leptos::prelude::*;

use crate::app::State;
use crate::app::address::SheetOf;
use crate::app::part::html::el;
use crate::app::part::{frame, missing};

pub fn versions(state: State, of: Option<&SheetOf>) -> AnyView {
    let head = el("article").class("read").child(el("h1").set("tabindex", "-1").text("历次版本"));
    match of {
        None if !state.live => head.view(frame::boot_message(state)).done(),
        None => missing::no_dossier(state),
        Some(_) => head.done(),
    }
}
