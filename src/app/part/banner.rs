//! The banners: what a person must know about saving, in words, where it cannot be missed.

use leptos::prelude::*;

use crate::app::state::{Open, Saved};
use crate::app::{Address, State, browser};
use crate::dossier::NotSaved;

use super::html::{El, all, button, el, live, nothing};
use super::{files, memo};

/// Said where the browser keeps nothing.
const KEEPS_NOTHING: &str = "浏览器禁止保存，关闭页面即丢失。可以继续填写，离开前请下载备份。";
/// Said of a dossier in the bin, beside a button that takes it out.
const BINNED: &str = "这份自评在回收站里，到期会连同新的修改一起删除。";

/// A banner below the header while the browser keeps nothing, or did not keep the last change. It stays as it is while the next
/// change is being saved, so that it neither moves the page with every answer nor is said again.
pub fn storage(state: State) -> AnyView {
    let alert = el("div").set("role", "alert");
    if !state.live {
        // the home page does not load the app: its own small script shows this banner where it is needed
        let home = state.address.with_untracked(|it| *it == Address::Home);
        let band = el("div").class("band").flag("hidden", true);
        let line = el("p").class("wrap").child(el("b").text(KEEPS_NOTHING));
        return alert.maybe(home.then(|| band.child(line))).done();
    }
    // what was shown last; not a memo, whose machinery pages without a sheet would load for this alone
    let last = RwSignal::new(String::new());
    let words = move || {
        let words = why(state).unwrap_or_default();
        let saving = state.saved.with(|it| *it == Saved::Saving);
        if !saving && last.with_untracked(|it| it != words) {
            if !words.is_empty() {
                browser::spoken();
            }
            last.set(words.to_owned());
        }
        last.get_untracked()
    };
    // also while something else is being saved
    let question = move || {
        state.saved.track();
        let Some(question) = state.ask() else { return nothing() };
        browser::spoken();
        question
    };
    let unless = |there: bool| (!there).then(String::new);
    let backup = button("", "下载备份", move || files::download_open(state));
    let backup = backup.live("hidden", move || unless(state.open.with(Option::is_some)));
    let back = button("", "取出", move || state.edit(state.of_open(), |it| it.binned = None));
    let back = back.live("hidden", move || unless(words() == BINNED));
    let line = el("p").class("wrap").child(el("b").words(words)).child(backup).child(back);
    let band = el("div").class("band").live("hidden", move || unless(!words().is_empty())).child(line);
    alert.view(live(question)).child(band).done()
}

/// What a person must know about saving, where there is no question to be answered instead.
fn why(state: State) -> Option<&'static str> {
    let saved = state.saved.get();
    let of_open = |is: fn(&Open) -> bool| state.open.with(|open| open.as_ref().is_some_and(is));
    let why = match saved {
        _ if state.asks() => return None,
        _ if !state.keeps => KEEPS_NOTHING,
        Saved::Not(NotSaved::Refused) => {
            "未保存：浏览器空间已满或拒绝写入。填写内容仍在本页，请先下载备份，再清理空间。"
        }
        Saved::Not(NotSaved::ChangedElsewhere) => {
            "未保存：另一个标签页也修改了这份自评，合并用的程序没有取到。请联网后再改一处，或先下载备份。"
        }
        Saved::Not(NotSaved::NoEdition) => {
            "这份自评依据的评估要点版本本网站没有，只能看，不打分，也不能修改。请到有这一版的网站打开备份。"
        }
        Saved::Not(NotSaved::NewerProgram) => "这份自评由较新版本的程序保存，本页只能看，不能修改。请刷新页面后再试。",
        Saved::Not(NotSaved::NoRoom) => "未新建：本机已有 50 份自评或用满 2 MB。请先下载备份，再彻底删除不用的自评。",
        _ if of_open(|it| it.mended) => {
            "上次保存的记录有一份损坏，现在显示的是完好的另一份，请核对最近的修改。损坏的数据在“我的自评”里。"
        }
        _ if of_open(|it| it.dossier.binned.is_some()) => BINNED,
        Saved::Unchanged | Saved::Saving | Saved::At(_) => return None,
    };
    Some(why)
}

/// 已保存 14:05, said only once the record was read back and the mirror has it on disk, and the buttons for undo, redo and a backup file.
pub fn saved(state: State) -> El {
    let words = move || match state.saved.get() {
        _ if !state.keeps => "未保存（浏览器禁止保存）".to_owned(),
        Saved::Unchanged => "修改后自动保存".to_owned(),
        Saved::Saving => "正在保存".to_owned(),
        Saved::At(_) if !state.is_settled() => "本机浏览器已收到".to_owned(),
        Saved::At(clock) => format!("已保存 {clock}"),
        Saved::Not(_) => "未保存".to_owned(),
    };
    let class = move || {
        let class = match state.saved.get() {
            _ if !state.keeps => "saved bad",
            Saved::Not(_) => "saved bad",
            Saved::At(_) if state.is_settled() => "saved good",
            Saved::At(_) => "saved",
            Saved::Unchanged | Saved::Saving => "saved",
        };
        Some(class.to_owned())
    };
    let state_of_saving = el("span").class("state").words(words);
    // most steps leave both buttons as they are
    let there = memo::number(move |_| {
        let (undo, redo) = state.steps();
        u64::from(undo) << 1 | u64::from(redo)
    });
    let backup = button("link", "下载备份", move || files::download_open(state));
    let line = el("p").live("class", class).child(state_of_saving).view(live(move || alone(state)));
    line.view(live(move || steps(state, there.get()))).child(backup)
}

/// What it means where there is no mirror.
fn alone(state: State) -> AnyView {
    let words = "这个浏览器只存得下一份，突然断电可能丢失最近一分钟的修改";
    if state.is_alone() { el("span").class("alone").text(words).done() } else { nothing() }
}

/// What just happened, at the foot of the window, so that it is seen from everywhere on the page.
pub fn told(state: State) -> AnyView {
    if !state.live {
        return nothing();
    }
    let words = el("span").words(move || state.told.get());
    let undo = live(move || {
        state.offered.get().map_or_else(nothing, |undo| {
            let back = move || {
                state.quiet();
                undo();
            };
            button("link", "撤销", back).done()
        })
    });
    let empty = move || state.told.with(String::is_empty).then(String::new);
    let seen = el("p").class("told").live("hidden", empty).child(words).view(undo);
    let heard = el("span").class("vh noprint").set("role", "status").words(move || state.heard.get());
    all(vec![seen.done(), heard.done()])
}

/// The buttons that undo and redo a step.
fn steps(state: State, there: u64) -> AnyView {
    let (undo, redo) = (there >> 1 == 1, there & 1 == 1);
    let step = |words, key, there: bool, act: fn(State)| {
        button("link", words, move || act(state)).set("title", key).flag("disabled", !there)
    };
    let undo = step("撤销", "Ctrl+Z", undo, State::undo);
    all(vec![undo.done(), step("重做", "Ctrl+Y", redo, State::redo).done()])
}

/// A backup file is offered after this many edits without one.
const MANY: u64 = 20;

/// Offers a backup file: after many edits, and once a sheet is complete.
pub fn backup(state: State, complete: impl Fn() -> bool + Send + Sync + 'static) -> AnyView {
    state.fetch_words();
    let told = memo::number(move |_| {
        let edits = state.open.with(|open| open.as_ref().map_or(0, |it| it.edits));
        u64::from(edits) << 1 | u64::from(0 < edits && complete())
    });
    live(move || {
        let told = told.get();
        let (edits, complete) = (told >> 1, told & 1 == 1);
        let words = match edits {
            0 => return nothing(),
            _ if complete => "已评完。请下载备份文件，以防浏览器数据被清理。".to_owned(),
            MANY.. => format!("已有 {edits} 处修改没有备份。清理浏览器数据会全部删除，请下载备份文件。"),
            _ => return nothing(),
        };
        let save = button("btn small", "下载备份", move || files::download_open(state));
        el("p").class("backup").text(words).child(save).done()
    })
}
