//! 自评表 that were deleted: each goes into the bin as a record of its own, which earlier versions of the program show as
//! a dossier in the bin.

use crate::dossier::{Dossier, Sheet};

use super::{Base, Listed, NotSaved, Shelf, Store};

/// Stands between the id of the dossier from which a sheet was taken and an id of the record's own.
const OUT_OF: char = '.';

/// The dossier from which the sheet in this record was taken; `None` for the record of a dossier.
pub fn taken_from(id: &str) -> Option<&str> {
    id.split_once(OUT_OF).map(|it| it.0)
}

impl<S: Store + ?Sized> Shelf<S> {
    /// Puts a copy of a sheet of the dossier `of` into the bin; returns the id of its record. `own` is an id that no other
    /// record has.
    ///
    /// # Errors
    /// There is no room: the sheet should stay where it is.
    pub fn bin_sheet(
        &self,
        of: &str,
        dossier: &Dossier,
        sheet: &Sheet,
        own: &str,
        now: u64,
    ) -> Result<String, NotSaved> {
        let id = format!("{of}{OUT_OF}{own}");
        let mut kept = Dossier::empty(dossier.unit.clone(), dossier.applicant, dossier.edition.clone());
        kept.sheets.push(sheet.clone());
        kept.binned = Some(now);
        self.save(&id, &kept, &mut Base::default(), 0, now)?;
        // an earlier copy stays behind where deleting was undone: the same sheet is not in the bin twice
        for found in self.list() {
            if let Listed::Good { id: other, envelope, .. } = found
                && other != id
                && taken_from(&other) == Some(of)
                && envelope.dossier.sheets == kept.sheets
            {
                self.remove(&other);
            }
        }
        Ok(id)
    }

    /// Takes a sheet out of the bin: into the dossier that it was taken from, or as a dossier of its own where that is not
    /// there any more. Returns the id of the dossier that has it now.
    ///
    /// # Errors
    /// It was not saved there, and is still in the bin.
    pub fn put_back(&self, id: &str, now: u64) -> Result<String, NotSaved> {
        let Some(Listed::Good { envelope: kept, base: mut own, .. }) = self.load(id) else {
            return Err(NotSaved::Refused);
        };
        if let Some((of, Listed::Good { envelope, mut base, .. })) =
            taken_from(id).and_then(|of| Some((of, self.load(of)?)))
            && envelope.dossier.binned.is_none()
            && envelope.dossier.edition == kept.dossier.edition
        {
            let mut dossier = envelope.dossier;
            kept.dossier.sheets.into_iter().for_each(|it| dossier.take_in(it));
            self.save(of, &dossier, &mut base, envelope.edits.saturating_add(1), now)?;
            self.remove(id);
            return Ok(of.to_owned());
        }
        self.save(id, &Dossier { binned: None, ..kept.dossier }, &mut own, kept.edits, now)?;
        Ok(id.to_owned())
    }
}
