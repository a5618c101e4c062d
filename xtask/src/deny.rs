//! `cargo xtask deny`: licences, sources, banned packages and known weaknesses of what others wrote, by cargo-deny with the rules
//! of `deny.toml`. Not part of the usual run, as it needs the network: for cargo-deny itself, once, and for the list of weaknesses.

use anyhow::{Context, Result};
use std::fs;

use crate::run;

/// Installed where no cargo-deny is on PATH.
const CARGO_DENY: &str = "0.20.2";

pub fn check() -> Result<()> {
    if run::find("cargo-deny").is_none() {
        install()?;
    }
    let of = |what: &[&str]| run::command("cargo", ["deny", "--locked"].iter().chain(what));
    run::run(&mut of(&["check", "licenses", "bans", "sources"]), "deny.toml says what is allowed")?;
    let fetched = of(&["fetch", "db"]).output().context("cargo-deny cannot start")?;
    let said = String::from_utf8_lossy(&fetched.stderr);
    // its status is 0 either way
    if !fetched.status.success() || said.contains("[ERROR]") {
        println!("advisories NOT looked at: the list of known weaknesses cannot be fetched from here");
        return Ok(());
    }
    run::run(
        &mut of(&["check", "advisories"]),
        "see the advisories above: update what they name, or say in deny.toml why not",
    )
}

/// Compiled without optimisation: it runs for a second.
fn install() -> Result<()> {
    println!("installing cargo-deny {CARGO_DENY} into target/tools, once; this takes some minutes");
    let args = ["install", "cargo-deny", "--version", CARGO_DENY, "--locked", "--debug", "--root", "target/tools"];
    let mut install = run::command("cargo", args);
    install.args(["--quiet", "--config", "profile.dev.debug=0", "--target-dir", "target/tools/build"]);
    run::run(&mut install, "it needs the network once: check the connection and call it again")?;
    fs::remove_dir_all(run::path("target/tools/build")).context("cannot remove target/tools/build")
}
