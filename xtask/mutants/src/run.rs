//! Runs the tests with one mutant after the other, and writes down what no test noticed.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::list::Mutant;
use crate::report;

const RECORD: u32 = u32::MAX - 1;
/// A test that takes longer than so many seconds is not run with mutants.
const LONGEST: u64 = 5;
/// Which sample is tried where there is no time for all.
const SEED: u64 = 1;
/// How many cases of each law are tried while it is recorded what the tests come by.
const CASES: &str = "16";

/// What the command line says.
pub struct Asked {
    /// No mutant is begun after it.
    pub until: Option<Instant>,
    /// How many processes run tests.
    pub jobs: usize,
    /// Modules of tests; all, where it is empty.
    pub tests: Vec<String>,
    /// What the tests bore before, and nothing else.
    pub again: bool,
    /// Only the quick tests.
    pub quick: bool,
}

impl Asked {
    fn is_test(&self, test: &str) -> bool {
        self.tests.is_empty() || self.tests.iter().any(|it| test.split("::").next() == Some(it))
    }
}

/// What became of a mutant.
#[derive(Clone, Copy, Deserialize, PartialEq, Serialize)]
pub enum End {
    Unfit,
    /// There was no time.
    Untried,
    Unreached,
    Failed,
    /// Ran for longer than the tests take, or out of memory.
    Endless,
    /// The quick tests bear it.
    Suspected,
    Survived,
}

/// A process that has read the site and runs tests in children.
struct Served {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    tests: Vec<String>,
}

impl Served {
    fn start(root: &Path, program: &Path, reached: &Path, cold: bool, cases: &str) -> Result<Served> {
        let mut command = Command::new(program);
        command.args(["mutants_served::mutants", "--exact", "--test-threads=1", "--nocapture"]);
        command
            .current_dir(root)
            .env("MUTANTS_REACHED", reached)
            .env("PROPTEST_CASES", cases)
            .env("PROPTEST_MAX_SHRINK_ITERS", "0")
            .env("INSTA_UPDATE", "no");
        if cold {
            command.env("MUTANTS_COLD", "1");
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let (to, from) = (child.stdin.take().context("a pipe")?, child.stdout.take().context("a pipe")?);
        let mut served = Served { child, to, from: BufReader::new(from), tests: Vec::new() };
        loop {
            let line = served.line()?;
            if line == "ready" {
                return Ok(served);
            }
            // `test 17 laws::…`; the harness has a line of its own that begins so
            let test = line.strip_prefix(&format!("test {} ", served.tests.len()));
            served.tests.extend(test.map(str::to_owned));
        }
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        anyhow::ensure!(self.from.read_line(&mut line)? != 0, "the tests have ended");
        Ok(line.trim_end().to_owned())
    }

    /// Runs tests with a mutant on, each for so many seconds at most; tells how that ended, and after how many milliseconds.
    fn ask(&mut self, mutant: u32, tests: &[(usize, u64)]) -> Result<(String, u64)> {
        let tests: String = tests.iter().map(|it| format!(" {}:{}", it.0, it.1)).collect();
        writeln!(self.to, "{mutant}{tests}")?;
        loop {
            let line = self.line()?;
            if let Some(ended) = line.strip_prefix(&format!("ended {mutant} ")) {
                let (how, after) = ended.split_once(' ').context("two words")?;
                return Ok((how.to_owned(), after.parse()?));
            }
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Which tests come by which mutant, and how long each test takes.
#[derive(Deserialize, Serialize)]
struct Reach {
    tests: Vec<String>,
    millis: Vec<u64>,
    of_mutant: HashMap<u32, Vec<usize>>,
    /// Reading the site comes by these.
    before: HashSet<u32>,
    left_out: Vec<String>,
}

impl Reach {
    /// All tests that are run with mutants, the quick ones first.
    fn every(&self) -> Vec<usize> {
        let left_out = |at: &usize| self.left_out.iter().any(|it| it.starts_with(&format!("{} ", self.tests[*at])));
        let mut every: Vec<usize> = (0..self.tests.len()).filter(|it| !left_out(it)).collect();
        every.sort_by_key(|it| self.millis[*it]);
        every
    }
}

fn numbers(path: &Path) -> Result<HashSet<u32>> {
    Ok(fs::read_to_string(path)?.lines().filter_map(|it| it.parse().ok()).collect())
}

fn record(root: &Path, to: &Path, program: &Path, asked: &Asked) -> Result<Reach> {
    let folder = to.join("reached");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let tests = Served::start(root, program, &folder, false, CASES)?.tests.clone();
    let (next, told) = (AtomicUsize::new(0), Mutex::new(vec![("not asked for".to_owned(), 0); tests.len()]));
    side_by_side(asked.jobs, &|| {
        let mut served = Served::start(root, program, &folder, false, CASES)?;
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if tests.len() <= at {
                return Ok(());
            }
            if !asked.is_test(&tests[at]) {
                continue;
            }
            let ended = served.ask(RECORD, &[(at, LONGEST)])?;
            told.lock().expect("not poisoned")[at] = ended;
        }
    })?;
    let told = told.into_inner().expect("not poisoned");
    let mut reach = Reach {
        millis: told.iter().map(|it| it.1).collect(),
        of_mutant: HashMap::new(),
        before: numbers(&folder.join("before"))?,
        left_out: Vec::new(),
        tests,
    };
    for (at, (how, _)) in told.iter().enumerate() {
        if how != "passed" {
            reach.left_out.push(format!("{} ({how})", reach.tests[at]));
            continue;
        }
        for mutant in numbers(&folder.join(at.to_string()))? {
            reach.of_mutant.entry(mutant).or_default().push(at);
        }
    }
    for tests in reach.of_mutant.values_mut() {
        tests.sort_by_key(|it| reach.millis[*it]);
    }
    Ok(reach)
}

/// Does the same in several threads, which share the work.
fn side_by_side(jobs: usize, work: &(dyn Fn() -> Result<()> + Sync)) -> Result<()> {
    thread::scope(|scope| {
        let running: Vec<_> = (0..jobs).map(|_| scope.spawn(work)).collect();
        running.into_iter().try_for_each(|it| it.join().expect("no panic"))
    })
}

/// One time through mutants: how thoroughly.
struct Pass {
    /// Of each law.
    cases: &'static str,
    /// A mutant that tests bear which take so many milliseconds has survived.
    most: u64,
    /// How much longer than recorded the tests take.
    times: u64,
    /// What becomes of a mutant that all of these tests bear.
    bears: End,
}

/// Nearly all that is noticed is noticed here.
const QUICK: Pass = Pass { cases: CASES, most: 2000, times: 1, bears: End::Suspected };
/// What was not: proptest's usual number of cases, and nearly all tests.
const THOROUGH: Pass = Pass { cases: "256", most: 20_000, times: 10, bears: End::Survived };

struct Run<'r> {
    root: &'r Path,
    program: &'r Path,
    to: &'r Path,
    folder: PathBuf,
    reach: Reach,
    asked: &'r Asked,
}

impl Run<'_> {
    fn is_over(&self) -> bool {
        self.asked.until.is_some_and(|it| it < Instant::now())
    }

    fn end(&self, pass: &Pass, kept: &mut Option<Served>, is_cold: bool, mutant: u32, tests: &[usize]) -> Result<End> {
        let (mut chosen, mut millis) = (Vec::new(), 0);
        for at in tests.iter().filter(|it| self.asked.is_test(&self.reach.tests[**it])) {
            millis += self.reach.millis[*at];
            if pass.most < millis && !chosen.is_empty() {
                break;
            }
            chosen.push((*at, 1 + 5 * pass.times * self.reach.millis[*at] / 1000));
        }
        if chosen.is_empty() {
            return Ok(End::Unreached);
        }
        let served = match kept {
            Some(it) => it,
            None => kept.insert(Served::start(self.root, self.program, &self.folder, is_cold, pass.cases)?),
        };
        Ok(match served.ask(mutant, &chosen)?.0.as_str() {
            "passed" => pass.bears,
            "failed" => End::Failed,
            _ => End::Endless,
        })
    }

    /// Runs these mutants, and writes down how each ends.
    fn pass(&self, pass: &Pass, order: &[usize], ends: &Mutex<Ends>, told: &(dyn Fn(usize, End) + Sync)) -> Result<()> {
        let next = AtomicUsize::new(0);
        let every: Vec<usize> = self.reach.every();
        side_by_side(self.asked.jobs, &|| -> Result<()> {
            let (mut warm, mut cold) = (None, None);
            while let Some(at) = order.get(next.fetch_add(1, Ordering::Relaxed)).copied() {
                if self.is_over() {
                    break;
                }
                let number = at as u32;
                let tests = self.reach.of_mutant.get(&number).map_or(&[][..], Vec::as_slice);
                let mut ended = End::Unreached;
                if !tests.is_empty() {
                    ended = self.end(pass, &mut warm, false, number, tests)?;
                }
                // reading the site may fail, or read another one
                if self.reach.before.contains(&number) && (ended == End::Unreached || ended == pass.bears) {
                    ended = self.end(pass, &mut cold, true, number, &every)?;
                }
                let mut ends = ends.lock().expect("not poisoned");
                ends.0[at] = ended;
                if at.is_multiple_of(50) {
                    ends.write(self.to)?;
                }
                drop(ends);
                told(at, ended);
            }
            Ok(())
        })
    }
}

/// Runs all, area by area, and writes `survivors.txt` and `summary.txt`.
pub fn run(
    root: &Path,
    to: &Path,
    program: &Path,
    areas: &[String],
    all: &[Mutant],
    unfit: &HashSet<u32>,
    asked: &Asked,
) -> Result<()> {
    let kept = to.join("reach.json");
    let reach: Reach = if is_newer(&kept, program) {
        serde_json::from_str(&fs::read_to_string(&kept)?)?
    } else {
        let reach = record(root, to, program, asked)?;
        fs::write(&kept, serde_json::to_string(&reach)?)?;
        reach
    };
    println!("{} tests, {} left out", reach.tests.len(), reach.left_out.len());
    let before = Ends::read(to, program, all.len(), unfit, asked.again)?;
    let (ends, run) = (Mutex::new(before), Run { root, program, to, folder: to.join("reached"), reach, asked });
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.retain(|it| areas.iter().any(|area| area == all[*it].area()));
    // where the time ends before, what was tried is a sample by chance, the same every time
    if asked.until.is_some() {
        order.sort_by_key(|it| (*it as u64 + SEED).wrapping_mul(0x9E37_79B9_7F4A_7C15).swap_bytes());
    }
    let that_are = |end| {
        let ends = ends.lock().expect("not poisoned");
        order.iter().copied().filter(|it| ends.0[*it] == end).collect::<Vec<usize>>()
    };
    let untried = that_are(End::Untried);
    println!("{} to try", untried.len());
    run.pass(&QUICK, &untried, &ends, &|_, _| {})?;
    let suspected = if asked.quick { Vec::new() } else { that_are(End::Suspected) };
    println!("{} once more, thoroughly", suspected.len());
    run.pass(&THOROUGH, &suspected, &ends, &|at, ended| {
        if ended == End::Survived {
            println!("{}", all[at].name);
        }
    })?;
    let ends = ends.into_inner().expect("not poisoned");
    ends.write(to)?;
    report::write(root, to, areas, all, &ends.0, &run.reach.left_out)
}

/// How each mutant ended so far. A run goes on where the one before it was ended, until something is compiled.
struct Ends(Vec<End>);

impl Ends {
    fn read(to: &Path, program: &Path, n: usize, unfit: &HashSet<u32>, again: bool) -> Result<Ends> {
        let kept = to.join("ends.json");
        if again {
            let ends: Vec<End> = serde_json::from_str(&fs::read_to_string(kept)?)?;
            let is_noticed = |it: &End| matches!(it, End::Unfit | End::Failed | End::Endless);
            return Ok(Ends(ends.into_iter().map(|it| if is_noticed(&it) { it } else { End::Untried }).collect()));
        }
        if is_newer(&kept, program) {
            return Ok(Ends(serde_json::from_str(&fs::read_to_string(kept)?)?));
        }
        Ok(Ends((0..n as u32).map(|it| if unfit.contains(&it) { End::Unfit } else { End::Untried }).collect()))
    }

    fn write(&self, to: &Path) -> Result<()> {
        Ok(fs::write(to.join("ends.json"), serde_json::to_string(&self.0)?)?)
    }
}

fn is_newer(file: &Path, than: &Path) -> bool {
    let time = |of: &Path| fs::metadata(of).and_then(|it| it.modified());
    time(file).is_ok_and(|it| time(than).is_ok_and(|other| other < it))
}
