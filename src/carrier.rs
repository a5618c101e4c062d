//! 自评码, link, QR and file: every way in which a dossier is passed on to another person and read again. No server is
//! involved.
//!
//! A record is the answers of a dossier packed into as few bytes as they need ([`pack`]); the code writes these bytes
//! in letters for paper, the link in base64url. Whatever comes in is treated as hostile: lengths are limited before
//! anything is unpacked, only values that their row can have are accepted, and a damaged record is never read as a
//! different one.

mod code;
mod file;
mod joined;
mod lines;
mod link;
mod mark;
mod number;
mod others;
mod pieces;
mod qr;
mod reach;
mod read;
mod record;
mod route;
mod sheets;
mod spans;
mod states;
mod tail;
mod unreadable;

use crate::dossier::Dossier;
use crate::filing::Rules;
use crate::rubric::Edition;

pub use code::{read_code, read_plain, write_code};
pub use file::{NoTextFile, is_file, no_text};
pub use link::{TOO_LONG, WARN, read_link, write_link};
use mark::Leans;
pub use mark::{Marks, alike, marks};
pub use pieces::{first_pieces, parts, pieces};
pub use qr::Qr;
pub use reach::{Reach, reach};
pub use read::{InPart, lost_in_words, read, read_file, read_in_part, read_one};
pub use record::{cut, pack, taken, unpack};
use states::States;
pub use unreadable::Unreadable;

/// The editions a site knows, newest first, and the filing rules of each. A record is opened under the edition it was
/// made under.
#[derive(Clone, Copy)]
pub struct Known<'k> {
    pub editions: &'k [Edition],
    pub rules: &'k [Rules],
    /// [`marks`] of them: computed once, because that takes as long as opening fifty records.
    pub marks: &'k [Marks],
}

impl<'k> Known<'k> {
    fn marks(self, edition: &Edition) -> Option<&'k Marks> {
        self.editions.iter().zip(self.marks).find(|it| it.0.id == edition.id).map(|it| it.1)
    }

    fn mark(self, edition: &Edition, leans: Leans) -> u16 {
        self.marks(edition).map_or(0, |it| it.of(leans))
    }

    /// The states of the rows of the rubric at this place in its edition.
    fn states(self, edition: &Edition, at: usize) -> &'k [States] {
        self.marks(edition).and_then(|it| it.states.get(at)).map_or(&[], |it| it)
    }

    fn marked(self, mark: u16, leans: Leans) -> Option<&'k Edition> {
        self.editions.iter().zip(self.marks).find(|it| it.1.of(leans) == mark).map(|it| it.0)
    }

    /// An edition with its rules, where it has any.
    fn edition(self, id: &str) -> Option<(&'k Edition, Option<&'k Rules>)> {
        let edition = self.editions.iter().find(|it| it.id == id)?;
        Some((edition, self.rules.iter().find(|it| it.edition == id)))
    }
}

/// What the sender chooses to pass on. Without a choice it is only the answers: a link cannot be called back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Take {
    /// 单位名称, and the names of places given for the filing.
    pub unit: bool,
    /// 备注.
    pub notes: bool,
    /// The day on which the record is made, in days since 1970.
    pub day: Option<u32>,
}

/// A record that was received.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its texts are made harmless and its values are possible; beyond that it says whatever its sender claims.
    pub dossier: Dossier,
    /// When it was made, in days since 1970, as its sender's clock had it.
    pub day: Option<u32>,
    /// How it came.
    pub by: By,
}

/// 自评码, 链接 or 文件: how a record came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Code,
    Link,
    File,
}

impl By {
    pub fn label(self) -> &'static str {
        match self {
            By::Code => "自评码",
            By::Link => "自评链接",
            By::File => "自评文件",
        }
    }
}
