//! 自评表: one row after the other, grouped as printed, the result always in view.

use leptos::prelude::*;

use crate::app::part::row::{self, Desk};
use crate::app::part::{frame, label, notice, summary, table};
use crate::app::route::Of;
use crate::app::{Route, State, browser};
use crate::rubric::{Blank, Edition, Measure, Part, Piece, Rubric};
use crate::score::{score, typed};

use super::missing;

pub fn sheet(state: State, annex: u8, of: Option<&Of>) -> AnyView {
    let Some((edition, rubric)) = state.rubric(annex) else { return missing::missing(state) };
    let Some(of) = of.cloned() else { return still(state, edition, rubric) };
    let known = of.clone();
    let found = Memo::new(move |_| {
        state.open.with(|it| it.as_ref().is_some_and(|it| it.id == known.dossier && it.dossier.sheet(known.sheet).is_some_and(|it| it.annex == annex)))
    });
    view! { {move || if found.get() { live(state, edition, rubric, &of) } else { missing::no_dossier(state) }} }.into_any()
}

/// The sheet as text: what a file holds before the app is there, and all there is without it.
fn still(state: State, edition: &'static Edition, rubric: &'static Rubric) -> AnyView {
    let message = if state.live {
        view! {
            <p class="hint">"这里是评估内容。要填写，请先"<a href=state.href(&Route::Start(rubric.applicant))>"新建一份自评"</a>
            "，或从"<a href=state.href(&Route::Mine)>"我的自评"</a>"打开。"</p>
        }
        .into_any()
    } else {
        frame::boot_message()
    };
    let groups = rubric
        .groups()
        .map(|(_, group)| {
            let rows = group.rows.iter().map(|it| row::still(edition, rubric, group, it)).collect_view();
            view! { <section class="group">{heading(group)}{rows}</section> }
        })
        .collect_view();
    view! {
        <div class="sheet">
            <div class="steps"></div>
            <article>
                {table::headline(edition, rubric, None)}
                {message}
                {table::header(rubric, None)}
                {groups}
                <div class="note">{rubric.note.iter().map(|it| view! { <p>{it.as_str()}</p> }).collect_view()}</div>
            </article>
        </div>
    }
    .into_any()
}

fn live(state: State, edition: &'static Edition, rubric: &'static Rubric, of: &Of) -> AnyView {
    let id = of.sheet;
    let answers = Memo::new(move |_| {
        state.open.with(|it| it.as_ref().and_then(|it| it.dossier.sheet(id)).map(|it| it.answers.clone())).unwrap_or_default()
    });
    let report = Memo::new(move |_| answers.with(|it| score(rubric, it)));
    let desk = Desk { state, edition, rubric, sheet: id, answers, report };
    let groups = rubric
        .groups()
        .map(|(_, group)| {
            let rows = group.rows.iter().map(|it| row::live(desk, group, it)).collect_view();
            view! { <section class="group" id=group_id(rubric, group)>{heading(group)}{rows}</section> }
        })
        .collect_view();
    let home = Route::Dossier(Some(of.dossier.clone()));
    let unit = move || state.open.with(|it| it.as_ref().map(|it| it.dossier.unit.clone()).filter(|it| !it.is_empty())).unwrap_or_else(|| "未填单位".to_owned());
    let links = view! {
        <p class="links">
            <a href=state.href(&Route::Form(rubric.annex, of.clone()))>"打印评估表"</a>
            <a href=state.href(&home)>"返回档案"</a>
        </p>
    };
    view! {
        <div class="sheet">
            <nav class="steps" aria-label="项目">
                <p class="crumb"><a href=state.href(&home)>{unit}</a></p>
                {steps(desk)}
                {notice::saved(state)}
            </nav>
            <article>
                {table::headline(edition, rubric, None)}
                {blanks(desk)}
                {groups}
                <div class="note">{rubric.note.iter().map(|it| view! { <p>{it.as_str()}</p> }).collect_view()}</div>
            </article>
            {summary::summary(state, report, links.into_any())}
        </div>
    }
    .into_any()
}

fn heading(group: &'static crate::rubric::Group) -> AnyView {
    let points = group.points.map(|it| view! { <span class="pts">{it.to_string()}" 分"</span> });
    view! { <h2>{group.name.as_str()}{points}</h2> }.into_any()
}

fn group_id(rubric: &Rubric, group: &crate::rubric::Group) -> String {
    format!("g{}", group.rows.first().map_or(0, |it| it.number) + u16::from(rubric.annex) * 1000)
}

/// Sections and groups with how many of their rows are answered.
fn steps(desk: Desk) -> AnyView {
    let sections = desk.rubric.sections.iter().map(|section| {
        let numbers: Vec<u16> = section.groups.iter().flat_map(|it| &it.rows).map(|it| it.number).collect();
        let groups = section.groups.iter().map(|group| {
            let numbers: Vec<u16> = group.rows.iter().map(|it| it.number).collect();
            view! { <li class=done(desk, numbers)><a href=format!("#{}", group_id(desk.rubric, group))>{group.name.as_str()}</a></li> }
        });
        let groups = (1 < section.groups.len()).then(|| view! { <ol>{groups.collect_view()}</ol> });
        let first = section.groups.first().map(|it| group_id(desk.rubric, it)).unwrap_or_default();
        let count = counted(desk, numbers.clone());
        view! { <li class=done(desk, numbers)><a href=format!("#{first}")>{section.name.as_str()}<i>{count}</i></a>{groups}</li> }
    });
    view! { <ol>{sections.collect_view()}</ol> }.into_any()
}

fn n_answered(desk: Desk, numbers: &[u16]) -> usize {
    desk.report.with(|it| it.rows.iter().filter(|it| it.answered && numbers.contains(&it.row.number)).count())
}

fn done(desk: Desk, numbers: Vec<u16>) -> impl Fn() -> &'static str + Send + Sync + Clone {
    move || if n_answered(desk, &numbers) == numbers.len() { "done" } else { "" }
}

fn counted(desk: Desk, numbers: Vec<u16>) -> impl Fn() -> String + Send + Sync + Clone {
    move || format!("{} / {}", n_answered(desk, &numbers), numbers.len())
}

/// The printed header's blanks, and for an occupation its code and levels.
fn blanks(desk: Desk) -> AnyView {
    if desk.rubric.part == Part::Public {
        return ().into_any();
    }
    let mut at = 0;
    let lines: Vec<_> = desk
        .rubric
        .header
        .iter()
        .map(|line| {
            let mut label = String::new();
            let pieces: Vec<_> = line
                .iter()
                .map(|piece| match piece {
                    Piece::Text(text) => {
                        label.clone_from(text);
                        view! { <span>{text.as_str()}</span> }.into_any()
                    }
                    Piece::Blank(kind) => {
                        at += 1;
                        blank(desk, at - 1, *kind, label.trim_start_matches(['人', '，', '、']).trim_end_matches([':', '：']).to_owned())
                    }
                })
                .collect();
            view! { <p>{pieces}</p> }
        })
        .collect();
    let field = |of: fn(&crate::dossier::Sheet) -> &String, set: fn(&mut crate::dossier::Sheet, String), name: &'static str, hint: &'static str| {
        let value = of_sheet(desk, move |it| of(it).clone());
        view! {
            <label class="plain">{name}
                <input type="text" autocomplete="off" placeholder=hint prop:value=value
                    on:input=move |event| if !browser::is_composing(&event) { let text = browser::text_of(&event); desk.edit(move |it| set(it, text)) }
                    on:change=move |event| { let text = browser::text_of(&event); desk.edit(move |it| set(it, text)) }/>
            </label>
        }
    };
    view! {
        <div class="lines fill">
            {lines}
            <p>
                {field(|it| &it.occupation_code, |it, text| it.occupation_code = text, "职业编码", "6-18-01-01")}
                {field(|it| &it.levels, |it, text| it.levels = text, "级别", "5、4、3")}
            </p>
        </div>
    }
    .into_any()
}

/// A signal of something on the sheet.
fn of_sheet(desk: Desk, read: impl Fn(&crate::dossier::Sheet) -> String + Send + Sync + 'static) -> impl Fn() -> String + Send + Sync + Clone {
    let read = std::sync::Arc::new(read);
    move || desk.state.open.with(|it| it.as_ref().and_then(|it| it.dossier.sheet(desk.sheet)).map(|it| read(it))).unwrap_or_default()
}

fn blank(desk: Desk, at: usize, kind: Blank, name: String) -> AnyView {
    let value = of_sheet(desk, move |it| it.blank(at).to_owned());
    let wrong = RwSignal::new(None::<String>);
    let take = move |event: &leptos::ev::Event| {
        let text = browser::text_of(event);
        let refused = match kind {
            Blank::Text => None,
            Blank::Count => typed(Measure::Whole, &text).err(),
        };
        match refused {
            None => {
                wrong.set(None);
                desk.edit(move |it| it.set_blank(at, text));
            }
            Some(why) => wrong.set(Some(why.to_string())),
        }
    };
    let class = match kind {
        Blank::Text => "name",
        Blank::Count => "head",
    };
    view! {
        <input type="text" autocomplete="off" class=class aria-label=name prop:value=value
            inputmode=(kind == Blank::Count).then_some("numeric")
            aria-invalid=move || wrong.with(Option::is_some).then_some("true")
            on:input=move |event| if !browser::is_composing(&event) { take(&event) }
            on:change=move |event| take(&event)/>
        <span class="wrong" role="alert">{wrong}</span>
    }
    .into_any()
}

/// What a sheet is called in lists.
pub fn sheet_name(rubric: &Rubric, sheet: &crate::dossier::Sheet) -> String {
    match sheet.occupation(rubric) {
        None => label::part(rubric.part).to_owned(),
        Some("") => "未填职业名称".to_owned(),
        Some(name) => name.to_owned(),
    }
}
