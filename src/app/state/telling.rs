//! What just happened, said at the foot of the window and to a screen reader.

use leptos::prelude::*;

use super::{State, Undo};
use crate::app::browser;

/// How long it stays, and how long with a button that takes it back; in milliseconds.
const TOLD: u64 = 8_000;
const OFFERED: u64 = 20_000;

impl State {
    /// Says what just happened, for as long as it takes to read.
    pub fn tell(self, words: String) {
        self.say(words, None);
    }

    /// The same with a button that takes it back.
    pub fn tell_with(self, words: String, undo: Undo) {
        self.say(words, Some(undo));
    }

    fn say(self, words: String, undo: Option<Undo>) {
        let long = if undo.is_some() { OFFERED } else { TOLD };
        self.offered.set(undo);
        self.told.set(words.clone());
        self.speak();
        browser::after(long, move || {
            if self.told.with_untracked(|it| *it == words) {
                self.quiet();
            }
        });
    }

    /// What is told by then is heard a second later, and a second after whatever was said before.
    fn speak(self) {
        browser::after(browser::PAUSE, move || {
            let mut words = self.told.get_untracked();
            if !words.is_empty() && self.offered.with_untracked(Option::is_some) {
                words.push_str("可以撤销。");
            }
            if self.heard.with_untracked(|it| *it == words) {
                return;
            }
            if browser::is_speaking() {
                return self.speak();
            }
            browser::spoken();
            self.heard.set(words);
        });
    }

    /// Takes the notice away.
    pub fn quiet(self) {
        self.told.set(String::new());
        self.heard.set(String::new());
        self.offered.set(None);
    }
}
