//! The marks by which a record finds its edition: two editions never share one, and one that was given stays.

use ziping::carrier::{Known, Take, alike, marks, pack};
use ziping::dossier::Dossier;
use ziping::rubric::{Applicant, Edition, ListItem, Part, Points, Quantity, QuantityStep, Rule, TwoCounts};

use crate::{editions, kinds};

/// An edition of one table with one row.
fn of_one_row(rule: Rule) -> Edition {
    let mut edition = kinds::edition().clone();
    "one-row".clone_into(&mut edition.id);
    edition.applicants.truncate(1);
    "unit".clone_into(&mut edition.applicants[0].id);
    edition.rubrics.truncate(1);
    let rubric = &mut edition.rubrics[0];
    (rubric.annex, rubric.applicant, rubric.part) = (1, Applicant(0), Part::Public);
    rubric.header.clear();
    rubric.sections.truncate(1);
    rubric.sections[0].groups.truncate(1);
    let rows = &mut rubric.sections[0].groups[0].rows;
    rows.truncate(1);
    let row = &mut rows[0];
    (row.number, row.points, row.shares, row.may_skip, row.rule) = (1, Some(Points::tenths(100)), None, false, rule);
    edition
}

fn quantity(counts: Option<bool>) -> Rule {
    let counts = counts.map(|is_ratio| TwoCounts { first: "教师".to_owned(), second: "学生".to_owned(), is_ratio });
    let steps = vec![QuantityStep { bound: 200, points: Points::tenths(100) }];
    let (of, unit) = ("数".to_owned(), "人".to_owned());
    Rule::Quantity { of: Quantity { of, unit, counts, steps, limits: false, missing: None } }
}

fn listed(at_most: Option<Points>) -> Rule {
    let item = ListItem {
        when: "有缺项".to_owned(),
        unit: "项".to_owned(),
        from: Points::tenths(10),
        to: Points::tenths(10),
        at_most,
        all: false,
        fails: false,
        reading: None,
    };
    Rule::Listed { adds: false, items: vec![item] }
}

/// The mark in a record of the edition.
fn mark(edition: Edition) -> [u8; 2] {
    let editions = [edition];
    let marks = marks(&editions, &[]);
    let known = Known { editions: &editions, rules: &[], marks: &marks };
    let dossier = Dossier::new(String::new(), Applicant(0), &editions[0], &[1]);
    let record = pack(known, &dossier, Take::default()).expect("a record");
    [record[1], record[2]]
}

#[test]
fn editions_with_the_same_figures_and_name_cannot_be_told_apart() {
    let edition = &editions()[0];
    let other = Edition { id: "place-2030".to_owned(), ..edition.clone() };
    let of = |all: &[&Edition]| {
        let all: Vec<Edition> = all.iter().map(|it| (*it).clone()).collect();
        alike(&marks(&all, &[]))
    };
    assert_eq!(of(&[edition]), None);
    assert_eq!(of(&[edition, &other]), None);
    assert_eq!(of(&[edition, &other, edition]), Some((0, 2)));
    assert_eq!(of(&[other.clone(), edition.clone(), edition.clone()].each_ref()), Some((1, 2)));
    // no limit is not a limit of a tenth of a point
    assert_eq!(of(&[&of_one_row(listed(None)), &of_one_row(listed(Some(Points::tenths(1))))]), None);
}

/// With another mark all records that people have would be of an edition that this site does not have.
#[test]
fn a_mark_that_was_given_stays() {
    for (rule, given) in [
        (listed(None), [9, 220]),
        (listed(Some(Points::tenths(20))), [42, 255]),
        (quantity(None), [70, 101]),
        (quantity(Some(false)), [120, 132]),
        (quantity(Some(true)), [72, 81]),
    ] {
        let words = format!("{rule:?}");
        assert_eq!(mark(of_one_row(rule)), given, "{words}");
    }
}
