//! What only sharing asks of the browser.
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "this is a part of the door to the browser")]

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlTextAreaElement;

/// The fragment, if it begins so, which then no longer stands in the address bar: it would be photographed and forwarded.
pub fn take_fragment(sign: &str) -> Option<String> {
    let location = window().location();
    let fragment = location.hash().ok().filter(|it| it.starts_with(sign))?;
    let bare = format!("{}{}", location.pathname().unwrap_or_default(), location.search().unwrap_or_default());
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&bare));
    }
    Some(fragment)
}

pub fn on_fragment(changed: impl Fn() + 'static) {
    super::listen("hashchange", move |_| changed());
}

/// In WeChat, QQ and their like nothing can be downloaded or printed.
pub fn in_chat() -> bool {
    let agent = window().navigator().user_agent().unwrap_or_default();
    ["MicroMessenger", " QQ/", "DingTalk", "Lark/"].iter().any(|it| agent.contains(it))
}

/// Today in days since 1970, by this machine's calendar.
pub fn today() -> u32 {
    let now = js_sys::Date::new_0();
    let local = now.get_time() - now.get_timezone_offset() * 60_000.0;
    (local / 86_400_000.0) as u32
}

/// `2026-11-23` for days since 1970.
pub fn day(days: u32) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(f64::from(days) * 86_400_000.0));
    format!("{}-{:02}-{:02}", date.get_utc_full_year(), date.get_utc_month() + 1, date.get_utc_date())
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
    for it in text.split('\n') {
        let length = it.encode_utf16().count();
        at += usize::from(!it.trim().is_empty());
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
