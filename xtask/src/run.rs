//! Calls another program, reports a failure in one sentence, and knows where the checkout is.

use anyhow::{Result, bail};
use std::{
    env,
    ffi::OsStr,
    io::ErrorKind,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// The root of the checkout: cargo says where this package is, one folder below.
pub fn root() -> PathBuf {
    let xtask = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("xtask"), PathBuf::from);
    xtask.parent().expect("xtask has a parent folder").to_owned()
}

pub fn path(below_root: impl AsRef<Path>) -> PathBuf {
    root().join(below_root)
}

/// A command that starts in the root of the checkout, with our own tools before everyone else's.
pub fn command<S: AsRef<OsStr>>(program: &str, args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(root()).env("PATH", our_path()).env("CARGO_TARGET_DIR", path("target"));
    command
}

/// Searches `PATH` for a program.
pub fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&our_path()).map(|dir| dir.join(program)).find(|it| it.is_file())
}

/// Runs it with its output on the screen. `advice` tells the reader of a failure what to do.
pub fn run(command: &mut Command, advice: &str) -> Result<()> {
    let shown = shown(command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => bail!("`{shown}` failed ({status}); {advice}"),
        Err(error) => bail!("{}", not_started(&shown, &error, advice)),
    }
}

/// Runs it and hands back what it printed.
pub fn output(command: &mut Command, advice: &str) -> Result<String> {
    let shown = shown(command);
    match command.output() {
        Ok(Output { status, stdout, .. }) if status.success() => Ok(String::from_utf8_lossy(&stdout).trim().to_owned()),
        Ok(Output { status, stderr, .. }) => {
            bail!("`{shown}` failed ({status}): {}; {advice}", String::from_utf8_lossy(&stderr).trim())
        }
        Err(error) => bail!("{}", not_started(&shown, &error, advice)),
    }
}

fn our_path() -> std::ffi::OsString {
    let theirs = env::var_os("PATH").unwrap_or_default();
    let all = [path("target/tools/bin")].into_iter().chain(env::split_paths(&theirs));
    env::join_paths(all).expect("no folder on PATH has a separator in its name")
}

fn not_started(shown: &str, error: &std::io::Error, advice: &str) -> String {
    match error.kind() {
        ErrorKind::NotFound => format!("`{shown}` cannot start, the program is not on PATH; {advice}"),
        _ => format!("`{shown}` cannot start ({error}); {advice}"),
    }
}

fn shown(command: &Command) -> String {
    let words = [command.get_program()].into_iter().chain(command.get_args());
    words.map(|it| it.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
