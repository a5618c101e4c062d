//! The one place that talks to the browser.
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "this is the door to the browser")]

mod books;
mod mirror;
mod pace;
mod place;
mod printing;
mod reading;
mod rows;
mod sharing;
mod stores;
mod typing;
mod limits;

use std::cell::Cell;
use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle, window_event_listener_untyped};
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, Element, Event, FileReader, HtmlAnchorElement, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent, Url,
};

use crate::letters::plain_text;

use place::apart;

pub use books::{BookFile, ChosenFile, book_of, on_drop, read_book, read_brought, read_dropped};
pub use mirror::{MirrorAsker, ask_mirror};
pub use pace::{PAUSE, is_speaking, spoken};
pub use place::{here, origin, path_of, published};
pub use printing::{OnPaper, before_looking, made_by, on_print, once_seen, print, while_printing};
pub use rows::{RowInWords, RowViews, is_open, row_id, show_rows};
pub use sharing::{
    copy_table, download_bytes, dropped, in_chat, on_fragment, pasted_table, put_in_area, read_files, select_line,
    take_fragment, text_in_area, today,
};
pub use stores::{hide_window, local_store, session_store, show_window, window_store};
pub use typing::{help_typing, is_amid_word};

pub use reading::{
    ListKey, SAID, address_of, attribute, click, copy, count, into_view, mount_at_end, mount_in, on_attention,
    on_button, on_change, on_input, on_key, query_parameter, set_attribute, set_text,
};

pub use limits::guard_pasting;

/// Puts the view in place of what was prerendered, in one task.
pub fn mount<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) {
    let page = document().get_element_by_id("page").expect("every page of the site has it");
    page.set_text_content(None);
    mount_to(page.unchecked_into(), view).forget();
    if let Some(row) = here().2.strip_prefix('#') {
        scroll_to(row);
    }
}

/// Enters an address of this site into the history.
pub fn push(address: &str) {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// To be called with the address of a page that is shown now.
pub type Shown = Box<dyn FnOnce(&str)>;

/// Calls back with path, query and address of every link of the site that is followed in this tab. `true` means taken care
/// of, now or later.
pub fn on_link(root: &'static str, follow: impl Fn(&str, &str, String, Shown) -> bool + 'static) {
    listen("click", move |event| {
        let click: &MouseEvent = event.unchecked_ref();
        let elsewhere =
            click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key() || click.button() != 0;
        let element = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let link =
            element.and_then(|it| it.closest("a[href]").ok()?).and_then(|it| it.dyn_into::<HtmlAnchorElement>().ok());
        let Some(link) = link.filter(|it| !elsewhere && !event.default_prevented() && !it.has_attribute("download"))
        else {
            return;
        };
        let ours = link.origin() == window().location().origin().unwrap_or_default();
        let (path, query, fragment) = apart(link.pathname(), link.search(), link.hash());
        let Some(below) = path.strip_prefix(root).filter(|_| ours) else { return };
        let (here, its_query, _) = here();
        if path == here && query == its_query && !fragment.is_empty() {
            return;
        }
        let shown = Box::new(move |address: &str| {
            push(address);
            after(0, move || match fragment.strip_prefix('#') {
                Some(row) => scroll_to(row),
                None => {
                    window().scroll_to_with_x_and_y(0.0, 0.0);
                    focus("h1");
                }
            });
        });
        if follow(below, &query, link.href(), shown) {
            event.prevent_default();
        }
    });
}

pub fn on_back(back: impl Fn() + 'static) {
    listen("popstate", move |_| back());
}

/// Calls back when the page is hidden or left, and when it comes back.
pub fn on_leave(leave: impl Fn() + Clone + 'static, back: impl Fn() + Clone + 'static) {
    listen("pagehide", {
        let leave = leave.clone();
        move |_| leave()
    });
    listen("pageshow", {
        let back = back.clone();
        move |_| back()
    });
    listen("focus", {
        let back = back.clone();
        move |_| back()
    });
    listen("storage", {
        let back = back.clone();
        move |_| back()
    });
    let hidden = move |_: Event| if document().hidden() { leave() } else { back() };
    let closure = Closure::<dyn Fn(Event)>::new(hidden);
    let _ = document().add_event_listener_with_callback("visibilitychange", closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Lets the browser ask before it leaves a page on which something would be lost.
pub fn before_leaving(would_lose: impl Fn() -> bool + 'static) {
    listen("beforeunload", move |event| {
        if would_lose() {
            event.prevent_default();
            // Chromium before 119 asks only if this is set
            let _ = js_sys::Reflect::set(&event, &"returnValue".into(), &"".into());
        }
    });
}

/// What the keys ask for that every program knows.
#[derive(Clone, Copy)]
pub enum Shortcut {
    Save,
    Undo,
    Redo,
}

/// Ctrl+S, Ctrl+Z, and Ctrl+Y or Ctrl+Shift+Z. In a field whose text was not taken, and in the search, undoing is the browser's.
pub fn on_shortcut(then: impl Fn(Shortcut) + 'static) {
    listen("keydown", move |event| {
        let key: &KeyboardEvent = event.unchecked_ref();
        if !(key.ctrl_key() || key.meta_key()) || key.alt_key() || key.is_composing() {
            return;
        }
        let shortcut = match (&*key.key().to_ascii_lowercase(), key.shift_key()) {
            ("s", false) => Shortcut::Save,
            ("z", false) => Shortcut::Undo,
            ("y", false) | ("z", true) => Shortcut::Redo,
            _ => return,
        };
        let field = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let own = field
            .and_then(|it| it.closest("[type=search], [aria-invalid=true]:not([data-kept]), [data-own]").ok()?)
            .is_some();
        if matches!(shortcut, Shortcut::Save) || !own {
            event.prevent_default();
            then(shortcut);
        }
    });
}

fn listen(event: &str, heard: impl Fn(Event) + 'static) {
    // for as long as the page lives
    std::mem::forget(window_event_listener_untyped(event, heard));
}

/// Runs once, later.
pub fn after(milliseconds: u64, then: impl FnOnce() + 'static) -> Option<TimeoutHandle> {
    set_timeout_with_handle(then, Duration::from_millis(milliseconds)).ok()
}

/// Seconds since 1970, by this machine's clock.
pub fn now() -> u64 {
    // by way of 32 bits: the JavaScript build of the module knows no cast from a double to 64
    u64::from((js_sys::Date::now() / 1000.0) as u32)
}

/// `14:05`.
pub fn clock() -> String {
    let now = js_sys::Date::new_0();
    format!("{:02}:{:02}", now.get_hours(), now.get_minutes())
}

/// `20261123`, and `2026-11-23 14:05` for a moment in seconds since 1970.
pub fn date(seconds: Option<u64>) -> String {
    let date = match seconds {
        Some(seconds) => js_sys::Date::new(&JsValue::from_f64(seconds as f64 * 1000.0)),
        None => js_sys::Date::new_0(),
    };
    let (year, month, day) = (date.get_full_year(), date.get_month() + 1, date.get_date());
    match seconds {
        Some(_) => format!("{year}-{month:02}-{day:02} {:02}:{:02}", date.get_hours(), date.get_minutes()),
        None => format!("{year}{month:02}{day:02}"),
    }
}

/// Any number.
pub fn chance() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}

/// A name nobody else has: the moment and some chance.
pub fn new_id() -> String {
    let mut id = Vec::new();
    for mut n in [u64::from(chance()), now() << 20 | u64::from(chance() >> 12)] {
        while 0 < n {
            id.push(b"0123456789abcdefghijklmnopqrstuvwxyz"[(n % 36) as usize]);
            n /= 36;
        }
    }
    id.reverse();
    String::from_utf8(id).unwrap_or_default()
}

pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Moves the focus to the first element that fits, without scrolling past the header.
pub fn focus(selector: &str) {
    if let Some(found) = document().query_selector(selector).ok().flatten() {
        let _ = found.unchecked_into::<HtmlElement>().focus();
    }
}

/// The field in use is left: it reports what was typed, as when somebody goes to the next one.
pub fn leave_field() {
    if let Some(field) = document().active_element() {
        let _ = field.unchecked_into::<HtmlElement>().blur();
    }
}

pub fn scroll_to(id: &str) {
    if let Some(found) = document().get_element_by_id(id) {
        found.scroll_into_view();
    }
}

/// Asks the boot script for a part of the app, and for the whole of the data.
pub fn fetch_part(name: &str, there: impl FnOnce() + 'static, not: impl FnOnce() + 'static) {
    let there: Box<dyn FnOnce()> = Box::new(there);
    let not: Box<dyn FnOnce()> = Box::new(not);
    if let Some(ask) = boot_script("app_part") {
        let (there, not) = (Closure::once_into_js(there), Closure::once_into_js(not));
        let _ = ask.call3(&JsValue::NULL, &name.into(), &there, &not);
    }
}

/// The same ahead of time, for a part that may be wanted later: nobody waits for it and nothing is said.
pub fn fetch_part_quietly(name: &str, there: impl FnOnce() + 'static) {
    let there: Box<dyn FnOnce()> = Box::new(there);
    if let Some(ask) = boot_script("app_part") {
        let _ = ask.call2(&JsValue::NULL, &name.into(), &Closure::once_into_js(there));
    }
}

/// Tells the boot script that a page of this part is shown now, for the style sheets.
pub fn wear_style_of(name: &str) {
    if let Some(tell) = boot_script("app_wear") {
        let _ = tell.call1(&JsValue::NULL, &name.into());
    }
}

fn boot_script(function: &str) -> Option<js_sys::Function> {
    js_sys::Reflect::get(&window(), &function.into()).ok()?.dyn_into().ok()
}

/// Loads another page of the site.
pub fn load(address: &str) {
    let _ = window().location().set_href(address);
}

pub fn reload() {
    let _ = window().location().reload();
}

/// Hands the person a file.
pub fn download(name: &str, text: &str) {
    // a browser without downloads shows nothing; the page goes on
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let _ = Blob::new_with_str_sequence(&parts).ok().and_then(|it| offer(name, &it));
}

fn offer(name: &str, blob: &Blob) -> Option<()> {
    let url = Url::create_object_url_with_blob(blob).ok()?;
    let link: HtmlAnchorElement = document().create_element("a").ok()?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    document().body()?.append_child(&link).ok()?;
    link.click();
    link.remove();
    after(10_000, move || {
        let _ = Url::revoke_object_url(&url);
    });
    Some(())
}

/// Reads the file chosen in a field as text; `None` where it is over 8 MB, which is more than a browser keeps, or cannot be read.
pub fn read_file(event: &Event, done: impl Fn(Option<String>) + 'static) {
    let field: HtmlInputElement = event_target(event);
    if let Some(file) = field.files().and_then(|it| it.get(0)) {
        read_blob(&file, done);
    }
    field.set_value("");
}

fn read_blob(file: &Blob, done: impl Fn(Option<String>) + 'static) {
    if f64::from(8 << 20) < file.size() {
        return done(None);
    }
    let Ok(reader) = FileReader::new() else { return done(None) };
    let (this, blob) = (reader.clone(), file.clone());
    let again = Cell::new(true);
    let loaded = Closure::<dyn FnMut()>::new(move || {
        let text = this.result().ok().and_then(|it| it.as_string());
        // no UTF-8: what Windows in China writes
        if again.take() && text.as_ref().is_some_and(|it| it.contains('\u{fffd}')) {
            let _ = this.read_as_text_with_label(&blob, "gb18030");
        } else {
            done(text);
        }
    });
    reader.set_onloadend(Some(loaded.as_ref().unchecked_ref()));
    loaded.forget();
    let _ = reader.read_as_text(file);
}

/// What stands in the field an event comes from, as it is kept; the field shows it so too.
pub fn text_of(event: &Event) -> String {
    plain_in(&event_target(event))
}

/// The caret moves only where something pasted looked like other letters than it was.
fn plain_in(field: &HtmlInputElement) -> String {
    let typed = field.value();
    let plain = plain_text(&typed);
    if plain != typed {
        field.set_value(&plain);
    }
    plain
}

/// Is an input method still at work on the field?
pub fn is_composing(event: &Event) -> bool {
    js_sys::Reflect::get(event, &"isComposing".into()).is_ok_and(|it| it.is_truthy())
}

/// Enter, outside an input method.
pub fn is_enter(event: &Event) -> bool {
    let event: &KeyboardEvent = event.unchecked_ref();
    event.key() == "Enter" && !event.is_composing() && event.key_code() != 229
}

pub fn is_escape(event: &Event) -> bool {
    event.unchecked_ref::<KeyboardEvent>().key() == "Escape"
}

/// Does the event come from something that does as it is told by Enter itself?
pub fn is_button(event: &Event) -> bool {
    let element = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.closest("button, a, textarea").is_ok_and(|it| it.is_some()))
}

/// Puts a text into the field of that id, unless it stands there already: writing moves the caret.
pub fn put(id: &str, text: &str) {
    if let Some(field) = field(id).filter(|it| it.value() != text) {
        field.set_value(text);
    }
}

/// What stands in the field of that id.
pub fn text_in(id: &str) -> String {
    field(id).map(|it| plain_in(&it)).unwrap_or_default()
}

fn field(id: &str) -> Option<HtmlInputElement> {
    document().get_element_by_id(id).map(JsCast::unchecked_into)
}
