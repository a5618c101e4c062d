//! What hosts are told: one list of headers. Our own server sends it, README.md names it, every snippet of docs/hosts sets it
//! and the page 自检 asks for it.

use std::collections::BTreeSet;

use crate::served::{Served, site};
use crate::{path, read};

const PAGE: &str = "/notice/henan-2021-1/";
const ALWAYS: [&str; 4] =
    ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"];
/// What a host may be told besides.
const HTTPS_ONLY: &str = "Strict-Transport-Security";

/// The values of the headers in the list, as README.md has them: those of every answer, then two for keeping.
fn told() -> (Vec<(&'static str, String)>, [String; 2]) {
    let readme = read("README.md");
    let hosting = readme.split("## 架设网站").nth(1).and_then(|it| it.split("\n## ").next()).expect("a chapter");
    let told: Vec<(&str, &str)> = hosting.lines().filter_map(|it| it.trim().split_once(": ")).collect();
    let values = |name: &str| told.iter().filter(|it| it.0 == name).map(|it| it.1.to_owned()).collect::<Vec<_>>();
    let always = ALWAYS.map(|name| {
        let [value] = <[String; 1]>::try_from(values(name)).unwrap_or_else(|_| panic!("README.md: {name}"));
        (name, value)
    });
    (always.into(), values("Cache-Control").try_into().expect("pages, and assets"))
}

#[test]
fn our_own_server_sends_what_readme_tells_hosts_to_send() {
    let (always, [pages, assets]) = told();
    let served = Served::start(site());
    let [page, asset, missing] = [PAGE, &served.asset("reader.wasm"), "/nowhere/"].map(|it| served.get("GET", it, &[]));
    for (name, value) in &always {
        for answer in [&page, &asset, &missing] {
            assert_eq!(answer.header(name), value);
        }
    }
    assert_eq!([page.header("cache-control"), asset.header("cache-control")], [&pages, &assets]);
    assert_eq!(missing.header("cache-control"), pages);
    for (name, kind) in [
        ("reader.wasm", "application/wasm"),
        ("data.bin", "application/octet-stream"),
        ("boot.js", "text/javascript; charset=utf-8"),
    ] {
        let answer = served.get("GET", &served.asset(name), &[]);
        assert_eq!(answer.header("content-type"), kind, "{name}");
    }
}

/// A policy in a header that forbids what the page's own allows would stop the page. What both have is the same, and the
/// header has what browsers heed only there.
#[test]
fn the_policy_for_hosts_forbids_nothing_that_a_page_needs() {
    let (always, _) = told();
    let mut hosts: BTreeSet<&str> = always[0].1.split("; ").collect();
    assert!(hosts.remove("frame-ancestors 'none'"));
    let served = Served::start(site());
    let page = served.get("GET", PAGE, &[]).text().replace("&#x27;", "'").replace("&#39;", "'");
    let own = page.split("Content-Security-Policy\" content=\"").nth(1).and_then(|it| it.split('"').next());
    let own: BTreeSet<&str> = own.expect("a policy").split("; ").collect();
    assert!(hosts.is_subset(&own), "{hosts:?} {own:?}");
}

/// The snippets set these values and no others of these headers, and so does what the page 自检 tells.
#[test]
fn every_snippet_sets_the_headers_of_the_list() {
    let (always, [pages, assets]) = told();
    let snippets = [
        "nginx-server.conf",
        "nginx-path.conf",
        ".htaccess",
        "web.config",
        "Caddyfile",
        "_headers",
        "object-storage.md",
    ];
    let mut names: Vec<String> = std::fs::read_dir(path("docs/hosts"))
        .expect("a folder")
        .map(|it| it.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.retain(|it| it != "README.md");
    names.sort();
    let mut known = snippets.map(str::to_owned);
    known.sort();
    assert_eq!(names, known, "each is looked at here");
    for name in snippets {
        let text = read(&format!("docs/hosts/{name}"));
        let scripted = read("assets/mends.js");
        for (header, value) in &always {
            let lines: Vec<&str> = text.lines().filter(|it| it.contains(header) && !it.contains("<remove")).collect();
            assert!(!lines.is_empty(), "{name} sets no {header}");
            for line in lines {
                assert!(line.contains(value.as_str()), "{name}: {line}");
            }
            assert!(scripted.contains(value.as_str()), "assets/mends.js does not tell {value}");
        }
        let kept = |text: &str| text.contains(&assets) || text.contains("cacheControlMaxAge=\"365.00:00:00\"");
        let asked = |text: &str| text.contains(&pages) || text.contains("DisableMaxAge") || name == "_headers";
        assert!(kept(&text) && asked(&text), "{name} does not say how long what is kept");
        // only where all is https, so nobody gets it by copying
        let sure = text.lines().filter(|it| it.contains(HTTPS_ONLY)).all(|it| {
            let line = it.trim_start();
            line.starts_with('#') || line.starts_with("<!--") || name.ends_with(".md")
        });
        assert!(sure, "{name} sets {HTTPS_ONLY} by default");
    }
}
