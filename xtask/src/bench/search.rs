//! How long a reader waits for the results of a search, in Chromium at a quarter of this machine's speed.

use crate::{
    build,
    run::{command, path, run},
    tools,
};
use anyhow::Result;

pub fn search() -> Result<()> {
    build::site()?;
    // the version that playwright requires
    tools::node(20)?;
    tools::npm(&path("tests/browser"), &path("tests/browser"))?;
    run(&mut command("node", ["tests/browser/bench-search.mjs"]), "see above")
}
