//! What the pages of a site with several editions have besides: the script by which a dossier is opened where its edition lies,
//! and listed with its edition.

use super::library::Library;
use super::style::Inlined;

const SCRIPT: &str = include_str!("editions.js");
/// What of it becomes the list of the editions, and of their names.
const LISTS: [&str; 2] = ["var all = [];", "var names = [];"];

/// The script for the pages that a dossier may be open on; none where the site has one edition.
pub fn finding(library: &Library) -> Option<Inlined> {
    let published = library.published();
    if published.len() < 2 {
        return None;
    }
    let ids = published.iter().map(|it| it.edition.id.clone()).collect();
    let standing = |expired| if expired { "已失效" } else { "现行" };
    let names = published.iter().map(|it| &it.validity);
    let names = names.map(|it| format!("{}（{}）", it.name(), standing(it.has_expired()))).collect();
    let lines = SCRIPT.lines().map(str::trim).filter(|it| !it.starts_with("//") && !it.is_empty());
    let mut script = lines.collect::<Vec<_>>().join("\n");
    for (list, texts) in LISTS.into_iter().zip::<[Vec<String>; 2]>([ids, names]) {
        // a text that ends the script would do so wherever it stands
        let texts = serde_json::to_string(&texts).expect("texts are JSON").replace("</", "<\\/");
        script = script.replacen(list, &list.replacen("[]", &texts, 1), 1);
    }
    Some(Inlined::new(script))
}
