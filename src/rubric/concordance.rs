//! 新旧对照: which rows of an edition became which rows of a newer one.

/// The rows of two editions, put beside each other by a person. Every row of both stands in it once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Concordance {
    /// Ids of the editions.
    pub older: String,
    pub newer: String,
    pub rows: Vec<RowsPaired>,
}

/// Rows that became other rows: one of each where a row was kept, none newer where it was struck out, none older where it
/// is new, several where rows were joined or divided.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowsPaired {
    pub older: Vec<RowName>,
    pub newer: Vec<RowName>,
    /// Whoever answered the older row has answered the newer one: they have the same words and ask the same, or an editor says so.
    pub keeps: bool,
    /// What changed, in an editor's words; may be empty.
    pub note: String,
}

/// `1-13`: a row of any rubric of an edition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowName {
    pub annex: u8,
    pub number: u16,
}

impl RowName {
    /// As it is written: the number of the annex and of the row, without zeros before them.
    pub fn read(written: &str) -> Option<RowName> {
        let (annex, number) = written.split_once('-')?;
        let plain = |it: &str| !it.starts_with(['0', '+']);
        let read = RowName { annex: annex.parse().ok()?, number: number.parse().ok()? };
        (plain(annex) && plain(number)).then_some(read)
    }
}

impl std::fmt::Display for RowName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.annex, self.number)
    }
}

impl Concordance {
    /// The number of the newer rubric whose rows those of the older one became; `None` where all were struck out.
    pub fn newer_annex(&self, older: u8) -> Option<u8> {
        let of_it = self.rows.iter().filter(|it| it.older.iter().any(|row| row.annex == older));
        of_it.flat_map(|it| &it.newer).map(|it| it.annex).next()
    }
}
