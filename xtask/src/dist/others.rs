//! What of others is in a release, as a text: each package with its licence and whose it is, then the texts of the licences.

use crate::{
    run::{command, path},
    tree,
};
use anyhow::{Context, Result};
use serde_json::Value;
use std::{env, fmt::Write};

/// Names its file in every archive and beside them.
pub const NAME: &str = "THIRD-PARTY-LICENCES.txt";
const LIST: &str = "docs/licences.json";

/// What a release is made of, as CycloneDX, by `cargo xtask sbom`; `None` where there is no such command.
pub fn bill() -> Result<Option<String>> {
    let this = env::current_exe()?.display().to_string();
    let told = command(&this, ["sbom"]).output()?;
    let text = String::from_utf8(told.stdout)?;
    Ok((told.status.success() && text.starts_with('{')).then_some(text))
}

/// `None` where the list was not made.
pub fn licences() -> Result<Option<String>> {
    if !path(LIST).is_file() {
        return Ok(None);
    }
    let list = tree::text(&path(LIST))?;
    of(&list).map(Some).with_context(|| format!("{LIST} is not as `cargo xtask licences` writes it"))
}

fn of(list: &str) -> Result<String> {
    let list: Value = serde_json::from_str(list)?;
    let mut text =
        String::from("本软件用到的他人的程序，各自的许可如下。第一部分是名称、许可和权利人，第二部分是许可全文。\n\n");
    for package in list["packages"].as_array().context("no packages")? {
        let named = |key: &str| package[key].as_str().context("a package without a name or a licence");
        let numbers: Vec<String> =
            package["texts"].as_array().into_iter().flatten().map(|it| format!("[{it}]")).collect();
        writeln!(text, "{} {}  {} {}", named("name")?, named("version")?, named("licence")?, numbers.concat())?;
        for notice in package["notices"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            writeln!(text, "    {notice}")?;
        }
    }
    for (number, licence) in list["texts"].as_array().context("no texts")?.iter().enumerate() {
        // a text alone, or beside its name
        let words = licence.as_str().or_else(|| licence["text"].as_str()).context("a licence without its text")?;
        writeln!(text, "\n======== [{number}] ========\n\n{}", words.trim())?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_stands_with_its_licence_and_the_text_of_it() {
        let list = r#"{ "lock": "0", "packages": [
            { "name": "tar", "version": "0.4.44", "licence": "MIT", "in": ["program"], "notices": ["Copyright (c) A"], "texts": [0] }
        ], "texts": ["Permission is hereby granted"] }"#;
        let text = of(list).unwrap();
        assert!(text.contains("tar 0.4.44  MIT [0]\n    Copyright (c) A\n"), "{text}");
        assert!(text.contains("[0] ========\n\nPermission is hereby granted\n"), "{text}");
        assert!(of("{}").is_err());
    }
}
