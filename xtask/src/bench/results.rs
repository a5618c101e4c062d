//! bench/RESULTS.md: a section a part, with its table, when and where it was measured, and what was tried where a figure
//! falls short. A section is replaced when its part is run again; the others stay as they were.

use crate::{
    run::{command, output, path},
    tree,
};
use anyhow::{Result, ensure};
use std::fmt::Write;

const FILE: &str = "bench/RESULTS.md";
/// Written by hand, one file a part: what a figure means, and what was tried where it falls short.
const NOTES: &str = "bench/notes";
const HEAD: &str = "\
# Figures

Written by `cargo xtask bench`: each section is replaced when its part is measured again. Times depend on the machine and
on what else it does; all figures of a section come from one run, so compare them with each other only. A time is never a
test; sizes and counts of instructions are (`cargo xtask test`).
";

/// What is compared with what, and the most that was asked for.
pub struct Limit {
    /// The peer that ours is divided by; `None` where the figure itself is limited.
    pub of: Option<String>,
    pub at_most: f64,
}

/// One line of the table.
pub struct Figure {
    pub what: String,
    pub unit: String,
    pub ours: f64,
    /// What the others take for the same, by name.
    pub peers: Vec<(String, f64)>,
    /// Where more is better, what was asked for is the least, and a ratio is ours by the peer's all the same.
    pub more_is_better: bool,
    pub limits: Vec<Limit>,
}

impl Figure {
    /// A figure alone.
    pub fn new(what: &str, unit: &str, ours: f64) -> Figure {
        let (what, unit) = (what.to_owned(), unit.to_owned());
        Figure { what, unit, ours, peers: Vec::new(), more_is_better: false, limits: Vec::new() }
    }

    /// The same measured on something else.
    pub fn beside(mut self, name: &str, value: f64) -> Figure {
        self.peers.push((name.to_owned(), value));
        self
    }

    pub fn more_is_better(mut self) -> Figure {
        self.more_is_better = true;
        self
    }

    /// No more than this; no less where more is better.
    pub fn allowed(mut self, at_most: f64) -> Figure {
        self.limits.push(Limit { of: None, at_most });
        self
    }

    /// No more than this many times what the peer takes.
    pub fn allowed_of(mut self, peer: &str, at_most: f64) -> Figure {
        self.limits.push(Limit { of: Some(peer.to_owned()), at_most });
        self
    }

    /// Each limit: in words, what is there, and whether that is within it.
    fn judged(&self) -> Vec<(String, f64, bool)> {
        let sign = if self.more_is_better { '≥' } else { '≤' };
        let judge = |limit: &Limit| {
            let peer = limit.of.as_ref().and_then(|of| self.peers.iter().find(|it| &it.0 == of));
            let is = peer.map_or(self.ours, |it| self.ours / it.1);
            let within = if self.more_is_better { limit.at_most <= is } else { is <= limit.at_most };
            let words = match &limit.of {
                Some(of) => format!("{sign} {} of {of}", number(limit.at_most)),
                None => format!("{sign} {} {}", number(limit.at_most), self.unit),
            };
            (words, is, within)
        };
        self.limits.iter().map(judge).collect()
    }

    fn line(&self) -> String {
        let peers: Vec<String> = self.peers.iter().map(|(name, value)| format!("{name} {}", number(*value))).collect();
        let judged = self.judged();
        let ratios: Vec<String> =
            self.limits.iter().zip(&judged).filter(|it| it.0.of.is_some()).map(|(_, it)| number(it.1)).collect();
        let asked: Vec<&str> = judged.iter().map(|it| it.0.as_str()).collect();
        let reached: Vec<&str> = judged.iter().map(|it| if it.2 { "yes" } else { "**no**" }).collect();
        let or_dash = |text: String| if text.is_empty() { "–".to_owned() } else { text };
        format!(
            "| {} | {} {} | {} | {} | {} | {} |",
            self.what,
            number(self.ours),
            self.unit,
            or_dash(peers.join(", ")),
            or_dash(ratios.join(", ")),
            or_dash(asked.join(", ")),
            or_dash(reached.join(", "))
        )
    }
}

/// Writes the section of a part anew and says on the screen what it says. Gives the figures that fall short.
pub fn record(part: &str, figures: &[Figure]) -> Result<Vec<String>> {
    let mut section = format!("Measured {} with `cargo xtask bench {part}` on {}.\n\n", today()?, machine()?);
    section += "| what | ours | beside | ratio | asked for | reached |\n| --- | --- | --- | --- | --- | --- |\n";
    for figure in figures {
        let _ = writeln!(section, "{}", figure.line());
    }
    let notes = path(NOTES).join(format!("{part}.md"));
    if notes.exists() {
        let _ = write!(section, "\n{}\n", tree::text(&notes)?.trim());
    }
    println!("{section}");
    let file = path(FILE);
    let before = if file.exists() { tree::text(&file)? } else { HEAD.to_owned() };
    tree::write(&file, with_section(&before, part, &section)?)?;
    let short = |it: &&Figure| it.judged().iter().any(|it| !it.2);
    Ok(figures.iter().filter(short).map(|it| it.what.clone()).collect())
}

/// The file with this section in place of the one it had, or at its end.
fn with_section(file: &str, part: &str, section: &str) -> Result<String> {
    let heading = format!("\n## {part}\n");
    let (before, rest) = file.split_once(&heading).unwrap_or((file, ""));
    let after = rest.find("\n## ").map_or("", |at| &rest[at..]);
    ensure!(!section.contains("\n## "), "a section has no headings of its own level");
    Ok(format!("{before}{heading}\n{section}{after}"))
}

/// Three figures that mean something, no matter how large it is.
fn number(value: f64) -> String {
    let text = match value.abs() {
        it if 100.0 <= it => format!("{value:.0}"),
        it if 10.0 <= it => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    };
    let whole = text.split('.').next().unwrap_or_default().len();
    if whole <= 4 {
        return text.strip_suffix(".00").or(text.strip_suffix(".0")).unwrap_or(&text).to_owned();
    }
    let digits = text.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect::<Vec<_>>();
    digits.join(",")
}

fn today() -> Result<String> {
    output(&mut command("date", ["-u", "+%Y-%m-%d"]), "it is a program of every Linux")
}

/// Processor, memory and system, as this machine names them.
fn machine() -> Result<String> {
    let named = |file: &str, key: &str| {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|it| it.starts_with(key)).unwrap_or_default();
        line.split_once(':').map_or(String::new(), |it| it.1.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let kib: f64 = named("/proc/meminfo", "MemTotal").trim_end_matches(" kB").parse().unwrap_or_default();
    let processor = named("/proc/cpuinfo", "model name");
    let processor = if processor.is_empty() { "a processor without a name".to_owned() } else { processor };
    let system = output(&mut command("uname", ["-srm"]), "it is a program of every Linux")?;
    Ok(format!("{cores} cores of {processor}, {:.0} GiB, {system}", kib / 1024.0 / 1024.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_was_asked_for_and_whether_it_is_reached() {
        let figure = Figure::new("paint", "ms", 660.0).beside("plain", 600.0).beside("book", 770.0);
        let figure = figure.allowed_of("plain", 1.05).allowed_of("book", 0.9).allowed(700.0);
        assert_eq!(
            figure.line(),
            "| paint | 660 ms | plain 600, book 770 | 1.10, 0.86 | ≤ 1.05 of plain, ≤ 0.90 of book, ≤ 700 ms | **no**, yes, yes |"
        );
        let figure = Figure::new("sheets", "a second", 1_234_567.0).more_is_better().allowed(300_000.0);
        assert_eq!(figure.line(), "| sheets | 1,234,567 a second | – | – | ≥ 300,000 a second | yes |");
    }

    #[test]
    fn a_section_is_replaced_and_the_others_stay() {
        let file = with_section("head\n", "one", "first\n").unwrap();
        let file = with_section(&file, "two", "second\n").unwrap();
        assert_eq!(file, "head\n\n## one\n\nfirst\n\n## two\n\nsecond\n");
        let again = with_section(&file, "one", "anew\n").unwrap();
        assert_eq!(again, "head\n\n## one\n\nanew\n\n## two\n\nsecond\n");
        assert_eq!(with_section(&again, "two", "third\n").unwrap(), "head\n\n## one\n\nanew\n\n## two\n\nthird\n");
    }
}
