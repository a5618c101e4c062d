//! `ziping serve` while it runs, asked for pages. It ends with this value, whatever happens meanwhile.

use anyhow::{Context, Result, ensure};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// However busy the machine is: a first start under wine takes a few seconds.
const LIMIT: Duration = Duration::from_secs(120);

pub struct Running {
    child: Child,
    /// As `127.0.0.1:8080`.
    host: String,
}

impl Running {
    /// Waits until it says under which address it answers.
    pub fn start(mut command: Command) -> Result<Running> {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).stdin(Stdio::null()).spawn()?;
        let (said, heard) = mpsc::channel();
        let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        thread::spawn(move || said.send(lines.next()));
        let mut running = Running { child, host: String::new() };
        let line = heard.recv_timeout(LIMIT).ok().flatten().context("serve did not say where it answers")??;
        let host = line.trim().strip_prefix("http://").and_then(|it| it.strip_suffix('/'));
        running.host = host.with_context(|| format!("serve began with `{line}`"))?.to_owned();
        Ok(running)
    }

    /// Does this address lead here?
    pub fn is_at(&self, address: &str) -> bool {
        address.trim_matches('"').strip_prefix("http://").is_some_and(|it| it.trim_end_matches('/') == self.host)
    }

    /// The whole answer, head and page.
    pub fn page(&self, below: &str) -> Result<String> {
        let mut stream = TcpStream::connect(&self.host)?;
        stream.set_read_timeout(Some(LIMIT))?;
        write!(stream, "GET /{below} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.host)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    /// Asks again and again until the page has these words.
    pub fn until(&self, below: &str, words: &str) -> Result<()> {
        self.wait(
            || self.page(below).is_ok_and(|it| it.contains(words)),
            &format!("serve does not show `{words}`, which was saved"),
        )
    }

    /// Until it is so, or for as long as anything here may take.
    pub fn wait(&self, so: impl Fn() -> bool, otherwise: &str) -> Result<()> {
        let started = Instant::now();
        while !so() {
            ensure!(started.elapsed() < LIMIT, "{otherwise}");
            thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
