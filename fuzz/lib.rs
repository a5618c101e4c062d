//! The site under which the targets open what they are given.

use std::path::Path;
use std::sync::OnceLock;

use ziping::carrier::Known;
use ziping::site::{Loaded, load};

#[path = "targets.rs"]
pub mod targets;

/// Loaded once.
pub fn known() -> Known<'static> {
    static SITE: OnceLock<Loaded> = OnceLock::new();
    let site = SITE.get_or_init(|| load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).expect("the site can be read"));
    Known { editions: &site.editions, rules: &site.rules }
}
