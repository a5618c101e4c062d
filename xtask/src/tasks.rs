//! The ten tasks of docs/tasks.md done once more, with the pictures beside it.

use crate::{
    browser, build,
    run::{command, path, run},
};
use anyhow::Result;
use std::env;

/// Builds the site unless `DIST` names one, does the tasks, and writes docs/tasks.md and docs/tasks.
pub fn write() -> Result<()> {
    let chrome = browser::ready()?;
    if env::var_os("DIST").is_none() {
        build::site()?;
    }
    let mut node = command("node", ["--test", "--test-reporter=spec"]);
    node.arg(path("tests/browser/tasks.test.mjs")).env("CHROME", chrome).env("SCREENS", path("docs/tasks"));
    run(&mut node, "see the step above that took too many presses, or did not come about")
}
