//! The whole job in every engine, and the table of what ran where.

use crate::{
    browser, build,
    run::{command, path, run},
};
use anyhow::Result;
use std::env;

/// Beside what the usual tests need: PyQt6, because its QtWebEngine is Chromium 102.
const PACKAGES: [&str; 1] = ["python3-pyqt6.qtwebengine"];

/// Installs what is missing, builds the site, and runs the engines one after the other.
pub fn test() -> Result<()> {
    let chrome = browser::ready()?;
    browser::install_packages(&PACKAGES)?;
    // another built site may be named, as for the usual tests
    if env::var_os("DIST").is_none() {
        build::site()?;
    }
    let mut node = command("node", [path("tests/browser/engines.mjs")]);
    run(node.env("CHROME", chrome), "see the step that FAILED above; SHOTS=folder takes a picture of it")
}
