//! The text of a notice: the events of pulldown-cmark made into blocks and words. Markdown that notices do not use is
//! refused with a sentence; nothing is dropped in silence.

mod table;

use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, OffsetIter, Options, Parser, Tag, TagEnd};

use crate::letters::is_cjk;
use crate::notice::{Block, Clause, Inline, Numbering, Words, notes_in, plain, unread};

use super::links::{Reference, Referred, target};
use super::lint;
use crate::load::table::Source;

/// The name of a 编者注, as an author writes it in `[^name]`, and the line that first refers to it.
pub struct Label {
    name: String,
    line: usize,
}

impl Label {
    /// The place of a note in the order in which the text first refers to them.
    pub fn place(labels: &mut Vec<Label>, name: &str, line: usize) -> usize {
        labels.iter().position(|it| it.name == name).unwrap_or_else(|| {
            labels.push(Label { name: name.to_owned(), line });
            labels.len() - 1
        })
    }
}

/// The text as read.
pub struct Body {
    pub blocks: Vec<Block>,
    /// In the order of the labels.
    pub notes: Vec<Words>,
    pub links: Vec<Reference>,
    /// No clause is there that was not read as one.
    pub numbered: bool,
}

/// `labels` are those of the front matter; those of the text come after them.
pub fn read_body(source: &Source<'_>, file: &str, labels: &mut Vec<Label>) -> Body {
    let parser = Parser::new_ext(source.text(), Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES);
    for (name, definition) in parser.reference_definitions().iter() {
        let line = source.line(definition.span.start);
        source.say(line, format!("这一行以 `[{name}]:` 开头，会被当作链接定义而不显示，请改写"));
    }
    let mut reader = Reader {
        source,
        file,
        events: parser.into_offset_iter().peekable(),
        numbering: Numbering::default(),
        labels,
        notes: Vec::new(),
        links: Vec::new(),
        numbered: true,
        last: None,
        clause: String::new(),
        n_tables: 0,
        before: None,
        broken: false,
    };
    let mut blocks = Vec::new();
    while let Some((event, at)) = reader.events.next() {
        reader.block(event, at, &mut blocks);
    }
    if blocks.is_empty() {
        source.say(source.line(0), "正文是空的，请填写".to_owned());
    }
    let Reader { notes, links, numbered, .. } = reader;
    for (name, _, line) in &notes {
        if labels.iter().all(|it| it.name != *name) {
            source.say(*line, format!("编者注 `[^{name}]` 没有任何地方引用，请在所注的字后面写上 `[^{name}]` 或删去"));
        }
    }
    let mut words = Vec::new();
    for label in labels {
        let note = notes.iter().find(|it| it.0 == label.name);
        if note.is_none() {
            source.say(label.line, lint::unwritten(&label.name));
        }
        words.push(note.map(|it| it.1.clone()).unwrap_or_default());
    }
    Body { blocks, notes: words, links, numbered }
}

struct Reader<'r, 'l> {
    source: &'r Source<'r>,
    file: &'r str,
    events: Peekable<OffsetIter<'r>>,
    numbering: Numbering,
    labels: &'l mut Vec<Label>,
    /// Label, words and line of each note.
    notes: Vec<(String, Words, usize)>,
    links: Vec<Reference>,
    /// Every clause so far was read as one.
    numbered: bool,
    /// The clause being read, its id, and the tables in it so far.
    last: Option<Clause>,
    clause: String,
    n_tables: usize,
    /// The last character of the block so far, and whether a line ended after it.
    before: Option<char>,
    broken: bool,
}

impl<'r> Reader<'r, '_> {
    fn say(&self, at: &Range<usize>, message: impl Into<String>) {
        self.source.say(self.source.line(at.start), message.into());
    }

    fn written(&self, at: &Range<usize>) -> &'r str {
        self.source.text().get(at.clone()).unwrap_or_default()
    }

    fn block(&mut self, event: Event<'r>, at: Range<usize>, blocks: &mut Vec<Block>) {
        let Event::Start(tag) = event else {
            return self.stray(&event, &at);
        };
        match tag {
            Tag::Paragraph => {
                let written = self.written(&at);
                if written.starts_with('|') {
                    self.say(&at, "这里像是表格，但表头下面没有 `| --- | --- |` 一行，请补上");
                }
                if written.starts_with('\u{3000}') {
                    self.say(&at, "段首的全角空格请删去，缩进由网页完成");
                }
                let first = self.source.line(at.start);
                for (line, said) in
                    (first..).zip(written.lines()).filter_map(|(n, it)| Some((n, lint::unread_line(it)?)))
                {
                    self.source.say(line, said.to_owned());
                }
                let words = self.words(TagEnd::Paragraph);
                let clause = self.clause(&words, false, &at);
                blocks.push(Block::Paragraph { clause, words });
            }
            Tag::Heading { level, .. } => {
                if !self.written(&at).starts_with('#') {
                    self.say(&at, "下面的 --- 或 === 会把这一段变成标题，请隔一个空行或删去；标题请用 ## 开头");
                }
                let words = self.words(TagEnd::Heading(level));
                let clause = self.clause(&words, true, &at);
                blocks.push(Block::Heading { rank: level as u8, clause, words });
            }
            Tag::List(first) => {
                let items = self.items(&at, first.is_some());
                match first {
                    None => blocks.push(Block::List(items)),
                    // an official number is text: it stays as it stands in the file and is never counted anew
                    Some(_) => blocks.extend(items.into_iter().map(|words| {
                        let clause = self.clause(&words, false, &at);
                        Block::Paragraph { clause, words }
                    })),
                }
            }
            Tag::Table(_) => blocks.push(self.table()),
            Tag::BlockQuote(_) => blocks.push(Block::Quote(self.paragraphs(TagEnd::BlockQuote(None)))),
            Tag::FootnoteDefinition(label) => {
                if self.notes.iter().any(|it| it.0 == *label) {
                    self.say(&at, format!("编者注 `[^{label}]` 写了两次，每个标记只能用一次"));
                }
                let words = joined(self.paragraphs(TagEnd::FootnoteDefinition));
                self.notes.push((label.to_string(), words, self.source.line(at.start)));
            }
            other => {
                self.stray(&Event::Start(other.clone()), &at);
                self.skip(&other.to_end());
            }
        }
    }

    /// Refuses markup that a notice has no use for.
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

    /// The clause that begins with these words. What only looks as if one began is told, unless a note says that it is
    /// printed so.
    fn clause(&mut self, words: &Words, heading: bool, at: &Range<usize>) -> Option<Clause> {
        let text = plain(words);
        let clause = self.numbering.next(&text);
        let Some(clause) = clause else {
            let odd = unread(&text, heading, self.last.as_ref()).filter(|_| notes_in(words).is_empty());
            if let Some(should) = odd {
                self.numbered = false;
                self.say(
                    at,
                    format!(
                        "像是一条的开头，但没有读成条款，不会有地址：{should}；原文如此的，加编者注 `[^标记]` 说明"
                    ),
                );
            }
            return None;
        };
        (self.clause, self.n_tables) = (clause.id().to_owned(), 0);
        self.last = Some(clause.clone());
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
                    let marker = self.written(&at).split([' ', '\t', '\n']).next().filter(|_| numbered);
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

    /// What stands up to the end of a paragraph, heading, item or cell.
    fn words(&mut self, end: TagEnd) -> Words {
        let first = self.events.peek().map_or(0, |it| it.1.start);
        (self.before, self.broken) = (None, false);
        let mut words = self.inlines(&end);
        // there are a great many of these, and most hold a single text
        words.shrink_to_fit();
        lint::words(&words, &mut |message| self.source.say(self.source.line(first), message));
        words
    }

    fn inlines(&mut self, end: &TagEnd) -> Words {
        let mut words = Words::new();
        while let Some((event, at)) = self.events.next() {
            match event {
                Event::End(tag) if same(&tag, end) => break,
                // an item without empty lines around it has no paragraph of its own
                Event::Start(Tag::Paragraph) if words.is_empty() => {}
                Event::Start(Tag::Paragraph) => words.push(Inline::Break),
                Event::End(TagEnd::Paragraph) => {}
                Event::Text(more) => self.text(&mut words, more),
                Event::SoftBreak => self.broken = true,
                Event::HardBreak => words.push(Inline::Break),
                Event::Start(Tag::Strong) => words.push(Inline::Strong(self.inlines(&TagEnd::Strong))),
                Event::Start(Tag::Emphasis) => {
                    self.say(&at, "中文不用斜体，强调请用两个星号加粗");
                    words.extend(self.inlines(&TagEnd::Emphasis));
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let inner = self.inlines(&TagEnd::Link);
                    match target(&dest_url, self.file) {
                        Ok(to) => {
                            let line = self.source.line(at.start);
                            let written = dest_url.to_string();
                            self.links.push(Reference { line, written, to: Referred::Link(to.clone()) });
                            words.push(Inline::Link(to, inner));
                        }
                        Err(why) => {
                            self.say(&at, why);
                            words.extend(inner);
                        }
                    }
                }
                Event::FootnoteReference(label) => {
                    let line = self.source.line(at.start);
                    words.push(Inline::Note(Label::place(self.labels, &label, line)));
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

    /// A line end between two Chinese characters is left out: a browser would show a gap.
    fn text(&mut self, words: &mut Words, more: CowStr<'_>) {
        let cjk = |it: Option<char>| it.is_some_and(is_cjk);
        let gap = self.broken && !(cjk(self.before) && cjk(more.chars().next()));
        (self.before, self.broken) = (more.chars().next_back(), false);
        let more = if gap { format!(" {more}") } else { more.into_string() };
        match words.last_mut() {
            Some(Inline::Text(text)) => text.push_str(&more),
            _ => words.push(Inline::Text(more)),
        }
    }
}

fn same(this: &TagEnd, that: &TagEnd) -> bool {
    std::mem::discriminant(this) == std::mem::discriminant(that)
}

fn joined(paragraphs: Vec<Words>) -> Words {
    let mut all = paragraphs.into_iter();
    let first = all.next().unwrap_or_default();
    all.fold(first, |mut words, next| {
        words.push(Inline::Break);
        words.extend(next);
        words
    })
}
