//! One thing that is not there is told once, however many places name it: a notice whose number was changed is named by a hundred
//! readings.

use std::collections::BTreeMap;

use super::Problem;
use crate::notice::{Notice, named};

/// So many of the other places are named.
const NAMED: usize = 3;

/// Joins what is said of one thing at many places to what is said at the first of them. The problems are in order.
pub fn gathered(problems: Vec<Problem>, notices: &[Notice]) -> Vec<Problem> {
    let mut first: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut others: BTreeMap<usize, Vec<(String, usize)>> = BTreeMap::new();
    let mut kept: Vec<Problem> = Vec::new();
    for problem in problems {
        let Some(thing) = lacking(&problem.message, notices) else {
            kept.push(problem);
            continue;
        };
        let folder = problem.file.rsplit_once('/').map_or("", |it| it.0).to_owned();
        match first.get(&(folder.clone(), thing.clone())) {
            Some(at) => others.entry(*at).or_default().push((problem.file, problem.line)),
            None => {
                first.insert((folder, thing), kept.len());
                kept.push(problem);
            }
        }
    }
    for (at, others) in others {
        let problem = &mut kept[at];
        let place = |(file, line): &(String, usize)| match file.rsplit_once('/') {
            _ if *file == problem.file => format!("第{line}行"),
            Some((_, name)) => format!("{name}:{line}"),
            None => format!("{file}:{line}"),
        };
        let named: Vec<String> = others.iter().take(NAMED).map(place).collect();
        let more = if NAMED < others.len() { format!("等 {} 处", others.len()) } else { String::new() };
        problem.message.push_str(&format!("；同样的还有 {}{more}", named.join("、")));
    }
    kept
}

/// The thing that is not there, where that is what is said.
fn lacking(message: &str, notices: &[Notice]) -> Option<String> {
    let ticked: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let (first, last) = (*ticked.first()?, *ticked.last()?);
    if message.ends_with("在 content 的文件里找不到，请核对文号和编号") {
        return Some(format!("条款 {}", lacking_part(last, notices)));
    }
    if message.contains("不在文件开头的 `clauses` 里") {
        return Some(format!("clauses {first}"));
    }
    if message.contains("`readings.toml` 里没有这一条") || message.ends_with("不在 readings.toml 里，请核对编号")
    {
        let id = if message.contains("里的 `") { ticked.get(1)? } else { &first };
        return Some(format!("解读 {id}"));
    }
    if message.starts_with("链接 `") {
        return Some(format!("链接 {first}"));
    }
    if message.contains("应为本附件的行号") {
        return last.split_once('-').map(|it| format!("附件 {}", it.0));
    }
    None
}

/// 某人社〔2021〕2号 where no notice has that number, 某人社〔2021〕2号 一 where it has no clause of that name.
fn lacking_part<'c>(clause: &'c str, notices: &[Notice]) -> &'c str {
    let Some((number, path)) = clause.rsplit_once(' ') else { return clause };
    if named(notices, number).is_none() {
        return number;
    }
    // the parts of 一（二）3
    let ends = path.char_indices().skip(1).map(|it| it.0).chain([path.len()]);
    let begins = |at: usize| path[at..].starts_with('（') || path[..at].ends_with('）') || at == path.len();
    let is_there = |at: usize| named(notices, &clause[..number.len() + 1 + at]).is_some();
    ends.filter(|at| begins(*at)).find(|at| !is_there(*at)).map_or(clause, |at| &clause[..number.len() + 1 + at])
}
