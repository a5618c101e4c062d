//! What an input method leaves unsaid.
#![expect(clippy::disallowed_methods, reason = "this is a part of the door to the browser")]

use web_sys::Event;

use super::listen;

/// The last input that Chromium tells of belongs to the composition still, and none follows: so each field hears of one
/// when its word is there, and not only when it is left.
pub fn tell_composed() {
    listen("compositionend", |event| {
        if let (Some(field), Ok(told)) = (event.target(), Event::new("input")) {
            let _ = field.dispatch_event(&told);
        }
    });
}
