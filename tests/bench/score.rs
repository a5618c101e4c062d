//! How many sheets a second: in memory, from lines to lines, and a file of lines to time the program with; how long a plan
//! takes.
//!
//! `cargo bench --bench score` measures; `cargo bench --bench score -- --write FILE [--lines N]` writes a file.
#![allow(clippy::disallowed_methods, reason = "a bench reads and writes its own files")]

use std::hint::black_box;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};
use ziping::cli::{read_answers, score_lines};
use ziping::load::load;
use ziping::plan::{Wishes, plan};
use ziping::rubric::{Edition, Rubric};
use ziping::score::{Answers, score};

const FOR: Duration = Duration::from_secs(3);
const LINES: usize = 200_000;

const SHEETS: [&str; 6] = [
    "employer-public",
    "employer-occupation",
    "school-public",
    "school-occupation",
    "social-public",
    "social-occupation",
];

fn main() {
    let arguments: Vec<_> = std::env::args().collect();
    let after = |name: &str| arguments.iter().position(|it| it == name).and_then(|at| arguments.get(at + 1));
    let n = after("--lines").map_or(LINES, |it| it.parse().expect("--lines takes a number"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sheets: Vec<Value> = (1..).zip(SHEETS).map(|(annex, name)| sheet(root, annex, name)).collect();
    if let Some(file) = after("--write") {
        let mut out = BufWriter::new(std::fs::File::create(file).expect("the file can be created"));
        return write_lines(&sheets, n, &mut out).expect("the file can be written");
    }
    let editions = load(root).expect("the site can be read").editions;
    in_memory(&editions[0], &sheets);
    plans(&editions[0]);
    let mut lines = Vec::new();
    write_lines(&sheets, n, &mut lines).expect("memory can be written");
    // what comes in small blocks is not worth a second thread
    from_lines("lines, one thread", &editions, n, Blocks { rest: &lines, size: 64 << 10 });
    from_lines("lines, all threads", &editions, n, &lines[..]);
}

fn in_memory(edition: &Edition, sheets: &[Value]) {
    let read = |rubric: &Rubric| {
        let sheet = &sheets[usize::from(rubric.annex) - 1];
        read_answers(rubric, &sheet.to_string()).expect("a full sheet is sound")
    };
    let sheets: Vec<(&Rubric, Answers)> = edition.rubrics.iter().map(|it| (it, read(it))).collect();
    let (started, mut n) = (Instant::now(), 0);
    while started.elapsed() < FOR {
        for _ in 0..100 {
            for (rubric, answers) in &sheets {
                black_box(score(rubric, black_box(answers)));
            }
        }
        n += 100 * sheets.len();
    }
    tell("in memory, one thread", n, started.elapsed());
}

/// A plan of a sheet without any answer, where every row can be brought to every state.
fn plans(edition: &Edition) {
    for rubric in &edition.rubrics {
        for safe in [false, true] {
            let wishes = Wishes { safe, ..Wishes::default() };
            let (started, mut n) = (Instant::now(), 0_u32);
            while started.elapsed() < FOR / 10 {
                black_box(plan(rubric, black_box(&Answers::default()), &wishes));
                n += 1;
            }
            let each = started.elapsed().as_secs_f64() * 1000.0 / f64::from(n);
            println!(
                "plan of a blank sheet of annex {}{}: {each:.2} ms",
                rubric.annex,
                if safe { ", safe" } else { "" }
            );
        }
    }
}

fn from_lines(what: &str, editions: &[Edition], n: usize, input: impl Read) {
    let started = Instant::now();
    let tally = score_lines(editions, false, input, io::sink(), |_| {}).expect("memory can be read");
    tell(what, n, started.elapsed());
    assert_eq!((tally.lines, tally.refused), (n as u64, 0));
}

fn tell(what: &str, n: usize, took: Duration) {
    println!("{what}: {n} sheets in {:.2} s, {:.0} a second", took.as_secs_f64(), n as f64 / took.as_secs_f64());
}

/// The full sheet of a rubric, as the worked cases have it.
fn sheet(root: &Path, annex: u8, name: &str) -> Value {
    let file = root.join(format!("tests/cases/{name}.toml"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let table: Value = toml::from_str(&text).expect("the cases are TOML");
    let case = table["case"].as_array().expect("cases").iter().find(|case| case["name"] == "full").expect("`full`");
    let mut answers: Vec<_> = case["answers"].as_object().expect("answers").iter().collect();
    answers.sort_by_key(|(id, _)| id.split('-').next_back().and_then(|it| it.parse::<u16>().ok()));
    json!({ "id": 0, "rubric": annex.to_string(), "answers": answers.into_iter().map(|(id, it)| (id.clone(), it.clone())).collect::<Map<_, _>>() })
}

fn write_lines(sheets: &[Value], n: usize, out: &mut impl Write) -> io::Result<()> {
    let texts: Vec<_> = sheets.iter().map(|it| it.to_string().split_off(r#"{"id":0"#.len())).collect();
    for (id, text) in (0..n).zip(texts.iter().cycle()) {
        writeln!(out, "{{\"id\":{id}{text}")?;
    }
    out.flush()
}

/// A reader that hands out at most so many bytes at a time.
struct Blocks<'b> {
    rest: &'b [u8],
    size: usize,
}

impl Read for Blocks<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.size.min(buffer.len());
        self.rest.read(&mut buffer[..n])
    }
}
