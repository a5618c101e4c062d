//! 检查的依据: what the checks of a whole dossier look for in an edition. They go by a name in its data, never by its words.

use super::{Edition, Reading, Row, Rubric};

/// A row that is compared with other parts of a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// 评价等级, which the declared levels must agree with.
    Levels,
}

/// What a reading is to the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Which levels a school may declare.
    LevelRange,
    /// A 制度 counts once.
    SystemOnce,
    /// The parts of a head count need not be the whole.
    HeaderParts,
    /// Vetoes that not every school can meet since the reform: 待确认.
    SchoolReform,
}

impl Key {
    pub const WORDS: &'static [(&'static str, Key)] = &[("levels", Key::Levels)];
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
    /// The row with a key; a sound edition has no two.
    pub fn keyed(&self, key: Key) -> Option<&Row> {
        self.rows().find(|it| it.key == Some(key))
    }
}

impl Edition {
    /// The reading with a role; a sound edition has no two.
    pub fn of_role(&self, role: Role) -> Option<&Reading> {
        self.readings.iter().find(|it| it.role == Some(role))
    }
}
