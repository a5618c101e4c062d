//! 评价范围申报: what may be declared. A row goes in, cell by cell as typed; the findings about it come out.

mod check;
mod findings;
mod kind;
pub mod levels;
mod paste;
pub mod plain;
mod school;
mod unfilled;
mod wire;

pub use kind::ScopeCheckKind;
pub use levels::{LaterLevel, LevelWord, Levels};
pub use paste::{
    CellNotes, ColumnMeaning, MOST_ROWS, PasteWords, PastedTable, Placed, PlacedNote, PlacedRow, is_serial,
};

/// `scope.toml`: the rules as an edition has them. Empty where it has none; then nothing is said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scope {
    /// 某职鉴〔2021〕1号 三.
    pub clause: String,
    /// The five headings of the printed table, 职业编码 to 评价标准.
    pub columns: Vec<String>,
    /// What people write into the cell of a 工种 to say that there is none.
    pub blank: Vec<String>,
    /// The ending that hints at the name of a class (reading SCO-16).
    pub people: String,
    /// 辅专业.
    pub minor: String,
    /// From what year on a national standard decides (reading SCO-17).
    pub since: Figure,
    /// For how many years a school must have enrolled (reading SCO-02).
    pub years: Figure,
    /// The lowest and highest level for a school's students (reading SCO-03).
    pub lowest: Figure,
    pub highest: Figure,
    /// By how many levels a 辅专业 is lower (reading SCO-04).
    pub lower: Figure,
    pub standards: Standards,
    pub levels: Levels,
    /// How people head the columns of their tables, and what they write into them.
    pub pasted: PasteWords,
    pub classes: Vec<Class>,
    pub class_types: Vec<SchoolClass>,
    pub examples: Vec<Example>,
    pub checks: Vec<ScopeCheck>,
}

/// A number of the document, the words in which it is printed, and the reading that quotes them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    pub figure: u16,
    pub printed: String,
    pub reading: String,
}

/// 评价标准: what the kinds of standard are called.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standards {
    pub national: String,
    pub enterprise: String,
    /// Words of a standard's title that are not the name of its occupation.
    pub titles: Vec<String>,
}

/// 大类: one of the eight of the dictionary.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    pub number: u8,
    pub name: String,
    pub rule: ClassRule,
}

/// What a 大类 means for whoever declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClassRule {
    /// Nothing to be said.
    None,
    /// 专技类: not to be declared.
    Professional,
    /// Some of it is close to 专技类, and only a person can say which.
    Near,
    /// Is it 技能类 at all?
    Skilled,
}

/// 班型 to which the document gives a level.
#[derive(Clone, Debug, PartialEq)]
pub struct SchoolClass {
    pub class_type: ClassType,
    pub name: String,
    pub level: Figure,
}

/// A row of the printed example table, verbatim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Example {
    pub code: String,
    pub name: String,
    pub trade: String,
    pub levels: String,
    pub standard: String,
    /// 工种 as it should be, where the printed one is a misprint.
    pub corrected: Option<String>,
    /// Ids of the readings that touch the row.
    pub readings: Vec<String>,
}

/// 检查: how grave a finding of this kind is, the clause behind it, and its message.
#[derive(Clone, Debug, PartialEq)]
pub struct ScopeCheck {
    pub kind: ScopeCheckKind,
    pub result: Ruling,
    pub clause: String,
    pub readings: Vec<String>,
    /// With placeholders such as {code}.
    pub message: String,
}

/// 申报的一行, as typed. A dossier stores it in this form: whoever changes the fields must go on reading old records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeclaredRow {
    /// 职业编码.
    pub code: String,
    /// 职业名称.
    pub name: String,
    /// 工种/职业方向.
    pub trade: String,
    /// 级别.
    pub levels: String,
    /// 评价标准.
    pub standard: Standard,
    /// The year in which the standard was issued.
    pub standard_year: Option<u16>,
    /// The occupation as the standard calls it.
    pub standard_name: String,
    /// The occupation as the dictionary of 2015 calls it.
    pub dictionary_name: String,
    /// The person has compared the name with the dictionary of 2015.
    pub name_checked: Option<bool>,
    /// 准入类, or about to be.
    pub restricted: Option<Tri>,
    /// In the fourth 大类 and close to 专技类.
    pub near_professional: Option<bool>,
    /// Only for a school's own students.
    pub school: Option<School>,
}

impl DeclaredRow {
    /// Nothing is written in any cell of the table: nothing is declared.
    pub fn is_blank(&self) -> bool {
        let cells = [&self.code, &self.name, &self.trade, &self.levels];
        self.standard == Standard::Unsaid && cells.iter().all(|it| it.trim().is_empty())
    }
}

/// The standard by which people are assessed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standard {
    #[default]
    Unsaid,
    /// 国家职业技能标准.
    National,
    /// 经备案的企业评价规范.
    Enterprise,
}

/// An answer by somebody who may not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tri {
    Yes,
    No,
    Unsure,
}

/// 本校学生: what section 二 asks of a school. What is absent is not judged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct School {
    /// Years of enrolment without a break, in billionths, cut and never rounded.
    pub enrolled_years: Option<i64>,
    /// 有一定招生规模.
    pub has_scale: Option<bool>,
    /// 个别小专业.
    pub small_major: Option<bool>,
    /// The occupation has a 国家职业技能标准.
    pub national_standard: Option<bool>,
    /// 毕业学年.
    pub graduating_year: Option<bool>,
    /// 分段注册.
    pub staged: Option<bool>,
    /// The certificate of the stage before is there.
    pub earlier_certificate: Option<bool>,
    /// 复合专业.
    pub compound: Option<bool>,
    pub class_type: Option<ClassType>,
    pub major: Option<Major>,
}

/// 班型.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClassType {
    /// 中级工班.
    Intermediate,
    /// 高级工班.
    Advanced,
    /// 预备技师班.
    PreTechnician,
    Other,
}

/// 主专业 or 辅专业.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Major {
    Main,
    Minor,
}

/// How grave a finding is, from the lightest to the gravest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ruling {
    #[default]
    Ok,
    /// 提醒.
    Warn,
    /// 待确认.
    Confirm,
    /// 暂不申报.
    Hold,
    /// 不得申报.
    Reject,
}

/// The findings about a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked {
    /// The gravest of the reasons.
    pub result: Ruling,
    /// From 5 down to 1, each once. Empty where the cell cannot be read.
    pub levels: Vec<u8>,
    /// 工种 without stray blanks and punctuation.
    pub trade: String,
    /// The gravest first.
    pub reasons: Vec<ScopeReason>,
    pub suggest: Option<Suggest>,
    /// Ids of the readings on which the findings rest, each once.
    pub readings: Vec<String>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct ScopeReason {
    pub kind: ScopeCheckKind,
    pub result: Ruling,
    pub cell: DeclaredCell,
    pub clause: String,
    pub message: String,
    pub readings: Vec<String>,
}

/// The cell of the printed table to which a finding belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeclaredCell {
    Code,
    Name,
    Trade,
    Levels,
    Standard,
    /// No cell of the table: what section 二 asks of a school.
    School,
}

/// What probably was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggest {
    pub name: String,
    pub trade: String,
}
