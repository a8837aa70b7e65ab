//! The command `tongket`.

fn main() {}
