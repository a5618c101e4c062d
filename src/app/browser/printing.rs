//! What papers and files ask of the browser.
#![expect(clippy::disallowed_methods, reason = "this is a part of the door to the browser")]

use std::cell::RefCell;
use std::rc::Rc;

use leptos::leptos_dom::helpers::{request_animation_frame, window_event_listener_untyped};
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{after, listen};

/// Version and hash of this site, as they stand below the page: `版本 0.1.0 · 1a2b3c4d5e6f`.
pub fn made_by() -> String {
    let line = document().query_selector(".release").ok().flatten();
    line.and_then(|it| it.text_content()).unwrap_or_default()
}

pub fn print() {
    let _ = window().print();
}

/// Tells when printing begins and when it is over, for as long as the view lives that asks for it.
pub fn while_printing(told: impl Fn(bool) + Copy + 'static) {
    for (event, is) in [("beforeprint", true), ("afterprint", false)] {
        let listener = window_event_listener_untyped(event, move |_| told(is));
        on_cleanup(move || listener.remove());
    }
}

/// Tells when somebody is about to look for something on the page, by whatever way, or to print it, for as long as the view
/// lives that asks for it.
pub fn before_looking(told: impl Fn() + Copy + 'static) {
    for event in ["beforeprint", "click", "keydown", "hashchange"] {
        let listener = window_event_listener_untyped(event, move |_| told());
        on_cleanup(move || listener.remove());
    }
}

/// Runs once, after what stands on the page now is painted.
pub fn once_seen(then: impl FnOnce() + 'static) {
    request_animation_frame(move || _ = after(0, then));
}

/// What is shown on paper in place of the page.
pub type OnPaper = Box<dyn FnOnce() -> AnyView>;

/// Asks when printing begins whether something else is to be shown than the page; `over` is called afterwards.
pub fn on_print(asked: impl Fn() -> Option<OnPaper> + 'static, over: impl Fn() + 'static) {
    let shown = Rc::new(RefCell::new(None));
    let printed = Rc::clone(&shown);
    listen("beforeprint", move |_| {
        let place = document().create_element("div").ok().zip(document().body());
        let (Some((place, body)), true) = (place, shown.borrow().is_none()) else { return };
        let Some(view) = asked() else { return };
        place.set_id("paper");
        if body.insert_before(&place, body.first_child().as_ref()).is_ok() {
            let handle = mount_to(place.clone().unchecked_into(), view);
            shown.replace(Some((place, handle)));
        }
    });
    listen("afterprint", move |_| {
        if let Some((place, handle)) = printed.take() {
            drop(handle);
            place.remove();
            over();
        }
    });
}
