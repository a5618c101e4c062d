//! The mark of an edition: only an edition with the same mark can give the digits of a record their meaning.

use std::fmt::Write;

use crate::bytes::crc::crc32;
use crate::filing::Rules;
use crate::rubric::{Applicant, Edition, ListItem, Points, Rubric, Rule};

use super::route::values;
use super::sheets::{codes, titles};
use super::states::{States, Values, forms};

/// What a record depends on besides the rubrics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Leans {
    /// It contains an occupation of the printed table.
    pub table: bool,
    /// It contains answers to questions on filing.
    pub questions: bool,
}

impl Leans {
    const ALL: [Leans; 4] = [
        Leans { table: false, questions: false },
        Leans { table: true, questions: false },
        Leans { table: false, questions: true },
        Leans { table: true, questions: true },
    ];

    fn at(self) -> usize {
        usize::from(self.table) + 2 * usize::from(self.questions)
    }
}

/// The marks of an edition, one for each combination of things that a record may depend on besides the rubrics.
///
/// A mark is a hash of sixteen bits over everything that gives a record its meaning: the edition's name, the states of
/// every row and the figures by which they score, and what else it depends on, so that a further occupation or question
/// leaves all other records readable. Words may be corrected, figures may not.
pub struct Marks {
    marks: [u16; 4],
    /// Of every row of every rubric: making them anew for each record took a third of the time to open one.
    pub(super) states: Vec<Vec<States>>,
}

impl Marks {
    pub fn of(&self, leans: Leans) -> u16 {
        self.marks[leans.at()]
    }
}

/// The marks of each edition, in their order.
pub fn marks(editions: &[Edition], rules: &[Rules]) -> Vec<Marks> {
    let of_edition = |edition: &Edition| {
        let own = rules.iter().find(|it| it.edition == edition.id);
        let rows = rows(edition);
        let marks = Leans::ALL.map(|it| crc32(leaning(rows.clone(), own, it).as_bytes()) as u16);
        let of_rubric = |rubric: &Rubric| rubric.rows().map(|row| States::of(rubric, row)).collect();
        Marks { marks, states: edition.rubrics.iter().map(of_rubric).collect() }
    };
    editions.iter().map(of_edition).collect()
}

/// Two editions whose records could not be told apart, by where they stand among [`marks`]: one in 16,000 pairs has a
/// mark in common by chance.
pub fn alike(marks: &[Marks]) -> Option<(usize, usize)> {
    let pairs = (0..marks.len()).flat_map(|one| (0..one).map(move |other| (other, one)));
    pairs.into_iter().find(|it| (0..4).any(|lean| marks[it.0].marks[lean] == marks[it.1].marks[lean]))
}

/// The kinds of applicant where their order does not follow from the rubrics, and the states of all rows.
fn rows(edition: &Edition) -> String {
    let mut all = edition.id.clone();
    let mut named: Vec<Applicant> = Vec::new();
    for rubric in &edition.rubrics {
        if !named.contains(&rubric.applicant) {
            named.push(rubric.applicant);
        }
    }
    if !edition.kinds().map(|it| it.0).eq(named) {
        edition.applicants.iter().for_each(|it| all.push_str(&format!("\n{}", it.id)));
    }
    for rubric in &edition.rubrics {
        let whose = joined(&edition.kind(rubric.applicant).id);
        let _ = write!(all, "\n{} {whose} {:?} {}", rubric.annex, rubric.part, rubric.blanks().count());
        for row in rubric.rows() {
            let points = row.points.map(|it| it.in_tenths());
            let _ = write!(
                all,
                "\n{} {points:?} {:?} {} {:?}",
                row.number,
                row.shares,
                row.rule.kind(),
                figures(&row.rule)
            );
            for form in forms(rubric, row) {
                let _ = write!(all, " {}", form.weight);
                for (fact, values) in form.facts {
                    let _ = match values {
                        Values::Listed { first, step, weights } => {
                            write!(all, " {} {first} {step} {weights:?}", fact.name())
                        }
                        Values::After { fact: before, step, weights } => {
                            write!(all, " {} {} {step} {weights:?}", fact.name(), before.name())
                        }
                        Values::Any { unit } => write!(all, " {} {unit}", fact.name()),
                    };
                }
            }
        }
    }
    all
}

/// `KindOfSchool` of `kind_of_school`: so marks have always had it.
fn joined(id: &str) -> String {
    let mut joined = String::new();
    let mut begins = true;
    for letter in id.chars() {
        if letter != '_' {
            joined.push(if begins { letter.to_ascii_uppercase() } else { letter });
        }
        begins = letter == '_';
    }
    joined
}

fn leaning(mut all: String, rules: Option<&Rules>, leans: Leans) -> String {
    if let Some(rules) = rules.filter(|_| leans.table) {
        for code in codes(&rules.scope) {
            let _ = write!(all, "\n{code} {}", titles(&rules.scope, code).join(" "));
        }
    }
    if let Some(rules) = rules.filter(|_| leans.questions) {
        for question in &rules.routes.questions {
            let _ = write!(all, "\n{} {:?} {}", question.id, question.kind, values(question).join(" "));
        }
    }
    all
}

/// The figures of a rule, in tenths where they are points.
fn figures(rule: &Rule) -> Vec<i64> {
    let tenths = |it: &Points| i64::from(it.in_tenths());
    let whole = |it: &u16| i64::from(*it);
    match rule {
        Rule::Met { .. } | Rule::None | Rule::Judged { .. } | Rule::Tiers { .. } => Vec::new(),
        Rule::Staffed { at_least } | Rule::Rate { at_least } | Rule::Years { at_least } => vec![whole(at_least)],
        Rule::Deduct { each, .. } | Rule::Hazard { each, .. } | Rule::Credit { each, .. } => vec![tenths(each)],
        Rule::Combined { undetailed, .. } => vec![tenths(undetailed)],
        Rule::Number { bands } => bands.iter().flat_map(|it| [whole(&it.at_least), tenths(&it.points)]).collect(),
        Rule::Experts { at_least, each } => vec![whole(at_least), tenths(each)],
        Rule::Average { full, above, part, .. } => vec![whole(full), whole(above), tenths(part)],
        Rule::Lease { term, .. } => {
            term.iter().flat_map(|it| [whole(&it.years), tenths(&it.deduct), tenths(&it.shorter)]).collect()
        }
        Rule::Bonus { add } => vec![tenths(add)],
        Rule::Choice { levels } => {
            levels.iter().flat_map(|it| [tenths(&it.from), tenths(&it.to), i64::from(it.fails)]).collect()
        }
        Rule::Listed { items, .. } => {
            let most = |it: &ListItem| it.at_most.as_ref().map_or(-1, tenths);
            let of_item =
                |it: &ListItem| [tenths(&it.from), tenths(&it.to), most(it), i64::from(it.all), i64::from(it.fails)];
            items.iter().flat_map(of_item).collect()
        }
        Rule::Quantity { of } => {
            let kind = of.counts.as_ref().map_or(0, |it| 1 + i64::from(it.is_ratio));
            let missing = of.missing.iter().flat_map(|it| [it.step, tenths(&it.each)]);
            let steps = of.steps.iter().flat_map(|it| [it.bound, tenths(&it.points)]);
            [kind, i64::from(of.limits)].into_iter().chain(steps).chain(missing).collect()
        }
    }
}
