//! `offline.html`: the whole site as one file, for a USB stick and for computers without a network.
//!
//! Pages, styles, data and the glue of the program are packed as one block, so that words which stand in several of them
//! are stored once; the module, which `cargo xtask` packs, is another. Both stand in the file as text in which a byte is a
//! letter (`written`). Around them is what must be read without unpacking: the home page, the page that rescues, scripts.
//! `assets/offline.js` unpacks them and shows the page that stands behind the file's name: `offline.html#/notice/`.

mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use anyhow::{Context, Result, ensure};
use lzma_rust2::{EncodeMode, LzmaOptions, LzmaWriter, MfType};
use sha2::{Digest, Sha256};

use crate::app::Address;

use super::host;
use super::html::Html;
use super::page::{body, made_by};
use super::reading::title;
use super::release::hex;
use super::rescue::what_stands;
use super::site::Site;
use super::style::source_of;
use written::{BlockText, as_bytes, as_letters, in_script};

/// What `cargo xtask` makes for it: the module of app and reader in one, packed, its glue, and what unpacks and starts it.
pub const MADE_FOR_IT: [&str; 4] = ["whole.lzma", "whole.js", "unlzma.js", "offline.js"];
/// More than this is nothing for one file: a browser unpacks it in a second.
pub const MOST: usize = 8 << 20;

/// What all addresses in it begin with.
const ROOT: &str = "#/";
/// Scripts that stand in the file as they are.
const LOOK: &str = "look.js";
const RESCUES: &str = "rescue.js";

/// Besides pages, in the order in which they are packed: what is alike stands side by side.
pub struct OfflineParts<'p> {
    /// Texts and bytes by name: style sheets, `data.bin`, `search.bin`.
    pub files: Vec<(&'static str, Vec<u8>)>,
    /// The programs and scripts.
    pub app: &'p BTreeMap<String, Vec<u8>>,
}

/// The file; `None` where the pages are more than one file should have.
///
/// # Errors
/// A program that is missing or would not arrive whole.
pub fn offline(site: &Site, routes: &[Address], parts: OfflineParts<'_>) -> Result<Option<Vec<u8>>> {
    let program = |name: &str| {
        parts
            .app
            .get(name)
            .map(Vec::as_slice)
            .with_context(|| format!("离线版缺少 {name}，请用 --app 指明它所在的文件夹"))
    };
    let script = |name: &str| -> Result<String> { in_script(std::str::from_utf8(program(name)?)?) };
    let mut files = parts.files;
    for (name, bytes) in &mut files {
        if name.ends_with(".css") {
            // a row that is looked at is no target there: its address is another part of the page's
            *bytes = String::from_utf8(std::mem::take(bytes))?.replace(":target", "[data-here]").into_bytes();
        }
    }
    files.push(("whole.js", program("whole.js")?.to_vec()));
    files.push(("going.js", program("going.js")?.to_vec()));
    let hashed: Vec<Vec<u8>> = files.iter().filter(|it| it.0.ends_with(".js")).map(|it| it.1.clone()).collect();
    let styles: Vec<Vec<u8>> = files.iter().filter(|it| it.0.ends_with(".css")).map(|it| it.1.clone()).collect();
    // 10 KB that nobody reads without a network: links lead to the pages of the site
    let left_out = [Address::Licences, Address::Access];
    let routes: Vec<&Address> = routes.iter().filter(|it| !left_out.contains(it)).collect();
    let known: BTreeSet<String> = routes.iter().map(|it| it.folder()).collect();
    let mut pages: Vec<(String, Vec<u8>)> = Vec::new();
    let mut left = MOST;
    let missing = [Address::Missing];
    for route in routes.into_iter().filter(|it| it.part().is_none()).chain(&missing) {
        let mut page = Limited { bytes: format!("{}\n", title(site.library, route).0).into_bytes(), left };
        let written = body(site, ROOT, route, &mut page);
        left = page.left;
        if left == 0 {
            return Ok(None);
        }
        written?;
        let page = published(std::str::from_utf8(&page.bytes)?, &known, site.address());
        let name = if *route == Address::Missing { "404.html".to_owned() } else { route.folder() };
        pages.push((format!("page {name}"), page.into_bytes()));
    }
    let home = pages.iter().find(|it| it.0 == "page ").map(|it| it.1.clone()).unwrap_or_default();
    let all = files.into_iter().map(|it| (it.0.to_owned(), it.1)).chain(pages);
    let content = packed(&joined(all.collect())?)?;
    let module = program("whole.lzma")?;
    let mut sum = Sha256::new();
    sum.update(&content);
    sum.update(module);
    let sum = hex(&sum.finalize());

    let home = std::str::from_utf8(&home)?;
    let (title, home) = home.split_once('\n').unwrap_or(("", home));
    // all of it is in the block
    let heading = home.split_once("<h1").and_then(|it| it.1.split_once("</h1>")).map_or("", |it| it.0);
    let inline = [TIGHTER.to_owned(), script(LOOK)?, script("unlzma.js")?, script("offline.js")?, script(RESCUES)?];
    let [tighter, look, unlzma, boot, rescue] = &inline;
    let scripts = inline.iter().map(String::as_bytes).chain(hashed.iter().map(Vec::as_slice));
    let sheets = std::iter::once(PLAIN.as_bytes()).chain(styles.iter().map(Vec::as_slice));
    let mut html = Html::default();
    html.raw("<!doctype html>\n<html lang=\"zh-Hans-CN\">\n<head>\n<meta charset=\"windows-1252\">\n");
    html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"").raw(&policy(scripts, sheets)).raw("\">\n");
    html.raw("<script>").raw(tighter).raw("</script>\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw(
        "<meta name=\"renderer\" content=\"webkit\">\n<meta name=\"format-detection\" content=\"telephone=no\">\n",
    );
    html.raw("<meta name=\"referrer\" content=\"no-referrer\">\n<title>").text(title).raw("</title>\n");
    html.raw("<style id=\"plain\">").raw(PLAIN).raw("</style>\n<script>").raw(look).raw("</script>\n");
    html.raw("<script>").raw(unlzma).raw("</script>\n<script data-address=\"").text(site.address());
    html.raw("\" data-release=\"")
        .text(&site.release)
        .raw("\" data-sha256=\"")
        .raw(&sum)
        .raw("\">")
        .raw(boot)
        .raw("</script>\n</head>\n<body>\n");
    let settings = site.library.settings;
    html.raw(&host::above(settings))
        .raw("<div id=\"page\"><main class=\"wrap\"><h1")
        .raw(heading)
        .raw("</h1></main></div>\n");
    let edition = site.library.edition().map_or("", |it| it.id.as_str());
    html.raw("<section class=\"foot noprint\" aria-label=\"离线版\"><div class=\"wrap\"><noscript><p>")
        .raw(NO_SCRIPT)
        .raw("</p></noscript><p>")
        .raw(WHAT);
    html.raw("<span id=\"offline-kept\"></span></p><p>").text(&format!("评估要点版本 {edition}，内容的 SHA-256："));
    html.raw("<code>").raw(&sum).raw("</code></p></div></section>\n").raw(&host::below(settings)).raw(&made_by(site));
    let rescue_page = what_stands("")
        .replace(" id=\"main\"", "")
        .replace("href=\"index.html\"", "href=\"#/\"")
        .replace("href=\"mine/index.html\"", "href=\"#/mine/\"");
    html.raw("<div id=\"rescue\" hidden>").raw(&rescue_page).raw("</div>\n");
    html.raw("<script type=\"text/plain\" id=\"").raw(RESCUES).raw("\">").raw(rescue).raw("</script>\n");
    let mut file = as_letters(&html.done()).into_bytes();
    for (id, block) in [("content", content.as_slice()), ("program", module)] {
        let BlockText { text, returns, ends } = as_bytes(block);
        write!(file, "<script type=\"text/plain\" id=\"{id}\" data-returns=\"{returns}\" data-ends=\"{ends}\">")?;
        file.extend(text);
        file.extend(b"</script>\n");
    }
    file.extend(b"</body>\n</html>\n");
    Ok(Some(file))
}

/// A page in memory, and how many bytes there may still be; none once there was one too many.
struct Limited {
    bytes: Vec<u8>,
    left: usize,
}

impl Write for Limited {
    fn write(&mut self, content: &[u8]) -> io::Result<usize> {
        self.left = self.left.saturating_sub(content.len());
        if self.left == 0 {
            return Err(io::Error::other("more than one file should have"));
        }
        self.bytes.extend(content);
        Ok(content.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Its own policy: what stands in the file, by hash, and nothing else. Chromium before 97 knows no word for WASM alone, and
/// without this one it starts none; newer ones get a second policy without it, and both count.
fn policy<'b>(scripts: impl Iterator<Item = &'b [u8]>, styles: impl Iterator<Item = &'b [u8]>) -> String {
    let listed = |all: &mut dyn Iterator<Item = &'b [u8]>| all.map(source_of).collect::<Vec<_>>().join(" ");
    let (scripts, styles) = (listed(&mut { scripts }), listed(&mut { styles }));
    format!(
        "default-src 'none'; script-src 'unsafe-eval' 'wasm-unsafe-eval' {scripts}; style-src {styles}; img-src data: blob:; \
base-uri 'none'; form-action 'none'"
    )
}

/// Engines that know container queries know the word for WASM too.
const TIGHTER: &str = "if(window.CSS&&CSS.supports&&CSS.supports('container-type:inline-size')){var it=document.createElement('meta');\
it.httpEquiv='Content-Security-Policy';it.content=document.querySelector('meta[http-equiv]').content.replace(\" 'unsafe-eval'\",'');\
document.head.appendChild(it)}";

/// Until the style sheets are unpacked, and where no script runs.
const PLAIN: &str = "body{font:16px/1.75 sans-serif;max-width:60em;margin:1em auto;padding:0 1em}.js:not([data-app]) #page{visibility:hidden}.band,[hidden]{display:none}";

const NO_SCRIPT: &str =
    "浏览器关闭了脚本，这里只能看到首页的文字。打开脚本以后，文件、评估要点、解读和填报功能都在本文件里。";
const WHAT: &str = "离线版：整个网站都在这一个文件里，不联网也能用。";

/// Links to what is not in the file lead to the published site.
fn published(page: &str, known: &BTreeSet<String>, address: &str) -> String {
    const LINK: &str = "href=\"#/";
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once(LINK) {
        let path = after.split(['"', '?', '#']).next().unwrap_or_default();
        out.push_str(before);
        if known.contains(path) || path == "rescue.html" {
            out.push_str(LINK);
        } else {
            out.push_str("href=\"");
            out.push_str(address);
        }
        rest = after;
    }
    out + rest
}

/// A line of names and lengths, and then one file after the other.
fn joined(files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>> {
    let list: Vec<(&str, usize)> = files.iter().map(|it| (it.0.as_str(), it.1.len())).collect();
    let mut all = serde_json::to_vec(&list)?;
    all.push(b'\n');
    all.extend(files.iter().flat_map(|it| &it.1));
    Ok(all)
}

/// As a file that ends in .lzma has it. The same for the same bytes.
fn packed(bytes: &[u8]) -> Result<Vec<u8>> {
    let dictionary = u32::try_from(bytes.len())?.next_power_of_two().max(1 << 16);
    let options = LzmaOptions {
        dict_size: dictionary,
        lc: 3,
        lp: 0,
        pb: 0,
        mode: EncodeMode::Normal,
        nice_len: 273,
        mf: MfType::Bt4,
        depth_limit: 0,
        preset_dict: None,
    };
    let mut writer = LzmaWriter::new_use_header(Vec::new(), &options, Some(bytes.len() as u64))?;
    writer.write_all(bytes)?;
    let packed = writer.finish()?;
    ensure!(packed.len() < bytes.len() || bytes.len() < 64, "压缩失败");
    Ok(packed)
}
