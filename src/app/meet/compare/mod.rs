//! 比对两份自评: two records side by side, what differs, and what brought about another verdict.

mod choose;
mod pair;
mod rows;

use leptos::prelude::*;

use crate::app::part::carry::received::{arrived, received};
use crate::app::part::html::{El, all, button, el, live, nothing};
use crate::app::part::{frame, label};
use crate::app::{State, browser};
use crate::carrier::Record;
use crate::compare::{Both, Side, pairs};
use crate::dossier::{Dossier, Found, Sheet};
use crate::spreadsheet;

/// What the page works on. Everything in it is a handle, so it copies.
#[derive(Clone, Copy)]
struct Page {
    state: State,
    choice: RwSignal<Choice>,
    /// Turns when there is more to choose from.
    offered: RwSignal<bool>,
}

/// What was chosen so far.
#[derive(Clone, Default)]
struct Choice {
    /// What was received or pasted, in memory only.
    pool: Vec<Record>,
    sides: Both<Option<Chosen>>,
    names: Both<String>,
    /// Which of the pairs of sheets is shown.
    pair: usize,
    /// Also rows that do not differ.
    all: bool,
    /// Rows with a veto only.
    vetoes: bool,
}

/// A record that is one of the two.
#[derive(Clone)]
struct Chosen {
    /// How the list of records names it.
    value: String,
    dossier: Dossier,
    /// 2026-11-23 生成, as far as it is known.
    made: String,
}

pub fn compare(state: State, dossier: Option<&str>) -> AnyView {
    let head = el("article").class("read compare").child(el("h1").set("tabindex", "-1").text("比对两份自评"));
    let lead = "两份自评表逐项对照：哪些项不同，结论不同是因为哪几项。只在本页计算，不上传，也不改动任何一份。";
    let head = head.child(el("p").class("sub noprint").text(lead));
    if !state.live {
        return head.view(frame::boot_message(state)).done();
    }
    if let Some(Err(why)) = arrived(state) {
        state.tell(format!("链接没有打开：{why}。"));
    }
    let names = Both { left: "单位自评".to_owned(), right: "评估人员".to_owned() };
    let choice = Choice { pool: received(), names, ..Choice::default() };
    let page = Page { state, choice: RwSignal::new(choice), offered: RwSignal::new(false) };
    if let Some(id) = dossier {
        page.choose(Side::Left, &format!("d{id}"));
    }
    page.choose(Side::Right, "r0");
    head.child(choose::choose(page)).view(live(move || page.choice.with(|it| compared(page, it)))).done()
}

impl Page {
    /// Takes what the list of records names so.
    fn choose(self, side: Side, value: &str) {
        let chosen = self.named(value);
        self.choice.update(|it| {
            it.pair = 0;
            *it.sides.of_mut(side) = chosen;
        });
    }

    /// Looks at it in another way. All is made anew then, and the focus stays where it was.
    fn look(self, id: String, change: &dyn Fn(&mut Choice)) {
        self.choice.update(change);
        browser::after(0, move || browser::focus(&format!("#{id}")));
    }

    fn named(self, value: &str) -> Option<Chosen> {
        let (dossier, made) = match (value.strip_prefix('d'), value.strip_prefix('r')) {
            (Some(id), _) => match self.state.found(id)? {
                Found::Good { envelope, .. } => {
                    (envelope.dossier, format!("{} 保存", browser::date(Some(envelope.written))))
                }
                Found::Newer { older, .. } => (older?.dossier, String::new()),
                Found::Damaged { .. } => return None,
            },
            (None, Some(at)) => {
                let at: usize = at.parse().ok()?;
                let record = self.choice.with_untracked(|it| it.pool.get(at).cloned())?;
                (record.dossier, record.day.map_or(String::new(), |it| format!("{} 生成", spreadsheet::day(it))))
            }
            (None, None) => return None,
        };
        Some(Chosen { value: value.to_owned(), dossier, made })
    }
}

/// What follows from the choice.
fn compared(page: Page, choice: &Choice) -> AnyView {
    let (Some(left), Some(right)) = (&choice.sides.left, &choice.sides.right) else {
        return el("p").class("hint").set("role", "status").text("左、右两份都选好以后，这里显示比对结果。").done();
    };
    let edition = page.state.edition_of(&left.dossier);
    let found = match pairs(edition, &left.dossier, &right.dossier) {
        Ok(found) => found,
        Err(why) => return el("p").class("alert").set("role", "alert").child(el("b").text(format!("{why}。"))).done(),
    };
    let of = |dossier: &Dossier, id: u16| dossier.sheet(id).cloned();
    let mut sheets: Vec<Both<Sheet>> = Vec::new();
    let mut add = |pair: Both<u16>| {
        let both = of(&left.dossier, pair.left).zip(of(&right.dossier, pair.right));
        sheets.extend(both.map(|(left, right)| Both { left, right }));
    };
    found.together.iter().for_each(|it| add(*it));
    let n_paired = found.together.len();
    // two that somebody named in two ways can still be looked at
    for left in &found.alone.left {
        found.alone.right.iter().for_each(|right| add(Both { left: *left, right: *right }));
    }
    let mut at = 0;
    sheets.retain(|it| {
        at += 1;
        at <= n_paired || it.left.annex == it.right.annex
    });
    let known = |it: &Sheet| edition.rubric(it.annex).map_or(String::new(), |rubric| label::called(rubric, it));
    let alone = |side: Side, dossier: &Dossier, ids: &[u16]| {
        let names: Vec<String> = ids.iter().filter_map(|it| dossier.sheet(*it)).map(known).collect();
        (!names.is_empty()).then(|| {
            el("p").class("only").text(format!("只有{}有：{}。", choice.names.of(side), names.join("、"))).done()
        })
    };
    let mut parts = Vec::new();
    if 1 < sheets.len() {
        parts.push(which(page, &sheets, n_paired, choice.pair, &known).done());
    }
    parts.extend(alone(Side::Left, &left.dossier, &found.alone.left));
    parts.extend(alone(Side::Right, &right.dossier, &found.alone.right));
    let shown = sheets.get(choice.pair).and_then(|it| Some((it, edition.rubric(it.left.annex)?)));
    parts.push(match shown {
        Some((sheets, rubric)) => pair::pair(page, choice, rubric, sheets),
        None if sheets.is_empty() => el("p").class("alert").text("两份自评没有同一张表，不能逐项对照。").done(),
        None => nothing(),
    });
    all(parts)
}

/// Which of several pairs of sheets is shown.
fn which(page: Page, sheets: &[Both<Sheet>], n_paired: usize, chosen: usize, known: &dyn Fn(&Sheet) -> String) -> El {
    let tabs = sheets.iter().enumerate().map(|(at, it)| {
        let words = if at < n_paired {
            known(&it.left)
        } else {
            format!("{} 与 {}（名称或编码不同）", known(&it.left), known(&it.right))
        };
        let class = if at == chosen { "quick on" } else { "quick" };
        button(class, "", move || page.look(format!("pair-{at}"), &|it| it.pair = at))
            .text(words)
            .set("id", format!("pair-{at}"))
            .set("aria-pressed", (at == chosen).to_string())
    });
    el("p").class("tabs noprint").set("role", "group").set("aria-label", "比对哪一张表").each(tabs)
}
