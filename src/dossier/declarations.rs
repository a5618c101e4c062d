//! 评价范围 of each filing: a school that files for its own students and for the public has two declarations.

use crate::filing::route::FilingAnswers;
use crate::filing::scope::DeclaredRow;
use crate::rubric::{ApplicantKind, Edition};

use super::Dossier;

/// One declaration of a dossier. A row says by itself to which it belongs: only one for a school's own students has
/// facts about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declaration {
    /// The only one.
    Whole,
    /// Of its own people.
    OwnStudents,
    /// Of others.
    Public,
}

impl Declaration {
    pub fn holds(self, row: &DeclaredRow) -> bool {
        match self {
            Declaration::Whole => true,
            Declaration::OwnStudents => row.school.is_some(),
            Declaration::Public => row.school.is_none(),
        }
    }

    /// 评价对象; empty where nothing has to be told apart.
    pub fn label(self, kind: &ApplicantKind) -> &str {
        match (self, &kind.others) {
            (Declaration::Whole, _) | (_, None) => "",
            (Declaration::OwnStudents, Some(it)) => &it.own,
            (Declaration::Public, Some(it)) => &it.label,
        }
    }
}

impl Dossier {
    /// The declarations, in the order in which they are shown and printed.
    pub fn declarations(&self, edition: &Edition) -> &'static [Declaration] {
        let own = self.declared.iter().any(|it| it.school.is_some());
        let public = self.declared.iter().any(|it| it.school.is_none() && !it.is_blank());
        let apart = edition.kind(self.applicant).others.is_some();
        if apart && (own && public || files_twice(&self.route)) {
            &[Declaration::OwnStudents, Declaration::Public]
        } else {
            &[Declaration::Whole]
        }
    }

    /// Positions of the rows of a declaration.
    pub fn rows_of(&self, declaration: Declaration) -> Vec<usize> {
        let rows = self.declared.iter().enumerate();
        rows.filter(|it| declaration.holds(it.1)).map(|it| it.0).collect()
    }

    /// The declaration to which a row belongs, and its number there, from 1.
    pub fn line_of(&self, edition: &Edition, at: usize) -> (Declaration, usize) {
        let row = self.declared.get(at);
        let declaration = self.declarations(edition).iter().find(|it| row.is_none_or(|row| it.holds(row)));
        let declaration = declaration.copied().unwrap_or(Declaration::Whole);
        let before = self.declared.iter().take(at).filter(|it| declaration.holds(it)).count();
        (declaration, before + 1)
    }

    /// 第2行, or （其他人员）第2行 where there are two declarations.
    pub fn line_in_words(&self, edition: &Edition, at: usize) -> String {
        match self.line_of(edition, at) {
            (Declaration::Whole, n) => format!("第{n}行"),
            (declaration, n) => format!("（{}）第{n}行", declaration.label(edition.kind(self.applicant))),
        }
    }
}

/// Both kinds of people were named, each of which is filed apart.
fn files_twice(route: &FilingAnswers) -> bool {
    let audience: Vec<&str> = route.all("audience").collect();
    ["own_students", "public"].iter().all(|it| audience.contains(it))
}
