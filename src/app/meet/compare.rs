//! 比对两份自评: two records side by side, what differs, and what brought about another verdict.

mod choose;
mod names;
mod newer;
mod pair;
mod rows;

pub use newer::newer;

use leptos::prelude::*;

use crate::app::part::carry::received::{arrived, received};
use crate::app::part::html::{El, all, button, el, live, nothing};
use crate::app::part::{frame, label};
use crate::app::{State, browser};
use crate::carrier::Record;
use crate::compare::{Both, Side, pairs};
use crate::days;
use crate::dossier::{Dossier, Listed, Sheet};
use crate::rubric::Edition;

/// What the page shows and changes. Everything in it is a handle, so it can be copied.
#[derive(Clone, Copy)]
pub struct ComparePage {
    state: State,
    choice: RwSignal<CompareChoice>,
    /// Changes when there is more to choose from.
    offered: RwSignal<bool>,
    /// Why the record in the address was not opened, or what of a file was not; empty once another one was.
    refused: RwSignal<String>,
}

/// What was chosen so far.
#[derive(Clone, Default)]
pub struct CompareChoice {
    /// What was received or pasted, in memory only.
    pool: Vec<Record>,
    sides: Both<Option<Chosen>>,
    /// What the person calls the two.
    names: Both<Option<String>>,
    /// Which of the pairs of sheets is shown.
    pair: usize,
    /// Whether rows that do not differ are shown as well.
    all: bool,
    /// Whether only rows with a veto are shown.
    vetoes: bool,
}

/// A record that is one of the two.
#[derive(Clone)]
struct Chosen {
    /// Its value in the list of records.
    value: String,
    dossier: Dossier,
    made: Made,
    /// How many records came in together with it.
    n_beside: usize,
}

/// When a record was made or saved, as far as that is known.
#[derive(Clone)]
enum Made {
    /// 2026-11-23: it came from somebody.
    Received(Option<String>),
    /// 2026-11-23 14:05: it is saved on this machine.
    Saved(Option<String>),
}

/// The id of what follows from the choice; the focus goes there once a record was opened.
const RESULT: &str = "result";

/// What is said besides of the records that were chosen.
pub type Besides = fn(ComparePage, &CompareChoice) -> Vec<El>;

pub fn compare(state: State, dossier: Option<&str>, besides: Besides) -> AnyView {
    let head = el("article").class("read compare").child(el("h1").set("tabindex", "-1").text("比对两份自评"));
    let lead = "两份自评表逐项对照：哪些项不同，结论不同是因为哪几项。只在本页计算，不上传，也不改动任何一份；收到和粘贴的内容刷新或离开本页即清空，比对结果请打印保存。";
    let head = head.child(el("p").class("sub noprint").text(lead));
    if !state.live {
        return head.view(frame::boot_message(state)).done();
    }
    let refused = match arrived(state) {
        Some(Err(why)) => format!("链接没有打开：{why}。"),
        Some(Ok(_)) | None => String::new(),
    };
    let page = ComparePage {
        state,
        choice: RwSignal::new(CompareChoice { pool: received(), ..CompareChoice::default() }),
        offered: RwSignal::new(false),
        refused: RwSignal::new(refused),
    };
    if let Some(id) = dossier {
        page.choose(Side::Left, &format!("d{id}"));
    }
    page.choose(Side::Right, "r0");
    let refused = el("p").alert(move || page.refused.get());
    let besides = move || page.choice.with(|it| all(besides(page, it).into_iter().map(El::done).collect()));
    let compared = move || page.choice.with(|it| compared(page, it));
    head.child(refused).child(choose::choose(page)).view(live(besides)).view(live(compared)).done()
}

impl ComparePage {
    /// Takes the record that has this value in the list of records.
    fn choose(self, side: Side, value: &str) {
        let chosen = self.named(value);
        self.choice.update(|choice| {
            choice.pair = 0;
            *choice.sides.of_mut(side) = chosen;
        });
    }

    /// Adds records to those that were received before, each once; returns the index of the first of them.
    fn taken_in(self, records: Vec<Record>) -> usize {
        let mut first = None;
        self.choice.update(|choice| {
            for record in records {
                let same = |it: &Record| (&it.dossier, it.day) == (&record.dossier, record.day);
                let at = choice.pool.iter().position(same).unwrap_or_else(|| {
                    choice.pool.push(record);
                    choice.pool.len() - 1
                });
                first.get_or_insert(at);
            }
        });
        self.refused.set(String::new());
        first.unwrap_or_default()
    }

    /// Changes what is shown. Everything is rebuilt then, and the focus goes back to where it was.
    fn look(self, id: String, change: &dyn Fn(&mut CompareChoice)) {
        self.choice.update(change);
        browser::after(0, move || browser::focus(&format!("#{id}")));
    }

    fn named(self, value: &str) -> Option<Chosen> {
        let (dossier, made) = match (value.strip_prefix('d'), value.strip_prefix('r')) {
            (Some(id), _) => match self.state.found(id)? {
                Listed::Good { envelope, .. } => {
                    (envelope.dossier, Made::Saved(Some(browser::date(Some(envelope.written)))))
                }
                Listed::Newer { older, .. } => (older?.dossier, Made::Saved(None)),
                Listed::Damaged { .. } => return None,
            },
            (None, Some(at)) => {
                let at: usize = at.parse().ok()?;
                let record = self.choice.with_untracked(|it| it.pool.get(at).cloned())?;
                (record.dossier, Made::Received(record.day.map(days::print)))
            }
            (None, None) => return None,
        };
        Some(Chosen { value: value.to_owned(), dossier, made, n_beside: 0 })
    }
}

impl CompareChoice {
    /// What a side is called.
    fn name(&self, side: Side) -> String {
        let usual = || names::sides(self.sides.left.as_ref(), self.sides.right.as_ref()).of(side).clone();
        self.names.of(side).clone().unwrap_or_else(usual)
    }
}

impl Chosen {
    fn is_received(&self) -> bool {
        matches!(self.made, Made::Received(_))
    }

    /// The day a received record was made.
    fn day(&self) -> Option<&str> {
        match &self.made {
            Made::Received(day) => day.as_deref(),
            Made::Saved(_) => None,
        }
    }

    /// 某公司 · 甲类单位，2026-11-23 生成.
    fn in_words(&self, edition: &Edition) -> String {
        let made = match &self.made {
            Made::Received(Some(day)) => format!("，{day} 生成"),
            Made::Saved(Some(moment)) => format!("，{moment} 保存"),
            Made::Received(None) | Made::Saved(None) => String::new(),
        };
        format!("{} · {}{made}", label::unit(&self.dossier), label::applicant(edition, self.dossier.applicant))
    }
}

/// What follows from the choice.
fn compared(page: ComparePage, choice: &CompareChoice) -> AnyView {
    let (Some(left), Some(right)) = (&choice.sides.left, &choice.sides.right) else {
        return el("p").class("hint").set("role", "status").text("左、右两份都选好以后，这里显示比对结果。").done();
    };
    let edition = page.state.edition_of(&left.dossier);
    let refused = |words: String| {
        el("p")
            .class("alert")
            .set("id", RESULT)
            .set("tabindex", "-1")
            .set("role", "alert")
            .child(el("b").text(words))
            .done()
    };
    let dossiers = Both { left: &left.dossier, right: &right.dossier };
    let found = match pairs(edition, dossiers.left, dossiers.right) {
        Ok(found) => found,
        Err(why) => return refused(format!("{why}。")),
    };
    let called = |side: Side, id: u16| names::called(edition, dossiers, &found, side, id);
    let alone = |side: Side| {
        let names: Vec<String> = found.alone.of(side).iter().map(|it| called(side, *it)).collect();
        let words = || format!("只有{}有：{}。", choice.name(side), names.join("、"));
        (!names.is_empty()).then(|| el("p").class("only").text(words()).done())
    };
    let offered: Vec<Offered> = found
        .together
        .iter()
        .map(|it| (it, called(Side::Left, it.left)))
        .chain(found.near.iter().map(|pair| {
            let words = format!("{} 与 {}", called(Side::Left, pair.left), called(Side::Right, pair.right));
            (pair, format!("{words}（名称或编码不同）"))
        }))
        .filter_map(|(pair, words)| {
            let left = dossiers.left.sheet(pair.left)?.clone();
            Some(Offered { sheets: Both { left, right: dossiers.right.sheet(pair.right)?.clone() }, words })
        })
        .collect();
    let mut parts = Vec::new();
    if 1 < offered.len() {
        parts.push(which(page, &offered, choice.pair).done());
    }
    parts.extend(alone(Side::Left));
    parts.extend(alone(Side::Right));
    let shown = offered.get(choice.pair).and_then(|it| Some((it, edition.rubric(it.sheets.left.annex)?)));
    parts.push(match shown {
        Some((shown, rubric)) => pair::pair(page, choice, rubric, shown, offered.len()),
        None if offered.is_empty() => refused("两份自评没有同一张表，不能逐项对照。".to_owned()),
        None => nothing(),
    });
    all(parts)
}

/// Two sheets that can be looked at, and what they are called.
struct Offered {
    sheets: Both<Sheet>,
    words: String,
}

/// Which of several pairs of sheets is shown.
fn which(page: ComparePage, offered: &[Offered], chosen: usize) -> El {
    let tabs = offered.iter().enumerate().map(|(at, pair)| {
        let class = if at == chosen { "quick on" } else { "quick" };
        button(class, "", move || page.look(format!("pair-{at}"), &|it| it.pair = at))
            .text(pair.words.as_str())
            .set("id", format!("pair-{at}"))
            .set("aria-pressed", (at == chosen).to_string())
    });
    el("p").class("tabs noprint").set("role", "group").set("aria-label", "比对哪一张表").each(tabs)
}
