//! The panel in the browser's storage: written at every change and read back, never over what somebody else wrote.

use leptos::prelude::*;

use crate::app::Route;
use crate::app::browser;
use crate::app::part::html::{El, all, button, el, link, live, nothing};
use crate::bytes::crc::crc32;
use crate::compare::Panel;
use crate::dossier::Damage;

use super::Page;

const KEY: &str = "zp1/panel";
/// Where 我的自评 shows what was damaged.
const ASIDE: &str = "zp1/quar/panel";

/// How it stands with keeping the panel.
#[derive(Clone, PartialEq)]
pub enum Kept {
    /// There is nothing to keep, or nothing was changed.
    Nothing,
    /// Written and read back at this time of day.
    At(String),
    /// Full or blocked.
    Refused,
    /// Another page changed or removed it.
    Elsewhere,
    /// A newer version of the program wrote what lies there.
    Newer,
    /// What lies there is damaged and was set aside.
    Mended,
    /// What lies there is damaged and there is no room to set it aside: it stays.
    Blocked,
}

impl Page {
    /// Reads what is kept, and follows what other pages do with it.
    pub(super) fn begin(self) {
        self.load();
        Effect::new(move |before: Option<()>| {
            self.state.follow_store();
            if before.is_some() {
                untrack(|| self.look_again());
            }
        });
    }

    fn lies_there(self) -> Option<String> {
        self.state.shelf(|it| it.store.get(KEY))
    }

    fn load(self) {
        let text = self.lies_there();
        let mut panel = Panel::default();
        self.kept.set(match text.as_deref().map(Panel::open) {
            None => Kept::Nothing,
            Some(Ok(found)) => {
                panel = found;
                Kept::Nothing
            }
            Some(Err(Damage::Newer)) => Kept::Newer,
            Some(Err(Damage::Broken)) => self.set_aside(text.as_deref().unwrap_or_default()),
        });
        self.seen.set_value(text);
        self.panel.set(panel);
        self.back.set(Vec::new());
        self.show();
    }

    /// Copies what is damaged to a name of its own.
    fn set_aside(self, text: &str) -> Kept {
        let key = format!("{ASIDE}-{}", crc32(text.as_bytes()));
        let kept =
            self.state.shelf(|it| it.store.set(&key, text).is_ok() && it.store.get(&key).as_deref() == Some(text));
        if kept { Kept::Mended } else { Kept::Blocked }
    }

    /// Another page may have written meanwhile.
    fn look_again(self) {
        let there = self.lies_there();
        let settled = matches!(self.kept.get_untracked(), Kept::Nothing | Kept::At(_) | Kept::Mended);
        if !settled || self.seen.with_value(|it| *it == there) {
            return;
        }
        match there.as_deref().map(Panel::open) {
            Some(Ok(_)) => {
                self.load();
                self.state.tell("另一个标签页修改了这次合议，已载入。".to_owned());
            }
            Some(Err(_)) | None => self.kept.set(Kept::Elsewhere),
        }
    }

    pub(super) fn save(self) {
        let kept = self.written();
        // said again, it would be made anew under a button being pressed
        if self.kept.with_untracked(|it| *it != kept) {
            self.kept.set(kept);
        }
    }

    fn written(self) -> Kept {
        let now = self.kept.get_untracked();
        if matches!(now, Kept::Newer | Kept::Blocked) {
            return now;
        }
        if self.seen.with_value(|it| *it != self.lies_there()) {
            return Kept::Elsewhere;
        }
        let empty = self.panel.with_untracked(|it| *it == Panel::default());
        let text = (!empty).then(|| self.panel.with_untracked(Panel::seal));
        let taken = self.state.shelf(|it| match &text {
            Some(text) => it.store.set(KEY, text).is_ok(),
            None => {
                it.store.remove(KEY);
                true
            }
        });
        let there = self.lies_there();
        let kept = taken && there == text;
        // what did not read back is still this page's own
        self.seen.set_value(there);
        if kept { Kept::At(browser::clock()) } else { Kept::Refused }
    }

    /// Takes the place of what another page wrote.
    fn insist(self) {
        self.seen.set_value(self.lies_there());
        self.kept.set(Kept::Nothing);
        self.save();
    }
}

/// How it stands with keeping, and what can be done about it.
pub fn kept(page: Page) -> El {
    el("div").class("noprint").set("role", "status").view(live(move || match page.kept.get() {
        _ if !page.state.keeps => {
            say("wrong", "浏览器禁止保存，关闭窗口合议即丢失。离开前请打印，或复制合议结果的链接。")
        }
        Kept::Nothing if page.panel.with(|it| it.seats.is_empty()) => nothing(),
        Kept::Nothing => say("saved", "修改后自动保存在本机浏览器"),
        Kept::At(clock) => say("saved good", &format!("已保存 {clock}，关闭页面后还在")),
        Kept::Refused => say("wrong", "未保存：浏览器空间已满或拒绝写入。内容仍在本页，离开前请打印或复制链接。"),
        Kept::Newer => say(
            "wrong",
            "本机保存着一次由较新版本的程序记下的合议，这里不会改动它，新的修改也不保存。请刷新页面后再试。",
        ),
        Kept::Blocked => {
            say("wrong", "上次保存的合议已损坏，浏览器又没有空间另存，原样保留，所以这次的合议不保存。请先清理空间。")
        }
        Kept::Mended => {
            let words = "上次保存的合议已损坏，读不出来；原始数据没有丢，已放到";
            let mine = link(page.state.href(&Route::Mine), "我的自评");
            let words = el("p").child(el("b").text(words)).child(mine).text("的“损坏的数据”里。");
            el("div").class("alert").child(words).done()
        }
        Kept::Elsewhere => {
            let words = "未保存：另一个标签页修改或清空了这次合议。两份只能留一份，请选择。";
            let theirs = button("quiet", "载入另一页的（本页没有保存的修改会丢失）", move || {
                page.load();
                browser::after(0, || browser::focus("#seats"));
            });
            let ours = button("quiet", "保留本页的（另一页的修改会丢失）", move || {
                page.insist();
                browser::after(0, || browser::focus("#seats"));
            });
            let links = el("p").class("links").child(theirs).child(ours);
            el("div").class("alert").child(el("b").text(words)).child(links).done()
        }
    }))
}

fn say(class: &'static str, words: &str) -> AnyView {
    all(vec![el("p").class(class).child(el("span").class("state").text(words)).done()])
}
