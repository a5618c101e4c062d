//! A second copy of all that is kept, in a store that answers later and writes to disk at once. The browser's own storage
//! reaches the disk up to a minute after it was read back, so a power cut takes it back to what it was some time ago.
//!
//! Each dossier, the panel and each text that was set aside is one unit with one entry in the mirror: its latest text and
//! the checksums of texts that came before it. So it is known which of two texts is the later one, also where one side
//! went back in time, and a text that is neither before nor after the other is told apart and not lost.

mod keeper;
mod laid;
mod noted;
mod watched;

use crate::bytes::crc::crc32;

use super::OURS;
use super::slots::{DOSSIERS, PANEL};

pub use keeper::{Keeper, MirrorAsk};
pub use laid::Laid;
pub use watched::Watched;

/// The most checksums that an entry has.
const MOST_BEFORE: usize = 200;
/// The checksums of what was removed, or written over while there was no mirror, are under such a name until the mirror
/// knows it.
const GONE: &str = "zp1/gone/";
/// Begins the name of the unit of a dossier, and of a text that was set aside.
const DOC: &str = "doc/";
const QUAR: &str = "quar/";

/// The unit to which a key of the store belongs; `None` for what has no copy.
fn unit_of(key: &str) -> Option<&str> {
    let name = key.strip_prefix(OURS).filter(|it| !it.as_bytes().contains(&b'\n'))?;
    if key.starts_with(DOSSIERS) {
        return name.rsplit_once('/').map(|it| it.0);
    }
    (name == PANEL || name.starts_with(QUAR)).then_some(name)
}

/// A unit as it stands on one side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Mirrored {
    /// None where the unit was removed, or was never there.
    text: Option<String>,
    /// The checksums of texts before it, latest first.
    before: Vec<u32>,
}

/// How two sides of a unit stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Precedence {
    Same,
    Later,
    Earlier,
    /// Neither knows the other.
    Apart,
}

impl Mirrored {
    /// An entry: the name of the unit, a line end, the checksums, a line end, the text.
    fn read(entry: &str) -> Option<(String, Mirrored)> {
        let (name, rest) = entry.split_once('\n')?;
        let (before, text) = rest.split_once('\n')?;
        let text = (!text.is_empty()).then(|| text.to_owned());
        Some((name.to_owned(), Mirrored { text, before: sums(before) }))
    }

    fn entry(&self, name: &str) -> String {
        format!("{name}\n{}\n{}", sums_text(&self.before), self.text.as_deref().unwrap_or_default())
    }

    /// 0 where nothing is there.
    fn sum(&self) -> u32 {
        sum_of(self.text.as_deref())
    }

    /// Is this text here, or does what is here come after it? By its checksum.
    fn knows(&self, sum: u32) -> bool {
        self.sum() == sum || self.before.contains(&sum)
    }

    /// How what the browser's storage has stands to what the mirror has. A text may come back, as by undoing, so what is
    /// known to have come last is asked first.
    fn beside(&self, kept: &Mirrored) -> Precedence {
        if self.text == kept.text {
            return Precedence::Same;
        }
        if self.before.contains(&kept.sum()) {
            return Precedence::Later;
        }
        match (&self.text, &kept.text) {
            (Some(_), _) if kept.before.contains(&self.sum()) => Precedence::Earlier,
            (Some(_), Some(_)) => Precedence::Apart,
            (Some(_), None) => Precedence::Later,
            // lost, or removed: then the texts that were removed are known
            (None, _) if self.before.iter().all(|it| kept.before.contains(it)) => Precedence::Earlier,
            (None, _) => Precedence::Later,
        }
    }

    /// What the mirror is to have once this comes after `kept`.
    fn after(mut self, kept: Option<&Mirrored>) -> Mirrored {
        let sum = self.sum();
        if let Some(kept) = kept {
            self.before.push(kept.sum());
            self.before.extend_from_slice(&kept.before);
        }
        let mut before: Vec<u32> = Vec::new();
        for one in self.before {
            if one != sum && one != 0 && before.len() < MOST_BEFORE && !before.contains(&one) {
                before.push(one);
            }
        }
        Mirrored { before, ..self }
    }
}

fn sum_of(text: Option<&str>) -> u32 {
    text.map_or(0, |it| crc32(it.as_bytes()))
}

fn sums(text: &str) -> Vec<u32> {
    text.split(' ').filter_map(|it| it.parse().ok()).collect()
}

fn sums_text(sums: &[u32]) -> String {
    let mut text = String::new();
    for sum in sums {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&sum.to_string());
    }
    text
}

fn add_once(names: &mut Vec<String>, name: &str) {
    if !names.iter().any(|it| it == name) {
        names.push(name.to_owned());
    }
}
