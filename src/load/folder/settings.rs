//! `site.toml`, what the host of a site settles.
#![expect(clippy::disallowed_methods, reason = "this is part of the door to the disk for reading")]

use super::{SiteFolders, text, told_above, told_once};
use crate::load::Problem;
use crate::load::site::{SiteSettings, read_site};
use crate::load::table::Source;

/// What the file says.
///
/// # Errors
/// All that is wrong with it, but for its letters, which are told with those of all files.
pub fn settings(site: impl Into<SiteFolders>) -> Result<SiteSettings, Vec<Problem>> {
    const FILE: &str = "site.toml";
    let site = site.into();
    let mut problems = Vec::new();
    let text = match text(&site, &site.path(FILE), &mut problems) {
        Ok((_, text)) => text,
        Err(error) => {
            let other =
                ["site.toml.txt", "Site.toml", "SITE.TOML", "site.tml"].into_iter().find(|it| site.path(it).is_file());
            let message = match other {
                Some(other) => format!("{error}：有 {other}，应叫 {FILE}，请改名"),
                None => format!("{error}，请补上"),
            };
            return Err(vec![Problem { file: site.shown(FILE), line: 1, message }]);
        }
    };
    let source = Source::new(FILE.to_owned(), &text);
    let settings =
        read_site(&source, |slug| !slug.contains(['/', '\\']) && site.path(&format!("content/{slug}.md")).is_file());
    let n_of_letters = problems.len();
    problems.extend(source.into_problems());
    told_once(&mut problems);
    let mut told = problems.split_off(n_of_letters);
    told_above(&site, &mut told);
    told.sort();
    if told.is_empty() { Ok(settings) } else { Err(told.into_iter().map(|it| site.told(it)).collect()) }
}
