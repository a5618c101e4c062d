//! How much more has room in a field. Nothing that is typed or pasted is cut: what is too long for codes and links stays,
//! and the field says by how much.

use super::html::{El, el};

/// The words that follow a field with a limit.
pub fn counted(most: usize, text: impl Fn() -> String + Send + 'static) -> El {
    el("span").class("hint").set("role", "status").words(move || room(&text(), most))
}

/// 还能写 n 字 near the limit, 超出 n 字 beyond it.
pub fn room(text: &str, most: usize) -> String {
    let n = text.chars().count();
    if most < n {
        format!("超出 {} 字：保存、打印和备份都是全的，自评码和链接只带前 {most} 字。", n - most)
    } else if most < n + most / 5 {
        format!("还能写 {} 字", most - n)
    } else {
        String::new()
    }
}
