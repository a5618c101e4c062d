//! Runs `table` of the targets.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ziping_fuzz::kept::table(ziping_fuzz::known(), data));
