//! What a document asks: the table as printed and, beside every row, the rule we read in it.

mod applicant;
mod blank;
mod check;
mod cited;
mod concordance;
mod fact;
mod key;
mod list;
mod place;
mod points;
mod quantity;
mod rule;
mod totals;
mod wire;

pub use applicant::{Applicant, ApplicantKind, MOST_KINDS, OtherPeople};
pub use blank::{Blank, BlankPiece, label};
pub use check::check;
pub use concordance::{Concordance, RowName, RowsPaired};
pub use fact::{Fact, LEVELS, LIST_KEYS, Measure, TENURES};
pub use key::{Role, RowKey};
pub use list::{ListItem, MOST_ITEMS};
pub use place::{RubricPlace, Unsound};
pub use points::Points;
pub use quantity::{Amount, MissingStep, Quantity, QuantityStep, TwoCounts};
pub use rule::{People, PerhapsShared, Rule, Term, Tier};
pub use totals::{Area, BandCondition, Normalise, Scale, Totals};

/// 版本: one set of documents in force. It never changes once released, so a row's number names it permanently.
#[derive(Clone, Debug, PartialEq)]
pub struct Edition {
    /// `place-2021`.
    pub id: String,
    /// 文号 of the notice whose annexes the rubrics are.
    pub notice: String,
    pub title: String,
    /// The sentence that says on what date the rules stood.
    pub as_of: String,
    /// The eight headings of the printed table, 项目 to 备注.
    pub columns: Vec<String>,
    /// The kinds of applicant, in an order that stays.
    pub applicants: Vec<ApplicantKind>,
    pub rubrics: Vec<Rubric>,
    pub readings: Vec<Reading>,
    /// Readings that touch the documents as a whole.
    pub cites: Vec<String>,
    /// The roles for which the checks of a dossier need no reading, because the text of this edition is clear there.
    pub settled: Vec<Role>,
    /// What was issued after this edition, as the places that it touches refer to it.
    pub later: Vec<LaterMark>,
}

/// 此后文件: a document that is later than the edition. It changes no score, route or result; what is known of it stands on a
/// page of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct LaterMark {
    /// Where on that page it stands.
    pub id: String,
    /// 文号, or the title of one without a number.
    pub name: String,
    /// What it touches, by the names that these have in the data: rows (`1-13`), readings, routes, kinds of applicant,
    /// headings of the declaration.
    pub touches: Vec<String>,
}

/// Words of a document, and where they stand in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quote {
    pub text: String,
    /// 某职鉴〔2021〕1号 一（三）2.
    pub clause: String,
}

/// 技术评估要点: one part of one annex.
#[derive(Clone, Debug, PartialEq)]
pub struct Rubric {
    /// Number of the annex.
    pub annex: u8,
    pub applicant: Applicant,
    /// What the edition calls such an applicant.
    pub whose: String,
    pub part: Part,
    /// What the edition calls the part.
    pub part_name: String,
    pub title: String,
    /// The lines above the table, with the blanks the applicant fills.
    pub header: Vec<Vec<BlankPiece>>,
    pub sections: Vec<Section>,
    /// 合计, without 优先项目.
    pub total: Points,
    /// What is printed in the row of 合计 before the place for the points; empty where nothing is.
    pub total_label: String,
    /// 注 or 说明, line by line.
    pub note: Vec<String>,
    /// From the highest threshold down: the first band that is reached is the one that counts.
    pub bands: Vec<Band>,
    /// Readings that touch the rubric as a whole.
    pub cites: Vec<String>,
    /// How rows become a total, where that is more than adding them up.
    pub totals: Totals,
}

/// What a unit fills in once, or for each 职业（工种/方向）.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    Public,
    Occupation,
}

/// 项目, as 实施方案 65 分.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    pub name: String,
    pub points: Option<Points>,
    pub groups: Vec<Group>,
    /// By which its points are multiplied, in thousandths.
    pub weight: Option<u16>,
    /// How far deductions go on here, where that differs from the rest of the table.
    pub floor: Option<Area>,
}

/// 项目分解, as 基本框架 8 分.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub name: String,
    pub points: Option<Points>,
    pub rows: Vec<Row>,
}

/// 评估内容: a leaf line of the table, with every cell beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// As counted from the top of the printed table: 4 in `2-4`.
    pub number: u16,
    /// Empty where the table prints one merged cell for content and standard.
    pub content: String,
    /// 评估标准, verbatim.
    pub standard: String,
    /// 分值 as printed. `None` where the cell is blank, or is the cell of the row it shares with.
    pub points: Option<Points>,
    /// 评估方式.
    pub methods: Vec<String>,
    /// The methods stand in a cell that begins in a row above.
    pub methods_merged: bool,
    pub veto: Option<Veto>,
    pub rule: Rule,
    /// The first row of the cell (standard, points, veto, method) this row shares.
    pub shares: Option<u16>,
    /// Ids of the readings that touch the row.
    pub readings: Vec<String>,
    /// The name by which the checks of a dossier find this row.
    pub key: Option<RowKey>,
    /// The row may be answered 不涉及.
    pub may_skip: bool,
    /// Our reading of the standard in a short sentence, as the loader makes it of the rule.
    pub words: String,
}

/// 否决项, in the printed words.
#[derive(Clone, Debug, PartialEq)]
pub struct Veto {
    pub phrase: String,
    pub blocks: Blocks,
    /// What has no points at all while the veto stands.
    pub zeroes: Option<Area>,
}

/// What a standing veto blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocks {
    /// 此项为否决项: no filing, or the occupation is not taken in.
    Filing,
    /// 此项为开展评价（认定）工作…项: may be filed, must not start.
    Work,
}

/// 具备 or 基本具备: a printed threshold and what the document says about those who reach it.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    pub at_least: Points,
    pub outcome: String,
    /// What it takes besides the points.
    pub requires: Vec<BandCondition>,
}

/// 解读: a place where the text is silent or contradicts itself, and how we read it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// `R-25`.
    pub id: String,
    pub effect: Effect,
    /// The clauses of the notices it touches, as 某职鉴〔2021〕1号 三（三）.
    pub clauses: Vec<String>,
    pub title: String,
    /// The printed words, verbatim.
    pub printed: Vec<String>,
    /// The ways in which they can be read.
    pub readings: Vec<String>,
    /// What this tool does.
    pub taken: String,
    /// The short form, for the row.
    pub note: String,
    /// What the checks of a dossier use it for.
    pub role: Option<Role>,
    /// Whoever fills in a row needs it there. What only tells how the table was read from the scan, or which of two
    /// wordings is printed where, stands on the page of the readings alone.
    pub on_rows: bool,
}

/// What a reading changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    Score,
    Verdict,
    Route,
    Display,
}

/// How a row counts in the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    Scored,
    Veto,
    ScoredVeto,
    /// 优先项目: outside the total.
    Bonus,
    /// A requirement with neither points nor a veto.
    Unscored,
}

impl Edition {
    pub fn rubric(&self, annex: u8) -> Option<&Rubric> {
        self.rubrics.iter().find(|it| it.annex == annex)
    }

    pub fn reading(&self, id: &str) -> Option<&Reading> {
        self.readings.iter().find(|it| it.id == id)
    }

    /// The readings that are shown beside a row, of those that it cites.
    pub fn readings_on(&self, row: &Row) -> impl Iterator<Item = &Reading> {
        row.readings.iter().filter_map(|id| self.reading(id)).filter(|it| it.on_rows)
    }

    /// The later documents that touch one of these places.
    pub fn later_at<'e>(&'e self, places: &'e [&str]) -> impl Iterator<Item = &'e LaterMark> {
        self.later.iter().filter(|mark| mark.touches.iter().any(|it| places.contains(&it.as_str())))
    }

    /// The rubric of the other part: occupation for public and the reverse.
    pub fn counterpart(&self, rubric: &Rubric) -> Option<&Rubric> {
        self.rubrics.iter().find(|it| it.applicant == rubric.applicant && it.part != rubric.part)
    }
}

impl Row {
    /// Can this be said about the row?
    pub fn has(&self, fact: Fact) -> bool {
        (self.may_skip && fact == Fact::NotApplicable) || self.rule.forms().iter().any(|form| form.contains(&fact))
    }

    /// All that can be said about the row, in the order in which its forms ask for it.
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts: Vec<Fact> = Vec::new();
        for fact in self.rule.forms().iter().flat_map(|it| it.iter()) {
            if !facts.contains(fact) {
                facts.push(*fact);
            }
        }
        facts.extend(self.may_skip.then_some(Fact::NotApplicable));
        facts
    }
}

impl Rubric {
    /// All rows in printed order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.groups().flat_map(|(_, group)| &group.rows)
    }

    /// All groups in printed order, each with its section.
    pub fn groups(&self) -> impl Iterator<Item = (&Section, &Group)> {
        self.sections.iter().flat_map(|section| section.groups.iter().map(move |group| (section, group)))
    }

    pub fn row(&self, number: u16) -> Option<&Row> {
        self.rows().find(|it| it.number == number)
    }

    /// The row under which `row` is scored and its veto reported: itself, or the first row of the cell it shares.
    pub fn owner<'r>(&'r self, row: &'r Row) -> &'r Row {
        row.shares.and_then(|first| self.row(first)).unwrap_or(row)
    }

    pub fn kind(&self, row: &Row) -> RowKind {
        let scored = self.owner(row).points.is_some_and(|it| Points::ZERO < it);
        match (&row.rule, scored, &row.veto) {
            (Rule::Bonus { .. }, _, _) => RowKind::Bonus,
            (_, true, None) => RowKind::Scored,
            (_, true, Some(_)) => RowKind::ScoredVeto,
            (_, false, Some(_)) => RowKind::Veto,
            (_, false, None) => RowKind::Unscored,
        }
    }

    /// `2-4`, the name of a row in every carrier, on paper and in addresses.
    pub fn row_id(&self, number: u16) -> String {
        format!("{}-{number}", self.annex)
    }

    /// The blanks of the printed header, in order.
    pub fn blanks(&self) -> impl Iterator<Item = &Blank> {
        self.header.iter().flatten().filter_map(|piece| match piece {
            BlankPiece::Blank(blank) => Some(blank),
            BlankPiece::Text(_) => None,
        })
    }
}
