//! The file of a rubric: what was read, a rule for each row, and at each row what a person has to look at.

use std::fmt::Write;
use std::sync::LazyLock;

use regex::Regex;

use super::bands::bands;
use super::figure::PrintedNumber;
use super::outline::{GroupText, RowText, RubricText, SectionText};
use super::proposal::{Proposal, ProposedKind};
use super::propose::{WordedRow, propose};
use super::spelled::{TO_ADD, quoted, rule};

/// The text of a file, and how much of it is sure.
#[derive(Debug, Default)]
pub struct WrittenRubric {
    pub toml: String,
    pub rows: usize,
    /// Rows that have a rule of their own.
    pub rules: usize,
    /// Rows with a doubt.
    pub doubtful: usize,
    /// All doubts, also those of the whole.
    pub doubts: usize,
    /// What no table says.
    pub to_add: usize,
}

/// Begins each line for a person.
const DOUBT: &str = "# 待核对：";
const ADD: &str = "# 待补：";

struct FileWriter {
    written: WrittenRubric,
    annex: u8,
    n: usize,
    /// The row whose standard others share.
    first_of_shared: usize,
}

/// Writes the file of a rubric.
pub fn written(rubric: &RubricText, annex: Option<u8>) -> WrittenRubric {
    let mut writer = FileWriter { written: WrittenRubric::default(), annex: 0, n: 0, first_of_shared: 0 };
    writer.head(rubric, annex);
    for section in &rubric.sections {
        writer.section(section);
    }
    let mut written = writer.written;
    let trimmed = written.toml.trim_end().len();
    written.toml.truncate(trimmed);
    written.toml.push('\n');
    written
}

impl FileWriter {
    fn line(&mut self, line: &str) {
        self.written.toml.push_str(line);
        self.written.toml.push('\n');
    }

    fn key(&mut self, key: &str, width: usize, value: &str) {
        let _ = writeln!(self.written.toml, "{key:width$} = {value}");
    }

    fn doubt(&mut self, why: &str) {
        self.written.doubts += 1;
        self.line(&format!("{DOUBT}{why}"));
    }

    fn add(&mut self, what: &str) {
        self.written.to_add += 1;
        self.line(&format!("{ADD}{what}"));
    }

    fn head(&mut self, rubric: &RubricText, annex: Option<u8>) {
        let above = Above::of(&rubric.above);
        self.annex = annex.or(above.annex).unwrap_or(1);
        for why in &rubric.doubts {
            self.doubt(why);
        }
        if annex.or(above.annex).is_none() {
            self.add("附件号，表上没有；用 --annex 指明，行号也随它");
        }
        self.key("annex", 9, &self.annex.to_string());
        let known = [
            ("用人单位", "employer"),
            ("技工", "technical_school"),
            ("社会培训", "social_organisation"),
            ("社会组织", "social_organisation"),
        ];
        let applicant = known.iter().find(|it| above.title.contains(it.0)).map(|it| it.1);
        if applicant.is_none() {
            self.add("这份评估要点是哪一类单位的");
        }
        self.key("applicant", 9, &quoted(applicant.unwrap_or(TO_ADD)));
        let of_occupation =
            above.title.rsplit(['—', '-', '（']).next().is_some_and(|it| it.contains("职业") || it.contains("工种"))
                && (above.title.contains("工种") || above.title.contains("——"));
        let is_public = above.title.contains("公共");
        if !of_occupation && !is_public {
            self.doubt("part 是 public（公共的一份）还是 occupation（每个职业、工种一份），标题里看不出");
        }
        self.key("part", 9, &quoted(if of_occupation && !is_public { "occupation" } else { "public" }));
        if above.title.is_empty() {
            self.add("标题，表格上方没有");
        }
        self.key("title", 9, &quoted(if above.title.is_empty() { TO_ADD } else { &above.title }));
        let header: Vec<String> = above.header.iter().map(|it| quoted(it)).collect();
        self.list("header", &header);
        let summed = sum(rubric.sections.iter().map(section_points));
        match rubric.total {
            None => self.doubt("合计没有读到，按各行分值之和提出"),
            Some(total) if total != summed => self.doubt(&format!("各项分值之和是 {summed}，合计印的是 {total}")),
            Some(_) => {}
        }
        self.key("total", 9, &rubric.total.unwrap_or(summed).to_string());
        if !rubric.total_label.is_empty() {
            self.key("total_label", 9, &quoted(&rubric.total_label));
        }
        let note: Vec<String> = rubric.note.iter().map(|it| quoted(it)).collect();
        self.list("note", &note);
        self.key("readings", 9, "[]");
        let bands = bands(&rubric.note);
        if bands.is_empty() {
            self.line("");
            self.doubt("没有读到分数线和结论，请补上 [[band]]");
        }
        for (at_least, outcome) in bands {
            self.line("\n[[band]]");
            self.key("at_least", 8, &at_least.to_string());
            self.key("outcome", 8, &quoted(&outcome));
        }
    }

    /// A list, a line each where it is long.
    fn list(&mut self, key: &str, values: &[String]) {
        match values {
            [] | [_] => self.key(key, 9, &format!("[{}]", values.concat())),
            several => {
                let lines: Vec<String> = several.iter().map(|it| format!("  {it},\n")).collect();
                self.key(key, 9, &format!("[\n{}]", lines.concat()));
            }
        }
    }

    fn section(&mut self, section: &SectionText) {
        let points = section.points.map_or(String::new(), |it| format!(" {it}分"));
        let title = format!("# ── {}{points} ", section.name);
        let wide: usize = title.chars().map(|it| if it.is_ascii() || it == '─' { 1 } else { 2 }).sum();
        self.line(&format!("\n{title}{}", "─".repeat(68_usize.saturating_sub(wide))));
        self.line("\n[[section]]");
        if section.weight.is_some() {
            self.doubt("有权重，各行的分值是否要乘，请看原文");
        }
        let groups = sum(section.groups.iter().map(group_points));
        if let Some(points) = section.points.filter(|it| *it != groups) {
            self.doubt(&format!("这个项目印着 {points} 分，各行分值之和是 {groups}"));
        }
        self.key("name", 6, &quoted(&section.name));
        if let Some(points) = section.points {
            self.key("points", 6, &points.to_string());
        }
        if let Some(weight) = section.weight {
            self.key("weight", 6, &weight.to_string());
        }
        for group in &section.groups {
            self.group(group);
        }
    }

    fn group(&mut self, group: &GroupText) {
        self.line("\n[[section.group]]");
        let rows = sum(group.rows.iter().map(|it| it.points));
        if let Some(points) = group.points.filter(|it| *it != rows) {
            self.doubt(&format!("这一组印着 {points} 分，各行分值之和是 {rows}"));
        }
        self.key("name", 6, &quoted(&group.name));
        if let Some(points) = group.points {
            self.key("points", 6, &points.to_string());
        }
        for row in &group.rows {
            self.row(group, row);
        }
    }

    fn row(&mut self, group: &GroupText, row: &RowText) {
        self.n += 1;
        self.written.rows += 1;
        self.line("\n[[section.group.row]]");
        let id = quoted(&format!("{}-{}", self.annex, self.n));
        if row.shares {
            let doubtful = !row.doubts.is_empty();
            self.written.doubtful += usize::from(doubtful);
            row.doubts.iter().for_each(|it| self.doubt(&format!("{it}（{}）", row.place)));
            self.key("id", 8, &id);
            self.key("content", 8, &quoted(&row.content));
            let shares = quoted(&format!("{}-{}", self.annex, self.first_of_shared));
            self.key("shares", 8, &shares);
            self.key("readings", 8, "[]");
            return;
        }
        self.first_of_shared = self.n;
        let printed = WordedRow {
            group: group.name.clone(),
            content: row.content.clone(),
            standard: row.standard.clone(),
            points: row.points,
            levels: row.levels.clone(),
        };
        let mut proposal = propose(&printed);
        self.written.rules += 1;
        // a row without points that gives none is told by its empty cell as well
        proposal.doubts.splice(0..0, row.doubts.iter().cloned());
        self.written.doubtful += usize::from(!proposal.doubts.is_empty());
        for why in &proposal.doubts {
            self.doubt(&format!("{why}（{}）", row.place));
        }
        for what in &proposal.to_add {
            self.add(what);
        }
        self.key("id", 8, &id);
        self.key("content", 8, &quoted(&row.content));
        self.key("standard", 8, &quoted(&row.standard));
        if let Some(points) = row.points {
            self.key("points", 8, &points.to_string());
        }
        if let Some(methods) = &row.methods {
            let methods: Vec<String> = methods.iter().map(|it| quoted(it)).collect();
            self.key("methods", 8, &format!("[{}]", methods.join(", ")));
        }
        self.rule(&proposal);
        self.key("readings", 8, "[]");
    }

    fn rule(&mut self, proposal: &Proposal) {
        if let Some(veto) = &proposal.veto {
            let blocks = if veto.blocks_work { "work" } else { "filing" };
            let veto = format!("{{ phrase = {}, blocks = {} }}", quoted(&veto.phrase), quoted(blocks));
            self.key("veto", 8, &veto);
        }
        self.key("rule", 8, &rule(&proposal.rule));
        debug_assert!(proposal.rule != ProposedKind::None || proposal.veto.is_none());
    }
}

fn sum(points: impl Iterator<Item = Option<PrintedNumber>>) -> PrintedNumber {
    points.flatten().fold(PrintedNumber::ZERO, PrintedNumber::plus)
}

fn group_points(group: &GroupText) -> Option<PrintedNumber> {
    Some(sum(group.rows.iter().map(|it| it.points)))
}

fn section_points(section: &SectionText) -> Option<PrintedNumber> {
    section.points.or_else(|| Some(sum(section.groups.iter().map(group_points))))
}

/// What stands above the table.
struct Above {
    annex: Option<u8>,
    title: String,
    header: Vec<String>,
}

impl Above {
    fn of(lines: &[String]) -> Above {
        static ANNEX: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"^附\s*件\s*(\d{1,2})?\s*[:：]?$").expect("the pattern is ours"));
        let mut above = Above { annex: None, title: String::new(), header: Vec::new() };
        for line in lines {
            let plain = super::printed::printed(line);
            if let Some(found) = ANNEX.captures(&plain) {
                above.annex = found.get(1).and_then(|it| it.as_str().parse().ok());
            } else if plain.contains(['：', ':']) || blanks(line) != plain {
                above.header.push(blanks(line));
            } else if above.title.is_empty() || plain.starts_with(['—', '－', '-', '（']) {
                above.title.push_str(&plain);
            } else {
                above.header.push(plain);
            }
        }
        above
    }
}

/// 名称：____ with its blanks as files have them: a name, a number, and parts of that number.
fn blanks(line: &str) -> String {
    static BLANK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:[_＿]+\s*)+|[ \u{3000}\u{a0}]{2,}|\{\}").expect("the pattern is ours"));
    let mut out = String::new();
    let (mut at, mut has_count) = (0, false);
    let line = line.trim();
    for found in BLANK.find_iter(line) {
        out.push_str(&line[at..found.start()]);
        at = found.end();
        let is_count = line[at..].trim_start().starts_with(['人', '名', '个', '台']);
        out.push_str(match is_count {
            // the parts of the number before
            true if has_count && out.contains("其中") => "{part}",
            true => "{count}",
            false => "{text}",
        });
        has_count |= is_count;
    }
    out.push_str(&line[at..]);
    if out.ends_with(['：', ':']) && !out.contains('{') {
        out.push_str("{text}");
    }
    super::printed::printed(&out)
}
