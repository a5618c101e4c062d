//! XML as a row of tags and texts, as much of it as workbooks use: names without their prefix, entities resolved.

use super::NotRead;

/// What stands next in the text.
pub enum Xml<'x> {
    /// `<c r="A1">`; one that is closed at once is followed by its [`Xml::End`].
    Start(&'x str, Attributes<'x>),
    End(&'x str),
    Text(String),
}

/// What stands in a tag behind its name.
#[derive(Clone, Copy)]
pub struct Attributes<'x>(&'x str);

pub struct XmlReader<'x> {
    rest: &'x str,
    /// The tag that was closed at once.
    closed: Option<&'x str>,
}

impl<'x> XmlReader<'x> {
    pub fn new(text: &'x str) -> XmlReader<'x> {
        XmlReader { rest: text, closed: None }
    }

    /// `None` at the end.
    pub fn next(&mut self) -> Result<Option<Xml<'x>>, NotRead> {
        if let Some(name) = self.closed.take() {
            return Ok(Some(Xml::End(name)));
        }
        loop {
            let Some(inside) = self.rest.strip_prefix('<') else {
                if self.rest.is_empty() {
                    return Ok(None);
                }
                let n = position(self.rest, '<').unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at(n);
                self.rest = rest;
                return Ok(Some(Xml::Text(resolved(text)?)));
            };
            if let Some(inside) = inside.strip_prefix("![CDATA[") {
                let (text, rest) = parted(inside, "]]>").ok_or(NotRead::Damaged)?;
                self.rest = rest;
                return Ok(Some(Xml::Text(text.to_owned())));
            }
            if let Some(inside) = inside.strip_prefix("!--") {
                self.rest = parted(inside, "-->").ok_or(NotRead::Damaged)?.1;
                continue;
            }
            // no program writes a document type, which could say that a letter is a million others
            if inside.starts_with('!') {
                return Err(NotRead::Damaged);
            }
            let n = tag_end(inside).ok_or(NotRead::Damaged)?;
            let (tag, rest) = (&inside[..n], &inside[n + 1..]);
            self.rest = rest;
            if tag.starts_with('?') {
                continue;
            }
            if let Some(name) = tag.strip_prefix('/') {
                return Ok(Some(Xml::End(local(name.trim_end()))));
            }
            let (tag, at_once) = tag.strip_suffix('/').map_or((tag, false), |it| (it, true));
            let n = tag.bytes().position(|it| it.is_ascii_whitespace()).unwrap_or(tag.len());
            let name = local(&tag[..n]);
            self.closed = at_once.then_some(name);
            return Ok(Some(Xml::Start(name, Attributes(&tag[n..]))));
        }
    }
}

impl Attributes<'_> {
    /// The value of an attribute, whatever its prefix.
    pub fn get(self, wanted: &str) -> Option<String> {
        let mut rest = self.0.trim_start();
        loop {
            let (name, after) = parted(rest, "=")?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|it| matches!(it, '"' | '\''))?;
            let n = position(&after[1..], quote)?;
            let value = &after[1..=n];
            if local(name.trim_end()) == wanted {
                return resolved(value).ok();
            }
            rest = after[n + 2..].trim_start();
        }
    }
}

fn local(name: &str) -> &str {
    position(name, ':').map_or(name, |at| &name[at + 1..])
}

/// Where an ASCII character stands.
fn position(text: &str, wanted: char) -> Option<usize> {
    text.bytes().position(|it| char::from(it) == wanted && it.is_ascii())
}

fn parted<'t>(text: &'t str, by: &str) -> Option<(&'t str, &'t str)> {
    let at = text.as_bytes().windows(by.len()).position(|it| it == by.as_bytes())?;
    Some((&text[..at], &text[at + by.len()..]))
}

/// Where a tag ends: at the first `>` that stands in no value.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    text.bytes().position(|byte| match (quote, byte) {
        (None, b'>') => true,
        (None, b'"' | b'\'') => {
            quote = Some(byte);
            false
        }
        (Some(begun), _) if begun == byte => {
            quote = None;
            false
        }
        _ => false,
    })
}

/// A text with its entities as the characters that they stand for, line ends as `\n`.
fn resolved(text: &str) -> Result<String, NotRead> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|it| matches!(it, b'&' | b'\r')) {
        out.push_str(&rest[..at]);
        if rest.as_bytes()[at] == b'\r' {
            out.push('\n');
            rest = rest[at + 1..].strip_prefix('\n').unwrap_or(&rest[at + 1..]);
            continue;
        }
        let (name, after) = parted(&rest[at + 1..], ";").ok_or(NotRead::Damaged)?;
        let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
        let character = match (name, name.strip_prefix("#x"), name.strip_prefix('#')) {
            ("amp", ..) => Some('&'),
            ("lt", ..) => Some('<'),
            ("gt", ..) => Some('>'),
            ("quot", ..) => Some('"'),
            ("apos", ..) => Some('\''),
            (_, Some(digits), _) => number(digits, 16),
            (_, None, Some(digits)) => number(digits, 10),
            (_, None, None) => None,
        };
        out.push(character.ok_or(NotRead::Damaged)?);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}
