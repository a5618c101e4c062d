//! Do the links lead anywhere? Known only when every file of the site is read.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::Route;
use crate::notice::{Annexed, Block, Inline, Notice, Target, Words};
use crate::rubric::Edition;

use super::super::render::routes;

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

    fn leads(&self, path: &str, id: &str) -> Result<(), String> {
        match self.0.get(path) {
            None => Err(format!("链接 `/{path}` 指向的页面不存在，请核对")),
            Some(ids) if !id.is_empty() && !ids.contains(id) => {
                Err(format!("链接 `/{path}#{id}` 指向的页面里没有 `{id}` 这一条，请核对"))
            }
            Some(_) => Ok(()),
        }
    }
}

/// Links and annexes of a notice that lead nowhere. `line_of` finds the line in which a text stands in its file.
pub fn check_links(notice: &Notice, addresses: &Addresses, mut say: impl FnMut(&str, String)) {
    each_link(notice, &mut |to| {
        if let Target::Here { path, id } = to
            && let Err(why) = addresses.leads(path, id)
        {
            say(if id.is_empty() { path } else { id }, why);
        }
    });
    for annex in &notice.annexes {
        match &annex.to {
            Some(Annexed::Notice(slug)) if !addresses.0.contains_key(&Route::Notice(slug.clone()).folder()) => {
                say(&format!("\"{slug}\""), format!("附件 `{slug}` 不存在：content 里没有 `{slug}.md`，请核对"));
            }
            Some(Annexed::Rubric(annex)) if !addresses.0.contains_key(&Route::Rubric(*annex).folder()) => {
                say("rubric", format!("附件 `rubric = {annex}` 不存在，请核对附件编号"));
            }
            Some(_) | None => {}
        }
    }
}

fn each_link(notice: &Notice, visit: &mut dyn FnMut(&Target)) {
    let mut all: Vec<&Words> = notice.notes.iter().collect();
    for block in &notice.blocks {
        match block {
            Block::Heading { words, .. } | Block::Paragraph { words, .. } => all.push(words),
            Block::List(items) | Block::Quote(items) => all.extend(items),
            Block::Table(table) => all.extend(table.head.iter().chain(table.rows.iter().flatten())),
        }
    }
    all.into_iter().for_each(|it| links_in(it, visit));
}

fn links_in(words: &[Inline], visit: &mut dyn FnMut(&Target)) {
    for it in words {
        match it {
            Inline::Link(to, words) => {
                visit(to);
                links_in(words, visit);
            }
            Inline::Strong(words) => links_in(words, visit),
            Inline::Text(_) | Inline::Note(_) | Inline::Break => {}
        }
    }
}
