//! What a person sees. The same views are rendered to files natively and live in the browser.
//!
//! Five programs: `case` for a dossier as a whole, `sheet` for one rubric, `share` for what leaves and comes in, `meet` for
//! several records at once, `reader` for searching and citing. A page has one of the first four or none; going from one to the other loads a page.

mod browser;
pub mod case;
pub mod meet;
pub mod part;
pub mod reader;
pub mod route;
pub mod share;
pub mod sheet;
mod state;
mod title;

use leptos::prelude::*;

use crate::filing::Rules;
use crate::rubric::Edition;

pub use route::{Program, Route};
pub use state::State;
pub use title::title;

/// What the case and sharing work on. A sheet has editions only, each with its one rubric.
pub type Model = (Vec<Edition>, Vec<Rules>);

fn launch(program: Program, (editions, rules): Model, root: &str, page: fn(State, &Route) -> AnyView) {
    let (editions, rules) = (Box::leak(editions.into_boxed_slice()), Box::leak(rules.into_boxed_slice()));
    let root = Box::leak(browser::path_of(root).into_boxed_str());
    browser::mount(move || {
        let state = State::live(program, editions, rules, root);
        state.listen(part::files::download_here);
        Effect::new(move |_| browser::set_title(&title(state.edition(), &state.route.get())));
        view(state, page)
    });
}

/// A page that a program takes over, as it stands in its file.
pub fn page(state: State, route: &Route) -> AnyView {
    match route.program() {
        Some(Program::Sheet) => sheet::page(state, route),
        Some(Program::Share) => share::page(state, route),
        Some(Program::Meet) => meet::page(state, route),
        Some(Program::Case) | None => case::page(state, route),
    }
}

/// All that stands below `<body>`. `page` renders the routes that this build knows.
pub fn view(state: State, page: impl Fn(State, &Route) -> AnyView + Send + 'static) -> AnyView {
    part::frame::frame(state, move || page(state, &state.route.get()))
}
