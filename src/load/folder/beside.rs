//! The files of an edition that put it beside an older one.
#![expect(clippy::disallowed_methods, reason = "this is part of the door to the disk for reading")]

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use super::text::text;
use super::{Loaded, SiteFolders};
use crate::load::Problem;
use crate::load::concordance::{older_edition, read_concordance};
use crate::load::table::Source;
use crate::rubric::Edition;

/// `from-<edition>.toml` in the folders of the editions.
pub fn load_concordances(site: &SiteFolders, folders: &[PathBuf], loaded: &mut Loaded) -> Result<()> {
    for folder in folders {
        let newer =
            folder.file_name().and_then(|id| loaded.editions.iter().find(|it| Some(it.id.as_ref()) == id.to_str()));
        let Some(newer) = newer else { continue };
        let mut files: Vec<PathBuf> = fs::read_dir(folder)?.filter_map(|it| Some(it.ok()?.path())).collect();
        files.sort();
        for path in files {
            let name = path.file_name().and_then(|it| it.to_str()).unwrap_or_default();
            let Some(id) = older_edition(name) else { continue };
            let (file, text) = text(site, &path, &mut loaded.problems)?;
            let Some(older) = loaded.editions.iter().find(|it| it.id == id && it.id != newer.id) else {
                let message = format!("文件名里的 `{id}` 不是本站的另一个版本，对照表应叫 from-旧版的文件夹名.toml");
                loaded.problems.push(Problem { file, line: 1, message });
                continue;
            };
            let since = |edition: &Edition| {
                let all = loaded.editions.iter().zip(&loaded.validities);
                all.into_iter().find(|it| it.0.id == edition.id).and_then(|it| it.1.from)
            };
            // beside that of the newer one it says what became of its rows in the older one
            let own = site.path(&format!("rubrics/{}/from-{}.toml", older.id, newer.id));
            let is_earlier = since(older).zip(since(newer)).is_some_and(|(older, newer)| newer < older);
            if is_earlier && !own.is_file() {
                let (id, own) = (&older.id, &newer.id);
                let message =
                    format!("对照表放在新版的文件夹里：`{id}` 比 `{own}` 晚施行，请移到 rubrics/{id}/from-{own}.toml");
                loaded.problems.push(Problem { file, line: 1, message });
                continue;
            }
            let source = Source::new(file, &text);
            let concordance = read_concordance(&source, older, newer);
            loaded.problems.extend(source.into_problems());
            loaded.concordances.push(concordance);
        }
    }
    Ok(())
}
