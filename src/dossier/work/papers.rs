//! 佐证材料 of a sheet: added, ready and counted. A paper that proves several rows is one paper under one name.

use super::super::Sheet;
use super::{Evidence, proposals};
use crate::rubric::Rubric;

/// 共 n 份，已备 m 份, and the rows for which no paper is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaperCount {
    /// Papers of different names.
    pub papers: usize,
    pub ready: usize,
    /// How often they are named: a paper may prove several rows.
    pub entries: usize,
    /// The numbers of the rows without any.
    pub bare: Vec<u16>,
}

impl PaperCount {
    /// Both together; rows of several sheets have the same numbers.
    pub fn with(mut self, other: PaperCount) -> PaperCount {
        self.papers += other.papers;
        self.ready += other.ready;
        self.entries += other.entries;
        self.bare.extend(other.bare);
        self
    }

    pub fn missing(&self) -> usize {
        self.papers - self.ready
    }
}

impl Sheet {
    /// Adds a paper behind those of its row; returns its place in the list. Where the sheet has it already for another
    /// row, it is kept at the same place by the same person.
    pub fn add_paper(&mut self, row: u16, paper: &str) -> usize {
        let list = &mut self.work.evidence;
        let same = list.iter().find(|it| !paper.is_empty() && it.paper.trim() == paper).cloned().unwrap_or_default();
        let at = list.partition_point(|it| it.row <= row);
        list.insert(at, Evidence { row, paper: paper.to_owned(), pages: String::new(), ..same });
        at
    }

    /// A paper is there or not: wherever the sheet names it.
    pub fn set_ready(&mut self, at: usize, ready: bool) {
        let Some(paper) = self.work.evidence.get(at).map(|it| it.paper.trim().to_owned()) else { return };
        for (other, proof) in self.work.evidence.iter_mut().enumerate() {
            if other == at || !paper.is_empty() && proof.paper.trim() == paper {
                proof.ready = ready;
            }
        }
    }

    /// The proposals for a row that are not in its list yet.
    pub fn open_proposals(&self, rubric: &Rubric, row: u16) -> Vec<String> {
        let Some(asked) = rubric.row(row) else { return Vec::new() };
        let there = |paper: &String| self.work.evidence.iter().any(|it| it.row == row && it.paper.trim() == paper);
        proposals(rubric, asked).into_iter().filter(|it| !there(it)).collect()
    }

    /// Takes all proposals for rows that have no paper yet; returns how many were taken.
    pub fn take_proposals(&mut self, rubric: &Rubric) -> usize {
        let before = self.work.evidence.len();
        for row in self.count_papers(rubric).bare {
            for paper in self.open_proposals(rubric, row) {
                self.add_paper(row, &paper);
            }
        }
        self.work.evidence.len() - before
    }

    pub fn count_papers(&self, rubric: &Rubric) -> PaperCount {
        let list = &self.work.evidence;
        let name = |it: &Evidence| it.paper.trim().to_owned();
        let first = |at: usize| name(&list[at]).is_empty() || !list[..at].iter().any(|it| name(it) == name(&list[at]));
        let all_ready = |at: usize| {
            list[at].ready
                && (name(&list[at]).is_empty() || list.iter().all(|it| it.ready || name(it) != name(&list[at])))
        };
        let papers: Vec<usize> = (0..list.len()).filter(|it| first(*it)).collect();
        PaperCount {
            papers: papers.len(),
            ready: papers.iter().filter(|it| all_ready(**it)).count(),
            entries: list.len(),
            bare: rubric.rows().map(|it| it.number).filter(|row| list.iter().all(|it| it.row != *row)).collect(),
        }
    }
}
