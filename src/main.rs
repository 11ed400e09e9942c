//! The program `dateline`: arguments in, exit status out.

fn main() {}
