//! Facts that stand twice: in a notice, and in the files of an edition that says the same in its own way. Whoever changes
//! one of them has to change the other.

use crate::days::Day;
use crate::filing::Rules;
use crate::filing::route::LetterBy;
use crate::letters::{is_stroke, narrow};
use crate::notice::{Annexed, Block, Clause, Notice, named, notes_in, plain};
use crate::rubric::Edition;

/// Two places that do not say the same.
pub struct Disagreement {
    /// The name of the edition's file, or of the notice's.
    pub file: String,
    /// Stands on the line of that file, for the first time or after so many others.
    pub at: String,
    pub nth: usize,
    pub says: String,
}

/// How a text is compared: without blanks, in half-width letters, with one kind of stroke.
fn bare(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).map(narrow).map(|it| if is_stroke(it) { '-' } else { it }).collect()
}

/// All of them. `line` finds the line of a notice's file on which a text begins.
pub fn disagreements(
    edition: &Edition,
    rules: &Rules,
    notices: &[Notice],
    line: &dyn Fn(&Notice, &str) -> usize,
) -> Vec<Disagreement> {
    let mut facts = Facts { notices, line, found: Vec::new() };
    facts.edition(edition);
    facts.contacts(rules);
    facts.codes(rules);
    facts.examples(rules);
    facts.readings(edition);
    facts.annexes(edition);
    facts.found
}

struct Facts<'f> {
    notices: &'f [Notice],
    line: &'f dyn Fn(&Notice, &str) -> usize,
    found: Vec<Disagreement>,
}

impl<'f> Facts<'f> {
    fn say(&mut self, file: &str, at: &str, says: String) {
        self.say_nth(file, at, 0, says);
    }

    fn say_nth(&mut self, file: &str, at: &str, nth: usize, says: String) {
        self.found.push(Disagreement { file: file.to_owned(), at: at.to_owned(), nth, says });
    }

    fn named(&self, clause: &str) -> Option<(&'f Notice, Option<&'f Clause>)> {
        named(self.notices, clause)
    }

    /// `notice-2021-1.md:88`, where a clause begins.
    fn place(&self, notice: &Notice, clause: Option<&Clause>) -> String {
        let is_it = |block: &&Block, clause: &Clause| block.clause().is_some_and(|it| it.id() == clause.id());
        let block = clause.and_then(|clause| notice.blocks.iter().find(|block| is_it(block, clause)));
        let begins = block.and_then(|it| it.lines().into_iter().next()).unwrap_or_default();
        let begins: String = begins.lines().next().unwrap_or_default().chars().take(8).collect();
        let line = if begins.is_empty() { 1 } else { (self.line)(notice, &begins) };
        format!("content/{}.md:{line}", notice.slug)
    }

    fn edition(&mut self, edition: &Edition) {
        const FILE: &str = "edition.toml";
        if let Some((notice, _)) = self.named(&edition.notice)
            && bare(&edition.title) != bare(&notice.title())
        {
            let place = self.place(notice, None);
            let says = format!("`title` 与所据通知的标题“{}”（{place}）不一致，请核对，两处改成一样", notice.title());
            self.say(FILE, "title", says);
        }
        // 依据2021年12月29日印发的某人社〔2021〕2号
        for notice in self.notices.iter().filter(|it| it.number.contains('〔')) {
            let Some((before, _)) = edition.as_of.split_once(&notice.number) else { continue };
            let before = before.strip_suffix("印发的").unwrap_or_default();
            let day =
                before.rsplit(|it: char| !it.is_ascii_digit() && !"年月日".contains(it)).next().and_then(Day::parse);
            if let (Some(day), Some(issued)) = (day, notice.issued)
                && day != issued
            {
                let says = format!(
                    "`as_of` 里 {} 的印发日期 {day} 与通知（{}）的 {issued} 不一致，请核对，两处改成一样",
                    notice.number,
                    self.place(notice, None)
                );
                self.say(FILE, "as_of", says);
            }
        }
        for (nth, others) in edition.applicants.iter().filter_map(|it| it.others.as_ref()).enumerate() {
            let quote = &others.quote;
            let Some((notice, clause)) = self.named(&quote.clause) else { continue };
            let text = bare(&notice.text_of(clause));
            if let Some(gone) = quote.text.split(['。', '；']).find(|it| !text.contains(&bare(it))) {
                let place = self.place(notice, clause);
                let says =
                    format!("`others` 的“{gone}”在“{}”（{place}）的原文里找不到，请核对，两处改成一样", quote.clause);
                self.say_nth(FILE, "[applicant.others]", nth, says);
            }
        }
    }

    fn contacts(&mut self, rules: &Rules) {
        const FILE: &str = "filing.toml";
        let contacts = &rules.routes.contacts;
        for (n, contact) in contacts.iter().enumerate() {
            let Some((notice, clause)) = self.named(&contact.clause) else { continue };
            let place = format!("“{}”（{}）", contact.clause, self.place(notice, clause));
            let text = bare(&notice.text_of(clause));
            let printed = phones(&text);
            let same = contacts.iter().filter(|it| it.clause == contact.clause).flat_map(|it| &it.people);
            let known: Vec<String> = same.map(|it| bare(&it.phone)).collect();
            let mut more: Vec<&String> = printed.iter().filter(|it| !known.contains(it)).collect();
            for person in &contact.people {
                let at = format!("\"{}\"", person.phone);
                if !printed.contains(&bare(&person.phone)) {
                    let other = if more.is_empty() { None } else { Some(more.remove(0)) };
                    let other = other.map_or(String::new(), |it| format!("，那里有而这里没有的是 `{it}`"));
                    let says = format!(
                        "联系人 `{}` 的电话 `{}` 在{place}的原文里找不到{other}；两处是同一个电话，请改成一样",
                        contact.id, person.phone
                    );
                    self.say(FILE, &at, says);
                }
                if !text.contains(&bare(&person.name)) {
                    let says = format!(
                        "联系人 `{}` 的“{}”在{place}的原文里找不到，请核对，两处改成一样",
                        contact.id, person.name
                    );
                    self.say(FILE, &at, says);
                }
            }
            // told once, with the first contact of the clause
            let first = contacts.iter().find(|it| it.clause == contact.clause).is_some_and(|it| it.id == contact.id);
            let all_there = known.iter().all(|it| printed.contains(it));
            for phone in more.into_iter().filter(|_| first && all_there) {
                let says = format!("{place}的原文里有电话 `{phone}`，联系人里没有，请补上或核对");
                self.say_nth(FILE, "[[contact]]", n, says);
            }
            let year = notice.issued.map_or_else(|| year_of(&notice.number), |it| Some(it.year.to_string()));
            if let Some(year) = year.filter(|it| !contact.as_of.contains(it.as_str())) {
                let says = format!(
                    "联系人 `{}` 的 `as_of` 是“{}”，所据通知（{place}）是{year}年的，请核对",
                    contact.id, contact.as_of
                );
                self.say_nth(FILE, "[[contact]]", n, says);
            }
        }
    }

    /// 机构类别代码 and 编码第10位, where the text prints them.
    fn codes(&mut self, rules: &Rules) {
        for (n, code) in rules.routes.codes.iter().enumerate() {
            let Some((notice, clause)) = self.named(&code.clause) else { continue };
            let text = bare(&notice.text_of(clause));
            let place = format!("“{}”（{}）", code.clause, self.place(notice, clause));
            if code.letter_by == LetterBy::Printed && !text.contains(&format!("代码为{}", bare(&code.letter))) {
                let says = format!(
                    "赋码 `{}` 的代码 `{}` 写作原文所印，在{place}的原文里却找不到“代码为 {}”，请核对",
                    code.id, code.letter, code.letter
                );
                self.say_nth("filing.toml", "[[code]]", n, says);
            }
            if let Some(tenth) = code.tenth.as_ref().filter(|it| text.contains("第10位") && !text.contains(&bare(it)))
            {
                let says = format!("赋码 `{}` 的第10位 `{tenth}` 在{place}的原文里找不到，请核对", code.id);
                self.say_nth("filing.toml", "[[code]]", n, says);
            }
        }
    }

    /// The printed example table, where the notice has one with these columns.
    fn examples(&mut self, rules: &Rules) {
        let scope = &rules.scope;
        let Some((notice, _)) = self.named(&scope.clause) else { return };
        let columns: Vec<String> = scope.columns.iter().map(|it| bare(it)).collect();
        let tables = notice.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let of = |cells: &Vec<crate::notice::Words>| cells.iter().map(|it| bare(&plain(it))).collect::<Vec<_>>();
        let Some(table) =
            tables.into_iter().find(|it| of(&it.head).len() == columns.len() && of(&it.head)[..2] == columns[..2])
        else {
            return;
        };
        let printed: Vec<Vec<String>> = table.rows.iter().map(of).collect();
        let place = format!("content/{}.md:{}", notice.slug, (self.line)(notice, &plain(&table.head[0])));
        let ours: Vec<Vec<String>> = scope
            .examples
            .iter()
            .map(|it| [&it.code, &it.name, &it.trade, &it.levels, &it.standard].map(|cell| bare(cell)).to_vec())
            .collect();
        for (n, row) in ours.iter().enumerate().filter(|(_, row)| !printed.contains(row)) {
            let says =
                format!("示例“{}”与通知的表（{place}）里的任何一行都不一样，请核对，两处改成一样", row.join(" "));
            self.say_nth("scope.toml", "[[example]]", n, says);
        }
        if ours.iter().all(|row| printed.contains(row)) {
            for row in printed.iter().filter(|row| !ours.contains(row)) {
                let says = format!("通知的表（{place}）里的“{}”没有示例，请补上一段 [[example]]", row.join(" "));
                self.say("scope.toml", "[[example]]", says);
            }
        }
    }

    /// What a reading of a clause quotes stands in a notice, or in a row.
    fn readings(&mut self, edition: &Edition) {
        // shorter ones are a heading or a mark
        const SHORTEST: usize = 6;
        if edition.readings.iter().all(|it| it.clauses.is_empty()) {
            return;
        }
        let mut all = String::new();
        for notice in self.notices {
            all += &bare(&format!("{}{}{}", notice.number, notice.title(), notice.text_of(None)));
            let annexes = notice.annexes.iter().enumerate();
            annexes.for_each(|(n, it)| all += &bare(&format!("附件：{}. {}", n + 1, plain(&it.words))));
            let around = [&notice.addressee, &notice.disclosure, &notice.contact_unit, &notice.imprint];
            around.into_iter().for_each(|it| all += &bare(&plain(it)));
            all += &bare(&notice.issued.map_or(String::new(), |it| format!("{it}印发")));
        }
        for rubric in &edition.rubrics {
            all += &bare(&rubric.title);
            rubric.note.iter().for_each(|it| all += &bare(it));
            for (section, group) in rubric.groups() {
                all += &bare(&format!("{}{}", section.name, group.name));
                group.rows.iter().for_each(|it| all += &bare(&format!("{}{}", it.content, it.standard)));
            }
        }
        for (n, reading) in edition.readings.iter().enumerate().filter(|(_, it)| !it.clauses.is_empty()) {
            let gone = reading.printed.iter().find(|quote| {
                let quote = bare(quote);
                SHORTEST <= quote.chars().count() && !all.contains(&quote)
            });
            let place = reading.clauses.iter().find_map(|it| self.named(it));
            if let (Some(gone), Some((notice, clause))) = (gone, place) {
                let place = self.place(notice, clause);
                let says = format!(
                    "解读 `{}` 引的“{gone}”在所涉条款（{place}）和评估要点的原文里都找不到，请核对，两处改成一样",
                    reading.id
                );
                self.say_nth("readings.toml", "[[reading]]", n, says);
            }
        }
    }

    /// The names under which a notice lists its annexes.
    fn annexes(&mut self, edition: &Edition) {
        for notice in self.notices {
            let file = format!("content/{}.md", notice.slug);
            for annex in notice.annexes.iter().filter(|it| notes_in(&it.words).is_empty()) {
                let text = plain(&annex.words);
                // alone in its quotes, unless it goes on below
                let first = text.lines().next().unwrap_or_default();
                let at = if first.len() == text.len() { format!("\"{text}\"") } else { first.to_owned() };
                match &annex.to {
                    Some(Annexed::Rubric(number)) if notice.cited_as() == edition.notice => {
                        let title = edition.rubric(*number).map(|it| it.title.as_str()).unwrap_or_default();
                        if !title.is_empty() && bare(title) != bare(&text) {
                            let says = format!(
                                "附件 `rubric = {number}` 的名称与评估要点的 `title`“{title}”不一致，请核对，两处改成一样；原文如此的，加编者注"
                            );
                            self.say(&file, &at, says);
                        }
                    }
                    Some(Annexed::Notice(slug)) => {
                        let Some(other) = self.notices.iter().find(|it| it.slug == *slug) else { continue };
                        let title = bare(&other.title());
                        let title = title.strip_prefix(&bare(&other.issuer)).unwrap_or(&title);
                        let wrong = if !other.number.is_empty() && !bare(&text).contains(&bare(&other.number)) {
                            Some(("文号", other.number.clone()))
                        } else {
                            (!bare(&text).contains(title)).then(|| ("标题", other.title()))
                        };
                        if let Some((what, should)) = wrong {
                            let says = format!(
                                "附件 `{slug}` 的名称里没有那份通知的{what}“{should}”（content/{slug}.md），请核对；原文如此的，加编者注"
                            );
                            self.say(&file, &at, says);
                        }
                    }
                    Some(Annexed::Rubric(_) | Annexed::File(_)) | None => {}
                }
            }
        }
    }
}

fn year_of(number: &str) -> Option<String> {
    Some(number.split_once('〔')?.1.split_once('〕')?.0.to_owned())
}

/// The telephone numbers of a bare text: 0000-12345678, 1234567, 13800000000. Codes of occupations have more hyphens.
fn phones(text: &str) -> Vec<String> {
    let pieces = text.split(|it: char| !it.is_ascii_digit() && it != '-').map(|it| it.trim_matches('-'));
    let phone = |piece: &&str| {
        let digits = piece.bytes().filter(u8::is_ascii_digit).count();
        (7..=15).contains(&digits) && piece.matches('-').count() <= 2 && !piece.contains("--")
    };
    pieces.filter(phone).map(str::to_owned).collect()
}
