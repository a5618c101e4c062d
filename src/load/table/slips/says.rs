//! What is said about a slip, and which of several on one line.

use std::fmt;

use crate::letters::{is_numeral, is_quote, narrow};

/// A slip on a line.
pub enum Slipped {
    /// Full-width marks, as a Chinese keyboard writes them.
    Wide(Vec<char>),
    Unseen(char),
    /// A text without its second quote, or without its first.
    Unclosed,
    NoOpening,
    Unpaired,
    Inner,
    TwoLines,
    TripleOpen,
    Backslash,
    After,
    WideKey(String, String),
    Unquoted(String),
    NoComma,
    ExtraMark(char),
    Open(char),
    ExtraBracket(char),
    NoEquals(String),
    ExtraEquals,
    Colon,
    NoValue(String),
    KeyName(String),
    /// A name that is a key stands in quotes.
    UnquotedKey(String),
    /// A word for true or false.
    Truth(String),
    /// A colour without quotes, which reads as a comment.
    Colour(String),
    Comment,
    Stray,
    Heading(String),
    HeadingTwice(String),
    HeadingName(String),
    BehindHeading(String),
    Twice(String, usize),
    NoHeading(String, String),
    Other(String),
}

impl Slipped {
    /// What to say about a line. Whoever types with a full-width keyboard does so for the whole line, and what else seems
    /// wrong follows from that.
    pub fn of_line(said: Vec<Slipped>) -> Option<Slipped> {
        let mut wide = Vec::new();
        let mut first = None;
        for one in said {
            match one {
                Slipped::Wide(marks) => marks.into_iter().for_each(|mark| add(&mut wide, mark)),
                other => drop(first.get_or_insert(other)),
            }
        }
        if wide.is_empty() { first } else { Some(Slipped::Wide(wide)) }
    }
}

fn add(marks: &mut Vec<char>, mark: char) {
    if !marks.contains(&mark) {
        marks.push(mark);
    }
}

/// The mark that TOML has for one that looks like it.
pub fn meant(mark: char) -> char {
    match mark {
        '“' | '”' | '„' | '‟' | '＂' | '「' | '」' | '『' | '』' | '‘' | '’' => '"',
        '【' | '〔' => '[',
        '】' | '〕' => ']',
        '、' | '；' | ';' => ',',
        '。' => '.',
        '—' | '–' | '−' | '―' | '‐' | '‑' | '‒' => '-',
        other => narrow(other),
    }
}

impl fmt::Display for Slipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Slipped::Wide(marks) => {
                let typed: String = marks.iter().collect();
                let mut should: Vec<char> = Vec::new();
                marks.iter().for_each(|mark| add(&mut should, meant(*mark)));
                let should: String = should.into_iter().collect();
                let quotes =
                    if marks.iter().any(|it| is_quote(*it)) { "（文字里面的引号不用改）" } else { "" };
                write!(f, "这一行的 {typed} 是中文（全角）符号，请切换到英文输入法，改成 {should}{quotes}")
            }
            Slipped::Unseen(it) => {
                write!(f, "这一行有全角空格或看不见的字符 U+{:04X}，请删去，空格用英文输入法重新输入", u32::from(*it))
            }
            Slipped::Unclosed => write!(f, "引号没有成对：这一行的文字缺少结尾的 \"，请补上"),
            Slipped::NoOpening => write!(f, "引号没有成对：这一行的文字缺少开头的 \"，请补上"),
            Slipped::Unpaired => write!(f, "引号没有成对：这一行有一处文字缺少开头或结尾的 \"，请补上"),
            Slipped::Inner => write!(f, "引号里又有引号：文字里面的引号请用中文的“ ”，或写作 \\\""),
            Slipped::TwoLines => {
                write!(f, "引号里的文字断成了两行，请接成一行；确要分行的，开头和结尾各用三个双引号 \"\"\"")
            }
            Slipped::TripleOpen => write!(f, "三个双引号 \"\"\" 开头的文字没有收尾，请在文字最后也写三个双引号"),
            Slipped::Backslash => write!(f, "文字里的反斜线 \\ 请写成两个 \\\\，路径请改用 /"),
            Slipped::Unquoted(text) if text.starts_with(|it| is_numeral(it) || it.is_ascii_digit()) => {
                write!(
                    f,
                    "`{text}` 既不是数字，也没有写在引号里：数字写半角的 8，后面不写单位；文字的两头要有半角的 \""
                )
            }
            Slipped::Unquoted(text) => write!(f, "`{text}` 没有写在引号里，文字的两头都要有半角的 \""),
            Slipped::After => write!(f, "这一行的值后面还有多余的内容，请删去；有几项的写成列表，如 [\"甲\", \"乙\"]"),
            Slipped::WideKey(typed, key) => write!(f, "`{typed}` 是全角字母，请切换到英文输入法，改成 {key}"),
            Slipped::NoComma => write!(f, "两项之间缺少逗号，请补上半角的 ,"),
            Slipped::ExtraMark(it) => write!(f, "这一行多了一个 {it}，请删去"),
            Slipped::Open('[') => write!(f, "方括号没有成对：从这一行开始的 [ 缺少后面的 ]，请补上"),
            Slipped::Open(_) => write!(f, "花括号没有成对：从这一行开始的 {{ 缺少后面的 }}，请补上"),
            Slipped::ExtraBracket(it) => write!(f, "括号没有成对：这一行多了一个 {it}，请删去"),
            Slipped::NoEquals(key) => write!(f, "`{key}` 后面缺少等号，请补上半角的 ="),
            Slipped::ExtraEquals => write!(f, "这一行多了一个等号，请删去"),
            Slipped::Colon => write!(f, "键和值之间要用等号：请把冒号改成半角的 ="),
            Slipped::NoValue(key) => write!(f, "`{key}` 的等号后面没有内容，请填写"),
            Slipped::KeyName(key) => write!(f, "键 `{key}` 只能用英文字母、数字、下划线和连字符，请照其他各段填写"),
            Slipped::UnquotedKey(key) => write!(f, "`{key}` 没有写在引号里：等号前面的名称两头也要有半角的 \""),
            Slipped::Truth(word) => {
                write!(f, "`{word}` 没有写在引号里：文字的两头要有半角的 \"；是写 true，否写 false（小写，不加引号）")
            }
            Slipped::Colour(colour) => {
                write!(f, "# 开头的是注释，不会读：颜色要写在引号里，如 \"{colour}\"")
            }
            Slipped::Comment => write!(f, "注释要以半角的 # 开头，请改正"),
            Slipped::Stray => {
                write!(f, "这一行既不是“键 = 值”，也不是注释；注释以 # 开头，文字写在引号里，请改正或删去")
            }
            Slipped::Heading(should) => write!(f, "表头的方括号不对，这里应写作 {should}"),
            Slipped::HeadingTwice(heading) => write!(f, "表头 {heading} 已经写过一次，请并到一处，或核对名称和方括号"),
            Slipped::HeadingName(name) => {
                write!(f, "表头 [[{name}]] 里只能用英文字母、数字、下划线和点，请照其他各段填写")
            }
            Slipped::BehindHeading(behind) => {
                write!(f, "表头后面多了“{behind}”：请删去，说明写在 # 后面")
            }
            Slipped::Twice(key, first) => write!(f, "`{key}` 在这一段里写了两次（前一次在第{first}行），请删去一处"),
            Slipped::NoHeading(key, heading) => {
                write!(f, "从 `{key}` 起与上面一段的键重复，是不是前面漏了一行 {heading}？请补上")
            }
            Slipped::Other(message) => write!(f, "不是正确的 TOML，请检查引号、括号和等号（{message}）"),
        }
    }
}
