//! Runs two rows of jobs side by side, so that no processor is idle while the compiler or wasm-opt uses only one.
//!
//! What a job prints is collected and shown when it ends. The first failure stops the other row too.

use crate::run::path;
use anyhow::{Context, Result};
use std::{
    fs::{self, File},
    io::Read,
    process::{self, ChildStdin, Command, Stdio, exit},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Instant,
};
use wait4::Wait4;

/// How many jobs this program has begun.
static JOBS: AtomicUsize = AtomicUsize::new(0);

pub struct Job {
    pub name: &'static str,
    pub command: Command,
}

/// The result of a job. `seconds` is the time on the clock, `processor` the processor time that all its processes used.
pub struct Ended {
    pub name: &'static str,
    pub passed: bool,
    pub printed: String,
    pub seconds: f32,
    pub processor: f32,
}

/// Runs the rows until all their jobs have passed or one has failed; says how many passed and whether all did.
pub fn beside(rows: [Vec<Job>; 2], mut tell: impl FnMut(&Ended)) -> Result<(usize, bool)> {
    // our end of the pipe into each running job: a job ends when this is closed, see `end_with_parent`
    let holding = Mutex::new(Some([None, None]));
    let (ended, coming) = mpsc::channel();
    thread::scope(|scope| {
        for (row, jobs) in rows.into_iter().enumerate() {
            let (holding, ended) = (&holding, ended.clone());
            scope.spawn(move || {
                for job in jobs {
                    let Some(result) = run(job, row, holding).transpose() else { return };
                    let goes_on = result.as_ref().is_ok_and(|it| it.passed);
                    if ended.send(result).is_err() || !goes_on {
                        return;
                    }
                }
            });
        }
        drop(ended);
        let mut passed = 0;
        for result in coming {
            let all_well = result.as_ref().is_ok_and(|it| it.passed);
            if !all_well {
                holding.lock().expect("no thread panics").take();
            }
            tell(&result?);
            if !all_well {
                return Ok((passed, false));
            }
            passed += 1;
        }
        Ok((passed, true))
    })
}

/// `None` where the other row failed before this job began.
fn run(job: Job, row: usize, holding: &Mutex<Option<[Option<ChildStdin>; 2]>>) -> Result<Option<Ended>> {
    let Job { name, mut command } = job;
    // one file for standard output and errors, so that the lines are in the order in which they were printed; of this job
    // alone, as a job may run rows of its own
    let file = path(format!("target/rows/{}-{}.log", process::id(), JOBS.fetch_add(1, Ordering::Relaxed)));
    fs::create_dir_all(path("target/rows"))?;
    let printed = File::create(&file).with_context(|| format!("cannot write {}", file.display()))?;
    command.stdin(Stdio::piped()).stdout(printed.try_clone()?).stderr(printed);
    let started = Instant::now();
    let child = {
        let mut holding = holding.lock().expect("no thread panics");
        let Some(held) = holding.as_mut() else { return Ok(None) };
        let mut child = command.spawn().with_context(|| format!("cannot start {name}"))?;
        held[row] = child.stdin.take();
        child
    };
    let used = child.wait4()?;
    let printed = String::from_utf8_lossy(&fs::read(&file)?).into_owned();
    fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
    Ok(Some(Ended {
        name,
        passed: used.status.success(),
        printed,
        seconds: started.elapsed().as_secs_f32(),
        processor: (used.rusage.utime + used.rusage.stime).as_secs_f32(),
    }))
}

/// For a job that is this program again: ends it, and everything it started, when the other end of its standard input
/// is closed. It leads its own process group, which an interrupt from the keyboard does not reach.
pub fn end_with_parent() {
    thread::spawn(|| {
        let _ = std::io::stdin().read(&mut [0]);
        let _ = Command::new("sh").args(["-c", "kill -s TERM 0"]).status();
        exit(1);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(name: &'static str, script: &str) -> Job {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        Job { name, command }
    }

    #[test]
    fn both_rows_run_at_the_same_time_and_keep_what_they_print_together() {
        // each job waits for the other's file, so that neither ends unless both run at the same time
        let folder = std::env::temp_dir().join(format!("ziping-rows-{}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        let script = |mine: &str, theirs: &str| {
            let folder = folder.display();
            format!(
                "echo {mine} 1; touch {folder}/{mine}; until test -e {folder}/{theirs}; do sleep 0.01; done; echo {mine} 2 >&2"
            )
        };
        let rows = [vec![job("one", &script("a", "b"))], vec![job("two", &script("b", "a")), job("three", "echo c")]];
        let mut told = Vec::new();
        let result = beside(rows, |it| told.push((it.name, it.printed.clone()))).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        told.sort_unstable();
        assert_eq!(result, (3, true));
        let wanted = [("one", "a 1\na 2\n"), ("three", "c\n"), ("two", "b 1\nb 2\n")];
        assert_eq!(told, wanted.map(|(name, text)| (name, text.to_owned())));
    }

    #[test]
    fn a_failure_ends_the_other_row() {
        // `cat` runs for as long as its standard input is open
        let rows =
            [vec![job("fails", "exit 3"), job("never", "true")], vec![job("endless", "cat"), job("never", "true")]];
        let mut told = Vec::new();
        assert_eq!(beside(rows, |it| told.push(it.name)).unwrap(), (0, false));
        assert_eq!(told, ["fails"]);
    }
}
