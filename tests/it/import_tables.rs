//! The tables of the six real annexes, printed again from the rubrics as offices have them, and scrambled as scans are.

use std::fmt::Write;

use toml::{Table, Value};
use ziping::spreadsheet::{BookCell, BookSheet, Cell, CellRange, Look, book};

pub const HEADS: [&str; 8] = ["项目", "项目分解", "评估内容", "评估标准", "分值", "评估方式", "得分", "备注"];

/// A printed table: cells that go over several rows, and the lines above and below.
pub struct AnnexTable {
    pub above: Vec<String>,
    pub cells: Vec<AnnexCell>,
    pub n_rows: usize,
    pub total: Vec<String>,
    pub below: Vec<String>,
}

pub struct AnnexCell {
    pub row: usize,
    pub column: usize,
    pub n_rows: usize,
    pub text: String,
}

/// All values of a list.
pub fn tables<'t>(of: &'t Table, key: &str) -> Vec<&'t Table> {
    of.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table).collect()
}

pub fn text(of: &Table, key: &str) -> String {
    of.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn texts(of: &Table, key: &str) -> Vec<String> {
    let all = of.get(key).and_then(Value::as_array).into_iter().flatten();
    all.filter_map(|it| it.as_str().map(str::to_owned)).collect()
}

fn with_points(of: &Table, wrap: bool) -> String {
    match of.get("points") {
        None => text(of, "name"),
        Some(points) if wrap => format!("{}（{points}分）", text(of, "name")),
        Some(points) => format!("{} {points}分", text(of, "name")),
    }
}

impl AnnexTable {
    /// From what is printed only: no rule, no reading, no key.
    pub fn of(rubric: &Table) -> AnnexTable {
        let mut above = vec![format!("附件{}", rubric["annex"]), text(rubric, "title")];
        let blank = |it: String| it.replace("{text}", "____").replace("{count}", "____").replace("{part}", "____");
        above.extend(texts(rubric, "header").into_iter().map(blank));
        let mut total = vec![String::new(); 8];
        total[0] = "合计".to_owned();
        total[4] = rubric["total"].to_string();
        total[5] = text(rubric, "total_label");
        let mut table = AnnexTable { above, cells: vec![], n_rows: 0, total, below: texts(rubric, "note") };
        for section in tables(rubric, "section") {
            let first = table.n_rows;
            for group in tables(section, "group") {
                let first = table.n_rows;
                tables(group, "row").into_iter().for_each(|row| table.row(row));
                table.put(first, 1, table.n_rows - first, with_points(group, true));
            }
            table.put(first, 0, table.n_rows - first, with_points(section, false));
        }
        table
    }

    fn put(&mut self, row: usize, column: usize, n_rows: usize, text: String) {
        self.cells.push(AnnexCell { row, column, n_rows, text });
    }

    fn row(&mut self, row: &Table) {
        let at = self.n_rows;
        self.put(at, 2, 1, text(row, "content"));
        if row.contains_key("shares") {
            self.longer(&[3, 4, 5]);
        } else {
            self.put(at, 3, 1, text(row, "standard"));
            self.put(at, 4, 1, row.get("points").map(Value::to_string).unwrap_or_default());
            match texts(row, "methods") {
                none if none.is_empty() => self.longer(&[5]),
                methods => self.put(at, 5, 1, methods.join("\n")),
            }
        }
        self.n_rows += 1;
    }

    /// The cells of these columns go over one more row.
    fn longer(&mut self, columns: &[usize]) {
        for column in columns {
            let n = self.n_rows;
            let last = self.cells.iter_mut().find(|it| it.column == *column && it.row + it.n_rows == n);
            if let Some(last) = last {
                last.n_rows += 1;
            }
        }
    }

    /// Rows of texts: what is merged stands in its first row.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let mut rows = vec![vec![String::new(); 8]; self.n_rows];
        self.cells.iter().for_each(|it| rows[it.row][it.column].clone_from(&it.text));
        rows
    }

    fn single(text: &str) -> Vec<String> {
        let mut row = vec![String::new(); 8];
        text.clone_into(&mut row[0]);
        row
    }

    /// All lines of the file.
    fn lines(&self, rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
        let heads = HEADS.map(str::to_owned).to_vec();
        let mut all: Vec<Vec<String>> = self.above.iter().map(|it| Self::single(it)).collect();
        all.push(heads);
        all.extend(rows);
        all.push(self.total.clone());
        all.extend(self.below.iter().map(|it| Self::single(it)));
        all
    }

    pub fn separated(&self, mark: char) -> String {
        joined(&self.lines(self.rows()), mark)
    }

    /// As a scan that was read by a program: lines broken where the column ends, blanks between letters, the heads on each
    /// page, and rows broken over two pages.
    pub fn scanned(&self) -> String {
        let mut rows = Vec::new();
        for (n, row) in self.rows().into_iter().enumerate() {
            let mut row: Vec<String> =
                row.iter().enumerate().map(|(column, it)| if column == 5 { it.clone() } else { scan(it) }).collect();
            if n % 11 == 10 {
                rows.push(HEADS.map(|it| it.chars().map(|it| format!("{it} ")).collect()).to_vec());
            }
            let comma = row[3].find('，').map(|at| at + "，".len());
            if let Some(at) = comma.filter(|_| n % 7 == 3) {
                let rest = row[3].split_off(at);
                rows.push(row);
                rows.push(HEADS.map(str::to_owned).to_vec());
                let mut second = vec![String::new(); 8];
                second[3] = rest;
                row = second;
            }
            rows.push(row);
        }
        joined(&self.lines(rows), ',')
    }

    pub fn html(&self) -> String {
        let escaped =
            |it: &str| it.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('\n', "<br>");
        let mut html = String::from(
            "Version:0.9\r\n<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><style>td {color: red}</style>\
             <!--[if gte mso 9]><xml><o:p>1</o:p></xml><![endif]--></head><body>\r\n",
        );
        for line in &self.above {
            let _ =
                write!(html, "<p class=MsoNormal><b><span lang=EN-US>{}</span></b><o:p></o:p></p>\r\n", escaped(line));
        }
        html.push_str("<table border=1 style='mso-yfti-tbllook:1184'><tr>");
        HEADS.iter().for_each(|it| {
            let _ = write!(html, "<td><p>{it}</p></td>");
        });
        html.push_str("</tr>\r\n");
        for row in 0..self.n_rows {
            html.push_str("<tr>");
            for column in 0..8 {
                let begins = self.cells.iter().find(|it| it.row == row && it.column == column);
                let goes_on =
                    self.cells.iter().any(|it| it.column == column && it.row < row && row < it.row + it.n_rows);
                if let Some(cell) = begins {
                    let text = escaped(&cell.text);
                    let _ = write!(
                        html,
                        "<td rowspan={} valign=top><p><span style='font-size:9.0pt'>{text}</span></p></td>",
                        cell.n_rows
                    );
                } else if !goes_on {
                    html.push_str("<td>&nbsp;</td>");
                }
            }
            html.push_str("</tr>\r\n");
        }
        html.push_str("<tr>");
        let _ = write!(html, "<td colspan=4>{}</td>", self.total[0]);
        self.total[4..].iter().for_each(|it| {
            let _ = write!(html, "<td>{it}</td>");
        });
        html.push_str("</tr></table>");
        self.below.iter().for_each(|it| {
            let _ = write!(html, "<p>{}</p>", escaped(it));
        });
        html + "</body></html>"
    }

    pub fn workbook(&self) -> Vec<u8> {
        let number = |it: usize| u32::try_from(it).expect("small");
        let (mut cells, mut merged) = (Vec::new(), Vec::new());
        let mut put = |row: usize, column: usize, text: &str| {
            let value = match text.parse() {
                Ok(number) => Cell::Whole(number),
                Err(_) => Cell::Text(text.to_owned()),
            };
            cells.push(BookCell { row: number(row), column: number(column), value, look: Look::Text });
        };
        let lines = self.lines(self.rows());
        for (row, line) in lines.iter().enumerate() {
            line.iter().enumerate().filter(|it| !it.1.is_empty()).for_each(|(column, it)| put(row, column, it));
        }
        let first = self.above.len() + 1;
        for cell in self.cells.iter().filter(|it| 1 < it.n_rows) {
            let rows = (number(first + cell.row), number(first + cell.row + cell.n_rows - 1));
            merged.push(CellRange { rows, columns: (number(cell.column), number(cell.column)) });
        }
        let all_columns = |row: usize| CellRange { rows: (number(row), number(row)), columns: (0, 7) };
        merged.extend((0..self.above.len()).map(all_columns));
        merged.extend((lines.len() - self.below.len()..lines.len()).map(all_columns));
        let other = BookSheet { name: "填表说明".to_owned(), ..BookSheet::default() };
        let sheet = BookSheet { name: "评估要点".to_owned(), cells, merged, ..BookSheet::default() };
        book(&[other, sheet], "")
    }
}

/// Blanks and line ends where a scan has them: between Chinese letters.
fn scan(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let is_han = |it: char| ('\u{4e00}'..='\u{9fff}').contains(&it);
    let mut out = String::new();
    for (n, letter) in letters.iter().enumerate() {
        out.push(*letter);
        let between = is_han(*letter) && letters.get(n + 1).is_some_and(|it| is_han(*it));
        if between && n % 6 == 4 {
            out.push('\n');
        } else if between && n % 9 == 2 {
            out.push(' ');
        }
    }
    out
}

fn joined(rows: &[Vec<String>], mark: char) -> String {
    let quoted = |it: &String| {
        if it.contains([mark, '"', '\n']) { format!("\"{}\"", it.replace('"', "\"\"")) } else { it.clone() }
    };
    let lines = rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(&mark.to_string()));
    lines.map(|line| line + "\r\n").collect()
}
