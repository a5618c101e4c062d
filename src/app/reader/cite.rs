//! 引用: copies the number of the document and of a clause or row, its words, and its address.

use crate::app::browser;
use crate::search::Index;

/// Listens to the buttons that the generator put beside everything that has an address, and to those that print.
pub fn listen(index: &'static Index, root: &'static str) {
    browser::on_button("cite", move |id| {
        let (path, _, _) = browser::here();
        let address = path.strip_prefix(root).unwrap_or_default().trim_end_matches("index.html");
        let (doc, unit) = index.unit(address, id)?;
        let reference = [doc.number.as_str(), &unit.label].join(" ");
        let words = unit.text.replace('\n', "　");
        let copied = browser::copy(&format!("{reference}\n“{words}”\n{}", browser::address_of(id)));
        Some(if copied { "已复制" } else { "请按 Ctrl+C" })
    });
    browser::on_button("print", |_| {
        browser::print();
        None
    });
}
