//! 检查项: the list of all checks, and how grave each is.

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

/// 检查项: what is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReviewCheck {
    /// 申请单位 is not named.
    UnitMissing,
    /// 联系人, 联系电话 or 自评日期 is not given.
    FactsMissing,
    /// A total that is no number.
    TotalUnread,
    /// A question on filing is not answered yet.
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
    /// Two sheets for the same public part or occupation.
    SheetTwice,
    /// Rows without an answer.
    Unanswered,
    /// A row of which the applicant said 不适用/待确认.
    RowUnsure,
    /// All is answered, and the points reach no threshold.
    BelowAll,
    /// An answer that cannot be right.
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
    /// People who do not comply are counted as 符合条件.
    DefectsQualified,
    /// Nobody appointed, but some do not comply.
    DefectsOfNobody,
    /// A sheet counts more people than the unit has.
    MoreThanTotal,
    /// A head count of the header that is no number.
    HeaderUnread,
    /// The parts are more than the whole.
    HeaderParts,
    /// An answer says something else than the roster.
    RosterDiffers,
    /// The same 制度 counted twice.
    SystemTwice,
    /// More 制度 counted than named.
    SystemsUnnamed,
}

impl ReviewCheck {
    pub const ALL: &'static [ReviewCheck] = &[
        ReviewCheck::UnitMissing,
        ReviewCheck::FactsMissing,
        ReviewCheck::TotalUnread,
        ReviewCheck::RouteOpen,
        ReviewCheck::RouteUnclear,
        ReviewCheck::PublicMissing,
        ReviewCheck::SheetForeign,
        ReviewCheck::NothingDeclared,
        ReviewCheck::OccupationMissing,
        ReviewCheck::Rejected,
        ReviewCheck::Held,
        ReviewCheck::Unconfirmed,
        ReviewCheck::Noted,
        ReviewCheck::DeclaredTwice,
        ReviewCheck::LevelsUnmet,
        ReviewCheck::LevelsOpen,
        ReviewCheck::LevelsBeyond,
        ReviewCheck::NoSheet,
        ReviewCheck::SheetUnnamed,
        ReviewCheck::NotDeclared,
        ReviewCheck::CodeDiffers,
        ReviewCheck::LevelsDiffer,
        ReviewCheck::SheetTwice,
        ReviewCheck::Unanswered,
        ReviewCheck::RowUnsure,
        ReviewCheck::BelowAll,
        ReviewCheck::Faulty,
        ReviewCheck::FilingVeto,
        ReviewCheck::WorkVeto,
        ReviewCheck::VetoUnsettled,
        ReviewCheck::VetoNoted,
        ReviewCheck::VetoFullPoints,
        ReviewCheck::NoteMissing,
        ReviewCheck::DefectsQualified,
        ReviewCheck::DefectsOfNobody,
        ReviewCheck::MoreThanTotal,
        ReviewCheck::HeaderUnread,
        ReviewCheck::HeaderParts,
        ReviewCheck::RosterDiffers,
        ReviewCheck::SystemTwice,
        ReviewCheck::SystemsUnnamed,
    ];

    pub fn weight(self) -> Weight {
        match self {
            ReviewCheck::TotalUnread
            | ReviewCheck::Rejected
            | ReviewCheck::Held
            | ReviewCheck::Faulty
            | ReviewCheck::FilingVeto
            | ReviewCheck::HeaderUnread => Weight::Blocks,
            ReviewCheck::SheetForeign
            | ReviewCheck::DeclaredTwice
            | ReviewCheck::LevelsUnmet
            | ReviewCheck::LevelsBeyond
            | ReviewCheck::NotDeclared
            | ReviewCheck::CodeDiffers
            | ReviewCheck::LevelsDiffer
            | ReviewCheck::SheetTwice
            | ReviewCheck::VetoFullPoints
            | ReviewCheck::DefectsQualified
            | ReviewCheck::DefectsOfNobody
            | ReviewCheck::MoreThanTotal
            | ReviewCheck::HeaderParts
            | ReviewCheck::RosterDiffers
            | ReviewCheck::SystemTwice => Weight::Contradiction,
            ReviewCheck::UnitMissing
            | ReviewCheck::FactsMissing
            | ReviewCheck::RouteOpen
            | ReviewCheck::RouteUnclear
            | ReviewCheck::PublicMissing
            | ReviewCheck::NothingDeclared
            | ReviewCheck::OccupationMissing
            | ReviewCheck::Unconfirmed
            | ReviewCheck::LevelsOpen
            | ReviewCheck::NoSheet
            | ReviewCheck::SheetUnnamed
            | ReviewCheck::Unanswered
            | ReviewCheck::RowUnsure
            | ReviewCheck::BelowAll
            | ReviewCheck::VetoUnsettled => Weight::Missing,
            ReviewCheck::Noted
            | ReviewCheck::WorkVeto
            | ReviewCheck::VetoNoted
            | ReviewCheck::NoteMissing
            | ReviewCheck::SystemsUnnamed => Weight::Hint,
        }
    }
}
