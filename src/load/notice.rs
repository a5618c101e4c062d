//! A notice's file as the typed tree: front matter in TOML, the text in markdown.

pub mod files;
mod front;
mod lint;
mod links;
mod markdown;
mod own;

use crate::notice::{AttachedFile, Notice};

use super::Problem;
use super::table::Source;

pub use links::{Addresses, Reference};
pub use lint::{is_number, is_serial, letters};
pub use own::{EditionPages, its_editions};

const FENCE: &str = "+++";
/// The address of the page with all notices.
const COLLECTION: &str = "all";

/// A file as read: what could be understood, everything it refers to, and everything wrong with it.
pub struct Read {
    pub notice: Notice,
    pub references: Vec<Reference>,
    pub problems: Vec<Problem>,
    /// Are all of its clauses known? Else what cites it cannot be looked up.
    pub numbered: bool,
}

/// Reads the file of a notice, with the files that lie beside it. A file without front matter is not read any further.
pub fn read_notice(file: &str, slug: &str, text: &str, attached: Vec<AttachedFile>) -> Read {
    let mut problems = Vec::new();
    let mut say =
        |line, message: &str| problems.push(Problem { file: file.to_owned(), line, message: message.to_owned() });
    lint::characters(text, &mut say);
    if slug.is_empty() || !slug.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-') {
        say(1, "文件名会成为网址，只能用小写字母、数字和连字符，如 `notice-2021-1.md`");
    }
    if files::is_reserved(slug) {
        say(1, "这个文件名是 Windows 保留的名称，请换一个名字");
    }
    if slug == COLLECTION {
        say(1, "文件名 `all.md` 留给全部文件合印的页面，请换一个名字");
    }
    let Some((front, body)) = split(text) else {
        say(1, "文件开头应有两行 `+++` 夹着的文号、标题等，请照 content 里其他文件填写");
        return Read { notice: front::empty(slug), references: Vec::new(), problems, numbered: false };
    };
    let front_source = Source::below(1, file.to_owned(), front);
    let body_source = Source::below(front.matches('\n').count() + 2, file.to_owned(), body);
    let (notice, mut labels, mut references) = front::read_front(&front_source, slug);
    let body = markdown::read_body(&body_source, file, &mut labels);
    references.extend(body.links);
    let notice = Notice { blocks: body.blocks, notes: body.notes, files: attached, ..notice };
    for file in files::unlinked(&notice) {
        let name = &file.name;
        let message = format!(
            "附件没有任何地方链接它：请在通知里写 [附件名](<{name}>)，或写一段 [[annex]] 加 file = \"{name}\"，或移走"
        );
        problems.push(Problem { file: format!("content/{slug}/{name}"), line: 1, message });
    }
    // what nobody sees is told already
    let unseen: Vec<usize> = problems.iter().map(|it| it.line).collect();
    let told = front_source.into_problems().into_iter();
    problems.extend(told.filter(|it| !unseen.contains(&it.line) || !it.message.contains("看不见的字符 U+")));
    problems.extend(body_source.into_problems());
    Read { notice, references, problems, numbered: body.numbered }
}

/// Front matter and body. Each line of the front matter still has its line end.
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
