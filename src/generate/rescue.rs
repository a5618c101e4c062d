//! 数据救援: a page that needs neither program nor data, only one plain script.

use super::html::Html;
use super::page::{head, made_by};
use super::site::Site;

/// The file `rescue.html` at the root of the site.
pub fn rescue(site: &Site) -> String {
    let mut html = Html::default();
    head(&mut html, "数据救援 · 自评", "把保存在本机浏览器里的自评数据全部取出来。");
    html.raw("<link rel=\"icon\" href=\"").text(&site.assets.url("", "icon")).raw("\">\n");
    html.raw("<link rel=\"stylesheet\" href=\"").text(&site.assets.url("", "style")).raw("\">\n");
    html.raw("<script defer src=\"").text(&site.assets.url("", "rescue.js")).raw("\"></script>\n</head>\n<body>\n");
    html.raw(&what_stands(UNREAD)).raw(&made_by(site)).raw("</body>\n</html>\n");
    html.done()
}

/// What it says until its script has read the storage.
const UNREAD: &str = "取数据的程序（rescue.js）没有载入，或者不完整。数据还在浏览器里，没有丢失：请刷新页面；仍不行请联系网站管理人员补传这个文件。<noscript>浏览器关闭了脚本，取不出数据。请打开脚本，或换用填写时所用的浏览器。</noscript>";

/// What stands on it. `unread` is what it says until the script has run, which stands beside it in the site as one file.
pub fn what_stands(unread: &str) -> String {
    format!(
        "<main id=\"main\" class=\"wrap\"><article class=\"read\">
<h1>数据救援</h1>
<p>填报程序打不开时，在这里把保存在本机这个浏览器里的自评全部取出来。本页只读取，不改动任何数据，也不上传。</p>
<p id=\"kept\" role=\"status\">{unread}</p>
<p><button type=\"button\" id=\"save\" class=\"btn\" disabled>下载全部数据</button></p>
<p class=\"hint\">下载的文件在“我的自评”里用“打开备份文件”恢复。不能下载时，点下面的框，全选并复制，粘贴到记事本里保存。</p>
<p><label class=\"plain\" for=\"text\">全部数据</label><textarea id=\"text\" class=\"wide\" rows=\"8\" readonly></textarea></p>
<p class=\"links\"><a href=\"index.html\">回首页</a><a href=\"mine/index.html\">我的自评</a></p>
</article></main>
"
    )
}
