//! Runs what was made as its users do: the program for Linux where there is nothing else, the one for Windows under wine.
//!
//! Both build the site; it has to be the very one of the release, also from files that Notepad has saved.

mod running;

use super::{INTO, SITE, VERSION, sum};
use crate::{
    browser::install_packages,
    run::{command, find, output, path, run},
    tree,
};
use anyhow::{Context, Result, ensure};
use running::Running;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A folder with a name as people give them.
const WITHIN: &str = "target/dist-trial";
const WINE: [&str; 2] = ["wine", "wine64"];

/// What is told of what did not run is printed, as a machine may not have it.
pub fn trial() -> Result<()> {
    ensure!(path(INTO).is_dir(), "{INTO} is not there: run `cargo xtask dist` first");
    if path(WITHIN).exists() {
        fs::remove_dir_all(path(WITHIN))?;
    }
    let linux = on_linux()?;
    on_windows(&linux)
}

/// What a program said and made, to be compared.
struct Seen {
    version: String,
    check: String,
    mistake: String,
    form: String,
    attached: Vec<(String, Vec<u8>)>,
}

fn on_linux() -> Result<Seen> {
    let folder = path(WITHIN).join("linux");
    fs::create_dir_all(&folder)?;
    let archive = path(INTO).join(format!("ziping-{VERSION}-x86_64-linux.tar.gz"));
    run(command("tar", ["-xzf"]).arg(&archive).current_dir(&folder), "tar could not unpack the release")?;
    let site = folder.join(format!("ziping-{VERSION}"));
    let program = tree::read(&site.join("ziping"))?;
    let loader = |it: &[u8]| program.windows(it.len()).any(|at| at == it);
    ensure!(!loader(b"/lib64/ld-linux") && !loader(b"/lib/ld-musl"), "the program for Linux wants a loader");
    // nothing of this machine can be seen from inside, so there is no library to find
    fs::create_dir_all(site.join("tmp"))?;
    let root = output(&mut command("id", ["-u"]), "id is missing")? == "0";
    let chroot = find("chroot").filter(|_| root);
    if chroot.is_none() {
        println!("not root, so the program for Linux does not run in a folder without anything else");
    }
    let within = site.clone();
    let seen = look(&site, &program, &move |args| {
        let mut command = Command::new(chroot.as_deref().unwrap_or(&within.join("ziping")));
        if chroot.is_some() {
            command.arg(&within).arg("/ziping");
        }
        command.args(args).current_dir(&within).env_clear();
        command
    })?;
    println!("Linux: {}, check, build, serve", seen.version);
    Ok(seen)
}

fn on_windows(linux: &Seen) -> Result<()> {
    install_packages(&["wine", "wine64"])?;
    let Some(wine) = WINE.into_iter().find(|it| find(it).is_some()) else {
        println!("SKIPPED the program for Windows: wine is missing, on Debian `apt-get install wine wine64`");
        return Ok(());
    };
    let folder = path(WITHIN).join("windows 自评");
    fs::create_dir_all(&folder)?;
    let archive = path(INTO).join(format!("ziping-{VERSION}-x86_64-windows.zip"));
    run(command("unzip", ["-qq"]).arg(&archive).current_dir(&folder), "unzip could not unpack the release")?;
    let site = folder.join(format!("ziping-{VERSION}"));
    let random = [path("xtask/src/dist/trial/bcryptprimitives.c"), site.join("bcryptprimitives.dll")];
    let mut compile = command("x86_64-w64-mingw32-gcc", ["-O1", "-shared"]);
    run(compile.arg(&random[0]).arg("-o").arg(&random[1]).arg("-ladvapi32"), "gcc-mingw-w64-x86-64 is missing")?;
    let within = site.clone();
    let call = move |args: &[&str]| {
        let mut command = windows(wine, &within);
        command.arg("ziping.exe").args(args);
        command
    };
    // the first call makes a Windows to run in
    let told = output(windows(wine, &site).args(["cmd", "/c", "ver"]), "wine does not run")?;
    // as by a double click
    output(windows(wine, &site).args(["cmd", "/c", "build.cmd"]), "build.cmd does not run")?;
    same_site(&site.join("dist"))?;
    fs::remove_dir_all(site.join("dist"))?;
    let opened = double_clicked(&site, wine, &call);
    let seen = opened.and_then(|()| look(&site, &tree::read(&site.join("ziping.exe"))?, &call));
    let _ = windows("wineserver", &site).arg("-k").status();
    let seen = seen?;
    for (what, one, other) in [
        ("--version", &seen.version, &linux.version),
        ("check", &seen.check, &linux.check),
        ("check of a mistake", &seen.mistake, &linux.mistake),
    ] {
        ensure!(one == other, "`{what}` says on Windows\n{one}\nand on Linux\n{other}");
    }
    ensure!(seen.form == linux.form, "`form --blank` writes another workbook on Windows: {}", seen.form);
    ensure!(seen.attached == linux.attached, "a notice with files is another one on Windows");
    println!("Windows ({told}): the same as on Linux, also with files that Notepad saved");
    Ok(())
}

/// Explorer starts a program without a word of what to do: the site is served and opened in a browser. Wine hands the address to
/// `xdg-open`, here one that only notes it.
fn double_clicked(site: &Path, wine: &str, call: &dyn Fn(&[&str]) -> Command) -> Result<()> {
    let noting = path(WITHIN).join("noting");
    let note = noting.join("opened.txt");
    fs::create_dir_all(&noting)?;
    tree::write(&noting.join("xdg-open"), "#!/bin/sh\necho \"$1\" > \"$(dirname \"$0\")/opened.txt\"\n")?;
    run(command("chmod", ["+x"]).arg(noting.join("xdg-open")), "chmod is missing")?;
    let mut found = noting.into_os_string();
    found.push(":");
    found.push(env::var_os("PATH").unwrap_or_default());
    let mut start = call(&[]);
    start.env("PATH", found);
    let running = Running::start(start)?;
    let page = running.page("")?;
    ensure!(page.starts_with("HTTP/1.1 200") && page.contains("自评"), "a double click serves {page}");
    running.wait(|| tree::text(&note).is_ok_and(|it| it.ends_with('\n')), "a double click opens no browser")?;
    let address = tree::text(&note)?;
    ensure!(running.is_at(address.trim()), "a double click opens {address}");
    drop(running);

    // unpacked without the rest, as by a double click inside the archive
    let alone = site.join("alone");
    fs::create_dir_all(&alone)?;
    tree::copy(&site.join("ziping.exe"), &alone.join("ziping.exe"))?;
    tree::copy(&site.join("bcryptprimitives.dll"), &alone.join("bcryptprimitives.dll"))?;
    let (passed, words) = told(windows(wine, &alone).arg("ziping.exe").stdin(Stdio::null()))?;
    ensure!(!passed && words.contains("请把压缩包全部解压"), "the program alone says {words}");
    fs::remove_dir_all(alone)?;
    Ok(())
}

fn windows(program: &str, within: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(within).env_remove("DISPLAY").env("WINEDEBUG", "-all").env("WINEARCH", "win64");
    command
        .env("WINEPREFIX", path("target/wine"))
        .env("WINEDLLOVERRIDES", "mscoree=;mshtml=;winemenubuilder.exe=;bcryptprimitives=b,n");
    command
}

/// What a clerk does, with all that comes of it.
fn look(site: &Path, program: &[u8], call: &dyn Fn(&[&str]) -> Command) -> Result<Seen> {
    let said = |args: &[&str]| output(&mut call(args), "see what it says").map(|it| it.replace('\r', ""));
    let told_version = said(&["--version"])?;
    let version = told_version.lines().next().unwrap_or_default().to_owned();
    ensure!(version.contains(VERSION), "`--version` says {told_version}");
    let hash = told_version.lines().find_map(|it| it.strip_prefix("SHA-256 "));
    ensure!(hash.is_none_or(|it| it == sum(program)), "`--version` says {told_version}, the file has {}", sum(program));
    let check = told(&mut call(&["check"]))?;
    ensure!(check.0, "`check` finds a problem in the release: {}", check.1);
    said(&["build"])?;
    same_site(&site.join("dist"))?;

    // as Notepad saves what it was opened with: a mark in front, and carriage returns
    for name in ["content", "rubrics", "style", "site.toml"] {
        for file in tree::files(&site.join(name))? {
            if ["md", "toml", "css"].iter().any(|it| file.extension().is_some_and(|at| at == *it)) {
                let text = tree::text(&file)?.replace("\r\n", "\n").replace('\n', "\r\n");
                tree::write(&file, format!("\u{feff}{text}"))?;
            }
        }
    }
    said(&["build"])?;
    same_site(&site.join("dist"))?;

    said(&["form", "--out", "表格", "--blank"])?;
    // not byte by byte, as a workbook may say which program made it
    let form = said(&["form", "--read", "表格/附件1-空白表.xlsx"])?;

    let (notice, page) = (site.join("content/trial-2026-1.md"), site.join("dist/notice/trial-2026-1"));
    tree::write(&notice, NOTICE)?;
    fs::create_dir_all(site.join("content/trial-2026-1"))?;
    tree::write(&site.join("content/trial-2026-1/申请表 1.docx"), "PK\u{3}\u{4} as good as one")?;
    said(&["build"])?;
    let files = tree::files(&page)?;
    let attached: Vec<_> = files
        .iter()
        .map(|it| Ok((it.strip_prefix(&page)?.to_string_lossy().into_owned(), tree::read(it)?)))
        .collect::<Result<_>>()?;
    ensure!(attached.iter().any(|it| it.0 == "申请表 1.docx"), "the file beside a notice is missing: {files:?}");

    serves(site, call)?;

    let file = site.join("rubrics/henan-2021/edition.toml");
    tree::write(&file, tree::text(&file)?.replacen('=', "＝", 1))?;
    let (passed, mistake) = told(&mut call(&["check"]))?;
    ensure!(!passed && mistake.contains("rubrics/henan-2021/edition.toml:"), "a mistake is told as {mistake}");
    Ok(Seen { version, check: check.1, mistake, form, attached })
}

const NOTICE: &str = "+++\r\nnumber = \"试办〔2026〕1号\"\r\nissuer = \"某中心\"\r\ntitle  = \"关于试一试的通知\"\r\n\
                      issued = \"2026年3月5日\"\r\n+++\r\n\r\n## 一、第一项\r\n\r\n见[申请表](<申请表 1.docx>)。\r\n";

/// A page is answered, and a change of a text shows on it.
fn serves(site: &Path, call: &dyn Fn(&[&str]) -> Command) -> Result<()> {
    let running = Running::start(call(&["serve", "--port", "0", "--out", "seen"]))?;
    let page = running.page("notice/trial-2026-1/")?;
    ensure!(page.starts_with("HTTP/1.1 200") && page.contains("关于试一试的通知"), "serve answers {page}");
    tree::write(&site.join("content/trial-2026-1.md"), NOTICE.replace("试一试", "改一个字"))?;
    running.until("notice/trial-2026-1/", "关于改一个字的通知")
}

/// Whether it passed, and what it said, to whichever of the two.
fn told(command: &mut Command) -> Result<(bool, String)> {
    let output = command.output().with_context(|| format!("{command:?} does not start"))?;
    let text = [output.stdout, output.stderr].map(|it| String::from_utf8_lossy(&it).replace('\r', ""));
    Ok((output.status.success(), text.concat()))
}

/// Byte for byte the site of the release.
fn same_site(made: &Path) -> Result<()> {
    let listed = |folder: &Path| -> Result<Vec<PathBuf>> {
        tree::files(folder)?.into_iter().map(|it| Ok(it.strip_prefix(folder)?.to_owned())).collect()
    };
    let wanted = path(SITE);
    let names = listed(&wanted)?;
    let here = listed(made)?;
    let odd: Vec<_> =
        here.iter().filter(|it| !names.contains(it)).chain(names.iter().filter(|it| !here.contains(it))).collect();
    ensure!(odd.is_empty(), "{} has other files than the release: {odd:?}", made.display());
    for name in names {
        let same = tree::read(&wanted.join(&name))? == tree::read(&made.join(&name))?;
        ensure!(same, "{} is not that of the release", made.join(&name).display());
    }
    Ok(())
}
