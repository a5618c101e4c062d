//! `places.toml` as the typed model: the 省辖市, what lies in them, and how else they are called.

use std::collections::BTreeSet;

use crate::filing::place::{City, Places};

use super::table::{Source, TomlTable};

/// Reads the file; a name that stands in it twice, or for nothing, is told.
pub fn read_places(source: &Source<'_>) -> Places {
    let document = source.parse();
    let mut table = TomlTable::document(source, document.get_ref());
    let (line, named) = (table.line_of("province"), table.has("province"));
    let province = table.need_texts("province");
    if named && province.first().is_none_or(|it| it.trim().is_empty()) {
        table.say_at(line, "`province` 是空的，请写上省的名称".to_owned());
    }
    let whole = table.need_texts("whole");
    let (mut names, mut counties) = (BTreeSet::new(), BTreeSet::new());
    let mut also = Vec::new();
    if let Some(mut entry) = table.table("also") {
        also.extend(entry.keys().into_iter().map(|key| (key.to_owned(), entry.line_of(key), entry.need_filled(key))));
    }
    let mut cities = Vec::new();
    for mut entry in table.tables("city") {
        let city = City {
            names: entry.need_texts("names"),
            counties: entry.need_texts("counties"),
            direct: entry.need_texts("direct"),
        };
        if city.names.is_empty() {
            entry.say("`names` 是空的，请写上省辖市的名称".to_owned());
        }
        for name in city.names.iter().chain(&city.counties).chain(&city.direct) {
            if name.trim().is_empty() {
                entry.say("有一个名称是空的，请填写或删去".to_owned());
            } else if !names.insert(name.clone()) {
                entry.say(format!("`{name}` 出现了两次，每个名称只能写一次"));
            }
        }
        counties.extend(city.counties.iter().chain(&city.direct).cloned());
        entry.end();
        if !city.names.is_empty() {
            cities.push(city);
        }
    }
    let mut known = Vec::new();
    for (old, line, now) in also {
        if names.contains(&old) {
            table.say_at(line, format!("`{old}` 在名单上，不应再写在 `also` 里"));
        } else if !counties.contains(&now) {
            table.say_at(line, format!("`{old}` 写作 `{now}`，但名单上没有这个区、县、市，请核对"));
        }
        known.push((old, now));
    }
    table.end();
    Places { province, whole, cities, also: known }
}
