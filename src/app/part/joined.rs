//! What two pages changed differently: which row, what either says, and a click for each. A part of its own.

use leptos::prelude::*;

use crate::app::State;
use crate::app::state::Joining;
use crate::dossier::{Clash, ClashValue, Dossier, HeadPlace, Roster};
use crate::filing::route::Question;
use crate::rubric::{Edition, Rubric};
use crate::score::{Answers, Given, facts_in_words};

use super::html::{El, button, el, nothing};
use super::label;

pub fn join(state: State, what: &Joining) -> AnyView {
    match what {
        Joining::Merge => {
            state.merge();
            nothing()
        }
        Joining::Ask => ask(state),
    }
}

fn ask(state: State) -> AnyView {
    let of = state.of_open();
    let Some(dossier) = state.open.with_untracked(|open| open.as_ref().map(|it| it.dossier.clone())) else {
        return nothing();
    };
    let edition = state.edition_of(&dossier);
    let all = state.to_choose(of);
    let words = format!("另一个标签页和本页把 {} 处改成了不同的内容，其余修改已合并。请逐处选择：", all.len());
    let keep = button("", "都不放弃：本页的另存为副本", move || state.keep_both(of));
    let lines = all.into_iter().map(|clash| {
        let (mine, theirs) = (say(state, edition, &clash, &clash.mine), say(state, edition, &clash, &clash.theirs));
        let place = el("b").text(format!("{}：", place(state, edition, &dossier, &clash)));
        let other = clash.clone();
        let ours = button("", "用本页的", move || state.choose(of, &clash, true));
        let others = button("", "用另一页的", move || state.choose(of, &other, false));
        let line = el("li").child(place).text(format!("本页“{mine}”")).child(ours);
        line.text(format!("，另一页“{theirs}”")).child(others)
    });
    let list = el("ul").each(lines.collect::<Vec<El>>().into_iter());
    el("div").class("band").child(el("div").class("wrap").child(el("b").text(words)).child(list).child(keep)).done()
}

/// Where it is: `附件2 车工 2-11 场地`.
fn place(state: State, edition: &'static Edition, dossier: &Dossier, clash: &Clash) -> String {
    let sheet = clash.sheet.and_then(|it| dossier.sheet(it));
    let rubric = sheet.and_then(|it| edition.rubric(it.annex));
    let row = |row: u16, what: &str| rubric.map_or(String::new(), |it| format!("{}{what}", row_name(it, row)));
    let what = match &clash.mine {
        ClashValue::Text(place, _) => head(edition, *place),
        ClashValue::Route(question, _) => {
            let asked = question_of(state, edition, question);
            asked.map_or("备案路径".to_owned(), |it| it.name.clone())
        }
        ClashValue::Answer(number, _) => row(*number, ""),
        ClashValue::Note(number, _) => row(*number, " 备注"),
        ClashValue::Declared(_) => "评价范围申报表的一行".to_owned(),
        ClashValue::Examiner(_) | ClashValue::Expert(_) | ClashValue::Equipment(_) => "名册".to_owned(),
        ClashValue::Paper(it) => row(it.row, " 佐证材料"),
        ClashValue::Task(it) => row(it.row, " 整改事项"),
        ClashValue::Mark(it) => row(it.row, " 整改设想"),
        ClashValue::Version(_) => "历次版本".to_owned(),
        ClashValue::Wishes(_) => "整改目标".to_owned(),
    };
    match sheet.zip(rubric) {
        Some((sheet, rubric)) => format!("{} {what}", label::called(rubric, sheet)),
        None => what,
    }
}

fn question_of(state: State, edition: &Edition, id: &str) -> Option<&'static Question> {
    state.rules_of(edition)?.routes.questions.iter().find(|it| it.id == id)
}

fn row_name(rubric: &Rubric, number: u16) -> String {
    let found = rubric.groups().find_map(|(_, group)| {
        let row = group.rows.iter().find(|it| it.number == number)?;
        Some(label::row(group, row).to_owned())
    });
    format!("{} {}", rubric.row_id(number), found.unwrap_or_default())
}

fn head(edition: &Edition, place: HeadPlace) -> String {
    match place {
        HeadPlace::Unit => "申请单位名称",
        HeadPlace::Place => "所在地",
        HeadPlace::Contact => "联系人",
        HeadPlace::Telephone => "联系电话",
        HeadPlace::Date => "自评日期",
        HeadPlace::Examiners => "考评人员总数",
        HeadPlace::Experts => "专家总数",
        HeadPlace::People => return edition.people_in_words(),
        HeadPlace::Blank(0) => "表头的职业（工种）名称",
        HeadPlace::Blank(_) => "表头",
        HeadPlace::Code => "职业编码",
        HeadPlace::Levels => "级别",
    }
    .to_owned()
}

/// What stands there.
fn say(state: State, edition: &'static Edition, clash: &Clash, value: &ClashValue) -> String {
    let words = match value {
        ClashValue::Text(_, text) | ClashValue::Note(_, text) => text.clone(),
        ClashValue::Route(question, values) => {
            let asked = question_of(state, edition, question);
            let label = |id: &String| {
                let option = asked.and_then(|asked| asked.options.iter().find(|it| it.id == *id));
                option.map_or(id.clone(), |it| it.label.clone())
            };
            values.iter().map(label).collect::<Vec<_>>().join("、")
        }
        ClashValue::Answer(number, given) => {
            let of = state.open.with_untracked(|open| Some(open.as_ref()?.dossier.sheet(clash.sheet?)?.annex));
            let row = of.and_then(|it| edition.rubric(it)?.row(*number));
            let answers: Answers = given.iter().map(|it| Given { row: *number, fact: it.0, value: it.1 }).collect();
            row.filter(|_| !given.is_empty()).map_or(String::new(), |it| facts_in_words(&it.rule, answers.row(*number)))
        }
        ClashValue::Declared(it) => {
            format!("{} {} {} {} {}", it.code, it.name, it.trade, it.levels, it.standard_name)
        }
        ClashValue::Examiner(it) => entry(Roster { examiners: vec![it.clone()], ..Roster::default() }),
        ClashValue::Expert(it) => entry(Roster { experts: vec![it.clone()], ..Roster::default() }),
        ClashValue::Equipment(it) => entry(Roster { equipment: vec![it.clone()], ..Roster::default() }),
        ClashValue::Paper(it) => {
            format!("{} {} {} {} {}", it.paper, it.place, it.who, it.pages, if it.ready { "已备" } else { "未备" })
        }
        ClashValue::Task(it) => format!("{} {} {}", it.who, it.due, it.state.label()),
        ClashValue::Version(it) => it.name.clone(),
        ClashValue::Mark(it) => it.in_words(),
        ClashValue::Wishes(it) => it.target.map_or("最高的分数线".to_owned(), |it| format!("{it} 分")),
    };
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() { "没有填写".to_owned() } else { words }
}

/// The only entry of a roster; that it is in the roster is said before it.
fn entry(roster: Roster) -> String {
    roster.in_lines().pop().map_or(String::new(), |it| it.trim_start_matches("名册 ").to_owned())
}
