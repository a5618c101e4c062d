//! A sheet that somebody goes to is drawn piece by piece: the first rows at once, the others as soon as these are seen, a group
//! at a time. Whoever looks for something on the page meanwhile has all of it at once.

use leptos::prelude::*;

use crate::app::part::html::{live, nothing};
use crate::app::part::memo;
use crate::app::{State, browser};
use crate::rubric::Rubric;

/// How many groups of a sheet are there, and how many it has.
#[derive(Clone, Copy)]
pub struct Drawn(RwSignal<usize>, usize);

/// A window has room for about so many rows.
const FIRST: usize = 4;

/// All of it where the browser goes to a place on the page by itself: at a row that the address names, or where the page was
/// left.
pub fn pieces(state: State, rubric: &'static Rubric) -> Drawn {
    let n = rubric.groups().count();
    let mut rows = 0;
    let first = rubric.groups().position(|(_, group)| {
        rows += group.rows.len();
        FIRST <= rows
    });
    let first = first.map_or(n, |at| at + 1);
    let whole = !state.live || state.came_back() || !browser::here().2.is_empty();
    let drawn = Drawn(RwSignal::new(if whole { n } else { first }), n);
    if !whole {
        browser::before_looking(move || drawn.all());
        browser::once_seen(move || drawn.next());
    }
    drawn
}

impl Drawn {
    /// One of the groups, as soon as it is its turn.
    pub fn piece(self, n: usize, rows: impl Fn() -> AnyView + Send + 'static) -> AnyView {
        let is = memo::number(move |_| u64::from(n < self.0.get()));
        live(move || if is.get() == 1 { rows() } else { nothing() })
    }

    /// 1 once all are there.
    pub fn last(self) -> Memo<u64> {
        memo::number(move |_| u64::from(self.1 <= self.0.get()))
    }

    fn all(self) {
        // most keys and clicks come when all is there
        if self.0.try_get_untracked().is_some_and(|now| now < self.1) {
            self.0.set(usize::MAX);
        }
    }

    fn next(self) {
        // the page may have been left meanwhile
        let Some(now) = self.0.try_get_untracked().filter(|it| *it < self.1) else { return };
        self.0.set(now + 1);
        browser::after(0, move || self.next());
    }
}
