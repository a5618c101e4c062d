//! `from-<edition>.toml` in the folder of a newer edition: which rows of the older one became which of its own. It must be
//! whole, as a row that nobody looked at would be told to have gone.

use std::collections::BTreeMap;

use crate::rubric::{Concordance, Edition, ListItem, Row, RowName, RowsPaired, Rule};

use super::table::{Source, TomlTable};

/// What stands in the names of such files around the name of the older edition.
pub const NAMED: (&str, &str) = ("from-", ".toml");

/// The name of the older edition in the name of a file; `None` for other files.
pub fn older_edition(file: &str) -> Option<&str> {
    file.strip_prefix(NAMED.0)?.strip_suffix(NAMED.1).filter(|it| !it.is_empty())
}

/// Reads the file, and says which rows of either edition it does not have, has twice, or pairs where they cannot be.
pub fn read_concordance(source: &Source<'_>, older: &Edition, newer: &Edition) -> Concordance {
    let parsed = source.parse();
    let mut table = TomlTable::document(source, parsed.get_ref());
    let mut concordance = Concordance { older: older.id.clone(), newer: newer.id.clone(), rows: Vec::new() };
    let mut seen = [BTreeMap::new(), BTreeMap::new()];
    for mut entry in table.tables("row") {
        let editions = [("older", older), ("newer", newer)];
        let [of_older, of_newer] = [0, 1].map(|at| {
            let (key, edition) = editions[at];
            let line = entry.line_of(key);
            let was_there = entry.has(key);
            let written = entry.texts(key);
            let unread = was_there && written.is_none();
            let written = written.unwrap_or_default();
            let named: Vec<RowName> = written.iter().filter_map(|it| row(&entry, line, key, it, edition)).collect();
            for name in &named {
                if let Some(before) = seen[at].insert(*name, line) {
                    entry.say_at(line, format!("`{key}` 里的 `{name}` 在第 {before} 行已有，一行只能对照一次"));
                }
            }
            (usize::from(unread) + written.len(), named)
        });
        let keeps_line = entry.line_of("keeps");
        let keeps = entry.truth("keeps");
        let note = entry.text("note").unwrap_or_default();
        if of_older.0 + of_newer.0 == 0 {
            entry.say(
                "这一段没有写行号：`older` 写旧版的行，`newer` 写新版的行，删去的只写 `older`，新增的只写 `newer`"
                    .to_owned(),
            );
        }
        let mut pair = RowsPaired { older: of_older.1, newer: of_newer.1, keeps, note };
        if keeps && (of_older.0, of_newer.0) != (1, 1) {
            entry.say_at(keeps_line, "`keeps` 只用在一行对一行：合并、拆分、新增的行要重新回答".to_owned());
        } else if let ([from], [to]) = (&pair.older[..], &pair.newer[..])
            && let (Some(row), Some(other)) = (row_of(older, *from), row_of(newer, *to))
        {
            let same = asks_the_same(row, other);
            if keeps && !same {
                let message = format!("{from} 和 {to} 问的不是同样的事，旧的回答放不进新的一行，请删去 `keeps`");
                entry.say_at(keeps_line, message);
            }
            pair.keeps |= same && (&row.content, &row.standard) == (&other.content, &other.standard);
        }
        entry.end();
        concordance.rows.push(pair);
    }
    table.end();
    if source.is_clean() {
        for (at, (which, edition)) in [("旧版", older), ("新版", newer)].into_iter().enumerate() {
            let lacking: Vec<String> =
                names(edition).filter(|it| !seen[at].contains_key(it)).map(|it| it.to_string()).collect();
            if !lacking.is_empty() {
                let id = &edition.id;
                source.say(1, format!("{which} {id} 还有 {} 行没有对照：{}", lacking.len(), lacking.join("、")));
            }
        }
    }
    if source.is_clean() {
        for rubric in &older.rubrics {
            scattered(source, rubric.annex, &concordance, &seen[0]);
        }
    }
    concordance
}

fn row(entry: &TomlTable<'_>, line: usize, key: &str, written: &str, edition: &Edition) -> Option<RowName> {
    let name = RowName::read(written);
    if name.is_none() {
        entry.say_at(line, format!("`{key}` 里的 `{written}` 应写作 1-13 的样子（附件号-行号）"));
    }
    let there = name.filter(|it| edition.rubric(it.annex).is_some_and(|rubric| rubric.row(it.number).is_some()));
    if name.is_some() && there.is_none() {
        entry.say_at(line, format!("`{key}` 里的 `{written}` 不是版本 {} 的一行，请核对", edition.id));
    }
    there
}

/// All rows of an edition, in printed order.
fn names(edition: &Edition) -> impl Iterator<Item = RowName> {
    let of = |annex: u8| move |row: &Row| RowName { annex, number: row.number };
    edition.rubrics.iter().flat_map(move |it| it.rows().map(of(it.annex)))
}

fn row_of(edition: &Edition, name: RowName) -> Option<&Row> {
    edition.rubric(name.annex)?.row(name.number)
}

/// Do they take the same facts, and do these stand for the same in both? The same words may have been read in two ways.
fn asks_the_same(older: &Row, newer: &Row) -> bool {
    older.facts() == newer.facts() && meant(&older.rule) == meant(&newer.rule)
}

/// What the rule says about its facts: levels and items are known by their places, and what is counted by its name.
fn meant(rule: &Rule) -> Vec<String> {
    let item = |item: &ListItem| {
        let range = if item.is_judged() { format!("{}-{}", item.from, item.to) } else { String::new() };
        [item.when.as_str(), &item.unit, &range].join("\n")
    };
    match rule {
        Rule::Choice { levels } => levels.iter().map(item).collect(),
        Rule::Listed { adds, items } => items.iter().map(item).chain([adds.to_string()]).collect(),
        Rule::Quantity { of } => {
            let counts = of.counts.iter().flat_map(|it| [it.first.clone(), it.second.clone(), it.is_ratio.to_string()]);
            [of.of.clone(), of.unit.clone()].into_iter().chain(counts).collect()
        }
        Rule::Met { .. }
        | Rule::Staffed { .. }
        | Rule::Deduct { .. }
        | Rule::Hazard { .. }
        | Rule::Credit { .. }
        | Rule::Combined { .. }
        | Rule::Number { .. }
        | Rule::Experts { .. }
        | Rule::Rate { .. }
        | Rule::Years { .. }
        | Rule::Average { .. }
        | Rule::Judged { .. }
        | Rule::Tiers { .. }
        | Rule::Lease { .. }
        | Rule::Bonus { .. }
        | Rule::None => Vec::new(),
    }
}

/// The rows of a sheet cannot go to two sheets.
fn scattered(source: &Source<'_>, annex: u8, concordance: &Concordance, lines: &BTreeMap<RowName, usize>) {
    let Some(usual) = concordance.newer_annex(annex) else { return };
    for pair in &concordance.rows {
        let Some(from) = pair.older.iter().find(|it| it.annex == annex) else { continue };
        if let Some(to) = pair.newer.iter().find(|it| it.annex != usual) {
            let line = lines.get(from).copied().unwrap_or(1);
            source.say(
                line,
                format!("附件{annex} 的其他行对照到附件{usual}，{from} 却对照到 {to}：一张表只能变成一张表"),
            );
        }
    }
}
