//! 下一步: of everything that is still open, the one thing that helps most now.

use crate::rubric::{Edition, Part};

use super::super::Dossier;
use super::{CasePlace, Finding, ReviewCheck, Weight};

/// 下一步.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// Answer the questions on filing until it is clear where to file.
    AnswerRoute,
    NameUnit,
    /// 须先改正.
    Mend(Finding),
    /// Fill in 评价范围申报表.
    Declare,
    /// Add the missing sheets of declared occupations: this many.
    AddSheets(usize),
    /// Answer a sheet, from this row on.
    Fill {
        sheet: u16,
        row: u16,
    },
    /// Two answers that cannot both be right, or something that only others can decide.
    Settle(Finding),
    /// A sheet reaches no threshold, or not the highest: the rows that would help most.
    Improve(Finding),
    /// Fill in the contact and the date.
    Facts,
    Backup,
    Print,
}

/// What to do next, according to the findings of the review. `edits_since_backup` are those that no backup file holds.
pub fn next_step(edition: &Edition, dossier: &Dossier, findings: &[Finding], edits_since_backup: u32) -> Next {
    let first = |is: &dyn Fn(&Finding) -> bool| findings.iter().find(|finding| is(finding)).cloned();
    let any = |check: ReviewCheck| findings.iter().any(|finding| finding.check == check);
    let fill = |part: Part| {
        findings.iter().filter(|finding| finding.check == ReviewCheck::Unanswered).find_map(|finding| {
            match finding.place {
                CasePlace::Row(sheet, row) => {
                    let rubric = dossier.sheet(sheet).and_then(|sheet| edition.rubric(sheet.annex))?;
                    (rubric.part == part).then_some(Next::Fill { sheet, row })
                }
                CasePlace::Unit
                | CasePlace::Facts
                | CasePlace::Route
                | CasePlace::Declared(_)
                | CasePlace::Sheet(_)
                | CasePlace::Header(_)
                | CasePlace::Proofs => None,
            }
        })
    };
    if any(ReviewCheck::RouteOpen) {
        return Next::AnswerRoute;
    }
    if any(ReviewCheck::UnitMissing) {
        return Next::NameUnit;
    }
    // a veto cannot be resolved on this page alone: meanwhile the rest can be filled in
    if let Some(finding) = first(&|it| it.weight == Weight::Blocks && it.check != ReviewCheck::FilingVeto) {
        return Next::Mend(finding);
    }
    if let Some(finding) = first(&|it| it.check == ReviewCheck::PublicMissing) {
        return Next::Settle(finding);
    }
    if let Some(next) = fill(Part::Public) {
        return next;
    }
    if any(ReviewCheck::NothingDeclared) {
        return Next::Declare;
    }
    // before sheets are added, the existing ones should be matched with what is declared
    if let Some(finding) = first(&|it| matches!(it.check, ReviewCheck::CodeDiffers | ReviewCheck::SheetUnnamed)) {
        return Next::Settle(finding);
    }
    let n = findings.iter().filter(|it| it.check == ReviewCheck::NoSheet).count();
    if 0 < n {
        return Next::AddSheets(n);
    }
    if let Some(next) = fill(Part::Occupation) {
        return next;
    }
    if let Some(finding) = first(&|it| it.weight == Weight::Contradiction) {
        return Next::Settle(finding);
    }
    if any(ReviewCheck::FactsMissing) {
        return Next::Facts;
    }
    if 0 < edits_since_backup {
        return Next::Backup;
    }
    if let Some(finding) = first(&|it| it.weight == Weight::Blocks) {
        return Next::Mend(finding);
    }
    if let Some(finding) = first(&|it| it.check == ReviewCheck::BelowAll) {
        return Next::Improve(finding);
    }
    if let Some(finding) = first(&|it| it.weight == Weight::Missing) {
        return Next::Settle(finding);
    }
    first(&|it| it.check == ReviewCheck::PointsLost).map_or(Next::Print, Next::Improve)
}

impl Next {
    /// For a person, without a full stop at its end.
    pub fn words(&self, edition: &Edition, dossier: &Dossier) -> String {
        let words = match self {
            Next::AnswerRoute => "先回答几个问题，看在哪里备案",
            Next::NameUnit => "填写申请单位全称",
            Next::Mend(it) => return format!("先改正：{}", it.message),
            Next::Declare => "填写评价范围申报表",
            Next::AddSheets(n) => return format!("为申报的职业添加 {n} 张评估表"),
            Next::Fill { sheet, row } => {
                let of = dossier.sheet(*sheet).and_then(|it| Some((it, edition.rubric(it.annex)?)));
                return of.map_or_else(String::new, |(sheet, rubric)| {
                    format!("继续填写{}，从 {} 开始", super::sheet_name(sheet, rubric), rubric.row_id(*row))
                });
            }
            Next::Settle(it) => return format!("请核对：{}", it.message),
            Next::Improve(it) if it.check == ReviewCheck::PointsLost => {
                return format!("都填好了，可以打印；要再提高：{}", it.message);
            }
            Next::Improve(it) => return it.message.clone(),
            Next::Facts => "填写联系人、联系电话和自评日期",
            Next::Backup => "下载备份文件，以防这台电脑上的记录丢失",
            Next::Print => "都填好了，可以打印",
        };
        words.to_owned()
    }
}
