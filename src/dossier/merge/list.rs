//! Three states of a list whose entries have no numbers: which entry of one is which of the other, and all of them in one
//! list. What is compared are the entries as bytes and their places, so that the program has this once for all lists.

use crate::bytes::wire::Wire;

/// Three lists by number: before, mine and theirs, whatever their entries are.
pub trait ListStates {
    fn len(&self, state: usize) -> usize;
    /// An entry as bytes.
    fn write(&self, state: usize, at: usize, out: &mut Vec<u8>);
    /// Is the entry at this place before much the same as the one at that place of this state?
    fn is_alike(&self, state: usize, was: usize, at: usize) -> bool;
}

/// The lists, and which of their entries are much the same.
pub struct Lists<'l, T>(pub [&'l [T]; 3], pub fn(&T, &T) -> bool);

impl<T: Wire> ListStates for Lists<'_, T> {
    fn len(&self, state: usize) -> usize {
        self.0[state].len()
    }

    fn write(&self, state: usize, at: usize, out: &mut Vec<u8>) {
        self.0[state][at].write(out);
    }

    fn is_alike(&self, state: usize, was: usize, at: usize) -> bool {
        self.1(&self.0[BASE][was], &self.0[state][at])
    }
}

/// The entries of a list, each as its bytes.
type EntryBytes = [Vec<u8>];
/// Is the entry at this place before much the same as the one at that place now?
type Alike<'a> = &'a dyn Fn(usize, usize) -> bool;

const BASE: usize = 0;
/// The sides, each of which is the state after its number.
const MINE: usize = 0;
const THEIRS: usize = 1;

/// Which entry of the state before each entry of a list was: the same, one that is much the same, or the only one that can
/// have stood in its place. `None` for a new one.
fn origins(before: &EntryBytes, now: &EntryBytes, alike: Alike<'_>) -> Vec<Option<usize>> {
    let mut free = vec![true; before.len()];
    let mut origins = vec![None; now.len()];
    // what stands unchanged at both ends is found at once, however long the list is
    let head = before.iter().zip(now).take_while(|(a, b)| a == b).count();
    let room = before.len().min(now.len()) - head;
    let tail = before.iter().rev().zip(now.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    let ends = (0..head).map(|at| (at, at)).chain((1..=tail).map(|it| (before.len() - it, now.len() - it)));
    for (was, at) in ends {
        (free[was], origins[at]) = (false, Some(was));
    }
    let same = |was: usize, at: usize| before[was] == now[at];
    for fits in [&same as Alike<'_>, alike] {
        for (at, origin) in origins.iter_mut().enumerate().filter(|it| it.1.is_none()) {
            *origin = (0..before.len()).find(|was| free[*was] && fits(*was, at));
            origin.iter().for_each(|was| free[*was] = false);
        }
    }
    for at in 0..now.len() {
        let above = at.checked_sub(1).map_or(Some(0), |it| origins[it].map(|was: usize| was + 1));
        if let Some(was) = above.filter(|was| origins[at].is_none() && free.get(*was) == Some(&true)) {
            (free[was], origins[at]) = (false, Some(was));
        }
    }
    origins
}

/// One side of a merge.
struct ListSide<'l> {
    now: &'l EntryBytes,
    origins: Vec<Option<usize>>,
}

impl ListSide<'_> {
    fn of_origin(&self, was: usize) -> Option<usize> {
        self.origins.iter().position(|it| *it == Some(was))
    }

    /// The old entries in the order in which they stand now.
    fn order(&self) -> Vec<usize> {
        self.origins.iter().flatten().copied().collect()
    }

    fn is_moved(&self) -> bool {
        self.order().windows(2).any(|it| it[1] < it[0])
    }

    /// The new entries that stand below this old one, or at the top.
    fn added(&self, below: Option<usize>) -> Vec<usize> {
        let mut above = None;
        let mut added = Vec::new();
        for (at, was) in self.origins.iter().enumerate() {
            match was {
                Some(was) => above = Some(*was),
                None if above == below => added.push(at),
                None => {}
            }
        }
        added
    }
}

/// What a merged list consists of.
#[derive(Default)]
pub struct JoinedList {
    /// From which side each entry is taken, mine or theirs, and its place there.
    pub taken: Vec<(usize, usize)>,
    /// The places of what both changed, each in its own way: mine and theirs.
    pub clashes: Vec<[usize; 2]>,
}

fn joined_list(base: &EntryBytes, sides: [&ListSide<'_>; 2]) -> JoinedList {
    let [mine, theirs] = sides;
    let mut order: Vec<usize> = match (mine.is_moved(), theirs.is_moved()) {
        (false, false) => Vec::new(),
        (true, false) => mine.order(),
        (false, true) => theirs.order(),
        // either way would do; it must only be the same for both sides
        (true, true) => mine.order().min(theirs.order()),
    };
    for was in 0..base.len() {
        if !order.contains(&was) {
            let above = order.iter().position(|it| Some(*it) == was.checked_sub(1));
            order.insert(above.map_or(0, |it| it + 1), was);
        }
    }
    let mut joined = JoinedList::default();
    for was in [None].into_iter().chain(order.into_iter().map(Some)) {
        if let Some(was) = was {
            joined.stays(&base[was], sides, sides.map(|it| it.of_origin(was)));
        }
        let text = |(side, at): &(usize, usize)| &sides[*side].now[*at];
        let texts = |list: &[(usize, usize)]| list.iter().map(|it| text(it).clone()).collect::<Vec<_>>();
        let mut one: Vec<_> = theirs.added(was).into_iter().map(|at| (THEIRS, at)).collect();
        let mut other: Vec<_> = mine.added(was).into_iter().map(|at| (MINE, at)).collect();
        // in an order that is the same for both sides
        if texts(&other) < texts(&one) {
            std::mem::swap(&mut one, &mut other);
        }
        // both added the same: there once
        for twice in &one {
            if let Some(at) = other.iter().position(|it| text(it) == text(twice)) {
                other.remove(at);
            }
        }
        joined.taken.extend(one.into_iter().chain(other));
    }
    joined
}

impl JoinedList {
    /// An entry of the state before, and where each side has it now.
    fn stays(&mut self, before: &[u8], sides: [&ListSide<'_>; 2], at: [Option<usize>; 2]) {
        let is_old = |side: usize, at: usize| sides[side].now[at] == before;
        match at {
            [None, None] => {}
            [Some(at), None] if is_old(MINE, at) => {}
            [None, Some(at)] if is_old(THEIRS, at) => {}
            [Some(mine), None] => self.taken.push((MINE, mine)),
            [Some(mine), Some(theirs)] if is_old(THEIRS, theirs) => self.taken.push((MINE, mine)),
            [None, Some(theirs)] => self.taken.push((THEIRS, theirs)),
            [Some(mine), Some(theirs)] => {
                self.taken.push((THEIRS, theirs));
                if !is_old(MINE, mine) && sides[MINE].now[mine] != sides[THEIRS].now[theirs] {
                    self.clashes.push([mine, theirs]);
                }
            }
        }
    }
}

/// Which entries one list has that has what both sides changed. What one side deleted and the other one changed stays, as it
/// was changed; of what both changed, each in its own way, theirs stays.
pub fn merge_list(states: &dyn ListStates) -> JoinedList {
    let [before, ours, others] = [BASE, 1 + MINE, 1 + THEIRS].map(|state| {
        let encoded = |at| {
            let mut out = Vec::new();
            states.write(state, at, &mut out);
            out
        };
        (0..states.len(state)).map(encoded).collect::<Vec<_>>()
    });
    let all_of = |side, list: &EntryBytes| JoinedList {
        taken: (0..list.len()).map(|at| (side, at)).collect(),
        clashes: Vec::new(),
    };
    if others == before || ours == others {
        return all_of(MINE, &ours);
    }
    if ours == before {
        return all_of(THEIRS, &others);
    }
    let [ours, others] = [(MINE, &ours), (THEIRS, &others)].map(|(side, now)| ListSide {
        now,
        origins: origins(&before, now, &|was, at| states.is_alike(1 + side, was, at)),
    });
    joined_list(&before, [&ours, &others])
}
