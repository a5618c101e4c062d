//! The dated versions of a sheet: how it went, any two compared, and going back to one.

mod chart;
mod list;
mod two;

use leptos::prelude::*;

use crate::app::address::SheetOf;
use crate::app::part::announced::announced;
use crate::app::part::html::{El, Event, button, el, link, live, nothing};
use crate::app::part::{banner, frame, label, memo, missing};
use crate::app::state::DossierKey;
use crate::app::{Address, State, browser};
use crate::dossier::{Sheet, VERSIONS, Version};
use crate::rubric::Rubric;
use crate::score::{Report, score};

/// The page of one sheet. Everything in it is a handle, so it can be copied.
#[derive(Clone, Copy)]
struct VersionsPage {
    state: State,
    rubric: &'static Rubric,
    of: DossierKey,
    sheet: u16,
    /// The two that are compared; past the last version stands what is there now.
    pair: RwSignal<[usize; 2]>,
}

pub fn versions(state: State, of: Option<&SheetOf>) -> AnyView {
    let head = || el("article").class("read wide versions");
    let title = || el("h1").set("tabindex", "-1").text("历次版本");
    let Some(of) = of.cloned() else {
        let still = head().child(title()).view(frame::boot_message(state));
        return if state.live { missing::no_dossier(state) } else { still.done() };
    };
    let this = of.clone();
    let annex = memo::number(move |_| {
        let annex = |open: &crate::app::state::Open| Some((open.dossier.sheet(this.sheet)?.annex, open.read_only));
        let found = state.open.with(|open| open.as_ref().filter(|it| it.id == this.dossier).and_then(annex));
        found.map_or(0, |(annex, read_only)| u64::from(annex) << 1 | u64::from(read_only))
    });
    live(move || {
        let found = annex.get();
        let rubric = u8::try_from(found >> 1).ok().and_then(|it| state.rubric(it));
        let Some((_, rubric)) = rubric.filter(|_| found != 0) else { return missing::no_dossier(state) };
        let page = VersionsPage {
            state,
            rubric,
            of: state.key_of(&of.dossier),
            sheet: of.sheet,
            pair: RwSignal::new([usize::MAX; 2]),
        };
        // the page stays as it is while a name is typed on it
        let named = untrack(|| page.read(|it| label::called(rubric, it))).unwrap_or_default();
        let fill = link(state.href(&Address::Sheet(rubric.annex, Some(of.clone()))), "返回自评表");
        let home = link(state.href(&Address::Dossier(Some(of.dossier.clone()))), "返回档案");
        let unit = move || state.open.with(|open| open.as_ref().map_or("", |it| label::unit(&it.dossier)).to_owned());
        let head = head().child(el("p").class("doc").words(unit).text(format!(" · {named}"))).child(title());
        let head = head.child(el("p").class("links noprint").child(fill).child(home));
        let may_edit = found & 1 == 0;
        let old = || el("p").text("这里是较旧的一份，只能看和打印。");
        let head = head.child(if may_edit { banner::saved(state) } else { old() }).maybe(may_edit.then(|| keep(page)));
        head.child(el("p").set("id", "n-kept").words(move || kept(page)))
            .child(announced(move || kept(page)))
            .view(live(move || {
                page.read(|sheet| chart::chart(page.rubric, &page.states(sheet))).map_or_else(nothing, El::done)
            }))
            .child(list::list(page, may_edit))
            .child(two::two(page))
            .done()
    })
}

/// A state of the sheet: a version, or what is there now.
struct SheetState {
    /// What it is called.
    name: String,
    /// When it was made; none for now.
    made: Option<u64>,
    report: Report<'static>,
}

impl VersionsPage {
    fn read<T>(self, read: impl FnOnce(&Sheet) -> T) -> Option<T> {
        self.state.open.with(|open| open.as_ref()?.dossier.sheet(self.sheet).map(read))
    }

    fn edit(self, change: impl FnOnce(&mut Sheet)) {
        self.state.edit(self.of, |dossier| {
            if let Some(sheet) = dossier.sheet_mut(self.sheet) {
                change(sheet);
            }
        });
    }

    /// All versions, the oldest first, and what is there now.
    fn states(self, sheet: &Sheet) -> Vec<SheetState> {
        let state =
            |it: &Version| SheetState { name: name(it), made: Some(it.made), report: score(self.rubric, &it.answers) };
        let now = SheetState { name: "现在".to_owned(), made: None, report: score(self.rubric, &sheet.answers) };
        sheet.work.versions.iter().map(state).chain([now]).collect()
    }
}

/// What a version is called; the program keeps one when a sheet is complete.
fn name(version: &Version) -> String {
    if version.name.is_empty() { unnamed() } else { version.name.clone() }
}

fn unnamed() -> String {
    "评完时自动保存".to_owned()
}

/// 2026-11-28 14:05.
fn day(state: &SheetState) -> String {
    state.made.map_or("未另存".to_owned(), |it| browser::date(Some(it)))
}

fn kept(page: VersionsPage) -> String {
    page.read(|sheet| match sheet.work.versions.len() {
        0 => "还没有版本。评完时会自动保存一个，也可以随时自己保存。".to_owned(),
        n => format!("有 {n} 个版本，最多 {VERSIONS} 个：再多时先去掉最早的自动保存的版本。"),
    })
    .unwrap_or_default()
}

/// 保存为一个版本.
fn keep(page: VersionsPage) -> El {
    const FIELD: &str = "version-name";
    let keep = move || {
        let typed = browser::text_in(FIELD).trim().to_owned();
        let now = browser::now();
        let today = || browser::date(Some(now)).split(' ').next().unwrap_or_default().to_owned();
        let name = if typed.is_empty() { today() } else { typed };
        let words = format!("已保存版本“{name}”。");
        page.edit(|it| it.keep_version(name, now));
        browser::put(FIELD, "");
        page.state.tell(words);
    };
    let enter = move |event: Event| {
        if browser::is_enter(&event) {
            keep();
        }
    };
    let field = el("input").set("type", "text").set("id", FIELD).set("autocomplete", "off").set("data-own", "");
    let field = field.set("placeholder", "名称，如：初评；不写就用今天的日期").on("keydown", enter);
    el("div")
        .class("keep noprint")
        .child(el("label").class("plain").set("for", FIELD).text("把现在的填写保存为一个版本"))
        .child(el("p").child(field.class("wide")).child(button("btn small", "保存为一个版本", keep)))
}
