//! A notice as a page: the official words in the order of the paper, and beside them, marked as such, what is ours.

use std::cell::RefCell;
use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::app::part::html::{El, el, link};
use crate::app::{Address, State};
use crate::generate::Library;
use crate::generate::library::{Published, rows_of};
use crate::load::sized;
use crate::notice::{Annexed, Block, Clause, Inline, MergedCell, Notice, NoticeTable, Target, Words, notes_in, plain};
use crate::rubric::Reading;

use super::words::{WordsPlace, href, words};

/// One document with its outline beside it.
pub fn notice(state: State, library: &'static Library, slug: &str) -> AnyView {
    let notice = library.notice(slug).expect("only notices that exist have a route");
    let crumb = el("p").class("crumb noprint").child(link(state.href(&Address::Notices), "文件"));
    let crumb = crumb.text(" / ");
    let crumb = match notice.number.as_str() {
        "" => crumb.text(notice.title()),
        number => crumb.child(el("span").class("nw").text(number)),
    };
    el("div")
        .class("reader")
        .child(
            el("div").class("beside noprint").child(crumb).child(about(state, library, notice)).maybe(outline(notice)),
        )
        .child(official(&Paper::new(state, library, notice, false)))
        .done()
}

/// A notice being laid out.
pub struct Paper {
    state: State,
    library: &'static Library,
    notice: &'static Notice,
    /// One of many on a page: its ids begin with its slug, and only its words are shown.
    among: bool,
    /// The notes that stand on the page already: each stands below the first that refers to it.
    noted: RefCell<BTreeSet<usize>>,
}

/// The document itself.
pub fn official(paper: &Paper) -> El {
    let notice = paper.notice;
    // 公告 and 令 stand under the name of who issues them
    let by_number = notice.number.contains('〔');
    let issuer = if by_number { format!("{}文件", notice.issuer) } else { notice.issuer.clone() };
    let number = (!notice.number.is_empty()).then(|| el("p").class("number").text(notice.number.as_str()));
    let red = el("div").class("red").child(el("p").class("issuer").text(issuer)).maybe(number);
    let title = el(if paper.among { "h2" } else { "h1" }).class("title").set("tabindex", "-1");
    let title = title.each(notice.title_lines.iter().map(|it| paper.words(el("span"), it)));
    let mut body = paper.notes(el("div").class("body"), notice.title_lines.iter());
    body = paper.line(body, el("p").class("to"), &notice.addressee);
    let mut clause = None;
    for (id, block) in notice.addressed() {
        if block.clause().is_some() {
            body = body.each(clause.into_iter().flat_map(|clause| paper.beside(clause)));
            clause = block.clause();
        }
        body = paper.notes(paper.block(body, block, &id), block.words().into_iter());
    }
    body = body.each(clause.into_iter().flat_map(|clause| paper.beside(clause)));
    body = notice.contact.iter().fold(body, |body, it| paper.line(body, el("p"), it));
    if !notice.annexes.is_empty() {
        body = paper.notes(body.child(paper.annexes()), notice.annexes.iter().map(|it| &it.words));
    }
    if !notice.files.is_empty() && !paper.among {
        body = body.child(paper.files());
    }
    body = [&notice.disclosure, &notice.contact_unit].into_iter().fold(body, |body, it| paper.line(body, el("p"), it));
    let article = el("article").class("notice").set("id", paper.id("top")).child(red).child(title).child(body);
    if notice.imprint.is_empty() && notice.issued.is_none() {
        return article;
    }
    let day = notice.issued.map(|day| el("span").text(format!("{day}印发")));
    let imprint = paper.words(el("span"), &notice.imprint);
    let article = article.child(el("p").class("imprint").child(imprint).maybe(day));
    paper.notes(article, [&notice.imprint].into_iter())
}

impl Paper {
    pub fn new(state: State, library: &'static Library, notice: &'static Notice, among: bool) -> Paper {
        Paper { state, library, notice, among, noted: RefCell::default() }
    }

    fn id(&self, id: &str) -> String {
        if self.among { format!("{}-{id}", self.notice.slug) } else { id.to_owned() }
    }

    fn words(&self, into: El, text: &[Inline]) -> El {
        words(
            into,
            WordsPlace { state: self.state, note_id: &|note| self.id(&Notice::note_id(note)), linked: false },
            text,
        )
    }

    /// A line of its own, unless there is nothing to say.
    fn line(&self, into: El, element: El, text: &Words) -> El {
        if text.is_empty() { into } else { self.notes(into.child(self.words(element, text)), [text].into_iter()) }
    }

    fn block(&self, into: El, block: &Block, id: &str) -> El {
        let address = |element: El| if id.is_empty() { element } else { element.set("id", self.id(id)) };
        match block {
            Block::Heading { rank, clause, words } => {
                let depth = clause.as_ref().map_or(usize::from(*rank).saturating_sub(1), Clause::depth);
                let below = usize::from(self.among);
                let tag = ["h2", "h3", "h4", "h5"][(depth.max(1) - 1 + below).min(3)];
                let head = self.words(address(el(tag)), words);
                // the button stands beside the heading: it is no part of its name
                into.child(el("div").class("head-line").child(head).maybe(self.cite(clause.as_ref())))
            }
            Block::Paragraph { clause, words } => {
                into.child(self.words(address(el("p")), words).maybe(self.cite(clause.as_ref())))
            }
            Block::List(items) => into.child(address(el("ul")).each(items.iter().map(|it| self.words(el("li"), it)))),
            Block::Quote(lines) => {
                into.child(address(el("blockquote")).each(lines.iter().map(|it| self.words(el("p"), it))))
            }
            Block::Table(table) => into.child(address(self.table(table))),
        }
    }

    fn cite(&self, clause: Option<&Clause>) -> Option<El> {
        let clause = clause.filter(|_| !self.among)?;
        Some(cite(clause.id(), format!("{} {clause}", self.notice.cited_as())))
    }

    fn table(&self, printed: &NoticeTable) -> El {
        let reach = |row: usize, cell: usize| {
            let found = printed.merged.get(row).and_then(|it| it.get(cell)).copied();
            found.unwrap_or(MergedCell { rows: 1, columns: 1 })
        };
        let cell = |tag: &'static str, row: usize, n: usize, text: &Words| {
            let MergedCell { rows, columns } = reach(row, n);
            let mut cell = el(tag);
            if tag == "th" {
                cell = cell.set("scope", if 1 < columns { "colgroup" } else { "col" });
            }
            for (name, over) in [("rowspan", rows), ("colspan", columns)] {
                if 1 < over {
                    cell = cell.set(name, over.to_string());
                }
            }
            (0 < rows).then(|| self.words(cell, text))
        };
        let head = printed.head.iter().enumerate().filter_map(|(n, text)| cell("th", 0, n, text));
        let row = |at: usize, tag: &'static str| {
            let cells = &printed.rows[at];
            let last = (0..cells.len()).rev().find(|n| 0 < reach(at + 1, *n).rows);
            let cells = cells.iter().enumerate().filter_map(|(n, text)| {
                let cell = cell(tag, at + 1, n, text)?;
                let cited = Some(n) == last && tag == "td" && !self.among;
                Some(if cited { cell.child(cite(&printed.row_id(at), format!("表第{}行", at + 1))) } else { cell })
            });
            el("tr").set("id", self.id(&printed.row_id(at))).each(cells)
        };
        let n_head = printed.n_head.min(printed.rows.len());
        let head = el("thead").child(el("tr").each(head)).each((0..n_head).map(|at| row(at, "th")));
        let rows = (n_head..printed.rows.len()).map(|at| row(at, "td"));
        let table = el("table").child(head).child(el("tbody").each(rows));
        let scroll = el("div").class("scroll").set("tabindex", "0").set("role", "region");
        scroll.set("aria-label", "表格，可左右滚动").child(table)
    }

    /// The 编者注 to which the words refer and that are not on the page yet, and those to which these notes refer in
    /// turn.
    fn notes<'w>(&self, into: El, texts: impl Iterator<Item = &'w Words>) -> El {
        let mut referred: Vec<usize> = texts.flat_map(|it| notes_in(it)).collect();
        let mut all = into;
        while !referred.is_empty() {
            let note = referred.remove(0);
            let Some(text) = self.notice.notes.get(note).filter(|_| self.noted.borrow_mut().insert(note)) else {
                continue;
            };
            let mark = el("b").text(format!("编者注{}　", note + 1));
            let line = el("p").class("ed").set("role", "note").set("id", self.id(&Notice::note_id(note))).child(mark);
            all = all.child(self.words(line, text));
            referred.extend(notes_in(text));
        }
        all
    }

    /// 附件：1. … as printed, each leading to the page where it stands.
    fn annexes(&self) -> El {
        let all = &self.notice.annexes;
        let lines = all.iter().enumerate().map(|(at, annex)| {
            let line = if all.len() == 1 { el("p") } else { el("p").text(format!("{}. ", at + 1)) };
            // the mark of a note on a link's words stands outside the link
            let text: Words = annex.words.iter().filter(|it| !matches!(it, Inline::Note(_))).cloned().collect();
            let marks: Words = annex.words.iter().filter(|it| matches!(it, Inline::Note(_))).cloned().collect();
            match &annex.to {
                Some(to) => {
                    let to = el("a").set("href", self.annexed(to)).text(plain(&text));
                    self.words(line.child(to), &marks)
                }
                None => self.words(line, &annex.words),
            }
        });
        el("div").class("annexes").set("id", self.id("annexes")).child(el("p").text("附件：")).each(lines)
    }

    /// The files to take away, with what somebody wants to know before: which kind, and how large.
    fn files(&self) -> El {
        let items = self.notice.files.iter().map(|file| {
            let (stem, ending) = file.name.rsplit_once('.').unwrap_or((&file.name, ""));
            let to = link(file_address(self.state, self.notice, &file.name), stem).set("download", "");
            el("li").child(to).text(format!("（{}，{}）", ending.to_uppercase(), sized(file.size)))
        });
        let list = el("ul").each(items);
        el("div").class("refs files noprint").child(el("p").text("附件下载")).child(list)
    }

    fn annexed(&self, to: &Annexed) -> String {
        let Paper { state, library, notice, .. } = *self;
        match to {
            Annexed::Notice(slug) => state.href(&Address::Notice(slug.clone())),
            Annexed::Rubric(annex) => state.within(library.edition_of(notice).folder).href(&Address::Rubric(*annex)),
            Annexed::File(name) => file_address(state, notice, name),
        }
    }

    /// What depends on a clause, a line an edition: the readings that touch it, and the rows that these touch.
    fn beside(&self, clause: &Clause) -> Vec<El> {
        let all = if self.among { Vec::new() } else { self.library.published() };
        all.into_iter().filter_map(|edition| self.beside_of(clause, edition)).collect()
    }

    fn beside_of(&self, clause: &Clause, of: Published) -> Option<El> {
        let Paper { library, notice, .. } = *self;
        let state = self.state.within(of.folder);
        let readings = library.readings_of(notice, clause).iter().filter(|it| it.0.id == of.edition.id);
        let readings: Vec<&Reading> = readings.map(|it| it.1).collect();
        let here = format!("{} {clause}", notice.cited_as());
        let others = of.edition.applicants.iter().filter_map(|it| it.others.as_ref());
        let school = others.map(|it| &it.quote.clause).any(|it| *it == here);
        if readings.is_empty() && !school {
            return None;
        }
        let mut rows: Vec<_> = readings.iter().flat_map(|reading| rows_of(of.edition, reading)).collect();
        rows.sort_by_key(|(rubric, row)| (rubric.annex, row.number));
        rows.dedup_by_key(|(rubric, row)| (rubric.annex, row.number));
        let mut line = el("p").class("refs noprint");
        if !of.folder.is_empty() {
            line = line.child(el("span").text(format!("{}：", of.validity.name())));
        }
        if !readings.is_empty() {
            line = line.child(el("span").text("解读")).each(readings.iter().map(|reading| {
                let to = format!("{}#{}", state.href(&Address::Readings), reading.id);
                link(to, reading.id.as_str()).set("title", reading.title.as_str())
            }));
        }
        if !rows.is_empty() {
            line = line.child(el("span").text("所涉评估内容")).each(rows.into_iter().map(|(rubric, row)| {
                let id = rubric.row_id(row.number);
                let title = format!("附件{} {}", rubric.annex, row.content);
                link(format!("{}#{id}", state.href(&Address::Rubric(rubric.annex))), id).set("title", title)
            }));
        }
        if school {
            line = line.child(el("span").text("据此")).child(link(state.href(&Address::Home), "首页的备案指引"));
        }
        Some(line)
    }
}

/// A button that copies the words and the address of the element with that id. Without the reader's program it is not
/// shown.
pub fn cite(id: &str, what: String) -> El {
    let button = el("button").set("type", "button").class("cite noprint").set("data-of", id);
    // its visible word comes from the style sheet, so that it is never taken for a word of the document
    button.set("aria-label", format!("引用 {what}"))
}

fn file_address(state: State, notice: &Notice, name: &str) -> String {
    href(state, &Target::Here { path: notice.path() + name, id: String::new() })
}

/// What there is to know about the document before reading it.
fn about(state: State, library: &'static Library, notice: &'static Notice) -> El {
    let line = |name: &'static str, value: El| [el("dt").text(name), value];
    let text = |value: String| el("dd").text(value);
    let number = if notice.number.is_empty() { "没有文号".to_owned() } else { notice.number.clone() };
    let mut all = el("dl").class("particulars").each(line("文号", text(number)).into_iter());
    all = all.each(line("发文机关", text(notice.issuer.clone())).into_iter());
    let issued = notice.issued.map_or("未印日期".to_owned(), |it| format!("{it}印发"));
    all = all.each(line("日期", text(issued)).into_iter());
    if let Some(by) = library.forwarded_by(notice) {
        let to = link(state.href(&Address::Notice(by.slug.clone())), by.cited_as());
        let when = by.issued.map_or(String::new(), |it| format!("（{it}印发）"));
        all = all.each(line("转发", el("dd").child(to).text(when)).into_iter());
    }
    if !notice.disclosure.is_empty() {
        all = all.each(line("公开", text(plain(&notice.disclosure))).into_iter());
    }
    if !notice.annexes.is_empty() {
        let to = link("#annexes".to_owned(), format!("{} 个", notice.annexes.len()));
        all = all.each(line("附件", el("dd").child(to)).into_iter());
    }
    if !notice.files.is_empty() {
        all = all.each(line("附件下载", text(format!("{} 个文件", notice.files.len()))).into_iter());
    }
    if !notice.notes.is_empty() {
        let to = link(format!("#{}", Notice::note_id(0)), format!("{} 条", notice.notes.len()));
        all = all.each(line("编者注", el("dd").child(to)).into_iter());
    }
    let print = el("button").set("type", "button").class("print quiet").text("打印本文件");
    el("div").class("about").child(all).child(print)
}

/// The numbered headings; none where there is only one.
fn outline(notice: &Notice) -> Option<El> {
    let heads = notice.blocks.iter().filter_map(|block| match block {
        Block::Heading { clause: Some(clause), words, .. } => Some((clause, plain(words))),
        _ => None,
    });
    let heads: Vec<_> = heads.filter(|it| it.0.depth() <= 2).collect();
    let items = heads.iter().map(|(clause, text)| {
        let class = if clause.depth() == 1 { "first" } else { "second" };
        el("li").class(class).child(link(format!("#{}", clause.id()), text.as_str()))
    });
    let list = el("ol").each(items);
    let nav = el("nav").class("outline").set("aria-label", "本文目录");
    (1 < heads.len()).then(|| nav.child(el("p").class("hd").text("本文目录")).child(list))
}
