//! How often a screen reader is spoken to: what can wait is said once nothing was said for a second.

use std::cell::Cell;

use super::after;

/// In milliseconds.
pub const PAUSE: u64 = 1_000;

thread_local! {
    static SAID: Cell<u32> = const { Cell::new(0) };
}

/// To be called where something is said.
pub fn spoken() {
    SAID.set(SAID.get() + 1);
    after(PAUSE, || SAID.set(SAID.get() - 1));
}

/// Was anything said within the last second?
pub fn is_speaking() -> bool {
    SAID.get() != 0
}
