//! Do the links lead anywhere? Known only when every file of the site is read.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::Route;
use crate::notice::{Annexed, Notice, Target};
use crate::rubric::Edition;

use super::super::render::routes;

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

/// Every page below the root, and the ids it has.
pub struct Addresses(BTreeMap<String, BTreeSet<String>>);

impl Addresses {
    pub fn of(editions: &[Edition], notices: &[Notice]) -> Addresses {
        let pages = routes(editions, notices).into_iter().map(|it| (it.folder(), BTreeSet::new()));
        let mut all = Addresses(pages.collect());
        for notice in notices {
            all.0.insert(Route::Notice(notice.slug.clone()).folder(), notice.ids().into_iter().collect());
        }
        if let Some(edition) = editions.first() {
            for rubric in &edition.rubrics {
                let ids = rubric.rows().map(|it| rubric.row_id(it.number)).collect();
                all.0.insert(Route::Rubric(rubric.annex).folder(), ids);
            }
            let ids = edition.readings.iter().map(|it| it.id.clone()).collect();
            all.0.insert(Route::Readings.folder(), ids);
        }
        all
    }

    /// What is wrong with a reference in the notice of that slug, if anything is.
    pub fn check(&self, slug: &str, reference: &Reference) -> Option<String> {
        let written = &reference.written;
        match &reference.to {
            Referred::Link(Target::Elsewhere(_)) => None,
            Referred::Link(Target::Here { path, id }) => match self.0.get(path) {
                None => Some(format!("链接 `{written}` 指向的页面不存在，请核对")),
                Some(ids) if !id.is_empty() && !ids.contains(id) => {
                    Some(format!("链接 `{written}` 指向的页面里没有 `{id}` 这一条，请核对"))
                }
                Some(_) => None,
            },
            Referred::Annex(Annexed::Notice(other)) if other == slug => {
                Some(format!("附件 `{other}` 是这份文件自己，请核对"))
            }
            Referred::Annex(Annexed::Notice(other)) => {
                let there = Route::parse(&format!("notice/{other}/"), "") == Route::Notice(other.clone())
                    && self.0.contains_key(&Route::Notice(other.clone()).folder());
                (!there).then(|| format!("附件 `{other}` 不存在：content 里没有 `{other}.md`，请核对"))
            }
            Referred::Annex(Annexed::Rubric(annex)) => {
                let there = self.0.contains_key(&Route::Rubric(*annex).folder());
                (!there).then(|| format!("附件 `rubric = {annex}` 不存在，请核对附件编号"))
            }
        }
    }
}
