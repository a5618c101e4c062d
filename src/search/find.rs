//! From a query to the places where it stands, and the words around them.

use crate::order;

use super::{Corpus, Doc, Unit, fold};

/// The corpus, laid out for looking through it from end to end: it is small, and every place is looked at.
pub struct Index {
    docs: Vec<Doc>,
    letters: Vec<Letter>,
    /// Where each unit begins in `letters`: document, unit, position.
    units: Vec<(usize, usize, usize)>,
    /// The names of each unit, as they are compared: 三（三） and 某职鉴〔2021〕1号 三（三）.
    names: Vec<[String; 2]>,
}

/// A character as it is compared, and the letters with which its readings begin, one bit each.
#[derive(Clone, Copy)]
struct Letter {
    folded: char,
    initials: u32,
    rare: u32,
    /// Its place in the text of its unit, in bytes.
    at: u32,
}

/// Stands between documents. No query has it, so no hit runs over into the next document.
const END: Letter = Letter { folded: '\0', initials: 0, rare: 0, at: 0 };

/// What was found: at most so many hits as were asked for, the best documents first, and how many there are in all.
#[derive(Debug, Default, PartialEq)]
pub struct Found<'i> {
    pub docs: Vec<(&'i Doc, Vec<Hit<'i>>)>,
    /// Units with a hit.
    pub n_units: usize,
    /// Documents with a hit.
    pub n_docs: usize,
}

/// The first place in a unit where the query stands.
#[derive(Debug, PartialEq)]
pub struct Hit<'i> {
    pub unit: &'i Unit,
    /// The words around it, on one line.
    pub before: String,
    pub marked: String,
    pub after: String,
}

/// How well a unit answers. The characters themselves are better than pinyin, and that is better than the pinyin of
/// rare readings; then a heading or title is better than text.
type Rank = (u8, bool);

const VERY: u8 = 2;
const SOUNDS: u8 = 1;
const RARELY: u8 = 0;

/// A unit, how well it answers, and where in it the hit begins and ends, as positions in `letters`.
type RankedHit = (usize, Rank, (usize, usize));

impl Index {
    pub fn new(corpus: Corpus) -> Index {
        let (initials, rare) = (Bits::of(&corpus.initials), Bits::of(&corpus.rare_initials));
        let mut index = Index { docs: corpus.docs, letters: Vec::new(), units: Vec::new(), names: Vec::new() };
        for (d, doc) in index.docs.iter().enumerate() {
            for (u, unit) in doc.units.iter().enumerate() {
                index.units.push((d, u, index.letters.len()));
                let name = |number: &str| number.chars().chain(unit.label.chars()).filter_map(fold).collect();
                // a unit without a name of its own is not found by the name of its document
                let whole = if unit.label.is_empty() { String::new() } else { name(&doc.number) };
                index.names.push([name(""), whole]);
                let folded = unit.text.char_indices().filter_map(|(at, it)| Some((at, fold(it)?)));
                index.letters.extend(folded.map(|(at, folded)| Letter {
                    folded,
                    initials: initials.get(folded),
                    rare: rare.get(folded),
                    at: at as u32,
                }));
            }
            index.letters.push(END);
        }
        index
    }

    /// All units in which the query stands, as typed or by the initials of its pinyin.
    pub fn find(&self, query: &str, most: usize) -> Found<'_> {
        let wanted: Vec<char> = query.chars().filter_map(fold).collect();
        let mut hits = if wanted.is_empty() { self.as_typed(query.trim()) } else { self.hits(&wanted) };
        if hits.is_empty() {
            hits = self.word_by_word(query);
        }
        self.by_doc(hits, most)
    }

    /// For several words with spaces between them that stand nowhere in this order: the units that hold each of them.
    fn word_by_word(&self, query: &str) -> Vec<RankedHit> {
        let words = query.split_whitespace().map(|it| it.chars().filter_map(fold).collect::<Vec<char>>());
        let mut words: Vec<_> = words.filter(|it| !it.is_empty()).take(8).collect();
        // the longest says most: where not all stand together, it alone is looked for
        order::sort_by_key(&mut words, |it| std::cmp::Reverse(it.len()));
        let [longest, others @ ..] = &words[..] else { return Vec::new() };
        if others.is_empty() {
            return Vec::new();
        }
        let hits = self.hits(longest);
        let mut together = hits.clone();
        for other in others.iter().map(|it| self.hits(it)) {
            together.retain(|hit| other.binary_search_by_key(&hit.0, |it| it.0).is_ok());
        }
        if together.is_empty() { hits } else { together }
    }

    /// The unit of that page with that id.
    pub fn unit(&self, address: &str, id: &str) -> Option<(&Doc, &Unit)> {
        let doc = self.docs.iter().find(|it| it.address == address)?;
        Some((doc, doc.units.iter().find(|it| it.id == id)?))
    }

    /// In the order of the units.
    fn hits(&self, wanted: &[char]) -> Vec<RankedHit> {
        let by_initials = wanted.iter().any(char::is_ascii_lowercase);
        let bits: Vec<u32> =
            wanted.iter().map(|it| if it.is_ascii_lowercase() { 1 << (*it as u32 - 'a' as u32) } else { 0 }).collect();
        let name: String = wanted.iter().collect();
        let n = wanted.len();
        let mut hits = Vec::new();
        for (u, &(doc, unit, from)) in self.units.iter().enumerate() {
            let to = self.units.get(u + 1).map_or(self.letters.len(), |it| it.2);
            let starts = from..to.min((self.letters.len() + 1).saturating_sub(n));
            let window = |at: usize| &self.letters[at..at + n];
            let very = |at: &usize| window(*at).iter().zip(wanted).all(|(it, wanted)| it.folded == *wanted);
            let sounds = |at: usize, rare: u32| {
                let pairs = window(at).iter().zip(wanted).zip(&bits);
                pairs
                    .into_iter()
                    .all(|((it, wanted), bit)| it.folded == *wanted || (it.initials | it.rare & rare) & bit != 0)
            };
            let mut found = starts.clone().find(very).map(|it| (VERY, it));
            if self.names[u].contains(&name) {
                let at = found.map_or((from, from), |it| (it.1, it.1 + n));
                hits.push((u, (VERY, true), at));
                continue;
            }
            if by_initials && found.is_none() {
                found = starts.clone().find(|it| sounds(*it, 0)).map(|it| (SOUNDS, it));
                found = found.or_else(|| starts.clone().find(|it| sounds(*it, u32::MAX)).map(|it| (RARELY, it)));
            }
            if let Some((how, at)) = found {
                let unit = &self.docs[doc].units[unit];
                let top = unit.id.is_empty() && self.letters[at].at < TOP;
                let heads = top || !unit.text.contains('\n') && unit.text.len() < SHORT;
                hits.push((u, (how, heads && how == VERY), (at, at + n)));
            }
        }
        hits
    }

    /// For a query such as a few dashes, none of whose characters is compared: it is looked for in the text as it was
    /// typed.
    fn as_typed(&self, query: &str) -> Vec<RankedHit> {
        if query.is_empty() {
            return Vec::new();
        }
        let stands = |it: &(usize, &(usize, usize, usize))| self.docs[it.1.0].units[it.1.1].text.contains(query);
        self.units.iter().enumerate().filter(stands).map(|(u, it)| (u, (VERY, false), (it.2, it.2))).collect()
    }

    fn by_doc(&self, hits: Vec<RankedHit>, most: usize) -> Found<'_> {
        let mut docs: Vec<(usize, Rank, Vec<_>)> = Vec::new();
        let n_units = hits.len();
        for hit in hits {
            let doc = self.units[hit.0].0;
            match docs.last_mut().filter(|it| it.0 == doc) {
                Some((_, best, all)) => {
                    *best = (*best).max(hit.1);
                    all.push(hit);
                }
                None => docs.push((doc, hit.1, vec![hit])),
            }
        }
        let n_docs = docs.len();
        // sorting is stable: the order of the site decides between equals
        order::sort_by_key(&mut docs, |it| std::cmp::Reverse(it.1));
        let mut left = most;
        let mut found = Found { docs: Vec::new(), n_units, n_docs };
        for (i, (doc, _, mut all)) in docs.into_iter().enumerate() {
            order::sort_by_key(&mut all, |it| std::cmp::Reverse(it.1));
            // every document gets its share before one takes all
            let share = left.div_ceil(n_docs.saturating_sub(i).clamp(1, 4));
            all.truncate(share.min(left));
            left -= all.len();
            if !all.is_empty() {
                found.docs.push((&self.docs[doc], all.into_iter().map(|it| self.hit(it.0, it.2)).collect()));
            }
        }
        found
    }

    fn hit(&self, u: usize, (from, to): (usize, usize)) -> Hit<'_> {
        let (doc, unit, _) = self.units[u];
        let unit = &self.docs[doc].units[unit];
        let text = unit.text.as_str();
        // of a hit that runs over into the next unit, only the part in this one is shown
        let next = self.units.get(u + 1).map_or(self.letters.len(), |it| it.2);
        let begin = if from < to { self.letters[from].at as usize } else { 0 };
        let last = if from < to { self.letters[to.min(next) - 1].at as usize } else { 0 };
        let end = if from < to { last + text[last..].chars().next().map_or(0, char::len_utf8) } else { 0 };
        let before: Vec<char> = text[..begin].chars().rev().take(AROUND.0 + 1).collect();
        let cut = AROUND.0 < before.len();
        let mut lead: String = before.into_iter().take(AROUND.0).rev().collect();
        if cut {
            lead.insert(0, '…');
        }
        let mut after: String = text[end..].chars().take(AROUND.1).collect();
        if after.len() < text.len() - end {
            after.push('…');
        }
        Hit { unit, before: one_line(&lead), marked: one_line(&text[begin..end]), after: one_line(&after) }
    }
}

/// For each character the letters in whose lists it stands, one bit each. Characters ascend.
struct Bits(Vec<(char, u32)>);

impl Bits {
    fn of(lists: &[String]) -> Bits {
        let with_bit = |(bit, chars): (usize, &String)| chars.chars().map(move |it| (it, 1 << bit)).collect::<Vec<_>>();
        let mut bits: Vec<(char, u32)> = lists.iter().enumerate().flat_map(with_bit).collect();
        order::sort(&mut bits);
        bits.dedup_by(|next, first| {
            let same = next.0 == first.0;
            first.1 |= if same { next.1 } else { 0 };
            same
        });
        Bits(bits)
    }

    fn get(&self, of: char) -> u32 {
        self.0.binary_search_by_key(&of, |it| it.0).map_or(0, |at| self.0[at].1)
    }
}

/// How many characters are shown before and after a hit.
const AROUND: (usize, usize) = (16, 44);

/// In bytes: how far down the first unit of a page its title reaches, and how long a heading is at most.
const TOP: u32 = 240;
const SHORT: usize = 90;

fn one_line(text: &str) -> String {
    text.chars().map(|it| if it == '\n' { ' ' } else { it }).collect()
}
