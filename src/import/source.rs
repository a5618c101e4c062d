//! What kind of file it is, and its table: XLSX, HTML, or text with commas or tabs in whatever encoding.

use csv::ReaderBuilder;

use crate::letters::separated;
use crate::load::decoded::{decoded, named};
use crate::spreadsheet::{self, NotRead, ReadTable};

use super::grid::Grid;
use super::heads::head;
use super::html;

/// The largest file that is read: a rubric has a hundredth of it.
pub const MOST_BYTES: usize = 20 << 20;

/// A table, and what a person should know of how it was found.
pub struct TableSource {
    pub grid: Grid,
    pub said: Vec<String>,
}

/// The table of a file. `sheet` names a worksheet of a workbook.
///
/// # Errors
/// Why there is none, in a sentence.
pub fn source(name: &str, bytes: &[u8], sheet: Option<&str>) -> Result<TableSource, String> {
    if MOST_BYTES < bytes.len() {
        return Err(format!("文件超过 {} MB，请只留下评估要点的表格，另存一份再导入", MOST_BYTES >> 20));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err("文件是空的".to_owned());
    }
    let ending = name.rsplit_once('.').map(|it| it.1.to_lowercase()).unwrap_or_default();
    let is_archive = bytes.starts_with(b"PK");
    if is_archive || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return workbook(bytes, sheet);
    }
    if let Some(what) = named(bytes) {
        return Err(format!("这是 {what}。能导入的有 .xlsx、.csv、.tsv 和 .html"));
    }
    let text = decoded(bytes);
    if bytes.iter().take(4096).filter(|it| **it == 0).count() > 0 && text.contains('\0') {
        return Err("这不是表格，也不是文本。能导入的有 .xlsx、.csv、.tsv 和 .html".to_owned());
    }
    let lower = text[..text.floor_char_boundary(1 << 16)].to_lowercase();
    let is_html = ["html", "htm"].contains(&ending.as_str()) || lower.contains("<table") || lower.contains("<html");
    if is_html {
        return Ok(TableSource { grid: html::read(&text)?, said: Vec::new() });
    }
    if ending == "xlsx" {
        return Err(format!("{}，像是文本。请用 WPS 或 Excel 另存为 .xlsx", NotRead::Foreign));
    }
    let grid = lines(&text, mark(&text, &ending))?;
    if grid.n_columns() < 2 {
        return Err("没有找到表格：每一行只有一格。表格里的各列应以逗号或制表符隔开".to_owned());
    }
    Ok(TableSource { grid, said: Vec::new() })
}

/// The worksheet that was named, else the first one with the heads of a rubric.
fn workbook(bytes: &[u8], sheet: Option<&str>) -> Result<TableSource, String> {
    let tables = spreadsheet::read(bytes).map_err(|why| match (why, named(bytes)) {
        // DOCX and other archives
        (NotRead::Foreign, _) => {
            "这不是 XLSX 电子表格。Word 文件请打开，把表格复制到 WPS 表格或 Excel 里，另存为 .xlsx".to_owned()
        }
        (why, _) => why.to_string(),
    })?;
    let shown: Vec<&ReadTable> = tables.iter().filter(|it| !it.hidden).collect();
    let names: Vec<&str> = shown.iter().map(|it| it.name.as_str()).collect();
    let picked = match sheet {
        Some(wanted) => {
            let found = shown.iter().find(|it| it.name == wanted);
            found.copied().ok_or_else(|| format!("没有工作表“{wanted}”，有：{}", names.join("、")))?
        }
        None => {
            let has_head = |table: &&&ReadTable| Grid::of_worksheet(table).is_ok_and(|it| head(&it).is_ok());
            let found = shown.iter().find(has_head).or(shown.iter().find(|it| !it.cells.is_empty())).or(shown.first());
            *found.ok_or("这个电子表格里没有工作表")?
        }
    };
    let mut said = Vec::new();
    let others: Vec<&str> = names.iter().copied().filter(|it| *it != picked.name).collect();
    if sheet.is_none() && !others.is_empty() {
        said.push(format!("读了工作表“{}”；没有读：{}。要读别的，用 --sheet 指明", picked.name, others.join("、")));
    }
    let formulas = picked.formulas();
    if !formulas.is_empty() {
        let few: Vec<&str> = formulas.iter().take(5).map(String::as_str).collect();
        let more = if few.len() < formulas.len() { "等" } else { "" };
        said.push(format!("公式不读入，当作空格：{}{more}", few.join("、")));
    }
    if picked.cells.is_empty() {
        return Err(format!("工作表“{}”是空的", picked.name));
    }
    Ok(TableSource { grid: Grid::of_worksheet(picked)?, said })
}

/// Lines of cells. A cell in quotes has its line ends; where a quote is never closed, quotes are letters.
fn lines(text: &str, mark: char) -> Result<Grid, String> {
    if text.matches('"').count() % 2 == 1 {
        return Grid::of_texts(separated(text, mark).into_iter().zip(1..).collect());
    }
    let mut reader = ReaderBuilder::new()
        .delimiter(u8::try_from(mark).unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| format!("表格读不下去：{error}"))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        rows.push((cells, usize::try_from(line).unwrap_or_default()));
    }
    Grid::of_texts(rows)
}

/// What stands between the cells: the mark that most of the first lines have.
fn mark(text: &str, ending: &str) -> char {
    let n = |mark: char| text.lines().take(50).map(|line| line.matches(mark).count()).sum::<usize>();
    if ending == "tsv" || n('\t') * 2 > n(',').max(n(';')) {
        return '\t';
    }
    if n(',') < n(';') { ';' } else { ',' }
}
