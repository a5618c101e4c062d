//! A sheet as programs write it, read in one pass: keys in the usual order, rows in printed order, plain letters. Whatever
//! is written in another way, or is wrong, is left to `input`, which knows every case and says what is the matter.

use crate::rubric::{Edition, Fact, Row, Rubric, Rule};
use crate::score::{Answers, is_sound};

use super::answer::{in_measure, is_whole};
use super::input::AnswerValue;

/// A rubric's rows by the texts that stand in a line.
pub struct QuickRows<'r> {
    rows: Vec<QuickRow<'r>>,
}

struct QuickRow<'r> {
    row: &'r Row,
    /// `"3-1":{`
    head: Vec<u8>,
    /// `"met":` for each fact of the row; the three years are the first of them.
    facts: Vec<(Vec<u8>, Fact)>,
}

impl<'r> QuickRows<'r> {
    pub fn new(rubric: &'r Rubric) -> QuickRows<'r> {
        let of_row = |row: &'r Row| {
            let mut facts = Vec::new();
            for fact in row.rule.forms().concat() {
                // a printed level is a word of the row: lists of other facts and it go the general way
                if matches!(row.rule, Rule::Choice { .. } | Rule::Listed { .. }) || fact == Fact::FirstCount {
                    continue;
                }
                let name = format!("\"{}\":", fact.name()).into_bytes();
                if !facts.iter().any(|it: &(Vec<u8>, Fact)| it.0 == name) {
                    facts.push((name, fact));
                }
            }
            QuickRow { row, head: format!("\"{}\":{{", rubric.row_id(row.number)).into_bytes(), facts }
        };
        QuickRows { rows: rubric.rows().map(of_row).collect() }
    }

    /// Reads what stands behind `"answers":`. `None` where it is not usual, or breaks a rule.
    pub fn read(&self, line: &mut QuickLine<'_>, answers: &mut Answers) -> Option<()> {
        line.skip(b"{")?;
        let mut rows = self.rows.iter();
        loop {
            // also `{}` is left out: it is rare
            let QuickRow { row, facts, .. } = rows.find(|it| line.skip(&it.head).is_some())?;
            loop {
                let fact = facts.iter().find(|it| line.skip(&it.0).is_some())?.1;
                if fact == Fact::FirstYear {
                    line.skip(b"[")?;
                    for (fact, end) in [(fact, b","), (Fact::SecondYear, b","), (Fact::ThirdYear, b"]")] {
                        line.give(row, fact, answers)?;
                        line.skip(end)?;
                    }
                } else {
                    line.give(row, fact, answers)?;
                }
                match line.next()? {
                    b',' => line.blanks(),
                    b'}' => break,
                    _ => return None,
                }
            }
            if !is_whole(&row.rule, answers.row(row.number)) {
                return None;
            }
            match line.next()? {
                b',' => line.blanks(),
                b'}' => break,
                _ => return None,
            }
        }
        is_sound(self.rows.iter().map(|it| it.row), answers).then_some(())
    }
}

/// A line, read from its beginning to its end.
pub struct QuickLine<'l> {
    rest: &'l [u8],
}

/// What stands before the answers.
pub struct QuickHead<'l> {
    pub id: Option<&'l str>,
    pub annex: u8,
    pub edition: Option<&'l str>,
}

impl<'l> QuickLine<'l> {
    /// Reads up to `"answers":`.
    pub fn read(line: &'l [u8]) -> Option<(QuickLine<'l>, QuickHead<'l>)> {
        let mut line = QuickLine { rest: line };
        let (mut id, mut annex, mut edition) = (None, None, None);
        line.skip(b"{")?;
        loop {
            match line.text()? {
                "id" if id.is_none() => {
                    line.colon()?;
                    id = Some(line.id()?);
                }
                "rubric" if annex.is_none() => {
                    line.colon()?;
                    let [digit @ b'1'..=b'9'] = line.text()?.as_bytes() else { return None };
                    annex = Some(digit - b'0');
                }
                "edition" if edition.is_none() => {
                    line.colon()?;
                    edition = Some(line.text()?);
                }
                "answers" => {
                    line.colon()?;
                    return Some((line, QuickHead { id, annex: annex?, edition }));
                }
                _ => return None,
            }
            line.skip(b",")?;
            line.blanks();
        }
    }

    /// Nothing comes behind the answers.
    pub fn end(mut self) -> Option<()> {
        self.skip(b"}")?;
        self.rest.trim_ascii().is_empty().then_some(())
    }

    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// Takes this text off, where it comes next.
    fn skip(&mut self, text: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(text)?;
        Some(())
    }

    fn blanks(&mut self) {
        while let [b' ', rest @ ..] = self.rest {
            self.rest = rest;
        }
    }

    fn colon(&mut self) -> Option<()> {
        self.skip(b":")?;
        self.blanks();
        Some(())
    }

    /// A text in quotes, of letters that stand for themselves.
    fn text(&mut self) -> Option<&'l str> {
        self.skip(b"\"")?;
        let n = self.rest.iter().take_while(|it| matches!(it, b' '..=b'~') && **it != b'"' && **it != b'\\').count();
        let (text, rest) = self.rest.split_at(n);
        self.rest = rest;
        self.skip(b"\"")?;
        str::from_utf8(text).ok()
    }

    /// A whole number or a text, as it is written.
    fn id(&mut self) -> Option<&'l str> {
        let from = self.rest;
        if from.first() == Some(&b'"') {
            self.text()?;
        } else {
            self.whole()?;
        }
        str::from_utf8(&from[..from.len() - self.rest.len()]).ok()
    }

    /// Up to nine digits. What follows is looked at by the caller.
    fn whole(&mut self) -> Option<i64> {
        let (mut number, mut n) = (0_i64, 0);
        while let [digit @ b'0'..=b'9', rest @ ..] = self.rest {
            number = number * 10 + i64::from(digit - b'0');
            n += 1;
            if n == 10 || n == 2 && number < 10 {
                return None;
            }
            self.rest = rest;
        }
        (0 < n).then_some(number)
    }

    /// A value as [`super::input`] would read it.
    fn value(&mut self) -> Option<AnswerValue<'l>> {
        self.blanks();
        match self.rest.first()? {
            b't' => self.skip(b"true").map(|()| AnswerValue::Bool(true)),
            b'f' => self.skip(b"false").map(|()| AnswerValue::Bool(false)),
            b'"' => self.text().map(AnswerValue::Text),
            _ => {
                let whole = self.whole()?;
                if let [b'.', tenths @ b'0'..=b'9', rest @ ..] = self.rest {
                    self.rest = rest;
                    return Some(AnswerValue::Decimal((whole * 10 + i64::from(tenths - b'0')) as f64 / 10.0));
                }
                Some(AnswerValue::Whole(whole))
            }
        }
    }

    fn give(&mut self, row: &Row, fact: Fact, answers: &mut Answers) -> Option<()> {
        let value = in_measure(fact.measure(), self.value()?).ok()?;
        // given twice is wrong
        answers.set(row.number, fact, Some(value)).is_none().then_some(())
    }
}

/// Is this the rubric that the line means?
pub fn is_meant(edition: &Edition, rubric: &Rubric, head: &QuickHead<'_>, newest: &str) -> bool {
    rubric.annex == head.annex && edition.id == head.edition.unwrap_or(newest)
}
