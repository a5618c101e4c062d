//! The HTML around a page: what the browser is told before it reads a word.

use crate::app::{Route, State, view};

use super::Library;
use super::nowrap::keep_together;
use super::reading::{any_page, title};
use super::render::{Assets, Html};

/// What a page is allowed to load: its own files and nothing else. Its one form, the search, leads to the contents.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'";

/// The file of a route. `state` is a still one for that route, `address` that of the site's root.
pub fn page(state: State, library: &'static Library, route: &Route, assets: &Assets, address: &str) -> String {
    let root = state.root;
    let (title, about) = title(state, library, route);
    let mut html = Html::default();
    html.raw("<!doctype html>\n<html lang=\"zh-Hans-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"").text(POLICY).raw("\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    // the fast kernel of browsers that have two
    html.raw(
        "<meta name=\"renderer\" content=\"webkit\">\n<meta name=\"format-detection\" content=\"telephone=no\">\n",
    );
    html.raw("<meta name=\"referrer\" content=\"no-referrer\">\n");
    html.raw("<title>").text(&title).raw("</title>\n");
    html.raw("<meta name=\"description\" content=\"").text(&about).raw("\">\n");
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
    let live = route.is_live();
    for name in ["style", "reading style"].iter().take(if live { 1 } else { 2 }) {
        html.raw("<link rel=\"stylesheet\" href=\"").text(&assets.url(root, name)).raw("\">\n");
    }
    if !live {
        html.raw("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"文件\" href=\"")
            .raw(root)
            .raw("feed.xml\">\n");
    }
    let model = match route {
        Route::Sheet(annex, _) | Route::Form(annex, _) | Route::Rubric(annex) => format!("model {annex}"),
        _ => "model".to_owned(),
    };
    if live {
        for (name, kind) in [("app.wasm", "application/wasm"), (&*model, "application/octet-stream")] {
            let url = assets.url(root, name);
            html.raw("<link rel=\"preload\" as=\"fetch\" crossorigin type=\"")
                .raw(kind)
                .raw("\" href=\"")
                .text(&url)
                .raw("\">\n");
        }
        html.raw("<script defer src=\"").text(&assets.url(root, "app.js")).raw("\"></script>\n");
    }
    html.raw("<script defer src=\"").text(&assets.url(root, "boot.js")).raw("\"");
    // each program: its module, its glue, the same as JavaScript, what it works on; the reader has a style of its own
    let app = ["app.wasm", "app.js", "app-fallback.js", &model];
    let reader = ["reader.wasm", "reader.js", "reader-fallback.js", "corpus", "reading style"];
    for (name, files) in [("app", &app[..]), ("reader", &reader[..])] {
        let files: Vec<&str> = files.iter().map(|it| assets.file(it)).collect();
        html.raw(" data-").raw(name).raw("=\"").text(&files.join(" ")).raw("\"");
    }
    html.raw(if live { " data-live></script>\n" } else { "></script>\n" });
    html.raw("</head>\n<body>\n<div id=\"page\">");
    let mut body = Html::default();
    body.view(|| view(state, move |state, route| any_page(state, library, route)));
    html.raw(&if live { body.done() } else { keep_together(&body.done()) });
    html.raw("</div>\n</body>\n</html>\n");
    html.done()
}
