//! The finished site on this machine, as a plain static host would serve it.

use crate::{build, run::path};
use anyhow::{Result, anyhow};
use std::{
    fs,
    net::TcpListener,
    path::{Component, Path, PathBuf},
    sync::Arc,
    thread,
};
use tiny_http::{Header, Method, Request, Response, Server};

pub fn serve(port: &str) -> Result<()> {
    let port: u16 = port.parse().map_err(|_| anyhow!("`--port {port}`: a port is a number up to 65535"))?;
    let taken =
        || anyhow!("port {port} is taken: stop the other program or use `cargo xtask serve --port {}`", port ^ 1);
    // asked before the build, which takes longer
    TcpListener::bind(("127.0.0.1", port)).map_err(|_| taken())?;
    build::site()?;
    let server = Arc::new(Server::http(("127.0.0.1", port)).map_err(|_| taken())?);
    println!("http://127.0.0.1:{port}/  (stop with Ctrl+C)");
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let server = Arc::clone(&server);
            // a browser that went away in the middle is no reason to stop
            thread::spawn(move || server.incoming_requests().for_each(|it| drop(answer(it))))
        })
        .collect();
    threads.into_iter().for_each(|it| drop(it.join()));
    Ok(())
}

fn answer(request: Request) -> std::io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::empty(405));
    }
    let asked = request.url().split(['?', '#']).next().unwrap_or("/").to_owned();
    let dist = path("dist");
    let Some(file) = below(&dist, &asked) else { return request.respond(Response::empty(400)) };
    if file.is_dir() && !asked.ends_with('/') {
        return request.respond(Response::empty(301).with_header(header("Location", &format!("{asked}/"))));
    }
    let file = if file.is_dir() { file.join("index.html") } else { file };
    let (status, file) = if file.is_file() { (200, file) } else { (404, dist.join("404.html")) };
    let body = fs::read(&file).unwrap_or_default();
    let response = Response::from_data(body).with_status_code(status);
    request.respond(
        response.with_header(header("Content-Type", mime(&file))).with_header(header("Cache-Control", "no-cache")),
    )
}

/// The file that a URL's path names, unless it leads out of `dist`.
fn below(dist: &Path, asked: &str) -> Option<PathBuf> {
    let decoded = decode(asked.strip_prefix('/')?)?;
    let relative = Path::new(&decoded);
    let inside = relative.components().all(|it| matches!(it, Component::Normal(_)));
    (inside && !decoded.contains(['\\', '\0'])).then(|| dist.join(relative))
}

fn decode(asked: &str) -> Option<String> {
    let mut parts = asked.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (code, rest) = part.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(code, 16).ok()?);
        bytes.extend(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|it| it.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "xml" => "application/xml",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("our own headers are plain, and a URL that came in may go out")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_below_the_folder() {
        let file = |asked| below(Path::new("dist"), asked);
        assert_eq!(file("/"), Some(PathBuf::from("dist/")));
        assert_eq!(file("/sheet/1/"), Some(PathBuf::from("dist/sheet/1/")));
        assert_eq!(file("/%E9%80%9A.csv"), Some(PathBuf::from("dist/通.csv")));
        for outside in ["/../Cargo.toml", "/a/../../b", "/%2e%2e/Cargo.toml", "//etc/passwd", "/%2fetc/passwd", "/%zz"]
        {
            assert_eq!(file(outside), None, "{outside}");
        }
    }
}
