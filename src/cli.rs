//! The command line. Data goes to standard output and nothing else does; words for people go to standard error.

mod arguments;
mod check;
mod code;
mod desk;
mod double_click;
mod ends;
mod form;
mod import;
mod json;
mod lines;
mod new;
mod plan;
mod release;
mod route;
mod rubrics;
mod schema;
mod scope;
mod score;
mod table;
mod teller;
mod usage;
mod words;

use std::env;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::FromArgMatches;
use clap::error::ErrorKind;
use serde_json::{Map, Value};

use crate::filing::Rules;
use crate::generate::write::{self, Built};
use crate::load::keys::DataFile;
use crate::load::{Loaded, Problem, SiteFolders, folder, load};
use crate::rubric::Edition;
use crate::serve::ServeArguments;

use check::check;

use arguments::{Cli, Command, LineArguments, command};
use desk::Format;
use ends::{DataOut, all_there, unwritten};
use lines::{Answering, answer_object};
use table::Columns;
use teller::Teller;
use words::{in_chinese, say};

pub use code::{Encoded, decode_text, encode_lines};
pub use lines::{LineError, Tally, each_line};
pub use plan::plan_lines;
pub use route::{read_facts, route_json};
pub use rubrics::rubrics_json;
pub use schema::of_file;
pub use scope::{scope_json, scope_row};
pub use score::{read_answers, score_lines};

/// The exit statuses, as `--help` lists them.
const BROKEN: u8 = 1;
const REFUSED: u8 = 2;

/// Runs the program and says how it ended.
pub fn main() -> ExitCode {
    if double_click::is_double_click(env::consts::OS, env::args_os().skip(1).count()) {
        let site = folder::site_near();
        let serve = |site: &Path| ServeArguments::in_folder(site).run(&site.into(), in_chinese).map(drop);
        return double_click::run(site.as_deref(), serve, say, io::stdin().lock());
    }
    let cli = match command().try_get_matches().and_then(|it| Cli::from_arg_matches(&it)) {
        Ok(cli) => cli,
        Err(error) if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            say(error);
            return ExitCode::from(REFUSED);
        }
        Err(error) if error.use_stderr() => return misused(&error),
        Err(help) => {
            return ended(help.print().and_then(|()| io::stdout().flush()).map_err(|it| unwritten(it).into()), 0);
        }
    };
    match run(&cli) {
        Ok(status) => ended(Ok(()), status),
        Err(error) => ended(Err(error), BROKEN),
    }
}

fn misused(error: &clap::Error) -> ExitCode {
    let commands: Vec<String> = command().get_subcommands().map(|it| it.get_name().to_owned()).collect();
    say(usage::in_words(error, &commands));
    ExitCode::from(REFUSED)
}

/// The status with which the program ends, after it said what went wrong.
fn ended(done: Result<()>, status: u8) -> ExitCode {
    match done {
        Ok(()) => ExitCode::from(status),
        // whoever reads the output has closed it, as `head` does: that is no failure
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            say(format!("ziping: {}", in_chinese(&error)));
            ExitCode::from(BROKEN)
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|it| it.kind() == io::ErrorKind::BrokenPipe)
}

/// Runs a command; gives the exit status.
fn run(cli: &Cli) -> Result<u8> {
    let teller = Teller { quiet: cli.quiet };
    let site = &cli.site.folders();
    let Some(asked) = cli.command.as_ref().filter(|_| !cli.version) else {
        if cli.version {
            return version(site);
        }
        let missing = command().error(ErrorKind::MissingSubcommand, "");
        misused(&missing);
        return Ok(REFUSED);
    };
    match asked {
        Command::Check { app } => check(site, app.as_deref(), teller),
        Command::Rubrics { edition } => rubrics(site, edition.as_deref()),
        Command::Score { lines, explain } => score(site, teller, lines, *explain),
        Command::Plan(lines) => plan(site, teller, lines),
        Command::Route(lines) => by_rules(
            site,
            teller,
            lines,
            |it| Columns::Route(&it.rules[0].routes),
            |_, rules, line| route_json(rules, line),
        ),
        Command::Scope(lines) => by_rules(site, teller, lines, |_| Columns::Scope, scope_json),
        Command::Desk { files, newest, out } => desk(site, teller, files, *newest, out.as_deref()),
        Command::Code(arguments) => Ok(counted(teller, arguments.run(&load_sound(site)?, teller)?)),
        Command::Form(arguments) => Ok(counted(teller, arguments.run(&load_sound(site)?, teller)?)),
        Command::New(arguments) => arguments.run(site, teller).map(|()| 0),
        Command::Import(arguments) => arguments.run(teller).map(|()| 0),
        Command::Schema { name, annex, all } => match all {
            Some(folder) => schemas(folder, teller),
            None => schema(site, *name, *annex),
        },
        Command::Version => version(site),
        Command::Build { app, out, keep } => {
            let app = app.clone().or_else(folder::app_near).unwrap_or_else(|| PathBuf::from("app"));
            build(site, teller, &app, out, *keep)
        }
        Command::Serve(arguments) => arguments.run(site, in_chinese).map(|_| 0),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut command(), "ziping", &mut script);
            DataOut::whole(&script)?;
            Ok(0)
        }
    }
}

/// The site; where it has problems, an error that lists them all.
fn load_sound(site: &SiteFolders) -> Result<Loaded> {
    let loaded = load(site)?;
    if !loaded.problems.is_empty() {
        let all: Vec<_> = loaded.problems.iter().map(Problem::to_string).collect();
        anyhow::bail!("数据文件有 {} 个问题，请先改正：\n{}", all.len(), all.join("\n"));
    }
    Ok(loaded)
}

fn rubrics(site: &SiteFolders, edition: Option<&str>) -> Result<u8> {
    let loaded = load_sound(site)?;
    let edition = match edition {
        None => loaded.editions.first(),
        Some(id) => loaded.editions.iter().find(|it| it.id == id),
    };
    let edition = edition.with_context(|| {
        let known: Vec<_> = loaded.editions.iter().map(|it| it.id.as_str()).collect();
        format!("没有这个版本，现有：{}", known.join("、"))
    })?;
    document(&rubrics_json(edition))
}

/// Prints one JSON document.
fn document(json: &Value) -> Result<u8> {
    let mut text = serde_json::to_vec_pretty(json)?;
    text.push(b'\n');
    DataOut::whole(&text)?;
    Ok(0)
}

fn schema(site: &SiteFolders, name: Option<schema::SchemaName>, annex: Option<u8>) -> Result<u8> {
    let Some(name) = name else {
        DataOut::whole(schema::names().as_bytes())?;
        return Ok(0);
    };
    let name = match name {
        schema::SchemaName::File(file) => return document(&of_file(file)),
        schema::SchemaName::Command(name) => name,
    };
    let loaded = load_sound(site)?;
    let known: Vec<u8> = loaded.editions.iter().flat_map(|it| &it.rubrics).map(|it| it.annex).collect();
    if let Some(annex) = annex.filter(|it| !known.contains(it)) {
        let all: Vec<_> = known.iter().map(u8::to_string).collect();
        say(format!("ziping: 没有附件 `{annex}`，现有：{}", all.join("、")));
        return Ok(REFUSED);
    }
    document(&schema::schema(&loaded, name, annex))
}

/// Writes the schemas of all kinds of data file into a folder, where the first lines of the files look for them.
fn schemas(folder: &Path, teller: Teller) -> Result<u8> {
    write::folder(folder)?;
    for file in DataFile::ALL {
        let text = format!("{:#}\n", of_file(file));
        write::file(&folder.join(format!("{}.json", file.name())), text.as_bytes())?;
    }
    teller.say(format!("{} 个 JSON Schema → {}", DataFile::ALL.len(), folder.display()));
    Ok(0)
}

/// The program's version and hash, and a line for each edition, the newest first. Outside of a site there are none.
fn version(site: &SiteFolders) -> Result<u8> {
    let mut text = release::version();
    match load(site) {
        Ok(loaded) => {
            for edition in &loaded.editions {
                text.push_str(&format!("{} {}\n", edition.id, edition.notice));
            }
        }
        Err(_) => say("这里不是站点的文件夹，没有评估要点；请用 --site 指明"),
    }
    DataOut::whole(text.as_bytes())?;
    Ok(0)
}

fn score(site: &SiteFolders, teller: Teller, lines: &LineArguments, explain: bool) -> Result<u8> {
    let loaded = load_sound(site)?;
    let columns = Columns::Score { rubrics: &loaded.editions[0].rubrics, explain };
    let scorer = score::Scorer::new(&loaded.editions, explain);
    Ok(counted(teller, table::answer(lines, teller, columns, scorer.worker())?))
}

/// Scores every row of one table into a table, as `ziping score --csv` does with a file.
///
/// # Errors
/// Reading or writing fails.
pub fn score_table(editions: &[Edition], explain: bool, input: impl Read, output: impl Write) -> Result<Tally> {
    let columns = Columns::Score { rubrics: &editions[0].rubrics, explain };
    table::answer_table(columns, input, output, score::Scorer::new(editions, explain).worker())
}

fn plan(site: &SiteFolders, teller: Teller, lines: &LineArguments) -> Result<u8> {
    let loaded = load_sound(site)?;
    let planner = plan::Planner::new(&loaded.editions);
    Ok(counted(teller, table::answer(lines, teller, Columns::Plan, planner.worker())?))
}

/// What a line comes to by the rules of an edition.
type RulesAnswer = fn(&Edition, &Rules, &Map<String, Value>) -> Result<Value, LineError>;

/// Answers every line by the rules of the newest edition.
fn by_rules(
    site: &SiteFolders,
    teller: Teller,
    lines: &LineArguments,
    columns: impl Fn(&Loaded) -> Columns<'_>,
    answer: RulesAnswer,
) -> Result<u8> {
    let loaded = load_sound(site)?;
    let (edition, rules) = loaded.editions.first().zip(loaded.rules.first()).context("没有任何版本")?;
    let worker = || -> Answering<'_> {
        Box::new(|line, place, out| answer_object(|object| answer(edition, rules, object), line, place, out))
    };
    Ok(counted(teller, table::answer(lines, teller, columns(&loaded), worker)?))
}

fn counted(teller: Teller, tally: Tally) -> u8 {
    if tally.refused == 0 {
        return 0;
    }
    teller.say(format!("{} 行中有 {} 行被拒绝，原因见输出的 error", tally.lines, tally.refused));
    REFUSED
}

fn desk(site: &SiteFolders, teller: Teller, files: &[PathBuf], newest: bool, out: Option<&Path>) -> Result<u8> {
    let Some(format) = Format::of(out).filter(|_| out.is_none_or(|out| !files.iter().any(|it| it == out))) else {
        say("ziping: --out 应以 .csv 或 .xlsx 结尾，并且不是输入的文件，请看 ziping desk --help");
        return Ok(REFUSED);
    };
    let loaded = load_sound(site)?;
    let desk = desk::read_files(&loaded, &all_there(files)?, teller)?;
    desk::write_table(&loaded, &desk, newest, format, out)?;
    teller.say(desk::summary(&desk).trim_end());
    Ok(if desk.unopened.is_empty() { 0 } else { REFUSED })
}

fn build(site: &SiteFolders, teller: Teller, app: &Path, out: &Path, days: u16) -> Result<u8> {
    let loaded = load_sound(site)?;
    let in_front = new::unfilled_in_front(site, &loaded);
    let Built { pages, files, bytes, seconds, said } = write::build(site, loaded, app, out, days, true)?;
    teller.say(format!("{pages} 个页面，{files} 个文件，{bytes} 字节，{seconds:.2} 秒 → {}", out.display()));
    said.iter().for_each(|words| teller.say(words));
    new::unfilled(site).into_iter().chain(in_front).for_each(|it| teller.say(it));
    Ok(0)
}
