//! What an input method and a keyboard on the screen leave undone.
#![expect(clippy::disallowed_methods, reason = "this is a part of the door to the browser")]

use leptos::prelude::document;
use web_sys::Event;

use super::listen;
use super::reading::to_nearest;

/// The last input that Chromium tells of belongs to the composition still, and none follows: so each field hears of one
/// when its word is there, and not only when it is left. Where a keyboard comes up and the window becomes lower, the field
/// in use stays in sight.
pub fn help_typing() {
    listen("compositionend", |event| {
        if let (Some(field), Ok(told)) = (event.target(), Event::new("input")) {
            let _ = field.dispatch_event(&told);
        }
    });
    listen("resize", |_| {
        let field = document().active_element().filter(|it| it.matches("input, textarea").unwrap_or(false));
        if let Some(field) = field {
            to_nearest(&field);
        }
    });
}
