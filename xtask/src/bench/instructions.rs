//! How many instructions the program takes for a sheet, by callgrind: the same number on every machine for the same
//! compiler, so that a change that costs something is seen however busy the machine is.

use super::Figure;
use crate::{
    run::{command, path, run},
    tree,
};
use anyhow::{Context, Result, ensure};
use std::{fs, process::Stdio};

/// The part of the sheets that is in both runs: starting and reading the site is left out of the difference.
const FEW: usize = 600;
const MANY: usize = 2600;
/// How much more than the budget is still right.
const MARGIN: f64 = 1.05;

/// What a sheet takes, by what is done with it. A budget is changed in a commit that says what for.
const BUDGETS: [(&str, &[&str], f64); 3] = [
    ("scored from a line", &["score", "-q"], SCORED),
    ("made a code", &["code", "-q", "--encode"], ENCODED),
    ("read from a code and scored", &["code", "-q"], DECODED),
];
const SCORED: f64 = 133_500.0;
const ENCODED: f64 = 794_600.0;
const DECODED: f64 = 395_400.0;

/// Of the sheets in this file, a line each. `None` where there is no valgrind.
pub fn instructions(sheets: &str) -> Result<Option<Vec<Figure>>> {
    if command("valgrind", ["--version"]).stdout(Stdio::null()).status().is_err() {
        println!("no valgrind here: instructions are not counted");
        return Ok(None);
    }
    let text = tree::text(&path(sheets))?;
    let lines = |n: usize| text.lines().take(n).map(|it| format!("{it}\n")).collect::<String>();
    let mut figures = Vec::new();
    for (what, arguments, budget) in BUDGETS {
        let mut counts = [0.0, 0.0];
        for (count, n) in counts.iter_mut().zip([FEW, MANY]) {
            let file = path("target/bench/counted.jsonl");
            tree::write(&file, lines(n))?;
            // the codes of the step before are what is read
            let codes = path("target/bench/counted.txt");
            if what == BUDGETS[2].0 {
                encode(&file.display().to_string(), &codes)?;
                *count = counted(arguments, &codes.display().to_string())?;
            } else {
                *count = counted(arguments, &file.display().to_string())?;
            }
        }
        let each = (counts[1] - counts[0]) / (MANY - FEW) as f64;
        figures.push(Figure::new(&format!("instructions for a sheet {what}"), "", each).allowed(budget * MARGIN));
        ensure!(each <= budget * MARGIN, "a sheet {what} takes {each:.0} instructions and not {budget:.0}");
    }
    Ok(Some(figures))
}

fn program() -> String {
    path("target/release/ziping").display().to_string()
}

fn encode(file: &str, to: &std::path::Path) -> Result<()> {
    let out = fs::File::create(to)?;
    run(command(&program(), ["code", "-q", "--encode", file]).stdout(out), "see the error above")
}

/// One thread, as more of them share the work in another way each time.
fn counted(arguments: &[&str], file: &str) -> Result<f64> {
    let program = program();
    let all = ["--tool=callgrind", "--callgrind-out-file=/dev/null", program.as_str()];
    let all = all.into_iter().chain(arguments.iter().copied()).chain([file]);
    let out = command("valgrind", all).env("RAYON_NUM_THREADS", "1").stdout(Stdio::null()).output()?;
    let said = String::from_utf8_lossy(&out.stderr);
    let line = said.lines().find_map(|it| it.split_once("Collected : ")).context("callgrind told no count")?;
    Ok(line.1.trim().parse()?)
}
