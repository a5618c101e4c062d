//! `cargo xtask dist`: what a release consists of, in target/dist. The same commit gives the same bytes, also elsewhere.

mod archive;
mod check;
mod clerk;
mod native;
mod others;
mod packed;
mod paper;
mod trial;

pub use check::check;
pub use trial::trial;

use crate::{
    app,
    run::{command, output, path},
    tools, tree,
};
use anyhow::{Context, Result, ensure};
use archive::{Entry, Moment, tar_gz, zip};
use native::{LINUX, Platform, WINDOWS};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, env, fs, path::Path, time::Instant};

/// Where everything lies in the end.
const INTO: &str = "target/dist";
const SITE: &str = "target/dist-site";
const SUMS: &str = "SHA256SUMS";
/// Of the workspace, and so of the generator too.
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// What the generator reads besides the app.
const DATA: [&str; 4] = ["content", "rubrics", "style", "site.toml"];
const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// Files of the release by their names.
type Release = BTreeMap<String, Vec<u8>>;

/// Makes all of it. `given` is a folder with the app as it was compiled before; without it the app is compiled.
pub fn make(given: Option<&str>) -> Result<()> {
    let mut clock = Clock(Instant::now());
    let time = moment()?;
    native::ready()?;
    if given.is_none() {
        tools::ready()?;
        app::build()?;
        clock.tell("the app");
    }
    let app = given.unwrap_or("target/app");
    let linux = LINUX.build()?;
    clock.tell("the program for Linux");
    let windows = WINDOWS.build()?;
    clock.tell("the program for Windows");
    native::site(app, SITE)?;
    let site = entries(&path(SITE), "")?;
    clock.tell("the site");

    let mut release = paper::blank_forms(&path(SITE))?;
    clock.tell("the blank forms");
    match others::licences()? {
        Some(text) => drop(release.insert(others::NAME.to_owned(), text.into_bytes())),
        None => println!("no licences of others: `cargo xtask licences` makes their list"),
    }
    match others::bill()? {
        Some(text) => drop(release.insert(format!("ziping-{VERSION}.cdx.json"), text.into_bytes())),
        None => println!("no bill of materials: `cargo xtask sbom` makes it"),
    }
    if let Some(offline) = site.iter().find(|it| it.name == "offline.html") {
        release.insert(offline.name.clone(), offline.bytes.clone());
    }
    release.insert(format!("ziping-site-{VERSION}.zip"), zip(site_archive(site)?, time)?);
    clock.tell("the site, packed");
    let app = entries(&path(app), "app/")?;
    // what `ziping --version` says of itself
    let mut inside = Vec::new();
    for (platform, program, ending) in [(&LINUX, linux, "tar.gz"), (&WINDOWS, windows, "zip")] {
        let name = archive_of(platform, ending);
        inside.push(format!("{}  {} in {name}", sum(&program), platform.program));
        let entries = program_archive(platform, program, &app)?;
        release.insert(name, if ending == "zip" { zip(entries, time)? } else { tar_gz(entries, time)? });
    }
    clock.tell("the programs, packed");

    release.insert(SUMS.to_owned(), sums(&release, &inside).into_bytes());
    write(&release)?;
    for (name, bytes) in &release {
        println!("{:>10}  {}  {name}", bytes.len(), sum(bytes));
    }
    Ok(())
}

fn archive_of(platform: &Platform, ending: &str) -> String {
    format!("ziping-{VERSION}-{}.{ending}", platform.name)
}

/// For whoever has a web space: the site, also as hosts hand it out packed, what servers are told, and a page that says
/// what to do.
fn site_archive(site: Vec<Entry>) -> Result<Vec<Entry>> {
    let mut all = guide("site")?;
    let packed = packed::beside(&site)?;
    all.extend(site.into_iter().chain(packed).map(|it| Entry { name: format!("site/{}", it.name), ..it }));
    let hosts = path("docs/hosts");
    if hosts.is_dir() {
        // Windows opens no .md by double click
        all.extend(entries(&hosts, "hosts/")?.into_iter().map(|it| {
            let name = it.name.strip_suffix(".md").map_or(it.name.clone(), |it| format!("{it}.txt"));
            Entry { bytes: for_notepad(&name, &it.bytes), name, runs: false }
        }));
    }
    all.extend(licences()?);
    below(&format!("ziping-site-{VERSION}"), all)
}

/// For whoever edits: the program, all that it reads, a page that says what to do, and one that says how to change what.
fn program_archive(platform: &Platform, program: Vec<u8>, app: &[Entry]) -> Result<Vec<Entry>> {
    let mut all = guide("program")?;
    all.extend(clerk::guide(&tree::text(&path("docs/release/program.html"))?)?);
    all.extend(app.iter().cloned());
    all.push(Entry { runs: true, ..Entry::new(platform.program, program) });
    for name in DATA {
        let mut data = entries(&path(name), name)?;
        if platform.name == WINDOWS.name {
            data.iter_mut().for_each(|it| it.bytes = for_notepad(&it.name, &it.bytes));
        }
        all.extend(data);
    }
    if platform.name == WINDOWS.name {
        all.extend(entries(&path("docs/release/windows"), "")?);
    }
    all.extend(licences()?);
    below(&format!("ziping-{VERSION}"), all)
}

/// Windows before 2018 shows a text without carriage returns as one line. The generator reads both.
fn for_notepad(name: &str, bytes: &[u8]) -> Vec<u8> {
    let plain = [".md", ".toml", ".css", ".csv", ".txt"].iter().any(|it| name.ends_with(it));
    match str::from_utf8(bytes) {
        Ok(text) if plain => text.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes(),
        _ => bytes.to_owned(),
    }
}

/// The page to begin with, and its pictures beside it. Names in ASCII, as programs that unpack take others for GBK.
fn guide(name: &str) -> Result<Vec<Entry>> {
    let page = tree::text(&path(format!("docs/release/{name}.html")))?.replace("{version}", VERSION);
    let pictures = tree::files(&path("docs/release/pictures"))?;
    let mut all = vec![Entry::new("README-zh.html", page.clone())];
    for picture in pictures {
        let name = picture.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if page.contains(&format!("README-zh/{name}")) {
            all.push(Entry::new(format!("README-zh/{name}"), tree::read(&picture)?));
        }
    }
    Ok(all)
}

/// Ours, and those of what others have written, which ask to go along.
fn licences() -> Result<Vec<Entry>> {
    let mut all = Vec::new();
    for name in LICENCES {
        all.push(Entry::new(name, tree::read(&path(name))?));
    }
    all.extend(others::licences()?.map(|it| Entry::new(others::NAME, for_notepad(others::NAME, it.as_bytes()))));
    Ok(all)
}

/// A path has 260 letters in Windows, and Explorer unpacks none that is longer: this leaves 60 for the folder that it is in,
/// and that of the archive's name.
const LONGEST: usize = 200;

/// All in one folder, so that unpacking makes no mess.
fn below(folder: &str, entries: Vec<Entry>) -> Result<Vec<Entry>> {
    let all: Vec<_> = entries.into_iter().map(|it| Entry { name: format!("{folder}/{}", it.name), ..it }).collect();
    let long = all.iter().find(|it| LONGEST < it.name.chars().count());
    ensure!(long.is_none(), "Windows could not unpack {}", long.map_or("", |it| &it.name));
    Ok(all)
}

/// The files of a folder, or one file, under names that begin so; not what editors and systems hide there.
fn entries(from: &Path, name: &str) -> Result<Vec<Entry>> {
    let mut all = Vec::new();
    for file in tree::files(from)? {
        let below = file.strip_prefix(from)?.to_string_lossy().into_owned();
        let hidden = below.split('/').any(|it| it.starts_with('.') && it != ".ziping" && it != ".htaccess");
        if !hidden {
            let slash = if below.is_empty() || name.is_empty() || name.ends_with('/') { "" } else { "/" };
            all.push(Entry::new(format!("{name}{slash}{below}"), tree::read(&file)?));
        }
    }
    Ok(all)
}

/// When the commit was made, unless somebody says another time.
fn moment() -> Result<Moment> {
    let text = match env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text,
        Err(_) => output(&mut command("git", ["log", "-1", "--format=%ct"]), NO_TIME)?,
    };
    Ok(Moment(text.trim().parse().with_context(|| format!("`{text}` are no seconds since 1970; {NO_TIME}"))?))
}

const NO_TIME: &str = "files get the time of the commit: without git set SOURCE_DATE_EPOCH, in seconds since 1970";

/// As `sha256sum -c` reads it, which passes over lines that begin with `#`: what is inside of an archive stands there.
fn sums(release: &Release, inside: &[String]) -> String {
    let files = release.iter().map(|(name, bytes)| format!("{}  {name}\n", sum(bytes)));
    files.chain(inside.iter().map(|it| format!("# {it}\n"))).collect()
}

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|it| format!("{it:02x}")).collect()
}

/// Nothing of an earlier release stays beside it.
fn write(release: &Release) -> Result<()> {
    let into = path(INTO);
    if into.exists() {
        fs::remove_dir_all(&into)?;
    }
    fs::create_dir_all(&into)?;
    release.iter().try_for_each(|(name, bytes)| tree::write(&into.join(name), bytes))
}

/// Says how long each step took.
struct Clock(Instant);

impl Clock {
    fn tell(&mut self, what: &str) {
        println!("{what}: {:.1} s", self.0.elapsed().as_secs_f32());
        self.0 = Instant::now();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_as_sha256sum_writes_them() {
        let release = Release::from([("b.txt".to_owned(), b"abc".to_vec()), ("a.txt".to_owned(), Vec::new())]);
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let told = sums(&release, &[String::from("0  ziping in b.txt")]);
        assert_eq!(told, format!("{empty}  a.txt\n{abc}  b.txt\n# 0  ziping in b.txt\n"));
    }

    #[test]
    fn texts_for_windows_end_their_lines_as_notepad_wants_it() {
        assert_eq!(for_notepad("site.toml", b"a\nb\r\n"), b"a\r\nb\r\n");
        assert_eq!(for_notepad("content/a/b.docx", b"a\nb"), b"a\nb");
    }

    #[test]
    fn each_guide_has_the_pictures_that_it_shows() {
        for name in ["site", "program"] {
            let all = guide(name).unwrap();
            let page = String::from_utf8(all[0].bytes.clone()).unwrap();
            for shown in page.split("src=\"").skip(1).filter_map(|it| it.split('"').next()) {
                assert!(all.iter().any(|it| it.name == shown), "{name}.html shows {shown}, which is not there");
            }
            assert!(page.contains(VERSION) && !page.contains("{version}"));
            assert!(all.iter().all(|it| it.name.is_ascii()));
        }
    }

    #[test]
    fn the_site_lies_beside_its_guide_and_what_servers_are_told() {
        let page = "<p>网站</p>".repeat(100);
        let archive = site_archive(vec![Entry::new("index.html", page)]).unwrap();
        let names: Vec<&str> = archive.iter().filter_map(|it| Some(it.name.split_once('/')?.1)).collect();
        for name in ["README-zh.html", "site/index.html", "site/index.html.br", "site/index.html.gz", "LICENSE-MIT"] {
            assert!(names.contains(&name), "{name} is not in {names:?}");
        }
        if path("docs/hosts").is_dir() {
            let told =
                ["web.config", ".htaccess", "nginx-server.conf", "nginx-path.conf", "Caddyfile", "object-storage.txt"];
            for name in told.into_iter().chain(["_headers"]) {
                assert!(names.contains(&format!("hosts/{name}").as_str()), "the guide names {name}");
            }
        }
    }

    #[test]
    fn all_that_the_generator_reads_is_packed_and_nothing_hidden() {
        let data = program_archive(&LINUX, b"elf".to_vec(), &[Entry::new("app/app.js", "1")]).unwrap();
        let names: Vec<&str> =
            data.iter().filter_map(|it| it.name.strip_prefix("ziping-")?.split_once('/')).map(|it| it.1).collect();
        for name in [
            "ziping",
            "app/app.js",
            "site.toml",
            "rubrics/henan-2021/edition.toml",
            "LICENSE-MIT",
            "README-zh.html",
            clerk::PAGE,
        ] {
            assert!(names.contains(&name), "{name}");
        }
        let begin = data.iter().find(|it| it.name.ends_with("/README-zh.html")).unwrap();
        assert!(String::from_utf8_lossy(&begin.bytes).contains(&format!("href=\"{}\"", clerk::PAGE)));
        assert!(names.iter().any(|it| it.starts_with("content/") && it.ends_with(".md")));
        assert!(names.iter().any(|it| it.starts_with("style/reading/") && it.ends_with(".css")));
        assert!(!names.iter().any(|it| it.contains("/.")));
        let runs: Vec<&str> = data.iter().filter(|it| it.runs).map(|it| it.name.rsplit('/').next().unwrap()).collect();
        assert_eq!(runs, ["ziping"]);
    }
}
