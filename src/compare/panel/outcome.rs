//! What follows from the sheets of a panel and from what it agreed on. It is computed anew each time and stored
//! nowhere.

use crate::order;
use crate::rubric::{Points, Row, Rubric, Rule};
use crate::score::{Answers, Given, Report, RowReport, score};

use super::{Panel, Seat};

/// The result of a panel.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelResult<'r> {
    /// In printed order.
    pub rows: Vec<RowOutcome<'r>>,
    /// Collected row by row as [`RowOutcome::taken`] says; an open row is unanswered.
    pub answers: Answers,
    /// Points, sections and verdict of these answers.
    pub report: Report<'r>,
}

/// One row over all seats.
#[derive(Clone, Debug, PartialEq)]
pub struct RowOutcome<'r> {
    pub row: &'r Row,
    /// The row as each seat has it, in the order of the seats.
    pub seats: Vec<RowReport<'r>>,
    /// The lowest and the highest points among the seats that have points for it; `None` where none has.
    pub least: Option<Points>,
    pub most: Option<Points>,
    /// Not all seats gave the same facts, though the points may be the same.
    pub facts_differ: bool,
    /// Why it has to be agreed upon, the gravest reason first; empty where it need not be.
    pub disputes: Vec<Dispute>,
    pub taken: Taken,
    /// Something is agreed here though all seats now say the same: it still counts, and somebody should look at it.
    pub agreed_idly: bool,
    /// It was agreed when the seats said something else about the row: it still counts, and the panel has to look
    /// again.
    pub again: bool,
}

/// Why a row has to be agreed upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dispute {
    /// Its veto stands for some seats and not for others.
    Veto,
    /// Some seats leave it unanswered.
    Unanswered,
    /// Points differ by more than the limit: those of this row, or those of a row that this one helps to decide.
    Points,
    /// Within the limit, but not more than half of the seats gave the same facts.
    NoMajority,
}

/// Where the answer to a row was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The panel agreed on it.
    Agreed,
    /// All seats gave the same facts.
    Common,
    /// More than half of the seats gave the same facts, and there is no dispute about the row.
    Majority,
    /// It has yet to be agreed upon, and is unanswered until then.
    Open,
    /// No seat has answered it.
    Nobody,
}

impl Panel {
    /// Computes the result. The order of the seats makes no difference. `rubric` is that of the subject.
    pub fn outcome<'r>(&self, rubric: &'r Rubric) -> PanelResult<'r> {
        let reports: Vec<Report<'r>> = self.seats.iter().map(|it| score(rubric, &it.sheet.answers)).collect();
        let agreed = self.whole_agreed(rubric);
        let mut rows: Vec<RowOutcome<'r>> = rubric.rows().map(|row| self.over_seats(row, &reports)).collect();
        for row in disputed_by_points(rubric, &rows, self.limit) {
            rows.iter_mut().filter(|it| it.row.number == row).for_each(|it| it.disputes.push(Dispute::Points));
        }
        let mut answers = Answers::default();
        for outcome in &mut rows {
            let said = self.settle(rubric, outcome, agreed.contains(&outcome.row.number));
            said.into_iter().for_each(|given| _ = answers.set(given.row, given.fact, Some(given.value)));
        }
        let report = score(rubric, &answers);
        PanelResult { rows, answers, report }
    }

    /// The rows whose agreed answer has all the facts that their rule needs, a name and a reason.
    fn whole_agreed(&self, rubric: &Rubric) -> Vec<u16> {
        let given = self.agreed.iter().filter(|it| it.is_signed()).flat_map(|it| self.agreed_facts(it.row));
        let report = score(rubric, &given.collect());
        report.rows.iter().filter(|it| it.answered).map(|it| it.row.number).collect()
    }

    fn agreed_facts(&self, row: u16) -> Vec<Given> {
        let facts = self.agreed(row).map(|it| it.facts.as_slice()).unwrap_or_default();
        facts.iter().map(|(fact, value)| Given { row, fact: *fact, value: *value }).collect()
    }

    /// A row as the seats have it, with the disputes that can be seen from this row alone.
    fn over_seats<'r>(&self, row: &'r Row, reports: &[Report<'r>]) -> RowOutcome<'r> {
        let seats: Vec<RowReport<'r>> = reports.iter().filter_map(|it| it.row(row.number)).copied().collect();
        let scores = || seats.iter().filter_map(|it| it.score);
        let (least, most) = (scores().min(), scores().max());
        let facts: Vec<&[Given]> = self.facts(row).collect();
        let facts_differ = facts.iter().any(|it| *it != facts[0]);
        let mut disputes = Vec::new();
        if differ(seats.iter().map(|it| it.vetoed)) {
            disputes.push(Dispute::Veto);
        }
        if differ(seats.iter().map(|it| it.answered)) {
            disputes.push(Dispute::Unanswered);
        }
        RowOutcome {
            row,
            seats,
            least,
            most,
            facts_differ,
            disputes,
            taken: Taken::Open,
            agreed_idly: false,
            again: false,
        }
    }

    /// Decides where a row's answer is taken from; returns the answer.
    fn settle(&self, rubric: &Rubric, outcome: &mut RowOutcome<'_>, whole: bool) -> Vec<Given> {
        let answered = outcome.seats.iter().any(|it| it.answered);
        let said: Vec<&[Given]> = self.facts(outcome.row).collect();
        // rows of one cell are one answer: the seats that decide must agree in all of them
        let of_cell = cell(rubric, outcome.row);
        let cell: Vec<Vec<Given>> = self.seats.iter().map(|seat| facts_of(seat, &of_cell, &outcome.row.rule)).collect();
        let n = |facts: &Vec<Given>| cell.iter().filter(|it| *it == facts).count();
        let majority = cell.iter().position(|it| cell.len() < 2 * n(it)).map(|at| said[at].to_vec());
        let common =
            if outcome.facts_differ { Vec::new() } else { said.first().map(|it| it.to_vec()).unwrap_or_default() };
        // there is no vote on a row that nobody answered completely
        if outcome.facts_differ && answered && outcome.disputes.is_empty() && majority.is_none() {
            outcome.disputes.push(Dispute::NoMajority);
        }
        let agreed = self.agreed(outcome.row.number);
        outcome.agreed_idly = !outcome.facts_differ && agreed.is_some();
        outcome.again = whole && agreed.is_some_and(|agreed| agreed.said != self.said(outcome.row.number));
        let (taken, facts) = if whole {
            (Taken::Agreed, self.agreed_facts(outcome.row.number))
        } else if !outcome.disputes.is_empty() {
            (Taken::Open, Vec::new())
        } else if !answered {
            (Taken::Nobody, common)
        } else if outcome.facts_differ {
            (Taken::Majority, majority.unwrap_or_default())
        } else {
            (Taken::Common, common)
        };
        outcome.taken = taken;
        facts
    }

    /// What each seat said about a row, without its estimates: they move no score, and nobody has to agree on them.
    fn facts(&self, row: &Row) -> impl Iterator<Item = &[Given]> {
        let number = row.number;
        self.seats.iter().map(move |it| it.sheet.answers.row(number).telling(&row.rule).without_estimates().given())
    }
}

/// The rows to agree upon because points differ too much: those whose facts differ and decide such points. As points
/// follow from facts, there is at least one for every row whose points differ too much.
fn disputed_by_points(rubric: &Rubric, rows: &[RowOutcome<'_>], limit: Points) -> Vec<u16> {
    let apart = rows.iter().filter(|outcome| outcome.spread().is_some_and(|it| limit < it));
    let mut found: Vec<u16> = apart.flat_map(|it| deciding(rubric, it.row)).collect();
    order::sort(&mut found);
    found.dedup();
    found.retain(|number| rows.iter().any(|it| it.row.number == *number && it.facts_differ));
    found
}

/// The rows whose facts decide the score of a row.
fn deciding(rubric: &Rubric, row: &Row) -> Vec<u16> {
    match &row.rule {
        Rule::Hazard { .. } => cell(rubric, row),
        Rule::Deduct { people: Some(people), .. } => vec![row.number, people.row],
        Rule::Deduct { people: None, .. }
        | Rule::Met { .. }
        | Rule::Staffed { .. }
        | Rule::Credit { .. }
        | Rule::Combined { .. }
        | Rule::Number { .. }
        | Rule::Experts { .. }
        | Rule::Rate { .. }
        | Rule::Years { .. }
        | Rule::Average { .. }
        | Rule::Judged { .. }
        | Rule::Tiers { .. }
        | Rule::Lease { .. }
        | Rule::Bonus { .. }
        | Rule::Choice { .. }
        | Rule::Listed { .. }
        | Rule::Quantity { .. }
        | Rule::None => vec![row.number],
    }
}

/// The rows that share their points with a row: all of a cell of 安全文明, else the row alone.
fn cell(rubric: &Rubric, row: &Row) -> Vec<u16> {
    let Rule::Hazard { .. } = row.rule else { return vec![row.number] };
    let first = rubric.owner(row).number;
    rubric.rows().filter(|it| it.number == first || it.shares == Some(first)).map(|it| it.number).collect()
}

/// What a seat says of these rows, which all have this rule.
fn facts_of(seat: &Seat, rows: &[u16], rule: &Rule) -> Vec<Given> {
    let said = |row: &u16| seat.sheet.answers.row(*row).telling(rule).without_estimates().given();
    rows.iter().flat_map(said).copied().collect()
}

fn differ(mut said: impl Iterator<Item = bool>) -> bool {
    let first = said.next();
    said.any(|it| Some(it) != first)
}

impl RowOutcome<'_> {
    /// The panel still has to talk about it.
    pub fn is_open(&self) -> bool {
        self.taken == Taken::Open || self.again
    }

    /// How much the points differ; `None` where no seat has points.
    pub fn spread(&self) -> Option<Points> {
        Some(self.most?.less(self.least?))
    }

    /// The seats that leave the row unanswered, by position.
    pub fn unanswered(&self) -> Vec<usize> {
        (0..self.seats.len()).filter(|at| !self.seats[*at].answered).collect()
    }

    /// The seats for which the row raises its veto, by position.
    pub fn vetoed(&self) -> Vec<usize> {
        (0..self.seats.len()).filter(|at| self.seats[*at].vetoed).collect()
    }
}

impl<'r> PanelResult<'r> {
    /// The rows still to be agreed upon, or to be looked at again. The verdict is final once there is none.
    pub fn open(&self) -> Vec<u16> {
        self.rows.iter().filter(|it| it.is_open()).map(|it| it.row.number).collect()
    }

    pub fn row(&self, number: u16) -> Option<&RowOutcome<'r>> {
        self.rows.iter().find(|it| it.row.number == number)
    }
}
