//! How much time and memory it takes to build a site of the same notices with our generator and with mdBook.

use super::{Figure, notices::Words};
use crate::{
    build,
    run::{command, path},
    tools, tree,
};
use anyhow::{Context, Result, ensure};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Stdio,
    thread,
    time::{Duration, Instant},
};
use wait4::Wait4;

const FEW: usize = 1000;
const MANY: usize = 10_000;
const ROUNDS: usize = 3;
/// The most we allow, as a part of mdBook's time and memory.
const TIME: f64 = 1.0 / 5.0;
const MEMORY: f64 = 1.0 / 2.0;
/// Ten times as many notices may take this many times as long.
const GROWTH: f64 = 12.0;

const BOOK: &str = "target/bench/book-1000";
const OUT: &str = "target/bench/out";
const LOG: &str = "target/bench/site.log";

pub fn site() -> Result<Vec<Figure>> {
    build::site()?;
    tools::mdbook()?;
    remove(&path(OUT))?;
    let words = Words::read()?;
    write_site(&words, FEW)?;
    write_site(&words, MANY)?;
    write_book(&words, FEW)?;

    let mut runs = [book(), ziping(FEW), ziping(MANY)];
    // in turns, so that a slow minute of the machine affects all programs alike
    for round in 1..=ROUNDS {
        for run in &mut runs {
            run.measure(round)?;
        }
    }
    println!("the middle one of {ROUNDS} runs each:");
    println!("program        notices  seconds  CPU seconds      MiB    pages        bytes");
    let mut figures = Vec::new();
    for run in &runs {
        let (pages, bytes) = written(&run.out(1))?;
        let (seconds, cpu, memory) = (median(&run.seconds), median(&run.cpu), median(&run.memory));
        print!("{:<13} {:>8} {seconds:>8.3} {cpu:>12.3} {memory:>8.1}", run.program, run.notices);
        println!(" {pages:>8} {bytes:>12}");
        figures.push((seconds, memory));
    }
    remove(&path(OUT))?;
    let [book, few, many] = figures[..] else { unreachable!("there are three runs") };
    let many_of_few = format!("{} of {} notices", number(MANY), number(FEW));
    let mdbook = runs[0].program.as_str();
    Ok(vec![
        Figure::new(&format!("{} notices built", number(FEW)), "s", few.0)
            .beside(mdbook, book.0)
            .allowed_of(mdbook, TIME),
        Figure::new("memory for them", "MiB", few.1).beside(mdbook, book.1).allowed_of(mdbook, MEMORY),
        Figure::new(&many_of_few, "times as long", many.0 / few.0).allowed(GROWTH),
    ])
}

/// With a comma between thousands.
fn number(n: usize) -> String {
    format!("{},{:03}", n / 1000, n % 1000)
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

/// All runs of one program on one site.
struct Run {
    program: String,
    notices: usize,
    /// All arguments but the folder to write to.
    args: Vec<String>,
    seconds: Vec<f64>,
    cpu: Vec<f64>,
    /// The highest memory use, in MiB.
    memory: Vec<f64>,
}

fn ziping(notices: usize) -> Run {
    let (program, site) = (path("target/release/ziping").display().to_string(), format!("target/bench/site-{notices}"));
    run_of("ziping", notices, &[&program, "build", "--app", "target/app", "--site", &site, "--out"])
}

fn book() -> Run {
    run_of(&format!("mdBook {}", tools::MDBOOK), FEW, &["mdbook", "build", BOOK, "--dest-dir"])
}

fn run_of(program: &str, notices: usize, args: &[&str]) -> Run {
    let args = args.iter().map(|it| (*it).to_owned()).collect();
    let (seconds, cpu, memory) = (Vec::new(), Vec::new(), Vec::new());
    Run { program: program.to_owned(), notices, args, seconds, cpu, memory }
}

impl Run {
    /// Each round has its own folder, and nothing is removed in between: for minutes after many files were deleted,
    /// ext4 takes much longer to find a place for new ones.
    fn out(&self, round: usize) -> PathBuf {
        path(OUT).join(format!("{}-{}-{round}", self.args[0].rsplit('/').next().unwrap_or_default(), self.notices))
    }

    fn measure(&mut self, round: usize) -> Result<()> {
        let log = File::create(path(LOG)).with_context(|| format!("cannot write {LOG}"))?;
        let mut command = command(&self.args[0], &self.args[1..]);
        command.arg(self.out(round)).stdout(log.try_clone()?).stderr(log).stdin(Stdio::null());
        let started = Instant::now();
        let child = command.spawn().with_context(|| format!("cannot run {}", self.program))?;
        let id = child.id();
        let watch = thread::spawn(move || watch(id));
        let ended = child.wait4();
        let seconds = started.elapsed().as_secs_f64();
        let ended = ended.with_context(|| format!("cannot run {}", self.program))?;
        ensure!(ended.status.success(), "{} failed ({}); see {LOG}", self.program, ended.status);
        self.seconds.push(seconds);
        self.cpu.push((ended.rusage.utime + ended.rusage.stime).as_secs_f64());
        self.memory.push(watch.join().unwrap_or_default());
        Ok(())
    }
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The real site, because its readings and rubrics refer to the real notices, with `notices` invented ones added. These
/// are written over those of an earlier run.
fn write_site(words: &Words, notices: usize) -> Result<()> {
    let folder = path(format!("target/bench/site-{notices}"));
    fs::create_dir_all(&folder)?;
    let is_other = |file: &PathBuf| file.file_name().is_some_and(|it| it.to_string_lossy().starts_with("n-"));
    for real in tree::files(&folder)?.into_iter().filter(|it| !is_other(it)) {
        fs::remove_file(&real).with_context(|| format!("cannot remove {}", real.display()))?;
    }
    for part in ["rubrics", "style", "site.toml", "content"] {
        for file in tree::files(&path(part))? {
            let to = folder.join(file.strip_prefix(path(""))?);
            fs::create_dir_all(to.parent().context("a file is in a folder")?)?;
            tree::copy(&file, &to)?;
        }
    }
    for notice in (1..=notices).map(|it| words.notice(it)) {
        let front = [
            ("number", notice.number),
            ("issuer", "测试机关".to_owned()),
            ("title", notice.title),
            ("issued", notice.issued),
        ];
        let front: String = front.iter().map(|(key, value)| format!("{key} = \"{value}\"\n")).collect();
        tree::write(
            &folder.join(format!("content/{}.md", notice.name)),
            format!("+++\n{front}+++\n\n{}", notice.text),
        )?;
    }
    Ok(())
}

/// The same texts as chapters of a book, with only the settings that are required.
fn write_book(words: &Words, notices: usize) -> Result<()> {
    let folder = path(BOOK);
    fs::create_dir_all(folder.join("src"))?;
    tree::write(&folder.join("book.toml"), "[book]\ntitle = \"文件\"\n")?;
    let mut summary = String::from("# Summary\n\n");
    for notice in (1..=notices).map(|it| words.notice(it)) {
        summary += &format!("- [{} {}]({}.md)\n", notice.number, notice.title, notice.name);
        tree::write(&folder.join(format!("src/{}.md", notice.name)), format!("# {}\n\n{}", notice.title, notice.text))?;
    }
    tree::write(&folder.join("src/SUMMARY.md"), summary)
}

fn remove(folder: &Path) -> Result<()> {
    match folder.exists() {
        true => fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display())),
        false => Ok(()),
    }
}

/// The number of pages, and the bytes of all files below a folder.
fn written(folder: &Path) -> Result<(usize, u64)> {
    let files = tree::files(folder)?;
    let pages = files.iter().filter(|file| file.extension().is_some_and(|it| it == "html")).count();
    let bytes = files.iter().map(|it| Ok(it.metadata()?.len())).sum::<Result<u64>>()?;
    Ok((pages, bytes))
}
