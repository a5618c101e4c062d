//! 自检: a page that asks the host for what the site has, and says what the host does wrong. Only two plain scripts.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::app::Address;

use super::html::Html;
use super::page::{head, made_by};
use super::release::hash;
use super::site::Site;

/// What must come from the host byte by byte: by the name of a file its length, and its hash where the name does not hold
/// it already.
#[derive(Default)]
pub struct SentFiles(BTreeMap<String, String>);

impl SentFiles {
    pub fn asset(&mut self, name: &str, bytes: &[u8]) {
        self.0.insert(name.to_owned(), bytes.len().to_string());
    }

    pub fn page(&mut self, name: &str, bytes: &[u8]) {
        self.0.insert(name.to_owned(), format!("{} {}", bytes.len(), hash(bytes)));
    }
}

/// Whether the page of a route is compared: pages that do not grow with the documents, so that the list does not either.
pub fn is_compared(route: &Address) -> bool {
    matches!(route, Address::Home | Address::About | Address::Missing) || route.part().is_some()
}

/// The file `selfcheck.html` at the root of the site.
pub fn selfcheck(site: &Site, files: &SentFiles) -> String {
    let mut html = Html::default();
    head(&mut html, "网站自检 · 自评", "检查服务器是否照原样、带着应有的响应头发送本网站的文件。");
    html.raw("<meta name=\"robots\" content=\"noindex\">\n");
    html.raw("<link rel=\"icon\" href=\"").text(&site.assets.url("", "icon")).raw("\">\n");
    html.raw("<link rel=\"stylesheet\" href=\"").text(&site.assets.url("", "style")).raw("\">\n");
    let script = site.assets.url("", "selfcheck.js");
    // they are read rightly also where the host says that all is in GBK
    html.raw("<script defer charset=\"utf-8\" src=\"").text(&site.assets.url("", "mends.js")).raw("\"></script>\n");
    html.raw("<script defer charset=\"utf-8\" src=\"").text(&script).raw("\" data-address=\"").text(site.address());
    html.raw("\"></script>\n</head>\n<body>\n").raw(BEFORE).text(&script).raw(AFTER);
    let mut list = String::new();
    for (name, what) in &files.0 {
        let _ = writeln!(list, "{name} {what}");
    }
    html.raw("<pre id=\"files\" hidden>").text(&list).raw("</pre>\n").raw(&made_by(site));
    html.raw("</body>\n</html>\n");
    html.done()
}

const BEFORE: &str = "<main id=\"main\" class=\"wrap\"><article class=\"read\">
<h1>网站自检</h1>
<p>给网站管理人员：架设或更新网站以后打开本页，逐项检查服务器的设置，不对的写明改哪一行。只读取本网站的文件，不改动、不上传任何数据。</p>
<p id=\"state\" role=\"status\">正在检查。一直停在这里的，是脚本没有运行：看 ";
const AFTER: &str = " 是否打得开、类型是否为 JavaScript，浏览器是否关闭了脚本。</p>
<ul id=\"found\"></ul>
<p class=\"links\"><button type=\"button\" id=\"again\" class=\"btn\" disabled>重新检查</button>
<button type=\"button\" id=\"all\" class=\"btn\" disabled>逐个核对全部文件</button>
<button type=\"button\" id=\"copy\" class=\"btn\" disabled>复制结果</button></p>
<p><label class=\"plain\" for=\"text\">检查结果，可以发给网站管理人员</label><textarea id=\"text\" class=\"wide\" rows=\"10\" readonly></textarea></p>
<p class=\"hint\">nginx、Apache、IIS、Caddy 等的整套设置在发布包的 hosts 文件夹里（源代码的 docs/hosts），可以直接用。</p>
<p class=\"links\"><a href=\"index.html\">回首页</a><a href=\"about/index.html\">使用说明</a></p>
</article></main>
";
