//! 检查的依据: what the checks of a whole dossier look for in an edition. They find it by a name in the data, never by
//! the words of the document.

use super::{Edition, Reading, Row, Rubric};

/// A row that is compared with other parts of a dossier, or under which they are told in the outline of the 实施方案.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKey {
    /// 评价等级, which the declared levels must agree with.
    Levels,
    /// Asks for the 实施方案, which has a heading for each row of its section.
    Scheme,
    /// 基本概况 of the unit.
    Profile,
    /// 评价对象.
    Audience,
    /// 评价职业（工种）.
    Occupations,
    /// The plan for the filing.
    Filing,
    /// Examiners without 聘用协议 or 聘书: their number follows from the roster.
    ExaminersAppointed,
    /// Examiners without 任职条件.
    ExaminersQualified,
    /// Examiners without 培训考核 and 考评员证书.
    ExaminersCertified,
    /// Experts without 聘用协议 or 聘书.
    ExpertsAppointed,
    /// Experts without the title that is asked for.
    ExpertsQualified,
    /// 设备陈旧.
    EquipmentWorn,
}

/// What the checks use a reading for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Which levels a school may declare.
    LevelRange,
    /// A 制度 counts once.
    SystemOnce,
    /// The parts of a head count need not add up to the whole.
    HeaderParts,
    /// Vetoes that not every school can satisfy since the reform: 待确认.
    SchoolReform,
}

impl RowKey {
    pub const WORDS: &'static [(&'static str, RowKey)] = &[
        ("levels", RowKey::Levels),
        ("scheme", RowKey::Scheme),
        ("profile", RowKey::Profile),
        ("audience", RowKey::Audience),
        ("occupations", RowKey::Occupations),
        ("filing", RowKey::Filing),
        ("examiners_appointed", RowKey::ExaminersAppointed),
        ("examiners_qualified", RowKey::ExaminersQualified),
        ("examiners_certified", RowKey::ExaminersCertified),
        ("experts_appointed", RowKey::ExpertsAppointed),
        ("experts_qualified", RowKey::ExpertsQualified),
        ("equipment_worn", RowKey::EquipmentWorn),
    ];

    pub fn word(self) -> &'static str {
        RowKey::WORDS.iter().find(|it| it.1 == self).map_or("", |it| it.0)
    }
}

impl Role {
    pub const WORDS: &'static [(&'static str, Role)] = &[
        ("level_range", Role::LevelRange),
        ("system_once", Role::SystemOnce),
        ("header_parts", Role::HeaderParts),
        ("school_reform", Role::SchoolReform),
    ];

    pub fn word(self) -> &'static str {
        Role::WORDS.iter().find(|it| it.1 == self).map_or("", |it| it.0)
    }
}

impl Rubric {
    /// The row with this key; a sound edition has at most one.
    pub fn keyed(&self, key: RowKey) -> Option<&Row> {
        self.rows().find(|it| it.key == Some(key))
    }
}

impl Edition {
    /// The reading with this role; a sound edition has at most one.
    pub fn of_role(&self, role: Role) -> Option<&Reading> {
        self.readings.iter().find(|it| it.role == Some(role))
    }
}
