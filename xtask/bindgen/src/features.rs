//! Edits the list of features that a linked WASM module declares.
//!
//! wasm-bindgen reads the custom section `target_features` to choose its glue. With `reference-types` in it, the glue
//! needs an externref table (Chromium 96). The features have to be unused as well, which RUSTFLAGS see to: taking them
//! from the list does not take them from the code. The rest of the list stays, as wasm-bindgen needs it.

use anyhow::Result;

use crate::sections::{self, name, number, put_name, put_number, take};

/// The module, with `unwanted` no longer declared.
pub fn without(module: &[u8], unwanted: &[&str]) -> Result<Vec<u8>> {
    sections::rewrite(module, |id, mut body| {
        let is_list = id == 0 && name(&mut body)? == b"target_features";
        is_list.then(|| shorten(body, unwanted)).transpose()
    })
}

/// The list is a count, then for each feature a prefix (`+`, `-`) and a name.
fn shorten(mut list: &[u8], unwanted: &[&str]) -> Result<Vec<u8>> {
    let mut kept = Vec::new();
    for _ in 0..number(&mut list)? {
        let prefix = take(&mut list, 1)?[0];
        let feature = name(&mut list)?;
        if !unwanted.iter().any(|it| it.as_bytes() == feature) {
            kept.push((prefix, feature));
        }
    }
    let mut out = Vec::new();
    put_name(&mut out, b"target_features");
    put_number(&mut out, kept.len());
    for (prefix, feature) in kept {
        out.push(prefix);
        put_name(&mut out, feature);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module of a type section, the list, and one more custom section.
    fn module(features: &[&str]) -> Vec<u8> {
        let mut list = Vec::new();
        put_name(&mut list, b"target_features");
        put_number(&mut list, features.len());
        for feature in features {
            list.push(b'+');
            put_name(&mut list, feature.as_bytes());
        }
        let mut out = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\0".to_vec();
        put_number(&mut out, list.len());
        out.extend(list);
        out.extend(b"\0\x05\x04name");
        out
    }

    #[test]
    fn takes_the_unwanted_and_keeps_the_rest() {
        let all = ["bulk-memory", "multivalue", "mutable-globals", "reference-types", "sign-ext"];
        let kept = ["bulk-memory", "mutable-globals", "sign-ext"];
        assert_eq!(without(&module(&all), &["reference-types", "multivalue"]).unwrap(), module(&kept));
    }

    #[test]
    fn leaves_a_module_without_the_list_as_it_is() {
        let plain = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0";
        assert_eq!(without(plain, &["multivalue"]).unwrap(), plain);
    }

    #[test]
    fn copies_numbers_longer_than_a_byte() {
        let names: Vec<String> = (0..40).map(|it| format!("feature-{it}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(without(&module(&names), &["feature-0"]).unwrap(), module(&names[1..]));
    }

    #[test]
    fn refuses_what_is_cut_off() {
        let whole = module(&["multivalue"]);
        assert!(without(&whole[..whole.len() - 1], &[]).is_err());
        assert!(without(b"<!doctype html>", &[]).is_err());
    }
}
