//! The WASM entry of the meet program: the boot script hands over the model and the address of the site's root.

use rlsf::SmallGlobalTlsf;
use wasm_bindgen::prelude::wasm_bindgen;

// a third of the size of the default one
#[global_allocator]
static ALLOCATOR: SmallGlobalTlsf = SmallGlobalTlsf::new();

#[wasm_bindgen]
pub fn start(model: &[u8], root: &str) {
    ziping::app::meet::start(model, root);
}

fn main() {}
