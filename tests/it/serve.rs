//! `ziping serve`, run as the real program with real connections: what it answers, and what happens after an edit.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::built::files_of;
use crate::read;
use crate::served::{Served, answer, command, site, without_port};

const NOTICE: &str = "content/henan-2021-1.md";
const PAGE: &str = "/notice/henan-2021-1/";
/// A phrase of that notice, and one that no document has.
const WORD: &str = "现就进一步规范我省";
const OTHER: &str = "现就再次规范我省";

#[test]
fn a_file_is_answered_as_a_host_would() {
    let served = Served::start(site());
    let page = served.get("GET", PAGE, &[]);
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(page.text().contains(WORD) && page.text().contains("<script src=\"/-/reload.js\""));

    // a second request, with its ETag or its date, gets no body
    let mark = [("If-None-Match", page.header("etag"))];
    let time = [("If-Modified-Since", page.header("last-modified"))];
    for condition in [mark, time] {
        let same = served.get("GET", PAGE, &condition);
        assert_eq!((same.status, same.body.len()), (304, 0), "{condition:?}");
    }
    assert_eq!(served.get("GET", PAGE, &[("If-None-Match", "\"another\"")]).status, 200);

    let style = served.asset("style.css");
    let whole = served.get("GET", &style, &[]);
    assert_eq!(whole.header("content-type"), "text/css; charset=utf-8");
    let part = served.get("GET", &style, &[("Range", "bytes=4-11")]);
    assert_eq!((part.status, &part.body[..]), (206, &whole.body[4..12]));
    assert_eq!(part.header("content-range"), format!("bytes 4-11/{}", whole.body.len()));
    // ranges are not served for pages: they would come from the file on disk, without the script that is added
    assert_eq!(served.get("GET", PAGE, &[("Range", "bytes=0-3")]).body, page.body);
    // with an outdated `If-Range` the whole file is sent
    assert_eq!(served.get("GET", &style, &[("Range", "bytes=4-11"), ("If-Range", "\"another\"")]).body, whole.body);

    let head = served.get("HEAD", PAGE, &[]);
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), page.body.len().to_string());

    let folder = served.get("GET", "/notice/henan-2021-1?of=1-2", &[]);
    assert_eq!((folder.status, folder.header("location")), (307, "/notice/henan-2021-1/?of=1-2"));

    let missing = served.get("GET", "/nowhere/", &[]);
    assert_eq!((missing.status, missing.header("content-type")), (404, "text/html; charset=utf-8"));
    assert!(missing.text().contains("没有这个页面") && missing.text().contains("/-/reload.js"), "{}", missing.text());
    for outside in ["/../site.toml", "/%2e%2e/site.toml", "//etc/passwd", "/%2fetc/passwd", "/..%5csite.toml", "/%zz"] {
        let it = served.get("GET", outside, &[]);
        assert!([400, 404].contains(&it.status) && !it.text().contains("address ="), "{outside}: {}", it.status);
    }
    assert_eq!(served.get("POST", PAGE, &[]).status, 405);
}

#[test]
fn a_file_packed_before_is_taken_by_whoever_can_unpack_it() {
    let served = Served::start(site());
    let style = served.asset("style.css");
    for ending in ["br", "gz"] {
        fs::write(served.out().join(format!("{}.{ending}", &style[1..])), ending).expect("a file");
    }
    for (accepts, encoding, body) in [("gzip, br", "br", "br"), ("gzip", "gzip", "gz")] {
        let packed = served.get("GET", &style, &[("Accept-Encoding", accepts)]);
        assert_eq!((packed.header("content-encoding"), packed.text()), (encoding, body.to_owned()));
        assert_eq!(packed.header("content-type"), "text/css; charset=utf-8");
        assert_eq!(packed.header("vary"), "accept-encoding");
    }
    assert_eq!(served.get("GET", &style, &[]).header("content-encoding"), "");
}

#[test]
fn connections_that_stay_open_keep_nobody_waiting() {
    let served = Served::start(site());
    let mut open: Vec<TcpStream> = (0..64).map(|_| served.connect()).collect();
    for connection in &mut open {
        write!(connection, "GET /sheet/1/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").expect("it is read");
    }
    // each is answered before any is closed; the first ones last
    for connection in open.iter_mut().rev() {
        let mut first = [0; 15];
        connection.read_exact(&mut first).expect("an answer");
        assert_eq!(&first, b"HTTP/1.1 200 OK");
    }
    assert_eq!(served.get("GET", "/", &[]).status, 200);
}

#[test]
fn a_broken_edit_is_told_and_not_shown_and_its_mend_is() {
    let served = Served::start(site());
    let before = served.get("GET", PAGE, &[]);
    served.edit(NOTICE, "issuer", "isuer");
    let told = served.told("网页仍是改动以前的");
    assert!(told.contains(&format!("{NOTICE} 有改动\n")), "{told}");
    let check = served.check();
    assert_eq!(check.status.code(), Some(1));
    for said in [check.stdout, check.stderr].map(|it| String::from_utf8(it).expect("UTF-8")) {
        assert!(!said.is_empty() && told.contains(&said), "check says\n{said}, serve\n{told}");
    }
    assert_eq!(served.get("GET", PAGE, &[]).body, before.body);

    let waiting = served.ask_for_the_next(&before);
    served.edit(NOTICE, "isuer", "issuer");
    served.edit(NOTICE, WORD, OTHER);
    served.told("没有发现问题");
    let version = answer(waiting).text();
    let after = served.get("GET", PAGE, &[]);
    assert!(after.text().contains(OTHER) && !before.text().contains(OTHER));
    assert_eq!(after.version(), version);
    // the ETag that a browser has is no longer valid, though less than a second has passed
    assert_eq!(served.get("GET", PAGE, &[("If-None-Match", before.header("etag"))]).body, after.body);
    // a page restored from the back/forward cache asks later, and is answered at once
    assert_eq!(answer(served.ask_for_the_next(&before)).text(), version);
}

#[test]
fn files_that_come_and_go_or_are_put_in_place_are_changes() {
    let served = Served::start(site());
    let new = "content/henan-2030-1.md";
    // written under another name first and then renamed to the old one, as many editors do
    let file = served.file(NOTICE);
    fs::write(served.file(".editor.tmp"), read(NOTICE).replace(WORD, OTHER)).expect("a file");
    fs::rename(served.file(".editor.tmp"), &file).expect("it is put in place");
    assert!(served.told("没有发现问题").contains(&format!("{NOTICE} 有改动")));
    assert!(served.get("GET", PAGE, &[]).text().contains(OTHER));

    let notice = "+++\nnumber = \"豫职鉴〔2030〕1号\"\nissuer = \"某中心\"\ntitle = \"关于某某事项的通知\"\nissued = \"2030年3月5日\"\n+++\n\n正文。\n";
    fs::write(served.file(new), notice).expect("a file");
    assert!(served.told("没有发现问题").contains(&format!("{new} 有改动")));
    assert_eq!(served.get("GET", "/notice/henan-2030-1/", &[]).status, 200);
    fs::remove_file(served.file(new)).expect("it is there");
    served.told("没有发现问题");
    assert_eq!(served.get("GET", "/notice/henan-2030-1/", &[]).status, 404);

    // a folder is moved away with everything in it, and back again
    fs::rename(served.file("content"), served.file("elsewhere")).expect("it is moved");
    assert!(served.told("网页仍是改动以前的").contains("等 4 个文件 有改动"));
    fs::rename(served.file("elsewhere"), served.file("content")).expect("it is moved");
    served.told("没有发现问题");
    served.edit("style/2-base.css", "}", "} .served { color: red }");
    served.told("没有发现问题");
    assert!(served.get("GET", &served.asset("style.css"), &[]).text().contains(".served"));
}

#[test]
fn what_is_broken_from_the_start_is_listed_until_it_is_mended() {
    let site = site();
    let broken = read(NOTICE).replace("issuer", "\"<isuer>\"");
    fs::write(site.path().join(NOTICE), broken).expect("a file");
    let served = Served::start(site);
    assert!(served.first.contains("网页上也列出了这些问题"), "{}", served.first);
    let page = served.get("GET", PAGE, &[]);
    assert_eq!((page.status, page.header("x-content-type-options")), (503, "nosniff"));
    assert!(page.text().contains(&format!("{NOTICE}:")) && page.text().contains("&lt;isuer&gt;"), "{}", page.text());
    let waiting = served.ask_for_the_next(&page);
    served.edit(NOTICE, "\"<isuer>\"", "issuer");
    assert!(!answer(waiting).text().is_empty());
    assert_eq!(served.get("GET", PAGE, &[]).status, 200);
}

#[test]
fn the_folder_holds_what_build_writes() {
    let served = Served::start(site());
    // the site in one file takes longer than somebody who edits should wait: it is not served, nor does a page lead to it
    let app = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files_of(&served.file("app")).iter().filter(|it| it.0 != "whole.lzma") {
        fs::write(app.path().join(name), bytes).expect("a file");
    }
    let built = served.file("dist");
    let mut build = Command::new(env!("CARGO_BIN_EXE_ziping"));
    build.arg("build").arg("--site").arg(served.site.path()).arg("--app").arg(app.path());
    assert!(build.arg("--out").arg(&built).status().expect("it runs").success());
    let (written, built) = (files_of(&served.out()), files_of(&built));
    let differ: Vec<&String> = built.keys().filter(|it| written.get(*it) != built.get(*it)).collect();
    assert!(50 < built.len() && written.len() == built.len() && differ.is_empty(), "{differ:?}");
}

#[test]
fn links_of_the_missing_page_work_below_a_path_too() {
    let site = site();
    fs::write(site.path().join("site.toml"), "address = \"https://ziping.example/hr/zp/\"\n").expect("a file");
    let served = Served::start(site);
    let missing = served.get("GET", "/nowhere/", &[]).text();
    let links: Vec<&str> = missing.split('"').filter(|it| it.starts_with("/hr/zp/")).collect();
    assert!(3 < links.len(), "{missing}");
    for link in links {
        assert_eq!(served.get("GET", link.split('?').next().unwrap_or_default(), &[]).status, 200, "{link}");
    }
}

#[test]
fn a_taken_port_is_told_with_one_that_is_free() {
    let served = Served::start(site());
    let port = served.host().rsplit(':').next().expect("a port").to_owned();
    let run = command(served.site.path(), &port).output().expect("it runs");
    let told = String::from_utf8(run.stderr).expect("UTF-8");
    assert_eq!(run.status.code(), Some(1), "{told}");
    assert!(told.starts_with(&format!("ziping: 端口 {port} 已被另一个程序占用")), "{told}");
    let other = told.trim().rsplit("ziping serve --port ").next().expect("another one");
    assert_ne!(other, port);
    drop(TcpListener::bind(format!("127.0.0.1:{other}")).expect("it is free"));
}

#[test]
fn who_asks_for_no_port_gets_a_free_one() {
    let run = || {
        let site = site();
        let command = without_port(site.path());
        Served::run(site, command)
    };
    let (first, second) = (run(), run());
    assert_ne!(first.address, second.address);
    assert_eq!([&first, &second].map(|it| it.get("GET", "/", &[]).status), [200, 200]);
}

#[test]
fn it_ends_at_once_and_leaves_nothing_behind() {
    for signal in ["-INT", "-TERM"] {
        let mut served = Served::start(site());
        let _waiting = served.ask_for_the_next(&served.get("GET", "/", &[]));
        let pid = served.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().expect("it runs").success());
        assert_eq!(served.child.wait().expect("it ends").code(), Some(0), "{signal}");
        assert_eq!(fs::read_dir(served.file("tmp")).expect("a folder").count(), 0);
    }
}

#[cfg(unix)]
#[test]
fn the_browser_is_asked_to_open_the_address() {
    use std::os::unix::fs::PermissionsExt;
    let site = site();
    let (bin, asked) = (site.path().join("bin"), site.path().join("asked"));
    fs::create_dir(&bin).expect("a folder");
    let script = format!("#!/bin/sh\necho \"$1\" > '{0}.new' && mv '{0}.new' '{0}'\n", asked.display());
    fs::write(bin.join("xdg-open"), script).expect("a file");
    fs::set_permissions(bin.join("xdg-open"), fs::Permissions::from_mode(0o755)).expect("it may be run");
    let mut command = command(site.path(), "0");
    let paths = std::env::join_paths(
        [bin].into_iter().chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    );
    command.arg("--open").env("PATH", paths.expect("folders"));
    let served = Served::run(site, command);
    while !asked.exists() {
        thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(fs::read_to_string(&asked).expect("a file").trim(), served.address);
}

#[test]
fn what_cannot_be_read_is_said_in_the_words_of_check() {
    let site = site();
    fs::rename(site.path().join("rubrics"), site.path().join("rubric")).expect("it is renamed");
    let served = Served::start(site);
    let (first, checked) = (&served.first, served.check());
    let said = String::from_utf8_lossy(&checked.stderr).replace("ziping: ", "");
    assert!(first.contains(said.trim()) && said.contains("没有这个文件或文件夹"), "{first}{said}");
    assert!(!first.contains("os error"), "{first}");
}
