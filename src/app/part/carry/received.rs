//! What came in, for as long as the page lives. It goes from page to page in the address and nowhere else.

use std::cell::RefCell;

use crate::app::{Route, State, browser};
use crate::carrier::{Record, Take, Unreadable, pack, read, write_link};

use super::known;

thread_local! {
    static RECEIVED: RefCell<Vec<Record>> = const { RefCell::new(Vec::new()) };
}

/// Takes a record out of the address; `None` where there is none.
///
/// # Errors
/// Why it was not opened.
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

/// What came in last, by the address or otherwise.
pub fn received() -> Vec<Record> {
    RECEIVED.with_borrow(Clone::clone)
}

/// The address of a page of another part, with all of a record but its day of receipt; without its notes where they are too
/// much for an address, and `None` where the answers are.
pub fn along(state: State, route: &Route, record: &Record) -> Option<(String, Take)> {
    let all = Take { unit: true, notes: true, day: record.day };
    let packed = |take| Some((pack(known(state), &record.dossier, take)?, take));
    let (bytes, take) = packed(all).or_else(|| packed(Take { notes: false, ..all }))?;
    Some((write_link(&state.href(route), &bytes), take))
}
