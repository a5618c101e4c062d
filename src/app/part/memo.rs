//! Memos that all hold a number: the whole machinery of a memo is compiled once more for every type that one holds.

use std::sync::{Mutex, PoisonError};

use leptos::prelude::*;

/// A memo of a number. `of` gets the number of the time before, if there was one.
pub fn number(of: impl Fn(Option<u64>) -> u64 + Send + Sync + 'static) -> Memo<u64> {
    number_boxed(Box::new(of))
}

#[inline(never)]
fn number_boxed(of: Box<dyn Fn(Option<u64>) -> u64 + Send + Sync>) -> Memo<u64> {
    Memo::new(move |before: Option<&u64>| of(before.copied()))
}

/// A number that goes up whenever a value changes, to be followed instead of the value. `now` gets whether it is asked
/// for the first time; later it may return `None` to leave everything as it is.
pub fn turns<T: PartialEq + Send + 'static>(now: impl Fn(bool) -> Option<T> + Send + Sync + 'static) -> Memo<u64> {
    let last: Mutex<Option<T>> = Mutex::new(None);
    number(move |before| {
        let turn = before.unwrap_or_default();
        let value = now(before.is_none());
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        if value.is_none() || *last == value {
            return turn;
        }
        *last = value;
        turn + 1
    })
}
