//! `ziping import`: the table of a rubric as an office has it, as the TOML of a rubric.

use std::io::Read;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use crate::generate::write;
use crate::import::{ImportWish, MOST_BYTES, WrittenRubric, import};
use crate::load::folder;

use super::ends::{DataIn, DataOut, is_standard};
use super::teller::Teller;

pub const IMPORT_HELP: &str = r#"从 Word、WPS、Excel 里复制或另存的评估要点表格，变成 rubrics/ 里那样的文本：项目、分解、内容、标准、分值、评估方式照录，
每一行的规则按所印的话提出，由人核对后使用。

能读的文件：
  .xlsx        WPS 表格、Excel；合并的单元格照合并的算
  .html        Word、WPS 另存为网页，或把表格粘贴成的网页
  .csv .tsv    逗号、分号或制表符隔开的文本，编码不限；合并的单元格下面是空格
Word 文件（.docx）请打开，把表格复制到电子表格里再存。每页重复的表头、折断的行、扫描留下的换行和空格会去掉。

拿不准的都写在文件里、所在的那一行上面：
  # 待核对：……   这样读了，但可能不对，请对照原文
  # 待补：……     表上没有、要由人写的，如酌情所引用的解读（先写作“待补”）
都处理完，再运行 ziping check。没有标出的，也请通读一遍。

示例：
  ziping import 附件1.xlsx --annex 1 --out rubrics/某省-2027/jia-public.toml
  ziping import 评估标准.html > 评估标准.toml"#;

/// What `ziping import` is told.
#[derive(Args)]
pub struct ImportArguments {
    /// 表格文件；写 - 时读标准输入
    #[arg(value_name = "文件", required = true)]
    file: PathBuf,
    /// 附件号，行号随它；不写时看表格上方的“附件1”
    #[arg(long, value_name = "附件号", value_parser = clap::value_parser!(u8).range(1..=99))]
    annex: Option<u8>,
    /// 工作表的名称；不写时取第一张认得出表头的
    #[arg(long, value_name = "工作表")]
    sheet: Option<String>,
    /// 写到这个文件；省略时写到标准输出。已有的文件不覆盖
    #[arg(long, value_name = "文件")]
    out: Option<PathBuf>,
}

impl ImportArguments {
    /// # Errors
    /// The file cannot be read or has no table of a rubric, or the result cannot be written.
    pub fn run(&self, teller: Teller) -> Result<()> {
        if let Some(out) = self.out.as_ref().filter(|it| folder::open(it).is_ok()) {
            bail!("已有文件 {}，没有覆盖，请换一个名称", out.display());
        }
        let input = DataIn::open(&self.file)?;
        let name = input.name();
        // one byte more shows that there is more
        let mut bytes = Vec::new();
        input.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        let wish = ImportWish { annex: self.annex, sheet: self.sheet.clone() };
        let of_name = if is_standard(&self.file) { String::new() } else { self.file.display().to_string() };
        let imported = match import(&of_name, &bytes, &wish) {
            Ok(imported) => imported,
            Err(why) => bail!("导入不了{name}：{why}"),
        };
        match &self.out {
            Some(out) => write::file(out, imported.written.toml.as_bytes())?,
            None => DataOut::whole(imported.written.toml.as_bytes())?,
        }
        imported.said.iter().for_each(|it| teller.say(it));
        teller.say(summary(&imported.written));
        Ok(())
    }
}

/// How much was read, and how much of it is sure.
fn summary(written: &WrittenRubric) -> String {
    let WrittenRubric { rows, rules, doubtful, doubts, to_add, .. } = written;
    format!(
        "{rows} 行评估内容，提出规则 {rules} 条；{doubtful} 行待核对（共 {doubts} 处），待补 {to_add} 处，都写在所在的行上面（# 待核对、# 待补）"
    )
}
