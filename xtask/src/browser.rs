//! Tests in real browsers: current Chromium, Firefox and WebKit from the system, and the old Chromium versions 86 and
//! 87 from packages.

use crate::{
    hosts,
    run::{command, find, output, path, run},
    tools,
};
use anyhow::{Context, Result, ensure};
use std::{env, fs};

/// Names of Debian packages. Fonts, because the site is in Chinese; PyQt5, because its QtWebEngine is Chromium 87;
/// pdftotext for the tests of printing.
const PACKAGES: [&str; 10] = [
    "chromium",
    "firefox-esr",
    "webkit2gtk-driver",
    "fonts-noto-cjk",
    "python3-pyqt5.qtwebengine",
    "xvfb",
    "xauth",
    "libgl1-mesa-dri",
    "libegl1",
    "poppler-utils",
];
const CHROMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Installs what is missing, and says where Chromium is.
pub fn ready() -> Result<String> {
    // the version that playwright requires
    tools::node(20)?;
    install_packages(&PACKAGES)?;
    hosts::ready()?;
    let chrome =
        env::var("CHROME").ok().or_else(|| CHROMES.into_iter().find_map(find).map(|it| it.display().to_string()));
    let chrome = chrome.context(
        "no browser found: install Chromium or Chrome, or say where it is in the environment variable CHROME",
    )?;
    tools::npm(&path("tests/browser"), &path("tests/browser"))?;
    Ok(chrome)
}

/// The tests whose name contains `name`, in the built site; two files at a time, because one alone leaves a processor
/// half idle.
pub fn test(name: &str) -> Result<()> {
    let chrome = ready()?;
    let entries = fs::read_dir(path("tests/browser"))?.map(|it| Ok(it?.path()));
    let mut files = entries.collect::<Result<Vec<_>>>()?;
    files.retain(|it| it.to_string_lossy().ends_with(".test.mjs"));
    files.sort();
    ensure!(!files.is_empty(), "tests/browser has no file *.test.mjs");
    // limit.mjs ends a test that hangs; this one, in ms, a file that hangs between its tests
    let mut node =
        command("node", ["--test", "--test-concurrency=2", "--test-timeout=1200000", "--test-reporter=spec"]);
    if !name.is_empty() {
        node.args(["--test-name-pattern", name]);
    }
    node.args(files).env("CHROME", chrome);
    run(&mut node, "see the first failure above")
}

/// On Debian, as root, whatever is missing is installed. Elsewhere the tests use what there is, and say what they skip.
pub fn install_packages(packages: &[&'static str]) -> Result<()> {
    let (Some(_), Some(_)) = (find("apt-get"), find("dpkg-query")) else { return Ok(()) };
    let installed = |package: &&&str| {
        let state = command("dpkg-query", ["--show", "--showformat=${db:Status-Status}", **package]).output();
        state.is_ok_and(|it| it.stdout == b"installed")
    };
    let missing: Vec<&str> = packages.iter().filter(|it| !installed(it)).copied().collect();
    if missing.is_empty() {
        return Ok(());
    }
    let advice = format!("install by hand: apt-get install {}", missing.join(" "));
    if output(&mut command("id", ["-u"]), &advice)? != "0" {
        println!("not root, so not installed: {}", missing.join(" "));
        return Ok(());
    }
    println!("installing {}", missing.join(" "));
    run(&mut command("apt-get", ["-qq", "update"]), &advice)?;
    let mut install = command("apt-get", ["-qq", "install", "--yes", "--no-install-recommends"]);
    run(install.args(missing).env("DEBIAN_FRONTEND", "noninteractive"), &advice)
}
