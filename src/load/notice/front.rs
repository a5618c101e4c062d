//! The front matter of a notice: what stands around its text on paper, and where.

use crate::days::Day;
use crate::notice::{Annex, Annexed, Inline, Notice, Words};

use super::links::{Reference, Referred};
use super::lint;
use super::markdown::Label;
use crate::load::table::{Source, TomlTable};

/// Written for `issued` where no date is printed.
const UNDATED: &str = "未印日期";
/// Keys of the document. Below an `[[annex]]`, TOML takes them for keys of the annex.
const KEYS: [&str; 10] =
    ["number", "issuer", "title", "addressee", "issued", "imprint", "contact", "disclosure", "contact_unit", "source"];

pub fn empty(slug: &str) -> Notice {
    Notice {
        slug: slug.to_owned(),
        number: String::new(),
        issuer: String::new(),
        title_lines: Vec::new(),
        addressee: Words::new(),
        blocks: Vec::new(),
        contact: Vec::new(),
        annexes: Vec::new(),
        disclosure: Words::new(),
        contact_unit: Words::new(),
        imprint: Words::new(),
        issued: None,
        notes: Vec::new(),
        source: Vec::new(),
        files: Vec::new(),
    }
}

/// The notice without its text, the labels of the notes that the front matter refers to, and the references of its
/// annexes.
pub fn read_front(source: &Source<'_>, slug: &str) -> (Notice, Vec<Label>, Vec<Reference>) {
    let document = source.parse();
    let mut table = TomlTable::document(source, document.get_ref());
    let mut front = Front { source, labels: Vec::new() };
    let mut references = Vec::new();
    let title = table.peek("title").map(|it| it.lines().map(str::trim).collect::<String>()).unwrap_or_default();
    let notice = Notice {
        number: number(&mut table, &title),
        issuer: table.need_filled("issuer"),
        title_lines: {
            let line = table.line_of("title");
            let title = table.need_filled("title");
            // a title over several lines begins below its key
            title.lines().map(|it| front.words(it.trim(), line, true)).collect()
        },
        addressee: front.key(&mut table, "addressee", true),
        issued: issued(&mut table),
        imprint: front.key(&mut table, "imprint", true),
        // this is printed around the document: its marks stay as printed and are not checked
        contact: {
            let line = table.line_of("contact");
            table.texts("contact").unwrap_or_default().iter().map(|it| front.words(it, line, false)).collect()
        },
        disclosure: front.key(&mut table, "disclosure", false),
        contact_unit: front.key(&mut table, "contact_unit", false),
        source: ranges(&mut table),
        annexes: table.tables("annex").into_iter().map(|it| front.annex(it, &mut references)).collect(),
        ..empty(slug)
    };
    table.end();
    (notice, front.labels, references)
}

struct Front<'s> {
    source: &'s Source<'s>,
    labels: Vec<Label>,
}

impl Front<'_> {
    fn key(&mut self, table: &mut TomlTable<'_>, key: &str, ours: bool) -> Words {
        let line = table.line_of(key);
        table.text(key).map(|text| self.words(&text, line, ours)).unwrap_or_default()
    }

    /// A text in which `[^label]` refers to a note. Where it is `checked`, half-width marks in it are told.
    fn words(&mut self, text: &str, line: usize, checked: bool) -> Words {
        let mut words = Words::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("[^") {
            let Some((label, after)) = after.split_once(']') else { break };
            words.push(Inline::Text(before.to_owned()));
            words.push(Inline::Note(Label::place(&mut self.labels, label, line)));
            rest = after;
        }
        if !rest.is_empty() {
            words.push(Inline::Text(rest.to_owned()));
        }
        if checked {
            lint::words(&words, &mut |message| self.source.say(line, message));
        }
        words
    }

    fn annex(&mut self, mut table: TomlTable<'_>, references: &mut Vec<Reference>) -> Annex {
        let (line, text_line) = (table.line, table.line_of("text"));
        let text = table.need_filled("text");
        let words = self.words(&text, text_line, true);
        let (notice_line, rubric_line) = (table.line_of("notice"), table.line_of("rubric"));
        let file_line = table.line_of("file");
        let file = table.text("file").map(|it| (file_line, it.clone(), Annexed::File(it)));
        let notice = table.text("notice").map(|it| (notice_line, it.clone(), Annexed::Notice(it)));
        let rubric = table
            .whole("rubric")
            .map(|annex| (rubric_line, annex.to_string(), Annexed::Rubric(u8::try_from(annex).unwrap_or(0))));
        let mut all = [notice, rubric, file].into_iter().flatten();
        let mut to = all.next();
        if all.next().is_some() {
            self.source.say(line, "附件的 `notice`、`rubric` 和 `file` 只能写一个，请删去其余的".to_owned());
            to = None;
        }
        for key in KEYS.into_iter().filter(|key| table.skip(key)) {
            let above = format!("`{key}` 要写在第一个 `[[annex]]` 之前，请移上去");
            self.source.say(line, above);
        }
        table.end();
        let to = to.map(|(line, written, to)| {
            references.push(Reference { line, written, to: Referred::Annex(to.clone()) });
            to
        });
        Annex { words, to }
    }
}

/// Titles that end so are of documents that have a 文号; others, such as 公告, may have none.
const NUMBERED: [&str; 11] = ["通知", "意见", "函", "批复", "决定", "决议", "请示", "报告", "通报", "办法", "方案"];

/// The number, which may be missing; `title` is that of the document.
fn number(table: &mut TomlTable<'_>, title: &str) -> String {
    let line = table.line_of("number");
    let ends = title.trim_end_matches("（试行）").trim_end();
    let Some(number) = table.has("number").then(|| table.need_filled("number")) else {
        if NUMBERED.iter().any(|it| ends.ends_with(it)) {
            table.say("缺少 `number`，请补上".to_owned());
        }
        return String::new();
    };
    if !number.trim().is_empty() && !lint::is_number(&number) && !lint::is_serial(&number) {
        table.say_at(
            line,
            format!("文号 `{number}` 应写作 某职鉴〔2021〕1号 的样子：年份用六角括号〔〕，不加“第”字和空格；公告、令可写 2021年第3号、第3号，没有文号的整行不写"),
        );
    }
    number
}

fn issued(table: &mut TomlTable<'_>) -> Option<Day> {
    let line = table.line_of("issued");
    let written = table.need_filled("issued");
    let issued = Day::parse(&written);
    if issued.is_none() && written != UNDATED && !written.trim().is_empty() {
        table.say_at(
            line,
            format!("`issued` 应为印发日期，如 2021年12月29日；没有印日期的写 {UNDATED}，现在是 `{written}`"),
        );
    }
    issued
}

fn ranges(table: &mut TomlTable<'_>) -> Vec<(usize, usize)> {
    let line = table.line_of("source");
    let written = table.texts("source").unwrap_or_default();
    let ranges: Vec<_> = written.iter().filter_map(|it| range(it)).collect();
    if ranges.len() != written.len() {
        table.say_at(line, "`source` 应为扫描文本的行号，如 [\"406-544\"]".to_owned());
    }
    ranges
}

fn range(text: &str) -> Option<(usize, usize)> {
    let (first, last) = text.split_once('-')?;
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (0 < first && first <= last).then_some((first, last))
}
