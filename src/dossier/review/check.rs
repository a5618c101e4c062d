//! 检查项: all there are, and how grave each is.

/// How grave a finding is, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// 否决、不得申报、填写错误: to be mended before anything is filed.
    Blocks,
    /// 前后矛盾: two answers cannot both be right.
    Contradiction,
    /// 未完成: the filing needs what is still open.
    Missing,
    /// 提醒.
    Hint,
}

impl Weight {
    pub fn label(self) -> &'static str {
        match self {
            Weight::Blocks => "须先改正",
            Weight::Contradiction => "前后矛盾",
            Weight::Missing => "还没有完成",
            Weight::Hint => "提醒",
        }
    }
}

/// 检查项: what was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Check {
    /// 申请单位 is not named.
    UnitMissing,
    /// 联系人, 联系电话 or 自评日期 is not given.
    FactsMissing,
    /// A total that is no number.
    TotalUnread,
    /// A question about the way of filing is open.
    RouteOpen,
    /// 待确认: the text does not say where to file.
    RouteUnclear,
    /// A public sheet that the filing asks for is not there.
    PublicMissing,
    /// A sheet of a rubric that the filing does not ask for.
    SheetForeign,
    /// 评价范围申报表 is empty.
    NothingDeclared,
    /// 不得申报.
    Rejected,
    /// 暂不申报.
    Held,
    /// 待确认, of a declared row.
    Unconfirmed,
    /// 提醒, of a declared row.
    Noted,
    /// Two rows declare the same level of an occupation.
    DeclaredTwice,
    /// Levels are declared, 评价等级 is answered with no.
    LevelsUnmet,
    /// Levels are declared, 评价等级 is not answered.
    LevelsOpen,
    /// 评价等级 is answered with yes, a level for a school's students is beyond the range.
    LevelsBeyond,
    /// A rubric that the filing asks for, for which nothing is declared.
    OccupationMissing,
    /// A declared occupation without a sheet.
    NoSheet,
    /// An occupation sheet that is not named.
    SheetUnnamed,
    /// An occupation sheet that no row declares.
    NotDeclared,
    /// Its code is not the declared one.
    CodeDiffers,
    /// Its levels are not the declared ones.
    LevelsDiffer,
    /// Two sheets for the same.
    SheetTwice,
    /// Rows without an answer.
    Unanswered,
    /// An answer that cannot be.
    Faulty,
    /// 否决项, blocking filing.
    FilingVeto,
    /// 否决项, blocking the start of work.
    WorkVeto,
    /// 否决项 on which two documents disagree: 待确认.
    VetoUnsettled,
    /// The same, and the person has noted something about it.
    VetoNoted,
    /// Full points in a cell whose veto stands.
    VetoFullPoints,
    /// 酌情 points without a note that says why.
    NoteMissing,
    /// More 符合条件 than there are.
    MoreQualified,
    /// Who does not comply is counted as 符合条件.
    DefectsQualified,
    /// Nobody appointed, but some do not comply.
    DefectsOfNobody,
    /// A sheet counts more people than the unit has.
    MoreThanTotal,
    /// A head count of the header that is no number.
    HeaderUnread,
    /// The parts are more than the whole.
    HeaderParts,
    /// The same 制度 counted twice.
    SystemTwice,
    /// More 制度 counted than named.
    SystemsUnnamed,
}

impl Check {
    pub const ALL: &'static [Check] = &[
        Check::UnitMissing,
        Check::FactsMissing,
        Check::TotalUnread,
        Check::RouteOpen,
        Check::RouteUnclear,
        Check::PublicMissing,
        Check::SheetForeign,
        Check::NothingDeclared,
        Check::OccupationMissing,
        Check::Rejected,
        Check::Held,
        Check::Unconfirmed,
        Check::Noted,
        Check::DeclaredTwice,
        Check::LevelsUnmet,
        Check::LevelsOpen,
        Check::LevelsBeyond,
        Check::NoSheet,
        Check::SheetUnnamed,
        Check::NotDeclared,
        Check::CodeDiffers,
        Check::LevelsDiffer,
        Check::SheetTwice,
        Check::Unanswered,
        Check::Faulty,
        Check::FilingVeto,
        Check::WorkVeto,
        Check::VetoUnsettled,
        Check::VetoNoted,
        Check::VetoFullPoints,
        Check::NoteMissing,
        Check::MoreQualified,
        Check::DefectsQualified,
        Check::DefectsOfNobody,
        Check::MoreThanTotal,
        Check::HeaderUnread,
        Check::HeaderParts,
        Check::SystemTwice,
        Check::SystemsUnnamed,
    ];

    pub fn weight(self) -> Weight {
        match self {
            Check::TotalUnread
            | Check::Rejected
            | Check::Held
            | Check::Faulty
            | Check::FilingVeto
            | Check::HeaderUnread => Weight::Blocks,
            Check::SheetForeign
            | Check::DeclaredTwice
            | Check::LevelsUnmet
            | Check::LevelsBeyond
            | Check::NotDeclared
            | Check::CodeDiffers
            | Check::LevelsDiffer
            | Check::SheetTwice
            | Check::VetoFullPoints
            | Check::MoreQualified
            | Check::DefectsQualified
            | Check::DefectsOfNobody
            | Check::MoreThanTotal
            | Check::HeaderParts
            | Check::SystemTwice => Weight::Contradiction,
            Check::UnitMissing
            | Check::FactsMissing
            | Check::RouteOpen
            | Check::RouteUnclear
            | Check::PublicMissing
            | Check::NothingDeclared
            | Check::OccupationMissing
            | Check::Unconfirmed
            | Check::LevelsOpen
            | Check::NoSheet
            | Check::SheetUnnamed
            | Check::Unanswered
            | Check::VetoUnsettled => Weight::Missing,
            Check::Noted | Check::WorkVeto | Check::VetoNoted | Check::NoteMissing | Check::SystemsUnnamed => {
                Weight::Hint
            }
        }
    }
}
