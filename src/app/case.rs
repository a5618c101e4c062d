//! The program of a case: from the first question to "ready to file". Dossiers, the guided start, the backup.

mod dossier;
mod mine;
mod question;
mod restore;
mod scope;
mod start;

use leptos::prelude::*;

use crate::bytes::wire::from_bytes;

use super::part::missing;
use super::{Program, Route, State, launch};

/// Decodes what the generator wrote and takes the page over.
pub fn start(model: &[u8], root: &str) {
    let model = from_bytes(model).expect("the generator wrote the model");
    launch(Program::Case, model, root, page);
}

pub fn page(state: State, route: &Route) -> AnyView {
    match route {
        Route::Start(applicant, at) => start::start(state, *applicant, at),
        Route::Mine => mine::mine(state),
        Route::Dossier(id) => dossier::dossier(state, id.as_deref()),
        Route::Scope(id) => scope::scope(state, id.as_deref()),
        _ => missing::no_dossier(state),
    }
}
