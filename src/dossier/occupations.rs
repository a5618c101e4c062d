//! From the declared rows to occupation sheets: one for each 职业（工种/方向）.

use crate::bytes::crc::crc32;
use crate::filing::scope::{DeclaredRow, Scope, levels, plain};
use crate::letters::wide_bracket;
use crate::rubric::{Edition, Part};

use super::{Dossier, Shared, Sheet};

/// 职业（工种/方向）: what one occupation sheet is for, and the rows that declare it.
#[derive(Clone, Debug, PartialEq)]
pub struct Occupation {
    /// The annex of its rubric.
    pub annex: u8,
    /// 职业编码.
    pub code: String,
    /// 车工（数控车床）.
    pub title: String,
    /// All levels declared for it, from 5 down.
    pub levels: Vec<u8>,
    /// Positions of its rows in the declaration.
    pub rows: Vec<usize>,
}

/// What a row declares, as rows are compared with each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Declares {
    /// Of the words, so that most rows are told apart without reading these.
    mark: u32,
    code: String,
    title: String,
    levels: Vec<u8>,
    own_students: bool,
}

impl Declares {
    pub fn of(scope: &Scope, row: &DeclaredRow) -> Declares {
        let (code, title) = (plain::code(&row.code), title(scope, row));
        let levels = levels::read(&scope.levels, &row.levels).unwrap_or_default();
        let mark = crc32(&[code.as_bytes(), title.as_bytes()].concat());
        Declares { mark, code, title, levels, own_students: row.school.is_some() }
    }
}

impl Dossier {
    /// The declared occupations in the order in which each is first declared. Rows without a name are not occupations
    /// yet.
    pub fn occupations(&self, edition: &Edition, scope: &Scope) -> Vec<Occupation> {
        let rows: Vec<_> = self.declared.iter().map(|it| Shared::from(Declares::of(scope, it))).collect();
        self.occupations_of(edition, &rows)
    }

    /// The same from what its rows declare.
    pub fn occupations_of(&self, edition: &Edition, rows: &[Shared<Declares>]) -> Vec<Occupation> {
        let annexes = [false, true].map(|own| self.annex_of(edition, own));
        let mut all: Vec<(u32, Occupation)> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let Declares { mark, code, title, levels, own_students } = &**row;
            let (Some(annex), false) = (annexes[usize::from(*own_students)], title.is_empty()) else { continue };
            let is = |known: &Occupation| (known.annex, &known.code, &known.title) == (annex, code, title);
            let same = |it: &&mut (u32, Occupation)| it.0 == *mark && is(&it.1);
            match all.iter_mut().find(same) {
                Some((_, occupation)) => {
                    occupation.levels.extend(levels);
                    occupation.rows.push(at);
                }
                None => {
                    let (code, title, levels) = (code.clone(), title.clone(), levels.clone());
                    all.push((*mark, Occupation { annex, code, title, levels, rows: vec![at] }));
                }
            }
        }
        let fallen = |(_, it): (u32, Occupation)| Occupation { levels: levels::falling(&it.levels), ..it };
        all.into_iter().map(fallen).collect()
    }

    /// The sheet of each of these occupations, where it has one.
    pub fn sheets_of(&self, occupations: &[Occupation]) -> Vec<Option<&Sheet>> {
        let mark = |title: &str| crc32(title.as_bytes());
        // what a sheet is called is worked out once, and not for every occupation
        let names: Vec<(u32, &Sheet)> = self.sheets.iter().map(|it| (mark(&paired(it.blank(0))), it)).collect();
        let of = |occupation: &Occupation| {
            let wanted = mark(&occupation.title);
            let fits = |it: &&(u32, &Sheet)| it.0 == wanted && is_of(it.1, occupation);
            names.iter().find(fits).map(|it| it.1)
        };
        occupations.iter().map(of).collect()
    }

    /// The sheet of an occupation: it has the same annex and name, and the same code if it has a code.
    pub fn sheet_of(&self, occupation: &Occupation) -> Option<&Sheet> {
        self.sheets.iter().find(|it| is_of(it, occupation))
    }

    /// Adds a sheet for every declared occupation that has none; returns how many.
    pub fn add_declared_sheets(&mut self, edition: &Edition, scope: &Scope) -> usize {
        let all = self.occupations(edition, scope);
        let there: Vec<bool> = self.sheets_of(&all).iter().map(Option::is_some).collect();
        let missing: Vec<_> = all.into_iter().zip(there).filter(|it| !it.1).map(|it| it.0).collect();
        for occupation in &missing {
            let id = self.add_sheet(occupation.annex);
            if let Some(sheet) = self.sheet_mut(id) {
                sheet.set_blank(0, occupation.title.clone());
                sheet.occupation_code.clone_from(&occupation.code);
                sheet.levels = levels::print(&occupation.levels);
            }
        }
        missing.len()
    }

    /// The annex by whose rubric a declared row is assessed. For a school's own students it is a separate one.
    pub(super) fn occupation_annex(&self, edition: &Edition, row: &DeclaredRow) -> Option<u8> {
        self.annex_of(edition, row.school.is_some())
    }

    fn annex_of(&self, edition: &Edition, own_students: bool) -> Option<u8> {
        let others = edition.kind(self.applicant).others.as_ref().filter(|_| !own_students);
        let by = others.map_or(self.applicant, |it| it.applicant);
        edition.rubrics.iter().find(|it| it.applicant == by && it.part == Part::Occupation).map(|it| it.annex)
    }
}

fn is_of(sheet: &Sheet, occupation: &Occupation) -> bool {
    let code = || plain::code(&sheet.occupation_code);
    sheet.annex == occupation.annex
        && paired(sheet.blank(0)) == occupation.title
        && (sheet.occupation_code.is_empty() || code().is_empty() || code() == occupation.code)
}

/// 车工（数控车床）, or 车工 where no 工种 is declared.
pub fn title(scope: &Scope, row: &DeclaredRow) -> String {
    let (name, trade) = (plain::name(&row.name), scope.trade(&row.trade));
    paired(&if trade.is_empty() || name.is_empty() { name } else { format!("{name}（{trade}）") })
}

/// A name as it is compared: 车工(数控车床) becomes 车工（数控车床）, so that half-width and full-width brackets are
/// equal.
pub fn paired(name: &str) -> String {
    plain::name(name).chars().map(wide_bracket).collect()
}
