//! Keys of a file that stand below the heading of a block, and so are read as keys of that block.

use super::{SiteFolders, lenient};
use crate::load::Problem;
use crate::load::concordance::older_edition;
use crate::load::keys::DataFile;

/// Says of each unknown key that belongs above the first heading that it does.
pub fn told_above(site: &SiteFolders, problems: &mut [Problem]) {
    for problem in problems {
        let unknown =
            problem.message.strip_prefix("不认识的键 `").and_then(|it| it.strip_suffix("`，请核对拼写或删去"));
        let Some((key, kind)) = unknown.zip(kind(&problem.file)) else { continue };
        let text = lenient(&site.path(&problem.file));
        let heading =
            text.lines().take(problem.line).map(str::trim).find(|it| it.starts_with('[') && it.ends_with(']'));
        let Some(heading) = heading else { continue };
        let tables = kind.tables();
        let of_file =
            |it: &str| tables.get("").is_some_and(|kinds| kinds.iter().any(|table| table.keys.contains_key(it)));
        if of_file(key) {
            problem.message = format!(
                "`{key}` 写在表头下面，成了那一段的键：它是整个文件的，要写在第一个表头 {heading} 之前，请移上去"
            );
        }
    }
}

/// The kind of a data file, by its name.
fn kind(file: &str) -> Option<DataFile> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.strip_suffix(".toml")?;
    if older_edition(name).is_some() {
        return Some(DataFile::Concordance);
    }
    Some(DataFile::ALL.into_iter().find(|it| it.name() == stem).unwrap_or(DataFile::Rubric))
}
