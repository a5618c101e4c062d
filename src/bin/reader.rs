//! The WASM entry of the reader: the boot script hands over the corpus and the address of the site's root.

// nothing runs before a script calls what is exported
#![no_main]

use rlsf::SmallGlobalTlsf;
use wasm_bindgen::prelude::wasm_bindgen;

// a third of the size of the default one
#[global_allocator]
static ALLOCATOR: SmallGlobalTlsf = SmallGlobalTlsf::new();

#[wasm_bindgen]
pub fn start(corpus: &[u8], root: &str) {
    ziping::app::reader::start(corpus, root);
}
