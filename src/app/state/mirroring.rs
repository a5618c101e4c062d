//! The mirror of what the browser keeps: asking it, and what its answers mean for what is open.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::browser::{self, MirrorAsker};
use crate::dossier::{Keeper, Laid, MemoryStore, MirrorAsk, Store};

use super::State;

/// A mirror that does not answer within so many milliseconds is gone on without.
const PATIENCE: u64 = 4_000;

/// The store of a page, and who keeps its mirror. Where the browser keeps nothing there is no mirror either.
pub fn watched(store: Option<Box<dyn Store>>, live: bool) -> (Box<dyn Store>, Rc<Keeper>) {
    let Some(store) = store else {
        let store: Box<dyn Store> = if live { browser::window_store() } else { Box::new(MemoryStore::default()) };
        return (store, Keeper::idle());
    };
    let (keeper, watched) = Keeper::of(store);
    (Box::new(watched), keeper)
}

impl MirrorAsker for State {
    fn found(&self, ask: &MirrorAsk, entries: &[String]) -> Vec<String> {
        self.kept.with_value(|it| it.keeper.answer(&it.shelf, ask, entries, browser::now()))
    }

    fn ended(&self, ok: bool, lost: bool) -> bool {
        let keeper = self.keeper();
        let laid = self.kept.with_value(|it| keeper.done(&it.shelf, ok));
        self.turned();
        if 0 < laid.lost {
            self.flush();
        }
        if laid.changed() {
            let nothing_open = self.open.with_untracked(Option::is_none);
            if nothing_open {
                self.enter();
            }
            self.look_again();
        }
        let lost = keeper.was_emptied() || lost;
        let bare = self.shelf(|it| it.is_bare());
        // the database is there now: without the line the home page would take it for that of a store that was cleared
        if laid.changed() || ok && bare && !lost {
            self.note_latest();
        }
        if let Some(words) = in_words(laid, lost, lost && bare) {
            self.tell(words.to_owned());
        }
        let is_first = keeper.is_first();
        self.mirror();
        is_first
    }
}

impl State {
    /// Tells the mirror what is new in the store, if it is not being told something already.
    pub(super) fn mirror(self) {
        if let Some((ask, turn)) = self.keeper().ask() {
            browser::ask_mirror(ask, self);
            browser::after(PATIENCE, move || {
                if self.keeper().late(turn) {
                    self.turned();
                }
            });
        }
    }

    /// What is to be said of saving may be another thing now, and what waited for the first comparison is saved.
    fn turned(self) {
        self.settled.set(!self.settled.get_untracked());
        if self.keeper().was_waited_for() {
            self.flush();
        }
    }

    /// Is everything that was saved on disk, as far as the browser has a disk for it?
    pub fn is_settled(self) -> bool {
        self.settled.track();
        self.keeper().is_settled()
    }

    /// Is there no mirror? What was saved last may then be lost when the machine stops.
    pub fn is_alone(self) -> bool {
        self.settled.track();
        self.keeper().is_alone()
    }

    /// Saves what is not saved, once it is known that the store has the latest.
    pub(super) fn flush_in_time(self) {
        if !self.keeper().is_waited_for() {
            self.flush();
        }
    }

    fn keeper(self) -> Rc<Keeper> {
        self.kept.with_value(|it| it.keeper.clone())
    }
}

/// What was done about what did not agree, for the person. `lost` is the mirror, `nothing` is left anywhere.
fn in_words(laid: Laid, lost: bool, nothing: bool) -> Option<&'static str> {
    Some(if nothing {
        "浏览器的数据文件损坏，这里保存的自评没有了。有备份文件的，请在“我的自评”里打开。"
    } else if 0 < laid.stuck {
        "浏览器空间已满，有一份较新的记录放不回来。请先清理空间，再刷新本页。"
    } else if 0 < laid.apart {
        "有一份自评有两个不同的版本，两份都已保留：较早的在“我的自评”的回收站里，保留 7 天。"
    } else if 0 < laid.restored {
        "浏览器里的数据有丢失或损坏，已用另存的一份恢复。请核对最近的修改。"
    } else if 0 < laid.caught_up + laid.removed {
        "上次浏览器没有正常关闭，已恢复到关闭前保存的内容。"
    } else if lost || 0 < laid.damaged {
        "浏览器另存的一份丢失或损坏，已按现有内容重新写好，自评没有变化。"
    } else {
        return None;
    })
}
