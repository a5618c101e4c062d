//! The mirror of what the browser keeps, by way of assets/mirror.js, which says how it is asked.
#![expect(clippy::disallowed_methods, reason = "this is the door to the browser")]

use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use crate::dossier::MirrorAsk;

/// Who asks the mirror.
pub trait MirrorAsker {
    /// Takes the entries that were found and returns those to be written in the same transaction.
    fn found(&self, ask: &MirrorAsk, entries: &[String]) -> Vec<String>;
    /// Is told how the question ended: `ok` where all was written, `lost` where the mirror had been damaged and begins anew.
    /// Is the browser to be asked to keep it all?
    fn ended(&self, ok: bool, lost: bool) -> bool;
}

/// Reads and writes in one transaction. `asker` is told later how it ended, unless something else is asked before.
pub fn ask_mirror(ask: MirrorAsk, asker: impl MirrorAsker + 'static) {
    let names = match &ask {
        MirrorAsk::All => JsValue::NULL,
        MirrorAsk::Of(names) => list(names),
    };
    let heard = move |what: JsValue, lost: bool| match what.as_bool() {
        Some(ok) => asker.ended(ok, lost).into(),
        None => {
            let found = what.unchecked_into::<Array>();
            let found: Vec<String> = found.iter().filter_map(|it| it.as_string()).collect();
            list(&asker.found(&ask, &found))
        }
    };
    let heard = Closure::<dyn FnMut(JsValue, bool) -> JsValue>::new(heard).into_js_value();
    // where the script lacks it, the question is never answered
    if let Ok(call) = Reflect::get(&window(), &"askMirror".into()) {
        let _ = call.unchecked_into::<Function>().call2(&JsValue::NULL, &names, &heard);
    }
}

fn list(texts: &[String]) -> JsValue {
    let all = Array::new();
    for text in texts {
        all.push(&text.into());
    }
    all.into()
}
