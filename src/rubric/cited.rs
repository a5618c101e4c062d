//! Readings and the rows that cite them: what is cited exists, is used, and quotes what is printed there.

use std::collections::BTreeSet;

use crate::letters::{is_blank, is_quote, narrow};

use super::place::RubricPlace;
use super::{Edition, Reading, Row, Rubric, Rule};

/// The readings that a rule itself refers to.
pub(super) fn reading_of(rule: &Rule) -> impl Iterator<Item = &str> {
    let mut listed: Vec<&String> = Vec::new();
    let (first, second) = match rule {
        Rule::Met { perhaps_shared, unsure } => (perhaps_shared.as_ref().map(|it| &it.reading), unsure.as_ref()),
        Rule::Deduct { people, by_hand, .. } => (people.as_ref().map(|it| &it.reading), by_hand.as_ref()),
        Rule::Average { exactly, .. } => (Some(exactly), None),
        Rule::Judged { reading } | Rule::Tiers { reading } => (Some(reading), None),
        Rule::Lease { reading, term } => (Some(reading), term.as_ref().map(|it| &it.exactly)),
        Rule::Combined { complies, .. } => (complies.as_ref(), None),
        Rule::Choice { levels } => {
            listed.extend(levels.iter().filter_map(|it| it.reading.as_ref()));
            (None, None)
        }
        Rule::Listed { items, .. } => {
            listed.extend(items.iter().filter_map(|it| it.reading.as_ref()));
            (None, None)
        }
        Rule::Staffed { .. }
        | Rule::Hazard { .. }
        | Rule::Credit { .. }
        | Rule::Number { .. }
        | Rule::Experts { .. }
        | Rule::Rate { .. }
        | Rule::Years { .. }
        | Rule::Bonus { .. }
        | Rule::Quantity { .. }
        | Rule::None => (None, None),
    };
    listed.dedup();
    first.into_iter().chain(second).chain(listed).map(String::as_str)
}

/// Readings that do not exist, readings that nothing cites, and rules that refer to a reading that their row does not
/// cite.
pub(super) fn citations(edition: &Edition, say: &mut impl FnMut(RubricPlace, String)) {
    let mut cited = BTreeSet::new();
    let mut cite = |place, id: &str, say: &mut dyn FnMut(RubricPlace, String)| {
        if edition.reading(id).is_none() {
            say(place, format!("引用了解读 `{id}`，`readings.toml` 里没有这一条，请核对编号"));
        }
        cited.insert(id.to_owned());
    };
    edition.cites.iter().for_each(|id| cite(RubricPlace::Edition, id, say));
    for rubric in &edition.rubrics {
        rubric.cites.iter().for_each(|id| cite(RubricPlace::Rubric(rubric.annex), id, say));
        for (place, row) in rubric.placed_rows() {
            row.readings.iter().for_each(|id| cite(place, id, say));
            for reading in edition.readings_on(row).filter(|it| !is_printed(rubric, row, it)) {
                say(
                    place,
                    format!(
                        "解读 `{}` 的 `printed` 没有一句印在 `{}` 这一行，请核对引用；只说明怎样抄录、用词有何不同的，在解读里写 `shown = \"page\"`",
                        reading.id,
                        rubric.row_id(row.number)
                    ),
                );
            }
            for id in reading_of(&row.rule).filter(|id| row.shares.is_none() && !row.readings.iter().any(|it| it == id))
            {
                say(
                    place,
                    format!("`{}` 的规则依据解读 `{id}`，请把它也写进这一行的 `readings`", rubric.row_id(row.number)),
                );
            }
        }
    }
    let mut seen = BTreeSet::new();
    for (i, reading) in edition.readings.iter().enumerate() {
        if !seen.insert(&reading.id) {
            say(RubricPlace::Reading(i), format!("解读 `{}` 出现了两次，每个编号只能用一次", reading.id));
        }
        if !cited.contains(&reading.id) && reading.clauses.is_empty() {
            say(
                RubricPlace::Reading(i),
                format!(
                    "解读 `{}` 没有任何一行引用，请在所涉各行的 `readings` 中写上，或在 `clauses` 写明所涉条款",
                    reading.id
                ),
            );
        }
    }
}

/// Is something that the reading quotes printed in the row? A reading of what is not printed anywhere quotes nothing.
fn is_printed(rubric: &Rubric, row: &Row, reading: &Reading) -> bool {
    let points = rubric.owner(row).points.map_or(String::new(), |it| it.to_string());
    let cells = [&row.content, &row.standard, &points].map(|it| plain(it));
    let whole = cells.concat();
    reading.printed.is_empty()
        || reading
            .printed
            .iter()
            .map(|it| plain(it))
            .any(|it| it == points || (1 < it.chars().count() && whole.contains(&it)))
}

/// Without blanks and quotation marks, and with every mark in half width.
fn plain(text: &str) -> String {
    text.chars().filter(|it| !is_blank(*it) && !is_quote(*it)).map(narrow).collect()
}
