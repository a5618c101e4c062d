//! Where the page lies, and what its address says: on a host, or in the whole site as one file.
#![expect(clippy::disallowed_methods, reason = "this is a part of the door to the browser")]

use leptos::prelude::*;
use web_sys::Url;

/// Path, query with its `?`, fragment with its `#`. In the whole site as one file all of them stand behind the file's name,
/// and the path begins with `#/`.
pub fn here() -> (String, String, String) {
    let location = window().location();
    apart(
        location.pathname().unwrap_or_default(),
        location.search().unwrap_or_default(),
        location.hash().unwrap_or_default(),
    )
}

/// `#/sheet/1/?of=x-1#1-4` as the address that it is in the one file.
pub fn apart(path: String, query: String, mut fragment: String) -> (String, String, String) {
    if !fragment.starts_with("#/") {
        return (path, query, fragment);
    }
    let from = |text: &str, sign: u8| text.bytes().skip(1).position(|it| it == sign).map_or(text.len(), |it| it + 1);
    let row = fragment.split_off(from(&fragment, b'#'));
    let query = fragment.split_off(from(&fragment, b'?'));
    (fragment, query, row)
}

/// `https://host`, of this page.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Where the site is published, as the host says in site.toml, with a slash at its end.
pub fn published() -> String {
    let script = document().query_selector("script[data-address]").ok().flatten();
    script.and_then(|it| it.get_attribute("data-address")).unwrap_or_default()
}

/// The path of an absolute address; what addresses within one file begin with is one already.
pub fn path_of(address: &str) -> String {
    if address.starts_with('#') {
        return address.to_owned();
    }
    Url::new(address).map_or_else(|_| "/".to_owned(), |it| it.pathname())
}
