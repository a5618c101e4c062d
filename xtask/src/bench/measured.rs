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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_script_wrote_is_read_and_nothing_else() {
        let figures =
            read("figure\tpaint\tms\t660\nbeside\tplain\t600\nallowed\t1.1\tplain\nfigure\tn\tMB\t2\nallowed\t3\n");
        let figures = figures.unwrap();
        assert_eq!(figures.len(), 2);
        assert_eq!((figures[0].ours, figures[0].peers[0].1, figures[0].limits[0].at_most), (660.0, 600.0, 1.1));
        assert_eq!((figures[1].limits[0].of.as_deref(), figures[1].unit.as_str()), (None, "MB"));
        for wrong in ["beside\tplain\t600\n", "figure\tpaint\tms\tfast\n", "figure\tpaint\tms\t1\nwhat\n"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
