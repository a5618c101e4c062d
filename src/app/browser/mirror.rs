//! The mirror of what the browser keeps: an IndexedDB, which answers later and writes to disk before it does.
#![expect(clippy::disallowed_methods, reason = "this is the door to the browser")]

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

use crate::dossier::MirrorAsk;

/// The names of the database and of what is in it; assets/rescue.js and assets/going.js read them too.
const DATABASE: &str = "zp1";
const KEPT: &str = "kept";

/// Takes the entries that were found and returns what to write, by name.
pub type MirrorAnswer = Box<dyn FnOnce(&[String]) -> Vec<(String, String)>>;
/// Is told whether it was written.
pub type MirrorDone = Box<dyn FnOnce(bool)>;

thread_local! {
    static OPEN: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
    static LOST: Cell<bool> = const { Cell::new(false) };
}

/// Once: did the browser find the files of its database damaged, and begin a new one? Only Chromium says so.
pub fn mirror_was_lost() -> bool {
    LOST.take()
}

/// Reads and writes in one transaction, and says how it ended, once.
pub fn ask_mirror(ask: MirrorAsk, answer: MirrorAnswer, done: MirrorDone) {
    if let Some(database) = OPEN.with_borrow(Clone::clone) {
        return transact(&database, &ask, answer, done);
    }
    let done = Rc::new(Cell::new(Some(done)));
    let then = done.clone();
    let opened = move |request: IdbOpenDbRequest| {
        let Some(done) = then.take() else { return };
        match request.result().ok().and_then(|it| it.dyn_into::<IdbDatabase>().ok()) {
            Some(database) => {
                OPEN.set(Some(database.clone()));
                transact(&database, &ask, answer, done);
            }
            None => done(false),
        }
    };
    if open(opened).is_none() {
        // whoever asks is not called back before it has gone on
        super::after(0, move || end(&done, false));
    }
}

/// `None` where the browser has no such thing or blocks it.
fn open(opened: impl FnOnce(IdbOpenDbRequest) + 'static) -> Option<()> {
    let request = window().indexed_db().ok()??.open_with_u32(DATABASE, 1).ok()?;
    let made = request.clone();
    let make = move |event: Event| {
        let lost = js_sys::Reflect::get(&event, &"dataLoss".into()).ok().and_then(|it| it.as_string());
        LOST.set(lost.is_some_and(|it| it != "none"));
        if let Some(database) = made.result().ok().and_then(|it| it.dyn_into::<IdbDatabase>().ok()) {
            let _ = database.create_object_store(KEPT);
        }
    };
    request.set_onupgradeneeded(Some(Closure::once_into_js(make).unchecked_ref()));
    let this = request.clone();
    let ended = Closure::once_into_js(move || opened(this));
    request.set_onsuccess(Some(ended.unchecked_ref()));
    request.set_onerror(Some(ended.unchecked_ref()));
    Some(())
}

fn transact(database: &IdbDatabase, ask: &MirrorAsk, answer: MirrorAnswer, done: MirrorDone) {
    let done = Rc::new(Cell::new(Some(done)));
    if begin(database, ask, answer, &done).is_none() {
        super::after(0, move || end(&done, false));
    }
}

/// What failed is opened anew next time: the browser closes a database whose files are damaged or were cleared.
fn end(done: &Cell<Option<MirrorDone>>, ok: bool) {
    if !ok {
        OPEN.set(None);
    }
    if let Some(done) = done.take() {
        done(ok);
    }
}

fn begin(
    database: &IdbDatabase,
    ask: &MirrorAsk,
    answer: MirrorAnswer,
    done: &Rc<Cell<Option<MirrorDone>>>,
) -> Option<()> {
    // on disk, not only on its way there; browsers that do not know the option write as they always do
    let strict = js_sys::Object::new();
    js_sys::Reflect::set(&strict, &"durability".into(), &"strict".into()).ok()?;
    let begin: js_sys::Function = js_sys::Reflect::get(database, &"transaction".into()).ok()?.dyn_into().ok()?;
    let begun = begin.call3(database, &KEPT.into(), &"readwrite".into(), &strict).ok()?;
    let transaction: IdbTransaction = begun.dyn_into().ok()?;
    let done = done.clone();
    let ended = Closure::once_into_js(move |event: Event| end(&done, event.type_() == "complete"));
    transaction.set_oncomplete(Some(ended.unchecked_ref()));
    transaction.set_onabort(Some(ended.unchecked_ref()));
    let store = transaction.object_store(KEPT).ok()?;
    let requests: Vec<IdbRequest> = match ask {
        MirrorAsk::All => vec![store.get_all().ok()?],
        MirrorAsk::Of(names) => names.iter().filter_map(|name| store.get(&name.into()).ok()).collect(),
    };
    let last = requests.last()?.clone();
    let found = move || {
        if write(&store, answer(&texts(&requests))).is_none() {
            let _ = transaction.abort();
        }
    };
    last.set_onsuccess(Some(Closure::once_into_js(found).unchecked_ref()));
    Some(())
}

/// All texts among the results, each of which is a text, a list of texts or nothing.
fn texts(requests: &[IdbRequest]) -> Vec<String> {
    let results = requests.iter().filter_map(|it| it.result().ok());
    let list = |result: JsValue| match result.dyn_into::<js_sys::Array>() {
        Ok(all) => all.iter().collect(),
        Err(one) => vec![one],
    };
    results.flat_map(list).filter_map(|it| it.as_string()).collect()
}

fn write(store: &IdbObjectStore, texts: Vec<(String, String)>) -> Option<()> {
    for (name, text) in texts {
        store.put_with_key(&text.into(), &name.into()).ok()?;
    }
    Some(())
}

/// Asks the browser not to clear what is kept when it needs room. Missing where the site has no https.
pub fn keep_for_good() {
    let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).ok();
    let storage = get(&window().navigator(), "storage").filter(JsValue::is_object);
    let persist = storage.as_ref().and_then(|it| get(it, "persist")?.dyn_into::<js_sys::Function>().ok());
    if let (Some(storage), Some(persist)) = (storage, persist) {
        let _ = persist.call0(&storage);
    }
}
