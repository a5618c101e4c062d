//! Runs everything that a change must pass, up to the first failure: native checks and the build side by side, browsers
//! last.

use crate::{
    bench::instructions,
    browser, build,
    lanes::{self, Ended, Job},
    leaks,
    run::{command, run},
    sizes, tools,
};
use anyhow::{Context, Result, bail};
use std::{env, os::unix::process::CommandExt, process, time::Instant};

/// The name of a step, and the function that runs it; it gets the part of a test's name that was asked for.
type Step = (&'static str, fn(&str) -> Result<()>);

const NATIVE: [Step; 5] = [
    ("format", |_| cargo("fmt --all --check", "run `cargo fmt --all`")),
    ("clippy, native", |_| cargo("clippy --quiet --locked --workspace --all-targets -- -D warnings", LINT)),
    ("clippy, core alone", |_| cargo("clippy --quiet --locked --no-default-features --lib -- -D warnings", LINT)),
    ("clippy, app", |_| cargo(&format!("clippy --quiet --locked {APP} -- -D warnings"), LINT)),
    TESTS_NATIVE,
];
const SIZES: [Step; 7] = [
    TOOLS,
    BUILD,
    ("sizes", |_| sizes::check()),
    ("instructions", |_| instructions::check()),
    ("no build paths", |_| leaks::no_build_paths()),
    ("same site twice", |_| leaks::same_site()),
    ("reader's module twice", |_| leaks::same_reader()),
];
const TOOLS: Step = ("tools", |_| tools::ready());
const BUILD: Step = ("build", |_| build::site());
const TESTS_NATIVE: Step = ("tests, native", native);
const BROWSERS: Step = ("browsers", |_| browser::ready().map(drop));
const TESTS_BROWSER: Step = ("tests, browser", browser::test);
/// This takes long and seldom fails when the reader's module is fine.
const EVERY_MODULE: Step = ("every module twice", |_| leaks::same_modules());

const APP: &str = "--no-default-features --features app --target wasm32-unknown-unknown --bins";
const LINT: &str = "see the first warning above";

/// Two rows of steps side by side, then the other steps one after the other, each with the whole machine to itself.
struct Plan {
    beside: [Vec<Step>; 2],
    after: Vec<Step>,
}

/// What everyone runs; with a name, only the tests whose name contains it.
pub fn usual(name: &str) -> Result<()> {
    let mut plan = Plan { beside: [NATIVE.into(), SIZES.into()], after: vec![TESTS_BROWSER] };
    if !name.is_empty() {
        plan.beside = [vec![TESTS_NATIVE], vec![TOOLS, BUILD]];
    }
    plan.beside[1].insert(0, BROWSERS);
    follow(&plan, name)
}

/// The same and the steps that take longest, to be run before a release.
pub fn all() -> Result<()> {
    let mut build: Vec<Step> = SIZES.into();
    build.pop();
    build.push(EVERY_MODULE);
    build.insert(0, BROWSERS);
    follow(&Plan { beside: [NATIVE.into(), build], after: vec![TESTS_BROWSER] }, "")
}

pub fn only(part: &str, name: &str) -> Result<()> {
    let steps: &[Step] = match part {
        "native" if name.is_empty() => &NATIVE,
        "native" => &[TESTS_NATIVE],
        "sizes" => &SIZES,
        "browser" => &[BUILD, TESTS_BROWSER],
        _ => bail!("`--only {part}` is not known: it is native, sizes or browser"),
    };
    follow(&Plan { beside: [Vec::new(), Vec::new()], after: steps.into() }, name)
}

/// Runs one step of a row in this process, which was started for it and has its own output.
pub fn step(called: &str, name: &str) -> Result<()> {
    let every = [NATIVE.as_slice(), &SIZES, &[BROWSERS, EVERY_MODULE]].concat();
    let (_, act) =
        every.into_iter().find(|it| it.0 == called).with_context(|| format!("no step is called {called}"))?;
    lanes::end_with_parent();
    act(name)
}

fn follow(plan: &Plan, name: &str) -> Result<()> {
    let whole = Instant::now();
    let count = plan.beside.iter().map(Vec::len).sum::<usize>() + plan.after.len();
    let stop = |done: usize| -> ! {
        println!("{} other steps did not run to their end", count - done - 1);
        println!("{done} passed, 1 failed");
        // the error stays the last line, for whoever reads the end of a log
        process::exit(1);
    };
    let this = env::current_exe()?;
    let job = |&(called, _): &Step| {
        let mut command = command(&this.to_string_lossy(), ["step", called, name]);
        command.process_group(0);
        Job { name: called, command }
    };
    let rows = plan.beside.each_ref().map(|row| row.iter().map(job).collect());
    let (mut done, passed) = lanes::beside(rows, told)?;
    if !passed {
        stop(done);
    }
    for (called, act) in &plan.after {
        println!("== {called}");
        let started = Instant::now();
        if let Err(error) = act(name) {
            println!("FAILED {called}: {error:#}");
            stop(done);
        }
        println!("ok {called} ({:.1} s)", started.elapsed().as_secs_f32());
        done += 1;
    }
    println!("all steps in {:.0} s", whole.elapsed().as_secs_f32());
    println!("{count} passed, 0 failed");
    Ok(())
}

fn told(ended: &Ended) {
    println!("== {}", ended.name);
    print!("{}", ended.printed);
    let how = if ended.passed { "ok" } else { "FAILED" };
    println!("{how} {} ({:.1} s, {:.1} s of processors)", ended.name, ended.seconds, ended.processor);
}

fn native(name: &str) -> Result<()> {
    cargo(&format!("test --quiet --locked --workspace {name}"), "see the first failure above")
}

fn cargo(args: &str, advice: &str) -> Result<()> {
    run(&mut command("cargo", args.split_whitespace()), advice)
}
