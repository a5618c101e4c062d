//! The records that were received, kept in memory while the page is open. Another page gets them in its address only.

use std::cell::RefCell;

use crate::app::{Address, State, browser};
use crate::carrier::{Record, Take, Unreadable, pack, read, write_link};

use super::known;

thread_local! {
    static RECEIVED: RefCell<Vec<Record>> = const { RefCell::new(Vec::new()) };
}

/// Takes a record out of the address; `None` where there is none.
///
/// # Errors
/// Why the record was not opened.
pub fn arrived(state: State) -> Option<Result<Vec<Record>, Unreadable>> {
    let records = read(known(state), &browser::take_fragment("#s.")?);
    if let Ok(records) = &records {
        keep(records.clone());
    }
    Some(records)
}

pub fn keep(records: Vec<Record>) {
    RECEIVED.set(records);
}

/// The records received last, in the address or otherwise.
pub fn received() -> Vec<Record> {
    RECEIVED.with_borrow(Clone::clone)
}

/// A record packed for the addresses of other pages.
pub struct Along {
    bytes: Vec<u8>,
    /// Which parts of the record are packed.
    pub take: Take,
}

/// Packs all of a record; without its notes where they are too much for an address, and `None` where the answers alone
/// are.
pub fn along(state: State, record: &Record) -> Option<Along> {
    let all = Take { unit: true, notes: true, day: record.day };
    let packed = |take| Some(Along { bytes: pack(known(state), &record.dossier, take)?, take });
    packed(all).or_else(|| packed(Take { notes: false, ..all }))
}

impl Along {
    /// The link to it, for others.
    pub fn link(&self, state: State) -> String {
        super::carriers::link(state, &self.bytes)
    }

    /// The address of a page with the record in it.
    pub fn address(&self, state: State, route: &Address) -> String {
        write_link(&state.href(route), &self.bytes)
    }
}
