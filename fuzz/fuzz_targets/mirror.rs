//! Runs `mirror` of the targets.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ziping_fuzz::kept::mirror(ziping_fuzz::known(), data));
