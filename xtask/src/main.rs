//! `cargo xtask build | serve | test | bench | dist`: installs the tools that are missing, then runs the command.

mod app;
mod bench;
mod browser;
mod build;
mod deny;
mod dist;
mod draft;
mod engines;
mod fallback;
mod gate;
mod hosts;
mod kernel;
mod lanes;
mod leaks;
mod licences;
mod office;
mod packages;
mod run;
mod sbom;
mod serve;
mod sizes;
mod soak;
mod tasks;
mod tools;
mod tree;

use anyhow::{Result, bail};
use std::{env, process::ExitCode};

const USAGE: &str = "\
cargo xtask build                     the whole site into dist/
cargo xtask build --draft             the same in a minute into target/draft/dist, large and for browsers of today, to look at
cargo xtask serve [--port 8080] [--open]
                                      build it, then serve it on this machine and build anew what is edited
cargo xtask test [--only PART] [NAME] everything a change must pass; PART is native, sizes or browser,
                                      NAME picks the tests whose name contains it
cargo xtask test --all                the same, and every module of the app is built twice and compared
cargo xtask test --office             workbooks and documents opened with LibreOffice, openpyxl and python-docx
cargo xtask test --engines            the whole job in every engine there is, and the table docs/browsers.md
cargo xtask tasks                     does the ten tasks of docs/tasks.md and writes it and its pictures anew
cargo xtask soak [--seed N] [--actions N]
                                      a long day in Chromium, with kills, on the built site: what was called saved is there
cargo xtask mutants [AREA]...         changes the core in thousands of places, one at a time, and tells which change no test
                                      notices; AREA is rubric, score, filing, carrier or dossier
cargo xtask bench [PART]              how fast it is, beside others in the same run, into bench/RESULTS.md; PART is pages,
                                      site, score or search
cargo xtask dist [--app FOLDER]       a release into target/dist; --app has the app as it was compiled before
cargo xtask dist --check [--app FOLDER]
                                      the same twice and once more from another folder, and compared
cargo xtask dist --try                runs the programs of target/dist where nothing else is, and under wine
cargo xtask licences [--check]        lists the packages of others that are in a release, with their licences
cargo xtask deny                      their licences, sources and known weaknesses, by cargo-deny
cargo xtask sbom                      prints what a release is made of, as CycloneDX
cargo xtask tools                     only install what the others need, under target/tools";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match dispatch(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(args: &[&str]) -> Result<()> {
    match args {
        ["build"] => build::site(),
        ["build", "--draft"] => draft::site(),
        ["serve", open @ ..] if matches!(open, [] | ["--open"]) => serve::serve("8080", open),
        ["serve", "--port", port, open @ ..] if matches!(open, [] | ["--open"]) => serve::serve(port, open),
        ["serve", "--open", "--port", port] => serve::serve(port, &["--open"]),
        ["test"] => gate::usual(""),
        ["test", "--all"] => gate::all(),
        ["test", "--office"] => office::test(),
        ["test", "--engines"] => engines::test(),
        ["test", "--only", part] => gate::only(part, ""),
        ["test", "--only", part, name] => gate::only(part, name),
        ["test", name] if !name.starts_with('-') => gate::usual(name),
        ["step", called, name] => gate::step(called, name),
        ["soak"] => soak::soak("1", "10000"),
        ["soak", "--seed", seed] => soak::soak(seed, "10000"),
        ["soak", "--actions", actions] => soak::soak("1", actions),
        ["soak", "--seed", seed, "--actions", actions] => soak::soak(seed, actions),
        ["mutants", areas @ ..] => {
            let args = ["run", "--quiet", "--package", "mutants", "--"].iter().chain(areas);
            run::run(&mut run::command("cargo", args), "docs/testing.md says what it needs")
        }
        ["bench"] => bench::bench(""),
        ["bench", part] if !part.starts_with('-') => bench::bench(part),
        ["dist"] => dist::make(None),
        ["dist", "--app", app] => dist::make(Some(app)),
        ["dist", "--check"] => dist::check(None),
        ["dist", "--check", "--app", app] => dist::check(Some(app)),
        ["dist", "--try"] => dist::trial(),
        ["tasks"] => tasks::write(),
        ["licences"] => licences::write(),
        ["licences", "--check"] => licences::check(),
        ["deny"] => deny::check(),
        ["sbom"] => {
            print!("{}", sbom::document()?);
            Ok(())
        }
        ["tools"] => tools::ready(),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => bail!("`{}` is not known\n\n{USAGE}", args.join(" ")),
    }
}
