//! Reading: the files of a site's folder as the typed model, and everything that is wrong with them.
//!
//! `folder` reads from disk; `table` reads TOML key by key, so that each mistake has its line; the others make the model
//! of one kind of file each. Whether the model is sound in itself is the core's to say (`rubric::check`, `filing`).

mod edition;
mod filing;
pub mod folder;
mod notice;
mod scope;
mod scope_sound;
mod table;

use std::fmt;

pub use edition::APPLICANTS;
pub use folder::{Loaded, load};
pub use notice::is_han;

/// Something a person has to mend in a data file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Relative to the site's folder.
    pub file: String,
    /// From 1.
    pub line: usize,
    pub message: String,
}

/// `rubrics/henan-2021/employer-public.toml:12: 「…」`, as editors and terminals make it a link.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}
