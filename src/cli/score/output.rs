//! A report as a line of JSON, written straight into the buffer.

use crate::rubric::{Edition, Points, Row, Rubric, Rule};
use crate::score::{Answers, Report, ScaleReport, Verdict, explain};

use super::quick::QuickRows;
use crate::cli::lines::{quoted, write_id, write_quoted};

/// One rubric's lines. The parts that are the same in every line are made once.
pub struct Writer<'r> {
    pub edition: &'r Edition,
    pub rubric: &'r Rubric,
    /// `"rubric":"3","edition":"place-2021",`
    head: Vec<u8>,
    rows: Vec<RowTexts>,
    /// How its lines are read where they are as usual.
    pub quick: QuickRows<'r>,
    /// `"实施方案":` for each section that prints points.
    sections: Vec<Vec<u8>>,
}

/// What a row's part of a line mostly is.
struct RowTexts {
    /// `"3-1":{"score":`
    head: Vec<u8>,
    /// The whole of it at full points, at none, and unanswered.
    usual: Vec<(Scores, Vec<u8>)>,
}

/// Score, lowest and highest of a row.
type Scores = [Option<Points>; 3];

impl RowTexts {
    fn new(rubric: &Rubric, row: &Row) -> RowTexts {
        let head = format!("\"{}\":{{\"score\":", rubric.row_id(row.number)).into_bytes();
        let worth = row.points.or(if let Rule::Bonus { add } = row.rule { Some(add) } else { None });
        let zero = worth.map(|_| Points::ZERO);
        let mut texts = RowTexts { head, usual: Vec::new() };
        for scores in [[worth; 3], [zero; 3], [None, zero, worth], [None; 3]] {
            let mut text = Vec::new();
            texts.write(&mut text, scores);
            text.push(b'}');
            texts.usual.push((scores, text));
        }
        texts
    }

    /// Without the brace at its end.
    fn write(&self, out: &mut Vec<u8>, [score, low, high]: Scores) {
        out.extend_from_slice(&self.head);
        number(out, score);
        out.extend_from_slice(b",\"low\":");
        number(out, low);
        out.extend_from_slice(b",\"high\":");
        number(out, high);
    }
}

impl<'r> Writer<'r> {
    pub fn new(edition: &'r Edition, rubric: &'r Rubric) -> Writer<'r> {
        let head = format!("\"rubric\":\"{}\",\"edition\":{},", rubric.annex, quoted(&edition.id));
        let rows = rubric.rows().map(|it| RowTexts::new(rubric, it)).collect();
        let printed = rubric.sections.iter().filter(|it| it.points.is_some());
        let sections = printed.map(|it| format!("{}:", quoted(&it.name)).into_bytes());
        let quick = QuickRows::new(rubric);
        Writer { edition, rubric, head: head.into_bytes(), rows, quick, sections: sections.collect() }
    }

    /// Writes the line; with the answers, each row carries its calculation.
    pub fn write(&self, out: &mut Vec<u8>, id: Option<&str>, report: &Report<'_>, answers: Option<&Answers>) {
        out.push(b'{');
        write_id(out, id);
        out.extend_from_slice(&self.head);
        let status: &[u8] = if report.is_complete() { b"complete" } else { b"incomplete" };
        field(out, b"\"status\":\"", status);
        out.extend_from_slice(b"\",\"rows\":{");
        list(out, self.rows.iter().zip(&report.rows), |out, (texts, row)| {
            let scores = [row.score, row.low, row.high];
            if answers.is_none()
                && let Some((_, text)) = texts.usual.iter().find(|it| it.0 == scores)
            {
                return out.extend_from_slice(text);
            }
            texts.write(out, scores);
            if let Some(answers) = answers {
                let sum = explain(self.edition, report, row, answers);
                let texts =
                    [("rule", sum.rule), ("facts", sum.facts), ("arithmetic", sum.arithmetic), ("clause", sum.clause)];
                out.extend_from_slice(b",\"calculation\":{");
                list(out, texts, |out, (name, text)| {
                    out.extend_from_slice(format!("\"{name}\":{}", quoted(&text)).as_bytes());
                });
                out.push(b'}');
            }
            out.push(b'}');
        });
        out.extend_from_slice(b"},\"sections\":{");
        list(out, self.sections.iter().zip(&report.sections), |out, (name, section)| {
            out.extend_from_slice(name);
            number(out, Some(section.points));
        });
        out.push(b'}');
        let totals: [(&[u8], Points); 5] = [
            (b",\"base_total\":", report.base),
            (b",\"bonus\":", report.bonus),
            (b",\"total_with_bonus\":", report.total_with_bonus()),
            (b",\"low\":", report.low),
            (b",\"high\":", report.high),
        ];
        for (name, points) in totals {
            out.extend_from_slice(name);
            number(out, Some(points));
        }
        // only where somebody estimates: keys more than the promised ones
        if let Some(estimated) = report.estimated() {
            let ends: [(&[u8], Points); 3] = [
                (b",\"estimated\":{\"low\":", estimated.low),
                (b",\"likely\":", report.base),
                (b",\"high\":", estimated.high),
            ];
            for (name, points) in ends {
                out.extend_from_slice(name);
                number(out, Some(points));
            }
            out.extend_from_slice(b"},\"deciding\":[");
            self.numbers(out, estimated.deciding);
            out.push(b']');
        }
        let rows: [(&[u8], &[u16]); 3] = [
            (b",\"unanswered\":[", &report.unanswered),
            (b"],\"filing_vetoes\":[", &report.filing_vetoes),
            (b"],\"work_vetoes\":[", &report.work_vetoes),
        ];
        for (name, rows) in rows {
            out.extend_from_slice(name);
            self.numbers(out, rows.iter().copied());
        }
        // only where somebody said so: a key more than the promised ones
        let mut unsure = report.unsure().peekable();
        if unsure.peek().is_some() {
            out.extend_from_slice(b"],\"unsure\":[");
            self.numbers(out, unsure);
        }
        // only where the document has such a thing
        let mut skipped = report.skipped().peekable();
        if skipped.peek().is_some() {
            out.extend_from_slice(b"],\"not_applicable\":[");
            self.numbers(out, skipped);
        }
        if !report.scales.is_empty() {
            out.extend_from_slice(b"],\"scales\":[");
            list(out, &report.scales, scale);
        }
        verdict(out, b"],\"verdict\":", report.verdict());
        verdict(out, b",\"verdict_with_bonus\":", report.verdict_with_bonus());
        let may: &[u8] = match report.may_start_work() {
            None => b"null",
            Some(true) => b"true",
            Some(false) => b"false",
        };
        field(out, b",\"may_start_work\":", may);
        out.extend_from_slice(b",\"readings\":[");
        list(out, report.readings(), write_quoted);
        out.extend_from_slice(b"]}\n");
    }

    fn numbers(&self, out: &mut Vec<u8>, rows: impl IntoIterator<Item = u16>) {
        list(out, rows, |out, row| {
            out.push(b'"');
            digits(out, self.rubric.annex.into());
            out.push(b'-');
            digits(out, row);
            out.push(b'"');
        });
    }
}

fn scale(out: &mut Vec<u8>, of: &ScaleReport<'_>) {
    out.extend_from_slice(b"{\"name\":");
    write_quoted(out, &of.scale.name);
    for (name, points) in [(&b",\"points\":"[..], of.points), (b",\"low\":", of.low), (b",\"high\":", of.high)] {
        out.extend_from_slice(name);
        number(out, Some(points));
    }
    out.push(b'}');
}

fn field(out: &mut Vec<u8>, name: &[u8], value: &[u8]) {
    out.extend_from_slice(name);
    out.extend_from_slice(value);
}

fn verdict(out: &mut Vec<u8>, name: &[u8], verdict: Verdict<'_>) {
    out.extend_from_slice(name);
    match verdict {
        Verdict::Pending => out.extend_from_slice(b"null"),
        Verdict::FilingVetoed => write_quoted(out, "filing_vetoed"),
        Verdict::Band(band) => write_quoted(out, &band.outcome),
        Verdict::BelowAllThresholds => write_quoted(out, "below_all_thresholds"),
    }
}

fn list<T>(out: &mut Vec<u8>, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Vec<u8>, T)) {
    for (i, item) in items.into_iter().enumerate() {
        if 0 < i {
            out.push(b',');
        }
        write(out, item);
    }
}

fn number(out: &mut Vec<u8>, points: Option<Points>) {
    let Some(points) = points else { return out.extend_from_slice(b"null") };
    let tenths = points.in_tenths();
    digits(out, tenths / 10);
    if tenths % 10 != 0 {
        out.push(b'.');
        digits(out, tenths % 10);
    }
}

pub fn digits(out: &mut Vec<u8>, n: u16) {
    if 9 < n {
        digits(out, n / 10);
    }
    out.push(b'0' + (n % 10) as u8);
}
