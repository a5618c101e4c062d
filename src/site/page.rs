//! The HTML around a page: what the browser is told before it reads a word.

use crate::app::{Route, State, title, view};

use super::reading::any_page;
use super::render::{Assets, Html};

/// What a page is allowed to load: its own files and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/// The file of a route. `state` is a still one for that route.
pub fn page(state: State, route: &Route, assets: &Assets) -> String {
    let root = state.root;
    let mut html = Html::default();
    html.raw("<!doctype html>\n<html lang=\"zh-Hans-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"").text(POLICY).raw("\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    // the fast kernel of browsers that have two
    html.raw(
        "<meta name=\"renderer\" content=\"webkit\">\n<meta name=\"format-detection\" content=\"telephone=no\">\n",
    );
    html.raw("<meta name=\"referrer\" content=\"no-referrer\">\n");
    html.raw("<title>").text(&title(state, route)).raw("</title>\n");
    html.raw("<meta name=\"description\" content=\"").text(&description(state, route)).raw("\">\n");
    html.raw("<link rel=\"icon\" href=\"").text(&assets.url(root, "icon")).raw("\">\n");
    html.raw("<link rel=\"stylesheet\" href=\"").text(&assets.url(root, "style")).raw("\">\n");
    let live = route.is_live();
    let model = match route {
        Route::Sheet(annex, _) | Route::Form(annex, _) | Route::Rubric(annex) => format!("model {annex}"),
        _ => "model".to_owned(),
    };
    if live {
        for (name, kind) in [("wasm", "application/wasm"), (&*model, "application/octet-stream")] {
            let url = assets.url(root, name);
            html.raw("<link rel=\"preload\" as=\"fetch\" crossorigin type=\"")
                .raw(kind)
                .raw("\" href=\"")
                .text(&url)
                .raw("\">\n");
        }
    }
    if live {
        html.raw("<script defer src=\"").text(&assets.url(root, "glue")).raw("\"></script>\n");
    }
    html.raw("<script defer src=\"").text(&assets.url(root, "boot")).raw("\"");
    for (name, asset) in [("glue", "glue"), ("wasm", "wasm"), ("model", &*model), ("fallback", "fallback")] {
        html.raw(" data-").raw(name).raw("=\"").text(assets.file(asset)).raw("\"");
    }
    html.raw(" data-root=\"").text(if root.is_empty() { "./" } else { root }).raw("\"");
    html.raw(if live { " data-live></script>\n" } else { "></script>\n" });
    html.raw("</head>\n<body>\n<div id=\"page\">");
    html.view(|| view(state, any_page));
    html.raw("</div>\n</body>\n</html>\n");
    html.done()
}

fn description(state: State, route: &Route) -> String {
    let annex = match route {
        Route::Rubric(annex) | Route::Form(annex, _) | Route::Sheet(annex, _) => state.edition().rubric(*annex),
        _ => None,
    };
    match annex {
        Some(rubric) => format!("{} 附件{}：{}", state.edition().notice, rubric.annex, rubric.title),
        None => {
            "职业技能等级评价机构备案前自评：逐项对照技术评估要点，随时看到得分、否决项和结论。数据只保存在本机浏览器。"
                .to_owned()
        }
    }
}
