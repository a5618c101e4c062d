//! Invented notices for benchmarks: the sentences of the real ones in an order that looks random and is always the
//! same.

use crate::{run::path, tree};
use anyhow::{Result, ensure};

/// About as long as the real notices, which have 191 to 3,224 characters, 1,294 on average.
const SHORTEST: usize = 200;
const LONGEST: usize = 2400;
const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// The sentences and tables of the real notices.
pub struct Words {
    sentences: Vec<String>,
    headings: Vec<String>,
    table_head: String,
    table_rows: Vec<String>,
}

/// One notice, without the lines that each program's files have around the text.
pub struct Notice {
    /// The name of its file without the ending.
    pub name: String,
    pub number: String,
    pub title: String,
    pub issued: String,
    pub text: String,
}

impl Words {
    pub fn read() -> Result<Words> {
        let mut words =
            Words { sentences: Vec::new(), headings: Vec::new(), table_head: String::new(), table_rows: Vec::new() };
        for file in tree::files(&path("content"))? {
            let text = tree::text(&file)?;
            let body = text.rsplit("+++\n").next().unwrap_or_default();
            // 编者注 make sense only at their own place, so these lines are left out
            body.lines().filter(|it| !it.contains("[^")).for_each(|it| words.add(it));
        }
        let enough = 20 < words.sentences.len() && 5 < words.headings.len() && 5 < words.table_rows.len();
        ensure!(enough, "content has too few sentences, headings or rows of tables to make other notices of");
        Ok(words)
    }

    fn add(&mut self, line: &str) {
        if let Some(heading) = line.strip_prefix("## ") {
            self.headings.extend(heading.split_once('、').map(|it| it.1.to_owned()));
        } else if line.starts_with("| ---") {
            // the line above was the head of the table and not a row
            self.table_head = format!("{}\n{line}\n", self.table_rows.pop().unwrap_or_default());
        } else if line.starts_with('|') {
            self.table_rows.push(line.to_owned());
        } else if !line.starts_with('#') {
            let unnumbered = line.strip_prefix('（').and_then(|it| it.split_once('）')).map_or(line, |it| it.1);
            let sentences = unnumbered.split_inclusive('。').filter(|it| is_whole(it));
            self.sentences.extend(sentences.map(str::to_owned));
        }
    }

    /// The notice of that number, from 1.
    pub fn notice(&self, number: usize) -> Notice {
        let mut chance = Chance(number as u64);
        let title = format!("关于{}有关问题的通知", chance.one_of(&self.headings));
        let issued = format!("20{:02}年{}月{}日", chance.between(10, 25), chance.between(1, 12), chance.between(1, 28));
        let length = chance.between(SHORTEST, LONGEST);
        let mut text = self.paragraph(&mut chance);
        if chance.between(1, 4) == 1 {
            text += &self.table(&mut chance);
        }
        for numeral in NUMERALS {
            if length <= text.chars().count() {
                break;
            }
            text += &format!("## {numeral}、{}\n\n", chance.one_of(&self.headings));
            for numeral in &NUMERALS[..chance.between(2, 4)] {
                text += &format!("（{numeral}）{}", self.paragraph(&mut chance));
            }
        }
        Notice { name: format!("n-{number:05}"), number: format!("测试〔2021〕{number}号"), title, issued, text }
    }

    fn paragraph(&self, chance: &mut Chance) -> String {
        let sentences: String = (0..chance.between(1, 3)).map(|_| chance.one_of(&self.sentences)).collect();
        sentences + "\n\n"
    }

    fn table(&self, chance: &mut Chance) -> String {
        let rows: Vec<&str> = (0..chance.between(5, 15)).map(|_| chance.one_of(&self.table_rows)).collect();
        format!("{}{}\n\n", self.table_head, rows.join("\n"))
    }
}

/// Is this a whole sentence, and not half of one that ends within quotation marks or brackets?
fn is_whole(sentence: &str) -> bool {
    let n = |mark| sentence.matches(mark).count();
    sentence.ends_with('。') && n('“') == n('”') && n('（') == n('）')
}

/// A linear congruential generator, with the numbers of Knuth's MMIX.
struct Chance(u64);

impl Chance {
    fn between(&mut self, least: usize, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // the lower bits of such a generator repeat soon
        least + (self.0 >> 33) as usize % (most - least + 1)
    }

    fn one_of<'w>(&mut self, words: &'w [String]) -> &'w str {
        &words[self.between(0, words.len() - 1)]
    }
}
