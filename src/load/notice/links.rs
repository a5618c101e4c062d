//! Do the links lead anywhere? Known only when every file of the site is read.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::Address;
use crate::app::address::files_of;
use crate::load::several::{files_in_folder, folder_of};
use crate::notice::{Annexed, Notice, Target};
use crate::rubric::Edition;

use super::files;
use super::own::EditionPages;

/// What a file refers to, as written, and the line on which it does.
pub struct Reference {
    pub line: usize,
    pub written: String,
    pub to: Referred,
}

pub enum Referred {
    Link(Target),
    Annex(Annexed),
}

/// All pages of the site, and the ids in them to which links can lead.
pub struct Addresses<'n> {
    pages: BTreeSet<String>,
    notices: BTreeMap<String, &'n Notice>,
    /// The ids in pages other than notices: rows and readings.
    ids: BTreeMap<String, BTreeSet<String>>,
    /// The files that are published with notices.
    files: BTreeSet<String>,
    /// The annexes that are rubrics of each edition.
    annexes: Vec<BTreeSet<u8>>,
    of_editions: &'n EditionPages,
}

impl<'n> Addresses<'n> {
    pub fn of(editions: &[Edition], of_editions: &'n EditionPages, notices: &'n [Notice]) -> Addresses<'n> {
        let mut ids = BTreeMap::new();
        let mut pages: BTreeSet<String> = files_of(editions, notices).into_iter().map(|it| it.folder()).collect();
        let mut annexes = Vec::new();
        for (n, edition) in editions.iter().enumerate() {
            let folder = folder_of(n, edition);
            let mut page =
                |address: Address, in_it: BTreeSet<String>| ids.insert(folder.clone() + &address.folder(), in_it);
            for rubric in &edition.rubrics {
                page(Address::Rubric(rubric.annex), rubric.rows().map(|it| rubric.row_id(it.number)).collect());
            }
            page(Address::Readings, edition.readings.iter().map(|it| it.id.clone()).collect());
            page(Address::Later, edition.later.iter().map(|it| it.id.clone()).collect());
            if 0 < n {
                pages.extend(files_in_folder(edition).into_iter().map(|it| folder.clone() + &it.folder()));
            }
            annexes.push(edition.rubrics.iter().map(|it| it.annex).collect());
        }
        Addresses {
            pages,
            notices: notices.iter().map(|it| (Address::Notice(it.slug.clone()).folder(), it)).collect(),
            ids,
            annexes,
            of_editions,
            files: notices.iter().flat_map(|it| it.files.iter().map(|file| it.path() + &file.name)).collect(),
        }
    }

    fn has(&self, path: &str, id: &str) -> bool {
        match self.notices.get(path) {
            Some(notice) => notice.ids().iter().any(|it| it == id),
            None => self.ids.get(path).is_some_and(|it| it.contains(id)),
        }
    }

    /// What is wrong with a reference in the notice of that slug, which is about the `own`th edition, if anything is.
    pub fn check(&self, slug: &str, own: usize, reference: &Reference) -> Option<String> {
        let written = &reference.written;
        match &reference.to {
            Referred::Link(Target::Elsewhere(_)) => None,
            Referred::Link(Target::Here { path: meant, id }) => {
                let path = &self.of_editions.lead(meant, own);
                let of = self.of_editions.meant(meant, own).map_or(String::new(), |edition| {
                    format!("（这份通知的链接指向版本 `{edition}` 的网页，指向别的版本的写 `/版本/{meant}`）")
                });
                if self.files.contains(path) {
                    None
                } else if !path.ends_with('/') && path.starts_with("notice/") {
                    Some(format!("链接 `{written}` 指向的文件不在 content/{slug}/ 里，请放进去，或核对文件名"))
                } else if !self.pages.contains(path) {
                    Some(format!("链接 `{written}` 指向的页面不存在{of}，请核对"))
                } else if !id.is_empty() && !self.has(path, id) {
                    Some(format!("链接 `{written}` 指向的页面里没有 `{id}` 这一条{of}，请核对"))
                } else {
                    None
                }
            }
            Referred::Annex(Annexed::Notice(other)) if other == slug => {
                Some(format!("附件 `{other}` 是这份文件自己，请核对"))
            }
            Referred::Annex(Annexed::Notice(other)) => {
                let there = self.notices.contains_key(&Address::Notice(other.clone()).folder());
                (!there).then(|| format!("附件 `{other}` 不存在：content 里没有 `{other}.md`，请核对"))
            }
            Referred::Annex(Annexed::File(name)) => {
                let there = self.files.contains(&format!("{}{name}", Address::Notice(slug.to_owned()).folder()));
                (!there).then(|| format!("附件文件 `{name}` 不在 content/{slug}/ 里，请放进去，或核对文件名"))
            }
            Referred::Annex(Annexed::Rubric(annex)) => {
                let there = self.annexes.get(own).is_some_and(|it| it.contains(annex));
                (!there).then(|| format!("附件 `rubric = {annex}` 不存在，请核对附件编号"))
            }
        }
    }
}

/// Where a link leads: `notice-2021-1.md#3-3`, `/rubric/3/#3-12`, `#3-3`, a file beside the notice, or a full address.
pub fn target(written: &str, file: &str) -> Result<Target, String> {
    let (address, id) = written.split_once('#').unwrap_or((written, ""));
    let here = |path: String| Ok(Target::Here { path, id: id.to_owned() });
    let own = file.rsplit('/').next().unwrap_or(file);
    let notice_path = |name: &str| format!("notice/{}/", name.trim_end_matches(".md"));
    if let Some((scheme, _)) = address.split_once(':') {
        return match scheme {
            "https" | "http" | "mailto" | "tel" => Ok(Target::Elsewhere(written.to_owned())),
            _ => Err(format!("链接 `{written}` 的开头 `{scheme}:` 不能用，只能用 https、http、mailto、tel 或本站地址")),
        };
    }
    match address {
        "" => here(notice_path(own)),
        it if it.starts_with("//") => Err(format!("链接 `{written}` 请写完整，以 https:// 开头")),
        it if it.starts_with('/') => here(it.trim_start_matches('/').to_owned()),
        it if it.ends_with(".md") && !it.contains('/') => here(notice_path(it)),
        it => match files::linked(it, own.trim_end_matches(".md")) {
            Some(name) => here(notice_path(own) + &name),
            None => Err(format!(
                "链接 `{written}` 看不出指向哪里：本站文件写文件名（如 notice-2021-1.md#3-3），附件写附件的文件名，其他页面以 / 开头"
            )),
        },
    }
}
