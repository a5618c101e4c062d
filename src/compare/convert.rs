//! A dossier under a newer edition: a copy with the answers that still count, and what must be answered anew. The older one
//! stays as it is and is never scored again by other rules.

use crate::dossier::{Dossier, Evidence, Sheet, Work};
use crate::filing::route::FilingAnswers;
use crate::rubric::{Applicant, Concordance, Edition, Measure, Row, RowName, RowsPaired};
use crate::score::{Answers, Given};

/// A copy of a dossier, to be filed by a newer edition.
#[derive(Clone, Debug, PartialEq)]
pub struct Converted {
    /// The questions on who files where are to be answered anew in it: a newer edition asks its own.
    pub dossier: Dossier,
    /// Its sheets under their ids, which are those of the older dossier.
    pub sheets: Vec<ConvertedSheet>,
    /// Ids of sheets that have no rubric any more.
    pub dropped: Vec<u16>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ConvertedSheet {
    pub id: u16,
    /// Numbers of the annexes.
    pub older: u8,
    pub newer: u8,
    /// In the order of the concordance.
    pub rows: Vec<ConvertedRow>,
}

/// What became of some rows of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct ConvertedRow {
    pub older: Vec<RowName>,
    pub newer: Vec<RowName>,
    pub fate: RowFate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFate {
    /// The answer counts in the newer edition.
    Kept,
    /// Nothing was answered, so nothing was lost.
    Unanswered,
    /// Another thing is asked, or it is worth other points.
    Anew,
    /// It is not in the newer edition.
    Gone,
    /// It is in the newer edition alone.
    New,
}

impl RowFate {
    /// Has somebody to answer it who had answered everything before?
    pub fn asks(self) -> bool {
        match self {
            RowFate::Anew | RowFate::New => true,
            RowFate::Kept | RowFate::Unanswered | RowFate::Gone => false,
        }
    }
}

/// Makes the copy; `None` where the newer edition does not have the dossier's kind of applicant, or a rubric for anything that
/// was filled in.
pub fn convert(older: &Edition, newer: &Edition, rows: &Concordance, dossier: &Dossier) -> Option<Converted> {
    debug_assert_eq!((&rows.older, &rows.newer), (&older.id, &newer.id));
    let applicant = newer.applicant(&older.kind(dossier.applicant).id)?;
    let mut copy = Dossier { applicant, edition: newer.id.clone(), sheets: Vec::new(), ..dossier.clone() };
    dossier.place().clone_into(&mut copy.facts.place);
    copy.route = FilingAnswers::default();
    let (mut sheets, mut dropped) = (Vec::new(), Vec::new());
    for sheet in &dossier.sheets {
        let made = converted(older, newer, rows, sheet);
        if let Some((made, told)) = made.filter(|it| is_for(newer, applicant, it.1.newer)) {
            copy.sheets.push(made);
            sheets.push(told);
        } else {
            dropped.push(sheet.id);
        }
    }
    (!sheets.is_empty()).then_some(Converted { dossier: copy, sheets, dropped })
}

/// Is a rubric one that such an applicant fills in?
fn is_for(edition: &Edition, applicant: Applicant, annex: u8) -> bool {
    edition.rubric(annex).is_some_and(|it| edition.may_need(applicant, it.applicant))
}

fn converted(older: &Edition, newer: &Edition, rows: &Concordance, sheet: &Sheet) -> Option<(Sheet, ConvertedSheet)> {
    let from = older.rubric(sheet.annex)?;
    let to = newer.rubric(rows.newer_annex(sheet.annex)?)?;
    let mut made = Sheet {
        annex: to.annex,
        answers: Answers::default(),
        notes: Vec::new(),
        work: Work::default(),
        ..sheet.clone()
    };
    // what stands in the blanks goes along where the head asks for as many
    made.blanks.truncate(to.blanks().count());
    let mut told = ConvertedSheet { id: sheet.id, older: from.annex, newer: to.annex, rows: Vec::new() };
    for pair in &rows.rows {
        let is_here = |names: &[RowName], annex: u8| names.iter().any(|it| it.annex == annex);
        let is_new = pair.older.is_empty() && is_here(&pair.newer, to.annex);
        if !is_new && !is_here(&pair.older, from.annex) {
            continue;
        }
        let fate = match (&pair.older[..], &pair.newer[..]) {
            ([], _) => RowFate::New,
            (_, []) => RowFate::Gone,
            ([one], [other]) => match (from.row(one.number), to.row(other.number)) {
                (Some(one), Some(other)) => carried(pair, one, other, sheet, &mut made),
                _ => RowFate::Anew,
            },
            _ => RowFate::Anew,
        };
        told.rows.push(ConvertedRow { older: pair.older.clone(), newer: pair.newer.clone(), fate });
    }
    Some((made, told))
}

/// Takes what is known of one row over to the row that it became.
fn carried(pair: &RowsPaired, from: &Row, to: &Row, sheet: &Sheet, made: &mut Sheet) -> RowFate {
    made.set_note(to.number, sheet.note(from.number).to_owned());
    let papers = sheet.work.evidence.iter().filter(|it| it.row == from.number);
    made.work.evidence.extend(papers.map(|it| Evidence { row: to.number, ..it.clone() }));
    let given = sheet.answers.row(from.number).given();
    if given.is_empty() {
        return RowFate::Unanswered;
    }
    let counts = |given: &Given| {
        let measure = from.rule.measure(given.fact);
        let worth_as_much = measure != Measure::Points || from.points == to.points;
        to.has(given.fact) && measure == to.rule.measure(given.fact) && worth_as_much
    };
    if !pair.keeps || !given.iter().all(counts) {
        return RowFate::Anew;
    }
    for it in given {
        made.answers.set(to.number, it.fact, Some(it.value));
    }
    RowFate::Kept
}
