//! Takes the code of panics out of a linked module.
//!
//! A panic writes a message that nobody reads, as std has no place for it in a browser, and then traps. boot.js sees the
//! trap and says what there is to say. So the functions that a panic begins with may as well trap at once: their callers
//! need no arguments for them then, and what formats the messages is called by nobody.

//!
//! This happens before the app is taken apart: what only they need is then needed by no part.

use std::collections::HashMap;
use std::ops::Range;

use anyhow::{Context, Result};
use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

use crate::sections::{self, name, number, put_name, put_number, take};

/// None of them returns. A generic one is met under any of its types.
const BEGIN: [&str; 25] = [
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::raw_vec::handle_error",
    "core::panicking::panic",
    "core::panicking::panic_fmt",
    "core::panicking::panic_nounwind",
    "core::panicking::panic_nounwind_fmt",
    "core::panicking::panic_explicit",
    "core::panicking::panic_display",
    "core::panicking::panic_str_2015",
    "core::panicking::panic_bounds_check",
    "core::panicking::panic_misaligned_pointer_dereference",
    "core::panicking::unreachable_display",
    "core::panicking::assert_failed",
    "core::panicking::assert_failed_inner",
    "core::option::unwrap_failed",
    "core::option::expect_failed",
    "core::result::unwrap_failed",
    "core::cell::panic_already_borrowed",
    "core::cell::panic_already_mutably_borrowed",
    "core::str::slice_error_fail",
    "core::str::slice_error_fail_rt",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "std::panicking::begin_panic_handler",
    "std::panicking::rust_panic_with_hook",
];
/// And all of these modules.
const MODULES: [&str; 2] = ["core::panicking::panic_const::", "core::slice::index::slice_"];

/// The linked module, in which they trap and refer to nothing.
pub fn without(linked: &[u8]) -> Result<Vec<u8>> {
    let (code, bodies) = beginnings(linked)?;
    let mut module = linked.to_vec();
    for body in &bodies {
        let bytes = module.get_mut(body.clone()).context("a function outside of the module")?;
        // no variables, trap, and what fills the rest does nothing: all other functions stay where they are
        bytes.fill(NOP);
        if let [variables, first, .., last] = bytes {
            (*variables, *first, *last) = (0, UNREACHABLE, END);
        }
    }
    let within = |at: usize| bodies.iter().any(|body| body.contains(&(code + at)));
    sections::rewrite(&module, |id, mut body| {
        let is_list = id == 0 && name(&mut body)? == b"reloc.CODE";
        is_list.then(|| relocations_without(body, within)).transpose()
    })
}

const UNREACHABLE: u8 = 0x00;
const NOP: u8 = 0x01;
const END: u8 = 0x0b;

/// Where the code section begins, and where in the module each function lies that a panic begins with.
fn beginnings(linked: &[u8]) -> Result<(usize, Vec<Range<usize>>)> {
    let (mut function, mut code) = (0, 0);
    let mut bodies: HashMap<u32, Range<usize>> = HashMap::new();
    let mut begin = Vec::new();
    for payload in Parser::new(0).parse_all(linked) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    function += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionStart { range, .. } => code = range.start as usize,
            Payload::CodeSectionEntry(body) => {
                let range = body.range();
                bodies.insert(function, range.start as usize..range.end as usize);
                function += 1;
            }
            Payload::CustomSection(section) => {
                let KnownCustom::Name(section) = section.as_known() else { continue };
                for subsection in section {
                    let Name::Function(map) = subsection? else { continue };
                    for naming in map {
                        let naming = naming?;
                        if begins(naming.name) {
                            begin.extend(bodies.get(&naming.index).filter(|body| 2 < body.len()).cloned());
                        }
                    }
                }
            }
            _ => {}
        }
    }
    Ok((code, begin))
}

/// The list is the number of its section and a count, then for each entry a kind, where it is, what is meant, and with some
/// kinds a number to add.
fn relocations_without(mut list: &[u8], unwanted: impl Fn(usize) -> bool) -> Result<Vec<u8>> {
    let section = number(&mut list)?;
    let mut kept: Vec<&[u8]> = Vec::new();
    for _ in 0..number(&mut list)? {
        let entry = list;
        let kind = take(&mut list, 1)?[0];
        let at = number(&mut list)?;
        number(&mut list)?;
        if matches!(kind, 3 | 4 | 5 | 8 | 9 | 11 | 14..=17 | 21..=23 | 25) {
            while take(&mut list, 1)?[0] & 0x80 != 0 {}
        }
        if !unwanted(at) {
            kept.push(&entry[..entry.len() - list.len()]);
        }
    }
    let mut out = Vec::new();
    put_name(&mut out, b"reloc.CODE");
    put_number(&mut out, section);
    put_number(&mut out, kept.len());
    out.extend(kept.concat());
    Ok(out)
}

fn begins(mangled: &str) -> bool {
    let name = format!("{:#}", rustc_demangle::demangle(mangled));
    let name = name.split("::<").next().unwrap_or_default();
    let of_module = MODULES.iter().any(|it| name.starts_with(it));
    BEGIN.contains(&name) || (of_module && (name.ends_with("_fail") || name.contains("panic_const_")))
}

/// Makes a function trap and do nothing else.
pub fn trap(module: &mut Module, id: FunctionId) {
    let of = module.types.get(module.funcs.get(id).ty());
    let (takes, gives) = (of.params().to_vec(), of.results().to_vec());
    let args = takes.iter().map(|it| module.locals.add(*it)).collect();
    let mut nothing = FunctionBuilder::new(&mut module.types, &takes, &gives);
    nothing.func_body().unreachable();
    module.funcs.get_mut(id).kind = FunctionKind::Local(nothing.local_func(args));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_relocations_out() {
        let list = [&[3, 3][..], &[0, 5, 1], &[3, 7, 2, 0x80, 1], &[0, 9, 1]].concat();
        let mut kept = Vec::new();
        put_name(&mut kept, b"reloc.CODE");
        kept.extend([3, 2, 0, 5, 1, 0, 9, 1]);
        assert_eq!(relocations_without(&list, |at| at == 7).unwrap(), kept);
        assert!(relocations_without(&list[..list.len() - 1], |_| false).is_err());
    }

    #[test]
    fn knows_where_a_panic_begins() {
        assert!(begins("_ZN4core9panicking9panic_fmt17h0123456789abcdefE"));
        assert!(begins("_ZN4core5slice5index26slice_start_index_len_fail17h0123456789abcdefE"));
        assert!(!begins("_ZN3std9panicking11panic_count13count_is_zero17h0123456789abcdefE"));
        assert!(!begins("_ZN4core3fmt5Write9write_fmt17h0123456789abcdefE"));
    }
}
