//! The WASM entry of the app: the boot script hands over the model and the address of the site's root. Here the app is taken
//! apart after linking: what only the page behind a seam needs is in a part of its own, what several need in one they share.

use leptos::prelude::AnyView;
use parts::seam;
use rlsf::SmallGlobalTlsf;
use wasm_bindgen::prelude::wasm_bindgen;
use ziping::app::{Address, Part, State, pages};

// a third of the size of the default one
#[global_allocator]
static ALLOCATOR: SmallGlobalTlsf = SmallGlobalTlsf::new();

#[wasm_bindgen(js_name = start)]
pub fn begin(model: &[u8], root: &str) {
    ziping::app::start(model, root, page);
}

/// The whole of the data, where a first visit to a sheet began with its one rubric.
#[wasm_bindgen]
pub fn learn(model: &[u8]) {
    ziping::app::learn(model);
}

/// Called when the part for the page is there.
fn page(state: State, address: &Address) -> AnyView {
    match address.part() {
        Some(Part::Start) => start(state, address),
        Some(Part::Mine) => mine(state, address),
        Some(Part::Dossier) => dossier(state, address),
        Some(Part::Scope) => scope(state, address),
        Some(Part::Sheet) => sheet(state, address),
        Some(Part::Form) => form(state, address),
        Some(Part::Send) => send(state, address),
        Some(Part::Open) => open(state, address),
        Some(Part::Compare) => compare(state, address),
        Some(Part::Panel) => panel(state, address),
        Some(Part::Desk) => desk(state, address),
        None => pages::missing(state, address),
    }
}

seam!(start in "start" "00000000000000000000000000000001": fn(State, &Route) -> AnyView = pages::start);
seam!(mine in "mine" "00000000000000000000000000000002": fn(State, &Route) -> AnyView = pages::mine);
seam!(dossier in "dossier" "00000000000000000000000000000003": fn(State, &Route) -> AnyView = pages::dossier);
seam!(scope in "scope" "00000000000000000000000000000004": fn(State, &Route) -> AnyView = pages::scope);
seam!(sheet in "sheet" "00000000000000000000000000000005": fn(State, &Route) -> AnyView = pages::sheet);
seam!(form in "form" "00000000000000000000000000000006": fn(State, &Route) -> AnyView = pages::form);
seam!(send in "send" "00000000000000000000000000000007": fn(State, &Route) -> AnyView = pages::send);
seam!(open in "open" "00000000000000000000000000000008": fn(State, &Route) -> AnyView = pages::open);
seam!(compare in "compare" "00000000000000000000000000000009": fn(State, &Route) -> AnyView = pages::compare);
seam!(panel in "panel" "0000000000000000000000000000000a": fn(State, &Route) -> AnyView = pages::panel);
seam!(desk in "desk" "0000000000000000000000000000000b": fn(State, &Route) -> AnyView = pages::desk);

fn main() {}
