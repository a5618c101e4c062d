//! Licences as packages write them, `(MIT OR Apache-2.0) AND Unicode-3.0`, and which of them are taken.

/// What is permitted, the first ones rather: they ask for a notice and the text and for nothing else.
const PERMITTED: [&str; 10] =
    ["MIT", "Zlib", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "Unicode-3.0", "BSL-1.0", "0BSD", "Unlicense"];

/// The licences under which a package is taken, all of them at once.
#[derive(Debug, PartialEq)]
pub struct Taken {
    pub licences: Vec<String>,
}

/// Of several ways, the one whose last choice comes first. `None` where no way is permitted.
pub fn taken(expression: &str) -> Option<Taken> {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = &words[..];
    let best = any(&mut rest)?;
    rest.is_empty().then(|| Taken { licences: best.into_iter().map(|it| PERMITTED[it].to_owned()).collect() })
}

/// A way is a list of places in `PERMITTED`.
type Way = Vec<usize>;

fn any(rest: &mut &[&str]) -> Option<Way> {
    let mut ways = vec![every(rest)];
    while rest.first() == Some(&"OR") {
        *rest = &rest[1..];
        ways.push(every(rest));
    }
    ways.into_iter().flatten().min_by_key(|it| it.iter().max().copied())
}

fn every(rest: &mut &[&str]) -> Option<Way> {
    let mut way = one(rest);
    while rest.first() == Some(&"AND") {
        *rest = &rest[1..];
        let more = one(rest);
        way = way.zip(more).map(|(way, more)| way.into_iter().chain(more).collect());
    }
    way
}

fn one(rest: &mut &[&str]) -> Option<Way> {
    let (word, after) = rest.split_first()?;
    *rest = after;
    if *word == "(" {
        let way = any(rest);
        *rest = rest.split_first().filter(|it| *it.0 == ")")?.1;
        return way;
    }
    // with an exception it is another licence
    if let ["WITH", _, after @ ..] = *rest {
        *rest = after;
        return None;
    }
    PERMITTED.iter().position(|it| it == word).map(|it| vec![it])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_simplest_permitted_way_is_taken() {
        let of = |expression: &str| taken(expression).map(|it| it.licences.join("+"));
        for (expression, is) in [
            ("MIT", "MIT"),
            ("MIT/Apache-2.0", "MIT"),
            ("Apache-2.0 OR BSL-1.0", "Apache-2.0"),
            ("(Apache-2.0 OR MIT) AND BSD-3-Clause", "MIT+BSD-3-Clause"),
            ("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT", "MIT"),
            ("GPL-3.0 OR MIT", "MIT"),
        ] {
            assert_eq!(of(expression).as_deref(), Some(is), "{expression}");
        }
        for expression in ["GPL-3.0-only", "MIT AND LGPL-2.1", "", "MPL-2.0", "Apache-2.0 WITH LLVM-exception", "MIT )"]
        {
            assert_eq!(of(expression), None, "{expression}");
        }
    }
}
