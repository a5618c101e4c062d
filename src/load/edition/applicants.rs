//! The kinds of applicant that an edition lists, `[[applicant]]`.

use crate::letters::is_han;
use crate::load::table::TomlTable;
use crate::rubric::{Applicant, ApplicantKind, MOST_KINDS, OtherPeople, Quote};

/// Reads the list, and tells what is wrong with it.
pub fn applicants(table: &mut TomlTable<'_>) -> Vec<ApplicantKind> {
    let line = table.line_of("applicant");
    let was_there = table.has("applicant");
    let entries = table.tables("applicant");
    if entries.is_empty() && !was_there {
        table.say("缺少 `[[applicant]]`，请列出各类申请单位，一类一段".to_owned());
    }
    if usize::from(MOST_KINDS) < entries.len() {
        let n = entries.len();
        table.say_at(line, format!("申请单位最多 {MOST_KINDS} 类，现在是 {n} 类"));
    }
    let mut kinds = Vec::new();
    // for whom each assesses others, with the line on which that stands
    let mut others = Vec::new();
    for mut entry in entries {
        let kind = kind(&mut entry, &kinds, &mut others);
        entry.end();
        kinds.push(kind);
    }
    let ids: Vec<String> = kinds.iter().map(|it: &ApplicantKind| it.id.clone()).collect();
    for (at, line, id) in others {
        let found = ids.iter().position(|it| *it == id);
        match found.filter(|it| *it != at) {
            Some(found) => {
                if let Some(it) = &mut kinds[at].others {
                    it.applicant = Applicant(u8::try_from(found).unwrap_or_default());
                }
            }
            None => {
                let known: Vec<&str> = ids.iter().filter(|it| **it != ids[at]).map(String::as_str).collect();
                let known = if known.is_empty() { "没有另一类".to_owned() } else { known.join("、") };
                table.say_at(line, format!("`applicant` 应为另一类申请单位的 `id`，不能是 `{id}`，现有：{known}"));
            }
        }
    }
    kinds
}

fn kind(
    entry: &mut TomlTable<'_>,
    before: &[ApplicantKind],
    others: &mut Vec<(usize, usize, String)>,
) -> ApplicantKind {
    let id = name(entry, "id", '_', before.iter().map(|it| it.id.as_str()));
    let folder = name(entry, "folder", '-', before.iter().map(|it| it.folder.as_str()));
    let label_line = entry.line_of("label");
    let label = entry.need_filled("label");
    if before.iter().any(|it| !label.is_empty() && it.label == label) {
        entry.say_at(label_line, format!("`label` 的 `{label}` 前面已有，各类申请单位的名称不能相同"));
    }
    let mut kind = ApplicantKind {
        id,
        folder,
        label,
        about: entry.need_filled("about"),
        people: entry.need_filled("people"),
        own_standards: entry.truth("own_standards"),
        others: None,
    };
    if let Some(mut table) = entry.table("others") {
        let line = table.line_of("applicant");
        let was_there = table.has("applicant");
        let applicant = table.need_text("applicant");
        if was_there {
            others.push((before.len(), line, applicant));
        }
        kind.others = Some(OtherPeople {
            applicant: Applicant::default(),
            own: table.need_filled("own"),
            label: table.need_filled("label"),
            quote: quote(&mut table),
        });
        table.end();
    }
    kind
}

/// The words of the document, where the edition quotes them.
fn quote(table: &mut TomlTable<'_>) -> Quote {
    if !table.has("text") && !table.has("clause") {
        return Quote::default();
    }
    Quote { text: table.need_filled("text"), clause: table.need_filled("clause") }
}

/// A name that stands in addresses or in what programs read, and that no kind before has.
fn name<'k>(entry: &mut TomlTable<'_>, key: &str, joins: char, before: impl Iterator<Item = &'k str>) -> String {
    let line = entry.line_of(key);
    let name = entry.need_filled(key);
    let plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit();
    let odd = name.chars().find(|it| !plain(*it) && *it != joins);
    if let Some(odd) = odd {
        let odd = if is_han(odd) { "汉字".to_owned() } else { format!("`{odd}`") };
        let message = format!("`{key}` 只能用小写字母、数字和 {joins}，不能有{odd}，现在是 `{name}`");
        entry.say_at(line, message);
    } else if name.starts_with(|it: char| !it.is_ascii_lowercase()) || name.ends_with(joins) {
        entry.say_at(line, format!("`{key}` 应以小写字母开头，不能以 {joins} 结尾，现在是 `{name}`"));
    }
    let mut before = before;
    if !name.is_empty() && before.any(|it| it == name) {
        entry.say_at(line, format!("`{key}` 的 `{name}` 前面已有，各类申请单位不能相同"));
    }
    name
}
