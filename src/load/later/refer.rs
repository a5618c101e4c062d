//! Does what a later document touches exist? Known only where the files of the edition were read.

use crate::filing::scope::Scope;
use crate::rubric::Edition;

use super::{LaterDocument, Touches};
use crate::load::Problem;

/// The rows, readings and columns that the file names and the edition does not have, the words for levels that already mean
/// another, and what is written twice. `scope` is `None` where its file was not read without problems.
pub fn later_refers(file: &str, documents: &[LaterDocument], edition: &Edition, scope: Option<&Scope>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut say = |line: usize, message: String| {
        problems.push(Problem { file: file.to_owned(), line, message });
    };
    for document in documents {
        let Touches { rows, readings, columns, lines, .. } = &document.touches;
        let has_row =
            |id: &String| edition.rubrics.iter().any(|rubric| rubric.rows().any(|it| rubric.row_id(it.number) == *id));
        for id in rows.iter().filter(|id| !has_row(id)) {
            say(lines[0], format!("`rows` 里的 `{id}` 不是评估要点的一行，应像 1-13（附件号-行号），请核对"));
        }
        for id in readings.iter().filter(|id| edition.reading(id).is_none()) {
            say(lines[1], format!("`readings` 里的 `{id}` 不在 readings.toml 里，请核对编号"));
        }
        if let Some(scope) = scope {
            for name in columns.iter().filter(|name| !scope.columns.contains(name)) {
                let known = if scope.columns.is_empty() {
                    "这个版本没有申报表".to_owned()
                } else {
                    format!("只能是 {}", scope.columns.join("、"))
                };
                say(lines[2], format!("`columns` 里的 `{name}` 不是申报表的一栏，{known}"));
            }
            if !document.touches.levels.is_empty() && scope.columns.is_empty() {
                say(lines[3], "这个版本没有申报表（scope.toml），`levels` 没有地方显示，请删去".to_owned());
            }
        }
        let lists = [("rows", lines[0], rows), ("readings", lines[1], readings), ("columns", lines[2], columns)];
        for (key, line, list) in lists {
            let twice = list.iter().enumerate().filter(|(at, name)| list[..*at].contains(name));
            twice.for_each(|(_, name)| say(line, format!("`{key}` 里的 `{name}` 写了两次，请删去一个")));
        }
    }
    let own = scope.map(|it| &it.levels);
    let mut seen: Vec<&String> =
        own.iter().flat_map(|it| it.words.iter().flat_map(|word| &word.names).chain(&it.ignored)).collect();
    for (line, level) in documents.iter().flat_map(|it| &it.levels) {
        for name in &level.names {
            if seen.contains(&name) {
                say(*line, format!("级别的写法“{name}”在这里或 scope.toml 的 `levels` 里已有，只能指一个级别"));
            }
            seen.push(name);
        }
    }
    problems
}
