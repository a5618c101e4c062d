//! The edition that a notice is about: in a site of several its links lead to the pages of that one, wherever they lie.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::days::Day;
use crate::load::Validity;
use crate::load::several::{files_in_folder, folder_of};
use crate::notice::{Annex, Annexed, Block, Inline, Notice, Target, Words};
use crate::rubric::Edition;

/// For each notice the place of its edition among those of the site: that whose rubrics are annexed to it; else that of a notice
/// which it forwards or with which it was forwarded; else that which was in force on its day; else the newest in force.
pub fn its_editions(editions: &[Edition], validities: &[Validity], notices: &[Notice]) -> Vec<usize> {
    let by_slug: BTreeMap<&str, &Notice> = notices.iter().map(|it| (it.slug.as_str(), it)).collect();
    let mut by_date: Vec<&Notice> = notices.iter().collect();
    by_date.sort_by_key(|it| (it.issued.is_none(), it.issued));
    // by slug, those that have it as an annex, the first by its date first
    let mut forwarding: BTreeMap<&str, Vec<&Notice>> = BTreeMap::new();
    for notice in by_date {
        for slug in notice.annexes.iter().filter_map(forwarded) {
            forwarding.entry(slug).or_default().push(notice);
        }
    }
    let of_annexes = |notice: &Notice| editions.iter().position(|it| it.notice == notice.cited_as());
    let forwards =
        |notice: &Notice| notice.annexes.iter().filter_map(forwarded).find_map(|slug| of_annexes(by_slug.get(slug)?));
    let of = |notice: &Notice| {
        let by = forwarding.get(notice.slug.as_str()).map_or(&[][..], Vec::as_slice);
        let day = notice.issued.or_else(|| by.first()?.issued);
        let found = of_annexes(notice).or_else(|| forwards(notice)).or_else(|| by.iter().find_map(|it| forwards(it)));
        found.or_else(|| in_force_on(validities, day?)).unwrap_or_default()
    };
    notices.iter().map(of).collect()
}

fn forwarded(annex: &Annex) -> Option<&str> {
    match &annex.to {
        Some(Annexed::Notice(slug)) => Some(slug),
        Some(Annexed::Rubric(_) | Annexed::File(_)) | None => None,
    }
}

/// Of the editions for the place of the first: the last that had come into force, the first of all for a day before that.
fn in_force_on(validities: &[Validity], day: Day) -> Option<usize> {
    let place = &validities.first()?.place;
    let all = validities.iter().enumerate().filter(|it| it.1.place == *place);
    let dated = || all.clone().filter_map(|(n, it)| Some((it.from?, n)));
    let last = dated().filter(|it| it.0 <= day).min_by_key(|it| (Reverse(it.0), it.1));
    last.or_else(|| dated().min()).map(|it| it.1)
}

/// Where the pages of each edition lie.
pub struct EditionPages {
    /// The id and the folder of each.
    folders: Vec<(String, String)>,
    /// Pages that an edition may have, below its folder. The home page is that of the site.
    pages: BTreeSet<String>,
}

impl EditionPages {
    pub fn of(editions: &[Edition]) -> EditionPages {
        let folders = editions.iter().enumerate().map(|(n, it)| (it.id.clone(), folder_of(n, it)));
        let pages = editions.iter().flat_map(files_in_folder).map(|it| it.folder());
        EditionPages { folders: folders.collect(), pages: pages.filter(|it| !it.is_empty()).collect() }
    }

    /// The page below the root to which `path` leads in a notice about that edition. A path that begins with the id of an edition leads
    /// to its pages.
    pub fn lead(&self, path: &str, own: usize) -> String {
        let named = |it: &(String, String)| Some([&it.1, path.strip_prefix(&it.0)?.strip_prefix('/')?].concat());
        match self.folders.iter().find_map(named) {
            Some(page) => page,
            None if self.depends(path) => self.folders.get(own).map_or("", |it| &it.1).to_owned() + path,
            None => path.to_owned(),
        }
    }

    /// The id of the edition to whose page this path leads because the notice is about it, where the site has several.
    pub fn meant(&self, path: &str, own: usize) -> Option<&str> {
        let several = 1 < self.folders.len() && self.depends(path);
        self.folders.get(own).filter(|_| several).map(|it| it.0.as_str())
    }

    fn depends(&self, path: &str) -> bool {
        self.pages.contains(path)
    }

    /// Has the links of a notice lead to the pages of its edition.
    pub fn lead_all(&self, notice: &mut Notice, own: usize) {
        let Notice {
            title_lines, addressee, blocks, contact, annexes, disclosure, contact_unit, imprint, notes, ..
        } = notice;
        let around = title_lines.iter_mut().chain([addressee, disclosure, contact_unit, imprint]);
        let around = around.chain(annexes.iter_mut().map(|it| &mut it.words)).chain(contact).chain(notes);
        for words in around.chain(blocks.iter_mut().flat_map(words_of)) {
            self.lead_words(words, own);
        }
    }

    fn lead_words(&self, words: &mut Words, own: usize) {
        for inline in words {
            match inline {
                Inline::Link(to, inner) => {
                    if let Target::Here { path, .. } = to {
                        *path = self.lead(path, own);
                    }
                    self.lead_words(inner, own);
                }
                Inline::Strong(inner) => self.lead_words(inner, own),
                Inline::Text(_) | Inline::Note(_) | Inline::Break => {}
            }
        }
    }
}

fn words_of(block: &mut Block) -> Vec<&mut Words> {
    match block {
        Block::Heading { words, .. } | Block::Paragraph { words, .. } => vec![words],
        Block::List(all) | Block::Quote(all) => all.iter_mut().collect(),
        Block::Table(table) => table.head.iter_mut().chain(table.rows.iter_mut().flatten()).collect(),
    }
}
