//! Of a row: its levels, the cells that are not read, and whether it goes on with the row above.

use crate::import::heads::{ColumnRole, role};
use crate::import::levels::LevelText;

use super::OutlineReader;

impl OutlineReader<'_> {
    /// The row's levels, where they have columns of their own; empty cells are no levels.
    pub(super) fn levels(&self, row: usize) -> Vec<LevelText> {
        let mut all = Vec::new();
        for (column, head) in &self.head.levels {
            let text = self.grid.text(row, *column);
            let is_merged = |other: usize| self.grid.is_one((row, *column), (row, other));
            let is_second = 0 < *column && is_merged(*column - 1);
            if !text.is_empty() && !is_second {
                all.push(LevelText { head: head.clone(), text, is_merged: is_merged(*column + 1) });
            }
        }
        all
    }

    /// What has no place in the rubric: columns without a head, and words about points in others that are not read.
    pub(super) fn unread(&self, row: usize) -> Vec<String> {
        let is_merged = |column: usize| 0 < column && self.grid.is_one((row, column - 1), (row, column));
        let mut all = Vec::new();
        for column in (0..self.grid.n_columns()).filter(|it| !is_merged(*it)) {
            let (head, text) = (&self.head.words[column], self.grid.text(row, column));
            if text.is_empty() {
                continue;
            }
            if head.is_empty() {
                all.push(format!("第 {} 列没有表头，“{text}”没有读", column + 1));
            } else if self.is_left(column) && tells(&text) {
                all.push(format!("“{head}”一列的“{text}”没有读"));
            }
        }
        all
    }

    fn is_left(&self, column: usize) -> bool {
        let is_level = self.head.levels.iter().any(|it| it.0 == column);
        let other = self.head.columns(ColumnRole::Points);
        let is_second = other.contains(&column)
            && self.columns.points != Some(column)
            && self.columns.section_points != Some(column);
        (self.head.roles[column] == ColumnRole::Left || is_second) && !is_level
    }

    /// Columns whose heads are not known are told once.
    pub(super) fn left_columns(&mut self) {
        let rows = self.head.rows.1 + 1..self.grid.n_rows();
        for column in 0..self.grid.n_columns() {
            let head = self.head.words[column].clone();
            let is_filled = rows.clone().any(|it| !self.grid.text(it, column).is_empty());
            let is_known = role(&head).is_some_and(|it| it != ColumnRole::Points);
            if !head.is_empty() && !is_known && self.is_left(column) && is_filled {
                self.rubric.doubts.push(format!("“{head}”一列没有读，请看原文"));
            }
        }
    }

    /// A row that goes on with the one above: broken over two pages, its standard is not at its end.
    pub(super) fn joins(&mut self, row: usize) -> bool {
        if !self.head.levels.is_empty() {
            return false;
        }
        let standard = self.columns.standard;
        let text = self.grid.text(row, standard);
        let alone = |it: &usize| *it == standard || self.new_text(row, *it).is_none();
        let columns = [self.columns.section, self.columns.group, self.columns.points].into_iter().flatten();
        let others = columns.chain(self.columns.methods).all(|it| alone(&it));
        let content: String = self.columns.content.iter().filter_map(|it| self.new_text(row, *it)).collect();
        let is_page_begun = self.is_page_begun;
        let place = self.grid.place(row);
        let spans = self.last.is_some_and(|last| self.grid.is_one((row, standard), (last, standard)));
        let Some(above) = self.rubric.sections.last_mut().and_then(|it| it.groups.last_mut()?.rows.last_mut()) else {
            return false;
        };
        let is_open =
            |it: &str| !it.is_empty() && !it.ends_with(['。', '；', ';', '.', '分', '止', '项', '）', ')', '”']);
        let goes_on = is_open(&above.standard) && !text.is_empty();
        let begins_inside = text.starts_with(['，', '。', '；', '、', '）', '分']);
        if spans || !others || above.shares || !(goes_on && (is_page_begun || content.is_empty()) || begins_inside) {
            return false;
        }
        above.standard.push_str(&text);
        above.content.push_str(&content);
        above.doubts.push(format!("由两页的两段拼成，后一段在{place}"));
        true
    }
}

/// 不具备的一票否决, 优5良4: words about points.
fn tells(text: &str) -> bool {
    let words = ["扣", "得分", "否决", "取消", "不合格", "不得", "不予", "加分", "满分", "优"];
    let has_points = || text.contains('分') && text.contains(|it: char| it.is_ascii_digit());
    words.iter().any(|it| text.contains(it)) || has_points()
}
