//! What a command says to the person before the terminal: how far it is, what was left out, how it went. With `--quiet`
//! nothing.

use std::fmt::Display;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::ends::DataIn;
use super::lines::Tally;
use super::words::say;

#[derive(Clone, Copy)]
pub struct Teller {
    pub quiet: bool,
}

impl Teller {
    pub fn say(self, words: impl Display) {
        if !self.quiet {
            say(words);
        }
    }

    /// Reads file by file and shows how far it is, where somebody can see it: the bar is for a terminal, and not where
    /// the results themselves go to that terminal. `read` is given the file's name only where there are several.
    ///
    /// # Errors
    /// Those of `read`, or a file that cannot be opened any more.
    pub fn each(
        self,
        files: &[PathBuf],
        mut read: impl FnMut(Option<&str>, DataIn, &mut dyn FnMut(u64)) -> Result<Tally>,
    ) -> Result<Tally> {
        self.each_raw(files, |file, input, progress| read(file, input.text()?, progress))
    }

    /// The same with the bytes as they are, of whatever encoding or kind the files are.
    ///
    /// # Errors
    /// As `each`.
    pub fn each_raw(
        self,
        files: &[PathBuf],
        mut read: impl FnMut(Option<&str>, DataIn, &mut dyn FnMut(u64)) -> Result<Tally>,
    ) -> Result<Tally> {
        let mut tally = Tally::default();
        for (n, path) in files.iter().enumerate() {
            let input = DataIn::open(path)?;
            let name = path.to_string_lossy();
            let of = if 1 < files.len() { format!("（{}/{}）{name} ", n + 1, files.len()) } else { String::new() };
            let bar = self.bar(of, input.length);
            let done = read((1 < files.len()).then_some(&*name), input, &mut |read| bar.set_position(read));
            bar.finish_and_clear();
            tally += done?;
        }
        Ok(tally)
    }

    fn bar(self, of: String, length: Option<u64>) -> ProgressBar {
        if self.quiet || !io::stderr().is_terminal() || io::stdout().is_terminal() {
            return ProgressBar::hidden();
        }
        let style = match length {
            Some(_) => "{prefix}{bar:40} {bytes}/{total_bytes}，剩余 {eta}",
            None => "{prefix}{spinner} 已读 {bytes}",
        };
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr());
        bar.set_style(ProgressStyle::with_template(style).expect("the template is ours"));
        bar.with_prefix(of)
    }
}
