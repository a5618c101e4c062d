//! `filing.toml` as the typed model.

use crate::filing::place::Places;
use crate::filing::route::{
    Always, Branch, Code, Condition, Contact, Elsewhere, FiledAs, FilingStep, LetterBy, NotedPlace, Question,
    QuestionKind, QuestionOption, Route, Routes, RoutesPlace, Supervisor, Unclear, When,
};

use super::Lines;
use super::edition::word;
use super::person::person;
use super::table::{Source, TomlTable};

/// Reads the file; `lines` takes the line on which each thing stands.
pub fn read_routes(source: &Source<'_>, lines: &mut Lines<RoutesPlace>) -> Routes {
    let document = source.parse();
    let mut table = TomlTable::document(source, document.get_ref());
    let clauses = table.need_texts("clauses");
    let lines = &mut *lines;
    let always = table.table("always").map(|it| noted(lines, RoutesPlace::Always, always, it));
    let elsewhere = table.table("elsewhere").map(|it| noted(lines, RoutesPlace::Elsewhere, elsewhere, it));
    let filed = filed(&mut table);
    let routes = Routes {
        clauses,
        questions: each(&mut table, "question", lines, RoutesPlace::Question, question),
        rows: each(&mut table, "row", lines, RoutesPlace::Row, |it| row(it, &filed)),
        supervisors: each(&mut table, "supervisor", lines, RoutesPlace::Supervisor, supervisor),
        codes: each(&mut table, "code", lines, RoutesPlace::Code, code),
        steps: each(&mut table, "step", lines, RoutesPlace::Step, step),
        contacts: each(&mut table, "contact", lines, RoutesPlace::Contact, contact),
        places: each(&mut table, "place", lines, RoutesPlace::Place, place),
        always: always.unwrap_or_else(|| missing(&table, "always")),
        elsewhere: elsewhere.unwrap_or_else(|| missing(&table, "elsewhere")),
        known: Places::default(),
    };
    table.end();
    routes
}

fn missing<T: Default>(table: &TomlTable<'_>, key: &str) -> T {
    table.say(format!("缺少 `[{key}]`，请补上"));
    T::default()
}

/// Reads a table to its end and remembers where it stands.
fn noted<T>(
    lines: &mut Lines<RoutesPlace>,
    at: RoutesPlace,
    read: impl Fn(&mut TomlTable<'_>) -> T,
    mut it: TomlTable<'_>,
) -> T {
    lines.insert(at, it.line);
    let value = read(&mut it);
    it.end();
    value
}

/// All tables of `[[key]]`.
fn each<T>(
    table: &mut TomlTable<'_>,
    key: &str,
    lines: &mut Lines<RoutesPlace>,
    at: fn(usize) -> RoutesPlace,
    read: impl Fn(&mut TomlTable<'_>) -> T,
) -> Vec<T> {
    let tables = table.tables(key).into_iter().enumerate();
    tables.map(|(i, it)| noted(lines, at(i), &read, it)).collect()
}

const KINDS: &[(&str, QuestionKind)] = &[
    ("one", QuestionKind::One),
    ("many", QuestionKind::Many),
    ("yes_no", QuestionKind::YesNo),
    ("place", QuestionKind::Place),
    ("places", QuestionKind::Places),
];
const LETTER_BY: &[(&str, LetterBy)] = &[("printed", LetterBy::Printed), ("inferred", LetterBy::Inferred)];

fn question(table: &mut TomlTable<'_>) -> Question {
    Question {
        id: table.need_filled("id"),
        kind: word(table, "kind", KINDS).unwrap_or(QuestionKind::One),
        name: table.need_filled("name"),
        text: table.need_filled("text"),
        hint: table.text("hint"),
        clause: table.need_text("clause"),
        asked: table.tables("asked").into_iter().map(conditions).collect(),
        options: table.tables("option").into_iter().map(choice).collect(),
        readings: table.texts("readings").unwrap_or_default(),
        together: table.texts("together").unwrap_or_default(),
    }
}

fn choice(mut table: TomlTable<'_>) -> QuestionOption {
    let choice =
        QuestionOption { id: table.need_filled("id"), label: table.need_filled("label"), hint: table.text("hint") };
    table.end();
    choice
}

/// Every key is a question, every value the list of its options.
fn conditions(mut table: TomlTable<'_>) -> When {
    let conditions = table.keys().into_iter().map(|key| {
        let options = table.need_texts(key);
        Condition { question: key.to_owned(), options }
    });
    When(conditions.collect())
}

fn when(table: &mut TomlTable<'_>) -> When {
    let was_there = table.has("when");
    let when = table.table("when").map(conditions);
    if when.is_none() && !was_there {
        table.say("缺少 `when`，请补上".to_owned());
    }
    when.unwrap_or_default()
}

/// `[[filed]]`: as what bodies are filed.
fn filed(table: &mut TomlTable<'_>) -> Vec<FiledAs> {
    let mut all: Vec<FiledAs> = Vec::new();
    for mut entry in table.tables("filed") {
        let (line, filed) =
            (entry.line_of("id"), FiledAs { id: entry.need_filled("id"), label: entry.need_filled("label") });
        entry.end();
        if all.iter().any(|it| it.id == filed.id) {
            table.say_at(line, format!("`{}` 出现了两次，每个编号只能用一次", filed.id));
        }
        all.push(filed);
    }
    all
}

fn filed_as(table: &mut TomlTable<'_>, filed: &[FiledAs]) -> Option<FiledAs> {
    let line = table.line_of("filed_as");
    let written = table.text("filed_as")?;
    let found = filed.iter().find(|it| it.id == written).cloned();
    if found.is_none() {
        let known: Vec<&str> = filed.iter().map(|it| it.id.as_str()).collect();
        let known = if known.is_empty() {
            "还没有一段 `[[filed]]`".to_owned()
        } else {
            format!("只能是 {}", known.join("、"))
        };
        table.say_at(line, format!("`filed_as` 不能是 `{written}`，{known}"));
    }
    found
}

fn row(table: &mut TomlTable<'_>, filed: &[FiledAs]) -> Branch {
    let routes = Route::ALL.map(|it| (it.name(), it));
    Branch {
        id: table.need_filled("id"),
        when: when(table),
        route: word(table, "route", &routes).unwrap_or(Route::Unclear),
        unclear: table.table("unclear").map(unclear),
        candidates: table.texts("candidates").unwrap_or_default(),
        filed_as: filed_as(table, filed),
        code: table.text("code"),
        rubrics: table.need_wholes("rubrics").into_iter().map(|it| u8::try_from(it).unwrap_or(u8::MAX)).collect(),
        contacts: table.need_texts("contacts"),
        steps: table.need_texts("steps"),
        clauses: table.need_texts("clauses"),
        readings: table.need_texts("readings"),
    }
}

fn unclear(mut table: TomlTable<'_>) -> Unclear {
    let unclear = Unclear { say: table.need_filled("say"), ask: table.need_filled("ask") };
    table.end();
    unclear
}

fn supervisor(table: &mut TomlTable<'_>) -> Supervisor {
    Supervisor {
        id: table.need_filled("id"),
        when: when(table),
        by: table.text("by"),
        clauses: table.need_texts("clauses"),
        readings: table.need_texts("readings"),
    }
}

fn code(table: &mut TomlTable<'_>) -> Code {
    Code {
        id: table.need_filled("id"),
        name: table.need_filled("name"),
        letter: table.need_text("letter"),
        letter_by: word(table, "letter_by", LETTER_BY).unwrap_or(LetterBy::Inferred),
        tenth: table.text("tenth"),
        clause: table.need_text("clause"),
        readings: table.need_texts("readings"),
    }
}

fn step(table: &mut TomlTable<'_>) -> FilingStep {
    FilingStep {
        id: table.need_filled("id"),
        text: table.need_filled("text"),
        clause: table.text("clause"),
        readings: table.texts("readings").unwrap_or_default(),
    }
}

fn contact(table: &mut TomlTable<'_>) -> Contact {
    Contact {
        id: table.need_filled("id"),
        name: table.need_filled("name"),
        as_of: table.need_filled("as_of"),
        clause: table.need_text("clause"),
        people: table.tables("people").into_iter().map(person).collect(),
        place: table.text("place"),
    }
}

fn place(table: &mut TomlTable<'_>) -> NotedPlace {
    NotedPlace { names: table.need_texts("names"), readings: table.need_texts("readings") }
}

fn always(table: &mut TomlTable<'_>) -> Always {
    Always {
        clauses: table.need_texts("clauses"),
        readings: table.need_texts("readings"),
        steps: table.need_texts("steps"),
    }
}

fn elsewhere(table: &mut TomlTable<'_>) -> Elsewhere {
    Elsewhere {
        text: table.need_filled("text"),
        clause: table.need_text("clause"),
        readings: table.need_texts("readings"),
    }
}
