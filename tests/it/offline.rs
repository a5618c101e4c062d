//! The site as one file: it holds what the site has, in a form that a browser reads back byte by byte.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output};

use lzma_rust2::LzmaReader;
use sha2::{Digest, Sha256};

use crate::built::{Files, build, built, files_of, stand_ins, text};
use crate::path;

/// As a browser reads windows-1252, but for the letters of its second row, which go there and back.
pub fn letters(bytes: &[u8]) -> String {
    bytes.iter().map(|it| char::from(*it)).collect()
}

fn offline() -> String {
    letters(&built()["offline.html"])
}

fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let after = text.split_once(from).unwrap_or_else(|| panic!("no {from}")).1;
    after.split_once(to).unwrap_or_else(|| panic!("no {to}")).0
}

/// The bytes of a block, as offline.js takes them out.
fn block(page: &str, id: &str) -> Vec<u8> {
    let element = between(page, &format!("<script type=\"text/plain\" id=\"{id}\""), "</script>");
    let (beside, text) = element.split_once('>').expect("a tag");
    assert!(!text.contains('\r') && !text.contains("<!"), "{id} would arrive as something else");
    let mut bytes: Vec<u8> = text.chars().map(|it| u8::try_from(u32::from(it)).expect("a byte")).collect();
    let returns = ziping::bytes::base64url::decode(between(beside, "data-returns=\"", "\"")).expect("base64url");
    let lines = bytes.iter_mut().filter(|it| **it == b'\n').enumerate();
    lines.filter(|(n, _)| returns[n / 8] >> (n % 8) & 1 == 1).for_each(|it| *it.1 = b'\r');
    for at in between(beside, "data-ends=\"", "\"").split_whitespace() {
        bytes[at.parse::<usize>().expect("a place")] = b'<';
    }
    bytes
}

/// What is packed in the first block, by name.
pub fn contents(page: &str) -> BTreeMap<String, Vec<u8>> {
    let packed = block(page, "content");
    let mut all = Vec::new();
    LzmaReader::new_mem_limit(packed.as_slice(), u32::MAX, None).expect("LZMA").read_to_end(&mut all).expect("whole");
    let end = all.iter().position(|it| *it == b'\n').expect("a list");
    let list: Vec<(String, usize)> = serde_json::from_slice(&all[..end]).expect("a list");
    let mut rest = &all[end + 1..];
    let files = list.into_iter().map(|(name, length)| {
        let (its, after) = rest.split_at(length);
        rest = after;
        (name, its.to_vec())
    });
    let files = files.collect();
    assert!(rest.is_empty());
    files
}

#[test]
fn holds_every_page_that_reads_and_the_data_of_the_site() {
    let (page, site) = (offline(), built());
    let its = contents(&page);
    let hashed = |stem: &str| -> &[u8] {
        let name = site.keys().find(|it| {
            let end = it.strip_prefix(&format!("assets/{stem}-"));
            end.is_some_and(|it| it.len() == "0123456789abcdef.bin".len())
        });
        let sent = &site[name.unwrap_or_else(|| panic!("no {stem}"))];
        // what is fetched says at its end how long it is
        &sent[..sent.len() - 4]
    };
    assert!(its["data.bin"] == hashed("data"));
    assert!(its["search.bin"] == hashed("search"));
    let mut n = 0;
    for (name, file) in site.iter().filter(|it| it.0.ends_with("index.html")) {
        let html = String::from_utf8_lossy(file);
        let folder = name.trim_end_matches("index.html");
        let own = its.get(&format!("page {folder}"));
        // there is no room for them: their links lead to the site
        let left_out = html.contains(" data-live></script>")
            || ["licences/index.html", "access/index.html"].contains(&name.as_str());
        assert_eq!(own.is_none(), left_out, "{name}");
        let Some(own) = own else { continue };
        n += 1;
        let own = std::str::from_utf8(own).expect("UTF-8");
        let (title, own) = own.split_once('\n').expect("a title");
        assert_eq!(between(&html, "<title>", "</title>"), title, "{name}");
        // only addresses differ
        let words =
            |it: &str| it.split('<').map(|it| it.split_once('>').map_or(it, |it| it.1).to_owned()).collect::<Vec<_>>();
        let theirs = between(&html, "<div id=\"page\">", "<section class=\"release");
        // behind the page the home page has a script
        let theirs = theirs.split_once("</div>\n<script>").map_or_else(|| theirs.trim_end(), |it| it.0);
        let theirs = theirs.trim_end_matches("</div>");
        assert_eq!(words(own), words(theirs), "{name}");
    }
    assert!(10 < n, "{n} pages");
}

#[test]
fn no_link_leads_to_a_file_that_is_not_there() {
    let page = offline();
    let its = contents(&page);
    let address = "https://ziping.example/";
    for (name, body) in its.iter().filter(|it| it.0.starts_with("page ")) {
        let body = std::str::from_utf8(body).expect("UTF-8");
        for to in body.split("href=\"").skip(1).map(|it| it.split('"').next().unwrap_or_default()) {
            let ours = to.starts_with('#') || to.starts_with(address) || to == "blank.xlsx";
            assert!(ours || to.starts_with("http") || to.starts_with("tel:"), "{name}: {to}");
            let at = to.split(['?', '#']).next().unwrap_or_default();
            if let Some(below) = at.strip_prefix(address) {
                let file = if below.is_empty() || below.ends_with('/') {
                    format!("{below}index.html")
                } else {
                    below.to_owned()
                };
                assert!(built().contains_key(&file), "{name}: {to}");
            }
        }
    }
    assert!(its.values().all(|it| !letters(it).contains(":target")));
}

#[test]
fn says_the_sum_of_what_it_holds() {
    let page = offline();
    let mut sum = Sha256::new();
    sum.update(block(&page, "content"));
    sum.update(block(&page, "program"));
    let sum = sum.finalize().iter().fold(String::new(), |hex, it| hex + &format!("{it:02x}"));
    assert_eq!(between(&page, "data-sha256=\"", "\""), sum);
    assert_eq!(between(&page, "<code>", "</code>"), sum);
    assert_eq!(block(&page, "program"), b"whole.lzma");
}

#[test]
fn is_readable_without_a_script_and_names_every_script_in_its_policy() {
    let page = offline();
    let before = page.split("<script type=\"text/plain\"").next().unwrap_or_default();
    assert!(before.is_ascii());
    let policy = between(before, "Content-Security-Policy\" content=\"", "\"");
    assert!(!policy.contains("'self'") && !policy.contains("unsafe-inline"), "{policy}");
    let mut n = 0;
    for script in before.split("<script").skip(1) {
        let script = between(script, ">", "</script>");
        let hash = ziping::bytes::base64url::encode(&Sha256::digest(script.as_bytes()));
        assert!(policy.contains(&format!("'sha256-{}=", hash.replace('-', "+").replace('_', "/"))), "{script}");
        n += 1;
    }
    assert_eq!(n, 4);
    let heading: String = "备案前，先自己评一评"
        .chars()
        .map(|it| if it.is_ascii() { it.to_string() } else { format!("&#{};", u32::from(it)) })
        .collect();
    assert!(before.contains(&heading));
}

/// The small site, with these programs.
fn with_programs(app: &Path, out: &Path) -> Output {
    let mut ziping = Command::new(env!("CARGO_BIN_EXE_ziping"));
    ziping.args(["build", "--site"]).arg(path("tests/site")).arg("--app").arg(app).arg("--out").arg(out);
    ziping.output().expect("it runs")
}

#[test]
fn any_byte_arrives() {
    let folder = tempfile::tempdir().expect("a folder");
    let (app, out) = (folder.path().join("app"), folder.path().join("dist"));
    stand_ins(&app);
    let mut bytes: Vec<u8> = (0..=255).collect();
    bytes.extend(b"</script><!-- <script>\r\n\r</");
    std::fs::write(app.join("whole.lzma"), &bytes).expect("a file");
    assert!(with_programs(&app, &out).status.success());
    let page = letters(&files_of(&out)["offline.html"]);
    assert_eq!(block(&page, "program"), bytes);
}

#[test]
fn a_site_is_built_without_it_where_its_program_is_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (app, out) = (folder.path().join("app"), folder.path().join("dist"));
    stand_ins(&app);
    std::fs::remove_file(app.join("whole.lzma")).expect("it was there");
    let run = with_programs(&app, &out);
    assert!(run.status.success());
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(said.contains("没有生成离线版 offline.html") && said.contains("whole.lzma"), "{said}");
    let files: Files = files_of(&out);
    assert!(!files.contains_key("offline.html"));
    assert!(!text(&files, "about/index.html").contains("offline.html"));
}

#[test]
fn says_the_release_as_every_page_does() {
    let release: serde_json::Value = serde_json::from_str(text(built(), "release.json")).expect("JSON");
    let (version, hash) = (env!("CARGO_PKG_VERSION"), &release["hash"].as_str().expect("a text")[..12]);
    let page = offline();
    assert!(page.contains(&format!(" data-release=\"{version}-{hash}\"")));
    assert!(page.contains(&format!("{version} &#183; {hash}</section>")));
}

#[test]
fn the_same_site_gives_the_same_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let twice = ["a", "b"].map(|name| {
        let out = folder.path().join(name);
        assert!(build(&path("tests/site"), &out).status.success());
        files_of(&out).remove("offline.html").expect("it is built")
    });
    assert_eq!(twice[0], twice[1]);
}
