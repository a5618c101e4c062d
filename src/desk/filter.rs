//! Which lines of the table are shown, by any combination of conditions.

use super::{Desk, Entry, Standing};

/// Conditions that must all be met. The default keeps everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Must occur in the unit, its place, the occupation or its code, in small letters or capitals.
    pub text: String,
    pub annex: Option<u8>,
    pub standing: Option<Standing>,
    /// Only where a veto stands.
    pub vetoed: bool,
    /// Only what came more than once, or in more than one version.
    pub repeated: bool,
    /// Of what came more than once, only the latest; all versions where the days do not tell which that is.
    pub newest: bool,
}

impl Filter {
    /// Checks every condition but `repeated` and `newest`, which depend on the other entries too.
    pub fn keeps(&self, entry: &Entry) -> bool {
        let text = self.text.trim().to_lowercase();
        let named = [&entry.unit, &entry.place, entry.occupation.as_ref().unwrap_or(&entry.code), &entry.code];
        (text.is_empty() || named.iter().any(|it| it.to_lowercase().contains(&text)))
            && self.annex.is_none_or(|it| it == entry.annex)
            && self.standing.is_none_or(|it| it == entry.standing)
            && (!self.vetoed || entry.is_vetoed())
    }
}

impl Desk {
    /// Positions of the entries that are shown, in the order in which they came.
    pub fn shown(&self, filter: &Filter) -> Vec<usize> {
        let mut shown: Vec<usize> = (0..self.entries.len()).collect();
        if filter.repeated {
            let repeated = self.repeated();
            shown.retain(|it| repeated[*it].is_any());
        }
        if filter.newest {
            let left_out = self.left_out();
            shown.retain(|it| !left_out[*it]);
        }
        shown.retain(|it| filter.keeps(&self.entries[*it]));
        shown
    }

    /// How many of these entries there are of each kind of 结论, in the order of [`Standing::ALL`].
    pub fn standings(&self, shown: &[usize]) -> [usize; 4] {
        let is = |at: &usize, standing| self.entries.get(*at).is_some_and(|it| it.standing == standing);
        Standing::ALL.map(|standing| shown.iter().filter(|at| is(at, standing)).count())
    }
}
