//! Builds the whole site: first the generator and the app, then the pages that the generator makes from the app and the
//! content.

use crate::{
    app,
    run::{command, path, run},
    tools,
};
use anyhow::Result;

pub fn site() -> Result<()> {
    tools::ready()?;
    generator()?;
    app::build()?;
    generate("dist")
}

/// The native program, with the same profile as in a release.
pub fn generator() -> Result<()> {
    run(&mut command("cargo", ["build", "--release", "--locked", "--bin", "ziping"]), "see the error above")
}

pub fn generate(out: &str) -> Result<()> {
    let ziping = path("target/release/ziping").display().to_string();
    run(&mut command(&ziping, ["build", "--app", "target/app", "--out", out, "--keep", "0"]), "see the error above")
}
