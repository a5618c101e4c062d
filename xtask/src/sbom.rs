//! What a release is made of, for whoever looks after it: a bill of materials in CycloneDX 1.5. Equal lock files give equal
//! bytes: it has no time, and its number follows from what it lists.

use crate::packages::{self, Called, Package, Shipped};
use anyhow::Result;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// # Errors
/// Cargo cannot answer.
pub fn document() -> Result<String> {
    let mut text = serde_json::to_string_pretty(&of(&packages::shipped()?))?;
    text.push('\n');
    Ok(text)
}

fn of(shipped: &Shipped) -> Value {
    let root: Called = ("ziping".to_owned(), VERSION.to_owned());
    let components: Vec<Value> = shipped.packages.values().map(component).collect();
    // packages of ours between two of others are not listed: what they need is needed by whoever needs them
    let listed = |called: &Called| *called == root || shipped.packages.contains_key(called);
    let needed = |called: &Called| {
        let mut all = Vec::new();
        let mut open: Vec<&Called> = shipped.needs.get(called).into_iter().flatten().collect();
        while let Some(next) = open.pop() {
            if listed(next) {
                all.push(purl(next));
            } else {
                open.extend(shipped.needs.get(next).into_iter().flatten());
            }
        }
        all.sort();
        all.dedup();
        all
    };
    let dependencies: Vec<Value> = std::iter::once(&root)
        .chain(shipped.packages.keys())
        .map(|called| json!({ "ref": purl(called), "dependsOn": needed(called) }))
        .collect();
    let main = json!({
        "type": "application",
        "bom-ref": purl(&root),
        "name": "ziping",
        "version": VERSION,
        "description": "职业技能等级评价机构备案自评",
        "licenses": [{ "expression": "MIT OR Apache-2.0" }],
        "purl": purl(&root),
    });
    let body = json!({ "main": main, "components": components, "dependencies": dependencies });
    json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": format!("urn:uuid:{}", uuid(&body)),
        "version": 1,
        "metadata": { "component": main },
        "components": components,
        "dependencies": dependencies,
    })
}

fn component(package: &Package) -> Value {
    let (name, version) = &package.called;
    let places = [("browser", package.in_browser), ("program", package.in_program)];
    let places: Vec<&str> = places.into_iter().filter(|it| it.1).map(|it| it.0).collect();
    let mut it = json!({
        "type": "library",
        "bom-ref": purl(&package.called),
        "name": name,
        "version": version,
        "scope": "required",
        "hashes": [{ "alg": "SHA-256", "content": package.checksum }],
        "licenses": [{ "expression": package.licence.replace('/', " OR ") }],
        "purl": purl(&package.called),
        "properties": [{ "name": "ziping:in", "value": places.join(" ") }],
    });
    if !package.about.is_empty() {
        it["description"] = package.about.as_str().into();
    }
    if package.repository.starts_with("http") {
        it["externalReferences"] = json!([{ "type": "vcs", "url": package.repository }]);
    }
    it
}

/// `+` stands for a blank in addresses.
fn purl((name, version): &Called) -> String {
    format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))
}

/// A number of the kind that is made of content (version 8 of RFC 9562).
fn uuid(body: &Value) -> String {
    let mut bytes: Vec<u8> = Sha256::digest(body.to_string()).iter().take(16).copied().collect();
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|it| format!("{it:02x}")).collect();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn called(name: &str) -> Called {
        (name.to_owned(), "1.0.0+a".to_owned())
    }

    fn shipped() -> Shipped {
        let package = |name: &str| Package {
            called: called(name),
            licence: "MIT/Apache-2.0".to_owned(),
            authors: Vec::new(),
            about: "字".to_owned(),
            repository: "https://host.example/a".to_owned(),
            folder: "/machine".into(),
            checksum: "0f".repeat(32),
            in_browser: true,
            in_program: true,
        };
        let root = ("ziping".to_owned(), VERSION.to_owned());
        let needs = BTreeMap::from([
            (root, BTreeSet::from([called("ours"), called("a")])),
            (called("ours"), BTreeSet::from([called("b")])),
            (called("a"), BTreeSet::from([called("b")])),
        ]);
        let packages = ["a", "b"].map(|it| (called(it), package(it)));
        Shipped { packages: packages.into(), needs }
    }

    /// What the schema of CycloneDX 1.5 asks for, as far as it concerns what is written here.
    #[test]
    fn it_has_the_form_of_a_bill_of_materials() {
        let bill = of(&shipped());
        assert_eq!(
            (&bill["bomFormat"], &bill["specVersion"], &bill["version"]),
            (&json!("CycloneDX"), &json!("1.5"), &json!(1))
        );
        let number = bill["serialNumber"].as_str().unwrap().strip_prefix("urn:uuid:").unwrap();
        let lengths: Vec<usize> = number.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert!(number.bytes().all(|it| it == b'-' || it.is_ascii_digit() || (b'a'..=b'f').contains(&it)));
        let mut refs = BTreeSet::from([bill["metadata"]["component"]["bom-ref"].as_str().unwrap()]);
        for component in bill["components"].as_array().unwrap() {
            for key in ["type", "name", "version", "purl", "bom-ref"] {
                assert!(component[key].as_str().is_some_and(|it| !it.is_empty()), "{key} of {component}");
            }
            let hash = &component["hashes"][0];
            assert!(hash["alg"] == "SHA-256" && hash["content"].as_str().unwrap().len() == 64);
            assert_eq!(component["licenses"][0]["expression"], "MIT OR Apache-2.0");
            assert!(refs.insert(component["bom-ref"].as_str().unwrap()), "a reference twice");
        }
        let dependencies = bill["dependencies"].as_array().unwrap();
        assert_eq!(dependencies.len(), refs.len());
        for it in dependencies {
            assert!(refs.contains(it["ref"].as_str().unwrap()));
            assert!(it["dependsOn"].as_array().unwrap().iter().all(|it| refs.contains(it.as_str().unwrap())));
        }
        assert_eq!(dependencies[0]["dependsOn"], json!(["pkg:cargo/a@1.0.0%2Ba", "pkg:cargo/b@1.0.0%2Ba"]));
        assert!(!bill.to_string().contains("/machine"), "no path of this machine");
    }

    #[test]
    fn equal_packages_give_equal_bytes_and_another_one_another_number() {
        assert_eq!(of(&shipped()).to_string(), of(&shipped()).to_string());
        let mut other = shipped();
        other.packages.remove(&called("b"));
        assert_ne!(of(&other)["serialNumber"], of(&shipped())["serialNumber"]);
    }
}
