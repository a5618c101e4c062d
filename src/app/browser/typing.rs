//! What an input method and a keyboard on the screen leave undone.
#![expect(clippy::disallowed_methods, reason = "this is a part of the door to the browser")]

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

use super::listen;
use super::reading::to_nearest;

thread_local! {
    static AMID: Cell<bool> = const { Cell::new(false) };
}

/// Is an input method at work on a word somewhere on the page?
pub fn is_amid_word() -> bool {
    AMID.get()
}

/// A field that is left may say something, and then what is just being pressed is somewhere else when it is let go: no browser
/// takes that for a click, so here it is one.
fn press_what_moved() {
    let pressed = Rc::new(RefCell::new(None::<(HtmlElement, f64)>));
    let of = Rc::clone(&pressed);
    let at = |event: &Event| event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let top = |it: &HtmlElement| it.get_bounding_client_rect().top();
    listen("mousedown", move |event| {
        let button = at(&event).and_then(|it| it.closest("button, a, label, summary").ok()?);
        let button = button.and_then(|it| it.dyn_into::<HtmlElement>().ok());
        of.replace(button.map(|it| (it.clone(), top(&it))));
    });
    listen("mouseup", move |event| {
        let Some((button, was)) = pressed.take() else { return };
        let met = at(&event).is_some_and(|it| button.contains(Some(&it)));
        if !met && button.is_connected() && top(&button) != was {
            button.click();
        }
    });
}

/// The last input that Chromium tells of belongs to the composition still, and none follows: so each field hears of one
/// when its word is there, and not only when it is left. Where a keyboard comes up and the window becomes lower, the field
/// in use stays in sight.
/// `ended` is called when an input method is done with a word.
pub fn help_typing(ended: impl Fn() + 'static) {
    press_what_moved();
    listen("compositionstart", |_| AMID.set(true));
    listen("compositionend", move |event| {
        AMID.set(false);
        if let (Some(field), Ok(told)) = (event.target(), Event::new("input")) {
            let _ = field.dispatch_event(&told);
        }
        ended();
    });
    listen("resize", |_| {
        let field = document().active_element().filter(|it| it.matches("input, textarea").unwrap_or(false));
        if let Some(field) = field {
            to_nearest(&field);
        }
    });
}
