//! A file that somebody chose: a workbook as bytes, anything else as text.

#![expect(clippy::disallowed_methods, reason = "this is a part of the door to the browser")]

use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::prelude::{event_target, on_cleanup};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, File, FileList, FileReader, HtmlInputElement};

/// What a file holds.
pub enum ChosenFile {
    Book(Vec<u8>),
    Text(String),
}

/// The most bytes of a file that are read.
const MOST: f64 = 16_777_216.0;

/// Reads the file chosen in a field; `None` where it is too large or cannot be read.
pub fn read_book(event: &Event, done: impl Fn(Option<ChosenFile>) + Clone + 'static) {
    let field: HtmlInputElement = event_target(event);
    if let Some(file) = field.files().and_then(|it| it.get(0)) {
        read(&file, done);
    }
    field.set_value("");
}

/// A workbook that was chosen or dropped on a page that does not read it.
pub struct BookFile(File);

/// How the names of workbooks end; the old ones are refused in words where they are read.
const BOOKS: [&str; 4] = [".xlsx", ".xlsm", ".xls", ".et"];

/// The first file that was chosen in a field or dropped, if it is a workbook by its name.
pub fn book_of(event: &Event) -> Option<BookFile> {
    let file = first_file(event)?;
    let name = file.name();
    let name = name.as_bytes();
    let ends = |it: &str| it.len() < name.len() && name[name.len() - it.len()..].eq_ignore_ascii_case(it.as_bytes());
    BOOKS.iter().any(|it| ends(it)).then_some(BookFile(file))
}

fn first_file(event: &Event) -> Option<File> {
    let of = |from: &wasm_bindgen::JsValue, name: &str| js_sys::Reflect::get(from, &name.into()).ok();
    let dropped = of(event, "dataTransfer").filter(|it| it.is_object());
    let from = dropped.or_else(|| of(event, "target"))?;
    of(&from, "files")?.dyn_into::<FileList>().ok()?.get(0)
}

/// Reads such a file.
pub fn read_brought(file: &BookFile, done: impl Fn(Option<ChosenFile>) + Clone + 'static) {
    read(&file.0, done);
}

/// Reads the first file that was dropped.
pub fn read_dropped(event: &Event, done: impl Fn(Option<ChosenFile>) + Clone + 'static) {
    if let Some(file) = first_file(event) {
        read(&file, done);
    }
}

/// Calls back with what is dropped anywhere in the window, for as long as the page is shown that asks.
pub fn on_drop(dropped: impl Fn(&Event) + 'static) {
    let over = window_event_listener_untyped("dragover", |event| event.prevent_default());
    let heard = window_event_listener_untyped("drop", move |event| {
        if !event.default_prevented() {
            event.prevent_default();
            dropped(&event);
        }
    });
    on_cleanup(move || {
        over.remove();
        heard.remove();
    });
}

fn read(file: &File, done: impl Fn(Option<ChosenFile>) + Clone + 'static) {
    let Ok(reader) = FileReader::new() else { return done(None) };
    if MOST < file.size() {
        return done(None);
    }
    let (this, blob) = (reader.clone(), file.clone());
    let loaded = Closure::<dyn FnMut()>::new(move || {
        let bytes = this.result().ok().and_then(|it| it.dyn_into::<js_sys::ArrayBuffer>().ok());
        let Some(bytes) = bytes.map(|it| js_sys::Uint8Array::new(&it).to_vec()) else { return done(None) };
        // workbooks are archives; everything else is text, perhaps that of Windows in China
        if bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf]) {
            return done(Some(ChosenFile::Book(bytes)));
        }
        let done = done.clone();
        super::read_blob(&blob, move |text| done(text.map(ChosenFile::Text)));
    });
    reader.set_onloadend(Some(loaded.as_ref().unchecked_ref()));
    loaded.forget();
    let _ = reader.read_as_array_buffer(file);
}
