//! Tables that become cards on a narrow screen. A browser forgets then that they are tables, so every element states
//! its role, and each cell has the words of its head.

use crate::app::part::html::{El, el};
use crate::rubric::Points;

/// A table with its heads, to which rows are added.
pub fn table(class: &'static str, caption: String, heads: &[String]) -> El {
    let heads = heads.iter().map(|it| el("th").set("scope", "col").set("role", "columnheader").text(it.as_str()));
    let heads = el("thead").set("role", "rowgroup").child(line().each(heads));
    el("table").class(class).set("role", "table").child(el("caption").text(caption)).child(heads)
}

pub fn body() -> El {
    el("tbody").set("role", "rowgroup")
}

pub fn line() -> El {
    el("tr").set("role", "row")
}

/// What the row is about.
pub fn about() -> El {
    el("th").set("scope", "row").set("role", "rowheader")
}

/// A cell under its head.
pub fn cell(head: &str) -> El {
    el("td").set("role", "cell").set("data-head", head)
}

/// `+1.5`, `−2`, `0`, from tenths.
pub fn signed(tenths: i32) -> String {
    let points = Points::tenths(u16::try_from(tenths.unsigned_abs()).unwrap_or(u16::MAX));
    match tenths {
        0 => "0".to_owned(),
        1.. => format!("+{points}"),
        _ => format!("−{points}"),
    }
}

/// 5 分, or with the range that is possible: 3 分（可能 0～5 分）.
pub fn ranged(points: Points, low: Points, high: Points) -> String {
    if low == high { format!("{points} 分") } else { format!("{points} 分（可能 {low}～{high} 分）") }
}
