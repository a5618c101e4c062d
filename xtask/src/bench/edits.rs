//! How long an edit holds the page up, beside plain JavaScript and SurveyJS, and the memory that the app takes.

use super::{Figure, measured::by_script};
use crate::{browser, build, run::path, tools};
use anyhow::Result;
use std::env;

/// Of the site that `DIST` names, or else of one that is built for it.
pub fn edits() -> Result<Vec<Figure>> {
    if env::var_os("DIST").is_none() {
        build::site()?;
    }
    build::generator()?;
    tools::mdbook()?;
    let chrome = browser::ready()?;
    tools::npm(&path("tests/bench"), &path("tests/bench"))?;
    by_script("tests/bench/edits.mjs", &chrome)
}
