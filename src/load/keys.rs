//! Which keys each kind of data file may have and what they hold, found by asking the readers themselves: a schema made of it takes what
//! they take.

mod described;

use std::collections::{BTreeMap, BTreeSet};

use crate::rubric::Edition;

use super::Lines;
use super::concordance::read_concordance;
use super::edition::{PartNames, read_edition, read_readings, read_rubric};
use super::filing::read_routes;
use super::later::read_later;
use super::places::read_places;
use super::scope::read_scope;
use super::site::read_site;
use super::table::Source;
use super::table::asked::{AskedKey, AskedTable, Asking, all_asked};

pub use described::{all_described, named, sentence};

/// A kind of data file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DataFile {
    Edition,
    Rubric,
    Readings,
    Filing,
    Scope,
    Places,
    Later,
    Concordance,
    Site,
}

/// An edition of which nothing is known: what depends on it may be any word.
fn unknown() -> Edition {
    read_edition(&Source::new(String::new(), ""), None).0
}

impl DataFile {
    pub const ALL: [DataFile; 9] = [
        DataFile::Edition,
        DataFile::Rubric,
        DataFile::Readings,
        DataFile::Filing,
        DataFile::Scope,
        DataFile::Places,
        DataFile::Later,
        DataFile::Concordance,
        DataFile::Site,
    ];

    /// As its schema is called: `rubric`.
    pub fn name(self) -> &'static str {
        match self {
            DataFile::Edition => "edition",
            DataFile::Rubric => "rubric",
            DataFile::Readings => "readings",
            DataFile::Filing => "filing",
            DataFile::Scope => "scope",
            DataFile::Places => "places",
            DataFile::Later => "later",
            DataFile::Concordance => "concordance",
            DataFile::Site => "site",
        }
    }

    /// Reads a file of the kind.
    fn read(self, source: &Source<'_>) {
        match self {
            DataFile::Edition => drop(read_edition(source, None)),
            DataFile::Rubric => drop(read_rubric(source, &unknown(), &PartNames::default(), &mut Lines::new())),
            DataFile::Readings => drop(read_readings(source, &mut Lines::new())),
            DataFile::Filing => drop(read_routes(source, &mut Lines::new())),
            DataFile::Scope => drop(read_scope(source, None)),
            DataFile::Places => drop(read_places(source)),
            DataFile::Later => drop(read_later(source, &unknown())),
            DataFile::Concordance => drop(read_concordance(source, &unknown(), &unknown())),
            DataFile::Site => drop(read_site(source, |_| true)),
        }
    }

    /// The tables of the file by the way to them, `section.group.row`, that of the file itself by none. Each may be one of several
    /// kinds.
    pub fn tables(self) -> BTreeMap<String, Vec<TableKeys>> {
        let all = all_asked(|asked| {
            let source = Source::asking(asked);
            self.read(&source);
            source.into_asked()
        });
        all.into_iter().map(|(path, ways)| (path, kinds(ways))).collect()
    }
}

/// The keys of a table of one kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TableKeys {
    pub keys: BTreeMap<String, AskedKey>,
    /// Those that hold one value in a table of this kind: which word, or whether it is true.
    pub fixed: BTreeMap<String, usize>,
}

/// The kinds of a table, from what was asked for on all ways. Ways that differ in one key alone are one kind.
fn kinds(ways: BTreeSet<AskedTable>) -> Vec<TableKeys> {
    let mut ways: Vec<AskedTable> = ways.into_iter().collect();
    loop {
        let deciding: BTreeSet<String> = ways.iter().flat_map(|it| &it.decided).map(|it| it.0.clone()).collect();
        let Some(fewer) = deciding.iter().find_map(|key| without(&ways, key)) else { break };
        ways = fewer;
    }
    let kinds = ways.into_iter().map(|way| {
        let fixed = way.decided.into_iter().filter(|it| it.1 != Asking::There);
        TableKeys { keys: way.keys, fixed: fixed.map(|(key, _, way)| (key, way)).collect() }
    });
    let kinds: BTreeSet<TableKeys> = kinds.collect();
    kinds.into_iter().collect()
}

/// The same ways where this key decides nothing any more; `None` where it does.
fn without(ways: &[AskedTable], key: &str) -> Option<Vec<AskedTable>> {
    type Others = (Vec<(String, Asking, usize)>, bool);
    let mut groups: BTreeMap<Others, Vec<&AskedTable>> = BTreeMap::new();
    for way in ways {
        let others: Vec<_> = way.decided.iter().filter(|it| it.0 != key).cloned().collect();
        let decides = others.len() != way.decided.len();
        groups.entry((others, decides)).or_default().push(way);
    }
    let mut fewer = Vec::new();
    for ((decided, decides), group) in groups {
        if !decides {
            fewer.extend(group.into_iter().cloned());
            continue;
        }
        let rest = |way: &AskedTable| {
            let mut keys = way.keys.clone();
            keys.remove(key);
            keys
        };
        if group.windows(2).any(|it| rest(it[0]) != rest(it[1])) {
            return None;
        }
        let asking = group[0].decided.iter().find(|it| it.0 == key)?.1;
        let all = group.len() == asking.ways();
        if !all && asking != Asking::There {
            return None;
        }
        let mut keys = rest(group[0]);
        if let Some(there) = group.iter().find_map(|it| it.keys.get(key)) {
            let required = there.required && (asking != Asking::There || !all);
            keys.insert(key.to_owned(), AskedKey { holds: there.holds.clone(), required });
        }
        fewer.push(AskedTable { decided, keys, ..AskedTable::default() });
    }
    Some(fewer)
}
