//! 申报材料: all that is handed in, on one page, as files and as one print job.

use leptos::prelude::*;

use crate::app::State;
use crate::app::part::html::el;
use crate::app::part::{frame, missing};

pub fn packet(state: State, id: Option<&str>) -> AnyView {
    let head = el("article").class("read").child(el("h1").set("tabindex", "-1").text("申报材料"));
    match id {
        None if !state.live => head.view(frame::boot_message(state)).done(),
        None => missing::no_dossier(state),
        Some(_) => head.done(),
    }
}
