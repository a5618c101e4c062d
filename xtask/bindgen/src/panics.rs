//! Takes the code of panics out of a linked module.
//!
//! A panic writes a message that nobody reads, as std has no place for it in a browser, and then traps. boot.js sees the
//! trap and says what there is to say. So the functions that a panic begins with may as well trap at once: their callers
//! need no arguments for them then, and what formats the messages is called by nobody.

use anyhow::Result;
use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};

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
/// How `wasm_split_cli_support` names a function that calls one in another module.
const SHIM: &str = " indirect_call_shim";

/// The module, in which they trap.
pub fn without(module: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(module)?;
    let ids: Vec<FunctionId> = module.funcs.iter_local().map(|it| it.0).collect();
    for id in ids {
        if module.funcs.get(id).name.as_deref().is_some_and(begins) {
            trap(&mut module, id);
        }
    }
    Ok(module.emit_wasm())
}

fn begins(mangled: &str) -> bool {
    let mangled = mangled.strip_suffix(SHIM).unwrap_or(mangled);
    let name = format!("{:#}", rustc_demangle::demangle(mangled));
    let name = name.split("::<").next().unwrap_or_default();
    BEGIN.contains(&name)
        || (MODULES.iter().any(|it| name.starts_with(it)) && (name.ends_with("_fail") || name.contains("panic_const_")))
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
    fn knows_where_a_panic_begins() {
        assert!(begins("_ZN4core9panicking9panic_fmt17h0123456789abcdefE"));
        assert!(begins("_ZN4core9panicking9panic_fmt17h0123456789abcdefE indirect_call_shim"));
        assert!(begins("_ZN4core5slice5index26slice_start_index_len_fail17h0123456789abcdefE"));
        assert!(!begins("_ZN3std9panicking11panic_count13count_is_zero17h0123456789abcdefE"));
        assert!(!begins("_ZN4core3fmt5Write9write_fmt17h0123456789abcdefE"));
    }
}
