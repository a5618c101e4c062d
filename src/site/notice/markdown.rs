//! The text of a notice: events of pulldown-cmark as blocks and words. What a notice does not need is refused in a
//! sentence; nothing passes unread.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use crate::notice::{Block, Clause, Inline, Numbering, Table, Target, Words, plain};

use super::super::table::Source;
use super::lint;

type Events<'e> = std::iter::Peekable<pulldown_cmark::OffsetIter<'e>>;

/// The blocks, the labels of the notes in the order in which the text first refers to them, and the notes in that order.
pub fn read_body(source: &Source<'_>, file: &str) -> (Vec<Block>, Vec<String>, Vec<Words>) {
    let parser = Parser::new_ext(source.text(), Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES);
    let mut reader = Reader {
        source,
        file,
        events: parser.into_offset_iter().peekable(),
        numbering: Numbering::default(),
        seen: BTreeSet::new(),
        labels: Vec::new(),
        notes: Vec::new(),
        rows_id: "t".to_owned(),
    };
    let mut blocks = Vec::new();
    while let Some((event, at)) = reader.events.next() {
        reader.block(event, at, &mut blocks);
    }
    let Reader { mut labels, notes, .. } = reader;
    for (label, _, line) in &notes {
        if !labels.contains(label) {
            source
                .say(*line, format!("编者注 `[^{label}]` 没有任何地方引用，请在所注的字后面写上 `[^{label}]` 或删去"));
            labels.push(label.clone());
        }
    }
    let words = |label: &String| notes.iter().find(|it| it.0 == *label).map(|it| it.1.clone()).unwrap_or_default();
    let in_order = labels.iter().map(words).collect();
    (blocks, labels, in_order)
}

struct Reader<'r> {
    source: &'r Source<'r>,
    file: &'r str,
    events: Events<'r>,
    numbering: Numbering,
    /// The ids of the clauses so far: two with one number would have one address.
    seen: BTreeSet<String>,
    labels: Vec<String>,
    /// Label, words and line of each note.
    notes: Vec<(String, Words, usize)>,
    /// The first half of the ids of the rows of a table that comes next.
    rows_id: String,
}

impl<'r> Reader<'r> {
    fn say(&self, at: &Range<usize>, message: impl Into<String>) {
        self.source.say(self.source.line(at.start), message.into());
    }

    fn block(&mut self, event: Event<'r>, at: Range<usize>, blocks: &mut Vec<Block>) {
        let Event::Start(tag) = event else {
            return self.stray(&event, &at);
        };
        match tag {
            Tag::Paragraph => {
                let words = self.words(TagEnd::Paragraph);
                let clause = self.clause(&words, &at);
                blocks.push(Block::Paragraph { clause, words });
            }
            Tag::Heading { level, .. } => {
                let words = self.words(TagEnd::Heading(level));
                let clause = self.clause(&words, &at);
                blocks.push(Block::Heading { rank: level as u8, clause, words });
            }
            Tag::List(first) => {
                let items = self.items(&at, first.is_some());
                match first {
                    None => blocks.push(Block::List(items)),
                    // the official number is text: what stands in the file, never a new count
                    Some(_) => blocks.extend(items.into_iter().map(|words| {
                        let clause = self.clause(&words, &at);
                        Block::Paragraph { clause, words }
                    })),
                }
            }
            Tag::Table(_) => blocks.push(self.table()),
            Tag::BlockQuote(_) => blocks.push(Block::Quote(self.paragraphs(TagEnd::BlockQuote(None)))),
            Tag::FootnoteDefinition(label) => {
                let line = self.source.line(at.start);
                let words = self.paragraphs(TagEnd::FootnoteDefinition).into_iter().reduce(|mut all, next| {
                    all.push(Inline::Break);
                    all.extend(next);
                    all
                });
                if self.notes.iter().any(|it| it.0 == *label) {
                    self.say(&at, format!("编者注 `[^{label}]` 写了两次，每个标记只能用一次"));
                }
                self.notes.push((label.to_string(), words.unwrap_or_default(), line));
            }
            other => {
                self.stray(&Event::Start(other.clone()), &at);
                self.skip(&other.to_end());
            }
        }
    }

    /// Tells what a notice has no use for.
    fn stray(&self, event: &Event<'_>, at: &Range<usize>) {
        let what = match event {
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => "不能写 HTML 标记，请改用 Markdown",
            Event::Start(Tag::Image { .. }) => "不能放图片，请用文字或表格",
            Event::Start(Tag::CodeBlock(_)) => "行首的四个空格或 ``` 会变成代码块，请删去",
            Event::Code(_) => "反引号会变成代码，请删去",
            Event::Rule => "不要用分隔线，请删去",
            Event::Start(Tag::List(_)) => "列表里不要再套列表，请写成段落",
            Event::Start(_) => "这里用了通知里不用的 Markdown 格式，请改为段落、标题、列表或表格",
            _ => return,
        };
        self.say(at, what);
    }

    fn skip(&mut self, end: &TagEnd) {
        let mut depth = 1;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(tag) if tag.to_end() == *end => depth += 1,
                Event::End(tag) if tag == *end => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn clause(&mut self, words: &Words, at: &Range<usize>) -> Option<Clause> {
        let clause = self.numbering.next(&plain(words))?;
        if !self.seen.insert(clause.id()) {
            self.say(at, format!("条款 `{clause}` 出现了两次，每个编号只能用一次：引用时分不清是哪一条"));
        }
        self.rows_id = format!("{}-r", clause.id());
        Some(clause)
    }

    /// The paragraphs inside a quotation or a note.
    fn paragraphs(&mut self, end: TagEnd) -> Vec<Words> {
        let mut all = Vec::new();
        while let Some((event, at)) = self.events.next() {
            match event {
                Event::End(tag) if same(&tag, &end) => break,
                Event::Start(Tag::Paragraph) => all.push(self.words(TagEnd::Paragraph)),
                Event::Start(tag) => {
                    self.say(&at, "引文和编者注里只能写段落");
                    self.skip(&tag.to_end());
                }
                other => self.stray(&other, &at),
            }
        }
        all
    }

    fn items(&mut self, list: &Range<usize>, numbered: bool) -> Vec<Words> {
        let mut items = Vec::new();
        while let Some((event, at)) = self.events.next() {
            match event {
                Event::End(TagEnd::List(_)) => break,
                Event::Start(Tag::Item) => {
                    let written = &self.source.text()[at.clone()];
                    let marker = written.split([' ', '\t']).next().filter(|_| numbered);
                    let mut words: Words = marker.map(|it| Inline::Text(format!("{it} "))).into_iter().collect();
                    words.extend(self.words(TagEnd::Item));
                    items.push(words);
                }
                other => self.stray(&other, &at),
            }
        }
        if items.is_empty() {
            self.say(list, "列表是空的，请删去");
        }
        items
    }

    fn table(&mut self) -> Block {
        let mut table = Table { rows_id: self.rows_id.clone(), head: Vec::new(), rows: Vec::new() };
        let mut cells = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => cells.push(self.words(TagEnd::TableCell)),
                Event::End(TagEnd::TableHead) => table.head = std::mem::take(&mut cells),
                Event::End(TagEnd::TableRow) => table.rows.push(std::mem::take(&mut cells)),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        Block::Table(table)
    }

    /// What stands up to the end of a paragraph, heading, item or cell.
    fn words(&mut self, end: TagEnd) -> Words {
        let first = self.events.peek().map(|it| it.1.start);
        let words = self.inlines(&end);
        if let Some(first) = first {
            let line = self.source.line(first);
            lint::words(&words, &mut |message| self.source.say(line, message));
        }
        words
    }

    fn inlines(&mut self, end: &TagEnd) -> Words {
        let mut words = Words::new();
        let text = |words: &mut Words, more: CowStr<'_>| match words.last_mut() {
            Some(Inline::Text(text)) => text.push_str(&more),
            _ => words.push(Inline::Text(more.into_string())),
        };
        while let Some((event, at)) = self.events.next() {
            match event {
                Event::End(tag) if same(&tag, end) => break,
                // an item without empty lines around it has no paragraph of its own
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                Event::Text(more) => text(&mut words, more),
                Event::SoftBreak => {
                    // between two Chinese characters a line's end is nothing; a browser would show a gap
                    let after = self.source.text()[at.end..].trim_start().chars().next();
                    let before = self.source.text()[..at.start].chars().next_back();
                    if !(before.is_some_and(lint::is_cjk) && after.is_some_and(lint::is_cjk)) {
                        text(&mut words, " ".into());
                    }
                }
                Event::HardBreak => words.push(Inline::Break),
                Event::Start(Tag::Strong) => words.push(Inline::Strong(self.inlines(&TagEnd::Strong))),
                Event::Start(Tag::Emphasis) => {
                    self.say(&at, "中文不用斜体，强调请用两个星号加粗");
                    words.extend(self.inlines(&TagEnd::Emphasis));
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let inner = self.inlines(&TagEnd::Link);
                    match target(&dest_url, self.file) {
                        Ok(to) => words.push(Inline::Link(to, inner)),
                        Err(why) => {
                            self.say(&at, why);
                            words.extend(inner);
                        }
                    }
                }
                Event::FootnoteReference(label) => {
                    let known = self.labels.iter().position(|it| **it == *label);
                    let note = known.unwrap_or_else(|| {
                        self.labels.push(label.to_string());
                        self.labels.len() - 1
                    });
                    words.push(Inline::Note(note));
                }
                Event::Start(tag) => {
                    self.stray(&Event::Start(tag.clone()), &at);
                    self.skip(&tag.to_end());
                }
                other => self.stray(&other, &at),
            }
        }
        words
    }
}

fn same(this: &TagEnd, that: &TagEnd) -> bool {
    std::mem::discriminant(this) == std::mem::discriminant(that)
}

/// Where a link leads: `henan-2021-1.md#3-3`, `/rubric/3/#3-12`, `#3-3`, or a full address.
fn target(written: &str, file: &str) -> Result<Target, String> {
    let (address, id) = written.split_once('#').unwrap_or((written, ""));
    let here = |path: String| Ok(Target::Here { path, id: id.to_owned() });
    let own = || file.rsplit('/').next().unwrap_or(file);
    if let Some((scheme, _)) = address.split_once(':') {
        return match scheme {
            "https" | "http" | "mailto" | "tel" => Ok(Target::Elsewhere(written.to_owned())),
            _ => Err(format!("链接 `{written}` 的开头 `{scheme}:` 不能用，只能用 https、http、mailto、tel 或本站地址")),
        };
    }
    match address {
        "" => here(notice_path(own())),
        it if it.starts_with("//") => Err(format!("链接 `{written}` 请写完整，以 https:// 开头")),
        it if it.starts_with('/') => here(it.trim_start_matches('/').to_owned()),
        it if it.ends_with(".md") && !it.contains('/') => here(notice_path(it)),
        _ => Err(format!(
            "链接 `{written}` 看不出指向哪里：本站文件写文件名（如 henan-2021-1.md#3-3），其他页面以 / 开头"
        )),
    }
}

fn notice_path(file: &str) -> String {
    format!("notice/{}/", file.trim_end_matches(".md"))
}
