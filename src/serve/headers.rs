//! The headers that hosts are told to send, in one place: a test compares them with README.md (架设网站), with the snippets of
//! docs/hosts and with what the page 自检 asks for.

use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::Response;

/// Sent with every answer. The policy has what holds for every page of every release, also for those that carry their
/// scripts in themselves: who writes it into a host's settings does that once. What a page may load, and so changes with a
/// release, is in the policy that each page has itself; of the rest a browser heeds `frame-ancestors` only here.
const ALWAYS: [(HeaderName, &str); 4] = [
    (CONTENT_SECURITY_POLICY, "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
];
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
