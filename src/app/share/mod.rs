//! The program of what leaves and what comes in: the printed form with its code, sharing, opening, comparing, the panel,
//! the desk.

mod carriers;
mod compare;
mod desk;
mod enter;
mod form;
mod grid;
mod open;
mod panel;
mod send;

use std::cell::OnceCell;

use leptos::prelude::*;

use crate::carrier::{Known, Marks, marks};
use crate::wire::from_bytes;

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
        Route::Compare(dossier) => compare::compare(state, dossier.as_deref()),
        Route::Panel => panel::panel(state),
        Route::Desk => desk::desk(state),
        _ => missing::no_dossier(state),
    }
}

/// What records are read by.
fn known(state: State) -> Known<'static> {
    thread_local! {
        static MARKS: OnceCell<&'static [Marks]> = const { OnceCell::new() };
    }
    let (editions, rules) = (state.editions, state.rules);
    // both live as long as the program
    let marks = MARKS.with(|it| *it.get_or_init(|| marks(editions, rules).leak()));
    Known { editions, rules, marks }
}
