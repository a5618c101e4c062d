//! 我的自评: every dossier on this machine, the bin, damaged records, and backup files to download or restore.

use leptos::prelude::*;

use crate::app::part::html::{El, all, button, el, link, live, nothing};
use crate::app::part::{files, frame, label};
use crate::app::{Address, State, browser};
use crate::dossier::{Dossier, Listed, Sheet, taken_from};
use crate::score::{Grade, in_one_sentence, score};

use super::restore;

pub fn mine(state: State) -> AnyView {
    let article = el("article").class("read wide").child(el("h1").set("tabindex", "-1").text("我的自评"));
    if !state.live {
        return article.view(frame::boot_message(state)).done();
    }
    let new = state.edition().applicants.iter().map(|it| link(state.href(&Address::start(it)), it.label.as_str()));
    article
        .child(el("p").class("sub").text("保存在本机的这个浏览器里。清理浏览器数据会删除全部自评，完成后请下载备份。"))
        .view(live(move || lists(state)))
        .child(el("h2").text("新建"))
        .child(el("p").class("links").each(new))
        .child(el("h2").text("备份"))
        .child(el("p").child(button("quiet", "下载全部备份", move || files::download_all(state))))
        .child(restore::restore(state))
        .view(live(move || aside(state)))
        .done()
}

/// Damaged texts that were set aside, and how much room is taken.
fn aside(state: State) -> AnyView {
    // followed, because reading the dossiers may set a damaged one aside
    state.list();
    let (damaged, used) = state.shelf(|it| (it.quarantined(), it.used()));
    let room = format!("本机已用 {} KB，最多约 2000 KB。", used.div_ceil(1024));
    let room = el("p").class("hint").text(room).child(rescue(state));
    if damaged.is_empty() {
        return room.done();
    }
    let items = damaged.into_iter().map(|(name, text)| {
        let short = name.rsplit('/').next().unwrap_or_default().to_owned();
        let save = move || browser::download(&format!("损坏的数据-{short}.txt"), &text);
        let release = move || {
            state.shelf(|it| it.release(&name));
            state.relist();
        };
        let words = el("p").text("一份损坏的数据，已另存，没有改动。");
        let links = el("p").class("links").child(button("link", "下载原始数据", save));
        el("li").class("bad").child(words).child(links.child(button("link danger", "删除", release)))
    });
    let list = el("ul").class("sheets").each(items).done();
    all(vec![el("h2").text("损坏的数据").done(), list, room.done()])
}

/// A link to the page that hands out all data even when this program does not start.
fn rescue(state: State) -> El {
    link(format!("{}rescue.html", state.root), "数据救援页")
}

const DAMAGED: &str = "一份自评已损坏，读不出来；原始数据没有动过。";
const NEWER: &str = "一份自评由较新版本的程序保存，不会改动它；请刷新页面后再试。";

fn unreadable(words: &'static str, id: String, raw: String) -> El {
    let save = move || browser::download(&format!("自评原始数据-{id}.txt"), &raw);
    el("li").class("bad").child(el("p").text(words)).child(button("link", "下载原始数据", save))
}

fn lists(state: State) -> AnyView {
    let (mut kept, mut binned) = (Vec::new(), Vec::new());
    let listed = state.list();
    for found in &listed {
        match found {
            Listed::Good { id, envelope, .. } => match (&envelope.dossier.binned, taken_from(id)) {
                (None, _) => kept.push(line(state, id.clone(), &envelope.dossier, envelope.written)),
                (Some(_), None) => binned.push(line(state, id.clone(), &envelope.dossier, envelope.written)),
                (Some(_), Some(of)) if !is_back(&listed, of, &envelope.dossier) => {
                    binned.push(sheet_line(state, id.clone(), of, &envelope.dossier));
                }
                (Some(_), Some(_)) => {}
            },
            Listed::Damaged { id, raw } => kept.push(unreadable(DAMAGED, id.clone(), raw.clone())),
            Listed::Newer { id, raw, .. } => kept.push(unreadable(NEWER, id.clone(), raw.clone())),
        }
    }
    let none = if kept.is_empty() { el("p").class("hint").text("还没有自评。").done() } else { nothing() };
    let bin = (!binned.is_empty()).then(|| {
        let head = el("h2").text("回收站").done();
        all(vec![head, el("ul").class("sheets").each(binned.into_iter()).done()])
    });
    let head = (!kept.is_empty()).then(|| el("h2").class("vh").text("自评档案").done());
    let list = el("ul").class("sheets").each(kept.into_iter()).done();
    all([head, Some(list), Some(none), bin].into_iter().flatten().collect())
}

/// How many sheets of a dossier fail, and why.
fn failing(state: State, dossier: &Dossier) -> String {
    if state.lacks(dossier) {
        return format!("，依据的评估要点版本“{}”本网站没有，只能看", dossier.edition);
    }
    let edition = state.edition_of(dossier);
    let graded = |it: &Sheet| Some(score(edition.rubric(it.annex)?, &it.answers).grade());
    let grades: Vec<Grade> = dossier.sheets.iter().filter_map(graded).collect();
    let mut words = String::new();
    for (grade, what) in [(Grade::Vetoed, "触发否决项"), (Grade::Nothing, "未达到分数线")] {
        let n = grades.iter().filter(|it| **it == grade).count();
        if 0 < n {
            words.push_str(&format!("，{n} 张{what}"));
        }
    }
    words
}

/// Is the sheet of this record in the dossier that it was taken from, because its deletion was undone?
fn is_back(all: &[Listed], of: &str, kept: &Dossier) -> bool {
    all.iter().any(|found| match found {
        Listed::Good { id, envelope, .. } => {
            id == of && kept.sheets.iter().all(|it| envelope.dossier.sheet(it.id) == Some(it))
        }
        Listed::Damaged { .. } | Listed::Newer { .. } => false,
    })
}

/// A deleted sheet.
fn sheet_line(state: State, id: String, of: &str, kept: &Dossier) -> El {
    let edition = state.edition_of(kept);
    let sheet = kept.sheets.first().and_then(|it| Some((it, edition.rubric(it.annex)?)));
    let name = sheet.map_or_else(
        || "自评表".to_owned(),
        |(it, rubric)| format!("附件{} {}", rubric.annex, label::sheet(rubric, it)),
    );
    let result = sheet.map_or_else(String::new, |(it, rubric)| in_one_sentence(&score(rubric, &it.answers)));
    let about = format!("{}的自评表，{result}，{}", label::unit(kept), days_left(state, &id));
    let back = id.clone();
    let of = of.to_owned();
    let restore = move || {
        if let Some(there) = state.put_back(&back) {
            let words = if there == of {
                "已恢复到原来的自评档案。"
            } else {
                "原来的自评档案不在了，已恢复为一份单独的自评。"
            };
            state.tell(words.to_owned());
        }
    };
    el("li").child(el("h3").text(name)).child(el("p").text(about)).child(gone(state, id, restore))
}

/// Only days on which somebody was here count.
fn days_left(state: State, id: &str) -> String {
    format!("至少再留 {} 天", state.shelf(|it| it.days_in_bin(id)))
}

/// What can be done with something in the bin.
fn gone(state: State, id: String, restore: impl Fn() + Clone + Send + 'static) -> El {
    let sure = RwSignal::new(false);
    let choice = move || {
        let (restore, gone) = (restore.clone(), id.clone());
        if sure.get() {
            let remove = button("link danger", "确认彻底删除", move || state.remove(&gone));
            let words = el("span").text("删除后无法找回。").done();
            return all(vec![words, remove.done(), button("link", "不删", move || sure.set(false)).done()]);
        }
        let restore = button("link", "恢复", restore);
        all(vec![restore.done(), button("link danger", "彻底删除", move || sure.set(true)).done()])
    };
    el("p").class("links").view(live(choice))
}

fn line(state: State, id: String, dossier: &Dossier, written: u64) -> El {
    let (kind, saved) = (label::applicant(state.edition_of(dossier), dossier.applicant), browser::date(Some(written)));
    let mut about = format!("{kind}，{} 张自评表{}，{saved} 保存", dossier.sheets.len(), failing(state, dossier));
    if dossier.binned.is_some() {
        about.push_str(&format!("，{}", days_left(state, &id)));
    }
    let open = state.href(&Address::Dossier(Some(id.clone())));
    let name = label::unit(dossier);
    let (title, links) = if dossier.binned.is_some() {
        let back = id.clone();
        (el("h3").text(name), gone(state, id, move || state.bin(&back, false)))
    } else {
        let bin = button("link", "移到回收站", move || state.bin(&id, true));
        let links = el("p").class("links").child(link(open.clone(), "打开")).child(bin);
        (el("h3").child(link(open, name)), links)
    };
    el("li").child(title).child(el("p").text(about)).child(links)
}
