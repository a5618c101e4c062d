//! The lists of a dossier in JSON: the name of a worksheet, and each line of it with the titles of its columns as keys.

use serde_json::{Map, Value, json};

use crate::carrier::Known;
use crate::cli::lines::LineError;
use crate::dossier::Dossier;
use crate::form::{list_tables, take_lists};
use crate::rubric::Edition;
use crate::spreadsheet::{Cell, ReadCell, ReadTable, ReadValue, decimal};

/// Those that have a line.
pub fn json(edition: &Edition, dossier: &Dossier) -> Map<String, Value> {
    let mut all = Map::new();
    for table in list_tables(edition, dossier).into_iter().filter(|it| !it.rows.is_empty()) {
        let line = |row: &Vec<Cell>| {
            let said = table.columns.iter().zip(row).map(|(column, cell)| (column.title.clone(), value(cell)));
            Value::Object(said.filter(|it| !it.1.is_null()).collect())
        };
        all.insert(table.name.clone(), table.rows.iter().map(line).collect());
    }
    all
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => json!(text),
        Cell::Whole(number) => json!(number),
        Cell::Tenths(tenths) => serde_json::from_str(&decimal(*tenths)).unwrap_or(Value::Null),
        Cell::Day(day) => json!(day),
    }
}

/// Takes lists into a dossier, with the rules of the workbook.
///
/// # Errors
/// The first thing that no list has or that cannot be read.
pub fn take(known: Known<'_>, dossier: &mut Dossier, said: &Value) -> Result<(), LineError> {
    let edition = known.editions.iter().find(|it| it.id == dossier.edition);
    let rules = known.rules.iter().find(|it| it.edition == dossier.edition);
    let Some(edition) = edition else { return Ok(()) };
    let refuse = |code, path: &str, message: String| LineError { code, path: path.to_owned(), message };
    let form = |path: &str| refuse("type", path, "应为工作表的名称和其中各行的列表，每行以列名为键".to_owned());
    // with the columns that are for schools
    let school = edition.kinds().find(|it| it.1.others.is_some()).map_or(dossier.applicant, |it| it.0);
    let there = list_tables(edition, &Dossier { applicant: school, ..dossier.clone() });
    let mut tables = Vec::new();
    for (name, lines) in said.as_object().ok_or_else(|| form("lists"))?.iter().filter(|it| !it.1.is_null()) {
        let path = format!("lists.{name}");
        let Some(list) = there.iter().find(|it| it.name == *name) else {
            let all: Vec<&str> = there.iter().map(|it| it.name.as_str()).collect();
            return Err(refuse("unknown_key", &path, format!("没有“{name}”，现有：{}", all.join("、"))));
        };
        let text = |column: u32, text: &str| ReadCell { row: 0, column, value: ReadValue::Text(text.to_owned()) };
        let mut cells: Vec<ReadCell> = (0..).zip(&list.columns).map(|(at, it)| text(at, &it.title)).collect();
        for (n, line) in (0..).zip(lines.as_array().ok_or_else(|| form(&path))?) {
            let path = format!("{path}.{n}");
            let line = line.as_object().ok_or_else(|| form(&path))?;
            if let Some(key) = line.keys().find(|key| !list.columns.iter().any(|it| it.title == **key)) {
                return Err(refuse("unknown_key", &format!("{path}.{key}"), format!("“{name}”没有“{key}”这一列")));
            }
            for (column, of) in (0..).zip(&list.columns) {
                let value = match line.get(&of.title) {
                    None | Some(Value::Null) => continue,
                    Some(Value::String(text)) => ReadValue::Text(text.clone()),
                    Some(Value::Number(number)) => ReadValue::Number(number.to_string()),
                    Some(_) => return Err(refuse("type", &format!("{path}.{}", of.title), "应为文字或数".to_owned())),
                };
                cells.push(ReadCell { row: n + 1, column, value });
            }
        }
        tables.push(ReadTable { name: name.clone(), cells, ..ReadTable::default() });
    }
    match take_lists(edition, rules, dossier, &tables).into_iter().next() {
        None => Ok(()),
        Some(problem) => {
            let cells = tables.iter().filter(|it| it.name == problem.sheet).flat_map(|it| &it.cells);
            let title = |column| cells.clone().find(|it| it.row == 0 && it.column == column).map(|it| it.value.text());
            let cell = cells.clone().find(|it| it.name() == problem.cell);
            let place = cell.and_then(|it| Some(format!(".{}.{}", it.row - 1, title(it.column)?)));
            let path = format!("lists.{}{}", problem.sheet, place.unwrap_or_default());
            Err(LineError { code: "value", path, message: problem.message })
        }
    }
}
