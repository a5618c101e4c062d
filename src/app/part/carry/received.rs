//! What came in, for as long as the page lives. It goes from page to page in the address and nowhere else.

use std::cell::RefCell;

use crate::app::{Route, State, browser};
use crate::carrier::{Record, Take, Unreadable, pack, read};

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

/// The address of a page of another program, with all of a record but its day of receipt.
pub fn along(state: State, route: &Route, record: &Record) -> String {
    let take = Take { unit: true, notes: true, day: record.day };
    let address = state.href(route);
    pack(known(state), &record.dossier, take).map_or(address.clone(), |it| crate::carrier::write_link(&address, &it))
}
