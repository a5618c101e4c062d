//! `filing.toml` as the typed model.

use crate::filing::route::{
    Always, At, Choice, Code, Condition, Contact, Elsewhere, FiledAs, Kind, LetterBy, NotedPlace, Person, Question,
    Route, Routes, Row, Step, Supervisor, Unclear, When,
};

use super::Lines;
use super::edition::word;
use super::table::{Source, Table};

/// The line on which each thing stands.
pub fn read_routes(source: &Source<'_>, lines: &mut Lines<At>) -> Routes {
    let document = source.parse();
    let mut it = Table::document(source, document.get_ref());
    let clauses = it.need_texts("clauses");
    let lines = &mut *lines;
    let always = it.table("always").map(|it| noted(lines, At::Always, always, it));
    let elsewhere = it.table("elsewhere").map(|it| noted(lines, At::Elsewhere, elsewhere, it));
    let routes = Routes {
        clauses,
        questions: each(&mut it, "question", lines, At::Question, question),
        rows: each(&mut it, "row", lines, At::Row, row),
        supervisors: each(&mut it, "supervisor", lines, At::Supervisor, supervisor),
        codes: each(&mut it, "code", lines, At::Code, code),
        steps: each(&mut it, "step", lines, At::Step, step),
        contacts: each(&mut it, "contact", lines, At::Contact, contact),
        places: each(&mut it, "place", lines, At::Place, place),
        always: always.unwrap_or_else(|| missing(&it, "always")),
        elsewhere: elsewhere.unwrap_or_else(|| missing(&it, "elsewhere")),
    };
    it.end();
    routes
}

fn missing<T: Default>(it: &Table<'_>, key: &str) -> T {
    it.say(format!("缺少 `[{key}]`，请补上"));
    T::default()
}

/// Reads a table to its end and remembers where it stands.
fn noted<T>(lines: &mut Lines<At>, at: At, read: fn(&mut Table<'_>) -> T, mut it: Table<'_>) -> T {
    lines.insert(at, it.line);
    let value = read(&mut it);
    it.end();
    value
}

/// All tables of `[[key]]`.
fn each<T>(
    it: &mut Table<'_>,
    key: &str,
    lines: &mut Lines<At>,
    at: fn(usize) -> At,
    read: fn(&mut Table<'_>) -> T,
) -> Vec<T> {
    let tables = it.tables(key).into_iter().enumerate();
    tables.map(|(i, it)| noted(lines, at(i), read, it)).collect()
}

const KINDS: &[(&str, Kind)] = &[
    ("one", Kind::One),
    ("many", Kind::Many),
    ("yes_no", Kind::YesNo),
    ("place", Kind::Place),
    ("places", Kind::Places),
];
const FILED_AS: &[(&str, FiledAs)] =
    &[("employer", FiledAs::Employer), ("social_organisation", FiledAs::SocialOrganisation)];
const LETTER_BY: &[(&str, LetterBy)] = &[("printed", LetterBy::Printed), ("inferred", LetterBy::Inferred)];

fn question(it: &mut Table<'_>) -> Question {
    Question {
        id: it.need_filled("id"),
        kind: word(it, "kind", KINDS).unwrap_or(Kind::One),
        name: it.need_filled("name"),
        text: it.need_filled("text"),
        hint: it.text("hint"),
        clause: it.need_text("clause"),
        asked: it.tables("asked").into_iter().map(conditions).collect(),
        options: it.tables("option").into_iter().map(choice).collect(),
        readings: it.texts("readings").unwrap_or_default(),
        together: it.texts("together").unwrap_or_default(),
    }
}

fn choice(mut it: Table<'_>) -> Choice {
    let choice = Choice { id: it.need_filled("id"), label: it.need_filled("label"), hint: it.text("hint") };
    it.end();
    choice
}

/// Every key is a question, every value the list of its options.
fn conditions(mut it: Table<'_>) -> When {
    let conditions = it.keys().into_iter().map(|key| {
        let options = it.need_texts(key);
        Condition { question: key.to_owned(), options }
    });
    When(conditions.collect())
}

fn when(it: &mut Table<'_>) -> When {
    let was_there = it.has("when");
    let when = it.table("when").map(conditions);
    if when.is_none() && !was_there {
        it.say("缺少 `when`，请补上".to_owned());
    }
    when.unwrap_or_default()
}

fn row(it: &mut Table<'_>) -> Row {
    let routes = Route::ALL.map(|it| (it.name(), it));
    Row {
        id: it.need_filled("id"),
        when: when(it),
        route: word(it, "route", &routes).unwrap_or(Route::Unclear),
        unclear: it.table("unclear").map(unclear),
        candidates: it.texts("candidates").unwrap_or_default(),
        filed_as: it.has("filed_as").then(|| word(it, "filed_as", FILED_AS)).flatten(),
        code: it.text("code"),
        rubrics: it.need_wholes("rubrics").into_iter().map(|it| u8::try_from(it).unwrap_or(u8::MAX)).collect(),
        contacts: it.need_texts("contacts"),
        steps: it.need_texts("steps"),
        clauses: it.need_texts("clauses"),
        readings: it.need_texts("readings"),
    }
}

fn unclear(mut it: Table<'_>) -> Unclear {
    let unclear = Unclear { say: it.need_filled("say"), ask: it.need_filled("ask") };
    it.end();
    unclear
}

fn supervisor(it: &mut Table<'_>) -> Supervisor {
    Supervisor {
        id: it.need_filled("id"),
        when: when(it),
        by: it.text("by"),
        clauses: it.need_texts("clauses"),
        readings: it.need_texts("readings"),
    }
}

fn code(it: &mut Table<'_>) -> Code {
    Code {
        id: it.need_filled("id"),
        name: it.need_filled("name"),
        letter: it.need_text("letter"),
        letter_by: word(it, "letter_by", LETTER_BY).unwrap_or(LetterBy::Inferred),
        tenth: it.text("tenth"),
        clause: it.need_text("clause"),
        readings: it.need_texts("readings"),
    }
}

fn step(it: &mut Table<'_>) -> Step {
    Step {
        id: it.need_filled("id"),
        text: it.need_filled("text"),
        clause: it.text("clause"),
        readings: it.texts("readings").unwrap_or_default(),
    }
}

fn contact(it: &mut Table<'_>) -> Contact {
    let person = |mut it: Table<'_>| {
        let person = Person { name: it.need_filled("name"), phone: it.need_filled("phone") };
        it.end();
        person
    };
    Contact {
        id: it.need_filled("id"),
        name: it.need_filled("name"),
        as_of: it.need_filled("as_of"),
        clause: it.need_text("clause"),
        people: it.tables("people").into_iter().map(person).collect(),
    }
}

fn place(it: &mut Table<'_>) -> NotedPlace {
    NotedPlace { names: it.need_texts("names"), readings: it.need_texts("readings") }
}

fn always(it: &mut Table<'_>) -> Always {
    Always { clauses: it.need_texts("clauses"), readings: it.need_texts("readings"), steps: it.need_texts("steps") }
}

fn elsewhere(it: &mut Table<'_>) -> Elsewhere {
    Elsewhere { text: it.need_filled("text"), clause: it.need_text("clause"), readings: it.need_texts("readings") }
}
