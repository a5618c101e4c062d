//! Where something is written: the name of a clause or a reading, with a link to the page that publishes it.

use crate::app::{Address, State};
use crate::filing::Rules;
use crate::rubric::Edition;

use super::html::{El, el};

/// 某职鉴〔2021〕1号 一（一）1, as a link. It opens a new tab, so that nothing typed on this page is lost.
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
    let all = ids.iter().map(|id| [id.as_str(), id]);
    listed("basis", "解读：", state.href(&Address::Readings), all.collect())
}

/// 此后另有文件: what was issued after the edition and touches one of these places.
pub fn later(state: State, edition: &Edition, places: &[&str]) -> Option<El> {
    let all = edition.later_at(places).map(|it| [it.id.as_str(), &it.name]);
    listed("later", "此后另有文件：", state.href(&Address::Later), all.collect())
}

/// A line with links into a page: where each stands there, and its name. None where there are none.
#[inline(never)]
fn listed(class: &'static str, mut before: &'static str, page: String, all: Vec<[&str; 2]>) -> Option<El> {
    let mut line = el("p").class(class);
    for [id, name] in &all {
        line = line.text(before).child(leading(format!("{page}#{id}")).text(*name));
        before = "、";
    }
    (!all.is_empty()).then_some(line)
}

/// A link into a page, in a new tab, so that nothing typed on this page is lost.
pub fn leading(address: String) -> El {
    el("a").set("href", address).set("target", "_blank").set("rel", "noopener")
}
