//! The tests that see what an author sees, in one binary.
//!
//! `UPDATE=1` writes the expectations anew; read what changed before keeping
//! it.

#![expect(clippy::unwrap_used, reason = "a test that cannot run should stop")]

mod bench;
mod beside;
mod bundle;
mod cli;
mod commonmark;
mod decks;
mod explain;
mod figures;
mod fix;
mod fonts;
mod guide;
mod harness;
mod highlight;
mod incremental;
mod pictures;
mod props;
mod readme;
mod redact;
mod rules;
mod schema;
mod spec;
mod tidy;
