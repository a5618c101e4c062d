//! 佐证材料清单: which paper proves each row, where it is kept and whether it is ready.

mod contents;
mod methods;
mod rows;

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::part::announced::announced;
use crate::app::part::carry::{in_chat, unless_in_chat};
use crate::app::part::html::{El, all, button, el, link, live, nothing};
use crate::app::part::{banner, frame, label, memo, missing};
use crate::app::state::DossierKey;
use crate::app::{Address, State, browser};
use crate::dossier::{Dossier, PaperCount, Sheet};
use crate::form::file_name;
use crate::packet::{evidence_of, filing_order};
use crate::rubric::Rubric;
use crate::spreadsheet::{csv, xlsx};

/// The page and how it is looked at. Everything in it is a handle, so it can be copied.
#[derive(Clone, Copy)]
struct EvidencePage {
    state: State,
    of: DossierKey,
    order: RwSignal<PaperOrder>,
    /// Whether 责任人 goes along in files.
    named: RwSignal<bool>,
}

#[derive(Clone, Copy, PartialEq)]
enum PaperOrder {
    Filing,
    Method,
    Missing,
}

const ORDERS: [(PaperOrder, &str, &str); 3] = [
    (PaperOrder::Filing, "by-filing", "按申报顺序"),
    (PaperOrder::Method, "by-method", "按评估方式"),
    (PaperOrder::Missing, "by-missing", "未备的在前"),
];

pub fn evidence(state: State, id: Option<&str>) -> AnyView {
    let title = el("h1").set("tabindex", "-1").text("佐证材料清单");
    let head = el("article").class("read wide proofs").child(title);
    let Some(id) = id.map(str::to_owned) else {
        return if state.live { missing::no_dossier(state) } else { head.view(frame::boot_message(state)).done() };
    };
    let page = EvidencePage {
        state,
        of: state.key_of(&id),
        order: RwSignal::new(PaperOrder::Filing),
        named: RwSignal::new(false),
    };
    let (this, home) = (id.clone(), state.href(&Address::Dossier(Some(id))));
    let there = memo::number(move |_| {
        state.open.with(|open| open.as_ref().filter(|it| it.id == this).map_or(0, |it| 1 + u64::from(it.read_only)))
    });
    live(move || match there.get() {
        0 => missing::no_dossier(state),
        n => {
            let unit = move || page.with_words(|_, dossier| label::unit(dossier).to_owned());
            let title = el("h1").set("tabindex", "-1").text("佐证材料清单");
            let crumb =
                el("p").class("doc noprint").text("自评档案 · ").child(el("a").set("href", home.clone()).words(unit));
            let back = el("p").class("links noprint").child(link(home.clone(), "返回档案"));
            let head = el("article").class("read wide proofs").child(crumb).child(title.class("noprint")).child(back);
            whole(page, head, n == 1)
        }
    })
}

fn whole(page: EvidencePage, head: El, may_edit: bool) -> AnyView {
    let lead =
        "每一项评估内容用哪些材料证明、放在哪里、谁负责、是否备齐。打印出来是申报材料的目录，页码装订后再填也可以。";
    let rows = page.structure();
    let shown = move || {
        rows.get();
        untrack(|| page.with(|dossier| list(page, dossier)))
    };
    let printed = contents::turned(page.state);
    let contents = move || {
        printed.get();
        match page.order.get() {
            PaperOrder::Method => untrack(|| page.with(|it| contents::head("佐证材料（按评估方式）", it).done())),
            PaperOrder::Filing | PaperOrder::Missing => untrack(|| page.with(|it| contents::contents(page.state, it))),
        }
    };
    let old = "这里是较旧的一份，只能看和打印。";
    let saved = if may_edit { banner::saved(page.state) } else { el("p").text(old) };
    head.child(el("p").class("sub noprint").text(lead))
        .child(saved)
        .child(el("p").set("id", "count").class("noprint").words(move || page.with_words(counted)))
        .child(announced(move || page.with_words(counted)))
        .child(tools(page).class("noprint"))
        .view(live(contents))
        .child(el("fieldset").flag("disabled", !may_edit).view(live(shown)))
        .done()
}

impl EvidencePage {
    fn with(self, view: impl FnOnce(&Dossier) -> AnyView) -> AnyView {
        self.state.open.with(|open| open.as_ref().map_or_else(nothing, |it| view(&it.dossier)))
    }

    fn with_words(self, words: fn(State, &Dossier) -> String) -> String {
        self.state.open.with(|open| open.as_ref().map_or(String::new(), |it| words(self.state, &it.dossier)))
    }

    /// Turns when papers come and go, or another order is chosen: what is typed changes no row, and no field is made
    /// anew while somebody types in it.
    fn structure(self) -> Memo<u64> {
        memo::turns(move |_| {
            let order = self.order.get();
            let papers = |sheet: &Sheet| {
                let ready = |ready: bool| order == PaperOrder::Method && ready;
                let paper = |name: &str| if order == PaperOrder::Method { name.to_owned() } else { String::new() };
                let list = sheet.work.evidence.iter().map(|it| (it.row, ready(it.ready), paper(&it.paper)));
                (sheet.id, list.collect::<Vec<_>>())
            };
            let all =
                self.state.open.with(|open| Some(open.as_ref()?.dossier.sheets.iter().map(papers).collect::<Vec<_>>()));
            Some((order as u8, all))
        })
    }

    fn edit(self, sheet: u16, change: impl FnOnce(&mut Sheet)) {
        self.state.edit(self.of, |dossier| {
            if let Some(sheet) = dossier.sheet_mut(sheet) {
                change(sheet);
            }
        });
    }
}

/// 共 n 份，已备 m 份，缺 k 份.
fn counted(state: State, dossier: &Dossier) -> String {
    let edition = state.edition_of(dossier);
    let counts = filing_order(edition, dossier).into_iter().map(|(rubric, sheet)| sheet.count_papers(rubric));
    let all = counts.fold(PaperCount::default(), PaperCount::with);
    in_words(&all)
}

pub fn in_words(count: &PaperCount) -> String {
    let used =
        if count.papers == count.entries { String::new() } else { format!("（用在 {} 处）", count.entries) };
    let bare = match count.bare.len() {
        0 => String::new(),
        n => format!("；还有 {n} 项没有写材料"),
    };
    format!("共 {} 份材料{used}，已备 {} 份，缺 {} 份{bare}。", count.papers, count.ready, count.missing())
}

/// The orders, and what becomes of the list.
fn tools(page: EvidencePage) -> El {
    let orders = ORDERS.map(|(order, id, words)| {
        let on = move || page.order.get() == order;
        el("button")
            .set("type", "button")
            .set("id", id)
            .live("class", move || Some(if on() { "quick on" } else { "quick" }.to_owned()))
            .live("aria-pressed", move || Some(on().to_string()))
            .text(words)
            .on("click", move |_| page.order.set(order))
    });
    let orders = el("div").class("switch").set("role", "group").set("aria-label", "排列顺序").each(orders.into_iter());
    let print = move || {
        page.state.flush();
        browser::after(0, browser::print);
    };
    let save_xlsx = move || save(page, "xlsx");
    let save_csv = move || save(page, "csv");
    let links = el("p").class("links");
    let links = links.maybe(unless_in_chat(|| button("btn small", "打印", print)));
    let links = links.maybe(unless_in_chat(|| button("quiet", "导出 XLSX", save_xlsx)));
    let links = links.maybe(unless_in_chat(|| button("quiet", "导出 CSV", save_csv)));
    let tick = el("input").set("type", "checkbox").set("id", "with-names").checked(move || page.named.get());
    let tick = tick.on("change", move |_| page.named.update(|it| *it = !*it));
    let tick = unless_in_chat(|| el("label").class("tick").child(tick).text("导出的文件带责任人姓名"));
    el("div").maybe(in_chat()).child(orders).child(links.maybe(tick))
}

/// 佐证材料目录-某公司-20261125.xlsx. Names go along only where somebody said so.
fn save(page: EvidencePage, ending: &str) {
    page.state.flush();
    let Some(mut dossier) = page.state.open.get_untracked().map(|it| it.dossier) else { return };
    if !page.named.get_untracked() {
        let papers = dossier.sheets.iter_mut().flat_map(|it| &mut it.work.evidence);
        papers.for_each(|it| it.who.clear());
    }
    let table = evidence_of(page.state.edition_of(&dossier), &dossier);
    let name = format!("佐证材料目录-{}-{}.{ending}", file_name(label::unit(&dossier)), browser::date(None));
    if ending == "csv" {
        browser::download(&name, &csv(&table));
    } else {
        browser::download_bytes(&name, &xlsx(&[table], &browser::made_by()));
    }
}

fn list(page: EvidencePage, dossier: &Dossier) -> AnyView {
    let edition = page.state.edition_of(dossier);
    let sheets = filing_order(edition, dossier);
    if sheets.is_empty() {
        return el("p").class("hint").text("还没有自评表，请先在档案里添加。").done();
    }
    if page.order.get_untracked() == PaperOrder::Method {
        return all(methods::by_method(page, &sheets).into_iter().map(El::done).collect());
    }
    // one sheet is looked at at a time: ten occupations are 230 rows
    let one = sheets.len() == 1;
    all(sheets.into_iter().enumerate().map(|(at, it)| of_sheet(page, it, one || at == 0).done()).collect())
}

/// The rows of a sheet, with a button that takes all that is proposed for those without a paper.
fn of_sheet(page: EvidencePage, (rubric, sheet): (&'static Rubric, &Sheet), unfolded: bool) -> El {
    let id = sheet.id;
    let counted = move || page.sheet(id, |sheet| in_words(&sheet.count_papers(rubric)));
    let take = move || {
        let mut n = 0;
        page.edit(id, |sheet| n = sheet.take_proposals(rubric));
        let words = format!("已采用 {n} 份建议的材料，请逐份核对名称。");
        page.state.tell_with(words, Arc::new(move || page.state.undo_in(page.of)));
        browser::after(0, move || browser::focus(&format!("#proofs-{id}")));
    };
    let mut bare = sheet.clone();
    let n = bare.take_proposals(rubric);
    let take = (0 < n).then(|| {
        let words = format!("本表还没有写材料的各项，全部采用建议（{n} 份）");
        let button = el("button").set("type", "button").class("quiet").text(words).on("click", move |_| take());
        el("p").child(button.set("id", format!("take-{id}")))
    });
    let open = unfolded || !sheet.work.evidence.is_empty();
    el("details")
        .class("proof-sheet noprint")
        .flag("open", open)
        .child(el("summary").set("id", format!("proofs-{id}")).child(el("h2").text(label::called(rubric, sheet))))
        .child(el("p").class("sub").words(counted))
        .maybe(take)
        .child(el("ol").class("rows").each(rows::ordered(page, rubric, sheet).into_iter()))
}

impl EvidencePage {
    /// Words about a sheet that follow it.
    fn sheet(self, id: u16, words: impl FnOnce(&Sheet) -> String) -> String {
        self.state.open.with(|open| open.as_ref().and_then(|it| it.dossier.sheet(id).map(words))).unwrap_or_default()
    }
}
