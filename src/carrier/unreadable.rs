//! Why nothing could be opened, in words that say what to do.

use std::fmt;

use crate::dossier::NotOpened;

use super::file::NoTextFile;

/// Why a text is no record. It is never read as a different record instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// There is neither a code nor a link nor a file of ours in it.
    Nothing,
    /// A workbook of a spreadsheet program, a picture, or another file that is not text.
    NoText(NoTextFile),
    /// Longer than any record: it was not read.
    TooLong { received: usize },
    /// Characters are missing at the end.
    Cut { received: usize, expected: usize },
    /// Line `line` of a code, from 1, has a wrong number of letters.
    LineLength { line: usize, received: usize, expected: usize },
    /// The check of line `line` of a code is wrong. Where one wrong letter explains it, that letter is in group
    /// `group`, from 1.
    Line { line: usize, group: Option<usize> },
    /// Character number `at` of the line, from 1, is no letter of a code.
    Letter { line: usize, at: usize, letter: char },
    /// Something in it was changed. Where that damaged its length too, both lengths are the same.
    Altered { received: usize, expected: usize },
    /// It has `several` records, but one is wanted.
    Several { several: usize },
    /// A newer version of this program made it.
    Newer,
    /// It was made under an edition that this site does not have.
    UnknownEdition,
    /// A backup file that was not opened.
    File(NotOpened),
}

impl Unreadable {
    /// Replaces lengths in bytes by lengths in characters.
    pub(super) fn with_lengths(self, received: usize, expected: usize) -> Unreadable {
        match self {
            Unreadable::Altered { .. } | Unreadable::Cut { .. } => Unreadable::Altered { received, expected },
            Unreadable::TooLong { .. } => Unreadable::TooLong { received },
            other => other,
        }
    }

    /// Shifts the line numbers, for a code below other lines.
    pub(super) fn below(self, n_lines: usize) -> Unreadable {
        match self {
            Unreadable::LineLength { line, received, expected } => {
                Unreadable::LineLength { line: line + n_lines, received, expected }
            }
            Unreadable::Line { line, group } => Unreadable::Line { line: line + n_lines, group },
            Unreadable::Letter { line, at, letter } => Unreadable::Letter { line: line + n_lines, at, letter },
            other => other,
        }
    }

    /// A word for programs.
    pub fn code(self) -> &'static str {
        match self {
            Unreadable::Nothing | Unreadable::NoText(_) | Unreadable::File(NotOpened::Foreign) => "no_code",
            Unreadable::TooLong { .. } => "too_long",
            Unreadable::Cut { .. } | Unreadable::File(NotOpened::Headless) => "cut",
            Unreadable::LineLength { .. } => "line_length",
            Unreadable::Line { .. } => "line",
            Unreadable::Letter { .. } => "letter",
            Unreadable::Several { .. } => "several",
            Unreadable::Altered { .. } | Unreadable::File(NotOpened::Damaged { .. }) => "damaged",
            Unreadable::Newer | Unreadable::File(NotOpened::Newer) => "newer",
            Unreadable::UnknownEdition => "unknown_edition",
        }
    }
}

/// For a person: what was received and what was expected.
impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Unreadable::Nothing | Unreadable::File(NotOpened::Foreign) => {
                write!(f, "这里没有自评码、自评链接或自评文件")
            }
            Unreadable::NoText(NoTextFile::Workbook) => {
                write!(f, "这是 Excel、WPS 的文件，请打开它，复制其中的单元格粘贴过来")
            }
            Unreadable::NoText(NoTextFile::Packed) => write!(f, "这是压缩文件，请先解压，再用里面的文件"),
            Unreadable::NoText(NoTextFile::Pdf) => write!(f, "这是 PDF 文件，请打开它，复制其中的自评码或链接粘贴过来"),
            Unreadable::NoText(NoTextFile::Picture) => {
                write!(f, "这是图片，读不出其中的文字；有二维码的请用手机扫，或照着输入自评码")
            }
            Unreadable::NoText(NoTextFile::Other) => write!(f, "这不是文本文件，请用自评文件或文本文件"),
            Unreadable::TooLong { received } => write!(f, "收到 {received} 个字符，比任何自评码或链接都长，没有打开"),
            Unreadable::Cut { received, expected } => {
                write!(f, "不完整，收到 {received} 个字符，应为 {expected} 个，可能转发时被截断，或漏了末尾")
            }
            Unreadable::LineLength { line, received, expected } => {
                write!(f, "第 {line} 行收到 {received} 个字母，应为 {expected} 个，请核对这一行")
            }
            Unreadable::Line { line, group: Some(group) } => {
                write!(f, "第 {line} 行有误，可能是第 {group} 组输错了，请对照原件核对这一行")
            }
            Unreadable::Line { line, group: None } => write!(f, "第 {line} 行有误，请对照原件核对这一行"),
            Unreadable::Letter { line, at, letter } => {
                write!(f, "第 {line} 行第 {at} 个字符“{letter}”不是自评码用的字母或数字")
            }
            Unreadable::Several { several } => {
                write!(f, "这里有 {several} 份自评，请一次只放一份；要看许多份，请到“汇总台”")
            }
            Unreadable::Altered { received, expected } if received == expected => {
                write!(f, "收到 {received} 个字符，内容有改动，无法还原，请让对方重新复制")
            }
            Unreadable::Altered { received, expected } => {
                write!(f, "收到 {received} 个字符，应为 {expected} 个，内容有改动，无法还原，请让对方重新复制")
            }
            Unreadable::Newer | Unreadable::File(NotOpened::Newer) => {
                write!(f, "由更新版本的程序生成，请刷新页面或更新程序后再打开")
            }
            Unreadable::UnknownEdition => write!(f, "按本站没有的版本或经过修改的评估要点生成，无法打开"),
            Unreadable::File(NotOpened::Headless) => write!(f, "文件开头缺失，可能少了几份，没有打开"),
            Unreadable::File(NotOpened::Damaged { whole, of }) => {
                write!(f, "文件已损坏：{of} 份档案中只有 {whole} 份完好，没有打开")
            }
        }
    }
}
