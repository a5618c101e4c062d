//! Is `scope.toml` sound in itself? Each mistake in a sentence, with its line, for whoever edits the file.

use crate::filing::scope::{ClassRule, Scope, ScopeCheck, ScopeCheckKind, levels, plain};
use crate::letters::numeral;

use super::{KINDS, ScopeLines, figures};
use crate::load::table::Source;

/// Tells `source` everything that is wrong.
pub(super) fn sound(scope: &Scope, lines: &ScopeLines, source: &Source<'_>) {
    let mut say = |line: usize, message: String| source.say(line, message);
    if scope.columns.len() != 5 {
        say(lines.columns, format!("`columns` 应有 5 个表头，现在是 {} 个", scope.columns.len()));
    }
    for (figure, line) in figures(scope).into_iter().zip(&lines.figures) {
        if !prints(&figure.printed, figure.figure) {
            say(*line, format!("数字 {} 在“{}”里找不到，请照印文填写", figure.figure, figure.printed));
        }
    }
    if scope.lowest.figure < scope.highest.figure {
        say(lines.clause, "`lowest` 是数字大的级别，不能小于 `highest`".to_owned());
    }
    level_words(scope, lines.levels, &mut say);
    for (i, (class, line)) in scope.classes.iter().zip(&lines.classes).enumerate() {
        if class.number == 0 || scope.classes[..i].iter().any(|it| it.number == class.number) {
            say(*line, format!("大类 `{}` 的编号应为一位数字，每个只写一次", class.number));
        }
    }
    for (i, (school_class, line)) in scope.class_types.iter().zip(&lines.class_types).enumerate() {
        if scope.class_types[..i].iter().any(|other| other.class_type == school_class.class_type) {
            say(*line, format!("班型“{}”写了两次，请删去一个", school_class.name));
        }
    }
    examples(scope, lines, &mut say);
    checks(scope, lines, &mut say);
}

fn level_words(scope: &Scope, line: usize, say: &mut impl FnMut(usize, String)) {
    let words = &scope.levels.words;
    for level in 1..=5_u8 {
        if words.iter().filter(|it| it.level == level).count() != 1 {
            say(line, format!("`levels` 的 `words` 里 {level} 级应有一段，不多也不少"));
        }
    }
    let all = words.iter().flat_map(|it| &it.names).chain(&scope.levels.ignored);
    let mut names: Vec<_> = all.collect();
    names.sort_unstable();
    for same in names.windows(2).filter(|it| it[0] == it[1]) {
        say(line, format!("级别的写法“{}”写了两次，只能指一个级别", same[0]));
    }
}

fn examples(scope: &Scope, lines: &ScopeLines, say: &mut impl FnMut(usize, String)) {
    for (i, (example, line)) in scope.examples.iter().zip(&lines.examples).enumerate() {
        let what = format!("示例“{}{}”", example.name, example.trade);
        let segments: Vec<_> = example
            .code
            .split('-')
            .map(|segment| (segment.len(), segment.bytes().all(|it| it.is_ascii_digit())))
            .collect();
        if segments != [(1, true), (2, true), (2, true), (2, true)] {
            say(*line, format!("{what}的 `code` 应像 6-18-01-01 这样共四段，现在是 `{}`", example.code));
        }
        match levels::read(&scope.levels, &example.levels) {
            Ok(read) if levels::print(&read) == example.levels => {}
            _ => say(*line, format!("{what}的 `levels` 应像 5、4、3 这样从大到小，现在是 `{}`", example.levels)),
        }
        if example.standard != scope.standards.national {
            say(*line, format!("{what}的 `standard` 应为“{}”", scope.standards.national));
        }
        if example.corrected.as_ref().is_some_and(|it| *it == example.trade) {
            say(*line, format!("{what}的 `corrected` 与原文相同，没有误印的请删去这个键"));
        }
        let above = &scope.examples[..i];
        if above.iter().any(|it| it.code == example.code && it.name != example.name) {
            say(*line, format!("{what}的编码 `{}` 在前面是另一个职业，请核对", example.code));
        }
        if above.iter().any(|it| it.code == example.code && it.trade == example.trade) {
            say(*line, format!("{what}写了两次，请删去一行"));
        }
    }
}

fn checks(scope: &Scope, lines: &ScopeLines, say: &mut impl FnMut(usize, String)) {
    for (word, kind) in KINDS.iter().filter(|it| lines.later_known || it.1 != ScopeCheckKind::LevelLater) {
        let written = scope.checks.iter().zip(&lines.checks).filter(|it| it.0.kind == *kind);
        let written: Vec<_> = written.collect();
        let idle = idle(scope, *kind);
        match (&written[..], idle) {
            ([], None) => say(lines.clause, format!("缺少检查 `{word}`，请补上一段 `[[check]]`")),
            ([], Some(_)) => {}
            ([(_, line), ..], Some(why)) => say(**line, format!("检查 `{word}` 用不上：{why}，请补上或删去这项检查")),
            ([(check, line), rest @ ..], None) => {
                message(check, word, **line, say);
                rest.iter().for_each(|it| say(*it.1, format!("检查 `{word}` 写了两次，请删去一个")));
            }
        }
    }
}

/// The message of a check: each placeholder in it must be one that is filled in.
fn message(check: &ScopeCheck, word: &str, line: usize, say: &mut impl FnMut(usize, String)) {
    if check.message.ends_with('。') {
        say(line, format!("检查 `{word}` 的 `message` 末尾不用句号"));
    }
    let own = ["code", "name", "trade", "levels"];
    for after in check.message.split('{').skip(1) {
        let Some((key, _)) = after.split_once('}') else {
            say(line, format!("检查 `{word}` 的 `message` 里有一个 {{ 没有配上 }}，请补上"));
            continue;
        };
        if !own.contains(&key) && !check.kind.fills().contains(&key) {
            let known: Vec<_> = own.iter().chain(check.kind.fills()).map(|it| format!("{{{it}}}")).collect();
            say(line, format!("检查 `{word}` 的 `message` 里 {{{key}}} 没有可填的内容，可用的有 {}", known.join(" ")));
        }
    }
}

/// Why the check can find nothing in these data.
fn idle(scope: &Scope, kind: ScopeCheckKind) -> Option<&'static str> {
    let class = |rule| scope.classes.iter().any(|it| it.rule == rule);
    let trades = || scope.examples.iter().filter(|it| !it.trade.is_empty());
    let (there, why) = match kind {
        ScopeCheckKind::ClassProfessional => (class(ClassRule::Professional), "没有 `rule` 为 professional 的大类"),
        ScopeCheckKind::NearProfessional | ScopeCheckKind::NearUnsaid => {
            (class(ClassRule::Near), "没有 `rule` 为 near 的大类")
        }
        ScopeCheckKind::ClassSkilled => (class(ClassRule::Skilled), "没有 `rule` 为 skilled 的大类"),
        ScopeCheckKind::CodeClass | ScopeCheckKind::NameClass => (!scope.classes.is_empty(), "没有 `[[class]]`"),
        ScopeCheckKind::NamePeople => (!scope.people.is_empty(), "没有写 `people`"),
        ScopeCheckKind::ExampleName
        | ScopeCheckKind::LevelUnlisted
        | ScopeCheckKind::LevelNotInStandard
        | ScopeCheckKind::TradeUnknown => (!scope.examples.is_empty(), "没有 `[[example]]`"),
        ScopeCheckKind::TradeMissing => (trades().next().is_some(), "示例都没有工种"),
        ScopeCheckKind::TradeOther => {
            let other = |code: &str| scope.examples.iter().any(|it| it.code != code);
            (trades().any(|it| other(&it.code)), "示例里没有别的职业的工种")
        }
        ScopeCheckKind::Misprint => {
            let misprinted = trades().any(|it| it.trade() != plain::name(&it.trade));
            (misprinted, "没有一行示例的 `corrected` 与原文不同")
        }
        ScopeCheckKind::ClassLevel | ScopeCheckKind::ClassLevelLowest | ScopeCheckKind::ClassOther => {
            (!scope.class_types.is_empty(), "没有 `[[class_type]]`")
        }
        ScopeCheckKind::LevelLater => {
            (!scope.levels.later.is_empty(), "`later.toml` 里没有新的级别（`[[document.level]]`）")
        }
        ScopeCheckKind::Restricted
        | ScopeCheckKind::RestrictedUnsure
        | ScopeCheckKind::CodeMissing
        | ScopeCheckKind::CodeShape
        | ScopeCheckKind::CodeShort
        | ScopeCheckKind::NameMissing
        | ScopeCheckKind::DictionaryName
        | ScopeCheckKind::StandardName
        | ScopeCheckKind::NameUnchecked
        | ScopeCheckKind::LevelMissing
        | ScopeCheckKind::LevelUnread
        | ScopeCheckKind::LevelOutside
        | ScopeCheckKind::Enterprise
        | ScopeCheckKind::NotGraduating
        | ScopeCheckKind::FewYears
        | ScopeCheckKind::NoScale
        | ScopeCheckKind::NoStandard
        | ScopeCheckKind::SchoolLevel
        | ScopeCheckKind::PreTechnician
        | ScopeCheckKind::NotCompound
        | ScopeCheckKind::NoEarlierCertificate => (true, ""),
    };
    (!there).then_some(why)
}

/// Is the number printed, in digits or as a Chinese numeral?
fn prints(printed: &str, figure: u16) -> bool {
    let digits = figure.to_string();
    let numbers: Vec<&str> = printed.split(|it: char| !it.is_ascii_digit()).collect();
    numbers.contains(&digits.as_str()) || (1..=99).contains(&figure) && printed.contains(&numeral(figure))
}
