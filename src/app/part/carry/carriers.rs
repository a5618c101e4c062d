//! How a code, a link and a QR picture are shown, on every page that shows them.

use crate::app::part::html::{El, el};
use crate::app::{Address, State, browser};
use crate::carrier::{Qr, Reach, reach, write_link};

/// The link of a record on this site.
pub fn link(state: State, record: &[u8]) -> String {
    write_link(&open_page(state), record)
}

/// The full address of the page that opens records: the published one where this page has only a local address, or none
/// as it is a file.
pub fn open_page(state: State) -> String {
    let origin = browser::origin();
    let published = browser::published();
    if state.root.starts_with('#') || reach(&origin) != Reach::Everyone && reach(&published) == Reach::Everyone {
        return format!("{published}{}", Address::Received.folder());
    }
    // of all editions: records of each are opened there
    format!("{origin}{}{}", state.root, Address::Received.folder())
}

/// Tells where to type a code, with the full address of that page.
pub fn where_to_type(state: State) -> String {
    let page = open_page(state);
    format!("打开 {page} 输入自评码{}", who_can_open(&page))
}

/// In brackets: who cannot open an address. Empty for one that everyone can open.
pub fn who_can_open(address: &str) -> &'static str {
    match reach(address) {
        Reach::Everyone => "",
        Reach::Inside => "（这是内网地址，只有同一网络里的电脑和手机能打开）",
        Reach::Machine | Reach::Nobody => {
            "（这是本机地址，别的电脑和手机打不开；请在对方所用网站的“打开收到的自评”里输入）"
        }
    }
}

/// The same for whoever is about to send a link.
pub fn only_local(state: State) -> Option<El> {
    let words = match reach(&open_page(state)) {
        Reach::Everyone => return None,
        Reach::Inside => {
            "本站开在内网，链接和二维码只有同一网络里的电脑和手机能打开；发给外面的人，请用自评码或自评文件。"
        }
        Reach::Machine | Reach::Nobody => "本站开在这台电脑上，链接和二维码别人打不开；请把自评码或自评文件发给对方。",
    };
    Some(el("p").class("hint local").text(words))
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
