//! What a newer edition changed, row by row.

use crate::rubric::{Concordance, Edition, Row, RowName, RowsPaired};

/// Rows of two editions that stand beside each other, and in what they differ.
#[derive(Clone, Debug, PartialEq)]
pub struct RevisedRows<'e> {
    pub pair: &'e RowsPaired,
    pub older: Vec<&'e Row>,
    pub newer: Vec<&'e Row>,
    pub revision: Revision,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revision {
    /// Everything is as it was, at most its number is another.
    None,
    /// The same thing is asked in a row of its own, with other words, points, veto or methods.
    Changed {
        words: bool,
        points: bool,
        veto: bool,
        methods: bool,
    },
    /// Rows were joined or divided.
    Regrouped,
    Gone,
    New,
}

/// In the order of the concordance.
pub fn revised<'e>(older: &'e Edition, newer: &'e Edition, rows: &'e Concordance) -> Vec<RevisedRows<'e>> {
    let row = |edition: &'e Edition, name: &RowName| edition.rubric(name.annex)?.row(name.number);
    let all = |edition: &'e Edition, names: &[RowName]| names.iter().filter_map(|it| row(edition, it)).collect();
    rows.rows
        .iter()
        .map(|pair| {
            let (older, newer): (Vec<&Row>, Vec<&Row>) = (all(older, &pair.older), all(newer, &pair.newer));
            let revision = match (&older[..], &newer[..]) {
                ([], _) => Revision::New,
                (_, []) => Revision::Gone,
                ([one], [other]) => between(one, other),
                _ => Revision::Regrouped,
            };
            RevisedRows { pair, older, newer, revision }
        })
        .collect()
}

fn between(older: &Row, newer: &Row) -> Revision {
    let words = (&older.content, &older.standard) != (&newer.content, &newer.standard);
    let points = older.points != newer.points;
    let printed = |row: &Row| row.veto.as_ref().map(|it| (it.phrase.clone(), it.blocks));
    let veto = printed(older) != printed(newer);
    let methods = older.methods != newer.methods;
    if words || points || veto || methods { Revision::Changed { words, points, veto, methods } } else { Revision::None }
}

impl Revision {
    /// For a person: 文字、分值有改动.
    pub fn in_words(self) -> String {
        match self {
            Revision::None => "没有改动".to_owned(),
            Revision::Changed { words, points, veto, methods } => {
                let all = [(words, "文字"), (points, "分值"), (veto, "否决"), (methods, "评估方式")];
                let changed: Vec<&str> = all.iter().filter(|it| it.0).map(|it| it.1).collect();
                format!("{}有改动", changed.join("、"))
            }
            Revision::Regrouped => "合并或拆分".to_owned(),
            Revision::Gone => "删去".to_owned(),
            Revision::New => "新增".to_owned(),
        }
    }
}
