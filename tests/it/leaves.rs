//! Where the pages of the official tables end on A4.

use proptest::prelude::*;
use ziping::app::part::leaves::{self, Leaves};

use crate::editions;

/// Rows that are left on the last page at least.
const LAST: usize = 5;

#[test]
fn blank_forms_have_full_pages_and_no_stub() {
    let pages: Vec<usize> =
        editions()[0].rubrics.iter().map(|it| sound(&Leaves::of(it, None), leaves::above(it), 950)).collect();
    assert_eq!(pages, [3, 2, 3, 2, 3, 2]);
}

#[test]
fn a_line_ends_where_browsers_end_it() {
    // 12 letters fit into 22 % of the width
    let lines = |text: &str| leaves::lines(text, 220);
    assert_eq!([lines(""), lines("一二三四五六七八九十十一"), lines("一二三四五六七八九十十一二")], [1, 1, 2]);
    // a mark that closes goes along with the letter before it, a word of other letters is not cut
    assert_eq!(
        [lines("一二三四五六七八九十十一。"), lines("甲\n乙"), lines("一二三四五六七八九十 2015abc")],
        [2, 2, 2]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_noted_pages_are_full_and_cells_whole(annex in 0usize..6, notes in prop::collection::vec(0usize..50, 50)) {
        let rubric = &editions()[0].rubrics[annex];
        let text = "备".repeat(50);
        let notes: Vec<&str> = notes.iter().map(|n| &text[..3 * (n % 50)]).collect();
        sound(&Leaves::of(rubric, Some(&notes)), leaves::above(rubric), 2950);
    }
}

/// How many pages a table has, all of them as they should be.
fn sound(table: &Leaves, above: u32, below: u32) -> usize {
    let starts = table.begin(above, below);
    assert_eq!(starts.first(), Some(&0));
    assert!(starts.is_sorted_by(|one, other| one < other));
    let n = table.rows.len();
    assert!(starts.len() == 1 || starts[starts.len() - 1] + LAST <= n, "{starts:?} of {n}");
    for (at, from) in starts.iter().enumerate() {
        assert!(!table.joined[*from], "a cell is cut before row {from}");
        let Some(to) = starts.get(at + 1) else { continue };
        let above = if at == 0 { above } else { 0 };
        let filled = table.filling(*from, *to, above);
        assert!((60..=100).contains(&filled), "page {} has {filled} %: {starts:?}", at + 1);
    }
    starts.len()
}
