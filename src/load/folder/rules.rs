//! The files of an edition besides its rubrics and readings: where who files, what may be declared, and what came later. An
//! edition may have none of them: its sheets are scored, and nothing is said about the rest.
#![expect(clippy::disallowed_methods, reason = "this is part of the door to the disk for reading")]

use std::path::Path;

use anyhow::Result;

use super::unfilled::is_unwritten;
use super::{SiteFolders, text};
use crate::filing::Rules;
use crate::filing::place::Places;
use crate::filing::route::{Routes, check as check_routes};
use crate::load::filing::read_routes;
use crate::load::later::{LaterDocument, later_refers, read_later};
use crate::load::places::read_places;
use crate::load::scope::read_scope;
use crate::load::table::Source;
use crate::load::{Lines, Problem};
use crate::rubric::Edition;

/// Nothing but comments, which are enough where there may be nothing to tell.
fn says_nothing(text: &str, comments_do: bool) -> bool {
    text.lines().map(str::trim).all(|it| it.is_empty() || !comments_do && it.starts_with('#'))
}

/// `places.toml`, `filing.toml`, `later.toml` and `scope.toml`. What they refer to is looked up only in an edition that was
/// read as a `whole`.
pub fn load_rules(
    site: &SiteFolders,
    folder: &Path,
    edition: &Edition,
    mut whole: bool,
    problems: &mut Vec<Problem>,
) -> Result<(Rules, Vec<LaterDocument>)> {
    let mut rules = Rules { edition: edition.id.clone(), ..Rules::default() };
    let mut known = Places::default();
    let mut later = Vec::new();
    // the name of the file of later documents where it was read without problems, and whether the declaration's was
    let (mut later_file, mut declared) = (None, true);
    let mut later_known = true;
    for name in ["places.toml", "filing.toml", "later.toml", "scope.toml"] {
        let path = folder.join(name);
        if !path.is_file() {
            continue;
        }
        let (file, text) = text(site, &path, problems)?;
        if is_unwritten(&text) {
            continue;
        }
        if says_nothing(&text, name == "later.toml") {
            let message = "文件是空的：还没有内容的，请删去这个文件".to_owned();
            problems.push(Problem { file, line: 1, message });
            whole = false;
            later_known &= name != "later.toml";
            declared &= name != "scope.toml";
            continue;
        }
        let source = Source::new(file.clone(), &text);
        let mut lines = Lines::new();
        match name {
            "places.toml" => known = read_places(&source),
            "filing.toml" => rules.routes = Routes { known: known.clone(), ..read_routes(&source, &mut lines) },
            "later.toml" => later = read_later(&source, edition),
            _ => {
                let levels = later.iter().flat_map(|it: &LaterDocument| &it.levels).map(|it| it.1.clone());
                rules.scope = read_scope(&source, later_known.then(|| levels.collect()));
            }
        }
        let clean = source.is_clean();
        let told = source.into_problems();
        match name {
            "filing.toml" if whole && told.is_empty() => {
                let unsound = check_routes(&rules.routes, edition).into_iter();
                problems.extend(unsound.map(|it| Problem::of(it, &file, &lines)));
            }
            "later.toml" if clean => later_file = Some(file),
            "later.toml" => later_known = false,
            "scope.toml" => declared = clean,
            _ => {}
        }
        problems.extend(told);
    }
    if let Some(file) = later_file.filter(|_| whole) {
        problems.extend(later_refers(&file, &later, edition, declared.then_some(&rules.scope)));
    }
    Ok((rules, later))
}
