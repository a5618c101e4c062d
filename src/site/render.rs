//! Every file of the site, in memory: pages, data, style, program, each under a name that carries the hash of its bytes.

use std::collections::BTreeMap;
use std::fmt::Write;

use leptos::prelude::*;
use sha2::{Digest, Sha256};

use crate::app::{Route, State};
use crate::rubric::{Applicant, Edition, Row, Rubric};
use crate::wire::to_bytes;

use super::page::page;

/// What the generator starts from.
pub struct Source {
    pub editions: Vec<Edition>,
    /// The style sheet.
    pub style: String,
    /// `app.wasm`, `app.js`, `fallback.js`, `boot.js`, by name.
    pub app: BTreeMap<&'static str, Vec<u8>>,
    /// The address of the site's root, `https://host/path/`, for the sitemap and the page of missing pages.
    pub address: String,
}

/// The finished site: file names with `/` below its root, and their bytes.
pub struct Site {
    pub files: BTreeMap<String, Vec<u8>>,
    pub n_pages: usize,
}

/// Where each asset lies, by what it is for.
pub struct Assets(BTreeMap<String, String>);

impl Assets {
    pub fn url(&self, root: &str, name: &str) -> String {
        format!("{root}assets/{}", self.file(name))
    }

    /// As another asset names it: they all lie in one folder.
    pub fn file(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

/// Renders everything. `done` is called after every page.
pub fn render(source: Source, mut done: impl FnMut()) -> Site {
    let mut files = BTreeMap::new();
    let mut assets = Assets(BTreeMap::new());
    let mut add = |name: &str, stem: &str, ending: &str, bytes: Vec<u8>| {
        let file = format!("{stem}-{}.{ending}", hash(&bytes));
        files.insert(format!("assets/{file}"), bytes);
        assets.0.insert(name.to_owned(), file);
    };
    add("model", "data", "bin", model(&source.editions, |_| true));
    for annex in annexes(&source.editions) {
        // one sheet needs one rubric: a third of the data, and the first visit is often by mobile phone
        add(&format!("model {annex}"), &format!("data-{annex}"), "bin", model(&source.editions, |it| it == annex));
    }
    add("style", "style", "css", squeeze(&source.style).into_bytes());
    add("icon", "icon", "svg", ICON.as_bytes().to_vec());
    for (name, bytes) in source.app {
        match name {
            "app.wasm" => add("wasm", "app", "wasm", bytes),
            "app.js" => add("glue", "app", "js", bytes),
            "fallback.js" => add("fallback", "fallback", "js", bytes),
            _ => add("boot", "boot", "js", bytes),
        }
    }
    // views borrow the editions for as long as the program lives
    let editions: &'static [Edition] = Box::leak(source.editions.into_boxed_slice());
    let routes = routes(editions);
    for route in &routes {
        let folder = route.folder();
        let root: &'static str = Box::leak("../".repeat(folder.matches('/').count()).into_boxed_str());
        let html = still(editions, root, route, &assets);
        files.insert(format!("{folder}index.html"), html.into_bytes());
        done();
    }
    // shown at any depth, so its links start at the top of the host
    let top: &'static str = Box::leak(path_of(&source.address).into_boxed_str());
    files.insert("404.html".to_owned(), still(editions, top, &Route::Missing, &assets).into_bytes());
    files.insert("sitemap.xml".to_owned(), sitemap(&source.address, &routes).into_bytes());
    Site { files, n_pages: routes.len() + 1 }
}

/// What the app needs: the rubrics asked for, the readings they cite, and of those the short form; the rest stands on the
/// readings page.
fn model(editions: &[Edition], wanted: impl Fn(u8) -> bool) -> Vec<u8> {
    let mut editions = editions.to_vec();
    for edition in &mut editions {
        edition.rubrics.retain(|it| wanted(it.annex));
        let rows: Vec<&Row> = edition.rubrics.iter().flat_map(Rubric::rows).collect();
        edition.readings.retain(|reading| rows.iter().any(|row| row.readings.contains(&reading.id)));
        for reading in &mut edition.readings {
            reading.title.clear();
            reading.printed.clear();
            reading.readings.clear();
            reading.taken.clear();
        }
    }
    to_bytes(&editions)
}

fn annexes(editions: &[Edition]) -> Vec<u8> {
    editions.first().map(|it| it.rubrics.iter().map(|it| it.annex).collect()).unwrap_or_default()
}

/// A style sheet without comments, indents and line ends.
fn squeeze(style: &str) -> String {
    let mut out = String::with_capacity(style.len());
    let mut rest = style;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |it| it.1);
    }
    out.push_str(rest);
    let lines = out.lines().map(str::trim).filter(|it| !it.is_empty());
    let joined: String = lines.collect::<Vec<_>>().join(" ");
    [(" { ", "{"), ("; }", "}"), (" }", "}"), ("} ", "}"), ("; ", ";"), (": ", ":"), (", ", ",")]
        .iter()
        .fold(joined, |text, (from, to)| text.replace(from, to))
}

/// Every address that is a file of its own.
pub fn routes(editions: &[Edition]) -> Vec<Route> {
    let annexes = annexes(editions);
    let mut routes =
        vec![Route::Home, Route::Rubrics, Route::Mine, Route::Dossier(None), Route::Readings, Route::About];
    routes.extend([Applicant::Employer, Applicant::TechnicalSchool, Applicant::SocialOrganisation].map(Route::Start));
    routes.extend(annexes.iter().map(|it| Route::Rubric(*it)));
    routes.extend(annexes.iter().map(|it| Route::Sheet(*it, None)));
    routes
}

fn still(editions: &'static [Edition], root: &'static str, route: &Route, assets: &Assets) -> String {
    let owner = Owner::new();
    let html = owner.with(|| page(State::still(editions, root, route.clone()), route, assets));
    owner.cleanup();
    html
}

/// Enough of the hash to tell any two files apart.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// `/path/` of `https://host/path/`.
fn path_of(address: &str) -> String {
    let after = address.split_once("://").map_or(address, |it| it.1);
    format!("/{}", after.split_once('/').map_or("", |it| it.1))
}

fn sitemap(address: &str, routes: &[Route]) -> String {
    let mut xml = Html::default();
    xml.raw(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    // what belongs to one person's browser is nothing for a search engine
    for route in routes.iter().filter(|it| !matches!(it, Route::Mine | Route::Dossier(_))) {
        xml.raw("<url><loc>").text(&format!("{address}{}", route.folder())).raw("</loc></url>\n");
    }
    xml.raw("</urlset>\n");
    xml.done()
}

const ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect width=\"32\" height=\"32\" rx=\"6\" \
fill=\"#1456a6\"/><path d=\"M8 17l6 6 11-13\" fill=\"none\" stroke=\"#fff\" stroke-width=\"4\"/></svg>\n";

/// HTML being written: markup of ours, text of anybody, views.
#[derive(Default)]
pub struct Html(String);

impl Html {
    /// Markup that stands in this program.
    pub fn raw(&mut self, markup: &str) -> &mut Html {
        self.0.push_str(markup);
        self
    }

    pub fn text(&mut self, text: &str) -> &mut Html {
        for it in text.chars() {
            match it {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                other => self.0.push(other),
            }
        }
        self
    }

    /// A view as it stands at first, without the marks by which the browser's half would find its way.
    pub fn view(&mut self, view: impl FnOnce() -> AnyView) -> &mut Html {
        self.0.push_str(&view().to_html().replace("<!>", "").replace("<!--<() />-->", "").replace("></input>", ">"));
        self
    }

    pub fn done(self) -> String {
        self.0
    }
}
