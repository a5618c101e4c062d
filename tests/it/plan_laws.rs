//! Laws of the plan: it is the best one of all, found by trying every one; it says what scoring says; nothing is made worse.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use ziping::plan::{Effort, Mark, MendPlan, Wishes, options, plan};
use ziping::rubric::{
    Band, Blocks, Fact, Group, Part, People, PerhapsShared, Points, Row, Rubric, Rule, Section, Term, Tier, Totals,
    Veto,
};
use ziping::score::{Answers, faults, score};

use crate::EMPLOYER;
use crate::arbitrary::{anything, filled, sheet};
use crate::plan_tried::{Tried, as_tried, best_of_all, counted, filing_vetoes, laid_over, lay};

/// No other set of changes is better.
fn is_best(rubric: &Rubric, answers: &Answers, wishes: &Wishes, made: &MendPlan<'_>) -> Result<(), TestCaseError> {
    if let Some(best) = best_of_all(rubric, answers, wishes) {
        let found = as_tried(rubric, answers, wishes, made);
        let same = if best.reached { Tried { points: found.points, ..best } } else { best };
        prop_assert_eq!(found, same);
    }
    Ok(())
}

/// What holds for every plan.
fn holds(rubric: &Rubric, answers: &Answers, wishes: &Wishes, made: &MendPlan<'_>) -> Result<(), TestCaseError> {
    let laid = laid_over(answers, &made.changes);
    let (before, after) = (score(rubric, answers), score(rubric, &laid));
    prop_assert_eq!(made.before, before.base);
    prop_assert_eq!(made.after, after.base);
    prop_assert_eq!(made.low_before, counted(rubric, answers, true));
    prop_assert_eq!(made.low_after, counted(rubric, &laid, true));
    prop_assert_eq!(made.verdict_after, after.verdict());
    prop_assert_eq!(&made.filing_vetoes, &filing_vetoes(rubric, &laid));
    let counted = if wishes.safe { made.low_after } else { made.after };
    prop_assert_eq!(made.reached, made.filing_vetoes.is_empty() && made.target.at_least <= counted);
    prop_assert_eq!(made.reached, made.why.is_none());
    prop_assert_eq!(made.cost, made.changes.iter().map(|it| it.cost).sum::<u64>());
    let gains: Points = made.changes.iter().map(|it| it.gain).sum();
    prop_assert_eq!(made.before + gains, made.after);
    if let Some(why) = &made.why {
        prop_assert!(!why.words(rubric).is_empty());
    }
    // no fault that was not there before: `ziping score` takes the sheet
    prop_assert!(faults(rubric, &laid).len() <= faults(rubric, answers).len());
    for (change, next) in made.changes.iter().zip(made.changes.iter().skip(1)) {
        prop_assert!(change.row < next.row);
    }
    for change in &made.changes {
        let mark = wishes.mark(change.row);
        prop_assert_ne!(mark.effort, Effort::Never);
        prop_assert_eq!(change.effort, mark.effort);
        prop_assert_ne!(&change.from, &change.to);
        prop_assert!(change.to.is_sorted());
        let award = change.to.iter().find(|it| it.0 == Fact::Award).map(|it| it.1);
        let reach = mark.reach.map_or(i64::MAX, |it| it.in_tenths().into());
        prop_assert!(award.is_none_or(|it| it <= reach), "beyond its reach: {:?}", change);
    }
    for (before, after) in before.rows.iter().zip(&after.rows) {
        prop_assert!(before.score.unwrap_or_default() <= after.score.unwrap_or_default());
        prop_assert!(!after.vetoed || before.vetoed || !before.answered);
        let changed = made.changes.iter().any(|it| it.row == before.row.number);
        let same = answers.row(before.row.number).given() == laid.row(before.row.number).given();
        prop_assert_eq!(changed, !same);
    }
    Ok(())
}

/// What is wished for, for the rows of a rubric; rows that are not among `some` are left as they are.
fn wishes(rubric: &Rubric, some: Option<Vec<u16>>) -> impl Strategy<Value = Wishes> + use<> {
    let bands: Vec<Option<Points>> = rubric.bands.iter().map(|it| Some(it.at_least)).chain([None]).collect();
    let of_row = |row: &Row| {
        let (number, worth) = (row.number, row.points.unwrap_or_default().in_tenths());
        let judged = matches!(row.rule, Rule::Judged { .. } | Rule::Tiers { .. } | Rule::Lease { .. });
        let effort = select(vec![Effort::Now, Effort::Now, Effort::Money, Effort::Money, Effort::Never]);
        let never = some.as_ref().is_some_and(|it| !it.contains(&number));
        let cost = prop::option::of(select(vec![0_u64, 5, 10, 35]));
        (effort, cost, prop::option::of(0..=worth)).prop_map(move |(effort, cost, reach)| Mark {
            row: number,
            effort: if never { Effort::Never } else { effort },
            cost,
            reach: reach.map(Points::tenths).filter(|_| judged),
        })
    };
    let marks: Vec<_> = rubric.rows().map(of_row).collect();
    (select(bands), any::<bool>(), marks).prop_map(|(target, safe, marks)| {
        let mut wishes = Wishes { target, safe, ..Wishes::default() };
        marks.into_iter().for_each(|it| wishes.set_mark(it));
        wishes
    })
}

/// A rule for a row of so many points; rows with people come after those that look at them.
fn rule(at: u16, n: u16) -> impl Strategy<Value = Rule> {
    let each = select(vec![10, 20, 30]).prop_map(Points::tenths);
    let text = String::new;
    let leader = at % n + 1;
    prop_oneof![
        3 => Just(Rule::Met { perhaps_shared: None, unsure: None }),
        1 => Just(Rule::Met { perhaps_shared: Some(PerhapsShared { row: leader, reading: text() }), unsure: None }),
        2 => each.clone().prop_map(move |each| Rule::Deduct { each, unit: text(), people: None, by_hand: None }),
        2 => each.clone().prop_map(move |each| {
            Rule::Deduct { each, unit: text(), people: Some(People { row: leader, reading: text() }), by_hand: None }
        }),
        1 => each.clone().prop_map(move |each| Rule::Deduct { each, unit: text(), people: None, by_hand: Some(text()) }),
        2 => each.clone().prop_map(move |each| Rule::Credit { each, unit: text() }),
        1 => each.clone().prop_map(move |undetailed| Rule::Combined { undetailed, complies: Some(text()) }),
        2 => Just(Rule::Number { bands: vec![
            Tier { at_least: 3, points: Points::whole(6) },
            Tier { at_least: 2, points: Points::whole(4) },
        ] }),
        2 => each.prop_map(|each| Rule::Experts { at_least: 2, each }),
        1 => Just(Rule::Staffed { at_least: 2 }),
        1 => Just(Rule::Rate { at_least: 80 }),
        1 => Just(Rule::Years { at_least: 3 }),
        1 => Just(Rule::Average { full: 30, above: 20, part: Points::whole(2), exactly: text() }),
        2 => Just(Rule::Judged { reading: text() }),
        1 => Just(Rule::Tiers { reading: text() }),
        1 => Just(Rule::Lease { reading: text(), term: None }),
        1 => Just(Rule::Lease { reading: text(), term: Some(Term {
            years: 3, deduct: Points::whole(1), shorter: Points::whole(3), exactly: text(),
        }) }),
        1 => Just(Rule::Bonus { add: Points::whole(2) }),
        1 => Just(Rule::None),
    ]
}

fn row() -> Row {
    Row {
        number: 1,
        content: String::new(),
        standard: String::new(),
        points: None,
        methods: vec![],
        methods_merged: false,
        veto: None,
        rule: Rule::None,
        shares: None,
        readings: vec![],
        key: None,
        may_skip: false,
        words: String::new(),
    }
}

/// A small rubric of any rules: the last rows may share a cell.
pub fn small() -> impl Strategy<Value = Rubric> {
    (3..6_u16, any::<bool>()).prop_flat_map(|(n, shared)| {
        let of_row = move |at: u16| {
            let veto = prop::option::weighted(0.3, select(vec![Blocks::Filing, Blocks::Filing, Blocks::Work]));
            (rule(at, n), select(vec![30_u16, 40, 55, 60]), veto).prop_map(move |(rule, points, blocks)| {
                let veto = blocks.map(|blocks| Veto { phrase: String::new(), blocks, zeroes: None });
                let bonus = matches!(rule, Rule::Bonus { .. } | Rule::None);
                let points = Some(Points::tenths(points)).filter(|_| !bonus);
                Row { number: at, points, veto: veto.filter(|_| !bonus), rule, ..row() }
            })
        };
        let rows: Vec<_> = (1..=n).map(of_row).collect();
        (rows, 20..200_u16).prop_map(move |(mut rows, at_least)| {
            if shared {
                let [.., first, second] = &mut rows[..] else { unreachable!("three rows at least") };
                *first = Row {
                    number: first.number,
                    points: Some(Points::whole(6)),
                    veto: Some(Veto { phrase: String::new(), blocks: Blocks::Filing, zeroes: None }),
                    rule: Rule::Hazard { each: Points::whole(2), unit: String::new() },
                    ..row()
                };
                *second = Row { number: second.number, points: None, shares: Some(first.number), ..first.clone() };
            }
            let group = Group { name: String::new(), points: None, rows };
            let section = Section {
                name: String::new(),
                points: Some(Points::whole(100)),
                groups: vec![group],
                weight: None,
                floor: None,
            };
            Rubric {
                annex: 1,
                applicant: EMPLOYER,
                whose: String::new(),
                part: Part::Public,
                part_name: String::new(),
                title: String::new(),
                header: vec![],
                sections: vec![section],
                total: Points::whole(100),
                total_label: String::new(),
                note: vec![],
                bands: vec![Band { at_least: Points::tenths(at_least), outcome: String::new(), requires: vec![] }],
                cites: vec![],
                totals: Totals::default(),
            }
        })
    })
}

/// A small rubric with answers to most of its rows.
fn small_sheet() -> impl Strategy<Value = (Rubric, Answers, Wishes)> {
    small().prop_flat_map(|rubric| {
        let answers = filled(&rubric);
        let wishes = wishes(&rubric, None);
        (Just(rubric), answers, wishes)
    })
}

fn real() -> impl Strategy<Value = (&'static Rubric, Answers, Wishes)> {
    sheet().prop_flat_map(|(rubric, answers)| wishes(rubric, None).prop_map(move |it| (rubric, answers.clone(), it)))
}

/// A real sheet of which few rows can be changed.
fn nearly_fixed() -> impl Strategy<Value = (&'static Rubric, Answers, Wishes)> {
    (sheet(), vec(any::<prop::sample::Index>(), 2..5)).prop_flat_map(|((rubric, answers), some)| {
        let numbers: Vec<u16> = rubric.rows().map(|it| it.number).collect();
        let some = some.iter().map(|it| *it.get(&numbers)).collect();
        wishes(rubric, Some(some)).prop_map(move |it| (rubric, answers.clone(), it))
    })
}

proptest! {
    #[test]
    fn a_plan_of_a_real_sheet_is_the_best_of_all((rubric, answers, wishes) in nearly_fixed()) {
        let made = plan(rubric, &answers, &wishes).expect("there are bands");
        is_best(rubric, &answers, &wishes, &made)?;
    }

    #[test]
    fn a_plan_of_any_small_rubric_is_the_best_of_all((rubric, answers, wishes) in small_sheet()) {
        let made = plan(&rubric, &answers, &wishes).expect("there is a band");
        holds(&rubric, &answers, &wishes, &made)?;
        is_best(&rubric, &answers, &wishes, &made)?;
    }
}

// each case makes many plans or scores many sheets
proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_plan_says_what_scoring_says((rubric, answers, wishes) in real()) {
        let made = plan(rubric, &answers, &wishes).expect("there are bands");
        holds(rubric, &answers, &wishes, &made)?;
    }

    #[test]
    fn whoever_did_what_is_planned_has_nothing_left_to_do((rubric, answers, wishes) in real()) {
        let made = plan(rubric, &answers, &wishes).expect("there are bands");
        let laid = laid_over(&answers, &made.changes);
        let again = plan(rubric, &laid, &wishes).expect("there are bands");
        prop_assert_eq!(again.changes, vec![]);
        prop_assert_eq!(again.reached, made.reached);
    }

    /// Whatever stands in the answers, also what no carrier accepts.
    #[test]
    fn no_answers_stop_a_plan((rubric, given) in anything()) {
        let answers: Answers = given.into_iter().collect();
        let made = plan(rubric, &answers, &Wishes::default()).expect("there are bands");
        prop_assert!(made.before <= made.after);
    }

    #[test]
    fn what_a_row_can_be_brought_to_gains_what_is_said((rubric, answers, wishes) in real()) {
        let before = score(rubric, &answers);
        for row in rubric.rows() {
            for option in options(rubric, &answers, &wishes, row.number) {
                let mut laid = answers.clone();
                lay(&mut laid, row.number, &option.to);
                let after = score(rubric, &laid);
                prop_assert_eq!(before.base + option.gain, after.base);
                prop_assert!(after.filing_vetoes.len() <= before.filing_vetoes.len() || before.row(row.number).is_some_and(|it| !it.answered));
                prop_assert!(1 <= option.units);
            }
        }
    }
}
