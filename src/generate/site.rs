//! What every page is made from, and where the files lie that a page loads.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::app::{Route, State};

use super::library::Library;
use super::markup::finished;

/// What every page is made from.
pub struct Site {
    pub library: &'static Library,
    pub assets: Assets,
    /// The address of the site's root.
    pub address: String,
}

impl Site {
    /// A view of a page, as markup. Signals that it made are freed afterwards.
    pub fn markup(
        &self,
        root: &'static str,
        route: &Route,
        kept_together: bool,
        view: impl FnOnce(State) -> AnyView,
    ) -> String {
        let html =
            still(|| view(State::still(self.library.editions, self.library.rules, root, route.clone())).to_html());
        finished(&html, kept_together)
    }
}

/// Where each asset lies, by what it is for.
pub struct Assets(pub BTreeMap<String, String>);

impl Assets {
    pub fn url(&self, root: &str, name: &str) -> String {
        format!("{root}assets/{}", self.file(name))
    }

    /// The name of its file, as another asset refers to it: they all lie in one folder.
    pub fn file(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

/// Makes something, and frees the signals made meanwhile.
pub fn still<T>(make: impl FnOnce() -> T) -> T {
    let owner = Owner::new();
    let made = owner.with(make);
    owner.cleanup();
    made
}
