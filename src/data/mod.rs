//! Data: what other programs write, read.
//!
//! Takes text and bytes, gives numbers, rows, results of benchmarks and stacks of
//! profiles. Nothing here opens a file, draws, or knows a deck; what is wrong is
//! said with the byte or the line where it stands.

pub mod bench;
pub mod csv;
pub mod number;
pub mod profile;
