//! `ziping new`: the files of an edition to fill in, for whoever has a new document. They are sound as they are, so that one line
//! can be filled in after the other with `ziping check` at hand.

mod explained;

use std::env;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use crate::days::Day;
use crate::generate::write;
use crate::load::keys::DataFile;
use crate::load::{Loaded, SiteFolders, folder, is_reserved};

use super::teller::Teller;

use explained::explained;

pub const NEW_HELP: &str = "\
在 rubrics 里新建一个文件夹，放好七个文件：edition.toml 是版本本身，public.toml 是一份评估要点的样子，readings.toml 解读，
filing.toml 谁在哪里备案，scope.toml 可以申报什么，places.toml 地名，later.toml 此后文件。每一处要填的都写着“待填”，
怎样填写在旁边；刚建好就通过 ziping check，填一步检查一步。已有的文件夹不改动。

示例：
  ziping new edition henan-2027
  ziping new edition henan-2027 --place 某省 --from 2027-01-01";

/// What `ziping new` is told.
#[derive(Args)]
pub struct NewArguments {
    /// 新建什么，写 edition（一个版本）
    #[arg(value_name = "种类", required = true, hide_possible_values = true)]
    what: NewKind,
    /// 版本的编号，也是文件夹名：小写字母、数字和连字符，如 henan-2027
    #[arg(value_name = "版本", required = true)]
    id: String,
    /// 在哪个地方施行，如 某省；不写时留着待填
    #[arg(long, value_name = "地方")]
    place: Option<String>,
    /// 从哪一天起施行，如 2027-01-01；不写时留着待填
    #[arg(long, value_name = "日期")]
    from: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum NewKind {
    Edition,
}

/// The files of an edition, as they are before somebody fills them in. What to write at each key is not in them.
const SKELETON: [(&str, DataFile, &str); 7] = [
    ("edition.toml", DataFile::Edition, include_str!("new/edition.toml")),
    ("public.toml", DataFile::Rubric, include_str!("new/public.toml")),
    ("readings.toml", DataFile::Readings, include_str!("new/readings.toml")),
    ("filing.toml", DataFile::Filing, include_str!("new/filing.toml")),
    ("scope.toml", DataFile::Scope, include_str!("new/scope.toml")),
    ("places.toml", DataFile::Places, include_str!("new/places.toml")),
    ("later.toml", DataFile::Later, include_str!("new/later.toml")),
];

/// In place of what is not said. An edition of this day comes after all others, so it does not take the home page before it is
/// filled in.
const NO_PLACE: &str = "待填：省、市";
const NO_DAY: &str = "\"1999-01-01\"  # 待填：施行日期";

/// A longer name would be cut off in lists.
const LONGEST_ID: usize = 40;

impl NewArguments {
    /// # Errors
    /// The id cannot be that of an edition, there is such a folder already, or it cannot be written.
    pub fn run(&self, site: &SiteFolders, teller: Teller) -> Result<()> {
        match self.what {
            NewKind::Edition => self.edition(site, teller),
        }
    }

    fn edition(&self, site: &SiteFolders, teller: Teller) -> Result<()> {
        let id = &self.id;
        let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        let shaped = id.starts_with(|it: char| it.is_ascii_lowercase()) && id.chars().all(plain);
        if !shaped || id.ends_with('-') || id.contains("--") || LONGEST_ID < id.len() {
            bail!(
                "版本的编号应由小写字母、数字和连字符组成，以字母开头，最多 {LONGEST_ID} 个，如 henan-2027，现在是 `{id}`"
            );
        }
        if is_reserved(id) {
            bail!("`{id}` 是 Windows 保留的名称，不能用作文件夹名，请换一个编号");
        }
        let name = format!("rubrics/{id}");
        let shown = site.shown(&name);
        if folder::lies_there(&site.path(&name)) {
            bail!("已有 {shown}，没有改动；请换一个编号，或先把它移走");
        }
        if let Some(odd) = self.from.as_deref().filter(|it| Day::of_iso(it).is_none()) {
            bail!("`--from` 应是日历上的一天，写成 2027-01-01 这样，现在是 `{odd}`");
        }
        let place = self.place.as_deref().map(str::trim).filter(|it| !it.is_empty()).unwrap_or(NO_PLACE);
        if let Some(odd) = place.chars().find(|it| it.is_control() || "\"\\".contains(*it)) {
            bail!("`--place` 里不能有 {odd:?}");
        }
        let text = |file: DataFile, text: &str| {
            let filled = text.replace("{id}", id).replace("{place}", place);
            let filled = match &self.from {
                Some(from) => filled.replace("{from}", from),
                None => filled.replace("\"{from}\"", NO_DAY),
            };
            let filled = explained(file, &filled);
            // the old Notepad of Windows shows nothing else as a line
            if env::consts::OS == "windows" { filled.replace('\n', "\r\n") } else { filled }
        };
        let files: Vec<(&str, String)> = SKELETON.iter().map(|(name, file, it)| (*name, text(*file, it))).collect();
        write::new_folder(&site.path(&name), &files)?;
        // as `ziping check` counts them: files that nobody has begun are not there yet
        let of_it = folder::to_fill(site).into_iter().filter(|it| it.0.starts_with(&format!("{shown}/")));
        let to_fill: usize = of_it.map(|it| it.1).sum();
        teller.say(format!(
            "建好了 {shown}，{} 个文件，{to_fill} 处待填。先填 edition.toml 和 public.toml，每改一步运行一次 ziping check",
            files.len()
        ));
        Ok(())
    }
}

/// Of a site of several editions: that one which is not filled in yet has taken the front page.
pub fn unfilled_in_front(site: &SiteFolders, loaded: &Loaded) -> Option<String> {
    let first = loaded.editions.first().filter(|_| 1 < loaded.editions.len())?;
    let of_it = format!("{}/", site.shown(&format!("rubrics/{}", first.id)));
    let lines: usize = folder::to_fill(site).iter().filter(|it| it.0.starts_with(&of_it)).map(|it| it.1).sum();
    (0 < lines).then(|| {
        format!(
            "首页现在是版本 {}，其中还有 {lines} 处待填：没填好以前，请把它 edition.toml 的 from 写成较早的一天，如 1999-01-01",
            first.id
        )
    })
}

/// What is still to be filled in, in a sentence; nothing where there is nothing.
pub fn unfilled(site: &SiteFolders) -> Option<String> {
    let files = folder::to_fill(site);
    let lines: usize = files.iter().map(|it| it.1).sum();
    let names: Vec<String> = files.iter().map(|(name, lines)| format!("{name}（{lines} 处）")).collect();
    (0 < lines).then(|| format!("还有 {lines} 处待填：{}", names.join("、")))
}
