//! Style sheets: those of the site's folder and, where it has none, those that this program was made with.
#![expect(clippy::disallowed_methods, reason = "this is part of the door to the disk for reading")]

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{SiteFolders, text};
use crate::letters::BYTE_ORDER_MARK;

/// The folder below `style` and the text of each, in the order in which they are joined.
const OWN: &[(&str, &str)] = &[
    ("", include_str!("../../../style/1-tokens.css")),
    ("", include_str!("../../../style/2-base.css")),
    ("", include_str!("../../../style/3-page.css")),
    ("", include_str!("../../../style/4-table.css")),
    ("", include_str!("../../../style/5-sheet.css")),
    ("", include_str!("../../../style/6-print.css")),
    ("reading", include_str!("../../../style/reading/1-pages.css")),
    ("reading", include_str!("../../../style/reading/2-notice.css")),
    ("reading", include_str!("../../../style/reading/3-search.css")),
    ("case", include_str!("../../../style/case/1-decision.css")),
    ("case", include_str!("../../../style/case/2-case.css")),
    ("case", include_str!("../../../style/case/3-scope.css")),
    ("share", include_str!("../../../style/share/1-share.css")),
    ("share", include_str!("../../../style/share/2-desk.css")),
    ("compare", include_str!("../../../style/compare/1-compare.css")),
    ("work", include_str!("../../../style/work/1-work.css")),
    ("work", include_str!("../../../style/work/2-plan.css")),
    ("work", include_str!("../../../style/work/3-roster.css")),
    ("work", include_str!("../../../style/work/4-evidence.css")),
    ("work", include_str!("../../../style/work/5-versions.css")),
    ("work", include_str!("../../../style/work/6-packet.css")),
];

/// All style sheets of a folder below `style` as one, in the order of their names.
///
/// # Errors
/// The site has a folder `style` of its own, and this one is not in it or cannot be read.
pub fn style(site: impl Into<SiteFolders>, below: &str) -> Result<String> {
    let site = site.into();
    if !site.path("style").is_dir() {
        let own = OWN.iter().filter(|it| it.0 == below).map(|it| it.1);
        return Ok(own.collect::<Vec<_>>().join("\n"));
    }
    let folder = site.path("style").join(below);
    let entries = fs::read_dir(&folder).with_context(|| format!("读不到文件夹 {}", folder.display()))?;
    let mut sheets: Vec<_> = entries
        .filter_map(|it| Some(it.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|it| it == "css"))
        .collect();
    sheets.sort();
    // a byte order mark within the whole would be a part of the selector behind it, and its rule would be lost
    let read = |it: &PathBuf| Ok(text(&site, it, &mut Vec::new())?.1.replace(BYTE_ORDER_MARK, ""));
    Ok(sheets.iter().map(read).collect::<Result<Vec<String>>>()?.join("\n"))
}
