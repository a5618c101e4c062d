//! Elements with one type for all of them. A typed `view!` compiles its own build, rebuild and drop for every element
//! of every page; the same pages were 190 KB of brotli that way, twice the whole budget.

use leptos::ev::Custom;
use leptos::prelude::*;
use leptos::svg;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::tachys::html::element::custom;
use leptos::tachys::html::event::on;
use leptos::tachys::html::property::prop;

use crate::app::browser;

pub type Event = leptos::ev::Event;

/// An element being put together. One pointer, and its methods are never inlined: every page is made of calls to them.
pub struct El(Box<Parts>);

struct Parts {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

#[inline(never)]
pub fn el(tag: &'static str) -> El {
    El(Box::new(Parts { tag, attributes: Vec::new(), children: Vec::new() }))
}

/// `<a href>` with its words.
#[inline(never)]
pub fn link(href: String, words: impl IntoText) -> El {
    el("a").set("href", href).text(words)
}

/// A button that does something.
pub fn button(class: &'static str, words: &'static str, pressed: impl Fn() + 'static) -> El {
    button_boxed(class, words, Box::new(pressed))
}

#[inline(never)]
fn button_boxed(class: &'static str, words: &'static str, pressed: Box<dyn Fn()>) -> El {
    el("button").set("type", "button").set("class", class).text(words).on("click", move |_| pressed())
}

/// A field for files and its label. The field is out of sight and the label is the button, as the browser's own button is
/// small and has words in the browser's language.
#[inline(never)]
pub fn file_field(id: &'static str, accept: &'static str, words: &'static str) -> [El; 2] {
    let field = el("input").set("type", "file").set("id", id).set("accept", accept).class("vh");
    [field, el("label").class("quiet pick").set("for", id).text(words)]
}

/// Nothing at all.
#[inline(never)]
pub fn nothing() -> AnyView {
    ().into_any()
}

/// Several views where one is wanted.
#[inline(never)]
pub fn all(views: Vec<AnyView>) -> AnyView {
    views.into_any()
}

/// A view that follows its signals.
pub fn live(view: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    live_boxed(Box::new(view))
}

#[inline(never)]
fn live_boxed(view: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    (move || view()).into_any()
}

impl El {
    #[inline(never)]
    pub fn class(self, class: &'static str) -> El {
        self.set("class", class)
    }

    #[inline(never)]
    pub fn set(self, name: &'static str, value: impl IntoText) -> El {
        self.attribute(custom_attribute(name, value.into_text()).into_any_attr())
    }

    /// An attribute that is there or not.
    #[inline(never)]
    pub fn flag(self, name: &'static str, there: bool) -> El {
        if there { self.set(name, "") } else { self }
    }

    /// An attribute that follows its signals.
    pub fn live(self, name: &'static str, value: impl Fn() -> Option<String> + Send + 'static) -> El {
        self.live_boxed(name, Box::new(value))
    }

    #[inline(never)]
    fn live_boxed(self, name: &'static str, value: Box<dyn Fn() -> Option<String> + Send>) -> El {
        self.attribute(custom_attribute(name, value).into_any_attr())
    }

    /// The text in a field. Only the browser shows it; a page rendered to a file has empty fields.
    pub fn value(self, value: impl Fn() -> String + Send + 'static) -> El {
        self.value_boxed(Box::new(value))
    }

    #[inline(never)]
    fn value_boxed(self, value: Box<dyn Fn() -> String + Send>) -> El {
        self.attribute(prop("value", value).into_any_attr())
    }

    pub fn checked(self, checked: impl Fn() -> bool + Send + 'static) -> El {
        self.checked_boxed(Box::new(checked))
    }

    #[inline(never)]
    fn checked_boxed(self, checked: Box<dyn Fn() -> bool + Send>) -> El {
        self.attribute(prop("checked", checked).into_any_attr())
    }

    pub fn on(self, event: &'static str, heard: impl Fn(Event) + 'static) -> El {
        self.on_boxed(event, Box::new(heard))
    }

    #[inline(never)]
    fn on_boxed(self, event: &'static str, heard: Box<dyn Fn(Event)>) -> El {
        // Chromium reports the text of a field once more while the field is taken off the page: by then what it belonged to
        // is gone, and another row or another dossier may stand in its place
        let place = RwSignal::new(String::new());
        let heard = move |event: Event| {
            if !place.is_disposed() {
                heard(event);
            }
        };
        self.attribute(on(Custom::<Event>::new(event), heard).into_any_attr())
    }

    #[inline(never)]
    pub fn text(self, text: impl IntoText) -> El {
        self.view(text.into_text().into_any())
    }

    /// Words that follow their signals.
    pub fn words(self, words: impl Fn() -> String + Send + 'static) -> El {
        self.words_boxed(Box::new(words))
    }

    #[inline(never)]
    fn words_boxed(self, words: Box<dyn Fn() -> String + Send>) -> El {
        self.view((move || words()).into_any())
    }

    /// What is wrong with what was just put in, said at once.
    pub fn alert(self, words: impl Fn() -> String + Send + 'static) -> El {
        self.alert_boxed(Box::new(words))
    }

    #[inline(never)]
    fn alert_boxed(self, words: Box<dyn Fn() -> String + Send>) -> El {
        self.class("wrong").set("role", "alert").words(move || {
            let words = words();
            if !words.is_empty() {
                browser::spoken();
            }
            words
        })
    }

    #[inline(never)]
    pub fn child(self, child: El) -> El {
        self.view(child.done())
    }

    #[inline(never)]
    pub fn maybe(self, child: Option<El>) -> El {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    pub fn each(self, children: impl Iterator<Item = El>) -> El {
        children.fold(self, El::child)
    }

    #[inline(never)]
    pub fn view(mut self, child: AnyView) -> El {
        self.0.children.push(child);
        self
    }

    #[inline(never)]
    fn attribute(mut self, attribute: AnyAttribute) -> El {
        self.0.attributes.push(attribute);
        self
    }

    #[inline(never)]
    pub fn done(self) -> AnyView {
        let Parts { tag, attributes, children } = *self.0;
        match tag {
            "svg" => svg::svg().add_any_attr(attributes).child(children).into_any(),
            "path" => svg::path().add_any_attr(attributes).into_any(),
            "text" => svg::text().add_any_attr(attributes).child(children).into_any(),
            _ => custom(tag).add_any_attr(attributes).child(children).into_any(),
        }
    }
}

/// What can be shown as text: words of ours or of the documents.
pub trait IntoText {
    fn into_text(self) -> String;
}

impl IntoText for String {
    fn into_text(self) -> String {
        self
    }
}

impl IntoText for &str {
    fn into_text(self) -> String {
        self.to_owned()
    }
}
