//! Who files where as a tree made of the rules, and the same in a table.

use crate::filing::route::{Branch, FilingAnswers, LetterBy, Question, QuestionOption, Routes, When, cases};

use super::html::{El, el};

/// Added to the labels on the applicant's own path, so that colour alone does not mark it.
const MINE: &str = "（本单位）";

/// An applicant with one answer to the second question, and the rows of the decision that may follow.
struct PictureBranch<'r> {
    applicant: &'r QuestionOption,
    question: &'r Question,
    option: &'r QuestionOption,
    rows: Vec<usize>,
    /// Is it on the applicant's own path, and which rows does that come to?
    mine: Option<Vec<usize>>,
}

/// A list: each kind of 申请单位, its answers to the next question, and where each leads. `marked` are somebody's answers,
/// whose path stands out.
pub fn picture(routes: &Routes, marked: Option<&FilingAnswers>) -> El {
    let branches = branches(routes, marked);
    let groups = branches.chunk_by(|a, b| a.applicant.id == b.applicant.id).map(|group| {
        let PictureBranch { applicant, question, .. } = &group[0];
        let head = el("p").child(mark(el("b"), &applicant.label, group.iter().any(|it| it.mine.is_some())));
        let answers = group.iter().map(|branch| {
            let ends = branch.rows.iter().map(|at| {
                let is_mine = branch.mine.as_ref().is_some_and(|it| it.contains(at));
                end(routes, &routes.rows[*at], &question.id, is_mine)
            });
            let answer = mark(el("span"), &branch.option.label, branch.mine.is_some());
            el("li").child(answer).child(el("ul").each(ends))
        });
        el("li").child(head.text(format!(" {}：", question.name))).child(el("ul").each(answers))
    });
    el("ul").class("decision").set("aria-label", "备案路径图：从申请单位和单位的情况到备案路径").each(groups)
}

/// Where an answer leads: under which further condition, by which route, with which code and which 评估要点.
fn end(routes: &Routes, row: &Branch, question: &str, is_mine: bool) -> El {
    let further = conditions(routes, &row.when, |it| it.id != question && it.id != routes.questions[0].id);
    let further = (!further.is_empty()).then(|| el("span").text(format!("{further}：")));
    let mut about = String::new();
    if let Some(code) = row.code.as_ref().and_then(|it| routes.code(it)) {
        about.push_str(&format!(" 代码 {}", code.letter));
    }
    for (i, annex) in row.rubrics.iter().enumerate() {
        about.push_str(if i == 0 { " 附件" } else { "、" });
        about.push_str(&annex.to_string());
    }
    el("li").maybe(further).child(mark(el("b"), row.route.label(), is_mine)).child(el("small").text(about))
}

fn mark(element: El, label: &str, is_mine: bool) -> El {
    if is_mine { element.class("mine").text(format!("{label}{MINE}")) } else { element.text(label) }
}

fn branches<'r>(routes: &'r Routes, marked: Option<&FilingAnswers>) -> Vec<PictureBranch<'r>> {
    let mine = marked.map(|it| routes.path(it)).unwrap_or_default();
    let chosen = |at: usize, choice: &QuestionOption| {
        mine.get(at).is_some_and(|(_, options)| options.iter().any(|it| it.id == choice.id))
    };
    let mut found: Vec<PictureBranch<'r>> = Vec::new();
    for path in routes.paths() {
        for case in cases(&path) {
            let [(_, applicant), (question, option), ..] = case[..] else { continue };
            let row = routes.row_of(&case);
            let same = found.iter_mut().find(|it| (&it.applicant.id, &it.option.id) == (&applicant.id, &option.id));
            if let Some(branch) = same {
                branch.rows.extend(row.filter(|it| !branch.rows.contains(it)));
                continue;
            }
            let is_mine = chosen(0, applicant) && chosen(1, option);
            let my_rows = cases(&mine).into_iter().filter(|case| case.get(1).is_some_and(|it| it.1.id == option.id));
            let mine = is_mine.then(|| my_rows.filter_map(|case| routes.row_of(&case)).collect());
            found.push(PictureBranch { applicant, question, option, rows: row.into_iter().collect(), mine });
        }
    }
    found
}

/// The picture as a table, with what the picture has no room for: who, by which route, with which code, supervised by
/// whom.
pub fn in_words(routes: &Routes, marked: Option<&FilingAnswers>) -> El {
    let mine: Vec<_> = marked.map(|it| routes.route(it).filings).unwrap_or_default();
    let heads = ["申请单位", "备案", "赋码", "监管服务", "依据"];
    let head = el("tr").each(heads.into_iter().map(|it| el("th").set("scope", "col").text(it)));
    let all: Vec<_> = routes.paths().iter().flat_map(cases).collect();
    let rows = routes.rows.iter().enumerate().map(|(at, row)| {
        let is_mine = mine.iter().any(|it| it.row == at);
        let by: Vec<usize> = all
            .iter()
            .filter(|case| routes.row_of(case) == Some(at))
            .filter_map(|case| routes.supervisor_of(case))
            .collect();
        let by = (0..routes.supervisors.len())
            .filter(|it| by.contains(it))
            .map(|it| el("li").text(supervised(routes, row, it)));
        let who = el("th").set("scope", "row").text(format!(
            "{}{}",
            conditions(routes, &row.when, |_| true),
            if is_mine { MINE } else { "" }
        ));
        let cells = [
            el("td").text(where_filed(row)),
            el("td").text(coded(routes, row)),
            el("td").child(el("ul").each(by)),
            el("td").text(row.clauses.join("；")),
        ];
        let line = if is_mine { el("tr").class("mine") } else { el("tr") };
        line.child(who).each(cells.into_iter())
    });
    let table = el("table").class("decided");
    let table = table.child(el("caption").text("备案路径一览（原则上）"));
    table.child(el("thead").child(head)).child(el("tbody").each(rows))
}

fn where_filed(row: &Branch) -> String {
    let mut words = row.route.label().to_owned();
    if let Some(it) = &row.unclear {
        words.push_str(&format!("：{}，请向{}确认", it.say, it.ask));
    }
    if let Some(it) = &row.filed_as {
        words.push_str(&format!("。备案为{}", it.label));
    }
    words
}

fn coded(routes: &Routes, row: &Branch) -> String {
    let Some(code) = row.code.as_ref().and_then(|it| routes.code(it)) else { return "原文未规定".to_owned() };
    let by = match code.letter_by {
        LetterBy::Printed => "原文所印",
        LetterBy::Inferred => "推定",
    };
    let tenth = routes.fix_tenth().then(|| format!("，第10位 {}", code.tenth.as_deref().unwrap_or("原文未规定")));
    format!("机构类别代码 {}（{by}）{}", code.letter, tenth.unwrap_or_default())
}

/// Who supervises, and in which case, where the row leaves more than one.
fn supervised(routes: &Routes, row: &Branch, at: usize) -> String {
    let supervisor = &routes.supervisors[at];
    let fixed = |question: &Question| row.when.0.iter().any(|it| it.question == question.id);
    let case = conditions(routes, &supervisor.when, |question| !fixed(question));
    let by = routes.fill(supervisor.by.as_deref().unwrap_or("原文未规定"), &FilingAnswers::default());
    if case.is_empty() { by } else { format!("{case}：{by}") }
}

/// The options of the conditions, in the order of the questions.
fn conditions(routes: &Routes, when: &When, wanted: impl Fn(&Question) -> bool) -> String {
    let labels = routes.questions.iter().filter(|it| wanted(it)).filter_map(|question| {
        let condition = when.0.iter().find(|it| it.question == question.id)?;
        let options = condition.options.iter().filter_map(|it| question.option(it));
        Some(options.map(|it| it.label.as_str()).collect::<Vec<_>>().join("、"))
    });
    labels.collect::<Vec<_>>().join("，")
}
