//! Sections, groups and rows out of a table's cells, and what stands above and below them.

mod below;
mod cells_of_row;

use super::cells::{methods_of, name_and_points, points_of};
use super::columns::{TableColumns, columns};
use super::figure::PrintedNumber;
use super::grid::Grid;
use super::heads::TableHead;
use super::levels::{LevelText, as_standard, most};
use super::spelled::TO_ADD;

/// A rubric as it is printed.
#[derive(Debug, Default)]
pub struct RubricText {
    /// The lines above the heads.
    pub above: Vec<String>,
    pub sections: Vec<SectionText>,
    pub total: Option<PrintedNumber>,
    /// 得分, where the row of the total prints it.
    pub total_label: String,
    /// The lines below.
    pub note: Vec<String>,
    /// What concerns all of it.
    pub doubts: Vec<String>,
}

#[derive(Debug, Default)]
pub struct SectionText {
    pub name: String,
    pub points: Option<PrintedNumber>,
    /// 权重30%, in hundredths of the whole.
    pub weight: Option<PrintedNumber>,
    pub groups: Vec<GroupText>,
}

#[derive(Debug, Default)]
pub struct GroupText {
    pub name: String,
    pub points: Option<PrintedNumber>,
    pub rows: Vec<RowText>,
}

#[derive(Debug, Default)]
pub struct RowText {
    /// Where it stands.
    pub place: String,
    pub content: String,
    pub standard: String,
    /// Where they stand in columns of their own.
    pub levels: Vec<LevelText>,
    pub points: Option<PrintedNumber>,
    /// `None` where the cell is that of the row above.
    pub methods: Option<Vec<String>>,
    /// It has the standard and the points of the row above.
    pub shares: bool,
    pub doubts: Vec<String>,
}

/// Reads the table below its heads.
pub fn outline(grid: &Grid, head: &TableHead) -> RubricText {
    let mut reader = OutlineReader {
        grid,
        head,
        columns: columns(grid, head),
        rubric: RubricText::default(),
        last: None,
        is_page_begun: false,
        is_headed: false,
        above_group: None,
        is_over: false,
        is_resumed: false,
    };
    reader.rubric.above = (0..head.rows.0).flat_map(|it| above(grid, it)).collect();
    for row in head.rows.1 + 1..grid.n_rows() {
        reader.row(row);
    }
    reader.left_columns();
    reader.rubric.sections.retain(|section| section.groups.iter().any(|it| !it.rows.is_empty()));
    if let [first, .., last] = head.levels.as_slice() {
        let words = [first, last].map(|it| head.words[it.0].as_str());
        reader.rubric.doubts.push(format!("“{}”到“{}”几列各是一个等级，按选择提出", words[0], words[1]));
    }
    if reader.columns.standard_is_content(head) {
        reader.rubric.doubts.push("没有“评估标准”这样的列，把内容当作标准".to_owned());
    }
    if 1 < reader.columns.content.len() {
        let words: Vec<&str> = reader.columns.content.iter().map(|it| head.words[*it].as_str()).collect();
        reader.rubric.doubts.push(format!("“{}”几列合在“评估内容”里", words.join("”“")));
    }
    reader.rubric
}

/// Lines above the heads: the blanks to fill in are kept as they are.
fn above(grid: &Grid, row: usize) -> Vec<String> {
    let mut all = Vec::new();
    for column in 0..grid.n_columns() {
        if 0 < column && grid.is_one((row, column - 1), (row, column)) {
            continue;
        }
        all.extend(grid.raw(row, column).lines().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned));
    }
    all
}

struct OutlineReader<'g> {
    grid: &'g Grid,
    head: &'g TableHead,
    columns: TableColumns,
    rubric: RubricText,
    /// The row before.
    last: Option<usize>,
    /// The heads were said again just above.
    is_page_begun: bool,
    /// The section began with a row of its own.
    is_headed: bool,
    /// What stands before the name of each group then.
    above_group: Option<String>,
    /// The row of the total was there.
    is_over: bool,
    /// And rows came below it.
    is_resumed: bool,
}

impl OutlineReader<'_> {
    fn row(&mut self, row: usize) {
        let texts = self.grid.row_texts(row);
        let Some(first) = texts.first() else { return };
        if self.head.is_again(self.grid, row) {
            self.is_page_begun = true;
            return;
        }
        let bare: String = first.chars().filter(|it| !it.is_whitespace()).collect();
        if self.is_total(row, &bare) {
            self.total(row, &texts);
            return;
        }
        if self.is_sum(row) {
            return;
        }
        let is_note = ["注:", "注：", "说明:", "说明：", "备注:", "备注：", "附注", "注1", "注一", "说明"]
            .iter()
            .any(|it| bare.starts_with(it));
        if self.goes_on(row, &texts) {
            self.resume(row);
        } else if self.is_over || is_note && texts.len() == 1 || bare == "注" || bare == "备注" {
            self.is_over = true;
            self.note(row, &texts);
            return;
        }
        if texts.len() == 1 && self.is_heading(row, first) {
            self.section(first);
            self.is_headed = true;
            return;
        }
        self.entry(row);
        self.last = Some(row);
        self.is_page_begun = false;
    }

    /// A row of one short cell in the first column is the name of a section.
    fn is_heading(&self, row: usize, text: &str) -> bool {
        let in_first = (0..self.grid.n_columns()).find(|it| !self.grid.text(row, *it).is_empty()) == Some(0);
        let over_all = self.grid.is_one((row, 0), (row, self.columns.standard));
        let named = self.columns.section != Some(0) || over_all || self.is_named_alone(row, text);
        in_first && named && text.chars().count() < 40 && !text.contains(['。', '；'])
    }

    fn section(&mut self, text: &str) {
        let (name, points, weight) = name_and_points(text);
        self.rubric.sections.push(SectionText { name, points, weight, groups: Vec::new() });
        self.last = None;
        self.is_headed = false;
        self.above_group = None;
    }

    fn group(&mut self, text: &str) {
        let (name, points, _) = name_and_points(text);
        if self.rubric.sections.is_empty() {
            self.section(&name);
        }
        if let Some(section) = self.rubric.sections.last_mut() {
            section.groups.push(GroupText { name, points, rows: Vec::new() });
        }
    }

    /// The text of a cell, where it is not the one of the row above or empty.
    fn new_text(&self, row: usize, column: usize) -> Option<String> {
        if self.last.is_some_and(|last| self.grid.is_one((row, column), (last, column))) {
            return None;
        }
        Some(self.grid.text(row, column)).filter(|it| !it.is_empty())
    }

    fn entry(&mut self, row: usize) {
        if self.joins(row) {
            return;
        }
        self.names(row);
        let standard = self.columns.standard;
        let mut doubts = Vec::new();
        let (mut points, mut points_doubt) = (None, None);
        let spans = |it: usize| self.last.is_some_and(|last| self.grid.is_one((row, it), (last, it)));
        if let Some(column) = self.columns.points {
            if spans(column) {
                points_doubt = Some("分值与上一行合用一格，只记在上一行".to_owned());
            } else {
                (points, points_doubt) = points_of(&self.grid.text(row, column));
            }
        }
        let mut content: Vec<String> = self.columns.content.iter().map(|it| self.grid.text(row, *it)).collect();
        content.retain(|it| !it.is_empty());
        content.dedup();
        let mut content = content.join(" ");
        let levels = self.levels(row);
        let mut text = self.grid.text(row, standard);
        if self.head.levels.first().is_some_and(|it| it.0 == standard) && !levels.is_empty() {
            text = as_standard(&levels);
        }
        // one cell over both columns
        if self.columns.content.iter().any(|it| self.grid.is_one((row, *it), (row, standard))) {
            content.clear();
        }
        if self.columns.points.is_none() {
            let (name, of_name, _) = name_and_points(&content);
            if of_name.is_some() {
                (content, points) = (name, of_name);
            } else {
                let of_group =
                    self.rubric.sections.last().and_then(|it| it.groups.last()).filter(|it| it.rows.is_empty());
                points = of_group.and_then(|it| it.points);
            }
        }
        if self.columns.points.is_none() && !levels.is_empty() {
            points = most(&levels).or(points);
        }
        let has_above =
            self.rubric.sections.last().is_some_and(|section| section.groups.iter().any(|it| !it.rows.is_empty()));
        let is_shared = has_above && (spans(standard) || text.is_empty() && points.is_none() && !content.is_empty());
        if is_shared && !spans(standard) {
            doubts.push("评估标准是空的，当作与上一行合用".to_owned());
        }
        if !is_shared {
            doubts.extend(points_doubt);
        }
        if !is_shared && text.is_empty() {
            text = std::mem::take(&mut content);
            doubts.push("评估标准是空的，把评估内容当作标准".to_owned());
        }
        let methods = self.columns.methods.and_then(|column| {
            let merged = spans(column) || self.grid.text(row, column).is_empty();
            if merged { None } else { Some(methods_of(self.grid.raw(row, column))) }
        });
        doubts.extend(self.unread(row));
        if !levels.is_empty() && content.is_empty() && points.is_none() {
            doubts.push("这一行只有等级的字，好像接着上一行".to_owned());
        }
        let place = self.grid.cell_place(row, standard);
        let entry = RowText { place, content, standard: text, levels, points, methods, shares: is_shared, doubts };
        if let Some(group) = self.rubric.sections.last_mut().and_then(|it| it.groups.last_mut()) {
            group.rows.push(entry);
        }
    }

    /// Begins the section and the group that the row names.
    fn names(&mut self, row: usize) {
        let is_first = self.rubric.sections.is_empty();
        let section = self.columns.section.and_then(|it| self.new_text(row, it));
        let current = self.rubric.sections.last().map(|it| it.name.clone());
        let mut is_new = false;
        match section {
            // said again on the next page
            Some(text) if current.as_deref() == Some(name_and_points(&text).0.as_str()) => {}
            // below a heading in a row of its own it is the name of a group
            Some(text) if self.is_headed => {
                if self.columns.group.is_none() {
                    self.group(&text);
                }
                self.rubric.doubts.push(format!("“{text}”上面有单独一行的标题，当作它的一组"));
                self.above_group = Some(text);
            }
            Some(text) => {
                self.section(&text);
                self.points_beside(row);
                is_new = true;
            }
            None if is_first => {
                self.section(TO_ADD);
                self.rubric.doubts.push("第一个项目的名称没有读到，请补上".to_owned());
            }
            None => {}
        }
        let section_column = self.columns.section;
        let group = self.columns.group.and_then(|column| {
            let is_section = section_column.is_some_and(|section| self.grid.is_one((row, section), (row, column)));
            if is_section { None } else { self.new_text(row, column) }
        });
        let group = match &self.above_group {
            Some(above) => group.map(|it| format!("{above} {it}")),
            None => group,
        };
        let groups = self.rubric.sections.last().map(|it| &it.groups);
        let current = groups.and_then(|it| it.last()).map(|it| it.name.clone());
        match group {
            Some(text) if !is_new && current.as_deref() == Some(name_and_points(&text).0.as_str()) => {}
            Some(text) => self.group(&text),
            None if current.is_none() => {
                let name = self.rubric.sections.last().map(|it| it.name.clone()).unwrap_or_default();
                self.group(&name);
            }
            None => {}
        }
    }
}
