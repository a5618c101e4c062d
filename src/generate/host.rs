//! What a host adds to its pages: its name above the head and in the last line, whom to ask, and the colour of the head. All of
//! it stands outside of what the app replaces, and a host that settles nothing has the pages without it.

use std::sync::Arc;

use crate::load::SiteSettings;

use super::html::Html;
use super::release::release_in_words;
use super::style::Inlined;

/// The rules for it, as they stand in each page after all others.
pub fn style(settings: &SiteSettings) -> Option<Arc<Inlined>> {
    let mut css = String::new();
    if !settings.name.is_empty() || !settings.contacts.is_empty() {
        css.push_str(STRIPS);
    }
    if let Some(colour) = &settings.colour {
        css.push_str(&COLOURED.replace("COLOUR", colour));
    }
    (!css.is_empty()).then(|| Arc::new(Inlined::new(css)))
}

const STRIPS: &str = ".host{background:var(--paper);color:var(--soft);font-size:15px;line-height:24px}.host p{padding-top:6px;\
padding-bottom:6px}.host.above{border-bottom:1px solid var(--line)}.large .host{font-size:20px;line-height:32px}.home>.whom{margin-bottom:20px}\
@media print{.host{display:none}}";

/// White words on the colour, which has been looked at when it was read. Fields stay as they are.
const COLOURED: &str = ".top,.host.above{background:COLOUR;border-color:COLOUR}.host.above,.brand,.brand b,.brand span,.top .toc,\
.top nav a,.top nav a:hover,.top nav a[aria-current],#large,#large[aria-pressed=\"true\"]{color:#fff}\
.top nav a[aria-current]{border-color:#fff}.top :focus-visible{outline-color:#fff}.search input{background:var(--paper);\
color:var(--ink)}";

/// What stands above the head of a page.
pub fn above(settings: &SiteSettings) -> String {
    let mut html = Html::default();
    if !settings.name.is_empty() {
        html.raw("<section class=\"host above\" aria-label=\"主办单位\"><p class=\"wrap\">").text(&settings.name);
        html.raw("</p></section>\n");
    }
    html.done()
}

/// What stands below the foot of a page, before the last line.
pub fn below(settings: &SiteSettings) -> String {
    let mut html = Html::default();
    let mut before = "<section class=\"host below\" aria-label=\"联系人\"><p class=\"wrap\">有疑问请问：";
    for person in &settings.contacts {
        let digits: String = person.phone.chars().filter(char::is_ascii_digit).collect();
        html.raw(before).raw("<span class=\"nw\">").text(&person.name).raw(" <a href=\"tel:").text(&digits);
        html.raw("\">").text(&person.phone).raw("</a></span>");
        before = "，";
    }
    if !settings.contacts.is_empty() {
        html.raw("</p></section>\n");
    }
    html.done()
}

/// The last line of pages, papers and files: who publishes it, and which release it is.
pub fn made_by(settings: &SiteSettings, release: &str) -> String {
    let release = release_in_words(release);
    if settings.name.is_empty() { release } else { format!("{}　{release}", settings.name) }
}
