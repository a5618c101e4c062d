//! How fast pages are there on a slow line and a slow machine, beside others with the same words: plain HTML, plain
//! JavaScript, SurveyJS, mdBook and pagefind.

use super::{Figure, measured::by_script};
use crate::{browser, build, run::path, tools};
use anyhow::Result;
use std::env;

/// Of the site that `DIST` names, or else of one that is built for it.
pub fn pages() -> Result<Vec<Figure>> {
    if env::var_os("DIST").is_none() {
        build::site()?;
    }
    tools::mdbook()?;
    let chrome = browser::ready()?;
    tools::npm(&path("tests/bench"), &path("tests/bench"))?;
    by_script("tests/bench/pages.mjs", &chrome)
}
