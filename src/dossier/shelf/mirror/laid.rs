//! Laying what the browser's storage has beside what the mirror has: the later text goes to the other side, and what is
//! neither earlier nor later is kept as well.

use crate::dossier::envelope::revision_of;
use crate::dossier::sealed::is_whole;
use crate::dossier::shelf::{OURS, Shelf, Shelved, Store};
use crate::dossier::{Base, Dossier, open};

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
    name.rsplit('-').next().is_some_and(|it| it.parse() == Ok(sum_of(Some(text)))).then_some(0)
}

pub fn rank_of(entry: Option<&Mirrored>) -> Option<u64> {
    entry.and_then(|it| rank(&it.name, it.text.as_deref()?))
}

/// What the store has of a unit: the latest whole text, and the checksum of the other one.
pub fn in_store<S: Store + ?Sized>(shelf: &Shelf<S>, name: &str) -> Mirrored {
    // the mirror cannot tell an empty text from none
    let texts = keys(name).into_iter().filter_map(|key| shelf.store.get(&key)).filter(|it| !it.is_empty());
    let mut found: Vec<(u64, String)> = Vec::new();
    for text in texts {
        if let Some(revision) = rank(name, &text) {
            let at = found.iter().position(|it| it.0 < revision).unwrap_or(found.len());
            found.insert(at, (revision, text));
        }
    }
    let mut found = found.into_iter().map(|it| it.1);
    Mirrored { name: name.to_owned(), text: found.next(), before: found.map(|it| sum_of(Some(&it))).collect() }
}

/// Does anything lie there, whole or not?
pub fn lies<S: Store + ?Sized>(shelf: &Shelf<S>, name: &str) -> bool {
    keys(name).iter().any(|key| shelf.store.get(key).is_some())
}

/// Brings both sides of a unit together. Returns what the mirror is to have instead of `kept`.
pub fn lay<S: Store + ?Sized>(
    shelf: &Shelf<S>,
    ours: Mirrored,
    kept: Option<Mirrored>,
    now: u64,
    laid: &mut Laid,
) -> Option<Mirrored> {
    let Some(kept) = kept else {
        // nothing was ever known of it
        return ours.text.is_some().then(|| ours.after(None));
    };
    let Some(its_rank) = kept.text.as_deref().map_or(Some(0), |it| rank(&kept.name, it)) else {
        laid.damaged += 1;
        if ours.text.is_none() && set_aside(shelf, &kept).is_none() {
            return None;
        }
        return Some(ours.after(Some(kept)));
    };
    match ours.beside(&kept) {
        Precedence::Same => None,
        Precedence::Later => Some(ours.after(Some(kept))),
        Precedence::Earlier => {
            take(shelf, &ours, &kept, laid);
            None
        }
        Precedence::Apart => {
            laid.apart += 1;
            let wins = Some(its_rank) <= rank_of(Some(&ours));
            if keep_apart(shelf, if wins { &kept } else { &ours }, now).is_none() {
                laid.stuck += 1;
                return None;
            }
            if wins {
                return Some(ours.after(Some(kept)));
            }
            take(shelf, &ours, &kept, laid);
            None
        }
    }
}

/// Puts what the mirror has into the store.
fn take<S: Store + ?Sized>(shelf: &Shelf<S>, ours: &Mirrored, kept: &Mirrored, laid: &mut Laid) {
    // a store that fails once must not be taken for one that has less
    if in_store(shelf, &kept.name).text != ours.text {
        return;
    }
    let of = shelved(&kept.name);
    let Some(text) = kept.text.as_deref() else {
        laid.removed += u32::from(ours.text.is_some());
        keys(&kept.name).iter().for_each(|key| shelf.store.remove(key));
        return;
    };
    let lying: Vec<_> = keys(&kept.name).into_iter().map(|key| (shelf.store.get(&key), key)).collect();
    let broken = |there: &Option<String>| there.as_deref().is_some_and(|it| rank(&kept.name, it).is_none());
    // into a slot that is damaged or empty, or into the one with the earlier text
    let place = lying
        .iter()
        .find(|it| broken(&it.0))
        .or_else(|| lying.iter().find(|it| it.0.is_none()))
        .or_else(|| lying.iter().find(|it| it.0 != ours.text))
        .or(lying.first());
    let Some((there, key)) = place else { return };
    let free = !broken(there) || there.as_deref().is_some_and(|it| shelf.set_aside(of, it).is_ok());
    if !free || shelf.put(key, Some(text)).is_err() {
        laid.stuck += 1;
    } else if ours.text.is_some() {
        laid.caught_up += 1;
    } else {
        laid.restored += 1;
    }
}

/// Keeps a text that is not before the other one: a dossier as a copy in the bin, anything else set aside.
fn keep_apart<S: Store + ?Sized>(shelf: &Shelf<S>, entry: &Mirrored, now: u64) -> Option<()> {
    let opened = entry.name.strip_prefix(DOC).and_then(|id| Some((id, open(entry.text.as_deref()?).ok()?)));
    let Some((id, envelope)) = opened else { return set_aside(shelf, entry) };
    // the same copy is made once
    let id = format!("{id}-{:x}", entry.sum());
    if shelf.has(&id) {
        return Some(());
    }
    let mut copy = Dossier { binned: Some(now), ..envelope.dossier };
    copy.unit.push_str("（另一份）");
    shelf.save(&id, &copy, &mut Base::default(), 0, now).ok()
}

fn set_aside<S: Store + ?Sized>(shelf: &Shelf<S>, entry: &Mirrored) -> Option<()> {
    shelf.set_aside(shelved(&entry.name), entry.text.as_deref()?).ok()
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
