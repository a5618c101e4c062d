//! The mirror of what the browser keeps: asking it, and what its answers mean for what is open.

use leptos::prelude::*;

use crate::app::browser;
use crate::dossier::{Keeper, Laid, MemoryStore, Store};

use super::State;

/// A mirror that does not answer within so many milliseconds is gone on without.
const PATIENCE: u64 = 4_000;

/// The store of a page, and who keeps its mirror. Where the browser keeps nothing there is no mirror either.
pub fn watched(store: Option<Box<dyn Store>>, live: bool) -> (Box<dyn Store>, Option<Keeper>) {
    match store {
        Some(store) => {
            let (keeper, watched) = Keeper::of(store);
            (Box::new(watched), Some(keeper))
        }
        None if live => (browser::window_store(), None),
        None => (Box::new(MemoryStore::default()), None),
    }
}

impl State {
    /// Tells the mirror what is new in the store, if it is not being told something already.
    pub(super) fn mirror(self) {
        if let Some((ask, turn)) = self.keeper(Keeper::ask).flatten() {
            let answer = move |found: &[String]| {
                self.kept.with_value(|kept| {
                    let keeper = kept.keeper.as_ref().filter(|it| it.awaits(turn));
                    keeper.map(|it| it.answer(&kept.shelf, found, browser::now())).unwrap_or_default()
                })
            };
            let done = move |ok| {
                if self.keeper(|it| it.awaits(turn)) == Some(true) {
                    self.mirrored(ok);
                }
            };
            browser::ask_mirror(ask, Box::new(answer), Box::new(done));
            browser::after(PATIENCE, move || {
                if self.keeper(|it| it.late(turn)) == Some(true) {
                    self.turned();
                }
            });
        }
    }

    fn mirrored(self, ok: bool) {
        let laid = self.kept.with_value(|kept| Some(kept.keeper.as_ref()?.done(&kept.shelf, ok)));
        let laid = laid.unwrap_or_default();
        if self.keeper(Keeper::is_first) == Some(true) {
            browser::keep_for_good();
        }
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
            self.note_latest();
        }
        let lost = browser::mirror_was_lost();
        let lost = self.keeper(Keeper::was_emptied) == Some(true) || lost;
        let bare = self.shelf(|it| it.is_bare());
        let nothing = lost && bare;
        if ok && bare && !lost {
            // the database is there now: without the line the home page would take it for that of a store that was cleared
            self.note_latest();
        }
        if let Some(words) = in_words(laid, lost, nothing) {
            self.tell(words.to_owned());
        }
        self.mirror();
    }

    /// What is to be said of saving may be another thing now, and what waited for the first comparison is saved.
    fn turned(self) {
        self.settled.set(!self.settled.get_untracked());
        if self.keeper(Keeper::was_waited_for) == Some(true) {
            self.flush();
        }
    }

    /// Is everything that was saved on disk, as far as the browser has a disk for it?
    pub fn is_settled(self) -> bool {
        self.settled.track();
        self.keeper(Keeper::is_settled) != Some(false)
    }

    /// Is there no mirror? What was saved last may then be lost when the machine stops.
    pub fn is_alone(self) -> bool {
        self.settled.track();
        self.keeper(Keeper::is_alone) == Some(true)
    }

    /// Saves what is not saved, once it is known that the store has the latest.
    pub(super) fn flush_in_time(self) {
        if self.keeper(Keeper::is_waited_for) != Some(true) {
            self.flush();
        }
    }

    fn keeper<T>(self, with: impl FnOnce(&Keeper) -> T) -> Option<T> {
        self.kept.with_value(|it| it.keeper.as_ref().map(with))
    }
}

/// What was done about what did not agree, for the person. `lost` is the mirror, `nothing` is left anywhere.
fn in_words(laid: Laid, lost: bool, nothing: bool) -> Option<&'static str> {
    Some(if nothing {
        "浏览器的数据文件损坏，这里保存的自评没有了。有备份文件的，请在“我的自评”里打开。"
    } else if 0 < laid.stuck {
        "浏览器空间已满，有一份较新的记录放不回来。请先清理空间，再刷新本页。"
    } else if 0 < laid.apart {
        "有一份自评存在两个不同的版本，两份都已保留：较早的一份在“我的自评”的回收站里，保留 7 天。"
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
