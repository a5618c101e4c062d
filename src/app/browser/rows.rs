//! The bodies of a long table: those near the window as views with controls, the others as a line of text each.
#![expect(clippy::disallowed_methods, reason = "this is a part of the door to the browser")]

use std::cell::RefCell;
use std::rc::Rc;

use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, Node};

/// What a table shows of a row, by its key.
pub struct RowViews {
    pub view: Rc<dyn Fn(usize) -> AnyView>,
    pub text: Box<dyn Fn(usize) -> RowInWords>,
}

/// A row as text.
pub struct RowInWords {
    /// Its class, as it has it with controls.
    pub class: String,
    pub text: String,
}

/// A table with these bodies, in their order.
pub struct TableRows {
    table: HtmlElement,
    of: RowViews,
    /// Under this owner live the views.
    owner: Owner,
    rows: Vec<TableRow>,
}

struct TableRow {
    key: usize,
    number: usize,
    body: HtmlElement,
    content: RowContent,
}

enum RowContent {
    None,
    /// A line of text; the cell of its number.
    Text(Element),
    View {
        _shown: UnmountHandle<AnyViewState>,
    },
}

/// Up to this many rows all have controls.
const FEW: usize = 40;
/// Rows get controls as far beyond the window as this many windows are high, and have them at least to the half of that.
const AROUND: f64 = 1.0;

/// Shows rows in the table of that id. `rows` says, following its signals, which rows there are and which of them changed.
pub fn show_rows(id: String, of: RowViews, rows: impl Fn() -> (Vec<usize>, Vec<usize>) + 'static) {
    let owner = Owner::current().unwrap_or_default();
    let shown: Rc<RefCell<Option<TableRows>>> = Rc::default();
    let there = Rc::clone(&shown);
    let listener = window_event_listener_untyped("scroll", move |_| {
        if let Ok(mut it) = there.try_borrow_mut()
            && let Some(it) = &mut *it
        {
            it.look();
        }
    });
    on_cleanup(move || listener.remove());
    let of = RefCell::new(Some(of));
    Effect::new(move |_| {
        let (keys, changed) = rows();
        let Ok(mut shown) = shown.try_borrow_mut() else { return };
        if shown.is_none() {
            let table = document().get_element_by_id(&id).zip(of.take());
            let new = |(table, of): (Element, RowViews)| TableRows {
                table: table.unchecked_into(),
                of,
                owner: owner.clone(),
                rows: Vec::new(),
            };
            *shown = table.map(new);
        }
        if let Some(it) = &mut *shown {
            untrack(|| it.follow(&keys, &changed));
        }
    });
}

impl TableRows {
    /// Of a row that is there and did not change nothing is touched but its number.
    fn follow(&mut self, keys: &[usize], changed: &[usize]) {
        let mut old: Vec<Option<TableRow>> = self.rows.drain(..).map(Some).collect();
        let mut next = 0;
        for (key, number) in keys.iter().zip(1..) {
            let is = |row: &Option<TableRow>| row.as_ref().is_some_and(|it| it.key == *key);
            // mostly it is the one behind the one before
            let from = if old.get(next).is_some_and(is) { Some(next) } else { old.iter().position(is) };
            next = from.map_or(next, |it| it + 1);
            let there = from.and_then(|from| old[from].take());
            let Some(mut row) = there.or_else(|| TableRow::new(*key)) else { continue };
            let stale = match &row.content {
                RowContent::None => true,
                RowContent::Text(_) => changed.contains(key),
                RowContent::View { .. } => false,
            };
            if let RowContent::Text(cell) = &row.content
                && row.number != number
            {
                cell.set_text_content(Some(&number.to_string()));
            }
            row.number = number;
            if stale {
                row.fill(keys.len() <= FEW, &self.of, &self.owner);
            }
            self.rows.push(row);
        }
        for gone in old.into_iter().flatten() {
            gone.body.remove();
        }
        self.put_in_order();
        self.look();
    }

    /// Moves only what stands elsewhere.
    fn put_in_order(&self) {
        let Ok(Some(head)) = self.table.query_selector("thead") else { return };
        let mut before: Node = head.unchecked_into();
        for row in &self.rows {
            let body: &Node = &row.body;
            let next = before.next_sibling();
            if next.as_ref() != Some(body) {
                let _ = self.table.insert_before(body, next.as_ref());
            }
            before = body.clone();
        }
    }

    /// Gives the rows near the window their controls, and takes them from those far away.
    fn look(&mut self) {
        if self.rows.len() <= FEW {
            return self.fill_where(|_, _| true);
        }
        let (from, to) = self.near(AROUND / 2.0);
        let is_view = |row: &TableRow| matches!(row.content, RowContent::View { .. });
        if self.rows[from..to].iter().all(is_view) {
            return;
        }
        let (from, to) = self.near(AROUND);
        // a row somebody works in keeps its controls
        let used = document().active_element().and_then(|it| it.closest("tbody").ok().flatten());
        self.fill_where(|at, row| (from..to).contains(&at) || used.as_ref() == Some(&*row.body));
        // a line of text is as high as the rows with controls are, so that the page keeps its length
        let heights = self.rows[from..to].iter().map(|it| it.body.get_bounding_client_rect().height());
        let high = (heights.sum::<f64>() / (to - from).max(1) as f64).round();
        let _ = self.table.style().set_property("--row", &format!("{high}px"));
    }

    fn fill_where(&mut self, wanted: impl Fn(usize, &TableRow) -> bool) {
        for at in 0..self.rows.len() {
            let wanted = wanted(at, &self.rows[at]);
            let row = &mut self.rows[at];
            if wanted != matches!(row.content, RowContent::View { .. }) {
                row.fill(wanted, &self.of, &self.owner);
            }
        }
    }

    /// The rows in the window and as far beyond it as so many windows are high.
    fn near(&self, around: f64) -> (usize, usize) {
        let high = window().inner_height().ok().and_then(|it| it.as_f64()).unwrap_or(800.0);
        let rect = |it: &TableRow| it.body.get_bounding_client_rect();
        let from = self.rows.partition_point(|it| rect(it).bottom() < -around * high);
        let n = self.rows[from..].partition_point(|it| rect(it).top() < high + around * high);
        (from, from + n)
    }
}

impl TableRow {
    fn new(key: usize) -> Option<TableRow> {
        let body: HtmlElement = document().create_element("tbody").ok()?.unchecked_into();
        body.set_id(&row_id(key));
        Some(TableRow { key, number: 0, body, content: RowContent::None })
    }

    fn fill(&mut self, wanted: bool, of: &RowViews, owner: &Owner) {
        // what was there goes first
        self.content = RowContent::None;
        self.body.set_text_content(None);
        if wanted {
            let (view, key) = (Rc::clone(&of.view), self.key);
            let view: Box<dyn FnOnce() -> AnyView> = Box::new(move || view(key));
            let body = self.body.clone();
            self.body.set_class_name("");
            self.content = RowContent::View { _shown: owner.with(|| mount_to(body, view)) };
        } else if let Some(number) = self.write(&(of.text)(self.key)) {
            self.content = RowContent::Text(number);
        }
    }

    /// Writes the line of text; gives the cell of its number.
    fn write(&self, words: &RowInWords) -> Option<Element> {
        let [line, number, cell] = ["tr", "th", "td"].map(|tag| document().create_element(tag).ok());
        let (line, number, cell) = (line?, number?, cell?);
        number.set_text_content(Some(&self.number.to_string()));
        cell.set_text_content(Some(&words.text));
        number.set_attribute("scope", "row").ok()?;
        cell.set_attribute("colspan", "6").ok()?;
        line.append_child(&number).ok()?;
        line.append_child(&cell).ok()?;
        self.body.append_child(&line).ok()?;
        self.body.set_class_name(&format!("text {}", words.class));
        Some(number)
    }
}

/// The id of a row, by its key.
pub fn row_id(key: usize) -> String {
    format!("row-{key}")
}

/// Is the element open that told of having been opened or shut?
pub fn is_open(event: &Event) -> bool {
    let element = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    element.is_some_and(|it| it.has_attribute("open"))
}
