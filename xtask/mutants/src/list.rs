//! The mutants, as cargo-mutants lists them.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

/// One change of one place.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Mutant {
    pub file: String,
    pub genre: String,
    pub name: String,
    pub replacement: String,
    pub span: Span,
}

impl Mutant {
    /// `score` for what is in `src/score.rs` and `src/score/`.
    pub fn area(&self) -> &str {
        self.file.trim_start_matches("src/").split(['/', '.']).next().unwrap_or_default()
    }
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Span {
    pub start: Place,
}

/// From 1, as editors count.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq, Hash)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

/// All mutants in these areas of `src`: `score` is `src/score.rs` and `src/score/`.
pub fn mutants(areas: &[String]) -> Result<Vec<Mutant>> {
    let program = std::env::var("CARGO_MUTANTS").unwrap_or_else(|_| "cargo-mutants".to_owned());
    let mut list = Command::new(&program);
    list.args(["mutants", "--list", "--json"]);
    for area in areas {
        list.args(["-f", &format!("src/{area}.rs"), "-f", &format!("src/{area}/**")]);
    }
    let out = list.output().with_context(|| format!("{program}: `cargo install cargo-mutants` installs it"))?;
    ensure!(out.status.success(), "{program}: {}", String::from_utf8_lossy(&out.stderr));
    Ok(serde_json::from_slice(&out.stdout)?)
}
