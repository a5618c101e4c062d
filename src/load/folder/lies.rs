//! Where the files of a site lie: side by side in one folder, or notices and rubrics in folders of their own.
#![expect(clippy::disallowed_methods, reason = "this is part of the door to the disk for reading")]

use std::path::{Path, PathBuf};

use crate::load::Problem;

const SETTINGS: &str = "site.toml";

/// The folders of a site. Whatever is in them goes by one name, wherever they lie: `edition.toml` of an edition below `rubrics/`.
#[derive(Clone, Debug)]
pub struct SiteFolders {
    root: PathBuf,
    settings: PathBuf,
    /// In place of those of the site's folder, as somebody named them.
    content: Option<PathBuf>,
    rubrics: Option<PathBuf>,
}

impl SiteFolders {
    /// `site` is a folder with all of it, or the file with its settings, whose folder is that of the site.
    pub fn new(site: &Path, content: Option<PathBuf>, rubrics: Option<PathBuf>) -> SiteFolders {
        let (root, settings) = if site.is_file() {
            let folder = site.parent().filter(|it| !it.as_os_str().is_empty());
            (folder.unwrap_or(Path::new(".")).to_owned(), site.to_owned())
        } else {
            (site.to_owned(), site.join(SETTINGS))
        };
        SiteFolders { root, settings, content, rubrics }
    }

    /// The folders that were named in place of the site's own, by the names that these have.
    fn named(&self) -> [(&'static str, Option<&PathBuf>); 2] {
        [("content", self.content.as_ref()), ("rubrics", self.rubrics.as_ref())]
    }

    /// Where a file or folder lies.
    pub fn path(&self, name: &str) -> PathBuf {
        if name == SETTINGS {
            return self.settings.clone();
        }
        let (first, below) = name.split_once('/').unwrap_or((name, ""));
        match self.named().into_iter().find(|it| it.0 == first) {
            // nothing is joined to it: that would end it with a stroke
            Some((_, Some(folder))) if below.is_empty() => folder.clone(),
            Some((_, Some(folder))) => folder.join(below),
            Some((_, None)) | None => self.root.join(name),
        }
    }

    /// The name of what lies there.
    pub fn name(&self, path: &Path) -> String {
        if path == self.settings {
            return SETTINGS.to_owned();
        }
        let below = |path: &Path| path.to_string_lossy().replace('\\', "/");
        let of_named = self.named().into_iter().find_map(|(name, folder)| {
            let rest = path.strip_prefix(folder?).ok()?;
            Some(format!("{name}/{}", below(rest)))
        });
        of_named.unwrap_or_else(|| below(path.strip_prefix(&self.root).unwrap_or(path)))
    }

    /// The name as people are told it: by the folder that they named, where they named one, and below the site's own otherwise.
    pub fn shown(&self, name: &str) -> String {
        if name == SETTINGS {
            return self.settings.file_name().map_or(name.to_owned(), |it| it.to_string_lossy().into_owned());
        }
        self.with_folders(name)
    }

    /// What is wrong with a file, told by the name that people know it by.
    pub fn told(&self, problem: Problem) -> Problem {
        Problem { file: self.shown(&problem.file), line: problem.line, message: self.with_folders(&problem.message) }
    }

    /// A text in which files are named, with the folders that were named in place of the site's own.
    fn with_folders(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, folder) in self.named() {
            if let Some(folder) = folder {
                let shown = folder.to_string_lossy().replace('\\', "/");
                text = text.replace(&format!("{name}/"), &format!("{}/", shown.trim_end_matches('/')));
            }
        }
        text
    }

    /// All that a site is made of, to look whether it has changed and not to write over it.
    pub fn sources(&self) -> Vec<PathBuf> {
        ["content", "rubrics", "style", SETTINGS].map(|it| self.path(it)).into()
    }

    /// The folder of the site.
    pub fn root(&self) -> &Path {
        &self.root
    }
}

/// A folder with a whole site, or the file with its settings.
impl From<&Path> for SiteFolders {
    fn from(site: &Path) -> SiteFolders {
        SiteFolders::new(site, None, None)
    }
}

impl From<&PathBuf> for SiteFolders {
    fn from(site: &PathBuf) -> SiteFolders {
        SiteFolders::from(site.as_path())
    }
}

impl From<&SiteFolders> for SiteFolders {
    fn from(site: &SiteFolders) -> SiteFolders {
        site.clone()
    }
}
