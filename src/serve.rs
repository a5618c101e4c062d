//! `ziping serve`: the site on this machine, for whoever edits its text. Each saved change is checked and built;
//! problems are told, and a site that has any is not shown; an open page reloads by itself.
//!
//! One thread looks for changes and builds, another answers browsers. What they share is `ShownSite`.

mod answer;
mod changes;
mod headers;
mod shown;

use std::collections::BTreeSet;
use std::io::{self, ErrorKind, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::generate::{path_of, write::KEPT, write::build};
use crate::load::{SiteFolders, folder, load};

use changes::{Files, changed, files};
use shown::ShownSite;

pub const HELP: &str = "\
示例：
  ziping serve --open
  ziping serve --site 站点 --app app --port 8081

改动通知、评估要点、样式或 site.toml 并保存以后，自动检查、生成，打开的网页自动刷新。
有问题时逐条列出，网页仍是改动以前的，改正并保存后继续。只在本机能打开，按 Ctrl+C 结束。
这里看到的网站不写进 dist/，发布前请另运行 ziping build。";

#[derive(clap::Args)]
pub struct ServeArguments {
    /// 已编译的填报程序所在文件夹，默认为当前文件夹或程序旁边的 app
    #[arg(long, value_name = "文件夹")]
    app: Option<PathBuf>,
    /// 把网站生成到这个文件夹；默认为临时文件夹，结束时删除
    #[arg(long, value_name = "文件夹")]
    out: Option<PathBuf>,
    /// 端口，默认为 8080，被占用时用其后空闲的；写 0 时任选一个空闲的
    #[arg(long, value_name = "端口")]
    port: Option<u16>,
    /// 用默认的浏览器打开
    #[arg(long)]
    open: bool,
}

/// An error in the words of the other commands.
type ErrorWords = fn(&anyhow::Error) -> String;

/// Only this machine is served.
const HOST: Ipv4Addr = Ipv4Addr::LOCALHOST;
/// Between two looks at the folder: a person does not notice it, and a look takes less than a hundredth of it.
const PAUSE: Duration = Duration::from_millis(100);
/// After a look that took long, on a slow network share, the pause is so many times as long as the look.
const PART: u32 = 10;

/// Where nobody says another one.
const PORT: u16 = 8080;

impl ServeArguments {
    /// As by a double click on the program: all that is needed lies in this folder.
    pub fn in_folder(site: &Path) -> ServeArguments {
        ServeArguments { app: Some(site.join("app")), out: None, port: None, open: true }
    }

    /// Serves until somebody ends the program; `said` says what went wrong.
    ///
    /// # Errors
    /// The port is taken, or no folder to build into can be made.
    pub fn run(&self, site: &SiteFolders, said: ErrorWords) -> Result<ExitCode> {
        let listener = match self.port {
            Some(port) => listen(port)?,
            None => listen_from(PORT)?,
        };
        let address = format!("http://{}/", listener.local_addr()?);
        let mut temporary = None;
        let out = match &self.out {
            Some(out) => out.clone(),
            // a folder of its own in it, as a site is built beside the one that it replaces
            None => temporary.insert(tempfile::tempdir().context("建不了临时文件夹")?).path().join("site"),
        };
        let shown = Arc::new(ShownSite::new(out));
        let leaving = Arc::clone(&shown);
        ctrlc::set_handler(move || {
            // a build that is just being written would make the folder anew
            leaving.hold(|| drop(temporary.take()));
            std::process::exit(0);
        })?;

        // looked at before it is read: whatever is saved meanwhile counts as a change
        let mut built = self.look(site);
        self.rebuild(site, &shown, said);
        let answering = Arc::clone(&shown);
        thread::spawn(move || answer::serve(listener, answering).expect("a socket of this machine can be listened to"));
        let _ = writeln!(io::stdout(), "{address}");
        tell("请用浏览器打开上面的网址。改动保存后自动检查、生成，网页自动刷新；按 Ctrl+C 结束");
        if self.open && open::that_detached(&address).is_err() {
            tell("打不开浏览器，请自行打开上面的网址");
        }

        let mut last = built.clone();
        loop {
            let started = Instant::now();
            let now = self.look(site);
            // the same as at the last look: nobody is writing any more
            if now != built && now == last {
                tell_changed(site, &changed(&built, &now));
                self.rebuild(site, &shown, said);
                built = now.clone();
            }
            last = now;
            thread::sleep(PAUSE.max(started.elapsed() * PART));
        }
    }

    fn app(&self) -> PathBuf {
        self.app.clone().or_else(folder::app_near).unwrap_or_else(|| PathBuf::from("app"))
    }

    /// All that the site is made of.
    fn look(&self, site: &SiteFolders) -> Files {
        files(site.sources().iter().chain([&self.app()]))
    }

    /// Builds the site as it is now and shows it. If it has problems, these are told instead.
    fn rebuild(&self, site: &SiteFolders, shown: &ShownSite, said: ErrorWords) {
        match self.build(site, shown, said) {
            Ok(done) => tell(&done),
            Err(problems) => {
                let told = shown.refuse(&problems);
                let shows = if told { "网页上也列出了这些问题" } else { "网页仍是改动以前的" };
                tell(&format!("{problems}\n{shows}，改正并保存后自动重新生成"));
            }
        }
    }

    /// Builds the site and gives what to tell its user: how many pages it has, or what is wrong with it.
    fn build(&self, site: &SiteFolders, shown: &ShownSite, said: ErrorWords) -> Result<String, String> {
        let said = |error: anyhow::Error| said(&error);
        let loaded = load(site).map_err(said)?;
        if !loaded.problems.is_empty() {
            let all: Vec<_> = loaded.problems.iter().map(ToString::to_string).collect();
            return Err(format!("{}\n共 {} 个问题", all.join("\n"), all.len()));
        }
        // pages of a folder of ours load anew by themselves, and nobody else has one
        let days = if self.out.is_some() { KEPT } else { 0 };
        let settings = folder::settings(site).map_err(|all| {
            let lines: Vec<_> = all.iter().map(ToString::to_string).collect();
            lines.join("\n")
        })?;
        let top = path_of(&settings.address);
        let built = shown.replace(top, |out| build(site, loaded, &self.app(), out, days, false)).map_err(said)?;
        Ok(format!("没有发现问题，生成了 {} 个页面，{:.2} 秒", built.pages, built.seconds))
    }
}

/// Says something to people. Where nobody listens any more, that is no failure.
fn tell(what: &str) {
    let _ = writeln!(io::stderr(), "{what}");
}

/// At this port, or the next one that is free. Someone who did not ask for one may have another site open.
fn listen_from(port: u16) -> Result<TcpListener> {
    match TcpListener::bind((HOST, port)) {
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            let next = (port..=u16::MAX).skip(1).find_map(|it| TcpListener::bind((HOST, it)).ok());
            next.map_or_else(|| listen(port), Ok)
        }
        Err(_) => listen(port),
        Ok(listener) => Ok(listener),
    }
}

fn listen(port: u16) -> Result<TcpListener> {
    let refused = match TcpListener::bind((HOST, port)) {
        Ok(listener) => return Ok(listener),
        Err(error) if error.kind() == ErrorKind::AddrInUse => "已被另一个程序占用".to_owned(),
        Err(error) => format!("不能使用（{error}）"),
    };
    let free = (port.max(1024)..=u16::MAX).skip(1).find(|it| TcpListener::bind((HOST, *it)).is_ok());
    let free = free.unwrap_or_default();
    bail!("端口 {port} {refused}，请先关闭那个程序，或者换一个端口：ziping serve --port {free}");
}

fn tell_changed(site: &SiteFolders, changed: &BTreeSet<&Path>) {
    const NAMED: usize = 3;
    let name = |it: &&Path| site.shown(&site.name(it));
    let names: Vec<_> = changed.iter().take(NAMED).map(name).collect();
    let more = if NAMED < changed.len() { format!(" 等 {} 个文件", changed.len()) } else { String::new() };
    tell(&format!("\n{}{more} 有改动", names.join("、")));
}
