//! The one place that reads the site's folder from disk.
#![expect(clippy::disallowed_methods, reason = "this is the door to the disk for reading")]

mod agree;
mod astray;
mod attached;
mod below;
mod beside;
mod edition_files;
mod lies;
mod own;
mod own_style;
mod rules;
mod settings;
mod text;
mod unfilled;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use crate::app::Address;
use crate::carrier::{Known, Marks, alike, marks};
use crate::filing::Rules;
use crate::letters::BYTE_ORDER_MARK;
use crate::rubric::{Concordance, Edition};

use crate::notice::{Notice, named};

use super::Problem;
use super::edition::Validity;
use super::gathered::gathered;
use super::later::{LaterDocument, marks as later_marks};
use super::notice::{Addresses, EditionPages, Read, is_number, its_editions, read_notice};
use agree::{clauses_exist, facts_agree, notices_have_numbers, scopes_refer};
use astray::no_editions;
use attached::attached;
use below::told_above;
use beside::load_concordances;
use edition_files::{ReadEdition, load_edition};
use rules::load_rules;
use text::{NOT_UTF_8, lenient, styles, text, told_once};

pub use attached::copy;
pub use lies::SiteFolders;
pub use own::{app_near, own_file, site_near};
pub use own_style::style;
pub use settings::settings;
pub use unfilled::{TO_FILL, lies_there, to_fill};

/// A site as read: what could be understood, and everything wrong with it.
pub struct Loaded {
    /// The newest in force first, those that have expired last.
    pub editions: Vec<Edition>,
    /// Where and since when each edition is in force, in the same order.
    pub validities: Vec<Validity>,
    /// The filing rules of each edition, in the same order.
    pub rules: Vec<Rules>,
    /// What was issued after each edition, in the same order.
    pub later: Vec<Vec<LaterDocument>>,
    /// Which rows of an edition became which of a newer one, for each pair of editions of which somebody wrote it.
    pub concordances: Vec<Concordance>,
    /// In the order of their file names.
    pub notices: Vec<Notice>,
    /// The place of the edition that each notice is about, in the order of the notices.
    pub its_editions: Vec<usize>,
    /// A file is missing or empty, which is told: what is not found may be in it.
    incomplete: bool,
    pub problems: Vec<Problem>,
}

impl Loaded {
    /// What is needed to read records; `marks` are those of its editions.
    pub fn known<'l>(&'l self, marks: &'l [Marks]) -> Known<'l> {
        Known { editions: &self.editions, rules: &self.rules, marks }
    }

    pub fn marks(&self) -> Vec<Marks> {
        marks(&self.editions, &self.rules)
    }
}

/// Reads the folders `rubrics` and `content` of a site.
///
/// # Errors
/// A folder or file that cannot be read at all. Mistakes inside the files are problems, not errors.
pub fn load(site: impl Into<SiteFolders>) -> Result<Loaded> {
    let site = &site.into();
    let rubrics = site.path("rubrics");
    let mut folders: Vec<PathBuf> = fs::read_dir(&rubrics)
        .with_context(|| {
            format!("读不到文件夹 {}，请在站点所在的文件夹里运行，或用 --site、--rubrics 指明", rubrics.display())
        })?
        .filter_map(|it| Some(it.ok()?.path()))
        .filter(|it| it.join("edition.toml").is_file())
        .collect();
    let astray = no_editions(&rubrics);
    if folders.is_empty() && astray.is_empty() {
        bail!("{} 里没有任何版本（含 edition.toml 的文件夹）", rubrics.display());
    }
    folders.sort();
    let mut loaded = Loaded {
        editions: Vec::new(),
        validities: Vec::new(),
        rules: Vec::new(),
        later: Vec::new(),
        concordances: Vec::new(),
        notices: Vec::new(),
        its_editions: Vec::new(),
        // what is in an edition that is none is not missed elsewhere
        incomplete: !astray.is_empty(),
        problems: astray,
    };
    let ids: Vec<String> =
        folders.iter().filter_map(|it| Some(it.file_name()?.to_string_lossy().into_owned())).collect();
    let mut read = Vec::new();
    for folder in folders.iter().rev() {
        let n_before = loaded.problems.len();
        let ReadEdition { mut edition, validity, complete } = load_edition(site, folder, &ids, &mut loaded.problems)?;
        loaded.incomplete |= !complete;
        // what the rules cite can be looked up only in an edition that was read without problems
        let whole = loaded.problems.len() == n_before;
        let (rules, later) = load_rules(site, folder, &edition, whole, &mut loaded.problems)?;
        edition.later = later_marks(&later, &edition, &rules.scope.columns);
        read.push((edition, validity, rules, later));
    }
    read.sort_by_key(|it| it.1.rank());
    for (edition, validity, rules, later) in read {
        loaded.validities.push(validity);
        loaded.rules.push(rules);
        loaded.later.push(later);
        loaded.editions.push(edition);
    }
    // an edition that was read with problems has no mark to compare yet
    if let Some((newer, older)) = alike(&loaded.marks()).filter(|_| loaded.problems.is_empty()) {
        let (newer, older) = (&loaded.editions[newer].id, &loaded.editions[older].id);
        let message =
            format!("自评码和链接里分不清 `{newer}` 和 `{older}` 两个版本，请给较新的版本换一个文件夹名（`id`）");
        loaded.problems.push(Problem { file: format!("rubrics/{newer}/edition.toml"), line: 1, message });
    }
    // rows can be looked up only where every edition was read without problems
    if loaded.problems.is_empty() {
        load_concordances(site, &folders, &mut loaded)?;
    }
    load_notices(site, &mut loaded)?;
    let settings = [site.path("site.toml")].into_iter().filter(|it| it.is_file());
    for path in settings.chain(styles(&site.path("style"))) {
        text(site, &path, &mut loaded.problems)?;
    }
    for rules in &mut loaded.rules {
        let found = rules.clauses().into_iter().filter_map(|cited| {
            let (notice, clause) = named(&loaded.notices, cited)?;
            let page = Address::Notice(notice.slug.clone()).folder();
            Some((cited.to_owned(), clause.map_or(page.clone(), |it| format!("{page}#{}", it.id()))))
        });
        rules.addresses = found.collect();
    }
    loaded.problems.sort();
    loaded.problems.dedup();
    told_once(&mut loaded.problems);
    told_above(site, &mut loaded.problems);
    loaded.problems = gathered(loaded.problems, &loaded.notices);
    loaded.problems = loaded.problems.into_iter().map(|it| site.told(it)).collect();
    Ok(loaded)
}

/// `content/*.md`, one file a notice. A site without notices has no such folder.
fn load_notices(site: &SiteFolders, loaded: &mut Loaded) -> Result<()> {
    let mut references = Vec::new();
    let mut numbers = BTreeMap::new();
    // clauses can be looked up only when every notice was read and has a number of its own
    let mut known = true;
    let files: Vec<Result<File>> = content(&site.path("content"))?.par_iter().map(|it| load_notice(it)).collect();
    for file in files {
        let File { name, read, mut problems } = file?;
        if let Some(Read { notice, references: its, problems: in_it, numbered: clauses }) = read {
            known &= clauses;
            let numbered = is_number(&notice.number);
            // a number that is missing may be missing by mistake
            known &= numbered || in_it.is_empty();
            problems.extend(in_it);
            if let Some(other) =
                numbers.insert(notice.cited_as(), name.clone()).filter(|_| !notice.title_lines.is_empty())
            {
                let message = if numbered {
                    format!("文号 `{}` 已是 {other} 的文号，请核对", notice.number)
                } else {
                    format!("标题与 {other} 相同，没有文号的文件靠标题分清，请核对")
                };
                // the number is the first key of the front matter, below the line `+++`
                problems.push(Problem { file: name, line: 2, message });
                known = false;
            }
            loaded.notices.push(notice);
            references.push(its);
        } else {
            known &= problems.is_empty();
        }
        loaded.problems.append(&mut problems);
    }
    loaded.its_editions = its_editions(&loaded.editions, &loaded.validities, &loaded.notices);
    let pages = EditionPages::of(&loaded.editions);
    let addresses = Addresses::of(&loaded.editions, &pages, &loaded.notices);
    for ((notice, own), references) in loaded.notices.iter().zip(&loaded.its_editions).zip(&references) {
        let wrong = references.iter().filter_map(|it| Some((it.line, addresses.check(&notice.slug, *own, it)?)));
        let file = format!("content/{}.md", notice.slug);
        let wrong = wrong.filter(|_| !loaded.incomplete);
        loaded.problems.extend(wrong.map(|(line, message)| Problem { file: file.clone(), line, message }));
    }
    for (notice, own) in loaded.notices.iter_mut().zip(&loaded.its_editions) {
        pages.lead_all(notice, *own);
    }
    if known {
        notices_have_numbers(site, loaded);
        clauses_exist(site, loaded)?;
        if !loaded.incomplete {
            scopes_refer(site, loaded)?;
        }
        facts_agree(site, loaded)?;
    }
    Ok(())
}

/// A file of `content`: a notice, unless it could not be read as one.
struct File {
    name: String,
    read: Option<Read>,
    problems: Vec<Problem>,
}

fn load_notice(path: &Path) -> Result<File> {
    let name = format!("content/{}", path.file_name().unwrap_or_default().to_string_lossy());
    let refused = |line, message: &str| {
        let problem = Problem { file: name.clone(), line, message: message.to_owned() };
        Ok(File { name: name.clone(), read: None, problems: vec![problem] })
    };
    if path.is_dir() {
        if path.with_extension("md").is_file() {
            // its files are read with the notice
            return Ok(File { name, read: None, problems: Vec::new() });
        }
        return refused(
            1,
            "这个文件夹没有对应的通知：放附件的文件夹要与通知同名，如 notice-2026-3.md 和 notice-2026-3/；请改名或移走",
        );
    }
    if path.extension().is_none_or(|it| it != "md") {
        return refused(
            1,
            "content 里只放通知，一份一个文件，文件名以 .md 结尾（小写）；附件放在与通知同名的文件夹里；请改名或移走",
        );
    }
    let bytes = fs::read(path).with_context(|| format!("读不到文件 {}", path.display()))?;
    let text = match str::from_utf8(&bytes) {
        Ok(text) => text.trim_start_matches(BYTE_ORDER_MARK),
        Err(error) => {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|it| **it == b'\n').count();
            return refused(line, NOT_UTF_8);
        }
    };
    let slug = path.file_stem().unwrap_or_default().to_string_lossy();
    let (files, problems) = attached(&path.with_extension(""), &format!("content/{slug}"));
    let read = read_notice(&name, &slug, text, files);
    Ok(File { name, read: Some(read), problems })
}

/// The files of `content` in the order of their names, without those that an editor or a system hides.
fn content(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).with_context(|| format!("读不到文件夹 {}", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|it| Some(it.ok()?.path())).collect();
    paths.retain(|it| !it.file_name().unwrap_or_default().to_string_lossy().starts_with('.'));
    paths.sort();
    Ok(paths)
}

/// A file to read from, and its length in bytes.
pub fn open(path: &Path) -> Result<(fs::File, u64)> {
    let file = fs::File::open(path).with_context(|| format!("打不开文件 {}", path.display()))?;
    let about = file.metadata().with_context(|| format!("打不开文件 {}", path.display()))?;
    if about.is_dir() {
        bail!("打不开文件 {}：是一个文件夹，不是文件", path.display());
    }
    Ok((file, about.len()))
}

/// Fails as [`open`] would. A pipe is not opened: whoever writes into it would take that for its reader.
pub fn is_there(path: &Path) -> Result<()> {
    let about = fs::metadata(path).with_context(|| format!("打不开文件 {}", path.display()))?;
    if about.is_file() || about.is_dir() {
        open(path)?;
    }
    Ok(())
}

pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}
