//! Everything a change must pass, cheapest first, up to the first failure.

use crate::{
    browser, build, leaks,
    run::{command, run},
    sizes,
};
use anyhow::{Result, bail};
use std::{process, time::Instant};

type Step = (&'static str, fn(&str) -> Result<()>);

const NATIVE: [Step; 5] = [
    ("format", |_| cargo("fmt --all --check", "run `cargo fmt --all`")),
    ("clippy, native", |_| cargo("clippy --quiet --locked --workspace --all-targets -- -D warnings", LINT)),
    ("clippy, core alone", |_| cargo("clippy --quiet --locked --no-default-features --lib -- -D warnings", LINT)),
    ("clippy, app", |_| cargo(&format!("clippy --quiet --locked {APP} -- -D warnings"), LINT)),
    ("tests, native", native),
];
const SIZES: [Step; 5] = [
    ("build", |_| build::site()),
    ("sizes", |_| sizes::check()),
    ("no build paths", |_| leaks::no_build_paths()),
    ("same site twice", |_| leaks::same_site()),
    ("same module twice", |_| leaks::same_module()),
];
const BROWSER: [Step; 2] = [("build", |_| build::site()), ("tests, browser", browser::test)];

const APP: &str = "--no-default-features --features app --target wasm32-unknown-unknown --bins";
const LINT: &str = "see the first warning above";

/// With a name, only the tests that have it in theirs.
pub fn all(name: &str) -> Result<()> {
    let tests = [NATIVE[4], BROWSER[0], BROWSER[1]];
    let every: Vec<Step> = NATIVE.into_iter().chain(SIZES).chain([BROWSER[1]]).collect();
    steps(if name.is_empty() { &every } else { &tests }, name)
}

pub fn only(part: &str, name: &str) -> Result<()> {
    match part {
        "native" if name.is_empty() => steps(&NATIVE, name),
        "native" => steps(&NATIVE[4..], name),
        "sizes" => steps(&SIZES, name),
        "browser" => steps(&BROWSER, name),
        _ => bail!("`--only {part}` is not known: it is native, sizes or browser"),
    }
}

fn steps(steps: &[Step], name: &str) -> Result<()> {
    let whole = Instant::now();
    for (done, (step, act)) in steps.iter().enumerate() {
        println!("== {step}");
        let started = Instant::now();
        if let Err(error) = act(name) {
            println!("FAILED {step}: {error:#}");
            println!("{} steps after it did not run", steps.len() - done - 1);
            println!("{done} passed, 1 failed");
            // that is the last line, for whoever reads the end of a log
            process::exit(1);
        }
        println!("ok {step} ({:.1} s)", started.elapsed().as_secs_f32());
    }
    println!("all steps in {:.0} s", whole.elapsed().as_secs_f32());
    println!("{} passed, 0 failed", steps.len());
    Ok(())
}

fn native(name: &str) -> Result<()> {
    cargo(&format!("test --quiet --locked --workspace {name}"), "see the first failure above")
}

fn cargo(args: &str, advice: &str) -> Result<()> {
    run(&mut command("cargo", args.split_whitespace()), advice)
}
