//! Where something is written: the name of a clause or a reading, with a link to the page that publishes it.

use crate::app::{Address, State};
use crate::filing::Rules;

use super::html::{El, el, link};

/// 豫职鉴〔2021〕1号 一（一）1, as a link. It opens a new tab, so that nothing typed on this page is lost.
pub fn clause(state: State, rules: &Rules, name: &str) -> El {
    at(state.root, name, rules.address(name).unwrap_or_default())
}

/// The same with the address, below `root`, of the clause; the address is empty where no page publishes it.
pub fn at(root: &str, name: &str, address: &str) -> El {
    let words = el("span").class("nw").text(name);
    if address.is_empty() { words } else { leading(format!("{root}{address}")).child(words) }
}

/// 依据 and the clauses.
pub fn basis(state: State, rules: &Rules, names: &[String]) -> El {
    let mut line = el("p").class("basis").text("依据：");
    for (i, name) in names.iter().enumerate() {
        line = line.text(if i == 0 { "" } else { "；" }).child(clause(state, rules, name));
    }
    line
}

/// 解读 by their ids.
pub fn readings(state: State, ids: &[String]) -> Option<El> {
    if ids.is_empty() {
        return None;
    }
    let mut line = el("p").class("basis").text("解读：");
    for (i, id) in ids.iter().enumerate() {
        let to = leading(format!("{}#{id}", state.href(&Address::Readings))).text(id.as_str());
        line = line.text(if i == 0 { "" } else { "、" }).child(to);
    }
    Some(line)
}

fn leading(address: String) -> El {
    link(address, "").set("target", "_blank").set("rel", "noopener")
}
