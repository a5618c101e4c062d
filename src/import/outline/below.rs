//! What stands below the rows, the total and the notes, and rows that come after them all the same.

use crate::import::cells::points_of;
use crate::import::figure::PrintedNumber;
use crate::import::printed::printed_lines;
use crate::letters::is_numeral;

use super::OutlineReader;

impl OutlineReader<'_> {
    /// 合计, 总分（100分）; 总分管理 is the name of something.
    pub(super) fn is_total(&self, row: usize, bare: &str) -> bool {
        let words = ["总得分", "合计", "总计", "总分", "共计"];
        let Some(rest) = words.iter().find_map(|it| bare.strip_prefix(it)) else { return false };
        let is_bare = rest.chars().all(|it| it.is_ascii_digit() || "得分数值计满共（）():：.．".contains(it));
        let standard = self.columns.standard;
        let own = self.grid.text(row, standard);
        let is_row = !own.is_empty() && own != self.grid.text(row, 0) && points_of(&own).0.is_none();
        bare.chars().count() < 12 && (is_bare || !is_row)
    }

    /// 小计, beside a name that goes over several rows too.
    pub(super) fn is_sum(&self, row: usize) -> bool {
        let is_own = |column: usize| !self.last.is_some_and(|last| self.grid.is_one((row, column), (last, column)));
        let first = (0..self.grid.n_columns()).find(|it| is_own(*it) && !self.grid.text(row, *it).is_empty());
        first.is_some_and(|column| {
            let bare: String = self.grid.text(row, column).chars().filter(|it| !it.is_whitespace()).collect();
            bare.starts_with("小计") && bare.chars().count() < 12
        })
    }

    /// Whether a row below the total is one of the table: it has points and a text of its own, or it is a heading above such a row.
    pub(super) fn goes_on(&self, row: usize, texts: &[String]) -> bool {
        if !self.is_over {
            return false;
        }
        let Some(points) = self.columns.points else { return false };
        let is_row = |row: usize| {
            let standard = self.grid.text(row, self.columns.standard);
            let is_given = points_of(&self.grid.text(row, points)).0.is_some_and(|it| it != PrintedNumber::ZERO);
            is_given && points_of(&standard).0.is_none() && 2 < standard.chars().count()
        };
        let is_heading = texts.len() == 1 && texts[0].chars().count() < 40 && !texts[0].contains(['。', '；', '：']);
        let mut below = (row + 1..self.grid.n_rows()).filter(|it| !self.head.is_again(self.grid, *it));
        is_row(row) || is_heading && below.find(|it| !self.grid.row_texts(*it).is_empty()).is_some_and(is_row)
    }

    pub(super) fn resume(&mut self, row: usize) {
        self.is_over = false;
        self.is_resumed = true;
        let place = self.grid.place(row);
        self.rubric.doubts.push(format!("{place}起在合计或说明之后，仍当作评估内容读入，请看原文"));
    }

    /// 一、组织建设（15分） alone in its row, in a file that cannot say that a cell goes over several columns.
    pub(super) fn is_named_alone(&self, row: usize, text: &str) -> bool {
        let bare = text.trim_start();
        let numbered = bare.starts_with('第')
            || bare.trim_start_matches(['（', '(']).starts_with(|it: char| is_numeral(it) && !it.is_ascii_digit())
                && bare.contains(['、', '）', ')', '.', '．']);
        let below = (row + 1..self.grid.n_rows()).find(|it| !self.grid.row_texts(*it).is_empty());
        numbered && below.is_some_and(|it| !self.grid.text(it, 0).is_empty() && !self.grid.is_one((row, 0), (it, 0)))
    }

    /// 一级指标 | 分值 | 二级指标 | 分值: the first are the section's.
    pub(super) fn points_beside(&mut self, row: usize) {
        let Some(column) = self.columns.section_points else { return };
        let points = points_of(&self.grid.text(row, column)).0;
        if let Some(section) = self.rubric.sections.last_mut()
            && section.points.is_none()
        {
            section.points = points;
        }
    }

    pub(super) fn total(&mut self, row: usize, texts: &[String]) {
        let of_column = self.columns.points.and_then(|it| points_of(&self.grid.text(row, it)).0);
        let number =
            |text: &String| points_of(text.trim_start_matches(['合', '计', '总', '分', '共', '得', '：', ':', ' '])).0;
        let total = of_column.or_else(|| texts.iter().find_map(number));
        if self.rubric.total.is_none() || self.is_resumed && total.is_some() {
            self.rubric.total = total;
        }
        if total.is_none() {
            self.rubric.doubts.push(format!("{}：合计的分数没有读到", self.grid.place(row)));
        }
        let label = texts.iter().skip(1).find(|it| ["得分", "总分", "总得分"].contains(&it.as_str()));
        self.rubric.total_label = label.cloned().unwrap_or_default();
        self.is_over = true;
    }

    pub(super) fn note(&mut self, row: usize, texts: &[String]) {
        // 考场 | 每少一间扣1分, below the total and without points
        if 2 < texts.len() && !self.grid.text(row, self.columns.standard).is_empty() {
            let place = self.grid.place(row);
            self.rubric.doubts.push(format!("{place}在合计或说明之后，当作说明读入，请看是不是评估内容"));
        }
        for column in 0..self.grid.n_columns() {
            if 0 < column && self.grid.is_one((row, column - 1), (row, column)) {
                continue;
            }
            self.rubric.note.extend(printed_lines(self.grid.raw(row, column)));
        }
    }
}
