//! The WASM entry: the boot script hands over the model and the address of the site's root.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub fn start(model: &[u8], root: &str) {
    ziping::app::start(model, root);
}

fn main() {}
