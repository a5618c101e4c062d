//! A sheet of the desk as it was received, to be read only; and back to the table.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, button, el, link};
use crate::app::part::{label, table};
use crate::days;
use crate::desk::Entry;

use super::DeskPage;

/// A fragment of this page's address, so that the button of the browser leads back too.
const SHEET: &str = "#sheet-";

pub fn address(at: usize) -> String {
    format!("{SHEET}{at}")
}

/// The link of a line to its sheet.
pub fn open(at: usize, words: String) -> El {
    link(address(at), words).set("id", format!("line-{at}"))
}

/// Shows the sheet that the address names, or the table again.
pub fn follow(page: DeskPage) {
    browser::on_fragment(move || {
        let before = page.opened.get_untracked();
        let now = browser::here().2.strip_prefix(SHEET).and_then(|it| it.parse().ok());
        page.at_once.set_value(before.is_some());
        page.opened.set(now.filter(|at| page.with(|desk| *at < desk.entries.len())));
        let to = match (page.opened.get_untracked(), before) {
            (Some(_), _) => "#received".to_owned(),
            (None, Some(at)) => format!("#line-{at}"),
            (None, None) => return,
        };
        browser::after(0, move || browser::focus(&to));
    });
}

/// `None` where the desk has no such sheet, or its rubric is not known here.
pub fn one(page: DeskPage, at: usize) -> Option<AnyView> {
    page.with(|desk| {
        let entry = desk.entries.get(at)?;
        let edition = page.state.editions().iter().find(|it| it.id == entry.edition)?;
        let rubric = edition.rubric(entry.annex)?;
        let sheet = entry.sheet();
        let of = format!("{} {}", sheet.occupation_code, sheet.levels);
        let title = el("h2").set("id", "received").set("tabindex", "-1").text(label::called(rubric, &sheet));
        let links = el("p").class("links noprint").child(link("#counted".to_owned(), "返回汇总表").class("btn small"));
        let view =
            el("section").class("form received").child(links.child(button("link nochat", "打印", browser::print)));
        let view = view.child(el("p").class("claim").child(el("b").text("单位自评，未经鉴定中心评估。只读，不保存。")));
        let view = view.child(el("p").text(about(entry))).child(title.child(el("small").text(of)));
        let verdict = el("p").child(el("b").text(format!("{}。", entry.verdict)));
        let view = view.child(el("div").class("verdict").child(verdict)).child(table::header(rubric, Some(&sheet)));
        let whose = format!("{}　{}", entry.unit_in_words(), label::called(rubric, &sheet));
        Some(view.each(table::table(edition, rubric, Some((&sheet, &whose)), &|_| None).into_iter()).done())
    })
}

/// 某公司，某市，甲.json 第 1 条（第 3 行），2026年11月25日生成.
fn about(entry: &Entry) -> String {
    let made = entry.day.map_or_else(String::new, |it| format!("{}生成", days::print(it)));
    let from = format!("{} {}", entry.from.source, entry.from);
    let parts = [entry.unit_in_words().to_owned(), entry.place.clone(), from, made];
    parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("，")
}
