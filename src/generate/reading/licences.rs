//! 第三方许可: the packages of others that are in the programs of the site and in `ziping` itself, whose they are, and the
//! texts of their licences, each once. `cargo xtask licences` writes the list.

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde_json::Value;

use crate::app::State;
use crate::app::part::html::{El, el};

const LIST: &str = include_str!("../../../docs/licences.json");

/// A package of somebody else.
struct LicensedPackage<'l> {
    name: &'l str,
    version: &'l str,
    licence: &'l str,
    places: Vec<&'l str>,
    notices: Vec<&'l str>,
    /// The numbers of the texts under which it is taken.
    texts: Vec<usize>,
}

struct LicenceText<'l> {
    licence: &'l str,
    /// A paragraph a line.
    text: &'l str,
}

pub fn licences(_: State) -> AnyView {
    let list: Value = serde_json::from_str(LIST).expect("a test reads it");
    let packages: Vec<LicensedPackage> = items(&list["packages"]).map(package).collect();
    let texts: Vec<LicenceText> = items(&list["texts"])
        .map(|it| LicenceText { licence: said(&it["licence"]), text: said(&it["text"]) })
        .collect();
    let n = |place: &str| packages.iter().filter(|it| it.places.contains(&place)).count();
    let names = names(&texts);
    let about = format!(
        "浏览器里运行的程序用到 {} 个第三方软件包，ziping 程序用到 {} 个。都可以自由使用和分发，条件是保留下面的版权声明和许可原文。",
        n("browser"),
        n("program")
    );
    let rows = packages.iter().map(|package| row(package, &names));
    let heads = ["名称和版本", "许可", "用在", "版权声明"];
    let heads = el("tr").each(heads.into_iter().map(|it| el("th").set("scope", "col").text(it)));
    let table = el("table").class("licensed").child(el("thead").child(heads)).child(el("tbody").each(rows));
    let scroll = el("div").class("scroll").set("tabindex", "0").set("role", "region");
    let texts = texts.iter().enumerate().map(|(n, text)| {
        let paragraphs = text.text.lines().map(|it| el("p").text(it));
        el("section")
            .set("id", format!("text-{n}"))
            .child(el("h3").text(names[&n].as_str()))
            .child(el("div").set("lang", "en").each(paragraphs))
    });
    el("article")
        .class("read")
        .child(el("h1").text("第三方许可"))
        .child(el("p").text(about))
        .child(scroll.set("aria-label", "第三方软件包，可左右滚动").child(table))
        .child(el("h2").text("许可原文"))
        .each(texts)
        .done()
}

fn package(of: &Value) -> LicensedPackage<'_> {
    LicensedPackage {
        name: said(&of["name"]),
        version: said(&of["version"]),
        licence: said(&of["licence"]),
        places: items(&of["in"]).map(said).collect(),
        notices: items(&of["notices"]).map(said).collect(),
        texts: items(&of["texts"]).filter_map(|it| usize::try_from(it.as_u64()?).ok()).collect(),
    }
}

fn items(of: &Value) -> impl Iterator<Item = &Value> {
    of.as_array().into_iter().flatten()
}

fn said(of: &Value) -> &str {
    of.as_str().unwrap_or_default()
}

/// What each text is called: by its licence, and counted where a licence is worded in several ways.
fn names(texts: &[LicenceText<'_>]) -> BTreeMap<usize, String> {
    let name = |(n, text): (usize, &LicenceText<'_>)| {
        let before = texts[..n].iter().filter(|it| it.licence == text.licence).count();
        let more = if 0 < before { format!("（之{}）", before + 1) } else { String::new() };
        (n, format!("{}{more}", text.licence))
    };
    texts.iter().enumerate().map(name).collect()
}

fn row(package: &LicensedPackage<'_>, names: &BTreeMap<usize, String>) -> El {
    let places = package.places.iter().map(|it| if *it == "browser" { "网页" } else { "程序" });
    let places = places.collect::<Vec<_>>().join("、");
    let mut licence = el("td").text(package.licence);
    for (at, n) in package.texts.iter().enumerate() {
        let link = el("a").set("href", format!("#text-{n}")).text(names[n].as_str());
        licence = licence.text(if at == 0 { "，采用 " } else { "、" }).child(link);
    }
    el("tr")
        .child(el("td").text(format!("{} {}", package.name, package.version).trim_end()))
        .child(licence)
        .child(el("td").class("places").text(places))
        .child(el("td").each(package.notices.iter().map(|it| el("p").text(*it))))
}
