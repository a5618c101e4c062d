//! The findings about a row: every check of sections 二 and 三 in turn, whatever the others found. Never fails.

use crate::letters::{is_list_mark, is_quote, numeral};
use crate::rubric::ApplicantKind;

use super::findings::{CountedRow, ScopeFindings};
use super::levels::{self, LevelsMisread};
use super::{Checked, Class, ClassRule, DeclaredRow, Example, Scope, ScopeCheckKind, Standard, Tri, plain, school};

impl Scope {
    /// Checks a row that such an applicant declares.
    pub fn check(&self, kind: &ApplicantKind, row: &DeclaredRow) -> Checked {
        let read = levels::read_all(&self.levels, &row.levels);
        let of = CountedRow {
            code: plain::code(&row.code),
            name: plain::name(&row.name),
            trade: self.trade(&row.trade),
            levels: read.as_ref().map(|it| it.levels.clone()).unwrap_or_default(),
            typed_levels: &row.levels,
            row,
        };
        let mut found = ScopeFindings::of(self, &of);
        restricted(&mut found);
        let shaped = code(&mut found);
        name(&mut found);
        let own: Vec<&Example> = self.examples.iter().filter(|it| plain::code(&it.code) == of.code).collect();
        match (own.first(), shaped) {
            (Some(first), _) => example(&mut found, &own, first),
            (None, true) => elsewhere(&mut found),
            (None, false) => {}
        }
        standard(&mut found);
        match read {
            Ok(read) => later_levels(&mut found, &read.later),
            Err(LevelsMisread::Missing) => found.say(ScopeCheckKind::LevelMissing, &[]),
            Err(LevelsMisread::Unread(piece)) => found.say(ScopeCheckKind::LevelUnread, &[("given", &piece)]),
            Err(LevelsMisread::Outside(number)) => found.say(ScopeCheckKind::LevelOutside, &[("given", &number)]),
        }
        if row.standard == Standard::Enterprise && !kind.own_standards {
            found.say(ScopeCheckKind::Enterprise, &[]);
        }
        if let (Some(_), Some(it)) = (&kind.others, &row.school) {
            school::check(&mut found, it);
        }
        found.done()
    }

    /// 工种/职业方向 as it is compared: empty for the words that say that there is none.
    pub fn trade(&self, typed: &str) -> String {
        let plain = plain::name(typed);
        if self.blank.contains(&plain) { String::new() } else { plain }
    }
}

/// Levels that only a later document has: whether they may be declared, this edition does not say. One finding for those of
/// a document.
fn later_levels(found: &mut ScopeFindings<'_>, named: &[(u8, String)]) {
    let levels = &found.scope.levels.later;
    let document = |named: &(u8, String)| levels.iter().find(|it| it.rank == named.0).map(|it| it.document.as_str());
    let mut given = String::new();
    for (at, level) in named.iter().enumerate() {
        given.push_str(&level.1);
        let by = document(level);
        if named.get(at + 1).map(document) == Some(by) {
            given.push('、');
        } else {
            found.say(ScopeCheckKind::LevelLater, &[("given", &given), ("document", by.unwrap_or_default())]);
            given.clear();
        }
    }
}

/// 三（一）.
fn restricted(found: &mut ScopeFindings<'_>) {
    match found.of.row.restricted {
        Some(Tri::Yes) => found.say(ScopeCheckKind::Restricted, &[]),
        Some(Tri::Unsure) => found.say(ScopeCheckKind::RestrictedUnsure, &[]),
        Some(Tri::No) | None => {}
    }
}

/// 三（二） and the shape that 三（三） asks for. Tells whether it is the code of an occupation.
fn code(found: &mut ScopeFindings<'_>) -> bool {
    let code = &found.of.code;
    let segments: Vec<&str> = code.split('-').collect();
    let digits = |(text, length): (&&str, usize)| text.len() == length && text.bytes().all(|it| it.is_ascii_digit());
    let shaped = segments.len() <= 4 && segments.iter().zip([1, 2, 2, 2]).all(digits);
    if code.is_empty() {
        found.say(ScopeCheckKind::CodeMissing, &[]);
        return false;
    }
    if !shaped {
        found.say(ScopeCheckKind::CodeShape, &[]);
        return false;
    }
    let first = code.bytes().next().map_or(0, |it| it - b'0');
    let Some(class) = found.scope.classes.iter().find(|it| it.number == first) else {
        found.say(ScopeCheckKind::CodeClass, &[("given", &code[..1])]);
        return false;
    };
    class_of(found, class);
    let rank = match segments.len() {
        1 => "大类",
        2 => "中类",
        3 => "小类",
        _ => return true,
    };
    found.say(ScopeCheckKind::CodeShort, &[("given", rank)]);
    false
}

fn class_of(found: &mut ScopeFindings<'_>, class: &Class) {
    let fills = [("class", class.name.as_str())];
    match (class.rule, found.of.row.near_professional) {
        (ClassRule::Professional, _) => found.say(ScopeCheckKind::ClassProfessional, &fills),
        (ClassRule::Near, Some(true)) => found.say(ScopeCheckKind::NearProfessional, &fills),
        // the document itself declares the occupations of its table
        (ClassRule::Near, None) if !found.scope.examples.iter().any(|it| plain::code(&it.code) == found.of.code) => {
            found.say(ScopeCheckKind::NearUnsaid, &fills);
        }
        (ClassRule::Skilled, _) => found.say(ScopeCheckKind::ClassSkilled, &fills),
        (ClassRule::Near, None | Some(false)) | (ClassRule::None, _) => {}
    }
}

/// The name must be that of an occupation and not of a class, 三（三）.
fn name(found: &mut ScopeFindings<'_>) {
    let (scope, name) = (found.scope, &found.of.name);
    if name.is_empty() {
        return found.say(ScopeCheckKind::NameMissing, &[]);
    }
    let same = |other: &str| letters(other).eq(letters(name));
    if let Some(class) = scope.classes.iter().find(|it| same(&it.name)) {
        found.say(ScopeCheckKind::NameClass, &[("given", &numeral(u16::from(class.number)))]);
    } else if !scope.people.is_empty() && name.ends_with(&scope.people) {
        found.say(ScopeCheckKind::NamePeople, &[]);
    }
}

/// A name without the commas of its list, which people leave out.
fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|it| !is_list_mark(*it))
}

/// An occupation of the printed table: its name, its 工种 and their levels.
fn example(found: &mut ScopeFindings<'_>, own: &[&Example], first: &Example) {
    let (scope, of) = (found.scope, found.of);
    let known = own.iter().find(|it| it.means(&of.trade));
    if !of.name.is_empty() && of.name != first.name {
        found.say(ScopeCheckKind::ExampleName, &[("expected", &first.name)]);
        let trade = known.map_or_else(String::new, |it| it.trade());
        found.suggest(&first.name, &trade);
    }
    let listed = |rows: &mut dyn Iterator<Item = &&Example>| {
        let all: Vec<u8> = rows.flat_map(|it| levels::read(&scope.levels, &it.levels).unwrap_or_default()).collect();
        levels::falling(&all)
    };
    match known {
        Some(row) => {
            let its = listed(&mut std::iter::once(row));
            let undivided = of.trade.is_empty() && own.iter().any(|it| !it.trade.is_empty());
            if undivided && of.levels.iter().any(|it| !its.contains(it)) {
                trade_missing(found, own, first);
                levels_listed(found, &first.name, &listed(&mut own.iter()));
            } else {
                let of_what = if of.trade.is_empty() { first.name.clone() } else { row.trade() };
                levels_listed(found, &of_what, &its);
            }
            if of.trade != row.trade() {
                let corrected = row.trade();
                found.say(ScopeCheckKind::Misprint, &[("expected", &corrected)]);
                found.suggest(&first.name, &corrected);
            } else {
                // readings about a misprint do not concern a row that has the corrected 工种
                let printed = plain::name(&row.trade) == of.trade;
                found.readings.extend(row.readings.iter().filter(|_| printed).cloned());
            }
        }
        None if of.trade.is_empty() => {
            trade_missing(found, own, first);
            levels_listed(found, &first.name, &listed(&mut own.iter()));
        }
        None => match scope.examples.iter().find(|it| it.means(&of.trade)) {
            Some(other) => found.say(ScopeCheckKind::TradeOther, &[("expected", &first.name), ("given", &other.name)]),
            None => found.say(ScopeCheckKind::TradeUnknown, &[("expected", &first.name)]),
        },
    }
}

impl Example {
    /// 工种 as it should be.
    pub fn trade(&self) -> String {
        self.corrected.clone().unwrap_or_else(|| plain::name(&self.trade))
    }

    /// Does the table mean this row, misprinted or not?
    fn means(&self, trade: &str) -> bool {
        self.trade() == trade || plain::name(&self.trade) == trade
    }
}

fn trade_missing(found: &mut ScopeFindings<'_>, own: &[&Example], first: &Example) {
    let trades: Vec<String> = own.iter().map(|it| it.trade()).filter(|it| !it.is_empty()).collect();
    found.say(ScopeCheckKind::TradeMissing, &[("expected", &first.name), ("given", &trades.join("、"))]);
}

fn levels_listed(found: &mut ScopeFindings<'_>, of_what: &str, listed: &[u8]) {
    let others: Vec<u8> = found.of.levels.iter().copied().filter(|it| !listed.contains(it)).collect();
    if others.is_empty() {
        return;
    }
    let kind =
        if found.decided_by_standard() { ScopeCheckKind::LevelNotInStandard } else { ScopeCheckKind::LevelUnlisted };
    found.say(kind, &[("expected", of_what), ("given", &levels::print(&others))]);
}

/// An occupation that the table does not show: somebody must have compared its name.
fn elsewhere(found: &mut ScopeFindings<'_>) {
    let (scope, of) = (found.scope, found.of);
    if of.name.is_empty() {
        return;
    }
    let row = of.row;
    let dictionary = plain::name(&row.dictionary_name);
    if !dictionary.is_empty() {
        if dictionary != of.name && !found.decided_by_standard() {
            found.say(ScopeCheckKind::DictionaryName, &[("expected", &dictionary)]);
            found.suggest(&dictionary, &of.trade);
        }
        return;
    }
    let standard = row.standard != Standard::Enterprise
        && match row.standard_year {
            Some(year) => scope.since.figure <= year,
            None => !row.standard_name.trim().is_empty(),
        };
    if !standard && row.name_checked != Some(true) {
        found.say(ScopeCheckKind::NameUnchecked, &[("given", &scope.since.figure.to_string())]);
    }
}

/// 三（四）: the name that a new standard has.
fn standard(found: &mut ScopeFindings<'_>) {
    let (scope, of) = (found.scope, found.of);
    let Some(year) = of.row.standard_year.filter(|_| found.decided_by_standard()) else { return };
    let name = scope.occupation(&of.row.standard_name);
    if name.is_empty() || of.name.is_empty() || name == of.name {
        return;
    }
    found.say(ScopeCheckKind::StandardName, &[("expected", &name), ("given", &year.to_string())]);
    found.suggest(&name, &of.trade);
}

impl Scope {
    /// The occupation that the title of a national standard names; empty where a text is no such title.
    pub(super) fn titled(&self, text: &str) -> String {
        let is_title = self.standards.titles.iter().any(|it| plain::position(&plain::name(text), it).is_some());
        if is_title { self.occupation(text) } else { String::new() }
    }

    /// 车工 for 《车工国家职业技能标准（2018年版）》.
    pub fn occupation(&self, title: &str) -> String {
        let mut plain: String =
            plain::name(title).chars().filter(|it| !matches!(it, '《' | '》') && !is_quote(*it)).collect();
        let bracket = plain.find(['（', '(']).filter(|at| plain[*at..].chars().any(|it| it.is_ascii_digit()));
        if let Some(at) = bracket {
            plain.truncate(at);
        }
        for word in &self.standards.titles {
            if let Some(at) = plain::position(&plain, word) {
                plain.replace_range(at..at + word.len(), "");
            }
        }
        plain::name(&plain)
    }
}
