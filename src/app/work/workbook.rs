//! A workbook that was filled in elsewhere: what is in it, and what could not be read. Nothing is kept until the person
//! says so, and nothing that is there is lost.

use leptos::prelude::*;

use crate::app::browser::{ChosenFile, read_book, read_brought, read_dropped};
use crate::app::part::html::{El, all, button, el, file_field, link, live, nothing};
use crate::app::part::{frame, label};
use crate::app::{Address, State, browser};
use crate::dossier::{Dossier, Listed};
use crate::form::{ReadForm, merge, read_form};
use crate::rubric::Edition;
use crate::score::{in_one_sentence, score};

/// The most cells that are named on the page.
const NAMED: usize = 100;

pub fn workbook(state: State) -> AnyView {
    let read: RwSignal<Option<Result<ReadForm, String>>> = RwSignal::new(None);
    let chosen = move |chosen: Option<ChosenFile>| {
        let found = match chosen {
            Some(ChosenFile::Book(bytes)) => {
                read_form(state.editions(), state.rules(), &bytes).map_err(|it| it.to_string())
            }
            Some(ChosenFile::Text(_)) => Err("这不是 XLSX 电子表格；备份文件请在“我的自评”里打开".to_owned()),
            None => Err("文件太大或读不出来".to_owned()),
        };
        let _ = read.try_set(Some(found));
        browser::after(0, || browser::focus("#in-book"));
    };
    if state.live {
        browser::on_drop(move |event| read_dropped(event, chosen));
        if let Some(file) = state.brought() {
            read_brought(&file, chosen);
        }
    }
    let blank = link(state.href(&Address::Rubrics), "下载空白表");
    let mine = link(state.href(&Address::Mine), "我的自评");
    let [field, label] = file_field("book", ".xlsx", "选择填好的电子表格（XLSX）");
    let about = "先在“技术评估要点”里下载空白表，或在自评里下载已填的表，用 WPS、Excel 填黄色的格子，保存后在这里读入。\
                 文件也可以拖到本页。读入以前，原有的自评不会改动。";
    let head = el("article").class("read").child(el("h1").set("tabindex", "-1").text("读入电子表格"));
    head.view(frame::boot_message(state))
        .child(el("p").text(about))
        .child(field.on("change", move |event| read_book(&event, chosen)))
        .child(el("p").class("links").child(label).child(blank).child(mine))
        .view(live(move || {
            read.with(|found| match found {
                None => nothing(),
                Some(Err(why)) => refused(why),
                Some(Ok(found)) => shown(state, found, read),
            })
        }))
        .done()
}

fn refused(why: &str) -> AnyView {
    let alert = el("div").class("alert").set("role", "alert").set("id", "in-book").set("tabindex", "-1");
    alert.child(el("p").child(el("b").text(format!("没有读入：{why}。")))).done()
}

/// What is in the workbook, what could not be read, and what can be done with it.
fn shown(state: State, found: &ReadForm, read: RwSignal<Option<Result<ReadForm, String>>>) -> AnyView {
    let dossier = &found.dossier;
    let edition = state.edition_of(dossier);
    let kind = label::applicant(edition, dossier.applicant);
    let title = format!("{}（{kind}，{} 张自评表）", label::unit(dossier), dossier.sheets.len());
    let known = dossier.sheets.iter().filter_map(|it| Some((it, edition.rubric(it.annex)?)));
    let sheets = known.map(|(sheet, rubric)| {
        let stands = in_one_sentence(&score(rubric, &sheet.answers));
        el("li").child(el("b").text(label::called(rubric, sheet))).text(format!("：{stands}。"))
    });
    let lists = [
        ("申报的职业", dossier.declared.len()),
        ("考评人员", dossier.roster.examiners.len()),
        ("专家", dossier.roster.experts.len()),
        ("设备", dossier.roster.equipment.len()),
    ];
    let lists: Vec<String> = lists.iter().filter(|it| 0 < it.1).map(|(name, n)| format!("{name} {n} 行")).collect();
    let lists = (!lists.is_empty()).then(|| el("p").text(format!("另有{}。", lists.join("、"))));
    let head = el("h2").set("id", "in-book").set("tabindex", "-1").text(title);
    let views = vec![
        head.done(),
        found.assumed.then(|| assumed(edition)).map_or_else(nothing, El::done),
        el("ul").class("sheets").each(sheets).done(),
        lists.map_or_else(nothing, El::done),
        problems(found),
        choices(state, dossier, read),
    ];
    all(views)
}

/// By what the tables were known, where the hidden worksheet was lost.
fn assumed(edition: &Edition) -> El {
    let words = format!(
        "文件里没有隐藏的工作表“ziping”（可能是把表复制到了新文件），已按所印的标题和文字认出是哪张表，按{}（{}）读入。历次版本等不在表里的内容没有。",
        edition.title, edition.notice
    );
    el("p").class("hint").set("role", "note").text(words)
}

/// Each cell that could not be read.
fn problems(found: &ReadForm) -> AnyView {
    let n = found.problems.len();
    if n == 0 {
        return el("p").set("role", "status").text("每一格都读入了。").done();
    }
    let cells = found.problems.iter().take(NAMED);
    let cells = cells.map(|it| el("li").child(el("b").text(it.path())).text(format!("：{}", it.message)));
    let words = format!("有 {n} 处没有读入或有疑问，其余都读入了。请在表格里改好再读入，或保存后在网页上补填：");
    let more = (NAMED < n).then(|| el("p").text(format!("另有 {} 处没有列出。", n - NAMED)));
    let alert = el("div").class("alert").set("role", "status").child(el("p").child(el("b").text(words)));
    alert.child(el("ul").class("cells").each(cells)).maybe(more).done()
}

/// To keep it as a dossier of its own, or to take it into one that is there.
fn choices(state: State, dossier: &Dossier, read: RwSignal<Option<Result<ReadForm, String>>>) -> AnyView {
    let save = {
        let dossier = dossier.clone();
        move || {
            if let Some(id) = state.create(vec![dossier.clone()]) {
                state.visit(Address::Dossier(Some(id)));
            }
        }
    };
    let save = el("p").class("links").child(button("btn small", "另存为我的自评", save)).child(button(
        "quiet",
        "不读入",
        move || read.set(None),
    ));
    let fits = |listed: Listed| match listed {
        Listed::Good { id, envelope, .. } => {
            let there = envelope.dossier;
            let same = there.applicant == dossier.applicant && there.edition == dossier.edition;
            (same && there.binned.is_none()).then_some((id, there))
        }
        Listed::Damaged { .. } | Listed::Newer { .. } => None,
    };
    let here: Vec<(String, Dossier)> = untrack(|| state.list()).into_iter().filter_map(fits).collect();
    if here.is_empty() {
        return save.done();
    }
    let into = here.into_iter().map(|(id, there)| {
        let (name, taken) = (label::unit(&there).to_owned(), dossier.clone());
        let take = move || {
            if state.edit_in(&id, |it| merge(it, &taken)) {
                state.visit(Address::Dossier(Some(id.clone())));
                state.tell("已并入，电子表格里填了的以它为准；不要时请撤销。".to_owned());
            } else {
                state.tell("这份自评现在不能改动。".to_owned());
            }
        };
        el("li").child(el("b").text(name)).text(" ").child(button("link", "并入这一份", take))
    });
    let words =
        "或并入已有的自评：同一附件、同一职业的表，电子表格里填了的以它为准，没有填的和其他内容保留不动，可以撤销。";
    all(vec![save.done(), el("p").text(words).done(), el("ul").class("sheets").each(into).done()])
}
