//! How fast the scoring is: in the library, and as a program that reads a file and writes one.

use super::{Figure, instructions};
use crate::{
    build,
    run::{command, path, run},
    tree,
};
use anyhow::Result;
use std::{fs, process::Stdio, time::Instant};

const SHEETS: &str = "target/bench/sheets.jsonl";

pub fn score() -> Result<Vec<Figure>> {
    build::generator()?;
    fs::create_dir_all(path("target/bench"))?;
    let file = path(SHEETS).display().to_string();
    let score = ["bench", "--quiet", "--locked", "--bench", "score", "--"];
    run(&mut command("cargo", score), "see the error above")?;
    run(command("cargo", score).args(["--write", &file]), "see the error above")?;

    let sheets = tree::text(&path(SHEETS))?.lines().count();
    let ziping = path("target/release/ziping").display().to_string();
    let started = Instant::now();
    run(command(&ziping, ["score", &file]).stdout(Stdio::null()), "see the error above")?;
    let seconds = started.elapsed().as_secs_f64();
    let figure = Figure::new("sheets scored from a file, all cores", "a second", sheets as f64 / seconds);
    let mut figures = vec![figure.more_is_better()];
    figures.extend(instructions::instructions(SHEETS)?.into_iter().flatten());
    Ok(figures)
}
