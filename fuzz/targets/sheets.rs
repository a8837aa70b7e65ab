#![no_main]

libfuzzer_sys::fuzz_target!(init: tongket_fuzz::targets::watch(), |bytes: &[u8]| tongket_fuzz::targets::sheets(bytes));
