//! Reading: the files of a site's folder as the typed model, and everything that is wrong with them.
//!
//! `folder` reads from disk; `table` reads TOML key by key, so that each mistake has its line; the others make the
//! model of one kind of file each. Whether a model is sound in itself is checked by the core (`rubric::check`,
//! `filing`).

mod concordance;
pub mod decoded;
mod edition;
mod facts;
mod filing;
mod gathered;
pub mod folder;
pub mod keys;
pub mod later;
mod notice;
mod person;
mod places;
mod scope;
pub mod several;
mod site;
pub mod table;

use std::collections::BTreeMap;
use std::fmt;

use crate::rubric::Unsound;

pub use edition::Validity;
pub use folder::{Loaded, SiteFolders, load};
pub use notice::files::{is_reserved, sized};
pub use site::SiteSettings;

/// Something a person has to mend in a data file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Relative to the site's folder.
    pub file: String,
    /// From 1.
    pub line: usize,
    pub message: String,
}

/// The line of a file on which each thing stands.
pub type Lines<P> = BTreeMap<P, usize>;

impl Problem {
    /// What the core found wrong with a file's model, at its line.
    pub fn of<P: Ord>(unsound: Unsound<P>, file: &str, lines: &Lines<P>) -> Problem {
        let line = lines.get(&unsound.place).copied().unwrap_or(1);
        Problem { file: file.to_owned(), line, message: unsound.message }
    }
}

/// `rubric.toml:12: 「…」`: editors and terminals make a link of this form.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}
