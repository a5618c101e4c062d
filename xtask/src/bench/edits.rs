//! How long an edit holds the page up, beside plain JavaScript and SurveyJS, and the memory that the app takes.

use super::{Figure, measured::by_script};
use crate::{browser, build, run::path, tools};
use anyhow::Result;

pub fn edits() -> Result<Vec<Figure>> {
    build::site()?;
    build::generator()?;
    tools::mdbook()?;
    let chrome = browser::ready()?;
    tools::npm(&path("tests/bench"), &path("tests/bench"))?;
    by_script("tests/bench/edits.mjs", &chrome)
}
