//! The `cx` binary.
fn main() {}
