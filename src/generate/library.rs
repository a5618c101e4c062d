//! All that the site publishes, and how its parts refer to each other: annexes, readings, clauses, rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::days::Day;
use crate::filing::Rules;
use crate::load::later::LaterDocument;
use crate::load::several::folder_of;
use crate::load::{Loaded, SiteSettings, Validity};
use crate::notice::{Annexed, Clause, Notice, named};
use crate::rubric::{Concordance, Edition, Reading, Row, Rubric};

/// What it holds lives as long as the program, as views require.
pub struct Library {
    /// That of these pages first; then the newest in force, and those that have expired last.
    pub editions: &'static [Edition],
    /// The filing rules of each edition, in the same order.
    pub rules: &'static [Rules],
    /// What else is known of each edition, in the same order.
    published: Vec<Published>,
    /// Which rows of an edition became which of a newer one.
    pub concordances: &'static [Concordance],
    pub notices: &'static [Notice],
    /// The place of the edition that each notice is about, among those that are [published](Library::published).
    its_editions: &'static [usize],
    /// The site is there as one file too.
    pub offline: bool,
    pub settings: &'static SiteSettings,
    by_slug: BTreeMap<&'static str, &'static Notice>,
    /// By slug, the notice that has it as an annex.
    annexed_to: BTreeMap<&'static str, &'static Notice>,
    /// By slug, and by id of the clause; an empty id for the notice as a whole.
    readings: BTreeMap<&'static str, BTreeMap<&'static str, Vec<EditionReading>>>,
    /// By annex and number of the row.
    clauses: BTreeMap<(u8, u16), Vec<Named>>,
}

/// A reading, and the edition that has it.
pub type EditionReading = (&'static Edition, &'static Reading);

/// An edition as the site has it.
#[derive(Clone, Copy)]
pub struct Published {
    pub edition: &'static Edition,
    pub validity: &'static Validity,
    /// Where its pages lie below the root of the site.
    pub folder: &'static str,
    /// What was issued after it.
    later: &'static [LaterDocument],
}

impl Published {
    /// Before what is told of it: its name, unless it is the newest in force.
    pub fn before(&self) -> String {
        let Published { folder, validity, .. } = self;
        if folder.is_empty() { String::new() } else { format!("{}（{}）　", validity.name(), validity.standing()) }
    }
}

/// A clause and its notice; `None` for the notice as a whole.
pub type Named = (&'static Notice, Option<&'static Clause>);

/// A document of the site: a notice, or a rubric, which is annexed to one.
#[derive(Clone, Copy)]
pub enum Document {
    Notice(&'static Notice),
    Rubric(&'static Edition, &'static Rubric),
}

/// What the pages of all editions have in common.
struct OfAllEditions {
    concordances: &'static [Concordance],
    notices: &'static [Notice],
    its_editions: &'static [usize],
    settings: &'static SiteSettings,
    offline: bool,
}

impl Library {
    /// For the pages at the root of the site.
    pub fn new(loaded: Loaded, settings: SiteSettings) -> Library {
        let editions: &'static [Edition] = loaded.editions.leak();
        let others = loaded.validities.leak().iter().zip(loaded.later.leak());
        let published = editions.iter().zip(others).enumerate().map(|(n, (edition, (validity, later)))| Published {
            edition,
            validity,
            folder: folder_of(n, edition).leak(),
            later,
        });
        let of_all = OfAllEditions {
            concordances: loaded.concordances.leak(),
            notices: loaded.notices.leak(),
            its_editions: loaded.its_editions.leak(),
            settings: Box::leak(Box::new(settings)),
            offline: false,
        };
        Library::with(editions, loaded.rules.leak(), published.collect(), of_all)
    }

    /// For the pages of each edition that is not the first.
    pub fn others(&self) -> Vec<Library> {
        let of = |n: usize| {
            // none of them changes, and data in which one comes first are made of a list in which it does
            let order = || std::iter::once(n).chain((0..self.editions.len()).filter(move |it| *it != n));
            let editions: Vec<Edition> = order().map(|it| self.editions[it].clone()).collect();
            let editions: &'static [Edition] = editions.leak();
            let rules: Vec<Rules> = order().map(|it| self.rules[it].clone()).collect();
            let published = order().zip(editions).map(|(it, edition)| Published { edition, ..self.published[it] });
            let Library { concordances, notices, its_editions, settings, offline, .. } = *self;
            let of_all = OfAllEditions { concordances, notices, its_editions, settings, offline };
            Library::with(editions, rules.leak(), published.collect(), of_all)
        };
        (1..self.editions.len()).map(of).collect()
    }

    fn with(
        editions: &'static [Edition],
        rules: &'static [Rules],
        published: Vec<Published>,
        of_all: OfAllEditions,
    ) -> Library {
        let OfAllEditions { concordances, notices, its_editions, settings, offline } = of_all;
        let mut library = Library {
            editions,
            rules,
            published,
            concordances,
            notices,
            its_editions,
            offline,
            settings,
            by_slug: notices.iter().map(|it| (it.slug.as_str(), it)).collect(),
            annexed_to: BTreeMap::new(),
            readings: BTreeMap::new(),
            clauses: BTreeMap::new(),
        };
        // where several forward one, the first did so by its date; without dates the first by name
        let mut forwarding: Vec<&Notice> = library.notices.iter().collect();
        forwarding.sort_by_key(|it| (it.issued.is_none(), it.issued));
        for notice in forwarding {
            for annex in &notice.annexes {
                if let Some(Annexed::Notice(slug)) = &annex.to {
                    library.annexed_to.entry(slug).or_insert(notice);
                }
            }
        }
        for (n, edition) in editions.iter().enumerate() {
            for reading in &edition.readings {
                library.lay(n, edition, reading);
            }
        }
        library
    }

    /// Is there an older edition beside which that of these pages can be put, row by row?
    pub fn changes_something(&self) -> bool {
        self.concordances.iter().any(|it| it.newer == self.own().edition.id)
    }

    /// A reading beside the clauses that it touches and, of the edition of these pages, beside the rows.
    fn lay(&mut self, n: usize, edition: &'static Edition, reading: &'static Reading) {
        let clauses: Vec<_> = reading.clauses.iter().filter_map(|clause| named(self.notices, clause)).collect();
        for (notice, clause) in &clauses {
            let id = clause.map_or("", Clause::id);
            self.readings.entry(&notice.slug).or_default().entry(id).or_default().push((edition, reading));
        }
        for (rubric, row) in rows_of(edition, reading).into_iter().filter(|_| n == 0) {
            self.clauses.entry((rubric.annex, row.number)).or_default().extend(&clauses);
        }
    }

    /// What was issued after the edition of these pages.
    pub fn later(&self) -> &'static [LaterDocument] {
        self.published.first().map_or(&[], |it| it.later)
    }

    /// The edition of these pages.
    pub fn own(&self) -> Published {
        self.published[0]
    }

    /// Those of the site, the newest in force first and those that have expired last.
    pub fn published(&self) -> Vec<Published> {
        let mut all = self.published.clone();
        all.sort_by_key(|it| (!it.folder.is_empty(), it.validity.rank()));
        all
    }

    /// An edition of the site, as it is published.
    pub fn as_published(&self, edition: &Edition) -> Published {
        let found = self.published.iter().find(|it| it.edition.id == edition.id);
        *found.expect("an edition of this site")
    }

    /// The edition that a notice is about: its rubrics are those that the notice has as annexes.
    pub fn edition_of(&self, notice: &Notice) -> Published {
        let its = self.notices.iter().zip(self.its_editions).find(|it| it.0.slug == notice.slug);
        let all = self.published();
        all[its.map_or(0, |it| *it.1)]
    }

    pub fn notice(&self, slug: &str) -> Option<&'static Notice> {
        self.by_slug.get(slug).copied()
    }

    pub fn edition(&self) -> Option<&'static Edition> {
        self.editions.first()
    }

    /// The notice that forwards this one as an annex.
    pub fn forwarded_by(&self, notice: &Notice) -> Option<&'static Notice> {
        self.annexed_to.get(notice.slug.as_str()).copied()
    }

    /// Its date of issue or, where none is printed, that of the notice that forwards it.
    pub fn day(&self, notice: &Notice) -> Option<Day> {
        notice.issued.or_else(|| self.forwarded_by(notice).filter(|it| it.slug != notice.slug)?.issued)
    }

    /// Latest first; undated ones last.
    pub fn by_date(&self) -> Vec<&'static Notice> {
        let mut all: Vec<_> = self.notices.iter().collect();
        all.sort_by_key(|it| (std::cmp::Reverse((self.day(it), it.issued)), &it.slug));
        all
    }

    /// Those that the host lists, in its order. Where it lists none, all of them, latest first.
    pub fn listed(&self) -> Vec<&'static Notice> {
        match &self.settings.notices {
            Some(slugs) => slugs.iter().filter_map(|it| self.notice(it)).collect(),
            None => self.by_date(),
        }
    }

    /// Every listed notice followed by its annexes: the order on paper.
    pub fn collection(&self) -> Vec<Document> {
        let (mut order, mut seen) = (Vec::new(), BTreeSet::new());
        let listed = self.listed();
        let first = |notice: &Notice| self.settings.notices.is_some() || self.forwarded_by(notice).is_none();
        for notice in listed.iter().filter(|it| first(it)) {
            self.add(notice, &mut order, &mut seen);
        }
        // notices that forward each other in a ring have no first one
        for notice in listed {
            self.add(notice, &mut order, &mut seen);
        }
        order
    }

    fn add(&self, notice: &'static Notice, order: &mut Vec<Document>, seen: &mut BTreeSet<&'static str>) {
        let listed = self.settings.notices.as_ref().is_none_or(|it| it.contains(&notice.slug));
        if !listed || !seen.insert(&notice.slug) {
            return;
        }
        order.push(Document::Notice(notice));
        for annex in &notice.annexes {
            match &annex.to {
                Some(Annexed::Notice(slug)) => {
                    if let Some(next) = self.notice(slug) {
                        self.add(next, order, seen);
                    }
                }
                Some(Annexed::Rubric(annex)) => {
                    let edition = self.edition_of(notice).edition;
                    order.extend(edition.rubric(*annex).map(|it| Document::Rubric(edition, it)));
                }
                Some(Annexed::File(_)) | None => {}
            }
        }
    }

    /// The readings that touch this very clause.
    pub fn readings_of(&self, notice: &Notice, clause: &Clause) -> &[EditionReading] {
        let found = self.readings.get(notice.slug.as_str()).and_then(|it| it.get(clause.id()));
        found.map_or(&[], Vec::as_slice)
    }

    /// The clauses that a row touches by way of its readings.
    pub fn clauses_of(&self, rubric: &Rubric, row: &Row) -> &[Named] {
        self.clauses.get(&(rubric.annex, row.number)).map_or(&[], Vec::as_slice)
    }

    /// The notice whose annexes the rubrics of the edition are.
    pub fn of_rubrics(&self) -> Option<&'static Notice> {
        let edition = self.edition()?;
        self.notices.iter().find(|it| it.cited_as() == edition.notice)
    }
}

/// The rows of an edition that a reading touches.
pub fn rows_of(edition: &'static Edition, reading: &Reading) -> Vec<(&'static Rubric, &'static Row)> {
    let rows = edition.rubrics.iter().flat_map(|rubric| rubric.rows().map(move |row| (rubric, row)));
    rows.filter(|(_, row)| row.readings.contains(&reading.id)).collect()
}
