//! What the columns of a pasted table mean: by their headings, however people word them, else by what stands in them.

use crate::filing::scope::{Levels, Scope, levels, plain};
use crate::letters::{Numeral, is_blank, is_bracket, is_han, is_stop};

/// What a column of a pasted table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnMeaning {
    Code,
    Name,
    Trade,
    Levels,
    Standard,
    /// One level, which a mark in the cell declares.
    Level(u8),
    /// 序号.
    Serial,
    /// Nothing of the declaration, or nobody knows.
    Unused,
}

/// The words by which people name the columns and what stands in them, beside those that are printed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PasteWords {
    pub code: Vec<String>,
    pub name: Vec<String>,
    pub trade: Vec<String>,
    pub levels: Vec<String>,
    pub standard: Vec<String>,
    pub serial: Vec<String>,
    /// Columns that tables have and the declaration does not.
    pub unused: Vec<String>,
    /// Words for 国家职业技能标准.
    pub national: Vec<String>,
    /// Words for 企业评价规范.
    pub enterprise: Vec<String>,
    /// With what lines above and below a table begin.
    pub around: Vec<String>,
}

/// How surely a heading has a meaning: the letters of the word that it contains, and more if it is that word.
type Likeness = usize;
const SAME: Likeness = 1000;

/// The headings of a table: which lines they are, and for each column the words and the meaning.
pub struct Headed {
    pub lines: Vec<usize>,
    pub words: Vec<String>,
    pub columns: Vec<ColumnMeaning>,
}

/// Looks for headings, which may have two lines. `None` where there are none.
pub fn headed(scope: &Scope, lines: &[Vec<String>]) -> Option<Headed> {
    let known = PasteHeadings::new(scope);
    let first = lines.iter().position(|line| is_heading(&known, line))?;
    let top = &lines[first];
    let below = lines.get(first + 1).filter(|line| is_second(scope, &known, top, line));
    let width = lines.iter().map(Vec::len).max().unwrap_or_default();
    let mut words: Vec<String> = Vec::new();
    let mut found: Vec<(ColumnMeaning, Likeness)> = Vec::new();
    let several = |line: &Vec<String>| 1 < line.iter().filter(|cell| one_level(&scope.levels, cell).is_some()).count();
    let level_columns = several(top) || below.is_some_and(several);
    let mut merged = "";
    for at in 0..width {
        let own = top.get(at).map_or("", |cell| cell.trim());
        let sub = below.and_then(|line| line.get(at)).map_or("", |cell| cell.trim());
        // a heading over several columns stands over the first of them only
        if !own.is_empty() || sub.is_empty() {
            merged = own;
        }
        let both = [merged, sub].concat();
        let of_level = one_level(&scope.levels, if sub.is_empty() { own } else { sub });
        let level = of_level.filter(|_| level_columns || known.means(merged).0 == ColumnMeaning::Levels);
        let by_words = [both.as_str(), sub, merged].map(|text| known.means(text)).into_iter();
        let best = by_words.rev().max_by_key(|it| it.1).unwrap_or((ColumnMeaning::Unused, 0));
        found.push(level.map_or(best, |level| (ColumnMeaning::Level(level), SAME)));
        words.push(both);
    }
    let mut columns: Vec<ColumnMeaning> = found.iter().map(|it| it.0).collect();
    // two columns of one meaning: the one that says it best
    for at in 0..columns.len() {
        let (meaning, sure) = found[at];
        let better = |(other, (its, how)): (usize, &(ColumnMeaning, Likeness))| {
            *its == meaning && (sure < *how || sure == *how && other < at)
        };
        let once = !matches!(meaning, ColumnMeaning::Unused | ColumnMeaning::Serial | ColumnMeaning::Level(_));
        if once && found.iter().enumerate().any(better) {
            columns[at] = ColumnMeaning::Unused;
        }
    }
    // who writes 工种 alone means the occupation
    if !columns.contains(&ColumnMeaning::Name)
        && let Some(trade) = columns.iter_mut().find(|it| **it == ColumnMeaning::Trade)
    {
        *trade = ColumnMeaning::Name;
    }
    let n_lines = 1 + usize::from(below.is_some());
    let said: Vec<bool> = found.iter().map(|it| 0 < it.1).collect();
    let data = &lines[(first + n_lines).min(lines.len())..];
    for (meaning, holds) in CONTENT {
        let most = most(data, width, |at| !said[at], |cell| holds(scope, cell));
        if let Some(at) = most.filter(|_| !columns.contains(&meaning) && !has_level(&columns, meaning)) {
            columns[at] = meaning;
        }
    }
    Some(Headed { lines: (first..first + n_lines).collect(), words, columns })
}

/// Meanings that show in the cells themselves.
type Content = (ColumnMeaning, fn(&Scope, &str) -> bool);
const CONTENT: [Content; 3] = [
    (ColumnMeaning::Code, |_, cell| is_code(cell)),
    (ColumnMeaning::Standard, |scope, cell| scope.is_standard(cell)),
    (ColumnMeaning::Levels, |scope, cell| levels::read(&scope.levels, cell).is_ok()),
];

fn has_level(columns: &[ColumnMeaning], meaning: ColumnMeaning) -> bool {
    meaning == ColumnMeaning::Levels && columns.iter().any(|it| matches!(it, ColumnMeaning::Level(_)))
}

/// The meanings of columns without headings: by what stands in them, else by their place in the printed table.
pub fn guessed(scope: &Scope, lines: &[Vec<String>]) -> Vec<ColumnMeaning> {
    let width = lines.iter().map(Vec::len).max().unwrap_or_default();
    let mut columns = vec![ColumnMeaning::Unused; width];
    // titles and signatures have one cell; they say nothing about the columns
    let data: Vec<Vec<String>> = lines.iter().filter(|line| 1 < filled(line)).cloned().collect();
    let data = if data.is_empty() { lines.to_vec() } else { data };
    let mut free = vec![true; width];
    let code = most(&data, width, |_| true, |cell| code_in(cell).is_some())
        .or_else(|| most(&data, width, |_| true, is_partial_code));
    let serial = |at: usize| {
        let mut cells = data.iter().filter_map(|line| line.get(at)).filter(|cell| !cell.trim().is_empty()).peekable();
        cells.peek().is_some() && cells.all(|cell| is_serial(cell))
    };
    let first = match code {
        Some(at) => {
            for before in (0..at).filter(|it| serial(*it)) {
                (columns[before], free[before]) = (ColumnMeaning::Serial, false);
            }
            at
        }
        None => usize::from(2 < width && serial(0)),
    };
    let mut put = |at: usize, meaning: ColumnMeaning, free: &mut Vec<bool>| {
        if at < width && free[at] {
            (columns[at], free[at]) = (meaning, false);
        }
    };
    if code.is_none() && 0 < first {
        put(0, ColumnMeaning::Serial, &mut free);
    }
    let cells_of = |at: usize| data.iter().filter_map(move |line| line.get(at));
    // without any code, the first column may have the names
    let named = code.is_none() && cells_of(first).any(|cell| cell.chars().any(is_han));
    if !named && (1 < width || code.is_some()) {
        put(first, ColumnMeaning::Code, &mut free);
    }
    let standard = most(&data, width, |at| free[at], |cell| scope.is_standard(cell));
    if let Some(at) = standard {
        put(at, ColumnMeaning::Standard, &mut free);
    }
    let by_level = most(&data, width, |at| free[at], |cell| levels::read(&scope.levels, cell).is_ok());
    if let Some(at) = by_level {
        put(at, ColumnMeaning::Levels, &mut free);
    }
    let has_text = |at: usize| cells_of(at).any(|cell| !cell.trim().is_empty());
    let by_place = first + usize::from(!named);
    let name = match code {
        Some(_) => (0..width).find(|at| free[*at] && has_text(*at)),
        None => Some(by_place),
    };
    let Some(name) = name.filter(|_| 1 < width) else { return columns };
    // the name may stand behind the code, in one cell
    let joined = code.is_some_and(|at| cells_of(at).filter_map(|it| code_in(it)).any(|it| !it.1.is_empty()));
    let name = if joined {
        put(name, ColumnMeaning::Trade, &mut free);
        name - 1
    } else {
        put(name, ColumnMeaning::Name, &mut free);
        put(name + 1, ColumnMeaning::Trade, &mut free);
        name
    };
    if by_level.is_none() {
        put(name + 2, ColumnMeaning::Levels, &mut free);
    }
    if standard.is_none() {
        put(by_level.unwrap_or(name + 2) + 1, ColumnMeaning::Standard, &mut free);
    }
    columns
}

/// The column with the most cells of a kind.
fn most(
    lines: &[Vec<String>],
    width: usize,
    may: impl Fn(usize) -> bool,
    holds: impl Fn(&str) -> bool,
) -> Option<usize> {
    let mut best = (0, None);
    for at in (0..width).filter(|at| may(*at)) {
        let n = lines.iter().filter(|line| line.get(at).is_some_and(|cell| holds(cell))).count();
        if best.0 < n {
            best = (n, Some(at));
        }
    }
    best.1
}

fn filled(line: &[String]) -> usize {
    line.iter().filter(|cell| !cell.trim().is_empty()).count()
}

fn is_heading(known: &PasteHeadings, line: &[String]) -> bool {
    if line.iter().any(|cell| is_partial_code(cell)) {
        return false;
    }
    let all: Vec<(ColumnMeaning, Likeness)> = line.iter().map(|cell| known.means(cell)).collect();
    let n = all.iter().filter(|it| 0 < it.1).count();
    // two of the five are the least, or all there is
    let own =
        all.iter().filter(|it| 0 < it.1 && !matches!(it.0, ColumnMeaning::Unused | ColumnMeaning::Serial)).count();
    all.iter().any(|it| SAME <= it.1) && 0 < own && (1 < n || filled(line) == 1 && line.len() == 1)
}

/// Is it the second line of the headings, under those that stand over several columns?
fn is_second(scope: &Scope, known: &PasteHeadings, top: &[String], line: &[String]) -> bool {
    let mut merged = "";
    let mut cells = line.iter().enumerate().map(|(at, cell)| {
        let (own, cell) = (top.get(at).map_or("", |it| it.trim()), cell.trim());
        if !own.is_empty() {
            merged = own;
        }
        let both = [merged, cell].concat();
        cell.is_empty()
            || SAME <= known.means(cell).1
            || SAME <= known.means(&both).1
            || one_level(&scope.levels, cell).is_some() && known.means(merged).0 == ColumnMeaning::Levels
    });
    0 < filled(line) && cells.all(|it| it) && !is_numbering(line)
}

/// 1 2 3 4 5 under the headings.
pub fn is_numbering(line: &[String]) -> bool {
    let mut numbers = line.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).zip(1..);
    2 < filled(line) && numbers.all(|(cell, n)| serial_of(cell) == Some(n))
}

/// The words of headings, each read once for all cells of a table.
struct PasteHeadings {
    all: Vec<(ColumnMeaning, PasteHeading)>,
}

/// A word of a heading without blanks, brackets and marks, and the number of its letters.
struct PasteHeading {
    bare: String,
    n: usize,
}

impl PasteHeading {
    fn new(text: &str) -> PasteHeading {
        let bare = bare(text);
        PasteHeading { n: bare.chars().count(), bare }
    }
}

impl PasteHeadings {
    fn new(scope: &Scope) -> PasteHeadings {
        let words = &scope.pasted;
        let printed = |n: usize| scope.columns.get(n).map_or(&[][..], std::slice::from_ref);
        let all = [
            (ColumnMeaning::Code, printed(0), &words.code),
            (ColumnMeaning::Name, printed(1), &words.name),
            (ColumnMeaning::Trade, printed(2), &words.trade),
            (ColumnMeaning::Levels, printed(3), &words.levels),
            (ColumnMeaning::Standard, printed(4), &words.standard),
            (ColumnMeaning::Serial, &[][..], &words.serial),
            (ColumnMeaning::Unused, &[][..], &words.unused),
        ];
        let mut known = PasteHeadings { all: Vec::new() };
        for (meaning, printed, words) in all {
            known.all.extend(printed.iter().chain(words).map(|word| (meaning, PasteHeading::new(word))));
        }
        known
    }

    /// What a heading means, and how surely.
    fn means(&self, heading: &str) -> (ColumnMeaning, Likeness) {
        let mut best = (ColumnMeaning::Unused, 0);
        // without what stands in brackets: 级别（5—1级）
        let open = heading.char_indices().find(|it| 0 < it.0 && is_bracket(it.1)).map(|it| it.0);
        let forms = [PasteHeading::new(heading), PasteHeading::new(&heading[..open.unwrap_or_default()])];
        if forms[0].n == 0 {
            return best;
        }
        for (meaning, word) in &self.all {
            let like = forms.iter().map(|form| likeness(form, word)).max().unwrap_or_default();
            if best.1 < like {
                best = (*meaning, like);
            }
        }
        best
    }
}

fn likeness(heading: &PasteHeading, word: &PasteHeading) -> Likeness {
    if word.n == 0 || heading.n < word.n {
        0
    } else if heading.bare == word.bare {
        SAME + word.n
    } else if heading.n <= 16
        && (heading.bare.ends_with(&word.bare) || 2 < word.n && plain::position(&heading.bare, &word.bare).is_some())
    {
        word.n
    } else {
        0
    }
}

/// A heading without blanks, brackets and marks.
fn bare(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).collect()
}

/// The one level that a heading names.
fn one_level(words: &Levels, cell: &str) -> Option<u8> {
    match levels::read(words, cell).as_deref() {
        Ok([one]) => Some(*one),
        _ => None,
    }
}

/// Is it a code of four parts, and nothing else?
pub fn is_code(cell: &str) -> bool {
    parts(cell) == Some(4)
}

/// Is it the beginning of a code, as of a 大类?
pub fn is_partial_code(cell: &str) -> bool {
    parts(cell).is_some_and(|it| 1 < it)
}

fn parts(cell: &str) -> Option<usize> {
    let code = plain::code(cell);
    let parts: Vec<&str> = code.split('-').collect();
    let fits = |(part, length): (&&str, usize)| part.len() == length && part.bytes().all(|it| it.is_ascii_digit());
    (parts.len() <= 4 && parts.iter().zip([1, 2, 2, 2]).all(fits)).then_some(parts.len())
}

/// A code at the beginning of a cell, and what follows it: 6-18-01-01车工.
pub fn code_in(cell: &str) -> Option<(String, String)> {
    let cell = cell.trim();
    let mut ends = cell.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let end = ends.rfind(|end| is_code(&cell[..*end]))?;
    Some((cell[..end].trim().to_owned(), cell[end..].trim().to_owned()))
}

/// 1, 1., （1）, 一、, ①: the number of a line.
pub fn is_serial(cell: &str) -> bool {
    serial_of(cell).is_some()
}

fn serial_of(cell: &str) -> Option<u16> {
    let plain: String = cell.chars().filter(|it| !is_blank(*it) && !is_bracket(*it) && !is_stop(*it)).collect();
    let mut letters = plain.chars();
    if let (Some(one), None) = (letters.next(), letters.next()) {
        // ①, ⑴, ⒈, ㈠, ㊀
        let circled = [('①', '⑳'), ('⑴', '⒇'), ('⒈', '⒛'), ('㈠', '㈩'), ('㊀', '㊉')];
        let found = circled.iter().find(|(first, last)| (*first..=*last).contains(&one));
        if let Some((first, _)) = found {
            return u16::try_from(u32::from(one) - u32::from(*first) + 1).ok();
        }
    }
    let digits = plain.strip_prefix('第').unwrap_or(&plain);
    if digits.len() == 3 && digits.bytes().all(|it| it.is_ascii_digit()) {
        return digits.parse().ok();
    }
    match Numeral::read(digits.trim_start_matches('0')) {
        Some((number, "")) => Some(number.value()),
        Some(_) | None => None,
    }
}
