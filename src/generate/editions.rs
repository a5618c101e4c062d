//! What the pages of a site with several editions have besides: the script by which a dossier is opened where its edition lies.

use super::library::Library;
use super::style::Inlined;

const SCRIPT: &str = include_str!("editions.js");
/// What of it becomes the list of the editions.
const LIST: &str = "var all = [];";

/// The script for the pages that a dossier may be open on; none where the site has one edition.
pub fn finding(library: &Library) -> Option<Inlined> {
    let ids: Vec<&str> = library.published().into_iter().map(|it| it.edition.id.as_str()).collect();
    if ids.len() < 2 {
        return None;
    }
    let list = format!("var all = {};", serde_json::to_string(&ids).expect("texts are JSON"));
    let lines = SCRIPT.lines().map(str::trim).filter(|it| !it.starts_with("//") && !it.is_empty());
    Some(Inlined::new(lines.collect::<Vec<_>>().join("\n").replacen(LIST, &list, 1)))
}
