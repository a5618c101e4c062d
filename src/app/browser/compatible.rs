//! What `letters/compatible.rs` does natively: browsers have Unicode's lists, which need not be loaded with the program.

/// The one character that this one is decomposed to.
pub fn compatible(letter: char) -> char {
    let normal = js_sys::JsString::from(letter).normalize("NFKC").as_string();
    normal.and_then(|text| text.chars().next()).unwrap_or(letter)
}
