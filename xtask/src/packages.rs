//! Which packages of others are in the programs of a release, as cargo says: those of the browser's programs, and those of the
//! native one for Linux and for Windows. What only builds or tests them is in none.

use crate::{
    run::{command, output, path},
    tree,
};
use anyhow::{Context, Result};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

/// Name and version.
pub type Called = (String, String);

/// A package of somebody else.
pub struct Package {
    pub called: Called,
    /// As its author wrote it: `MIT OR Apache-2.0`.
    pub licence: String,
    pub authors: Vec<String>,
    pub about: String,
    pub repository: String,
    /// Where its source lies on this machine.
    pub folder: PathBuf,
    /// SHA-256 of the file in which it came.
    pub checksum: String,
    pub in_browser: bool,
    pub in_program: bool,
}

/// What is in a release.
pub struct Shipped {
    pub packages: BTreeMap<Called, Package>,
    /// What each needs, with the package of this site itself under its own name.
    pub needs: BTreeMap<Called, BTreeSet<Called>>,
}

/// The programs: what cargo is told of each, and whether it runs in the browser.
const PROGRAMS: [(&[&str], bool); 3] = [
    (&["--target", "wasm32-unknown-unknown", "--no-default-features", "--features", "app"], true),
    (&["--target", "x86_64-unknown-linux-musl"], false),
    (&["--target", "x86_64-pc-windows-gnu"], false),
];
const ADVICE: &str = "see what cargo says; the packages of all platforms come with `cargo fetch --locked`";

/// Asks cargo.
///
/// # Errors
/// Cargo cannot answer, as without a network while some packages are not here.
pub fn shipped() -> Result<Shipped> {
    let lock = tree::text(&path("Cargo.lock"))?;
    let checksums = checksums(&lock);
    let mut about = about()?;
    let mut shipped = Shipped { packages: BTreeMap::new(), needs: BTreeMap::new() };
    for (arguments, in_browser) in PROGRAMS {
        let fixed = ["tree", "--locked", "--package", "ziping", "--edges", "normal,no-proc-macro"];
        let fixed = fixed.into_iter().chain(["--prefix", "depth", "--format", " {p}"]);
        let listed = output(&mut command("cargo", fixed.chain(arguments.iter().copied())), ADVICE)?;
        for (called, needs) in edges(&listed)? {
            shipped.needs.entry(called.clone()).or_default().extend(needs);
            // ours come from a folder and have no checksum
            let Some(checksum) = checksums.get(&called) else { continue };
            if let Some(it) = about.remove(&called) {
                shipped.packages.insert(called.clone(), package(called.clone(), checksum, &it));
            }
            let found =
                shipped.packages.get_mut(&called).with_context(|| format!("cargo says nothing of {called:?}"))?;
            found.in_browser |= in_browser;
            found.in_program |= !in_browser;
        }
    }
    Ok(shipped)
}

/// What cargo knows of every package of the lock file.
fn about() -> Result<BTreeMap<Called, Value>> {
    let arguments = ["metadata", "--locked", "--format-version", "1", "--all-features"];
    let all: Value = serde_json::from_str(&output(&mut command("cargo", arguments), ADVICE)?)?;
    let packages = all["packages"].as_array().context("cargo lists no packages")?;
    Ok(packages.iter().map(|it| ((text(it, "name"), text(it, "version")), it.clone())).collect())
}

fn package(called: Called, checksum: &str, about: &Value) -> Package {
    let authors = about["authors"].as_array().into_iter().flatten().filter_map(|it| it.as_str().map(str::to_owned));
    let manifest = PathBuf::from(text(about, "manifest_path"));
    Package {
        called,
        licence: text(about, "license"),
        authors: authors.collect(),
        about: text(about, "description").split_whitespace().collect::<Vec<_>>().join(" "),
        repository: text(about, "repository"),
        folder: manifest.parent().map(PathBuf::from).unwrap_or_default(),
        checksum: checksum.to_owned(),
        in_browser: false,
        in_program: false,
    }
}

fn text(of: &Value, key: &str) -> String {
    of[key].as_str().unwrap_or_default().to_owned()
}

/// Every package of `cargo tree`, and what stands one level below it. What was listed before is not listed again.
fn edges(listed: &str) -> Result<BTreeMap<Called, BTreeSet<Called>>> {
    let mut all: BTreeMap<Called, BTreeSet<Called>> = BTreeMap::new();
    let mut above: Vec<Called> = Vec::new();
    for line in listed.lines().filter(|it| !it.trim().is_empty()) {
        let mut words = line.split(' ');
        let depth: usize = words.next().unwrap_or_default().parse().with_context(|| format!("no depth in `{line}`"))?;
        let name = words.next().unwrap_or_default().to_owned();
        let version =
            words.next().and_then(|it| it.strip_prefix('v')).with_context(|| format!("no version: {line}"))?;
        let called = (name, version.to_owned());
        above.truncate(depth);
        if let Some(over) = above.last() {
            all.entry(over.clone()).or_default().insert(called.clone());
        }
        all.entry(called.clone()).or_default();
        above.push(called);
    }
    Ok(all)
}

/// The packages of a lock file that come from a registry, with what their files have as SHA-256.
pub fn checksums(lock: &str) -> BTreeMap<Called, String> {
    let value = |block: &str, key: &str| {
        let line = block.lines().find_map(|it| it.strip_prefix(key)?.strip_prefix(" = \""))?;
        line.strip_suffix('"').map(str::to_owned)
    };
    let of = |block: &str| Some(((value(block, "name")?, value(block, "version")?), value(block, "checksum")?));
    lock.split("[[package]]").filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_read_as_who_needs_whom() {
        let called = |name: &str, version: &str| (name.to_owned(), version.to_owned());
        let listed = "0 ziping v0.1.0 (/folder)\n1 a v1.0.0\n2 b v2.1.0\n1 c v0.3.0\n2 b v2.1.0 (*)\n2 b v1.0.0\n";
        let all = edges(listed).unwrap();
        assert_eq!(all.len(), 5);
        assert_eq!(all[&called("ziping", "0.1.0")], [called("a", "1.0.0"), called("c", "0.3.0")].into());
        assert_eq!(all[&called("c", "0.3.0")], [called("b", "2.1.0"), called("b", "1.0.0")].into());
        assert!(edges("a v1").is_err() && edges("0 a").is_err());
    }

    #[test]
    fn a_lock_file_says_what_came_from_where() {
        let lock = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"registry\"\nchecksum = \"0f\"\n\
                    dependencies = [\n \"b\",\n]\n\n[[package]]\nname = \"b\"\nversion = \"0.1.0\"\n";
        assert_eq!(checksums(lock), [(("a".to_owned(), "1.0.0".to_owned()), "0f".to_owned())].into());
    }
}
