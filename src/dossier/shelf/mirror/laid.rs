//! Laying what the browser's storage has beside what the mirror has: the later text goes to the other side, and what is
//! neither earlier nor later is kept as well.

use crate::dossier::envelope::revision_of;
use crate::dossier::sealed::is_whole;
use crate::dossier::shelf::{OURS, Shelf, Shelved, Store};
use crate::dossier::{Base, open};

use super::{DOC, Mirrored, PANEL, Precedence, sum_of};

/// What was done about what did not agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Laid {
    /// Units of which the storage had nothing whole.
    pub restored: u32,
    /// Units of which the storage had an earlier text.
    pub caught_up: u32,
    /// Units that were removed, and were there again.
    pub removed: u32,
    /// Texts apart from the later ones: copies of dossiers in the bin, panels set aside.
    pub apart: u32,
    /// Entries of the mirror that are damaged.
    pub damaged: u32,
    /// Units that were saved by this page and are gone from the storage, though nobody removed them.
    pub lost: u32,
    /// There was no room to do so: both sides stay as they are.
    pub stuck: u32,
}

impl Laid {
    /// Is the storage another than before?
    pub fn changed(&self) -> bool {
        0 < self.restored + self.caught_up + self.removed + self.apart
    }
}

/// The revision of a whole text, 0 where it has none. `None` where it is damaged.
fn rank(name: &str, text: &str) -> Option<u64> {
    if name.starts_with(DOC) {
        return revision_of(text);
    }
    if name == PANEL {
        return is_whole(text).then_some(0);
    }
    // a text that was set aside has its checksum in its name
    name.ends_with(&format!("-{}", sum_of(Some(text)))).then_some(0)
}

pub fn rank_of(name: &str, unit: Option<&Mirrored>) -> Option<u64> {
    unit.and_then(|it| rank(name, it.text.as_deref()?))
}

/// What the store has of a unit: the latest whole text, and the checksum of the other one. Does anything lie there, whole or
/// not?
pub fn in_store<S: Store + ?Sized>(shelf: &Shelf<S>, name: &str) -> (Mirrored, bool) {
    let (mut ours, mut latest, mut lies) = (Mirrored::default(), None, false);
    for key in keys(name) {
        let Some(mut text) = shelf.store.get(&key) else { continue };
        lies = true;
        // the mirror cannot tell an empty text from none
        let revision = rank(name, &text).filter(|_| !text.is_empty());
        if latest < revision {
            latest = revision;
            text = ours.text.replace(text).unwrap_or_default();
        }
        if revision.is_some() && !text.is_empty() {
            ours.before.push(sum_of(Some(&text)));
        }
    }
    (ours, lies)
}

/// Brings both sides of a unit together. Is the mirror to have ours instead of `kept`?
pub fn lay<S: Store + ?Sized>(
    shelf: &Shelf<S>,
    name: &str,
    ours: &Mirrored,
    kept: Option<&Mirrored>,
    now: u64,
    laid: &mut Laid,
) -> bool {
    let Some(kept) = kept else {
        // nothing was ever known of it
        return ours.text.is_some();
    };
    let its_rank = rank_of(name, Some(kept));
    if kept.text.is_some() && its_rank.is_none() {
        laid.damaged += 1;
        return ours.text.is_some() || set_aside(shelf, name, kept).is_some();
    }
    let precedence = ours.beside(kept);
    let mut later = precedence == Precedence::Later;
    if precedence == Precedence::Apart {
        laid.apart += 1;
        later = its_rank <= rank_of(name, Some(ours));
        if keep_apart(shelf, name, if later { kept } else { ours }, now).is_none() {
            laid.stuck += 1;
            return false;
        }
    }
    if !later && precedence != Precedence::Same {
        take(shelf, name, ours, kept, laid);
    }
    later
}

/// Puts what the mirror has into the store.
fn take<S: Store + ?Sized>(shelf: &Shelf<S>, name: &str, ours: &Mirrored, kept: &Mirrored, laid: &mut Laid) {
    // a store that fails once must not be taken for one that has less
    if in_store(shelf, name).0.text != ours.text {
        return;
    }
    let keys = keys(name);
    let Some(text) = &kept.text else {
        laid.removed += u32::from(ours.text.is_some());
        keys.iter().for_each(|key| shelf.store.remove(key));
        return;
    };
    // into a slot that is damaged, else into an empty one, else into the one with the earlier text
    let mut place = None;
    for key in &keys {
        let order = match shelf.store.get(key) {
            Some(it) if rank(name, &it).is_none() => 0,
            None => 1,
            it => 2 + u8::from(it == ours.text),
        };
        if place.is_none_or(|(_, least)| order < least) {
            place = Some((key, order));
        }
    }
    let Some((key, order)) = place else { return };
    // read again, as a text that was not given once lies there all the same
    let free = match shelf.store.get(key) {
        Some(broken) if order == 0 => shelf.set_aside(shelved(name), &broken).is_ok(),
        there => there.is_none() == (order == 1),
    };
    if !free || shelf.put(key, Some(text)).is_err() {
        laid.stuck += 1;
    } else if ours.text.is_some() {
        laid.caught_up += 1;
    } else {
        laid.restored += 1;
    }
}

/// Keeps a text that is not before the other one: a dossier as a copy in the bin, anything else set aside.
fn keep_apart<S: Store + ?Sized>(shelf: &Shelf<S>, name: &str, unit: &Mirrored, now: u64) -> Option<()> {
    let opened = name.strip_prefix(DOC).and_then(|id| Some((id, open(unit.text.as_deref()?).ok()?.dossier)));
    let Some((id, mut copy)) = opened else { return set_aside(shelf, name, unit) };
    // the same copy is made once
    let id = format!("{id}-{}", unit.sum());
    if shelf.has(&id) {
        return Some(());
    }
    copy.binned = Some(now);
    copy.unit.push_str("（另一份）");
    shelf.save(&id, &copy, &mut Base::default(), 0, now).ok()
}

fn set_aside<S: Store + ?Sized>(shelf: &Shelf<S>, name: &str, unit: &Mirrored) -> Option<()> {
    shelf.set_aside(shelved(name), unit.text.as_deref()?).ok()
}

fn shelved(name: &str) -> Shelved<'_> {
    Shelved::named(name.strip_prefix(DOC).unwrap_or(name))
}

/// The names under which the store has a unit.
fn keys(name: &str) -> Vec<String> {
    match name.strip_prefix(DOC) {
        Some(id) => Shelved::Dossier(id).slots(),
        None => vec![format!("{OURS}{name}")],
    }
}
