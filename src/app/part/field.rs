//! Fields that never disturb typing: an input method is left alone, a wrong number is told in words and the last valid
//! answer stays.

use leptos::ev;
use leptos::html::Input;
use leptos::prelude::*;

use crate::app::browser;
use crate::rubric::{Fact, Measure, Points, Row};
use crate::score::{faults, typed, written};

use super::control::up_to;
use super::row::Desk;

/// A field for a number, and the words around it.
pub struct Number {
    fact: Fact,
    before: String,
    after: String,
    /// What − and ＋ change the value by, in the unit of the fact; 0 is without buttons.
    step: i64,
    most: Option<i64>,
    /// A button for the one value that is most often meant.
    usual: Option<(&'static str, i64)>,
}

impl Number {
    pub fn whole(fact: Fact, before: &str, after: &str) -> Number {
        Number { fact, before: before.to_owned(), after: after.to_owned(), step: 1, most: None, usual: None }
    }

    pub fn defects(unit: &str) -> Number {
        Number { usual: Some(("没有", 0)), ..Number::whole(Fact::Defects, "不符合", unit) }
    }

    pub fn decimal(fact: Fact, before: &str, after: &str) -> Number {
        Number { step: 0, ..Number::whole(fact, before, after) }
    }

    /// 酌情: steps of half a point up to the row's points.
    pub fn points(fact: Fact, worth: Points) -> Number {
        let most = i64::from(worth.in_tenths());
        Number { step: 5, most: Some(most), usual: Some(("满分", most)), ..Number::whole(fact, "自估", &up_to(worth)) }
    }
}

pub fn number(desk: Desk, row: &'static Row, it: Number) -> AnyView {
    let Number { fact, before, after, step, most, usual } = it;
    let measure = fact.measure();
    let field = NodeRef::<Input>::new();
    let refused = RwSignal::new(None::<String>);
    let value = Memo::new(move |_| desk.answers.with(|it| it.get(row.number, fact)));

    // takes what stands in the field if it is a value; `told` says why if it is not
    let take = move |told: bool| {
        let text = browser::text_in(field);
        match read(desk, row, fact, &text) {
            Ok(value) => {
                refused.set(None);
                desk.set(row.number, fact, value);
            }
            Err(why) if told => refused.set(Some(still(&why, measure, value.get_untracked()))),
            Err(_) => {}
        }
    };
    let tidy = move || {
        if refused.with_untracked(Option::is_none) {
            browser::put(field, &value.get_untracked().map(|it| written(measure, it)).unwrap_or_default());
        }
    };
    Effect::new(move |before: Option<Option<i64>>| {
        // set from elsewhere: a button, an undo, another tab
        let now = value.get();
        if before.is_none() || typed(measure, &browser::text_in(field)) != Ok(now) && refused.with_untracked(Option::is_none) {
            browser::put(field, &now.map(|it| written(measure, it)).unwrap_or_default());
        }
        now
    });
    Effect::new(move |_| {
        // another fact of the sheet may have made the refused number right
        desk.answers.track();
        if refused.with_untracked(Option::is_some) && read(desk, row, fact, &browser::text_in(field)).is_ok() {
            take(false);
        }
    });
    let to = move |value: i64| {
        refused.set(None);
        let value = value.clamp(0, most.unwrap_or(i64::MAX));
        match read(desk, row, fact, &written(measure, value)) {
            Ok(value) => desk.set(row.number, fact, value),
            Err(why) => refused.set(Some(why)),
        }
        browser::put(field, &desk.answers.with_untracked(|it| it.get(row.number, fact)).map(|it| written(measure, it)).unwrap_or_default());
    };
    let by = move |delta: i64| to(value.get_untracked().map_or(delta.max(0), |it| it + delta));
    let id = format!("f-{}-{fact:?}", row.number);
    let note = format!("{id}-e");
    let name = format!("{}{}", before, after);
    let button = move |sign: &'static str, word: &str, delta: i64| {
        (step != 0).then(|| {
            view! { <button type="button" tabindex="-1" aria-label=format!("{name} {word}", name = row_name(row)) on:click=move |_| by(delta)>{sign}</button> }
        })
    };
    let usual = usual.map(|(word, usual)| {
        let on = move || if value.get() == Some(usual) { "quick on" } else { "quick" };
        view! { <button type="button" class=on aria-pressed=move || (value.get() == Some(usual)).to_string() on:click=move |_| to(usual)>{word}</button> }
    });
    view! {
        <span class="count">
            <label for=id.clone()>{before}</label>
            <span class="stepper">
                {button("−", "减", -step)}
                <input
                    type="text" id=id.clone() node_ref=field autocomplete="off" aria-label=name
                    inputmode=if measure == Measure::Whole { "numeric" } else { "decimal" }
                    aria-invalid=move || refused.with(Option::is_some).then_some("true")
                    aria-describedby=note.clone()
                    on:input=move |event| if !browser::is_composing(&event) { take(false) }
                    on:compositionend=move |_| take(false)
                    on:change=move |_| { take(true); tidy() }
                    on:keydown=move |event: ev::KeyboardEvent| {
                        if browser::is_enter(&event) { take(true); tidy() }
                    }
                />
                {button("＋", "加", step)}
            </span>
            <span class="unit">{after}</span>
            {usual}
            <span class="wrong" id=note role="alert">{refused}</span>
        </span>
    }
    .into_any()
}

fn row_name(row: &Row) -> &str {
    if row.content.is_empty() { &row.standard } else { &row.content }
}

/// The text as a value that this row can have beside all the other answers.
fn read(desk: Desk, row: &Row, fact: Fact, text: &str) -> Result<Option<i64>, String> {
    let value = typed(fact.measure(), text).map_err(|it| it.to_string())?;
    let mut answers = desk.answers.get_untracked();
    answers.set(row.number, fact, value);
    let wrong = faults(desk.rubric, &answers).into_iter().find(|it| it.row == row.number && it.fact == fact);
    wrong.map_or(Ok(value), |it| Err(it.kind.to_string()))
}

fn still(why: &str, measure: Measure, value: Option<i64>) -> String {
    match value {
        Some(value) => format!("{why}；仍按 {} 计", written(measure, value)),
        None => format!("{why}；本格仍为未填"),
    }
}

/// A few words to choose from. Nothing is chosen at first.
pub fn choice(desk: Desk, row: &'static Row, fact: Fact, before: &'static str, words: &'static [(i64, &'static str)]) -> AnyView {
    let value = Memo::new(move |_| desk.answers.with(|it| it.get(row.number, fact)));
    let name = format!("c-{}-{fact:?}", row.number);
    let options: Vec<_> = words
        .iter()
        .map(|(this, word)| {
            let chosen = move || value.get() == Some(*this);
            view! {
                <label class=move || if chosen() { "on" } else { "" }>
                    <input type="radio" name=name.clone() prop:checked=chosen on:change=move |_| desk.set(row.number, fact, Some(*this))/>
                    {*word}
                </label>
            }
        })
        .collect();
    let label = if before.is_empty() { row_name(row) } else { before };
    view! {
        <span class="count">
            {(!before.is_empty()).then(|| view! { <span>{before}</span> })}
            <span class="seg" role="radiogroup" aria-label=label>{options}</span>
        </span>
    }
    .into_any()
}
