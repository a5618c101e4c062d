//! `ziping code`: assessments into 自评码 or links, a line each, and back. The order is kept; where a line is refused,
//! the reason stands in its place.

mod input;
mod output;

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Result;
use clap::Args;
use serde_json::json;

use crate::carrier::{Known, Take, is_file, pack, parts, read, taken, write_code, write_link};

use super::lines::{BYTE_ORDER_MARK, LineError, Tally, answer_lines, refuse};
use super::score::Scorer;
use crate::letters;
use crate::load::decoded::decoding;
use crate::load::{Loaded, folder};
use input::{Said, read_said};
use output::record_json;

pub const CODE_HELP: &str = r#"编码（--encode）的输入，一行一份：
  一张表    {"rubric": "3", "answers": {"3-1": {"met": true}}}，与 score 的输入相同，
            可加 "occupation"（职业）、"code"（职业编码）、"levels"（级别）
  整份档案  {"applicant": "employer", "unit": "某公司", "place": "平顶山市", "day": "2026-11-25",
            "sheets": [{"rubric": "1", "answers": {…}, "figures": ["…"], "notes": {"1-4": "…"}}, …],
            "route": {"ownership": "other_enterprise", …}}，除 sheets 外都可省略
  备份文件  整个文件就是输入，其中每份档案输出一行
输出一行一个自评码。单位名称、地点、人数（figures）和备注默认不写入，要写入请加 --unit、--notes。

还原的输入，一行一个自评码或链接；按印刷折成几行的也可以。只有一张表时输出 score 的一行，否则输出一份档案。
没有填完整或不可能的回答不会当作答案，写在该表的 "partial" 里，再编码时照样写回；其中 JSON 记不准的数写成文字。

某行有误时，该行输出 {"error": {"code", "path", "message"}}，其余各行照常处理，退出状态 2；
还原时 path 是输入的行号。自评码或链接有一个字不对、缺一截，都是错误，不会变成另一份自评。

示例：
  ziping code --encode answers.jsonl > codes.txt
  ziping code --encode --unit --notes --link https://ziping.example/ 备份.json
  ziping code codes.txt | ziping score
  echo '05BD 22KM B085 AA79 E' | ziping code"#;

/// What `ziping code` is told.
#[derive(Args)]
pub struct CodeArguments {
    /// 输入文件；省略或写 - 时读标准输入
    #[arg(value_name = "文件")]
    file: Option<PathBuf>,
    /// 编码；不加时还原
    #[arg(long)]
    encode: bool,
    /// 输出链接，写明网站地址，如 https://ziping.example/
    #[arg(long, value_name = "网站", requires = "encode")]
    link: Option<String>,
    /// 写入单位名称、地点和表头的人数
    #[arg(long, requires = "encode")]
    unit: bool,
    /// 写入备注
    #[arg(long, requires = "encode")]
    notes: bool,
}

impl CodeArguments {
    /// # Errors
    /// Reading or writing fails.
    pub fn run(&self, loaded: &Loaded) -> Result<Tally> {
        let input: Box<dyn Read> = match self.file.as_deref().filter(|it| *it != Path::new("-")) {
            None => Box::new(io::stdin().lock()),
            Some(path) => Box::new(folder::open(path)?.0),
        };
        let mut input = decoding(input)?;
        let output = BufWriter::new(io::stdout().lock());
        let marks = loaded.marks();
        let known = loaded.known(&marks);
        if !self.encode {
            let mut bytes = Vec::new();
            input.read_to_end(&mut bytes)?;
            return Ok(decode_text(known, &String::from_utf8_lossy(&bytes), output)?);
        }
        let take = Take { unit: self.unit, notes: self.notes, day: None };
        // whoever names the page that opens links in place of the site is understood
        let page = self.link.as_deref().map(|site| {
            let site = site.trim_end_matches('/');
            format!("{}/open/", site.strip_suffix("/open").unwrap_or(site))
        });
        let encoded = encode_lines(known, take, page.as_deref(), input, output)?;
        if 0 < encoded.held_back {
            eprintln!("有 {} 份的单位名称、地点、人数或备注没有写入；要写入请加 --unit、--notes", encoded.held_back);
        }
        Ok(encoded.tally)
    }
}

/// How an encoding went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Encoded {
    pub tally: Tally,
    /// Records with texts that were left out because nobody asked for them with `--unit` or `--notes`.
    pub held_back: u64,
}

/// Writes a code for every assessment, dossier or backup in `input`, or a link to the page `link`. `take.day` is used
/// where a dossier names no day of its own.
///
/// # Errors
/// Reading or writing fails. A line that is refused is no error: its line of output says why.
pub fn encode_lines(
    known: Known<'_>,
    take: Take,
    link: Option<&str>,
    input: impl Read,
    mut output: impl Write,
) -> io::Result<Encoded> {
    let root = link.map(|root| if root.ends_with('/') { root.to_owned() } else { format!("{root}/") });
    let encoder =
        Encoder { known, take, root, scorer: Scorer::new(known.editions, false), held_back: AtomicU64::new(0) };
    let mut input = BufReader::new(input);
    let mut beginning = Vec::new();
    while unmarked(&beginning).trim_ascii().is_empty() && input.read_until(b'\n', &mut beginning)? != 0 {}
    let tally = if unmarked(&beginning).trim_ascii() == b"{" {
        // a backup file is one object over many lines
        let mut file = unmarked(&beginning).to_vec();
        input.read_to_end(&mut file)?;
        let mut out = Vec::new();
        let tally = encoder.line(&file, &mut out);
        output.write_all(&out)?;
        output.flush()?;
        tally
    } else {
        let worker = || |line: &[u8], out: &mut Vec<u8>| encoder.line(line, out);
        answer_lines(beginning.chain(input), output, |_| {}, worker)?
    };
    Ok(Encoded { tally, held_back: encoder.held_back.into_inner() })
}

/// Without a byte order mark.
fn unmarked(text: &[u8]) -> &[u8] {
    text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)
}

struct Encoder<'k> {
    known: Known<'k>,
    take: Take,
    /// Of the page that opens the links; `None` for codes.
    root: Option<String>,
    scorer: Scorer<'k>,
    held_back: AtomicU64,
}

impl Encoder<'_> {
    /// A line is one assessment or dossier, or a whole backup file, which has several.
    fn line(&self, line: &[u8], out: &mut Vec<u8>) -> Tally {
        let Some(file) = str::from_utf8(line).ok().filter(|text| is_file(text)) else {
            let mut id = None;
            let said = read_said(self.known, &self.scorer, line, &mut id);
            return self.one(id, said, out);
        };
        let mut tally = Tally::default();
        match read(self.known, file) {
            Ok(records) => {
                for record in records {
                    tally += self.one(None, Ok(Said { dossier: record.dossier, day: None }), out);
                }
            }
            Err(why) => {
                let error = LineError { code: why.code(), path: String::new(), message: why.to_string() };
                tally += refuse(out, None, &error);
            }
        }
        tally
    }

    fn one(&self, id: Option<&str>, said: Result<Said, LineError>, out: &mut Vec<u8>) -> Tally {
        let packed = said.and_then(|said| {
            let take = Take { day: said.day.or(self.take.day), ..self.take };
            let record = pack(self.known, &said.dossier, take).ok_or_else(|| LineError {
                code: "too_long",
                path: String::new(),
                message: "内容太多，自评码和链接放不下，请改用备份文件".to_owned(),
            })?;
            Ok((said, record))
        });
        let (said, record) = match packed {
            Ok(packed) => packed,
            Err(error) => return refuse(out, id, &error),
        };
        let all = Take { unit: true, notes: true, day: None };
        let went = |take| taken(self.known, &said.dossier, take);
        self.held_back.fetch_add(u64::from(went(self.take) != went(all)), Ordering::Relaxed);
        let text = match &self.root {
            None => write_code(&record).replace('\n', " "),
            Some(root) => write_link(root, &record),
        };
        out.extend_from_slice(text.as_bytes());
        out.push(b'\n');
        Tally::ANSWERED
    }
}

/// Writes a line of JSON for every code and link in `text`. A line that is neither, nor blank, is refused.
///
/// # Errors
/// Writing fails.
pub fn decode_text(known: Known<'_>, text: &str, mut output: impl Write) -> io::Result<Tally> {
    let mut tally = Tally::default();
    let text = text.strip_prefix(letters::BYTE_ORDER_MARK).unwrap_or(text);
    let refused = |line: usize, code: &str, message: String| json!({ "error": { "code": code, "path": line.to_string(), "message": message } });
    let file = "这是备份文件，请先用 ziping code --encode 变成自评码";
    let answers = if is_file(text) {
        vec![Err(refused(1, "form", file.to_owned()))]
    } else {
        let opened = |(line, part): (usize, String)| match read(known, &part) {
            Ok(records) => Ok(records.iter().map(|it| record_json(known, it)).collect::<Vec<_>>()),
            Err(why) => Err(refused(line, why.code(), why.to_string())),
        };
        parts(text).into_iter().map(opened).collect()
    };
    for answer in answers {
        tally.lines += 1;
        tally.refused += u64::from(answer.is_err());
        for line in answer.unwrap_or_else(|it| vec![it]) {
            serde_json::to_writer(&mut output, &line)?;
            output.write_all(b"\n")?;
        }
    }
    output.flush()?;
    Ok(tally)
}
