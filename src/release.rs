//! What a site, a paper or a file was made by: the version of the program, and a hash of all that the site is made of.

/// As pages carry it in `data-release`: `0.1.0-1a2b3c4d5e6f`. Empty where nobody said it, as on a page of an earlier version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Release<'r>(pub &'r str);

/// So many letters of a hash are shown: enough to tell any two sites apart, and read out on the telephone.
pub const SHOWN: usize = 12;

impl Release<'_> {
    /// `0.1.0 · 1a2b3c4d5e6f`; the version may have a hyphen itself, the hash has none.
    pub fn words(self) -> String {
        let (version, hash) = self.0.rsplit_once('-').unwrap_or((self.0, ""));
        [version, hash].join(" · ")
    }
}
