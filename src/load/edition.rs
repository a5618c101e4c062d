//! The data files of an edition as the typed model.

mod applicants;
mod rule;
mod said;
mod totals;
mod validity;
mod words;

use crate::rubric::{
    Applicant, Band, BlankPiece, Blocks, Edition, Effect, Group, Part, Reading, Role, Row, RowKey, Rubric, RubricPlace,
    Rule, Section, Veto,
};

use applicants::applicants;

use super::Lines;
use super::table::{Source, TomlTable};

pub use validity::Validity;

/// What `edition.toml` has besides the edition itself.
pub struct EditionFiles {
    /// The names of the rubric files.
    pub rubrics: Vec<String>,
    /// Where they are named.
    pub line: usize,
    /// What the parts are called.
    pub parts: PartNames,
}

/// What the edition calls its two parts.
#[derive(Default)]
pub struct PartNames {
    public: String,
    occupation: String,
}

impl PartNames {
    fn of(&self, part: Part) -> &str {
        match part {
            Part::Public => &self.public,
            Part::Occupation => &self.occupation,
        }
    }
}

/// `edition.toml`: the edition without its rubrics and readings, where it is in force, and its other files. One of several
/// has the name of its folder.
pub fn read_edition(source: &Source<'_>, of_several: Option<&str>) -> (Edition, Validity, EditionFiles) {
    let document = source.parse();
    let mut table = TomlTable::document(source, document.get_ref());
    let validity = Validity::read(&mut table, of_several);
    let columns = table.line_of("columns");
    let edition = Edition {
        id: table.need_text("id"),
        notice: table.need_filled("notice"),
        title: table.need_filled("title"),
        as_of: table.need_filled("as_of"),
        columns: table.need_texts("columns"),
        applicants: applicants(&mut table),
        rubrics: Vec::new(),
        readings: Vec::new(),
        cites: table.texts("readings").unwrap_or_default(),
        settled: settled(&mut table),
        later: Vec::new(),
    };
    if edition.columns.len() != 8 {
        table.say_at(columns, format!("`columns` 应有 8 个表头，现在是 {} 个", edition.columns.len()));
    }
    let line = table.line_of("rubrics");
    let files = EditionFiles { rubrics: table.need_texts("rubrics"), line, parts: parts(&mut table) };
    table.end();
    (edition, validity, files)
}

fn settled(table: &mut TomlTable<'_>) -> Vec<Role> {
    let line = table.line_of("settled");
    let mut roles = Vec::new();
    let written = table.texts("settled").unwrap_or_default();
    table.among("settled", Role::WORDS.iter().map(|it| it.0));
    for written in written {
        match Role::WORDS.iter().find(|(word, _)| *word == written) {
            Some((_, role)) => roles.push(*role),
            None => table.say_at(line, format!("`settled` 里的 `{written}` 不认识，只能是 {}", known(Role::WORDS))),
        }
    }
    roles
}

fn parts(table: &mut TomlTable<'_>) -> PartNames {
    let Some(mut parts) = table.table("parts") else {
        table.say("缺少 `[parts]`，请写明两个部分的名称 `public` 和 `occupation`".to_owned());
        return PartNames::default();
    };
    let names = PartNames { public: parts.need_filled("public"), occupation: parts.need_filled("occupation") };
    parts.end();
    names
}

/// `readings.toml`.
pub fn read_readings(source: &Source<'_>, lines: &mut Lines<RubricPlace>) -> Vec<Reading> {
    let document = source.parse();
    let mut table = TomlTable::document(source, document.get_ref());
    let readings = table.tables("reading").into_iter().enumerate().map(|(i, mut entry)| {
        lines.insert(RubricPlace::Reading(i), entry.line);
        let reading = Reading {
            id: entry.need_text("id"),
            effect: word(&mut entry, "effect", EFFECTS).unwrap_or(Effect::Display),
            clauses: entry.texts("clauses").unwrap_or_default(),
            title: entry.need_filled("title"),
            printed: entry.need_texts("printed"),
            readings: entry.need_texts("readings"),
            taken: entry.need_filled("taken"),
            note: entry.need_filled("note"),
            role: may_word(&mut entry, "role", Role::WORDS),
            on_rows: may_word(&mut entry, "shown", SHOWN).unwrap_or(true),
        };
        entry.end();
        reading
    });
    let readings = readings.collect();
    table.end();
    readings
}

/// One rubric's file, of an edition that was read.
pub fn read_rubric(
    source: &Source<'_>,
    edition: &Edition,
    parts: &PartNames,
    lines: &mut Lines<RubricPlace>,
) -> Rubric {
    let document = source.parse();
    let mut table = TomlTable::document(source, document.get_ref());
    let annex = u8::try_from(table.need_whole("annex")).unwrap_or_default();
    lines.insert(RubricPlace::Rubric(annex), table.line);
    let normalise = table.has("normalise").then(|| table.line_of("normalise"));
    let applicant = applicant(&mut table, edition);
    let part = word(&mut table, "part", PARTS).unwrap_or(Part::Public);
    let mut rubric = Rubric {
        annex,
        applicant,
        whose: edition.kind(applicant).label.clone(),
        part,
        part_name: parts.of(part).to_owned(),
        title: table.need_filled("title"),
        header: header(&mut table),
        sections: Vec::new(),
        total: table.need_points("total"),
        total_label: table.text("total_label").unwrap_or_default(),
        note: table.need_texts("note"),
        bands: bands(annex, &mut table, lines),
        cites: table.need_texts("readings"),
        totals: totals::totals(annex, &mut table),
    };
    for (s, mut section) in table.tables("section").into_iter().enumerate() {
        lines.insert(RubricPlace::Section(annex, s), section.line);
        let (name, points) = (section.need_filled("name"), section.points("points"));
        let (weight, floor) = (totals::weight(&mut section), may_word(&mut section, "floor", totals::AREAS));
        let mut read = Section { name, points, groups: Vec::new(), weight, floor };
        for (g, mut group) in section.tables("group").into_iter().enumerate() {
            lines.insert(RubricPlace::Group(annex, s, g), group.line);
            let (name, points) = (group.need_filled("name"), group.points("points"));
            let rows = group.tables("row").into_iter().enumerate().map(|(r, mut entry)| {
                lines.insert(RubricPlace::Row(annex, s, g, r), entry.line);
                let row = row(annex, &mut entry);
                entry.end();
                row
            });
            read.groups.push(Group { name, points, rows: rows.collect() });
            group.end();
        }
        section.end();
        carry_methods(&mut read);
        rubric.sections.push(read);
    }
    fill_shared(&mut rubric);
    rubric.totals.special = rubric.needs_more();
    rubric.totals.words = words::words(&rubric);
    match (normalise, rubric.rows().any(|it| it.may_skip)) {
        (None, true) => table.say(
            "有的行可以不涉及，请写 `normalise`：\"scale\" 按比例折算，\"full\" 按满分计，\"none\" 不计分".to_owned(),
        ),
        (Some(line), false) => {
            table.say_at(line, "没有哪一行写了 `not_applicable = true`，`normalise` 不起作用，请核对".to_owned());
        }
        _ => {}
    }
    table.end();
    rubric
}

const PARTS: &[(&str, Part)] = &[("public", Part::Public), ("occupation", Part::Occupation)];
const BLOCKS: &[(&str, Blocks)] = &[("filing", Blocks::Filing), ("work", Blocks::Work)];
/// Where a reading is shown: beside the rows that cite it, or only on the page of the readings.
const SHOWN: &[(&str, bool)] = &[("rows", true), ("page", false)];
const EFFECTS: &[(&str, Effect)] =
    &[("score", Effect::Score), ("verdict", Effect::Verdict), ("route", Effect::Route), ("display", Effect::Display)];

/// A key that takes one of a few words.
pub fn word<T: Copy>(table: &mut TomlTable<'_>, key: &str, words: &[(&str, T)]) -> Option<T> {
    let line = table.line_of(key);
    let was_there = table.has(key);
    let written = table.need_text(key);
    table.among(key, words.iter().map(|it| it.0));
    let found = words.iter().find(|(word, _)| *word == written).map(|(_, value)| *value);
    if found.is_none() && was_there {
        table.say_at(line, format!("`{key}` 不能是 `{written}`，只能是 {}", known(words)));
    }
    found
}

/// One of the kinds that the edition lists.
fn applicant(table: &mut TomlTable<'_>, edition: &Edition) -> Applicant {
    // where the list itself could not be read, that is told
    if edition.applicants.is_empty() {
        table.skip_text("applicant");
        return Applicant::default();
    }
    word(table, "applicant", &kinds(edition)).unwrap_or_default()
}

/// The kinds of applicant, as programs call them.
pub fn kinds(edition: &Edition) -> Vec<(&str, Applicant)> {
    edition.kinds().map(|it| (it.1.id.as_str(), it.0)).collect()
}

fn known<T>(words: &[(&str, T)]) -> String {
    words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join("、")
}

/// The same, for a key that may be absent.
fn may_word<T: Copy>(table: &mut TomlTable<'_>, key: &str, words: &[(&str, T)]) -> Option<T> {
    if table.has(key) { word(table, key, words) } else { None }
}

fn header(table: &mut TomlTable<'_>) -> Vec<Vec<BlankPiece>> {
    let line = table.line_of("header");
    let lines = table.texts("header").unwrap_or_default();
    let read = |written: String| {
        BlankPiece::line(&written).unwrap_or_else(|word| {
            table.say_at(
                line,
                format!("`header` 里的 `{{{word}}}` 不认识，空格只能写作 {{text}}、{{count}} 或 {{part}}"),
            );
            Vec::new()
        })
    };
    lines.into_iter().map(read).collect()
}

fn bands(annex: u8, table: &mut TomlTable<'_>, lines: &mut Lines<RubricPlace>) -> Vec<Band> {
    let bands = table.tables("band").into_iter().enumerate().map(|(i, entry)| {
        lines.insert(RubricPlace::Band(annex, i), entry.line);
        totals::band(annex, entry)
    });
    bands.collect()
}

/// A row. What it shares with an earlier one is filled in afterwards.
fn row(annex: u8, entry: &mut TomlTable<'_>) -> Row {
    let number = row_id(annex, "id", entry).unwrap_or_default();
    let content = entry.need_text("content");
    let in_shared_cell = entry.has("shares");
    let shares = if in_shared_cell { row_id(annex, "shares", entry) } else { None };
    let readings = entry.need_texts("readings");
    let bare = Row {
        number,
        content,
        standard: String::new(),
        points: None,
        methods: Vec::new(),
        methods_merged: true,
        veto: None,
        rule: Rule::None,
        shares,
        readings,
        key: may_word(entry, "key", RowKey::WORDS),
        may_skip: entry.truth("not_applicable"),
        words: String::new(),
    };
    if in_shared_cell {
        return bare;
    }
    let methods = entry.texts("methods");
    let veto = entry.table("veto").map(|mut table| {
        let veto = Veto {
            phrase: table.need_filled("phrase"),
            blocks: word(&mut table, "blocks", BLOCKS).unwrap_or(Blocks::Filing),
            zeroes: may_word(&mut table, "zeroes", &totals::AREAS[1..]),
        };
        table.end();
        veto
    });
    let points = entry.points("points");
    let rule = match entry.table("rule") {
        Some(mut table) => {
            let rule = rule::rule(annex, points.unwrap_or_default(), &mut table);
            if rule.is_some() {
                table.end();
            }
            rule
        }
        None => {
            entry.say("缺少 `rule`，请补上".to_owned());
            None
        }
    };
    Row {
        standard: entry.need_filled("standard"),
        points,
        methods_merged: methods.is_none(),
        methods: methods.unwrap_or_default(),
        veto,
        rule: rule.unwrap_or(Rule::None),
        ..bare
    }
}

/// `["3-1", "3-4"]` in the file of annex 3.
fn row_ids(annex: u8, key: &str, table: &mut TomlTable<'_>) -> Vec<u16> {
    let line = table.line_of(key);
    let written = table.need_texts(key);
    let numbers: Option<Vec<u16>> = written.iter().map(|it| of_annex(annex, it)).collect();
    if numbers.is_none() {
        table.say_at(line, format!("`{key}` 应为本附件的行号，如 [\"{annex}-4\"]，现在是 {}", written.join("、")));
    }
    numbers.unwrap_or_default()
}

fn of_annex(annex: u8, written: &str) -> Option<u16> {
    let (prefix, number) = written.split_once('-')?;
    (prefix == annex.to_string() && !number.starts_with('0')).then(|| number.parse().ok())?
}

/// `"2-4"` in the file of annex 2 is 4.
fn row_id(annex: u8, key: &str, table: &mut TomlTable<'_>) -> Option<u16> {
    let line = table.line_of(key);
    let was_there = table.has(key);
    let written = table.need_text(key);
    let number = of_annex(annex, &written);
    if number.is_none() && was_there {
        table.say_at(line, format!("`{key}` 应为本附件的行号，如 `{annex}-4`，现在是 `{written}`"));
    }
    number
}

/// A merged 评估方式 cell holds for the rows below it in its section.
fn carry_methods(section: &mut Section) {
    let mut above: Vec<String> = Vec::new();
    for row in section.groups.iter_mut().flat_map(|it| &mut it.rows) {
        if row.methods_merged {
            row.methods.clone_from(&above);
        } else {
            above.clone_from(&row.methods);
        }
    }
}

/// Rows that share a cell take standard, veto and rule from its first row; the points stay there.
fn fill_shared(rubric: &mut Rubric) {
    let firsts: Vec<Row> = rubric.rows().filter(|it| it.shares.is_none()).cloned().collect();
    for row in rubric.sections.iter_mut().flat_map(|it| &mut it.groups).flat_map(|it| &mut it.rows) {
        let Some(first) = row.shares.and_then(|number| firsts.iter().find(|it| it.number == number)) else { continue };
        row.standard.clone_from(&first.standard);
        row.methods.clone_from(&first.methods);
        row.veto.clone_from(&first.veto);
        row.rule.clone_from(&first.rule);
    }
    for row in rubric.sections.iter_mut().flat_map(|it| &mut it.groups).flat_map(|it| &mut it.rows) {
        row.words = said::said(row);
    }
}
