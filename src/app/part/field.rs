//! Fields that never disturb typing: an input method is left alone, a wrong number is told in words and the last valid
//! answer stays.

use leptos::prelude::*;

use crate::app::browser;
use crate::rubric::{Fact, Measure, Points, Row};
use crate::score::{faults_of, typed, written};

use super::html::{El, Event, button, el};
use super::sheet_editor::SheetEditor;

/// A field for a number, and the words around it.
pub struct NumberField {
    fact: Fact,
    before: &'static str,
    after: String,
    /// What − and ＋ change the value by, in the unit of the fact; with 0 there are no such buttons.
    step: i64,
    most: i64,
    /// A button for the best value, before the field as what is good comes first, and one for having none, after it.
    usual: Option<(&'static str, i64)>,
    none: Option<&'static str>,
}

impl NumberField {
    pub fn whole(fact: Fact, before: &'static str, after: &str) -> NumberField {
        NumberField { fact, before, after: after.to_owned(), step: 1, most: i64::MAX, usual: None, none: None }
    }

    /// `none` says what it means that there are no defects.
    pub fn defects(unit: &str, none: &'static str) -> NumberField {
        NumberField { usual: Some((none, 0)), ..NumberField::whole(Fact::Defects, "不符合", unit) }
    }

    pub fn items(unit: &str) -> NumberField {
        NumberField { none: Some("没有，不得分"), ..NumberField::whole(Fact::Items, "符合要求的", unit) }
    }

    pub fn decimal(fact: Fact, before: &'static str, after: &str) -> NumberField {
        NumberField { step: 0, ..NumberField::whole(fact, before, after) }
    }

    /// An item of a list; `none` says what it means that there is nothing of it.
    pub fn item(fact: Fact, before: &'static str, after: &str, none: &'static str) -> NumberField {
        NumberField { usual: Some((none, 0)), ..NumberField::whole(fact, before, after) }
    }

    /// 酌情: steps of half a point up to the row's points.
    pub fn points(fact: Fact, from: Points, worth: Points) -> NumberField {
        let most = i64::from(worth.in_tenths());
        NumberField {
            step: 5,
            most,
            usual: Some(("满分", most)),
            ..NumberField::whole(fact, "自估", &format!("分（{from}～{worth}）"))
        }
    }
}

/// What a field for a number reads and writes.
#[derive(Clone, Copy)]
struct Field {
    editor: SheetEditor,
    row: &'static Row,
    fact: Fact,
    most: i64,
    /// Why the text in the field was not taken; empty where it was.
    refused: RwSignal<String>,
}

impl Field {
    fn id(self) -> String {
        format!("f-{}-{}", self.row.number, self.fact as u8)
    }

    fn measure(self) -> Measure {
        self.row.rule.measure(self.fact)
    }

    fn value(self) -> Option<i64> {
        self.editor.get(self.row.number, self.fact)
    }

    fn text(self) -> String {
        untrack(|| self.value()).map(|it| written(self.measure(), it)).unwrap_or_default()
    }

    /// The text as a value that this row can have beside all the other answers.
    fn read(self, text: &str) -> Result<Option<i64>, String> {
        let value = typed(self.measure(), text).map_err(|it| it.to_string())?;
        let mut answers = untrack(|| self.editor.answers());
        let sound = faults_of(self.row, &answers).is_empty();
        answers.set(self.row.number, self.fact, value);
        // a value that makes another answer of the row impossible is refused as well
        match faults_of(self.row, &answers).into_iter().find(|it| it.fact == self.fact || sound) {
            None => Ok(value),
            Some(fault) => Err(fault.kind.to_string()),
        }
    }

    /// Takes the text of the field if it is a value; with `told`, the field says why if it is not.
    fn take(self, text: &str, told: bool) {
        match self.read(text) {
            Ok(value) => {
                self.refused.set(String::new());
                self.editor.type_fact(self.row.number, self.fact, value);
            }
            Err(why) if told => {
                let kept = self.text();
                let kept = if kept.is_empty() { "本格仍为未填".to_owned() } else { format!("仍按 {kept} 计") };
                self.refused.set(format!("{why}；{kept}"));
            }
            Err(_) => {}
        }
    }

    /// The person has left the field: its text is taken and written tidily, or the field says why not.
    fn leave(self, event: &Event) {
        self.take(&browser::text_of(event), true);
        self.show();
    }

    fn show(self) {
        if self.refused.with_untracked(String::is_empty) {
            browser::put(&self.id(), &self.text());
        }
    }

    /// A value from a button.
    fn put(self, value: i64) {
        self.refused.set(String::new());
        match self.read(&written(self.measure(), value.clamp(0, self.most))) {
            Ok(value) => self.editor.set(self.row.number, self.fact, value),
            Err(why) => self.refused.set(why),
        }
        browser::put(&self.id(), &self.text());
    }

    /// Values from elsewhere come into the field, and a refused number is tried again when other answers change.
    fn follow(self) {
        Effect::new(move |_| {
            let now = self.value();
            if typed(self.measure(), &browser::text_in(&self.id())) != Ok(now) {
                self.show();
            }
        });
        Effect::new(move |_| {
            // the answers and not the report, which stays as it is while the row is only half answered
            self.editor.follow_row(self.row.number);
            let refused = !self.refused.with_untracked(String::is_empty);
            let text = browser::text_in(&self.id());
            if refused && self.read(&text).is_ok() {
                self.take(&text, false);
            }
        });
    }
}

pub fn number(editor: SheetEditor, row: &'static Row, number: NumberField) -> El {
    let NumberField { fact, before, after, step, most, usual, none } = number;
    let field = Field { editor, row, fact, most, refused: RwSignal::new(String::new()) };
    field.follow();
    let (id, why) = (field.id(), format!("{}-e", field.id()));
    let by = move |delta: i64| field.put(untrack(|| field.value()).map_or(delta.max(0), |it| it + delta));
    let steps = |sign: &'static str, word: &'static str, delta: i64| {
        // Tab skips these buttons: whoever uses the keyboard types into the field
        button("", sign, move || by(delta)).set("tabindex", "-1").set("aria-label", format!("{before}{word}"))
    };
    let quiet = move |event: Event| {
        if !browser::is_composing(&event) {
            field.take(&browser::text_of(&event), false);
        }
    };
    let enter = move |event: Event| {
        if browser::is_enter(&event) {
            field.leave(&event);
        }
    };
    let input = el("input")
        .set("type", "text")
        .set("id", id.clone())
        .set("autocomplete", "off")
        .set("inputmode", if field.measure() == Measure::Whole { "numeric" } else { "decimal" })
        .set("aria-label", format!("{before}{after}"))
        .set("aria-describedby", why.clone())
        .live("aria-invalid", move || (!field.refused.with(String::is_empty)).then(|| "true".to_owned()))
        .on("input", quiet)
        .on("compositionend", move |event| field.take(&browser::text_of(&event), false))
        .on("change", move |event| field.leave(&event))
        .on("keydown", enter);
    let mut stepper = el("span").class("stepper");
    if step != 0 {
        stepper = stepper.child(steps("−", "减少", -step)).child(input).child(steps("＋", "增加", step));
    } else {
        stepper = stepper.child(input);
    }
    let quick = |(words, value): (&'static str, i64)| {
        let on = move || field.value() == Some(value);
        let class = move || Some(if on() { "quick on" } else { "quick" }.to_owned());
        let button = el("button").set("type", "button").text(words).on("click", move |_| field.put(value));
        button.live("class", class).live("aria-pressed", move || Some(on().to_string()))
    };
    el("span")
        .class("count")
        .maybe(usual.map(quick))
        .child(el("label").set("for", id).text(before))
        .child(stepper)
        .child(el("span").class("unit").text(after))
        .maybe(none.map(|it| quick((it, 0))))
        .child(el("span").set("id", why).alert(move || field.refused.get()))
}

/// A few words to choose from, each for the value of a fact. Nothing is chosen at first.
pub fn choice(editor: SheetEditor, row: &'static Row, before: &'static str, words: &[(Fact, i64, &'static str)]) -> El {
    let name = format!("c-{}-{}", row.number, words[0].0 as u8);
    let options = words.iter().map(|&(fact, this, word)| {
        // a row applies unless it is said that it does not
        let unsaid = (fact == Fact::NotApplicable).then_some(0);
        let chosen = move || editor.get(row.number, fact).or(unsaid) == Some(this);
        let radio = el("input").set("type", "radio").set("name", name.clone()).checked(chosen);
        el("label")
            .live("class", move || chosen().then(|| "on".to_owned()))
            .child(radio.on("change", move |_| editor.set(row.number, fact, Some(this))))
            .text(word)
    });
    let label = match before {
        "" if row.content.is_empty() => &row.standard,
        "" => &row.content,
        before => before,
    };
    let options = el("span").class("seg").set("role", "radiogroup").set("aria-label", label).each(options);
    let before = (!before.is_empty()).then(|| el("span").text(before));
    el("span").class("count").maybe(before).child(options)
}
