//! 佐证材料清单: which paper proves each row, where it is kept and whether it is ready.

use leptos::prelude::*;

use crate::app::State;
use crate::app::part::html::el;
use crate::app::part::{frame, missing};

pub fn evidence(state: State, id: Option<&str>) -> AnyView {
    let head = el("article").class("read").child(el("h1").set("tabindex", "-1").text("佐证材料清单"));
    match id {
        None if !state.live => head.view(frame::boot_message(state)).done(),
        None => missing::no_dossier(state),
        Some(_) => head.done(),
    }
}
