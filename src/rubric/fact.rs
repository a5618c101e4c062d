//! What can be asked about a row, and in which unit the answer is stored.

/// One thing an applicant knows about a row. Stored by position: new facts go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// The requirement is fulfilled.
    Met,
    /// 专职工作人员.
    FullTimeStaff,
    /// Defects, persons or places that do not comply.
    Defects,
    /// 存在较大（重大）安全隐患.
    Hazard,
    /// Systems that count under 其他.
    Items,
    /// 内容详实.
    Detailed,
    /// 可操作性强.
    Operable,
    /// 符合条件考评人员.
    QualifiedExaminers,
    /// All examiners appointed, qualified or not.
    Headcount,
    /// 专家人数.
    Experts,
    /// Pieces of equipment in working order.
    Intact,
    /// Pieces of equipment in all.
    Total,
    /// Years without a break.
    Years,
    /// People trained in the first, second and third of the last three years.
    FirstYear,
    SecondYear,
    ThirdYear,
    /// The average of the three years, where only that is known.
    Average,
    /// 酌情 points, estimated by the applicant.
    Award,
    /// 满足, 基本满足 or 不能满足.
    Level,
    /// Owned or leased.
    Tenure,
    /// Term of the lease.
    Months,
    /// 有此项.
    Has,
    /// Points entered by hand.
    Score,
    /// 不适用/待确认: the applicant cannot say yet whether it is fulfilled. The row stays unanswered.
    Unsure,
    /// 最低估计 and 最高估计: what a 酌情 row may earn at least and at most, beside [`Fact::Award`], which is the likely one. Of a
    /// leased site before its deduction, as the award is. Either may be given without the other; neither is needed for
    /// the row to be answered, and neither moves its score.
    Low,
    High,
    /// The printed level that was chosen, by its place in the list of the row.
    Choice,
    /// A quantity, as its unit counts it.
    Quantity,
    /// The two counts from which a rate or a ratio follows.
    FirstCount,
    SecondCount,
    /// 不涉及: the row does not apply to this applicant. It stands alone.
    NotApplicable,
    /// The items of a row that lists deductions or credits, in printed order. What a value is says [`super::Rule::measure`].
    Item1,
    Item2,
    Item3,
    Item4,
    Item5,
    Item6,
    Item7,
    Item8,
    Item9,
    Item10,
    Item11,
    Item12,
}

/// The unit of a fact's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// 1 is yes, 0 is no.
    YesNo,
    /// Whole and not negative.
    Whole,
    /// Points in tenths.
    Points,
    /// Billionths, cut and never rounded: 29.67 is 29 670 000 000.
    Decimal,
    /// The position in a list of words.
    Choice(&'static [&'static str]),
}

/// The values of [`Fact::Level`], by position.
pub const LEVELS: &[&str] = &["none", "basic", "full"];

/// The values of [`Fact::Tenure`], by position.
pub const TENURES: &[&str] = &["leased", "owned"];

/// The keys of an answer that hold a list, a value for each fact.
pub const LIST_KEYS: [&str; 4] = ["yearly", "parts", "deductions", "credits"];

impl Fact {
    pub const ALL: &'static [Fact] = &[
        Fact::Met,
        Fact::FullTimeStaff,
        Fact::Defects,
        Fact::Hazard,
        Fact::Items,
        Fact::Detailed,
        Fact::Operable,
        Fact::QualifiedExaminers,
        Fact::Headcount,
        Fact::Experts,
        Fact::Intact,
        Fact::Total,
        Fact::Years,
        Fact::FirstYear,
        Fact::SecondYear,
        Fact::ThirdYear,
        Fact::Average,
        Fact::Award,
        Fact::Level,
        Fact::Tenure,
        Fact::Months,
        Fact::Has,
        Fact::Score,
        Fact::Unsure,
        Fact::Low,
        Fact::High,
        Fact::Choice,
        Fact::Quantity,
        Fact::FirstCount,
        Fact::SecondCount,
        Fact::NotApplicable,
        Fact::Item1,
        Fact::Item2,
        Fact::Item3,
        Fact::Item4,
        Fact::Item5,
        Fact::Item6,
        Fact::Item7,
        Fact::Item8,
        Fact::Item9,
        Fact::Item10,
        Fact::Item11,
        Fact::Item12,
    ];

    /// The facts of a list, one for each item.
    pub const ITEMS: &'static [Fact] = Fact::ALL.split_at(Fact::Item1 as usize).1;

    pub fn measure(self) -> Measure {
        match self {
            Fact::Met
            | Fact::Hazard
            | Fact::Detailed
            | Fact::Operable
            | Fact::Has
            | Fact::Unsure
            | Fact::NotApplicable => Measure::YesNo,
            Fact::FullTimeStaff
            | Fact::Defects
            | Fact::Items
            | Fact::QualifiedExaminers
            | Fact::Headcount
            | Fact::Experts
            | Fact::Intact
            | Fact::Total
            | Fact::FirstYear
            | Fact::SecondYear
            | Fact::ThirdYear
            | Fact::Months
            | Fact::Choice
            | Fact::FirstCount
            | Fact::SecondCount => Measure::Whole,
            Fact::Award | Fact::Score | Fact::Low | Fact::High => Measure::Points,
            Fact::Years | Fact::Average | Fact::Quantity => Measure::Decimal,
            Fact::Level => Measure::Choice(LEVELS),
            Fact::Tenure => Measure::Choice(TENURES),
            // of an item whose row is not known: any number that is not negative
            _ => Measure::Whole,
        }
    }

    /// The word in data files and on the command line. The three years are one list there, `yearly`, and so are two counts and the items of a list.
    pub fn name(self) -> &'static str {
        match self {
            Fact::Met => "met",
            Fact::FullTimeStaff => "full_time_staff",
            Fact::Defects => "defects",
            Fact::Hazard => "hazard",
            Fact::Items => "items",
            Fact::Detailed => "detailed",
            Fact::Operable => "operable",
            Fact::QualifiedExaminers => "qualified_examiners",
            Fact::Headcount => "headcount",
            Fact::Experts => "experts",
            Fact::Intact => "intact",
            Fact::Total => "total",
            Fact::Years => "years",
            Fact::FirstYear | Fact::SecondYear | Fact::ThirdYear => "yearly",
            Fact::Average => "average",
            Fact::Award => "award",
            Fact::Level => "level",
            Fact::Tenure => "tenure",
            Fact::Months => "months",
            Fact::Has => "has",
            Fact::Score => "score",
            Fact::Unsure => "unsure",
            Fact::Low => "low",
            Fact::High => "high",
            Fact::Choice => "choice",
            Fact::Quantity => "quantity",
            Fact::FirstCount | Fact::SecondCount => "parts",
            Fact::NotApplicable => "not_applicable",
            // where the row lists credits, its key is another
            _ => "deductions",
        }
    }
}
