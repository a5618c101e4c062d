//! 申报材料: all that is handed in, on one page. What is ticked becomes one document or one print job.

mod choice;
mod printed;

use leptos::prelude::*;

use crate::app::part::carry::{in_chat, unless_in_chat};
use crate::app::part::html::{El, button, el, link, live};
use crate::app::part::{files, frame, label, memo, missing};
use crate::app::{Address, State, browser};
use crate::docx::docx;
use crate::dossier::{Dossier, Sheet};
use crate::filing::Rules;
use crate::form::{dossier_name, file_name, sheet_workbook, workbook, workbook_name};
use crate::packet::{Packet, PacketPaper, csv_table};
use crate::rubric::Rubric;
use crate::spreadsheet::csv;

pub fn packet(state: State, id: Option<&str>) -> AnyView {
    let Some(id) = id.map(str::to_owned) else {
        if state.live {
            return missing::no_dossier(state);
        }
        let words = "申报材料属于一份自评档案：请先在“我的自评”里打开档案，再从那里打开申报材料。";
        return el("article")
            .class("read")
            .child(head())
            .view(frame::boot_message(state))
            .child(el("p").text(words))
            .done();
    };
    let this = id.clone();
    let found = memo::number(move |_| state.open.with(|open| u64::from(open.as_ref().is_some_and(|it| it.id == this))));
    live(move || if found.get() == 1 { page(state, &id) } else { missing::no_dossier(state) })
}

fn head() -> El {
    el("h1").set("tabindex", "-1").text("申报材料")
}

/// Which papers are ticked, a bit each.
#[derive(Clone, Copy)]
struct Ticked(RwSignal<usize>);

impl Ticked {
    fn usual() -> Ticked {
        let usual = PacketPaper::ALL.into_iter().filter(|it| it.is_usual());
        Ticked(RwSignal::new(usual.fold(0, |bits, it| bits | 1 << it as usize)))
    }

    fn has(self, paper: PacketPaper) -> bool {
        self.0.get() & 1 << paper as usize != 0
    }

    fn turn(self, paper: PacketPaper) {
        self.0.update(|bits| *bits ^= 1 << paper as usize);
    }

    fn papers(self) -> Vec<PacketPaper> {
        PacketPaper::ALL.into_iter().filter(|it| self.has(*it)).collect()
    }
}

/// A dossier with the rules that it is filed by.
fn of(state: State, dossier: &Dossier) -> Packet<'_> {
    let edition = state.edition_of(dossier);
    Packet { edition, rules: state.rules_of(edition), dossier }
}

fn page(state: State, id: &str) -> AnyView {
    let ticked = Ticked::usual();
    let unit = move || state.open.with(|open| open.as_ref().map_or("", |it| label::unit(&it.dossier)).to_owned());
    let home = state.href(&Address::Dossier(Some(id.to_owned())));
    let crumb = el("a").set("href", home.clone()).words(unit);
    let lead = "勾选要交的材料，下载成一个 Word 文档接着改，或者一次打印。文档可用 WPS、Word、LibreOffice 打开，\
                已按公文格式排好（A4，仿宋三号，页码居外侧）。";
    let save = button("btn", "下载 Word 文档", move || download(state, ticked));
    let print = button("quiet", "打印所选材料", browser::print);
    let makes = move |dossier: &Dossier| {
        let packet = of(state, dossier);
        PacketPaper::ALL.into_iter().any(|paper| ticked.has(paper) && packet.lacking(paper).is_none())
    };
    let none = move || {
        let some = state.open.with(|open| open.as_ref().is_some_and(|it| makes(&it.dossier)));
        (if some { "" } else { "没有勾选任何材料。" }).to_owned()
    };
    let read_only = state.open.with_untracked(|open| open.as_ref().is_some_and(|it| it.read_only));
    let old = read_only.then(|| el("p").text("这里是较旧的一份，只能看和打印。"));
    let buttons = el("p").class("links").child(save.set("id", "docx")).child(print);
    let article = el("article")
        .class("read case packet noprint")
        .child(el("p").class("doc").text("自评档案 · ").child(crumb))
        .child(head())
        .child(el("p").class("links").child(link(home, "返回档案")))
        .child(el("p").text(lead))
        .maybe(old)
        .child(choice::choice(state, id, ticked))
        .child(el("p").class("hint").set("role", "status").words(none))
        .maybe(unless_in_chat(|| buttons))
        .maybe(in_chat())
        .child(others(state));
    let paper = el("div").class("papers packet-papers").view(live(move || printed::printed(state, ticked)));
    el("div").child(article).child(paper).done()
}

/// The same dossier in other files.
fn others(state: State) -> El {
    let book = "工作簿每张评估表一页，另有整改清单、佐证材料和名册（有姓名），可在 WPS 里填好再读入。";
    let backup = "备份文件有全部填写内容，可在另一台电脑的“我的自评”里恢复，不是申报材料。";
    let rules = state.open.with_untracked(|open| state.rules_of(state.edition_of(&open.as_ref()?.dossier)));
    let make = rules.map(|rules| button("quiet", "下载工作簿（XLSX）", move || download_book(state, rules)));
    let has_book = make.is_some();
    let save = button("quiet", "下载备份文件", move || files::download_open(state));
    el("section")
        .child(el("h2").text("其他文件"))
        .maybe(unless_in_chat(|| el("p").class("links").maybe(make).child(save)))
        .maybe(has_book.then(|| el("p").class("hint").text(book)))
        .child(el("p").class("hint").text(backup))
        .maybe(unless_in_chat(|| tables(state)))
}

/// Each sheet as a file of its own.
fn tables(state: State) -> El {
    let about = "XLSX 可在 WPS 里填好再读入；CSV 只供查看、汇总，不能读入。";
    let lines = state.open.with_untracked(|open| {
        let Some(open) = open else { return Vec::new() };
        let edition = state.edition_of(&open.dossier);
        let known = open.dossier.sheets.iter().filter_map(|it| Some((it, edition.rubric(it.annex)?)));
        let line = |(sheet, rubric): (&Sheet, &Rubric)| {
            let (id, name) = (sheet.id, label::called(rubric, sheet));
            let book = button("link", "XLSX", move || download_sheet(state, id, true));
            let text = button("link", "CSV", move || download_sheet(state, id, false));
            let book = book.set("aria-label", format!("{name}：下载 XLSX"));
            let text = text.set("aria-label", format!("{name}：下载 CSV"));
            el("li").child(el("span").text(name)).child(el("span").class("files").child(book).child(text))
        };
        known.map(line).collect()
    });
    if lines.is_empty() {
        return el("div");
    }
    el("div")
        .set("id", "tables")
        .child(el("h3").text("单张评估表"))
        .child(el("ul").class("plain tables").each(lines.into_iter()))
        .child(el("p").class("hint").text(about))
}

/// The official table of one sheet, filled in: as a workbook, or as CSV.
fn download_sheet(state: State, id: u16, book: bool) {
    state.flush();
    let day = Some(browser::today());
    let made = state.open.with_untracked(|open| {
        let dossier = &open.as_ref()?.dossier;
        let (edition, sheet) = (state.edition_of(dossier), dossier.sheet(id)?);
        let rubric = edition.rubric(sheet.annex)?;
        let name = workbook_name(rubric, sheet, day);
        Some(if book {
            (format!("{name}.xlsx"), sheet_workbook(edition, dossier, sheet, day, &browser::made_by()))
        } else {
            (format!("{name}.csv"), csv(&csv_table(edition, rubric, sheet)).into_bytes())
        })
    });
    if let Some((name, bytes)) = made {
        browser::download_bytes(&name, &bytes);
        state.tell(format!("已下载“{name}”。"));
    }
}

/// The whole dossier as one workbook, which can be read back.
fn download_book(state: State, rules: &Rules) {
    state.flush();
    let day = Some(browser::today());
    let made = state.open.with_untracked(|open| {
        let dossier = &open.as_ref()?.dossier;
        let edition = state.edition_of(dossier);
        let bytes = workbook(edition, rules, dossier, day, &browser::made_by());
        Some((format!("{}.xlsx", dossier_name(edition, dossier, day)), bytes))
    });
    if let Some((name, bytes)) = made {
        browser::download_bytes(&name, &bytes);
        state.tell(format!("已下载“{name}”。"));
    }
}

/// `申报材料-<单位>-<日期>.docx`.
fn download(state: State, ticked: Ticked) {
    state.flush();
    let made = state.open.with_untracked(|open| {
        let dossier = &open.as_ref()?.dossier;
        let chosen = untrack(|| ticked.papers());
        let document = of(state, dossier).document(&chosen, &browser::made_by());
        (!document.sections.is_empty()).then(|| (label::unit(dossier).to_owned(), docx(&document)))
    });
    match made {
        None => state.tell("请先勾选要交的材料。".to_owned()),
        Some((unit, bytes)) => {
            let name = format!("申报材料-{}-{}.docx", file_name(&unit), browser::date(None));
            browser::download_bytes(&name, &bytes);
            state.tell(format!("已下载“{name}”。灰框里的提示不是文件原文，定稿时请删去。"));
        }
    }
}
