//! A table of a notice, with the cells that are merged.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Reader;
use crate::notice::{Block, NoticeTable, Unmerged, Words, merged};

impl Reader<'_, '_> {
    /// The rows of the second table in a clause are `3-5-t2-r1`, those of the first `3-5-r1`.
    pub(super) fn table(&mut self) -> Block {
        self.n_tables += 1;
        let place =
            [self.clause.clone(), if self.n_tables == 1 { String::new() } else { format!("t{}", self.n_tables) }];
        let place: Vec<String> = place.into_iter().filter(|it| !it.is_empty()).collect();
        let rows_id = if place.is_empty() { "t1-r".to_owned() } else { format!("{}-r", place.join("-")) };
        let mut table = NoticeTable { rows_id, head: Vec::new(), rows: Vec::new(), n_head: 0, merged: Vec::new() };
        let mut cells = Vec::new();
        // the lines of the head and of the rows
        let mut lines = Vec::new();
        while let Some((event, at)) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead) => lines.push(self.source.line(at.start)),
                Event::Start(Tag::TableRow) => {
                    lines.push(self.source.line(at.start));
                    let n = n_cells(self.written(&at));
                    if n != table.head.len() {
                        let should = table.head.len();
                        self.say(
                            &at,
                            format!(
                                "表格的这一行有 {n} 格，表头有 {should} 格，请补齐或删去；表格之后的正文请隔一个空行"
                            ),
                        );
                    }
                }
                Event::Start(Tag::TableCell) => cells.push(self.words(TagEnd::TableCell)),
                Event::End(TagEnd::TableHead) => table.head = std::mem::take(&mut cells),
                Event::End(TagEnd::TableRow) => table.rows.push(std::mem::take(&mut cells)),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        self.merge(&mut table, &lines);
        Block::Table(table)
    }

    /// Finds the cells that are merged, and leaves nothing of the marks.
    fn merge(&self, table: &mut NoticeTable, lines: &[usize]) {
        let rows: Vec<&Vec<Words>> = [&table.head].into_iter().chain(&table.rows).collect();
        match merged(&rows) {
            Ok(cells) => {
                let reach = cells[0].iter().map(|it| it.rows).max().unwrap_or(1);
                table.n_head = reach.max(1) - 1;
                table.merged = cells;
            }
            Err(wrong) => {
                let (row, what) = match wrong {
                    Unmerged::Above(row) => (row, "表头的第一行上面没有格子可以合并，`^^` 请删去"),
                    Unmerged::Left(row) => (row, "第一格左边没有格子可以合并，`<<` 请删去"),
                    Unmerged::Shape(row) => (
                        row,
                        "从这一行开始的合并格不成长方形：`^^`（与上一格合并）和 `<<`（与左边一格合并）请照原表补齐",
                    ),
                    Unmerged::Empty(row) => (row, "这一行的格子全都并入了上一行，请删去这一行"),
                };
                self.source.say(lines.get(row).copied().unwrap_or(1), what.to_owned());
                return;
            }
        }
        let all = [&mut table.head].into_iter().chain(&mut table.rows);
        for (cells, reach) in all.zip(&table.merged) {
            cells.iter_mut().zip(reach).filter(|(_, reach)| reach.rows == 0).for_each(|(cell, _)| cell.clear());
        }
    }
}

/// How many cells a table's row has as written; `\|` is a character, not a border.
fn n_cells(row: &str) -> usize {
    let row = row.trim().replace("\\|", "");
    row.strip_prefix('|')
        .unwrap_or(&row)
        .strip_suffix('|')
        .map_or_else(|| row.trim_start_matches('|').split('|').count(), |it| it.split('|').count())
}
