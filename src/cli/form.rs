//! `ziping form`: official tables as workbooks, a file a line, and filled-in workbooks back to JSON.

mod lists;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use serde_json::{Map, Value, json};

use crate::carrier::{By, Known, Record, is_file, read};
use crate::days;
use crate::dossier::Dossier;
use crate::form::{self, ReadForm};
use crate::generate::write;
use crate::load::{Loaded, folder};

use super::code::{FACTS, Said, dossier_json, put, read_said, sheet_json};
use super::ends::{DataOut, all_there};
use super::lines::{BYTE_ORDER_MARK, LineError, LinePlace, Newlines, Tally, refuse};
use super::release::made_by;
use super::score::Scorer;
use super::teller::Teller;
use super::words::say;

pub const FORM_HELP: &str = r#"写出（--out）的输入，一行一份，写成一个 XLSX 文件：
  一张表    {"rubric": "2", "occupation": "车工", "answers": {"2-4": {…}}}，与 score 的输入相同，
            可加 code --encode 所认的 "code"、"levels"、"figures"、"notes"、"unit"、"place"、"day"、
            "contact"（联系人）、"telephone"、"date"（自评日期）
  整份档案  与 code --encode 的输入相同，"lists" 是清单和名册：
            {"考评人员": [{"姓名": "…"}]}，工作表的名称，其中每行以列名为键；
            备份文件也可以，其中每份档案写成一个文件
文件名如 附件2-车工-自评-20261128.xlsx；同名的加编号，已有的文件不覆盖。日期取自 "day"，没有的用 --day，默认为今天。
每写一个文件，输出一行 {"file": "文件名"}。--blank 写出各附件的空白表，不读输入。

读入（--read）填好的 XLSX：只有一张表的输出 score 的一行，整份档案的输出一份档案，都带上面这些键，可以再写出、编码。
只读由本程序或网站做的表格。
某一格读不出时，输出 {"error": {"code": "cell", "path": "附件2!L12", "message"}, "file": "文件名"}，一格一行，
这个文件不再输出别的；其余文件照常读入，退出状态 2。公式不读入。

示例：
  ziping form --out 表格 答案.jsonl
  ziping form --out 表格 --blank
  ziping form --read 表格/*.xlsx | ziping score"#;

/// What `ziping form` is told.
#[derive(Args)]
pub struct FormArguments {
    /// 输入文件，可以有几个；省略或写 - 时读标准输入。读入时是填好的 XLSX
    #[arg(value_name = "文件")]
    files: Vec<PathBuf>,
    /// 写到这个文件夹，没有时新建
    #[arg(long, value_name = "文件夹", required_unless_present = "read", conflicts_with = "read")]
    out: Option<PathBuf>,
    /// 读入填好的表格
    #[arg(long)]
    read: bool,
    /// 写出各附件的空白表
    #[arg(long, conflicts_with = "read")]
    blank: bool,
    /// 表格上的日期，如 2026-11-28
    #[arg(long, value_name = "日期", value_parser = day, conflicts_with = "read")]
    day: Option<u32>,
}

fn day(text: &str) -> Result<u32, String> {
    days::read(text).ok_or_else(|| "应为日期，如 2026-11-28".to_owned())
}

impl FormArguments {
    /// # Errors
    /// Reading or writing fails.
    pub fn run(&self, loaded: &Loaded, teller: Teller) -> Result<Tally> {
        let marks = loaded.marks();
        let known = loaded.known(&marks);
        let Some(out) = &self.out else { return self.read(known, teller) };
        let mut writer = FormWriter {
            known,
            scorer: Scorer::new(known.editions, false),
            folder: out,
            day: Some(self.day.unwrap_or_else(write::today)),
            written: Vec::new(),
            made_by: made_by(),
            output: DataOut::new(),
        };
        if self.blank {
            let edition = &known.editions[0];
            for rubric in &edition.rubrics {
                let name = format!("附件{}-空白表", rubric.annex);
                writer.file(&name, &form::blank_workbook(edition, rubric, &writer.made_by))?;
            }
            writer.output.flush()?;
            return Ok(Tally::default());
        }
        let tally = teller.each(&all_there(&self.files)?, |file, input, progress| {
            let mut text = Vec::new();
            Newlines::new(input).read_to_end(&mut text)?;
            progress(text.len() as u64);
            writer.lines(file, &text)
        })?;
        writer.output.flush()?;
        Ok(tally)
    }

    fn read(&self, known: Known<'_>, teller: Teller) -> Result<Tally> {
        let mut output = DataOut::new();
        let tally = teller.each_raw(&all_there(&self.files)?, |_, mut input, progress| {
            let mut bytes = Vec::new();
            let name = input.path.display().to_string();
            input.read_to_end(&mut bytes)?;
            progress(bytes.len() as u64);
            let mut out = Vec::new();
            let tally = read_one(known, &name, &bytes, &mut out);
            output.write_all(&out)?;
            Ok(tally)
        })?;
        output.flush()?;
        Ok(tally)
    }
}

/// Reads one workbook; writes its line, or one for each cell that cannot be read.
fn read_one(known: Known<'_>, name: &str, bytes: &[u8], out: &mut Vec<u8>) -> Tally {
    let mut error = |code: &str, path: &str, message: &str| {
        let line = json!({"error": {"code": code, "path": path, "message": message}, "file": name});
        out.extend(line.to_string().bytes().chain([b'\n']));
    };
    match form::read_form(known.editions, known.rules, bytes) {
        Err(why) => {
            error("workbook", "", &why.to_string());
            Tally { lines: 1, refused: 1 }
        }
        Ok(read) if !read.problems.is_empty() => {
            read.problems.iter().for_each(|it| error("cell", &it.path(), &it.message));
            Tally { lines: 1, refused: 1 }
        }
        Ok(read) => {
            if read.assumed {
                let edition = &read.dossier.edition;
                say(format!(
                    "{name}：缺少隐藏的工作表“ziping”，按所印的文字认出是哪张表，按评估要点版本 {edition} 读入"
                ));
            }
            out.extend(form_json(known, &read).to_string().bytes().chain([b'\n']));
            Tally::ANSWERED
        }
    }
}

/// A line as `ziping score` takes it for one sheet, else a dossier.
fn form_json(known: Known<'_>, read: &ReadForm) -> Value {
    let ReadForm { dossier, day, .. } = read;
    let edition = known.editions.iter().find(|it| it.id == dossier.edition);
    let only = dossier.sheets.first().filter(|_| !read.whole);
    let mut facts = dossier.facts.clone();
    let facts = FACTS.map(|(key, of)| (key, of(&mut facts).clone()));
    let mut line = Map::new();
    match only.and_then(|it| Some((edition?.rubric(it.annex)?, it))) {
        Some((rubric, sheet)) => {
            for (key, value) in sheet_json(rubric, sheet) {
                line.insert(key.clone(), value);
                if key == "rubric" {
                    line.insert("edition".to_owned(), json!(dossier.edition));
                }
            }
            let day = day.map(days::print).unwrap_or_default();
            put(&mut line, [("unit", dossier.unit.clone()), ("place", dossier.facts.place.clone()), ("day", day)]);
            put(&mut line, facts);
        }
        None => {
            line = dossier_json(known, &Record { day: *day, dossier: dossier.clone(), by: By::File });
            put(&mut line, facts);
            let lists = edition.map(|it| lists::json(it, dossier)).unwrap_or_default();
            if !lists.is_empty() {
                line.insert("lists".to_owned(), Value::Object(lists));
            }
        }
    }
    Value::Object(line)
}

struct FormWriter<'w> {
    known: Known<'w>,
    scorer: Scorer<'w>,
    folder: &'w Path,
    day: Option<u32>,
    /// The names that were given already.
    written: Vec<String>,
    /// Stands at the foot of every page that is printed of them.
    made_by: String,
    output: DataOut,
}

impl FormWriter<'_> {
    fn lines(&mut self, file: Option<&str>, text: &[u8]) -> Result<Tally> {
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        let mut tally = Tally::default();
        if let Some(backup) = str::from_utf8(text).ok().filter(|it| is_file(it)) {
            match read(self.known, backup) {
                Ok(records) => {
                    for record in records {
                        self.whole(&record.dossier, record.day)?;
                        tally += Tally::ANSWERED;
                    }
                }
                Err(why) => {
                    let error = LineError { code: why.code(), path: String::new(), message: why.to_string() };
                    tally += self.refused(file, 1, None, &error)?;
                }
            }
            return Ok(tally);
        }
        for (number, line) in (1..).zip(text.split(|it| *it == b'\n')).filter(|it| !it.1.trim_ascii().is_empty()) {
            tally += self.line(file, number, line)?;
        }
        Ok(tally)
    }

    fn refused(&mut self, file: Option<&str>, number: u64, id: Option<&str>, error: &LineError) -> Result<Tally> {
        let mut out = Vec::new();
        let tally = refuse(&mut out, LinePlace { file, number: &|| number }, id, error);
        self.output.write_all(&out)?;
        Ok(tally)
    }

    fn line(&mut self, file: Option<&str>, number: u64, line: &[u8]) -> Result<Tally> {
        let mut id = None;
        let said = read_said(self.known, &self.scorer, line, &mut id).and_then(|said| {
            let object = serde_json::from_slice::<Map<String, Value>>(line).unwrap_or_default();
            let lists = object.get("lists").cloned().filter(|_| object.contains_key("sheets"));
            let Some(wrapped) = wrapped(object) else {
                let mut said = said;
                if let Some(said_lists) = lists {
                    lists::take(self.known, &mut said.dossier, &said_lists)?;
                }
                return Ok((said, false));
            };
            let line = wrapped.to_string();
            Ok((read_said(self.known, &self.scorer, line.as_bytes(), &mut None)?, true))
        });
        match said {
            Ok((Said { dossier, day }, false)) => self.whole(&dossier, day)?,
            Ok((Said { dossier, day }, true)) => self.single(&dossier, day)?,
            Err(error) => return self.refused(file, number, id, &error),
        }
        Ok(Tally::ANSWERED)
    }

    fn whole(&mut self, dossier: &Dossier, day: Option<u32>) -> Result<()> {
        let day = day.or(self.day);
        let edition = self.known.editions.iter().find(|it| it.id == dossier.edition);
        let rules = self.known.rules.iter().find(|it| it.edition == dossier.edition);
        let Some((edition, rules)) = edition.zip(rules) else {
            anyhow::bail!("没有版本 `{}`", dossier.edition);
        };
        self.file(
            &form::dossier_name(edition, dossier, day),
            &form::workbook(edition, rules, dossier, day, &self.made_by),
        )
    }

    fn single(&mut self, dossier: &Dossier, day: Option<u32>) -> Result<()> {
        let day = day.or(self.day);
        let edition = self.known.editions.iter().find(|it| it.id == dossier.edition);
        for sheet in &dossier.sheets {
            let Some((edition, rubric)) = edition.and_then(|it| Some((it, it.rubric(sheet.annex)?))) else { continue };
            let bytes = form::sheet_workbook(edition, dossier, sheet, day, &self.made_by);
            self.file(&form::workbook_name(rubric, sheet, day), &bytes)?;
        }
        Ok(())
    }

    /// Writes a file under this name, numbered where another line or a file that is there has it.
    fn file(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        write::folder(self.folder)?;
        let numbered = std::iter::once(format!("{name}.xlsx")).chain((2..).map(|n: u32| format!("{name}-{n}.xlsx")));
        for file in numbered {
            let path = self.folder.join(&file);
            if self.written.iter().any(|it| it.to_lowercase() == file.to_lowercase()) {
                continue;
            }
            // what somebody has filled in is not written over
            let mut there = Vec::new();
            match folder::open(&path).ok().map(|(mut file, _)| file.read_to_end(&mut there)) {
                Some(_) if there != bytes => continue,
                Some(_) => {}
                None => write::file(&path, bytes)?,
            }
            writeln!(self.output, "{}", json!({"file": file}))?;
            self.written.push(file);
            return Ok(());
        }
        say("没有可用的文件名");
        Ok(())
    }
}

/// A line of one sheet as a dossier of it, with what the line says of the unit; `None` for a dossier.
fn wrapped(object: Map<String, Value>) -> Option<Value> {
    if object.contains_key("sheets") {
        return None;
    }
    let (mut whole, mut sheet) = (Map::new(), Map::new());
    for (key, value) in object {
        match key.as_str() {
            "edition" | "unit" | "place" | "day" => drop(whole.insert(key, value)),
            of_unit if FACTS.iter().any(|it| it.0 == of_unit) => drop(whole.insert(key, value)),
            "rubric" | "answers" | "occupation" | "code" | "levels" | "figures" | "notes" | "partial" => {
                sheet.insert(key, value);
            }
            _ => {}
        }
    }
    whole.insert("sheets".to_owned(), json!([sheet]));
    Some(Value::Object(whole))
}
