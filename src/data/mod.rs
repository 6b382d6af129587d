//! Data: what other programs write, read.
//!
//! Takes text and bytes, gives numbers. Nothing here
//! opens a file, draws, or knows a deck.

pub mod number;
