//! How long a reader waits for the results of a search, in Chromium at a quarter of this machine's speed.

use super::{Figure, measured::by_script};
use crate::{browser, build};
use anyhow::Result;

pub fn search() -> Result<Vec<Figure>> {
    build::site()?;
    by_script("tests/browser/bench-search.mjs", &browser::ready()?)
}
