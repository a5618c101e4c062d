//! The file of this program itself, and the site beside it.
#![expect(clippy::disallowed_methods, reason = "this is a part of the door to the disk for reading")]

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// # Errors
/// The system does not say where it lies, or it cannot be read there any more.
pub fn own_file() -> io::Result<File> {
    File::open(std::env::current_exe()?)
}

/// The folder with a site: the one in which the program was started, or else the one in which it lies itself.
pub fn site_near() -> Option<PathBuf> {
    let own = std::env::current_exe().ok().and_then(|it| it.parent().map(Path::to_owned));
    let near = [Some(PathBuf::from(".")), own];
    near.into_iter().flatten().find(|it| has_site(it))
}

/// Where nobody says where the compiled programs of the browser lie: in the folder in which the program was started, or else
/// beside the program itself.
pub fn app_near() -> Option<PathBuf> {
    const APP: &str = "app";
    let own = std::env::current_exe().ok().and_then(|it| Some(it.parent()?.join(APP)));
    [Some(PathBuf::from(APP)), own].into_iter().flatten().find(|it| it.is_dir())
}

/// Is a site in this folder?
pub fn has_site(folder: &Path) -> bool {
    folder.join("site.toml").is_file() && ["content", "rubrics"].iter().all(|it| folder.join(it).is_dir())
}
