//! Changes that no test can notice, or that none has to, and why: the tables in `xtask/mutants/explained`.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::list::Mutant;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    because: Vec<Because>,
}

/// Some changes with one reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Because {
    why: String,
    changes: Vec<String>,
}

/// What each change is called whatever stands above it: without its line, and with its place among those in the same file
/// that are called the same, from the second on. `src/order.rs: replace < with <= in sort (2)`.
pub fn names(all: &[Mutant]) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let name = |it: &Mutant| {
        let change = it.name.splitn(4, ':').nth(3).unwrap_or_default();
        let name = format!("{}:{change}", it.file);
        let n = seen.entry(name.clone()).or_default();
        *n += 1;
        if *n == 1 { name } else { format!("{name} ({n})") }
    };
    all.iter().map(name).collect()
}

/// The reason for each name.
///
/// # Errors
/// A table that cannot be read, a change that there is not, and one that stands there twice.
pub fn read(folder: &Path, names: &[String]) -> Result<BTreeMap<String, String>> {
    let mut reasons = BTreeMap::new();
    let mut gone = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let table: Table = toml::from_str(&fs::read_to_string(&path)?).with_context(|| path.display().to_string())?;
        for Because { why, changes } in table.because {
            for change in changes {
                if !names.contains(&change) {
                    gone.push(change);
                } else if reasons.insert(change.clone(), why.clone()).is_some() {
                    bail!("{}: twice: {change}", path.display());
                }
            }
        }
    }
    if !gone.is_empty() {
        bail!("there is no such change any more:\n{}", gone.join("\n"));
    }
    Ok(reasons)
}
