//! The site with whose editions and rules the fuzz targets open their input.

use std::path::Path;
use std::sync::OnceLock;

use ziping::carrier::{Known, Marks};
use ziping::load::{Loaded, load};

#[path = "foreign.rs"]
pub mod foreign;
#[path = "kept.rs"]
pub mod kept;
#[path = "targets.rs"]
pub mod targets;

// as the tests call them
use foreign as fuzz_foreign;
use targets as fuzz_targets;

/// The real site, loaded once.
pub fn known() -> Known<'static> {
    static SITE: OnceLock<(Loaded, Vec<Marks>)> = OnceLock::new();
    let (site, marks) = SITE.get_or_init(|| {
        let site = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).expect("the site can be read");
        let marks = site.marks();
        (site, marks)
    });
    site.known(marks)
}
