//! What a screen reader hears of a page that becomes another one with every key or press: one thing a second at most.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;

use crate::app::browser;

use super::html::{El, el};

/// A line that nobody sees. What `words` becomes is said a second later, as it is by then, and a second after whatever was
/// said before.
pub fn announced(words: impl Fn() -> String + Send + 'static) -> El {
    announced_boxed(Box::new(words))
}

#[inline(never)]
fn announced_boxed(words: Box<dyn Fn() -> String + Send>) -> El {
    let (next, said) = (Rc::new(Cell::new(None)), RwSignal::new(String::new()));
    Effect::new(move |before: Option<()>| {
        let words = words();
        if before.is_some() && next.replace(Some(words)).is_none() {
            say(next.clone(), said);
        }
    });
    el("span").class("vh noprint").set("role", "status").words(move || said.get())
}

fn say(next: Rc<Cell<Option<String>>>, said: RwSignal<String>) {
    browser::after(browser::PAUSE, move || {
        if browser::is_speaking() {
            return say(next, said);
        }
        let Some(words) = next.take() else { return };
        // the page may have been left meanwhile
        if said.try_with_untracked(|it| *it != words) == Some(true) {
            if !words.is_empty() {
                browser::spoken();
            }
            said.set(words);
        }
    });
}
