//! 整改清单 as a table: every field of tasks and marks stands in it, and what comes of a task is what scoring says.

use ziping::dossier::{Sheet, Task};
use ziping::packet::{plan_table, task_in_words, task_outcome, with_tasks};
use ziping::rubric::{Fact, Points, Rubric};
use ziping::score::{Answers, Given, score};
use ziping::spreadsheet::{Cell, decimal};

use crate::{editions, every_field};

fn rubric(annex: u8) -> &'static Rubric {
    editions()[0].rubric(annex).expect("an annex")
}

fn texts(sheet: &Sheet) -> Vec<Vec<String>> {
    let of = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        Cell::Tenths(n) => decimal(*n),
        _ => String::new(),
    };
    let table = plan_table(rubric(sheet.annex), sheet);
    assert!(table.rows.iter().all(|it| it.len() == table.columns.len()));
    table.rows.iter().map(|row| row.iter().map(of).collect()).collect()
}

#[test]
fn every_field_of_tasks_and_marks_stands_in_the_table() {
    let dossier = every_field::full();
    let [public, turner] = &dossier.sheets[..] else { unreachable!("two sheets") };
    let public = texts(public);
    for words in ["1-4", "不符合 0 项", "要花钱", "3.5", "责任人戊", "2026-12-31", "进行中"] {
        assert!(public[0].iter().any(|it| it.contains(words)), "{words} is not in {:?}", public[0]);
    }
    assert!(public[1].contains(&"目标 85 分，稳妥方案".to_owned()), "{public:?}");
    let turner = texts(turner);
    for words in ["2-13", "完好 20，共 21", "马上能办", "责任人子", "2027-01-15", "已办"] {
        assert!(turner[0].iter().any(|it| it.contains(words)), "{words} is not in {:?}", turner[0]);
    }
    // a row that is no task, but of which something was said
    for words in ["2-8", "办不到", "5.5", "未列入清单"] {
        assert!(turner[1].iter().any(|it| it.contains(words)), "{words} is not in {:?}", turner[1]);
    }
    // the official words of each row are there
    assert!(turner[0].contains(&rubric(2).row(13).expect("a row").standard));
}

#[test]
fn what_comes_of_a_task_is_what_scoring_says() {
    let given = |row, fact, value| Given { row, fact, value };
    let few = [given(4, Fact::QualifiedExaminers, 2), given(4, Fact::Headcount, 2), given(1, Fact::Defects, 1)];
    let answers: Answers = few.into_iter().collect();
    let to = vec![(Fact::QualifiedExaminers, 5), (Fact::Headcount, 5)];
    let task = Task { row: 4, to, ..Task::default() };
    let outcome = task_outcome(rubric(2), &answers, &task).expect("a row");
    assert_eq!((outcome.points_now, outcome.points_then), (Some(Points::ZERO), Some(Points::whole(8))));
    assert!(outcome.clears_veto && !outcome.written);
    let of = |answers: &Answers, task| {
        task_in_words(rubric(2), &Sheet { annex: 2, answers: answers.clone(), ..Sheet::default() }, task)
    };
    let from_to = "聘任 2 人，其中符合条件 2 人 → 聘任 5 人，其中符合条件 5 人";
    assert_eq!(of(&answers, &task), format!("补 3 名考评员（2-4）：+8 分并消除否决\n{from_to}"));
    let after = with_tasks(&answers, [&task]);
    assert_eq!(score(rubric(2), &after).base, outcome.total_then);
    let done = task_outcome(rubric(2), &after, &task).expect("a row");
    assert!(done.written && of(&after, &task).ends_with("（自评表已改）"));
    // the sheet has become better than the task in the meantime
    let back = Task { to: vec![(Fact::QualifiedExaminers, 3), (Fact::Headcount, 3)], ..task.clone() };
    assert!(of(&after, &back).ends_with("（−3 分）"), "{}", of(&after, &back));
    assert!(task_outcome(rubric(2), &after, &Task { row: 99, ..Task::default() }).is_none());
}

/// What the row said before and the task does not say is gone: a score by hand does not stand beside counted defects.
#[test]
fn a_task_takes_the_place_of_all_that_was_said_about_its_row() {
    let by_hand: Answers = [Given { row: 24, fact: Fact::Score, value: 5 }].into_iter().collect();
    let task = Task { row: 24, to: vec![(Fact::Defects, 0)], ..Task::default() };
    let after = with_tasks(&by_hand, [&task]);
    assert_eq!(after.get(24, Fact::Score), None);
    assert_eq!(score(rubric(1), &after).row(24).and_then(|it| it.score), Some(Points::whole(2)));
}
