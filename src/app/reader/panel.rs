//! The results below the search field: a list box, while the focus stays in the field.

use leptos::prelude::*;

use crate::app::browser::{self, ListKey};
use crate::app::part::html::{El, all, el, link, live, nothing};
use crate::search::{Doc, Found, Hit, Index};

/// The id of the search field, which belongs to the page.
const FIELD: &str = "q";
/// The id of the line that shows how much was found. A screen reader hears it a second after the last letter.
const STATUS: &str = "found-status";
/// How many results are shown: one at once, so that it is there before the next letter is typed; a moment later, in
/// milliseconds, as many as are seen at a glance; and all there are when asked for.
const AT_ONCE: usize = 1;
const MOMENT: u64 = 40;
const AT_A_GLANCE: usize = 10;
const ALL: usize = 5000;

/// Everything the panel shows follows from this.
#[derive(Clone, Copy)]
struct ResultsPanel {
    index: &'static Index,
    /// The path of the site's root, with a slash at its end.
    root: &'static str,
    /// The text in the field while results are shown; empty while they are not.
    query: RwSignal<String>,
    most: RwSignal<usize>,
    /// The result that Enter follows, counted from 0; `NONE` before an arrow key was pressed.
    chosen: RwSignal<usize>,
}

const NONE: usize = usize::MAX;

pub fn panel(index: &'static Index, root: &'static str) -> AnyView {
    let panel = ResultsPanel {
        index,
        root,
        query: RwSignal::new(String::new()),
        most: RwSignal::new(AT_ONCE),
        chosen: RwSignal::new(NONE),
    };
    browser::on_input(FIELD, move |composing| {
        if !composing {
            panel.ask();
        }
    });
    browser::on_key(FIELD, move |key| panel.pressed(key));
    browser::on_attention(FIELD, "found", move |inside| if inside { panel.ask() } else { panel.close() });
    // what was typed while this program was still loading, or sent with the form before
    if let Some(query) = browser::query_parameter(FIELD) {
        browser::put(FIELD, &query);
    }
    panel.ask();
    let open = move || panel.query.with(|it| it.trim().is_empty()).then(String::new);
    let status = el("p").class("status").set("id", STATUS);
    let shown = el("div").class("panel").live("hidden", open).child(status).view(live(move || panel.view()));
    all(vec![shown.done(), el("p").class("vh").set("id", browser::SAID).set("role", "status").done()])
}

impl ResultsPanel {
    fn ask(self) {
        let query = browser::text_in(FIELD);
        if self.query.with_untracked(|it| *it != query) {
            self.most.set(AT_ONCE);
            self.chosen.set(NONE);
            self.query.set(query);
            browser::after(MOMENT, move || {
                if self.most.get_untracked() == AT_ONCE {
                    self.chosen.set(NONE);
                    self.most.set(AT_A_GLANCE);
                }
            });
        }
    }

    fn close(self) {
        if !self.query.with_untracked(String::is_empty) {
            browser::set_text(browser::SAID, "");
        }
        self.query.set(String::new());
        describe_field(false);
    }

    /// Handles a key; `false` where it means nothing here.
    fn pressed(self, key: ListKey) -> bool {
        if self.query.with_untracked(String::is_empty) {
            return false;
        }
        let n = browser::count("#results [role=option]");
        let now = self.chosen.get_untracked();
        let next = match key {
            ListKey::Down if now == NONE || n <= now + 1 => 0,
            ListKey::Down => now + 1,
            ListKey::Up if now == NONE || now == 0 => n.wrapping_sub(1),
            ListKey::Up => now - 1,
            ListKey::Enter => {
                browser::click(&option_id(if now == NONE { 0 } else { now }));
                return 0 < n;
            }
            ListKey::Escape => {
                self.close();
                return true;
            }
        };
        if 0 < n {
            self.choose(next);
        }
        true
    }

    fn choose(self, next: usize) {
        let before = self.chosen.get_untracked();
        self.chosen.set(next);
        browser::set_attribute(&option_id(before), "aria-selected", "");
        browser::set_attribute(&option_id(next), "aria-selected", "true");
        browser::set_attribute(FIELD, "aria-activedescendant", &option_id(next));
        browser::into_view(&option_id(next));
    }

    fn view(self) -> AnyView {
        let query = self.query.get();
        if query.trim().is_empty() {
            return nothing();
        }
        let most = self.most.get();
        let found = self.index.find(&query, most);
        let words = said(&query, &found);
        browser::set_text(STATUS, &words);
        if most != AT_ONCE {
            let asked = query.clone();
            browser::after(browser::PAUSE, move || {
                if self.query.with_untracked(|it| *it == asked) {
                    browser::set_text(browser::SAID, &words);
                }
            });
        }
        describe_field(true);
        let shown: usize = found.docs.iter().map(|it| it.1.len()).sum();
        let mut number = 0;
        let groups = found.docs.iter().map(|(doc, hits)| {
            let head = el("p").class("doc").set("role", "presentation").child(el("b").text(doc.number.as_str()));
            let head = head.text(format!(" {}", doc.title));
            let name = format!("{} {}", doc.number, doc.title);
            let group = el("div").set("role", "group").set("aria-label", name).child(head);
            hits.iter().fold(group, |group, hit| {
                let option = self.option(doc, hit, number);
                number += 1;
                group.child(option)
            })
        });
        // one listener for all results: the list closes also where the result is on this very page
        let groups = el("div").set("role", "presentation").each(groups).on("click", move |_| self.close());
        let list = el("div").set("id", "results").set("role", "listbox").set("aria-label", "搜索结果").child(groups);
        let list = if most == AT_ONCE { list.set("aria-busy", "true") } else { list };
        let list = if shown == 0 {
            list.child(offered(link(format!("{}contents/", self.root), "看目录"), 0))
        } else if shown < found.n_units && most == AT_A_GLANCE {
            let more = el("div").text(format!("显示全部 {} 处", found.n_units));
            list.child(offered(more.on("click", move |_| self.most.set(ALL)), shown))
        } else {
            list
        };
        list.done()
    }

    fn option(self, doc: &Doc, hit: &Hit<'_>, number: usize) -> El {
        let id = if hit.unit.id.is_empty() { String::new() } else { format!("#{}", hit.unit.id) };
        let to = format!("{}{}{id}", self.root, doc.address);
        let option = offered(el("a").set("href", to), number);
        let label = (!hit.unit.label.is_empty()).then(|| el("span").class("label").text(hit.unit.label.as_str()));
        let words = el("span").class("words").text(hit.before.as_str());
        let words = words.child(el("mark").text(hit.marked.as_str())).text(hit.after.as_str());
        option.maybe(label).child(words)
    }
}

/// Something that the arrow keys reach and Enter follows.
fn offered(element: El, number: usize) -> El {
    element.set("id", option_id(number)).set("role", "option").set("tabindex", "-1")
}

/// Describes the field and its list as a combo box. This is done each time, as the app may have replaced the field.
fn describe_field(open: bool) {
    browser::set_attribute(FIELD, "role", "combobox");
    browser::set_attribute(FIELD, "aria-autocomplete", "list");
    browser::set_attribute(FIELD, "aria-expanded", if open { "true" } else { "false" });
    browser::set_attribute(FIELD, "aria-controls", if open { "results" } else { "" });
    browser::set_attribute(FIELD, "aria-activedescendant", "");
}

fn said(query: &str, found: &Found<'_>) -> String {
    match found.n_units {
        0 => format!("没有找到“{}”", query.trim()),
        n => format!("{n} 处，在 {} 个页面", found.n_docs),
    }
}

fn option_id(number: usize) -> String {
    format!("found-{number}")
}
