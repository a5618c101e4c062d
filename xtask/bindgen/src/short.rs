//! Gives the imports and exports of a finished module one- and two-letter names.
//!
//! wasm-bindgen names each import with a hash of sixteen digits, once in the module and once in the glue. Hashes do not
//! compress: of 100 KB that a first visit may load, 3 were such names.

use anyhow::{Context, Result};

use crate::sections::{self, name, number, put_name, put_number, take};

/// The module and its glue, agreeing on shorter names. Names that the glue does not mention stay.
pub fn names(module: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let mut long: Vec<String> = Vec::new();
    sections::rewrite(module, |id, body| {
        if id == 2 {
            imports(body, |import| long.push(import.to_owned()))?;
        }
        Ok(None)
    })?;
    long.retain(|it| it.starts_with("__wb"));
    long.sort_unstable();
    long.dedup();
    let short = |of: &str| long.binary_search_by(|it| it.as_str().cmp(of)).ok().map(letters);
    let module = sections::rewrite(module, |id, body| (id == 2).then(|| renamed(body, short)).transpose())?;
    let mut glue = glue.to_owned();
    for (i, it) in long.iter().enumerate() {
        // as a key of the imports object, and in quotes where it is no identifier
        glue = glue.replace(&format!("{it}:"), &format!("{}:", letters(i)));
        glue = glue.replace(&format!(".{it} ="), &format!(".{} =", letters(i)));
        anyhow::ensure!(!glue.contains(&format!("{it}(")), "the glue calls `{it}` itself, so it cannot be renamed");
    }
    Ok((module, glue))
}

/// a, b, … z, aa, ab, …
fn letters(mut i: usize) -> String {
    let mut out = Vec::new();
    loop {
        out.push(b'a' + (i % 26) as u8);
        if i < 26 {
            break;
        }
        i = i / 26 - 1;
    }
    out.reverse();
    String::from_utf8(out).expect("letters are ASCII")
}

fn imports(mut rest: &[u8], mut seen: impl FnMut(&str)) -> Result<()> {
    for _ in 0..number(&mut rest)? {
        name(&mut rest)?;
        seen(str::from_utf8(name(&mut rest)?).context("a name is not text")?);
        description(&mut rest)?;
    }
    Ok(())
}

/// The import section with every name that `short` knows replaced.
fn renamed(mut rest: &[u8], short: impl Fn(&str) -> Option<String>) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let count = number(&mut rest)?;
    put_number(&mut out, count);
    for _ in 0..count {
        put_name(&mut out, name(&mut rest)?);
        let long = str::from_utf8(name(&mut rest)?).context("a name is not text")?;
        put_name(&mut out, short(long).as_deref().unwrap_or(long).as_bytes());
        let described = rest;
        description(&mut rest)?;
        out.extend(&described[..described.len() - rest.len()]);
    }
    Ok(out)
}

/// Steps over what is imported: a function of some type, a table, a memory, a global.
fn description(rest: &mut &[u8]) -> Result<()> {
    match take(rest, 1)?[0] {
        0 => {
            number(rest)?;
        }
        1 => {
            take(rest, 1)?;
            limits(rest)?;
        }
        2 => limits(rest)?,
        3 => {
            take(rest, 2)?;
        }
        kind => anyhow::bail!("an import of the unknown kind {kind}"),
    }
    Ok(())
}

fn limits(rest: &mut &[u8]) -> Result<()> {
    let bounded = take(rest, 1)?[0] & 1 == 1;
    number(rest)?;
    if bounded {
        number(rest)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(names: &[&str]) -> Vec<u8> {
        let mut section = Vec::new();
        put_number(&mut section, names.len());
        for it in names {
            put_name(&mut section, b"wbg");
            put_name(&mut section, it.as_bytes());
            section.extend([0, 3]);
        }
        let mut out = b"\0asm\x01\0\0\0\x02".to_vec();
        put_number(&mut out, section.len());
        out.extend(section);
        out
    }

    #[test]
    fn module_and_glue_agree() {
        let glue =
            "import0 = { __proto__: null, __wbg_log_0123456789abcdef: function() {}, __wbg_now_ff: function() {} }";
        let (module_short, glue) =
            names(&module(&["__wbg_now_ff", "__wbg_log_0123456789abcdef", "memory"]), glue).unwrap();
        assert_eq!(module_short, module(&["b", "a", "memory"]));
        assert_eq!(glue, "import0 = { __proto__: null, a: function() {}, b: function() {} }");
    }

    #[test]
    fn names_go_on_after_z() {
        assert_eq!([0, 25, 26, 51, 52].map(letters), ["a", "z", "aa", "az", "ba"]);
    }
}
