//! Runs `ziping serve`, and reads what it answers on real connections.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use crate::built::{files_of, stand_ins};
use crate::{files, path};

/// The longest wait. It only ends a test that has failed already.
const FOR_EVER: Duration = Duration::from_secs(60);

/// The running program, which is ended after the test.
pub struct Served {
    pub site: TempDir,
    pub child: Child,
    pub address: String,
    /// What it printed before it was ready.
    pub first: String,
    said: Receiver<String>,
}

impl Served {
    pub fn start(site: TempDir) -> Served {
        let command = command(site.path(), "0");
        Served::run(site, command)
    }

    pub fn run(site: TempDir, mut command: Command) -> Served {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
        let stderr = BufReader::new(child.stderr.take().expect("piped"));
        let (say, said) = channel();
        thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|it| say.send(it)));
        let mut address = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut address).expect("an address");
        let first = String::new();
        let mut served = Served { site, child, address: address.trim().to_owned(), first, said };
        assert!(served.address.starts_with("http://127.0.0.1:"), "{address}");
        served.first = served.told("按 Ctrl+C 结束");
        served
    }

    pub fn host(&self) -> &str {
        self.address.trim_start_matches("http://").trim_end_matches('/')
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.site.path().join(name)
    }

    /// The folder that is served.
    pub fn out(&self) -> PathBuf {
        let mut folders = fs::read_dir(self.file("tmp")).expect("a folder");
        folders.next().expect("one").expect("an entry").path().join("site")
    }

    /// The address of an asset by its name without the hash: `style.css`.
    pub fn asset(&self, name: &str) -> String {
        let (start, end) = name.split_once('.').expect("a name with an ending");
        let of_name = |it: &&String| it.starts_with(&format!("{start}-")) && it.ends_with(&format!(".{end}"));
        format!("/assets/{}", files_of(&self.out().join("assets")).keys().find(of_name).expect("an asset"))
    }

    pub fn edit(&self, file: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.file(file)).expect("a file");
        assert!(text.contains(from), "`{from}` is not in {file}");
        fs::write(self.file(file), text.replace(from, to)).expect("a file");
    }

    /// What it prints from now on, up to and including a line that contains `last`.
    pub fn told(&self, last: &str) -> String {
        let mut all = String::new();
        while !all.contains(last) {
            match self.said.recv_timeout(FOR_EVER) {
                Ok(line) => all += &format!("{line}\n"),
                Err(_) => panic!("`{last}` is not in\n{all}"),
            }
        }
        all
    }

    pub fn check(&self) -> Output {
        let mut check = Command::new(env!("CARGO_BIN_EXE_ziping"));
        check.arg("check").arg("--site").arg(self.site.path()).output().expect("it runs")
    }

    pub fn connect(&self) -> TcpStream {
        let connection = TcpStream::connect(self.host()).expect("somebody listens");
        connection.set_read_timeout(Some(FOR_EVER)).expect("a time");
        connection
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> TcpStream {
        let mut connection = self.connect();
        let headers: String = headers.iter().map(|it| format!("{}: {}\r\n", it.0, it.1)).collect();
        write!(connection, "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}\r\n")
            .expect("it is read");
        connection
    }

    pub fn get(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        answer(self.send(method, path, headers))
    }

    /// Asks for the next version, as an open page does.
    pub fn ask_for_the_next(&self, page: &Answer) -> TcpStream {
        self.send("GET", &format!("/-/reload?{}", page.version()), &[])
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn command(site: &Path, port: &str) -> Command {
    let mut command = without_port(site);
    command.args(["--port", port]);
    command
}

pub fn without_port(site: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ziping"));
    command.arg("serve").arg("--site").arg(site).arg("--app").arg(site.join("app")).env("TMPDIR", site.join("tmp"));
    command
}

/// The files that a county centre has of the real site.
pub fn site() -> TempDir {
    let site = tempfile::tempdir().expect("a folder");
    for from in ["content", "rubrics", "style"].iter().flat_map(|it| files(&path(it), "")).chain([path("site.toml")]) {
        let to = site.path().join(from.strip_prefix(path("")).expect("in the repository"));
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::copy(from, to).expect("a copy");
    }
    fs::create_dir(site.path().join("tmp")).expect("a folder");
    stand_ins(&site.path().join("app"));
    site
}

pub struct Answer {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|it| it.split_once(": "));
        lines.into_iter().find(|it| it.0.eq_ignore_ascii_case(name)).map_or("", |it| it.1)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Which build the page is of.
    pub fn version(&self) -> String {
        let text = self.text();
        let after = text.split("data-version=\"").nth(1).expect("a page with the script");
        after.split('"').next().unwrap_or_default().to_owned()
    }
}

/// Reads everything until the connection is closed.
pub fn answer(mut connection: TcpStream) -> Answer {
    let mut bytes = Vec::new();
    connection.read_to_end(&mut bytes).expect("an answer");
    let end = bytes.windows(4).position(|it| it == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|it| it.parse().ok()).expect("a status");
    Answer { status, head, body: bytes.split_off(end + 4) }
}
