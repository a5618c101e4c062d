//! One line of the table: a sheet of a record, scored.

use crate::carrier::{By, Record};
use crate::days;
use crate::dossier::{Dossier, Sheet};
use crate::filing::Rules;
use crate::filing::route::Route;
use crate::filing::scope::levels;
use crate::rubric::{Points, Rubric};
use crate::score::{Answers, Verdict, score, verdict_in_words};

use super::Origin;
use super::failing::{RowResult, outcomes};

/// 一张自评表 as it came in, and what follows from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub from: Origin,
    /// 申请单位; empty where the record does not name it.
    pub unit: String,
    /// 所在地, where the record names it.
    pub place: String,
    /// Id of the edition under which it is scored.
    pub edition: String,
    pub annex: u8,
    /// 附件2 甲类单位 甲部分.
    pub annex_in_words: String,
    /// 职业; `None` for a public sheet, empty where it is not named.
    pub occupation: Option<String>,
    /// 职业编码.
    pub code: String,
    /// 级别, 4、3 where they can be read, else as typed.
    pub levels: String,
    /// 得分, without 优先项目.
    pub points: Points,
    /// The lowest and the highest points that are still possible.
    pub low: Points,
    pub high: Points,
    /// The points at the applicant's own lowest and highest estimates, where there are any.
    pub estimated: Option<(Points, Points)>,
    /// 优先项目.
    pub bonus: Points,
    pub n_unanswered: usize,
    /// Rows whose veto stands; a shared one under its first row.
    pub filing_vetoes: Vec<u16>,
    pub work_vetoes: Vec<u16>,
    pub standing: Standing,
    /// 结论, in the printed words where there are any.
    pub verdict: String,
    /// 备案路径; `None` where the record does not say enough.
    pub route: Option<String>,
    /// When it was made, in days since 1970, by the sender's clock.
    pub day: Option<u32>,
    pub by: By,
    pub answers: Answers,
    /// What else the sheet says: its header and its notes, without the answers.
    pub head: Sheet,
    /// The results row by row, from which the rows that fail most often are counted.
    pub outcomes: Vec<RowResult>,
}

/// The kinds of 结论.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// A printed threshold is reached.
    Reached,
    /// Below every threshold.
    Below,
    /// A veto that blocks filing stands.
    Vetoed,
    /// Rows are unanswered.
    Incomplete,
}

impl Standing {
    pub const ALL: [Standing; 4] = [Standing::Reached, Standing::Below, Standing::Vetoed, Standing::Incomplete];

    pub fn label(self) -> &'static str {
        match self {
            Standing::Reached => "具备",
            Standing::Below => "未达线",
            Standing::Vetoed => "触发否决",
            Standing::Incomplete => "未完成",
        }
    }
}

impl Entry {
    /// The entry of a sheet, scored by the rubric of its annex. The route comes from the record as a whole and is not
    /// set here.
    pub(super) fn new(from: &Origin, record: &Record, rubric: &Rubric, sheet: &Sheet, rules: Option<&Rules>) -> Entry {
        let report = score(rubric, &sheet.answers);
        let verdict = report.settled();
        let standing = match verdict {
            Verdict::Band(_) => Standing::Reached,
            Verdict::BelowAllThresholds => Standing::Below,
            Verdict::FilingVetoed => Standing::Vetoed,
            Verdict::Pending => Standing::Incomplete,
        };
        let typed = sheet.levels.trim();
        let levels = rules.and_then(|it| levels::tidied(&it.scope.levels, typed));
        Entry {
            from: from.clone(),
            unit: record.dossier.unit.trim().to_owned(),
            place: record.dossier.place().trim().to_owned(),
            edition: record.dossier.edition.clone(),
            annex: rubric.annex,
            annex_in_words: format!("附件{} {} {}", rubric.annex, rubric.whose, rubric.part_name),
            occupation: sheet.occupation(rubric).map(str::to_owned),
            code: sheet.occupation_code.trim().to_owned(),
            levels: levels.unwrap_or_else(|| typed.to_owned()),
            points: report.base,
            low: report.low,
            high: report.high,
            estimated: report.estimated().map(|it| (it.low, it.high)),
            bonus: report.bonus,
            n_unanswered: report.unanswered.len(),
            verdict: verdict_in_words(&report, verdict),
            standing,
            route: None,
            day: record.day.filter(|it| *it <= days::LAST),
            by: record.by,
            answers: sheet.answers.clone(),
            head: Sheet { answers: Answers::default(), ..sheet.clone() },
            outcomes: outcomes(&report),
            filing_vetoes: report.filing_vetoes,
            work_vetoes: report.work_vetoes,
        }
    }

    /// The sheet as it was received.
    pub fn sheet(&self) -> Sheet {
        Sheet { answers: self.answers.clone(), ..self.head.clone() }
    }

    pub fn is_vetoed(&self) -> bool {
        !self.filing_vetoes.is_empty() || !self.work_vetoes.is_empty()
    }

    /// The unit, or words that say that there is none.
    pub fn unit_in_words(&self) -> &str {
        if self.unit.is_empty() { "未附名称" } else { &self.unit }
    }

    /// 完整, 未评 3 项.
    pub fn status_in_words(&self) -> String {
        match self.n_unanswered {
            0 => "完整".to_owned(),
            n => format!("未评 {n} 项"),
        }
    }

    /// 83.5～86, empty where there is no estimate.
    pub fn estimated_in_words(&self) -> String {
        self.estimated.map_or_else(String::new, |(low, high)| format!("{low}～{high}"))
    }

    /// 第 2-4、2-7 项, empty where there are none. A number alone would be taken for a date by spreadsheet programs.
    pub fn rows_in_words(&self, rows: &[u16]) -> String {
        let ids: Vec<_> = rows.iter().map(|it| format!("{}-{it}", self.annex)).collect();
        if ids.is_empty() { String::new() } else { format!("第 {} 项", ids.join("、")) }
    }

    /// Where it is filed, or words that say that this is not known.
    pub fn route_in_words(&self) -> &str {
        self.route.as_deref().unwrap_or("未说明")
    }
}

/// 属地备案（某市）, one after the other where there are several filings. `None` where the dossier does not say
/// enough.
pub fn route_in_words(rules: &Rules, dossier: &Dossier) -> Option<String> {
    // a county files in its city; the place itself has a column of its own
    let place = rules.routes.known.read(dossier.place()).into_iter().next().map(|it| it.authority).unwrap_or_default();
    let mut words: Vec<String> = Vec::new();
    for filing in rules.routes.route(&dossier.route).filings {
        let place = match filing.route {
            Route::Local | Route::ProvincialOnLocalRecommendation => place.as_str(),
            Route::Provincial | Route::Unclear => "",
        };
        let label = filing.route.label();
        let word = if place.is_empty() { label.to_owned() } else { format!("{label}（{place}）") };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    (!words.is_empty()).then(|| words.join("；"))
}
