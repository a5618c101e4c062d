//! A report as a line of JSON, written straight into the buffer.

use crate::rubric::{Edition, Points, Rubric};
use crate::score::{Answers, Report, Verdict, explain};

use crate::cli::lines::{quoted, write_id};

/// One rubric's lines. The parts that are the same in every line are made once.
pub struct Writer<'r> {
    pub edition: &'r Edition,
    pub rubric: &'r Rubric,
    /// `"rubric":"3","edition":"henan-2021",`
    head: Vec<u8>,
    /// `"3-1":{"score":` for each row.
    heads: Vec<Vec<u8>>,
    /// `"实施方案":` for each section that prints points.
    sections: Vec<Vec<u8>>,
}

impl<'r> Writer<'r> {
    pub fn new(edition: &'r Edition, rubric: &'r Rubric) -> Writer<'r> {
        let head = format!("\"rubric\":\"{}\",\"edition\":{},", rubric.annex, quoted(&edition.id));
        let rows = rubric.rows().map(|it| format!("\"{}\":{{\"score\":", rubric.row_id(it.number)).into_bytes());
        let printed = rubric.sections.iter().filter(|it| it.points.is_some());
        let sections = printed.map(|it| format!("{}:", quoted(&it.name)).into_bytes());
        Writer { edition, rubric, head: head.into_bytes(), heads: rows.collect(), sections: sections.collect() }
    }

    /// Writes the line; with the answers, each row carries its calculation.
    pub fn write(&self, out: &mut Vec<u8>, id: Option<&str>, report: &Report<'_>, answers: Option<&Answers>) {
        out.push(b'{');
        write_id(out, id);
        out.extend_from_slice(&self.head);
        let status: &[u8] = if report.is_complete() { b"complete" } else { b"incomplete" };
        field(out, b"\"status\":\"", status);
        out.extend_from_slice(b"\",\"rows\":{");
        list(out, self.heads.iter().zip(&report.rows), |out, (name, row)| {
            out.extend_from_slice(name);
            number(out, row.score);
            out.extend_from_slice(b",\"low\":");
            number(out, row.low);
            out.extend_from_slice(b",\"high\":");
            number(out, row.high);
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
            self.rows(out, &estimated.deciding);
            out.push(b']');
        }
        let rows: [(&[u8], &[u16]); 3] = [
            (b",\"unanswered\":[", &report.unanswered),
            (b"],\"filing_vetoes\":[", &report.filing_vetoes),
            (b"],\"work_vetoes\":[", &report.work_vetoes),
        ];
        for (name, rows) in rows {
            out.extend_from_slice(name);
            self.rows(out, rows);
        }
        // only where somebody said so: a key more than the promised ones
        let unsure: Vec<u16> = report.unsure().collect();
        if !unsure.is_empty() {
            out.extend_from_slice(b"],\"unsure\":[");
            self.rows(out, &unsure);
        }
        field(out, b"],\"verdict\":", verdict(report.verdict()).as_bytes());
        field(out, b",\"verdict_with_bonus\":", verdict(report.verdict_with_bonus()).as_bytes());
        let may: &[u8] = match report.may_start_work() {
            None => b"null",
            Some(true) => b"true",
            Some(false) => b"false",
        };
        field(out, b",\"may_start_work\":", may);
        out.extend_from_slice(b",\"readings\":[");
        list(out, report.readings(), |out, id| out.extend_from_slice(quoted(id).as_bytes()));
        out.extend_from_slice(b"]}\n");
    }

    fn rows(&self, out: &mut Vec<u8>, rows: &[u16]) {
        list(out, rows, |out, row| {
            out.push(b'"');
            digits(out, self.rubric.annex.into());
            out.push(b'-');
            digits(out, *row);
            out.push(b'"');
        });
    }
}

fn field(out: &mut Vec<u8>, name: &[u8], value: &[u8]) {
    out.extend_from_slice(name);
    out.extend_from_slice(value);
}

fn verdict(verdict: Verdict<'_>) -> String {
    match verdict {
        Verdict::Pending => "null".to_owned(),
        Verdict::FilingVetoed => quoted("filing_vetoed"),
        Verdict::Band(band) => quoted(&band.outcome),
        Verdict::BelowAllThresholds => quoted("below_all_thresholds"),
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

fn digits(out: &mut Vec<u8>, n: u16) {
    if 9 < n {
        digits(out, n / 10);
    }
    out.push(b'0' + (n % 10) as u8);
}
