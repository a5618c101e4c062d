//! Where and since when an edition is in force, as `edition.toml` says, and in which order a site with several shows them.

use std::cmp::Reverse;

use crate::days::Day;
use crate::load::notice::files::is_reserved;
use crate::load::table::TomlTable;

/// Where an edition is valid, and from when until when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// 某省. May be empty in a site of one edition, which need not be told from others.
    pub place: String,
    pub from: Option<Day>,
    /// The day from which on it is no longer in force. The generator has no clock: an edition that has this day has expired.
    pub until: Option<Day>,
}

/// The folders at the root of every site, which no edition can have as its own.
const TAKEN: [&str; 28] = [
    "about", "access", "assets", "changed", "compare", "contents", "desk", "dossier", "evidence", "filing", "later",
    "licences", "mine", "notice", "open", "packet", "panel", "plan", "print", "readings", "roster", "rubric", "scope",
    "share", "sheet", "start", "versions", "workbook",
];

impl Validity {
    /// The keys of an edition. One of several must say where and since when it is in force, and has the name of its folder.
    pub fn read(table: &mut TomlTable<'_>, of_several: Option<&str>) -> Validity {
        if let Some(folder) = of_several {
            is_folder(table, folder);
            for (key, what) in [("place", "在哪个地方"), ("from", "从哪一天起")] {
                if !table.has(key) {
                    table.say(format!(
                        "缺少 `{key}`：网站有几个版本时，每个版本都要写明{what}施行，首页据此让人选择，请补上"
                    ));
                }
            }
        }
        let place = if table.has("place") { table.need_filled("place") } else { String::new() };
        let since = table.has("from");
        let from = day(table, "from");
        let line = table.line_of("until");
        let until = day(table, "until");
        match (from, until) {
            (Some(from), Some(until)) if until <= from => {
                table.say_at(line, format!("`until` 应在 `from` 之后：{from}起施行的，不能在{until}失效"));
            }
            (None, Some(_)) if !since && of_several.is_none() => {
                table.say_at(line, "写了 `until`（失效日期），也要写 `from`（施行日期），请补上".to_owned());
            }
            _ => {}
        }
        Validity { place, from, until }
    }

    pub fn has_expired(&self) -> bool {
        self.until.is_some()
    }

    /// 某省 2021年12月29日起.
    pub fn name(&self) -> String {
        let from = self.from.map_or(String::new(), |it| format!("{it}起"));
        format!("{} {from}", self.place).trim().to_owned()
    }

    /// 现行, or since when it is not.
    pub fn standing(&self) -> String {
        self.until.map_or("现行".to_owned(), |it| format!("已失效，{it}起"))
    }

    /// In this order: in force, the newest first, then those that have expired, the latest first.
    pub fn rank(&self) -> impl Ord + use<> {
        (self.until.is_some(), Reverse(self.until), Reverse(self.from))
    }
}

fn day(table: &mut TomlTable<'_>, key: &str) -> Option<Day> {
    let line = table.line_of(key);
    let written = table.text(key)?;
    let day = Day::of_iso(&written);
    if day.is_none() {
        table.say_at(line, format!("`{key}` 应是日历上的一天，写成 2021-12-29 这样，现在是 `{written}`"));
    }
    day
}

/// The pages of an edition lie in a folder of its name.
fn is_folder(table: &TomlTable<'_>, folder: &str) {
    let (line, id) = (table.line_of("id"), table.peek("id").unwrap_or_default());
    let is_plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
    if id.is_empty() {
        // told as missing
    } else if id != folder {
        table.say_at(line, format!("`id` 应与所在的文件夹同名：文件夹是 `{folder}`，`id` 是 `{id}`"));
    } else if !id.chars().all(is_plain) || id.starts_with('-') {
        table.say_at(line, format!("`id` 是网址的一部分，只能用小写字母、数字和连字符，现在是 `{id}`"));
    } else if is_reserved(id) {
        table.say_at(line, format!("`id` 不能是 `{id}`：是 Windows 保留的名称，建不了这个文件夹，请换一个"));
    } else if TAKEN.contains(&id) {
        table.say_at(line, format!("`id` 不能是 `{id}`：网站里另有这个名字的文件夹，请换一个"));
    }
}
