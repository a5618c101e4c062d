//! The panel in the browser's storage: written at every change and read back, never over what somebody else wrote.

use leptos::prelude::*;

use crate::app::Route;
use crate::app::browser;
use crate::app::part::html::{El, all, button, el, link, live, nothing};
use crate::compare::Panel;
use crate::dossier::{NotSaved, Shelved, Sight, Single};

use super::{Page, Steps};

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

    fn load(self) {
        let (found, seen) = self.state.shelf(Panel::load);
        self.take(found, seen);
    }

    fn take(self, found: Single<Panel>, seen: Sight) {
        let (panel, kept) = match found {
            Single::Nothing => (Panel::default(), Kept::Nothing),
            Single::Good(panel) => (panel, Kept::Nothing),
            Single::SetAside => (Panel::default(), Kept::Mended),
            Single::Stuck => (Panel::default(), Kept::Blocked),
            Single::Newer => (Panel::default(), Kept::Newer),
        };
        self.kept.set(kept);
        self.seen.set_value(seen);
        self.panel.set(panel);
        self.steps.set(Steps::default());
        self.show();
    }

    /// Another page may have written meanwhile.
    fn look_again(self) {
        let settled = matches!(self.kept.get_untracked(), Kept::Nothing | Kept::At(_) | Kept::Mended);
        let now = self.state.shelf(|it| it.sight(Shelved::Panel));
        if !settled || self.seen.with_value(|seen| *seen == now) {
            return;
        }
        let (found, seen) = self.state.shelf(Panel::load);
        if let Single::Good(_) = found {
            self.take(found, seen);
            self.state.tell("另一个标签页修改了这次合议，已载入。".to_owned());
        } else {
            self.kept.set(Kept::Elsewhere);
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
        let mut seen = self.seen.get_value();
        let saved = self.panel.with_untracked(|panel| self.state.shelf(|it| panel.save(it, &mut seen)));
        self.seen.set_value(seen);
        match saved {
            Ok(()) => Kept::At(browser::clock()),
            Err(NotSaved::NewerProgram) => Kept::Newer,
            Err(NotSaved::ChangedElsewhere) => Kept::Elsewhere,
            // there is still no room to set aside what is damaged
            Err(NotSaved::Refused | NotSaved::NoRoom) if self.kept.with_untracked(|it| *it == Kept::Blocked) => {
                Kept::Blocked
            }
            Err(NotSaved::Refused | NotSaved::NoRoom) => Kept::Refused,
        }
    }

    /// Takes the place of what another page wrote.
    fn insist(self) {
        self.seen.set_value(self.state.shelf(|it| it.sight(Shelved::Panel)));
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
