//! What `ziping build` does to a folder that is not its own: a host's files stay, its own are replaced, and nothing is
//! touched where something is in the way.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::built::{build, files_of, stand_ins};
use crate::{files, path};

/// A small site that can be edited, and the folder into which it is built.
struct Host {
    folder: TempDir,
}

impl Host {
    fn new() -> Host {
        let folder = tempfile::tempdir().expect("a folder");
        let right = path("tests/site");
        for file in files(&right, "") {
            let copy = folder.path().join("site").join(file.strip_prefix(&right).expect("below the site"));
            fs::create_dir_all(copy.parent().expect("a folder")).expect("a folder");
            fs::copy(&file, &copy).expect("a copy");
        }
        Host { folder }
    }

    fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("dist")
    }

    fn put(&self, name: &str, text: &str) {
        let file = self.out().join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }

    fn has(&self, name: &str) -> bool {
        self.out().join(name).is_file()
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.out().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn edit(&self, name: &str, from: &str, to: &str) {
        let file = self.site().join(name);
        let text = fs::read_to_string(&file).expect("a file");
        assert!(text.contains(from), "`{from}` is not in {name}");
        fs::write(file, text.replace(from, to)).expect("a file");
    }

    /// Builds, and gives what was told.
    fn built(&self) -> String {
        let run = build(&self.site(), &self.out());
        let told = String::from_utf8(run.stderr).expect("UTF-8");
        assert!(run.status.success() && run.stdout.is_empty(), "{told}");
        told
    }

    fn refused(&self) -> String {
        let run = build(&self.site(), &self.out());
        let told = String::from_utf8(run.stderr).expect("UTF-8");
        assert_eq!((run.status.code(), run.stdout.len()), (Some(1), 0), "{told}");
        told
    }

    fn assets(&self, start: &str) -> Vec<String> {
        let assets = files_of(&self.out().join("assets"));
        assets.into_keys().filter(|it| it.starts_with(start)).collect()
    }
}

const HOSTS: [&str; 6] =
    ["web.config", "CNAME", "files/附件1.docx", ".well-known/x.txt", "assets/logo.png", "notice/town-2021-2/图.png"];

#[test]
fn what_a_host_put_there_stays_and_is_told() {
    let host = Host::new();
    assert_eq!(host.built().lines().count(), 1);
    let before = files_of(&host.out());
    HOSTS.iter().for_each(|it| host.put(it, it));
    host.edit("content/town-2021-2.md", "一、备案", "一、备案一");
    let told = host.built();
    assert!(HOSTS.iter().all(|it| host.text(it) == *it), "{told}");
    assert!(told.contains("不是本程序写的，没有动：") && told.contains("CNAME") && told.contains("6 个"), "{told}");
    assert!(host.text("notice/town-2021-2/index.html").contains("备案一"));
    // ours are the same as in a folder that has nothing else, but for the old assets
    let ours: BTreeSet<String> = files_of(&host.out()).into_keys().collect();
    assert!(before.keys().all(|it| ours.contains(it)));
}

#[test]
fn a_notice_that_is_gone_is_removed_and_its_folder() {
    let host = Host::new();
    host.built();
    fs::write(host.site().join("content/third-2022-1.md"), NOTICE).expect("a file");
    host.built();
    assert!(host.has("notice/third-2022-1/index.html"));
    fs::remove_file(host.site().join("content/third-2022-1.md")).expect("it is there");
    let told = host.built();
    assert!(!host.out().join("notice/third-2022-1").exists());
    assert!(told.contains("已删除不再需要的：notice/third-2022-1/index.html"), "{told}");
    // changed by the host meanwhile: it stays
    fs::write(host.site().join("content/third-2022-1.md"), NOTICE).expect("a file");
    host.built();
    host.put("notice/third-2022-1/index.html", "moved");
    fs::remove_file(host.site().join("content/third-2022-1.md")).expect("it is there");
    let told = host.built();
    assert_eq!(host.text("notice/third-2022-1/index.html"), "moved");
    assert!(told.contains("被改动过，没有删除：notice/third-2022-1/index.html"), "{told}");
}

const NOTICE: &str = "+++\nnumber = \"某人社〔2022〕1号\"\nissuer = \"某局\"\ntitle = \"关于某事的通知\"\nissued = \"2022年1月5日\"\n+++\n\n正文。\n";

#[test]
fn assets_of_the_last_site_stay_for_thirty_days() {
    let host = Host::new();
    host.built();
    let first = host.assets("search-");
    host.edit("content/town-2021-2.md", "一、备案", "一、备案一");
    let told = host.built();
    assert_eq!((first.len(), host.assets("search-").len()), (1, 2), "{told}");
    assert!(host.has(&format!("assets/{}", first[0])) && told.contains("还留着") && told.contains("30 天"), "{told}");
    // the day on which it left is in the list: put it thirty days back
    let list = host.text(".ziping");
    let line = list.lines().find(|it| it.contains(&first[0])).expect("it is listed");
    let day = line.rsplit('\t').next().expect("a day");
    host.put(".ziping", &list.replace(day, "2020-01-01"));
    host.built();
    assert_eq!(host.assets("search-").len(), 1);
    assert!(!host.has(&format!("assets/{}", first[0])));
    // unless nothing is to be kept
    host.edit("content/town-2021-2.md", "一、备案一", "一、备案二");
    let mut run = Command::new(env!("CARGO_BIN_EXE_ziping"));
    run.arg("build").arg("--site").arg(host.site()).arg("--app").arg(host.out().with_extension("app"));
    assert!(run.arg("--out").arg(host.out()).args(["--keep", "0"]).status().expect("it runs").success());
    assert_eq!(host.assets("search-").len(), 1);
}

#[test]
fn the_first_site_in_a_folder_of_a_host_only_adds() {
    let host = Host::new();
    host.put("web.config", "<x/>");
    host.put("old/page.html", "old");
    host.built();
    assert_eq!((host.text("web.config"), host.text("old/page.html")), ("<x/>".to_owned(), "old".to_owned()));
    assert!(host.has("index.html") && host.has(".ziping"));
}

#[test]
fn a_file_of_the_host_in_the_way_is_told_and_nothing_is_written() {
    for (name, told_as) in [("index.html", "index.html"), ("notice", "notice"), ("feed.xml/x", "feed.xml/")] {
        let host = Host::new();
        host.put(name, "欢迎");
        let told = host.refused();
        assert!(told.contains("不会覆盖") && told.contains(told_as) && told.contains("没有改动"), "{told}");
        assert_eq!(files_of(&host.out()).into_keys().collect::<Vec<_>>(), [name]);
    }
    // also where a site was built before
    let host = Host::new();
    host.built();
    host.put("404.html", "找不到");
    let before = files_of(&host.out());
    host.edit("content/town-2021-2.md", "一、备案", "一、备案一");
    assert!(host.refused().contains("404.html"));
    assert!(files_of(&host.out()) == before);
}

#[test]
fn a_copy_without_the_list_is_known_by_its_own_words() {
    let host = Host::new();
    host.built();
    fs::remove_file(host.out().join(".ziping")).expect("it is there");
    host.edit("content/town-2021-2.md", "一、备案", "一、备案一");
    host.built();
    assert!(host.text("notice/town-2021-2/index.html").contains("备案一"));
    // a line put into a page, as every host in China needs one, is told before it is lost
    host.put("index.html", &host.text("index.html").replace("</body>", "<p>某ICP备1号</p></body>"));
    let told = host.built();
    assert!(told.contains("生成以后被改动过、现已换成新的：index.html"), "{told}");
    // the mark of versions that kept no list: all with our names is ours, the rest stays
    host.put(".ziping", "");
    host.put("CNAME", "x");
    host.edit("content/town-2021-2.md", "一、备案一", "一、备案二");
    host.built();
    assert!(host.text("notice/town-2021-2/index.html").contains("备案二") && host.has("CNAME"));
}

#[test]
fn a_page_that_is_the_same_is_not_written_again() {
    let host = Host::new();
    host.built();
    let time = |name: &str| fs::metadata(host.out().join(name)).and_then(|it| it.modified()).expect("a time");
    let long_ago = std::time::UNIX_EPOCH;
    for name in ["index.html", "feed.xml"] {
        let file = fs::File::options().append(true).open(host.out().join(name)).expect("a file");
        file.set_modified(long_ago).expect("it can be set");
    }
    host.built();
    assert_eq!((time("index.html"), time("feed.xml")), (long_ago, long_ago));
}

#[test]
fn packed_copies_of_older_pages_are_told() {
    let host = Host::new();
    host.built();
    host.put("index.html.gz", "gz");
    let told = host.built();
    assert!(told.contains("请重新压缩") && told.contains("index.html.gz"), "{told}");
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_stay_links() {
    let host = Host::new();
    let root = host.folder.path().join("www");
    fs::create_dir_all(root.join("elsewhere")).expect("a folder");
    std::os::unix::fs::symlink(&root, host.out()).expect("a link");
    std::os::unix::fs::symlink(root.join("elsewhere"), root.join("assets")).expect("a link");
    host.built();
    host.edit("content/town-2021-2.md", "一、备案", "一、备案一");
    host.built();
    let is_link = |it: &Path| fs::symlink_metadata(it).is_ok_and(|it| it.is_symlink());
    assert!(is_link(&host.out()) && is_link(&root.join("assets")));
    assert!(fs::read_to_string(root.join("notice/town-2021-2/index.html")).expect("a page").contains("备案一"));
    assert!(2 <= files_of(&root.join("elsewhere")).len());
    // one that leads nowhere
    let host = Host::new();
    std::os::unix::fs::symlink(host.folder.path().join("gone"), host.out()).expect("a link");
    assert!(host.refused().contains("指向的文件夹不存在"));
}

#[test]
fn a_site_is_not_built_over_its_sources() {
    let host = Host::new();
    for out in ["site", "site/content", "site/rubrics/tiny", "site/content/new"] {
        let before = files_of(&host.site());
        let mut run = Command::new(env!("CARGO_BIN_EXE_ziping"));
        let app = host.folder.path().join("app");
        stand_ins(&app);
        run.arg("build").arg("--site").arg(host.site()).arg("--app").arg(&app);
        let run = run.arg("--out").arg(host.folder.path().join(out)).output().expect("it runs");
        assert_eq!(run.status.code(), Some(1), "{out}");
        assert!(String::from_utf8_lossy(&run.stderr).contains("不能把网站生成到这里"), "{out}");
        assert!(files_of(&host.site()) == before, "{out}");
    }
}

#[cfg(unix)]
#[test]
fn a_site_that_cannot_be_put_in_place_leaves_the_old_one() {
    use std::os::unix::fs::PermissionsExt;
    let host = Host::new();
    host.built();
    let before = files_of(&host.out());
    // whoever runs this as root can write everywhere: a folder where a file is to be is refused to them too
    let folder = host.out().join("notice/town-2021-2");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).expect("they can be set");
    let closed = fs::write(folder.join("x"), "").is_err();
    host.edit("content/town-2021-2.md", "一、备案", "一、备案一");
    if closed {
        host.refused();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("they can be set");
        assert!(files_of(&host.out()) == before);
    }
    let _ = fs::remove_file(folder.join("x"));
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("they can be set");
}

/// Runs with its standard output on a device that is always full, and with nobody who listens.
#[cfg(target_os = "linux")]
#[test]
fn full_disks_and_closed_pipes_end_with_a_status() {
    let host = Host::new();
    fs::write(host.site().join("content/town-2021-2.md"), "x").expect("a file");
    let ziping = || Command::new(env!("CARGO_BIN_EXE_ziping"));
    let full = || Stdio::from(fs::File::options().write(true).open("/dev/full").expect("Linux has it"));
    let ended = |run: Output, status: i32, what: &str| {
        let told = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(status), "{what}: {told}");
        assert!(!told.contains("panicked"), "{what}: {told}");
        told
    };
    let check =
        |out: Stdio| ziping().arg("check").arg("--site").arg(host.site()).stdout(out).output().expect("it runs");
    assert!(ended(check(full()), 1, "check").contains("写不了标准输出"));
    let completions = |out: Stdio| ziping().args(["completions", "bash"]).stdout(out).output().expect("it runs");
    assert!(ended(completions(full()), 1, "completions").contains("写不了标准输出"));
    // nobody reads any more
    let closed = || Stdio::from(std::io::pipe().expect("a pipe").1);
    ended(check(closed()), 1, "check, closed");
    ended(completions(closed()), 0, "completions, closed");
    // nobody hears what is told
    let mut check = ziping();
    check.arg("check").arg("--site").arg(path("tests/site"));
    assert_eq!(check.stderr(closed()).status().expect("it runs").code(), Some(0));
    let app = host.folder.path().join("app");
    stand_ins(&app);
    let mut build = ziping();
    build.arg("build").arg("--site").arg(path("tests/site")).arg("--app").arg(&app).arg("--out").arg(host.out());
    assert_eq!(build.stderr(full()).status().expect("it runs").code(), Some(0));
}
