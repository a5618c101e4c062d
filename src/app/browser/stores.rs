//! What the browser keeps: for good, until the window is closed, or in the window's name where it keeps nothing.
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "this is the door to the browser")]

use std::cell::RefCell;

use gloo_storage::{LocalStorage, SessionStorage, Storage};
use leptos::prelude::*;

use crate::dossier::{Refused, Store};

/// A storage of the browser for this site: for good, or until the window is closed.
struct WebStore(web_sys::Storage);

/// The storage, where the browser lets us write: it may throw, be missing, or be there and refuse.
pub fn local_store() -> Option<Box<dyn Store>> {
    // gloo's `raw` panics where the browser blocks storage, so ask first
    window().local_storage().ok()??;
    writable(LocalStorage::raw())
}

/// The same for the storage that lasts until the window is closed.
pub fn session_store() -> Option<Box<dyn Store>> {
    window().session_storage().ok()??;
    writable(SessionStorage::raw())
}

fn writable(storage: web_sys::Storage) -> Option<Box<dyn Store>> {
    let (store, probe) = (WebStore(storage), "zp1/probe");
    let takes = store.set(probe, "1").is_ok();
    store.remove(probe);
    // one that is full holds something, ours or another program's; then saving says what is wrong
    let holds = || !store.keys().is_empty();
    if takes || holds() { Some(Box::new(store)) } else { None }
}

/// Where the browser keeps nothing: the window's name, which goes from page to page and ends with the window.
struct WindowStore;

const NAMED: &str = "zp1\n";

pub fn window_store() -> Box<dyn Store> {
    Box::new(WindowStore)
}

thread_local! {
    /// What the window's name held before it was emptied.
    static HELD: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Empties the window's name before the window leaves this page, because the next site could read it. `HELD` keeps what
/// it was.
pub fn hide_window() {
    HELD.set(Some(window_name()));
    let _ = window().set_name("");
}

/// Puts the name back: the window goes to another page of this site, which must find everything there.
pub fn show_window() {
    if let Some(name) = HELD.take() {
        let _ = window().set_name(&name);
    }
}

fn window_name() -> String {
    HELD.with_borrow(Clone::clone).unwrap_or_else(|| window().name().unwrap_or_default())
}

impl WindowStore {
    /// Every key with its text: a line each, a tab between the two. Records contain neither tabs nor line ends.
    fn all() -> Vec<(String, String)> {
        let name = window_name();
        let lines = name.strip_prefix(NAMED).unwrap_or_default().lines();
        lines.filter_map(|it| it.split_once('\t')).map(|(key, text)| (key.to_owned(), text.to_owned())).collect()
    }

    fn change(change: impl FnOnce(&mut Vec<(String, String)>)) -> Result<(), Refused> {
        let mut all = WindowStore::all();
        change(&mut all);
        let lines: Vec<String> = all.into_iter().map(|(key, text)| format!("{key}\t{text}")).collect();
        HELD.set(None);
        window().set_name(&format!("{NAMED}{}", lines.join("\n"))).map_err(|_| Refused)
    }
}

impl Store for WindowStore {
    fn get(&self, key: &str) -> Option<String> {
        WindowStore::all().into_iter().find(|it| it.0 == key).map(|it| it.1)
    }

    fn set(&self, key: &str, text: &str) -> Result<(), Refused> {
        WindowStore::change(|all| {
            all.retain(|it| it.0 != key);
            all.push((key.to_owned(), text.to_owned()));
        })
    }

    fn remove(&self, key: &str) {
        // a window that takes no name has nothing of ours
        let _ = WindowStore::change(|all| all.retain(|it| it.0 != key));
    }

    fn keys(&self) -> Vec<String> {
        WindowStore::all().into_iter().map(|it| it.0).collect()
    }
}

impl Store for WebStore {
    fn get(&self, key: &str) -> Option<String> {
        self.0.get_item(key).ok()?
    }

    fn set(&self, key: &str, text: &str) -> Result<(), Refused> {
        self.0.set_item(key, text).map_err(|_| Refused)
    }

    fn remove(&self, key: &str) {
        // a browser that does not let us remove has nothing of ours
        let _ = self.0.remove_item(key);
    }

    fn keys(&self) -> Vec<String> {
        (0..self.0.length().unwrap_or_default()).filter_map(|it| self.0.key(it).ok()?).collect()
    }
}
