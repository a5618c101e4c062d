//! What holds for every desk: nothing is lost, sorting is a permutation, a further condition never adds an entry.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use ziping::carrier::{Take, pack, write_code, write_link};
use ziping::desk::{Desk, DeskColumn, Entry, Filter, Repeat, Standing};
use ziping::dossier::Dossier;
use ziping::dossier::paired;
use ziping::spreadsheet::{csv, xlsx};

use crate::arbitrary::dossier;
use crate::carrier_laws::known;
use crate::desk::{backup, opened};

/// What somebody may paste: records, some of them twice or damaged, and words.
fn texts() -> impl Strategy<Value = Vec<(String, String)>> {
    let units = select(vec!["", "甲公司", "乙公司", "=丙"]);
    let record = (dossier(), units, 0..4_u64, 0..4_usize).prop_map(|(it, unit, day, damage)| {
        let text = backup(&Dossier { unit: unit.to_owned(), ..it }, day);
        match damage {
            0 => text[..text.len() / 2 + (0..4).find(|it| text.is_char_boundary(text.len() / 2 + it)).unwrap_or(0)]
                .to_owned(),
            _ => text,
        }
    });
    let text = prop_oneof![4 => record, 3 => mail(), 1 => "\\PC{0,60}", 1 => any::<String>()];
    vec((text, 1..3_usize), 0..6).prop_map(|all| {
        let all = all.into_iter().flat_map(|(text, n)| vec![text; n]);
        (1..).zip(all).map(|(n, text)| (format!("{n}"), text)).collect()
    })
}

/// Codes and links among words, some with a wrong letter.
fn mail() -> impl Strategy<Value = String> {
    let sent = (dossier(), any::<bool>(), any::<bool>(), 0..4_usize, any::<Index>()).prop_map(
        |(dossier, unit, link, damage, at)| {
            let Some(record) = pack(known(), &dossier, Take { unit, day: Some(20_000), ..Take::default() }) else {
                return "没有".to_owned();
            };
            let text = if link { write_link("https://x.cn/", &record) } else { write_code(&record) };
            let mut letters: Vec<char> = text.chars().collect();
            if damage == 0 {
                let at = at.index(letters.len());
                letters[at] = if letters[at] == 'K' { 'M' } else { 'K' };
            }
            letters.into_iter().collect()
        },
    );
    let line = prop_oneof![3 => sent, 1 => select(vec!["", "甲公司：", "自评码", "\t"]).prop_map(str::to_owned)];
    let end = select(vec!["\n", "\r\n", "\n\n"]);
    vec((line, end), 1..5).prop_map(|all| all.into_iter().map(|(line, end)| line + end).collect())
}

fn filters() -> impl Strategy<Value = Filter> {
    let standing = prop::option::of(select(Standing::ALL.to_vec()));
    let text = select(vec!["", " ", "甲", "公司", "=", "6-"]);
    let ticks = (any::<bool>(), any::<bool>(), any::<bool>());
    (text, prop::option::of(1..7_u8), standing, ticks).prop_map(|(text, annex, standing, ticks)| {
        let (vetoed, repeated, newest) = ticks;
        Filter { text: text.to_owned(), annex, standing, vetoed, repeated, newest }
    })
}

fn columns() -> impl Strategy<Value = DeskColumn> {
    select(DeskColumn::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every piece becomes entries or is listed as unopened.
    #[test]
    fn nothing_is_lost(texts in texts()) {
        let mut desk = Desk::default();
        for (source, text) in &texts {
            let n = desk.add(source, text);
            let before = (desk.entries.len(), desk.unopened.len());
            prop_assert!(1 <= n, "a text has a piece at least");
            while desk.step(known(), n).done < desk.progress().of {}
            let came: Vec<_> = desk.entries[before.0..].iter().map(|it| &it.from).chain(desk.unopened[before.1..].iter().map(|it| &it.from)).collect();
            for piece in 1..=n {
                prop_assert!(came.iter().any(|it| it.piece == piece && it.source == *source), "piece {piece} is lost");
            }
            prop_assert!(came.iter().all(|it| 1 <= it.line && it.line <= text.matches('\n').count() + 1));
        }
        prop_assert_eq!(desk, opened(&texts));
    }

    #[test]
    fn an_order_is_a_permutation_and_stable(texts in texts(), column in columns(), falling: bool, filter in filters()) {
        let desk = opened(&texts);
        let shown = desk.shown(&filter);
        let mut sorted = shown.clone();
        desk.sort(&mut sorted, column, falling);
        let mut again = sorted.clone();
        again.sort_unstable();
        prop_assert_eq!(&again, &shown, "the same entries");
        // sorting again changes nothing, and sorting the other way round keeps the order of equal entries
        let mut again = sorted.clone();
        desk.sort(&mut again, column, falling);
        prop_assert_eq!(&again, &sorted);
        let repeated = desk.repeated();
        let cell = |at: usize| column.cell(&desk.entries[at], repeated[at]);
        for (before, after) in sorted.iter().zip(sorted.iter().skip(1)) {
            // entries with equal cells keep their order; annexes are also sorted by edition, which the cell does not
            // show
            if cell(*before) == cell(*after) && desk.entries[*before].edition == desk.entries[*after].edition {
                prop_assert!(before < after, "{:?} {} {}", column, before, after);
            }
        }
    }

    /// Of what is left out, something that stands for it is there: the same unit, annex, occupation. Nothing is left of it
    /// that repeats, unless the days do not tell which is newer.
    #[test]
    fn the_newest_stands_for_the_others(texts in texts()) {
        let desk = opened(&texts);
        let newest = desk.shown(&Filter { newest: true, ..Filter::default() });
        let of = |it: &usize| {
            let entry = &desk.entries[*it];
            (paired(&entry.unit), entry.annex, entry.edition.clone(), entry.occupation.clone(), entry.code.clone())
        };
        let kept: Vec<_> = newest.iter().map(of).collect();
        for at in 0..desk.entries.len() {
            prop_assert!(newest.contains(&at) || kept.contains(&of(&at)), "{}", at);
        }
        for repeat in desk.repeats() {
            let left = |entries: &[usize]| entries.iter().filter(|it| newest.contains(it)).count();
            match repeat {
                Repeat::Same(entries) => prop_assert!(left(&entries) <= 1),
                Repeat::Versions { entries, newest: Some(_) } => prop_assert_eq!(left(&entries), 1),
                Repeat::Versions { entries, newest: None } => prop_assert!(1 < left(&entries)),
            }
        }
        prop_assert_eq!(desk.standings(&newest).iter().sum::<usize>(), newest.len());
    }

    #[test]
    fn a_filter_of_a_filter_is_both(texts in texts(), one in filters(), other in filters()) {
        let desk = opened(&texts);
        let (a, b) = (desk.shown(&one), desk.shown(&other));
        prop_assert!(a.is_sorted());
        let all = desk.shown(&Filter::default());
        prop_assert_eq!(all.len(), desk.entries.len());
        let both: Vec<_> = a.iter().copied().filter(|it| b.contains(it)).collect();
        // where two filters do not contradict each other, one combined filter keeps the same entries
        let text = if one.text.trim().is_empty() { &other.text } else { &one.text };
        let merged = Filter {
            text: text.clone(),
            annex: one.annex.or(other.annex),
            standing: one.standing.or(other.standing),
            vetoed: one.vetoed || other.vetoed,
            repeated: one.repeated || other.repeated,
            newest: one.newest || other.newest,
        };
        let agree = |same: bool, free: bool| same || free;
        if agree(one.text.trim() == other.text.trim(), one.text.trim().is_empty() || other.text.trim().is_empty())
            && agree(one.annex == other.annex, one.annex.is_none() || other.annex.is_none())
            && agree(one.standing == other.standing, one.standing.is_none() || other.standing.is_none())
        {
            prop_assert_eq!(desk.shown(&merged), both);
        }
    }

    /// Sums over the rows equal sums over the sheets.
    #[test]
    fn failing_rows_add_up(texts in texts(), filter in filters()) {
        let desk = opened(&texts);
        let shown = desk.shown(&filter);
        let failing = desk.failing(&shown);
        let of_rows: u64 = failing.iter().map(|it| it.lost).sum();
        let outcomes = shown.iter().flat_map(|it| &desk.entries[*it].outcomes);
        prop_assert_eq!(of_rows, outcomes.map(|it| u64::from(it.lost.in_tenths())).sum::<u64>());
        for it in &failing {
            let n_sheets = shown.iter().filter(|at| desk.entries[**at].annex == it.annex).count();
            prop_assert!(it.n_answered <= n_sheets && it.n_failed <= it.n_answered);
            prop_assert!(it.n_lost <= it.n_failed && it.n_vetoed <= it.n_failed && it.n_failed <= it.n_lost + it.n_vetoed);
            prop_assert!(!it.content(known()).is_empty());
        }
        for (a, b) in failing.iter().zip(failing.iter().skip(1)) {
            prop_assert!((a.annex, b.n_failed) <= (b.annex, a.n_failed) || a.annex < b.annex);
        }
        // a complete sheet loses exactly the points that it lacks
        for it in desk.entries.iter().filter(|it| it.n_unanswered == 0) {
            let lost: u64 = it.outcomes.iter().map(|it| u64::from(it.lost.in_tenths())).sum();
            prop_assert_eq!(lost + u64::from(it.points.in_tenths()), 1000, "annex {}", it.annex);
        }
    }

    /// Repeated entries are equal, versions are not, and every repeat has at least two entries.
    #[test]
    fn repeats_are_what_they_say(texts in texts()) {
        let desk = opened(&texts);
        let of = |it: &usize| {
            let entry = &desk.entries[*it];
            // a name in other brackets or with blanks is the same name
            (paired(&entry.unit), entry.annex, &entry.edition, &entry.occupation, &entry.code)
        };
        let content = |it: &usize| (&desk.entries[*it].levels, &desk.entries[*it].answers);
        for repeat in desk.repeats() {
            let (Repeat::Same(entries) | Repeat::Versions { entries, .. }) = &repeat;
            prop_assert!(2 <= entries.len() && entries.iter().all(|it| of(it) == of(&entries[0])));
            let equal = entries.iter().all(|it| content(it) == content(&entries[0]));
            prop_assert_eq!(equal, matches!(repeat, Repeat::Same(_)));
            if let Repeat::Versions { entries, newest: Some(newest) } = repeat {
                prop_assert!(entries.iter().all(|it| desk.entries[*it].day <= desk.entries[newest].day));
            }
        }
    }

    /// What an entry repeats is what comparing it with every other one says, also where it was asked for before all came.
    #[test]
    fn whatever_repeats_is_told(texts in texts()) {
        let mut desk = Desk::default();
        for (source, text) in &texts {
            desk.add(source, text);
            while { let at = desk.step(known(), 2); at.done < at.of } {
                prop_assert_eq!(desk.repeated().len(), desk.entries.len());
            }
        }
        prop_assert_eq!(&desk, &opened(&texts));
        let entries = &desk.entries;
        prop_assert_eq!(desk.repeated().len(), entries.len());
        for (at, (one, repeated)) in entries.iter().zip(desk.repeated()).enumerate() {
            let of = |it: &Entry| (paired(&it.unit), it.annex, it.edition.clone(), it.occupation.clone(), it.code.clone());
            let named = |it: &Entry| !paired(&it.unit).is_empty();
            let says = |it: &Entry| named(it) || !it.answers.is_empty();
            let is_other = |(other, it): &(usize, &Entry)| says(one) && says(it) && at != *other && of(it) == of(one);
            let others = entries.iter().enumerate().filter(is_other);
            let equal: Vec<bool> =
                others.map(|(_, it)| (&it.levels, &it.answers) == (&one.levels, &one.answers)).collect();
            prop_assert_eq!(repeated.same, equal.contains(&true));
            prop_assert_eq!(repeated.version.is_some(), equal.contains(&false) && named(one));
        }
    }

    #[test]
    fn every_desk_becomes_tables(texts in texts(), column in columns(), falling: bool) {
        let desk = opened(&texts);
        let mut shown = desk.shown(&Filter::default());
        desk.sort(&mut shown, column, falling);
        let tables = desk.tables(known(), &shown);
        prop_assert_eq!(tables[0].rows.len(), desk.entries.len());
        prop_assert_eq!(tables[2].rows.len(), desk.unopened.len());
        for it in &tables {
            prop_assert!(it.rows.iter().all(|row| row.len() == it.columns.len()));
            prop_assert!(csv(it).ends_with("\r\n"));
        }
        prop_assert!(xlsx(&tables, "").starts_with(b"PK"));
    }
}

/// A code without a unit, and a link whose unit is a mark that is not compared: nobody knows whether they are of one unit.
#[test]
fn a_name_that_is_a_mark_alone_is_no_name() {
    let link = "https://x.cn/#s.GX5gMsoGFxKtKfC0mj1obeVlI36DhQBxCoVRmh0DAgAAFwABAAADAAAFAAYAAX6yyI8";
    let desk = opened(&[("1".to_owned(), format!("15Z6 036A 0V1W M2V4 BSEG Z\n{link}\n"))]);
    assert_eq!(desk.entries.len(), 2);
    assert!(!desk.entries[1].unit.is_empty() && paired(&desk.entries[1].unit).is_empty());
    assert!(desk.repeated().iter().all(|it| it.version.is_none()), "{:?}", desk.repeated());
}

/// A long text is looked at part by part, so that a page is never busy for long; what comes of it is the same.
#[test]
fn a_long_text_is_the_same_part_by_part() {
    let vectors = crate::read("tests/vectors/v1.jsonl");
    let vectors: Vec<serde_json::Value> = vectors.lines().map(|it| serde_json::from_str(it).expect("JSON")).collect();
    let mut text = String::new();
    for n in 0..900 {
        let it = |key: &str| vectors[n % vectors.len()][key].as_str().expect("a text");
        let next = match n % 5 {
            0 => format!("{n}. {}\r\n", it("code")),
            // as it is printed
            1 => format!(
                "第{n}家：\n{}\n\n",
                it("code").as_bytes().chunks(40).map(String::from_utf8_lossy).collect::<Vec<_>>().join("\n")
            ),
            2 => format!("{} {}\n", it("link"), it("code")),
            3 => format!(
                "> {}\n> 谢谢\n",
                it("link").as_bytes().chunks(60).map(String::from_utf8_lossy).collect::<Vec<_>>().join("\n> ")
            ),
            _ => "这一行没有自评码，只有很多字。".repeat(n % 60) + "\n",
        };
        text.push_str(&next);
    }
    assert!(300_000 < text.len(), "{}", text.len());
    let (mut whole, mut parts) = (Desk::default(), Desk::default());
    whole.add("甲", &text);
    parts.put("甲", text);
    let mut steps = 0;
    for desk in [&mut whole, &mut parts] {
        steps = 0;
        while desk.progress().done < desk.progress().of {
            desk.step(known(), 40);
            steps += 1;
        }
    }
    assert!(10 < steps, "{steps} steps");
    assert_eq!(whole.entries.len(), parts.entries.len());
    assert_eq!(whole, parts);
}
