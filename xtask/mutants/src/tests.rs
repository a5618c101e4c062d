//! The tests, with lists of them that another function can go through.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use anyhow::Result;
use proc_macro2::{TokenStream, TokenTree};
use syn::{Item, ItemFn, ReturnType};

/// What runs the program, looks at the sources or at the site as a whole, and has nothing of the core behind it alone.
const APART: [&str; 22] = [
    "announced",
    "authoring",
    "built",
    "circles",
    "cli",
    "form_cli",
    "hosts",
    "leaves",
    "lines_cli",
    "made_by",
    "markup",
    "names",
    "office",
    "offline",
    "papers",
    "release",
    "search",
    "serve",
    "served",
    "slips",
    "tidy",
    "schema",
];

/// Copies `tests/it` and adds to each module a list of its tests, and to the program what runs them. Where modules are named,
/// the program has only these and what they use.
pub fn copy(from: &Path, to: &Path, served: &str, only: &[String]) -> Result<()> {
    crate::files::copy(from, to)?;
    let mut main = fs::read_to_string(from.join("main.rs"))?;
    let wanted = used(from, only)?;
    let mut lists = String::new();
    for item in syn::parse_file(&main)?.items {
        let Item::Mod(it) = item else { continue };
        if !only.is_empty() && !wanted.contains(&it.ident.to_string()) {
            main = main.replace(&format!("\nmod {};", it.ident), "\n#[cfg(any())]\nmod left_out;");
            continue;
        }
        if it.attrs.iter().any(|it| it.path().is_ident("path")) || APART.iter().any(|apart| it.ident == apart) {
            continue;
        }
        let (module, path) = (it.ident.to_string(), to.join(format!("{}.rs", it.ident)));
        let text = fs::read_to_string(&path)?;
        let each: String = tests(&syn::parse_file(&text)?.items).iter().map(|it| format!("({it:?}, {it}), ")).collect();
        fs::write(&path, format!("{text}\npub(crate) const MUTANT_TESTS: &[(&str, fn())] = &[{each}];\n"))?;
        lists.push_str(&format!("({module:?}, {module}::MUTANT_TESTS), "));
    }
    fs::write(to.join("served.in.rs"), served)?;
    let list = format!("const MUTANT_TESTS: &[(&str, &[(&str, fn())])] = &[{lists}];");
    Ok(fs::write(to.join("main.rs"), format!("{main}\n#[path = \"served.in.rs\"]\nmod mutants_served;\n{list}\n"))?)
}

/// These modules, and all that they name.
fn used(from: &Path, only: &[String]) -> Result<HashSet<String>> {
    let (mut used, mut open) = (HashSet::new(), only.to_vec());
    while let Some(module) = open.pop() {
        let path = from.join(format!("{module}.rs"));
        if used.insert(module) && path.exists() {
            let mut names = Vec::new();
            named(fs::read_to_string(path)?.parse().map_err(|it| anyhow::anyhow!("{it}"))?, &mut names);
            open.extend(names);
        }
    }
    Ok(used)
}

/// What follows `crate::` and `super::`.
fn named(tokens: TokenStream, names: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let is_path = matches!(token, TokenTree::Ident(it) if it == "crate" || it == "super");
        match tokens.get(at + 3).filter(|_| is_path) {
            Some(TokenTree::Ident(it)) => names.push(it.to_string()),
            Some(TokenTree::Group(all)) => {
                let idents = all.stream().into_iter().filter(|it| matches!(it, TokenTree::Ident(_)));
                names.extend(idents.map(|it| it.to_string()));
            }
            _ => {}
        }
        if let TokenTree::Group(it) = token {
            named(it.stream(), names);
        }
    }
}

fn tests(items: &[Item]) -> Vec<String> {
    let mut names = Vec::new();
    for item in items {
        match item {
            Item::Fn(it) if is_test(it) => names.push(it.sig.ident.to_string()),
            Item::Macro(it) if it.mac.path.is_ident("proptest") => of_laws(it.mac.tokens.clone(), &mut names),
            _ => {}
        }
    }
    names
}

fn is_test(it: &ItemFn) -> bool {
    let ignored = it.attrs.iter().any(|it| it.path().is_ident("ignore"));
    it.attrs.iter().any(|it| it.path().is_ident("test")) && matches!(it.sig.output, ReturnType::Default) && !ignored
}

/// `#[test] fn name(…)` within `proptest!`.
fn of_laws(tokens: TokenStream, names: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for three in tokens.windows(3) {
        if let [TokenTree::Group(attribute), TokenTree::Ident(word), TokenTree::Ident(name)] = three
            && attribute.stream().to_string() == "test"
            && word == "fn"
        {
            names.push(name.to_string());
        }
    }
}
