//! 通知: a document as a typed tree. Its official words are verbatim; whatever an editor adds is a note.

mod clause;
mod merged;

use crate::days::Day;

pub use clause::{Clause, Numbering, unread};
pub use merged::{MergedCell, Unmerged, merged};

/// 通知: one published document.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// The name of its file without the ending, and of its address: `notice-2021-1`.
    pub slug: String,
    /// 文号. 公告, 令 and 公示 may have none.
    pub number: String,
    /// 发文机关, without the word 文件 that is printed after it.
    pub issuer: String,
    /// In lines that make sense by themselves, as on paper; together they are the title.
    pub title_lines: Vec<Words>,
    /// 主送机关.
    pub addressee: Words,
    pub blocks: Vec<Block>,
    /// Lines between the text and the annexes: whom to ask.
    pub contact: Vec<Words>,
    pub annexes: Vec<Annex>,
    /// 附注 on who may read it, with its brackets.
    pub disclosure: Words,
    /// 附注 on whom to ask, with its brackets.
    pub contact_unit: Words,
    /// 印发机关.
    pub imprint: Words,
    /// 印发日期; `None` where no date is printed.
    pub issued: Option<Day>,
    /// 编者注, in the order in which the text refers to them.
    pub notes: Vec<Words>,
    /// The lines of the scan that hold the document, from the first to the last, counted from 1.
    pub source: Vec<(usize, usize)>,
    /// The files that lie beside it, by name: forms to be filled in.
    pub files: Vec<AttachedFile>,
}

/// A file that is published with a notice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AttachedFile {
    pub name: String,
    /// In bytes.
    pub size: u64,
}

/// 附件: what is annexed, as printed, without its number.
#[derive(Clone, Debug, PartialEq)]
pub struct Annex {
    pub words: Words,
    /// Where on this site it stands.
    pub to: Option<Annexed>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Annexed {
    /// The slug of a notice.
    Notice(String),
    /// The annex number of a rubric.
    Rubric(u8),
    /// The name of a file beside the notice.
    File(String),
}

/// Text with its emphasis, links, notes and line breaks.
pub type Words = Vec<Inline>;

#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    Text(String),
    Strong(Words),
    Link(Target, Words),
    /// A reference to 编者注, by its place in the list of notes.
    Note(usize),
    /// A line that ends here because its author wants it.
    Break,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A full address elsewhere, or a telephone number or mail address with its scheme.
    Elsewhere(String),
    /// Below the root of this site: `notice/notice-2021-1/` and the id without `#`, either of which may be empty.
    Here { path: String, id: String },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    Heading { rank: u8, clause: Option<Clause>, words: Words },
    Paragraph { clause: Option<Clause>, words: Words },
    List(Vec<Words>),
    Table(NoticeTable),
    Quote(Vec<Words>),
}

/// A printed table. Each row has an address.
#[derive(Clone, Debug, PartialEq)]
pub struct NoticeTable {
    /// The first half of the ids of its rows: `3-5-r` before the number of the row.
    pub rows_id: String,
    pub head: Vec<Words>,
    pub rows: Vec<Vec<Words>>,
    /// How many of the rows belong to the head.
    pub n_head: usize,
    /// For each cell of the head and of the rows, row after row, how far it reaches.
    pub merged: Vec<Vec<MergedCell>>,
}

impl Notice {
    pub fn title(&self) -> String {
        self.title_lines.iter().map(|it| plain(it)).collect()
    }

    /// How it is cited: by its 文号 where it has one that no other has, else by its title.
    pub fn cited_as(&self) -> String {
        if self.number.contains('〔') { self.number.clone() } else { format!("《{}》", self.title()) }
    }

    /// 文号 and title, or the title alone.
    pub fn name(&self) -> String {
        if self.number.is_empty() { self.title() } else { format!("{} {}", self.number, self.title()) }
    }

    /// Where it lies below the root of the site.
    pub fn path(&self) -> String {
        format!("notice/{}/", self.slug)
    }

    /// The plain text of a clause and of all below it; without a clause that of the whole document.
    pub fn text_of(&self, clause: Option<&Clause>) -> String {
        let mut lines = Vec::new();
        let mut within = clause.is_none();
        for block in &self.blocks {
            if let (Some(wanted), Some(here)) = (clause, block.clause()) {
                within = wanted.holds(here);
            }
            if within {
                lines.extend(block.lines());
            }
        }
        if clause.is_none() {
            lines.extend(self.contact.iter().map(|it| plain(it)));
        }
        lines.join("\n")
    }

    /// Every block with the id of its address: a clause's own, `p1` and on for the blocks before the first clause, and
    /// nothing for what stands under a clause and has no number.
    pub fn addressed(&self) -> impl Iterator<Item = (String, &Block)> {
        let mut n_lead = 0;
        let mut lead = true;
        self.blocks.iter().map(move |block| {
            let id = match block.clause() {
                Some(clause) => {
                    lead = false;
                    clause.id().to_owned()
                }
                None if lead => {
                    n_lead += 1;
                    format!("p{n_lead}")
                }
                None => String::new(),
            };
            (id, block)
        })
    }

    /// All that can stand after `#` in an address of this notice.
    pub fn ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.addressed().map(|it| it.0).filter(|it| !it.is_empty()).collect();
        for block in &self.blocks {
            if let Block::Table(table) = block {
                ids.extend((0..table.rows.len()).map(|it| table.row_id(it)));
            }
        }
        ids.extend((0..self.notes.len()).map(Notice::note_id));
        ids.extend((!self.annexes.is_empty()).then(|| "annexes".to_owned()));
        ids
    }

    /// The id of 编者注, by its place.
    pub fn note_id(note: usize) -> String {
        format!("n{}", note + 1)
    }

    pub fn clause(&self, path: &str) -> Option<&Clause> {
        self.blocks.iter().filter_map(Block::clause).find(|it| it.to_string() == path)
    }
}

/// The notice that a reference names, and the clause in it: 某职鉴〔2021〕1号 三（三）, or the number alone; a notice
/// without 文号 is named 《关于某某事项的公告》.
pub fn named<'n>(notices: &'n [Notice], reference: &str) -> Option<(&'n Notice, Option<&'n Clause>)> {
    let after = |notice: &Notice| reference.strip_prefix(&notice.cited_as()).map(str::len);
    let notice = notices
        .iter()
        .find(|it| after(it).is_some_and(|n| n == 0 || reference[reference.len() - n..].starts_with(' ')))?;
    match reference[notice.cited_as().len()..].trim_start() {
        "" => Some((notice, None)),
        path => notice.clause(path).map(|it| (notice, Some(it))),
    }
}

impl Block {
    pub fn clause(&self) -> Option<&Clause> {
        match self {
            Block::Heading { clause, .. } | Block::Paragraph { clause, .. } => clause.as_ref(),
            Block::List(_) | Block::Table(_) | Block::Quote(_) => None,
        }
    }

    /// All words in it: one text for a paragraph, several for a list or a table.
    pub fn words(&self) -> Vec<&Words> {
        match self {
            Block::Heading { words, .. } | Block::Paragraph { words, .. } => vec![words],
            Block::List(items) | Block::Quote(items) => items.iter().collect(),
            Block::Table(table) => table.head.iter().chain(table.rows.iter().flatten()).collect(),
        }
    }

    /// The official words, a text for each line; the cells of a table's row are one text.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Block::Heading { .. } | Block::Paragraph { .. } | Block::List(_) | Block::Quote(_) => {
                self.words().into_iter().map(|it| plain(it)).collect()
            }
            Block::Table(table) => {
                [&table.head].into_iter().chain(&table.rows).map(|it| NoticeTable::line(it)).collect()
            }
        }
    }
}

impl NoticeTable {
    pub fn row_id(&self, row: usize) -> String {
        format!("{}{}", self.rows_id, row + 1)
    }

    /// The cells of a row.
    pub fn line(cells: &[Words]) -> String {
        cells.iter().map(|it| plain(it)).filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

/// The notes to which words refer, in order.
pub fn notes_in(words: &[Inline]) -> Vec<usize> {
    words.iter().fold(Vec::new(), |mut all, inline| {
        match inline {
            Inline::Note(note) => all.push(*note),
            Inline::Strong(words) | Inline::Link(_, words) => all.extend(notes_in(words)),
            Inline::Text(_) | Inline::Break => {}
        }
        all
    })
}

/// The words without links, emphasis and notes.
pub fn plain(words: &[Inline]) -> String {
    let mut text = String::new();
    add_plain(&mut text, words);
    text
}

fn add_plain(text: &mut String, words: &[Inline]) {
    for inline in words {
        match inline {
            Inline::Text(it) => text.push_str(it),
            Inline::Strong(words) | Inline::Link(_, words) => add_plain(text, words),
            Inline::Break => text.push('\n'),
            Inline::Note(_) => {}
        }
    }
}
