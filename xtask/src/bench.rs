//! Benchmarks: each part gives its figures, beside those of others in the same run, and bench/RESULTS.md has them all.

mod edits;
pub mod instructions;
mod measured;
mod notices;
mod pages;
mod results;
mod score;
mod search;
mod site;
mod timed;

pub use results::Figure;

use anyhow::{Result, bail, ensure};

type Part = (&'static str, fn() -> Result<Vec<Figure>>);

const PARTS: [Part; 5] = [
    ("pages", pages::pages),
    ("edits", edits::edits),
    ("site", site::site),
    ("score", score::score),
    ("search", search::search),
];

/// Runs one part, or all of them where no name is given: after one that cannot be measured the others still are. A figure
/// that falls short is named and written down; it is no failure, as a time depends on the machine.
pub fn bench(name: &str) -> Result<()> {
    let parts: Vec<Part> = PARTS.into_iter().filter(|it| name.is_empty() || name == it.0).collect();
    let known: Vec<&str> = PARTS.iter().map(|it| it.0).collect();
    ensure!(!parts.is_empty(), "`bench {name}` is not known: it is one of {}", known.join(", "));
    let (mut failed, mut short) = (Vec::new(), Vec::new());
    for (part, measure) in parts {
        println!("== {part}");
        match measure().and_then(|figures| results::record(part, &figures)) {
            Ok(its) => short.extend(its.into_iter().map(|it| format!("{part}: {it}"))),
            Err(error) => {
                println!("FAILED {part}: {error:#}");
                failed.push(part);
            }
        }
    }
    println!("written to bench/RESULTS.md");
    if !short.is_empty() {
        println!("less than was asked for:\n  {}", short.join("\n  "));
    }
    if !failed.is_empty() {
        bail!("could not be measured: {}", failed.join(", "));
    }
    Ok(())
}
