//! A notice's file as the typed tree: front matter in TOML, the text in markdown.

mod lint;
mod links;
mod markdown;

use crate::notice::{Annex, Annexed, Day, Inline, Notice, Words};

use super::Problem;
use super::table::{Source, Table};

pub use links::{Addresses, check_links};
pub use lint::is_han;

/// What stands where no date is printed.
const UNDATED: &str = "未印日期";
const FENCE: &str = "+++";
/// The address of the page with all notices.
const COLLECTION: &str = "all";

/// Reads the file of a notice. Of a file without front matter nothing can be said but that.
pub fn read_notice(file: &str, slug: &str, text: &str) -> (Notice, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut say =
        |line, message: &str| problems.push(Problem { file: file.to_owned(), line, message: message.to_owned() });
    lint::characters(text, &mut say);
    if slug.is_empty() || !slug.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-') {
        say(1, "文件名会成为网址，只能用小写字母、数字和连字符，如 `henan-2021-1.md`");
    }
    if slug == COLLECTION {
        say(1, "文件名 `all.md` 留给全部文件合印的页面，请换一个名字");
    }
    let Some((front, body)) = split(text) else {
        say(1, "文件开头应有两行 `+++` 夹着的文号、标题等，请照 content 里其他文件填写");
        return (empty(slug), problems);
    };
    let front_source = Source::below(1, file.to_owned(), front);
    let body_source = Source::below(front.matches('\n').count() + 2, file.to_owned(), body);
    let (blocks, labels, notes) = markdown::read_body(&body_source, file);
    let notice = Notice { blocks, notes, ..read_front(&front_source, slug, &labels) };
    problems.extend(front_source.into_problems());
    problems.extend(body_source.into_problems());
    (notice, problems)
}

/// Front matter and body: the first with a line end after each of its lines.
fn split(text: &str) -> Option<(&str, &str)> {
    let after = text.strip_prefix(FENCE)?.split_once('\n').filter(|it| it.0.trim().is_empty())?.1;
    let mut at = 0;
    for line in after.split_inclusive('\n') {
        if line.trim_end() == FENCE {
            return Some((&after[..at], &after[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

fn empty(slug: &str) -> Notice {
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
    }
}

/// `labels` are the footnotes of the body, to which the front matter may refer as well.
fn read_front(source: &Source<'_>, slug: &str, labels: &[String]) -> Notice {
    let document = source.parse();
    let mut it = Table::document(source, document.get_ref());
    let words = |text: Option<String>| text.map(|it| noted(&it, labels)).unwrap_or_default();
    let number_line = it.line_of("number");
    let number = it.need_text("number");
    if !number.is_empty() && !lint::is_number(&number) {
        it.say_at(
            number_line,
            format!("文号 `{number}` 应写作 豫职鉴〔2021〕1号 的样子：年份用六角括号〔〕，不加“第”字和空格"),
        );
    }
    let issued_line = it.line_of("issued");
    let written = it.need_text("issued");
    let issued = Day::parse(&written);
    if issued.is_none() && written != UNDATED && !written.is_empty() {
        it.say_at(
            issued_line,
            format!("`issued` 应为印发日期，如 2021年12月29日；没有印日期的写 {UNDATED}，现在是 `{written}`"),
        );
    }
    let source_line = it.line_of("source");
    let lines = it.texts("source").unwrap_or_default();
    let ranges: Vec<_> = lines.iter().filter_map(|it| range(it)).collect();
    if ranges.len() != lines.len() {
        it.say_at(source_line, "`source` 应为扫描文本的行号，如 [\"406-544\"]".to_owned());
    }
    let notice = Notice {
        number,
        issuer: it.need_text("issuer"),
        title_lines: it.need_text("title").lines().map(|it| it.trim().to_owned()).collect(),
        addressee: words(it.text("addressee")),
        contact: it.texts("contact").unwrap_or_default().into_iter().map(|it| words(Some(it))).collect(),
        disclosure: words(it.text("disclosure")),
        contact_unit: words(it.text("contact_unit")),
        imprint: words(it.text("imprint")),
        issued,
        annexes: it.tables("annex").into_iter().map(|it| annex(it, labels)).collect(),
        source: ranges,
        ..empty(slug)
    };
    it.end();
    // what is printed about the document is left as printed; the rest is text like any other
    let title = [Inline::Text(notice.title())];
    let texts = [&title[..], &notice.addressee, &notice.imprint];
    for words in texts.into_iter().chain(notice.annexes.iter().map(|it| &it.words[..])) {
        let shown: String = crate::notice::plain(words).chars().take(6).collect();
        let line = source.line(source.text().find(&shown).unwrap_or(0));
        lint::words(words, &mut |message| source.say(line, message));
    }
    notice
}

fn annex(mut it: Table<'_>, labels: &[String]) -> Annex {
    let words = noted(&it.need_text("text"), labels);
    let to = match (it.text("notice"), it.whole("rubric")) {
        (Some(slug), _) => Some(Annexed::Notice(slug)),
        (None, Some(rubric)) => Some(Annexed::Rubric(u8::try_from(rubric).unwrap_or(0))),
        (None, None) => None,
    };
    it.end();
    Annex { words, to }
}

/// A text in which `[^label]` refers to a note.
fn noted(text: &str, labels: &[String]) -> Words {
    let mut words = Words::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[^") {
        let found =
            after.split_once(']').and_then(|(label, after)| Some((labels.iter().position(|it| it == label)?, after)));
        let Some((note, after)) = found else { break };
        words.push(Inline::Text(before.to_owned()));
        words.push(Inline::Note(note));
        rest = after;
    }
    if !rest.is_empty() {
        words.push(Inline::Text(rest.to_owned()));
    }
    words
}

fn range(text: &str) -> Option<(usize, usize)> {
    let (first, last) = text.split_once('-')?;
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (0 < first && first <= last).then_some((first, last))
}
