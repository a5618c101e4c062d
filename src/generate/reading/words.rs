//! The words of a notice as elements: links, emphasis, notes, and telephone numbers that a phone can dial.

use crate::app::State;
use crate::app::part::html::{El, el, link};
use crate::notice::{Inline, Target};

/// Where words are laid out.
#[derive(Clone, Copy)]
pub struct WordsPlace<'p> {
    pub state: State,
    /// The id under which a note stands on this page.
    pub note_id: &'p dyn Fn(usize) -> String,
    /// Inside a link there is no other link.
    pub linked: bool,
}

/// Adds the words to an element.
pub fn words(mut into: El, place: WordsPlace<'_>, words: &[Inline]) -> El {
    let inside = WordsPlace { linked: true, ..place };
    for inline in words {
        into = match inline {
            Inline::Text(text) if place.linked => into.text(text.as_str()),
            Inline::Text(text) => dialled(into, text),
            Inline::Strong(inner) => into.child(self::words(el("strong"), place, inner)),
            Inline::Link(_, inner) if place.linked => self::words(into, place, inner),
            Inline::Link(to, inner) => {
                into.child(self::words(el("a").set("href", href(place.state, to)), inside, inner))
            }
            Inline::Break => into.child(el("br")),
            Inline::Note(note) => {
                // the style sheet shows the mark: whoever copies the text gets the official words and no more
                let (sup, n) = (el("sup").class("ed"), (note + 1).to_string());
                let to = format!("#{}", (place.note_id)(*note));
                let mark = el("a").set("href", to).set("aria-label", format!("编者注{n}")).set("data-n", n.clone());
                into.child(if place.linked { sup.set("data-n", n) } else { sup.child(mark) })
            }
        };
    }
    into
}

pub fn href(state: State, to: &Target) -> String {
    match to {
        Target::Elsewhere(address) => address.clone(),
        // names of files may have blanks in them
        Target::Here { path, id } if id.is_empty() => format!("{}{}", state.root, path.replace(' ', "%20")),
        Target::Here { path, id } => format!("{}{path}#{id}", state.root),
    }
}

/// Text in which 0000-12345678, and a number after 电话：, can be dialled.
fn dialled(into: El, text: &str) -> El {
    let Some((from, to)) = telephone(text) else { return into.text(text) };
    let number: String = text[from..to].chars().filter(char::is_ascii_digit).collect();
    let into = into.text(&text[..from]).child(link(format!("tel:{number}"), &text[from..to]).class("tel"));
    if to < text.len() { dialled(into, &text[to..]) } else { into }
}

/// Where the first telephone number begins and ends, in bytes.
fn telephone(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        from += text[from..].find(|it: char| it.is_ascii_digit())?;
        let length = text[from..].find(|it: char| !it.is_ascii_digit() && it != '-').unwrap_or(text.len() - from);
        let number = &text[from..from + length];
        let area = number.split_once('-').filter(|(area, rest)| {
            area.starts_with('0') && matches!(area.len(), 3 | 4) && matches!(rest.len(), 7 | 8) && !rest.contains('-')
        });
        let told = matches!(length, 7 | 8 | 11)
            && !number.contains('-')
            && text[..from].trim_end().ends_with(['：', '话'])
            && text[..from].contains("电话");
        if area.is_some() || told {
            return Some((from, from + length));
        }
        from += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_are_found() {
        let found = |text: &'static str| telephone(text).map(|(from, to)| &text[from..to]);
        assert_eq!(found("某甲 0000-12345678"), Some("0000-12345678"));
        assert_eq!(found("联系电话：1234567"), Some("1234567"));
        for none in ["6-18-01-01", "2021年", "编号 1234567", "0—8", ""] {
            assert_eq!(found(none), None, "{none}");
        }
    }
}
