//! `scope.toml` as the typed model, and whether it fits the notices and readings it names.

mod sound;

use crate::filing::scope::{
    Class, ClassRule, ClassType, Example, Figure, LaterLevel, LevelWord, Levels, PasteWords, Ruling, SchoolClass,
    Scope, ScopeCheck, ScopeCheckKind, Standards,
};
use crate::letters::BYTE_ORDER_MARK;
use crate::notice::{Notice, named};
use crate::rubric::Edition;

use super::Problem;
use super::edition::word;
use super::table::{Source, TomlTable};

use sound::sound;

/// Reads the file. What is wrong with it, whatever other files hold, is told to `source`. `later` are the levels of later
/// documents; `None` where their file could not be read without problems.
pub fn read_scope(source: &Source<'_>, later: Option<Vec<LaterLevel>>) -> Scope {
    let (mut scope, mut lines) = read(source);
    lines.later_known = later.is_some();
    scope.levels.later = later.unwrap_or_default();
    // in a file that could not be read, things may be missing for that reason alone
    if source.is_clean() {
        sound(&scope, &lines, source);
    }
    scope
}

/// The clauses, readings and quotations that the file names and the site does not have. A file that could not be read
/// without problems is not looked at.
pub fn scope_refers(file: &str, text: &str, edition: &Edition, notices: &[Notice]) -> Vec<Problem> {
    let source = Source::new(file.to_owned(), text.trim_start_matches(BYTE_ORDER_MARK));
    let (scope, lines) = read(&source);
    if !source.is_clean() {
        return Vec::new();
    }
    let clause = |line: usize, clause: &str| {
        if named(notices, clause).is_none() {
            source.say(line, format!("条款 `{clause}` 在 content 的文件里找不到，请核对文号和编号"));
        }
    };
    let readings = |line: usize, ids: &[String]| {
        for id in ids.iter().filter(|it| edition.reading(it).is_none()) {
            source.say(line, format!("解读 `{id}` 不在 readings.toml 里，请核对编号"));
        }
    };
    clause(lines.clause, &scope.clause);
    for (check, line) in scope.checks.iter().zip(&lines.checks) {
        clause(*line, &check.clause);
        readings(*line, &check.readings);
    }
    for (example, line) in scope.examples.iter().zip(&lines.examples) {
        readings(*line, &example.readings);
    }
    for (figure, line) in figures(&scope).into_iter().zip(&lines.figures) {
        let Some(reading) = edition.reading(&figure.reading) else {
            readings(*line, std::slice::from_ref(&figure.reading));
            continue;
        };
        if !reading.printed.iter().any(|it| bare(it).contains(&bare(&figure.printed))) {
            source.say(
                *line,
                format!("“{}”在解读 `{}` 的 `printed` 里找不到，请照印文填写", figure.printed, figure.reading),
            );
        }
    }
    source.into_problems()
}

/// The line on which each thing stands.
#[derive(Default)]
struct ScopeLines {
    pub clause: usize,
    pub columns: usize,
    pub levels: usize,
    pub classes: Vec<usize>,
    pub class_types: Vec<usize>,
    pub examples: Vec<usize>,
    pub checks: Vec<usize>,
    /// In the order of [`figures`].
    pub figures: Vec<usize>,
    /// Were the levels of later documents read?
    pub later_known: bool,
}

/// All figures, in the order in which they are read.
fn figures(scope: &Scope) -> Vec<&Figure> {
    let single = [&scope.since, &scope.years, &scope.lowest, &scope.highest, &scope.lower];
    single.into_iter().chain(scope.class_types.iter().map(|it| &it.level)).collect()
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// How the file names the kinds of check.
const KINDS: &[(&str, ScopeCheckKind)] = &[
    ("restricted", ScopeCheckKind::Restricted),
    ("restricted_unsure", ScopeCheckKind::RestrictedUnsure),
    ("class_professional", ScopeCheckKind::ClassProfessional),
    ("near_professional", ScopeCheckKind::NearProfessional),
    ("near_unsaid", ScopeCheckKind::NearUnsaid),
    ("class_skilled", ScopeCheckKind::ClassSkilled),
    ("code_missing", ScopeCheckKind::CodeMissing),
    ("code_shape", ScopeCheckKind::CodeShape),
    ("code_short", ScopeCheckKind::CodeShort),
    ("code_class", ScopeCheckKind::CodeClass),
    ("name_missing", ScopeCheckKind::NameMissing),
    ("name_class", ScopeCheckKind::NameClass),
    ("name_people", ScopeCheckKind::NamePeople),
    ("example_name", ScopeCheckKind::ExampleName),
    ("dictionary_name", ScopeCheckKind::DictionaryName),
    ("standard_name", ScopeCheckKind::StandardName),
    ("name_unchecked", ScopeCheckKind::NameUnchecked),
    ("trade_other", ScopeCheckKind::TradeOther),
    ("trade_missing", ScopeCheckKind::TradeMissing),
    ("trade_unknown", ScopeCheckKind::TradeUnknown),
    ("misprint", ScopeCheckKind::Misprint),
    ("level_missing", ScopeCheckKind::LevelMissing),
    ("level_unread", ScopeCheckKind::LevelUnread),
    ("level_outside", ScopeCheckKind::LevelOutside),
    ("level_later", ScopeCheckKind::LevelLater),
    ("level_unlisted", ScopeCheckKind::LevelUnlisted),
    ("level_not_in_standard", ScopeCheckKind::LevelNotInStandard),
    ("enterprise", ScopeCheckKind::Enterprise),
    ("not_graduating", ScopeCheckKind::NotGraduating),
    ("few_years", ScopeCheckKind::FewYears),
    ("no_scale", ScopeCheckKind::NoScale),
    ("no_standard", ScopeCheckKind::NoStandard),
    ("school_level", ScopeCheckKind::SchoolLevel),
    ("class_level", ScopeCheckKind::ClassLevel),
    ("class_level_lowest", ScopeCheckKind::ClassLevelLowest),
    ("class_other", ScopeCheckKind::ClassOther),
    ("pre_technician", ScopeCheckKind::PreTechnician),
    ("not_compound", ScopeCheckKind::NotCompound),
    ("no_earlier_certificate", ScopeCheckKind::NoEarlierCertificate),
];

const RESULTS: &[(&str, Ruling)] =
    &[("reject", Ruling::Reject), ("hold", Ruling::Hold), ("confirm", Ruling::Confirm), ("warn", Ruling::Warn)];
const CLASS_RULES: &[(&str, ClassRule)] = &[
    ("none", ClassRule::None),
    ("professional", ClassRule::Professional),
    ("near", ClassRule::Near),
    ("skilled", ClassRule::Skilled),
];
const CLASS_TYPES: &[(&str, ClassType)] =
    &[("intermediate", ClassType::Intermediate), ("advanced", ClassType::Advanced)];

fn read(source: &Source<'_>) -> (Scope, ScopeLines) {
    let document = source.parse();
    let mut table = TomlTable::document(source, document.get_ref());
    let mut lines = ScopeLines {
        clause: table.line_of("clause"),
        columns: table.line_of("columns"),
        levels: table.line_of("levels"),
        ..ScopeLines::default()
    };
    let at = &mut lines;
    let scope = Scope {
        clause: table.need_filled("clause"),
        columns: table.need_texts("columns"),
        blank: table.texts("blank").unwrap_or_default(),
        people: table.text("people").unwrap_or_default(),
        minor: table.need_filled("minor"),
        since: figure(&mut table, "since", at),
        years: figure(&mut table, "years", at),
        lowest: figure(&mut table, "lowest", at),
        highest: figure(&mut table, "highest", at),
        lower: figure(&mut table, "lower", at),
        standards: part(&mut table, "standards", |inner| Standards {
            national: inner.need_filled("national"),
            enterprise: inner.need_filled("enterprise"),
            titles: inner.need_texts("titles"),
        }),
        levels: part(&mut table, "levels", |inner| Levels {
            ignored: inner.texts("ignored").unwrap_or_default(),
            words: each(inner.tables("words"), &mut Vec::new(), |entry| LevelWord {
                level: small(entry, "level"),
                names: entry.need_texts("names"),
            }),
            later: Vec::new(),
        }),
        pasted: paste_words(&mut table),
        classes: each(table.tables("class"), &mut at.classes, |entry| Class {
            number: small(entry, "number"),
            name: entry.need_filled("name"),
            rule: word(entry, "rule", CLASS_RULES).unwrap_or(ClassRule::None),
        }),
        class_types: class_types(table.tables("class_type"), at),
        examples: each(table.tables("example"), &mut at.examples, |entry| Example {
            code: entry.need_filled("code"),
            name: entry.need_filled("name"),
            trade: entry.need_text("trade"),
            levels: entry.need_filled("levels"),
            standard: entry.need_filled("standard"),
            corrected: entry.text("corrected"),
            readings: entry.texts("readings").unwrap_or_default(),
        }),
        checks: each(table.tables("check"), &mut at.checks, |entry| ScopeCheck {
            kind: word(entry, "kind", KINDS).unwrap_or(ScopeCheckKind::Restricted),
            result: word(entry, "result", RESULTS).unwrap_or(Ruling::Warn),
            clause: entry.need_filled("clause"),
            readings: entry.need_texts("readings"),
            message: entry.need_filled("message"),
        }),
    };
    table.end();
    (scope, lines)
}

/// A file may leave them out; then only the printed headings are known.
fn paste_words(table: &mut TomlTable<'_>) -> PasteWords {
    let Some(mut inner) = table.table("pasted") else { return PasteWords::default() };
    let mut texts = |key| inner.texts(key).unwrap_or_default();
    let words = PasteWords {
        code: texts("code"),
        name: texts("name"),
        trade: texts("trade"),
        levels: texts("levels"),
        standard: texts("standard"),
        serial: texts("serial"),
        unused: texts("unused"),
        national: texts("national"),
        enterprise: texts("enterprise"),
        around: texts("around"),
    };
    inner.end();
    words
}

fn class_types(tables: Vec<TomlTable<'_>>, at: &mut ScopeLines) -> Vec<SchoolClass> {
    let mut read = Vec::new();
    for mut entry in tables {
        at.class_types.push(entry.line);
        read.push(SchoolClass {
            class_type: word(&mut entry, "type", CLASS_TYPES).unwrap_or(ClassType::Intermediate),
            name: entry.need_filled("name"),
            level: figure(&mut entry, "level", at),
        });
        entry.end();
    }
    read
}

fn each<'t, T>(tables: Vec<TomlTable<'t>>, lines: &mut Vec<usize>, read: impl Fn(&mut TomlTable<'t>) -> T) -> Vec<T> {
    let one = |mut entry: TomlTable<'t>| {
        lines.push(entry.line);
        let value = read(&mut entry);
        entry.end();
        value
    };
    tables.into_iter().map(one).collect()
}

/// A table that must be there.
fn part<'t, T: Default>(parent: &mut TomlTable<'t>, key: &str, read: impl FnOnce(&mut TomlTable<'t>) -> T) -> T {
    let was_there = parent.has(key);
    match parent.table(key) {
        Some(mut table) => {
            let value = read(&mut table);
            table.end();
            value
        }
        None => {
            if !was_there {
                parent.say(format!("缺少 `{key}`，请补上"));
            }
            T::default()
        }
    }
}

fn figure(table: &mut TomlTable<'_>, key: &str, at: &mut ScopeLines) -> Figure {
    at.figures.push(table.line_of(key));
    part(table, key, |inner| Figure {
        figure: inner.need_whole("figure"),
        printed: inner.need_filled("printed"),
        reading: inner.need_filled("reading"),
    })
}

/// A number of one digit. Any other is a problem, and is read as 0.
fn small(table: &mut TomlTable<'_>, key: &str) -> u8 {
    let line = table.line_of(key);
    let number = table.need_whole(key);
    u8::try_from(number).ok().filter(|it| *it < 10).unwrap_or_else(|| {
        table.say_at(line, format!("`{key}` 应为一位数，现在是 {number}"));
        0
    })
}
