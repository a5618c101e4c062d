//! `ziping code`: assessments into 自评码 or links, a line each, and back. The order is kept; where a line is refused,
//! the reason stands in its place.

mod decode;
mod input;
mod output;
mod straight;

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Result;
use clap::Args;

use crate::carrier::{Known, Take, is_file, pack, read, taken, write_code, write_link};

use super::ends::{DataOut, all_there};
use super::json::id_of;
use super::lines::{BYTE_ORDER_MARK, LineError, LinePlace, Newlines, Tally, answer_lines, refuse};
use super::score::Scorer;
use super::teller::Teller;
use crate::load::Loaded;
use decode::decode;
pub use decode::decode_text;
pub(super) use input::facts_of;
pub(super) use input::{FACTS, Said, read_said};
pub(super) use output::{dossier_json, put, row_json, sheet_json};

pub const CODE_HELP: &str = r#"编码（--encode）的输入，一行一份：
  一张表    {"rubric": "3", "answers": {"3-1": {"met": true}}}，与 score 的输入相同，
            可加 "occupation"（职业）、"code"（职业编码）、"levels"（级别）
  整份档案  {"applicant": "employer", "unit": "某公司", "place": "某市", "day": "2026-11-25",
            "sheets": [{"rubric": "1", "answers": {…}, "figures": ["…"], "notes": {"1-4": "…"}}, …],
            "route": {"ownership": "other_enterprise", …}}，除 sheets 外都可省略；
            form --read 另写的 "contact"、"lists" 等也可以有，不进自评码
  备份文件  整个文件就是输入，其中每份档案输出一行
输出一行一个自评码。单位名称、地点、人数（figures）和备注默认不写入，要写入请加 --unit、--notes。

还原的输入，一行一个自评码或链接；按印刷折成几行的也可以。只有一张表时输出 score 的一行，否则输出一份档案。
没有填完整或不可能的回答不会当作答案，写在该表的 "partial" 里，再编码时照样写回；其中 JSON 记不准的数写成文字。

某行有误时，该行输出 {"error": {"code", "path", "message"}, "line": 行号}，其余各行照常处理，退出状态 2；
还原时 path 也是行号。有几个文件时另有 "file"。自评码或链接有一个字不对、缺一截，都是错误，不会变成另一份自评。

示例：
  ziping code --encode answers.jsonl > codes.txt
  ziping code --encode --unit --notes --link https://ziping.example/ 备份.json
  ziping code codes.txt | ziping score
  echo '05BD 22KM B085 AA79 E' | ziping code"#;

/// What `ziping code` is told.
#[derive(Args)]
pub struct CodeArguments {
    /// 输入文件，可以有几个；省略或写 - 时读标准输入
    #[arg(value_name = "文件")]
    files: Vec<PathBuf>,
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
    pub fn run(&self, loaded: &Loaded, teller: Teller) -> Result<Tally> {
        let marks = loaded.marks();
        let known = loaded.known(&marks);
        let files = all_there(&self.files)?;
        let mut output = DataOut::new();
        if !self.encode {
            return teller.each(&files, |file, input, progress| Ok(decode(known, file, input, &mut output, progress)?));
        }
        let take = Take { unit: self.unit, notes: self.notes, day: None };
        // whoever names the page that opens links in place of the site is understood
        let page = self.link.as_deref().map(|site| {
            let site = site.trim_end_matches('/');
            format!("{}/open/", site.strip_suffix("/open").unwrap_or(site))
        });
        let encoder = Encoder::new(known, take, page.as_deref());
        let tally =
            teller.each(&files, |file, input, progress| Ok(encoder.lines(file, input, &mut output, progress)?))?;
        let held_back = encoder.held_back.into_inner();
        if 0 < held_back {
            teller.say(format!("有 {held_back} 份的单位名称、地点、人数或备注没有写入；要写入请加 --unit、--notes"));
        }
        Ok(tally)
    }
}

/// How an encoding went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Encoded {
    pub tally: Tally,
    /// Records with texts that were left out because nobody asked for them with `--unit` or `--notes`.
    pub held_back: u64,
}

/// Writes a code for every assessment, dossier or backup in `input`, or a link on the site `link`. `take.day` is used
/// where a dossier names no day of its own.
///
/// # Errors
/// Reading or writing fails. A line that is refused is no error: its line of output says why.
pub fn encode_lines(
    known: Known<'_>,
    take: Take,
    link: Option<&str>,
    input: impl Read,
    output: impl Write,
) -> io::Result<Encoded> {
    let encoder = Encoder::new(known, take, link);
    let tally = encoder.lines(None, input, output, |_| {})?;
    Ok(Encoded { tally, held_back: encoder.held_back.into_inner() })
}

/// Without a byte order mark.
fn unmarked(text: &[u8]) -> &[u8] {
    text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)
}

struct Encoder<'k> {
    known: Known<'k>,
    take: Take,
    /// Of the site whose links are written; `None` for codes.
    root: Option<String>,
    scorer: Scorer<'k>,
    held_back: AtomicU64,
}

impl<'k> Encoder<'k> {
    fn new(known: Known<'k>, take: Take, link: Option<&str>) -> Encoder<'k> {
        let root = link.map(|root| if root.ends_with('/') { root.to_owned() } else { format!("{root}/") });
        Encoder { known, take, root, scorer: Scorer::new(known.editions, false), held_back: AtomicU64::new(0) }
    }

    fn lines(
        &self,
        file: Option<&str>,
        input: impl Read,
        mut output: impl Write,
        mut progress: impl FnMut(u64),
    ) -> io::Result<Tally> {
        let mut input = BufReader::new(Newlines::new(input));
        let mut beginning = Vec::new();
        while unmarked(&beginning).trim_ascii().is_empty() && input.read_until(b'\n', &mut beginning)? != 0 {}
        if unmarked(&beginning).trim_ascii() != b"{" {
            let worker = || |line: &[u8], place: LinePlace<'_>, out: &mut Vec<u8>| self.line(line, place, out);
            return answer_lines(file, beginning.chain(input), output, progress, worker);
        }
        // a backup file is one object over many lines
        let blank = beginning.iter().filter(|byte| **byte == b'\n').count() as u64;
        let mut whole = unmarked(&beginning).to_vec();
        input.read_to_end(&mut whole)?;
        let mut out = Vec::new();
        let tally = self.line(&whole, LinePlace { file, number: &|| blank.max(1) }, &mut out);
        output.write_all(&out)?;
        output.flush()?;
        progress(whole.len() as u64);
        Ok(tally)
    }

    /// A line is one assessment or dossier, or a whole backup file, which has several.
    fn line(&self, line: &[u8], place: LinePlace<'_>, out: &mut Vec<u8>) -> Tally {
        let Some(file) = str::from_utf8(line).ok().filter(|text| is_file(text)) else {
            let mut id = None;
            let said = read_said(self.known, &self.scorer, line, &mut id);
            let id = if said.is_err() { id.or_else(|| id_of(line)) } else { id };
            return self.one(place, id, said, out);
        };
        let mut tally = Tally::default();
        match read(self.known, file) {
            Ok(records) => {
                for record in records {
                    tally += self.one(place, None, Ok(Said { dossier: record.dossier, day: None }), out);
                }
            }
            Err(why) => {
                let error = LineError { code: why.code(), path: String::new(), message: why.to_string() };
                tally += refuse(out, place, None, &error);
            }
        }
        tally
    }

    fn one(&self, place: LinePlace<'_>, id: Option<&str>, said: Result<Said, LineError>, out: &mut Vec<u8>) -> Tally {
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
            Err(error) => return refuse(out, place, id, &error),
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
