//! What can be found by searching: every word of the documents, the readings and the app's own pages, with its address.

use std::collections::{BTreeSet, HashSet};

use leptos::prelude::*;
use pinyin::{Pinyin, ToPinyin, ToPinyinMulti};

use crate::app::part::label;
use crate::app::{Address, State};
use crate::bytes::wire::Wire;
use crate::filing::Rules;
use crate::letters::is_han;
use crate::load::later::LaterDocument;
use crate::notice::{Block, Notice, NoticeTable, plain};
use crate::rubric::{BlankPiece, Edition, Points, Reading, Rubric};
use crate::search::{Corpus, Doc, Unit};

use super::library::Library;
use super::markup::finished;
use super::reading;

/// The pages that are no documents, and whether their words stand nowhere else: lists name what is found by itself, and
/// the rows of a sheet stand in its rubric.
fn own_pages(state: State) -> Vec<(Address, bool)> {
    let mut pages = vec![(Address::Home, true), (Address::Filing, true), (Address::About, true), (Address::Mine, true)];
    if !state.rules_of(state.edition()).is_some_and(Rules::has_routes) {
        pages.retain(|it| it.0 != Address::Filing);
    }
    pages.extend(state.edition().applicants.iter().map(|it| (Address::start(it), true)));
    pages.extend([Address::Notices, Address::Collection, Address::Contents, Address::Rubrics].map(|it| (it, false)));
    pages.extend(state.edition().rubrics.iter().map(|it| (Address::Sheet(it.annex, None), false)));
    pages
}

/// The corpus as bytes, document by document: of a thousand notices there is never more than one besides. `library` is that
/// of the root of the site, `others` those of the editions below it.
pub fn corpus(library: &'static Library, others: &[&'static Library]) -> Vec<u8> {
    let notices = library.by_date();
    let state = still_of(library);
    let own = own_pages(state);
    let of_others: Vec<Doc> = others.iter().flat_map(|it| of_other(it)).collect();
    let later = (!library.later().is_empty()).then(|| later(library));
    let (edition, rubrics) = (library.own().edition, &library.own().edition.rubrics);
    let n_docs = notices.len() + rubrics.len() + 1 + usize::from(later.is_some()) + own.len() + of_others.len();
    let docs = notices.into_iter().map(notice).chain(rubrics.iter().map(|it| rubric(edition, it)));
    let docs = docs.chain([readings(edition)]).chain(later);
    let docs = docs.chain(own.into_iter().map(|(route, words)| self::own(state, library, &route, words)));
    let docs = docs.chain(of_others);
    let mut chars = HashSet::new();
    let docs = docs.inspect(|doc| {
        chars.extend(doc.units.iter().flat_map(|it| it.text.chars()).filter(|it| is_han(*it)));
    });
    let mut bytes = Corpus::begin(n_docs);
    docs.for_each(|it| it.write(&mut bytes));
    let (usual, rare) = initials(chars);
    usual.write(&mut bytes);
    rare.write(&mut bytes);
    bytes
}

fn still_of(library: &'static Library) -> State {
    State::still(library.editions, library.rules, "", Address::Contents).within(library.own().folder)
}

/// What can be found of an edition that is not the newest in force: its documents and who files where, each by its name.
fn of_other(library: &'static Library) -> Vec<Doc> {
    let of = library.own();
    let mut docs: Vec<Doc> = of.edition.rubrics.iter().map(|it| rubric(of.edition, it)).collect();
    docs.push(readings(of.edition));
    docs.extend((!library.later().is_empty()).then(|| later(library)));
    docs.push(own(still_of(library), library, &Address::Filing, true));
    for doc in &mut docs {
        doc.title = of.before() + &doc.title;
        doc.address.insert_str(0, of.folder);
    }
    docs
}

fn notice(notice: &'static Notice) -> Doc {
    let by_number = notice.number.contains('〔');
    let issuer = if by_number { format!("{}文件", notice.issuer) } else { notice.issuer.clone() };
    let head = [issuer, notice.number.clone(), notice.title(), plain(&notice.addressee)];
    let mut units = vec![unit("", "", head.into_iter().filter(|it| !it.is_empty()).collect())];
    let mut clause = (String::new(), String::new());
    let mut goes_on = false;
    for (id, block) in notice.addressed() {
        if !id.is_empty() {
            clause = (block.clause().map(ToString::to_string).unwrap_or_default(), id);
            goes_on = false;
        }
        match (block, units.last_mut()) {
            (Block::Table(table), _) => {
                units.extend(rows(table, &clause));
                goes_on = false;
            }
            (_, Some(last)) if goes_on => {
                last.text.push('\n');
                last.text.push_str(&block.lines().join("\n"));
            }
            _ => {
                units.push(unit(&clause.0, &clause.1, block.lines()));
                goes_on = true;
            }
        }
    }
    let mut foot: Vec<String> = notice.contact.iter().map(|it| plain(it)).collect();
    if !notice.annexes.is_empty() {
        foot.push("附件：".to_owned());
        foot.extend(notice.annexes.iter().enumerate().map(|(at, it)| format!("{}. {}", at + 1, plain(&it.words))));
        units.push(unit("附件", "annexes", std::mem::take(&mut foot)));
    }
    if !notice.files.is_empty() {
        foot.push(format!(
            "附件下载：{}",
            notice.files.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join("、")
        ));
    }
    foot.extend(
        [plain(&notice.disclosure), plain(&notice.contact_unit), plain(&notice.imprint)]
            .into_iter()
            .filter(|it| !it.is_empty()),
    );
    foot.extend(notice.issued.map(|it| format!("{it}印发")));
    if !foot.is_empty() {
        units.push(unit("文末", "", foot));
    }
    let notes = notice.notes.iter().enumerate();
    units.extend(notes.map(|(at, it)| unit(&format!("编者注{}", at + 1), &Notice::note_id(at), vec![plain(it)])));
    let address = Address::Notice(notice.slug.clone()).folder();
    // what is no number of its own cannot be cited by: the title stands in its place, and beside it who, and when
    let (number, title) = if by_number {
        (notice.number.clone(), notice.title())
    } else {
        let when = notice.issued.map_or(String::new(), |it| format!("{it}印发"));
        (notice.cited_as(), [notice.issuer.as_str(), &notice.number, &when].join(" ").trim_end().replace("  ", " "))
    };
    Doc { number, title, address, units }
}

/// The rows of a table, below the clause in which it stands.
fn rows(table: &NoticeTable, (clause, id): &(String, String)) -> Vec<Unit> {
    let mut units = vec![unit(&format!("{clause} 表头"), id, vec![NoticeTable::line(&table.head)])];
    let rows = table.rows.iter().enumerate();
    units.extend(
        rows.map(|(at, row)| {
            unit(&format!("{clause} 表第{}行", at + 1), &table.row_id(at), vec![NoticeTable::line(row)])
        }),
    );
    units
}

fn rubric(edition: &Edition, rubric: &'static Rubric) -> Doc {
    let line = |pieces: &Vec<BlankPiece>| -> String {
        let texts = pieces.iter().map(|piece| match piece {
            BlankPiece::Text(text) => text.as_str(),
            BlankPiece::Blank(_) => "_____",
        });
        texts.collect()
    };
    let mut head = vec![format!("附件{}", rubric.annex), rubric.title.clone()];
    head.extend(rubric.header.iter().map(line));
    head.push(edition.columns.join("\n"));
    let mut units = vec![unit("", "", head)];
    let named = |name: &str, points: Option<Points>| points.map_or(name.to_owned(), |it| format!("{name} {it}分"));
    for section in &rubric.sections {
        for (g, group) in section.groups.iter().enumerate() {
            for (r, row) in group.rows.iter().enumerate() {
                let mut lines = Vec::new();
                if g + r == 0 {
                    lines.push(named(&section.name, section.points));
                }
                if r == 0 {
                    lines.push(named(&group.name, group.points));
                }
                lines.push(row.content.clone());
                if row.shares.is_none() {
                    lines.push(row.standard.clone());
                    lines.extend(row.points.map(|it| it.to_string()));
                }
                if !row.methods_merged {
                    lines.extend(row.methods.iter().cloned());
                }
                lines.retain(|it| !it.is_empty());
                let id = rubric.row_id(row.number);
                units.push(unit(&id, &id, lines));
            }
        }
    }
    let mut foot = vec![format!("合计 {}", rubric.total)];
    foot.extend(rubric.note.iter().cloned());
    units.push(unit("合计与注", "", foot));
    Doc {
        number: format!("{} 附件{}", edition.notice, rubric.annex),
        title: format!("{}{}评估要点", rubric.whose, rubric.part_name),
        address: Address::Rubric(rubric.annex).folder(),
        units,
    }
}

fn readings(edition: &'static Edition) -> Doc {
    let one = |reading: &Reading| {
        let mut lines = vec![format!("{} {}", reading.id, reading.title), label::effect(reading.effect).to_owned()];
        lines.extend(reading.printed.iter().chain(&reading.readings).cloned());
        lines.push(reading.taken.clone());
        lines.extend(reading.clauses.iter().cloned());
        unit(&reading.id, &reading.id, lines)
    };
    let units = edition.readings.iter().map(one).collect();
    Doc {
        number: "解读".to_owned(),
        title: "原文未写明之处，本工具怎样处理".to_owned(),
        address: Address::Readings.folder(),
        units,
    }
}

/// 此后文件, one by one.
fn later(library: &'static Library) -> Doc {
    let one = |document: &LaterDocument| {
        let LaterDocument { title, number, issuer, date, known, levels, .. } = document;
        let mut lines = vec![format!("{number} {title}").trim_start().to_owned(), format!("{issuer} {date}印发")];
        lines.extend(known.iter().cloned());
        lines.extend(levels.iter().map(|it| it.1.names.join("、")));
        unit(&document.name(), &document.id, lines)
    };
    Doc {
        number: "此后文件".to_owned(),
        title: "评估要点之后印发的文件，已知什么".to_owned(),
        address: Address::Later.folder(),
        units: library.later().iter().map(one).collect(),
    }
}

fn own(state: State, library: &'static Library, route: &Address, words: bool) -> Doc {
    let (title, about) = reading::title(library, route);
    let title = title.trim_end_matches(" · 自评").to_owned();
    let mut lines = vec![title.clone(), about];
    if words {
        let html = reading::any_page(state, library, route).to_html();
        lines.extend(texts(&finished(&html, false)));
    }
    let leads_to_filling_in = matches!(route, Address::Home | Address::Filing) || route.part().is_some();
    let number = if leads_to_filling_in { "填报" } else { "页面" };
    Doc { number: number.to_owned(), title, address: route.folder(), units: vec![unit("", "", lines)] }
}

fn unit(label: &str, id: &str, lines: Vec<String>) -> Unit {
    Unit { label: label.to_owned(), id: id.to_owned(), text: lines.join("\n") }
}

/// The words of markup of ours, block by block.
fn texts(html: &str) -> Vec<String> {
    const INLINE: [&str; 8] = ["span", "a", "b", "strong", "q", "em", "sup", "small"];
    let mut lines = vec![String::new()];
    for piece in html.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if !INLINE.contains(&name.as_str()) {
            lines.push(String::new());
        }
        let text = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&amp;", "&")]
            .iter()
            .fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
        lines.last_mut().expect("there is one").push_str(&text);
    }
    lines.retain(|it| !it.trim().is_empty());
    lines
}

/// The characters by the letters with which their readings begin, the usual one and the others: 行 under x, and under h.
fn initials(chars: HashSet<char>) -> (Vec<String>, Vec<String>) {
    let chars: BTreeSet<char> = chars.into_iter().collect();
    let (mut usual, mut rare) = (vec![String::new(); 26], vec![String::new(); 26]);
    let place =
        |pinyin: Pinyin| pinyin.plain().bytes().next()?.checked_sub(b'a').map(usize::from).filter(|it| *it < 26);
    for letter in chars {
        let first = letter.to_pinyin().and_then(place);
        if let Some(first) = first {
            usual[first].push(letter);
        }
        let others: BTreeSet<usize> = letter.to_pinyin_multi().into_iter().flatten().filter_map(place).collect();
        for other in others.into_iter().filter(|it| Some(*it) != first) {
            rare[other].push(letter);
        }
    }
    (usual, rare)
}
