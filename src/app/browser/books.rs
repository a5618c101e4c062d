//! A file that somebody chose: a workbook as bytes, anything else as text.

use leptos::prelude::event_target;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, File, FileReader, HtmlInputElement};

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
