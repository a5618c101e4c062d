//! `cargo xtask mutants [AREA]...`: changes each place of the core that can be changed, one at a time, and tells which change
//! no test notices.
//!
//! What is changed, and to what, cargo-mutants says; to compile each of several thousand changes would take days. All are
//! compiled in at once, each behind a number, and only the tests that come by a change are run with it.
//!
//! `--compile` and `--run` do one half alone. `--again` compiles the tests alone, as they are now, and runs those mutants that
//! the tests bore before. `--quick` leaves out the slow tests, which try once more what the others bore. `--minutes=N` ends
//! after so long, and what was tried by then is a sample by chance; the next run goes on from there. `--jobs=N` runs tests in
//! so many processes, `--tests=cases,laws` only those of these modules. All that comes out is in `target/mutants`.

mod compile;
mod explained;
mod files;
mod instrument;
mod list;
mod report;
mod run;
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use compile::{Compiler, Wrong};
use list::Mutant;

const AREAS: [&str; 5] = ["score", "filing", "rubric", "carrier", "dossier"];

fn main() -> Result<()> {
    let mut areas: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| areas.iter().find_map(|it| it.strip_prefix(name)).map(str::to_owned);
    let minutes: Option<u64> = option("--minutes=").and_then(|it| it.parse().ok());
    let says = |word: &str| areas.iter().any(|it| it == word);
    let asked = run::Asked {
        until: minutes.map(|it| Instant::now() + Duration::from_secs(60 * it)),
        jobs: option("--jobs=").and_then(|it| it.parse().ok()).unwrap_or(2),
        tests: option("--tests=").iter().flat_map(|it| it.split(',')).map(str::to_owned).collect(),
        again: says("--again"),
        quick: says("--quick"),
    };
    // each half alone, where a machine is shared
    let (compiles, runs) = (!says("--run") && !asked.again, !says("--compile"));
    let is_known = |it: &&String| {
        ["--compile", "--run", "--again", "--quick"].contains(&it.as_str())
            || ["--minutes=", "--jobs=", "--tests="].iter().any(|known| it.starts_with(known))
    };
    if let Some(it) = areas.iter().filter(|it| it.starts_with("--")).find(|it| !is_known(it)) {
        bail!("{it}: --compile, --run, --again, --quick, --minutes=N, --jobs=N and --tests=MODULE,MODULE are known");
    }
    areas.retain(|it| !it.starts_with("--"));
    if areas.is_empty() {
        areas = AREAS.map(str::to_owned).into();
    }
    let root = std::env::current_dir()?;
    let to = root.join("target/mutants");
    // their numbers are those of the sources that were compiled
    let compiled = to.join("list.json");
    let all = if compiles { list::mutants(&areas)? } else { serde_json::from_str(&fs::read_to_string(&compiled)?)? };
    let copy = Copy { all, to, root };
    println!("{} mutants", copy.all.len());
    let unfit = copy.to.join("unfit.json");
    let kept = copy.to.join("compiler.json");
    if compiles {
        copy.prepare()?;
        let compiler = Compiler::new(&copy.root, &copy.to.join("build"))?;
        fs::write(&kept, serde_json::to_string(&compiler)?)?;
        fs::write(&unfit, serde_json::to_string(&copy.compile(&compiler)?)?)?;
        compiler.tests("target/mutants/tests/it/main.rs")?;
        fs::write(&compiled, serde_json::to_string(&copy.all)?)?;
    }
    if asked.again {
        copy.prepare_tests(&asked.tests)?;
        let compiler: Compiler = serde_json::from_str(&fs::read_to_string(&kept)?)?;
        compiler.tests("target/mutants/tests/it/main.rs")?;
    }
    if runs {
        let unfit: HashSet<u32> = serde_json::from_str(&fs::read_to_string(&unfit)?)?;
        println!("{} cannot be compiled", unfit.len());
        run::run(&copy.root, &copy.to, &copy.to.join("build/it"), &areas, &copy.all, &unfit, &asked)?;
    }
    Ok(())
}

/// Where the mutants are in each file: their numbers, and from which byte to which.
type Blocks = HashMap<String, Vec<(u32, usize, usize)>>;

/// A copy of the sources with mutants in them.
struct Copy {
    root: PathBuf,
    to: PathBuf,
    all: Vec<Mutant>,
}

impl Copy {
    fn prepare(&self) -> Result<()> {
        self.empty(&["src", "build", "docs", "style"])?;
        files::copy(&self.root.join("src"), &self.to.join("src"))?;
        files::copy(&self.root.join("style"), &self.to.join("style"))?;
        fs::copy(self.root.join("docs/licences.json"), self.to.join("docs/licences.json"))?;
        self.prepare_tests(&[])?;
        fs::write(self.to.join("src/mutant.rs"), include_str!("../copy/mutant.rs"))?;
        let lib = self.to.join("src/lib.rs");
        fs::write(&lib, fs::read_to_string(&lib)? + "\npub mod mutant;\n")?;
        // threads of a process that has read the site would be missing in its children
        let folder = self.to.join("src/load/folder.rs");
        Ok(fs::write(&folder, fs::read_to_string(&folder)?.replace(".par_iter()", ".iter()"))?)
    }

    fn prepare_tests(&self, only: &[String]) -> Result<()> {
        self.empty(&["tests", "fuzz"])?;
        for file in ["targets.rs", "foreign.rs"] {
            fs::copy(self.root.join("fuzz").join(file), self.to.join("fuzz").join(file))?;
        }
        tests::copy(&self.root.join("tests/it"), &self.to.join("tests/it"), include_str!("../copy/served.rs"), only)
    }

    fn empty(&self, folders: &[&str]) -> Result<()> {
        for folder in folders.iter().map(|it| self.to.join(it)) {
            if folder.exists() {
                fs::remove_dir_all(&folder)?;
            }
            fs::create_dir_all(&folder)?;
        }
        Ok(())
    }

    /// Compiles the library with all mutants but those that no compiler takes, which are returned.
    fn compile(&self, compiler: &Compiler) -> Result<HashSet<u32>> {
        let mut unfit: HashSet<u32> = HashSet::new();
        loop {
            let blocks = self.write(&mut unfit)?;
            let wrong = compiler.library("target/mutants/src/lib.rs", false)?;
            if wrong.is_empty() {
                break;
            }
            let before = unfit.len();
            for it in &wrong {
                unfit.extend(self.behind(it, &blocks));
            }
            println!("{} errors, {} mutants less", wrong.len(), unfit.len() - before);
            fs::write(self.to.join("errors.txt"), wrong.iter().map(|it| it.message.as_str()).collect::<String>())?;
            if unfit.len() == before {
                bail!("no mutant is behind this:\n{}", wrong[0].message);
            }
        }
        let wrong = compiler.library("target/mutants/src/lib.rs", true)?;
        wrong.first().map_or(Ok(unfit), |it| bail!("{}", it.message))
    }

    /// Writes the files; returns where the mutants are in each.
    fn write(&self, unfit: &mut HashSet<u32>) -> Result<Blocks> {
        let mut of_file: BTreeMap<&str, Vec<(u32, &Mutant)>> = BTreeMap::new();
        for (number, it) in (0..).zip(&self.all) {
            let all = of_file.entry(&it.file).or_default();
            if !unfit.contains(&number) {
                all.push((number, it));
            }
        }
        let mut blocks = HashMap::new();
        for (file, mutants) in of_file {
            let source = fs::read_to_string(self.root.join(file))?;
            let (text, done) = instrument::instrumented(&source, &mutants).with_context(|| file.to_owned())?;
            unfit.extend(mutants.iter().map(|it| it.0).filter(|it| !done.contains(it)));
            blocks.insert(format!("target/mutants/{file}"), instrument::blocks(&text)?);
            fs::write(self.to.join(file), text)?;
        }
        Ok(blocks)
    }

    /// The mutants in the smallest block around an error, and those that share its place.
    fn behind(&self, wrong: &Wrong, blocks: &Blocks) -> Vec<u32> {
        let around = wrong.places.iter().find_map(|(file, from, to)| {
            let all = blocks.get(file)?.iter().filter(|it| it.1 <= *from && *to <= it.2);
            all.min_by_key(|it| it.2 - it.1).map(|it| it.0)
        });
        // what a block breaks outside of it, as the only line of a file says nothing: the nearest one
        let near = || {
            let (file, from, _) = wrong.places.iter().find(|it| blocks.contains_key(&it.0))?;
            blocks[file].iter().min_by_key(|it| it.1.abs_diff(*from)).map(|it| it.0)
        };
        let Some(number) = around.or_else(near) else { return Vec::new() };
        // an arm that another one needs beside it: which of those around is not told, and rarely worth a round each
        if wrong.message.contains("E0004") {
            let first = &self.all[number as usize];
            let arms = (0..).zip(&self.all).filter(|it| it.1.genre == "MatchArm" && it.1.file == first.file);
            return arms.map(|it| it.0).chain([number]).collect();
        }
        let at = |it: &Mutant| (it.file.clone(), it.span.start, it.genre.clone());
        let place = at(&self.all[number as usize]);
        let same = (0..).zip(&self.all).filter(|it| it.1.genre != "FnValue" && at(it.1) == place).map(|it| it.0);
        same.chain([number]).collect()
    }
}
