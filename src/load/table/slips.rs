//! Slips of whoever edits a TOML file: full-width marks, a quote that is missing, a row without its heading. Each is told
//! once, by its name, and mended in a copy, so that it has no consequences and everything else can still be checked.

mod line;
mod says;

use toml::de::{DeTable, Error};

use line::{Last, Scan, begins_statement};
use says::Slipped;

/// A slip: the number of its line from 0, and what to say about it.
pub struct Slip {
    pub line: usize,
    pub says: String,
}

/// A text that is not TOML, mended line by line.
pub struct Mended {
    /// It has as many lines as the text.
    pub text: String,
    pub slips: Vec<Slip>,
    /// Nothing is left that could not be read.
    pub whole: bool,
}

/// So many slips are told of one file.
const MOST: usize = 50;
/// What quotes a text of several lines.
pub const TRIPLE: &str = "\"\"\"";

/// Mends what it knows. `text` is not TOML.
pub fn mended(text: &str) -> Mended {
    let mut mender = Mender { lines: text.split('\n').collect(), out: Vec::new(), slips: Vec::new() };
    mender.lines();
    let Mender { mut out, mut slips, .. } = mender;
    let whole = repeated(&mut out, &mut slips);
    slips.sort_by_key(|it| it.line);
    slips.dedup_by_key(|it| it.line);
    slips.truncate(MOST);
    Mended { text: out.join("\n"), slips, whole }
}

struct Mender<'m> {
    lines: Vec<&'m str>,
    out: Vec<String>,
    slips: Vec<Slip>,
}

impl Mender<'_> {
    fn say(&mut self, line: usize, said: &Slipped) {
        self.slips.push(Slip { line, says: said.to_string() });
    }

    fn lines(&mut self) {
        // brackets that are open, with their lines
        let mut open: Vec<(char, usize)> = Vec::new();
        let mut last = Last::Start;
        let quotes_names = self.lines.iter().any(|it| line::has_quoted_key(it));
        let mut at = 0;
        while at < self.lines.len() {
            let line = self.lines[at].trim_end_matches('\r');
            if !open.is_empty() && begins_statement(line) {
                self.close(&mut open);
            }
            if open.is_empty() {
                last = Last::Start;
            }
            let below = self.lines.get(at + 1).copied().unwrap_or_default();
            let heading = (open.is_empty() && line.trim_start().starts_with(['[', '［', '【', '〔']))
                .then(|| line::heading(line, &self.lines));
            let mut scan = Scan::new(line, below, at, &mut open, last);
            scan.quotes_names = quotes_names;
            match heading {
                Some((mended, said)) => {
                    scan.out = mended;
                    scan.said = said.into_iter().collect();
                }
                None => scan.run(),
            }
            let Scan { out, said, left_open, multi, takes_next, last: now, .. } = scan;
            last = now;
            self.out.push(out);
            left_open.iter().for_each(|(bracket, line)| self.say(*line, &Slipped::Open(*bracket)));
            if let Some(said) = Slipped::of_line(said) {
                self.say(at, &said);
            }
            at += 1;
            if takes_next {
                // the rest of a text that was broken into two lines
                self.out.push(format!("# {}", self.lines[at]));
                at += 1;
            }
            if multi {
                at = self.rest_of_text(at);
                last = Last::Value;
            }
        }
        self.close(&mut open);
    }

    /// Copies the lines of a text in three quotes up to its end, and gives the line after it.
    fn rest_of_text(&mut self, from: usize) -> usize {
        let opened = from - 1;
        for at in from..self.lines.len() {
            let line = self.lines[at].trim_end_matches('\r');
            if let Some((before, after)) = line.split_once(TRIPLE) {
                let odd =
                    after.chars().find(|it| ",，;；。".contains(*it)).filter(|_| !after.contains(['#', ']', '}']));
                if let Some(odd) = odd.filter(|_| self.slips.last().is_none_or(|it| it.line != opened)) {
                    self.say(at, &Slipped::ExtraMark(odd));
                }
                let after = if odd.is_some() { "" } else { after };
                self.out.push(format!("{before}{TRIPLE}{after}"));
                return at + 1;
            }
            if let Some((before, _)) = ["”””", "“““", "＂＂＂"].iter().find_map(|it| line.split_once(it))
            {
                self.out.push(format!("{before}{TRIPLE}"));
                if self.slips.last().is_none_or(|it| it.line != opened) {
                    self.say(at, &Slipped::Wide(vec!['”']));
                }
                return at + 1;
            }
            if begins_statement(line) {
                break;
            }
            self.out.push(line.to_owned());
        }
        self.say(opened, &Slipped::TripleOpen);
        // blank lines below it are no part of the text
        while from < self.out.len() && self.out.last().is_some_and(|it| it.trim().is_empty()) {
            self.out.pop();
        }
        self.out.last_mut().expect("its first line is there").push_str(TRIPLE);
        self.out.len()
    }

    /// Closes all brackets at the end of what is written so far.
    fn close(&mut self, open: &mut Vec<(char, usize)>) {
        let Some((bracket, line)) = open.first().copied() else { return };
        self.say(line, &Slipped::Open(bracket));
        let closing: String = open.drain(..).rev().map(|it| if it.0 == '[' { ']' } else { '}' }).collect();
        let full = |it: &&mut String| !it.trim().is_empty() && !it.trim_start().starts_with('#');
        if let Some(last) = self.out.iter_mut().rev().find(full) {
            last.push_str(&closing);
        }
    }
}

/// Tells and mends what is written twice; of what is still no TOML the first is told. Returns whether all is TOML now.
fn repeated(lines: &mut [String], slips: &mut Vec<Slip>) -> bool {
    for _ in 0..MOST {
        let text = lines.join("\n");
        let mut errors = DeTable::parse_recoverable(&text).1;
        errors.sort_by_key(|error| error.span().map_or(0, |it| it.start));
        let Some(first) = errors.first() else { return true };
        let line_of = |error: &Error| {
            let at = error.span().map_or(0, |it| it.start).min(text.len());
            text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count()
        };
        let at = line_of(first);
        let key = line::key_of(&lines[at]);
        let heading = lines[at].trim_start().starts_with('[');
        if !first.message().contains("duplicate") || heading || key.is_none() {
            let told = slips.iter().any(|it| it.line == at);
            let says = match (first.message().contains("duplicate"), heading) {
                (true, true) => Slipped::HeadingTwice(lines[at].trim().to_owned()),
                _ => Slipped::Other(first.message().to_owned()),
            };
            if !told {
                slips.push(Slip { line: at, says: says.to_string() });
            }
            return false;
        }
        let key = key.expect("there is one");
        let twice = errors.iter().filter(|error| error.message().contains("duplicate"));
        let together: Vec<usize> = twice.map(line_of).filter(|line| *line != at).collect();
        let n_more = (at + 1..).take_while(|line| together.contains(line)).count();
        match missing_heading(lines, at) {
            Some((free, heading)) => {
                let key = lines[free + 1..].iter().find_map(|it| line::key_of(it)).unwrap_or(key);
                let says = Slipped::NoHeading(key, heading.trim().to_owned()).to_string();
                slips.push(Slip { line: free + 1, says });
                lines[free] = heading;
            }
            None if 0 < n_more => {
                let above = lines[..at].iter().rev().find(|it| it.trim_start().starts_with('['));
                let above = above.map_or(String::new(), |it| it.trim().to_owned());
                slips.push(Slip { line: at, says: Slipped::NoHeading(key, above).to_string() });
                return false;
            }
            None => {
                let first = (0..at).rev().find(|it| line::key_of(&lines[*it]).as_ref() == Some(&key));
                let says = Slipped::Twice(key, first.map_or(0, |it| it + 1)).to_string();
                slips.push(Slip { line: at, says });
                let ends = lines.get(at + 1).is_none_or(|it| it.trim().is_empty() || begins_statement(it));
                if !ends {
                    return false;
                }
                lines[at].insert_str(0, "# ");
            }
        }
    }
    false
}

/// Where the heading of a block is missing whose key is there twice: an empty line or a comment between the two, and the
/// heading that makes the text right.
fn missing_heading(lines: &[String], at: usize) -> Option<(usize, String)> {
    let begins = lines[..at].iter().rposition(|it| it.trim_start().starts_with('['))?;
    let unused = |line: &String| line.trim().is_empty() || line.trim_start().starts_with('#');
    let used = |from: usize, to: usize| lines[from..to].iter().any(|line| !unused(line));
    let free = (begins + 1..at).rev().find(|n| unused(&lines[*n]) && used(begins + 1, *n))?;
    let key_below = |from: usize| lines[from..].iter().find_map(|it| line::key_of(it));
    let n_of = |heading: &String| lines.iter().filter(|it| *it == heading).count();
    let usual = lines.iter().filter(|it| it.starts_with("[[")).max_by_key(|heading| n_of(heading));
    // a block like the one above begins with the same key
    let alike = key_below(begins + 1) == key_below(free + 1);
    let heading = if alike { lines.get(begins) } else { usual }?.clone();
    let n_errors = |lines: &[String]| DeTable::parse_recoverable(&lines.join("\n")).1.len();
    let mut mended = lines.to_vec();
    mended[free].clone_from(&heading);
    (n_errors(&mended) < n_errors(lines)).then_some((free, heading))
}
