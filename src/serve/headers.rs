//! The headers that README.md recommends to hosts (架设网站), in one place; a test compares the two.

use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::Response;

use crate::generate::POLICY;

/// Sent with every answer.
const ALWAYS: [(HeaderName, &str); 3] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
];
/// What a browser does not heed in a page's `<meta>`, and so is not part of `POLICY`.
const NOT_FRAMED: &str = "frame-ancestors 'none'";
/// Kept by the browser, but asked for again: a page has the same address in every release.
const ASKED_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
/// The names of these files hold the hash of their content.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// For files below `assets/`; the others are asked for again.
pub fn keep_for_ever(response: &mut Response) {
    response.headers_mut().insert(CACHE_CONTROL, FOR_EVER);
}

/// Adds what every answer has.
pub async fn complete(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let policy = format!("{POLICY}; {NOT_FRAMED}");
    headers.insert(CONTENT_SECURITY_POLICY, policy.parse().expect("the policy is plain text"));
    headers.entry(CACHE_CONTROL).or_insert(ASKED_AGAIN);
    // without it a browser guesses, and all our texts are in UTF-8
    if let Some(kind) = headers.get_mut(CONTENT_TYPE) {
        let text = kind.to_str().ok().filter(|it| it.starts_with("text/") && !it.contains("charset"));
        if let Some(value) = text.and_then(|it| format!("{it}; charset=utf-8").parse().ok()) {
            *kind = value;
        }
    }
    response
}
