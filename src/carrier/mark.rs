//! The mark of an edition: which states the digits of a record stand for.

use std::fmt::Write;

use crate::dossier::crc32;
use crate::filing::Rules;
use crate::rubric::{Edition, Rule};

use super::route::values;
use super::states::{Values, forms};

/// The mark of each edition, in their order.
pub fn marks(editions: &[Edition], rules: &[Rules]) -> Vec<u16> {
    editions.iter().map(|edition| mark(edition, rules.iter().find(|it| it.edition == edition.id))).collect()
}

/// Sixteen bits over all that gives a record its meaning: the edition's name, the states of every row, the figures by
/// which they score, the occupations of the printed table and the answers there are to the questions on filing. Other
/// words may be corrected, figures may not.
fn mark(edition: &Edition, rules: Option<&Rules>) -> u16 {
    let mut all = edition.id.clone();
    for rubric in &edition.rubrics {
        let _ = write!(all, "\n{} {:?} {:?} {}", rubric.annex, rubric.applicant, rubric.part, rubric.blanks().count());
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
            for it in forms(rubric, row) {
                let _ = write!(all, " {}", it.weight);
                for (fact, values) in it.facts {
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
    for it in rules.iter().flat_map(|it| &it.scope.examples) {
        let _ = write!(all, "\n{} {} {}", it.code, it.name, it.trade());
    }
    for question in rules.iter().flat_map(|it| &it.routes.questions) {
        let _ = write!(all, "\n{} {}", question.id, values(question).join(" "));
    }
    crc32(all.as_bytes()) as u16
}

/// The figures of a rule, in tenths where they are points.
fn figures(rule: &Rule) -> Vec<u16> {
    match rule {
        Rule::Met { .. } | Rule::None | Rule::Judged { .. } | Rule::Tiers { .. } => Vec::new(),
        Rule::Staffed { at_least } | Rule::Rate { at_least } | Rule::Years { at_least } => vec![*at_least],
        Rule::Deduct { each, .. } | Rule::Hazard { each, .. } | Rule::Credit { each, .. } => vec![each.in_tenths()],
        Rule::Combined { undetailed } => vec![undetailed.in_tenths()],
        Rule::Number { bands } => bands.iter().flat_map(|it| [it.at_least, it.points.in_tenths()]).collect(),
        Rule::Experts { at_least, each } => vec![*at_least, each.in_tenths()],
        Rule::Average { full, above, part, .. } => vec![*full, *above, part.in_tenths()],
        Rule::Lease { term, .. } => {
            term.iter().flat_map(|it| [it.years, it.deduct.in_tenths(), it.shorter.in_tenths()]).collect()
        }
        Rule::Bonus { add } => vec![add.in_tenths()],
    }
}
