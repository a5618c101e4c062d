//! The HTML around a page: what the browser is told before it reads a word.

use std::io::Write;
use std::sync::Arc;

use anyhow::Result;
use leptos::prelude::AnyView;
use rayon::prelude::*;

use crate::app::{Address, AppPart, State, view};

use super::host;
use super::html::Html;
use super::library::{Document, Library};
use super::reading::{any_page, chooser, document, documents, title};
use super::site::{CASE_STYLE, OFFLINE, Site, Within};
use super::style::Inlined;

/// So many documents of one page are rendered side by side.
const AT_ONCE: usize = 64;
const MAIN_END: &str = "</main>";
const NO_SCRIPT: &str = "<noscript>";

/// What a page is allowed to load: its own files and nothing else. Its one form, the search, leads to the contents. Scripts and
/// styles in the page itself are named by their hashes besides.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'";

/// A link of ours whose sign a chat program wrote out (`%23s.`) asks the host for a page with the record in its name, which is
/// not there. Before the page asks for anything else, and before it is seen, photographed or loaded again, the record goes
/// behind the sign, where no browser sends it.
const UNSENT: &str = "(function(){var it=/^(.*\\/)%(?:25)?23s[.=]([\\w-]+)/i.exec(location.pathname);\
    if(it){location.replace(it[1]+'#s.'+it[2])}})();";

/// What look.js or a style sheet beside the page hides: whoever reads it has neither scripts nor that file, most likely as the
/// host gave the page under an address without its last slash, where all the addresses in it lead elsewhere.
const BARE: &str = "本页的样式（可能还有程序）没有取到，可以阅读。网址末尾没有“/”的，请补上“/”再打开；仍不行请刷新，或联系网站管理人员。";

/// How every page begins.
pub fn head(html: &mut Html, title: &str, about: &str) {
    head_with(html, title, about, POLICY);
}

/// `POLICY`, and what stands in the page.
fn policy_with(scripts: &[&Inlined], styles: &[(&str, Arc<Inlined>)]) -> String {
    let listed = |all: String, it: &Inlined| all + " " + &it.source;
    let scripts = scripts.iter().fold(String::new(), |all, it| listed(all, it));
    let styles = styles.iter().fold(String::new(), |all, it| listed(all, &it.1));
    let policy = POLICY.replacen("script-src 'self'", &format!("script-src 'self'{scripts}"), 1);
    policy.replacen("style-src 'self'", &format!("style-src 'self'{styles}"), 1)
}

fn head_with(html: &mut Html, title: &str, about: &str, policy: &str) {
    html.raw("<!doctype html>\n<html lang=\"zh-Hans-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"").text(policy).raw("\">\n");
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
/// The app writes its words into the files that it makes.
pub fn made_by(site: &Site) -> String {
    let mut html = Html::default();
    // on the pages of an edition that is not the newest in force, its name stands before it
    html.raw("<section class=\"release\" aria-label=\"版本\">").text(&site.library.own().before());
    html.text(&site.made_by()).raw("</section>\n");
    html.done()
}

/// Writes the file of a route. `root` is the way from it to the root of the site.
///
/// # Errors
/// What could not be written.
pub fn page(site: &Site, root: &'static str, route: &Address, file: &mut dyn Write) -> Result<()> {
    let Site { library, assets, release, within } = site;
    let (library, address) = (*library, site.address());
    let (title, about) = title(library, route);
    let live = route.part().is_some();
    let own = library.own();
    let around = |view: &dyn Fn(State) -> AnyView| {
        if own.folder.is_empty() { String::new() } else { site.markup(root, route, false, view) }
    };
    let (which, elsewhere) =
        (around(&|_| chooser::which(library)), around(&|state| chooser::elsewhere(state, library)));
    let body = frame(site, root, route);
    // a blank rubric becomes a filled form where the address names a sheet
    let part = if matches!(route, Address::Rubric(_)) { Some(AppPart::Form) } else { route.part() };
    let its: Vec<&str> = part.map(|it| assets.of_part(it)).unwrap_or_default();
    let of_kind = |ending: &'static str| its.iter().copied().filter(move |it| it.ends_with(ending));
    let mut look = PageStyle::of(within, route, of_kind(".css").collect());
    if part.is_none() && *route != Address::Filing && documents(library, route).is_empty() {
        look = PageStyle {
            styles: vec![("", within.reading.used(&[which.as_str(), &body, &elsewhere].concat()))],
            later: &["whole reading style"],
        };
    }
    look.styles.extend(within.host.iter().map(|it| ("", Arc::clone(it))));
    let unsent = (*route == Address::Missing).then(|| Inlined::new(UNSENT.to_owned()));
    let going = (*route == Address::Home).then_some(&within.going);
    // where a dossier may be named in the address
    let finding = within.finding.as_ref().filter(|_| part.is_some() || *route == Address::Missing);
    let scripts = unsent.as_ref().into_iter().chain([&within.look]).chain(going).chain(finding);
    let scripts: Vec<&Inlined> = scripts.collect();
    let mut html = Html::default();
    head_with(&mut html, &title, &about, &policy_with(&scripts, &look.styles));
    if let Some(unsent) = &unsent {
        html.raw("<script>").raw(&unsent.text).raw("</script>\n");
    }
    let whole_model = format!("{}model", own.folder);
    let model = match route {
        Address::Sheet(annex, _) => format!("{whole_model} {annex}"),
        _ => whole_model.clone(),
    };
    let first = part.map(|it| format!("first {}", it.name())).unwrap_or_default();
    // what takes longest is asked for first: all of it is on its way before the page is painted
    for name in [&first, &model].into_iter().filter(|_| live) {
        html.raw("<link rel=\"preload\" as=\"fetch\" crossorigin type=\"application/octet-stream\" href=\"")
            .text(&assets.url(root, name))
            .raw("\">\n");
    }
    if *route == Address::Received {
        html.raw("<meta name=\"robots\" content=\"noindex\">\n");
    }
    // what WeChat and QQ show when the address is passed on
    for (property, content) in
        [("title", &title), ("description", &about), ("url", &format!("{address}{}{}", own.folder, route.folder()))]
    {
        html.raw("<meta property=\"og:").raw(property).raw("\" content=\"").text(content).raw("\">\n");
    }
    if !library.settings.name.is_empty() {
        html.raw("<meta property=\"og:site_name\" content=\"").text(&library.settings.name).raw("\">\n");
    }
    html.raw("<meta itemprop=\"name\" content=\"").text(&title).raw("\">\n");
    html.raw("<link rel=\"icon\" href=\"").text(&assets.url(root, "icon")).raw("\">\n");
    if let Some(finding) = finding {
        html.raw("<script>").raw(&finding.text).raw("</script>\n");
    }
    for (file, style) in &look.styles {
        match file {
            &"" => html.raw("<style>"),
            file => html.raw("<style data-of=\"").text(assets.file(file)).raw("\">"),
        };
        html.raw(&style.text).raw("</style>\n");
    }
    let whole = if live || *route == Address::Filing { "style" } else { "whole reading style" };
    html.raw("<noscript><link rel=\"stylesheet\" href=\"").text(&assets.url(root, whole)).raw("\"></noscript>\n");
    // before the first paint: large print, and what only works with a script
    html.raw("<script>").raw(&within.look.text).raw("</script>\n");
    if !live {
        html.raw("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"文件\" href=\"")
            .raw(root)
            .raw("feed.xml\">\n");
    }
    if live {
        html.raw("<script defer src=\"").text(&assets.url(root, "app.js")).raw("\"></script>\n");
    }
    // on pages for reading look.js loads it, once all else is there
    let tag = if part.is_some() { "<script defer src=\"" } else { "<script type=\"text/plain\" data-src=\"" };
    html.raw(tag).text(&assets.url(root, "boot.js")).raw("\"");
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
    if model != whole_model {
        data("whole", assets.file(&whole_model));
    }
    data("release", release);
    data("reader", &listed(&[&["reader.wasm", "reader.js", "reader-fallback.js", "corpus"], look.later].concat()));
    html.raw(if live { " data-live></script>\n" } else { "></script>\n" });
    html.raw("</head>\n<body>\n<p class=\"bare\">").raw(BARE).raw("</p>\n").raw(&host::above(library.settings));
    html.raw(&which).raw("<div id=\"page\">");
    file.write_all(html.done().as_bytes())?;
    write_body(site, root, route, &body, file)?;
    write!(file, "</div>\n{elsewhere}")?;
    if *route == Address::Home {
        writeln!(file, "<script>{}</script>", within.going.text)?;
    }
    // outside of the page, which the app replaces
    file.write_all(host::below(library.settings).as_bytes())?;
    let line = made_by(site);
    let with_notice = matches!(route, Address::Notice(_) | Address::Collection);
    // on a page of its kind, or the line would be on a page of its own
    let line = if with_notice { line.replacen("\"release\"", "\"release of-notice\"", 1) } else { line };
    file.write_all(line.as_bytes())?;
    file.write_all(b"</body>\n</html>\n")?;
    Ok(file.flush()?)
}

/// What stands on a page, within the element that a program may replace.
///
/// # Errors
/// What could not be written.
pub fn body(site: &Site, root: &'static str, route: &Address, file: &mut dyn Write) -> Result<()> {
    write_body(site, root, route, &frame(site, root, route), file)
}

/// The same without the documents of a page that has many.
fn frame(site: &Site, root: &'static str, route: &Address) -> String {
    let library = site.library;
    // pages of documents only: the home page and who files where break their lines as the pages of a case do
    let kept_together = route.part().is_none() && !matches!(route, Address::Home | Address::Filing);
    let frame = site
        .markup(root, route, kept_together, |state| view(state, move |state, route| any_page(state, library, route)));
    // beside the sentence that no boot script came; the site in one file has none
    if route.part().is_some() && !root.starts_with('#') {
        frame.replacen(NO_SCRIPT, &(ways_on(root, route, library) + NO_SCRIPT), 1)
    } else {
        frame
    }
}

fn write_body(site: &Site, root: &'static str, route: &Address, frame: &str, file: &mut dyn Write) -> Result<()> {
    let library = site.library;
    let (before, after) = frame.split_once(MAIN_END).unwrap_or((frame, ""));
    file.write_all(before.as_bytes())?;
    // a page of a thousand documents never stands in memory as a whole
    let markup = |one: &Document| {
        let html = site.markup(root, route, true, |state| document(state, library, route, *one));
        let Document::Rubric(edition, _) = *one else { return html };
        // rows of two editions have the same numbers
        match library.as_published(edition).folder {
            "" => html,
            _ => html
                .replace(" id=\"", &format!(" id=\"{}.", edition.id))
                .replace("href=\"#", &format!("href=\"#{}.", edition.id)),
        }
    };
    for some in documents(library, route).chunks(AT_ONCE) {
        for written in some.par_iter().map(markup).collect::<Vec<_>>() {
            file.write_all(written.as_bytes())?;
        }
    }
    Ok(write!(file, "{MAIN_END}{after}")?)
}

/// The style of a page: what stands in it, each with the name of the part's sheet that it is, and what the reader needs besides.
struct PageStyle<'w> {
    styles: Vec<(&'w str, Arc<Inlined>)>,
    later: &'static [&'static str],
}

impl<'w> PageStyle<'w> {
    /// All rules, for a page that changes or is long. `of_part` are the sheets of the part that shows it.
    fn of(within: &'w Within, route: &Address, of_part: Vec<&'w str>) -> PageStyle<'w> {
        let style = |name: &str| Arc::clone(&within.styles[name]);
        let (first, later): (_, &[&str]) = match route {
            // the picture and the findings look as they do in a case
            Address::Filing => (vec![("", style("style")), ("", style(CASE_STYLE))], &["reading style"]),
            _ if route.part().is_some() => (vec![("", style("style"))], &["reading style"]),
            _ => (vec![("", style("whole reading style"))], &[]),
        };
        PageStyle { styles: first.into_iter().chain(of_part.into_iter().map(|it| (it, style(it)))).collect(), later }
    }
}

/// What there is where the app does not start, or takes long. Seen after a while; why.js puts its own in place of it.
fn ways_on(root: &str, route: &Address, library: &Library) -> String {
    let form = match route {
        Address::Sheet(annex, _) => Address::Rubric(*annex),
        _ => Address::Rubrics,
    };
    let mut html = Html::default();
    html.raw("<p class=\"boot late ways\">");
    let mut way = |to: &str, name: &str, between: &str| {
        html.raw("<a href=\"").raw(root).text(to).raw("\">").raw(name).raw("</a>").raw(between);
    };
    if library.offline {
        way(OFFLINE, "离线版", "　");
    }
    way(&(library.own().folder.to_owned() + &form.folder()), "空白表", "　");
    way("rescue.html", "取出已保存的数据", "");
    html.raw("</p>");
    html.done()
}
