//! Changing the open dossier, and taking changes back.

use leptos::prelude::*;

use crate::app::address::Address;
use crate::app::browser;
use crate::dossier::{Dossier, EditPlace, History, difference};

use super::{DossierKey, Saved, State};

/// Milliseconds from a change to its saving: short enough to lose nothing, long enough not to save every letter.
const PAUSE: u64 = 300;
/// What somebody types without a pause is saved after this many seconds.
const PATIENCE: u64 = 2;

impl State {
    /// The open dossier, for what is made for it; whatever that changes later, it changes there or nowhere.
    pub fn of_open(self) -> DossierKey {
        self.open.with_untracked(|open| open.as_ref().map_or(DossierKey(usize::MAX), |it| it.key))
    }

    /// The dossier of an id, be it open or not.
    pub fn key_of(self, id: &str) -> DossierKey {
        self.kept.with_value(|kept| {
            let mut met = kept.met.borrow_mut();
            let at = met.iter().position(|it| it == id).unwrap_or_else(|| {
                met.push(id.to_owned());
                met.len() - 1
            });
            DossierKey(at)
        })
    }

    /// Changes the dossier, if it is the open one: one step to undo, saved within half a second.
    pub fn edit(self, of: DossierKey, change: impl FnOnce(&mut Dossier)) {
        self.change(of, None, &mut once(change));
    }

    /// The same for a field being typed in: what is typed without a pause is one step. No two fields have the same
    /// number.
    pub fn type_in(self, of: DossierKey, field: u64, change: impl FnOnce(&mut Dossier)) {
        self.change(of, Some(field), &mut once(change));
    }

    /// There are a hundred fields, and this is in the program once.
    fn change(self, of: DossierKey, field: Option<u64>, change: &mut dyn FnMut(&mut Dossier)) {
        if self.open.with_untracked(|open| open.as_ref().is_none_or(|it| it.key != of || it.read_only)) {
            return;
        }
        let (mut changed, mut taken_out) = (false, false);
        // leaving a field reports its text once more, unchanged: that is no step and nothing to save, and nothing on
        // the page may be rebuilt between the pressing of a button and its release
        self.open.maybe_update(|open| {
            let Some(open) = open else { return false };
            let before = open.dossier.clone();
            change(&mut open.dossier);
            changed = before != open.dossier;
            if changed {
                // whoever goes on with it wants it: in the bin it would be removed with all that is written now
                taken_out = open.dossier.binned.take().is_some();
                let now = browser::now();
                open.dossier.keep_completed(&before, self.edition_of(&before), now);
                let new = self.history(|steps| steps.before(before, field, now));
                open.edits += u32::from(new);
                open.unsaved = true;
            }
            changed
        });
        if changed {
            self.step();
            self.save_soon();
        }
        if taken_out {
            self.tell("这份自评已从回收站取出。".to_owned());
        }
    }

    pub fn undo(self) {
        self.travel(History::undo, "已撤销一步");
    }

    /// The same where it is offered beside what was done to one dossier, and another one may be open by now.
    pub fn undo_in(self, of: DossierKey) {
        if self.of_open() == of {
            self.undo();
        }
    }

    pub fn redo(self) {
        self.travel(History::redo, "已重做一步");
    }

    /// Is there a step to undo, and one to do again?
    pub fn steps(self) -> (bool, bool) {
        self.stepped.track();
        self.history(|it| (it.can_undo(), it.can_redo()))
    }

    fn travel(self, to: fn(&mut History, &Dossier) -> Option<Dossier>, words: &str) {
        let mut place: EditPlace = None;
        let mut gone = false;
        self.open.update(|open| {
            let Some(open) = open else { return };
            if let Some(there) = self.history(|steps| to(steps, &open.dossier)) {
                place = difference(&open.dossier, &there);
                (open.dossier, open.unsaved, gone) = (there, true, true);
            }
        });
        if !gone {
            return;
        }
        self.step();
        self.save_soon();
        self.tell(format!("{words}{}", self.show(place)));
    }

    /// Brings the place of a step into view, where this page has it, and names it.
    fn show(self, place: EditPlace) -> String {
        let Some((sheet, row)) = place else { return String::new() };
        let annex =
            self.open.with_untracked(|open| Some(open.as_ref()?.dossier.sheet(sheet)?.annex)).unwrap_or_default();
        let id = format!("{annex}-{row}");
        let here = self.address.with_untracked(|it| matches!(it, Address::Sheet(_, Some(of)) if of.sheet == sheet));
        if here && 0 < row {
            browser::scroll_to(&id);
        }
        if row == 0 { format!("：附件{annex} 表头") } else { format!("：{id}") }
    }

    fn save_soon(self) {
        self.saved.set(Saved::Saving);
        let patient = self.kept.with_value(|kept| {
            let since = kept.waiting.get().unwrap_or_else(browser::now);
            kept.waiting.set(Some(since));
            let next = browser::after(PAUSE, move || self.flush_in_time());
            if let Some(running) = kept.timer.replace(next) {
                running.clear();
            }
            browser::now().saturating_sub(since) < PATIENCE
        });
        if !patient {
            self.flush();
        }
    }

    pub(super) fn step(self) {
        self.stepped.set(!self.stepped.get_untracked());
    }

    pub(super) fn history<T>(self, with: impl FnOnce(&mut History) -> T) -> T {
        self.kept.with_value(|it| with(&mut it.history.borrow_mut()))
    }
}

/// What is done once, for a function that would also do it again.
fn once(change: impl FnOnce(&mut Dossier)) -> impl FnMut(&mut Dossier) {
    let mut change = Some(change);
    move |dossier| change.take().into_iter().for_each(|change| change(dossier))
}
