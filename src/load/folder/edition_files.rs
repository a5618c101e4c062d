//! The files of an edition as one edition, and whether it is sound in itself.
#![expect(clippy::disallowed_methods, reason = "this is part of the door to the disk for reading")]

use std::path::Path;

use anyhow::Result;

use super::astray::{EDITION, EditionFolder, READINGS};
use super::text::key_line;
use super::{SiteFolders, text, unfilled};
use crate::dossier::lacking;
use crate::load::edition::{Validity, read_edition, read_readings, read_rubric};
use crate::load::table::Source;
use crate::load::{Lines, Problem};
use crate::rubric::{Edition, Rubric, RubricPlace, Unsound, check};

/// What stands between names that should be in quotes of their own.
const SEVERAL: [char; 4] = ['，', '、', ',', ' '];

/// An edition as far as it was read.
pub struct ReadEdition {
    pub edition: Edition,
    pub validity: Validity,
    /// All of its files are there and say something.
    pub complete: bool,
}

/// The edition in a folder; `ids` are the names of all such folders.
pub fn load_edition(
    site: &SiteFolders,
    folder: &Path,
    ids: &[String],
    problems: &mut Vec<Problem>,
) -> Result<ReadEdition> {
    let read = |name: &str, problems: &mut Vec<Problem>| text(site, &folder.join(name), problems);
    let is_there = |name: &str| folder.join(name).is_file();
    let mut lines = Lines::new();
    let mut files = Vec::new();
    let n_before = problems.len();

    let (edition_file, text) = read(EDITION, problems)?;
    let source = Source::new(edition_file.clone(), &text);
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let several = (1 < ids.len()).then_some(&*name);
    let (mut edition, validity, named) = read_edition(&source, several);
    let mut torn = source.is_torn();
    if text.trim().is_empty() {
        problems.push(empty(&edition_file, "请照别的版本填写，不用的连文件夹一起移走"));
        return Ok(ReadEdition { edition, validity, complete: false });
    }
    problems.extend(source.into_problems());
    // where several stand in one pair of quotes, nobody knows which are named
    let known = !named.rubrics.is_empty() && !named.rubrics.iter().any(|it| it.contains(SEVERAL));
    let rubrics = known.then_some(named.rubrics.as_slice());
    let lies = EditionFolder { folder, name: site.name(folder), rubrics, editions: ids };
    let instead = |name: &str| lies.in_place_of(name).map_or(String::new(), |it| format!("（有 {it}，是不是它？）"));
    problems.extend(lies.unread());

    let mut complete = !named.rubrics.is_empty();
    let readings_file = site.name(&folder.join(READINGS));
    let mut without_readings = !is_there(READINGS);
    if without_readings {
        let message = format!("没有这个文件{}：解读写在这里，没有解读的也要有它，里面可以只写注释", instead(READINGS));
        problems.push(Problem { file: readings_file.clone(), line: 1, message });
    } else {
        let (_, text) = read(READINGS, problems)?;
        let source = Source::new(readings_file.clone(), &text);
        edition.readings = read_readings(&source, &mut lines);
        torn |= source.is_torn();
        without_readings = edition.readings.is_empty() && source.is_clean();
        problems.extend(source.into_problems());
    }

    for name in &named.rubrics {
        let say = |message: String| Problem { file: edition_file.clone(), line: named.line, message };
        if name.contains(['/', '\\']) {
            problems.push(say(format!("`rubrics` 里的 `{name}` 应只写这个文件夹里的文件名，不写路径，也不写 .toml")));
            complete = false;
            continue;
        }
        if name.contains(SEVERAL) {
            problems.push(say(format!(
                "`rubrics` 里的 `{name}` 不是一个文件名：一个文件一对引号，中间用半角逗号，如 [\"public\", \"job\"]"
            )));
            complete = false;
            continue;
        }
        let file = format!("{name}.toml");
        if !is_there(&file) {
            let instead = instead(&file);
            let message = format!("`rubrics` 里的 `{name}` 没有对应的文件 {file}{instead}，请核对（不写 .toml）");
            problems.push(say(message));
            complete = false;
            continue;
        }
        let (file, text) = read(&file, problems)?;
        if text.trim().is_empty() {
            problems.push(empty(&file, "请照别的评估要点填写，不用的从 edition.toml 的 `rubrics` 里删去"));
            complete = false;
            continue;
        }
        let source = Source::new(file.clone(), &text);
        let rubric = read_rubric(&source, &edition, &named.parts, &mut lines);
        let line = |key| key_line(&text, 1, key).unwrap_or(1);
        if files.iter().any(|it: &RubricFile| it.annex == rubric.annex) {
            source.say(line("annex"), format!("附件 {} 已有另一个文件，`annex` 不能重复", rubric.annex));
        }
        let same = edition.rubrics.iter().position(|it| (it.applicant, it.part) == (rubric.applicant, rubric.part));
        if let Some(other) = same.filter(|_| source.is_clean()) {
            let other = &files[other].name;
            source.say(line("part"), format!("{other} 已是同一类申请单位的同一部分，请核对 `applicant` 和 `part`"));
        }
        torn |= source.is_torn();
        problems.extend(source.into_problems());
        files.push(RubricFile { annex: rubric.annex, name: file, text });
        edition.rubrics.push(rubric);
    }
    let rows = edition.rubrics.iter().flat_map(Rubric::rows).map(|it| it.readings.len()).sum::<usize>();
    let cites = rows + edition.rubrics.iter().map(|it| it.cites.len()).sum::<usize>() + edition.cites.len();
    if without_readings && 0 < cites {
        if is_there(READINGS) {
            let message = format!("一条解读也没有，评估要点里却引用了 {cites} 处：文件是不是空了？请补上，或删去引用");
            problems.push(Problem { file: readings_file, line: 1, message });
        }
        return Ok(ReadEdition { edition, validity, complete: false });
    }
    if torn {
        // nearly everything would seem to be missing
        return Ok(ReadEdition { edition, validity, complete });
    }
    let mut unsound = Vec::new();
    let mut found = check(&edition);
    // what an edition lacks can be told only where it was understood and is sound in itself
    if problems.len() == n_before {
        let mut lacking = lacking(&edition, unfilled::is_written(&folder.join("scope.toml")));
        lacking.retain(|it| found.iter().all(|other| other.place != it.place));
        found.append(&mut lacking);
    }
    for finding in found {
        let of_rubric = files.iter().find(|it| Some(it.annex) == finding.place.annex());
        let file = match finding.place {
            RubricPlace::Reading(_) => &readings_file,
            _ => of_rubric.map_or(&edition_file, |it| &it.name),
        };
        // bands are compared with the note
        let of_note = finding.message.contains("在注（说明）的原文里找不到");
        let note = of_rubric.and_then(|it| key_line(&it.text, 1, "note")).filter(|_| of_note);
        if note.is_some_and(|line| problems[n_before..].iter().any(|it| it.file == *file && it.line == line)) {
            continue;
        }
        if !follows(finding.place, file, &lines, &problems[n_before..]) {
            let key = key_of(&finding);
            let mut problem = Problem::of(finding, file, &lines);
            let line = of_rubric.zip(key).and_then(|(file, key)| key_line(&file.text, problem.line, key));
            problem.line = line.unwrap_or(problem.line);
            unsound.push(problem);
        }
    }
    problems.append(&mut unsound);
    Ok(ReadEdition { edition, validity, complete })
}

/// The file of a rubric.
struct RubricFile {
    annex: u8,
    name: String,
    text: String,
}

/// The key of a block about which something is found, where it is about one.
fn key_of(finding: &Unsound<RubricPlace>) -> Option<&'static str> {
    let says = |words: &str| finding.message.contains(words);
    match finding.place {
        RubricPlace::Rubric(_) if says("`合计` 印为") => Some("total"),
        RubricPlace::Section(..) | RubricPlace::Group(..) if says("` 印为 ") => Some("points"),
        RubricPlace::Band(..) if says("分数线 ") => Some("at_least"),
        RubricPlace::Band(..) if says("结论 `") => Some("outcome"),
        RubricPlace::Row(..) if says("的否决用语 `") => Some("veto"),
        RubricPlace::Row(..) if says("的规则") || says("的最高档") => Some("rule"),
        RubricPlace::Row(..) if says("引用了解读 `") => Some("readings"),
        RubricPlace::Row(..) if says("的编号不连续") => Some("id"),
        RubricPlace::Row(..) if says("的原文写着“") => Some("standard"),
        RubricPlace::Edition
        | RubricPlace::Reading(_)
        | RubricPlace::Rubric(_)
        | RubricPlace::Band(..)
        | RubricPlace::Section(..)
        | RubricPlace::Group(..)
        | RubricPlace::Row(..) => None,
    }
}

fn empty(file: &str, what_to_do: &str) -> Problem {
    Problem { file: file.to_owned(), line: 1, message: format!("文件是空的：{what_to_do}") }
}

/// Is a finding at this place only a consequence of something there that could not be read?
fn follows(place: RubricPlace, file: &str, lines: &Lines<RubricPlace>, unread: &[Problem]) -> bool {
    // which readings are cited can be said only when every file is read
    if let RubricPlace::Reading(_) = place {
        return !unread.is_empty();
    }
    // a band is compared with those before it
    let first = if let RubricPlace::Band(annex, _) = place { RubricPlace::Band(annex, 0) } else { place };
    let start = lines.get(&first).copied().unwrap_or(1);
    let next = lines.iter().filter(|(other, line)| {
        start < **line && other.annex() == place.annex() && place.annex().is_some() && !place.holds(**other)
    });
    let end = next.map(|(_, line)| *line).min().unwrap_or(usize::MAX);
    unread.iter().any(|it| it.file == file && (start..end).contains(&it.line))
}
