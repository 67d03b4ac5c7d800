#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sevline_fuzz::explorers(data));
