//! Figures that a script for node measured: it writes them to a file, a word and what belongs to it a line, with tabs
//! between (tests/bench/figures.mjs).

use super::Figure;
use crate::{
    run::{command, path, run},
    tree,
};
use anyhow::{Context, Result, bail, ensure};
use std::fs;

/// Runs the script and reads what it measured.
pub fn by_script(script: &str, chrome: &str) -> Result<Vec<Figure>> {
    let file = path("target/bench/figures.txt");
    fs::create_dir_all(path("target/bench"))?;
    if file.exists() {
        fs::remove_file(&file)?;
    }
    run(command("node", [script]).env("CHROME", chrome).env("FIGURES", &file), "see above")?;
    let figures = read(&tree::text(&file)?).with_context(|| format!("{script} wrote what nobody understands"))?;
    ensure!(!figures.is_empty(), "{script} measured nothing");
    Ok(figures)
}

fn read(text: &str) -> Result<Vec<Figure>> {
    let mut figures: Vec<Figure> = Vec::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        if let ["figure", what, unit, ours] = fields[..] {
            figures.push(Figure::new(what, unit, ours.parse()?));
            continue;
        }
        let last = figures.pop().with_context(|| format!("`{line}` belongs to no figure"))?;
        figures.push(match fields[..] {
            ["beside", name, value] => last.beside(name, value.parse()?),
            ["allowed", at_most] => last.allowed(at_most.parse()?),
            ["allowed", at_most, of] => last.allowed_of(of, at_most.parse()?),
            ["more"] => last.more_is_better(),
            _ => bail!("`{line}` is not known"),
        });
    }
    Ok(figures)
}
