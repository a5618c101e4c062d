//! `docs/clerk.md` done as it says: what it shows is put into a copy of the site, checked, built and looked at, however Notepad saves it.
//! What it shows as gone wrong is told in the words that it shows, and the site that was built before stays.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use encoding_rs::GBK;
use tempfile::TempDir;

use crate::authoring::host_copy;
use crate::built::{Files, build, files_of, page};
use crate::{none_of, path, read};

/// A recipe of the guide: what is done, what is seen then, how it goes wrong and what is said.
#[derive(Default)]
struct Recipe {
    title: String,
    steps: Vec<Step>,
    seen: Vec<(String, String)>,
    wrong: Option<String>,
    says: Vec<String>,
}

enum Step {
    /// The file, what stands in it and what is put in its place.
    Change(String, String, String),
    /// The file, and what is written at its end.
    Append(String, String),
    /// A new file.
    New(String, String),
    Run(String),
}

/// How Notepad saves a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Saved {
    AsItIs,
    /// With a byte order mark and the line ends of Windows.
    Marked,
    /// 编码：ANSI.
    Ansi,
}

fn quoted(line: &str) -> Option<String> {
    line.split('`').nth(1).map(str::to_owned)
}

/// The last of them.
fn last_quoted(line: &str) -> Option<String> {
    line.rsplit('`').nth(1).map(str::to_owned)
}

/// The recipes with something to do, in the order of the guide.
fn recipes() -> Vec<Recipe> {
    let text = read("docs/clerk.md");
    let mut lines = text.lines();
    let mut all: Vec<Recipe> = Vec::new();
    let (mut file, mut found, mut last) = (String::new(), String::new(), String::new());
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix("## ") {
            all.push(Recipe { title: title.to_owned(), ..Recipe::default() });
            file.clear();
        } else if line == "```" {
            let block: String = lines.by_ref().take_while(|it| *it != "```").map(|it| format!("{it}\n")).collect();
            let Some(recipe) = all.last_mut() else { continue };
            let block_line = block.trim_end_matches('\n').to_owned();
            match &last {
                it if it.ends_with("找到：") => found = block_line,
                it if it.ends_with("改成：") => {
                    recipe.steps.push(Step::Change(file.clone(), found.clone(), block_line));
                }
                it if it.ends_with("在末尾加上：") => recipe.steps.push(Step::Append(file.clone(), block)),
                it if it.starts_with("新建 `") => recipe.steps.push(Step::New(file.clone(), block)),
                it if it.ends_with("运行：") => recipe.steps.push(Step::Run(block_line)),
                it if it.ends_with("看到：") => recipe.seen.push((last_quoted(it).expect("a page"), block_line)),
                it if it.ends_with("如果写成：") => recipe.wrong = Some(block),
                it if it.ends_with("检查会说：") => recipe.says = block.lines().map(str::to_owned).collect(),
                other => panic!("docs/clerk.md: what is to be done with the lines after `{other}`?"),
            }
        } else if !line.is_empty() {
            if line.starts_with("打开 `") || line.starts_with("新建 `") {
                file = quoted(line).expect("a file");
            }
            line.clone_into(&mut last);
        }
    }
    all
}

fn ziping(arguments: &[&str], site: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ziping")).args(arguments).current_dir(site).output().expect("it runs")
}

fn said(run: &Output) -> String {
    String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr)
}

/// Does the steps in a copy of the site; `wrong` stands in place of what the last one writes.
fn done(recipe: &Recipe, wrong: Option<&str>, saved: Saved) -> Result<TempDir, String> {
    let site = host_copy();
    for (n, step) in recipe.steps.iter().enumerate() {
        let wrong = wrong.filter(|_| n + 1 == recipe.steps.len());
        let (file, text) = match step {
            Step::Run(command) => {
                let words: Vec<&str> = command.split(' ').skip(1).collect();
                let run = ziping(&words, site.path());
                if !run.status.success() {
                    return Err(said(&run));
                }
                continue;
            }
            Step::New(file, text) => (file, wrong.unwrap_or(text).to_owned()),
            Step::Append(file, text) => (file, written(&site, file)? + "\n" + wrong.unwrap_or(text)),
            Step::Change(file, find, put) => {
                let text = written(&site, file)?;
                if text.matches(find.as_str()).count() != 1 {
                    return Err(format!("`{find}` should stand in {file} once"));
                }
                (file, text.replace(find.as_str(), wrong.map_or(put.as_str(), |it| it.trim_end_matches('\n'))))
            }
        };
        let bytes = match saved {
            Saved::AsItIs => text.into_bytes(),
            Saved::Marked => format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes(),
            Saved::Ansi => GBK.encode(&text).0.into_owned(),
        };
        fs::write(site.path().join(file), bytes).map_err(|it| it.to_string())?;
    }
    Ok(site)
}

fn written(site: &TempDir, file: &str) -> Result<String, String> {
    fs::read_to_string(site.path().join(file)).map_err(|it| format!("{file}: {it}"))
}

/// The site built into `dist`, as `build.cmd` does.
fn built(site: &TempDir) -> (Output, Files) {
    let out = site.path().join("dist");
    let run = build(site.path(), &out);
    let files = files_of(&out);
    (run, files)
}

#[test]
fn every_recipe_does_what_it_says() {
    let mut problems = Vec::new();
    let mut n = 0;
    for recipe in recipes().iter().filter(|it| !it.steps.is_empty()) {
        n += 1;
        for saved in [Saved::AsItIs, Saved::Marked] {
            let at = format!("{}{}", recipe.title, if saved == Saved::Marked { " (BOM, CRLF)" } else { "" });
            let site = match done(recipe, None, saved) {
                Ok(site) => site,
                Err(why) => {
                    problems.push(format!("{at}: {why}"));
                    continue;
                }
            };
            let checked = ziping(&["check"], site.path());
            let (run, files) = built(&site);
            if !checked.status.success() || !run.status.success() {
                problems.push(format!("{at}: {}{}", said(&checked), said(&run)));
                continue;
            }
            for (address, words) in &recipe.seen {
                let there = page(&files, address.strip_suffix("index.html").expect("a page")).text();
                let bare = |text: &str| text.split_whitespace().collect::<String>();
                if !bare(&there).contains(&bare(words)) {
                    problems.push(format!("{at}: `{words}` is not on {address}"));
                }
            }
        }
    }
    assert_eq!(n, 6, "so many recipes have something to do");
    none_of(&problems);
}

#[test]
fn what_goes_wrong_is_told_as_the_guide_says_and_the_site_stays() {
    let mut problems = Vec::new();
    for recipe in recipes().iter().filter(|it| !it.steps.is_empty()) {
        let (Some(wrong), right) = (&recipe.wrong, done(recipe, None, Saved::AsItIs).expect("it can be done")) else {
            problems.push(format!("{}: shows nothing that goes wrong", recipe.title));
            continue;
        };
        let (run, before) = built(&right);
        assert!(run.status.success(), "{}", said(&run));
        let site = done(recipe, Some(wrong), Saved::AsItIs).expect("it can be done");
        fs::rename(right.path().join("dist"), site.path().join("dist")).expect("it can be moved");
        let checked = ziping(&["check"], site.path());
        let told = String::from_utf8_lossy(&checked.stdout).into_owned();
        if told.lines().collect::<Vec<_>>() != recipe.says || checked.status.code() != Some(1) {
            problems.push(format!("{}: is told\n{told}and the guide says\n{}", recipe.title, recipe.says.join("\n")));
        }
        let (run, after) = built(&site);
        if run.status.success() || before != after {
            problems.push(format!("{}: what was built before has changed", recipe.title));
        }
    }
    none_of(&problems);
}

#[test]
fn a_file_saved_as_ansi_is_told() {
    const SAYS: &str = "不是 UTF-8 编码，请在编辑器里另存为 UTF-8";
    let all = recipes();
    let general = all.iter().find(|it| !it.says.is_empty()).expect("the guide says it");
    let mut problems = Vec::new();
    for recipe in all.iter().filter(|it| !it.steps.is_empty()) {
        let site = done(recipe, None, Saved::Ansi).expect("it can be done");
        let checked = ziping(&["check"], site.path());
        let told = String::from_utf8_lossy(&checked.stdout).into_owned();
        if checked.status.code() != Some(1) || told.lines().filter(|it| it.ends_with(SAYS)).count() != 1 {
            problems.push(format!("{}: {told}", recipe.title));
        }
        if recipe.steps.iter().any(|it| matches!(it, Step::New(..))) && !told.contains(&general.says[0]) {
            problems.push(format!("the guide says {}, and it is {told}", general.says[0]));
        }
    }
    none_of(&problems);
}

#[test]
fn every_picture_of_the_guide_is_there_and_small() {
    let text = read("docs/clerk.md");
    let mut problems = Vec::new();
    let pictures: Vec<&str> = text.split("](clerk/").skip(1).filter_map(|it| it.split(')').next()).collect();
    for picture in &pictures {
        match fs::metadata(path("docs/clerk").join(picture)) {
            Ok(about) if about.len() < 60_000 => {}
            Ok(about) => problems.push(format!("{picture} has {} bytes", about.len())),
            Err(_) => problems.push(format!("{picture} is missing: node tests/browser/clerk.mjs")),
        }
    }
    let there = fs::read_dir(path("docs/clerk")).expect("a folder").count();
    assert_eq!(there, pictures.len(), "pictures that the guide does not show");
    none_of(&problems);
}

/// Copies from `dist` what is chosen by its name, over what is there.
fn bring(from: &Path, host: &Path, chosen: impl Fn(&str) -> bool) {
    for (name, bytes) in files_of(from).iter().filter(|it| chosen(it.0)) {
        let to = host.join(name);
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::write(to, bytes).expect("it can be written");
    }
}

/// The assets that pages name and the host does not have.
fn lacking(host: &Files) -> Vec<String> {
    let pages = host.iter().filter(|it| it.0.ends_with(".html") && it.0 != "offline.html");
    let mut lacking = Vec::new();
    for (page, bytes) in pages {
        for rest in String::from_utf8_lossy(bytes).split("assets/").skip(1) {
            let plain = |it: char| it.is_ascii_alphanumeric() || "-_.".contains(it);
            let asset: String = rest.chars().take_while(|it| plain(*it)).collect();
            if asset.contains('.') && !host.contains_key(&format!("assets/{asset}")) {
                lacking.push(format!("{page}: assets/{asset}"));
            }
        }
    }
    lacking
}

/// 七、发布: what was built is copied over an earlier release, in the order of the guide. At each step every page that is there has its
/// assets, those of an open page stay, and what was changed is seen in the end.
#[test]
fn publishing_over_an_earlier_release_as_the_guide_says() {
    assert!(read("docs/clerk.md").contains("先复制 `assets`，再复制其余的，最后复制 `index.html`"));
    let all = recipes();
    let recipe = all.iter().find(|it| it.title.starts_with("三、")).expect("a row is changed");
    let (earlier, later) = (host_copy(), done(recipe, None, Saved::AsItIs).expect("it can be done"));
    let host = tempfile::tempdir().expect("a folder");
    let (run, before) = built(&earlier);
    assert!(run.status.success() && lacking(&before).is_empty(), "{}{:?}", said(&run), lacking(&before));
    bring(&earlier.path().join("dist"), host.path(), |_| true);
    let (run, after) = built(&later);
    assert!(run.status.success(), "{}", said(&run));
    let new_assets = after.keys().filter(|it| it.starts_with("assets/") && !before.contains_key(*it)).count();
    assert!(2 <= new_assets, "a changed row is in other data: {new_assets}");
    let is_asset = |name: &str| name.starts_with("assets/");
    let steps: [&dyn Fn(&str) -> bool; 3] =
        [&|it| is_asset(it), &|it| !is_asset(it) && it != "index.html", &|it| it == "index.html"];
    for (n, step) in steps.into_iter().enumerate() {
        bring(&later.path().join("dist"), host.path(), step);
        none_of(&lacking(&files_of(host.path())).iter().map(|it| format!("step {n}: {it}")).collect::<Vec<_>>());
    }
    let there = files_of(host.path());
    assert!(after.iter().all(|(name, bytes)| there.get(name) == Some(bytes)), "all of the new release is there");
    let gone: Vec<_> = before.keys().filter(|it| is_asset(it) && !there.contains_key(*it)).collect();
    assert!(gone.is_empty(), "pages that are open need {gone:?}");
    let (address, words) = &recipe.seen[0];
    let seen = page(&there, address.strip_suffix("index.html").expect("a page")).text();
    assert!(seen.contains(words.as_str()), "{words} is not on {address}");
    // in another order a page would stand there without what it needs
    let wrong = tempfile::tempdir().expect("a folder");
    bring(&earlier.path().join("dist"), wrong.path(), |_| true);
    bring(&later.path().join("dist"), wrong.path(), |it| !is_asset(it));
    assert!(!lacking(&files_of(wrong.path())).is_empty());
}
