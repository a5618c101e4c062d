//! What is wrong with a command line, in Chinese: the words of clap for its kinds of mistake.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The mistake, and where the right way is described. `commands` are the names of the commands.
pub fn in_words(error: &Error, commands: &[String]) -> String {
    let typed = std::env::args().skip(1).find(|it| commands.contains(it));
    let help = typed.map_or_else(|| "ziping --help".to_owned(), |command| format!("ziping {command} --help"));
    format!("ziping: {}\n请看 {help}", mistake(error, commands))
}

fn mistake(error: &Error, commands: &[String]) -> String {
    let all = |kind| texts(error.get(kind));
    let named = |kind| all(kind).into_iter().next().unwrap_or_default();
    // `--out <文件>`, of which the name is enough
    let argument = || named(ContextKind::InvalidArg);
    let option = || plain(argument().split(' ').next().unwrap_or_default());
    let perhaps = |kind| {
        let likely = all(kind);
        if likely.is_empty() { String::new() } else { format!("，是不是 `{}`？", likely.join("`、`")) }
    };
    match error.kind() {
        ErrorKind::UnknownArgument if !argument().starts_with('-') => format!("多了一个参数 `{}`", argument()),
        ErrorKind::UnknownArgument => {
            format!("不认识的选项 `{}`{}", argument(), perhaps(ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => {
            let name = named(ContextKind::InvalidSubcommand);
            if name == "help" {
                return "没有命令 `help`，看说明用 ziping --help 或 ziping <命令> --help".to_owned();
            }
            match perhaps(ContextKind::SuggestedSubcommand) {
                nothing if nothing.is_empty() => {
                    format!("没有命令 `{name}`，命令有 {}", commands.join("、"))
                }
                likely => format!("没有命令 `{name}`{likely}"),
            }
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let (value, known) = (named(ContextKind::InvalidValue), all(ContextKind::ValidValue));
            let should =
                if known.is_empty() { String::new() } else { format!("，应为 {} 之一", known.join("、")) };
            let likely = perhaps(ContextKind::SuggestedValue);
            match (value.is_empty(), &*option()) {
                (true, option) => format!("`{option}` 后面缺少值{should}"),
                (false, "--port") => format!("`--port` 的值 `{value}` 不对，应为 0 到 65535 的整数"),
                (false, "--annex") => format!("`--annex` 的值 `{value}` 不对，应为附件号，如 3"),
                (false, option) => format!("`{option}` 的值 `{value}` 不对{should}{likely}"),
            }
        }
        ErrorKind::MissingRequiredArgument => {
            let missing: Vec<String> = all(ContextKind::InvalidArg).iter().map(|it| plain(it)).collect();
            format!("缺少 `{}`", missing.join("`、`"))
        }
        ErrorKind::MissingSubcommand => format!("缺少命令，命令有 {}", commands.join("、")),
        ErrorKind::ArgumentConflict => match all(ContextKind::PriorArg) {
            prior if prior.is_empty() || prior.contains(&argument()) => format!("`{}` 只能写一次", option()),
            prior => format!("`{}` 不能与 `{}` 同时用", option(), plain(&prior.join("`、`"))),
        },
        ErrorKind::TooManyValues => format!("`{}` 后面多了 `{}`", option(), named(ContextKind::InvalidValue)),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            format!("`{}` 的值的个数不对", option())
        }
        ErrorKind::InvalidUtf8 => "参数里有不是 UTF-8 的文字".to_owned(),
        _ => "命令行用法不对".to_owned(),
    }
}

/// The name of an argument without the signs that say whether it must be there: `文件` for `<文件>...`.
fn plain(argument: &str) -> String {
    let name = argument.trim_end_matches('.');
    if name.starts_with(['<', '[']) {
        return name.trim_matches(['<', '>', '[', ']']).to_owned();
    }
    name.split(' ').next().unwrap_or_default().to_owned()
}

fn texts(value: Option<&ContextValue>) -> Vec<String> {
    match value {
        Some(ContextValue::String(it)) => vec![it.clone()],
        Some(ContextValue::Strings(list)) => list.clone(),
        Some(ContextValue::StyledStr(it)) => vec![it.to_string()],
        Some(ContextValue::StyledStrs(list)) => list.iter().map(ToString::to_string).collect(),
        Some(ContextValue::Bool(_) | ContextValue::Number(_) | ContextValue::None) | None => Vec::new(),
        Some(_) => Vec::new(),
    }
}
