//! What the reader needs of the browser. Its fields and buttons belong to the page and come and go with it, so the
//! document listens for their events.
#![expect(clippy::disallowed_methods, reason = "this is a part of the door to the browser")]

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlDocument, HtmlElement, HtmlTextAreaElement, KeyboardEvent};

use super::{after, is_composing, listen};

/// The keys that a list of results knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKey {
    Down,
    Up,
    Enter,
    Escape,
}

/// Puts the view into a new element of that id and name at the end of the page.
pub fn mount_at_end<V: IntoView + 'static>(id: &str, name: &str, view: impl FnOnce() -> V + 'static) {
    let (Some(body), Ok(place)) = (document().body(), document().create_element("div")) else { return };
    place.set_id(id);
    // it stands outside the page's landmarks, so it is made a landmark of its own
    let _ = place.set_attribute("role", "region");
    let _ = place.set_attribute("aria-label", name);
    if body.append_child(&place).is_ok() {
        mount_to(place.unchecked_into(), view).forget();
    }
}

/// Puts the view into the element of that id. `false` where the page has none.
pub fn mount_in<V: IntoView + 'static>(id: &str, view: impl FnOnce() -> V + 'static) -> bool {
    let place = document().get_element_by_id(id);
    let there = place.is_some();
    if let Some(place) = place {
        mount_to(place.unchecked_into(), view).forget();
    }
    there
}

/// Calls back when the person has left the field with something else in it, or has chosen something else.
pub fn on_change(field: &'static str, changed: impl Fn() + 'static) {
    listen("change", move |event| {
        if is(&event, field) {
            changed();
        }
    });
}

/// Calls back after every change of the field; with `true` while an input method is at work on it.
pub fn on_input(field: &'static str, changed: impl Fn(bool) + Clone + 'static) {
    let ended = changed.clone();
    listen("input", move |event| {
        if is(&event, field) {
            changed(is_composing(&event));
        }
    });
    listen("compositionend", move |event| {
        if is(&event, field) {
            ended(false);
        }
    });
}

/// Calls back with the keys pressed in the field; `true` means that the browser is not to act on the key as well.
pub fn on_key(field: &'static str, pressed: impl Fn(ListKey) -> bool + 'static) {
    listen("keydown", move |event| {
        let key: &KeyboardEvent = event.unchecked_ref();
        // an input method chooses its words with the same keys
        if !is(&event, field) || key.is_composing() || key.key_code() == 229 {
            return;
        }
        let known = match key.key().as_str() {
            "ArrowDown" => ListKey::Down,
            "ArrowUp" => ListKey::Up,
            "Enter" => ListKey::Enter,
            "Escape" => ListKey::Escape,
            _ => return,
        };
        if pressed(known) {
            event.prevent_default();
        }
    });
}

/// Calls back when focus or pointer goes to the field or the results, with `true`, or elsewhere, with `false`.
pub fn on_attention(field: &'static str, results: &'static str, turned: impl Fn(bool) + Clone + 'static) {
    for event in ["focusin", "pointerdown"] {
        let turned = turned.clone();
        listen(event, move |event| {
            if is(&event, field) {
                turned(true);
            } else if !target(&event)
                .is_some_and(|element| element.closest(&format!("#{results}")).is_ok_and(|it| it.is_some()))
            {
                turned(false);
            }
        });
    }
}

/// The id of the element in which a screen reader hears what a button did. The panel of results contains it.
pub const SAID: &str = "said";

/// When a button of that class is pressed, calls back with what it is about. The words that come back are said, and
/// shown on the button for two seconds.
pub fn on_button(class: &'static str, pressed: impl Fn(&str) -> Option<&'static str> + 'static) {
    listen("click", move |event| {
        let Some(button) = target(&event).filter(|it| it.class_list().contains(class)) else { return };
        let Some(said) = pressed(&button.get_attribute("data-of").unwrap_or_default()) else { return };
        set_text(SAID, said);
        // pressed again while it shows these words, it must not remember them as its own
        if button.text_content().as_deref() == Some(said) {
            return;
        }
        let before = button.text_content();
        button.set_text_content(Some(said));
        after(2_000, move || {
            button.set_text_content(before.as_deref());
            set_text(SAID, "");
        });
    });
}

pub fn set_text(id: &str, text: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        element.set_text_content(Some(text));
    }
}

/// What the address of the page says under that name, after its `?`.
pub fn query_parameter(name: &str) -> Option<String> {
    let (_, query, _) = super::here();
    let pair = query.trim_start_matches('?').split('&').find_map(|it| it.strip_prefix(name)?.strip_prefix('='))?;
    let spaced: String = pair.chars().map(|it| if it == '+' { ' ' } else { it }).collect();
    js_sys::decode_uri_component(&spaced).ok().map(String::from).filter(|it| !it.is_empty())
}

/// Sets an attribute; an empty value removes it.
pub fn set_attribute(id: &str, name: &str, value: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let _ = if value.is_empty() { element.remove_attribute(name) } else { element.set_attribute(name, value) };
    }
}

/// An attribute of the first element that the selector finds; empty where there is none.
pub fn attribute(selector: &str, name: &str) -> String {
    let found = document().query_selector(selector).ok().flatten();
    found.and_then(|it| it.get_attribute(name)).unwrap_or_default()
}

/// How many elements the selector finds.
pub fn count(selector: &str) -> usize {
    document().query_selector_all(selector).map_or(0, |it| it.length() as usize)
}

/// Follows a link, as a click would.
pub fn click(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        element.unchecked_into::<HtmlElement>().click();
    }
}

/// Scrolls only as far as it must.
pub fn into_view(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        to_nearest(&element);
    }
}

pub(super) fn to_nearest(element: &Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// The full address of this page, at that id; of one that stands in the site as one file, where it is published.
pub fn address_of(id: &str) -> String {
    let (path, _, _) = super::here();
    let page = match path.strip_prefix("#/") {
        Some(below) => super::published() + below,
        None => super::origin() + &path,
    };
    if id.is_empty() { page } else { format!("{page}#{id}") }
}

/// Copies a text. Where the browser refuses, the text is put on the page and selected, ready for Ctrl+C.
pub fn copy(text: &str) -> bool {
    let Some(field) = document().create_element("textarea").ok().map(JsCast::unchecked_into::<HtmlTextAreaElement>)
    else {
        return false;
    };
    field.set_value(text);
    field.set_class_name("copied");
    field.set_read_only(true);
    let _ = field.set_attribute("aria-label", "复制不了，请按 Ctrl+C 复制这里的文字");
    let focused = document().active_element();
    let there = document().body().is_some_and(|it| it.append_child(&field).is_ok());
    if !there {
        return false;
    }
    let _ = field.focus();
    field.select();
    // this also works without https, which the newer interface does not
    let copied = document().unchecked_into::<HtmlDocument>().exec_command("copy").unwrap_or(false);
    if copied {
        field.remove();
        if let Some(focused) = focused {
            let _ = focused.unchecked_into::<HtmlElement>().focus();
        }
    } else {
        // removed as soon as the focus goes elsewhere
        let gone = Closure::<dyn Fn()>::new({
            let field = field.clone();
            move || field.remove()
        });
        field.set_onblur(Some(gone.as_ref().unchecked_ref()));
        gone.forget();
    }
    copied
}

fn is(event: &Event, id: &str) -> bool {
    target(event).is_some_and(|it| it.id() == id)
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
