//! Whoever builds the same commit gets the same bytes, and none of them tells where that was.

use crate::{
    app, build,
    run::{command, path, run},
    tree,
};
use anyhow::{Result, ensure};
use std::{fs, path::Path};

/// No file of the site names a folder of the machine that built it.
pub fn no_build_paths() -> Result<()> {
    let mut needles: Vec<String> = app::hidden_paths()?.iter().map(|(from, _)| shown(from)).collect();
    needles.push(String::from("registry/src"));
    let mut files = tree::files(&path("dist"))?;
    // in the site as one file it is packed
    files.push(path(app::WHOLE_MODULE));
    for file in files {
        let content = tree::read(&file)?;
        let text = String::from_utf8_lossy(&content);
        let found = needles.iter().find(|it| text.contains(it.as_str()));
        ensure!(found.is_none(), "{} contains the build path `{}`", file.display(), found.unwrap_or(&String::new()));
    }
    Ok(())
}

/// The generator writes every byte a second time.
pub fn same_site() -> Result<()> {
    let again = path("target/dist-again");
    if again.exists() {
        fs::remove_dir_all(&again)?;
    }
    build::generate("target/dist-again")?;
    let (first, second) = (path("dist"), again);
    let names = |dir: &Path| -> Result<Vec<String>> {
        Ok(tree::files(dir)?.iter().map(|it| shown(it.strip_prefix(dir).unwrap_or(it))).collect())
    };
    let listed = names(&first)?;
    ensure!(listed == names(&second)?, "a second generation gives other files: compare dist and target/dist-again");
    for name in &listed {
        same(&first.join(name), &second.join(name))?;
    }
    println!("{} files, the same twice", listed.len());
    Ok(())
}

/// The compiler writes the reader's module a second time: our own crate anew, its dependencies as they are.
pub fn same_reader() -> Result<()> {
    let linked = app::linked("reader");
    let first = tree::read(&linked)?;
    forget_our_crate()?;
    app::link("reader")?;
    ensure!(first == tree::read(&linked)?, "the reader's module is another one when it is made again from the same");
    Ok(())
}

/// The same for everything that trunk hands on, before it is made small: that is done by tools that know no chance.
pub fn same_modules() -> Result<()> {
    forget_our_crate()?;
    let (first, again) = ("target/app-trunk", "target/app-trunk-again");
    app::compile(again)?;
    let files = tree::files(&path(first))?;
    for file in &files {
        same(file, &path(again).join(file.strip_prefix(path(first))?))?;
    }
    println!("{} files, the same twice", files.len());
    Ok(())
}

fn forget_our_crate() -> Result<()> {
    let target = ["--target", "wasm32-unknown-unknown", "--profile", "browser"];
    let mut forget = command("cargo", ["clean", "--quiet", "--package", "ziping"]);
    run(forget.args(target).env("CARGO_TARGET_DIR", path("target/browser")), "see above")
}

fn same(one: &Path, other: &Path) -> Result<()> {
    let differ = tree::read(one)? != tree::read(other)?;
    ensure!(!differ, "{} and {} differ, but were made from the same", one.display(), other.display());
    Ok(())
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().trim_end_matches('/').to_owned()
}
