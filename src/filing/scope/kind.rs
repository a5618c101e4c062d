//! The closed set of checks: what can be found about a declared row, and in which cell.

use super::DeclaredCell;

/// What can be found. An edition writes its weight and words for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScopeCheckKind {
    /// 准入类, or about to be.
    Restricted,
    RestrictedUnsure,
    /// 第二大类.
    ClassProfessional,
    /// 第四大类, close to 专技类.
    NearProfessional,
    NearUnsaid,
    /// Not surely 技能类.
    ClassSkilled,
    CodeMissing,
    CodeShape,
    /// The code of a 大类, 中类 or 小类.
    CodeShort,
    /// No such 大类.
    CodeClass,
    NameMissing,
    /// The name of a 大类.
    NameClass,
    /// Perhaps the name of a class.
    NamePeople,
    /// Another name than the example table has for the code.
    ExampleName,
    DictionaryName,
    StandardName,
    NameUnchecked,
    /// 工种 of another occupation of the example table.
    TradeOther,
    TradeMissing,
    /// 工种 that the example table does not show.
    TradeUnknown,
    Misprint,
    LevelMissing,
    LevelUnread,
    LevelOutside,
    /// One that only a later document has.
    LevelLater,
    /// The example table does not show it.
    LevelUnlisted,
    /// The same, where a new standard decides.
    LevelNotInStandard,
    /// 企业评价规范, of an applicant that may not declare by its own.
    Enterprise,
    NotGraduating,
    FewYears,
    NoScale,
    NoStandard,
    /// Above what a school assesses.
    SchoolLevel,
    /// Not the level of the 班型.
    ClassLevel,
    /// The lowest level, which the document gives to no 班型.
    ClassLevelLowest,
    ClassOther,
    PreTechnician,
    NotCompound,
    NoEarlierCertificate,
}

impl ScopeCheckKind {
    pub const ALL: &'static [ScopeCheckKind] = &[
        ScopeCheckKind::Restricted,
        ScopeCheckKind::RestrictedUnsure,
        ScopeCheckKind::ClassProfessional,
        ScopeCheckKind::NearProfessional,
        ScopeCheckKind::NearUnsaid,
        ScopeCheckKind::ClassSkilled,
        ScopeCheckKind::CodeMissing,
        ScopeCheckKind::CodeShape,
        ScopeCheckKind::CodeShort,
        ScopeCheckKind::CodeClass,
        ScopeCheckKind::NameMissing,
        ScopeCheckKind::NameClass,
        ScopeCheckKind::NamePeople,
        ScopeCheckKind::ExampleName,
        ScopeCheckKind::DictionaryName,
        ScopeCheckKind::StandardName,
        ScopeCheckKind::NameUnchecked,
        ScopeCheckKind::TradeOther,
        ScopeCheckKind::TradeMissing,
        ScopeCheckKind::TradeUnknown,
        ScopeCheckKind::Misprint,
        ScopeCheckKind::LevelMissing,
        ScopeCheckKind::LevelUnread,
        ScopeCheckKind::LevelOutside,
        ScopeCheckKind::LevelLater,
        ScopeCheckKind::LevelUnlisted,
        ScopeCheckKind::LevelNotInStandard,
        ScopeCheckKind::Enterprise,
        ScopeCheckKind::NotGraduating,
        ScopeCheckKind::FewYears,
        ScopeCheckKind::NoScale,
        ScopeCheckKind::NoStandard,
        ScopeCheckKind::SchoolLevel,
        ScopeCheckKind::ClassLevel,
        ScopeCheckKind::ClassLevelLowest,
        ScopeCheckKind::ClassOther,
        ScopeCheckKind::PreTechnician,
        ScopeCheckKind::NotCompound,
        ScopeCheckKind::NoEarlierCertificate,
    ];

    pub fn cell(self) -> DeclaredCell {
        match self {
            ScopeCheckKind::ClassProfessional
            | ScopeCheckKind::NearProfessional
            | ScopeCheckKind::NearUnsaid
            | ScopeCheckKind::ClassSkilled
            | ScopeCheckKind::CodeMissing
            | ScopeCheckKind::CodeShape
            | ScopeCheckKind::CodeShort
            | ScopeCheckKind::CodeClass => DeclaredCell::Code,
            ScopeCheckKind::Restricted
            | ScopeCheckKind::RestrictedUnsure
            | ScopeCheckKind::NameMissing
            | ScopeCheckKind::NameClass
            | ScopeCheckKind::NamePeople
            | ScopeCheckKind::ExampleName
            | ScopeCheckKind::DictionaryName
            | ScopeCheckKind::StandardName
            | ScopeCheckKind::NameUnchecked => DeclaredCell::Name,
            ScopeCheckKind::TradeOther
            | ScopeCheckKind::TradeMissing
            | ScopeCheckKind::TradeUnknown
            | ScopeCheckKind::Misprint => DeclaredCell::Trade,
            ScopeCheckKind::LevelMissing
            | ScopeCheckKind::LevelUnread
            | ScopeCheckKind::LevelOutside
            | ScopeCheckKind::LevelLater
            | ScopeCheckKind::LevelUnlisted
            | ScopeCheckKind::LevelNotInStandard
            | ScopeCheckKind::SchoolLevel
            | ScopeCheckKind::ClassLevel
            | ScopeCheckKind::ClassLevelLowest => DeclaredCell::Levels,
            ScopeCheckKind::Enterprise => DeclaredCell::Standard,
            ScopeCheckKind::NotGraduating
            | ScopeCheckKind::FewYears
            | ScopeCheckKind::NoScale
            | ScopeCheckKind::NoStandard
            | ScopeCheckKind::ClassOther
            | ScopeCheckKind::PreTechnician
            | ScopeCheckKind::NotCompound
            | ScopeCheckKind::NoEarlierCertificate => DeclaredCell::School,
        }
    }

    /// The placeholders that its message may have beside the row's own code, name, trade and levels.
    pub fn fills(self) -> &'static [&'static str] {
        match self {
            ScopeCheckKind::ClassProfessional
            | ScopeCheckKind::NearProfessional
            | ScopeCheckKind::NearUnsaid
            | ScopeCheckKind::ClassSkilled => &["class"],
            ScopeCheckKind::ExampleName | ScopeCheckKind::DictionaryName | ScopeCheckKind::Misprint => &["expected"],
            ScopeCheckKind::StandardName
            | ScopeCheckKind::TradeOther
            | ScopeCheckKind::TradeMissing
            | ScopeCheckKind::LevelUnlisted
            | ScopeCheckKind::LevelNotInStandard => &["expected", "given"],
            ScopeCheckKind::TradeUnknown => &["expected"],
            ScopeCheckKind::CodeShort
            | ScopeCheckKind::CodeClass
            | ScopeCheckKind::NameClass
            | ScopeCheckKind::NameUnchecked
            | ScopeCheckKind::LevelUnread
            | ScopeCheckKind::LevelOutside
            | ScopeCheckKind::FewYears
            | ScopeCheckKind::SchoolLevel => &["given"],
            ScopeCheckKind::ClassLevel => &["class", "expected", "given"],
            ScopeCheckKind::ClassLevelLowest => &["class", "given"],
            ScopeCheckKind::LevelLater => &["given", "document"],
            ScopeCheckKind::Restricted
            | ScopeCheckKind::RestrictedUnsure
            | ScopeCheckKind::CodeMissing
            | ScopeCheckKind::CodeShape
            | ScopeCheckKind::NameMissing
            | ScopeCheckKind::NamePeople
            | ScopeCheckKind::LevelMissing
            | ScopeCheckKind::Enterprise
            | ScopeCheckKind::NotGraduating
            | ScopeCheckKind::NoScale
            | ScopeCheckKind::NoStandard
            | ScopeCheckKind::ClassOther
            | ScopeCheckKind::PreTechnician
            | ScopeCheckKind::NotCompound
            | ScopeCheckKind::NoEarlierCertificate => &[],
        }
    }
}
