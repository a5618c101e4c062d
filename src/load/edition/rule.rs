//! The rule of a row, as a data file writes it.

use crate::rubric::{
    ListItem, MissingStep, People, PerhapsShared, Points, Quantity, QuantityStep, Rule, Term, Tier, TwoCounts,
};

use super::row_id;
use crate::load::table::TomlTable;

/// The kinds, by their words.
pub(super) const KINDS: &[&str] = &[
    "met",
    "staffed",
    "deduct",
    "hazard",
    "credit",
    "combined",
    "number",
    "experts",
    "rate",
    "years",
    "average",
    "judged",
    "tiers",
    "lease",
    "choice",
    "deductions",
    "credits",
    "quantity",
    "bonus",
    "none",
];

/// Our reading of the row's standard. An unknown kind is a problem, and gives `None`.
pub(super) fn rule(annex: u8, worth: Points, table: &mut TomlTable<'_>) -> Option<Rule> {
    let line = table.line_of("kind");
    let lacks_kind = table.lacks(&["kind"]);
    let kind = table.need_kind("kind", KINDS);
    Some(match kind.as_str() {
        "met" => Rule::Met {
            perhaps_shared: table.has("perhaps_shared").then(|| PerhapsShared {
                row: row_id(annex, "perhaps_shared", table).unwrap_or_default(),
                reading: table.need_text("reading"),
            }),
            unsure: table.text("unsure"),
        },
        "staffed" => Rule::Staffed { at_least: table.need_whole("at_least") },
        "deduct" => Rule::Deduct {
            each: table.need_points("each"),
            unit: table.need_filled("unit"),
            people: table.has("people").then(|| People {
                row: row_id(annex, "people", table).unwrap_or_default(),
                reading: table.need_text("nobody"),
            }),
            by_hand: table.text("by_hand"),
        },
        "hazard" => Rule::Hazard { each: table.need_points("each"), unit: table.need_filled("unit") },
        "credit" => Rule::Credit { each: table.need_points("each"), unit: table.need_filled("unit") },
        "combined" => Rule::Combined { undetailed: table.need_points("undetailed"), complies: table.text("complies") },
        "number" => Rule::Number {
            bands: table
                .tables("bands")
                .into_iter()
                .map(|mut entry| {
                    let tier = Tier { at_least: entry.need_whole("at_least"), points: entry.need_points("points") };
                    entry.end();
                    tier
                })
                .collect(),
        },
        "experts" => Rule::Experts { at_least: table.need_whole("at_least"), each: table.need_points("each") },
        "rate" => Rule::Rate { at_least: table.need_whole("at_least") },
        "years" => Rule::Years { at_least: table.need_whole("at_least") },
        "average" => Rule::Average {
            full: table.need_whole("full"),
            above: table.need_whole("above"),
            part: table.need_points("part"),
            exactly: table.need_text("exactly"),
        },
        "judged" => Rule::Judged { reading: table.need_text("reading") },
        "tiers" => Rule::Tiers { reading: table.need_text("reading") },
        "lease" => Rule::Lease {
            reading: table.need_text("reading"),
            term: table.has("years").then(|| Term {
                years: table.need_whole("years"),
                deduct: table.need_points("deduct"),
                shorter: table.need_points("shorter"),
                exactly: table.need_text("exactly"),
            }),
        },
        "choice" => Rule::Choice { levels: some(table, "levels", level) },
        "deductions" => Rule::Listed { adds: false, items: some(table, "items", item) },
        "credits" => Rule::Listed { adds: true, items: some(table, "items", item) },
        "quantity" => Rule::Quantity { of: quantity(worth, table) },
        "bonus" => Rule::Bonus { add: table.need_points("add") },
        "none" => Rule::None,
        _ => {
            if !lacks_kind {
                table.say_at(line, format!("`kind` 不能是 `{kind}`，只能是 {}", KINDS.join("、")));
            }
            return None;
        }
    })
}

/// The tables of a list that must have some.
fn some<T>(table: &mut TomlTable<'_>, key: &str, read: fn(&mut TomlTable<'_>) -> T) -> Vec<T> {
    let line = table.line_of(key);
    let all: Vec<T> = table
        .tables(key)
        .into_iter()
        .map(|mut entry| {
            let one = read(&mut entry);
            entry.end();
            one
        })
        .collect();
    if all.is_empty() {
        table.say_at(line, format!("`{key}` 是空的，请至少写一项"));
    }
    all
}

fn level(entry: &mut TomlTable<'_>) -> ListItem {
    let name = entry.need_filled("name");
    let (from, to, reading) = if entry.lacks(&["points", "from", "to"]) {
        entry.say(format!("“{name}”这一档没有分数：固定的写 `points`，酌情的写 `from`、`to` 和 `reading`"));
        (Points::ZERO, Points::ZERO, entry.text("reading"))
    } else if entry.has("points") {
        let fixed = entry.need_points("points");
        (fixed, fixed, None)
    } else {
        range(entry)
    };
    ListItem {
        when: name,
        unit: String::new(),
        from,
        to,
        at_most: None,
        all: false,
        fails: entry.truth("fails"),
        reading,
    }
}

/// 酌情 a 至 b 分, by the reading that says how it is taken.
fn range(entry: &mut TomlTable<'_>) -> (Points, Points, Option<String>) {
    let line = entry.line;
    let (from, to) = (entry.need_points("from"), entry.need_points("to"));
    if to <= from {
        entry.say_at(line, format!("`from` 是 {from}，应低于 `to` 的 {to}；分数固定的写 `points`"));
    }
    (from, to, Some(entry.need_text("reading")))
}

fn item(entry: &mut TomlTable<'_>) -> ListItem {
    let mut item = ListItem {
        when: entry.need_filled("when"),
        unit: String::new(),
        from: Points::ZERO,
        to: Points::ZERO,
        at_most: None,
        all: entry.truth("all"),
        fails: entry.truth("fails"),
        reading: None,
    };
    if item.all {
        return item;
    }
    if entry.has("each") {
        item.from = entry.need_points("each");
        item.to = item.from;
        item.unit = entry.need_filled("unit");
        item.at_most = entry.points("at_most");
    } else if entry.has("points") {
        item.from = entry.need_points("points");
        item.to = item.from;
    } else if entry.has("from") || entry.has("to") {
        (item.from, item.to, item.reading) = range(entry);
    } else {
        let line = entry.line;
        entry.say_at(
            line,
            "这一项没有写几分，请写 `points`、`each` 和 `unit`、`from` 和 `to`，或 `all = true`".to_owned(),
        );
    }
    item
}

fn quantity(worth: Points, table: &mut TomlTable<'_>) -> Quantity {
    let (line, of, unit) = (table.line, table.need_filled("of"), table.need_filled("unit"));
    let is_ratio = table.has("ratio");
    let key = if is_ratio { "ratio" } else { "percent" };
    let of_counts = table.line_of(key);
    let counts = match table.texts(key).as_deref() {
        Some([first, second]) => Some(TwoCounts { first: first.clone(), second: second.clone(), is_ratio }),
        Some(_) => {
            table.say_at(of_counts, format!("`{key}` 应为两个数的名称，如 [\"完好设备\", \"全部设备\"]"));
            None
        }
        None => None,
    };
    let mut sides = Vec::new();
    let mut steps = Vec::new();
    if table.has("steps") {
        for mut entry in table.tables("steps") {
            let (bound, limits) = bound(&mut entry);
            sides.push(limits);
            steps.push(QuantityStep { bound, points: entry.need_points("points") });
            entry.end();
        }
    } else {
        let (bound, limits) = bound(table);
        sides.push(limits);
        steps.push(QuantityStep { bound, points: worth });
    }
    if sides.is_empty() || sides.windows(2).any(|it| it[0] != it[1]) {
        table.say_at(line, "各档应都写 `at_least`，或都写 `at_most`".to_owned());
    }
    let missing = table.has("each").then(|| {
        let missing = MissingStep { step: table.need_tenths("step"), each: table.need_points("each") };
        if missing.step == 0 || steps.len() != 1 {
            table
                .say_at(line, "`step` 应大于 0，与一个 `at_least` 或 `at_most` 一起写，不与 `steps` 一起写".to_owned());
        }
        missing
    });
    Quantity { of, unit, counts, steps, limits: sides.first() == Some(&true), missing }
}

/// The figure of a step, and whether it is an upper limit.
fn bound(table: &mut TomlTable<'_>) -> (i64, bool) {
    if table.has("at_most") { (table.need_tenths("at_most"), true) } else { (table.need_tenths("at_least"), false) }
}
