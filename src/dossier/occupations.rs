//! From the declared rows to occupation sheets: one for each 职业（工种/方向）.

use crate::filing::scope::{DeclaredRow, Scope, levels, plain};
use crate::letters::wide_bracket;
use crate::rubric::{Applicant, Edition, Part};

use super::{Dossier, Sheet};

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

impl Dossier {
    /// The declared occupations in the order in which each is first declared. Rows without a name are not occupations
    /// yet.
    pub fn occupations(&self, edition: &Edition, scope: &Scope) -> Vec<Occupation> {
        let mut all: Vec<Occupation> = Vec::new();
        for (at, row) in self.declared.iter().enumerate() {
            let title = title(scope, row);
            let (Some(annex), false) = (self.occupation_annex(edition, row), title.is_empty()) else { continue };
            let code = plain::code(&row.code);
            let declared = levels::read(&scope.levels, &row.levels).unwrap_or_default();
            let same = |it: &&mut Occupation| (it.annex, &it.code, &it.title) == (annex, &code, &title);
            match all.iter_mut().find(same) {
                Some(occupation) => {
                    occupation.levels.extend(declared);
                    occupation.rows.push(at);
                }
                None => all.push(Occupation { annex, code, title, levels: declared, rows: vec![at] }),
            }
        }
        for occupation in &mut all {
            occupation.levels = levels::falling(&occupation.levels);
        }
        all
    }

    /// The sheet of an occupation: it has the same annex and name, and the same code if it has a code.
    pub fn sheet_of(&self, occupation: &Occupation) -> Option<&Sheet> {
        let fits = |sheet: &&Sheet| {
            let code = plain::code(&sheet.occupation_code);
            sheet.annex == occupation.annex
                && paired(sheet.blank(0)) == occupation.title
                && (code.is_empty() || code == occupation.code)
        };
        self.sheets.iter().find(fits)
    }

    /// Adds a sheet for every declared occupation that has none; returns how many.
    pub fn add_declared_sheets(&mut self, edition: &Edition, scope: &Scope) -> usize {
        let missing: Vec<_> =
            self.occupations(edition, scope).into_iter().filter(|it| self.sheet_of(it).is_none()).collect();
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

    /// The annex by whose rubric a declared row is assessed. For a school's own students it is a separate one (附件4).
    pub(super) fn occupation_annex(&self, edition: &Edition, row: &DeclaredRow) -> Option<u8> {
        let by = match self.applicant {
            Applicant::TechnicalSchool if row.school.is_none() => Applicant::SocialOrganisation,
            applicant => applicant,
        };
        edition.rubrics.iter().find(|it| it.applicant == by && it.part == Part::Occupation).map(|it| it.annex)
    }
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
