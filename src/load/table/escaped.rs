//! Characters that nobody sees and that stand in a TOML text as escapes, such as `\u0007`. Those that stand there
//! themselves are told of the file's letters.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::load::notice::letters;

/// Tells of each key and text where it begins in `text`, which is what was parsed.
pub fn unseen(table: &DeTable<'_>, text: &str, say: &mut impl FnMut(usize, &str)) {
    for (key, value) in table {
        one(key.span().start, key.get_ref(), &text[key.span()], say);
        of_value(value, text, say);
    }
}

fn of_value(value: &Spanned<DeValue<'_>>, text: &str, say: &mut impl FnMut(usize, &str)) {
    match value.get_ref() {
        DeValue::String(it) => one(value.span().start, it, &text[value.span()], say),
        DeValue::Array(all) => all.iter().for_each(|it| of_value(it, text, say)),
        DeValue::Table(table) => unseen(table, text, say),
        _ => {}
    }
}

fn one(at: usize, means: &str, written: &str, say: &mut impl FnMut(usize, &str)) {
    let escaped: String = means.chars().filter(|it| !written.contains(*it)).collect();
    // a byte order mark is one only where a file begins
    letters(&format!(".{escaped}"), &mut |_, what| say(at, what));
    if escaped.contains('\r') {
        say(at, "有看不见的控制字符 U+000D，请删去或重新输入");
    }
}
