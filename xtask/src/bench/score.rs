//! How fast a file of sheets is scored and one of codes is decoded: by the time of the processors that the program takes, with
//! its start, held to one of them; and how many instructions a sheet takes.

use super::{
    Figure, instructions,
    timed::{Timed, median, timed},
};
use crate::{
    build,
    run::{command, find, path, run},
    tree,
};
use anyhow::Result;
use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    process::Stdio,
};

/// Full sheets of all rubrics, which are written down in turns.
const SHEETS: &str = "tests/data/full.jsonl";
const SCORED: usize = 400_000;
const DECODED: usize = 2_000_000;
const ROUNDS: usize = 5;
/// The least that was asked for, a second on one core, and the most memory in MiB.
const TO_SCORE: f64 = 300_000.0;
const TO_DECODE: f64 = 150_000.0;
const MEMORY: f64 = 64.0;

pub fn score() -> Result<Vec<Figure>> {
    build::generator()?;
    fs::create_dir_all(path("target/bench"))?;
    let (sheets, codes) = (path("target/bench/sheets.jsonl"), path("target/bench/codes.txt"));
    let file = |it: &std::path::Path| it.display().to_string();
    let text = tree::text(&path(SHEETS))?;
    let in_turns = |to: &std::path::Path, text: &str, n: usize| -> Result<()> {
        let mut out = BufWriter::new(File::create(to)?);
        text.lines().cycle().take(n).try_for_each(|line| writeln!(out, "{line}"))?;
        Ok(out.flush()?)
    };
    in_turns(&sheets, &text, SCORED)?;
    let few = path("target/bench/few-codes.txt");
    let encode = ["code", "--quiet", "--encode", &file(&path(SHEETS))];
    run(command(&program(), encode).stdout(File::create(&few)?), "see the error above")?;
    in_turns(&codes, &tree::text(&few)?, DECODED)?;

    let mut rounds: Vec<[Timed; 3]> = Vec::new();
    for _ in 0..ROUNDS {
        rounds.push([
            on(true, &["score", "--quiet", &file(&sheets)])?,
            on(true, &["code", "--quiet", &file(&codes)])?,
            on(false, &["score", "--quiet", &file(&sheets)])?,
        ]);
    }
    let middle = |at: usize, of: fn(&Timed) -> f64| median(rounds.iter().map(|it| of(&it[at])));
    let each = |what: &str, n: usize, seconds: f64| Figure::new(what, "a second", n as f64 / seconds).more_is_better();
    let mut figures = vec![
        each("sheets scored from a file, one core", SCORED, middle(0, |it| it.cpu)).allowed(TO_SCORE),
        each("the same, all cores, by the clock", SCORED, middle(2, |it| it.seconds)),
        each("codes decoded from a file, one core", DECODED, middle(1, |it| it.cpu)).allowed(TO_DECODE),
        Figure::new("memory for 2,000,000 codes", "MiB", middle(1, |it| it.memory)).allowed(MEMORY),
    ];
    figures.extend(instructions::figures()?);
    Ok(figures)
}

fn program() -> String {
    path("target/release/ziping").display().to_string()
}

/// Runs the program, on one processor where that is wanted and can be had.
fn on(one: bool, arguments: &[&str]) -> Result<Timed> {
    let program = program();
    let mut run = match find("taskset").filter(|_| one) {
        Some(_) => command("taskset", ["-c", "0", program.as_str()]),
        None => command(&program, [""; 0]),
    };
    timed(run.args(arguments).stdout(Stdio::null()))
}
