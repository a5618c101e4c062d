//! All that the site publishes, and how its parts refer to each other: annexes, readings, clauses, rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::days::Day;
use crate::filing::Rules;
use crate::load::later::LaterDocument;
use crate::load::{Loaded, SiteSettings};
use crate::notice::{Annexed, Clause, Notice, named};
use crate::rubric::{Concordance, Edition, Reading, Row, Rubric};

/// What it holds lives as long as the program, as views require.
pub struct Library {
    /// Newest first.
    pub editions: &'static [Edition],
    /// The filing rules of each edition, in the same order.
    pub rules: &'static [Rules],
    /// What was issued after each edition, in the same order.
    pub later: &'static [Vec<LaterDocument>],
    /// Which rows of an edition became which of a newer one.
    pub concordances: &'static [Concordance],
    pub notices: &'static [Notice],
    /// The site is there as one file too.
    pub offline: bool,
    pub settings: &'static SiteSettings,
    by_slug: BTreeMap<&'static str, &'static Notice>,
    /// By slug, the notice that has it as an annex.
    annexed_to: BTreeMap<&'static str, &'static Notice>,
    /// By slug, and by id of the clause; an empty id for the notice as a whole.
    readings: BTreeMap<&'static str, BTreeMap<&'static str, Vec<&'static Reading>>>,
    /// By annex and number of the row.
    clauses: BTreeMap<(u8, u16), Vec<Named>>,
}

/// A clause and its notice; `None` for the notice as a whole.
pub type Named = (&'static Notice, Option<&'static Clause>);

/// A document of the site: a notice, or a rubric, which is annexed to one.
#[derive(Clone, Copy)]
pub enum Document {
    Notice(&'static Notice),
    Rubric(&'static Rubric),
}

impl Library {
    pub fn new(loaded: Loaded, settings: SiteSettings) -> Library {
        let mut library = Library {
            editions: loaded.editions.leak(),
            rules: loaded.rules.leak(),
            later: loaded.later.leak(),
            concordances: loaded.concordances.leak(),
            notices: loaded.notices.leak(),
            offline: false,
            settings: Box::leak(Box::new(settings)),
            by_slug: BTreeMap::new(),
            annexed_to: BTreeMap::new(),
            readings: BTreeMap::new(),
            clauses: BTreeMap::new(),
        };
        library.by_slug = library.notices.iter().map(|it| (it.slug.as_str(), it)).collect();
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
        let readings = library.editions.first().map_or(&[][..], |it| &it.readings);
        for reading in readings {
            let clauses: Vec<_> = reading.clauses.iter().filter_map(|clause| named(library.notices, clause)).collect();
            for (notice, clause) in &clauses {
                let id = clause.map_or("", Clause::id);
                library.readings.entry(&notice.slug).or_default().entry(id).or_default().push(reading);
            }
            for (rubric, row) in rows_of(library.editions, reading) {
                library.clauses.entry((rubric.annex, row.number)).or_default().extend(&clauses);
            }
        }
        library
    }

    /// Is there an older edition beside which the newest can be put, row by row?
    pub fn changes_something(&self) -> bool {
        self.edition().is_some_and(|newest| self.concordances.iter().any(|it| it.newer == newest.id))
    }

    /// What was issued after the editions of the site, each document once; those of the newest edition first.
    pub fn later(&self) -> Vec<&'static LaterDocument> {
        let mut all: Vec<&LaterDocument> = Vec::new();
        for document in self.later.iter().flatten() {
            if all.iter().all(|it| it.id != document.id) {
                all.push(document);
            }
        }
        all
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
                    order.extend(self.edition().and_then(|it| it.rubric(*annex)).map(Document::Rubric));
                }
                Some(Annexed::File(_)) | None => {}
            }
        }
    }

    /// The readings that touch this very clause.
    pub fn readings_of(&self, notice: &Notice, clause: &Clause) -> &[&'static Reading] {
        let found = self.readings.get(notice.slug.as_str()).and_then(|it| it.get(clause.id()));
        found.map_or(&[], Vec::as_slice)
    }

    /// The rows of the newest edition that a reading touches.
    pub fn rows_of(&self, reading: &Reading) -> Vec<(&'static Rubric, &'static Row)> {
        rows_of(self.editions, reading)
    }

    /// The clauses that a row touches by way of its readings.
    pub fn clauses_of(&self, rubric: &Rubric, row: &Row) -> &[Named] {
        self.clauses.get(&(rubric.annex, row.number)).map_or(&[], Vec::as_slice)
    }

    /// The notice whose annexes the rubrics of the newest edition are.
    pub fn of_rubrics(&self) -> Option<&'static Notice> {
        let edition = self.edition()?;
        self.notices.iter().find(|it| it.cited_as() == edition.notice)
    }
}

fn rows_of(editions: &'static [Edition], reading: &Reading) -> Vec<(&'static Rubric, &'static Row)> {
    let rubrics = editions.first().map_or(&[][..], |it| &it.rubrics);
    let rows = rubrics.iter().flat_map(|rubric| rubric.rows().map(move |row| (rubric, row)));
    rows.filter(|(_, row)| row.readings.contains(&reading.id)).collect()
}
