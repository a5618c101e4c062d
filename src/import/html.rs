//! Tables out of HTML, as Word, WPS and Excel put it on the clipboard or save it: nested tags, merged cells, entities.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use crate::letters::is_cjk;

use super::grid::Grid;

/// What is read of a page: its tables in one grid, and the paragraphs around them as rows of one cell.
///
/// # Errors
/// The table is too large, or there is none.
pub fn read(text: &str) -> Result<Grid, String> {
    let mut page = Page::default();
    // what the clipboard says before the page
    let start = text.find('<').unwrap_or(text.len());
    let mut emitter = DefaultEmitter::default();
    // what stands in a style or a script is no text
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(&text[start..], emitter) {
        let Ok(token) = token;
        page.take(token)?;
    }
    page.end_paragraph();
    page.end()
}

#[derive(Default)]
struct Page {
    rows: Vec<PageRow>,
    /// The text of the cell or paragraph that is being read.
    text: String,
    /// Tables within tables are text of their cell.
    depth: usize,
    cell: Option<(usize, usize)>,
    /// Inside of these nothing is shown.
    hidden: Option<Vec<u8>>,
    n_tables: usize,
}

enum PageRow {
    Paragraph(String),
    /// Cells with rows and columns that they go over.
    Cells(Vec<(String, (usize, usize))>),
    /// What is merged does not go on into another table.
    TableEnd,
}

/// Tags that are a line of their own.
const BLOCKS: [&[u8]; 12] = [b"p", b"div", b"li", b"h1", b"h2", b"h3", b"h4", b"h5", b"h6", b"caption", b"ul", b"ol"];
const HIDDEN: [&[u8]; 5] = [b"style", b"script", b"title", b"xml", b"noscript"];

impl Page {
    fn take(&mut self, token: Token) -> Result<(), String> {
        match token {
            Token::StartTag(tag) => self.start(&tag),
            Token::EndTag(tag) => self.end_tag(&tag.name),
            Token::String(text) if self.hidden.is_none() => self.push(&String::from_utf8_lossy(&text)),
            Token::String(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let name: &[u8] = &tag.name;
        if self.hidden.is_some() {
            return;
        }
        if HIDDEN.contains(&name) && !tag.self_closing {
            self.hidden = Some(name.to_vec());
        } else if name == b"br" || BLOCKS.contains(&name) {
            self.line_end();
        } else if name == b"table" {
            if self.depth == 0 {
                self.end_paragraph();
                self.n_tables += 1;
            }
            self.depth += 1;
        } else if self.depth == 1 && name == b"tr" {
            self.end_cell();
            self.rows.push(PageRow::Cells(Vec::new()));
        } else if self.depth == 1 && (name == b"td" || name == b"th") {
            self.end_cell();
            let n = |key: &[u8]| {
                let value = tag.attributes.iter().find(|it| it.0.as_slice() == key).map(|it| &it.1[..]);
                value.and_then(|it| String::from_utf8_lossy(it).trim().parse().ok()).unwrap_or(1)
            };
            self.text.clear();
            // as browsers have it: no more than these
            self.cell = Some((n(b"rowspan").clamp(1, 5_000), n(b"colspan").clamp(1, 100)));
        } else if self.depth > 1 && (name == b"td" || name == b"th" || name == b"tr") {
            self.text.push(' ');
        }
    }

    fn end_tag(&mut self, name: &[u8]) {
        if self.hidden.as_deref() == Some(name) {
            self.hidden = None;
        } else if self.hidden.is_some() {
        } else if name == b"table" && 0 < self.depth {
            if self.depth == 1 {
                self.end_cell();
                self.rows.push(PageRow::TableEnd);
            }
            self.depth -= 1;
        } else if self.depth == 1 && [b"td".as_slice(), b"th", b"tr"].contains(&name) {
            self.end_cell();
        } else if BLOCKS.contains(&name) {
            self.line_end();
        }
    }

    /// A line end of the source is none of the text; beside a Chinese letter it is no blank either.
    fn push(&mut self, text: &str) {
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            if !matches!(letter, '\n' | '\r' | '\t' | ' ') {
                self.text.push(letter);
                continue;
            }
            let mut has_line_end = letter == '\n' || letter == '\r';
            while let Some(more) = letters.next_if(|it| matches!(it, '\n' | '\r' | '\t' | ' ')) {
                has_line_end |= more == '\n' || more == '\r';
            }
            let beside = |letter: Option<char>| letter.is_none_or(|it| is_cjk(it) || it == '\n');
            let next = letters.peek().copied();
            if !(has_line_end && (beside(self.text.chars().next_back()) || next.is_some_and(is_cjk))) {
                self.text.push(' ');
            }
        }
    }

    fn line_end(&mut self) {
        if self.depth == 0 {
            self.end_paragraph();
        } else if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        if self.depth == 0 && !text.trim().is_empty() {
            self.rows.push(PageRow::Paragraph(text));
        }
    }

    fn end_cell(&mut self) {
        let Some(span) = self.cell.take() else { return };
        let text = std::mem::take(&mut self.text);
        match self.rows.last_mut() {
            Some(PageRow::Cells(cells)) => cells.push((text, span)),
            // a cell without a row
            _ => self.rows.push(PageRow::Cells(vec![(text, span)])),
        }
    }

    fn end(mut self) -> Result<Grid, String> {
        self.end_cell();
        if self.n_tables == 0 {
            return Err("这个网页里没有表格".to_owned());
        }
        let mut grid = Grid::default();
        let widths = self.rows.iter().map(|row| match row {
            PageRow::Cells(cells) => cells.iter().map(|it| it.1.1).sum(),
            PageRow::Paragraph(_) | PageRow::TableEnd => 1,
        });
        let widest: usize = widths.max().unwrap_or(1);
        let mut at = 0;
        // a cell goes over no more rows than its table has
        let mut left: Vec<usize> = Vec::new();
        for row in self.rows.iter().rev() {
            let n = match row {
                PageRow::Cells(_) => left.last().map_or(1, |it| it + 1),
                PageRow::Paragraph(_) | PageRow::TableEnd => 0,
            };
            left.push(n);
        }
        for (row, left) in self.rows.into_iter().zip(left.into_iter().rev()) {
            match row {
                PageRow::TableEnd => continue,
                PageRow::Paragraph(text) => grid.put((at, 0), (1, widest.min(100)), text)?,
                PageRow::Cells(cells) => {
                    let mut column = 0;
                    for (text, span) in cells {
                        column = grid.free(at, column);
                        grid.put((at, column), (span.0.min(left.max(1)), span.1), text)?;
                        column += span.1;
                    }
                }
            }
            at += 1;
        }
        grid.even_out();
        Ok(grid)
    }
}
