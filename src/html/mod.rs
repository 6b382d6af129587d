//! Writing HTML: one file with everything inside.

#[allow(dead_code, reason = "the writer of the document puts them in")]
mod runtime;
