//! What was said at once within the last second. A screen reader hears nothing else meanwhile that can wait.

use std::cell::Cell;

use crate::app::browser;

/// In milliseconds.
pub const PAUSE: u64 = 1_000;

thread_local! {
    static ALERTS: Cell<u32> = const { Cell::new(0) };
}

/// To be called where something is said at once.
pub fn alerted() {
    ALERTS.set(ALERTS.get() + 1);
    browser::after(PAUSE, || ALERTS.set(ALERTS.get() - 1));
}

/// Was anything said at once within the last second?
pub fn is_alert_new() -> bool {
    ALERTS.get() != 0
}
