//! Under which licences the packages of others come that are in a release: `docs/licences.json`, from which the generator makes
//! a page. A package whose licence asks for more than naming it and its authors is an error.

mod spdx;
mod texts;

use crate::{
    packages::{self, Package, Shipped},
    run::path,
    tree,
};
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

use spdx::{Taken, taken};
use texts::Texts;

const FILE: &str = "docs/licences.json";

/// What no package of the lock file is, and yet is in a program: name, where it is, licence, whose it is.
const BESIDES: [(&str, &[&str], &str, &str); 4] = [
    ("Rust standard library", &["browser", "program"], "MIT", "Copyright (c) The Rust Project Contributors"),
    ("Binaryen wasm2js", &["browser"], "Apache-2.0", "Copyright 2015 WebAssembly Community Group participants"),
    ("musl libc (Linux)", &["program"], "MIT", "Copyright (c) 2005-2020 Rich Felker, et al."),
    ("mimalloc", &["program"], "MIT", "Copyright (c) 2018-2025 Microsoft Corporation, Daan Leijen"),
];
/// In the program for Windows, under licences that let it be in any program and ask for nothing there.
const RUNTIME: [(&str, &str); 2] = [
    ("MinGW-w64 runtime (Windows)", "public domain, ZPL-2.1"),
    ("GCC runtime library (Windows)", "GPL-3.0-or-later WITH GCC-exception-3.1"),
];

/// Writes the file.
///
/// # Errors
/// A licence that is not permitted, a text that is not there, or cargo cannot answer.
pub fn write() -> Result<()> {
    let made = made()?;
    tree::write(&path(FILE), made.as_bytes())?;
    println!("{FILE}: {} bytes", made.len());
    Ok(())
}

/// The file is as it would be written now.
///
/// # Errors
/// It is not.
pub fn check() -> Result<()> {
    ensure!(tree::text(&path(FILE))? == made()?, "{FILE} is of other packages: run `cargo xtask licences`");
    Ok(())
}

fn made() -> Result<String> {
    let Shipped { packages, .. } = packages::shipped()?;
    let mut texts = Texts::default();
    let (mut listed, mut wrong) = (Vec::new(), Vec::new());
    for package in packages.values() {
        match entry(package, &mut texts) {
            Ok(it) => listed.push(it),
            Err(error) => wrong.push(format!("{} {}: {error:#}", package.called.0, package.called.1)),
        }
    }
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n"));
    }
    for (name, places, licence, notice) in BESIDES {
        let text = texts.known(licence).with_context(|| format!("no package has the text of {licence}"))?;
        listed.push(json!({ "name": name, "version": "", "licence": licence, "in": places, "notices": [notice], "texts": [text] }));
    }
    for (name, licence) in RUNTIME {
        listed.push(
            json!({ "name": name, "version": "", "licence": licence, "in": ["program"], "notices": [], "texts": [] }),
        );
    }
    let lock = tree::text(&path("Cargo.lock"))?;
    let all = json!({ "lock": sum_of(&packages::checksums(&lock)), "packages": listed, "texts": texts.all() });
    Ok(lines(&all))
}

fn entry(package: &Package, texts: &mut Texts) -> Result<Value> {
    let Taken { licences } = taken(&package.licence)
        .with_context(|| format!("`{}` is not permitted, use another package", package.licence))?;
    let (mut notices, mut numbers) = (Vec::new(), Vec::new());
    for licence in &licences {
        let found = texts.of(&package.folder, licence)?;
        numbers.push(found.number);
        notices.extend(found.notices);
    }
    if notices.is_empty() {
        // files without a line of their own: the authors, as the package names them
        notices.push(match &package.authors[..] {
            [] => format!("Copyright (c) the {} authors", package.called.0),
            authors => format!("Copyright (c) {}", authors.iter().map(|it| bare(it)).collect::<Vec<_>>().join(", ")),
        });
    }
    notices.dedup();
    let places = [("browser", package.in_browser), ("program", package.in_program)];
    let places: Vec<&str> = places.into_iter().filter(|it| it.1).map(|it| it.0).collect();
    Ok(json!({
        "name": package.called.0,
        "version": package.called.1,
        "licence": package.licence.replace('/', " OR "),
        "in": places,
        "notices": notices,
        "texts": numbers,
    }))
}

/// Without the address.
fn bare(author: &str) -> &str {
    author.split('<').next().unwrap_or_default().trim()
}

/// Changes with every package of a lock file.
fn sum_of(checksums: &BTreeMap<packages::Called, String>) -> String {
    let lines: String = checksums.iter().map(|((name, version), sum)| format!("{name} {version} {sum}\n")).collect();
    Sha256::digest(lines).iter().map(|it| format!("{it:02x}")).collect()
}

/// A package and a text a line, so that differences can be read.
fn lines(all: &Value) -> String {
    let list = |key: &str| {
        let items = all[key].as_array().into_iter().flatten().map(|it| format!("    {it}"));
        items.collect::<Vec<_>>().join(",\n")
    };
    format!(
        "{{\n  \"lock\": {},\n  \"packages\": [\n{}\n  ],\n  \"texts\": [\n{}\n  ]\n}}\n",
        all["lock"],
        list("packages"),
        list("texts")
    )
}
