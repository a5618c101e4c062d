//! What every page is made from, and where the files lie that a page loads.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use crate::app::{Address, AppPart, State};

use super::host::made_by;
use super::library::Library;
use super::markup::finished;
use super::style::{Inlined, StyleRules};

/// The style sheets that only some parts of the app need.
pub const CASE_STYLE: &str = "app-dossier-evidence-mine-packet-plan-roster-scope-start-versions-workbook.css";
pub const WORK_STYLE: &str = "app-evidence-packet-plan-roster-versions-workbook.css";
pub const SHARE_STYLE: &str = "app-compare-desk-form-open-packet-panel-send.css";
pub const COMPARE_STYLE: &str = "app-compare-panel.css";

/// The site as one file, at its root.
pub const OFFLINE: &str = "offline.html";

/// What every page is made from.
#[derive(Clone)]
pub struct Site {
    /// Its first edition is that of the pages.
    pub library: &'static Library,
    pub assets: Arc<Assets>,
    /// `data-release` of every page.
    pub release: String,
    pub within: Arc<Within>,
}

/// What stands in the pages themselves.
pub struct Within {
    /// The style sheets, by what they are for.
    pub styles: BTreeMap<&'static str, Arc<Inlined>>,
    /// That of every page for reading, of which most need little.
    pub reading: StyleRules,
    pub look: Inlined,
    /// What a host settles about the look.
    pub host: Option<Arc<Inlined>>,
    pub going: Inlined,
    /// Where there are several editions.
    pub finding: Option<Inlined>,
}

impl Site {
    /// The address of the site's root.
    pub fn address(&self) -> &'static str {
        &self.library.settings.address
    }

    /// The last line of pages, papers and files.
    pub fn made_by(&self) -> String {
        made_by(self.library.settings, &self.release)
    }

    /// A view of a page, as markup. Signals that it made are freed afterwards.
    pub fn markup(
        &self,
        root: &'static str,
        route: &Address,
        kept_together: bool,
        view: impl FnOnce(State) -> AnyView,
    ) -> String {
        let Library { editions, rules, .. } = *self.library;
        let state = || State::still(editions, rules, root, route.clone()).within(self.library.own().folder);
        finished(&still(|| view(state()).to_html()), kept_together)
    }
}

/// Where each asset lies, by what it is for.
pub struct Assets(pub BTreeMap<String, String>);

impl Assets {
    pub fn url(&self, root: &str, name: &str) -> String {
        format!("{root}assets/{}", self.file(name))
    }

    /// What the parts of the app need besides the app itself, as files: modules and style sheets.
    pub fn of_parts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(name, _)| !name.ends_with(".js") && parts(name).next().is_some()).map(|it| it.1.as_str())
    }

    /// Of one part, by what each is for.
    pub fn of_part(&self, part: AppPart) -> Vec<&str> {
        self.0.keys().map(String::as_str).filter(|name| parts(name).any(|it| it == part.name())).collect()
    }

    /// The name of its file, as another asset refers to it: they all lie in one folder.
    pub fn file(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

/// The parts of the app that need a file, as its name says: `app-case-meet.wasm`.
pub fn parts(file: &str) -> impl Iterator<Item = &str> {
    let stem = [".wasm", ".css", "-fallback.js"].iter().find_map(|it| file.strip_suffix(it));
    stem.and_then(|it| it.strip_prefix("app-")).into_iter().flat_map(|it| it.split('-'))
}

/// Makes something, and frees the signals made meanwhile.
pub fn still<T>(make: impl FnOnce() -> T) -> T {
    let owner = Owner::new();
    let made = owner.with(make);
    owner.cleanup();
    made
}
