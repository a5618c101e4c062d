//! How many instructions the program takes for a sheet and for a notice, by callgrind: the same number however busy the machine
//! is, so what costs something is seen. It differs a little by processor, as libraries copy bytes in the way that it is good at.

use super::{
    Figure,
    notices::Words,
    site::{site_folder, write_site},
};
use crate::{
    browser::install_packages,
    run::{command, find, path, run},
    tree,
};
use anyhow::{Context, Result, ensure};
use std::{fs, path::Path, process::Stdio};

/// What is in both runs: starting and reading the site is left out of the difference. So many sheets are read by one thread.
const FEW: usize = 20;
const MANY: usize = 140;
const NOTICES: [usize; 2] = [10, 60];
/// How much more than the budget is still right.
const MARGIN: f64 = 1.15;

/// The most that each takes. A budget is changed in a commit that says what for.
const SCORED: f64 = 55_000.0;
const ENCODED: f64 = 690_000.0;
const DECODED: f64 = 58_000.0;
const BUILT: f64 = 6_000_000.0;

/// Full sheets of all six rubrics, as other programs send them.
const SHEETS: &str = "tests/data/full.jsonl";
const FOLDER: &str = "target/bench/counted";

/// Fails where something takes more than its budget. Without valgrind nothing is counted, which is told.
pub fn check() -> Result<()> {
    install_packages(&["valgrind"])?;
    for (figure, budget) in instructions()?.unwrap_or_default() {
        println!("{:>12.0} of {budget:>12.0}  {}", figure.ours, figure.what);
        let most = budget * MARGIN;
        ensure!(figure.ours <= most, "{} takes {:.0} instructions, allowed are {most:.0}", figure.what, figure.ours);
    }
    Ok(())
}

/// For the table of the benchmark.
pub fn figures() -> Result<Vec<Figure>> {
    let counted = instructions()?.unwrap_or_default();
    Ok(counted.into_iter().map(|(figure, budget)| figure.allowed(budget * MARGIN)).collect())
}

/// Each with its budget. `None` where there is no valgrind.
fn instructions() -> Result<Option<Vec<(Figure, f64)>>> {
    if find("valgrind").is_none() {
        println!("instructions are not counted, as there is no valgrind: on Debian `apt-get install valgrind`");
        return Ok(None);
    }
    fs::create_dir_all(path(FOLDER))?;
    let sheets = tree::text(&path(SHEETS))?;
    let file = |n: usize, ending: &str| format!("{FOLDER}/{n}.{ending}");
    for n in [FEW, MANY] {
        let lines: String = sheets.lines().cycle().take(n).map(|it| format!("{it}\n")).collect();
        tree::write(&path(file(n, "jsonl")), lines)?;
        let codes = fs::File::create(path(file(n, "txt")))?;
        let encode = ["code", "-q", "--encode", &file(n, "jsonl")];
        run(command(&program(), encode).stdout(codes), "see the error above")?;
    }
    let each = |arguments: &[&str], ending: &str| -> Result<f64> {
        let of = |n| counted(&[arguments, &[&file(n, ending)]].concat());
        Ok((of(MANY)? - of(FEW)?) / (MANY - FEW) as f64)
    };
    let figure = |what: &str, each: f64, budget: f64| (Figure::new(what, "instructions", each), budget);
    Ok(Some(vec![
        figure("a sheet scored from its line", each(&["score", "-q"], "jsonl")?, SCORED),
        figure("a sheet made a code", each(&["code", "-q", "--encode"], "jsonl")?, ENCODED),
        figure("a code made a sheet", each(&["code", "-q"], "txt")?, DECODED),
        figure("a notice built", notice()?, BUILT),
    ]))
}

/// Of a site with more notices than another.
fn notice() -> Result<f64> {
    let (words, app) = (Words::read()?, format!("{FOLDER}/app"));
    fs::create_dir_all(path(&app))?;
    // a word stands for each program of the browser, as none is looked into; without the module of offline.html there is none
    for file in tree::files(&path("target/app"))? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.starts_with("whole") {
            tree::write(&path(&app).join(&name), &name)?;
        }
    }
    let mut counts = Vec::new();
    for n in NOTICES {
        write_site(&words, n)?;
        let (site, out) = (site_folder(n), format!("{FOLDER}/out-{n}"));
        remove(&path(&out))?;
        counts.push(counted(&["build", "--site", &site, "--app", &app, "--out", &out])?);
        remove(&path(&out))?;
    }
    Ok((counts[1] - counts[0]) / (NOTICES[1] - NOTICES[0]) as f64)
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() { fs::remove_dir_all(folder).context("what was built for counting stays") } else { Ok(()) }
}

fn program() -> String {
    path("target/release/ziping").display().to_string()
}

/// One thread, as more of them share the work in another way each time.
fn counted(arguments: &[&str]) -> Result<f64> {
    let program = program();
    let all = ["--tool=callgrind", "--callgrind-out-file=/dev/null", program.as_str()];
    let all = all.into_iter().chain(arguments.iter().copied());
    let out = command("valgrind", all).env("RAYON_NUM_THREADS", "1").stdout(Stdio::null()).output()?;
    let said = String::from_utf8_lossy(&out.stderr);
    ensure!(out.status.success(), "{} failed: {said}", arguments.join(" "));
    let line = said.lines().find_map(|it| it.split_once("Collected : ")).context("callgrind told no count")?;
    Ok(line.1.trim().parse()?)
}
