//! The program of what leaves and what comes in: the printed form with its code, sharing, opening.

mod form;
mod open;
mod send;

use leptos::prelude::*;

use crate::bytes::wire::from_bytes;

use super::part::missing;
use super::{Program, Route, State, launch};

/// Decodes what the generator wrote and takes the page over.
pub fn start(model: &[u8], root: &str) {
    let model = from_bytes(model).expect("the generator wrote the model");
    launch(Program::Share, model, root, page);
}

pub fn page(state: State, route: &Route) -> AnyView {
    match route {
        Route::Form(annex, of) => form::form(state, *annex, of),
        Route::Share(dossier, sheet) => send::send(state, dossier.as_deref(), *sheet),
        Route::Received => open::open(state),
        _ => missing::no_dossier(state),
    }
}
