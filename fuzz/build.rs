//! The rooms ask for a name of their sources; nothing fuzzed is ever kept.

fn main() {
    println!("cargo::rustc-env=TONGKET_SOURCES=fuzz");
}
