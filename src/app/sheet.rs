//! The program of a sheet: one rubric, row after row.

mod fill;

use leptos::prelude::*;

use crate::bytes::wire::from_bytes;

use super::part::missing;
use super::{Program, Route, State, launch};

/// Decodes what the generator wrote and takes the page over.
pub fn start(model: &[u8], root: &str) {
    let editions = from_bytes(model).expect("the generator wrote the model");
    launch(Program::Sheet, (editions, Vec::new()), root, page);
}

pub fn page(state: State, route: &Route) -> AnyView {
    match route {
        Route::Sheet(annex, of) => fill::sheet(state, *annex, of.as_ref()),
        _ => missing::no_dossier(state),
    }
}
