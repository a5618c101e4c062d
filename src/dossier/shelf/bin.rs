//! 回收站: what is in it, and when it leaves for good.
//!
//! No reading of a clock is trusted alone: one that was set wrong would remove at once what was put there today. Each visit
//! counts the time since the last one, but a day at most, so that a week in the bin is seven days on which somebody was
//! here and could have taken it out.

use crate::dossier::BIN_DAYS;

use super::{Listed, Shelf, Store};

/// Holds for each dossier in the bin its id, the seconds that were counted, and when it was last seen:
/// `k3f 86400 1795000042`, a space between all of them.
const BIN: &str = "zp1/bin";
const DAY: u64 = 24 * 60 * 60;

impl<S: Store + ?Sized> Shelf<S> {
    /// Removes for good what has been in the bin for [`BIN_DAYS`]. To be called once a visit; `now` is in seconds since 1970.
    pub fn empty_bin(&self, now: u64) {
        let mut line = String::new();
        for found in self.list() {
            let Listed::Good { id, envelope, .. } = found else { continue };
            let Some(at) = envelope.dossier.binned else { continue };
            let (counted, seen) = self.in_bin(&id).unwrap_or((0, now));
            let counted = counted.saturating_add(now.saturating_sub(seen).min(DAY));
            if BIN_DAYS * DAY <= counted && at.saturating_add(BIN_DAYS * DAY) <= now {
                self.remove(&id);
            } else {
                line.push_str(&format!("{id} {counted} {now} "));
            }
        }
        if line.is_empty() {
            self.store.remove(BIN);
        } else {
            // not noted, it stays longer
            let _ = self.store.set(BIN, line.trim_end());
        }
    }

    /// How many days at least a dossier stays in the bin.
    pub fn days_in_bin(&self, id: &str) -> u64 {
        BIN_DAYS.saturating_sub(self.in_bin(id).map_or(0, |it| it.0 / DAY))
    }

    /// The seconds counted, and when it was last seen.
    fn in_bin(&self, id: &str) -> Option<(u64, u64)> {
        let line = self.store.get(BIN)?;
        let words: Vec<&str> = line.split(' ').collect();
        let noted = words.chunks_exact(3).find(|it| it[0] == id)?;
        Some((noted[1].parse().ok()?, noted[2].parse().ok()?))
    }
}
