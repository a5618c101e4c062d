//! The data files of an edition as the typed model.

use crate::rubric::{
    Applicant, Band, Blocks, Edition, Effect, Group, Key, Part, People, PerhapsShared, Piece, Place, Quote, Reading,
    Role, Row, Rubric, Rule, Section, Step, Term, Veto,
};

use super::Lines;
use super::table::{Source, Table};

/// The line on which each thing stands in its file.
/// `edition.toml`: the edition without its rubrics and readings, and the names of its rubric files.
pub fn read_edition(source: &Source<'_>) -> (Edition, Vec<String>) {
    let document = source.parse();
    let mut it = Table::document(source, document.get_ref());
    let columns = it.line_of("columns");
    let edition = Edition {
        id: it.need_text("id"),
        notice: it.need_text("notice"),
        title: it.need_text("title"),
        as_of: it.need_text("as_of"),
        columns: it.need_texts("columns"),
        rubrics: Vec::new(),
        readings: Vec::new(),
        cites: it.texts("readings").unwrap_or_default(),
        school: it.table("school").map(quote).unwrap_or_default(),
        settled: settled(&mut it),
    };
    if edition.columns.len() != 8 {
        it.say_at(columns, format!("`columns` 应有 8 个表头，现在是 {} 个", edition.columns.len()));
    }
    let files = it.need_texts("rubrics");
    it.end();
    (edition, files)
}

fn settled(it: &mut Table<'_>) -> Vec<Role> {
    let line = it.line_of("settled");
    let mut roles = Vec::new();
    for written in it.texts("settled").unwrap_or_default() {
        match Role::WORDS.iter().find(|(word, _)| *word == written) {
            Some((_, role)) => roles.push(*role),
            None => it.say_at(line, format!("`settled` 里的 `{written}` 不认识，只能是 {}", known(Role::WORDS))),
        }
    }
    roles
}

fn quote(mut it: Table<'_>) -> Quote {
    let quote = Quote { text: it.need_text("text"), clause: it.need_text("clause") };
    it.end();
    quote
}

/// `readings.toml`.
pub fn read_readings(source: &Source<'_>, lines: &mut Lines<Place>) -> Vec<Reading> {
    let document = source.parse();
    let mut it = Table::document(source, document.get_ref());
    let readings = it.tables("reading").into_iter().enumerate().map(|(i, mut it)| {
        lines.insert(Place::Reading(i), it.line);
        let reading = Reading {
            id: it.need_text("id"),
            effect: word(&mut it, "effect", EFFECTS).unwrap_or(Effect::Display),
            clauses: it.texts("clauses").unwrap_or_default(),
            title: it.need_text("title"),
            printed: it.need_texts("printed"),
            readings: it.need_texts("readings"),
            taken: it.need_text("taken"),
            note: it.need_text("note"),
            role: may_word(&mut it, "role", Role::WORDS),
        };
        it.end();
        reading
    });
    let readings = readings.collect();
    it.end();
    readings
}

/// One rubric's file.
pub fn read_rubric(source: &Source<'_>, lines: &mut Lines<Place>) -> Rubric {
    let document = source.parse();
    let mut it = Table::document(source, document.get_ref());
    let annex = u8::try_from(it.need_whole("annex")).unwrap_or_default();
    lines.insert(Place::Rubric(annex), it.line);
    let mut rubric = Rubric {
        annex,
        applicant: word(&mut it, "applicant", APPLICANTS).unwrap_or(Applicant::Employer),
        part: word(&mut it, "part", PARTS).unwrap_or(Part::Public),
        title: it.need_text("title"),
        header: header(&mut it),
        sections: Vec::new(),
        total: it.need_points("total"),
        note: it.need_texts("note"),
        bands: bands(annex, &mut it, lines),
        cites: it.need_texts("readings"),
    };
    for (s, mut section) in it.tables("section").into_iter().enumerate() {
        lines.insert(Place::Section(annex, s), section.line);
        let (name, points) = (section.need_text("name"), section.points("points"));
        let mut read = Section { name, points, groups: Vec::new() };
        for (g, mut group) in section.tables("group").into_iter().enumerate() {
            lines.insert(Place::Group(annex, s, g), group.line);
            let (name, points) = (group.need_text("name"), group.points("points"));
            let rows = group.tables("row").into_iter().enumerate().map(|(r, mut it)| {
                lines.insert(Place::Row(annex, s, g, r), it.line);
                let row = row(annex, &mut it);
                it.end();
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
    it.end();
    rubric
}

pub const APPLICANTS: &[(&str, Applicant)] = &[
    ("employer", Applicant::Employer),
    ("technical_school", Applicant::TechnicalSchool),
    ("social_organisation", Applicant::SocialOrganisation),
];
const PARTS: &[(&str, Part)] = &[("public", Part::Public), ("occupation", Part::Occupation)];
const BLOCKS: &[(&str, Blocks)] = &[("filing", Blocks::Filing), ("work", Blocks::Work)];
const EFFECTS: &[(&str, Effect)] =
    &[("score", Effect::Score), ("verdict", Effect::Verdict), ("route", Effect::Route), ("display", Effect::Display)];

/// A key that takes one of a few words.
pub fn word<T: Copy>(it: &mut Table<'_>, key: &str, words: &[(&str, T)]) -> Option<T> {
    let line = it.line_of(key);
    let was_there = it.has(key);
    let written = it.need_text(key);
    let found = words.iter().find(|(word, _)| *word == written).map(|(_, value)| *value);
    if found.is_none() && was_there {
        it.say_at(line, format!("`{key}` 不能是 `{written}`，只能是 {}", known(words)));
    }
    found
}

fn known<T>(words: &[(&str, T)]) -> String {
    words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join("、")
}

/// The same, for a key that may be absent.
fn may_word<T: Copy>(it: &mut Table<'_>, key: &str, words: &[(&str, T)]) -> Option<T> {
    if it.has(key) { word(it, key, words) } else { None }
}

fn header(it: &mut Table<'_>) -> Vec<Vec<Piece>> {
    let line = it.line_of("header");
    let lines = it.texts("header").unwrap_or_default();
    let read = |written: String| {
        Piece::line(&written).unwrap_or_else(|word| {
            it.say_at(line, format!("`header` 里的 `{{{word}}}` 不认识，空格只能写作 {{text}}、{{count}} 或 {{part}}"));
            Vec::new()
        })
    };
    lines.into_iter().map(read).collect()
}

fn bands(annex: u8, it: &mut Table<'_>, lines: &mut Lines<Place>) -> Vec<Band> {
    let bands = it.tables("band").into_iter().enumerate().map(|(i, mut it)| {
        lines.insert(Place::Band(annex, i), it.line);
        let band = Band { at_least: it.need_points("at_least"), outcome: it.need_text("outcome") };
        it.end();
        band
    });
    bands.collect()
}

/// A row. What it shares with an earlier one is filled in afterwards.
fn row(annex: u8, it: &mut Table<'_>) -> Row {
    let number = row_id(annex, "id", it).unwrap_or_default();
    let content = it.need_text("content");
    let shares = if it.has("shares") { row_id(annex, "shares", it) } else { None };
    let readings = it.need_texts("readings");
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
        key: may_word(it, "key", Key::WORDS),
    };
    if shares.is_some() {
        return bare;
    }
    let methods = it.texts("methods");
    let veto = it.table("veto").map(|mut it| {
        let veto =
            Veto { phrase: it.need_text("phrase"), blocks: word(&mut it, "blocks", BLOCKS).unwrap_or(Blocks::Filing) };
        it.end();
        veto
    });
    let rule = match it.table("rule") {
        Some(mut table) => {
            let rule = rule(annex, &mut table);
            if rule.is_some() {
                table.end();
            }
            rule
        }
        None => {
            it.say("缺少 `rule`，请补上".to_owned());
            None
        }
    };
    Row {
        standard: it.need_text("standard"),
        points: it.points("points"),
        methods_merged: methods.is_none(),
        methods: methods.unwrap_or_default(),
        veto,
        rule: rule.unwrap_or(Rule::None),
        ..bare
    }
}

/// `"2-4"` in the file of annex 2 is 4.
fn row_id(annex: u8, key: &str, it: &mut Table<'_>) -> Option<u16> {
    let line = it.line_of(key);
    let was_there = it.has(key);
    let written = it.need_text(key);
    let number = written
        .split_once('-')
        .filter(|(prefix, number)| *prefix == annex.to_string() && !number.starts_with('0'))
        .and_then(|(_, number)| number.parse().ok());
    if number.is_none() && was_there {
        it.say_at(line, format!("`{key}` 应为本附件的行号，如 `{annex}-4`，现在是 `{written}`"));
    }
    number
}

/// Our reading of the row's standard. `None`, and told, where the kind is not known.
fn rule(annex: u8, it: &mut Table<'_>) -> Option<Rule> {
    let line = it.line_of("kind");
    let kind = it.need_text("kind");
    Some(match kind.as_str() {
        "met" => Rule::Met {
            perhaps_shared: it.has("perhaps_shared").then(|| PerhapsShared {
                row: row_id(annex, "perhaps_shared", it).unwrap_or_default(),
                reading: it.need_text("reading"),
            }),
        },
        "staffed" => Rule::Staffed { at_least: it.need_whole("at_least") },
        "deduct" => Rule::Deduct {
            each: it.need_points("each"),
            unit: it.need_text("unit"),
            people: it.has("people").then(|| People {
                row: row_id(annex, "people", it).unwrap_or_default(),
                reading: it.need_text("nobody"),
            }),
            by_hand: it.text("by_hand"),
        },
        "hazard" => Rule::Hazard { each: it.need_points("each"), unit: it.need_text("unit") },
        "credit" => Rule::Credit { each: it.need_points("each"), unit: it.need_text("unit") },
        "combined" => Rule::Combined { undetailed: it.need_points("undetailed") },
        "number" => Rule::Number {
            bands: it
                .tables("bands")
                .into_iter()
                .map(|mut it| {
                    let step = Step { at_least: it.need_whole("at_least"), points: it.need_points("points") };
                    it.end();
                    step
                })
                .collect(),
        },
        "experts" => Rule::Experts { at_least: it.need_whole("at_least"), each: it.need_points("each") },
        "rate" => Rule::Rate { at_least: it.need_whole("at_least") },
        "years" => Rule::Years { at_least: it.need_whole("at_least") },
        "average" => Rule::Average {
            full: it.need_whole("full"),
            above: it.need_whole("above"),
            part: it.need_points("part"),
            exactly: it.need_text("exactly"),
        },
        "judged" => Rule::Judged { reading: it.need_text("reading") },
        "tiers" => Rule::Tiers { reading: it.need_text("reading") },
        "lease" => Rule::Lease {
            reading: it.need_text("reading"),
            term: it.whole("years").map(|years| Term {
                years,
                deduct: it.need_points("deduct"),
                shorter: it.need_points("shorter"),
                exactly: it.need_text("exactly"),
            }),
        },
        "bonus" => Rule::Bonus { add: it.need_points("add") },
        "none" => Rule::None,
        _ => {
            it.say_at(line, format!("不认识的规则种类 `{kind}`，请照其他行的 `rule` 填写"));
            return None;
        }
    })
}

/// A merged 评估方式 cell goes on inside its section (reading AMB-66).
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

/// Rows that share a cell take standard, veto and rule from its first row; the points stay there (reading AMB-46).
fn fill_shared(rubric: &mut Rubric) {
    let firsts: Vec<Row> = rubric.rows().filter(|it| it.shares.is_none()).cloned().collect();
    for row in rubric.sections.iter_mut().flat_map(|it| &mut it.groups).flat_map(|it| &mut it.rows) {
        let Some(first) = row.shares.and_then(|number| firsts.iter().find(|it| it.number == number)) else { continue };
        row.standard.clone_from(&first.standard);
        row.methods.clone_from(&first.methods);
        row.veto.clone_from(&first.veto);
        row.rule.clone_from(&first.rule);
    }
}
