//! The heading of a CSV file, and a row under it as the line of JSON that says the same.

use csv::{ByteRecord, ReaderBuilder};

use crate::cli::lines::{BYTE_ORDER_MARK, LineError, quoted};
use crate::filing::route::{QuestionKind, Routes};
use crate::letters::{is_blank, narrow};
use crate::rubric::{Fact, LIST_KEYS, Measure, Rubric};

/// What the lines are about, and with that which columns a table may have.
#[derive(Clone, Copy)]
pub enum Columns<'c> {
    /// Sheets: `3-1.met`.
    Score { rubrics: &'c [Rubric], explain: bool },
    /// Sheets with what is wished for: `2-4.effort`.
    Plan,
    /// Applicants, a column for each question.
    Route(&'c Routes),
    /// Declared rows.
    Scope,
}

/// How a cell becomes JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CellKind {
    Text,
    /// Also 是 and 否. Anything else stays a text, which the command judges.
    YesNo,
    Number,
    /// A number, or 是 and 否: what an item of a list is, its row says.
    Item,
    /// Several texts in one cell.
    List,
    /// One text, or several.
    Texts,
}

/// What the first row says about the cells below it.
pub struct Heading {
    pub delimiter: u8,
    /// How many rows come before the first one with data.
    pub lines: usize,
    n_columns: usize,
    keys: Vec<(usize, String, CellKind)>,
    answers: Vec<OfRow>,
    /// The columns with what is said about mending a row, with the row and the key.
    marks: Vec<(usize, String, String)>,
    is_score: bool,
    /// Columns that nothing is done with.
    pub unused: Vec<String>,
}

/// The columns with the answer of one row of a rubric.
struct OfRow {
    id: String,
    keys: Vec<OfKey>,
}

struct OfKey {
    name: String,
    kind: CellKind,
    /// The columns of its list, or the one column.
    columns: Vec<usize>,
    is_list: bool,
}

/// What may be said about mending a row.
const OF_MARK: [&str; 3] = ["effort", "cost", "reach"];
/// Between several texts of one cell.
const BETWEEN: [char; 7] = ['、', ';', '；', ',', '，', '/', '\n'];
/// A first line that only names the delimiter, for Excel.
const NAMES_DELIMITER: &[u8] = b"sep=";

/// Does this line only say how the next ones are divided?
pub fn names_delimiter(line: &[u8]) -> bool {
    unmarked(line).trim_ascii().starts_with(NAMES_DELIMITER)
}

/// Without a byte order mark.
pub fn unmarked(line: &[u8]) -> &[u8] {
    line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line)
}

impl Heading {
    /// Reads the first lines, of which the last is the heading.
    ///
    /// # Errors
    /// It cannot be used.
    pub fn read(first: &[u8], columns: Columns<'_>) -> Result<Heading, LineError> {
        let first = unmarked(first);
        let named = names_delimiter(first).then(|| first.trim_ascii_start()[NAMES_DELIMITER.len()]);
        let line = first.trim_ascii_end().rsplit(|it| *it == b'\n').next().unwrap_or_default();
        let delimiter = named.unwrap_or_else(|| delimiter(line));
        let refuse = |code, path: &str, message: String| LineError { code, path: path.to_owned(), message };
        let mut rows = ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(line);
        let mut record = ByteRecord::new();
        let read = rows.read_byte_record(&mut record).is_ok();
        let names: Option<Vec<String>> =
            record.iter().map(|it| Some(str::from_utf8(it).ok()?.trim_matches(is_blank).to_owned())).collect();
        let Some(names) = names.filter(|_| read) else {
            return Err(refuse("csv", "", "第一行应是列名，这一行读不懂；文件应为 UTF-8 编码的 CSV".to_owned()));
        };
        let mut heading = Heading {
            delimiter,
            lines: 1 + usize::from(named.is_some()),
            n_columns: names.len(),
            keys: Vec::new(),
            answers: Vec::new(),
            marks: Vec::new(),
            is_score: matches!(columns, Columns::Score { .. } | Columns::Plan),
            unused: Vec::new(),
        };
        for (column, name) in names.iter().enumerate().filter(|it| !it.1.is_empty()) {
            if names[..column].contains(name) {
                return Err(refuse("duplicate", name, format!("列名 `{name}` 出现了两次")));
            }
            heading.add(column, name, columns);
        }
        if heading.keys.is_empty() && heading.answers.is_empty() {
            let message = format!("第一行应是列名，如 {}", columns.example());
            return Err(refuse("csv", "", message));
        }
        Ok(heading)
    }

    fn add(&mut self, column: usize, name: &str, columns: Columns<'_>) {
        match (columns, name.split_once('.')) {
            (Columns::Plan, Some((id, key))) if is_row(id) && OF_MARK.contains(&key) => {
                self.marks.push((column, id.to_owned(), key.to_owned()));
            }
            (Columns::Score { .. } | Columns::Plan, Some((id, key))) if is_row(id) => {
                let (key, is_list) = match key.rsplit_once('.') {
                    Some((key, number)) if number.parse::<u8>().is_ok() => (key, true),
                    _ => (key, false),
                };
                let of_row = match self.answers.iter().position(|it| it.id == id) {
                    Some(at) => &mut self.answers[at],
                    None => {
                        self.answers.push(OfRow { id: id.to_owned(), keys: Vec::new() });
                        self.answers.last_mut().expect("it was just added")
                    }
                };
                match of_row.keys.iter_mut().find(|it| it.name == key && it.is_list && is_list) {
                    Some(of_key) => of_key.columns.push(column),
                    None => of_row.keys.push(OfKey {
                        name: key.to_owned(),
                        kind: kind_of(key),
                        columns: vec![column],
                        is_list,
                    }),
                }
            }
            (Columns::Plan, _) if name == "target" => self.keys.push((column, name.to_owned(), CellKind::Text)),
            (Columns::Plan, _) if name == "safe" => self.keys.push((column, name.to_owned(), CellKind::YesNo)),
            (Columns::Score { .. } | Columns::Plan, _) if !["id", "rubric", "edition"].contains(&name) => {
                self.unused.push(name.to_owned());
            }
            (Columns::Score { .. } | Columns::Plan, _) => self.keys.push((column, name.to_owned(), CellKind::Text)),
            (Columns::Route(routes), _) => {
                let kind = routes.question(name).map_or(CellKind::Text, |question| match question.kind {
                    QuestionKind::One | QuestionKind::Place => CellKind::Text,
                    QuestionKind::Many => CellKind::List,
                    QuestionKind::YesNo => CellKind::YesNo,
                    QuestionKind::Places => CellKind::Texts,
                });
                self.keys.push((column, name.to_owned(), kind));
            }
            (Columns::Scope, _) => self.keys.push((column, name.to_owned(), of_scope(name))),
        }
    }

    /// A row as a line of JSON.
    ///
    /// # Errors
    /// What makes it impossible to say what the row means.
    pub fn line(&self, row: &ByteRecord) -> Result<Vec<u8>, LineError> {
        let refuse = |message: String| LineError { code: "csv", path: String::new(), message };
        let mut cells = Vec::with_capacity(row.len());
        for cell in row {
            let text = str::from_utf8(cell)
                .map_err(|_| refuse("这一行不是 UTF-8 编码，请另存为“CSV UTF-8”再试".to_owned()))?;
            cells.push(text.trim_matches(is_blank));
        }
        let beyond = cells.iter().skip(self.n_columns).any(|it| !it.is_empty());
        if beyond {
            let message = format!("这一行有 {} 格，列名只有 {} 个，请核对分隔符和引号", cells.len(), self.n_columns);
            return Err(refuse(message));
        }
        let cell = |column: &usize| cells.get(*column).copied().filter(|it| !it.is_empty());
        let mut pairs: Vec<String> = Vec::new();
        for (column, key, kind) in &self.keys {
            pairs.extend(cell(column).map(|it| format!("{}:{}", quoted(key), kind.json(it))));
        }
        if self.is_score {
            let rows = self.answers.iter().filter_map(|of_row| {
                let keys: Vec<String> = of_row.keys.iter().filter_map(|it| it.json(cell)).collect();
                (!keys.is_empty()).then(|| format!("{}:{{{}}}", quoted(&of_row.id), keys.join(",")))
            });
            pairs.push(format!("\"answers\":{{{}}}", rows.collect::<Vec<_>>().join(",")));
        }
        for key in OF_MARK {
            let kind = if key == "effort" { CellKind::Text } else { CellKind::Number };
            let of_key = self.marks.iter().filter(|it| it.2 == key);
            let said: Vec<String> = of_key
                .filter_map(|(column, id, _)| Some(format!("{}:{}", quoted(id), kind.json(cell(column)?))))
                .collect();
            if !said.is_empty() {
                pairs.push(format!("{}:{{{}}}", quoted(key), said.join(",")));
            }
        }
        Ok(format!("{{{}}}", pairs.join(",")).into_bytes())
    }

    /// The annexes whose rows it names.
    pub fn annexes(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.answers.iter().filter_map(|it| Some(it.id.split_once('-')?.0)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl OfKey {
    fn json<'c>(&self, cell: impl Fn(&usize) -> Option<&'c str>) -> Option<String> {
        let value = if self.is_list {
            let cells: Vec<Option<&str>> = self.columns.iter().map(cell).collect();
            if cells.iter().all(Option::is_none) {
                return None;
            }
            let json = |cell: Option<&str>| cell.map_or_else(|| "null".to_owned(), |it| self.kind.json(it));
            let list = cells.into_iter().map(json);
            format!("[{}]", list.collect::<Vec<_>>().join(","))
        } else {
            let text = self.columns.first().and_then(cell)?;
            if LIST_KEYS.contains(&&*self.name) {
                let list = text.split(BETWEEN).map(|it| self.kind.json(it.trim()));
                format!("[{}]", list.collect::<Vec<_>>().join(","))
            } else {
                self.kind.json(text)
            }
        };
        Some(format!("{}:{value}", quoted(&self.name)))
    }
}

impl CellKind {
    fn json(self, text: &str) -> String {
        let list = || text.split(BETWEEN).map(str::trim).filter(|it| !it.is_empty()).map(quoted).collect::<Vec<_>>();
        match self {
            CellKind::Text => quoted(text),
            CellKind::YesNo => match &*text.to_ascii_lowercase() {
                "true" | "是" => "true".to_owned(),
                "false" | "否" => "false".to_owned(),
                _ => quoted(text),
            },
            CellKind::Number => {
                let plain: String = text.chars().map(narrow).collect();
                if serde_json::from_str::<serde_json::Number>(&plain).is_ok() { plain } else { quoted(text) }
            }
            CellKind::Item => match CellKind::YesNo.json(text) {
                said if said.starts_with('"') => CellKind::Number.json(text),
                said => said,
            },
            CellKind::List => format!("[{}]", list().join(",")),
            CellKind::Texts => match &list()[..] {
                [one] => one.clone(),
                several => format!("[{}]", several.join(",")),
            },
        }
    }
}

impl Columns<'_> {
    fn example(self) -> String {
        match self {
            Columns::Score { .. } | Columns::Plan => "id,rubric,1-1.met,1-4.defects".to_owned(),
            Columns::Route(routes) => {
                let ids: Vec<&str> = routes.questions.iter().take(3).map(|it| it.id.as_str()).collect();
                format!("id,{}", ids.join(","))
            }
            Columns::Scope => "id,code,name,trade,levels".to_owned(),
        }
    }
}

/// `1-4`.
fn is_row(id: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    id.split_once('-').is_some_and(|(annex, number)| digits(annex) && digits(number))
}

/// By the unit of the fact that a key names.
fn kind_of(key: &str) -> CellKind {
    match key {
        "choice" => return CellKind::Text,
        "deductions" | "credits" => return CellKind::Item,
        _ => {}
    }
    let fact = Fact::ALL.iter().find(|it| it.name() == key);
    fact.map_or(CellKind::Text, |fact| match fact.measure() {
        Measure::YesNo => CellKind::YesNo,
        Measure::Whole | Measure::Points | Measure::Decimal => CellKind::Number,
        Measure::Choice(_) => CellKind::Text,
    })
}

fn of_scope(key: &str) -> CellKind {
    match key {
        "name_checked"
        | "restricted"
        | "near_professional"
        | "has_scale"
        | "small_major"
        | "national_standard"
        | "graduating_year"
        | "staged"
        | "earlier_certificate"
        | "compound" => CellKind::YesNo,
        "standard_year" | "enrolled_years" => CellKind::Number,
        "audience" => CellKind::List,
        _ => CellKind::Text,
    }
}

/// The one that stands most often in the heading, outside of quotes.
fn delimiter(line: &[u8]) -> u8 {
    let count = |delimiter: u8| {
        let mut quoted = false;
        let outside = line.iter().filter(|byte| {
            quoted ^= **byte == b'"';
            !quoted && **byte == delimiter
        });
        outside.count()
    };
    // where they are equal the last one is taken
    *[b'\t', b';', b','].iter().max_by_key(|it| count(**it)).unwrap_or(&b',')
}
