//! Which release a site says it is: the same on every page and in `release.json`, another one whenever anything changes that
//! people read or that computes for them, and the same wherever it is published.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::built::{Files, build, built, files_of, stand_ins, text};
use crate::{files, none_of, path};

#[test]
fn every_page_says_which_release_it_is() {
    let site = built();
    let told: Value = serde_json::from_str(text(site, "release.json")).expect("JSON");
    assert_eq!(told["version"], json!(env!("CARGO_PKG_VERSION")));
    assert_eq!(told["editions"], json!(["henan-2021"]));
    let hash = told["hash"].as_str().expect("a text");
    assert_eq!(
        hash,
        hash_of(site),
        "not the hash of what `sha256sum` prints about assets and what notices have beside them"
    );

    let short = format!("{}-{}", env!("CARGO_PKG_VERSION"), &hash[..12]);
    let words = format!(">版本 {} · {}</section>\n</body>", env!("CARGO_PKG_VERSION"), &hash[..12]);
    let on_script = format!(" data-release=\"{short}\"");
    let mut problems = Vec::new();
    for name in site.keys().filter(|it| it.ends_with(".html") && *it != "offline.html") {
        let page = text(site, name);
        let boot = page.split("<script").find(|it| it.contains("/boot-"));
        if !["rescue.html", "selfcheck.html"].contains(&name.as_str())
            && !boot.is_some_and(|it| it.contains(&on_script))
        {
            problems.push(format!("{name}: the boot script has no{on_script}"));
        }
        if page.matches(&words).count() != 1 {
            problems.push(format!("{name}: does not end with {words}"));
        }
    }
    none_of(&problems);
}

#[test]
fn another_word_program_style_or_file_is_another_release_and_another_host_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let (site, out) = (folder.path().join("site"), folder.path().join("dist"));
    copy(&path("tests/site"), &site);
    let hash = |files: &Files| {
        let told: Value = serde_json::from_str(text(files, "release.json")).expect("JSON");
        told["hash"].as_str().expect("a text").to_owned()
    };
    let build = || {
        let run = build(&site, &out);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        hash(&files_of(&out))
    };
    let first = build();
    assert_eq!(build(), first, "built again");
    change(&site.join("site.toml"), "https://", "https://another.");
    assert_eq!(build(), first, "published elsewhere");

    let mut seen = vec![first];
    let notices = files(&site.join("content"), ".md");
    let ends = |it: &Path| fs::read_to_string(it).expect("a text").trim_end().to_owned();
    let longer = |it: &Path, more: &str| fs::write(it, format!("{}{more}\n", ends(it))).expect("it can be written");
    longer(&notices[0], "\n\n又一段。");
    seen.push(build());
    longer(&files(&site.join("style"), ".css")[0], "\n.another { color: red; }");
    seen.push(build());
    let attached = site.join("content/some-2020-1/表.txt");
    fs::create_dir_all(attached.parent().expect("a folder")).expect("a folder");
    longer(&notices[0], "\n\n见[附表](some-2020-1/表.txt)。");
    for content in ["一", "二"] {
        fs::write(&attached, content).expect("it can be written");
        seen.push(build());
    }
    for (n, one) in seen.iter().enumerate() {
        assert!(!seen[..n].contains(one), "the change {n} made no other release");
    }
}

#[test]
fn a_program_that_changes_is_another_release() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("dist");
    let app = out.with_extension("app");
    stand_ins(&app);
    let build = || {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_ziping"));
        command.args(["build", "--site"]).arg(path("tests/site")).arg("--app").arg(&app).arg("--out").arg(&out);
        assert!(command.output().expect("the program runs").status.success());
        text(&files_of(&out), "release.json").to_owned()
    };
    let before = build();
    fs::write(app.join("going.js"), "another").expect("it can be written");
    assert_ne!(build(), before);
}

/// As `LC_ALL=C sha256sum` and then `sha256sum` of that would have it.
fn hash_of(site: &Files) -> String {
    let made_of =
        |name: &str| name.starts_with("assets/") || (name.starts_with("notice/") && !name.ends_with("/index.html"));
    let lines = site.iter().filter(|it| made_of(it.0)).map(|(name, bytes)| format!("{}  {name}\n", hex(bytes)));
    hex(lines.collect::<String>().as_bytes())
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|it| format!("{it:02x}")).collect()
}

fn change(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).expect("a text");
    assert!(text.contains(from), "{}", file.display());
    fs::write(file, text.replacen(from, to, 1)).expect("it can be written");
}

fn copy(from: &Path, to: &Path) {
    for file in files(from, "") {
        let new = to.join(file.strip_prefix(from).expect("below it"));
        fs::create_dir_all(new.parent().expect("a folder")).expect("a folder");
        fs::copy(&file, &new).expect("it can be copied");
    }
}

#[test]
fn the_list_of_licences_is_of_the_packages_of_the_lock_file() {
    let list: Value = serde_json::from_str(&crate::read("docs/licences.json")).expect("JSON");
    let lock: toml::Table = crate::read("Cargo.lock").parse().expect("TOML");
    let packages = lock["package"].as_array().expect("packages");
    let of = |it: &toml::Value, key: &str| it.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
    let mut locked: Vec<[String; 3]> =
        packages.iter().map(|it| ["name", "version", "checksum"].map(|key| of(it, key))).collect();
    locked.retain(|it| !it[2].is_empty());
    locked.sort();
    let lines: String = locked.iter().map(|it| format!("{}\n", it.join(" "))).collect();
    assert_eq!(list["lock"], json!(hex(lines.as_bytes())), "Cargo.lock has changed: run `cargo xtask licences`");

    let listed = list["packages"].as_array().expect("packages");
    let texts = list["texts"].as_array().expect("texts").len() as u64;
    let mut problems = Vec::new();
    for it in listed {
        let (name, version) = (it["name"].as_str().expect("a name"), it["version"].as_str().expect("a version"));
        if !version.is_empty() && !locked.iter().any(|it| it[0] == name && it[1] == version) {
            problems.push(format!("{name} {version} is not in Cargo.lock"));
        }
        let numbers: Vec<u64> = it["texts"].as_array().expect("texts").iter().filter_map(Value::as_u64).collect();
        if !version.is_empty() && (numbers.is_empty() || numbers.iter().any(|it| texts <= *it)) {
            problems.push(format!("{name} {version} has no text of its licence"));
        }
        if !version.is_empty() && it["notices"].as_array().is_none_or(Vec::is_empty) {
            problems.push(format!("{name} {version} does not say whose it is"));
        }
    }
    // what each program cannot be without
    for (name, place) in [("leptos", "browser"), ("rlsf", "browser"), ("tokio", "program"), ("mimalloc", "program")] {
        let there =
            |it: &&Value| it["name"] == name && it["in"].as_array().is_some_and(|it| it.contains(&json!(place)));
        if listed.iter().find(there).is_none() {
            problems.push(format!("{name} is not listed for the {place}"));
        }
    }
    none_of(&problems);
}

#[test]
fn the_page_of_licences_has_every_package_and_every_text() {
    let site = built();
    let list: Value = serde_json::from_str(&crate::read("docs/licences.json")).expect("JSON");
    let page = crate::built::page(site, "licences/").text();
    let mut problems = Vec::new();
    for it in list["packages"].as_array().expect("packages") {
        let name = format!("{} {}", it["name"].as_str().expect("a name"), it["version"].as_str().expect("a version"));
        if !page.contains(name.trim_end()) {
            problems.push(format!("{name} is not on the page"));
        }
    }
    for it in list["texts"].as_array().expect("texts") {
        let last = it["text"].as_str().expect("a text").lines().last().expect("a line");
        if !page.contains(last) {
            problems.push(format!("{} does not end as it should: {last}", it["licence"]));
        }
    }
    if !text(site, "about/index.html").contains("href=\"../licences/\"") {
        problems.push("使用说明 has no link to it".to_owned());
    }
    none_of(&problems);
}
