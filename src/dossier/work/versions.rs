//! The versions of a sheet: kept by the person, or by the program once the last row is answered.

use crate::rubric::Edition;
use crate::score::score;

use super::super::{Dossier, Sheet};
use super::{VERSIONS, Version};

/// A version made on completion goes on with the sheet for so many seconds: the last answer may be a number that is
/// still being typed.
const SETTLES: u64 = 120;
const DAY: u64 = 24 * 60 * 60;

impl Sheet {
    /// Keeps the present state. Of more than [`VERSIONS`] the oldest without a name goes, then the oldest.
    pub fn keep_version(&mut self, name: String, now: u64) {
        let version = Version { name, made: now, answers: self.answers.clone(), notes: self.notes.clone() };
        let versions = &mut self.work.versions;
        if VERSIONS <= versions.len() {
            versions.remove(versions.iter().position(|it| it.name.is_empty()).unwrap_or_default());
        }
        versions.push(version);
    }

    /// Goes back to a version. What was there before is kept first, under this name, where no version has it.
    pub fn go_back(&mut self, at: usize, before: String, now: u64) {
        let Some(Version { answers, notes, .. }) = self.work.versions.get(at).cloned() else { return };
        if !self.is_kept() && (!self.answers.is_empty() || !self.notes.is_empty()) {
            self.keep_version(before, now);
        }
        (self.answers, self.notes) = (answers, notes);
    }

    /// Is the present state one of the versions?
    pub fn is_kept(&self) -> bool {
        self.work.versions.iter().any(|it| it.answers == self.answers && it.notes == self.notes)
    }
}

impl Dossier {
    /// Keeps a version of each sheet that an edit completed, at most one a day.
    pub fn keep_completed(&mut self, before: &Dossier, edition: &Edition, now: u64) {
        for sheet in &mut self.sheets {
            let Some(old) = before.sheet(sheet.id).filter(|it| it.answers != sheet.answers) else { continue };
            let Some(rubric) = edition.rubric(sheet.annex) else { continue };
            if !score(rubric, &sheet.answers).is_complete() || sheet.is_kept() {
                continue;
            }
            let was = score(rubric, &old.answers).is_complete();
            let within = |it: &Version, seconds| it.name.is_empty() && now.saturating_sub(it.made) < seconds;
            match sheet.work.versions.last_mut() {
                Some(last) if within(last, if was { SETTLES } else { DAY }) => {
                    (last.answers, last.notes) = (sheet.answers.clone(), sheet.notes.clone());
                }
                _ if !was => sheet.keep_version(String::new(), now),
                Some(_) | None => {}
            }
        }
    }
}
