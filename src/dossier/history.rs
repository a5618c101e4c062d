//! Undo and redo: the states before each edit, step by step back and forward again.

mod along;

use crate::bytes::base64url;
use crate::bytes::wire::Bytes;

use super::{Dossier, Sheet, Stamp};

/// The steps back and forward from the present state of a dossier, or of anything else that is edited. At most `MOST`
/// are kept.
#[derive(Clone, Debug, PartialEq)]
pub struct History<T = Dossier, const MOST: usize = 50> {
    past: Vec<T>,
    future: Vec<T>,
    /// The field being typed in, and when its last letter came, in seconds since 1970.
    typing: Option<(u64, u64)>,
}

/// The place of an edit, as far as a page can show it: a row of a sheet, or 0 for its header; `None` outside the
/// sheets.
pub type EditPlace = Option<(u16, u16)>;

/// What may be carried from page to page.
const STEPS_BYTES: usize = 200_000;
/// The steps of a page of an earlier version of the program cannot be read.
const VERSION: u8 = 4;
/// Letters that follow each other this closely, in seconds, in one field are one step.
const PAUSE: u64 = 3;

impl<T, const MOST: usize> Default for History<T, MOST> {
    fn default() -> History<T, MOST> {
        History { past: Vec::new(), future: Vec::new(), typing: None }
    }
}

impl<T, const MOST: usize> History<T, MOST> {
    /// Records the state before an edit as a new step.
    pub fn note(&mut self, before: T) {
        if self.past.len() == MOST {
            self.past.remove(0);
        }
        self.past.push(before);
        self.future.clear();
        self.typing = None;
    }

    /// The state one step back.
    pub fn back(&mut self, now: T) -> Option<T> {
        step(&mut self.past, &mut self.future, &mut self.typing, now)
    }

    /// The state one step forward again.
    pub fn forward(&mut self, now: T) -> Option<T> {
        step(&mut self.future, &mut self.past, &mut self.typing, now)
    }

    /// Changes every state, as where another page changed all of them.
    pub fn each(&mut self, change: impl FnMut(&mut T)) {
        self.past.iter_mut().chain(&mut self.future).for_each(change);
    }

    /// How many steps can be taken back.
    pub fn n_steps(&self) -> usize {
        self.past.len()
    }

    /// The state before the last step.
    pub fn last(&self) -> Option<&T> {
        self.past.last()
    }
}

impl History {
    /// Records the dossier before an edit. `field` names the field that is being typed in; with `None` the edit is a
    /// step of its own. Returns `true` where a new step begins.
    pub fn before(&mut self, dossier: Dossier, field: Option<u64>, now: u64) -> bool {
        let goes_on = |(last, at): (u64, u64)| field == Some(last) && now.saturating_sub(at) < PAUSE;
        let new = !self.typing.is_some_and(goes_on);
        if new {
            self.note(dossier);
        }
        self.typing = field.map(|it| (it, now));
        self.future.clear();
        new
    }

    /// The dossier one step back. Whether it is in the bin is not undone.
    pub fn undo(&mut self, now: &Dossier) -> Option<Dossier> {
        self.back(now.clone()).map(|it| Dossier { binned: now.binned, ..it })
    }

    pub fn redo(&mut self, now: &Dossier) -> Option<Dossier> {
        self.forward(now.clone()).map(|it| Dossier { binned: now.binned, ..it })
    }

    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// The latest steps as a text for the window's session, valid only together with the save that they lead to.
    pub fn text(&self, at: Stamp, now: &Dossier) -> String {
        let mut bytes = Vec::new();
        // the way back is the one that is missed; what counts the steps is a few bytes more
        let room = along::write(&self.past, now, STEPS_BYTES - 100, &mut bytes);
        along::write(&self.future, now, room, &mut bytes);
        format!("{}{}", head(at), base64url::encode(&bytes))
    }

    /// The steps that lead to what was saved then.
    pub fn recall(text: &str, at: Stamp, now: &Dossier) -> Option<History> {
        let bytes = base64url::decode(text.strip_prefix(&head(at))?)?;
        let mut from = Bytes::of(&bytes);
        // the field being typed in is left out: nobody is typing into a page that was left
        let (past, future) = (along::read(now, &mut from), along::read(now, &mut from));
        from.is_spent().then_some(History { past, future, typing: None })
    }
}

fn head(Stamp { revision, writer }: Stamp) -> String {
    format!("{VERSION}.{revision}.{writer}.")
}

fn step<T>(from: &mut Vec<T>, to: &mut Vec<T>, typing: &mut Option<(u64, u64)>, now: T) -> Option<T> {
    let there = from.pop()?;
    to.push(now);
    *typing = None;
    Some(there)
}

/// Where two states of a dossier first differ on a sheet.
pub fn difference(before: &Dossier, after: &Dossier) -> EditPlace {
    let both = after.sheets.iter().filter_map(|it| Some((before.sheet(it.id)?, it)));
    let (old, new) = both.into_iter().find(|(old, new)| old != new)?;
    let given = |sheet: &Sheet| sheet.answers.iter().map(|it| (it.row, it.fact as i64, it.value)).collect::<Vec<_>>();
    let (was, is) = (given(old), given(new));
    let answered = is.iter().find(|it| !was.contains(it)).or_else(|| was.iter().find(|it| !is.contains(it)));
    let noted = new.notes.iter().find(|it| !old.notes.contains(it));
    let noted = noted.or_else(|| old.notes.iter().find(|it| !new.notes.contains(it)));
    let row = answered.map(|it| it.0).or_else(|| noted.map(|it| it.0));
    // plan, proofs and versions of a sheet have pages of their own
    if row.is_none() && old.work != new.work {
        return None;
    }
    Some((new.id, row.unwrap_or_default()))
}
