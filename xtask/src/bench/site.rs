//! How much time and memory it takes to build a site of the same notices with our generator, with mdBook and with hugo.

use super::{
    Figure,
    notices::Words,
    timed::{Timed, median, timed},
};
use crate::{
    browser::install_packages,
    build,
    run::{command, find, path},
    tools, tree,
};
use anyhow::{Context, Result, ensure};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

const FEW: usize = 1000;
const MANY: usize = 10_000;
const MOST: usize = 50_000;
const ROUNDS: usize = 3;
/// The most we allow, as a part of mdBook's time and memory, and of hugo's time.
const TIME: f64 = 1.0 / 5.0;
const MEMORY: f64 = 1.0 / 2.0;
const OF_HUGO: f64 = 1.0 / 2.0;
/// Ten times as many notices may take this many times as long, and five times as many this many.
const GROWTH: f64 = 12.0;
const LINEAR: f64 = 6.0;

const BOOK: &str = "target/bench/book-1000";
const HUGO: &str = "target/bench/hugo";
const OUT: &str = "target/bench/out";
const LOG: &str = "target/bench/site.log";

pub fn site() -> Result<Vec<Figure>> {
    // nothing looks into the programs of the browser: those that were built last will do
    if path("target/app/app.wasm").exists() {
        build::generator()?
    } else {
        build::site()?
    }
    tools::mdbook()?;
    install_packages(&["hugo"])?;
    ensure!(find("hugo").is_some(), "hugo is missing: on Debian `apt-get install hugo`");
    remove(&path(OUT))?;
    let words = Words::read()?;
    for n in [FEW, MANY, MOST] {
        write_site(&words, n)?;
    }
    write_book(&words, FEW)?;
    for n in [FEW, MANY] {
        write_hugo(&words, n)?;
    }

    let mut runs = [book(), hugo(FEW), hugo(MANY), ziping(FEW), ziping(MANY), ziping(MOST)];
    // in turns, so that a slow minute of the machine affects all programs alike
    for round in 1..=ROUNDS {
        for run in runs.iter_mut().filter(|it| round == 1 || it.notices < MOST) {
            run.measure(round)?;
        }
    }
    println!("the middle one of {ROUNDS} runs each, of the most notices one run:");
    println!("program        notices  seconds  CPU seconds      MiB    pages        bytes");
    let mut figures = Vec::new();
    for run in &runs {
        let (pages, bytes) = written(&run.out(1))?;
        let (seconds, cpu, memory) = (run.middle(|it| it.seconds), run.middle(|it| it.cpu), run.middle(|it| it.memory));
        print!("{:<13} {:>8} {seconds:>8.3} {cpu:>12.3} {memory:>8.1}", run.program, run.notices);
        println!(" {pages:>8} {bytes:>12}");
        figures.push((seconds, cpu, memory));
    }
    remove(&path(OUT))?;
    let [book, hugo_few, hugo_many, few, many, most] = figures[..] else { unreachable!("there are six runs") };
    let mdbook = runs[0].program.as_str();
    let beside = |what: String, unit: &str, of: fn(&(f64, f64, f64)) -> f64| {
        Figure::new(&what, unit, of(&few)).beside(mdbook, of(&book)).beside("hugo", of(&hugo_few))
    };
    let times = |n: usize, of: usize| format!("{} of {} notices", number(n), number(of));
    Ok(vec![
        beside(format!("{} notices built", number(FEW)), "s", |it| it.0)
            .allowed_of(mdbook, TIME)
            .allowed_of("hugo", OF_HUGO),
        beside("time of the processors for them".to_owned(), "s", |it| it.1),
        beside("memory for them".to_owned(), "MiB", |it| it.2).allowed_of(mdbook, MEMORY),
        Figure::new(&format!("{} notices built", number(MANY)), "s", many.0)
            .beside("hugo", hugo_many.0)
            .allowed_of("hugo", OF_HUGO),
        Figure::new("time of the processors for them", "s", many.1).beside("hugo", hugo_many.1),
        Figure::new("memory for them", "MiB", many.2).beside("hugo", hugo_many.2),
        Figure::new(&times(MANY, FEW), "times as long", many.0 / few.0).allowed(GROWTH),
        Figure::new(&format!("{} notices built", number(MOST)), "s", most.0),
        Figure::new("memory for them", "MiB", most.2),
        Figure::new(&times(MOST, MANY), "times as long", most.0 / many.0).allowed(LINEAR),
    ])
}

/// With a comma between thousands.
fn number(n: usize) -> String {
    format!("{},{:03}", n / 1000, n % 1000)
}

/// All runs of one program on one site.
struct Run {
    program: String,
    notices: usize,
    /// All arguments but the folder to write to.
    args: Vec<String>,
    timed: Vec<Timed>,
}

pub(super) fn site_folder(notices: usize) -> String {
    format!("target/bench/site-{notices}")
}

fn ziping(notices: usize) -> Run {
    let (program, site) = (path("target/release/ziping").display().to_string(), site_folder(notices));
    run_of("ziping", notices, &[&program, "build", "--app", "target/app", "--site", &site, "--out"])
}

fn book() -> Run {
    run_of(&format!("mdBook {}", tools::MDBOOK), FEW, &["mdbook", "build", BOOK, "--dest-dir"])
}

fn hugo(notices: usize) -> Run {
    let site = format!("{HUGO}-{notices}");
    run_of("hugo", notices, &["hugo", "--quiet", "--source", &site, "--destination"])
}

fn run_of(program: &str, notices: usize, args: &[&str]) -> Run {
    let args = args.iter().map(|it| (*it).to_owned()).collect();
    Run { program: program.to_owned(), notices, args, timed: Vec::new() }
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
        command.arg(self.out(round)).stdout(log.try_clone()?).stderr(log);
        self.timed.push(timed(&mut command).with_context(|| format!("see {LOG}"))?);
        Ok(())
    }

    fn middle(&self, of: fn(&Timed) -> f64) -> f64 {
        median(self.timed.iter().map(of))
    }
}

/// The real site, because its readings and rubrics refer to the real notices, with `notices` invented ones added. These
/// are written over those of an earlier run.
pub(super) fn write_site(words: &Words, notices: usize) -> Result<()> {
    let folder = path(site_folder(notices));
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

/// The same texts for hugo, with the smallest layouts that show them: it has none of its own.
fn write_hugo(words: &Words, notices: usize) -> Result<()> {
    let folder = path(format!("{HUGO}-{notices}"));
    let (pages, layouts) = (folder.join("content/notice"), folder.join("layouts/_default"));
    for made in [&pages, &layouts] {
        fs::create_dir_all(made)?;
    }
    tree::write(
        &folder.join("config.toml"),
        "baseURL = \"https://x.example/\"\ntitle = \"文件\"\nlanguageCode = \"zh\"\n",
    )?;
    let head =
        "<!doctype html><html lang=\"zh\"><head><meta charset=\"utf-8\"><title>{{ .Title }}</title></head><body>";
    let list = "<ul>{{ range .Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul>";
    tree::write(
        &layouts.join("single.html"),
        format!("{head}<h1>{{{{ .Title }}}}</h1>{{{{ .Content }}}}</body></html>\n"),
    )?;
    tree::write(&layouts.join("list.html"), format!("{head}{list}</body></html>\n"))?;
    for notice in (1..=notices).map(|it| words.notice(it)) {
        let front = format!("title = \"{}\"\nnumber = \"{}\"\n", notice.title, notice.number);
        tree::write(&pages.join(format!("{}.md", notice.name)), format!("+++\n{front}+++\n\n{}", notice.text))?;
    }
    Ok(())
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
