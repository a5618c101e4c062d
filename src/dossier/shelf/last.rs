//! The dossier saved last, for the home page, which loads no WASM module: a small script reads one line instead of all
//! records.

use crate::dossier::Dossier;

use super::{Listed, Shelf, Store};

/// Holds the address of that dossier below the site's root, a space, and its name: `dossier/?of=k3f 某单位`. Empty
/// where there is no dossier to go on with; absent until a version that knows this line has saved something.
/// assets/going.js reads it.
const LAST: &str = "zp1/last";
/// The most characters of a name that fit on a button.
const MOST_CHARS: usize = 100;

impl<S: Store + ?Sized> Shelf<S> {
    /// The dossier to go on with: the latest that is undamaged and not in the bin.
    pub fn latest(&self) -> Option<(String, Dossier)> {
        self.list().into_iter().find_map(|found| match found {
            Listed::Good { id, envelope, .. } if envelope.dossier.binned.is_none() => Some((id, envelope.dossier)),
            Listed::Good { .. } | Listed::Damaged { .. } | Listed::Newer { .. } => None,
        })
    }

    /// Is there neither a dossier nor the line about one? What somebody removed leaves an empty line.
    pub fn is_bare(&self) -> bool {
        self.store.get(LAST).is_none() && self.list().is_empty()
    }

    /// Writes the line for the home page: the dossier's address and name, or that there is none.
    pub fn note_last(&self, last: Option<(&str, &str)>) {
        let line = last.map(|(address, name)| {
            // no line breaks, because the window's name holds one text per line
            let name = name.chars().take(MOST_CHARS).map(|it| if it.is_control() { ' ' } else { it });
            format!("{address} {}", name.collect::<String>())
        });
        let line = line.unwrap_or_default();
        if self.store.get(LAST).as_ref() != Some(&line) && self.store.set(LAST, &line).is_err() {
            // without the line the page still leads to the list of all dossiers; an old line might lead to a dossier in
            // the bin
            self.store.remove(LAST);
        }
    }
}
