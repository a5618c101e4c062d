//! `docs/clerk.md` as a page for whoever has nothing that shows Markdown, with its pictures beside it.

use super::archive::Entry;
use crate::{run::path, tree};
use anyhow::{Context, Result, bail};
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, html};

/// In ASCII, as the other names in an archive.
pub const PAGE: &str = "guide-zh.html";
const PICTURES: &str = "guide-zh/";

/// The page and its pictures. It looks as the page to begin with, whose text is `beginning`.
pub fn guide(beginning: &str) -> Result<Vec<Entry>> {
    let text = tree::text(&path("docs/clerk.md"))?;
    let mut all = Vec::new();
    let page = page(&text, beginning, &mut |picture| {
        let name = picture.strip_prefix("clerk/").context("a picture of docs/clerk.md lies in docs/clerk")?;
        all.push(Entry::new(format!("{PICTURES}{name}"), tree::read(&path("docs/clerk").join(name))?));
        Ok(format!("{PICTURES}{name}"))
    })?;
    all.insert(0, Entry::new(PAGE, page));
    Ok(all)
}

/// The text as a page with the head of another one. `picture` says where each picture lies beside it.
fn page(text: &str, beginning: &str, picture: &mut dyn FnMut(&str) -> Result<String>) -> Result<String> {
    let (head, _) = beginning.split_once("<title>").context("a page has a title")?;
    let (_, style) = beginning.split_once("</title>").context("a page has a title")?;
    let (style, _) = style.split_once("<body>").context("a page has a body")?;
    let title =
        text.lines().next().and_then(|it| it.strip_prefix("# ")).context("docs/clerk.md begins with its title")?;
    let events = Parser::new(text).filter_map(|event| shown(event, picture).transpose()).collect::<Result<Vec<_>>>()?;
    let mut page = format!("{head}<title>{title}</title>{style}<body>\n");
    html::push_html(&mut page, events.into_iter());
    Ok(page + "</body>\n</html>\n")
}

/// What becomes of a piece of the text; an error for what the style of the page does not know.
fn shown<'t>(event: Event<'t>, picture: &mut dyn FnMut(&str) -> Result<String>) -> Result<Option<Event<'t>>> {
    Ok(match event {
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Some(Event::Start(Tag::Image { link_type, dest_url: picture(&dest_url)?.into(), title, id }))
        }
        // between words of Chinese a line end would be a blank
        Event::SoftBreak => None,
        known @ (Event::End(_)
        | Event::Text(_)
        | Event::Code(_)
        | Event::Start(
            Tag::Heading { level: HeadingLevel::H1 | HeadingLevel::H2, .. }
            | Tag::Paragraph
            | Tag::Strong
            | Tag::List(_)
            | Tag::Item
            | Tag::CodeBlock(_),
        )) => Some(known),
        other => bail!("docs/clerk.md has {other:?}, which its page does not show"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beginning() -> String {
        tree::text(&path("docs/release/program.html")).unwrap()
    }

    /// The words of a page, without its tags and what stands in their place.
    fn words(html: &str) -> String {
        let mut words = String::new();
        let (_, body) = html.split_once("<body>").unwrap();
        for piece in body.split('<').skip(1) {
            let (tag, text) = piece.split_once('>').unwrap();
            words += tag.split_once("alt=\"").map_or("", |it| it.1.trim_end_matches(['/', ' ', '"']));
            words += text;
        }
        let words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        words.split_whitespace().collect()
    }

    #[test]
    fn the_page_has_every_word_of_the_guide_and_every_picture() {
        let all = guide(&beginning()).unwrap();
        let page = String::from_utf8(all[0].bytes.clone()).unwrap();
        let text = tree::text(&path("docs/clerk.md")).unwrap();
        // what marks a heading, an item, a block, code, a picture
        let mut fenced = false;
        let mut expected = String::new();
        for line in text.lines() {
            if line == "```" {
                fenced = !fenced;
            } else if fenced {
                expected += line;
            } else {
                let line = line.trim_start_matches(['#', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
                let line = line.strip_prefix(". ").unwrap_or(line).replace("**", "").replace('`', "");
                let picture = line.strip_prefix("![").and_then(|it| it.split_once("](")).map(|it| it.0.to_owned());
                expected += &picture.unwrap_or(line);
            }
        }
        assert_eq!(words(&page), expected.split_whitespace().collect::<String>());
        let shown: Vec<&str> = page.split("src=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
        let beside: Vec<&str> = all[1..].iter().map(|it| it.name.as_str()).collect();
        assert!(shown == beside && 5 <= beside.len(), "{shown:?} {beside:?}");
        let pictures = tree::files(&path("docs/clerk")).unwrap().len();
        assert!(all.iter().all(|it| it.name.is_ascii() && !it.bytes.is_empty()) && beside.len() == pictures);
        assert!(
            page.contains("<title>给管数据的人</title>") && page.contains("charset=utf-8") && page.contains("<style")
        );
    }

    #[test]
    fn the_same_guide_gives_the_same_page() {
        let bytes = |all: Vec<Entry>| all.into_iter().map(|it| (it.name, it.bytes)).collect::<Vec<_>>();
        assert_eq!(bytes(guide(&beginning()).unwrap()), bytes(guide(&beginning()).unwrap()));
    }

    #[test]
    fn what_the_page_cannot_show_is_told() {
        let told = |text: &str| {
            page(&format!("# 题\n\n{text}\n"), &beginning(), &mut |it| Ok(it.to_owned())).map_err(|it| it.to_string())
        };
        assert!(
            told("一段`a<b`和**字**。")
                .unwrap()
                .ends_with("<h1>题</h1>\n<p>一段<code>a&lt;b</code>和<strong>字</strong>。</p>\n</body>\n</html>\n")
        );
        for odd in ["<b>字</b>", "[字](other.md)", "> 引用", "---", "#### 标题"] {
            assert!(told(odd).unwrap_err().contains("which its page does not show"), "{odd}");
        }
    }
}
