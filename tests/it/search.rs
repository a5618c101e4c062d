//! Laws of the search in the corpus of the real site: every text is found in its place, however it is typed.

use std::sync::OnceLock;

use proptest::prelude::*;
use ziping::bytes::wire::from_bytes;
use ziping::search::{Corpus, Doc, Found, Hit, Index, Unit, fold};

use crate::built::{built, without_length};
use crate::{none_of, read};

/// Pairs of ways to type the same words, which find the same.
const AS_GOOD_AS: [(&str, &str); 19] = [
    ("豫职鉴〔2021〕1号", "豫职鉴[2021]1号"),
    ("豫职鉴〔2021〕1号", "豫职鉴(2021)1号"),
    ("豫职鉴〔2021〕1号", "豫职鉴（２０２１）１号"),
    ("豫职鉴〔2021〕1号", "豫职鉴【2021】1 号"),
    ("马 伟", "马伟"),
    ("马 伟", "马　伟"),
    ("0371-69306150", "037169306150"),
    ("0371-69306150", "0371—6930 6150"),
    ("www.osta.org.cn", "WWW.OSTA.ORG.CN"),
    ("www.osta.org.cn", "ｗｗｗ．ｏｓｔａ．ｏｒｇ．ｃｎ"),
    ("5--3 级", "5-3级"),
    ("第 10 位", "第10位"),
    ("“放管服”改革", "\"放管服\"改革"),
    ("《职业分类大典》", "「职业分类大典」"),
    ("规则（理论+技能+评审）", "规则(理论＋技能＋评审)"),
    ("资格制度", " 资 格\t制\n度 "),
    ("平顶山市", "平顶⼭市"),
    ("车工", "⻋⼯"),
    ("资格制度", "资\u{ad}格\u{200b}制\u{fe0f}度\u{3164}"),
];

/// Initials of pinyin and the words they find. A character with several readings is found by each of them.
const INITIALS: [(&str, &str); 14] = [
    ("zgzd", "资格制度"),
    ("ZGZD", "资格制度"),
    ("zｇ zd", "资格制度"),
    ("zg制度", "资格制度"),
    ("pdss", "平顶山市"),
    ("hnszyjnjdzdzx", "河南省职业技能鉴定指导中心"),
    ("hy", "行业"),
    ("xy", "行业"),
    ("tz", "调整"),
    ("dz", "调整"),
    ("jx", "教学"),
    ("yx", "院校"),
    ("yj", "院校"),
    ("cdd 0371", "陈丹丹 0371"),
];

const NONSENSE: [&str; 9] =
    ["qqqqqqqq", "龘龘", "豫职鉴〔2021〕1号号", "鉴职豫", "🙂", "\u{301}\u{302}", "zgzd资格制度", "﷽", "9876543210"];

/// Searches without any character that is compared.
const EMPTY: [&str; 6] = ["", " ", "\t\n", "\u{0}", "\u{85}\u{1b}", "　"];

#[test]
fn every_run_of_characters_is_found_where_it_begins() {
    let mut problems = Vec::new();
    let mut n = 0;
    for (doc, at, query) in runs(1, 2500) {
        n += 1;
        if !hits(&index().find(&query, usize::MAX)).iter().any(|it| is(it.0, doc) && *it.1.unit == doc.units[at]) {
            problems.push(format!("{} {}: `{query}`", doc.address, doc.units[at].label));
        }
    }
    assert!(2000 < n, "only {n} runs");
    none_of(&problems);
}

#[test]
fn every_word_of_the_scan_is_found() {
    let mut numbers = Numbers(2);
    let mut problems = Vec::new();
    for (n, line) in (1..).zip(read("tests/source/notice-2021-135.txt").lines()) {
        for cell in line.split('\t') {
            // what text recognition added, and the colon after the number of an annex, which is above the page of its
            // own
            let cell = cell.trim_start_matches("- ").replace(" · ", "\t");
            let cell = if cell.starts_with("附件 ") { cell.trim_end_matches(':') } else { &cell };
            for cell in cell.split('\t').map(|it| it.chars().collect::<Vec<_>>()).filter(|it| 2 <= it.len()) {
                for _ in 0..1 + cell.len() / 24 {
                    let from = numbers.below(cell.len() - 1);
                    let to = (from + 2 + numbers.below(11)).min(cell.len());
                    let query: String = cell[from..to].iter().collect();
                    if !query.trim().is_empty() && index().find(&query, usize::MAX).n_units == 0 {
                        problems.push(format!("line {n}: `{query}`"));
                    }
                }
            }
        }
    }
    none_of(&problems);
}

#[test]
fn what_counts_as_the_same_is_found_alike() {
    let mut problems = Vec::new();
    for (one, other) in AS_GOOD_AS {
        let (found, as_well) = (index().find(one, usize::MAX), index().find(other, usize::MAX));
        if found.n_units == 0 || found != as_well {
            problems.push(format!("`{one}` {} times, `{other}` {} times", found.n_units, as_well.n_units));
        }
    }
    none_of(&problems);
}

#[test]
fn initials_of_pinyin_find_the_words() {
    let mut problems = Vec::new();
    for (query, words) in INITIALS {
        let found = index().find(query, usize::MAX);
        let all = hits(&found);
        let places =
            corpus().docs.iter().flat_map(|it| &it.units).filter(|it| folded(&it.text).contains(&folded(words)));
        let n_places = places.filter(|place| all.iter().any(|it| it.1.unit == *place)).count();
        // a unit shows its first hit, and that may be other words with the same initials
        if n_places == 0 || !all.iter().any(|it| folded(&it.1.marked) == folded(words)) {
            problems.push(format!("`{query}` finds `{words}` in {n_places} of {} units", found.n_units));
        }
    }
    none_of(&problems);
}

/// Compared with the letters of the corpus, so that no reading of a character is lost in the index.
#[test]
fn every_run_is_found_by_any_of_its_initials() {
    let mut numbers = Numbers(3);
    let mut problems = Vec::new();
    let mut n = 0;
    for (doc, at, query) in runs(4, 600) {
        let query: String = query.chars().take(6).map(|it| initial(it, &mut numbers)).collect();
        let lies_here = folded(&doc.units[at].text).chars().count() >= query.chars().count();
        if !query.contains(|it: char| it.is_ascii_lowercase()) || !lies_here {
            continue;
        }
        n += 1;
        if !hits(&index().find(&query, usize::MAX)).iter().any(|it| is(it.0, doc) && *it.1.unit == doc.units[at]) {
            problems.push(format!("{} {}: `{query}`", doc.address, doc.units[at].label));
        }
    }
    assert!(300 < n, "only {n} runs");
    none_of(&problems);
}

#[test]
fn what_is_marked_is_what_was_asked_for() {
    let mut problems = Vec::new();
    for (_, _, query) in runs(5, 800) {
        let wanted = folded(&query);
        // letters also find initials, and dashes are compared as typed, so these are left out here
        if wanted.is_empty() || wanted.contains(|it: char| it.is_ascii_alphabetic()) {
            continue;
        }
        let found = index().find(&query, 60);
        for (doc, Hit { unit, before, marked, after }) in hits(&found) {
            // it was found by its name, which need not be in its text
            let names = [folded(&unit.label), folded(&format!("{}{}", doc.number, unit.label))];
            let named = marked.is_empty() && names.contains(&wanted);
            // a bracket at the end is ignored
            let runs_over =
                folded(uncut_after(after)).is_empty() && wanted.starts_with(&folded(marked)) && !marked.is_empty();
            let shown = format!("{}{marked}{}", uncut_before(before), uncut_after(after));
            if folded(marked) != wanted && !runs_over && !named || !unit.text.replace('\n', " ").contains(&shown) {
                problems.push(format!("`{query}` in {}: {before}【{marked}】{after}", unit.label));
            }
        }
    }
    none_of(&problems);
}

#[test]
fn nonsense_finds_nothing() {
    let found: Vec<_> = NONSENSE.iter().chain(&EMPTY).filter(|it| index().find(it, 100) != Found::default()).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn as_many_are_shown_as_asked_for_and_all_are_counted() {
    let mut problems = Vec::new();
    for query in ["备案", "的", "ba", "附件", "豫职鉴〔2021〕1号", "马伟", "——", "没有这样的话"]
    {
        let all = index().find(query, usize::MAX);
        if (hits(&all).len(), all.docs.len()) != (all.n_units, all.n_docs) {
            problems.push(format!("`{query}`: {} of {} units", hits(&all).len(), all.n_units));
        }
        for most in [0, 1, 2, 3, 7, 20, 50, 1000] {
            let found = index().find(query, most);
            let n = hits(&found).len();
            let right = n <= most && (n == 0) == (most.min(all.n_units) == 0);
            if !right || (found.n_units, found.n_docs) != (all.n_units, all.n_docs) {
                problems.push(format!("`{query}`, at most {most}: {n} hits, {} units", found.n_units));
            }
            if found.docs.iter().any(|it| it.1.is_empty()) {
                problems.push(format!("`{query}`, at most {most}: a document without a hit"));
            }
        }
    }
    none_of(&problems);
}

#[test]
fn queries_of_any_length_are_answered() {
    for query in ["备案".repeat(5000), "-".repeat(10_000), "a".repeat(10_000), "🙂".repeat(10_000), " ".repeat(10_000)]
    {
        assert_eq!(index().find(&query, 10).n_units, 0);
    }
    assert_ne!(index().find("—", 10).n_units, 0, "a dash alone is looked for as it is typed");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn no_query_fails(query in any::<String>(), mixed in "[-—_ \u{300}-\u{303}🙂a行〔(]{0,9}", most in any::<usize>()) {
        for query in [query, mixed] {
            let found = index().find(&query, most);
            prop_assert!(hits(&found).len() <= most.min(found.n_units));
        }
    }

    /// What contains a text also contains each part of it.
    #[test]
    fn a_shorter_query_finds_no_less(seed in 1_u64.., less in 1_usize..6) {
        let Some((_, _, query)) = &runs(seed, 1).pop() else { return Ok(()) };
        let n_chars = query.chars().count();
        let shorter: String = query.chars().take(n_chars.saturating_sub(less).max(1)).collect();
        prop_assume!(!folded(&shorter).is_empty());
        prop_assert!(index().find(query, 1).n_units <= index().find(&shorter, 1).n_units, "{query} {shorter}");
    }
}

fn corpus() -> &'static Corpus {
    static CORPUS: OnceLock<Corpus> = OnceLock::new();
    CORPUS.get_or_init(|| {
        let mut files = built().iter().filter(|it| it.0.starts_with("assets/search-"));
        let corpus = files.next().and_then(|it| from_bytes(without_length(it.1))).expect("the corpus can be read");
        assert!(files.next().is_none());
        corpus
    })
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| Index::new(corpus().clone()))
}

fn hits<'f>(found: &'f Found<'_>) -> Vec<(&'f Doc, &'f Hit<'f>)> {
    found.docs.iter().flat_map(|(doc, hits)| hits.iter().map(|it| (*doc, it))).collect()
}

/// Are they the same page of the site?
fn is(one: &Doc, other: &Doc) -> bool {
    one.address == other.address
}

/// Runs of 2 to 12 characters from anywhere: the document, the unit with the first character that is compared, and the
/// run. It may end in a later unit of the same document.
fn runs(seed: u64, n: usize) -> Vec<(&'static Doc, usize, String)> {
    // where each unit ends, counted in characters from the start of the corpus
    static ENDS: OnceLock<Vec<(usize, &Doc, usize)>> = OnceLock::new();
    let ends = ENDS.get_or_init(|| {
        let units = corpus().docs.iter().flat_map(|doc| doc.units.iter().enumerate().map(move |it| (doc, it)));
        let ends = units.scan(0, |end, (doc, (u, unit))| {
            *end += unit.text.chars().count();
            Some((*end, doc, u))
        });
        ends.collect()
    });
    let mut numbers = Numbers(seed);
    let n_chars = ends.last().expect("the corpus has units").0;
    let runs = (0..n).filter_map(|_| {
        let (at, length) = (numbers.below(n_chars), 2 + numbers.below(11));
        let place = ends.partition_point(|it| it.0 <= at);
        let begin = if place == 0 { 0 } else { ends[place - 1].0 };
        run(ends[place].1, ends[place].2, at - begin, length)
    });
    runs.collect()
}

fn run(doc: &'static Doc, from: usize, at: usize, length: usize) -> Option<(&'static Doc, usize, String)> {
    let texts = doc.units.iter().enumerate().skip(from);
    let chars = texts.flat_map(|(u, Unit { text, .. })| text.chars().map(move |it| (u, it))).skip(at).take(length);
    let chars: Vec<_> = chars.collect();
    let begins = chars.iter().find(|it| fold(it.1).is_some());
    // a run of only dashes is searched for as typed, and so only within a unit
    let begins = begins.or_else(|| chars.iter().find(|it| !it.1.is_whitespace() && it.0 == chars[chars.len() - 1].0));
    begins.map(|it| (doc, it.0, chars.iter().map(|it| it.1).collect()))
}

/// One of the initials that the corpus has for a character, or the character as it is compared.
fn initial(it: char, numbers: &mut Numbers) -> char {
    let letters = ('a'..='z').zip(&corpus().initials).filter(|(_, chars)| chars.contains(it));
    let letters: Vec<char> = letters.map(|it| it.0).collect();
    if letters.is_empty() { fold(it).unwrap_or(' ') } else { letters[numbers.below(letters.len())] }
}

fn folded(text: &str) -> String {
    text.chars().filter_map(fold).collect()
}

fn uncut_before(text: &str) -> &str {
    text.strip_prefix('…').unwrap_or(text)
}

fn uncut_after(text: &str) -> &str {
    text.strip_suffix('…').unwrap_or(text)
}

/// Random numbers that are the same in every run: xorshift64*.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end
    }
}

/// 能 and 的 have rare readings that hardly anyone means: hits with the usual reading come first, within documents and
/// between them.
#[test]
fn usual_readings_come_before_rare_ones() {
    for (query, wanted) in [("tk", ["题库", "条款"].as_slice()), ("zgzd", &["资格制度"])] {
        let found = index().find(query, usize::MAX);
        for (doc, its) in &found.docs {
            let sounds = |it: &Hit<'_>| wanted.contains(&it.marked.as_str());
            let last = its.iter().rposition(sounds);
            let rare = its.iter().position(|it| it.marked == "能考" || it.marked == "填工种的");
            assert!(last.zip(rare).is_none_or(|(last, rare)| last < rare), "{query} in {}", doc.number);
        }
        let first = &found.docs[0].1[0].marked;
        assert!(wanted.contains(&first.as_str()), "{query} finds {first} first");
    }
}

#[test]
fn words_that_stand_apart_are_found_together_and_else_the_longest() {
    let together = index().find("高级工班 复合专业", usize::MAX);
    assert!(hits(&together).iter().any(|(doc, it)| doc.number.contains("1号") && it.unit.label == "二（三）"));
    let longest = index().find("高级工班 没有这样的话呢吗", usize::MAX);
    assert_eq!(longest, Found::default(), "the longest word stands nowhere");
    let longest = index().find("高级工班 呢吗", usize::MAX);
    assert!(hits(&longest).iter().all(|(_, it)| it.marked == "高级工班") && longest.n_units != 0);
}

/// A document's number names the document: a paragraph without a name of its own does not get that name.
#[test]
fn a_paragraph_is_not_found_by_the_number_of_its_document() {
    let (whole, part) = (index().find("豫职鉴〔2021〕1号", 1), index().find("豫职鉴〔2021〕1", 1));
    assert!(whole.n_units <= part.n_units, "{} {}", whole.n_units, part.n_units);
}
