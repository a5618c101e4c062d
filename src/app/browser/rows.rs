//! The bodies of a long table: those near the window as views with controls, the others as a line of text each.
#![expect(clippy::disallowed_methods, reason = "this is a part of the door to the browser")]

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, Node};

use super::after;

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
    /// How high a line of text is, in pixels.
    high: f64,
    /// Is the page looked at again in a moment?
    later: bool,
    /// Have some rows near the window no controls yet, or some far away still theirs?
    halfway: bool,
}

struct TableRow {
    key: usize,
    number: usize,
    body: HtmlElement,
    content: RowContent,
}

enum RowContent {
    None,
    /// A line of text; the cell of its number, and the number that stands in it.
    Text(Element, usize),
    View {
        _shown: UnmountHandle<AnyViewState>,
    },
}

/// Up to this many rows all have controls.
const FEW: usize = 40;
/// So many rows beyond the window get their controls, or lose them, at a time, and the others a moment later: an edit that
/// scrolls the page far is not to wait for all of them.
const AT_ONCE: usize = 3;
/// So many lines of text are numbered anew at a time, as nobody sees them.
const NUMBERED_AT_ONCE: usize = 60;
/// A line of text may be so many pixels less or more high than the rows with controls: to change it is to lay out the whole
/// table.
const ABOUT: f64 = 16.0;
/// Rows get controls as far beyond the window as this many windows are high, and have them at least to the half of that.
const AROUND: f64 = 1.0;
/// They lose them beyond this; a row between the two stays as it is, as rows with and without controls differ in height.
const FAR: f64 = 1.25;

/// Shows rows in the table of that id. `rows` says, following its signals, which rows there are and which of them changed.
pub fn show_rows(id: String, of: RowViews, rows: impl Fn() -> (Vec<usize>, Vec<usize>) + 'static) {
    let owner = Owner::current().unwrap_or_default();
    let shown: Rc<RefCell<Option<TableRows>>> = Rc::default();
    let there = Rc::downgrade(&shown);
    let listener = window_event_listener_untyped("scroll", move |_| look(&there));
    on_cleanup(move || listener.remove());
    let of = RefCell::new(Some(of));
    let there = Rc::downgrade(&shown);
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
                high: 0.0,
                later: false,
                halfway: false,
            };
            *shown = table.map(new);
        }
        if let Some(it) = &mut *shown {
            untrack(|| it.follow(&keys, &changed));
        }
        drop(shown);
        look(&there);
    });
}

/// Looks which rows are near the window, and again while there are some for a moment later.
fn look(there: &Weak<RefCell<Option<TableRows>>>) {
    let Some(shown) = there.upgrade() else { return };
    let Ok(mut shown) = shown.try_borrow_mut() else { return };
    let Some(rows) = &mut *shown else { return };
    if untrack(|| rows.look()) && !rows.later {
        rows.later = true;
        let there = Weak::clone(there);
        after(0, move || {
            if let Some(shown) = there.upgrade()
                && let Ok(mut it) = shown.try_borrow_mut()
                && let Some(it) = &mut *it
            {
                it.later = false;
            }
            look(&there);
        });
    }
}

impl TableRows {
    /// Of a row that is there and did not change nothing is touched but its number, and of those above all that came, went or
    /// moved not even that.
    fn follow(&mut self, keys: &[usize], changed: &[usize]) {
        let same = |(row, key): &(&TableRow, &usize)| row.key == **key;
        let before = self.rows.iter().zip(keys).take_while(same).count();
        let most = self.rows.len().min(keys.len()) - before;
        let behind = self.rows.iter().rev().zip(keys.iter().rev()).take(most).take_while(same).count();
        let tail = self.rows.split_off(self.rows.len() - behind);
        let mut old: Vec<Option<TableRow>> = self.rows.split_off(before).into_iter().map(Some).collect();
        let mut next = 0;
        for key in &keys[before..keys.len() - behind] {
            let is = |row: &Option<TableRow>| row.as_ref().is_some_and(|it| it.key == *key);
            // mostly it is the one behind the one before
            let from = if old.get(next).is_some_and(is) { Some(next) } else { old.iter().position(is) };
            next = from.map_or(next, |it| it + 1);
            let there = from.and_then(|from| old[from].take());
            self.rows.extend(there.or_else(|| TableRow::new(*key)));
        }
        for gone in old.into_iter().flatten() {
            gone.body.remove();
        }
        self.put_in_order(before);
        self.rows.extend(tail);
        let few = keys.len() <= FEW;
        for (at, row) in self.rows.iter_mut().enumerate().skip(before) {
            row.number = at + 1;
            if matches!(row.content, RowContent::None) {
                row.fill(few, &self.of, &self.owner);
            }
        }
        for row in &mut self.rows {
            if matches!(row.content, RowContent::Text(..)) && changed.contains(&row.key) {
                row.fill(few, &self.of, &self.owner);
            }
        }
    }

    /// Puts the rows from this one on where they belong; moves only what stands elsewhere.
    fn put_in_order(&self, from: usize) {
        let Ok(Some(head)) = self.table.query_selector("thead") else { return };
        let above = from.checked_sub(1).and_then(|it| self.rows.get(it));
        let mut before: Node = above.map_or_else(|| head.unchecked_into(), |it| it.body.clone().unchecked_into());
        for row in &self.rows[from..] {
            let body: &Node = &row.body;
            let next = before.next_sibling();
            if next.as_ref() != Some(body) {
                let _ = self.table.insert_before(body, next.as_ref());
            }
            before = body.clone();
        }
    }

    /// Gives the rows near the window their controls, and takes them from those far away. `true` where some of that is left
    /// for a moment later.
    fn look(&mut self) -> bool {
        if self.rows.len() <= FEW {
            self.fill_where(usize::MAX, |_, _| Some(true));
            return false;
        }
        let controls = self.give_controls();
        let mut most = NUMBERED_AT_ONCE;
        let left = self.rows.iter_mut().any(|row| !row.write_number(&mut most));
        controls || left
    }

    fn give_controls(&mut self) -> bool {
        let (from, to) = self.near(AROUND / 2.0);
        let is_view = |row: &TableRow| matches!(row.content, RowContent::View { .. });
        if !self.halfway && self.rows[from..to].iter().all(is_view) {
            return false;
        }
        let [(first, last), (from, to), (least, most)] = [0.0, AROUND, FAR].map(|around| self.near(around));
        // a row somebody works in keeps its controls
        let used = document().active_element().and_then(|it| it.closest("tbody").ok().flatten());
        self.fill_where(usize::MAX, |at, _| (first..last).contains(&at).then_some(true));
        let left = self.fill_where(AT_ONCE, |at, row| {
            let near = (from..to).contains(&at) || used.as_ref() == Some(&*row.body);
            (near || !(least..most).contains(&at)).then_some(near)
        });
        self.halfway = left;
        if left {
            return true;
        }
        // a line of text is about as high as the rows with controls are, so that the page keeps its length
        let shown = self.rows[from..to].iter().filter(|it| is_view(it));
        let heights: Vec<f64> = shown.map(|it| it.body.get_bounding_client_rect().height()).collect();
        let high = (heights.iter().sum::<f64>() / heights.len().max(1) as f64).round();
        if ABOUT < (high - self.high).abs() {
            self.high = high;
            // as a whole number: what writes fractions is 14 KB
            let _ = self.table.style().set_property("--row", &format!("{}px", high as u32));
        }
        false
    }

    /// Gives controls to at most so many rows, or takes them; `true` where there are more.
    fn fill_where(&mut self, mut most: usize, wanted: impl Fn(usize, &TableRow) -> Option<bool>) -> bool {
        for at in 0..self.rows.len() {
            let row = &self.rows[at];
            let Some(wanted) = wanted(at, row) else { continue };
            if wanted != matches!(row.content, RowContent::View { .. }) {
                if most == 0 {
                    return true;
                }
                most -= 1;
                self.rows[at].fill(wanted, &self.of, &self.owner);
            }
        }
        false
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

    /// Writes the number of a line of text where another one stands, unless so many were written already: `false`.
    fn write_number(&mut self, most: &mut usize) -> bool {
        if let RowContent::Text(cell, stands) = &mut self.content
            && *stands != self.number
        {
            if *most == 0 {
                return false;
            }
            *most -= 1;
            *stands = self.number;
            cell.set_text_content(Some(&self.number.to_string()));
        }
        true
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
            self.content = RowContent::Text(number, self.number);
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
