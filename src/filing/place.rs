//! 所在地: the 省辖市 and 省直管县（市） with what lies in them, as a list, and how people write their names.

use crate::bytes::wire::wire_struct;
use crate::letters::{is_blank, is_bracket, is_list_mark, is_quote, is_stop, narrow};

/// `places.toml`. Without it no place is known, and each counts as it is typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places {
    /// Names of the province.
    pub province: Vec<String>,
    /// What may follow the name of the province or of a city and still means all of it: 本级, 社保.
    pub whole: Vec<String>,
    pub cities: Vec<City>,
    /// Earlier and shorter names, each with the name of today.
    pub also: Vec<(String, String)>,
}

/// 省辖市.
#[derive(Clone, Debug, PartialEq)]
pub struct City {
    /// The first one is how it is called here.
    pub names: Vec<String>,
    /// Districts and counties.
    pub counties: Vec<String>,
    /// 省直管县（市） among its neighbours: each is an authority of its own.
    pub direct: Vec<String>,
}

/// A place as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPlace {
    /// With the city before a district or county; as typed where the list does not have it.
    pub name: String,
    /// The 省辖市 or 省直管县（市） that it is or lies in; empty for the province as a whole, as typed where that is not
    /// known.
    pub authority: String,
    /// Does the list have it, as far as it is a name?
    pub listed: bool,
}

/// These stand for a first and a second place in a record whose sender does not tell them.
pub const UNTOLD: [&str; 2] = ["当地", "外地"];

/// How far a text was recognised.
struct Match<'p> {
    city: Option<&'p City>,
    /// A district or county; `true` where the province directs it.
    county: Option<(&'p str, bool)>,
    /// Nothing stands behind it.
    exact: bool,
    /// What stands behind it is no name of a place.
    whole: bool,
}

impl Places {
    /// The province, or whatever else the list is of.
    pub fn region(&self) -> &str {
        self.province.first().map_or("", String::as_str)
    }

    /// What a field for places shows while it is empty.
    pub fn example(&self) -> String {
        self.names().next().map_or(String::new(), |it| format!("如：{it}"))
    }

    /// The places that a text names, in their order.
    pub fn read(&self, text: &str) -> Vec<NamedPlace> {
        let mut pieces: Vec<String> = Vec::new();
        for part in text.split(|it| is_list_mark(it) || it == '\n') {
            // 平 顶 山 市
            if self.find(part).exact {
                pieces.push(part.to_owned());
                continue;
            }
            // only pieces of one part can be one place
            let from = pieces.len();
            for piece in part.split(|it: char| it.is_whitespace() || narrow(it) == '/').filter(|it| !it.is_empty()) {
                let last = pieces[from..].last();
                if last.is_some_and(|it| self.goes_on(it, piece)) {
                    let before = pieces.pop().unwrap_or_default();
                    pieces.push(format!("{before} {piece}"));
                } else {
                    pieces.push(piece.to_owned());
                }
            }
        }
        let mut places: Vec<NamedPlace> = Vec::new();
        for piece in &pieces {
            let place = self.understood(piece);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }

    /// Is it the name of a 省辖市 or 省直管县（市）?
    pub fn has_authority(&self, name: &str) -> bool {
        self.cities.iter().any(|it| it.names[..1].iter().chain(&it.direct).any(|known| known == name))
    }

    /// Every name that can be typed, with its city before it.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.cities.iter().flat_map(|city| {
            let own = city.names[..1].iter().chain(&city.direct).cloned();
            own.chain(city.counties.iter().map(|it| format!("{}{it}", city.names[0])))
        })
    }

    /// Is what stands behind a blank part of the same place? A city and its county, a county and its street, but not two
    /// cities.
    fn goes_on(&self, last: &str, piece: &str) -> bool {
        let (before, alone) = (self.find(last), self.find(piece));
        match (before.city, alone.city) {
            // the province before its cities
            (None, Some(_)) => before.whole,
            (Some(city), Some(other)) => before.county.is_none() && alone.county.is_some() && other.names == city.names,
            (_, None) => !alone.whole && !piece.ends_with(['市', '省']),
        }
    }

    fn understood(&self, typed: &str) -> NamedPlace {
        let typed = typed.trim();
        let found = self.find(typed);
        let Some(city) = found.city else {
            let authority = if found.whole { String::new() } else { typed.to_owned() };
            let listed = self.cities.is_empty() || UNTOLD.contains(&typed);
            return NamedPlace { name: typed.to_owned(), authority, listed };
        };
        let own = city.names[0].as_str();
        let (full, authority) = match found.county {
            Some((name, true)) => (name.to_owned(), name),
            Some((name, false)) => (format!("{own}{name}"), own),
            None => (own.to_owned(), own),
        };
        let name = if found.exact { full } else { typed.to_owned() };
        NamedPlace { name, authority: authority.to_owned(), listed: found.whole }
    }

    fn find(&self, typed: &str) -> Match<'_> {
        let seen = |it: &char| !(is_blank(*it) || is_bracket(*it) || is_quote(*it) || is_stop(*it));
        let text: String = typed.chars().filter(seen).map(narrow).collect();
        let below = self.province.iter().find_map(|it| text.strip_prefix(it.as_str()));
        let text = below.unwrap_or(&text);
        let whole = |rest: &str| rest.is_empty() || self.whole.iter().any(|it| rest.starts_with(it.as_str()));
        let inside = |city, rest: &str| match self.county_in(city, rest) {
            Some((county, rest)) => {
                Match { city: Some(city), county: Some(county), exact: rest.is_empty(), whole: true }
            }
            None => Match { city: Some(city), county: None, exact: rest.is_empty(), whole: whole(rest) },
        };
        let cities = || self.cities.iter().flat_map(|city| city.names.iter().map(move |name| (city, name.as_str())));
        // the whole name of a city; then a district or county alone, as 某县 is not in 某市 by its first letters
        // only; then a city without 市
        let full = cities().find_map(|(city, name)| Some((city, text.strip_prefix(name)?)));
        let alone = || self.cities.iter().find(|city| self.county_in(city, text).is_some()).map(|city| (city, text));
        let short = || cities().find_map(|(city, name)| Some((city, text.strip_prefix(name.strip_suffix('市')?)?)));
        // alone, 某 is 某市
        let whole_short = || short().filter(|it| it.1.is_empty());
        match full.or_else(whole_short).or_else(alone).or_else(short) {
            Some((city, rest)) => inside(city, rest),
            None => {
                let whole = (below.is_some() || !text.is_empty()) && whole(text);
                Match { city: None, county: None, exact: false, whole }
            }
        }
    }

    /// A district or county of the city at the beginning of a text, and what stands behind it. Without its last letter
    /// it is one only where nothing stands behind: 新某 is 新某县, 新某街道 is not.
    fn county_in<'p, 't>(&'p self, city: &'p City, text: &'t str) -> Option<((&'p str, bool), &'t str)> {
        let all = || {
            let own = city.counties.iter().map(|it| (it.as_str(), false));
            own.chain(city.direct.iter().map(|it| (it.as_str(), true)))
        };
        let named = all().find_map(|it| Some((it, text.strip_prefix(it.0)?)));
        named
            .or_else(|| {
                let now = |(old, now): &'p (String, String)| {
                    let rest = text.strip_prefix(old.as_str())?;
                    all().find(|it| it.0 == now).map(|it| (it, rest))
                };
                self.also.iter().find_map(now)
            })
            .or_else(|| {
                let short = |name: &str| name.strip_suffix(['区', '县', '市']).is_some_and(|it| it == text);
                all().find(|it| 6 <= text.len() && short(it.0)).map(|it| (it, ""))
            })
    }
}

wire_struct! {
    Places { province, whole, cities, also }
    City { names, counties, direct }
}
