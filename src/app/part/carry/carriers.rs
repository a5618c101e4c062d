//! How a code, a link and a QR picture are shown, on every page that shows them.

use crate::app::part::html::{El, el};
use crate::app::{Address, State, browser};
use crate::carrier::{Qr, write_link};

/// The link of a record on this site.
pub fn link(state: State, record: &[u8]) -> String {
    write_link(&format!("{}{}", browser::origin(), state.href(&Address::Received)), record)
}

/// Tells where to type a code, with the full address of that page.
pub fn where_to_type(state: State) -> String {
    format!("打开 {}{} 输入自评码", browser::origin(), state.href(&Address::Received))
}

/// 自评码 in its lines, each with its number for whoever types it.
pub fn code(code: &str) -> El {
    let lines = code.lines().map(|it| el("li").child(el("code").text(it)));
    el("ol").class("code").set("aria-label", "自评码").each(lines)
}

/// The link as a picture to scan; none where it would be too fine for a photocopy.
pub fn qr(link: &str) -> Option<El> {
    let picture = Qr::of(link)?;
    Some(el("img").class("qr").set("src", picture.data_url()).set("alt", "二维码：本页的自评链接"))
}
