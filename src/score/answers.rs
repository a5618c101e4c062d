//! What an applicant has said so far. Unanswered is absent, never zero.

use crate::bytes::wire::{Bytes, Wire, wire_struct};
use crate::rubric::{Fact, Rule};

/// One fact about one row. The unit of the value is [`Fact::measure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Given {
    pub row: u16,
    pub fact: Fact,
    pub value: i64,
}

/// The facts given on one sheet, sorted by row and fact, so the order in which they were given makes no difference.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answers(Vec<Given>);

/// The facts of a sheet for whoever goes from row to row: in printed order no row is searched for.
pub struct FactsInOrder<'a> {
    all: &'a [Given],
    /// Where the facts of the next row begin, behind those of this row.
    at: usize,
    before: Option<u16>,
}

/// The facts given about one row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowFacts<'a>(&'a [Given]);

impl Answers {
    pub fn row(&self, row: u16) -> RowFacts<'_> {
        // a sheet is mostly filled in printed order: then a row that comes after the last one needs no search
        let start = match self.0.last() {
            Some(last) if last.row < row => self.0.len(),
            Some(last) if last.row == row => {
                let n = self.0.iter().rev().take_while(|it| it.row == row).count();
                return RowFacts(&self.0[self.0.len() - n..]);
            }
            _ => self.0.partition_point(|it| it.row < row),
        };
        let n = self.0[start..].iter().take_while(|it| it.row == row).count();
        RowFacts(&self.0[start..start + n])
    }

    pub fn in_order(&self) -> FactsInOrder<'_> {
        FactsInOrder { all: &self.0, at: 0, before: None }
    }

    pub fn get(&self, row: u16, fact: Fact) -> Option<i64> {
        self.row(row).get(fact)
    }

    /// Gives a fact, or takes it back where `value` is `None`; returns the value before.
    pub fn set(&mut self, row: u16, fact: Fact, value: Option<i64>) -> Option<i64> {
        let found = match self.0.last() {
            Some(last) if (last.row, last.fact) < (row, fact) => Err(self.0.len()),
            _ => self.0.binary_search_by_key(&(row, fact), |it| (it.row, it.fact)),
        };
        match (found, value) {
            (Ok(at), Some(value)) => Some(std::mem::replace(&mut self.0[at].value, value)),
            (Ok(at), None) => Some(self.0.remove(at).value),
            (Err(at), Some(value)) => {
                self.0.insert(at, Given { row, fact, value });
                None
            }
            (Err(_), None) => None,
        }
    }

    /// Removes all facts about a row; returns them.
    pub fn clear(&mut self, row: u16) -> Vec<Given> {
        let taken = self.row(row).0.to_vec();
        self.0.retain(|it| it.row != row);
        taken
    }

    pub fn iter(&self) -> impl Iterator<Item = &Given> {
        self.0.iter()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Forgets all facts but keeps the allocated memory for the next sheet.
    pub fn reset(&mut self) {
        self.0.clear();
    }
}

impl<'a> FactsInOrder<'a> {
    pub fn row(&mut self, row: u16) -> RowFacts<'a> {
        let is_next = self.before < Some(row) && self.all.get(self.at).is_none_or(|it| row <= it.row);
        self.before = Some(row);
        if !is_next {
            self.at = self.all.partition_point(|it| it.row < row);
        }
        let rest = &self.all[self.at..];
        let n = rest.iter().take_while(|it| it.row == row).count();
        self.at += n;
        RowFacts(&rest[..n])
    }
}

impl FromIterator<Given> for Answers {
    fn from_iter<I: IntoIterator<Item = Given>>(given: I) -> Answers {
        let mut answers = Answers::default();
        for given in given {
            answers.set(given.row, given.fact, Some(given.value));
        }
        answers
    }
}

impl<'a> RowFacts<'a> {
    /// All facts, sorted.
    pub fn given(self) -> &'a [Given] {
        self.0
    }

    pub fn get(self, fact: Fact) -> Option<i64> {
        self.0.iter().find(|it| it.fact == fact).map(|it| it.value)
    }

    pub fn yes(self, fact: Fact) -> Option<bool> {
        self.get(fact).map(|it| it != 0)
    }

    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Without the lowest and the highest estimate, which stand behind all other facts of a row that has them, and move no
    /// score.
    pub fn without_estimates(self) -> RowFacts<'a> {
        let n = self.0.iter().take_while(|it| !matches!(it.fact, Fact::Low | Fact::High)).count();
        RowFacts(&self.0[..n])
    }

    /// The estimates alone.
    pub fn estimates(self) -> &'a [Given] {
        &self.0[self.without_estimates().0.len()..]
    }

    /// The facts that tell something: of a row with three requirements, that the first is met counts for nothing once the
    /// others are answered, as records from before it was asked lack it.
    pub fn telling(self, rule: &Rule) -> RowFacts<'a> {
        let rest = match (rule, self.0) {
            (Rule::Combined { .. }, [Given { fact: Fact::Met, value: 1, .. }, rest @ ..]) => RowFacts(rest),
            _ => return self,
        };
        let whole = rest.get(Fact::Detailed).is_some() && rest.get(Fact::Operable).is_some();
        if whole { rest } else { self }
    }
}

wire_struct! {
    Given { row, fact, value }
}

impl Wire for Answers {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }
    /// Sorts the facts, whatever order the bytes have them in.
    fn read(from: &mut Bytes<'_>) -> Answers {
        Vec::<Given>::read(from).into_iter().collect()
    }
}
