//! Which edition: the editions of a site by place and date, on each home page, and the line that stands on the pages of one that
//! is not the newest in force. A site of one edition has neither.

use leptos::prelude::*;

use crate::app::part::html::{El, el, link};
use crate::app::{Address, State};
use crate::generate::Library;
use crate::generate::library::Published;

/// A list that leads to the home page of each.
pub fn chooser(state: State, library: &Library) -> Option<El> {
    let all = library.published();
    let own = library.own().folder;
    let several = 1 < all.len();
    let entries = all.into_iter().map(|edition| {
        let home = state.within(edition.folder).href(&Address::Home);
        let to = link(home, edition.validity.name());
        let to = if edition.folder == own { to.set("aria-current", "true") } else { to };
        el("li").child(to).text(format!("（{}）", edition.validity.standing()))
    });
    let words = el("p").text("本站有几个版本的评估要点，按地方和施行日期选择：");
    let list = el("ul").class("list").each(entries);
    several.then(|| el("nav").class("hint several").set("aria-label", "评估要点的版本").child(words).child(list))
}

/// Above the pages of an edition that lies in a folder of its own: which one it is. It stands outside of what the app replaces, has
/// no link, as the first link of a page is the one that skips its head, and is not on paper, where its name stands beside that of
/// the release.
pub fn which(library: &Library) -> AnyView {
    let Published { validity, .. } = library.own();
    let name = validity.name();
    let line = el("p");
    let line = match validity.until {
        Some(until) => line
            .child(el("b").text("已失效"))
            .text(format!("　本页按{name}的评估要点，{until}起失效，只供查阅和打开以前的自评。现行的见页末。")),
        None => line.text(format!("本页按{name}的评估要点（现行）。其他地方和版本见页末。")),
    };
    named("评估要点的版本", line)
}

/// Below them: where the one is that took its place, and the others.
pub fn elsewhere(state: State, library: &Library) -> AnyView {
    let own = library.own();
    let all = library.published();
    let to = if own.validity.has_expired() { in_force(library, own) } else { all[0] };
    let line = el("p").class("links noprint");
    let to = link(state.within(to.folder).href(&Address::Home), format!("现行版本：{}", to.validity.name()));
    let chooser = link(state.href(&Address::Home), "选择地方和版本");
    named("其他版本", line.child(to).child(chooser))
}

fn named(name: &'static str, line: El) -> AnyView {
    el("section").class("wrap").set("aria-label", name).child(el("div").class("boot").child(line)).done()
}

/// The edition that took the place of one that has expired: of the same place, where there is one.
fn in_force(library: &Library, expired: Published) -> Published {
    let all = library.published();
    let here = |it: &&Published| !it.validity.has_expired() && it.validity.place == expired.validity.place;
    *all.iter().find(here).unwrap_or(&all[0])
}
