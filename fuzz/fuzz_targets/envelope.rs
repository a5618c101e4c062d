//! Runs `envelope` of the targets.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ziping_fuzz::targets::envelope(ziping_fuzz::known(), data));
