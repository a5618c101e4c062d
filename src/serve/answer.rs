//! Answers a browser as a static host would. The one thing of its own: each page it hands out has a script that loads
//! it anew after the next build. That script is put in on the way and never written to the folder.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_ENCODING, ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_TYPE, IF_RANGE, RANGE, VARY};
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::services::ServeDir;

use crate::generate::Html;

use super::headers;
use super::shown::{Now, ShownSite};

const SCRIPT: &str = include_str!("reload.js");
const HTML: &str = "text/html; charset=utf-8";

/// Answers whoever connects, for as long as the program runs.
///
/// # Errors
/// This machine's network does not work.
pub fn serve(listener: TcpListener, shown: Arc<ShownSite>) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let router = Router::new()
        .route("/-/reload.js", get(([(CONTENT_TYPE, "text/javascript")], SCRIPT)))
        .route("/-/reload", get(reload))
        .fallback(file)
        .layer(map_response(headers::complete))
        .with_state(shown);
    tokio::runtime::Builder::new_current_thread().enable_io().build()?.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, router).await
    })
}

/// The version of what is shown, as soon as it is another one than the page has: `/-/reload?<version>`.
async fn reload(State(shown): State<Arc<ShownSite>>, uri: Uri) -> String {
    shown.after(uri.query().and_then(|it| it.parse().ok())).await.to_string()
}

async fn file(State(shown): State<Arc<ShownSite>>, mut request: Request) -> Response {
    let (now, version) = shown.now().await;
    let top = match &*now {
        Now::Site { top } => top,
        Now::Problems(problems) => {
            let page = with_script(problems_page(problems).as_bytes(), version);
            return (StatusCode::SERVICE_UNAVAILABLE, [(CONTENT_TYPE, HTML)], page).into_response();
        }
    };
    // a site whose address has a path is shown here at the root, and below that path too
    if let Some(below) = request.uri().path_and_query().and_then(|it| it.as_str().strip_prefix(top.as_str()))
        && let Ok(uri) = format!("/{below}").parse()
    {
        *request.uri_mut() = uri;
    }
    let path = request.uri().path().to_owned();
    let headers = request.headers_mut();
    if headers.contains_key(IF_RANGE) {
        // nobody checks here whether the file is still the same; the whole file is always a right answer
        headers.remove(RANGE);
    }
    let page = path.ends_with('/') || path.ends_with(".html");
    if page {
        // a script is put into the page, so it must be whole and not compressed
        headers.remove(RANGE);
        headers.remove(ACCEPT_ENCODING);
        if request.method() == Method::HEAD {
            *request.method_mut() = Method::GET;
        }
    }
    let mut response = look_up(&shown, request).await;
    match response.status() {
        StatusCode::NOT_FOUND => {
            let missing = Request::builder().uri("/404.html").body(Body::empty()).expect("a plain request");
            let page = look_up(&shown, missing).await.into_body();
            let page = with_script(&whole(page).await, version);
            (StatusCode::NOT_FOUND, [(CONTENT_TYPE, HTML)], page).into_response()
        }
        StatusCode::OK if page => {
            let (mut parts, body) = response.into_parts();
            for gone in [CONTENT_LENGTH, ACCEPT_RANGES, VARY] {
                parts.headers.remove(gone);
            }
            Response::from_parts(parts, with_script(&whole(body).await, version).into())
        }
        status => {
            if path.starts_with("/assets/") && (status.is_success() || status == StatusCode::NOT_MODIFIED) {
                headers::keep_for_ever(&mut response);
            }
            let (parts, body) = response.into_parts();
            // read to its end while the folder is held
            let body = whole(body).await;
            Response::from_parts(parts, if body.is_empty() { Body::empty() } else { body.into() })
        }
    }
}

/// What a plain host of the folder would answer, without its page for missing pages.
async fn look_up(shown: &ShownSite, request: Request) -> Response {
    let mut folder = ServeDir::new(&shown.out).precompressed_br().precompressed_gzip();
    match folder.try_call(request).await {
        Ok(response) => response.map(Body::new),
        // whatever cannot be opened is not there
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Small files of this machine: read as a whole.
async fn whole(body: Body) -> Bytes {
    to_bytes(body, usize::MAX).await.unwrap_or_default()
}

/// The page with our script before its end. The script is a file of its own, as the policy of pages allows no inline
/// script.
fn with_script(page: &[u8], version: u128) -> Vec<u8> {
    let script = format!("<script src=\"/-/reload.js\" data-version=\"{version}\"></script>\n");
    let end = b"</body>";
    let at = page.windows(end.len()).rposition(|it| it == end).unwrap_or(page.len());
    [&page[..at], script.as_bytes(), &page[at..]].concat()
}

fn problems_page(problems: &str) -> String {
    let mut html = Html::default();
    html.raw("<!doctype html>\n<html lang=\"zh-Hans-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<title>网站还没有生成</title>\n</head>\n<body>\n<h1>网站还没有生成</h1>\n<pre>").text(problems);
    html.raw("</pre>\n<p>改正并保存后，本页自动刷新。</p>\n</body>\n</html>\n");
    html.done()
}
