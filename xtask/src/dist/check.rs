//! Is it the same release when it is made again, and when it is made from another folder?

use super::{INTO, Release, make, moment, sum};
use crate::{
    run::{command, output, path, root, run},
    tree,
};
use anyhow::{Result, ensure};
use std::{env, fs, path::Path};

/// Makes it three times: twice here, and once in a copy of the checkout that shares nothing but Cargo's registry.
pub fn check(given: Option<&str>) -> Result<()> {
    make(given)?;
    let first = made(&path(INTO))?;
    make(given)?;
    same(&first, &made(&path(INTO))?, "a second time")?;

    // of another length, as a length can be seen too
    let elsewhere = env::temp_dir().join(format!("ziping-dist-{}/another folder", std::process::id()));
    let done = copy(&elsewhere, given).and_then(|()| {
        let mut cargo = command("cargo", ["run", "--quiet", "--locked", "--package", "xtask", "--", "dist"]);
        if let Some(given) = given {
            cargo.args(["--app", given]);
        }
        cargo.current_dir(&elsewhere).env_remove("CARGO_TARGET_DIR").env_remove("CARGO_MANIFEST_DIR");
        run(cargo.env("SOURCE_DATE_EPOCH", moment()?.0.to_string()), "see the error above")?;
        same(&first, &made(&elsewhere.join(INTO))?, "in another folder")
    });
    fs::remove_dir_all(elsewhere.parent().expect("it lies in a folder of its own"))?;
    done?;
    for (name, bytes) in &first {
        println!("{}  {name}", sum(bytes));
    }
    println!("{} files, the same twice and from another folder", first.len());
    Ok(())
}

/// What git knows or would know, and the app where that is not to be compiled.
fn copy(into: &Path, given: Option<&str>) -> Result<()> {
    let args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let names = output(&mut command("git", args), "this is done in a checkout by git")?;
    for name in names.split('\0').filter(|it| !it.is_empty() && root().join(it).is_file()) {
        one(&root().join(name), &into.join(name))?;
    }
    for file in given.map_or(Ok(Vec::new()), |it| tree::files(&path(it)))? {
        one(&file, &into.join(file.strip_prefix(root())?))?;
    }
    Ok(())
}

fn one(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to.parent().expect("a file is in a folder"))?;
    tree::copy(from, to)
}

fn made(folder: &Path) -> Result<Release> {
    let read = |it: std::path::PathBuf| Ok((it.strip_prefix(folder)?.to_string_lossy().into_owned(), tree::read(&it)?));
    tree::files(folder)?.into_iter().map(read).collect()
}

fn same(first: &Release, other: &Release, how: &str) -> Result<()> {
    let names: Vec<&String> = first.keys().chain(other.keys().filter(|it| !first.contains_key(*it))).collect();
    let differ: Vec<&str> =
        names.into_iter().filter(|it| first.get(*it) != other.get(*it)).map(String::as_str).collect();
    ensure!(differ.is_empty(), "made {how}, these are others: {}", differ.join(", "));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_missing_or_differs_is_named() {
        let of = |files: &[(&str, &str)]| -> Release {
            files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
        };
        let first = of(&[("a", "1"), ("b", "2"), ("c", "3")]);
        assert!(same(&first, &first, "twice").is_ok());
        let told = same(&first, &of(&[("a", "1"), ("b", "x"), ("d", "3")]), "twice").unwrap_err().to_string();
        assert_eq!(told, "made twice, these are others: b, c, d");
    }
}
