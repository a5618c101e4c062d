//! The WASM entry of the whole site in one file: the app with all its parts, and the reader, in one program.

// nothing runs before a script calls what is exported
#![no_main]

use rlsf::SmallGlobalTlsf;
use wasm_bindgen::prelude::wasm_bindgen;
use ziping::app::{self, Beyond};
use ziping::bytes::wire::{Bytes, Wire};
use ziping::form::blank_workbook;
use ziping::rubric::Edition;

// a third of the size of the default one
#[global_allocator]
static ALLOCATOR: SmallGlobalTlsf = SmallGlobalTlsf::new();

/// The app takes the page over. `root` is what all addresses within the file begin with.
#[wasm_bindgen(js_name = start)]
pub fn begin(model: &[u8], root: &str) {
    let (page, words, masked) = (app::page, app::in_words, app::masked);
    app::start(model, root, Beyond { page, words, masked, listed: app::listed, join: app::join });
}

/// A page that only reads can be searched and cited.
#[wasm_bindgen]
pub fn read(corpus: &[u8], root: &str) {
    app::reader::start(corpus, root);
}

/// The empty table of a rubric as a workbook, which says what made it; nothing for an annex that is none.
#[wasm_bindgen]
pub fn blank(model: &[u8], annex: u8, made_by: &str) -> Vec<u8> {
    let editions = Vec::<Edition>::read(&mut Bytes::of(model));
    let edition = editions.first().expect("a site has an edition");
    edition.rubric(annex).map(|it| blank_workbook(edition, it, made_by)).unwrap_or_default()
}
