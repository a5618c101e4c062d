//! `scope.toml` as the typed model, and whether it fits the notices and readings it names.

use crate::filing::scope::{
    Check, Class, ClassRule, ClassType, Example, Figure, Kind, LevelWord, Levels, Outcome, SchoolClass, Scope,
    Standards,
};
use crate::letters::BYTE_ORDER_MARK;
use crate::notice::{Notice, named};
use crate::rubric::Edition;

use super::Problem;
use super::edition::word;
use super::scope_sound::sound;
use super::table::{Source, Table};

/// Reads the file; what is wrong with it in itself goes to the source.
pub fn read_scope(source: &Source<'_>) -> Scope {
    let (scope, lines) = read(source);
    // what is missing in a file that could not be read follows from that
    if source.is_clean() {
        sound(&scope, &lines, source);
    }
    scope
}

/// What a sound file names and the site does not have. A file that is not sound is not looked at.
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
pub struct ScopeLines {
    pub clause: usize,
    pub columns: usize,
    pub levels: usize,
    pub classes: Vec<usize>,
    pub class_types: Vec<usize>,
    pub examples: Vec<usize>,
    pub checks: Vec<usize>,
    /// As [`figures`] lists them.
    pub figures: Vec<usize>,
}

/// All figures, in the order in which they are read.
pub fn figures(scope: &Scope) -> Vec<&Figure> {
    let single = [&scope.since, &scope.years, &scope.lowest, &scope.highest, &scope.lower];
    single.into_iter().chain(scope.class_types.iter().map(|it| &it.level)).collect()
}

pub fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The words of the file for the kinds of check.
pub const KINDS: &[(&str, Kind)] = &[
    ("restricted", Kind::Restricted),
    ("restricted_unsure", Kind::RestrictedUnsure),
    ("class_professional", Kind::ClassProfessional),
    ("near_professional", Kind::NearProfessional),
    ("near_unsaid", Kind::NearUnsaid),
    ("class_skilled", Kind::ClassSkilled),
    ("code_missing", Kind::CodeMissing),
    ("code_shape", Kind::CodeShape),
    ("code_short", Kind::CodeShort),
    ("code_class", Kind::CodeClass),
    ("name_missing", Kind::NameMissing),
    ("name_class", Kind::NameClass),
    ("name_people", Kind::NamePeople),
    ("example_name", Kind::ExampleName),
    ("dictionary_name", Kind::DictionaryName),
    ("standard_name", Kind::StandardName),
    ("name_unchecked", Kind::NameUnchecked),
    ("trade_other", Kind::TradeOther),
    ("trade_missing", Kind::TradeMissing),
    ("trade_unknown", Kind::TradeUnknown),
    ("misprint", Kind::Misprint),
    ("level_missing", Kind::LevelMissing),
    ("level_unread", Kind::LevelUnread),
    ("level_outside", Kind::LevelOutside),
    ("level_unlisted", Kind::LevelUnlisted),
    ("level_not_in_standard", Kind::LevelNotInStandard),
    ("enterprise", Kind::Enterprise),
    ("not_graduating", Kind::NotGraduating),
    ("few_years", Kind::FewYears),
    ("no_scale", Kind::NoScale),
    ("no_standard", Kind::NoStandard),
    ("school_level", Kind::SchoolLevel),
    ("class_level", Kind::ClassLevel),
    ("class_level_lowest", Kind::ClassLevelLowest),
    ("class_other", Kind::ClassOther),
    ("pre_technician", Kind::PreTechnician),
    ("not_compound", Kind::NotCompound),
    ("no_earlier_certificate", Kind::NoEarlierCertificate),
];

const RESULTS: &[(&str, Outcome)] =
    &[("reject", Outcome::Reject), ("hold", Outcome::Hold), ("confirm", Outcome::Confirm), ("warn", Outcome::Warn)];
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
    let mut it = Table::document(source, document.get_ref());
    let mut lines = ScopeLines {
        clause: it.line_of("clause"),
        columns: it.line_of("columns"),
        levels: it.line_of("levels"),
        ..ScopeLines::default()
    };
    let at = &mut lines;
    let scope = Scope {
        clause: it.need_filled("clause"),
        columns: it.need_texts("columns"),
        blank: it.texts("blank").unwrap_or_default(),
        people: it.text("people").unwrap_or_default(),
        minor: it.need_filled("minor"),
        since: figure(&mut it, "since", at),
        years: figure(&mut it, "years", at),
        lowest: figure(&mut it, "lowest", at),
        highest: figure(&mut it, "highest", at),
        lower: figure(&mut it, "lower", at),
        standards: part(&mut it, "standards", |it| Standards {
            national: it.need_filled("national"),
            enterprise: it.need_filled("enterprise"),
            titles: it.need_texts("titles"),
        }),
        levels: part(&mut it, "levels", |it| Levels {
            ignored: it.texts("ignored").unwrap_or_default(),
            words: each(it.tables("words"), &mut Vec::new(), |it| LevelWord {
                level: small(it, "level"),
                names: it.need_texts("names"),
            }),
        }),
        classes: each(it.tables("class"), &mut at.classes, |it| Class {
            number: small(it, "number"),
            name: it.need_filled("name"),
            rule: word(it, "rule", CLASS_RULES).unwrap_or(ClassRule::None),
        }),
        class_types: class_types(it.tables("class_type"), at),
        examples: each(it.tables("example"), &mut at.examples, |it| Example {
            code: it.need_filled("code"),
            name: it.need_filled("name"),
            trade: it.need_text("trade"),
            levels: it.need_filled("levels"),
            standard: it.need_filled("standard"),
            corrected: it.text("corrected"),
            readings: it.texts("readings").unwrap_or_default(),
        }),
        checks: each(it.tables("check"), &mut at.checks, |it| Check {
            kind: word(it, "kind", KINDS).unwrap_or(Kind::Restricted),
            result: word(it, "result", RESULTS).unwrap_or(Outcome::Warn),
            clause: it.need_filled("clause"),
            readings: it.need_texts("readings"),
            message: it.need_filled("message"),
        }),
    };
    it.end();
    (scope, lines)
}

fn class_types(tables: Vec<Table<'_>>, at: &mut ScopeLines) -> Vec<SchoolClass> {
    let mut read = Vec::new();
    for mut it in tables {
        at.class_types.push(it.line);
        read.push(SchoolClass {
            class_type: word(&mut it, "type", CLASS_TYPES).unwrap_or(ClassType::Intermediate),
            name: it.need_filled("name"),
            level: figure(&mut it, "level", at),
        });
        it.end();
    }
    read
}

fn each<'t, T>(tables: Vec<Table<'t>>, lines: &mut Vec<usize>, read: impl Fn(&mut Table<'t>) -> T) -> Vec<T> {
    let one = |mut it: Table<'t>| {
        lines.push(it.line);
        let value = read(&mut it);
        it.end();
        value
    };
    tables.into_iter().map(one).collect()
}

/// A table that must be there.
fn part<'t, T: Default>(it: &mut Table<'t>, key: &str, read: impl FnOnce(&mut Table<'t>) -> T) -> T {
    let was_there = it.has(key);
    match it.table(key) {
        Some(mut table) => {
            let value = read(&mut table);
            table.end();
            value
        }
        None => {
            if !was_there {
                it.say(format!("缺少 `{key}`，请补上"));
            }
            T::default()
        }
    }
}

fn figure(it: &mut Table<'_>, key: &str, at: &mut ScopeLines) -> Figure {
    at.figures.push(it.line_of(key));
    part(it, key, |it| Figure {
        figure: it.need_whole("figure"),
        printed: it.need_filled("printed"),
        reading: it.need_filled("reading"),
    })
}

/// A number of one digit; another one is told and taken for 0.
fn small(it: &mut Table<'_>, key: &str) -> u8 {
    let line = it.line_of(key);
    let number = it.need_whole(key);
    u8::try_from(number).ok().filter(|it| *it < 10).unwrap_or_else(|| {
        it.say_at(line, format!("`{key}` 应为一位数，现在是 {number}"));
        0
    })
}
