//! What only sharing and pasting ask of the browser.
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "this is a part of the door to the browser")]

use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, Event, FileList, HtmlDocument, HtmlInputElement, HtmlTextAreaElement};

/// The fragment, if it begins so, which then no longer stands in the address bar: it would be photographed and forwarded.
pub fn take_fragment(sign: &str) -> Option<String> {
    let (path, query, fragment) = super::here();
    if !fragment.starts_with(sign) {
        return None;
    }
    let bare = path + &query;
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&bare));
    }
    Some(fragment)
}

/// For as long as the page is shown that asks.
pub fn on_fragment(changed: impl Fn() + 'static) {
    let heard = window_event_listener_untyped("hashchange", move |_| changed());
    on_cleanup(move || heard.remove());
}

/// In WeChat, QQ and their like nothing can be downloaded or printed.
pub fn in_chat() -> bool {
    let agent = window().navigator().user_agent().unwrap_or_default();
    // a search for a text is 4 KB of code, which the sheet has no other use for
    let has = |it: &&str| agent.as_bytes().windows(it.len()).any(|part| part == it.as_bytes());
    ["MicroMessenger", " QQ/", "DingTalk", "Lark/"].iter().any(has)
}

/// Today in days since 1970, by this machine's calendar.
pub fn today() -> u32 {
    let now = js_sys::Date::new_0();
    let local = now.get_time() - now.get_timezone_offset() * 60_000.0;
    (local / 86_400_000.0) as u32
}

/// What stands in the field of several lines of that id.
pub fn text_in_area(id: &str) -> String {
    area(id).map(|it| it.value()).unwrap_or_default()
}

/// Selects a line that holds something, counted from 1.
pub fn select_line(id: &str, line: usize) {
    let Some(area) = area(id) else { return };
    let text = area.value();
    let mut start = 0;
    let mut at = 0;
    for written in text.split('\n') {
        let length = written.encode_utf16().count();
        at += usize::from(!written.trim().is_empty());
        if at == line {
            let _ = area.focus();
            let _ = area.set_selection_range(start as u32, (start + length) as u32);
            return;
        }
        start += length + 1;
    }
    let _ = area.focus();
}

fn area(id: &str) -> Option<HtmlTextAreaElement> {
    document().get_element_by_id(id).map(JsCast::unchecked_into)
}

pub fn put_in_area(id: &str, text: &str) {
    if let Some(area) = area(id) {
        area.set_value(text);
    }
}

/// Reads every file chosen in a field: its name, and its text unless it is over 8 MB or cannot be read.
pub fn read_files(event: &Event, got: impl Fn(String, Option<String>) + Clone + 'static) {
    let field: HtmlInputElement = event_target(event);
    if let Some(files) = field.files() {
        read_all(&files, got);
    }
    field.set_value("");
}

/// The same for what was dropped: files, or else the text.
pub fn dropped(event: &Event, got: impl Fn(String, Option<String>) + Clone + 'static) {
    event.prevent_default();
    let Ok(data) = js_sys::Reflect::get(event, &"dataTransfer".into()) else { return };
    let files = js_sys::Reflect::get(&data, &"files".into()).ok().and_then(|it| it.dyn_into::<FileList>().ok());
    match files.filter(|it| 0 < it.length()) {
        Some(files) => read_all(&files, got),
        None => {
            let get = js_sys::Reflect::get(&data, &"getData".into())
                .ok()
                .and_then(|it| it.dyn_into::<js_sys::Function>().ok());
            let text = get.and_then(|it| it.call1(&data, &"text/plain".into()).ok()).and_then(|it| it.as_string());
            if let Some(text) = text.filter(|it| !it.is_empty()) {
                got("拖入".to_owned(), Some(text));
            }
        }
    }
}

fn read_all(files: &FileList, got: impl Fn(String, Option<String>) + Clone + 'static) {
    for file in (0..files.length()).filter_map(|it| files.get(it)) {
        let (got, name) = (got.clone(), file.name());
        super::read_blob(&file, move |text| got(name.clone(), text));
    }
}

/// Hands the person a file of bytes.
pub fn download_bytes(name: &str, bytes: &[u8]) {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence(&parts).ok();
    let _ = blob.and_then(|it| super::offer(name, &it));
}

/// The table being pasted, which the field then does not get. A single cell, or a text in one line, is left to the field.
pub fn pasted_table(event: &Event) -> Option<String> {
    // by name: for one call the type of the event is not worth having
    let data = js_sys::Reflect::get(event, &"clipboardData".into()).ok()?;
    let get: js_sys::Function = js_sys::Reflect::get(&data, &"getData".into()).ok()?.dyn_into().ok()?;
    let text = get.call1(&data, &"text/plain".into()).ok()?.as_string()?;
    let is_table = text.trim_end().contains(['\t', '\n', '\r']);
    is_table.then(|| {
        event.prevent_default();
        text
    })
}

/// Copies a table as HTML and as text. Where the browser refuses, what the selector finds stays selected, ready for Ctrl+C.
pub fn copy_table(html: String, text: String, selector: &str) -> bool {
    // Chromium 86 and pages without https have no other way
    let fill = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let set = |kind: &str, words: &str| {
            let data = js_sys::Reflect::get(&event, &"clipboardData".into()).ok()?;
            let set: js_sys::Function = js_sys::Reflect::get(&data, &"setData".into()).ok()?.dyn_into().ok()?;
            set.call2(&data, &kind.into(), &words.into()).ok()
        };
        if set("text/html", &html).and(set("text/plain", &text)).is_some() {
            event.prevent_default();
        }
    });
    let selection = call(&window(), "getSelection", None);
    let shown = document().query_selector(selector).ok().flatten();
    if let Some((selection, shown)) = selection.as_ref().zip(shown) {
        call(selection, "selectAllChildren", Some(&shown));
    }
    let listener = fill.as_ref().unchecked_ref();
    let _ = document().add_event_listener_with_callback("copy", listener);
    let copied = document().unchecked_into::<HtmlDocument>().exec_command("copy").unwrap_or(false);
    let _ = document().remove_event_listener_with_callback("copy", listener);
    if let Some(selection) = selection.filter(|_| copied) {
        call(&selection, "removeAllRanges", None);
    }
    copied
}

/// By name: for one call each the types are not worth having.
fn call(of: &JsValue, name: &str, with: Option<&JsValue>) -> Option<JsValue> {
    let method: js_sys::Function = js_sys::Reflect::get(of, &name.into()).ok()?.dyn_into().ok()?;
    with.map_or_else(|| method.call0(of), |it| method.call1(of, it)).ok()
}
