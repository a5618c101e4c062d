//! Runs `site` of the targets.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ziping_fuzz::foreign::site(ziping_fuzz::known(), data));
