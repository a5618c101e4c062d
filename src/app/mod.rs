//! What a person sees. The same views are rendered to files natively and live in the browser.

mod browser;
mod page;
pub mod part;
pub mod reader;
pub mod route;
mod state;

use leptos::prelude::*;

use crate::rubric::Edition;

pub use page::{page, title};
pub use route::Route;
pub use state::State;

/// Decodes the model that the generator wrote and takes the page over.
pub fn start(model: &[u8], root: &str) {
    let editions: Vec<Edition> = crate::wire::from_bytes(model).expect("the generator wrote the model");
    let editions = Box::leak(editions.into_boxed_slice());
    let root = Box::leak(browser::path_of(root).into_boxed_str());
    browser::mount(move || {
        let state = State::live(editions, root);
        state.listen();
        view(state, page)
    });
}

/// All that stands below `<body>`. `page` renders the routes that this build knows.
pub fn view(state: State, page: impl Fn(State, &Route) -> AnyView + Send + 'static) -> AnyView {
    part::frame::frame(state, move || page(state, &state.route.get()))
}
