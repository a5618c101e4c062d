//! The program of several records at once: two of them compared, a panel of assessors, the desk of a centre.

mod compare;
mod desk;
mod grid;
mod panel;

use leptos::prelude::*;

use crate::bytes::wire::from_bytes;

use super::part::missing;
use super::{Program, Route, State, launch};

/// Decodes what the generator wrote and takes the page over.
pub fn start(model: &[u8], root: &str) {
    let model = from_bytes(model).expect("the generator wrote the model");
    launch(Program::Meet, model, root, page);
}

pub fn page(state: State, route: &Route) -> AnyView {
    match route {
        Route::Compare(dossier) => compare::compare(state, dossier.as_deref()),
        Route::Panel => panel::panel(state),
        Route::Desk => desk::desk(state),
        _ => missing::no_dossier(state),
    }
}
