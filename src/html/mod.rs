//! Writing HTML: one file with everything inside.
