//! Blank forms: the rubrics and an empty 评价范围 for a printer, and the rubrics as workbooks.

use super::Release;
use crate::{
    browser,
    run::{command, path, run},
    tree,
};
use anyhow::{Result, ensure};
use std::{fs, path::Path};

/// So many rubrics have a form.
const ANNEXES: std::ops::RangeInclusive<u8> = 1..=6;

/// The PDFs have the letters of this machine's fonts in them, drawn by its Chromium: with other versions of these they
/// look the same and are other bytes.
pub fn blank_forms(site: &Path) -> Result<Release> {
    let chrome = browser::ready()?;
    let into = path("target/dist-paper");
    if into.exists() {
        fs::remove_dir_all(&into)?;
    }
    fs::create_dir_all(&into)?;
    let script = path("xtask/src/dist/print.mjs");
    let mut node = command("node", [&script, site, &into]);
    run(node.env("CHROME", chrome), "a page of the site could not be printed, see above")?;
    let mut forms = Release::new();
    for file in tree::files(&into)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = tree::read(&file)?;
        ensure!(bytes.starts_with(b"%PDF-") && bytes.len() > 20_000, "{name} is no form");
        forms.insert(name, bytes);
    }
    for annex in ANNEXES {
        let workbook = site.join(format!("rubric/{annex}/blank.xlsx"));
        forms.insert(format!("blank-annex-{annex}.xlsx"), tree::read(&workbook)?);
    }
    ensure!(forms.len() == 13, "seven forms to print and six workbooks, not {} in all", forms.len());
    Ok(forms)
}
