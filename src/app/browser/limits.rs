//! How much text is taken at once.
#![expect(clippy::disallowed_methods, reason = "this is a part of the door to the browser")]

use leptos::prelude::{document, window};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Event;

use crate::letters::{PASTED, PILE, too_long, too_wide};

/// Tells of what is pasted or dropped and is too much, before any field or page has it.
pub fn guard_pasting(tell: impl Fn(String) + Clone + 'static) {
    for name in ["paste", "drop"] {
        let tell = tell.clone();
        let heard = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            if let Some(words) = too_much(&event) {
                event.prevent_default();
                event.stop_immediate_propagation();
                tell(words);
            }
        });
        // before the fields hear of it
        let _ = window().add_event_listener_with_callback_and_bool(name, heard.as_ref().unchecked_ref(), true);
        heard.forget();
    }
}

fn too_much(event: &Event) -> Option<String> {
    let of = |from: &JsValue, name: &str| js_sys::Reflect::get(from, &name.into()).ok().filter(JsValue::is_object);
    let data = of(event, "clipboardData").or_else(|| of(event, "dataTransfer"))?;
    let get: js_sys::Function = js_sys::Reflect::get(&data, &"getData".into()).ok()?.dyn_into().ok()?;
    let text: js_sys::JsString = get.call1(&data, &"text/plain".into()).ok()?.dyn_into().ok()?;
    let most = if document().get_element_by_id("pile").is_some() { PILE } else { PASTED };
    // a text that is too long is not even copied
    too_long(text.length() as usize, most).or_else(|| too_wide(&String::from(text)))
}
