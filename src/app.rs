//! What a person sees. The same views are rendered to files natively and live in the browser.
//!
//! Two programs: the app for every page on which something is filled in, and `reader` for searching and citing on pages
//! that only read. The app comes in parts, which the browser fetches as somebody goes to their pages: `sheet` with the app
//! itself, `case` for a dossier as a whole, `share` for what leaves and comes in, `meet` for several records at once, `work` for what is done
//! between the score and the filing.

mod browser;
mod case;
mod data;
mod meet;
pub mod pages;
pub mod part;
pub mod reader;
pub mod address;
mod share;
mod sheet;
mod state;
mod title;
mod work;

use leptos::prelude::*;

use crate::filing::Rules;
use crate::rubric::{Concordance, Edition};

pub use address::{Address, AppPart};
pub use data::learn;
pub use pages::page;
pub use part::in_words::{in_words, masked};
pub use part::joined::join;
pub use part::listed::listed;
pub use state::{Beyond, Joining, State};
pub use title::title;

/// What the app works on. Where a first visit is to a sheet it has editions only, each with its one rubric.
pub type Model = (Vec<Edition>, (Vec<Rules>, Vec<Concordance>));

/// Decodes what the generator wrote and takes the page over. The part for it is there already.
pub fn start(model: &[u8], root: &str, beyond: Beyond) {
    learn(model);
    let root = Box::leak(browser::path_of(root).into_boxed_str());
    browser::mount(move || {
        let state = State::live(root);
        state.listen(part::files::download_here, beyond);
        state.print_forms(beyond.page);
        Effect::new(move |_| browser::set_title(&title(state.edition(), &state.address.get())));
        view(state, beyond.page)
    });
}

/// All that stands below `<body>`. `page` renders the addresses that this build knows.
pub fn view(state: State, page: impl Fn(State, &Address) -> AnyView + Send + 'static) -> AnyView {
    part::frame::frame(state, move || page(state, &state.address.get()))
}
