//! The closed set of checks: what can be found about a declared row, and in which cell.

use super::Cell;

/// What can be found. An edition writes its weight and words for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
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
    /// The example table does not show it.
    LevelUnlisted,
    /// The same, where a new standard decides.
    LevelNotInStandard,
    /// 企业评价规范, but no employer.
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

impl Kind {
    pub const ALL: &'static [Kind] = &[
        Kind::Restricted,
        Kind::RestrictedUnsure,
        Kind::ClassProfessional,
        Kind::NearProfessional,
        Kind::NearUnsaid,
        Kind::ClassSkilled,
        Kind::CodeMissing,
        Kind::CodeShape,
        Kind::CodeShort,
        Kind::CodeClass,
        Kind::NameMissing,
        Kind::NameClass,
        Kind::NamePeople,
        Kind::ExampleName,
        Kind::DictionaryName,
        Kind::StandardName,
        Kind::NameUnchecked,
        Kind::TradeOther,
        Kind::TradeMissing,
        Kind::TradeUnknown,
        Kind::Misprint,
        Kind::LevelMissing,
        Kind::LevelUnread,
        Kind::LevelOutside,
        Kind::LevelUnlisted,
        Kind::LevelNotInStandard,
        Kind::Enterprise,
        Kind::NotGraduating,
        Kind::FewYears,
        Kind::NoScale,
        Kind::NoStandard,
        Kind::SchoolLevel,
        Kind::ClassLevel,
        Kind::ClassLevelLowest,
        Kind::ClassOther,
        Kind::PreTechnician,
        Kind::NotCompound,
        Kind::NoEarlierCertificate,
    ];

    pub fn cell(self) -> Cell {
        match self {
            Kind::ClassProfessional
            | Kind::NearProfessional
            | Kind::NearUnsaid
            | Kind::ClassSkilled
            | Kind::CodeMissing
            | Kind::CodeShape
            | Kind::CodeShort
            | Kind::CodeClass => Cell::Code,
            Kind::Restricted
            | Kind::RestrictedUnsure
            | Kind::NameMissing
            | Kind::NameClass
            | Kind::NamePeople
            | Kind::ExampleName
            | Kind::DictionaryName
            | Kind::StandardName
            | Kind::NameUnchecked => Cell::Name,
            Kind::TradeOther | Kind::TradeMissing | Kind::TradeUnknown | Kind::Misprint => Cell::Trade,
            Kind::LevelMissing
            | Kind::LevelUnread
            | Kind::LevelOutside
            | Kind::LevelUnlisted
            | Kind::LevelNotInStandard
            | Kind::SchoolLevel
            | Kind::ClassLevel
            | Kind::ClassLevelLowest => Cell::Levels,
            Kind::Enterprise => Cell::Standard,
            Kind::NotGraduating
            | Kind::FewYears
            | Kind::NoScale
            | Kind::NoStandard
            | Kind::ClassOther
            | Kind::PreTechnician
            | Kind::NotCompound
            | Kind::NoEarlierCertificate => Cell::School,
        }
    }

    /// The placeholders that its message may have beside the row's own code, name, trade and levels.
    pub fn fills(self) -> &'static [&'static str] {
        match self {
            Kind::ClassProfessional | Kind::NearProfessional | Kind::NearUnsaid | Kind::ClassSkilled => &["class"],
            Kind::ExampleName | Kind::DictionaryName | Kind::Misprint => &["expected"],
            Kind::StandardName
            | Kind::TradeOther
            | Kind::TradeMissing
            | Kind::LevelUnlisted
            | Kind::LevelNotInStandard => &["expected", "given"],
            Kind::TradeUnknown => &["expected"],
            Kind::CodeShort
            | Kind::CodeClass
            | Kind::NameClass
            | Kind::NameUnchecked
            | Kind::LevelUnread
            | Kind::LevelOutside
            | Kind::FewYears
            | Kind::SchoolLevel => &["given"],
            Kind::ClassLevel => &["class", "expected", "given"],
            Kind::ClassLevelLowest => &["class", "given"],
            Kind::Restricted
            | Kind::RestrictedUnsure
            | Kind::CodeMissing
            | Kind::CodeShape
            | Kind::NameMissing
            | Kind::NamePeople
            | Kind::LevelMissing
            | Kind::Enterprise
            | Kind::NotGraduating
            | Kind::NoScale
            | Kind::NoStandard
            | Kind::ClassOther
            | Kind::PreTechnician
            | Kind::NotCompound
            | Kind::NoEarlierCertificate => &[],
        }
    }
}
