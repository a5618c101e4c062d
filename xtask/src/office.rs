//! Our workbooks and documents opened with other programs: LibreOffice, openpyxl, python-docx.

use crate::{
    browser::install_packages,
    run::{command, find, path, run},
};
use anyhow::{Result, bail};
use std::fs;

/// Names of Debian packages. The fonts, because pages depend on them; pdftotext, because pages are read.
const PACKAGES: [&str; 6] = [
    "libreoffice-calc-nogui",
    "libreoffice-writer-nogui",
    "python3-openpyxl",
    "python3-docx",
    "poppler-utils",
    "fonts-noto-cjk",
];
/// Debian's own, which knows the modules of its packages.
const PYTHON: &str = "/usr/bin/python3";

/// Installs what is missing, writes what is to be opened, and opens it.
pub fn test() -> Result<()> {
    install_packages(&PACKAGES)?;
    let modules = command(PYTHON, ["-c", "import docx, openpyxl"]).output().is_ok_and(|it| it.status.success());
    if find("soffice").is_none() || !modules {
        bail!(
            "LibreOffice, openpyxl or python-docx is missing: on Debian run this as root, or `apt-get install {}`; \
             elsewhere put soffice on PATH, and openpyxl and python-docx where {PYTHON} finds them",
            PACKAGES.join(" ")
        );
    }
    let cargo = |args: &str| run(&mut command("cargo", args.split_whitespace()), "see the first failure above");
    cargo("build --quiet --locked --bin ziping")?;
    cargo("test --quiet --locked --test it office::")?;
    let folder = path("target/office");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let shown = |it: &str| path(it).display().to_string();
    let words = [
        shown("tests/office/check.py"),
        shown("target/debug/ziping"),
        shown("target/office"),
        shown("target/tmp/office"),
    ];
    run(&mut command(PYTHON, words), "the last line above says which cell or page differs")
}
