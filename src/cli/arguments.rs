//! The commands and their options, as clap reads them, and the words of `--help`.

use std::path::PathBuf;

use clap::{ArgAction, Args, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::code::{CODE_HELP, CodeArguments};
use super::form::{FORM_HELP, FormArguments};
use super::import::{IMPORT_HELP, ImportArguments};
use super::new::{NEW_HELP, NewArguments};
use super::schema::SchemaName;
use crate::generate::write;
use crate::load::SiteFolders;
use crate::serve;

const AFTER_HELP: &str = "\
退出状态：
  0  完成
  1  没有完成：读写失败，或 check、build 发现问题
  2  有输入行被拒绝（其余各行照常处理），或命令行用法不对

示例：
  ziping check                          检查当前文件夹里的通知和评估要点
  ziping rubrics > rubrics.json         导出全部评估要点
  ziping score answers.jsonl            逐行计分，结果写到标准输出
  cat answers.jsonl | ziping score      同上，从标准输入读取
  ziping plan answers.jsonl             逐行列出最省的整改清单
  ziping route units.jsonl              逐行判断在哪里备案、报什么
  ziping scope rows.jsonl               逐行核对申报的职业、工种和级别
  ziping code --encode answers.jsonl    自评变成自评码；不加 --encode 时还原
  ziping desk codes.txt --out 汇总.xlsx 把许多自评码、链接和文件汇总成一张表
  ziping form --out 表格 --blank        写出空白的官方表格，填好后用 --read 读入
  ziping new edition henan-2027         新建一个版本，照文件里的“待填”填写
  ziping import 附件1.xlsx > 附件1.toml  评估要点的表格变成文本，提出规则，待人核对
  ziping build --app app --out dist     生成网站
  ziping serve --open                   边改边看：保存后自动检查、生成，网页自动刷新";

const HELP: &str = "{about}\n\n用法：{usage}\n\n命令：\n{subcommands}\n\n选项：\n{options}{after-help}";

#[derive(Parser)]
#[command(name = "ziping", version, about = "职业技能等级评价机构备案自评：检查评估要点、计分、生成网站", after_help = AFTER_HELP)]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
#[command(help_template = HELP, override_usage = "ziping [选项] <命令>")]
#[command(disable_help_flag = true, disable_version_flag = true)]
pub struct Cli {
    #[command(flatten)]
    pub site: SiteArguments,
    /// 不显示进度和说明，只看数据和退出状态
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// 显示帮助
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// 显示程序和评估要点的版本，同 ziping version
    #[arg(short = 'V', long)]
    pub version: bool,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Where the files of the site lie.
#[derive(Args)]
pub struct SiteArguments {
    /// 站点文件夹（含 content/、rubrics/ 和 site.toml），或其中的 site.toml；默认为当前文件夹
    #[arg(long, global = true, value_name = "文件夹或文件", default_value = ".", hide_default_value = true)]
    site: PathBuf,
    /// 通知所在的文件夹，代替站点文件夹里的 content
    #[arg(long, global = true, value_name = "文件夹")]
    content: Option<PathBuf>,
    /// 各版本评估要点所在的文件夹，代替站点文件夹里的 rubrics
    #[arg(long, global = true, value_name = "文件夹")]
    rubrics: Option<PathBuf>,
}

impl SiteArguments {
    pub fn folders(&self) -> SiteFolders {
        SiteFolders::new(&self.site, self.content.clone(), self.rubrics.clone())
    }
}

#[derive(Subcommand)]
pub enum Command {
    /// 检查通知、评估要点与解读的文件，一次列出全部问题
    #[command(
        override_usage = "ziping check [选项]",
        after_help = "有问题时每行一条「文件:行号: 问题」，退出状态 1；没有问题时退出状态 0。\nziping build 会拒绝的，这里都会指出。"
    )]
    Check {
        /// 已编译的填报程序所在文件夹，默认为当前文件夹或程序旁边的 app；都没有时不检查
        #[arg(long, value_name = "文件夹")]
        app: Option<PathBuf>,
    },
    /// 以一个 JSON 文档输出全部评估要点
    #[command(
        override_usage = "ziping rubrics [选项]",
        after_help = "示例：\n  ziping rubrics | jq '.rubrics[0].rows[3]'"
    )]
    Rubrics {
        /// 版本，默认为最新版本
        #[arg(long, value_name = "版本")]
        edition: Option<String>,
    },
    /// 逐行计分：一行一张自评表，输入、输出是 JSON Lines 或 CSV
    #[command(override_usage = "ziping score [选项] [文件]…", after_help = SCORE_HELP)]
    Score {
        #[command(flatten)]
        lines: LineArguments,
        /// 每一行评估内容附上计算过程
        #[arg(long)]
        explain: bool,
    },
    /// 逐行列出整改清单：一行一张自评表，输入、输出是 JSON Lines 或 CSV
    #[command(override_usage = "ziping plan [选项] [文件]…", after_help = PLAN_HELP)]
    Plan(LineArguments),
    /// 逐行判断备案路径：一行一个申请单位，输入、输出是 JSON Lines 或 CSV
    #[command(override_usage = "ziping route [选项] [文件]…", after_help = ROUTE_HELP)]
    Route(LineArguments),
    /// 逐行核对评价范围：一行一个申报职业，输入、输出是 JSON Lines 或 CSV
    #[command(override_usage = "ziping scope [选项] [文件]…", after_help = SCOPE_HELP)]
    Scope(LineArguments),
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
    #[command(override_usage = "ziping code [选项] [文件]…", after_help = CODE_HELP)]
    Code(CodeArguments),
    /// 写出官方表格（XLSX），在 WPS、Excel 里填好后读入
    #[command(override_usage = "ziping form --out <文件夹> [选项] [文件]…\n      ziping form --read [选项] <文件>…", after_help = FORM_HELP)]
    Form(FormArguments),
    /// 新建一个版本：要填的文件，每处写着怎样填
    #[command(override_usage = "ziping new [选项] edition <版本>", after_help = NEW_HELP)]
    New(NewArguments),
    /// 把评估要点的表格（XLSX、HTML、CSV）变成文本，逐行提出规则，拿不准的标出来
    #[command(override_usage = "ziping import [选项] <文件>", after_help = IMPORT_HELP)]
    Import(ImportArguments),
    /// 输出各种输入、输出的 JSON Schema，其中有每一行评估内容的回答形式
    #[command(override_usage = "ziping schema [选项] [名称]", after_help = SCHEMA_HELP)]
    Schema {
        /// 名称；省略时列出全部名称
        #[arg(value_name = "名称", hide_possible_values = true)]
        name: Option<SchemaName>,
        /// 只要这一份评估要点，写附件号
        #[arg(long, value_name = "附件号")]
        annex: Option<u8>,
        /// 把数据文件的 JSON Schema 全部写到这个文件夹
        #[arg(long, value_name = "文件夹", conflicts_with_all = ["name", "annex"])]
        all: Option<PathBuf>,
    },
    /// 显示程序和评估要点的版本
    #[command(
        override_usage = "ziping version [选项]",
        after_help = "示例：\n  ziping version\n\n第一行是程序的版本，以下一行一个评估要点的版本，最新的在前。"
    )]
    Version,
    /// 生成网站
    #[command(
        override_usage = "ziping build [选项]",
        after_help = "示例：\n  ziping build --app app --out dist\n\n数据文件有问题时不生成，原有的输出文件夹保持不变。\n只替换、删除它自己写的文件（清单在输出文件夹的 .ziping 里），别人放进去的不动。"
    )]
    Build {
        /// 已编译的填报程序所在文件夹，默认为当前文件夹或程序旁边的 app
        #[arg(long, value_name = "文件夹")]
        app: Option<PathBuf>,
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

/// Of the commands that answer line by line.
#[derive(Args)]
pub struct LineArguments {
    /// 输入文件，可以有几个；省略或写 - 时读标准输入
    #[arg(value_name = "文件")]
    pub files: Vec<PathBuf>,
    /// 输入、输出的格式，jsonl 或 csv；不写时看文件名，以 .csv 结尾的是 csv
    #[arg(long, value_name = "格式", hide_possible_values = true)]
    pub format: Option<LineFormat>,
    /// 同 --format csv
    #[arg(long, conflicts_with = "format")]
    pub csv: bool,
}

/// What lines are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LineFormat {
    Jsonl,
    Csv,
}

const SCORE_HELP: &str = r#"输入示例（一行）：
  {"id": "A-01", "rubric": "3", "answers": {"3-1": {"met": true}, "3-3": {"defects": 1}}}

某行有误时，该行输出 {"error": {"code", "path", "message"}, "line": 行号}，其余各行照常计分，退出状态 2。
行数不限，边读边写；空行略过；文件开头可有 BOM。

CSV 的第一行是列名，一行一张表，空格就是没有填：
  id,rubric,3-1.met,3-3.defects,4-20.yearly.1,4-20.yearly.2,4-20.yearly.3
  A-01,3,是,1,,,
列名是“行号.键”，是非写 true、false 或 是、否；分隔符可为逗号、分号或制表符。Excel、WPS 另存的“CSV UTF-8”可直接用。
输出的列：id、rubric、edition、status、base_total、bonus、total_with_bonus、low、high、verdict、verdict_with_bonus、
may_start_work、unanswered、filing_vetoes、work_vetoes、unsure（待确认）、readings、estimated.low、estimated.high、deciding（估计）、line、
error.code、error.path、error.message，然后是各行的得分，如 3-1.score；有几个文件时另有 file。各行怎样回答，见 ziping schema score-input。"#;

const PLAN_HELP: &str = r#"输入与 score 相同，另可加：
  "target"   要达到的分数线：印的结论，或最低分，如 85；不写时是最高的一条
  "effort"   {"2-4": "now"、"money" 或 "never"}：马上能办（不写时）、要花钱、办不到
  "cost"     {"2-4": 3.5}：按项、名、处、人计的行是每一个的，其余是整行的；不写时 now 为 0，money 为 1
  "reach"    {"2-8": 5}：酌情的行最多能到几分；不写时是它的分值，租赁的照扣
  "safe"     true：酌情的行都按最低估计、有疑问处都按不利的解读，仍要达到

输出 "changes"：消除全部否决项并达到分数线的各种办法中，费用最少的；费用相同的，行数最少、改动最小、行号在前的。
没有回答的行按没有计（0 分，否决项未消除），办不到的行不动，任何一行都不会变差。达不到时 "reached" 是 false，
"why" 写明原因，"changes" 是消除否决项最多、得分最多的办法。
"units" 是改动几个：没有回答的从 0 分数起，不计个数的行、只排除安全隐患的算 1；还有没回答的行时 "verdict_after" 是 null。

示例（一行）：
  {"id": "A-01", "rubric": "2", "answers": {"2-4": {"qualified_examiners": 3}}, "target": 85, "cost": {"2-4": 2}}

某行有误时，该行输出 {"error": {"code", "path", "message"}, "line": 行号}，其余各行照常，退出状态 2。
CSV 的列：score 的各列，加 target、safe、2-4.effort、2-4.cost、2-8.reach；输出时一项整改一行，不用整改的表也有一行。"#;

const ROUTE_HELP: &str = r#"输入示例（一行）：
  {"applicant": "employer", "ownership": "other_enterprise", "insured_in": "某市"}

某行有误时，该行输出 {"error": {"code", "path", "message"}, "line": 行号}，其余各行照常判断，退出状态 2。
行数不限，边读边写；空行略过；文件开头可有 BOM。

CSV 的第一行是列名，与 JSON 的键相同；一格里有几个地点或几类对象时用顿号隔开，是非写 true、false 或 是、否。
  id,applicant,ownership,insured_in
  1,employer,other_enterprise,某市
输出时一个备案一行，有两个备案的单位有两行，id 相同。"#;

const SCOPE_HELP: &str = r#"输入示例（一行）：
  {"applicant": "employer", "code": "6-18-01-01", "name": "车工", "trade": "数控车床", "levels": "4、3、2、1"}

某行有误时，该行输出 {"error": {"code", "path", "message"}, "line": 行号}，其余各行照常核对，退出状态 2。
行数不限，边读边写；空行略过；文件开头可有 BOM。

CSV 的第一行是列名，与 JSON 的键相同，是非写 true、false 或 是、否：
  id,code,name,trade,levels
  1,6-18-01-01,车工,数控车床,4、3、2、1
输出的列：id、result、levels、trade、reasons、clauses、suggest.name、suggest.trade、readings、line、error.code、
error.path、error.message；几条原因用分号隔开，次序与 clauses 相同。"#;

const SCHEMA_HELP: &str = "\
示例：
  ziping schema                                列出全部名称
  ziping schema score-input > score-input.json
  ziping schema score-input --annex 3          只要附件3，其中有每一行的回答形式
  ziping schema code-input
  ziping schema rubric-file                    评估要点的数据文件
  ziping schema --all rubrics/schemas          各种数据文件的，一种一个文件，编辑器用来提示和检查

JSON Schema 2020-12，由评估要点和备案规则的数据文件生成，随它们而变。JSON Schema 写不出的规则（如完好数不多于总数、
不符合的人数不多于总人数）写在 $comment 里，由 ziping score 检查。";

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

/// The commands, with our headings where clap has English ones.
pub fn command() -> clap::Command {
    Cli::command().mut_subcommands(|subcommand| {
        let arguments = if subcommand.get_positionals().next().is_some() { "参数：\n{positionals}\n\n" } else { "" };
        subcommand
            .help_template(format!("{{about}}\n\n用法：{{usage}}\n\n{arguments}选项：\n{{options}}{{after-help}}"))
    })
}
