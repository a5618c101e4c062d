//! The dossier saved last, for the home page: it has no program, and reads one line instead of all records.

use crate::dossier::Dossier;

use super::{Listed, Shelf, Store};

/// Holds the address of that dossier below the site's root, a space, and its name: `dossier/?of=k3f 某单位`. Empty where
/// there is none to go on with; not there where no version has written it that knows it. assets/going.js reads it.
const LAST: &str = "zp1/last";
/// As many characters of a name as a button holds.
const MOST_CHARS: usize = 100;

impl<S: Store + ?Sized> Shelf<S> {
    /// The dossier to go on with: the latest that is whole and not in the bin.
    pub fn latest(&self) -> Option<(String, Dossier)> {
        self.list().into_iter().find_map(|found| match found {
            Listed::Good { id, envelope, .. } if envelope.dossier.binned.is_none() => Some((id, envelope.dossier)),
            Listed::Good { .. } | Listed::Damaged { .. } | Listed::Newer { .. } => None,
        })
    }

    /// Leaves the line for the home page: where the dossier is and what it is called, or that there is none.
    pub fn note_last(&self, last: Option<(&str, &str)>) {
        let line = last.map(|(address, name)| {
            // one line, as a record is: the window's name holds one text a line
            let name = name.chars().take(MOST_CHARS).map(|it| if it.is_control() { ' ' } else { it });
            format!("{address} {}", name.collect::<String>())
        });
        let line = line.unwrap_or_default();
        if self.store.get(LAST).as_ref() != Some(&line) && self.store.set(LAST, &line).is_err() {
            // without the line the page still leads to the list of all dossiers; an old one might lead into the bin
            self.store.remove(LAST);
        }
    }
}
