//! `ziping check`: everything that is wrong with a site's files, and everything for which `ziping build` would refuse it.

use std::io;
use std::path::Path;

use anyhow::Result;

use super::BROKEN;
use super::ends::DataOut;
use super::new::{unfilled, unfilled_in_front};
use super::teller::Teller;
use crate::generate::write;
use crate::load::{Problem, SiteFolders, folder, load};

/// Without `app` the compiled programs are looked at where they usually lie, if they do.
pub fn check(site: &SiteFolders, app: Option<&Path>, teller: Teller) -> Result<u8> {
    let loaded = load(site)?;
    let app = app.map(Path::to_owned).or_else(folder::app_near);
    let mut all: Vec<String> = loaded.problems.iter().map(Problem::to_string).collect();
    all.extend(write::materials(site, app.as_deref()).err().unwrap_or_default());
    if all.is_empty() {
        let rows: usize = loaded.editions.iter().flat_map(|it| &it.rubrics).map(|it| it.rows().count()).sum();
        let readings: usize = loaded.editions.iter().map(|it| it.readings.len()).sum();
        let (editions, notices) = (loaded.editions.len(), loaded.notices.len());
        let unchecked = if app.is_none() {
            "。没有检查填报程序：这里没有 app 文件夹，生成时用 --app 指明"
        } else {
            ""
        };
        teller.say(format!(
            "没有发现问题：{editions} 个版本，{rows} 行评估内容，{readings} 条解读，{notices} 份文件{unchecked}"
        ));
        unfilled(site).into_iter().chain(unfilled_in_front(site, &loaded)).for_each(|it| teller.say(it));
        return Ok(0);
    }
    match DataOut::whole(format!("{}\n", all.join("\n")).as_bytes()) {
        // whoever reads the list may stop early: there are problems all the same
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error.into()),
        Ok(()) | Err(_) => teller.say(format!("共 {} 个问题", all.len())),
    }
    Ok(BROKEN)
}
