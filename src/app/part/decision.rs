//! Who files where as a picture drawn from the rules, and the same in words.

use crate::filing::route::{Branch, FilingAnswers, LetterBy, Question, QuestionOption, Route, Routes, When, cases};

use super::html::{El, el};

/// Added to the labels on the applicant's own path, so that colour alone does not mark it.
const MINE: &str = "（本单位）";

/// Sizes in the picture, in units of its view box. A label has at most 15 characters, each 15 units wide, and `MINE`.
const PITCH: usize = 36;
const GAP: usize = 16;
const WIDTH: usize = 960;
const APPLICANT: PictureColumn = PictureColumn { x: 0, width: 216 };
const OPTION: PictureColumn = PictureColumn { x: 266, width: 318 };
const ROUTE: PictureColumn = PictureColumn { x: 686, width: 274 };

struct PictureColumn {
    x: usize,
    width: usize,
}

/// An applicant with one answer to the second question, and the routes that may follow.
struct PictureBranch<'r> {
    applicant: &'r QuestionOption,
    option: &'r QuestionOption,
    routes: Vec<Route>,
    /// Is it on the applicant's own path, and which routes does that come to?
    mine: Option<Vec<Route>>,
}

/// Lines lead from the kind of 申请单位 over its answer to the route. `marked` are somebody's answers, whose path stands
/// out.
pub fn picture(routes: &Routes, marked: Option<&FilingAnswers>) -> El {
    let branches = branches(routes, marked);
    let (mut lines, mut mine, mut boxes) = (Vec::new(), Vec::new(), Vec::new());
    let mut y = 0;
    let groups = branches.chunk_by(|a, b| a.applicant.id == b.applicant.id);
    let height = branches.len() * PITCH + (groups.clone().count().max(1) - 1) * GAP;
    let of_route = |at: usize| (2 * at + 1) * height / (2 * Route::ALL.len());
    for group in groups {
        let middle = y + group.len() * PITCH / 2;
        let is_mine = group.iter().any(|it| it.mine.is_some());
        boxes.extend(boxed(&APPLICANT, middle, &group[0].applicant.label, is_mine));
        for branch in group {
            let at = y + PITCH / 2;
            boxes.extend(boxed(&OPTION, at, &branch.option.label, branch.mine.is_some()));
            let to_option = (APPLICANT.x + APPLICANT.width, middle, OPTION.x, at);
            if branch.mine.is_some() { &mut mine } else { &mut lines }.push(to_option);
            for (i, _) in Route::ALL.iter().enumerate().filter(|route| branch.routes.contains(route.1)) {
                let to_route = (OPTION.x + OPTION.width, at, ROUTE.x, of_route(i));
                let on_mine = branch.mine.as_ref().is_some_and(|it| it.contains(&Route::ALL[i]));
                if on_mine { &mut mine } else { &mut lines }.push(to_route);
            }
            y += PITCH;
        }
        y += GAP;
    }
    let reached: Vec<Route> = branches.iter().filter_map(|it| it.mine.as_ref()).flatten().copied().collect();
    let reached: Vec<Route> = Route::ALL.into_iter().filter(|it| reached.contains(it)).collect();
    for (i, route) in Route::ALL.iter().enumerate() {
        boxes.extend(boxed(&ROUTE, of_route(i), route.label(), reached.contains(route)));
    }
    let mut words = "备案路径图：从申请单位和单位的情况到备案路径，图中内容另有文字".to_owned();
    if !reached.is_empty() {
        let labels: Vec<_> = reached.iter().map(|it| it.label()).collect();
        words.push_str(&format!("。本单位：{}", labels.join("、")));
    }
    let view = format!("-2 -2 {} {}", WIDTH + 4, height + 4);
    let picture = el("svg").class("decision").set("viewBox", view).set("role", "img").set("aria-label", words);
    // the marked lines are drawn last, over the others
    picture
        .each(lines.into_iter().map(|it| line("line", it)))
        .each(mine.into_iter().map(|it| line("line mine", it)))
        .each(boxes.into_iter())
}

fn line(class: &'static str, (x, y, to_x, to_y): (usize, usize, usize, usize)) -> El {
    let half = usize::midpoint(x, to_x);
    el("path").class(class).set("d", format!("M{x} {y}C{half} {y} {half} {to_y} {to_x} {to_y}"))
}

fn boxed(column: &PictureColumn, middle: usize, label: &str, mine: bool) -> [El; 2] {
    let &PictureColumn { x, width } = column;
    let (top, high) = (middle + 4 - PITCH / 2, PITCH - 8);
    let frame = el("path").class(if mine { "box mine" } else { "box" });
    let words = el("text").class(if mine { "mine" } else { "word" });
    let text = format!("{label}{}", if mine { MINE } else { "" });
    [
        frame.set("d", format!("M{x} {top}h{width}v{high}h-{width}z")),
        words.set("x", (x + 10).to_string()).set("y", (middle + 5).to_string()).text(text),
    ]
}

fn branches<'r>(routes: &'r Routes, marked: Option<&FilingAnswers>) -> Vec<PictureBranch<'r>> {
    let mine = marked.map(|it| routes.path(it)).unwrap_or_default();
    let chosen = |at: usize, choice: &QuestionOption| {
        mine.get(at).is_some_and(|(_, options)| options.iter().any(|it| it.id == choice.id))
    };
    let mut found: Vec<PictureBranch<'r>> = Vec::new();
    for path in routes.paths() {
        for case in cases(&path) {
            let [(_, applicant), (_, option), ..] = case[..] else { continue };
            let route = routes.row_of(&case).map(|it| routes.rows[it].route);
            let same = found.iter_mut().find(|it| (&it.applicant.id, &it.option.id) == (&applicant.id, &option.id));
            if let Some(branch) = same {
                branch.routes.extend(route);
                continue;
            }
            let is_mine = chosen(0, applicant) && chosen(1, option);
            let my_rows = cases(&mine).into_iter().filter(|case| case.get(1).is_some_and(|it| it.1.id == option.id));
            let my_rows = my_rows.filter_map(|case| routes.row_of(&case));
            let mine = is_mine.then(|| my_rows.map(|it| routes.rows[it].route).collect());
            found.push(PictureBranch { applicant, option, routes: route.into_iter().collect(), mine });
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
    if let Some(it) = row.filed_as {
        words.push_str(&format!("。备案为{}", it.label()));
    }
    words
}

fn coded(routes: &Routes, row: &Branch) -> String {
    let Some(code) = row.code.as_ref().and_then(|it| routes.code(it)) else { return "原文未规定".to_owned() };
    let by = match code.letter_by {
        LetterBy::Printed => "原文所印",
        LetterBy::Inferred => "推定",
    };
    let tenth = code.tenth.as_deref().unwrap_or("原文未规定");
    format!("机构类别代码 {}（{by}），第10位 {tenth}", code.letter)
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
