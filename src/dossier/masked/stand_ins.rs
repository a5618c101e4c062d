//! What stands for what somebody wrote: 某某某甲. Equal texts have the same, others another one.

use crate::filing::scope::levels::{self, LevelsMisread};
use crate::filing::scope::{Scope, plain};
use crate::letters::{is_blank, is_bracket, is_list_mark};
use crate::rubric::Measure;
use crate::score::typed;

use super::super::review::systems_named;
use super::super::{Sheet, paired};

/// Count from 0. They are neither digits nor numerals, which would mean something in a name.
const DIGITS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];

/// The texts that have a stand-in.
pub(super) struct StandIns<'s> {
    scope: &'s Scope,
    known: Vec<String>,
}

impl StandIns<'_> {
    pub(super) fn new(scope: &Scope) -> StandIns<'_> {
        StandIns { scope, known: Vec::new() }
    }

    fn number_of(&mut self, text: &str) -> usize {
        self.known.iter().position(|it| it == text).unwrap_or_else(|| {
            self.known.push(text.to_owned());
            self.known.len() - 1
        })
    }

    /// For any text. Nothing stays nothing, and blanks are one.
    pub(super) fn text(&mut self, text: &str) -> String {
        if text.trim().is_empty() {
            return if text.is_empty() { String::new() } else { " ".to_owned() };
        }
        let mut ordinal = Vec::new();
        let mut rest = self.number_of(text);
        while ordinal.is_empty() || rest != 0 {
            ordinal.push(DIGITS[rest % 10]);
            rest /= 10;
        }
        let more = text.chars().count().saturating_sub(ordinal.len()).max(1);
        "某".chars().cycle().take(more).chain(ordinal.into_iter().rev()).collect()
    }

    /// A count stays; what cannot be read as one is no number either.
    pub(super) fn number(&mut self, text: &str) -> String {
        match typed(Measure::Whole, text) {
            Ok(None) => String::new(),
            Ok(Some(number)) => number.to_string(),
            Err(_) => "某".to_owned(),
        }
    }

    /// 级别, as they are printed; what names none still names none, and for the same reason.
    pub(super) fn levels(&self, text: &str) -> String {
        match levels::read_all(&self.scope.levels, text) {
            Ok(read) => read.text(),
            Err(LevelsMisread::Missing) if text.trim().is_empty() => String::new(),
            Err(LevelsMisread::Missing) => "、".to_owned(),
            Err(LevelsMisread::Unread(_)) => "某".to_owned(),
            Err(LevelsMisread::Outside(_)) => "9".to_owned(),
        }
    }

    /// 职业编码: 大类 stays, and how far down the code goes.
    pub(super) fn code(&mut self, text: &str) -> String {
        let code = plain::code(text);
        if code.is_empty() || self.scope.examples.iter().any(|it| plain::code(&it.code) == code) {
            return code;
        }
        let segments: Vec<&str> = code.split('-').collect();
        let digits =
            |(text, length): (&&str, usize)| text.len() == length && text.bytes().all(|it| it.is_ascii_digit());
        if 4 < segments.len() || !segments.iter().zip([1, 2, 2, 2]).all(digits) {
            return self.pieces(&code);
        }
        let class = segments[0].to_owned();
        let n = self.number_of(&code);
        match segments.len() {
            1 => class,
            2 => format!("{class}-{:02}", n % 100),
            3 => format!("{class}-99-{:02}", n % 100),
            _ => format!("{class}-99-{:02}-{:02}", n / 100 % 100, n % 100),
        }
    }

    /// The name of an occupation, or of a 工种: 某某甲（某乙） for 车工（数控车床）, and so on wherever these stand.
    pub(super) fn occupation(&mut self, text: &str) -> String {
        let name = plain::name(text);
        match (name.is_empty(), text.trim().is_empty()) {
            (true, true) => String::new(),
            // as good as nothing, but not empty
            (true, false) => "—".to_owned(),
            (false, _) => self.pieces(&name),
        }
    }

    /// The title of a standard, by the name of its occupation.
    pub(super) fn standard(&mut self, title: &str) -> String {
        let name = self.scope.occupation(title);
        if name.is_empty() && !title.trim().is_empty() {
            return self.scope.standards.titles.first().map_or_else(|| "—".to_owned(), Clone::clone);
        }
        self.occupation(&name)
    }

    /// The occupations for which somebody is listed, which blanks may separate where they are not part of a name.
    pub(super) fn listed(&mut self, text: &str, sheets: &[Sheet]) -> String {
        let own = paired(text);
        let broad = |name: &str| name.chars().take_while(|it| !is_bracket(*it)).collect::<String>();
        let is_one = sheets.iter().map(|it| paired(it.blank(0))).any(|it| it == own || broad(&it) == own);
        if is_one || plain::name(text).is_empty() {
            return self.occupation(text);
        }
        let each: Vec<String> =
            text.split(is_blank).filter(|it| !it.is_empty()).map(|it| self.occupation(it)).collect();
        each.join("、")
    }

    /// A note, by the names that it lists.
    pub(super) fn note(&mut self, note: &str) -> String {
        let names: Vec<String> = systems_named(note).iter().map(|it| self.text(it)).collect();
        match (names.is_empty(), note.trim().is_empty()) {
            (true, true) => String::new(),
            (true, false) => "。".to_owned(),
            (false, _) => names.join("；"),
        }
    }

    fn pieces(&mut self, name: &str) -> String {
        if let Some(printed) = self.printed(name) {
            return printed;
        }
        let parts = |it: char| is_bracket(it) || is_list_mark(it) || it == '/' || it == '／';
        let mut masked = String::new();
        let mut piece = String::new();
        for letter in name.chars().map(Some).chain([None]) {
            match letter {
                Some(letter) if !parts(letter) => piece.push(letter),
                end => {
                    masked.push_str(&self.piece(&piece));
                    masked.extend(end);
                    piece.clear();
                }
            }
        }
        masked
    }

    fn piece(&mut self, piece: &str) -> String {
        let digits = piece.starts_with(|it: char| it.is_ascii_digit()) && piece.contains('-');
        match self.printed(piece) {
            Some(printed) => printed,
            None if digits && piece.bytes().all(|it| it.is_ascii_digit() || it == b'-') => self.digits(piece),
            // a name with this ending may be that of a class
            None => match piece.strip_suffix(&self.scope.people).filter(|it| it.len() < piece.len()) {
                Some(before) => format!("{}{}", self.text(before), self.scope.people),
                None => self.text(piece),
            },
        }
    }

    /// A code that stands where a name is asked for.
    fn digits(&mut self, piece: &str) -> String {
        let shaped = [1, 2, 2, 2];
        let segments: Vec<usize> = piece.split('-').map(str::len).collect();
        if segments.len() <= 4 && segments.iter().zip(shaped).all(|it| *it.0 == it.1) {
            self.code(piece)
        } else {
            self.text(piece)
        }
    }

    /// A name that the document itself prints, or a word for none.
    fn printed(&self, name: &str) -> Option<String> {
        let Scope { examples, classes, blank, .. } = self.scope;
        let of_table = examples.iter().flat_map(|it| [plain::name(&it.name), plain::name(&it.trade), it.trade()]);
        let letters = |text: &str| text.chars().filter(|it| !is_list_mark(*it)).collect::<String>();
        let class = || classes.iter().find(|it| letters(&it.name) == letters(name)).map(|it| it.name.clone());
        of_table.chain(blank.iter().cloned()).find(|it| !it.is_empty() && it == name).or_else(class)
    }
}
