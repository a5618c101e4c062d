//! Runs `lines` of the targets.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ziping_fuzz::foreign::lines(ziping_fuzz::known(), data));
