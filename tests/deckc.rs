//! The tests that see what an author sees, in one binary.
//!
//! `UPDATE=1` writes the expectations anew; read what changed before keeping
//! it.

#![expect(clippy::unwrap_used, reason = "a test that cannot run should stop")]

mod cli;
mod commonmark;
mod figures;
mod fonts;
mod harness;
mod highlight;
mod props;
mod rules;
mod schema;
mod spec;
mod tidy;
