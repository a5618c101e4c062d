//! 常见失分: the rows that fail most often among the lines that are shown, as bars with their numbers.

use leptos::prelude::*;

use crate::app::part::carry::known;
use crate::app::part::html::{El, el, nothing};
use crate::desk::Failing;

use super::DeskPage;

/// How many rows are shown of an annex.
const MOST: usize = 8;
/// The length of a bar for all sheets.
const WIDTH: usize = 200;

pub fn failing(page: DeskPage) -> AnyView {
    // in whatever order the table is
    let shown = page.filter.with_untracked(|filter| page.with(|it| it.shown(filter)));
    let failing: Vec<Failing> = page.with(|it| it.failing(&shown)).into_iter().filter(|it| 0 < it.n_failed).collect();
    if failing.is_empty() {
        return nothing();
    }
    let known = known(page.state);
    let of_annex = failing.chunk_by(|a, b| (a.annex, &a.edition) == (b.annex, &b.edition)).map(|rows| {
        let lines = rows.iter().take(MOST).map(|failing| {
            let vetoed =
                if failing.n_vetoed == 0 { String::new() } else { format!("，触发否决 {} 份", failing.n_vetoed) };
            let lost = failing.average_lost();
            let words = format!(
                "{} / {} 份{vetoed}，平均失 {}.{} 分",
                failing.n_failed,
                failing.n_answered,
                lost / 10,
                lost % 10
            );
            el("tr")
                .child(el("th").set("scope", "row").text(format!(
                    "{}-{} {}",
                    failing.annex,
                    failing.row,
                    failing.content(known)
                )))
                .child(el("td").child(bar(failing.n_failed, failing.n_answered)))
                .child(el("td").text(words))
        });
        let caption = el("caption").text(format!("附件{}", rows.first().map_or(0, |it| it.annex)));
        el("table").class("failing").child(caption).child(el("tbody").each(lines))
    });
    el("section").child(el("h2").text("常见失分")).each(of_annex).done()
}

fn bar(n: usize, of: usize) -> El {
    let length = n * WIDTH / of.max(1);
    let path = |class, length: usize| el("path").set("class", class).set("d", format!("M0 0h{length}v12h-{length}z"));
    el("svg")
        .set("class", "bar")
        .set("viewBox", format!("0 0 {WIDTH} 12"))
        .set("width", WIDTH.to_string())
        .set("height", "12")
        .set("aria-hidden", "true")
        .child(path("all", WIDTH))
        .child(path("part", length))
}
