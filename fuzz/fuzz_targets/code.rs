//! Runs `code` of the targets.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ziping_fuzz::targets::code(ziping_fuzz::known(), data));
