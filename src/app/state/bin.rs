//! The bin: dossiers and sheets go into it, come out of it, and leave for good.

use leptos::prelude::*;

use crate::app::browser;
use crate::dossier::{Dossier, Listed, NotSaved, Sheet};

use super::{Saved, State};

impl State {
    /// Puts a dossier into the bin, or takes it out.
    pub fn bin(self, id: &str, binned: bool) {
        self.flush();
        let binned = binned.then(browser::now);
        let changed = self.shelf(|shelf| match shelf.load(id) {
            Some(Listed::Good { envelope, mut base, .. }) => {
                let dossier = Dossier { binned, ..envelope.dossier };
                shelf.save(id, &dossier, &mut base, envelope.edits, browser::now())
            }
            Some(Listed::Damaged { .. } | Listed::Newer { .. }) | None => Err(NotSaved::Refused),
        });
        if let Err(why) = changed {
            self.saved.set(Saved::Not(why));
        }
        self.note_latest();
        self.close(id);
    }

    /// Puts a copy of a sheet of the open dossier into the bin; returns the id of its record. `None` where there is no
    /// room.
    pub fn bin_sheet(self, sheet: &Sheet) -> Option<String> {
        let open = self.open.get_untracked()?;
        let (own, now) = (self.fresh_id(), browser::now());
        self.shelf(|it| it.bin_sheet(&open.id, &open.dossier, sheet, &own, now)).ok()
    }

    /// Takes a deleted sheet out of the bin; returns the id of the dossier that has it now.
    pub fn put_back(self, id: &str) -> Option<String> {
        self.flush();
        match self.shelf(|it| it.put_back(id, browser::now())) {
            Ok(there) => {
                self.note_latest();
                self.close(&there);
                Some(there)
            }
            Err(why) => {
                self.saved.set(Saved::Not(why));
                None
            }
        }
    }

    /// Removes a dossier for good.
    pub fn remove(self, id: &str) {
        self.shelf(|it| it.remove(id));
        self.note_latest();
        self.close(id);
    }
}
