//! The HTML around a page: what the browser is told before it reads a word.

use std::io::Write;

use anyhow::Result;
use rayon::prelude::*;

use crate::app::{Address, AppPart, view};
use crate::release::Release;

use super::html::Html;
use super::library::Document;
use super::reading::{any_page, document, documents, title};
use super::site::{CASE_STYLE, Site};

/// So many documents of one page are rendered side by side.
const AT_ONCE: usize = 64;
const MAIN_END: &str = "</main>";
const NO_SCRIPT: &str = "<noscript>";

/// What a page is allowed to load: its own files and nothing else. Its one form, the search, leads to the contents.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'";

/// What the style sheet hides: whoever reads it has a page without styles and programs, most likely as the host gave it under
/// an address without its last slash, where all the addresses in it lead elsewhere.
const BARE: &str = "本页的样式（可能还有程序）没有取到，可以阅读。网址末尾没有“/”的，请补上“/”再打开；仍不行请刷新，或联系网站管理人员。";

/// How every page begins.
pub fn head(html: &mut Html, title: &str, about: &str) {
    html.raw("<!doctype html>\n<html lang=\"zh-Hans-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"").text(POLICY).raw("\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    // the fast kernel of browsers that have two
    html.raw(
        "<meta name=\"renderer\" content=\"webkit\">\n<meta name=\"format-detection\" content=\"telephone=no\">\n",
    );
    html.raw("<meta name=\"referrer\" content=\"no-referrer\">\n");
    html.raw("<title>").text(title).raw("</title>\n");
    html.raw("<meta name=\"description\" content=\"").text(about).raw("\">\n");
}

/// The last line of a page, on the screen and on paper. A landmark of its own, as it stands outside of those of the page.
pub fn made_by(release: &str) -> String {
    format!("<section class=\"release\" aria-label=\"版本\">版本 {}</section>\n", Release(release).words())
}

/// Writes the file of a route. `root` is the way from it to the root of the site.
///
/// # Errors
/// What could not be written.
pub fn page(site: &Site, root: &'static str, route: &Address, file: &mut dyn Write) -> Result<()> {
    let Site { library, assets, address, release } = site;
    let (title, about) = title(library, route);
    let mut html = Html::default();
    head(&mut html, &title, &about);
    if *route == Address::Received {
        html.raw("<meta name=\"robots\" content=\"noindex\">\n");
    }
    // what WeChat and QQ show when the address is passed on
    for (property, content) in
        [("title", &title), ("description", &about), ("url", &format!("{address}{}", route.folder()))]
    {
        html.raw("<meta property=\"og:").raw(property).raw("\" content=\"").text(content).raw("\">\n");
    }
    html.raw("<meta itemprop=\"name\" content=\"").text(&title).raw("\">\n");
    html.raw("<link rel=\"icon\" href=\"").text(&assets.url(root, "icon")).raw("\">\n");
    // before the first paint: large print, and what only works with a script
    html.raw("<script src=\"").text(&assets.url(root, "look.js")).raw("\"></script>\n");
    let live = route.part().is_some();
    let reading = match route {
        // the picture and the findings look as they do in a case
        Address::Filing => Some(CASE_STYLE),
        _ => (!live).then_some("reading style"),
    };
    // a blank rubric becomes a filled form where the address names a sheet
    let part = if matches!(route, Address::Rubric(_)) { Some(AppPart::Form) } else { route.part() };
    let its: Vec<&str> = part.map(|it| assets.of_part(it)).unwrap_or_default();
    let of_kind = |ending: &'static str| its.iter().copied().filter(move |it| it.ends_with(ending));
    for name in ["style"].into_iter().chain(reading).chain(of_kind(".css")) {
        html.raw("<link rel=\"stylesheet\" href=\"").text(&assets.url(root, name)).raw("\">\n");
    }
    if !live {
        html.raw("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"文件\" href=\"")
            .raw(root)
            .raw("feed.xml\">\n");
    }
    let model = match route {
        Address::Sheet(annex, _) => format!("model {annex}"),
        _ => "model".to_owned(),
    };
    let first = part.map(|it| format!("first {}", it.name())).unwrap_or_default();
    if live {
        html.raw("<script defer src=\"").text(&assets.url(root, "app.js")).raw("\"></script>\n");
    }
    if *route == Address::Home {
        html.raw("<script defer src=\"").text(&assets.url(root, "going.js")).raw("\"></script>\n");
    }
    html.raw("<script defer src=\"").text(&assets.url(root, "boot.js")).raw("\"");
    let mut data = |name: &str, value: &str| {
        html.raw(" data-").raw(name).raw("=\"").text(value).raw("\"");
    };
    let listed = |names: &[&str]| names.iter().map(|it| assets.file(it)).collect::<Vec<_>>().join(" ");
    // each program: its module, its glue, the same as JavaScript, what it works on; the reader has a style of its own
    if let Some(part) = part {
        data("app", &listed(&[&first, "app.js", of_kind("-fallback.js").next().unwrap_or_default(), &model]));
        data("part", part.name());
        data("address", address);
        data("why", assets.file("why.js"));
        data("parts", &assets.of_parts().collect::<Vec<_>>().join(" "));
    }
    if model != "model" {
        data("whole", assets.file("model"));
    }
    data("release", release);
    data("reader", &listed(&["reader.wasm", "reader.js", "reader-fallback.js", "corpus", "reading style"]));
    html.raw(if live { " data-live></script>\n" } else { "></script>\n" });
    // after the scripts: on a slow line they are the first to come, and say so
    for name in [&first, &model].into_iter().filter(|_| live) {
        html.raw("<link rel=\"preload\" as=\"fetch\" crossorigin type=\"application/octet-stream\" href=\"")
            .text(&assets.url(root, name))
            .raw("\">\n");
    }
    html.raw("</head>\n<body>\n<p class=\"bare\">").raw(BARE).raw("</p>\n<div id=\"page\">");
    file.write_all(html.done().as_bytes())?;
    body(site, root, route, file)?;
    // outside of the page, which the app replaces
    write!(file, "</div>\n{}</body>\n</html>\n", made_by(release))?;
    Ok(file.flush()?)
}

/// What stands on a page, within the element that a program may replace.
///
/// # Errors
/// What could not be written.
pub fn body(site: &Site, root: &'static str, route: &Address, file: &mut dyn Write) -> Result<()> {
    let library = site.library;
    // pages of documents only: the home page and who files where break their lines as the pages of a case do
    let kept_together = route.part().is_none() && !matches!(route, Address::Home | Address::Filing);
    let body = site
        .markup(root, route, kept_together, |state| view(state, move |state, route| any_page(state, library, route)));
    // beside the sentence that no boot script came; the site in one file has none
    let body = if route.part().is_some() && !root.starts_with('#') {
        body.replacen(NO_SCRIPT, &(ways_on(root, route, library.offline) + NO_SCRIPT), 1)
    } else {
        body
    };
    let (before, after) = body.split_once(MAIN_END).unwrap_or((&body, ""));
    file.write_all(before.as_bytes())?;
    // a page of a thousand documents never stands in memory as a whole
    let documents = documents(library, route);
    let markup = |it: &Document| site.markup(root, route, true, |state| document(state, library, route, *it));
    for some in documents.chunks(AT_ONCE) {
        for written in some.par_iter().map(markup).collect::<Vec<_>>() {
            file.write_all(written.as_bytes())?;
        }
    }
    Ok(write!(file, "{MAIN_END}{after}")?)
}

/// What there is where the app does not start, or takes long. Seen after a while; why.js puts its own in place of it.
fn ways_on(root: &str, route: &Address, offline: bool) -> String {
    let form = match route {
        Address::Sheet(annex, _) => Address::Rubric(*annex),
        _ => Address::Rubrics,
    };
    let mut html = Html::default();
    html.raw("<p class=\"boot late ways\">");
    let mut way = |to: &str, name: &str, between: &str| {
        html.raw("<a href=\"").raw(root).text(to).raw("\">").raw(name).raw("</a>").raw(between);
    };
    if offline {
        way("offline.html", "离线版", "　");
    }
    way(&form.folder(), "空白表", "　");
    way("rescue.html", "取出已保存的数据", "");
    html.raw("</p>");
    html.done()
}
