//! CSV that Excel and WPS open correctly by a double click: with a byte order mark, CRLF, and quotes where needed.

use crate::days;
use crate::letters::{BYTE_ORDER_MARK, begins_formula};

use super::{Cell, Table, decimal};

/// The table with its titles. A text that a program could take for a formula gets a `'` before it.
pub fn csv(table: &Table) -> String {
    let mut out = String::from(BYTE_ORDER_MARK);
    let titles = table.columns.iter().map(|it| Cell::Text(it.title.clone())).collect();
    for row in [&titles].into_iter().chain(&table.rows) {
        for (n, cell) in row.iter().enumerate() {
            if 0 < n {
                out.push(',');
            }
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => push_text(text, &mut out),
                Cell::Whole(number) => out.push_str(&number.to_string()),
                Cell::Tenths(tenths) => out.push_str(&decimal(*tenths)),
                Cell::Day(it) => out.push_str(&days::print(*it)),
            }
        }
        out.push_str("\r\n");
    }
    out
}

fn push_text(text: &str, out: &mut String) {
    let guard = if is_like_a_formula(text) { "'" } else { "" };
    if !text.contains([',', '"', '\r', '\n', '\t', ';']) && text.trim() == text {
        out.push_str(guard);
        out.push_str(text);
        return;
    }
    out.push('"');
    out.push_str(guard);
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}

/// A text that begins with a tab or a line break counts too: some programs ignore these before a formula.
fn is_like_a_formula(text: &str) -> bool {
    text.starts_with(|it| begins_formula(it) || matches!(it, '\t' | '\r' | '\n'))
}
