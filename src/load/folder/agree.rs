//! Do the files of an edition and the notices agree? What one cites, the other must have; what stands in both must be
//! the same.
#![expect(clippy::disallowed_methods, reason = "this is part of the door to the disk for reading")]

use anyhow::Result;

use super::astray::EDITION;
use super::text::key_line;
use super::{Loaded, SiteFolders, TO_FILL, lenient};
use crate::load::Problem;
use crate::load::facts::disagreements;
use crate::load::notice::{is_number, is_serial};
use crate::load::scope::scope_refers;
use crate::notice::{Notice, named};

/// The number of the notice that an edition is of; the notice itself need not be on the site.
pub fn notices_have_numbers(site: &SiteFolders, loaded: &mut Loaded) {
    for edition in loaded.editions.iter().filter(|_| !loaded.notices.is_empty()) {
        let number = &edition.notice;
        let is_read = is_number(number) || is_serial(number) || named(&loaded.notices, number).is_some();
        if is_read || number.trim().is_empty() || number.contains(TO_FILL) {
            continue;
        }
        let file = format!("rubrics/{}/{EDITION}", edition.id);
        let line = key_line(&lenient(&site.path(&file)), 1, "notice").unwrap_or(1);
        let message = format!("`notice` 应是所据通知的文号，如 `某人社〔2027〕1号`，现在是 `{number}`");
        loaded.problems.push(Problem { file, line, message });
    }
}

/// The clauses that readings say they touch, and those that the rules of filing cite.
pub fn clauses_exist(site: &SiteFolders, loaded: &mut Loaded) -> Result<()> {
    let told: Vec<(String, usize)> = loaded.problems.iter().map(|it| (it.file.clone(), it.line)).collect();
    for (edition, rules) in loaded.editions.iter().zip(&loaded.rules) {
        let of_readings = edition.readings.iter().flat_map(|reading| {
            let what = format!("解读 `{}` 所涉条款", reading.id);
            reading.clauses.iter().map(move |it| ("readings.toml", reading.id.as_str(), what.clone(), it))
        });
        let of_rules = rules.routes.clauses.iter().map(|it| ("filing.toml", it.as_str(), "条款".to_owned(), it));
        for (file, at, what, clause) in of_readings.chain(of_rules) {
            if named(&loaded.notices, clause).is_some() {
                continue;
            }
            let file = format!("rubrics/{}/{file}", edition.id);
            let text = lenient(&site.path(&file));
            // what was read out of a line with a slip, which is told
            let on_line = |line: usize| text.lines().nth(line - 1).is_some_and(|it| it.contains(clause.as_str()));
            let in_file = told.iter().any(|(told_in, _)| *told_in == file);
            if in_file && !text.contains(clause.as_str()) || told.iter().any(|it| it.0 == file && on_line(it.1)) {
                continue;
            }
            let at = format!("\"{at}\"");
            let line = (1..).zip(text.lines()).find(|it| it.1.contains(&at)).map_or(1, |it| it.0);
            let message = format!("{what} `{clause}` 在 content 的文件里找不到，请核对文号和编号");
            loaded.problems.push(Problem { file, line, message });
        }
    }
    Ok(())
}

/// The clauses and readings that `scope.toml` names.
pub fn scopes_refer(site: &SiteFolders, loaded: &mut Loaded) -> Result<()> {
    for edition in &loaded.editions {
        let file = format!("rubrics/{}/scope.toml", edition.id);
        if site.path(&file).is_file() {
            let text = lenient(&site.path(&file));
            loaded.problems.extend(scope_refers(&file, &text, edition, &loaded.notices));
        }
    }
    Ok(())
}

/// What stands in a notice and in an edition's files. Compared where both were read without problems.
pub fn facts_agree(site: &SiteFolders, loaded: &mut Loaded) -> Result<()> {
    if !loaded.problems.is_empty() {
        return Ok(());
    }
    let line_of = |file: &str, at: &str, nth: usize| {
        let text = lenient(&site.path(file));
        (1..).zip(text.lines()).filter(|it| it.1.contains(at)).nth(nth).map_or(1, |it| it.0)
    };
    for (edition, rules) in loaded.editions.iter().zip(&loaded.rules) {
        let in_notice = |notice: &Notice, at: &str| line_of(&format!("content/{}.md", notice.slug), at, 0);
        for told in disagreements(edition, rules, &loaded.notices, &in_notice) {
            let file =
                if told.file.contains('/') { told.file } else { format!("rubrics/{}/{}", edition.id, told.file) };
            let line = line_of(&file, &told.at, told.nth);
            loaded.problems.push(Problem { file, line, message: told.says });
        }
    }
    Ok(())
}
