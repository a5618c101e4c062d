//! How much more has room in a field. Nothing that is typed or pasted is cut: what is too long for codes and links stays,
//! and the field says by how much.

use super::html::{El, el};

/// The words that follow a field with a limit. The number changes with every letter and is to be read; only that the limit is
/// passed is said aloud, once.
pub fn counted(most: usize, text: impl Fn() -> String + Clone + Send + 'static) -> El {
    let n = text.clone();
    let over = move || beyond(&text(), most).unwrap_or_default();
    let over = el("span").set("role", "status").words(over);
    el("span").class("hint").words(move || number(&n(), most)).child(over)
}

/// 还能写 n 字 near the limit, 超出 n 字 beyond it.
fn number(text: &str, most: usize) -> String {
    let n = text.chars().count();
    if most < n {
        format!("超出 {} 字：", n - most)
    } else if most < n + most / 5 {
        format!("还能写 {} 字", most - n)
    } else {
        String::new()
    }
}

/// What becomes of what is too long.
pub fn beyond(text: &str, most: usize) -> Option<String> {
    let over = most < text.chars().count();
    over.then(|| format!("保存、打印和备份都是全的，自评码和链接只带前 {most} 字。"))
}
