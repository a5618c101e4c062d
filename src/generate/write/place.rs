//! A folder into which a site is written, which may be a host's own: what somebody else put there stays, what was
//! written before is replaced file by file, and nothing is touched before the whole site is ready beside it.
#![expect(clippy::disallowed_methods, reason = "this is the door to the disk for writing")]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind::NotFound};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, bail};

use crate::days;
use crate::form::is_form;
use crate::generate::feed::FEED_TITLE;
use crate::generate::release::hash;
use crate::generate::render::{BLANK_FORM, RELEASE};
use crate::generate::site::OFFLINE;

use super::list::{self, LIST, Written, WrittenList, asset_hash, folders_of};

/// The new site, until all of it is ready; and what it replaces, until all of that is done. Both lie inside the folder:
/// what lies beside a web root may be another disk, or not ours to write.
const FRESH: &str = ".ziping-new";
const OLD: &str = ".ziping-old";
/// So many names are told; of more there is a number.
const TOLD: usize = 5;
/// The search for files of others ends after so many.
const ENOUGH: usize = 1000;

/// The folder, and what is known of it.
pub struct Place {
    out: PathBuf,
    /// It was made for this site.
    made: bool,
    before: WrittenList,
    /// A version that kept no list wrote there: it replaced the whole folder each time, so any file may be its own.
    unlisted: bool,
}

/// What the files of the new site have to do with those that are there.
#[derive(Default)]
struct Plan {
    /// To put in place. The other new files are there already, byte by byte.
    fresh: Vec<String>,
    /// Pages of ours that somebody has changed since.
    changed: Vec<String>,
}

impl Place {
    /// # Errors
    /// It cannot be made, or is no folder to write a site into.
    pub fn open(out: &Path, sources: &[PathBuf]) -> Result<Place> {
        let failed = || format!("建不了文件夹 {}", out.display());
        if out.is_symlink() && !out.exists() {
            bail!("{} 是一个链接，它指向的文件夹不存在，请先建好那个文件夹", out.display());
        }
        if out.is_file() {
            bail!("{} 是一个文件，不是文件夹，请用 --out 指明另一个", out.display());
        }
        let made = !out.exists();
        fs::create_dir_all(out).with_context(failed)?;
        let real = fs::canonicalize(out).with_context(failed)?;
        let inside = |source: &PathBuf| fs::canonicalize(source).is_ok_and(|it| real.starts_with(it));
        let (site, parts) = sources.split_first().expect("the site's folder comes first");
        if fs::canonicalize(site).is_ok_and(|it| it == real) || parts.iter().any(inside) {
            if made {
                let _ = fs::remove_dir(&real);
            }
            bail!("{} 里是网站的数据，不能把网站生成到这里，请用 --out 换一个文件夹", out.display());
        }
        let written = fs::read_to_string(real.join(LIST)).ok();
        let unlisted = written.as_ref().is_some_and(|it| it.trim().is_empty());
        let before = written.map(|it| list::read(&it)).unwrap_or_default();
        let place = Place { out: real, made, before, unlisted };
        place.clear().with_context(|| format!("写不到 {}", out.display()))?;
        Ok(place)
    }

    /// A file of the new site.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn create(&self, name: &str) -> Result<File> {
        let path = self.out.join(FRESH).join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("建不了文件夹 {}", shown(folder)))?;
        }
        File::create(&path).with_context(|| format!("写不了文件 {}", shown(&path)))
    }

    /// Takes back what was written of a site that was not finished.
    pub fn give_up(&self) {
        let _ = self.clear();
        if self.made {
            let _ = fs::remove_dir(&self.out);
        }
    }

    /// Puts the new site in place of the old one. `written` are all its files and their hashes, `days` is how long assets are
    /// kept that it does not need. What is worth telling is returned, a sentence each.
    ///
    /// # Errors
    /// A file of somebody else has the name of a new one, or something cannot be written: the old site is as it was.
    pub fn finish(&self, written: &[(String, String)], days: u16) -> Result<Vec<String>> {
        let plan = self.plan(written)?;
        let listed = |(name, hash): &(String, String)| (name.clone(), Written { hash: hash.clone(), left: None });
        let mut now: WrittenList = written.iter().map(listed).collect();
        // whatever happens from here on, the list names what is ours
        let mut both = self.before.clone();
        both.extend(now.clone());
        self.write_list(&both)?;
        let (mut done, mut moved) = (Vec::new(), BTreeSet::new());
        let is_moved = |name: &str, moved: &BTreeSet<String>| folders_of(name).any(|it| moved.contains(it));
        let placed = plan.fresh.iter().try_for_each(|name| {
            if is_moved(name, &moved) {
                return Ok(());
            }
            match self.put(name).with_context(|| format!("写不到 {}", shown(&self.out.join(name))))? {
                Some(folder) => moved.extend([folder]),
                None => done.push(name.as_str()),
            }
            Ok::<_, anyhow::Error>(())
        });
        if let Err(error) = placed {
            done.extend(plan.fresh.iter().filter(|name| is_moved(name, &moved)).map(String::as_str));
            self.restore(&done);
            let _ = self.write_list(&self.before);
            return Err(error);
        }
        let mut said = Vec::new();
        let mut say = |names: &[String], told: &dyn Fn(&str) -> String| {
            said.extend((!names.is_empty()).then(|| told(&named(names))));
        };
        say(&plan.changed, &|it| format!("生成以后被改动过、现已换成新的：{it}"));
        let (gone, kept, touched) = self.leave(&mut now, days);
        say(&gone, &|it| format!("已删除不再需要的：{it}"));
        say(&touched, &|it| format!("不再需要、但被改动过，没有删除：{it}"));
        if 0 < kept {
            said.push(format!("以前的 {kept} 个 assets 文件还留着，已打开的网页要用，停用满 {days} 天后删除"));
        }
        self.write_list(&now)?;
        let others = if self.made { Vec::new() } else { self.others(&now) };
        let (packed, others): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|name| packed_from(name).is_some_and(|page| now.contains_key(page)));
        let stale: Vec<String> = packed.into_iter().filter(|it| !it.starts_with("assets/")).collect();
        let told = |names: &[String], what: &dyn Fn(&str) -> String| (!names.is_empty()).then(|| what(&named(names)));
        said.extend(told(&others, &|it| format!("不是本程序写的，没有动：{it}")));
        said.extend(told(&stale, &|it| format!("这些压缩文件不是这次生成的，请重新压缩，否则访客看到旧网页：{it}")));
        let _ = self.clear();
        Ok(said)
    }

    /// Compares the new files with what is there, before anything is touched.
    fn plan(&self, written: &[(String, String)]) -> Result<Plan> {
        let mut plan = Plan::default();
        let mut refused = BTreeSet::new();
        for (name, _) in written {
            if self.made {
                plan.fresh.push(name.clone());
                continue;
            }
            let (fresh, there) = (self.fresh(name), self.out.join(name));
            let above = Path::new(name).ancestors().skip(1).find(|it| self.out.join(it).is_file());
            if let Some(above) = above {
                refused.insert(above.to_string_lossy().into_owned());
                continue;
            }
            if there.is_dir() {
                refused.insert(format!("{name}/"));
                continue;
            }
            let Ok(about) = fs::metadata(&there) else {
                plan.fresh.push(name.clone());
                continue;
            };
            // a file as large as ours may be ours; one of another size can only be an older one
            if about.len() == fs::metadata(&fresh)?.len() && fs::read(&there)? == fs::read(&fresh)? {
                continue;
            }
            let bytes = fs::read(&there)?;
            let as_written = self.before.get(name).is_some_and(|it| it.hash == hash(&bytes));
            if !as_written && !self.unlisted && asset_hash(name).is_none() {
                if looks_ours(name, &bytes) {
                    plan.changed.push(name.clone());
                } else {
                    refused.insert(name.clone());
                    continue;
                }
            }
            plan.fresh.push(name.clone());
        }
        if !refused.is_empty() {
            let refused: Vec<String> = refused.into_iter().collect();
            bail!(
                "{} 里这些文件不是本程序写的，不会覆盖：{}。请移走或改名，或用 --out 换一个文件夹；网站没有改动",
                shown(&self.out),
                named(&refused)
            );
        }
        // assets first, as pages need them; of the pages the first one last; and then what tells open pages of all this
        plan.fresh.sort_by_key(|it| (asset_hash(it).is_none(), it == "index.html", it == RELEASE, it.clone()));
        Ok(plan)
    }

    /// Puts a new file in place, in one step for whoever reads it; what it replaces can still be put back. Where its folder is
    /// new, that is put there with all that is in it, and named: a folder a page would be made twice, and removed once.
    fn put(&self, name: &str) -> io::Result<Option<String>> {
        let is_new = |folder: &&str| fs::symlink_metadata(self.out.join(folder)).is_err_and(|it| it.kind() == NotFound);
        if let Some(folder) = folders_of(name).find(is_new)
            && fs::rename(self.fresh(folder), self.out.join(folder)).is_ok()
        {
            return Ok(Some(folder.to_owned()));
        }
        let to = self.out.join(name);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        // a link stays one
        let to = if to.is_symlink() { fs::canonicalize(&to)? } else { to };
        if to.exists() {
            let old = self.out.join(OLD).join(name);
            fs::create_dir_all(old.parent().expect("below the folder"))?;
            // a second name costs nothing; where the disk knows none, a copy
            fs::hard_link(&to, &old).or_else(|_| fs::copy(&to, &old).map(|_| ()))?;
        }
        move_file(&self.fresh(name), &to).map(|()| None)
    }

    /// Puts back what was replaced, and takes away what is new.
    fn restore(&self, done: &[&str]) {
        for name in done {
            let (old, there) = (self.out.join(OLD).join(name), self.out.join(name));
            let there = if there.is_symlink() { fs::canonicalize(&there).unwrap_or(there) } else { there };
            if old.exists() {
                let _ = move_file(&old, &there);
            } else {
                self.remove(name);
            }
        }
        let _ = self.clear();
    }

    /// Removes what was written before and is not needed any more. Assets stay for some days and are added to the list.
    /// Returns what is gone, how many assets stay, and what somebody has changed, which stays as well.
    fn leave(&self, now: &mut WrittenList, days: u16) -> (Vec<String>, usize, Vec<String>) {
        let today = today();
        let mut before = self.before.clone();
        if self.unlisted || self.before.is_empty() {
            before.extend(self.assets(now).into_iter().map(|name| {
                let hash = asset_hash(&name).unwrap_or_default().to_owned();
                (name, Written { hash, left: None })
            }));
        }
        let (mut gone, mut kept, mut touched) = (Vec::new(), 0, Vec::new());
        for (name, mut written) in before {
            let there = self.out.join(&name);
            if now.contains_key(&name) || !there.is_file() {
                continue;
            }
            let left = *written.left.get_or_insert(today);
            if asset_hash(&name).is_some() && today < left.saturating_add(u32::from(days)) {
                now.insert(name, written);
                kept += 1;
            } else if fs::read(&there).is_ok_and(|it| hash(&it) == written.hash) {
                self.remove(&name);
                if there.exists() {
                    // it is tried again with the next site
                    now.insert(name.clone(), written);
                } else if asset_hash(&name).is_none() {
                    gone.push(name);
                }
            } else {
                touched.push(name);
            }
        }
        (gone, kept, touched)
    }

    /// Removes a file, and the folders above it that are empty then.
    fn remove(&self, name: &str) {
        let _ = fs::remove_file(self.out.join(name));
        for folder in Path::new(name).ancestors().skip(1).filter(|it| !it.as_os_str().is_empty()) {
            if fs::remove_dir(self.out.join(folder)).is_err() {
                break;
            }
        }
    }

    /// Other files by names such as ours in the folder of assets, whose bytes are what their names say.
    fn assets(&self, now: &WrittenList) -> Vec<String> {
        let entries = fs::read_dir(self.out.join("assets")).into_iter().flatten().flatten();
        let names = entries.map(|it| format!("assets/{}", it.file_name().to_string_lossy()));
        names
            .filter(|name| !now.contains_key(name))
            .filter(|name| {
                asset_hash(name).is_some_and(|it| fs::read(self.out.join(name)).is_ok_and(|bytes| hash(&bytes) == it))
            })
            .collect()
    }

    /// What somebody else put into the folder. A folder without any file of ours is named as one.
    fn others(&self, ours: &WrittenList) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![String::new()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(self.out.join(&folder)).into_iter().flatten().flatten() {
                let name = format!("{folder}{}", entry.file_name().to_string_lossy());
                if name.starts_with(LIST) || ours.contains_key(&name) || ENOUGH < found.len() {
                    continue;
                }
                let below = format!("{name}/");
                let with_ours = ours.range(below.clone()..).next().is_some_and(|it| it.0.starts_with(&below));
                match entry.path().is_dir() {
                    true if with_ours => folders.push(below),
                    true => found.push(below),
                    false => found.push(name),
                }
            }
        }
        found.sort();
        found
    }

    fn fresh(&self, name: &str) -> PathBuf {
        self.out.join(FRESH).join(name)
    }

    fn write_list(&self, list: &WrittenList) -> Result<()> {
        super::file(&self.out.join(LIST), list::print(list).as_bytes())
    }

    fn clear(&self) -> io::Result<()> {
        for left in [FRESH, OLD].map(|it| self.out.join(it)) {
            if left.exists() {
                fs::remove_dir_all(&left)?;
            }
        }
        Ok(())
    }
}

/// Moves a file in one step, also onto another disk.
fn move_file(from: &Path, to: &Path) -> io::Result<()> {
    if fs::rename(from, to).is_ok() {
        return Ok(());
    }
    let beside = super::beside(to, "ziping-new");
    let moved = fs::copy(from, &beside).and_then(|_| fs::rename(&beside, to)).and_then(|()| fs::remove_file(from));
    moved.inspect_err(|_| {
        // it may not even have been begun
        let _ = fs::remove_file(&beside);
    })
}

/// Is it, by its own words, something that this program wrote? So it is known also where the list was not copied along.
fn looks_ours(name: &str, bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    match name.rsplit_once('.').map(|it| it.1) {
        // in the whole site as one file Chinese stands as numbers
        Some("html") => text.contains("'wasm-unsafe-eval'") && (name == OFFLINE || text.contains("自评")),
        Some("json") => name == RELEASE && text.starts_with("{\"version\":"),
        Some("xlsx") => name.ends_with(BLANK_FORM) && is_form(bytes),
        Some("xml") => text.contains("notice/all/</loc>") || text.contains(FEED_TITLE),
        _ => false,
    }
}

/// In China, where the people are who read it.
pub fn today() -> u32 {
    const AHEAD: u64 = 8 * 60 * 60;
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |it| it.as_secs());
    days::of_seconds(seconds + AHEAD).unwrap_or(days::LAST)
}

/// The file from which a host has packed another one.
fn packed_from(name: &str) -> Option<&str> {
    [".gz", ".br", ".zst"].iter().find_map(|ending| name.strip_suffix(ending))
}

/// As people write it: Windows looks a path up as `\\?\C:\dist`.
fn shown(path: &Path) -> String {
    path.display().to_string().replace(r"\\?\UNC\", r"\\").replace(r"\\?\", "")
}

fn named(names: &[String]) -> String {
    let some = names.iter().take(TOLD).map(String::as_str).collect::<Vec<_>>().join("、");
    if names.len() <= TOLD { some } else { format!("{some} 等 {} 个", names.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_told_as_people_write_it() {
        let told = [r"\\?\C:\zp\dist", r"\\?\UNC\server\zp", "/var/www/zp"].map(|it| shown(Path::new(it)));
        assert_eq!(told, [r"C:\zp\dist", r"\\server\zp", "/var/www/zp"]);
    }
}
