//! Benchmarks: prints time and memory, and fails where a figure is worse than we allow.

mod notices;
mod score;
mod search;
mod site;

use anyhow::{Result, bail, ensure};

type Part = (&'static str, fn() -> Result<()>);

const PARTS: [Part; 3] = [("site", site::site), ("score", score::score), ("search", search::search)];

/// Runs one part, or all of them where no name is given: after a bad figure the others are still measured.
pub fn bench(name: &str) -> Result<()> {
    let parts: Vec<Part> = PARTS.into_iter().filter(|it| name.is_empty() || name == it.0).collect();
    ensure!(!parts.is_empty(), "`bench {name}` is not known: it is site, score or search");
    let mut failed = Vec::new();
    for (part, measure) in parts {
        println!("== {part}");
        if let Err(error) = measure() {
            println!("FAILED {part}: {error:#}");
            failed.push(part);
        }
    }
    if !failed.is_empty() {
        bail!("not as it should be: {}", failed.join(", "));
    }
    Ok(())
}
