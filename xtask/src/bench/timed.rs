//! A program that is run once: how long it takes, how much of the processors, how much memory.

use anyhow::{Context, Result, ensure};
use std::{
    fs,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use wait4::Wait4;

#[derive(Clone, Copy)]
pub struct Timed {
    pub seconds: f64,
    /// Of all processors.
    pub cpu: f64,
    /// The highest use, in MiB.
    pub memory: f64,
}

/// Runs it to its end.
///
/// # Errors
/// It cannot be run, or it fails.
pub fn timed(command: &mut Command) -> Result<Timed> {
    let name = command.get_program().to_string_lossy().into_owned();
    let started = Instant::now();
    let child = command.stdin(Stdio::null()).spawn().with_context(|| format!("cannot run {name}"))?;
    let id = child.id();
    let watch = thread::spawn(move || watch(id));
    let ended = child.wait4();
    let seconds = started.elapsed().as_secs_f64();
    let ended = ended.with_context(|| format!("cannot run {name}"))?;
    ensure!(ended.status.success(), "{name} failed ({})", ended.status);
    let cpu = (ended.rusage.utime + ended.rusage.stime).as_secs_f64();
    Ok(Timed { seconds, cpu, memory: watch.join().unwrap_or_default() })
}

/// The highest memory use of a running process, in MiB. The figure of wait4 cannot be used: it starts with the memory
/// of the parent process.
fn watch(id: u32) -> f64 {
    let mut highest = 0.0;
    loop {
        let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
        let Some(kib) = line.and_then(|it| it.trim().strip_suffix("kB")?.trim().parse::<f64>().ok()) else { break };
        highest = kib / 1024.0;
        thread::sleep(Duration::from_millis(1));
    }
    highest
}

pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
