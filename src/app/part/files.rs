//! Backup files out: for one dossier or all of them.

use leptos::prelude::*;

use crate::app::{State, browser};
use crate::dossier::{Dossier, write_backup};
use crate::score::{in_one_sentence, score};

use super::label;

/// Hands the open dossier over as a file.
pub fn download_open(state: State) {
    state.flush();
    if let Some(open) = state.open.get_untracked() {
        download(state, &[open.dossier]);
    }
}

/// `自评备份-<单位>-<日期>.json`.
pub fn download(state: State, dossiers: &[Dossier]) {
    let unit = match dossiers {
        [only] => label::unit(only),
        _ => "全部",
    };
    let refused = |it: char| matches!(it, '\\' | '/' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let name: String = unit.chars().map(|it| if refused(it) { '_' } else { it }).collect();
    let text = write_backup(dossiers, |it| about(state, it), browser::now());
    browser::download(&format!("自评备份-{name}-{}.json", browser::date(None)), &text);
}

/// One line about a dossier.
fn about(state: State, dossier: &Dossier) -> String {
    let edition = state.edition_of(dossier);
    let mut line = format!("{}，{}", label::unit(dossier), label::applicant(dossier.applicant));
    for sheet in &dossier.sheets {
        if let Some(rubric) = edition.rubric(sheet.annex) {
            let sentence = in_one_sentence(&score(rubric, &sheet.answers));
            line.push_str(&format!("；附件{} {}：{sentence}", sheet.annex, label::sheet(rubric, sheet)));
        }
    }
    line
}
