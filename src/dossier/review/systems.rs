//! 其他: the 制度 that a sheet counts, by the names that its notes give them.

use crate::filing::scope::plain;
use crate::letters::{is_list_mark, is_numeral, narrow_digit};
use crate::rubric::{Fact, Role, Row, Rubric, Rule};

use super::super::Sheet;
use super::{ReviewCheck, ReviewFindings, row_name};

pub(super) fn check(found: &mut ReviewFindings<'_>, sheet: &Sheet, rubric: &Rubric) {
    let once = found.of_role(Role::SystemOnce);
    let mut named: Vec<(&Row, String)> = Vec::new();
    for row in rubric.rows().filter(|it| matches!(it.rule, Rule::Credit { .. })) {
        let names = names(sheet.note(row.number));
        let items = sheet.answers.get(row.number, Fact::Items).unwrap_or_default();
        let n = i64::try_from(names.len()).unwrap_or(i64::MAX);
        let at = (sheet, rubric, row);
        if n < items {
            let name = row_name(rubric, row);
            let message = format!("{name}计了 {items} 项，备注里写了 {n} 个名称，请逐一写明制度名称");
            found.say_of_row(ReviewCheck::SystemsUnnamed, at, message, once.as_slice());
        }
        for name in names {
            if let Some((other, _)) = named.iter().find(|it| it.1 == name) {
                let (own, other) = (rubric.row_id(row.number), rubric.row_id(other.number));
                let message = if own == other {
                    format!("{own} 把“{name}”写了两次，同一制度只计一次，请删去一处")
                } else {
                    format!("{other} 和 {own} 都写了“{name}”，同一制度只计一次，请删去一处")
                };
                found.say_of_row(ReviewCheck::SystemTwice, at, message, once.as_slice());
            } else {
                named.push((row, name));
            }
        }
    }
}

/// The names in a note, without their numbering and quotes: 1.《保密制度》；（2）回避制度.
pub(in super::super) fn names(note: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut name = String::new();
    let mut quoted = false;
    for character in note.chars().chain(['；']) {
        match character {
            // everything between the two is part of the name, even a comma
            '《' | '》' => {
                quoted = character == '《';
                // where nothing stands between two titles, the next one begins
                end(&mut names, &mut name);
            }
            character if !quoted && (is_list_mark(character) || matches!(character, '。' | '\n' | '\r')) => {
                end(&mut names, &mut name)
            }
            character => name.push(character),
        }
    }
    end(&mut names, &mut name);
    names
}

fn end(names: &mut Vec<String>, name: &mut String) {
    let plain = plain::name(name);
    let plain = plain.trim_start_matches(|it: char| is_number(it) || "（）().．:： ".contains(it));
    // a number before a 、 is not a name
    let numeral = plain.chars().all(|it| is_numeral(it) || "和及等".contains(it));
    if !plain.is_empty() && !numeral {
        names.push(plain.to_owned());
    }
    name.clear();
}

fn is_number(it: char) -> bool {
    narrow_digit(it).is_ascii_digit() || ('①'..='⑳').contains(&it)
}
