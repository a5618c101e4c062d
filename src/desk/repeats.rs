//! What came in more than once: the very same sheet, or another version of it.

use std::sync::OnceLock;

use crate::dossier::paired;
use crate::order;

use super::{Desk, Entry};

/// Entries that belong together, by their positions on the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Equal in unit, edition, annex, occupation, levels and every answer.
    Same(Vec<usize>),
    /// Equal in unit, edition, annex and occupation, but not in the answers.
    Versions {
        entries: Vec<usize>,
        /// The one made last, where the days of all are known and no other version has the same day.
        newest: Option<usize>,
    },
}

/// What an entry repeats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Repeated {
    /// The very same sheet came too.
    pub same: bool,
    /// Other versions came too.
    pub version: Option<Age>,
}

/// How old a version is, compared with the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    Newest,
    Older,
    /// The dates do not tell which is newer.
    Unknown,
}

/// What every entry repeats, from when it is asked for until another entry comes: every order and every table asks for it.
#[derive(Clone, Debug, Default)]
pub(super) struct KeptRepeats(OnceLock<Vec<Repeated>>);

/// It follows from the entries, so desks do not differ by it.
impl PartialEq for KeptRepeats {
    fn eq(&self, _: &KeptRepeats) -> bool {
        true
    }
}

impl Repeated {
    pub fn is_any(self) -> bool {
        self.same || self.version.is_some()
    }

    /// 另有完全相同的一份；另有其他版本，这份最新, empty where it is the only one.
    pub fn in_words(self) -> String {
        let version = self.version.map(|age| match age {
            Age::Newest => "另有其他版本，这份最新",
            Age::Older => "另有其他版本，这份较旧",
            Age::Unknown => "另有其他版本，新旧不明",
        });
        let words: Vec<_> = self.same.then_some("另有完全相同的一份").into_iter().chain(version).collect();
        words.join("；")
    }
}

impl Desk {
    /// All repeats, in the order in which the first entry of each came in.
    pub fn repeats(&self) -> Vec<Repeat> {
        let entries = &self.entries;
        let mut by_unit: Vec<usize> = (0..entries.len()).filter(|it| says_something(&entries[*it])).collect();
        // a name is read as it is compared once, not with every comparison
        let whom: Vec<_> = entries.iter().map(of_whom).collect();
        order::sort_by(&mut by_unit, |a, b| whom[*a].cmp(&whom[*b]));
        let mut repeats = Vec::new();
        for group in by_unit.chunk_by(|a, b| whom[*a] == whom[*b]).filter(|it| 1 < it.len()) {
            let versions = versions(entries, group);
            // without a name of the unit nobody knows whether two sheets belong to one unit
            if 1 < versions.len() && is_named(&entries[group[0]]) {
                let newest = newest(entries, &versions);
                repeats.push(Repeat::Versions { entries: group.to_vec(), newest });
            }
            repeats.extend(versions.into_iter().filter(|it| 1 < it.len()).map(Repeat::Same));
        }
        order::sort_by_key(&mut repeats, |repeat| match repeat {
            Repeat::Same(entries) | Repeat::Versions { entries, .. } => entries[0],
        });
        repeats
    }

    /// For every entry of the desk, what it repeats.
    pub fn repeated(&self) -> &[Repeated] {
        self.kept.0.get_or_init(|| self.repeated_anew())
    }

    fn repeated_anew(&self) -> Vec<Repeated> {
        let mut repeated = vec![Repeated::default(); self.entries.len()];
        for repeat in self.repeats() {
            match repeat {
                Repeat::Same(entries) => entries.into_iter().for_each(|it| repeated[it].same = true),
                Repeat::Versions { entries, newest } => {
                    let latest = newest.map(|it| content(&self.entries[it]));
                    for at in entries {
                        repeated[at].version = Some(match latest {
                            None => Age::Unknown,
                            Some(latest) if latest == content(&self.entries[at]) => Age::Newest,
                            Some(_) => Age::Older,
                        });
                    }
                }
            }
        }
        repeated
    }
}

impl Desk {
    /// For every entry, whether a later one stands for it: of equal sheets all but the latest, of versions those that are
    /// older.
    pub fn left_out(&self) -> Vec<bool> {
        let mut out = vec![false; self.entries.len()];
        for repeat in self.repeats() {
            match repeat {
                Repeat::Same(entries) => {
                    let latest = entries.iter().max_by_key(|it| (self.entries[**it].day, std::cmp::Reverse(**it)));
                    entries.iter().filter(|it| Some(*it) != latest).for_each(|it| out[*it] = true);
                }
                Repeat::Versions { entries, newest: Some(newest) } => {
                    let latest = content(&self.entries[newest]);
                    entries.iter().filter(|it| content(&self.entries[**it]) != latest).for_each(|it| out[*it] = true);
                }
                Repeat::Versions { newest: None, .. } => {}
            }
        }
        out
    }
}

/// Entries of one group by what is in them, in the order in which the first of each came in. A group may have thousands:
/// codes are without the name of the unit.
fn versions(entries: &[Entry], group: &[usize]) -> Vec<Vec<usize>> {
    let mut by_content = group.to_vec();
    order::sort_by(&mut by_content, |a, b| content(&entries[*a]).cmp(&content(&entries[*b])));
    let equal = by_content.chunk_by(|a, b| content(&entries[*a]) == content(&entries[*b]));
    let mut versions: Vec<Vec<usize>> = equal.map(<[usize]>::to_vec).collect();
    order::sort_by_key(&mut versions, |it| it[0]);
    versions
}

/// Two empty sheets without a unit are not a repeat.
fn says_something(entry: &Entry) -> bool {
    is_named(entry) || !entry.answers.is_empty()
}

/// Does it name a unit? A name of nothing but blanks and marks is none, as it is compared.
fn is_named(entry: &Entry) -> bool {
    !paired(&entry.unit).is_empty()
}

/// The fields by which entries belong together. A name with other brackets or with blanks is the same name.
fn of_whom(entry: &Entry) -> impl Ord + PartialEq + '_ {
    (paired(&entry.unit), entry.annex, &entry.edition, &entry.occupation, &entry.code)
}

fn content(entry: &Entry) -> impl Ord + Copy + '_ {
    (&entry.levels, &entry.answers)
}

/// The latest entry of the latest version; `None` where the dates do not tell which version that is.
fn newest(entries: &[Entry], versions: &[Vec<usize>]) -> Option<usize> {
    let latest = |version: &Vec<usize>| {
        let days = version.iter().map(|it| Some((entries[*it].day?, *it))).collect::<Option<Vec<_>>>()?;
        days.into_iter().max_by_key(|(day, at)| (*day, std::cmp::Reverse(*at)))
    };
    let days: Vec<(u32, usize)> = versions.iter().map(latest).collect::<Option<_>>()?;
    let (day, at) = days.iter().copied().max_by_key(|it| it.0)?;
    (days.iter().filter(|it| it.0 == day).count() == 1).then_some(at)
}
