//! The heads of a table, recognised by their words, and what each column holds.

use crate::letters::{is_blank, narrow};

use super::grid::Grid;
use super::levels::{LevelHead, level_head};

/// What a column of the table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnRole {
    /// 项目, 项目分解, 评估内容: from the widest to the narrowest.
    Name,
    /// 评估标准: what is asked for.
    Asked,
    /// 评分标准: how points are given.
    Scored,
    Points,
    Methods,
    /// 得分, 备注: filled in later.
    Left,
}

/// Where the heads stand and what they say.
#[derive(Clone, Debug)]
pub struct TableHead {
    /// Its rows; the table begins below.
    pub rows: (usize, usize),
    pub roles: Vec<ColumnRole>,
    pub words: Vec<String>,
    /// The columns that have a level each, from left to right; none or several.
    pub levels: Vec<(usize, LevelHead)>,
}

/// Words of heads and what they stand for; the first that fits counts. `*` stands for anything before or behind.
const WORDS: [(&[&str], ColumnRole); 6] = [
    (
        &[
            "*评分标准*",
            "*评分办法*",
            "*评分细则*",
            "*评分说明*",
            "*评分方法*",
            "*评分要求*",
            "*评分规则*",
            "*评分依据*",
            "*计分*",
            "*记分*",
            "*扣分标准*",
            "*扣分办法*",
            "*扣分细则*",
            "*给分*",
            "*打分标准*",
            "*打分办法*",
            "*赋分标准*",
            "*赋分规则*",
            "*得分标准*",
            "*评定等级标准*",
            "等级评定标准",
        ],
        ColumnRole::Scored,
    ),
    (
        &[
            "分值*",
            "标准分*",
            "满分*",
            "应得分*",
            "配分*",
            "基本分*",
            "分数*",
            "赋分*",
            "总分",
            "目标分*",
            "权重*",
            "指标分*",
            "参考分*",
            "项目分值",
            "规定分*",
            "标准分值",
            "分",
        ],
        ColumnRole::Points,
    ),
    (
        &[
            "得分",
            "*自评*",
            "*实得*",
            "*评估得分",
            "*考核得分",
            "*评审得分",
            "*专家*",
            "备注*",
            "扣分",
            "扣分原因*",
            "*意见*",
            "序号",
            "编号",
            "评分",
            "评定等级",
            "*情况",
            "评语",
            "*结果",
            "*得分",
            "加分原因",
            "存在问题*",
            "达标等级",
            "*打分",
            "考评分",
            "省评分",
            "部评分",
        ],
        ColumnRole::Left,
    ),
    (
        &[
            "*方式",
            "*方法",
            "*评估办法",
            "*检查办法",
            "*步骤*",
            "*材料*",
            "*依据",
            "*途径",
            "*查验*",
            "资料*",
            "评审要点及方式",
        ],
        ColumnRole::Methods,
    ),
    (&["*标准", "*标准及要求", "*细则", "*要求", "*内涵", "*标准要求", "*达标条件", "*条件"], ColumnRole::Asked),
    (
        &[
            "*项目*",
            "*内容*",
            "*指标*",
            "*要点*",
            "*类别*",
            "*分解*",
            "*分项*",
            "*要素*",
            "*观测点*",
            "*模块*",
            "*大项*",
            "*小项*",
            "*子项*",
            "*事项*",
            "*分类*",
            "名称",
        ],
        ColumnRole::Name,
    ),
];

/// Finds the heads.
///
/// # Errors
/// What is missing, in a sentence.
pub fn head(grid: &Grid) -> Result<TableHead, String> {
    let mut best: Option<(usize, usize)> = None;
    for row in 0..grid.n_rows().min(60) {
        let texts = distinct(grid, row);
        let roles: Vec<ColumnRole> = texts.iter().filter_map(|it| role(it)).collect();
        let levels = texts.iter().filter(|it| level_head(it).is_some()).count();
        let known = roles.len() + if 1 < levels { levels } else { 0 };
        // a row of words that are all heads, and of more than one kind
        let is_mixed = known != roles.len() || roles.iter().any(|it| *it != roles[0]);
        let is_head = !roles.is_empty() && 2 <= known && texts.len() <= known + 1 && is_mixed;
        if is_head && best.is_none_or(|it| it.1 < known) {
            best = Some((row, known));
        }
    }
    let (row, _) = best
        .ok_or_else(|| "没有认出表头：应有一行写着“项目”“评估内容”“评估标准”“分值”这样的列名，各占一格".to_owned())?;
    let is_joined = |a: usize, b: usize| (0..grid.n_columns()).any(|it| grid.is_one((a, it), (b, it)));
    // the second row of heads may have more of them
    let row = if 0 < row && is_joined(row - 1, row) { row - 1 } else { row };
    let mut last = row;
    // 得分 above 自评 and 专家: a second row of heads below merged ones
    let below = distinct(grid, row + 1);
    let are_levels = 1 < below.len() && below.iter().all(|it| level_head(it).is_some());
    if !below.is_empty()
        && row + 1 < grid.n_rows()
        && (is_joined(row, row + 1) || are_levels)
        && (0..grid.n_columns()).all(|column| {
            let below = grid.text(row + 1, column);
            grid.is_one((row, column), (row + 1, column)) || below.is_empty() || is_known(&below)
        })
    {
        last = row + 1;
    }
    let words: Vec<String> = (0..grid.n_columns())
        .map(|column| {
            let (above, own) = (grid.text(row, column), grid.text(last, column));
            if last == row || above == own || !is_known(&own) { above } else { own }
        })
        .collect();
    let mut roles: Vec<ColumnRole> = words.iter().map(|it| role(it).unwrap_or(ColumnRole::Left)).collect();
    // 项目 over two columns: the second has the parts of the first
    for column in 1..roles.len() {
        if grid.text(row, column).is_empty()
            && roles[column - 1] == ColumnRole::Name
            && !grid.is_one((row, column - 1), (row, column))
        {
            roles[column] = ColumnRole::Left;
        }
    }
    let levels = levels(grid, last, &words);
    let head = TableHead { rows: (row, last), roles, words, levels };
    if head.levels.is_empty()
        && !head.roles.iter().any(|it| matches!(it, ColumnRole::Asked | ColumnRole::Scored | ColumnRole::Name))
    {
        return Err(format!("表头（{}）里没有评估内容或评估标准这样的列", grid.place(row)));
    }
    Ok(head)
}

fn is_known(text: &str) -> bool {
    role(text).is_some() || level_head(text).is_some()
}

/// Columns of levels, where something is printed in them: others are there to be ticked.
fn levels(grid: &Grid, last: usize, words: &[String]) -> Vec<(usize, LevelHead)> {
    let is_filled = |column: usize| {
        let rows = last + 1..grid.n_rows();
        let filled = rows.clone().filter(|it| !grid.text(*it, column).is_empty()).count();
        rows.len() <= 2 * filled
    };
    let levels = words.iter().enumerate().filter_map(|(column, word)| Some((column, level_head(word)?)));
    let levels: Vec<(usize, LevelHead)> = levels.filter(|it| is_filled(it.0)).collect();
    if levels.len() < 2 { Vec::new() } else { levels }
}

/// The texts of a row's cells, each merged cell once.
fn distinct(grid: &Grid, row: usize) -> Vec<String> {
    grid.row_texts(row)
}

/// What a head says.
pub fn role(text: &str) -> Option<ColumnRole> {
    let bare: String = text.chars().filter(|it| !is_blank(*it)).map(narrow).collect();
    let bare = bare.split(['(', '/']).next().unwrap_or_default().trim_matches([':', '*', '★']);
    if bare.is_empty() || 12 < bare.chars().count() {
        return None;
    }
    WORDS.iter().find(|(words, _)| words.iter().any(|it| fits(bare, it))).map(|it| it.1)
}

fn fits(text: &str, word: &str) -> bool {
    let bare = word.trim_matches('*');
    match (word.starts_with('*'), word.ends_with('*')) {
        (true, true) => text.contains(bare),
        (true, false) => text.ends_with(bare),
        (false, true) => text.starts_with(bare),
        (false, false) => text == bare,
    }
}

impl TableHead {
    /// Whether the row says the heads again, as it does on each page.
    pub fn is_again(&self, grid: &Grid, row: usize) -> bool {
        let is_same = |column: usize, of: usize| {
            !grid.text(of, column).is_empty() && grid.text(row, column) == grid.text(of, column)
        };
        let n = |of: usize| (0..grid.n_columns()).filter(|it| is_same(*it, of)).count();
        let filled = (0..grid.n_columns()).filter(|it| !grid.text(row, *it).is_empty()).count();
        2 <= filled
            && (filled <= n(self.rows.0) + 1 && 2 <= n(self.rows.0)
                || filled <= n(self.rows.1) + 1 && 2 <= n(self.rows.1))
    }

    pub fn columns(&self, role: ColumnRole) -> Vec<usize> {
        (0..self.roles.len()).filter(|it| self.roles[*it] == role).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_known_by_their_words() {
        for (words, expected) in [
            ("项目", ColumnRole::Name),
            ("项目分解", ColumnRole::Name),
            ("一级指标及权重", ColumnRole::Name),
            ("评 估 内 容", ColumnRole::Name),
            ("评估标准", ColumnRole::Asked),
            ("评估细则", ColumnRole::Asked),
            ("内容、标准和评分办法", ColumnRole::Scored),
            ("评分标准", ColumnRole::Scored),
            ("分值（100分）", ColumnRole::Points),
            ("标准分", ColumnRole::Points),
            ("得分", ColumnRole::Left),
            ("自评得分", ColumnRole::Left),
            ("备 注", ColumnRole::Left),
            ("评估方式", ColumnRole::Methods),
            ("资料要求", ColumnRole::Methods),
        ] {
            assert_eq!(role(words), Some(expected), "{words}");
        }
        assert_eq!([role("成立领导小组，明确职责"), role("8"), role("")], [None, None, None]);
    }
}
