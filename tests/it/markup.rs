//! Parses our own markup into a tree: enough of HTML to take words and addresses out of a built page.

pub struct Element {
    pub tag: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
}

enum Node {
    Text(String),
    Element(Element),
}

/// Elements without an end tag.
const VOID: [&str; 6] = ["meta", "link", "br", "input", "hr", "col"];

/// Parses a page into one element. Our markup is regular: an element that is not closed in order is a mistake.
pub fn parse(html: &str) -> Element {
    let mut open = vec![Element { tag: String::new(), attributes: Vec::new(), children: Vec::new() }];
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        open.last_mut().expect("the root").children.push(Node::Text(plain(text)));
        let (tag, after) = after.split_at(end_of_tag(after));
        rest = &after[1..];
        match tag.strip_prefix('/') {
            Some(tag) => close(&mut open, tag),
            None if tag.starts_with('!') => {}
            None => {
                let element = opened(tag);
                let void = VOID.contains(&&*element.tag);
                open.push(element);
                if void {
                    let tag = open.last().expect("just opened").tag.clone();
                    close(&mut open, &tag);
                }
            }
        }
    }
    assert!(rest.trim().is_empty() && open.len() == 1, "`{}` is not closed", open[open.len() - 1].tag);
    open.remove(0)
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    pub fn has_class(&self, name: &str) -> bool {
        self.attribute("class").is_some_and(|it| it.split(' ').any(|it| it == name))
    }

    /// This element and all elements in it, in the order of the page.
    pub fn all(&self) -> Vec<&Element> {
        let mut all = vec![self];
        for it in &self.children {
            if let Node::Element(it) = it {
                all.extend(it.all());
            }
        }
        all
    }

    /// The only element of this kind: `table.official`, `.lines`, or just a tag.
    pub fn one(&self, kind: &str) -> &Element {
        let (tag, class) = kind.split_once('.').unwrap_or((kind, ""));
        let is = |it: &&Element| (tag.is_empty() || it.tag == tag) && (class.is_empty() || it.has_class(class));
        let found: Vec<_> = self.all().into_iter().filter(is).collect();
        assert_eq!(found.len(), 1, "elements `{kind}`");
        found[0]
    }

    /// The words of the element, leaving out some elements in it.
    pub fn text_except(&self, left_out: &dyn Fn(&Element) -> bool) -> String {
        let texts = self.children.iter().map(|it| match it {
            Node::Text(text) => text.clone(),
            Node::Element(it) if left_out(it) => String::new(),
            Node::Element(it) => it.text_except(left_out),
        });
        texts.collect()
    }

    pub fn text(&self) -> String {
        self.text_except(&|_| false)
    }
}

/// Where the tag ends: at a `>` outside quotes.
fn end_of_tag(from: &str) -> usize {
    let mut quoted = false;
    let end = from.find(|it| {
        quoted ^= it == '"';
        it == '>' && !quoted
    });
    end.unwrap_or_else(|| panic!("a tag does not end: {}", from.chars().take(40).collect::<String>()))
}

fn opened(tag: &str) -> Element {
    let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let mut attributes = Vec::new();
    while let Some((name, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').unwrap_or_else(|| panic!("`{tag}` has an open quote"));
        // attributes without a value come before the name
        attributes.extend(name.split_whitespace().map(|it| (it.to_owned(), plain(value))));
        rest = after;
    }
    Element { tag: name.to_owned(), attributes, children: Vec::new() }
}

fn close(open: &mut Vec<Element>, tag: &str) {
    let element = open.pop().expect("the root");
    assert_eq!(element.tag, tag, "what is closed is not what was opened last");
    open.last_mut().expect("the root").children.push(Node::Element(element));
}

/// Text with its character references resolved.
fn plain(text: &str) -> String {
    let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2F;", "/"), ("&amp;", "&")];
    marks.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
