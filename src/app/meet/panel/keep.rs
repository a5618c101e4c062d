//! The panel in the browser's storage: written at every change and read back, never over what somebody else wrote.

use leptos::prelude::*;

use crate::app::Address;
use crate::app::browser;
use crate::app::part::html::{El, button, el, link, live, nothing};
use crate::app::part::memo;
use crate::compare::Panel;
use crate::dossier::{NotSaved, Shelved, Sight, Single};

use super::{PanelPage, Steps};

/// Whether the panel is saved, and why not if it is not.
#[derive(Clone, PartialEq)]
pub enum PanelKept {
    /// There is nothing to keep, or nothing was changed.
    Nothing,
    /// Written and read back at this time of day.
    At(String),
    /// Full or blocked.
    Refused,
    /// Another page changed or removed it.
    Elsewhere,
    /// A newer version of the program wrote what is stored.
    Newer,
    /// What was stored is damaged and was set aside.
    Mended,
    /// What is stored is damaged, and there is no room to set it aside: it stays.
    Blocked,
}

impl PanelPage {
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
            Single::Nothing => (Panel::default(), PanelKept::Nothing),
            Single::Good(panel) => (panel, PanelKept::Nothing),
            Single::SetAside => (Panel::default(), PanelKept::Mended),
            Single::Stuck => (Panel::default(), PanelKept::Blocked),
            Single::Newer => (Panel::default(), PanelKept::Newer),
        };
        self.kept.set(kept);
        self.seen.set_value(seen);
        self.panel.set(panel);
        self.steps.set(Steps::default());
        self.show();
    }

    /// Another page may have written meanwhile.
    fn look_again(self) {
        let settled = matches!(self.kept.get_untracked(), PanelKept::Nothing | PanelKept::At(_) | PanelKept::Mended);
        let now = self.state.shelf(|it| it.sight(Shelved::Panel));
        if !settled || self.seen.with_value(|seen| *seen == now) {
            return;
        }
        let (found, seen) = self.state.shelf(Panel::load);
        let empty = self.panel.with_untracked(|it| *it == Panel::default());
        if found == Single::Nothing && !empty && self.state.is_cleared() {
            let before = self.seen.get_value();
            self.seen.set_value(seen);
            self.save();
            self.state.shelf(|it| it.made_of(Shelved::Panel, &before));
            self.state.tell("浏览器里的数据被清理过，这次合议已按本页的内容重新保存。".to_owned());
        } else if let Single::Good(_) = found {
            self.take(found, seen);
            self.state.tell("另一个标签页修改了这次合议，已载入。".to_owned());
        } else {
            self.kept.set(PanelKept::Elsewhere);
        }
    }

    pub(super) fn save(self) {
        let kept = self.written();
        // set again, the message would be rebuilt, perhaps while a button in it is being pressed
        if self.kept.with_untracked(|it| *it != kept) {
            self.kept.set(kept);
        }
    }

    fn written(self) -> PanelKept {
        let mut seen = self.seen.get_value();
        let saved = self.panel.with_untracked(|panel| self.state.shelf(|it| panel.save(it, &mut seen)));
        self.seen.set_value(seen);
        match saved {
            Ok(()) => PanelKept::At(browser::clock()),
            Err(NotSaved::NewerProgram) => PanelKept::Newer,
            Err(NotSaved::ChangedElsewhere) => PanelKept::Elsewhere,
            // there is still no room to set aside what is damaged
            Err(NotSaved::Refused | NotSaved::NoRoom | NotSaved::NoEdition)
                if self.kept.with_untracked(|it| *it == PanelKept::Blocked) =>
            {
                PanelKept::Blocked
            }
            Err(NotSaved::Refused | NotSaved::NoRoom | NotSaved::NoEdition) => PanelKept::Refused,
        }
    }

    /// Overwrites what another page wrote.
    fn insist(self) {
        self.seen.set_value(self.state.shelf(|it| it.sight(Shelved::Panel)));
        self.kept.set(PanelKept::Nothing);
        self.save();
    }
}

/// Says whether the panel is saved, and what can be done if it is not. Only the latter is said aloud.
pub fn kept(page: PanelPage) -> El {
    let trouble = memo::turns(move |_| {
        Some(match page.kept.get() {
            PanelKept::At(_) => PanelKept::Nothing,
            trouble => trouble,
        })
    });
    let told = move || {
        trouble.get();
        let Some(trouble) = untrack(|| not_kept(page)) else { return nothing() };
        browser::spoken();
        trouble.done()
    };
    let well = move || match page.kept.get() {
        _ if !page.state.keeps => nothing(),
        PanelKept::Nothing if page.panel.with(|it| it.seats.is_empty()) => nothing(),
        PanelKept::Nothing => say("saved", "修改后自动保存在本机浏览器").done(),
        PanelKept::At(_) if !page.state.is_settled() => say("saved", "本机浏览器已收到").done(),
        PanelKept::At(clock) => say("saved good", &format!("已保存 {clock}，关闭页面后还在")).done(),
        _ => nothing(),
    };
    el("div").class("noprint").view(live(well)).child(el("div").set("role", "alert").view(live(told)))
}

fn not_kept(page: PanelPage) -> Option<El> {
    let words = match page.kept.get() {
        _ if !page.state.keeps => "浏览器禁止保存，关闭窗口合议即丢失。离开前请打印，或复制合议结果的链接。",
        PanelKept::Nothing | PanelKept::At(_) => return None,
        PanelKept::Refused => "未保存：浏览器空间已满或拒绝写入。内容仍在本页，离开前请打印或复制链接。",
        PanelKept::Newer => {
            "本机保存着一次由较新版本的程序记下的合议，这里不会改动它，新的修改也不保存。请刷新页面后再试。"
        }
        PanelKept::Blocked => {
            "上次保存的合议已损坏，浏览器又没有空间另存，原样保留，所以这次的合议不保存。请先清理空间。"
        }
        PanelKept::Mended => {
            let words = "上次保存的合议已损坏，读不出来；原始数据没有丢，已放到";
            let mine = link(page.state.href(&Address::Mine), "我的自评");
            let words = el("p").child(el("b").text(words)).child(mine).text("的“损坏的数据”里。");
            return Some(el("div").class("alert").child(words));
        }
        PanelKept::Elsewhere => {
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
            return Some(el("div").class("alert").child(el("b").text(words)).child(links));
        }
    };
    Some(say("wrong", words))
}

fn say(class: &'static str, words: &str) -> El {
    el("p").class(class).child(el("span").class("state").text(words))
}
