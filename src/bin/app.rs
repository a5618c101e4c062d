//! The WASM entry of the app: the boot script hands over the model and the address of the site's root. Here the app is taken
//! apart after linking: what only the page behind a seam needs is in a part of its own, what several need in one they share.

// nothing runs before a script calls what is exported
#![no_main]

use leptos::prelude::AnyView;
use parts::seam;
use rlsf::SmallGlobalTlsf;
use wasm_bindgen::prelude::wasm_bindgen;
use ziping::app::{self, Address, AppPart, Beyond, Joining, State, in_words, pages};
use ziping::dossier::{About, Dossier};
use ziping::rubric::{Edition, Row};

// a third of the size of the default one
#[global_allocator]
static ALLOCATOR: SmallGlobalTlsf = SmallGlobalTlsf::new();

#[wasm_bindgen(js_name = start)]
pub fn begin(model: &[u8], root: &str) {
    app::start(model, root, Beyond { page, words, masked, listed, join });
}

/// The whole of the data, where a first visit to a sheet began with its one rubric.
#[wasm_bindgen]
pub fn learn(model: &[u8]) {
    app::learn(model);
}

/// Called when the part for the page is there.
fn page(state: State, address: &Address) -> AnyView {
    match address.part() {
        Some(AppPart::Start) => start(state, address),
        Some(AppPart::Mine) => mine(state, address),
        Some(AppPart::Dossier) => dossier(state, address),
        Some(AppPart::Scope) => scope(state, address),
        Some(AppPart::Sheet) => sheet(state, address),
        Some(AppPart::Form) => form(state, address),
        Some(AppPart::Send) => send(state, address),
        Some(AppPart::Open) => open(state, address),
        Some(AppPart::Compare) => compare(state, address),
        Some(AppPart::Panel) => panel(state, address),
        Some(AppPart::Desk) => desk(state, address),
        Some(AppPart::Plan) => plan(state, address),
        Some(AppPart::Roster) => roster(state, address),
        Some(AppPart::Evidence) => evidence(state, address),
        Some(AppPart::Packet) => packet(state, address),
        Some(AppPart::Workbook) => workbook(state, address),
        Some(AppPart::Versions) => versions(state, address),
        Some(AppPart::Join) | None => pages::missing(state, address),
    }
}

seam!(start in "start" "00000000000000000000000000000001": fn(State, &Address) -> AnyView = pages::start);
seam!(mine in "mine" "00000000000000000000000000000002": fn(State, &Address) -> AnyView = pages::mine);
seam!(dossier in "dossier" "00000000000000000000000000000003": fn(State, &Address) -> AnyView = pages::dossier);
seam!(scope in "scope" "00000000000000000000000000000004": fn(State, &Address) -> AnyView = pages::scope);
seam!(sheet in "sheet" "00000000000000000000000000000005": fn(State, &Address) -> AnyView = pages::sheet);
seam!(form in "form" "00000000000000000000000000000006": fn(State, &Address) -> AnyView = pages::form);
seam!(send in "send" "00000000000000000000000000000007": fn(State, &Address) -> AnyView = pages::send);
seam!(open in "open" "00000000000000000000000000000008": fn(State, &Address) -> AnyView = pages::open);
seam!(compare in "compare" "00000000000000000000000000000009": fn(State, &Address) -> AnyView = pages::compare);
seam!(panel in "panel" "0000000000000000000000000000000a": fn(State, &Address) -> AnyView = pages::panel);
seam!(desk in "desk" "0000000000000000000000000000000b": fn(State, &Address) -> AnyView = pages::desk);
seam!(plan in "plan" "0000000000000000000000000000000c": fn(State, &Address) -> AnyView = pages::plan);
seam!(roster in "roster" "0000000000000000000000000000000d": fn(State, &Address) -> AnyView = pages::roster);
seam!(evidence in "evidence" "0000000000000000000000000000000e": fn(State, &Address) -> AnyView = pages::evidence);
seam!(packet in "packet" "0000000000000000000000000000000f": fn(State, &Address) -> AnyView = pages::packet);
seam!(workbook in "workbook" "00000000000000000000000000000010": fn(State, &Address) -> AnyView = pages::workbook);
seam!(versions in "versions" "00000000000000000000000000000011": fn(State, &Address) -> AnyView = pages::versions);
seam!(words in "words" "00000000000000000000000000000012": fn(&'static Edition, &Dossier) -> About = in_words);
seam!(listed in "roster" "00000000000000000000000000000013": fn((State, u16), &Row) -> AnyView = app::listed);
seam!(join in "join" "00000000000000000000000000000014": fn(State, &Joining) -> AnyView = app::join);
seam!(masked in "words" "00000000000000000000000000000015": fn(State, &Dossier) -> Dossier = app::masked);
