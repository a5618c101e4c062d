//! What the text of a row does not say and only a person can. It is asked where it matters, and never guessed.

use leptos::prelude::*;

use crate::app::browser;
use crate::app::part::html::{El, Event, all, el, live, nothing};
use crate::app::part::memo;
use crate::dossier::Declaration;
use crate::filing::scope::{ClassRule, ClassType, DeclaredRow, Major, Ruling, School, Scope, Standard, Tri, plain};
use crate::rubric::Measure;
use crate::score::{typed, written};

use super::cells;
use super::editor::ScopeEditor;
use super::rows::RowMarks;

/// A question with a few words to choose from.
struct Ask {
    question: &'static str,
    words: &'static [&'static str],
    matters: fn(ScopeEditor, &DeclaredRow) -> bool,
    get: fn(&DeclaredRow) -> Option<usize>,
    set: fn(&mut DeclaredRow, usize),
}

const YES_NO: &[&str] = &["是", "否"];

/// A question with yes or no about a school's own students.
macro_rules! of_students {
    ($question:literal, $field:ident, $matters:expr) => {
        Ask {
            question: $question,
            words: YES_NO,
            matters: |_, row| row.school.as_ref().is_some_and($matters),
            get: |row| row.school.as_ref()?.$field.map(|it| usize::from(!it)),
            set: |row, n| {
                if let Some(it) = &mut row.school {
                    it.$field = Some(n == 0);
                }
            },
        }
    };
}

const ASKS: &[Ask] = &[
    Ask {
        question: "是不是准入类（含拟调整为准入类的）",
        words: &["是", "否", "不清楚"],
        matters: |_, _| true,
        get: |row| row.restricted.map(|it| it as usize),
        set: |row, n| row.restricted = [Tri::Yes, Tri::No, Tri::Unsure].get(n).copied(),
    },
    Ask {
        question: "是否与专技类职业接近",
        words: YES_NO,
        matters: |editor, row| row.near_professional.is_some() || is_near(editor.scope, row),
        get: |row| row.near_professional.map(|it| usize::from(!it)),
        set: |row, n| row.near_professional = Some(n == 0),
    },
    Ask {
        question: "评价对象",
        // what the edition calls them
        words: &["", ""],
        matters: |editor, _| editor.kind.others.is_some(),
        get: |row| Some(usize::from(row.school.is_none())),
        set: |row, n| row.school = (n == 0).then(|| row.school.take().unwrap_or_default()),
    },
    of_students!("学生是否在毕业学年", graduating_year, |_| true),
    of_students!("专业是否有一定招生规模", has_scale, |_| true),
    of_students!("是否属于个别小专业", small_major, |it: &School| it.has_scale == Some(false)),
    of_students!("职业是否有国家职业技能标准", national_standard, |_| true),
    Ask {
        question: "班型",
        words: &["中级工班", "高级工班", "预备技师班", "其他"],
        matters: |_, row| row.school.is_some(),
        get: |row| row.school.as_ref()?.class_type.map(|it| it as usize),
        set: |row, n| {
            const TYPES: [ClassType; 4] =
                [ClassType::Intermediate, ClassType::Advanced, ClassType::PreTechnician, ClassType::Other];
            if let Some(it) = &mut row.school {
                it.class_type = TYPES.get(n).copied();
            }
        },
    },
    of_students!("是否复合专业", compound, |_| true),
    Ask {
        question: "申报的是",
        words: &["主专业", "辅专业"],
        matters: |_, row| row.school.is_some(),
        get: |row| row.school.as_ref()?.major.map(|it| it as usize),
        set: |row, n| {
            if let Some(it) = &mut row.school {
                it.major = [Major::Main, Major::Minor].get(n).copied();
            }
        },
    },
    of_students!("是否分段注册", staged, |_| true),
    of_students!("是否已取得前一阶段的证书", earlier_certificate, |it: &School| it.staged == Some(true)),
];

/// Indexes in `ASKS`.
const RESTRICTED: usize = 0;
const NEAR: usize = 1;
const WHOM: usize = 2;

/// Bits for two more questions that may matter: the name was checked, which standard it is. `ASKS` has the bits below.
const NAME: usize = 30;
const STANDARD: usize = 31;

/// Numbers of the fields in this file; the cells have the numbers below.
const TITLE: usize = 6;
const YEAR: usize = 7;
const ENROLLED: usize = 8;

fn is_near(scope: &Scope, row: &DeclaredRow) -> bool {
    let code = plain::code(&row.code);
    let class = scope.classes.iter().find(|it| code.as_bytes().first() == Some(&(b'0' + it.number)));
    class.is_some_and(|it| it.rule == ClassRule::Near) && !is_example(scope, row)
}

fn is_example(scope: &Scope, row: &DeclaredRow) -> bool {
    let code = plain::code(&row.code);
    scope.examples.iter().any(|it| it.code == code)
}

/// Which questions matter, as bits.
fn matters(editor: ScopeEditor, row: &DeclaredRow) -> u64 {
    if row.is_blank() {
        return 0;
    }
    let all = ASKS.iter().enumerate().filter(|it| (it.1.matters)(editor, row));
    let name = row.name_checked.is_some() || !is_example(editor.scope, row);
    let standard = row.standard != Standard::Enterprise;
    all.fold(u64::from(name) << NAME | u64::from(standard) << STANDARD, |bits, it| bits | 1 << it.0)
}

pub fn asked(editor: ScopeEditor, at: usize, settled: Memo<u64>, marks: Memo<u64>) -> AnyView {
    let bits = memo::number(move |_| {
        settled.get();
        untrack(|| matters(editor, &editor.row(at)))
    });
    let waits = move || RowMarks::read(marks).any(Ruling::Confirm);
    // once open it stays open, so that it does not shut while somebody works in it
    let open = memo::number(move |before| before.unwrap_or_default() | u64::from(waits()));
    let summary = move || if waits() { "请确认" } else { "补充说明：准入类、所依据的标准等" }.to_owned();
    // the questions are made when somebody looks at them
    let opened = RwSignal::new(untrack(waits));
    let questions = move || if opened.get() { questions(editor, at, bits.get()) } else { nothing() };
    // follows only whether there are questions: rebuilt with each new one, the element would shut again
    let any = memo::number(move |_| u64::from(bits.get() != 0));
    live(move || {
        if any.get() == 0 {
            return nothing();
        }
        el("details")
            .class("asked")
            .live("open", move || (open.get() == 1).then(String::new))
            .on("toggle", move |event| {
                if browser::is_open(&event) {
                    opened.set(true);
                }
            })
            .child(el("summary").words(summary))
            .view(live(questions))
            .done()
    })
}

fn questions(editor: ScopeEditor, at: usize, bits: u64) -> AnyView {
    let has = |bit: usize| bits & 1 << bit != 0;
    let mut views: Vec<AnyView> = Vec::new();
    for (n, ask) in ASKS.iter().enumerate().filter(|it| has(it.0)) {
        views.push(choice(editor, at, n, ask).done());
        // the other questions about the occupation stand before the one for 评价对象
        if n == NEAR || (n == RESTRICTED && !has(NEAR)) {
            views.extend(has(NAME).then(|| name(editor, at).done()));
            if has(STANDARD) {
                let field = cells::typed(editor, at, TITLE, |it| &mut it.standard_name).set("placeholder", "车工");
                let label = el("label").set("for", cells::id(at, TITLE)).text("该标准中的职业名称");
                views.push(year(editor, at).done());
                views.push(el("div").class("q").child(label).child(field).done());
            }
        }
        if n == WHOM && has(WHOM + 1) {
            views.push(enrolled(editor, at).done());
        }
    }
    all(views)
}

fn choice(editor: ScopeEditor, at: usize, n: usize, ask: &'static Ask) -> El {
    let options = ask.words.iter().enumerate().map(|(this, word)| {
        let chosen = move || (ask.get)(&editor.row(at)) == Some(this);
        let choose = move |_| editor.edit_row(at, move |it| (ask.set)(it, this));
        let radio = el("input").set("type", "radio").set("name", format!("q-{at}-{n}")).checked(chosen);
        let label = el("label").live("class", move || chosen().then(|| "on".to_owned()));
        let whom = if this == 0 { Declaration::OwnStudents } else { Declaration::Public };
        let word = if n == WHOM { whom.label(editor.kind) } else { word };
        label.child(radio.on("change", choose)).text(word)
    });
    let name = move || Some(format!("{}，第 {} 行", ask.question, editor.place_of(at).0));
    let options = el("span").class("seg").set("role", "radiogroup").live("aria-label", name).each(options);
    el("div").class("q").child(el("span").text(ask.question)).child(options)
}

fn name(editor: ScopeEditor, at: usize) -> El {
    let checked = move || editor.row(at).name_checked == Some(true);
    let turn = move |_| {
        let now = !untrack(checked);
        editor.edit_row(at, move |it| it.name_checked = now.then_some(true));
    };
    let tick = el("input").set("type", "checkbox").checked(checked).on("change", turn);
    el("label").class("tick").child(tick).text("已与职业分类大典（2015版）核对职业名称")
}

fn year(editor: ScopeEditor, at: usize) -> El {
    let take =
        |row: &mut DeclaredRow, value: Option<i64>| row.standard_year = value.and_then(|it| u16::try_from(it).ok());
    let words = ["国家职业技能标准的年份", "年版"];
    number(editor, at, YEAR, words, Measure::Whole, |row| row.standard_year.map(i64::from), take)
}

fn enrolled(editor: ScopeEditor, at: usize) -> El {
    let take = |row: &mut DeclaredRow, value: Option<i64>| {
        if let Some(it) = &mut row.school {
            it.enrolled_years = value;
        }
    };
    let given = |row: &DeclaredRow| row.school.as_ref()?.enrolled_years;
    number(editor, at, ENROLLED, ["专业连续招生", "年"], Measure::Decimal, given, take)
}

/// A number, taken when the field is left; text that is not one stays in the field, with the reason beside it.
fn number(
    editor: ScopeEditor,
    at: usize,
    field: usize,
    words: [&'static str; 2],
    measure: Measure,
    get: fn(&DeclaredRow) -> Option<i64>,
    set: fn(&mut DeclaredRow, Option<i64>),
) -> El {
    let (id, why) = (cells::id(at, field), format!("{}-e", cells::id(at, field)));
    let wrong = RwSignal::new(String::new());
    let value = move || get(&editor.row(at)).map(|it| written(measure, it)).unwrap_or_default();
    let leave = move |event: Event| match typed(measure, &browser::text_of(&event)) {
        Ok(value) => {
            wrong.set(String::new());
            if get(&untrack(|| editor.row(at))) != value {
                editor.edit_row(at, move |it| set(it, value));
            }
        }
        Err(why) => wrong.set(format!("{why}，没有采用")),
    };
    let input = el("input").set("type", "text").set("id", id.clone()).set("autocomplete", "off").class("number");
    let input = input.set("inputmode", "decimal").set("aria-describedby", why.clone()).value(value).on("blur", leave);
    let input = input.live("aria-invalid", move || (!wrong.with(String::is_empty)).then(|| "true".to_owned()));
    let told = el("span").set("id", why).alert(move || wrong.get());
    let label = el("label").set("for", id).text(words[0]);
    el("div").class("q").child(label).child(input).child(el("span").text(words[1])).child(told)
}
