//! What `site.toml` says: where the site lies, whose it is, whom to ask, how its head looks and which notices it lists.

use super::person::person;
use super::table::{Source, TomlTable};
use crate::filing::route::Person;

/// What the host of a site settles. All but the address may be left out, and the site is as it always was.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SiteSettings {
    /// With a slash at its end.
    pub address: String,
    /// 某县人力资源和社会保障局, who publishes the site; empty where nobody says so.
    pub name: String,
    /// Whom to ask, in place of those whom the notices print.
    pub contacts: Vec<Person>,
    /// Of the head of every page, as a style sheet writes it.
    pub colour: Option<String>,
    /// The slugs of the notices that are listed, in their order; all, the latest first, where it is not said.
    pub notices: Option<Vec<String>>,
}

/// The longest name: it stands in one line of the smallest window and in the foot of a worksheet.
const LONGEST_NAME: usize = 40;

/// Words have at least this contrast with what is under them (WCAG 2.2, 1.4.3).
const LEAST_CONTRAST: f64 = 4.5;

/// Reads the file. `has_notice` knows whether there is one of this name.
pub fn read_site(source: &Source<'_>, has_notice: impl Fn(&str) -> bool) -> SiteSettings {
    let document = source.parse();
    let mut table = TomlTable::document(source, document.get_ref());
    let line = table.line_of("address");
    let address = table.need_filled("address");
    if !address.is_empty() && !is_site_address(&address) {
        table.say_at(line, format!("`address` 应是网站的完整地址，如 https://ziping.example/zp/，以 http:// 或 https:// 开头、以 / 结尾，中间没有空格、? 和 #，现在是 `{address}`"));
    }
    let settings = SiteSettings {
        address,
        name: name(&mut table),
        contacts: table.tables("contacts").into_iter().map(person).collect(),
        colour: colour(&mut table),
        notices: notices(&mut table, has_notice),
    };
    table.end();
    settings
}

fn name(table: &mut TomlTable<'_>) -> String {
    let line = table.line_of("name");
    let name = table.text("name").map(|it| it.trim().to_owned());
    let letters = name.as_ref().map_or(0, |it| it.chars().count());
    if name.as_ref().is_some_and(String::is_empty) {
        table.say_at(line, "`name` 是空的，请写单位名称，不显示的删去这一行".to_owned());
    } else if LONGEST_NAME < letters {
        table.say_at(line, format!("`name` 最多 {LONGEST_NAME} 个字，现在是 {letters} 个"));
    }
    name.unwrap_or_default()
}

fn colour(table: &mut TomlTable<'_>) -> Option<String> {
    let line = table.line_of("colour");
    let colour = table.text("colour")?;
    let Some(luminance) = luminance(&colour) else {
        table
            .say_at(line, format!("`colour` 应写成 # 和六位（或三位）十六进制数字，如 \"#1456a6\"，现在是 `{colour}`"));
        return None;
    };
    // cut, so that what is refused never reads as enough
    let contrast = 1.05 / (luminance + 0.05);
    if contrast < LEAST_CONTRAST {
        let shown = (contrast * 100.0).floor() / 100.0;
        table.say_at(
            line,
            format!(
                "`colour` 上的白字看不清：对比度只有 {shown:.2}，至少要 {LEAST_CONTRAST}，请换深一些的颜色，现在是 `{colour}`"
            ),
        );
    }
    Some(colour)
}

/// The relative luminance of `#rgb` or `#rrggbb`, as WCAG has it.
fn luminance(colour: &str) -> Option<f64> {
    let digits: Vec<u32> = colour.strip_prefix('#')?.chars().map(|it| it.to_digit(16)).collect::<Option<_>>()?;
    let parts: [u32; 3] = match digits[..] {
        [r, g, b] => [r * 17, g * 17, b * 17],
        [r, r2, g, g2, b, b2] => [r * 16 + r2, g * 16 + g2, b * 16 + b2],
        _ => return None,
    };
    let linear = |part: u32| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    Some(0.2126 * linear(parts[0]) + 0.7152 * linear(parts[1]) + 0.0722 * linear(parts[2]))
}

fn notices(table: &mut TomlTable<'_>, has_notice: impl Fn(&str) -> bool) -> Option<Vec<String>> {
    let line = table.line_of("notices");
    let slugs = table.texts("notices")?;
    if slugs.is_empty() {
        table.say_at(line, "`notices` 是空的，请写要列出的文件，全部列出的删去这一行".to_owned());
    }
    for (at, slug) in slugs.iter().enumerate() {
        if slugs[..at].contains(slug) {
            table.say_at(line, format!("`notices` 里的 `{slug}` 写了两次，请删去一个"));
        } else if !has_notice(slug) {
            let message = format!("`notices` 里的 `{slug}` 没有对应的文件 content/{slug}.md，请核对文件名（不写 .md）");
            table.say_at(line, message);
        }
    }
    Some(slugs)
}

/// `https://host/` or `https://host/path/`, in characters that stand in an address as they are.
pub fn is_site_address(address: &str) -> bool {
    let after = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let odd = |it: char| it.is_whitespace() || it.is_control() || "?#\\\"'<>：／。，".contains(it);
    after.is_some_and(|it| !it.starts_with(['/', '.']) && it.ends_with('/') && !it.contains("//") && !it.contains(odd))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_whole() {
        assert!(
            ["https://ziping.example/", "http://10.1.2.3:8080/zp/", "https://自评.cn/"]
                .iter()
                .all(|it| is_site_address(it))
        );
        for wrong in [
            "",
            "ziping.example/",
            "https://ziping.example",
            "https:/ziping.example/",
            "http:///",
            "https://",
            "httpx://ziping.example/",
            "https://a.example/?x/",
            "https://a.example/#/",
            "https://a .example/",
            "https：//a.example/",
            "https://a.example//zp/",
            "https://a.example\\zp/",
        ] {
            assert!(!is_site_address(wrong), "{wrong}");
        }
    }

    #[test]
    fn luminance_is_computed_as_the_standard_has_it() {
        let contrast = |it| 1.05 / (luminance(it).expect("a colour") + 0.05);
        assert!((contrast("#000") - 21.0).abs() < 1e-9 && (contrast("#FFFFFF") - 1.0).abs() < 1e-9);
        assert!((contrast("#777777") - 4.48).abs() < 0.005 && 4.5 < contrast("#767676"));
        assert!(["", "#", "1456a6", "#12", "#12345", "#gggggg", "red"].iter().all(|it| luminance(it).is_none()));
    }
}
