//! The editions that the site has, and by which of them a dossier is judged.

use leptos::prelude::*;

use crate::app::{Address, data};
use crate::dossier::Dossier;
use crate::filing::Rules;
use crate::rubric::{Edition, Rubric};

use super::{Open, State};

static NO_EDITION: Edition = Edition {
    id: String::new(),
    notice: String::new(),
    title: String::new(),
    as_of: String::new(),
    columns: Vec::new(),
    applicants: Vec::new(),
    rubrics: Vec::new(),
    readings: Vec::new(),
    cites: Vec::new(),
    settled: Vec::new(),
    later: Vec::new(),
};

/// Where the pages lie that show the first of the editions, as the path of one of them below the root says: in a folder of
/// the edition's name, or in none where it is the newest of the site.
pub(super) fn folder_of(below: &'static str) -> &'static str {
    let own = data::editions().first().map_or("", |it| &it.id);
    let (folder, _) = below.split_once('/').unwrap_or_default();
    if folder == own { below.get(..=folder.len()).unwrap_or_default() } else { "" }
}

/// What a path below the root means to the pages in a folder. Those of other editions are pages of the site that the app
/// leads to, and does not show.
pub(super) fn address_in(folder: &str, below: &str, query: &str) -> Address {
    below.strip_prefix(folder).map_or(Address::Notices, |it| Address::parse(it, query))
}

impl State {
    /// The same for the pages of another edition: `folder` is where they lie.
    pub fn within(self, folder: &'static str) -> State {
        State { folder, ..self }
    }

    /// An address as a link has it, from the top of the host.
    pub fn href(self, address: &Address) -> String {
        let folder = if address.is_of_edition() { self.folder } else { "" };
        format!("{}{folder}{}", self.root, address.below_root())
    }

    /// That of this page first. The newest in force comes before the others.
    pub fn editions(self) -> &'static [Edition] {
        if self.live { data::editions() } else { self.still.0 }
    }

    /// The filing rules of each edition; none where only a sheet is filled in.
    pub fn rules(self) -> &'static [Rules] {
        if self.live { data::rules() } else { self.still.1 }
    }

    /// The edition of this page; at the root of the site, the newest in force.
    pub fn edition(self) -> &'static Edition {
        self.editions().first().expect("a site has an edition")
    }

    /// For a dossier of an edition that this site does not have, one without rubrics: no other one may judge it.
    pub fn edition_of(self, dossier: &Dossier) -> &'static Edition {
        self.editions().iter().find(|it| it.id == dossier.edition).unwrap_or(&NO_EDITION)
    }

    /// The filing rules of an edition.
    pub fn rules_of(self, edition: &Edition) -> Option<&'static Rules> {
        self.rules().iter().find(|it| it.edition == edition.id)
    }

    /// The rubric by which the open dossier is scored, or the newest.
    pub fn rubric(self, annex: u8) -> Option<(&'static Edition, &'static Rubric)> {
        let of_open = |open: &Option<Open>| open.as_ref().map(|it| self.edition_of(&it.dossier));
        let edition = self.open.with_untracked(of_open).unwrap_or_else(|| self.edition());
        edition.rubric(annex).map(|it| (edition, it))
    }

    /// Is it of an edition that this site does not have? Then nothing can be said of it, and nothing is changed.
    pub fn lacks(self, dossier: &Dossier) -> bool {
        self.editions().iter().all(|it| it.id != dossier.edition)
    }
}
