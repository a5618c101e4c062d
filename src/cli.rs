//! The command line. Data goes to standard output and nothing else does; words for people go to standard error.

mod check;
mod code;
mod desk;
mod lines;
mod route;
mod rubrics;
mod scope;
mod score;

use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::error::ErrorKind;
use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand};
use clap_complete::Shell;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use serde_json::{Map, Value};

use crate::filing::Rules;
use crate::serve;

use crate::generate::write::{self, Built};
use crate::load::decoded::decoding;
use crate::load::{Loaded, Problem, folder, load};

use check::check;
use code::CODE_HELP;
use desk::Format;

pub use code::{Encoded, decode_text, encode_lines};
pub use lines::{LineError, Tally, each_line};
pub use route::{read_facts, route_json};
pub use rubrics::rubrics_json;
pub use scope::{scope_json, scope_row};
pub use score::{read_answers, score_lines};

/// The exit statuses, as `--help` lists them.
const BROKEN: u8 = 1;
const REFUSED: u8 = 2;

const AFTER_HELP: &str = "\
退出状态：
  0  完成
  1  没有完成：读写失败，或 check、build 发现问题
  2  有输入行被拒绝（其余各行照常处理），或命令行用法不对

示例：
  ziping check                          检查当前文件夹里的通知和评估要点
  ziping rubrics > rubrics.json         导出六份评估要点
  ziping score answers.jsonl            逐行计分，结果写到标准输出
  cat answers.jsonl | ziping score      同上，从标准输入读取
  ziping route units.jsonl              逐行判断在哪里备案、报什么
  ziping scope rows.jsonl               逐行核对申报的职业、工种和级别
  ziping code --encode answers.jsonl    自评变成自评码；不加 --encode 时还原
  ziping desk codes.txt --out 汇总.xlsx 把许多自评码、链接和文件汇总成一张表
  ziping build --app app --out dist     生成网站
  ziping serve --open                   边改边看：保存后自动检查、生成，网页自动刷新";

const HELP: &str = "{about}\n\n用法：{usage}\n\n命令：\n{subcommands}\n\n选项：\n{options}{after-help}";

#[derive(Parser)]
#[command(name = "ziping", version, about = "职业技能等级评价机构备案自评：检查评估要点、计分、生成网站", after_help = AFTER_HELP)]
#[command(disable_help_subcommand = true, subcommand_required = true, arg_required_else_help = true)]
#[command(help_template = HELP, override_usage = "ziping [选项] <命令>")]
#[command(disable_help_flag = true, disable_version_flag = true)]
struct Cli {
    /// 站点文件夹（含 content/、rubrics/ 和 style/），默认为当前文件夹
    #[arg(long, global = true, value_name = "文件夹", default_value = ".", hide_default_value = true)]
    site: PathBuf,
    /// 显示帮助
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 检查通知、评估要点与解读的文件，一次列出全部问题
    #[command(
        override_usage = "ziping check [选项]",
        after_help = "有问题时每行一条「文件:行号: 问题」，退出状态 1；没有问题时退出状态 0。\nziping build 会拒绝的，这里都会指出。"
    )]
    Check {
        /// 已编译的填报程序所在文件夹，默认为 app；没有这个文件夹时不检查
        #[arg(long, value_name = "文件夹")]
        app: Option<PathBuf>,
    },
    /// 以一个 JSON 文档输出六份评估要点
    #[command(
        override_usage = "ziping rubrics [选项]",
        after_help = "示例：\n  ziping rubrics | jq '.rubrics[0].rows[3]'"
    )]
    Rubrics {
        /// 版本，默认为最新版本
        #[arg(long, value_name = "版本")]
        edition: Option<String>,
    },
    /// 逐行计分：输入、输出都是 JSON Lines，一行一张自评表
    #[command(override_usage = "ziping score [选项] [文件]", after_help = SCORE_HELP)]
    Score {
        /// 输入文件；省略或写 - 时读标准输入
        #[arg(value_name = "文件")]
        file: Option<PathBuf>,
        /// 每一行评估内容附上计算过程
        #[arg(long)]
        explain: bool,
    },
    /// 逐行判断备案路径：输入、输出都是 JSON Lines，一行一个申请单位
    #[command(override_usage = "ziping route [选项] [文件]", after_help = ROUTE_HELP)]
    Route {
        /// 输入文件；省略或写 - 时读标准输入
        #[arg(value_name = "文件")]
        file: Option<PathBuf>,
    },
    /// 逐行核对评价范围：输入、输出都是 JSON Lines，一行一个申报职业
    #[command(override_usage = "ziping scope [选项] [文件]", after_help = SCOPE_HELP)]
    Scope {
        /// 输入文件；省略或写 - 时读标准输入
        #[arg(value_name = "文件")]
        file: Option<PathBuf>,
    },
    /// 把许多单位的自评码、链接和备份文件汇总成一张表
    #[command(override_usage = "ziping desk [选项] <文件>…", after_help = DESK_HELP)]
    Desk {
        /// 每个文件里可有许多自评码或链接（一行一个），也可以是一个备份文件；写 - 时读标准输入
        #[arg(value_name = "文件", required = true)]
        files: Vec<PathBuf>,
        /// 同一单位的同一张表只留最新的一份；看不出新旧的都留
        #[arg(long)]
        newest: bool,
        /// 输出文件，以 .csv 或 .xlsx 结尾；省略时把 CSV 写到标准输出
        #[arg(long, value_name = "文件")]
        out: Option<PathBuf>,
    },
    /// 自评与自评码、自评链接互换：一行一份，次序不变
    #[command(override_usage = "ziping code [选项] [文件]", after_help = CODE_HELP)]
    Code(code::CodeArguments),
    /// 生成网站
    #[command(
        override_usage = "ziping build [选项]",
        after_help = "示例：\n  ziping build --app app --out dist\n\n数据文件有问题时不生成，原有的输出文件夹保持不变。\n只替换、删除它自己写的文件（清单在输出文件夹的 .ziping 里），别人放进去的不动。"
    )]
    Build {
        /// 已编译的填报程序所在文件夹，默认为 app
        #[arg(long, value_name = "文件夹", default_value = "app", hide_default_value = true)]
        app: PathBuf,
        /// 输出文件夹，默认为 dist
        #[arg(long, value_name = "文件夹", default_value = "dist", hide_default_value = true)]
        out: PathBuf,
        /// 新网站用不到的旧 assets 文件留几天，默认 30：已打开的网页还要用
        #[arg(long, value_name = "天数", default_value_t = write::KEPT, hide_default_value = true)]
        keep: u16,
    },
    /// 在本机浏览器里边改边看：保存后自动检查、生成，打开的网页自动刷新
    #[command(override_usage = "ziping serve [选项]", after_help = serve::HELP)]
    Serve(serve::ServeArguments),
    /// 输出命令补全脚本
    #[command(
        override_usage = "ziping completions [选项] <SHELL>",
        after_help = "示例：\n  ziping completions bash > /etc/bash_completion.d/ziping"
    )]
    Completions {
        /// bash、zsh、fish、powershell、elvish
        #[arg(value_name = "SHELL", hide_possible_values = true)]
        shell: Shell,
    },
}

const SCORE_HELP: &str = r#"输入示例（一行）：
  {"id": "A-01", "rubric": "3", "answers": {"3-1": {"met": true}, "3-3": {"defects": 1}}}

某行有误时，该行输出 {"error": {"code", "path", "message"}}，其余各行照常计分，退出状态 2。
行数不限，边读边写；空行略过；文件开头可有 BOM。"#;

const ROUTE_HELP: &str = r#"输入示例（一行）：
  {"applicant": "employer", "ownership": "other_enterprise", "insured_in": "平顶山市"}

某行有误时，该行输出 {"error": {"code", "path", "message"}}，其余各行照常判断，退出状态 2。
行数不限，边读边写；空行略过；文件开头可有 BOM。"#;

const SCOPE_HELP: &str = r#"输入示例（一行）：
  {"applicant": "employer", "code": "6-18-01-01", "name": "车工", "trade": "数控车床", "levels": "4、3、2、1"}

某行有误时，该行输出 {"error": {"code", "path", "message"}}，其余各行照常核对，退出状态 2。
行数不限，边读边写；空行略过；文件开头可有 BOM。"#;

const DESK_HELP: &str = "\
示例：
  ziping desk 收到的自评码.txt 备份.json --out 汇总.xlsx
  cat codes.txt | ziping desk - > 汇总.csv

一张自评表一行。XLSX 有三张表：汇总、常见失分、未能打开；CSV 只有汇总。
未能打开的、重复的写到标准错误，并说明原因，其余照常汇总。

退出状态：
  0  全部打开
  1  读写失败，或数据文件有问题
  2  有的没有打开，或命令行用法不对";

/// Runs the program and says how it ended.
pub fn main() -> ExitCode {
    let cli = match command().try_get_matches().and_then(|it| Cli::from_arg_matches(&it)) {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            let asked = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
            eprintln!("{}{error}", if asked { "" } else { "ziping: 命令行用法不对，请看 ziping --help\n" });
            return ExitCode::from(REFUSED);
        }
        Err(help) => help.exit(),
    };
    match run(&cli) {
        Ok(status) => status,
        // that is no failure
        Err(error) if closed(&error) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&format!("ziping: {error:#}"));
            ExitCode::from(BROKEN)
        }
    }
}

/// The commands, with our headings where clap has English ones.
fn command() -> clap::Command {
    Cli::command().mut_subcommands(|subcommand| {
        let arguments = if subcommand.get_positionals().next().is_some() { "参数：\n{positionals}\n\n" } else { "" };
        subcommand
            .help_template(format!("{{about}}\n\n用法：{{usage}}\n\n{arguments}选项：\n{{options}}{{after-help}}"))
    })
}

fn run(cli: &Cli) -> Result<ExitCode> {
    match &cli.command {
        Command::Check { app } => check(&cli.site, app.as_deref()),
        Command::Rubrics { edition } => rubrics(&cli.site, edition.as_deref()),
        Command::Score { file, explain } => score(&cli.site, file.as_deref(), *explain),
        Command::Route { file } => by_rules(&cli.site, file.as_deref(), route_json),
        Command::Scope { file } => by_rules(&cli.site, file.as_deref(), scope_json),
        Command::Desk { files, newest, out } => desk(&cli.site, files, *newest, out.as_deref()),
        Command::Code(arguments) => Ok(ended(arguments.run(&load_sound(&cli.site)?)?)),
        Command::Build { app, out, keep } => build(&cli.site, app, out, *keep),
        Command::Serve(arguments) => arguments.run(&cli.site),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut command(), "ziping", &mut script);
            print(&script)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Writes to standard output, all of it.
fn print(bytes: &[u8]) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).context("写不到标准输出")
}

/// Says something to people. Where nobody listens any more, that is no failure.
fn tell(what: &str) {
    let _ = writeln!(io::stderr(), "{what}");
}

/// Has whoever reads the output closed it, as `head` does?
fn closed(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|it| it.kind() == io::ErrorKind::BrokenPipe)
}

/// The site; where it has problems, an error that lists them all.
fn load_sound(site: &Path) -> Result<Loaded> {
    let loaded = load(site)?;
    if !loaded.problems.is_empty() {
        let all: Vec<_> = loaded.problems.iter().map(Problem::to_string).collect();
        anyhow::bail!("数据文件有 {} 个问题，请先改正：\n{}", all.len(), all.join("\n"));
    }
    Ok(loaded)
}

fn rubrics(site: &Path, edition: Option<&str>) -> Result<ExitCode> {
    let loaded = load_sound(site)?;
    let edition = match edition {
        None => loaded.editions.first(),
        Some(id) => loaded.editions.iter().find(|it| it.id == id),
    };
    let edition = edition.with_context(|| {
        let known: Vec<_> = loaded.editions.iter().map(|it| it.id.as_str()).collect();
        format!("没有这个版本，现有：{}", known.join("、"))
    })?;
    let mut out = BufWriter::new(io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, &rubrics_json(edition)).map_err(io::Error::from)?;
    writeln!(out)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn score(site: &Path, file: Option<&Path>, explain: bool) -> Result<ExitCode> {
    let loaded = load_sound(site)?;
    let (input, length): (Box<dyn Read>, _) = match file.filter(|it| *it != Path::new("-")) {
        None => (Box::new(io::stdin().lock()), None),
        Some(path) => {
            let (file, length) = folder::open(path)?;
            (Box::new(file), Some(length))
        }
    };
    let progress = match length {
        Some(length) if io::stderr().is_terminal() && !io::stdout().is_terminal() => bar(length),
        _ => ProgressBar::hidden(),
    };
    let tally = score_lines(&loaded.editions, explain, decoding(input)?, io::stdout().lock(), |read| {
        progress.set_position(read)
    })?;
    progress.finish_and_clear();
    Ok(ended(tally))
}

/// Answers every line by the rules of the newest edition.
fn by_rules(
    site: &Path,
    file: Option<&Path>,
    answer: fn(&Rules, &Map<String, Value>) -> Result<Value, LineError>,
) -> Result<ExitCode> {
    let loaded = load_sound(site)?;
    let rules = loaded.rules.first().context("没有任何版本")?;
    let input: Box<dyn Read> = match file.filter(|it| *it != Path::new("-")) {
        None => Box::new(io::stdin().lock()),
        Some(path) => Box::new(folder::open(path)?.0),
    };
    let input = decoding(input)?;
    let output = BufWriter::new(io::stdout().lock());
    Ok(ended(each_line(input, output, |line| answer(rules, line))?))
}

fn ended(tally: Tally) -> ExitCode {
    if tally.refused == 0 {
        return ExitCode::SUCCESS;
    }
    eprintln!("{} 行中有 {} 行被拒绝，原因见输出的 error", tally.lines, tally.refused);
    ExitCode::from(REFUSED)
}

fn desk(site: &Path, files: &[PathBuf], newest: bool, out: Option<&Path>) -> Result<ExitCode> {
    let Some(format) = Format::of(out).filter(|_| out.is_none_or(|out| !files.iter().any(|it| it == out))) else {
        eprintln!("ziping: --out 应以 .csv 或 .xlsx 结尾，并且不是输入的文件，请看 ziping desk --help");
        return Ok(ExitCode::from(REFUSED));
    };
    let loaded = load_sound(site)?;
    let desk = desk::read_files(&loaded, files)?;
    desk::write_table(&loaded, &desk, newest, format, out)?;
    eprint!("{}", desk::summary(&desk));
    Ok(if desk.unopened.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(REFUSED) })
}

fn bar(length: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr());
    let style = "{bar:40} {bytes}/{total_bytes}，剩余 {eta}";
    bar.set_style(ProgressStyle::with_template(style).expect("the template is ours"));
    bar
}

fn build(site: &Path, app: &Path, out: &Path, days: u16) -> Result<ExitCode> {
    let loaded = load_sound(site)?;
    let built = write::build(site, loaded, app, out, days)?;
    let Built { pages, files, bytes, seconds, said } = built;
    tell(&format!("{pages} 个页面，{files} 个文件，{bytes} 字节，{seconds:.2} 秒 → {}", out.display()));
    said.iter().for_each(|it| tell(it));
    Ok(ExitCode::SUCCESS)
}
