//! Whom to ask: a name, and a telephone number that can be dialled by a press.

use super::table::TomlTable;
use crate::filing::route::Person;

/// `{ name = "张三", phone = "0375-1234567" }`.
pub fn person(mut entry: TomlTable<'_>) -> Person {
    let line = entry.line_of("phone");
    let person = Person { name: entry.need_filled("name"), phone: entry.need_filled("phone") };
    if let Some(why) = undialled(person.phone.trim()) {
        entry.say_at(line, why);
    }
    entry.end();
    person
}

/// Why a number cannot be dialled; what is empty is told elsewhere. Every digit in it is dialled.
fn undialled(phone: &str) -> Option<String> {
    /// The shortest that people are told.
    const FEWEST: usize = 3;
    /// With the code of a country.
    const MOST: usize = 15;
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let several = phone.contains(['、', '/', '／', ',', '，', ';', '；', '或']);
    let odd = phone.chars().find(|it| !it.is_ascii_digit() && !"-－—–+() （）".contains(*it));
    if phone.is_empty() {
        None
    } else if digits < FEWEST {
        Some(format!("`phone` 应是电话号码（半角数字），现在是 `{phone}`"))
    } else if phone.contains(['转', '#', '*']) || phone.contains("分机") || phone.to_lowercase().contains("ext") {
        Some(format!(
            "`phone` 里写了分机（`{phone}`），点号码拨出时会连成一个号码：分机请写进 `name`，如 name = \"办公室（转801）\""
        ))
    } else if several || MOST < digits {
        Some(format!(
            "`phone` 里不止一个号码（`{phone}`），点号码拨出时会连成一个：一个号码写一段 {{ name = \"…\", phone = \"…\" }}"
        ))
    } else {
        odd.map(|odd| format!("`phone` 里有 `{odd}`，电话号码只用半角数字、连字符和括号，现在是 `{phone}`"))
    }
}
